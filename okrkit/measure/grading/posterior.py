"""What can be said of each manager's difference, the uncertainty of the variances included.

Given the variance ratios, the difference of a manager is a Student t about its prediction. How
large the ratios are is uncertain itself, above all with few managers, so the t's are mixed over a
grid of ratios (see `grid`). A variance estimated as 0 therefore leaves an interval of honest width.

A difference is a manager minus the pooled level of the comparison group: the weighted mean of its
managers, each weighted by how much its own grades say of it. Its variance is exact: it uses the
covariances between managers, not only the variance of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import gammaln, ndtr, stdtr, stdtrit

from okrkit.measure.grading.criterion import NEARLY_ZERO, without_fixed
from okrkit.measure.grading.crossed import CrossedFit
from okrkit.measure.grading.equations import Solution, eliminate, solve
from okrkit.measure.grading.grid import ratio_grid
from okrkit.measure.grading.rows import MANAGER, PERSON
from okrkit.measure.grading.sums import absorb

RESIDUAL = "residual"
STEPS_MAX = 40
SETTLED = 1e-9  #: grade points
ROUNDING = 1e-9
NORMAL_FROM = 5000  #: degrees of freedom; the two then differ by less than 0.00005


def student_below(value: np.ndarray, df: int) -> np.ndarray:
    """The probability that Student's t is below `value`; with very many `df` the normal, sooner."""
    return ndtr(value) if df >= NORMAL_FROM else stdtr(df, value)


