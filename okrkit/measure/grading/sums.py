"""The sums over grades that the crossed model needs; afterwards the number of rows is no matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from okrkit.errors import OkrkitError, UsageError

INTERCEPT = "intercept"
LEVELS_MAX = 5_000
ALIASED = 1e-10


class ModelError(OkrkitError):
    """These grades cannot carry the model; the message says why."""


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums over rows, each row counted with its weight.

    The factor with most levels is `eliminated`: its levels stand in the rows of `cross`. All other
    columns stand together as the *rest*: the levels of the other factors, then the fixed columns.
    """

    eliminated: str
    blocks: Mapping[str, slice]  #: where the levels of each other factor stand in the rest
    fixed: Mapping[str, int]  #: where each fixed column stands in the rest
    aliased: tuple[str, ...]  #: fixed columns left out: they repeat the columns before them
    levels: Mapping[str, np.ndarray]  #: the labels of every factor, in the order of its levels
    counts: np.ndarray  #: Z0'WZ0, the weight of every eliminated level
    cross: sparse.csr_array  #: Z0'W[Z X]
    square: sparse.csr_array  #: [Z X]'W[Z X]
    first: np.ndarray  #: Z0'Wy
    rest: np.ndarray  #: [Z X]'Wy
    total: float  #: y'Wy
    n: int
    absorbed: bool  #: whether the eliminated levels count as fixed: only contrasts within them tell
    log_weights: float  #: sum of log W
    centre: float  #: the mean taken off the grades before summing

    @cached_property
    def across(self) -> sparse.csr_array:
        """A': `cross` by the columns of the rest."""
        return self.cross.T.tocsr()

    @cached_property
    def row(self) -> np.ndarray:
        """The row in which each number of `cross` stands."""
        return np.repeat(np.arange(self.cross.shape[0]), np.diff(self.cross.indptr))

    @cached_property
    def filled(self) -> sparse.coo_array:
        """`square` by the places of its numbers."""
        return self.square.tocoo()

    @property
    def size(self) -> int:
        """How many columns the rest has."""
        return self.rest.size

    @property
    def random(self) -> int:
        """How many columns of the rest are levels."""
        return self.size - len(self.fixed)

    @property
    def df(self) -> int:
        """Rows minus everything fixed."""
        return self.n - len(self.fixed) - (self.counts.size if self.absorbed else 0)


def sum_rows(
    grade: np.ndarray,
    factors: Mapping[str, np.ndarray],
    *,
    fixed: Mapping[str, np.ndarray] | None = None,
    weights: np.ndarray | None = None,
    eliminate: str = "",
) -> Sums:
    """Sum the rows: one pass, after which a fit costs the same for any number of them.

    Parameters
    ----------
    grade : the grades, one a row
    factors : labels of each row, such as its manager and its person
    fixed : columns of numbers; a column that the columns before it explain is left out and named
        in `aliased`. The intercept is always there.
    weights : a row of weight 2 has half the residual variance
    eliminate : the factor to solve for first, by default the one with most levels

    Raises
    ------
    ModelError
        No rows, a factor with one level, or not more rows than fixed columns.
    UsageError
        Columns of different lengths, values missing, or more levels than can be solved.
    """
    fixed = fixed or {}
    given = {"grade": grade, **factors, **fixed, "weights": grade if weights is None else weights}
    _check(given, len(grade), set(factors))
    weight = np.ones(len(grade)) if weights is None else np.asarray(weights, dtype=float)
    if not (weight > 0).all():
        raise UsageError("Every weight must be above 0.")
    codes, levels = _code(factors)
    eliminated = eliminate or max(levels, key=lambda name: levels[name].size)
    blocks = _blocks(levels, eliminated)
    design = {INTERCEPT: np.ones(len(grade)), **fixed}
    told = _told(design, weight)
    columns = _columns(codes, blocks, {name: design[name] for name in told})
    centre = float(np.average(grade, weights=weight))
    centred = np.asarray(grade, dtype=float) - centre
    gather = sparse.csr_array(
        (weight, (codes[eliminated], np.arange(len(grade)))),
        shape=(levels[eliminated].size, len(grade)),
    )
    return Sums(
        eliminated=eliminated,
        blocks=blocks,
        fixed={name: columns.shape[1] - len(told) + i for i, name in enumerate(told)},
        aliased=tuple(name for name in design if name not in told),
        levels=levels,
        counts=gather.sum(axis=1),
        cross=sparse.csr_array(gather @ columns),
        square=sparse.csr_array((columns.T.tocsr() * weight) @ columns),
        first=gather @ centred,
        rest=columns.T @ (weight * centred),
        total=float(weight @ centred**2),
        n=len(grade),
        absorbed=False,
        log_weights=float(np.log(weight).sum()),
        centre=centre,
    )


