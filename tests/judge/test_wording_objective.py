"""A task or a metric in the place of an objective: what it is good for, and what would show it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrkit.judge.wording import OBJECTIVE, Text, judge_texts, rewrite_objective
from okrkit.judge.wording.library import topics
from okrkit.measure.wording import word_objective


def led(text):
    return rewrite_objective(text, word_objective(text))


TASKS = [
    ("Launch the loyalty card", "Make existing customers glad to stay with us by [end of the cycle]"),
    ("Implement a new CRM by end of Q2",
     "Enable sales to trust its own figures and decide on them by end of Q2"),
    ("Print the map", "Enable [whom] to [do what they cannot do today] by [end of the cycle]"),
    ("Launch the new portal so that families can book online",
     "Enable families to book online by [end of the cycle]"),
    ("Launch the new portal to reduce waiting for families",
     "Reduce waiting for families by [end of the cycle]"),
]  # fmt: skip


@pytest.mark.parametrize(("task", "goal"), TASKS)
def test_a_task_becomes_the_initiative_of_what_it_is_for(task, goal):
    better = led(task)
    assert better.text == goal
    assert better.initiatives == (task,)
    filled = re.sub(r"\[(end of the cycle)\]", "June", better.text)
    assert "[" in filled or word_objective(filled).in_standard_form


def test_a_metric_becomes_the_key_result_of_what_it_is_good_for():
    better = led("Increase revenue by 20 %")
    assert better.text.startswith("Become the first choice of the customers we serve best by ")
    assert better.others[0].startswith("Raise revenue by 20 %, from [baseline] to [target]")
    assert better.initiatives == ()


def test_a_goal_keeps_its_words_and_its_number_becomes_a_key_result():
    better = led("Become the best-loved shop with 4.8 stars")
    assert better.text == "Become the best-loved shop by [end of the cycle]"
    assert better.others == ("Move [metric] from [baseline] to 4.8 stars by [end of the cycle]",)


def test_a_goal_without_a_verb_keeps_its_words_behind_a_blank():
    assert led("Customer happiness").text == (
        "[action verb] customer happiness by [end of the cycle]"
    )


@pytest.mark.parametrize("text", ["Delight customers of the repair shop", "Umsatz erhöhen", ""])
def test_an_objective_that_is_one_and_what_is_not_read_are_left_alone(text):
    assert led(text) is None


def test_the_aim_of_every_topic_is_an_objective_in_the_standard_form():
    for topic in topics():
        assert not topic.aim or word_objective(f"{topic.aim} by June").in_standard_form, topic.aim


def test_what_is_found_fault_with_is_rewritten():
    texts = [task for task, _ in TASKS] + ["15 % more members", "Operational excellence"]
    for item in judge_texts(Text("1", text, OBJECTIVE) for text in texts):
        assert item.advice
        assert item.rewrite is not None


@given(st.text(max_size=120) | st.text(alphabet="ab 15%[]to with.become", max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_objective_is_given_a_number(text):
    better = led(text)
    if better is not None:
        assert set(re.findall(r"\d", better.text)) <= set(text)
