"""Do people who earn better grades sit with more generous, or with more severe, managers?

The ordinary model takes people as exchangeable: who grades whom has nothing to do with how good
they are. If that holds, the level of a person rises with the estimate of their managers just as far
as the model expects. The estimate used here rests on contrasts within a person alone, such as
people who changed managers, and the levels of people are independent of it. So the managers'
separated effect, averaged over the grades of each person, adds nothing when it enters the model as
a fixed column. What it does add is the `excess`: above 0 if good people and generous managers sit
together, below 0 if good people and severe ones do. The test is the signed root of the likelihood
ratio with and without the column, held against Student's t with two degrees of freedom less than
there are managers: the column is one number a manager, and two are spent on its level and slope.

The idea is Mundlak's (1978). Shares of invented companies signalled at 5 % (seed 77, 300 to 400
runs; beside it what the normal distribution would signal): without sorting, of 5 managers 2 % (11),
of 8 managers 4 % (10), of 60 managers 7 % (7); with a correlation of 0.5 between managers'
generosity and people's level, a quarter of whom change managers each cycle, 94 %; of -0.5, 90 %.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import stdtr

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
    p_value: float  #: the chance of so much if people are exchangeable, see `_p_value`
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
        p_value=_p_value(z, fit.levels[MANAGER].size),
        n_people=fit.levels[PERSON].size,
    )


def _p_value(z: float, managers: int) -> float:
    """The chance of so much in this direction; doubled when good people sit with severe managers.

    That is the rarer way, and so both ways together signal few companies in which there is neither.
    """
    one_sided = float(stdtr(max(managers - 2, 1), -abs(z)))
    return one_sided if z > 0 else min(1.0, 2 * one_sided)


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
