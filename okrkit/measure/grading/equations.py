"""The mixed-model equations at given variance ratios, solved exactly.

The model is

    y = X b + Z0 u0 + Z1 u1 + ... + e,    uk ~ N(0, s² gk I),    e ~ N(0, s² W⁻¹),

so that y has the covariance s² H with H = W⁻¹ + the sum of gk Zk Zk'. Write R = [Z1 ... X] for the
rest, n0 for the counts of the eliminated factor 0, A = Z0'WR, and for each level of factor 0
d = 1 / (1 + g0 n0) and w = g0 d. Eliminating u0 leaves

    C = L (R'WR - A' diag(w) A) L + E,

where L holds the root of gk for levels and 1 for fixed columns, and E has 1 for levels and 0 for
fixed columns. Nothing is divided by a ratio: a variance of exactly 0 is an ordinary case.
A ratio g0 of infinity (d = 0, w = 1 / n0) turns the levels of factor 0 into fixed columns; log |H|
then leaves out log g0.
With P = H⁻¹ - H⁻¹X(X'H⁻¹X)⁻¹X'H⁻¹, the residual y'Py and the sums Zk'Py follow from the solution.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.linalg import lapack

from okrkit.measure.grading.sums import ModelError, Sums

ROWS_AT_ONCE = 512
LOWER = np.tri(ROWS_AT_ONCE, dtype=bool)  # which numbers of a square stand below its diagonal
SMALL = 100_000  # numbers in a table; below it, zeros are sooner added than left out


@dataclass(frozen=True, eq=False)
class Equations:
    """The equations at `ratios`, factored; any right-hand side can be solved."""

    sums: Sums
    ratios: Mapping[str, float]  #: gk of every factor
    keep: np.ndarray  #: d
    shrink: np.ndarray  #: w
    scale: np.ndarray  #: the diagonal of L
    factor: np.ndarray  #: lower Cholesky factor of C; above its diagonal nothing is meant

    def predict(self, first: np.ndarray, rest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """u0 and (u1, ..., b) for a variable f given as Z0'Wf and R'Wf."""
        shrink, scale = _as_columns(first, self.shrink), _as_columns(rest, self.scale)
        right = scale * (rest - self.sums.across @ (shrink * first))
        right = scale * lapack.dpotrs(self.factor, right, lower=1)[0]
        return shrink * (first - self.sums.cross @ right), right

    def left_over(
        self, first: np.ndarray, rest: np.ndarray, predicted: tuple[np.ndarray, np.ndarray]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Z0'Pf and R'Pf: what the model leaves of f, summed over levels, given its prediction."""
        u, right = predicted
        keep = _as_columns(first, self.keep)
        return (
            keep * (first - self.sums.cross @ right),
            rest - self.sums.square @ right - self.sums.across @ u,
        )

    def inverse(self) -> np.ndarray:
        """C⁻¹: the covariance of (u1, ..., b) about their predictions is s² L C⁻¹ L."""
        inverse = lapack.dpotri(self.factor, lower=1)[0]
        for start in range(0, len(inverse), ROWS_AT_ONCE):
            here, below = slice(start, start + ROWS_AT_ONCE), slice(start + ROWS_AT_ONCE, None)
            corner = inverse[here, here]
            inverse[here, here] = np.where(LOWER[: len(corner), : len(corner)], corner, corner.T)
            inverse[here, below] = inverse[below, here].T
        return inverse

    def spread(self, inverse: np.ndarray) -> np.ndarray:
        """The diagonal of Var(u0) about its prediction, over s² g0, given C⁻¹ or a part of it."""
        inner = self.scale[:, None] * inverse * self.scale
        cross = self.sums.cross
        through = np.empty(cross.shape[0])
        for start in range(0, cross.shape[0], ROWS_AT_ONCE):
            some = cross[start : start + ROWS_AT_ONCE]
            through[start : start + ROWS_AT_ONCE] = some.multiply(some @ inner).sum(axis=1)
        return self.keep + self.ratios[self.sums.eliminated] * self.keep**2 * through


@dataclass(frozen=True, eq=False)
class Solution:
    """What the equations say of the grades."""

    equations: Equations
    first: np.ndarray  #: u0
    rest: np.ndarray  #: (u1, ..., b)
    residual: float  #: y'Py
    log_random: float  #: log |H| + log |W|
    log_fixed: float  #: log |X'H⁻¹X|

    @cached_property
    def left(self) -> tuple[np.ndarray, np.ndarray]:
        """Z0'Py and R'Py."""
        sums = self.equations.sums
        return self.equations.left_over(sums.first, sums.rest, (self.first, self.rest))

    def effects(self, name: str) -> np.ndarray:
        """The predicted effects of a factor's levels."""
        sums = self.equations.sums
        return self.first if name == sums.eliminated else self.rest[sums.blocks[name]]


def solve(sums: Sums, ratios: Mapping[str, float]) -> Solution:
    """Factor the equations at these ratios and solve them for the grades.

    Raises
    ------
    ModelError
        The fixed columns cannot be told from the factors.
    """
    equations = _factor(sums, ratios)
    u0, rest = equations.predict(sums.first, sums.rest)
    logs = 2 * np.log(equations.factor.diagonal())
    first_log = np.log(sums.counts if sums.absorbed else 1 / equations.keep).sum()
    return Solution(
        equations=equations,
        first=u0,
        rest=rest,
        residual=float(sums.total - u0 @ sums.first - rest @ sums.rest),
        log_random=float(logs[: sums.random].sum() + first_log),
        log_fixed=float(logs[sums.random :].sum()),
    )


def through(sums: Sums, weights: np.ndarray) -> np.ndarray:
    """A' diag(weights) A, dense."""
    cross = sums.cross
    values = cross.data * weights[sums.row]
    if cross.shape[0] * cross.shape[1] <= SMALL:  # the same sums in the same order, sooner
        weighted = np.zeros(cross.shape)
        weighted[sums.row, cross.indices] = values
        return (sums.across @ weighted).T
    product = sums.across @ sparse.csr_array((values, cross.indices, cross.indptr), cross.shape)
    return product.toarray().T  # symmetric; columns first, as LAPACK reads


def eliminate(sums: Sums, shrink: np.ndarray) -> np.ndarray:
    """R'WR - A' diag(w) A, dense."""
    left = through(sums, -shrink)
    left[sums.filled.coords] += sums.filled.data
    return left


def _factor(sums: Sums, ratios: Mapping[str, float]) -> Equations:
    keep = 1 / (1 + ratios[sums.eliminated] * sums.counts)
    shrink = (1 - keep) / sums.counts
    scale = np.ones(sums.size)
    for name, block in sums.blocks.items():
        scale[block] = np.sqrt(ratios[name])
    system = eliminate(sums, shrink)
    system *= scale[:, None]
    system *= scale
    levels = np.arange(sums.random)
    system[levels, levels] += 1
    factor, failed = lapack.dpotrf(system, lower=1, clean=0, overwrite_a=1)
    if failed:
        raise ModelError("The fixed columns and the factors cannot be told apart in these grades.")
    return Equations(sums, dict(ratios), keep, shrink, scale, factor)


def _as_columns(like: np.ndarray, values: np.ndarray) -> np.ndarray:
    return values if like.ndim == 1 else values[:, None]
