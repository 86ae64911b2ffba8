"""The crossed random-intercept model: who stands apart once everything else is allowed for.

    grade = fixed columns + manager + person + ... + residual

Managers and persons are random and crossed: a person may be graded by several managers. Variances
are estimated by REML or ML, exactly; the model and its equations stand in `equations`, the
deviance in `criterion`. After one pass over the rows the cost does not depend on their number.

Sources: Henderson's mixed-model equations; Gilmour, Thompson and Cullis (1995) for the average
information; Bates and others (2015) for the profiled deviance. Checked against lme4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from okrkit.measure.grading.criterion import (
    NEARLY_ZERO,
    Criterion,
    degrees_of_freedom,
    deviance,
    gradient,
    information,
    without_fixed,
)
from okrkit.measure.grading.equations import Solution, solve
from okrkit.measure.grading.start import least_squares, moment_ratios
from okrkit.measure.grading.sums import INTERCEPT, ModelError, Sums

RATIO_MAX = 1e6  #: a ratio that reaches this has no residual beside it
SETTLED = 1e-8  #: the deviance a further step would gain
STEPS_MAX = 60
FLAT = 1e-3
SIZE_MIN = 1e-6  #: of a step; below it the deviance is as low as can be found
SHORT = 1.5  #: times the promised gain; a step that gains more was too short
ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class CrossedFit:
    """A fitted model. Effects are in the units of the grade, in the order of `levels`."""

    criterion: Criterion
    deviance: float  #: -2 log of the (restricted) likelihood
    ratios: Mapping[str, float]  #: variance of each factor over the residual variance
    sd: Mapping[str, float]  #: standard deviation of each factor
    residual_sd: float  #: of a row with weight 1
    held: frozenset[str]  #: factors whose ratio was given, not estimated
    solution: Solution
    inverse: np.ndarray  #: C⁻¹ of equations, bordered by the fixed columns

    @property
    def sums(self) -> Sums:
        """The sums the model was fitted to."""
        return self.solution.equations.sums

    @property
    def n(self) -> int:
        """How many rows."""
        return self.sums.n

    @property
    def df(self) -> int:
        """Rows minus everything fixed."""
        return self.sums.df

    @property
    def levels(self) -> Mapping[str, np.ndarray]:
        """The labels of every factor, in the order of its effects."""
        return self.sums.levels

    @property
    def aliased(self) -> tuple[str, ...]:
        """Fixed columns left out because the columns before them say the same."""
        return self.sums.aliased

    @property
    def effects(self) -> Mapping[str, np.ndarray]:
        """The predicted (shrunken) effects of every factor's levels."""
        return {name: self.solution.effects(name) for name in self.levels}

    @property
    def fixed(self) -> Mapping[str, float]:
        """The coefficient of every fixed column; the intercept is that of the grade as given."""
        centre = {INTERCEPT: self.sums.centre}
        return {
            name: float(self.solution.rest[j]) + centre.get(name, 0.0)
            for name, j in self.sums.fixed.items()
        }

    @property
    def fixed_se(self) -> Mapping[str, float]:
        """The standard error of every coefficient, at the ratios of the fit."""
        diagonal = self.inverse.diagonal()
        return {
            name: float(self.residual_sd * np.sqrt(diagonal[j]))
            for name, j in self.sums.fixed.items()
        }

    def prediction_variance(self, name: str) -> np.ndarray:
        """Var(predicted - true effect) of each level, the uncertainty of fixed columns included."""
        return self._variance(name, self.inverse)

    def conditional_variance(self, name: str) -> np.ndarray:
        """Variance of each level's effect given the grades and the fixed columns (as in lme4)."""
        return self._variance(name, self._inverse_without_fixed)

    @cached_property
    def _inverse_without_fixed(self) -> np.ndarray:
        return without_fixed(self.sums, self.inverse)

    def _variance(self, name: str, inverse: np.ndarray) -> np.ndarray:
        if name == self.sums.eliminated:
            unit = self.solution.equations.spread(inverse)
        else:
            unit = inverse.diagonal()[self.sums.blocks[name]]
        return self.sd[name] ** 2 * unit


def fit_crossed(
    sums: Sums,
    *,
    criterion: Criterion = "REML",
    held: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
) -> CrossedFit:
    """Fit grade = fixed columns + one random effect for each factor + residual.

    Parameters
    ----------
    sums : from `sum_rows`: the grades, their factors and fixed columns (see also `absorb`)
    criterion : "REML" or "ML"
    held : variance ratios not to be estimated
    start : ratios above 0 to search from, by default those of `moment_ratios`

    Raises
    ------
    ModelError
        The grades cannot carry the model: all equal, explained without a residual, or two factors
        that divide them alike.

    Examples
    --------
    Two managers grade the same four persons:

    >>> from okrkit.measure.grading.sums import sum_rows
    >>> grade = np.array([0.7, 0.6, 0.5, 0.4, 0.9, 0.7, 0.8, 0.6])
    >>> factors = {"manager": np.array(list("AAAABBBB")), "person": np.array(list("pqrspqrs"))}
    >>> fit = fit_crossed(sum_rows(grade, factors))
    >>> round(fit.sd["manager"], 4), round(fit.sd["person"], 4), round(fit.residual_sd, 4)
    (0.1384, 0.1155, 0.0577)
    """
    held = dict(held or {}) | ({sums.eliminated: np.inf} if sums.absorbed else {})
    _refuse_what_cannot_be_told(sums, set(held))
    begun = {**(start or moment_ratios(sums)), **held}
    solution, inverse = _settle(sums, begun, criterion, frozenset(held))
    ratios = solution.equations.ratios
    residual_sd = float(np.sqrt(solution.residual / degrees_of_freedom(sums, criterion)))
    return CrossedFit(
        criterion=criterion,
        deviance=deviance(solution, criterion),
        ratios=ratios,
        sd={name: residual_sd * float(np.sqrt(ratios[name])) for name in sums.levels},
        residual_sd=residual_sd,
        held=frozenset(held),
        solution=solution,
        inverse=inverse,
    )


