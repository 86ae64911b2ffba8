"""What the comparison finds when it is chance who is graded by whom.

In each deal every person takes the place of another person, drawn at random, and is graded by the
managers of that place, cycle by cycle. Whole persons move, so that what is alike within a person
stays together, and people change managers as often as they did. Where a place has no grade in a
cycle, its nearest cycle stands in. Within a place and cycle the managers are shuffled, so that
those who graded one case together are dealt anew as well. Only people who share cycles, directly or
through others, change places: a case of the exercise takes the place of a case. The grades keep
their person, cycle and fixed columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

from okrkit.measure.grading.posterior import difference_at_best, student_below
from okrkit.measure.grading.rows import MANAGER, Rows, fit_rows
from okrkit.measure.grading.sums import ModelError

NEAR = 1e-3  #: the least ratio a search begins at; at 0 itself no way leads on


@dataclass(frozen=True, eq=False)
class Deals:
    """The comparison repeated with people dealt to managers by chance."""

    seed: int
    levels: np.ndarray  #: (m,) the managers
    sd: np.ndarray  #: (times,) the managers' standard deviation in every deal
    means: np.ndarray  #: (times, m) differences
    scales: np.ndarray  #: (times, m) scales of their t's; 0 where managers do not differ at all
    df: int

    @property
    def times(self) -> int:
        """How many deals could be compared."""
        return self.sd.size

    def probability_beyond(self, threshold: float) -> np.ndarray:
        """(times, m): as `Posterior.probability_beyond`, for every deal."""
        scales = np.maximum(self.scales, np.finfo(float).tiny)
        above = student_below((self.means - threshold) / scales, self.df)
        return above + student_below((-threshold - self.means) / scales, self.df)

    def share_at_least(self, sd: float) -> float:
        """The share of deals, the real one counted among them, whose managers differ by `sd`."""
        return float(1 + (self.sd >= sd).sum()) / (1 + self.times)


def deal_people(
    rows: Rows,
    *,
    seed: int,
    times: int = 100,
    groups: np.ndarray | None = None,
    progress: Callable[[float], None] = lambda _: None,
) -> Deals:
    """Compare the managers `times` over, each time with people dealt to them by chance.

    Variances are estimated anew in every deal and then taken as they are.

    Parameters
    ----------
    rows : the grades of the comparison
    seed : the same seed deals the same
    times : how many deals; one whose grades cannot carry the model is left out
    groups : the comparison group of each manager, in sorted order, as in `difference`
    progress : called after every deal with the share that is done
    """
    chance = np.random.default_rng(seed)
    places = _places(rows)
    manager, levels = pd.factorize(rows.manager, sort=True)  # numbers are told apart sooner
    numbered = replace(rows, person=places.person)
    groups = np.zeros(levels.size, dtype=int) if groups is None else groups
    means, scales = np.zeros((times, levels.size)), np.zeros((times, levels.size))
    sds: list[float] = []
    df, start = 1, None  # one deal's variances are close to another's
    for done in range(times):
        dealt = replace(numbered, manager=places.deal(manager, chance))
        try:
            fit = fit_rows(dealt, start=start)
        except ModelError:
            continue
        there = fit.levels[MANAGER]
        mean, scale = difference_at_best(fit, groups=groups[there])
        means[len(sds), there], scales[len(sds), there] = np.nan_to_num(mean), np.nan_to_num(scale)
        sds.append(fit.sd[MANAGER])
        df, start = fit.df, {name: max(one, NEAR) for name, one in fit.ratios.items()}
        progress((done + 1) / times)
    return Deals(seed, levels, np.array(sds), means[: len(sds)], scales[: len(sds)], df)


@dataclass(frozen=True, eq=False)
class _Places:
    """Where every person's grades of a cycle stand, rows sorted by person and cycle."""

    block: np.ndarray  #: (n,) the person and cycle of each row, as one number
    person: np.ndarray  #: (n,)
    cycle: np.ndarray  #: (n,)
    rank: np.ndarray  #: (n,) which of the person's grades of the cycle a row is
    start: np.ndarray  #: (people, cycles) the first sorted row of a place in a cycle or its nearest
    count: np.ndarray  #: (people, cycles) how many rows it has
    strata: np.ndarray  #: (people,) people change places only within

    def deal(self, manager: np.ndarray, chance: np.random.Generator) -> np.ndarray:
        """The manager of every row when people have changed places."""
        shuffled = manager[np.lexsort((chance.random(self.block.size), self.block))]
        sorted_people = np.argsort(self.strata, kind="stable")
        place = np.empty(self.strata.size, dtype=int)
        place[sorted_people] = np.lexsort((chance.random(place.size), self.strata))
        taken = place[self.person], self.cycle
        return shuffled[self.start[taken] + self.rank % self.count[taken]]


def _places(rows: Rows) -> _Places:
    person, people = pd.factorize(rows.person, sort=True)
    cycle, cycles = pd.factorize(rows.cycle, sort=True)
    shape = (len(people), len(cycles))
    block = person * len(cycles) + cycle
    count = np.bincount(block, minlength=shape[0] * shape[1]).reshape(shape)
    start = (np.cumsum(count) - count.ravel()).reshape(shape)
    nearest = _nearest(count > 0)
    who = np.arange(len(people))[:, None]
    return _Places(
        block=block,
        person=person,
        cycle=cycle,
        rank=pd.Series(block).groupby(block).cumcount().to_numpy(),
        start=start[who, nearest],
        count=count[who, nearest],
        strata=_who_share_cycles(count),
    )


def _nearest(has: np.ndarray) -> np.ndarray:
    """For every person and cycle the nearest cycle with a grade, of equals the earlier."""
    cycles = np.arange(has.shape[1])
    nearest = np.empty(has.shape, dtype=int)
    for cycle in cycles:
        distance = np.where(has, 2 * abs(cycles - cycle) + (cycles > cycle), 3 * cycles.size)
        nearest[:, cycle] = distance.argmin(axis=1)
    return nearest


def _who_share_cycles(count: np.ndarray) -> np.ndarray:
    people, cycles = count.shape
    graph = sparse.bmat(
        [[None, sparse.csr_array(count)], [sparse.csr_array((cycles, people)), None]]
    )
    return sparse.csgraph.connected_components(graph, directed=False)[1][:people]
