"""The comparable grades as the crossed model takes them, and its fit of managers and persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from okrkit.measure.grading.crossed import CrossedFit, fit_crossed
from okrkit.measure.grading.sums import Sums, absorb, sum_rows

MANAGER, PERSON = "manager", "person"


@dataclass(frozen=True, eq=False)
class Rows:
    """One entry a comparable grade. A case of the exercise is a person of its own."""

    grade: np.ndarray  #: as a fraction of the scale
    manager: np.ndarray
    person: np.ndarray
    cycle: np.ndarray  #: in `permuted` people change places cycle by cycle
    fixed: Mapping[str, np.ndarray] = field(default_factory=dict)  #: columns of cycle, type, ...
    weights: np.ndarray | None = None

    def sums(self) -> Sums:
        """The sums the model needs; people are eliminated first."""
        return sum_rows(
            self.grade,
            {MANAGER: self.manager, PERSON: self.person},
            fixed=self.fixed,
            weights=self.weights,
            eliminate=PERSON,
        )


def fit_rows(
    rows: Rows, *, people_fixed: bool = False, start: Mapping[str, float] | None = None
) -> CrossedFit:
    """Managers and people as crossed random effects; `start` as in `fit_crossed`.

    With `people_fixed`, people may differ in any way, also together with their managers: only
    contrasts within a person tell anything of a manager. When no person has two grades, person and
    residual are one thing: the person's variance is then held at 0.

    Raises
    ------
    ModelError
        The grades cannot carry the model; see `fit_crossed`.
    """
    sums = rows.sums()
    if people_fixed:
        return fit_crossed(absorb(sums))
    told = pd.Index(rows.person).has_duplicates
    return fit_crossed(sums, held=None if told else {PERSON: 0.0}, start=start)
