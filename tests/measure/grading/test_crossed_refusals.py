"""Grades that cannot carry the model are refused in words, never with a number."""

from __future__ import annotations

import numpy as np
import pytest

from okrkit.errors import UsageError
from okrkit.measure.grading.crossed import fit_crossed
from okrkit.measure.grading.sums import LEVELS_MAX, ModelError, absorb, sum_rows

FOUR = np.array([0.1, 0.4, 0.2, 0.9])
PAIRS = np.array([0, 0, 1, 1])
TURNS = np.array([0, 1, 0, 1])


@pytest.mark.parametrize(
    ("grade", "factors", "says"),
    [
        (FOUR[:0], {"manager": PAIRS[:0]}, "There are no grades."),
        (FOUR[:1], {"manager": PAIRS[:1]}, "share one manager"),
        (FOUR, {"manager": np.zeros(4)}, "share one manager"),
        (FOUR, {"manager": np.arange(4)}, "a manager of its own"),
        (FOUR, {"manager": PAIRS, "person": np.arange(4)}, "a person of its own"),
        (FOUR, {"manager": PAIRS, "person": np.array(list("aabb"))}, "cannot be told apart"),
        (np.full(4, 0.7), {"manager": PAIRS}, "All comparable grades are equal"),
        (np.full(4, 0.0), {"manager": PAIRS}, "All comparable grades are equal"),
        (np.array([0.3, 0.3, 0.8, 0.8]), {"manager": PAIRS}, "without a residual"),
        (np.array([0.1, 0.2, 0.5, 0.6]), {"manager": PAIRS, "person": TURNS}, "without a residual"),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_reason(grade, factors, says):
    with pytest.raises(ModelError, match=says):
        fit_crossed(sum_rows(grade, factors))


def test_fixed_columns_need_more_rows_than_columns():
    fixed = {f"column {i}": (np.arange(4) == i).astype(float) for i in range(3)}
    with pytest.raises(ModelError, match="4 grades are too few for 4 fixed columns"):
        sum_rows(FOUR, {"manager": PAIRS}, fixed=fixed)


def test_grades_a_fixed_column_explains_are_refused():
    with pytest.raises(ModelError, match="equal"):
        fit_crossed(sum_rows(FOUR, {"manager": PAIRS}, fixed={"itself": FOUR}))


def test_one_grade_a_person_leaves_nothing_within_people():
    sums = sum_rows(FOUR, {"manager": PAIRS, "person": np.arange(4)})
    with pytest.raises(ModelError, match="nothing to compare within them"):
        absorb(sums)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"grade": np.array([0.1, np.nan, 0.2, 0.3])}, "grade has missing values"),
        ({"grade": np.array([0.1, np.inf, 0.2, 0.3])}, "grade has missing values"),
        (
            {"factors": {"manager": np.array(["a", None, "b", "b"], dtype=object)}},
            "manager has missing",
        ),
        ({"factors": {"manager": PAIRS[:3]}}, "manager has 3 values for 4 grades"),
        ({"factors": {}}, "at least one factor"),
        ({"weights": np.array([1.0, 0.0, 1.0, 1.0])}, "above 0"),
        ({"fixed": {"cycle": np.full(4, np.nan)}}, "cycle has missing values"),
    ],
)
def test_rows_that_were_not_checked_are_refused(columns, says):
    given = {"grade": FOUR, "factors": {"manager": PAIRS}, **columns}
    with pytest.raises(UsageError, match=says):
        sum_rows(given.pop("grade"), given.pop("factors"), **given)


def test_more_managers_than_can_be_solved_are_refused_with_the_limit():
    n = LEVELS_MAX + 1
    labels = {"manager": np.arange(n).repeat(2), "person": np.arange(2 * n) % (n + 1)}
    with pytest.raises(UsageError, match=f"more than the {LEVELS_MAX}"):
        sum_rows(np.linspace(0, 1, 2 * n), labels)


def test_two_grades_of_two_managers_are_not_enough():
    with pytest.raises(ModelError):
        fit_crossed(sum_rows(FOUR[:2], {"manager": np.array([0, 1])}))
