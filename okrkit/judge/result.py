"""What an audit consists of: statements with both their halves, killers, and the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from okrkit.standard import Standard

from .finding import Finding, Verdict
from .plan import PlanStep

if TYPE_CHECKING:  # the survey's server uses this module and loads no tables
    from okrkit.tables import Note


class Outcome(StrEnum):
    """What a group's answers to one statement amount to."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class KillerStatus(StrEnum):
    """Whether a silent killer is active, by the answers."""

    ACTIVE = "active"
    NOT_ACTIVE = "not_active"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class GroupAnswers:
    """Yes among yes and no in one team or level large enough to be shown."""

    name: str
    yes: int
    n: int


@dataclass(frozen=True)
class Said:
    """What people answered to one statement. Counts are None when too few answered; see `why`."""

    yes: int | None
    no: int | None
    dont_know: int | None
    not_applicable: int | None
    outcome: Outcome
    why: str = ""
    by_team: tuple[GroupAnswers, ...] = ()
    by_level: tuple[GroupAnswers, ...] = ()

    @property
    def n(self) -> int | None:
        """All answers, of whichever kind; None when hidden."""
        if self.yes is None or self.no is None:
            return None
        return self.yes + self.no + (self.dont_know or 0) + (self.not_applicable or 0)

    @property
    def share(self) -> float | None:
        """Share of yes among yes and no; None when hidden or nobody decided."""
        if not self.yes and not self.no:
            return None
        return (self.yes or 0) / ((self.yes or 0) + (self.no or 0))

    @property
    def counted_share(self) -> float | None:
        """`share` when enough people decided for the answers to count; else None."""
        return None if self.outcome is Outcome.UNKNOWN else self.share


@dataclass(frozen=True)
class Done:
    """The one share that stands for the records beside the answers: `label` names what it counts.

    `share` is None when the records cannot tell; `why` then says what is missing.
    """

    label: str
    share: float | None
    count: int | None = None
    n: int | None = None
    why: str = ""

    @classmethod
    def of(cls, findings: Iterable[Finding], rule: str, label: str) -> Done:
        """The share the finding of `rule` stands for, if it could be judged."""
        finding = next(one for one in findings if one.rule == rule)
        if finding.verdict is Verdict.NOT_ENOUGH_DATA:
            return cls(label, None, why=finding.why or finding.claim)
        return cls(label, finding.value, finding.count, finding.n)


@dataclass(frozen=True)
class Statement:
    """One statement of the audit with both its halves."""

    id: int
    text: str  #: verbatim
    short: str  #: for narrow places
    said: Said
    done: Done
    findings: tuple[Finding, ...]
    records: Verdict  #: what the headline findings amount to; see `judge.rules`
    gap_word: str  #: "Wide gap", "Same on both sides", "Only answers", ...
    gap: str  #: say beside do in two or three sentences


@dataclass(frozen=True)
class Killer:
    """One silent killer: by the answers (`status`) and by the records (`records`)."""

    id: int
    name: str
    tagline: str
    statement: int
    status: KillerStatus
    records: Verdict
    because: str  #: what the records say, in a few words


@dataclass(frozen=True)
class Audit:
    """The judged audit of one client on the day `as_of`."""

    client: str
    as_of: date | None
    cycles: tuple[str, ...]  #: ids of the cycles judged
    verdict: str  #: the one sentence, at most 35 words
    facts: tuple[tuple[str, str], ...]  #: ("352", "key results in 2026-Q3"), ...
    statements: tuple[Statement, ...]
    killers: tuple[Killer, ...]
    active_killer: bool | None  #: None: cannot tell
    plan: tuple[PlanStep, ...]
    notes: tuple[Note, ...]
    standard: Standard
    respondents: int | None  #: None when fewer than the minimum group
    wave: str = ""  #: the wave of the answers counted; empty when they name none
