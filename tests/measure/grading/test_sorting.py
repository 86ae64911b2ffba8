"""Whether good people and generous managers sit together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from okrkit.measure.grading.rows import Rows, fit_rows
from okrkit.measure.grading.sorting import measure_sorting

MANAGERS, PEOPLE, GRADES = 60, 360, 6


def company(seed: int, together: float, moves: float = 0.4) -> Rows:
    """People of six grades; `together` correlates their level with their manager's generosity."""
    chance = np.random.default_rng(seed)
    generous = chance.normal(0, 0.06, MANAGERS)
    home = np.arange(PEOPLE) % MANAGERS
    own = chance.normal(0, 0.1, PEOPLE) * np.sqrt(1 - together**2)
    level = own + together * 0.1 / 0.06 * generous[home]
    person = np.repeat(np.arange(PEOPLE), GRADES)
    elsewhere = chance.random(person.size) < moves
    manager = np.where(elsewhere, chance.integers(0, MANAGERS, person.size), home[person])
    grade = 0.6 + generous[manager] + level[person] + chance.normal(0, 0.15, person.size)
    return Rows(grade, manager, person, np.tile(np.arange(GRADES), PEOPLE))


def p_value(rows: Rows) -> float:
    result = measure_sorting(rows, fit_rows(rows))
    assert result is not None
    return result.p_value


def test_good_people_with_generous_managers_are_signalled():
    assert [p_value(company(seed, together=0.6)) < 0.05 for seed in range(8)] == [True] * 8


def test_people_dealt_to_managers_by_chance_are_rarely_signalled():
    assert sum(p_value(company(seed, together=0.0)) < 0.05 for seed in range(20)) <= 3


def test_good_people_with_severe_managers_are_signalled_with_the_other_sign():
    for seed in range(4):
        rows = company(seed, together=-0.6)
        result = measure_sorting(rows, fit_rows(rows))
        assert result.p_value < 0.05
        assert result.excess < 0 > result.z


def test_the_chance_is_that_of_students_t_and_the_rarer_way_counts_double():
    up, down = (company(seed, together=0.0) for seed in (4, 1))
    more, less = (measure_sorting(rows, fit_rows(rows)) for rows in (up, down))
    assert more.z > 0 > less.z
    assert more.p_value == pytest.approx(stats.t.sf(more.z, MANAGERS - 2))
    assert less.p_value == pytest.approx(2 * stats.t.cdf(less.z, MANAGERS - 2))


def test_the_excess_is_what_people_bring_beside_their_managers():
    """A person's level is 0.6 * 0.1 / 0.06 = 1 grade point for each of the home manager's."""
    rows = company(3, together=0.6)
    result = measure_sorting(rows, fit_rows(rows))
    assert result is not None
    assert abs(result.excess - 1.0) < 3 * result.se
    assert result.z > 0
    assert result.n_people == PEOPLE


def test_a_shift_of_all_grades_and_other_names_change_nothing():
    rows = company(4, together=0.3)
    before = measure_sorting(rows, fit_rows(rows))
    names = np.array([f"m{i:02}" for i in np.random.default_rng(1).permutation(MANAGERS)])
    moved = replace(rows, grade=rows.grade - 0.2, manager=names[rows.manager])
    after = measure_sorting(moved, fit_rows(moved))
    assert before is not None
    assert after is not None
    assert after.z == pytest.approx(before.z, abs=1e-4)


def test_when_nobody_had_two_managers_it_cannot_be_told():
    rows = company(5, together=0.6, moves=0.0)
    assert measure_sorting(rows, fit_rows(rows)) is None


def test_when_nobody_has_two_grades_it_cannot_be_told():
    rows = company(6, together=0.6)
    once = replace(rows, person=np.arange(rows.grade.size))
    assert measure_sorting(once, fit_rows(once)) is None


@pytest.mark.long
def test_sorting_is_signalled_in_nineteen_of_twenty_companies_and_chance_in_one_of_twenty():
    """200 companies each; the error of a share near 5 % is 1.5 points."""
    sorted_ones = [p_value(company(seed, together=0.5)) < 0.05 for seed in range(200)]
    others = [p_value(company(seed, together=0.0)) < 0.05 for seed in range(200)]
    assert np.mean(sorted_ones) >= 0.95
    assert np.mean(others) <= 0.05 + 3 * 0.0154