def _settle(
    sums: Sums, ratios: Mapping[str, float], criterion: Criterion, held: frozenset[str]
) -> tuple[Solution, np.ndarray]:
    """Newton's method on the roots of the ratios, where a variance of 0 is an inner point."""
    free = [name for name in sums.levels if name not in held]
    solution = solve(sums, ratios)
    for _ in range(STEPS_MAX):
        inverse = solution.equations.inverse()
        _refuse_without_residual(solution, free)
        step, gain = _step(solution, inverse, free, criterion)
        further = None
        if gain >= SETTLED:
            further = _walk(solution, dict(zip(free, step, strict=True)), gain, criterion)
        if further is None:
            return _without_tiny(solution, inverse, free, criterion)
        solution = further
    raise ModelError("The variances did not settle. The grades hardly tell the factors apart.")


def _step(
    solution: Solution, inverse: np.ndarray, free: list[str], criterion: Criterion
) -> tuple[np.ndarray, float]:
    """The step of the roots, and the deviance it promises to gain.

    With t² = g, the gradient by t is 2 t d and the second derivative 4 t t' AI + 2 d, where a
    negative d is left out to keep the step downhill. A trace of |d| is added for grades that leave
    no residual, whose information is 0.
    """
    if not free:
        return np.zeros(0), 0.0
    slopes = gradient(solution, inverse, criterion)
    root = np.sqrt([solution.equations.ratios[name] for name in free])
    slope = np.array([slopes[name] for name in free])
    downhill = 2 * root * slope
    curve = 4 * np.outer(root, root) * information(solution, free, criterion)
    curve += np.diag(2 * np.maximum(slope, 0) + FLAT * np.abs(slope))
    step = -np.linalg.lstsq(curve, downhill, rcond=1e-12)[0]
    longest = np.max(np.abs(step) / (3 * root + 0.1))
    return step / max(longest, 1), float(-downhill @ step) / 2


def _walk(
    solution: Solution, step: Mapping[str, float], gain: float, criterion: Criterion
) -> Solution | None:
    """The solution a step further; None if no part of the step is better.

    A step that is worse is halved. One that gains much more than it promised was too short, since
    the average information can overstate how sharply the deviance curves: it is doubled.
    """
    start = deviance(solution, criterion)
    size, best = 1.0, _moved(solution, step, 1.0)
    while best.residual <= 0 or deviance(best, criterion) > start:
        if (size := size / 2) < SIZE_MIN:
            return None
        best = _moved(solution, step, size)
    while size >= 1 and start - deviance(best, criterion) > SHORT * size * gain:
        size *= 2
        further = _moved(solution, step, size)
        if further.residual <= 0 or deviance(further, criterion) >= deviance(best, criterion):
            break
        best = further
    return best


def _moved(solution: Solution, step: Mapping[str, float], size: float) -> Solution:
    """The solution `size` steps further; a root stops at 0."""
    ratios = solution.equations.ratios
    roots = {name: max(np.sqrt(ratios[name]) + size * by, 0.0) for name, by in step.items()}
    moved = {name: min(float(root**2), RATIO_MAX) for name, root in roots.items()}
    return solve(solution.equations.sums, {**ratios, **moved})


def _without_tiny(
    solution: Solution, inverse: np.ndarray, free: list[str], criterion: Criterion
) -> tuple[Solution, np.ndarray]:
    """A variance that settled next to 0 is 0, if the deviance agrees."""
    ratios = solution.equations.ratios
    tiny = {name: 0.0 for name in free if 0 < ratios[name] < NEARLY_ZERO}
    if not tiny:
        return solution, inverse
    zero = solve(solution.equations.sums, {**ratios, **tiny})
    if deviance(zero, criterion) > deviance(solution, criterion) + SETTLED:
        return solution, inverse
    return zero, zero.equations.inverse()


def _refuse_what_cannot_be_told(sums: Sums, held: set[str]) -> None:
    """Refuse grades in which a variance has nothing to rest on."""
    for name, labels in sums.levels.items():
        if labels.size == sums.n and name not in held:
            raise ModelError(
                f"Every grade has a {name} of its own, so {name} and residual are one thing. "
                f"Leave {name} out."
            )
    for name, block in sums.blocks.items():
        same = sums.cross[:, block].nnz == sums.levels[name].size == sums.counts.size
        if same and not {name, sums.eliminated} & held:
            raise ModelError(
                f"Every {name} has one {sums.eliminated} and every {sums.eliminated} has one "
                f"{name}: the two cannot be told apart. Leave one of them out."
            )
    if least_squares(sums)[1] <= ROUNDING * (sums.total + sums.n * ROUNDING):
        raise ModelError("All comparable grades are equal: there is no difference to explain.")


def _refuse_without_residual(solution: Solution, free: list[str]) -> None:
    ratios = solution.equations.ratios
    saturated = any(ratios[name] >= RATIO_MAX for name in free)
    if saturated or solution.residual <= ROUNDING * solution.equations.sums.total:
        names = " and ".join(ratios)
        raise ModelError(
            f"Every grade is explained by {names} without a residual, so there is nothing to judge "
            "differences by."
        )
