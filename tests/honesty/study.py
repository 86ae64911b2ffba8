"""What is said of invented companies, held against what is true of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from okrkit.judge.calibration.result import Calibration, ComparedManager, Tier
from okrkit.judge.calibration.ruling import Ruling
from okrkit.judge.calibration.run import grading_of, judge_grading
from okrkit.measure.grading.comparison import Comparison
from okrkit.standard import DEFAULT_STANDARD

from .company import Company, Scenario, invent

LARGE = 0.10  # grade points
GENEROUS = ("more_generous", "higher")
NAMED = (*GENEROUS, "more_severe", "lower")


@dataclass(frozen=True)
class Figure:
    """A share or mean over runs, with its Monte-Carlo error (one standard error)."""

    value: float
    error: float


# Each figure is the sum of one column over the runs, divided by the sum of another.
FIGURES = {
    "coverage": ("held", "compared"),
    "coverage of the plain contrast": ("held plain", "compared"),
    "coverage of the people's level": ("held level", "compared"),
    "coverage of the far out": ("large held", "large"),
    "false share": ("false share", "run"),
    "pooled false share": ("false", "named"),
    "pooled false share, plain": ("false plain", "named"),
    "claimed false share": ("claimed", "named"),
    "flags": ("named", "run"),
    "false flags": ("false", "run"),
    "claimed false flags": ("claimed", "run"),
    "no flag": ("none named", "run"),
    "power": ("large named", "large"),
    "sign errors": ("wrong sign", "named"),
    "said equal": ("same", "compared"),
    "wrongly said equal": ("same wrong", "same"),
    "share wrongly said equal": ("same share", "run"),
    "claimed wrongly said equal": ("same claimed", "same"),
    "refused": ("tier d", "run"),
    "verdicts": ("verdicts", "run"),
    "sorting shown": ("sorted", "run"),
    "information": ("information", "compared"),
    "distribution flags": ("distributions", "run"),
    "distributions false of the manager": ("distributions false", "distributions"),
    "distributions false of the people": ("distributions false level", "distributions"),
    "expected false flags": ("expected", "dealt"),
    "p at most .05": ("p low", "dealt"),
}


def study(scenario: Scenario, seed: int, runs: int | None = None) -> dict[str, Figure]:
    """The figures of a scenario."""
    return figures(pd.DataFrame(look_at_all(scenario, seed, range(runs or scenario.runs))))


def look_at_all(scenario: Scenario, seed: int, runs: Iterable[int]) -> Iterator[dict[str, float]]:
    """One row a run; every run has a seed of its own, made from the scenario's name."""
    standard = replace(DEFAULT_STANDARD, deals=scenario.deals)
    for run in runs:
        company = invent(scenario, np.random.default_rng([seed, *scenario.name.encode(), run]))
        grading = grading_of(company.tables, standard=standard)
        ruling = Ruling(grading, standard)
        yield look(company, ruling, judge_grading(grading, standard))


def look(company: Company, ruling: Ruling, said: Calibration) -> dict[str, float]:
    """Counts of what is said of one company, and of how much of it is true."""
    dealt = {
        "run": 1,
        "tier d": said.tier is Tier.NOTHING,
        "sorted": bool(said.sorting),
        "verdicts": sum(one.verdict != "cannot_tell" for one in said.managers),
        "dealt": said.permuted is not None,
        "expected": said.expected_false_flags or 0.0,
        "p low": said.permuted is not None and said.permuted.p_value <= 0.05,
    }
    if ruling.basis is None:
        return dealt | {"compared": 0, "none named": 1}
    told = {one.manager: one for one in said.managers if one.estimate}
    facts = _facts(company, ruling, ruling.basis)
    rows = facts.join(pd.DataFrame([_said(one) for one in told.values()], list(told)), how="inner")
    verdict = "distribution" if said.tier is Tier.NOTHING else "verdict"
    return dealt | _counts(rows, verdict, ruling.standard.practical_difference)


