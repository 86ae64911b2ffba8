"""docs/honesty.md: the figures of every scenario, written by `scripts/honesty.py`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from .bars import BARS, Bar, Found
from .company import BY_NAME, LEVELS, SCENARIOS, STANDARD
from .samples import FIGURES as OF_SAMPLES
from .samples import SEEDS, study_samples
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


def find(name: str) -> dict[str, Figure]:
    """The figures of a scenario, or of the companies made like the sample."""
    return study_samples() if name == "sample" else study(BY_NAME[name], SEED)


def written(found: Found) -> str:
    """The page."""
    parts = [INTRODUCTION, "## What must hold\n", *_bars(found), "", WHY]
    for heading, words, columns, names in TABLES:
        shown_ones = {name: found[name] for name in names}
        parts += [f"## {heading}\n", *words, *_table(shown_ones, columns), ""]
    return "\n".join(parts)


def lines_of(name: str, figures: Mapping[str, Figure]) -> list[str]:
    """The lines of the page that tell the figures of a scenario."""
    tables = [_table({name: figures}, columns) for *_, columns, names in TABLES if name in names]
    return [lines[-1] for lines in tables]


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


SAMPLES = f"""The sample company made anew with seeds {SEEDS[0]} to {SEEDS[-1]}: 40 managers, of whom two are severe and two generous by 0.12, with an
exercise of 12 cases (tier a). Intervals are held against the planted difference.
"""

WHY = ""

ALL = tuple(BY_NAME)
TABLES: tuple[tuple[str, tuple[str, ...], dict[str, str], tuple[str, ...]], ...] = (
    ("Who is named", (), NAMED, ALL),
    ("Estimates, and what is not said", (NOT_SAID,), SAID, ALL),
    (
        "When good people sit with generous managers",
        (SORTING,),
        SORTED,
        ("S1", "S3", "S4", "S5"),
    ),
    ("Against chance", (CHANCE,), DEALT, ("S0", "S1")),
    (
        "Companies made like the sample",
        (SAMPLES,),
        {name: name for name in OF_SAMPLES},
        ("sample",),
    ),
)


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
    says["sample"] = f"the sample made anew ({len(SEEDS)})"
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
    """Find the figures, told as they come, and write the page."""
    found = {}
    for name in (*BY_NAME, "sample"):
        found[name] = find(name)
        told = ", ".join(f"{words} {shown(one)}" for words, one in found[name].items())
        print(f"{name}: {told}", flush=True)
    PAGE.write_text(written(found), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
