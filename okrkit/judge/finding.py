"""What okrkit tells a client: one claim, its number, its limit, and where to look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The outcome of a rule. Too little data is its own outcome, never a pass."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ENOUGH_DATA = "not_enough_data"

    @property
    def words(self) -> str:
        """The verdict as it is printed: `not met`."""
        return self.value.replace("_", " ")


@dataclass(frozen=True)
class Where:
    """The rows that decided a finding: ids in `table`. `count` may exceed the ids of a report."""

    table: str = ""
    ids: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many rows decided."""
        return len(self.ids)


@dataclass(frozen=True)
class Rows:
    """What "show rows" opens: a small table of text, most telling rows first.

    `total` counts all rows there are; `rows` may hold only the first of them.
    """

    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: int = 0


@dataclass(frozen=True)
class Finding:
    """One judged claim, small enough to be a row of a table. Compares by value.

    `value` and `limit` are in `unit` (shares are fractions). `count` of `n` is the share in whole
    numbers. `at_least` tells the side of the limit: True when more is better.
    """

    rule: str  #: stable id, e.g. "weekly_status"
    statement: int  #: 1 to 5
    label: str  #: short name for a table row, no full stop
    verdict: Verdict
    claim: str  #: a full sentence that can be repeated to the client
    value: float | None = None
    limit: float | None = None
    unit: str = ""  #: "share of key results", "days", ...
    at_least: bool = True
    count: int | None = None
    n: int | None = None
    where: Where = Where()
    rows: Rows = Rows()
    setting: str = ""  #: the field of the standard that held the limit
    why: str = ""  #: for not enough data: what is missing, as a sentence
    innocent: str = ""  #: what else could explain the records, as a sentence

    @property
    def is_share(self) -> bool:
        """Whether `value` is a fraction to be printed as a percentage."""
        return self.unit.startswith("share of")
