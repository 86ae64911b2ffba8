"""The pre-read of a calibration: what may be compared, what can be told, what to talk about."""

from __future__ import annotations

from okrkit import __version__
from okrkit.brand import Brand
from okrkit.judge.calibration.agenda import Topic, manager_topics, room_topics
from okrkit.judge.calibration.result import (
    Calibration,
)
from okrkit.show.calibration_method import (
    CAN_SAY,
    WITH_NAMES,
    WITHOUT_NAMES,
    cannot_say,
    method_rows,
)
from okrkit.show.shareable import Shareable

from .audit_pack import left_out_section, settings_table
from .charts import shares_charts
from .content import Pack, Section, Table, count
from .graders import counted_verdicts, distributions, hidden_distributions, managers_by_verdict
from .managers import (
    checks_table,
    ladder_table,
    shares_table,
    sure_table,
    without_model,
)

CONFIDENTIAL = (
    "Confidential: it names managers. For HR and those who calibrate; it is not passed on."
)
GROUND_RULES = (
    "We talk about grades and the work behind them, never about somebody’s character.",
    "A difference is a question. Targets, years and people answer it before grades do.",
    "Nobody is talked about who was not heard first.",
    "The pooled level is no goal: no grade is moved to fit a mean or a curve.",
    "Whoever gave a grade changes it, or not, and writes down why.",
    "What nobody can tell stays open. It is never a pass and never a charge.",
)
MADE = "How each number was made"
MODEL = (
    "Every grade = pooled level + cycle + kind of key result + manager + person + rest, "
    "all fitted together."
)
TALKED = ("agenda", "ground_rules")  # what the page of a comparison does not have
NOTHING_OPEN = "Nothing found asks to be talked about first."


def calibration_pack(
    result: Calibration | Shareable, *, inputs: str, brand: Brand | None = None
) -> Pack:
    """The comparison of managers as sections: with names for HR, or as it may be shared.

    Examples
    --------
    >>> from okrkit.judge.calibration.run import run_calibration
    >>> from okrkit.tables import empty_tables
    >>> pack = calibration_pack(run_calibration(empty_tables()), inputs="0" * 16)
    >>> [section.key for section in pack.sections if not section.unknown]
    ['evidence', 'agenda', 'ground_rules', 'method', 'limits', 'settings', 'left_out']
    """
    named = isinstance(result, Calibration)
    comparison = result if isinstance(result, Calibration) else result.calibration
    return Pack(
        name="calibration",
        title="Calibration pre-read",
        client=comparison.client,
        as_of=comparison.as_of,
        cycles=comparison.cycles,
        standard=comparison.standard.version,
        version=__version__,
        inputs=inputs,
        verdict=comparison.verdict,
        facts=comparison.facts,
        sections=(
            _comparable(comparison),
            _evidence(comparison),
            counted_verdicts(result)
            if isinstance(result, Shareable)
            else managers_by_verdict(result),
            distributions(comparison) if named else hidden_distributions(comparison),
            _sure(comparison),
            agenda_section(comparison, named=named),
            ground_rules_section(),
            _method(comparison),
            _limits(comparison, named=named),
            _settings(comparison),
            *([left_out_section(comparison.notes)] if named else []),
        ),
        brand=brand or Brand(),
        confidential=CONFIDENTIAL if named else "",
    )


def agenda_section(comparison: Calibration, *, named: bool) -> Section:
    """Who and what to talk about first, and the question; without names only what."""
    tables = [_topics("agenda_room", "For everybody in the room", room_topics(comparison))]
    if named:
        people = _topics("agenda_managers", "Managers, surest first", manager_topics(comparison))
        tables.insert(0, people)
    shown = tuple(table for table in tables if table.rows)
    words = () if shown else (NOTHING_OPEN,)
    return Section("agenda", "Agenda: what to talk about first", words, shown)


def ground_rules_section() -> Section:
    """How the talk is led."""
    return Section("ground_rules", "Ground rules", GROUND_RULES)


def _comparable(comparison: Calibration) -> Section:
    title = "Are the grades comparable?"
    if not comparison.comparable:
        return Section("comparable", title, unknown=comparison.told or comparison.verdict)
    aside = tuple((one.what, count(one.n or None), one.why) for one in comparison.refused)
    columns = ("What", "Grades", "Why")
    tables = (checks_table(comparison), Table("aside", "Set aside", columns, aside))
    return Section("comparable", title, (), tuple(table for table in tables if table.rows))


def _evidence(comparison: Calibration) -> Section:
    title = "What can be told"
    if not comparison.ladder:
        return Section("evidence", title, unknown=comparison.told or comparison.verdict)
    words = tuple(filter(None, (comparison.told, comparison.settle)))
    tables = (ladder_table(comparison), shares_table(comparison))
    shown = tuple(table for table in tables if table.rows)
    return Section("evidence", title, words, shown, shares_charts(comparison))


def _sure(comparison: Calibration) -> Section:
    title = "How sure are we?"
    if comparison.model is None:
        return Section("sure", title, unknown=without_model(comparison))
    words = (comparison.sorting,) if comparison.sorting else ()
    return Section("sure", title, words, (sure_table(comparison),))


def _topics(key: str, title: str, topics: tuple[Topic, ...]) -> Table:
    rows = tuple((one.about, one.why, one.question) for one in topics)
    return Table(key, title, ("About", "Why", "Question"), rows)


def _method(comparison: Calibration) -> Section:
    rows = tuple(
        (one.number, one.words, one.here, ", ".join(one.settings))
        for one in method_rows(comparison)
    )
    columns = ("Number", "In words", "Here", "Setting")
    return Section("method", "Method", (), (Table("made", MADE, columns, rows, ()),))


def _limits(comparison: Calibration, *, named: bool) -> Section:
    words = (
        MODEL,
        *(f"It can say: {one}" for one in CAN_SAY),
        *(f"It cannot say: {one}" for one in cannot_say(comparison.standard)),
        WITH_NAMES if named else WITHOUT_NAMES,
    )
    return Section("limits", "What this can and cannot tell", words)


def _settings(comparison: Calibration) -> Section:
    return Section("settings", "The standard used", (), (settings_table(comparison.standard),))
