"""What was planted in answers, grades and people is in the files, found with plain pandas."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest


def test_38_people_answered_as_planted(planted, files) -> None:
    answers = files["answers"]
    assert answers.respondent.nunique() == planted["respondents"]
    assert set(answers.wave) == {"2026-Q3"}
    for statement, counts in planted["answers"].items():
        words = Counter(answers[answers.statement == statement].answer)
        assert [words[word] for word in ("yes", "no", "dont_know", "not_applicable")] == counts
    assert Counter(answers[answers.statement == "1"].level) == {"leader": 7, "team lead": 31}


def test_what_is_said_is_far_from_what_is_done(planted) -> None:
    said = {
        statement: counts[0] / (counts[0] + counts[1])
        for statement, counts in planted["answers"].items()
    }
    assert said == pytest.approx({"1": 0.76, "2": 0.63, "3": 0.50, "4": 0.82, "5": 0.71}, abs=0.006)


def groups_of_managers(*tables: tuple[pd.DataFrame, str]) -> list[set[str]]:
    """Managers joined by anything they both graded: people, key results, cases."""
    groups: list[set[str]] = []
    for table, column in tables:
        for managers in table.groupby(column).manager.agg(set):
            touched = [group for group in groups if group & managers]
            groups = [group for group in groups if not group & managers]
            groups.append(managers.union(*touched))
    return groups


def test_one_department_shares_no_people_and_no_cases_with_the_others(
    planted, files, grades
) -> None:
    joined = groups_of_managers(
        (grades, "person"), (grades, "key_result"), (files["exercise"], "case")
    )
    assert sorted(map(len, joined)) == [4, 36]
    assert min(joined, key=len) == set(planted["grading"]["apart"])


def test_enough_people_were_graded_by_two_managers(planted, grades) -> None:
    assert (grades.groupby("person").manager.nunique() > 1).sum() == planted["grading"][
        "graded_by_two"
    ]


def test_the_common_cases_tell_severe_and_generous_managers_from_the_rest(planted, files) -> None:
    exercise = files["exercise"].assign(number=files["exercise"].grade.astype(float))
    assert exercise.groupby("manager").size().eq(planted["grading"]["cases"]).all()
    usual = exercise.groupby("case").number.transform("median")
    lean = (exercise.number - usual).groupby(exercise.manager).mean()
    planted, points = planted["grading"], planted["grading"]["grade_points"]
    assert all(lean[manager] == pytest.approx(-points, abs=0.04) for manager in planted["severe"])
    assert all(lean[manager] == pytest.approx(points, abs=0.04) for manager in planted["generous"])
    assert lean.drop(planted["severe"] + planted["generous"]).abs().max() < 0.06


def test_one_manager_gives_only_070_and_one_lifts_to_the_bonus_line(planted, grades) -> None:
    by_manager = grades.groupby("manager").fraction.agg(
        lambda marks: Counter(round(mark, 2) for mark in marks)
    )
    assert set(by_manager[planted["grading"]["only_070"]]) == {0.7}
    bonus = by_manager[planted["grading"]["bonus_line"]]
    everybody = Counter(round(mark, 2) for mark in grades.fraction)
    assert bonus[0.7] / bonus[0.6] > 10
    assert everybody[0.7] / everybody[0.6] < 1.5


def test_three_leaders_have_no_okrs_in_any_cycle(planted, files, drivers_of) -> None:
    owners = set(files["objectives"].owner) | {
        p for cell in files["key_results"].driver for p in drivers_of(cell)
    }
    leaders = files["people"][files["people"].is_leader == "yes"].person
    assert sorted(set(leaders) - owners) == planted["habits"]["leaders_without_okrs"]


def test_seven_people_miss_the_same_skill_cycle_after_cycle(planted, files, grades) -> None:
    skill = files["key_results"][files["key_results"].skill == planted["habits"]["weak_skill"]]
    driven = grades.merge(skill[["key_result", "driver"]], on="key_result").query(
        "person == driver"
    )
    misses = driven[driven.fraction <= 0.4].groupby("person").cycle.nunique()
    assert misses.to_dict() == dict.fromkeys(planted["habits"]["weak_persons"], 3)
    plans = files["development"][files["development"].skill == planted["habits"]["weak_skill"]]
    assert list(plans.person) == planted["habits"]["plan_for_weak_skill"]
    assert (plans.due < planted["as_of"]).all()


def test_targets_were_lowered_in_the_last_three_weeks_of_the_second_quarter(planted, files) -> None:
    target = files["changes"][files["changes"].field == "target"]
    late = target[target.date.between("2026-06-10", "2026-06-30")]
    assert len(late) == len(target) == planted["habits"]["targets_lowered_late"]
    now = files["key_results"].set_index("key_result")
    for row in late.itertuples():
        easier = float(row.after) < float(row.before)
        assert easier == (now.direction[row.key_result] == "increase")
        assert float(row.after) == float(now.target[row.key_result])


def test_teams_waited_a_month_for_their_goals_in_the_first_quarter_only(planted, files) -> None:
    rows = files["objectives"].merge(files["cycles"], on="cycle")
    days = (pd.to_datetime(rows.approved) - pd.to_datetime(rows.start)).dt.days
    for quarter, median in planted["habits"]["approved_days_after_start"].items():
        assert days[(rows.cycle == f"2026-{quarter}") & (rows.level == "team")].median() == median


def test_one_commitment_in_nine_names_nothing(planted, files) -> None:
    nothing = files["commitments"].text.str.lower().str.startswith(("nothing", "none"))
    assert nothing.sum() == planted["habits"]["weeks_without_commitment"]
    assert len(files["commitments"]) == planted["habits"]["commitments"]


def test_healthy_ratings_and_pay_do_not_differ_by_group(files, grades) -> None:
    means = grades.groupby("person").fraction.mean()
    people = files["groups"].set_index("person").join(means, how="inner")
    for attribute in ("gender", "age_band", "site", "contract"):
        sizes = people.groupby(attribute).fraction.agg(["mean", "size"])
        large = sizes[sizes["size"] >= 30]["mean"]
        assert large.max() - large.min() < 0.05, attribute
