"""Weak key results turned into outcomes: what is known is kept, what is not stays a named blank."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrkit.judge.wording import Draft, rewrite
from okrkit.judge.wording.library import topic_of, topics
from okrkit.measure.wording import word_key_result

PAIRS = [
    ("Write 10 blog posts", "qualified leads from organic search"),
    ("Launch the new mobile app", "daily active users"),
    ("Launch the new mobile app", "crash rate"),
    (
        "Run a training workshop for managers",
        "manager effectiveness score in the next pulse survey",
    ),
    ("Complete the customer advisory board program", "net promoter score among advisory-board"),
    ("Launch the campaign", "demo requests per month"),
    ("I want to improve customer service", "average resolution time"),
    ("I want to improve customer service", "CSAT"),
    ("Launch v2", "activation of new users within 60 days of launch"),
]


@pytest.mark.parametrize(("weak", "named"), PAIRS)
def test_a_weak_key_result_is_led_to_the_metric_a_consultant_would_name(weak, named):
    better = rewrite(weak)
    assert named in better.text
    assert word_key_result(better.text).kind == "outcome"


def test_work_becomes_the_initiative_with_its_own_number():
    better = rewrite("Hold 12 tastings by 30 June")
    assert better.initiatives == ("Hold 12 tastings by 30 June",)
    assert "12" not in better.text
    assert "by 30 June" in better.text
    assert better.blanks == ("[baseline]", "[target]", "[level]")


def test_two_pieces_of_work_are_two_initiatives():
    better = rewrite("Open the counter and train all drivers by June")
    assert better.initiatives == ("Open the counter", "Train all drivers by June")


def test_an_outcome_keeps_its_metric_and_its_numbers():
    given_text = "Cut the wait from 25 to 8 minutes by May while keeping cost under 9 %"
    better = rewrite(given_text)
    assert better.text == given_text
    assert better.keeps
    assert not better.blanks


def test_a_change_is_not_taken_for_the_target():
    better = rewrite("Increase renewals by 20 % this spring")
    assert better.text.startswith(
        "Increase renewals by 20 % this spring (from [baseline] to [target]), "
    )


def test_a_season_in_a_name_is_no_date():
    assert "by [end of the cycle]" in rewrite("Launch the spring campaign").text


def test_a_name_with_a_digit_stays_in_the_metric():
    better = rewrite("Bring p95 checkout latency under 400ms")
    assert better.metric == "p95 checkout latency"
    assert better.text.startswith("Bring p95 checkout latency under 400ms by [end of the cycle] (")


def test_a_state_keeps_its_sentence_and_asks_where_it_stands_today():
    better = rewrite("40 % of guests come back")
    assert better.text.startswith(
        "40 % of guests come back by [end of the cycle] (today: [baseline]), while keeping "
    )


OWN_SENTENCES = [
    ("Churn falls to 5 %", "Churn falls from [baseline] to 5 % by [end of the cycle], "),
    ("Cut calls to under 90 a day by May", "Cut calls from [baseline] to under 90 a day by May, "),
    ("Fewer orders go missing", "Fewer orders go missing: from [baseline] to [target] by [end of"),
    ("Reduce waste", "Reduce waste from [baseline] to [target] by [end of the cycle], "),
    ("Double the number of members", "Double the number of members by [end of the cycle] (today: "),
    ("Take €90k in sales", "Take €90k in sales by [end of the cycle] (today: [baseline]), "),
    ("Cut scrap by a third", "Cut scrap by a third by [end of the cycle] ("),
]


@pytest.mark.parametrize(("text", "begins"), OWN_SENTENCES)
def test_an_outcome_stays_in_its_authors_words_and_gets_the_blanks_it_lacks(text, begins):
    assert rewrite(text).text.startswith(begins)


def test_work_beside_an_outcome_becomes_its_initiative():
    better = rewrite("Open two depots and cut delivery time from 5 to 3 days")
    assert better.text.startswith("Cut delivery time from 5 to 3 days by [end of the cycle], ")
    assert better.initiatives == ("Open two depots",)


def test_a_wish_that_nobody_can_count_is_led_to_a_measure_and_is_no_initiative():
    better = rewrite("Become the market leader in the valley")
    assert "[target]" in better.blanks
    assert not better.initiatives


def test_the_guard_is_not_the_metric_itself():
    assert "keeping the satisfaction" not in rewrite("Improve customer satisfaction").text
    assert "promoter score at" not in rewrite("Increase NPS from 30 to 45").text


TOPICS = [
    ("Publish the data protection policy", "security and compliance"),
    ("Redesign the careers page", "hiring"),
    ("Refactor the payment service", "engineering delivery"),
    ("Send a monthly newsletter to donors", "members, donors and volunteers"),
    ("Implement the ERP system in all three warehouses", "operations and delivery"),
    ("Ship dark mode", "product feature"),
]


@pytest.mark.parametrize(("text", "topic"), TOPICS)
def test_the_topic_is_the_one_the_author_works_in(text, topic):
    assert topic_of(text).name == topic


def test_a_milestone_stays_and_is_paired_with_its_impact():
    better = rewrite("Pass the ISO 27001 audit")
    assert better.text.startswith("Pass the ISO 27001 audit, and ")
    assert better.keeps
    assert "[target]" in better.blanks


def test_a_level_to_be_kept_becomes_the_guard():
    better = rewrite("Keep uptime at 99.9 %")
    assert better.guard == "Keep uptime at 99.9 %"
    assert better.text.endswith("and keep uptime at 99.9 %")


@pytest.mark.parametrize("text", ["", "TBD", "Umsatz um 5 % erhöhen", "\U0001f642"])
def test_what_is_no_key_result_in_english_is_not_rewritten(text):
    assert rewrite(text) is None


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_rewrite_holds_a_digit_the_text_does_not_hold(text):
    better = rewrite(text)
    library = {digit for topic in topics() for metric in topic.metrics for digit in metric.name}
    if better is not None:
        unknown = set(re.findall(r"\d", better.text)) - set(text) - library
        assert not unknown


def test_the_function_of_a_team_decides_where_words_do_not():
    assert topic_of("Do better", function="finance").function == "finance"
    assert topic_of("Do better").name == "any work"


def test_every_topic_has_metrics_guards_and_a_question_and_no_number_as_a_target():
    for topic in topics():
        assert topic.metrics
        assert topic.guards
        assert topic.question.endswith("?")
        assert {metric.way for metric in topic.metrics} <= {"up", "down"}


def test_every_suggestion_reads_as_an_outcome_once_its_blanks_are_filled():
    for topic in topics():
        for metric in topic.metrics:
            verb = {"up": "Raise", "down": "Cut"}[metric.way]
            filled = f"{verb} {metric.name} from 20 to 35 by June"
            assert word_key_result(filled).kind == "outcome", filled


def test_a_coach_takes_the_place_of_the_rules():
    heard = []

    def coach(draft: Draft):
        heard.append(draft.topic.name)
        return draft.text.upper()

    assert rewrite("Write 10 blog posts", coach=coach) == "WRITE 10 BLOG POSTS"
    assert heard == ["blog and search content"]
