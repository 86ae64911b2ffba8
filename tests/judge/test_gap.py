"""People's answers beside the records, and the sentence on top."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from okrkit.judge.audit import run_audit

WORDS_MAX = 35
FULL = {1: (6, 2), 2: (6, 2), 3: (6, 2), 4: (7, 1), 5: (6, 2)}


def test_the_gap_says_both_halves_and_one_question(audited, answered, spaced):
    statement = audited({"answers": answered(FULL)}).statements[3]
    assert statement.gap_word == "Wide gap"
    assert spaced(statement.gap) == (
        "People report yes in 7 of 8 answers (88 %). "
        "The records we were given show 40 %: 8 of 20 weekly statuses given. "
        "Either may be incomplete; ask one team to show where last week’s status was given."
    )


def test_records_ahead_of_answers_are_said_as_well(audited, answered):
    # three of four teams follow the standard; one in four answers says so
    statement = audited({"answers": answered({1: (2, 6)})}).statements[0]
    assert statement.gap_word == "Records ahead of answers"


@pytest.mark.parametrize(
    ("answers", "records", "word"),
    [
        (False, True, "Only records"),
        (True, False, "Only answers"),
        (False, False, "Nothing to compare"),
    ],
)
def test_one_half_alone_is_named(audited, answered, answers, records, word):
    changes = {"answers": answered(FULL)} if answers else {}
    statement = audited({**changes, **({} if records else {"check_ins": None})}).statements[3]
    assert statement.gap_word == word


def test_both_halves_speak_of_the_same_teams(audited, answered, spaced):
    # only Product answered: its key results have 2 of 8 weekly statuses
    statement = audited({"answers": answered(FULL, team="T3")}).statements[3]
    assert (statement.done.count, statement.done.n) == (2, 8)
    assert (
        "Only the teams that answered, and those below them, are compared: 1 of 4 teams"
        in spaced(statement.gap)
    )
    assert statement.findings[1].n == 20


def test_answers_of_the_whole_company_stand_beside_all_records(audited, answered):
    statement = audited({"answers": answered(FULL, team="T0")}).statements[3]
    assert (statement.done.count, statement.done.n) == (8, 20)
    assert "Only the teams" not in statement.gap


def test_teams_that_answered_without_records_are_named(audited, answered, company, table):
    teams = table("team | name | parent_team | level", "T9 | Legal | T0 | team")
    both = company["teams"].to_dict("records") + teams.to_dict("records")
    frame = company["teams"].__class__(both, dtype=object)
    statement = audited({"teams": frame, "answers": answered(FULL, team="T9")}).statements[3]
    assert "Legal answered too, and the records hold no key results for them." in statement.gap
    assert statement.done.share is None
    assert statement.gap_word == "Only answers"


@pytest.mark.parametrize("team", [None, "T3"])
@pytest.mark.parametrize(
    "answers", [{}, {1: (5, 0)}, FULL, {id_: (1, 8) for id_ in range(1, 6)}, {1: (1, 1, 9)}]
)
@pytest.mark.parametrize(
    "without", [(), ("check_ins",), ("objectives", "key_results", "check_ins"), ("cycles", "teams")]
)
def test_the_verdict_is_one_sentence_of_at_most_35_words(audited, answered, team, answers, without):
    audit = audited({"answers": answered(answers, team), **dict.fromkeys(without)})
    assert len(audit.verdict.split()) <= WORDS_MAX
    assert audit.verdict.endswith(".")
    assert ". " not in audit.verdict
    for word in ("lie", "dishonest", "contradict", "nan", "None"):
        assert word not in audit.verdict.split()


def test_the_verdict_names_the_widest_gap(audited, answered, spaced):
    audit = audited({"answers": answered(FULL)})
    assert spaced(audit.verdict) == (
        "People say yes to five of five statements; records support two and speak against "
        "three; the widest gap is the weekly status: 88 % say yes, records show 40 %."
    )


def test_without_answers_no_killer_is_called_active(audited):
    audit = audited()
    assert audit.active_killer is None
    assert "killer" not in audit.verdict
    assert audit.verdict.startswith(
        "The records support two of five statements, speak against three;"
    )
    assert "no answers to compare" in audit.verdict


def test_with_answers_alone_the_rule_speaks(audited, answered, company):
    nothing = dict.fromkeys(company)
    audit = audited(
        {**nothing, "answers": answered({id_: (1, 8) for id_ in range(1, 6)})}, as_of=None
    )
    assert audit.verdict == (
        "People say yes to none of five statements, so at least one silent killer is active; "
        "the records given cannot be judged for any statement."
    )
    assert audit.as_of is None


def test_with_nothing_the_first_tables_to_add_are_named(audited, company):
    audit = audited(dict.fromkeys(company), as_of=None)
    assert audit.verdict.endswith("answers.csv and key_results.csv would be the first to add.")


def test_facts_and_notes_count_what_was_used_and_left_out(audited, answered):
    audit = audited({"answers": answered(FULL)}, as_of=date(2026, 1, 20))
    assert ("6", "key results in Q1") in audit.facts
    assert ("8", "people answered") in audit.facts
    assert ("1", "objective of other cycles left out") in audit.facts
    notes = [(note.text, note.count) for note in audit.notes]
    assert ("1 objective of other cycles than Q1, not judged", 1) in notes
    assert ("1 check-in after 2026-01-20, not known yet", 1) in notes


ONE_NO = {**FULL, 3: (2, 6)}


def test_a_single_no_is_named_in_the_verdict(audited, answered, company):
    audit = audited({"answers": answered(ONE_NO)})
    assert audit.active_killer is False
    assert "(the one no: Alignment theater)" in audit.verdict
    alone = audited({**dict.fromkeys(company), "answers": answered(ONE_NO)}, as_of=None)
    assert "by the rule none is active; the one no is Alignment theater;" in alone.verdict


def test_the_verdict_counts_what_the_records_cannot_tell(audited, answered):
    audit = audited({"answers": answered(FULL), "check_ins": None})
    assert "speak against three and cannot tell on one;" in audit.verdict


def test_teams_too_small_to_be_named_are_only_counted(audited, answered, company):
    few = answered({1: (2, 1)}, team="T9")
    many = answered(FULL, team="T3").assign(respondent=lambda frame: "X" + frame["respondent"])
    both = pd.DataFrame([*few.to_dict("records"), *many.to_dict("records")], dtype=object)
    gap = audited({"answers": both}).statements[0].gap
    assert "T9" not in gap
    assert "1 team answered too, and the records hold no key results for them." in gap


def test_facts_leave_out_what_was_not_judged(audited, company):
    facts = audited(as_of=date(2026, 1, 10)).facts
    assert not [text for _, text in facts if "statuses given" in text]
    facts = audited(dict.fromkeys(company), as_of=None).facts
    assert not [text for number, text in facts if number == "0" and "key result" in text]
    assert ("No", "date in the records, so no day to judge on") in facts


def test_a_date_far_after_all_others_is_noted(tables, company, table):
    late = table("key_result | date | status", "K1 | 2099-01-01 | green")
    frame = pd.DataFrame(
        [*company["check_ins"].to_dict("records"), *late.to_dict("records")], dtype=object
    )
    texts = [note.text for note in run_audit(tables({"check_ins": frame})).notes]
    assert "One date, 2099-01-01, stands far after all others; use --as-of" in texts
    texts = [note.text for note in run_audit(tables()).notes]
    assert not [text for text in texts if "stands far after" in text]
