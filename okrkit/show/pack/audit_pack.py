"""The audit pack: what the audit's page says, as sections any form can print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrkit import __version__
from okrkit.brand import Brand
from okrkit.judge.audit import Audit, Outcome, Said, Statement
from okrkit.judge.finding import Finding, Verdict
from okrkit.judge.phrases import limit_words, percent, value_words
from okrkit.show.audit_page import (
    NOTE_KINDS,
    VERDICTS,
    answers_words,
    by_answers,
    by_records,
    setting_reason,
    settings_rows,
)
from okrkit.show.blanks import PLAN_BLANKS
from okrkit.show.shareable import shareable
from okrkit.show.shareable_audit import shareable_audit
from okrkit.standard import Standard
from okrkit.tables import Note

from .charts import answers_charts, say_and_do_charts
from .content import Cell, Number, Pack, Section, Table, count, share
from .managers import managers_section

if TYPE_CHECKING:
    from okrkit.judge.calibration.result import Calibration
    from okrkit.judge.compare import Comparison

HOW_TO_READ = (
    "Not enough data is an answer. It says what is missing and never counts as met or as not met.",
    "Answers and records are two sources, and either may be incomplete. No record is not a no.",
    "Grades and findings are input to judgement.",
)
FINDINGS = ("Finding", "Verdict", "Number", "Count", "Of", "Limit", "In words", "What is missing",
    "What else could explain it", "Why this limit")  # fmt: skip
PLAN = ("Step", "Silent killer", "Asked for by", "Takes about", "Owner", "Date", "Status",
    "Comment")  # fmt: skip
FINDINGS_BRIEF = ("Finding", "Verdict", "Number", "Limit", "In words")
PLAN_BRIEF = ("Step", "Silent killer", "Takes about", "Owner", "Date")


@dataclass(frozen=True)
class Judged:
    """What packs are made of: the audit, the comparison of managers, an earlier audit's, grades."""

    audit: Audit
    calibration: Calibration | None  #: None where the reader may not see it
    comparison: Comparison | None = None
    grades: Section | None = None  #: the grade sheet, for the files that name managers


def audit_pack(judged: Judged, *, inputs: str, brand: Brand | None = None) -> Pack:
    """The audit of one client as sections, each judged or saying why not.

    Managers stand in it without names (`okrkit.show.shareable`), ids of people do not at all. The
    rows behind a finding are on the page.

    Examples
    --------
    >>> from okrkit.judge.audit import run_audit
    >>> from okrkit.judge.calibration.run import run_calibration
    >>> from okrkit.tables import empty_tables
    >>> nothing = empty_tables()
    >>> pack = audit_pack(Judged(run_audit(nothing), run_calibration(nothing)), inputs="0" * 16)
    >>> [section.key for section in pack.sections if not section.unknown]
    ['left_out', 'method']
    """
    audit = shareable_audit(judged.audit)
    managers = (
        () if judged.calibration is None else (managers_section(shareable(judged.calibration)),)
    )
    then = () if judged.comparison is None else (_then(judged.comparison),)
    return Pack(
        name="audit",
        title="Readiness audit",
        client=audit.client,
        as_of=audit.as_of,
        cycles=audit.cycles,
        standard=audit.standard.version,
        version=__version__,
        inputs=inputs,
        verdict=audit.verdict,
        facts=audit.facts,
        sections=(
            _say_and_do(audit),
            *(_statement(one) for one in audit.statements),
            _killers(audit),
            *then,
            *managers,
            _plan(audit),
            left_out_section(audit.notes),
            _method(audit),
        ),
        brand=brand or Brand(),
    )


def _say_and_do(audit: Audit) -> Section:
    rows = tuple(
        (f"{one.id} {one.short}", share(one.said.counted_share), share(one.done.share),
         one.done.label, one.gap_word)
        for one in audit.statements
    )  # fmt: skip
    columns = ("Statement", "Say yes", "Found in the records", "Share of", "In words")
    judged = any(
        one.said.counted_share is not None or one.done.share is not None for one in audit.statements
    )
    rule = (
        "A statement counts as yes when more than half of at least "
        f"{audit.standard.group_min} yes-or-no answers say yes. Three or fewer yes: at least one "
        "silent killer is active."
    )
    table = Table("say_and_do", "Share saying yes and share found in the records", columns, rows,
        ())  # fmt: skip
    return Section(
        "say_and_do", "Say and do, side by side", (rule,), (table,),
        say_and_do_charts(audit), "" if judged else audit.verdict,
    )  # fmt: skip


