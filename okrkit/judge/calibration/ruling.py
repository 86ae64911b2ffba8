"""What the comparison can tell: the tier, what verdicts rest on, and who may be judged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from okrkit.judge.phrases import counted, number, part
from okrkit.measure.grading.comparability import SELF_GRADED
from okrkit.measure.grading.comparison import Comparison
from okrkit.measure.grading.severity import Grading
from okrkit.standard import Standard

from .result import Tier

REACH = 1.96  # standard errors from the middle of a 95 % interval to its end
COMPUTED = "The grades are computed, not judged: compare ambition instead."


@dataclass(frozen=True, eq=False)
class Ruling:
    """A grading with the standard it is judged by."""

    grading: Grading
    standard: Standard

    @cached_property
    def stopped(self) -> str:
        """Why no manager at all can be judged, as a sentence; empty when some may be."""
        rows, compared = self.grading.comparability.known, self.grading.comparability.compared
        if rows.empty:
            return "No grades were given."
        if self.is_self_graded:
            own = len(self.grading.comparability.aside(SELF_GRADED))
            told = part(own, len(rows), "grade")
            if own == len(rows):
                told = "The only grade" if own == 1 else f"All {counted(own, 'grade')}"
            verb = (
                "was given by a manager to a key result"
                if own == 1
                else "were given by managers to key results"
            )
            return f"{told} {verb} of their own."
        if self.is_computed:
            return COMPUTED
        if compared.empty and not self.grading.comparability.recorded["person"]:
            return "Nobody recorded who was graded, so nobody can tell people from managers."
        return self.grading.fits.refusal

    @cached_property
    def is_self_graded(self) -> bool:
        """Whether too many grades were given by managers to their own key results."""
        found = self.grading.comparability
        limit = self.standard.self_graded_max * len(found.known)
        return len(found.aside(SELF_GRADED)) > limit

    @cached_property
    def is_computed(self) -> bool:
        """Whether the grades are the attainment itself."""
        found = self.grading.comparability
        enough = found.measured >= self.standard.computed_grades_min
        return enough and found.computed > self.standard.computed_max * found.measured

    @cached_property
    def tier(self) -> Tier:
        """What separates managers from the people they graded, at best."""
        if self.stopped:
            return Tier.NOTHING
        who = self.grading.connections.table
        with_cases = int(who["cases"].ge(self.standard.cases_min).sum())
        if self.grading.fits.own is not None and 2 * with_cases > len(who) and self.separated.any():
            return Tier.COMMON_CASES
        if self.is_measured and self.follows:
            return Tier.MEASURED_ATTAINMENT
        return Tier.SHARED_PEOPLE if self.separated.any() else Tier.NOTHING

    @cached_property
    def is_measured(self) -> bool:
        """Whether enough compared grades carry an attainment."""
        compared = self.grading.comparability.compared
        n = self.grading.comparability.compared_measured
        share = self.standard.measured_share_min * len(compared)
        return n >= self.standard.measured_grades_min and n >= share

    @cached_property
    def follows(self) -> bool:
        """Whether grades rise with attainment, so that equal attainment means like work."""
        slope, error = self.grading.fits.slope
        return slope > REACH * error  # the interval lies above no rise at all

    @cached_property
    def basis(self) -> Comparison | None:
        """The comparison verdicts rest on; in the last tier the one of the people's grades."""
        if self.tier is Tier.MEASURED_ATTAINMENT:
            return self.grading.fits.adjusted
        return self.people if self.tier is Tier.NOTHING else self.grading.fits.own

    @property
    def people(self) -> Comparison | None:
        """The comparison of the grades of managers' people, if there may be one."""
        return None if self.is_self_graded else self.grading.fits.people

    @cached_property
    def separated(self) -> pd.Series[bool]:
        """By manager: whether enough of the evidence does not assume equal teams."""
        information = self.grading.managers.set_index("manager")["information"]
        return information.ge(self.standard.separation_min - 1e-9)

    def enough(self, comparison: Comparison) -> np.ndarray:
        """Of the managers of a comparison, those with people and grades enough."""
        people = comparison.table["people"].ge(self.standard.people_min)
        return (people & comparison.table["n"].ge(self.standard.grades_min)).to_numpy()

    def beyond(self, comparison: Comparison) -> tuple[np.ndarray, np.ndarray]:
        """The chance of a material difference of each manager of a comparison.

        Once as it seems, once if managers differ more than it seems.
        """
        if comparison not in self._beyond:
            self._beyond[comparison] = comparison.beyond(self.standard.practical_difference)
        return self._beyond[comparison]

    @cached_property
    def _beyond(self) -> dict[Comparison, tuple[np.ndarray, np.ndarray]]:
        return {}

    @cached_property
    def candidates(self) -> np.ndarray:
        """Of the managers of `basis`, those a verdict may be given on."""
        if self.basis is None or self.tier is Tier.NOTHING:
            return np.zeros(0 if self.basis is None else len(self.basis.table), dtype=bool)
        may = self.enough(self.basis)
        if self.tier is not Tier.MEASURED_ATTAINMENT:
            may = may & self.separated.reindex(self.basis.table.index, fill_value=False).to_numpy()
        return may

    @cached_property
    def settling(self) -> tuple[int, int]:
        """Common cases, or people graded by two managers, that would settle a manager's level.

        So many make the 95 % interval of a difference reach about as far as the practical
        difference, to either side: its standard error is then the practical difference / 1.96,
        and less where managers are much alike.
        n cases are n grades of the manager beside everybody's, with the variance scatter² / n;
        n people are so many grades of the manager beside as many of another, with twice that over
        the grades a person gets. A manager at the pooled level is then mostly said to show no
        material difference, and one at twice the practical difference mostly to differ; one in
        between may still stay open. Grades of a case are taken to scatter as they did in the
        exercise, if one was given, else as other grades do.
        """
        fitted = self.grading.fits.people
        scatter = self.standard.grade_scatter if fitted is None else fitted.fitted.residual_sd
        of_cases = self.grading.fits.case_scatter or scatter
        goal = max(self.standard.practical_difference, 0.01) / REACH
        cases = int(np.ceil((of_cases / goal) ** 2))
        people = int(np.ceil(2 * (scatter / goal) ** 2 / self.grading.grades_a_person))
        return max(cases, self.standard.cases_min), max(people, self.standard.people_min)

    @property
    def settling_words(self) -> str:
        """What would settle it: "about 35 common cases, or 35 people graded by two managers"."""
        cases, people = map(number, self.settling)
        return f"about {cases} common cases, or {people} people graded by two managers"


def flagged(within: np.ndarray, may: np.ndarray, most: float) -> np.ndarray:
    """Who is named as differing so that at most a share of `most` is expected to be named wrongly.

    `within` is each manager's chance that the difference is not material. Taken in its order,
    managers are named as long as the mean chance of those named stays at or below `most`.

    Examples
    --------
    >>> flagged(np.array([0.3, 0.01, 0.15]), np.array([True, True, True]), 0.1).tolist()
    [False, True, True]
    """
    order = np.argsort(np.where(may, within, np.inf), kind="stable")
    means = np.cumsum(within[order]) / np.arange(1, len(within) + 1)
    kept = int((may[order] & (means <= most + 1e-12)).sum())
    named = np.zeros(len(within), dtype=bool)
    named[order[:kept]] = True
    return named
