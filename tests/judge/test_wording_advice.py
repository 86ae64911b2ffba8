"""What is said of one text, and of a client's key results together."""

from __future__ import annotations

import pandas as pd
import pytest

from okrkit.judge.scope import scope_of
from okrkit.judge.wording import (
    KEY_RESULT,
    OBJECTIVE,
    Text,
    judge_set,
    judge_texts,
    texts_of,
    wording_to_dict,
)
from okrkit.judge.wording.advice import MOST, advise, sayings
from okrkit.measure.wording import word_key_result, word_objective
from okrkit.tables import Tables

RANKED = [
    ("Open the new service desk", ["output"]),
    ("Hold 12 tastings", ["counted_work"]),
    ("All staff have completed the safety training", ["training"]),
    ("Win 20 clients and open a second shop", ["compound", "no_baseline"]),
    ("Keep returns below 3 %", ["health_metric"]),
    ("Obtain the organic certificate", ["milestone"]),
    ("Reduce waste in the kitchens", ["vague"]),
    ("Guests order a second time", ["no_number"]),
    ("Reach 90 % renewals", ["no_baseline"]),
    ("Raise renewals from 82 % to 90 %", []),
    ("Cut response time from 7 to 8 days", ["against"]),
    ("Print 12 maps and cut waste from 5 % to 5 %", ["against", "compound"]),
    ("TBD", ["placeholder"]),
    ("Umsatz um 5 % erhöhen", ["not_english"]),
]


@pytest.mark.parametrize(("text", "rules"), RANKED)
def test_the_most_useful_finding_comes_first_and_there_are_few(text, rules):
    assert [one.rule for one in advise(word_key_result(text))] == rules


def test_from_one_rhythm_to_another_needs_no_number():
    (one,) = judge_texts([Text("1", "Deploy freq. from weekly to daily")])
    assert (one.kind, one.advice) == ("outcome", ())
    assert one.rewrite.text.startswith("Deploy freq. from weekly to daily by [end of the cycle], ")


def test_a_sales_quota_needs_no_baseline():
    (quota, other) = judge_texts(
        [Text("1", "Close €1.2m in new bookings"), Text("2", "Win 9 clients")]
    )
    assert quota.advice == ()
    assert [one.rule for one in other.advice] == ["no_count_before"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Raise renewals from 82 % to 90 % while keeping the discount below 12 %", []),
        ("Win 20 clients and open a second shop while keeping cost at 9 %",
         ["compound", "no_baseline"]),
        ("Raise NPS from 32", ["no_target"]),
        ("Grow weekly active teams, currently 1200, by June", ["no_target"]),
        ("Win 9 clients from Leeds", ["no_count_before"]),
    ],
)  # fmt: skip
def test_a_guard_is_no_second_target_and_a_start_alone_is_no_target(text, rules):
    (item,) = judge_texts([Text("1", text)])
    assert [one.rule for one in item.advice] == rules


FITTED = [
    ("Launch a chatbot that answers 25 % of tickets", ["effect_behind"]),
    ("Release the app with a 4.5 star rating", ["effect_behind"]),
    ("Move the build to Ulm, build time 20 -> 8 min", ["effect_behind"]),
    ("Publish a guide with 12 chapters", ["counted_work"]),
    ("Train all agents on the new product", ["training"]),
    ("500 webinar registrations", ["no_count_before"]),
    ("Hit 120% of quota in the north", []),
    ("Hire 8 engineers and 2 designers", ["compound", "milestone"]),
    ("Obtain the organic certificate and win 5 shops that ask for it", []),
]


@pytest.mark.parametrize(("text", "rules"), FITTED)
def test_a_finding_fits_what_its_author_wrote(text, rules):
    (item,) = judge_texts([Text("1", text)])
    assert [one.rule for one in item.advice] == rules


