"""The plan: which steps are asked for, why, and what survives a re-audit."""

from __future__ import annotations

from dataclasses import replace

from okrkit.judge.plan import NO_LONGER, PLAYBOOK, PlanStep, keep_plan
from okrkit.judge.rules.catalogue import CATALOGUE

TIMES = ("this week", "two weeks", "one planning round", "one cycle")


def test_every_killer_has_a_playbook_of_three_to_five_steps_smallest_first():
    assert len({play.key for play in PLAYBOOK}) == len(PLAYBOOK)
    for killer in range(1, 6):
        plays = [play for play in PLAYBOOK if play.killer == killer]
        assert 3 <= len(plays) <= 5
        order = [TIMES.index(play.takes) for play in plays]
        assert order == sorted(order)


def test_every_step_for_a_rule_names_a_rule_of_its_own_statement():
    for play in PLAYBOOK:
        if play.rule:
            assert CATALOGUE[play.rule].statement == play.killer


def test_steps_quote_the_finding_that_asks_for_them(audited, found):
    steps = {step.key: step for step in audited().plan}
    assert steps["4.driver"].because == found("one_driver").claim
    assert steps["1.one_scale"].because == found("one_scale").claim
    assert "4.red_plan" not in steps  # the one red has a plan
    assert not [step for step in steps.values() if step.killer == 3]  # nothing speaks against it


def test_a_killer_that_is_active_by_the_answers_alone_gets_its_steps(audited, answered):
    audit = audited({"answers": answered({3: (1, 6)})})
    steps = [step for step in audit.plan if step.killer == 3]
    assert len(steps) >= 3
    assert steps[0].because == "1 of 7 answers say yes."
    assert all(step.owner == step.due == step.status == "" for step in audit.plan)


def test_what_people_filled_in_survives_and_unasked_steps_stay_at_the_end():
    asked = PlanStep("4.driver", 4, "Name one driver.", "this week", "because of today")
    kept = [
        replace(asked, owner="Ada", due="2026-03-01", status="agreed", because="of last time"),
        PlanStep("2.visible", 2, "Show key results.", "two weeks", owner="Ben"),
        PlanStep("2.silent", 2, "Take the silent ones.", "this week"),
    ]
    plan = keep_plan([asked], kept)
    assert plan[0] == replace(kept[0], because="because of today")
    assert [(step.key, step.owner, step.because) for step in plan[1:]] == [
        ("2.visible", "Ben", NO_LONGER)
    ]


def test_an_audit_keeps_the_plan_it_is_given(company):
    from okrkit.judge.audit import run_audit
    from okrkit.tables import Tables

    tables = Tables.from_frames(**company)
    first = run_audit(tables)
    filled = replace(first.plan[0], owner="Ada")
    again = run_audit(tables, plan=[filled])
    assert again.plan[0] == filled
    assert len(again.plan) == len(first.plan)