def absorb(sums: Sums) -> Sums:
    """The same grades with the eliminated levels as fixed columns.

    A manager is then known only by persons who also have another manager. Fixed columns that do
    not vary within any person, such as the intercept, are left out.
    """
    fixed = slice(sums.random, sums.size)
    across = sums.cross[:, fixed].toarray()
    plain = sums.square[fixed, fixed].toarray()
    within = plain - across.T @ (across / sums.counts[:, None])
    told = _independent(within, plain.diagonal())
    kept = [name for name, new in zip(sums.fixed, told, strict=True) if new]
    columns = np.concatenate([np.arange(sums.random), sums.random + np.flatnonzero(told)])
    result = replace(
        sums,
        fixed={name: sums.random + i for i, name in enumerate(kept)},
        aliased=sums.aliased + tuple(name for name in sums.fixed if name not in kept),
        cross=sums.cross[:, columns],
        square=sums.square[columns][:, columns],
        rest=sums.rest[columns],
        absorbed=True,
    )
    if result.df <= 0:
        raise ModelError(
            f"{sums.n} grades of {sums.counts.size} different {sums.eliminated} levels leave "
            "nothing to compare within them."
        )
    return result


def _check(columns: Mapping[str, np.ndarray], n: int, factors: set[str]) -> None:
    if not factors:
        raise UsageError("Name at least one factor, such as the manager.")
    if n == 0:
        raise ModelError("There are no grades.")
    for name, values in columns.items():
        if len(values) != n:
            raise UsageError(f"{name} has {len(values)} values for {n} grades.")
        if pd.isna(values).any() or (name not in factors and not np.isfinite(values).all()):
            raise UsageError(f"{name} has missing values. Set these rows aside first.")


def _code(
    factors: Mapping[str, np.ndarray],
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    codes, levels = {}, {}
    for name, labels in factors.items():
        codes[name], levels[name] = pd.factorize(np.asarray(labels), sort=True)
        if levels[name].size < 2:
            raise ModelError(f"All grades share one {name}: there is nothing to compare it with.")
    return codes, levels


def _blocks(levels: Mapping[str, np.ndarray], eliminated: str) -> dict[str, slice]:
    """Where the levels of each factor but the eliminated one stand, one factor after the other."""
    others = [name for name in levels if name != eliminated]
    ends = np.cumsum([0, *(levels[name].size for name in others)])
    if ends[-1] > LEVELS_MAX:
        raise UsageError(
            f"{ends[-1]} levels of {' and '.join(others)} are more than the {LEVELS_MAX} that can "
            "be solved at once. Fit parts of the company."
        )
    return {name: slice(int(ends[i]), int(ends[i + 1])) for i, name in enumerate(others)}


def _told(design: Mapping[str, np.ndarray], weight: np.ndarray) -> list[str]:
    """The fixed columns that say something the columns before them do not."""
    matrix = np.column_stack(list(design.values())).astype(float)
    gram = matrix.T @ (weight[:, None] * matrix)
    told = [
        name for name, new in zip(design, _independent(gram, gram.diagonal()), strict=True) if new
    ]
    if weight.size <= len(told):
        raise ModelError(f"{weight.size} grades are too few for {len(told)} fixed columns.")
    return told


def _independent(gram: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Which columns no column before them explains, given all products of two columns."""
    left, told = gram.copy(), np.zeros(len(gram), dtype=bool)
    for j, size in enumerate(sizes):
        told[j] = left[j, j] > ALIASED * size
        if told[j]:
            left -= np.outer(left[:, j], left[j]) / left[j, j]
    return told


def _columns(
    codes: Mapping[str, np.ndarray],
    blocks: Mapping[str, slice],
    fixed: Mapping[str, np.ndarray],
) -> sparse.csr_array:
    """[Z X], one row a grade: a one for its level of every factor, then its fixed columns."""
    random = max((block.stop for block in blocks.values()), default=0)
    places = [codes[name] + block.start for name, block in blocks.items()]
    values = np.column_stack([*(np.ones(place.size) for place in places), *fixed.values()])
    n, width = values.shape
    places += [np.full(n, random + i) for i in range(len(fixed))]
    columns = sparse.csr_array(
        (values.ravel(), np.column_stack(places).ravel(), np.arange(0, n * width + 1, width)),
        shape=(n, random + len(fixed)),
    )
    columns.eliminate_zeros()
    return columns