def _facts(company: Company, ruling: Ruling, basis: Comparison) -> pd.DataFrame:
    """The truth of every manager of a comparison, against its own group as the comparison sees it.

    `true` is generosity against the pooled level, `plain` against the plain mean, `level` the same
    as `true` for manager and people together, and `raw` for the mean grade.
    """
    managers = pd.Index(basis.posterior.levels)
    pool = pd.Series(basis.posterior.pool, managers)
    group = pd.Series(0, managers)
    if basis is ruling.grading.fits.own:
        group = ruling.grading.managers.set_index("manager")["group"].loc[managers]

    def against(values: pd.Series, weights: pd.Series) -> pd.Series:
        values, weights = values.loc[managers], weights / weights.groupby(group).transform("sum")
        return values - (values * weights).groupby(group).transform("sum")

    return pd.DataFrame(
        {
            "true": against(company.generosity, pool),
            "plain": against(company.generosity, pool * 0 + 1),
            "level": against(company.generosity.loc[managers] + company.ability, pool),
            "raw": against(company.raw, pool),
        }
    )


def _said(one: ComparedManager) -> dict[str, object]:
    assert one.estimate is not None
    return {
        "difference": one.estimate.difference,
        "low": one.estimate.low,
        "high": one.estimate.high,
        "material": one.estimate.probability_material,
        "verdict": one.verdict.value,
        "distribution": one.distribution.value,
        "information": one.information or 0.0,
    }


def _counts(rows: pd.DataFrame, verdict: str, material: float) -> dict[str, float]:
    """How many managers of a company each thing holds of."""
    small, large = rows["true"].abs().le(material), rows["true"].abs().ge(LARGE)
    named = rows[verdict].isin(NAMED)
    spread = rows["distribution"].isin(NAMED)
    same = rows["verdict"].eq("no_material_difference")
    up = rows[verdict].isin(GENEROUS)
    inside = {
        name: rows[name].between(rows["low"], rows["high"]) for name in ("true", "plain", "level")
    }
    return {
        "compared": len(rows),
        "held": inside["true"].sum(),
        "held plain": inside["plain"].sum(),
        "held level": inside["level"].sum(),
        "named": named.sum(),
        "none named": not named.any(),
        "false": (named & small).sum(),
        "false share": (named & small).sum() / max(named.sum(), 1),
        "false plain": (named & rows["plain"].abs().le(material)).sum(),
        "claimed": (1 - rows.loc[named, "material"]).sum(),
        "wrong sign": (named & (up != rows["true"].gt(0))).sum(),
        "large": large.sum(),
        "large named": (large & named).sum(),
        "large held": (large & inside["true"]).sum(),
        "same": same.sum(),
        "same wrong": (same & ~small).sum(),
        "same share": (same & ~small).sum() / max(same.sum(), 1),
        "same claimed": rows.loc[same, "material"].sum(),
        "information": rows["information"].sum(),
        "distributions": spread.sum(),
        "distributions false": (spread & small).sum(),
        "distributions false level": (spread & rows["level"].abs().le(material)).sum(),
        "square": ((rows["difference"] - rows["true"]) ** 2).sum(),
        "square raw": ((rows["raw"] - rows["true"]) ** 2).sum(),
    }


def figures(runs: pd.DataFrame) -> dict[str, Figure]:
    """Every figure over the runs; NaN where there is nothing to divide by."""
    runs = runs.fillna(0).astype(float)
    found = {name: ratio(runs[top], runs[bottom]) for name, (top, bottom) in FIGURES.items()}
    for name, column in (("rmse", "square"), ("raw rmse", "square raw")):
        squared = ratio(runs[column], runs["compared"])
        root = np.sqrt(squared.value)
        found[name] = Figure(root, squared.error / (2 * root))
    share = ratio(runs["square"], runs["square raw"])
    root = np.sqrt(share.value)
    return found | {"rmse ratio": Figure(root, share.error / (2 * root))}


def ratio(tops: pd.Series, bottoms: pd.Series) -> Figure:
    """Sum over sum, and its standard error when runs are drawn alike."""
    total = bottoms.sum()
    if not total:
        return Figure(np.nan, np.nan)
    value = float(tops.sum() / total)
    off = tops - value * bottoms
    return Figure(value, float(np.sqrt((off**2).sum()) / total))
