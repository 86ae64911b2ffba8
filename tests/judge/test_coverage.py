"""What `okrkit read` says can be judged."""

from __future__ import annotations

from okrkit.judge.coverage import coverage
from okrkit.tables import Tables, empty_tables


def test_statements_are_judged_partly_or_not(company):
    company.pop("check_ins")
    told = coverage(Tables.from_frames(**company))
    assert told.judged == (1, 3, 5)
    assert told.partly == (4,)
    first = told.to_text().splitlines()[0]
    assert first == (
        "With these files: 1, 3 and 5; partly 4; "
        "add check_ins.csv (key_result, date, status, meeting) for 2; "
        "add check_ins.csv (key_result, date, status) for 4; "
        "add answers.csv (respondent, statement, answer) for what people say."
    )


def test_rules_that_lack_something_else_are_listed_below(company):
    lines = coverage(Tables.from_frames(**company)).to_text().splitlines()
    assert (
        "  2 Hours linked to a key result: Add work.csv (item, week, hours, team, key_result)."
        in lines
    )
    assert len(lines) == 1 + 3


def test_an_empty_folder_can_judge_nothing():
    told = coverage(empty_tables())
    assert (told.judged, told.partly, len(told.missing)) == ((), (), 18)
    assert told.to_text().startswith("With these files: no statement fully; ")
