"""What one manager is told of the own grades: these beside the grades of all others, and no more.

Nobody else's figures can be worked out from it, also not by a reader who knows this file:

- Whatever rests on other managers is told only when at least `group_min` of them are in it, with
  `group_min` people behind their grades, and none of them gave most of the grades. A difference
  from the pooled level counts: with the own grades it gives the pooled level away. So of three
  managers, or in a small group that is compared within itself, the verdict is kept back as well.
- The grades of the others are told in bands, as whole percent. Each band holds at least as many as
  any one of them gave, so that each may have given all own grades there, or none: this is so even
  for a reader who knows how many each gave. Where there are no two such bands, none is told.
- Checks stand without their counts and names: of few managers these would be somebody's.
- The total of the others is not told, nor how many there are.

What remains: own grades set aside tell whether anybody else graded in a cycle, and on which scale
most did. Pages of two days tell what came between. Managers who put their own pages together know
the grades of so many fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okrkit.judge.finding import Verdict
from okrkit.standard import Standard

from .own_words import Told, own_words
from .result import Calibration, ComparedManager, Distribution, ManagerVerdict, Shown, Tier

HIDDEN = (
    "The grades of the others are not shown: they come from too few managers or people, or mostly "
    "from one, and somebody's would show through."
)


@dataclass(frozen=True)
class Band:
    """Grades from `low` to `high`, tenths included."""

    low: float
    high: float
    own: int  #: grades of the manager
    others: int | None  #: share of the grades of all others, in whole percent; None when hidden


@dataclass(frozen=True)
class OwnComparison:
    """One manager's grades beside those of all others.

    `verdict` is of the manager; `distribution` of the grades of the manager's people, which says
    nothing of the manager. Both are None when they would tell of others; `why` and `hidden` say so.
    """

    manager: str
    name: str  #: empty if not known
    client: str
    as_of: date | None
    n: int | None  #: grades compared; when none is, the grades given; None without any
    n_people: int | None
    mean: float | None  #: of these grades
    bands: tuple[Band, ...]
    hidden: str  #: why the others' grades are not beside the own; empty when they are
    difference: Shown | None  #: what `verdict` rests on
    people: Shown | None  #: what `distribution` rests on
    verdict: ManagerVerdict | None
    distribution: Distribution | None
    told: Told
    checks: tuple[tuple[str, Verdict], ...]  #: whether the grades may be compared: label, verdict
    standard: Standard


@dataclass(frozen=True)
class Beside:
    """The grades beside the others'; without these, only the own ones."""

    bands: tuple[Band, ...]
    hidden: str = ""
    people: Shown | None = None
    distribution: Distribution | None = None


def own_comparison(calibration: Calibration, manager: str) -> OwnComparison:
    """What `manager` may see of a comparison: the own figures, and the others only pooled.

    An id that gave no grade is an outcome and looks like one that is nobody's.

    Examples
    --------
    >>> from okrkit.judge.calibration.run import run_calibration
    >>> from okrkit.tables import empty_tables
    >>> own_comparison(run_calibration(empty_tables()), "M01").told.sentence
    'There are no grades of yours in these records.'
    """
    one = next((one for one in calibration.managers if one.manager == manager), None)
    others = [other for other in calibration.managers if other is not one]
    verdict, difference = _judged(calibration, one, others)
    beside = _pooled(calibration, one, others)
    some = one is not None and len(others) >= calibration.standard.group_min
    stopped = some and _is_stopped(calibration)
    return OwnComparison(
        manager=manager,
        name="" if one is None else one.name,
        client=calibration.client,
        as_of=calibration.as_of,
        n=None if one is None else one.n,
        n_people=None if one is None else one.n_people,
        mean=None if one is None else one.mean,
        bands=beside.bands,
        hidden=beside.hidden,
        difference=difference,
        people=beside.people,
        verdict=verdict,
        distribution=beside.distribution,
        told=own_words(calibration, one, verdict, stopped=stopped),
        checks=tuple((one.label, one.verdict) for one in calibration.comparable) if some else (),
        standard=calibration.standard,
    )


