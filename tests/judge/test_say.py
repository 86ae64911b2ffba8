"""The rule for a group and for one person, and what may be shown of a group's answers."""

from __future__ import annotations

from itertools import product

import pytest

from okrkit.errors import UsageError
from okrkit.judge.person import active_killer, judge_person
from okrkit.judge.result import KillerStatus, Outcome
from okrkit.judge.say import outcome_of

YES, NO, UNKNOWN = Outcome.YES, Outcome.NO, Outcome.UNKNOWN


def by_every_way_it_could_turn_out(outcomes) -> bool | None:
    """Whatever the unknown statements turn out to be: three or fewer yes mean an active killer."""
    ways = product(*([YES, NO] if outcome is UNKNOWN else [outcome] for outcome in outcomes))
    active = {list(way).count(YES) <= 3 for way in ways}
    return active.pop() if len(active) == 1 else None


def test_the_group_rule_holds_for_all_outcomes_of_five_statements():
    every = list(product((YES, NO, UNKNOWN), repeat=5))
    assert len(every) == 3**5
    for outcomes in every:
        assert active_killer(outcomes) is by_every_way_it_could_turn_out(outcomes)


@pytest.mark.parametrize(
    ("yes", "no", "outcome"),
    [
        (5, 0, YES),
        (4, 0, UNKNOWN),
        (3, 2, YES),
        (2, 3, NO),
        (3, 3, NO),
        (0, 5, NO),
        (0, 0, UNKNOWN),
    ],
)
def test_a_statement_is_yes_when_more_than_half_of_at_least_five_say_so(yes, no, outcome):
    assert outcome_of(yes, no, 5) is outcome


def test_a_person_with_three_yes_has_an_active_killer_and_every_no_is_named():
    result = judge_person({1: "yes", 2: "no", 3: "yes", 4: "yes", 5: "dont_know"})
    assert (result.yes, result.active_killer) == (3, True)
    assert [killer.status for killer in result.killers] == [
        KillerStatus.NOT_ACTIVE,
        KillerStatus.ACTIVE,
        KillerStatus.NOT_ACTIVE,
        KillerStatus.NOT_ACTIVE,
        KillerStatus.UNKNOWN,
    ]
    assert result.sentence == (
        "You say yes to 3 of five statements, so at least one silent killer is active."
    )


def test_with_four_yes_the_one_no_is_still_named():
    result = judge_person({1: "yes", 2: "yes", 3: "no", 4: "yes", 5: "yes"})
    assert result.active_killer is False
    assert result.sentence.endswith("the one to watch is Alignment theater.")


def test_unanswered_statements_keep_the_result_open_only_while_they_matter():
    assert judge_person({1: "yes", 2: "yes"}).active_killer is None
    assert judge_person({1: "no", 2: "not_applicable"}).active_killer is True
    assert judge_person({}).active_killer is None


@pytest.mark.parametrize("answers", [{6: "yes"}, {1: "perhaps"}])
def test_other_statements_and_answers_are_refused(answers):
    with pytest.raises(UsageError, match="statements 1 to 5"):
        judge_person(answers)


def test_fewer_than_five_answers_are_hidden(audited, answered):
    audit = audited({"answers": answered({1: (4, 0), 2: (3, 2)})})
    first, second = audit.statements[0].said, audit.statements[1].said
    assert (first.yes, first.no, first.dont_know, first.not_applicable) == (None,) * 4
    assert first.why == "Fewer than 5 answered, so nothing is shown."
    assert (second.yes, second.no, second.outcome) == (3, 2, YES)


def test_few_yes_and_no_among_many_answers_are_hidden_and_decide_nothing(audited, answered):
    said = audited({"answers": answered({1: (3, 1, 4)})}).statements[0].said
    assert (said.yes, said.no, said.dont_know, said.outcome) == (None, None, None, UNKNOWN)
    assert said.why == "8 answered, fewer than 5 of them yes or no, so nothing more is shown."
    assert said.counted_share is None


def test_killers_follow_the_answers_and_a_single_no_is_named(audited, answered):
    audit = audited({"answers": answered({1: (6, 0), 2: (6, 0), 3: (2, 4), 4: (6, 0), 5: (5, 1)})})
    assert audit.active_killer is False
    assert [killer.status.value for killer in audit.killers] == [
        "not_active",
        "not_active",
        "active",
        "not_active",
        "not_active",
    ]
    assert [killer.id for killer in audit.killers] == [1, 2, 3, 4, 5]


def test_respondents_are_counted_only_when_there_are_enough(audited, answered):
    assert audited({"answers": answered({1: (4, 0)})}).respondents is None
    assert audited({"answers": answered({1: (6, 0), 2: (3, 0)})}).respondents == 6