@dataclass(frozen=True, eq=False)
class Posterior:
    """A mixture of k Student t's for each of m managers."""

    levels: np.ndarray  #: (m,) the managers
    pool: np.ndarray  #: (m,) how much each counts for the pooled level of its group
    weights: np.ndarray  #: (k,) of the points of the grid; they add up to 1
    means: np.ndarray  #: (k, m) differences; positive is more generous
    scales: np.ndarray  #: (k, m) scales of the t's
    df: int
    sds: Mapping[str, np.ndarray]  #: (k,) sd of each factor and of the residual at the points

    @cached_property
    def mean(self) -> np.ndarray:
        """(m,) the expected difference."""
        return self.weights @ self.means

    @cached_property
    def sd(self) -> np.ndarray:
        """(m,) the standard deviation of the difference."""
        within = self.scales**2 * (self.df / max(self.df - 2, 1))
        return np.sqrt(self.weights @ (within + (self.means - self.mean) ** 2))

    def below(self, value: np.ndarray | float) -> np.ndarray:
        """(m,) the probability that the difference is below `value`."""
        return self.weights @ student_below((value - self.means) / self.scales, self.df)

    def probability_beyond(self, threshold: float) -> np.ndarray:
        """(m,) the probability that the difference, either way, is larger than `threshold`."""
        return self.chances_beyond(threshold)[0]

    def chances_beyond(self, threshold: float) -> tuple[np.ndarray, np.ndarray]:
        """(m,) and (m,): `probability_beyond`, and the same if managers differ more than it seems.

        That is, as widely as the upper half of the plausible. Where the spread of managers comes
        out too low by chance, all of them are drawn towards the middle together. What holds in the
        upper half as well does not rest on such a chance.
        """
        upper, lower = (
            (threshold - self.means) / self.scales,
            (-threshold - self.means) / self.scales,
        )
        beyond = student_below(lower, self.df) + student_below(-upper, self.df)
        return self.weights @ beyond, self._wide @ beyond

    @cached_property
    def _wide(self) -> np.ndarray:
        """(k,) weights of the half of the distribution in which managers differ most."""
        order = np.argsort(self.sds[MANAGER], kind="stable")
        upper = np.clip(np.cumsum(self.weights[order]) - 0.5, 0, self.weights[order])
        weights = np.empty_like(upper)
        weights[order] = upper / upper.sum()
        return weights

    def interval(self, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
        """(m,) and (m,): bounds that leave out (1 - level) / 2 on either side."""
        return self._quantile((1 - level) / 2), self._quantile((1 + level) / 2)

    def _quantile(self, share: float) -> np.ndarray:
        # The quantile of a mixture lies between the smallest and the largest of its parts'. Newton
        # steps, and the middle where one would leave what is left.
        parts = self.means + self.scales * stdtrit(self.df, share)
        low, high = parts.min(axis=0), parts.max(axis=0)
        at = self.weights @ parts
        for _ in range(STEPS_MAX):
            off = self.below(at) - share
            low, high = np.where(off > 0, low, at), np.where(off > 0, at, high)
            before = at
            with np.errstate(all="ignore"):  # between parts far apart there is no density
                at = at - off / self._density(at)
            at = np.where((at >= low) & (at <= high), at, (low + high) / 2)
            if not (abs(at - before) > SETTLED).any():
                break
        return at

    def _density(self, value: np.ndarray) -> np.ndarray:
        """(m,) the density of the difference at `value`."""
        off = (value - self.means) / self.scales
        tall = np.exp(gammaln((self.df + 1) / 2) - gammaln(self.df / 2))
        parts = tall * (1 + off**2 / self.df) ** (-(self.df + 1) / 2) / self.scales
        return (self.weights @ parts) / np.sqrt(self.df * np.pi)

    def typical_sd(self, name: str) -> float:
        """A factor's standard deviation, root mean square; above 0 even where the best is 0."""
        return float(np.sqrt(self.weights @ self.sds[name] ** 2))

    def sd_interval(self, name: str, level: float = 0.95) -> tuple[float, float]:
        """Bounds of a factor's standard deviation, or the residual's."""
        return self._spread(self.sds[name], level)

    def share(self, name: str, level: float = 0.95) -> tuple[float, float, float]:
        """The share of a factor, or the residual, in all variance: expected, low and high."""
        shares = self.sds[name] ** 2 / sum(sd**2 for sd in self.sds.values())
        return float(self.weights @ shares), *self._spread(shares, level)

    def _spread(self, values: np.ndarray, level: float) -> tuple[float, float]:
        order = np.argsort(values)
        weights = self.weights[order]
        low, high = np.interp(
            [(1 - level) / 2, (1 + level) / 2], np.cumsum(weights) - weights / 2, values[order]
        )
        return float(low), float(high)


def difference(fit: CrossedFit, *, groups: np.ndarray | None = None) -> Posterior:
    """The posterior of each manager's difference from the pooled level of its group.

    Parameters
    ----------
    fit : from `fit_rows`
    groups : for each of `fit.levels["manager"]` the group it is compared with; all with all if not
        given. A manager alone in a group has no difference: its numbers are NaN.
    """
    pool = _pool(fit, groups)
    solutions, weights = ratio_grid(fit)
    parts = [_differences(one, one.equations.inverse(), pool) for one in solutions]
    return Posterior(
        levels=fit.levels[MANAGER],
        pool=pool.weights.sum(axis=1),
        weights=weights,
        means=np.array([mean for mean, _ in parts]),
        scales=np.array([scale for _, scale in parts]),
        df=fit.df,
        sds=_sds(fit, solutions),
    )


def difference_at_best(
    fit: CrossedFit, *, groups: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Means and scales of the differences at the estimated variances alone, taken as known."""
    return _differences(fit.solution, fit.inverse, _pool(fit, groups))


def separated_information(fit: CrossedFit, *, sd: float) -> np.ndarray:
    """How much is known of each manager from contrasts within a person alone, from 0 to 1.

    One minus the variance that remains of a manager's effect over the variance `sd` squared it had
    beforehand, when people may differ in any way. 0: nothing separates manager and people.
    """
    ratios = {MANAGER: (sd / fit.residual_sd) ** 2, PERSON: np.inf}
    sums = fit.sums if fit.sums.absorbed else absorb(fit.sums)
    left = solve(sums, ratios).equations.inverse().diagonal()[sums.blocks[MANAGER]]
    return np.clip(1 - left, 0, 1)


@dataclass(frozen=True, eq=False)
class _Pool:
    groups: np.ndarray  #: (m,) the group of every manager
    weights: np.ndarray  #: (m, groups) how much each manager counts for the level of each group


def _pool(fit: CrossedFit, groups: np.ndarray | None) -> _Pool:
    if groups is None:
        groups = np.zeros(fit.levels[MANAGER].size, dtype=int)
    codes = np.unique(groups, return_inverse=True)[1]
    weights = np.zeros((codes.size, codes.max() + 1))
    weights[np.arange(codes.size), codes] = _own_evidence(fit)
    empty = weights.sum(axis=0) == 0
    weights[:, empty] = codes[:, None] == np.flatnonzero(empty)
    return _Pool(codes, weights / weights.sum(axis=0))


def _own_evidence(fit: CrossedFit) -> np.ndarray:
    """The share of each manager's variance its grades remove; its limit where the variance is 0."""
    sums = fit.sums
    block = sums.blocks[MANAGER]
    if fit.ratios[MANAGER] > NEARLY_ZERO:
        evidence = 1 - without_fixed(sums, fit.inverse).diagonal()[block]
    else:
        evidence = eliminate(sums, fit.solution.equations.shrink).diagonal()[block]
    return np.where(evidence > ROUNDING, evidence, 0)


def _differences(
    solution: Solution, inverse: np.ndarray, pool: _Pool
) -> tuple[np.ndarray, np.ndarray]:
    """Means and scales of the differences at one point of the grid, given its C⁻¹."""
    equations = solution.equations
    sums = equations.sums
    block, variance = sums.blocks[MANAGER], solution.residual / sums.df
    covariance = inverse[block, block] * (variance * equations.ratios[MANAGER])
    effects = solution.effects(MANAGER)
    shared = covariance @ pool.weights
    of_pool = (pool.weights * shared).sum(axis=0)
    own = np.arange(effects.size), pool.groups
    spread = covariance.diagonal() - 2 * shared[own] + of_pool[pool.groups]
    alone = np.bincount(pool.groups)[pool.groups] == 1
    means = effects - (effects @ pool.weights)[pool.groups]
    return np.where(alone, np.nan, means), np.where(alone, np.nan, np.sqrt(np.maximum(spread, 0)))


def _sds(fit: CrossedFit, solutions: list[Solution]) -> dict[str, np.ndarray]:
    residual = np.sqrt([solution.residual / fit.df for solution in solutions])
    sds = {
        name: residual * np.sqrt([solution.equations.ratios[name] for solution in solutions])
        for name in fit.levels
        if np.isfinite(fit.ratios[name])
    }
    return sds | {RESIDUAL: residual}
