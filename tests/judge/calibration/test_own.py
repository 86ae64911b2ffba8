"""What a manager reads of the own grades: true, calm, and what stops it is said."""

from __future__ import annotations

import dataclasses

import pytest

from okrkit.judge.calibration.own import HIDDEN, own_comparison
from okrkit.judge.calibration.own_words import KEPT_BACK, NO_GRADES, STOPPED
from okrkit.judge.calibration.result import Distribution, ManagerVerdict, Tier
from okrkit.standard import Standard


@pytest.fixture
def settled(company, exercise, calibrated):
    """Eight managers who graded twelve cases each; the first gives 0.2 more than the others."""
    lean = {0: 0.2, 1: -0.2}
    return calibrated(
        grades=company(8, 6, 4, lean=lean), exercise=exercise(8, 12, lean=lean),
    )  # fmt: skip


def test_a_manager_who_differs_reads_it_with_the_same_numbers_hr_has(settled):
    own, hrs = own_comparison(settled, "M00"), settled.managers[0]
    assert (own.n, own.n_people, own.mean) == (24, 6, hrs.mean)
    assert own.verdict is hrs.verdict is ManagerVerdict.MORE_GENEROUS
    assert own.difference == hrs.estimate
    size = hrs.estimate.difference
    assert own.told.sentence == (
        f"Your grades lie clearly above comparable grades, by about {size:.2f} grade points."
    )
    assert f"by +{size:.2f} (95" in own.told.why
    assert own.told.why.endswith(f"the chance that this is more than 0.05 is {'over 99'}\u00a0%.")
    assert "read the cases in another way" in own.told.innocent
    assert own.told.settle == ""


def test_below_is_said_as_calmly_as_above(settled):
    told = own_comparison(settled, "M01").told
    assert told.sentence.startswith("Your grades lie clearly below comparable grades, by about 0.")
    words = " ".join(dataclasses.astuple(told)).lower()
    assert not any(word in words for word in ("bias", "harsh", "fair", "true", "severe", "fail"))


def test_who_does_not_differ_reads_that(settled):
    alike = [one for one in settled.managers if one.verdict.value == "no_material_difference"]
    own = own_comparison(settled, alike[0].manager)
    assert own.told.sentence == "Your grades and comparable grades do not differ materially."
    assert own.told.innocent == ""


def test_own_grades_and_the_shares_of_the_others_add_up(settled):
    own = own_comparison(settled, "M02")
    assert own.hidden == ""
    assert sum(band.own for band in own.bands) == own.n == 24
    assert sum(band.others for band in own.bands) == pytest.approx(100, abs=len(own.bands) / 2)
    assert (own.bands[0].low, own.bands[-1].high) == (0.0, 1.0)
    others = [one for one in settled.managers if one.manager != "M02"]
    for band in own.bands:  # counted here once more, manager by manager
        inside = [
            sum(n for grade, n in one.counts if band.low <= grade <= band.high) for one in others
        ]
        assert band.others == int(100 * sum(inside) / (7 * 24) + 0.5)
        assert sum(inside) >= 24  # any of them may have given all own grades there, or none


def test_where_nothing_tells_managers_from_teams_only_the_peoples_grades_are_told(
    company, calibrated
):
    found = calibrated(grades=company(8, 6, 4, lean={0: 0.25}))
    own = own_comparison(found, "M00")
    assert found.tier is Tier.NOTHING
    assert (own.verdict, own.difference) == (ManagerVerdict.CANNOT_TELL, None)
    assert own.distribution is Distribution.HIGHER
    assert own.people == found.managers[0].people
    assert "Nobody can tell" in own.told.sentence
    assert "common cases" in own.told.settle


def test_too_few_people_and_grades_are_named_with_what_is_needed(company, exercise, calibrated):
    grades = company(8, 6, 4)
    few = grades[~(grades["manager"].eq("M00") & ~grades["person"].isin(["P0.0", "P0.1"]))]
    own = own_comparison(calibrated(grades=few, exercise=exercise(8, 12)), "M00")
    assert own.verdict is ManagerVerdict.CANNOT_TELL
    assert own.told.why.startswith("2 people and 8 grades of yours are compared; at least 5 people")


@pytest.mark.parametrize("manager", ["", "M99", "P0.0", "m00", "M00 "])
def test_an_id_without_grades_gets_the_same_words_whoever_it_is(settled, manager):
    own = own_comparison(settled, manager)
    assert own.told.sentence == NO_GRADES
    assert (own.n, own.mean, own.bands, own.hidden, own.verdict) == (None, None, (), "", None)
    assert (own.checks, own.name, own.difference, own.people) == ((), "", None, None)


def computed(company):
    """Each grade is the attainment of its key result."""
    grades = company(8, 6, 4)
    key_results = grades[["key_result"]].assign(
        text="A key result", objective="O1", baseline=0.0, target="1", current=grades["grade"]
    )
    return {"grades": grades, "key_results": key_results}


def self_graded(company):
    """Most grades were given to oneself."""
    grades = company(8, 6, 4)
    return {"grades": grades.assign(person=grades["person"].where(grades.index % 3 == 1, grades["manager"]))}  # fmt: skip


def nobody_recorded(company):
    """Nobody wrote down who was graded."""
    return {"grades": company(8, 6, 4).assign(person=None)}


@pytest.mark.parametrize("make", [computed, self_graded, nobody_recorded])
def test_where_grades_cannot_be_compared_that_is_said_and_no_figure_is_invented(
    make, company, calibrated
):
    own = own_comparison(calibrated(**make(company)), "M03")
    assert own.told.sentence == STOPPED
    assert own.told.why
    assert (own.difference, own.people, own.distribution) == (None, None, None)
    assert own.verdict is ManagerVerdict.CANNOT_TELL
    assert {band.others for band in own.bands} == {None}
    assert own.hidden == ""
    assert own.n > 0


def test_below_five_other_managers_only_the_own_grades_are_told(company, exercise, calibrated):
    lean = {0: 0.3}
    own = own_comparison(
        calibrated(grades=company(5, 6, 4, lean=lean), exercise=exercise(5, 12, lean=lean)), "M00"
    )
    assert (own.told.sentence, own.hidden) == (KEPT_BACK, HIDDEN)
    assert "at least 5 other managers" in own.told.why
    assert (own.verdict, own.difference, own.people, own.distribution) == (None,) * 4
    assert (own.checks, own.told.can, own.told.settle, own.told.innocent) == ((), "", "", "")
    assert own.n == sum(band.own for band in own.bands) == 24


def test_the_least_number_of_others_is_the_standards(company, calibrated):
    page = Standard(deals=5, group_min=7)
    own = own_comparison(calibrated(standard=page, grades=company(7, 6, 4)), "M00")
    assert own.hidden == HIDDEN
    assert "at least 7 other managers" in own.told.why


def test_checks_are_told_without_their_counts_and_names(settled):
    own = own_comparison(settled, "M00")
    assert [label for label, _ in own.checks] == [one.label for one in settled.comparable]
    assert all(len(check) == 2 for check in own.checks)


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_in_a_small_company_the_page_is_the_same_whatever_the_others_gave(
    size, company, exercise, calibrated
):
    def told(lean):
        given = {
            "grades": company(size, 6, 4, lean=lean),
            "exercise": exercise(size, 12, lean=lean),
        }
        return repr(own_comparison(calibrated(**given), "M00"))

    others = {m: 0.1 * m - 0.3 for m in range(1, size)}
    assert told({}) == told(others)
    assert "verdict=None" in told({})
