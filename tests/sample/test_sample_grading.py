"""What was planted in the sample's grades is what the comparison of managers says."""

from __future__ import annotations

import json

import pytest

from okrkit import calibration_to_dict, run_calibration


@pytest.fixture(scope="module")
def found(tables):
    return run_calibration(tables)


@pytest.fixture(scope="module")
def verdicts(found):
    return {one.manager: one.verdict.value for one in found.managers}


def test_the_severe_and_the_generous_are_found_and_nobody_else_is_named(planted, verdicts):
    named = {
        "more_severe": planted["grading"]["severe"],
        "more_generous": planted["grading"]["generous"],
    }
    for verdict, managers in named.items():
        assert [who for who, said in verdicts.items() if said == verdict] == managers


def test_the_intervals_hold_the_planted_difference_for_at_least_three_of_four(planted, found):
    # planted against all others alike; the pooled level contains the four, which cancel out
    points = planted["grading"]["grade_points"]
    truth = dict.fromkeys(planted["grading"]["severe"], -points)
    truth |= dict.fromkeys(planted["grading"]["generous"], points)
    inside = [
        one.estimate.low <= truth[one.manager] <= one.estimate.high
        for one in found.managers
        if one.manager in truth
    ]
    assert sum(inside) >= 3


def test_most_equal_managers_show_no_material_difference(verdicts):
    assert list(verdicts.values()).count("no_material_difference") >= 25
    assert len(verdicts) == 40


def test_the_department_apart_is_refused_with_a_reason(planted, found, verdicts):
    refusal = found.refused[0]
    assert refusal.what == "Finance and Legal: P034, P035, P036 and P037"
    assert "no people and no cases" in refusal.why
    assert list(refusal.managers) == planted["grading"]["apart"]
    for one in found.managers:
        if one.manager in refusal.managers:
            assert one.verdict.value == "cannot_tell"
            assert one.estimate is None
            assert "no people and no cases" in one.why


def test_the_team_on_another_scale_and_the_one_on_another_cycle_are_set_aside(found, verdicts):
    checks = {one.check: one for one in found.comparable}
    assert checks["one_scale"].count == 85
    assert checks["one_cycle_length"].verdict.value == "not_met"
    assert verdicts["P019"] == verdicts["P010"] == "cannot_tell"
    assert any("(Brand)" in one.what for one in found.refused)
    assert any("Research" in one.what for one in found.refused)


def test_the_common_cases_are_the_evidence(planted, found):
    assert found.tier.value == "a"
    assert (
        f"34 of 38 managers graded at least 5 of {planted['grading']['cases']} cases"
        in found.ladder[0].claim
    )
    assert found.sorting == ""


def test_with_equal_managers_hardly_anybody_would_be_flagged(found):
    assert found.expected_false_flags < 0.5
    assert found.permuted.p_value <= 0.01


def test_the_verdict_is_one_sentence_and_the_json_holds_no_nan(found):
    assert found.verdict.startswith("Four of 40 managers clearly differ from the pooled level")
    assert len(found.verdict.split()) <= 35
    json.dumps(calibration_to_dict(found), allow_nan=False)