OBJECTIVES = [
    ("Launch the loyalty card", ["objective_todo"]),
    ("15 % more members", ["objective_metric"]),
    ("Become the best-loved shop with 4.8 stars", ["objective_number"]),
    ("Customer happiness", ["objective_form"]),
    ("Delight customers of the repair shop this spring", []),
]


@pytest.mark.parametrize(("text", "rules"), OBJECTIVES)
def test_an_objective_is_a_goal_and_neither_a_task_nor_a_metric(text, rules):
    assert [one.rule for one in advise(word_objective(text))] == rules


def test_every_saying_has_a_reason_a_pair_and_a_question_that_hold():
    for rule, said in sayings().items():
        assert said.claim
        assert said.reason.endswith(".")
        assert said.question.endswith("?")
        objective = rule.startswith("objective")
        role = OBJECTIVE if objective else KEY_RESULT
        if said.weak:
            weak, strong = judge_texts([Text("1", said.weak, role), Text("2", said.strong, role)])
            assert rule in [one.rule for one in weak.advice], said.weak
            assert rule not in [one.rule for one in strong.advice], said.strong
    assert MOST == 3


def test_a_finding_points_at_the_words_it_speaks_of():
    (item,) = judge_texts([Text("1", "  Publish the  handbook")])
    where = wording_to_dict([item])["items"][0]["findings"][0]["where"]
    assert [item.given.text[start:end] for start, end in where] == ["Publish", "handbook"]


def test_a_contradiction_points_at_the_word_and_at_both_numbers():
    (item,) = judge_texts([Text("1", "Ship v2 and cut the bill from 900 to 940 a month")])
    finding = wording_to_dict([item])["items"][0]["findings"][0]
    assert [item.given.text[start:end] for start, end in finding["where"]] == ["cut", "900", "940"]


def test_the_json_keeps_its_keys():
    found = wording_to_dict(
        judge_texts([Text("1", "Write 10 posts"), Text("2", "Be loved", "objective")])
    )
    first, second = found["items"]
    assert list(first) == [
        "id", "text", "role", "kind", "confidence", "flags", "standard_form", "evidence",
        "findings", "rewrite",
    ]  # fmt: skip
    assert list(first["findings"][0])[-1] == "set_aside"
    assert list(first["flags"]) == [
        "number",
        "baseline_and_target",
        "deadline",
        "vague",
        "compound",
    ]
    assert list(second) == list(first)
    assert second["rewrite"] is None
    assert second["flags"]["vague"] is None
    assert found["set"] is None
    assert first["standard_form"] is None
    assert second["standard_form"] == {
        "verb": True, "outcome": True, "time_frame": False, "no_number": True,
    }  # fmt: skip


def client(texts, grades=()):
    """A small client: two teams with an objective each, key results in turn."""
    ids = [f"K{at}" for at in range(1, len(texts) + 1)]
    return Tables.from_frames(
        teams=pd.DataFrame(
            {"team": ["T1", "T2"], "name": ["North", "South"], "level": ["team", "department"],
             "function": ["sales", ""]}
        ),
        cycles=pd.DataFrame(
            {"cycle": ["C1"], "start": ["2026-01-01"], "end": ["2026-03-31"], "length": ["quarter"]}
        ),
        objectives=pd.DataFrame(
            {"objective": ["O1", "O2"], "title": ["Be loved", "Be fast"], "team": ["T1", "T2"],
             "cycle": ["C1", "C1"]}
        ),
        key_results=pd.DataFrame(
            {"key_result": ids, "objective": [("O1", "O2")[at % 2] for at in range(len(ids))],
             "text": list(texts)}
        ),
        grades=pd.DataFrame(
            {"key_result": [ids[at] for at, _ in grades], "manager": [f"M{n}" for n, _ in enumerate(grades)],
             "cycle": ["C1"] * len(grades), "grade": [grade for _, grade in grades]}
        ),
    )  # fmt: skip


