"""What the comparison finds when it is chance who is graded by whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from okrkit.measure.grading.permuted import Deals, deal_people
from okrkit.measure.grading.permuted import _places as places_of
from okrkit.measure.grading.rows import Rows, fit_rows

MANAGERS, PEOPLE, CYCLES, EACH = 8, 64, 3, 2


def company(seed: int, spread: float) -> Rows:
    """Everybody has two grades a cycle; a quarter of the people move after each cycle."""
    chance = np.random.default_rng(seed)
    generous = chance.normal(0, spread, MANAGERS)
    of = np.empty((PEOPLE, CYCLES), dtype=int)
    of[:, 0] = np.arange(PEOPLE) % MANAGERS
    for cycle in range(1, CYCLES):
        moved = chance.random(PEOPLE) < 0.25
        of[:, cycle] = np.where(moved, chance.integers(0, MANAGERS, PEOPLE), of[:, cycle - 1])
    person, cycle, _ = (labels.ravel() for labels in np.indices((PEOPLE, CYCLES, EACH)))
    manager = of[person, cycle]
    level = generous[manager] + chance.normal(0, 0.1, PEOPLE)[person]
    grade = 0.6 + level + chance.normal(0, 0.15, person.size)
    return Rows(grade, manager, person, cycle)


def paths(rows: Rows, manager: np.ndarray) -> list[tuple]:
    """Everybody's managers, cycle by cycle."""
    return [tuple(manager[rows.person == person]) for person in np.unique(rows.person)]


def test_people_take_each_others_places_with_all_their_cycles():
    rows = company(1, 0.06)
    dealt = places_of(rows).deal(rows.manager, np.random.default_rng(2))
    assert sorted(paths(rows, dealt)) == sorted(paths(rows, rows.manager))
    assert paths(rows, dealt) != paths(rows, rows.manager)


def test_a_place_without_a_grade_in_a_cycle_lends_its_nearest():
    rows = Rows(
        grade=np.zeros(5),
        manager=np.array(["A", "B", "C", "D", "E"]),
        person=np.array(["p", "p", "p", "q", "q"]),
        cycle=np.array([1, 2, 3, 1, 3]),
    )
    places = places_of(rows)
    deals = {tuple(places.deal(rows.manager, np.random.default_rng(seed))) for seed in range(20)}
    # Either both stay, or p is graded as q was (in cycle 2 as in 1) and q as p was.
    assert deals == {("A", "B", "C", "D", "E"), ("D", "D", "E", "A", "C")}


def test_those_who_graded_one_case_are_dealt_anew_and_cases_stay_cases():
    rows = Rows(
        grade=np.zeros(7),
        manager=np.array(["A", "B", "C", "A", "B", "C", "D"]),
        person=np.array(["case 1"] * 3 + ["case 2"] * 3 + ["p"]),
        cycle=np.array(["exercise"] * 6 + ["Q1"]),
    )
    places = places_of(rows)
    deals = {tuple(places.deal(rows.manager, np.random.default_rng(seed))) for seed in range(300)}
    assert len(deals) == 36
    assert all(sorted(deal[:3]) == sorted(deal[3:6]) == ["A", "B", "C"] for deal in deals)
    assert {deal[6] for deal in deals} == {"D"}


def test_the_same_seed_deals_the_same():
    rows = company(2, 0.06)
    one, two, other = (deal_people(rows, seed=seed, times=3) for seed in (7, 7, 8))
    assert (one.means == two.means).all()
    assert (one.sd == two.sd).all()
    assert (one.sd != other.sd).any()


def test_managers_who_differ_do_so_more_than_in_any_deal():
    rows = company(3, 0.15)
    deals = deal_people(rows, seed=1, times=39)
    assert deals.share_at_least(fit_rows(rows).sd["manager"]) == 1 / 40
    assert deals.times == 39


@pytest.mark.long
def test_with_equal_managers_each_share_is_as_likely_as_another():
    """Of 40 companies about 10 have a share of at most a quarter."""
    shares = [
        deal_people(rows, seed=seed, times=19).share_at_least(fit_rows(rows).sd["manager"])
        for seed in range(40)
        for rows in [company(100 + seed, 0.0)]
    ]
    assert 3 <= sum(share <= 0.25 for share in shares) <= 18


def test_equal_managers_are_seldom_found_to_differ_materially():
    deals = deal_people(company(4, 0.0), seed=1, times=40)
    probability = deals.probability_beyond(0.05)
    assert probability.shape == (40, MANAGERS)
    assert (probability > 0.9).mean() < 0.02


def test_where_managers_do_not_differ_at_all_nothing_is_beyond_any_threshold():
    deals = Deals(
        seed=1,
        levels=np.array(["A", "B"]),
        sd=np.array([0.0]),
        means=np.zeros((1, 2)),
        scales=np.zeros((1, 2)),
        df=10,
    )
    assert deals.probability_beyond(0.05).tolist() == [[0.0, 0.0]]
    assert deals.share_at_least(0.0) == 1.0


def test_progress_is_told_and_ends_with_all():
    told: list[float] = []
    deal_people(company(5, 0.06), seed=1, times=4, progress=told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]


def test_groups_are_compared_within_themselves_in_every_deal():
    rows = company(6, 0.1)
    groups = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    deals = deal_people(rows, seed=1, times=5, groups=groups)
    together = deal_people(rows, seed=1, times=5)
    apart = deals.means[:, 0] - deals.means[:, 1]
    assert apart == pytest.approx(together.means[:, 0] - together.means[:, 1], abs=1e-12)
    assert (deals.means[:, 0] != together.means[:, 0]).any()


def test_a_deal_that_cannot_carry_the_model_is_left_out():
    rows = company(7, 0.1)
    equal = replace(rows, grade=np.full(rows.grade.size, 0.7))
    assert deal_people(equal, seed=1, times=3).times == 0
