"""Where the search for the variances begins: Henderson's first method, equations of moments."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from okrkit.measure.grading.sums import Sums

SMALLEST, LARGEST = 1e-2, 1e3


def moment_ratios(sums: Sums) -> dict[str, float]:
    """Ratios at which the sums of squares between levels equal their expectations.

    The squares are of the residuals of least squares on the fixed columns alone, whose own
    uncertainty is left out: good enough to begin with. In balanced data it is close to REML.
    """
    names = list(sums.levels)
    coefficients, total = least_squares(sums)
    first, rest = sums.first - sums.cross @ coefficients, sums.rest - sums.square @ coefficients
    left = {name: rest[block] for name, block in sums.blocks.items()} | {sums.eliminated: first}
    counts = level_weights(sums)
    weight = float(sums.counts.sum())
    matrix = np.zeros((len(names) + 1, len(names) + 1))
    right = np.zeros(len(names) + 1)
    for i, name in enumerate(names):
        right[i] = total - (left[name] ** 2 / counts[name]).sum()
        matrix[i, -1] = sums.n - counts[name].size
        for j, other in enumerate(names):
            if i != j:
                shared = _shared(sums, name, other)
                matrix[i, j] = weight - (shared.power(2).sum(axis=1) / counts[name]).sum()
    matrix[-1] = [weight - (counts[name] ** 2).sum() / weight for name in names] + [sums.n - 1]
    right[-1] = total
    variances = np.linalg.lstsq(matrix, right, rcond=None)[0]
    residual = max(variances[-1], 0.05 * total / sums.n)
    return {
        name: float(np.clip(variance / residual, SMALLEST, LARGEST))
        for name, variance in zip(names, variances, strict=False)
    }


def least_squares(sums: Sums) -> tuple[np.ndarray, float]:
    """Coefficients of the rest with every level at 0, and the sum of squares they leave."""
    fixed = slice(sums.random, sums.size)
    coefficients = np.zeros(sums.size)
    coefficients[fixed] = np.linalg.solve(sums.square[fixed, fixed].toarray(), sums.rest[fixed])
    return coefficients, float(sums.total - coefficients @ sums.rest)


def level_weights(sums: Sums) -> dict[str, np.ndarray]:
    """The weight of every level of every factor."""
    diagonal = sums.square.diagonal()
    others = {name: diagonal[block] for name, block in sums.blocks.items()}
    return others | {sums.eliminated: sums.counts}


def _shared(sums: Sums, name: str, other: str) -> sparse.csr_array:
    """Zk'WZl: the weight two levels share; rows are the levels of `name`."""
    if name == sums.eliminated:
        return sums.cross[:, sums.blocks[other]]
    if other == sums.eliminated:
        return sums.cross[:, sums.blocks[name]].T
    return sums.square[sums.blocks[name], sums.blocks[other]]
