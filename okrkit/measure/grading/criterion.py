"""The deviance of the variance ratios, its gradient, and its average information.

With r = y'Py, p fixed columns (absorbed levels count) and s² profiled at r / df,

    REML:  log |H| + log |X'H⁻¹X| + df (1 + log(2 pi r / df)),    df = n - p
    ML:    log |H|                + df (1 + log(2 pi r / df)),    df = n

    d/dgk = tr(P Zk Zk') - vk'vk / s²,    vk = Zk'Py        (ML: H⁻¹ instead of P in the trace)

The traces come from C⁻¹ (see equations): for a factor in the rest, tr = (levels - tr C⁻¹kk) / gk,
for the eliminated one, tr = sum of n0 d - tr(C⁻¹ L A' diag(d²) A L).
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from okrkit.measure.grading.equations import Equations, Solution, eliminate, through
from okrkit.measure.grading.sums import Sums

Criterion = Literal["REML", "ML"]
NEARLY_ZERO = 1e-6


def degrees_of_freedom(sums: Sums, criterion: Criterion) -> int:
    """What s² is divided by: n - p in REML, n in ML."""
    return sums.df if criterion == "REML" else sums.n


def deviance(solution: Solution, criterion: Criterion = "REML") -> float:
    """-2 log of the (restricted) likelihood at the solution's ratios, s² at its best."""
    sums = solution.equations.sums
    df = degrees_of_freedom(sums, criterion)
    logs = solution.log_random - sums.log_weights
    if criterion == "REML":
        logs += solution.log_fixed
    return float(logs + df * (1 + np.log(2 * np.pi * solution.residual / df)))


def gradient(
    solution: Solution, inverse: np.ndarray, criterion: Criterion = "REML"
) -> dict[str, float]:
    """The derivative of the deviance by each ratio, given C⁻¹."""
    equations = solution.equations
    sums = equations.sums
    variance = solution.residual / degrees_of_freedom(sums, criterion)
    if criterion == "ML":
        inverse = without_fixed(sums, inverse)
    first, rest = solution.left
    slopes = {sums.eliminated: _trace_eliminated(equations, inverse) - first @ first / variance}
    for name, block in sums.blocks.items():
        left = rest[block]
        slopes[name] = _trace(equations, inverse, name) - left @ left / variance
    return {name: float(slope) for name, slope in slopes.items()}


def information(solution: Solution, names: list[str], criterion: Criterion = "REML") -> np.ndarray:
    """The average of observed and expected second derivatives by the ratios of `names`.

    Element k, l is (vk'Zk'P Zl vl - (vk'vk)(vl'vl) / r) / s².
    """
    equations = solution.equations
    sums = equations.sums
    variance = solution.residual / degrees_of_freedom(sums, criterion)
    first, rest = solution.left
    vectors = {name: _part(sums, name, first, rest) for name in names}
    spread = [_spread_out(sums, name, vectors[name]) for name in names]
    sides = np.column_stack([one for one, _ in spread]), np.column_stack([two for _, two in spread])
    left = equations.left_over(*sides, equations.predict(*sides))
    crossed = np.array([vectors[name] @ _part(sums, name, *left) for name in names])
    squares = np.array([vectors[name] @ vectors[name] for name in names])
    return (crossed - np.outer(squares, squares) / solution.residual) / variance


def without_fixed(sums: Sums, inverse: np.ndarray) -> np.ndarray:
    """C⁻¹ as if the fixed columns were known: their part removed, zeros in their place."""
    fixed = slice(sums.random, sums.size)
    known = inverse - inverse[:, fixed] @ np.linalg.solve(inverse[fixed, fixed], inverse[fixed])
    known[fixed] = 0
    known[:, fixed] = 0
    return known


def _trace_eliminated(equations: Equations, inverse: np.ndarray) -> float:
    sums = equations.sums
    inner = through(sums, equations.keep**2)
    inner *= equations.scale[:, None] * inverse * equations.scale
    return float(sums.counts @ equations.keep - inner.sum())


def _trace(equations: Equations, inverse: np.ndarray, name: str) -> float:
    """The trace for a factor of the rest; near a ratio of 0 without dividing by it."""
    block, ratio = equations.sums.blocks[name], equations.ratios[name]
    if ratio > NEARLY_ZERO:
        return float((block.stop - block.start - inverse.diagonal()[block].sum()) / ratio)
    left = eliminate(equations.sums, equations.shrink)
    rows = left[block] * equations.scale
    return float(left.diagonal()[block].sum() - ((rows @ inverse) * rows).sum())


def _part(sums: Sums, name: str, first: np.ndarray, rest: np.ndarray) -> np.ndarray:
    return first if name == sums.eliminated else rest[sums.blocks[name]]


def _spread_out(sums: Sums, name: str, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Z0'Wf and R'Wf of f = Zk v: every row carries the value of its level."""
    if name == sums.eliminated:
        return sums.counts * values, sums.across @ values
    column = np.zeros(sums.size)
    column[sums.blocks[name]] = values
    return sums.cross @ column, sums.square @ column
