"""From a number to a finding: the verdict, how far the records reach, the rows to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from numbers import Real

import numpy as np
import pandas as pd

from okrkit.standard import Standard

from .finding import Finding, Rows, Verdict
from .phrases import agree, counted, listed, number, percent, percent_against, sentence, shortened
from .scope import NO_TEAM, Scope

ROWS_MAX = 50
Columns = Mapping[str, Iterable[object]]  # what "show rows" opens: values by header


def lacking(finding: Finding, claim: str, why: str) -> Finding:
    """The finding when the records cannot tell; a `why` that repeats the claim is left out."""
    said = sentence(why.rstrip("."))
    return replace(
        finding,
        verdict=Verdict.NOT_ENOUGH_DATA,
        claim=claim,
        why="" if said == claim else said,
    )


@dataclass(frozen=True)
class Reach:
    """How many teams the records speak for: those that record `what`, and those that do not."""

    what: str  #: "check-ins", "a meeting", ...
    recorded: tuple[str, ...]
    silent: tuple[str, ...]

    def enough(self, standard: Standard) -> bool:
        """Whether the recorded teams may speak for all; so when no team is known."""
        total = len(self.recorded) + len(self.silent)
        return not total or at_least(len(self.recorded) / total, standard.coverage_min)

    def words(self, scope: Scope) -> str:
        """The teams without a record, for the end of a claim; empty when there are none."""
        if not self.silent:
            return ""
        total = counted(len(self.recorded) + len(self.silent), "team")
        names = listed(scope.names(self.silent))
        verb = agree(len(self.silent), "has", "have")
        return f"{number(len(self.silent))} of {total} {verb} no record of {self.what}: {names}"

    def why(self) -> str:
        """Why the records do not speak for all teams."""
        total = counted(len(self.recorded) + len(self.silent), "team")
        verb = agree(len(self.recorded), "has", "have")
        return f"Only {number(len(self.recorded))} of {total} {verb} a record of {self.what}."


def reach(what: str, recorded: Iterable[str], teams: Iterable[str]) -> Reach:
    """How far records of `what` by the `recorded` teams speak for `teams`."""
    have = set(recorded) - {NO_TEAM}
    every = sorted(have.union(teams) - {NO_TEAM})
    silent = tuple(team for team in every if team not in have)
    return Reach(what, tuple(sorted(have)), silent)


def settled(finding: Finding, standard: Standard, reached: Reach | None = None) -> Finding:
    """The finding with its verdict: value against limit, if the records reach far enough."""
    if finding.value is None or finding.limit is None:
        return finding
    if reached is not None and not reached.enough(standard):
        return replace(finding, verdict=Verdict.NOT_ENOUGH_DATA, why=reached.why())
    kept = reaches(finding, finding.value)
    return _exact(replace(finding, verdict=Verdict.MET if kept else Verdict.NOT_MET))


def bounded(finding: Finding, *, sure: int, possible: int) -> Finding:
    """The verdict on a share when `sure` of `n` count and `possible` more might, if recorded."""
    if finding.limit is None or not finding.n:
        return finding
    both = {reaches(finding, count / finding.n) for count in (sure, sure + possible)}
    if len(both) > 1:
        return replace(finding, verdict=Verdict.NOT_ENOUGH_DATA)
    return _exact(replace(finding, verdict=Verdict.MET if both == {True} else Verdict.NOT_MET))


def at_least(value: float, limit: float) -> bool:
    """Whether `value` reaches `limit`, to nine decimals.

    >>> at_least(0.1 + 0.2 - 1e-16, 0.3), at_least(0.7996, 0.8)
    (True, False)
    """
    return round(value - limit, 9) >= 0


def reaches(finding: Finding, value: float) -> bool:
    """Whether `value` is on the right side of the finding's limit."""
    limit = finding.limit or 0.0
    return at_least(value, limit) if finding.at_least else at_least(limit, value)


def _exact(finding: Finding) -> Finding:
    """The finding with decimals in its claim where the share would read the same as the limit."""
    if not finding.is_share or finding.value is None or finding.limit is None:
        return finding
    rounded, exact = percent(finding.value), percent_against(finding.value, finding.limit)
    return replace(finding, claim=finding.claim.replace(f"({rounded})", f"({exact})", 1))


def rows(columns: Columns) -> Rows:
    """The table behind "show rows": its columns by header, as text, and how many lines there are.

    Examples
    --------
    >>> rows({"Team": ["Sales", None], "Given": [1200, 3.5]})
    Rows(header=('Team', 'Given'), rows=(('Sales', '1,200'), ('–', '3.5')), total=2)
    """
    every = [list(column) for column in columns.values()]
    first = [[cell(value) for value in column[:ROWS_MAX]] for column in every]
    return Rows(tuple(columns), tuple(zip(*first, strict=True)), len(every[0]))


def cell(value: object) -> str:
    """A value as a cell shows it; a dash when there is none."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return "–"
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return number(float(value)) if isinstance(value, Real) else shortened(str(value))
