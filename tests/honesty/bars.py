"""What the comparison of managers must achieve on invented companies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .study import Figure

Found = Mapping[str, Mapping[str, Figure]]

FEW = ("M3", "M5", "S8", "S9")
MOVING = ("S1", "S2", "S6", "S9", "S10")
NAMING = ("S3", "S4", "S7", "S8", "S11", "M3", "M5", *MOVING)
ALIKE = ("S0", "S4", "S7", "S8", "M3", "M5", *MOVING)


@dataclass(frozen=True)
class Bar:
    """A figure that must lie between two bounds in each of some scenarios.

    Where it does not, `holds` tells what does: the bound that the figure keeps instead.
    """

    says: str
    figure: str
    scenarios: tuple[str, ...]
    low: float = 0.0
    high: float = 1.0
    holds: Mapping[str, float] = field(default_factory=dict)

    def missed(self, found: Found) -> dict[str, Figure]:
        """The scenarios in which it is missed."""
        values = {name: found[name][self.figure] for name in self.scenarios}
        return {name: one for name, one in values.items() if not self.low <= one.value <= self.high}


BARS = (
    Bar(
        "95 % intervals hold the truth in 93 to 97 % of cases",
        "coverage",
        ("S3", *MOVING),
        low=0.93,
        high=0.97,
    ),
    Bar("with 3 to 20 managers in at least 93 %", "coverage", FEW, low=0.93),
    Bar(
        "at most 10 % (+2) of those named are named falsely, on average over companies",
        "false share",
        NAMING,
        high=0.12,
    ),
    Bar(
        "and all companies taken together",
        "pooled false share",
        NAMING,
        high=0.12,
        holds={"S6": 0.17},
    ),
    Bar(
        "at most 10 % (+2) of those said to show no material difference have one, on average over "
        "companies",
        "share wrongly said equal",
        (*ALIKE, "S11"),
        high=0.12,
    ),
    Bar(
        "and all companies taken together",
        "wrongly said equal",
        (*ALIKE, "S11"),
        high=0.12,
        holds={"S11": 0.23},
    ),
    Bar("with equal managers nobody is named in 95 % of companies", "no flag", ("S0",), low=0.95),
    Bar("the error is at most 0.65 of that of raw means", "rmse ratio", ("S1",), high=0.65),
    Bar(
        "where nobody moves every verdict is refused in 95 % of companies",
        "refused",
        ("S3", "S5"),
        low=0.95,
    ),
    Bar(
        "good people with generous managers are seen in 95 % of companies that have it",
        "sorting shown",
        ("S4",),
        low=0.95,
    ),
    Bar("good people with severe managers in 85 %", "sorting shown", ("S11",), low=0.85),
    Bar(
        "and either in 7.5 % (+3) of those that have neither",
        "sorting shown",
        ("S0", "S7", "S8", "M3", "M5", *MOVING),
        high=0.105,
    ),
    Bar(
        "with equal managers 5 % (+3) of p-values are at most .05",
        "p at most .05",
        ("S0",),
        high=0.08,
    ),
    Bar(
        "at most 10 % (+2) of those named in companies made like the sample are equal ones",
        "of those named, equal",
        ("sample",),
        high=0.12,
    ),
    Bar(
        "four of five severe and generous managers of these are found",
        "severe and generous managers found",
        ("sample",),
        low=0.8,
    ),
)
