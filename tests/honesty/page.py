"""docs/honesty.md: the figures of every scenario, written by `scripts/honesty.py`."""

from __future__ import annotations

import math
import sys
from pathlib import Path

from .bars import BARS, Bar, Found
from .company import LEVELS, SCENARIOS, STANDARD, Scenario
from .study import Figure, study

SEED = 20261122  #: not used while the comparison was developed
PAGE = Path(__file__).resolve().parents[2] / "docs" / "honesty.md"

INTRODUCTION = f"""# How often the comparison of managers is wrong

Written by `python scripts/honesty.py`; `make check-long` finds the same figures again. Seed {SEED}.

Companies were invented in which everybody's severity is known, read and judged by the same functions as a client's, and
what was said held against what is true. The standard company (S1) has {STANDARD.managers} managers with teams of unequal size,
{STANDARD.people_each} people a manager, {STANDARD.grades_each} grades a person over three cycles. {STANDARD.moves:.0%} of the people change managers each cycle; {STANDARD.lent:.0%} of the
key results are graded by another manager. Standard deviations in grade points: managers {STANDARD.spread:.2f}, people {STANDARD.ability:.2f},
grades {STANDARD.scatter:.2f}. Four types of key results lie at {", ".join(f"{level:.2f}" for level in LEVELS)}. Grades are rounded to tenths. The other
companies differ from it as their line says. There is no exercise and no measured attainment: people graded by several
managers are the only evidence (tier c); where nobody moves there is none (tier d), and what is judged here is `distribution`
alone. The normal model is right in S2 but for the limits of the scale; in S6 it is wrong on purpose.

"True" is a manager's severity against the pooled level of the comparison, as `difference` claims. A manager named as
differing is named falsely when the truth is 0.05 or less. Each figure is followed by its Monte-Carlo standard error.

"""

NAMED = {
    "interval holds the truth": "coverage",
    "same, against the plain mean of managers": "coverage of the plain contrast",
    "named a company": "flags",
    "companies in which nobody is named": "no flag",
    "falsely named, mean over companies": "false share",
    "falsely named, all companies together": "pooled false share",
    "same, against the plain mean": "pooled false share, plain",
    "falsely named, as the comparison itself expects": "claimed false share",
    "named, of those at 0.10 or beyond": "power",
    "named with the wrong sign": "sign errors",
}
SAID = {
    "error, grade points": "rmse",
    "error of raw means": "raw rmse",
    "ratio": "rmse ratio",
    "said to show no material difference": "said equal",
    "wrongly so": "wrongly said equal",
    "as expected": "claimed wrongly said equal",
    "companies with a sign of sorting": "sorting shown",
    "companies in which every verdict is refused": "refused",
    "verdicts a company": "verdicts",
    "information, mean": "information",
}
SORTED = {
    "`distribution` higher or lower, a company": "distribution flags",
    "false of the manager": "distributions false of the manager",
    "false of manager and people together": "distributions false of the people",
    "interval holds manager and people together": "coverage of the people's level",
}
DEALT = {
    "expected false flags, as printed": "expected false flags",
    "named a company": "flags",
    "p-value at most .05": "p at most .05",
}


def find(scenarios: tuple[Scenario, ...] = SCENARIOS) -> Found:
    """The figures of every scenario, told as they come."""
    found = {}
    for scenario in scenarios:
        found[scenario.name] = study(scenario, SEED)
        print(scenario.name, ", ".join(f"{k} {shown(v)}" for k, v in found[scenario.name].items()))
        sys.stdout.flush()
    return found


def written(found: Found) -> str:
    """The page."""
    return INTRODUCTION + "\n".join(
        [
            "## What must hold\n",
            *_bars(found),
            "",
            "## Who is named\n",
            *_table(found, NAMED),
            "",
            "## Estimates, and what is not said\n",
            *_table(found, SAID),
            "",
            NOT_SAID,
            "## When good people sit with generous managers\n",
            SORTING,
            *_table({name: found[name] for name in ("S1", "S3", "S4", "S5")}, SORTED),
            "",
            "## Against chance\n",
            CHANCE,
            *_table({name: found[name] for name in ("S0", "S1")}, DEALT),
            "",
        ]
    )


NOT_SAID = """The error is the root mean square over all managers. Raw means have the types' levels taken off. `no material difference`
is said when the chance of one is at most 10 %; "wrongly so" counts managers beyond 0.05. Tiny teams (S7) have too few people
to be named at all: fewer than 5.
"""

SORTING = """Ability and the home manager's generosity correlate at 0.5 in S4 and S5. In S4 this is seen, and verdicts rest on
within-person contrasts alone. In S5 nothing can show it: nobody has two managers. Every verdict is refused; `distribution`
says that the grades of a manager's people lie high or low, which is true of manager and people together and says
nothing of the manager. The last two columns hold it against both together.
"""

CHANCE = """`expected_false_flags` is printed with every comparison: how many managers are named when people are dealt to managers by
chance. The p-value is the share of deals in which managers differ at least as much (19 deals in S0, so that .05 is reached by
one company in twenty; 10 deals in S1, whose p-value cannot be that small).
"""


def _bars(found: Found) -> list[str]:
    lines = ["| what must hold | in | found |", "|---|---|---|"]
    return lines + [
        f"| {bar.says} | {', '.join(bar.scenarios)} | {_met(bar, found)} |" for bar in BARS
    ]


def _met(bar: Bar, found: Found) -> str:
    values = [found[name][bar.figure].value for name in bar.scenarios]
    ends = f"{min(values):.3f}" if len(values) == 1 else f"{min(values):.3f} to {max(values):.3f}"
    missed = ", ".join(f"{name} {shown(one)}" for name, one in bar.missed(found).items())
    return f"{ends}; **missed: {missed}**" if missed else f"{ends}; met"


def _table(found: Found, columns: dict[str, str]) -> list[str]:
    says = {scenario.name: f"{scenario.says} ({scenario.runs})" for scenario in SCENARIOS}
    lines = [
        f"| | company (runs) | {' | '.join(columns)} |",
        "|---|---|" + "---|" * len(columns),
    ]
    for name, figures in found.items():
        cells = " | ".join(shown(figures[figure]) for figure in columns.values())
        lines.append(f"| {name} | {says[name]} | {cells} |")
    return lines


def shown(figure: Figure) -> str:
    """A figure with its Monte-Carlo error."""
    if math.isnan(figure.value):
        return "–"
    return f"{figure.value:.3f} ± {figure.error:.3f}"


def main() -> None:
    """Write the page."""
    PAGE.write_text(written(find()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
