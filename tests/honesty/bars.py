"""What the comparison of managers must achieve on invented companies."""

from __future__ import annotations

from dataclasses import dataclass

from .study import Figure

Found = dict[str, dict[str, Figure]]


@dataclass(frozen=True)
class Bar:
    """A figure that must lie between two bounds in each of some scenarios."""

    says: str
    figure: str
    scenarios: tuple[str, ...]
    low: float = 0.0
    high: float = 1.0

    def missed(self, found: Found) -> dict[str, Figure]:
        """The scenarios in which it does not."""
        values = {name: found[name][self.figure] for name in self.scenarios}
        return {name: one for name, one in values.items() if not self.low <= one.value <= self.high}


BARS = (
    Bar(
        "95 % intervals hold the truth in 93 to 97 % of cases",
        "coverage",
        ("S1", "S2", "S3", "S6", "S9", "S10"),
        low=0.93,
        high=0.97,
    ),
    Bar(
        "with 3 to 20 managers in at least 93 %",
        "coverage",
        ("M3", "M5", "S8", "S9"),
        low=0.93,
    ),
    Bar(
        "of managers named as differing at most 10 % (+2) do not differ materially, on average over "
        "companies",
        "false share",
        ("S1", "S2", "S3", "S6", "S7", "S8", "S9", "S10"),
        high=0.12,
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
        "sorting is signalled in 95 % of companies that have it", "sorting shown", ("S4",), low=0.95
    ),
    Bar(
        "and in about 5 % of those that have none (5 % and three Monte-Carlo errors)",
        "sorting shown",
        ("S0", "S1", "S2"),
        high=0.083,
    ),
    Bar(
        "with equal managers 5 % of deals' p-values are at most .05 (and three Monte-Carlo errors)",
        "p at most .05",
        ("S0",),
        high=0.083,
    ),
)
