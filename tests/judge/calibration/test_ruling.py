"""The rule that names managers, and how much evidence would settle what is open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.judge.calibration.result import ManagerVerdict
from okrkit.judge.calibration.ruling import Ruling, flagged
from okrkit.judge.calibration.run import grading_of, judge_grading
from okrkit.standard import Standard
from okrkit.tables import Tables

from .conftest import exercised, graded

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("within", "named"),
    [
        ([0.05, 0.15, 0.11], [True, False, True]),  # means .05, .08, .103: the third is too many
        ([0.05, 0.15, 0.10], [True, True, True]),  # .05, .075, .10: exactly the limit
        ([0.11, 0.5], [False, False]),
        ([0.0, 0.2], [True, True]),
    ],
)
def test_managers_are_named_while_one_in_ten_is_expected_to_be_wrong(within, named):
    all_may = np.ones(len(within), dtype=bool)
    assert flagged(np.array(within), all_may, 0.1).tolist() == named


@given(SHARES, st.data())
def test_the_list_is_the_longest_that_keeps_the_promise(within, data):
    chances = np.array(within)
    may = np.array(data.draw(st.lists(st.booleans(), min_size=len(within), max_size=len(within))))
    named = flagged(chances, may, 0.1)
    assert not (named & ~may).any()
    if named.any():
        assert chances[named].mean() <= 0.1 + 1e-9
        assert chances[named].max() <= np.min(chances[may & ~named], initial=1.0) + 1e-12
    left = np.flatnonzero(may & ~named)
    if len(left):  # one more would break it
        further = np.append(chances[named], chances[left].min())
        assert further.mean() > 0.1


@pytest.fixture(scope="module")
def measured():
    """Eight managers who graded the same cases, the first more generous."""
    lean = {0: 0.15}
    frames = {"grades": graded(8, 6, 3, lean=lean), "exercise": exercised(8, 12, lean=lean)}
    return grading_of(Tables.from_frames(**frames), standard=Standard(deals=20))


def test_evidence_that_settles_brings_the_interval_to_the_practical_difference(measured):
    ruling = Ruling(measured, Standard(practical_difference=0.05))
    cases, people = ruling.settling
    scatter, of_cases = measured.fits.people.fitted.residual_sd, measured.fits.case_scatter
    assert of_cases == pytest.approx(0.06, rel=0.3)  # cases are easier to agree on than grades
    assert cases == max(5, int(np.ceil((1.96 * of_cases / 0.05) ** 2)))
    each = measured.grades_a_person
    assert each == 3  # every person has three grades of the one manager
    # The mean of n grades less the mean of as many: variance 2 scatter^2 / n.
    assert 1.96 * scatter * np.sqrt(2 / (3 * people)) <= 0.05
    assert 1.96 * scatter * np.sqrt(2 / (3 * (people - 1))) > 0.05
    wider = Ruling(measured, Standard(practical_difference=0.1)).settling
    assert wider[0] <= cases
    assert wider[1] <= people


def test_without_grades_the_usual_scatter_says_what_would_settle():
    ruling = Ruling(grading_of(Tables.from_frames()), Standard())
    assert ruling.settling == (35, 70)  # (1.96 * 0.15 / 0.05)^2 = 34.6, and twice that


FAR = [-0.2, 0.1, 0.15, -0.1, 0.2, -0.15] * 2  # so far apart that the prior hardly counts


def mean_reach(frames):
    """How far the 95 % intervals reach from their middle, on average."""
    found = grading_of(Tables.from_frames(**frames), standard=Standard(deals=0)).fits.own
    return float((found.table["high"] - found.table["low"]).mean() / 2)


def test_so_many_common_cases_give_intervals_of_about_the_practical_difference():
    """Twelve managers with two people each; grades of people and of cases scatter alike."""
    chance = np.random.default_rng(5)
    grades = graded(12, 2, 5, seed=5, lean=dict(enumerate(FAR)))
    cases, _ = Ruling(grading_of(Tables.from_frames(grades=grades)), Standard()).settling
    rows = [
        (f"M{m:02d}", f"C{c}", float(np.clip(0.5 + FAR[m] + chance.normal(0, 0.12), 0, 1)))
        for m in range(12)
        for c in range(cases)
    ]
    exercise = pd.DataFrame(rows, columns=["manager", "case", "grade"])
    assert mean_reach({"grades": grades, "exercise": exercise}) == pytest.approx(0.05, rel=0.2)


def test_so_many_shared_people_give_intervals_of_about_the_practical_difference():
    """Each person is graded by two of twelve managers, three times by each."""
    chance = np.random.default_rng(6)
    shared = graded(12, 6, 3, seed=6, lean=dict(enumerate(FAR)))
    _, people = Ruling(grading_of(Tables.from_frames(grades=shared)), Standard()).settling
    rows = []
    for p in range(people * 12 // 2):
        able = chance.normal(0.5, 0.15)
        for m in {p % 12, (p + 1 + p // 12 % 11) % 12}:
            for k in range(3):
                grade = float(np.clip(able + FAR[m] + chance.normal(0, 0.12), 0, 1))
                rows.append((f"K{p}.{m}.{k}", f"M{m:02d}", f"P{p}", "Q1", grade))
    assert mean_reach({"grades": pd.DataFrame(rows, columns=shared.columns)}) == pytest.approx(
        0.05, rel=0.2
    )


def test_a_larger_practical_difference_names_fewer_and_fits_nothing_again(measured):
    page = Standard(deals=20)
    verdicts = {}
    for size in (0.02, 0.05, 0.3):
        found = judge_grading(measured, replace(page, practical_difference=size))
        verdicts[size] = found.managers[0].verdict
        assert found.managers[0].estimate.difference == pytest.approx(
            judge_grading(measured, page).managers[0].estimate.difference
        )
    assert verdicts[0.05] is ManagerVerdict.MORE_GENEROUS
    assert verdicts[0.3] is ManagerVerdict.NO_MATERIAL_DIFFERENCE


def test_no_material_difference_takes_evidence_of_ones_own(measured):
    same = [
        one.manager
        for one in judge_grading(measured, Standard()).managers
        if one.verdict is ManagerVerdict.NO_MATERIAL_DIFFERENCE
    ]
    assert same
    careful = Standard(no_difference_separation_min=1.0)
    told = {one.manager: one for one in judge_grading(measured, careful).managers}
    for manager in same:
        assert told[manager].verdict is ManagerVerdict.CANNOT_TELL
        assert "mostly because others are alike" in told[manager].why
    assert told["M00"].verdict is ManagerVerdict.MORE_GENEROUS  # a difference takes less


def test_no_material_difference_must_hold_when_managers_differ_more_than_it_seems(measured):
    """Between the two chances of a manager lies a limit that only the lower one keeps."""
    own = measured.fits.own
    chances = zip(*own.beyond(0.05), own.table.index, strict=True)
    low, high, manager = max(chances, key=lambda one: one[1] - one[0])
    assert low < high
    for limit, verdict in (
        ((low + high) / 2, ManagerVerdict.CANNOT_TELL),
        (high + 1e-9, ManagerVerdict.NO_MATERIAL_DIFFERENCE),
    ):
        found = judge_grading(measured, Standard(no_difference_max=limit, false_flags_max=0.0))
        one = next(one for one in found.managers if one.manager == manager)
        assert one.verdict is verdict
        assert ("more than it seems" in one.why) == (verdict is ManagerVerdict.CANNOT_TELL)


def test_no_practical_difference_at_all_is_judged_without_a_crash(measured):
    found = judge_grading(measured, Standard(practical_difference=0.0))
    assert all(one.estimate.probability_material == pytest.approx(1) for one in found.managers)
    assert found.expected_false_flags is not None


def test_judging_again_gives_the_same(measured):
    page = Standard(deals=20)
    assert judge_grading(measured, page) == judge_grading(measured, page)


def test_the_expected_number_of_false_flags_is_that_of_the_deals(measured):
    found = judge_grading(measured, Standard(deals=20))
    assert found.permuted.times == 20
    assert found.permuted.seed == Standard().deal_seed
    assert found.expected_false_flags == found.permuted.flags < 1
    assert found.permuted.p_value == pytest.approx(1 / 21)  # no deal spreads managers as far
    everybody = judge_grading(measured, Standard(deals=20, practical_difference=0.0))
    assert everybody.expected_false_flags > found.expected_false_flags


def test_progress_is_told_in_words_and_never_goes_back():
    told = []
    grading_of(
        Tables.from_frames(grades=graded(4, 5, 2)),
        standard=Standard(deals=5),
        progress=lambda words, share: told.append((words, share)),
    )
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(words for words, _ in told)
