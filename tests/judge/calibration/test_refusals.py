"""When nothing, or not everything, may be said: each reason by a small company, and its words."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from okrkit.judge.calibration.result import Distribution, ManagerVerdict, Tier
from okrkit.judge.calibration.run import run_calibration
from okrkit.judge.finding import Verdict
from okrkit.standard import Standard
from okrkit.tables import Tables

from .conftest import exercised, graded

LEAN = {0: 0.25}  # a generous first manager
GRADES = graded(8, 6, 3, lean=LEAN)


def key_results(grades: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """A key result for each grade, driven by the person graded."""
    frame = pd.DataFrame({"key_result": grades["key_result"], "objective": "O1", "text": "Sell"})
    return frame.assign(driver=grades["person"], **columns)


def check(found, name: str):
    return next(one for one in found.comparable if one.check == name)


def all_cannot_tell(found) -> bool:
    return all(one.verdict is ManagerVerdict.CANNOT_TELL for one in found.managers)


def test_a_quarter_graded_by_its_own_owners_says_so_and_what_would_change_it(calibrated):
    # as functions that publish their own scores do: one or two grades each, no persons named
    rows = [(f"K{i}", f"F{i % 9}", "fy-q3", 0.1 * (i % 11)) for i in range(20)]
    grades = pd.DataFrame(rows, columns=["key_result", "manager", "cycle", "grade"])
    owned = key_results(grades.assign(person=grades["manager"]))
    found = calibrated(grades=grades, key_results=owned)
    assert found.verdict == (
        "Nothing can be said about any of 9 managers. All 20 grades were given by managers to key "
        "results of their own."
    )
    assert found.tier is Tier.NOTHING
    assert all_cannot_tell(found)
    assert len(found.managers) == 9
    assert check(found, "judged_by_another").verdict is Verdict.NOT_MET
    assert found.settle.startswith(
        "Let each key result be graded by a manager who does not drive it."
    )
    assert "common cases" in found.settle
    assert "people graded by two managers" in found.settle
    assert {one.distribution for one in found.managers} == {Distribution.TOO_FEW}
    assert all(one.estimate is one.people is None for one in found.managers)
    assert found.model is None


@pytest.mark.parametrize(("own", "stopped"), [(0.4, False), (0.5, False), (0.6, True)])
def test_more_than_half_self_graded_is_no_managers_grading(calibrated, own, stopped):
    mine = np.arange(len(GRADES)) < own * len(GRADES)
    grades = GRADES.assign(person=GRADES["person"].mask(mine, GRADES["manager"]))
    grades = grades.sample(frac=1, random_state=1)
    found = calibrated(grades=grades)
    assert ("key results of their own" in found.verdict) == stopped
    assert check(found, "judged_by_another").count == mine.sum()


@pytest.mark.parametrize(("same", "computed"), [(1.0, True), (0.8, False), (0.81, True)])
def test_grades_that_are_the_attainment_are_computed_not_judged(calibrated, same, computed):
    grades = GRADES.iloc[:100]
    far = grades["grade"] + np.where(np.arange(100) < same * 100, 0, 0.02)
    found = calibrated(
        grades=grades, key_results=key_results(grades, baseline=0, target="1", current=far)
    )
    one = check(found, "judged_not_computed")
    assert (one.verdict is Verdict.NOT_MET) == computed
    if computed:
        assert "computed, not judged: compare ambition instead" in found.verdict
        assert all_cannot_tell(found)
        assert any(shown.people for shown in found.managers)  # the grades of people still differ


def test_few_grades_with_attainment_show_nothing_of_how_grades_are_made(calibrated):
    grades = GRADES.assign(current=GRADES["grade"])
    owned = key_results(grades[:19], baseline=0, target="1", current=grades["grade"][:19])
    one = check(calibrated(grades=GRADES, key_results=owned), "judged_not_computed")
    assert (one.verdict, one.n) == (Verdict.NOT_ENOUGH_DATA, 19)


def test_without_cases_attainment_or_movers_every_verdict_is_cannot_tell(calibrated):
    found = calibrated(grades=GRADES)
    assert found.tier is Tier.NOTHING
    assert all_cannot_tell(found)
    assert "a strict manager cannot be told from a weak team" in found.verdict
    first = found.managers[0]
    assert first.distribution is Distribution.HIGHER  # of the grades of the people
    assert "would take about" in first.why
    assert first.estimate == first.people
    assert [one.what for one in found.refused] == ["Verdicts on managers"]
    assert [one.status for one in found.ladder] == [
        "not given",
        "not given",
        "not given",
        "applies",
    ]


def test_nobody_named_means_no_interval_and_no_verdict(calibrated):
    found = calibrated(grades=GRADES.drop(columns="person"))
    assert "Nobody recorded who was graded" in found.verdict
    assert check(found, "person_known").verdict is Verdict.NOT_ENOUGH_DATA
    assert found.settle.startswith("Record who was graded.")
    assert all(one.n_people is None for one in found.managers)
    assert all(one.estimate is None for one in found.managers)


def test_common_cases_tell_a_generous_manager_and_name_nobody_else(calibrated):
    found = calibrated(grades=GRADES, exercise=exercised(8, 12, lean=LEAN))
    assert found.tier is Tier.COMMON_CASES
    verdicts = {one.manager: one.verdict for one in found.managers}
    assert verdicts.pop("M00") is ManagerVerdict.MORE_GENEROUS
    assert not {ManagerVerdict.MORE_GENEROUS, ManagerVerdict.MORE_SEVERE} & set(verdicts.values())
    assert found.managers[0].innocent
    assert found.verdict.startswith(
        "One of 8 managers clearly differs from the pooled level, one more generous;"
    )


def test_a_strong_team_is_not_a_generous_manager_when_cases_say_so(calibrated):
    found = calibrated(grades=GRADES, exercise=exercised(8, 12))
    assert found.managers[0].distribution is Distribution.HIGHER
    assert found.managers[0].verdict is not ManagerVerdict.MORE_GENEROUS


def test_too_few_people_or_grades_are_shown_with_an_interval_and_not_judged(calibrated):
    small = GRADES[
        ~(GRADES["manager"].eq("M00") & ~GRADES["person"].isin(["P0.0", "P0.1", "P0.2", "P0.3"]))
    ]
    one = calibrated(grades=small, exercise=exercised(8, 12, lean=LEAN)).managers[0]
    assert (one.n, one.n_people, one.verdict) == (12, 4, ManagerVerdict.CANNOT_TELL)
    assert one.distribution is Distribution.TOO_FEW
    assert (
        one.why
        == "4 people and 12 grades compared; at least five people and eight grades are needed."
    )
    assert one.estimate is not None
    page = Standard(deals=20, people_min=4)
    again = calibrated(standard=page, grades=small, exercise=exercised(8, 12, lean=LEAN)).managers[
        0
    ]
    assert again.verdict is ManagerVerdict.MORE_GENEROUS


def test_a_group_that_shares_nobody_is_refused_by_name(calibrated):
    apart = graded(3, 6, 3, seed=9)
    apart = apart.assign(
        **{name: "x" + apart[name] for name in ("key_result", "manager", "person")}
    )
    moved = apart[:18].assign(manager="xM01", cycle="Q2")  # they share people among themselves
    again = apart[18:].assign(manager="xM02", cycle="Q2")
    teams = pd.DataFrame(
        [
            ("T0", "All", None, "company"),
            ("T1", "Legal", "T0", "department"),
            ("T2", "Contracts", "T1", "team"),
        ],
        columns=["team", "name", "parent_team", "level"],
    )
    people = pd.DataFrame(
        [("xM00", "T1"), ("xM01", "T2"), ("xM02", "T2")], columns=["person", "team"]
    )
    found = calibrated(
        grades=pd.concat([GRADES, apart, moved, again]),
        exercise=exercised(8, 12, lean=LEAN), teams=teams, people=people,
    )  # fmt: skip
    refusal = found.refused[0]
    assert refusal.what == "Legal: xM00, xM01 and xM02"
    assert refusal.why.startswith("They share no people and no cases with the other 8 managers")
    assert refusal.managers == ("xM00", "xM01", "xM02")
    for one in found.managers[8:]:
        assert (one.group, one.verdict, one.estimate) == (2, ManagerVerdict.CANNOT_TELL, None)
        assert one.people is not None
        assert "no people and no cases" in one.why
    assert found.managers[0].verdict is ManagerVerdict.MORE_GENEROUS


def test_a_manager_on_another_scale_is_listed_and_not_compared(calibrated):
    scale = GRADES["manager"].eq("M07").map({True: "1-5", False: "0-1"})
    grades = GRADES.assign(grade=GRADES["grade"].mask(scale.eq("1-5"), 3))
    owned = key_results(grades).assign(objective=scale.map({"1-5": "O5", "0-1": "O1"}))
    objectives = pd.DataFrame(
        [("O1", "Grow", "T1", "Q1", "0-1"), ("O5", "Grow", "T5", "Q1", "1-5")],
        columns=["objective", "title", "team", "cycle", "scale"],
    )
    found = calibrated(grades=grades, key_results=owned, objectives=objectives)
    last = found.managers[-1]
    assert (last.n, last.mean, last.estimate, last.people) == (18, 0.5, None, None)
    assert last.why == "None of 18 grades may be compared: they are on another scale."
    assert check(found, "one_scale").count == 18
    assert any(one.what == "18 grades on another scale (T5)" for one in found.refused)


def test_cycles_that_end_after_the_day_are_not_known_yet(calibrated):
    later = GRADES.assign(cycle="Q2", key_result="L" + GRADES["key_result"])
    cycles = pd.DataFrame(
        [
            ("Q1", "2026-01-01", "2026-03-31", "quarter"),
            ("Q2", "2026-04-01", "2026-06-30", "quarter"),
        ],
        columns=["cycle", "start", "end", "length"],
    )
    tables = Tables.from_frames(grades=pd.concat([GRADES, later]), cycles=cycles)
    page = Standard(deals=5)
    spring = run_calibration(tables, standard=page, as_of=date(2026, 4, 30))
    assert (spring.cycles, spring.as_of) == (("Q1",), date(2026, 4, 30))
    assert spring.managers[0].n == 18
    assert any(note.count == 144 and "not known yet" in note.text for note in spring.notes)
    summer = run_calibration(tables, standard=page)
    assert (summer.cycles, summer.managers[0].n) == (("Q1", "Q2"), 36)
    assert summer == run_calibration(tables, standard=page, as_of=date(2026, 6, 30))


def test_at_equal_attainment_a_generous_manager_differs(calibrated):
    rng = np.random.default_rng(4)
    grades = graded(10, 8, 3, seed=4)
    done = rng.uniform(0.2, 0.9, len(grades))
    hand = grades["manager"].map(lambda m: 0.2 if m == "M00" else 0.0)
    given = (done + hand + rng.normal(0, 0.05, len(grades))).clip(0, 1).round(2)
    grades = grades.assign(grade=given)
    found = calibrated(
        grades=grades, key_results=key_results(grades, baseline=0, target="1", current=done)
    )
    assert found.tier is Tier.MEASURED_ATTAINMENT
    assert found.managers[0].verdict is ManagerVerdict.MORE_GENEROUS
    assert not any(one.verdict is ManagerVerdict.MORE_GENEROUS for one in found.managers[1:])
    used = next(one for one in found.ladder if one.status == "used")
    assert "not reported by the graded team" in used.claim
    assert found.expected_false_flags is None  # people were dealt without their attainment
    assert found.permuted is None
    assert "difficulty of the target" in used.claim


def test_attainment_that_grades_do_not_follow_separates_nobody(calibrated):
    done = np.random.default_rng(5).uniform(0, 1, len(GRADES))
    found = calibrated(
        grades=GRADES, key_results=key_results(GRADES, baseline=0, target="1", current=done)
    )
    assert found.tier is Tier.NOTHING
    assert "grades do not rise with it" in found.ladder[1].claim


def test_what_few_grades_record_is_not_said_of_all(calibrated):
    """A third of the key results are known, so drivers, scales and lengths speak for a third."""
    grades = GRADES.assign(person=None)
    known = key_results(GRADES.iloc[::3])
    objectives = pd.DataFrame(
        [("O1", "Grow", "T1", "Q1", "0-1")],
        columns=["objective", "title", "team", "cycle", "scale"],
    )
    found = calibrated(grades=grades, key_results=known, objectives=objectives)
    by_another, scale = check(found, "judged_by_another"), check(found, "one_scale")
    assert by_another.verdict is scale.verdict is Verdict.NOT_ENOUGH_DATA
    assert by_another.claim == (
        "None of 48 grades was given to a key result of the manager's own. Of the other 96 neither "
        "driver nor person is recorded."
    )
    assert scale.claim.endswith("Of the other 96 nothing is recorded.")
    lenient = calibrated(
        grades=grades,
        key_results=known,
        objectives=objectives,
        standard=Standard(deals=5, coverage_min=1 / 3),
    )
    assert check(lenient, "judged_by_another").verdict is Verdict.MET
    assert check(lenient, "one_scale").verdict is Verdict.MET
