"""A fitted comparison of managers: every manager's difference, with what the model found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from okrkit.measure.grading.crossed import CrossedFit
from okrkit.measure.grading.posterior import RESIDUAL, Posterior, difference

WIDE, NARROW = 0.95, 0.8


@dataclass(frozen=True)
class Fitted:
    """The model in grade points. Intervals are 95 % and integrate over the variances."""

    method: str
    criterion: float  #: the REML deviance
    residual_sd: float
    sd: Mapping[str, float]  #: "manager" and, where people have several grades, "person"
    low: Mapping[str, float]
    high: Mapping[str, float]
    shares: Mapping[str, tuple[float, float, float]]  #: of all variance, with "residual"
    n: int
    n_managers: int
    n_people: int


@dataclass(frozen=True, eq=False)
class Comparison:
    """Managers beside the pooled level of their comparison group.

    `table` has one row a manager, with the manager as index: `n` (grades; cases of the exercise
    are not counted), `people` (graded), and in grade points, positive for more generous, `mean`
    (the difference), `low`, `high` (95 %), `low80`, `high80` (80 %).
    """

    table: pd.DataFrame
    posterior: Posterior
    fitted: Fitted
    pooled: float  #: what grades would average if every manager were at the pooled level

    def beyond(self, threshold: float) -> tuple[np.ndarray, np.ndarray]:
        """The chance that each manager differs by more than `threshold` grade points.

        Once as it seems, once if managers differ as widely as the upper half of the plausible.
        """
        return self.posterior.chances_beyond(threshold)

    @cached_property
    def intervals(self) -> list[tuple[float, ...]]:
        """`mean`, `low`, `high`, `low80`, `high80` of each manager."""
        columns = self.table[["mean", "low", "high", "low80", "high80"]]
        return list(columns.itertuples(index=False, name=None))


def compare(
    fit: CrossedFit, graded: pd.DataFrame, groups: np.ndarray | None, method: str
) -> Comparison:
    """The comparison a fit gives; `graded` are the grades (manager, person, grade) in it.

    `groups` tells for each manager of the fit the comparison group; None is one for all.
    """
    posterior = difference(fit, groups=groups)
    index = pd.Index(posterior.levels, name="manager", dtype="str")
    counts = graded.groupby("manager").agg(n=("person", "size"), people=("person", "nunique"))
    table = counts.reindex(index, fill_value=0)
    table["mean"] = posterior.mean
    table["low"], table["high"] = posterior.interval(WIDE)
    table["low80"], table["high80"] = posterior.interval(NARROW)
    at_level = graded["grade"] - graded["manager"].map(table["mean"])
    return Comparison(
        table, posterior, _fitted(fit, posterior, graded, method), float(at_level.mean())
    )


def _fitted(fit: CrossedFit, posterior: Posterior, graded: pd.DataFrame, method: str) -> Fitted:
    names = [name for name in posterior.sds if name != RESIDUAL and name not in fit.held]
    ends = {name: posterior.sd_interval(name, WIDE) for name in names}
    return Fitted(
        method=method,
        criterion=fit.deviance,
        residual_sd=fit.residual_sd,
        sd={name: fit.sd[name] for name in names},
        low={name: low for name, (low, _) in ends.items()},
        high={name: high for name, (_, high) in ends.items()},
        shares={name: posterior.share(name, WIDE) for name in (*names, RESIDUAL)},
        n=len(graded),
        n_managers=int(graded["manager"].nunique()),
        n_people=int(graded["person"].nunique()),
    )