def _statement(one: Statement) -> Section:
    key, said = f"statement_{one.id}", one.said
    answers = ("Yes", "No", "Don’t know", "Not applicable")  # noqa: RUF001
    counts = (said.yes, said.no, said.dont_know, said.not_applicable)
    tables = [
        Table(
            f"{key}_findings",
            "What the records show",
            FINDINGS,
            _findings(one.findings),
            FINDINGS_BRIEF,
        )
    ]
    if said.n is not None:
        told = tuple((name, count(value)) for name, value in zip(answers, counts, strict=True))
        tables.insert(0, Table(f"{key}_answers", "What people say", ("Answer", "People"), told, ()))
    for kind, groups in (("level", said.by_level), ("team", said.by_team)):
        rows = tuple((group.name, count(group.yes), count(group.n)) for group in groups)
        columns = (kind.capitalize(), "Yes", "Yes or no")
        if rows:
            tables.insert(-1, Table(f"{key}_by_{kind}", f"Yes by {kind}", columns, rows, ()))
    unjudged = said.outcome is Outcome.UNKNOWN and one.records is Verdict.NOT_ENOUGH_DATA
    why = " ".join(filter(None, (said.why, one.done.why))) or "Not enough data."
    words = (
        f"People: {_said(said)}",
        f"Records: {one.records.words}.",
        f"{one.gap_word}. {one.gap}",
    )
    title = f"{one.id} {one.text}"
    charts = answers_charts(f"{key}_answered", (one,))
    return Section(key, title, words, tuple(tables), charts, why if unjudged else "")


def _said(said: Said) -> str:
    """The answers to one statement and what they amount to."""
    if said.n is None:
        return said.why
    outcome = {Outcome.YES: "Counts as yes.", Outcome.NO: "Does not count as yes."}
    told = f"{answers_words(said)}. {outcome.get(said.outcome, said.why)}"
    return told if said.share is None else f"{percent(said.share)} say yes: {told}"


def _findings(findings: tuple[Finding, ...]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            one.label,
            VERDICTS[one.verdict][1],
            "" if one.value is None else Number(one.value, value_words(one)),
            count(one.count),
            count(one.n),
            limit_words(one),
            one.claim,
            one.why,
            one.innocent,
            setting_reason(one),
        )
        for one in findings
    )


def _killers(audit: Audit) -> Section:
    words = {
        None: "There are not enough answers to tell whether one is active.",
        True: "By the answers at least one is active.",
        False: "By the answers none is active; a single no is still named.",
    }[audit.active_killer]
    rows = tuple(
        (f"{one.id} {one.name}", one.tagline, by_answers(one)[1], by_records(one)[1], one.because)
        for one in audit.killers
    )
    columns = ("Silent killer", "What it is", "By the answers", "By the records", "Because")
    unjudged = audit.active_killer is None and all(
        one.records is Verdict.NOT_ENOUGH_DATA for one in audit.killers
    )
    table = Table("killers", "The five silent killers by answers and by records", columns, rows)
    title = "Silent killers, in the order they usually show up"
    return Section("killers", title, (words,), (table,), unknown=words if unjudged else "")


def _then(comparison: Comparison) -> Section:
    said = [(f"{one.id} {one.short}", one.words) for one in comparison.statements]
    found = [(f"{one.statement} {one.label}", one.words) for one in comparison.rules]
    table = Table("then_and_now", "The baseline and now", ("What", "Change"), (*said, *found))
    return Section("then_and_now", "Then and now", (comparison.sentence,), (table,))


def plan_table(audit: Audit) -> Table:
    """The steps of the plan with the columns people fill in."""
    names = {one.id: f"{one.id} {one.name}" for one in audit.killers}
    rows = tuple(
        (one.step, names[one.killer], one.because, one.takes, one.owner, one.due, one.status,
         one.comment)
        for one in audit.plan
    )  # fmt: skip
    title, keys = "Steps, in the order of the silent killers", tuple(one.key for one in audit.plan)
    return Table("plan", title, PLAN, rows, PLAN_BRIEF, PLAN_BLANKS, keys)


def _plan(audit: Audit) -> Section:
    table = plan_table(audit)
    nothing = "" if table.rows else "Nothing found asks for a step."
    return Section("plan", "Plan", (), (table,) if table.rows else (), unknown=nothing)


def left_out_section(notes: tuple[Note, ...]) -> Section:
    """What was noted while the files were read."""
    rows = tuple(
        (heading, str(note), count(note.count))
        for kind, heading in NOTE_KINDS.items()
        for note in notes
        if note.kind == kind
    )
    numbered = tuple((Number(at, str(at)), *row) for at, row in enumerate(rows, 1))
    table = Table("left_out", "What was noted", ("No.", "Kind", "Note", "How many"), numbered)
    all_read = "Everything in the files was read as it stands; nothing was left out."
    title = "How the files were read, and what was left out"
    return Section("left_out", title, () if rows else (all_read,), (table,) if rows else ())


def _method(audit: Audit) -> Section:
    small = f"Groups of fewer than {audit.standard.group_min} people are not shown."
    return Section(
        "method",
        "How to read this, and the standard used",
        (*HOW_TO_READ, small),
        (settings_table(audit.standard),),
    )


def settings_table(standard: Standard) -> Table:
    """Every setting with its reason."""
    columns = ("Setting", "Value", "Unit", "Reason")
    rows = tuple(settings_rows(standard))
    return Table("settings", "Every setting with its reason", columns, rows, ())
