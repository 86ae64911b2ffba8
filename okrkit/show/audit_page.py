"""The audit as a page: the verdict, say beside do, the five statements, killers, plan, method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from okrkit.brand import Brand
from okrkit.errors import Problem
from okrkit.judge.audit import Audit, Killer, KillerStatus, Said, Statement
from okrkit.judge.finding import Finding, Verdict
from okrkit.judge.phrases import limit_words, number, percent, value_words
from okrkit.standard import Standard
from okrkit.tables import Note

from .svg import dumbbell, stacked_bar

if TYPE_CHECKING:
    from okrkit.judge.compare import Comparison

NOTES_MAX = 12  #: notes of one kind shown; the count of all stands beside them

VERDICTS = {
    Verdict.MET: ("met", "Met"),
    Verdict.NOT_MET: ("not-met", "Not met"),
    Verdict.NOT_ENOUGH_DATA: ("no-data", "Not enough data"),
}
BY_ANSWERS = {
    KillerStatus.ACTIVE: ("not-met", "Active"),
    KillerStatus.NOT_ACTIVE: ("met", "Not seen"),
    KillerStatus.UNKNOWN: ("no-data", "Cannot tell"),
}
BY_RECORDS = {
    Verdict.MET: ("met", "Not seen"),
    Verdict.NOT_MET: ("not-met", "Seen"),
    Verdict.NOT_ENOUGH_DATA: ("no-data", "Not enough data"),
}
NOTE_KINDS = {
    "left_out": "Left out",
    "converted": "Read in another form",
    "unresolved": "Ids that are nowhere else",
    "similar": "Kept apart though alike",
    "ignored": "Not read",
}


@dataclass(frozen=True)
class PageContext:
    """What a page says around the audit: whose it is, and for the sample what to look for."""

    client: str = ""
    invented: bool = False
    found: tuple[str, ...] = ()  #: facts a reader of the sample can find on the page
    command: str = ""  #: how to see one's own folder
    brand: Brand = Brand()  #: colour and logo in the head of a report
    source: str = ""  #: which input a report of a pack was written from
    confidential: str = ""  #: who may read a report; stands on each printed page


@dataclass(frozen=True)
class AuditPage:
    """The audit page in its three parts, escaped; a form may stand in place of the plan."""

    front: Markup  #: verdict, say and do, statements, killers, then and now
    plan: Markup
    back: Markup  #: how to read it, how the files were read, the standard

    def whole(self) -> Markup:
        """All three, one after the other."""
        return self.front + self.plan + self.back


def audit_page(
    audit: Audit, *, context: PageContext, comparison: Comparison | None = None
) -> AuditPage:
    """The inside of the audit page."""
    around = {"audit": audit, "context": context, "comparison": comparison}
    names = ("front", "plan", "back")
    return AuditPage(*(_rendered(f"{name}.html.j2", **around) for name in names))


def problems_markup(problems: Iterable[Problem]) -> Markup:
    """A page for input that cannot be read: every problem with its place and its remedy."""
    return _rendered("problems.html.j2", problems=tuple(problems))


def _rendered(template: str, **values: object) -> Markup:
    text = ENVIRONMENT.get_template(template).render(**values)
    return Markup(text)  # noqa: S704 - the template escapes


def of_words(finding: Finding) -> str:
    """How many of how many: `1,907 of 4,652`."""
    if finding.n is None or not finding.is_share or finding.count is None:
        return ""
    return f"{number(finding.count)} of {number(finding.n)}"


def dumbbell_of(statement: Statement) -> Markup:
    """The drawing of one statement's two halves."""
    return dumbbell(statement.said.counted_share, statement.done.share, dumbbell_words(statement))


def dumbbell_words(statement: Statement) -> str:
    """`82 % say yes; 41 % of weekly statuses due`."""
    say, do = statement.said.counted_share, statement.done.share
    said = "answers hidden or too few" if say is None else f"{percent(say)} say yes"
    done = "the records cannot tell" if do is None else f"{percent(do)} of {statement.done.label}"
    return f"{said}; {done}"


def bar_of(said: Said) -> Markup:
    """The drawing of one statement's answers."""
    counts = (said.yes or 0, said.no or 0, said.dont_know or 0, said.not_applicable or 0)
    return stacked_bar(counts, answers_words(said))


def answers_words(said: Said) -> str:
    """`29 yes, 6 no, 3 don't know`."""
    named = (
        (said.yes, "yes"),
        (said.no, "no"),
        (said.dont_know, "don’t know"),  # noqa: RUF001
        (said.not_applicable, "not applicable"),
    )
    shown = [(count or 0, word) for count, word in named if count or word in ("yes", "no")]
    return ", ".join(f"{number(count)} {word}" for count, word in shown)


def by_answers(killer: Killer) -> tuple[str, str]:
    """Tone and word for a killer by the answers."""
    return BY_ANSWERS[killer.status]


def by_records(killer: Killer) -> tuple[str, str]:
    """Tone and word for a killer by the records."""
    return BY_RECORDS[killer.records]


def note_groups(notes: Iterable[Note]) -> list[tuple[str, list[str], int]]:
    """Notes by kind: heading, the first of them in words, and how many more there are."""
    groups = []
    every = list(notes)
    for kind, heading in NOTE_KINDS.items():
        mine = [str(note) for note in every if note.kind == kind]
        if mine:
            groups.append((heading, mine[:NOTES_MAX], max(0, len(mine) - NOTES_MAX)))
    return groups


def settings_rows(standard: Standard) -> list[tuple[str, str, str, str]]:
    """Name, value, unit and reason of every setting."""
    return [
        (name, setting_words(standard, name), unit, reason)
        for name, reason, unit in Standard.settings()
    ]


def setting_words(standard: Standard, name: str) -> str:
    """The value of a setting in words; `none` when it is empty."""
    value = getattr(standard, name)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {one}" for key, one in value.items()) or "none"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return str(value) or "none"


def setting_reason(finding: Finding) -> str:
    """Why the limit of a finding is what it is."""
    reasons = {name: reason for name, reason, _ in Standard.settings()}
    return reasons.get(finding.setting, "")


ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters |= {"percent": percent, "number": number}
ENVIRONMENT.globals |= {
    "answers_words": answers_words,
    "bar_of": bar_of,
    "by_answers": by_answers,
    "by_records": by_records,
    "dumbbell_of": dumbbell_of,
    "limit_words": limit_words,
    "note_groups": note_groups,
    "of_words": of_words,
    "setting_reason": setting_reason,
    "settings_rows": settings_rows,
    "value_words": value_words,
    "verdicts": VERDICTS,
}