def _is_stopped(calibration: Calibration) -> bool:
    """Whether no manager at all can be compared: nothing was fitted, or grades are computed."""
    computed = any(
        check.check == "judged_not_computed" and check.verdict is Verdict.NOT_MET
        for check in calibration.comparable
    )
    return calibration.model is None or computed


def _judged(
    calibration: Calibration, one: ComparedManager | None, others: Sequence[ComparedManager]
) -> tuple[ManagerVerdict | None, Shown | None]:
    """The verdict and its difference, as far as they tell of nobody else."""
    if one is None or len(others) < calibration.standard.group_min:
        return None, None
    if one.estimate is None or calibration.tier is Tier.NOTHING or _is_stopped(calibration):
        return one.verdict, None
    peers = [other for other in others if other.estimate is not None]
    if calibration.tier is not Tier.MEASURED_ATTAINMENT:
        peers = [other for other in peers if other.group == one.group]
    if not _covers(calibration.standard.group_min, peers):
        return None, None
    return one.verdict, one.estimate


def _pooled(
    calibration: Calibration, one: ComparedManager | None, others: Sequence[ComparedManager]
) -> Beside:
    """How the grades of the manager's people lie beside the others', if these cover each other."""
    if one is None:
        return Beside(())
    alone = tuple(Band(grade, grade, n, None) for grade, n in one.counts)
    least = calibration.standard.group_min
    if len(others) < least:
        return Beside(alone, HIDDEN)
    if one.people is None or _is_stopped(calibration):
        return Beside(alone)
    pool = [other for other in others if other.people is not None]
    bands = _bands(one, pool, calibration.standard) if _covers(least, pool) else ()
    if not bands:
        return Beside(alone, HIDDEN)
    return Beside(bands, "", one.people, one.distribution)


def _covers(least: int, others: Sequence[ComparedManager]) -> bool:
    """Whether so many managers and people stand together that none of them shows through."""
    if len(others) < least:
        return False
    grades = [other.n or 0 for other in others]
    people = max(other.n_people or 0 for other in others)  # as many at least, if shared by all
    return people >= least and 2 * max(grades) <= sum(grades)


def _bands(
    one: ComparedManager, others: Sequence[ComparedManager], standard: Standard
) -> tuple[Band, ...]:
    """The grades in bands that each hold enough of the others'; none if one band holds all."""
    theirs = [_by_tenth(other) for other in others]
    pooled = [sum(column) for column in zip(*theirs, strict=True)]
    most = max(map(sum, theirs))
    edges = _edges(pooled, max(most, standard.group_min))
    if len(edges) < 2:
        return ()
    mine = _by_tenth(one)
    return tuple(
        Band(
            one.counts[first][0],
            one.counts[last][0],
            sum(mine[first : last + 1]),
            int(100 * sum(pooled[first : last + 1]) / sum(pooled) + 0.5),
        )
        for first, last in edges
    )


def _by_tenth(one: ComparedManager) -> list[int]:
    return [n for _, n in one.counts]


def _edges(pooled: Sequence[int], least: int) -> list[tuple[int, int]]:
    """The first and last tenth of each band, so that each holds at least `least` grades.

    Examples
    --------
    >>> _edges([1, 4, 5, 6, 0, 2], 5)
    [(0, 1), (2, 2), (3, 5)]
    """
    edges: list[tuple[int, int]] = []
    first = 0
    for last in range(len(pooled)):
        if sum(pooled[first : last + 1]) >= least:
            edges.append((first, last))
            first = last + 1
    if first < len(pooled) and edges:  # what is left over goes with the band before
        edges[-1] = (edges[-1][0], len(pooled) - 1)
    return edges
