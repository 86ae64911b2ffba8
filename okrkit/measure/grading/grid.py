"""Which variances are plausible beside the best ones: a grid of ratios, and how likely each is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np

from okrkit.measure.grading.criterion import deviance
from okrkit.measure.grading.crossed import CrossedFit
from okrkit.measure.grading.equations import Solution, solve
from okrkit.measure.grading.rows import MANAGER, PERSON

SD_MAX = 0.5  #: grades lie between 0 and 1, so no standard deviation is larger
FEW, MANY = 30, 400  #: numbers of managers above which the grid becomes coarser
REACH = 20.0  #: the grid ends where the deviance has risen by this: about 4.5 standard errors
NEGLIGIBLE = 1e-6  #: points with less weight are left out


def ratio_grid(fit: CrossedFit) -> tuple[list[Solution], np.ndarray]:
    """Solutions over a grid of variance ratios, and their weights, which add up to 1.

    A weight is exp(-deviance / 2), the marginal likelihood of the ratios, under a flat prior on
    their roots. Above `MANY` managers only the managers' own variance varies.
    """
    managers = fit.levels[MANAGER].size
    sizes = {MANAGER: 21, PERSON: 9} if managers <= FEW else {MANAGER: 11, PERSON: 7}
    varied = [name for name in sizes if name not in fit.held]
    if managers > MANY:
        varied = [MANAGER]
    axes = [_axis(fit, name, sizes[name]) for name in varied]
    solutions, logs = [], []
    for point in product(*(zip(*axis, strict=True) for axis in axes)):
        moved = {name: root**2 for name, (root, _) in zip(varied, point, strict=True)}
        solutions.append(solve(fit.sums, {**fit.ratios, **moved}))
        widths = [width for _, width in point]
        logs.append(np.log(widths).sum() - deviance(solutions[-1]) / 2)
    weights = np.exp(np.array(logs) - max(logs))
    kept = np.flatnonzero(weights > NEGLIGIBLE * weights.sum())
    return [solutions[i] for i in kept], weights[kept] / weights[kept].sum()


def _axis(fit: CrossedFit, name: str, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Roots of the ratio from one end of what is plausible to the other, and their widths.

    The points lie evenly in the root of the root: denser towards 0, where little data leave most.
    """

    def rise(root: float) -> float:
        return deviance(solve(fit.sums, {**fit.ratios, name: root**2})) - fit.deviance

    best, most = float(np.sqrt(fit.ratios[name])), SD_MAX / fit.residual_sd
    low = 0.0 if rise(0.0) < REACH else _edge(rise, best, 0.0)
    high = most if best >= most or rise(most) < REACH else _edge(rise, best, most)
    even = np.linspace(np.sqrt(low), np.sqrt(max(high, best)), size + 1)
    even = (even[1:] + even[:-1]) / 2
    return even**2, 2 * even


def _edge(rise: Callable[[float], float], inside: float, outside: float) -> float:
    """Where between the two the deviance has risen by `REACH`, roughly; never short of it."""
    for _ in range(8):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if rise(middle) >= REACH else (middle, outside)
    return outside