def judged_set(tables):
    return judge_set(scope_of(tables, None, tables.standard), tables.standard)


def claims(together):
    return {finding.rule: finding for finding in together.findings}


TEN = [
    "Open the desk", "Cut the wait to 8 minutes", "Print the map", "Win 5 clients", "Write the guide",
    "Keep churn below 2 %", "Draw the plan", "Raise sales by 4 %", "Clean the hall", "Hire a cook",
]  # fmt: skip


def test_a_set_shows_outputs_by_team_and_level_numbers_and_too_many_at_once():
    together = judged_set(client(TEN))
    found = claims(together)
    assert (found["outputs"].count, found["outputs"].n) == (5, 10)
    assert found["outputs"].ids == ("K1", "K3", "K5", "K7", "K9")
    assert found["no_number"].count == 6
    assert (
        found["health_metrics"].claim == "1 of 10 key results (10 %) is a level to be kept (a KPI)."
    )
    assert found["too_many"].count == 2
    shares = together.shares.set_index(["by", "group"])
    assert shares.loc[("team", "North"), "share"] == 1
    assert shares.loc[("level", "department"), "outputs"] == 0
    assert shares.loc[("all", "all key results"), "n"] == 10


def test_whether_outputs_are_graded_higher_needs_grades_on_both_sides():
    few = [(0, 1.0)] * 10 + [(1, 0.4)] * 3
    lacking = claims(judged_set(client(TEN, few)))["graded"]
    assert not lacking.enough
    assert lacking.claim.endswith(
        "cannot be told: 10 grades of outputs and 3 of outcomes; at least 8 of each are needed."
    )
    many = [(0, 1.0)] * 8 + [(0, 0.5)] * 2 + [(1, 1.0)] * 2 + [(1, 0.4)] * 8
    found = claims(judged_set(client(TEN, many)))["graded"]
    # worked by hand: 0.8 - 0.2 = 0.6, and 1.96 * sqrt(2 * 0.16 / 10) = 0.35
    assert found.claim == (
        "Outputs were graded 1.0 in 80 % of 10 grades, outcomes in 20 % of 10; the two differ."
    )
    close = [(0, 1.0)] * 6 + [(0, 0.5)] * 4 + [(1, 1.0)] * 5 + [(1, 0.4)] * 5
    assert "cannot tell" in claims(judged_set(client(TEN, close)))["graded"].claim


def test_a_set_says_what_it_has_too_little_data_for_and_what_it_could_not_read():
    foreign = ["Umsatz um 5 % erhöhen", "Die Zahl der Kunden erhöhen", "Print the map"]
    found = claims(judged_set(client(foreign)))
    assert set(found) == {
        "outputs", "graded", "no_number", "too_many", "health_metrics", "template",
    }  # fmt: skip
    assert found["outputs"].claim.endswith("; 2 cannot be read by our rules.")
    assert [rule for rule, one in found.items() if not one.enough] == ["graded", "template"]
    assert not claims(judged_set(client(foreign[:2])))["outputs"].enough


def test_a_finding_set_aside_keeps_its_reason_beside_it():
    (item,) = judge_texts([Text("1", "Print the map")])
    aside = {("Print the map", "output"): "Agreed with the board."}
    found = wording_to_dict([item], None, aside)["items"][0]["findings"]
    assert found[0]["set_aside"] == "Agreed with the board."
    assert wording_to_dict([item])["items"][0]["findings"][0]["set_aside"] is None


def test_a_clients_texts_come_with_the_function_of_their_team():
    tables = client(TEN)
    texts = texts_of(scope_of(tables, None, tables.standard))
    assert [one.role for one in texts[:3]] == ["objective", "objective", "key_result"]
    assert {one.function for one in texts} == {"sales", ""}


def test_a_client_without_key_results_shows_nothing_and_raises_nothing():
    together = judged_set(Tables.from_frames())
    assert together.findings == ()
    assert together.shares.empty
