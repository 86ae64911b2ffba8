"""A baseline beside a later audit."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from okrkit.errors import InputError
from okrkit.judge.as_json import audit_to_dict
from okrkit.judge.compare import compare
from okrkit.standard import DEFAULT_STANDARD

RULE = {"rule": "one_scale", "verdict": "met"}


@pytest.fixture
def baseline(audited, answered):
    return json.loads(json.dumps(audit_to_dict(audited({"answers": answered({1: (2, 6)})}))))


def test_a_change_is_told_with_both_values(baseline, audited, answered, company, spaced):
    objectives = company["objectives"].assign(scale="0-1")
    later = audited({"answers": answered({1: (6, 2)}), "objectives": objectives})
    comparison = compare(baseline, later)
    first = comparison.statements[0]
    assert (first.before, first.after) == (0.25, 0.75)
    assert spaced(first.words) == "25 % said yes, now 75 %"
    scale = next(rule for rule in comparison.rules if rule.rule == "one_scale")
    assert (scale.before_verdict, scale.after_verdict) == ("not_met", "met")
    assert spaced(scale.words) == "was not met (75 %), now met (100 %)"
    assert comparison.sentence == (
        "Of 18 findings in both audits, 1 is newly met and 0 are newly not met."
    )


def test_the_same_records_are_unchanged(baseline, audited, answered, spaced):
    comparison = compare(baseline, audited({"answers": answered({1: (2, 6)})}))
    assert all(rule.words.startswith("unchanged: ") for rule in comparison.rules)
    assert comparison.statements[1].words == "no answers in either audit"


def test_rules_the_baseline_does_not_have_are_listed_without_a_before(baseline, audited):
    baseline["statements"][0]["evidence"] = baseline["statements"][0]["evidence"][1:]
    rule = compare(baseline, audited()).rules[0]
    assert (rule.rule, rule.before_verdict, rule.before) == ("one_scale", "", None)
    assert rule.words.startswith("not in the baseline; now not met")


def test_another_limit_is_said(baseline, audited, spaced):
    for finding in baseline["statements"][3]["evidence"]:
        finding["limit"] = 0.5
    rules = {rule.rule: rule for rule in compare(baseline, audited()).rules}
    assert spaced(rules["weekly_status"].words).endswith("; the limit was 50 % and is 80 %")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"statements": []},
        {"statements": [1]},
        {"statements": [{"id": 9}]},
        {"statements": [{"id": 1, "yes": "many"}]},
        {"statements": [{"id": 1, "evidence": [{"rule": "x", "verdict": "fine"}]}]},
        {"statements": [{"id": 1, "evidence": [RULE | {"value": math.nan}]}]},
        [],
    ],
)
def test_a_file_that_is_no_audit_is_refused_with_a_remedy(wrong, audited):
    with pytest.raises(InputError, match="okrkit audit FOLDER --json") as refusal:
        compare(wrong, audited(), file="before.json")
    assert refusal.value.problems[0].file == "before.json"


def test_the_same_wave_is_no_change(audited, answered):
    answers = answered({1: (2, 6)}).assign(wave="W1")
    audit = audited({"answers": answers})
    told = audit_to_dict(audit)
    assert told["wave"] == "W1"
    words = compare(told, audit).statements[0].words
    assert words == "the same answers (wave W1) stand in both"
    later = audited({"answers": answered({1: (2, 6)}).assign(wave="W2")})
    assert "now" in compare(told, later).statements[0].words


def test_what_was_not_judged_before_is_newly_judged_and_not_newly_not_met(audited):
    without = audit_to_dict(audited({"check_ins": None}))
    sentence = compare(without, audited()).sentence
    assert sentence.startswith(
        "Of 18 findings in both audits, 0 are newly met and 0 are newly not met; "
    )
    assert sentence.endswith(" are newly judged.")
    back = compare(audit_to_dict(audited()), audited({"check_ins": None})).sentence
    assert back.endswith(" are no longer judged.")


def test_a_baseline_of_another_client_is_said(baseline, audited):
    audit = audited(standard=replace(DEFAULT_STANDARD, client="Here"))
    sentence = compare({**baseline, "client": "Elsewhere"}, audit).sentence
    assert sentence.endswith("The baseline is of another client, Elsewhere; this audit is of Here.")
    assert "another client" not in compare({**baseline, "client": "Here"}, audit).sentence
