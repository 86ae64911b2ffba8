"""Do people who earn better grades sit with more generous managers?

The ordinary model takes people as exchangeable: who grades whom has nothing to do with how good
they are. If that holds, the level of a person rises with the estimate of their managers just as far
as the model expects. The estimate used here rests on contrasts within a person alone, such as
people who changed managers, and the levels of people are independent of it. So the managers'
separated effect, averaged over the grades of each person, adds nothing when it enters the model as
a fixed column. What it does add is the `excess`: above 0 if good people and generous managers sit
together. The test is the signed root of the likelihood ratio with and without the column.

The idea is Mundlak's (1978). In simulation (200 runs each, 60 managers, 360 people, seed 8) it
signals 6 % of companies without sorting and 98 % of those where managers' generosity and people's
level correlate at 0.5 and a quarter of the people change managers each cycle.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import ndtr

from okrkit.measure.grading.crossed import CrossedFit, fit_crossed
from okrkit.measure.grading.equations import solve
from okrkit.measure.grading.rows import MANAGER, PERSON, Rows
from okrkit.measure.grading.sums import ModelError, absorb

RATIO_MIN = 0.01  #: of the managers, to have a column where their variance is estimated as 0
ROUNDING = 1e-9
COLUMN = "the managers of the person"


@dataclass(frozen=True)
class Sorting:
    """How far people's levels rise with their managers, beyond what exchangeable people show."""

    excess: float  #: grade points of a person for one grade point of their managers; 0 without
    se: float
    z: float
    p_value: float  #: one-sided: the chance of so much or more if people are exchangeable
    n_people: int


def measure_sorting(rows: Rows, fit: CrossedFit) -> Sorting | None:
    """Whether people's levels go with their managers; None if the grades cannot tell.

    They cannot when, for instance, no person had two managers. `fit` is the ordinary fit of `rows`.
    """
    exposure = _exposure(rows, fit)
    if exposure is None or PERSON in fit.held or exposure.std() < ROUNDING:
        return None
    unit = exposure / exposure.std()
    sums = replace(rows, fixed={**rows.fixed, COLUMN: unit}).sums()
    if COLUMN not in sums.fixed:
        return None
    try:
        free = fit_crossed(sums, criterion="ML")
        bound = fit_crossed(fit.sums, criterion="ML")
    except ModelError:
        return None
    slope = free.fixed[COLUMN]
    z = float(np.sign(slope) * np.sqrt(max(bound.deviance - free.deviance, 0)))
    return Sorting(
        excess=slope / exposure.std(),
        se=free.fixed_se[COLUMN] / exposure.std(),
        z=z,
        p_value=float(ndtr(-z)),
        n_people=fit.levels[PERSON].size,
    )


def _exposure(rows: Rows, fit: CrossedFit) -> np.ndarray | None:
    """For each row the separated effect of its person's managers, None if nothing separates."""
    ratios = {MANAGER: max(fit.ratios[MANAGER], RATIO_MIN), PERSON: np.inf}
    sums = fit.sums
    if sums.cross[:, sums.blocks[MANAGER]].nnz == sums.counts.size:
        return None
    solution = solve(absorb(sums), ratios)
    place = pd.Index(fit.levels[MANAGER]).get_indexer(rows.manager)
    effect = pd.Series(solution.effects(MANAGER)[place])
    return effect.groupby(rows.person).transform("mean").to_numpy()
