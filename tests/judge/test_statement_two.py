"""Statement 2, worked by hand on the small company."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from okrkit.judge.finding import Verdict
from okrkit.standard import DEFAULT_STANDARD


def test_only_teams_that_record_meetings_count(found, spaced):
    # Sales: three of four in planning; Field: both in the OKR review; Product records none
    finding = found("regular_meetings")
    assert (finding.verdict, finding.count, finding.n, finding.value) == (Verdict.MET, 3, 6, 0.5)
    assert spaced(finding.claim) == (
        "3 of 6 check-ins (50 %) name a regular meeting such as planning, sprint or review; "
        "2 of 4 teams have no record of the meetings of check-ins: Company and Product."
    )


@pytest.mark.parametrize(
    ("blanks", "verdict"),
    [(1, Verdict.NOT_ENOUGH_DATA), (0, Verdict.NOT_MET), (3, Verdict.NOT_ENOUGH_DATA)],
)
def test_blank_meetings_leave_the_share_between_two_bounds(found, company, blanks, verdict):
    # six check-ins of Sales and Field, two in a planning; limit 50 %: 2 + blanks of 6
    check_ins = company["check_ins"].copy()
    meetings = ["Planning", "Planning", *["Demo"] * (4 - blanks), *[None] * blanks]
    check_ins["meeting"] = [*meetings, None, None, None]
    finding = found("regular_meetings", {"check_ins": check_ins})
    assert finding.count == 2
    assert finding.verdict is verdict


def test_the_bounds_are_said(found, company, spaced):
    check_ins = company["check_ins"].copy()
    check_ins["meeting"] = ["Planning", "Planning", "Demo", "Demo", "Demo", None, None, None, None]
    finding = found("regular_meetings", {"check_ins": check_ins})
    assert "1 names no meeting; so the share lies between 33 % and 50 %" in spaced(finding.claim)
    assert finding.why == "1 check-in names no meeting."


def test_no_check_ins_say_what_to_add(found):
    finding = found("regular_meetings", {"check_ins": None})
    assert finding.verdict is Verdict.NOT_ENOUGH_DATA
    assert finding.why == "Add check_ins.csv (key_result, date, status, meeting)."


def test_meetings_of_one_team_in_four_do_not_speak_for_all(found, company):
    check_ins = company["check_ins"].copy()
    check_ins.loc[4:, "meeting"] = None
    finding = found("regular_meetings", {"check_ins": check_ins})
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_ENOUGH_DATA, 3, 4)
    assert finding.why == "Only 1 of 4 teams has a record of the meetings of check-ins."


WORK = (
    "item | team | person | week | hours | key_result",
    "W1 | T1 | | 2026-W02 | 10 | K1",
    "W2 | T1 | | 2026-W03 | 30 |",
    "W3 | | P2 | 2026-W03 | 20 | K3",
    "W4 | T3 | | 2026-W03 | 40 |",
    "W5 | T1 | | 2025-W50 | 99 | K9",
    "W6 | T1 | | 2026-W20 | 99 | K1",
)


def test_hours_count_in_teams_that_link_any_within_the_cycle(found, table, spaced):
    # T1: 10 of 40, T2: 20 of 20, T3 links none; weeks before the cycle and after the day left out
    finding = found("work_linked", {"work": table(*WORK)})
    assert (finding.count, finding.n, finding.value) == (30, 60, 0.5)
    assert finding.verdict is Verdict.MET
    assert spaced(finding.claim).startswith(
        "30 of 60 hours logged by 2 teams that link any name a key result (50 %); "
    )
    assert finding.rows.rows[0] == ("Sales", "10", "40", "25\N{NO-BREAK SPACE}%")


def test_hours_without_any_link_are_not_a_no(found, table):
    work = table(*WORK).assign(key_result=None)
    finding = found("work_linked", {"work": work})
    assert finding.verdict is Verdict.NOT_ENOUGH_DATA
    assert finding.why == "Name the key result in the column key_result of work.csv."


def test_the_longest_silence_is_a_median_over_key_results(found, spaced):
    # days: K1 7, K3 14, K4 18, K2 and K5 27
    finding = found("longest_silence")
    assert (finding.verdict, finding.value, finding.count, finding.n) == (Verdict.NOT_MET, 18, 3, 5)
    assert not finding.at_least
    assert spaced(finding.claim).startswith(
        "At the median of 5 key results the longest silence is 18 days; 3 of 5 key results (60 %) "
        "were silent for more than 14 days in a row"
    )
    assert finding.where.ids == ("K2", "K5", "K4")


def test_a_longer_patience_re_judges_the_same_silence(found):
    finding = found("longest_silence", standard=replace(DEFAULT_STANDARD, silence_days_max=18))
    assert (finding.verdict, finding.value, finding.limit) == (Verdict.MET, 18, 18)


def test_hours_that_name_no_key_result_of_the_records_are_not_linked(found, table, spaced):
    work = table(*WORK)
    work.loc[2, "key_result"] = "lunch"
    finding = found("work_linked", {"work": work})
    assert (finding.count, finding.n) == (10, 40)
    assert "20 hours name something that is no key result in the records" in finding.claim
    finding = found("work_linked", {"work": work.assign(key_result="lunch")})
    assert finding.why == "The key_result ids in work.csv match none of the key results."


def test_a_young_cycle_cannot_show_a_silence(found):
    finding = found("longest_silence", as_of=date(2026, 1, 20))
    assert finding.verdict is Verdict.NOT_ENOUGH_DATA
    assert finding.why.endswith("only 16 days of their cycle have passed.")


def test_records_that_end_early_are_no_silence_after_their_end(found, company, audited):
    # all records end on 26 January; the day is 1 April
    early, late = (found("longest_silence", as_of=date(2026, *day)) for day in ((1, 26), (4, 1)))
    assert late.value == early.value
    assert "the records end on 2026-01-26" in late.claim
    notes = [note.text for note in audited(as_of=date(2026, 4, 1)).notes]
    assert any(note.startswith("The records end on 2026-01-26") for note in notes)
    assert found("weekly_status", as_of=date(2026, 4, 1)).n == 15


def test_meetings_that_do_not_count_are_named_when_the_limit_is_not_met(found, company):
    finding = found("regular_meetings", {"check_ins": company["check_ins"].assign(meeting="Runde")})
    assert finding.verdict is Verdict.NOT_MET
    assert "not counted as regular: Runde" in finding.claim
    assert "regular_meetings in the standard" in finding.innocent


def test_check_ins_that_match_no_key_result_are_said_to_be_so(found, company):
    lost = company["check_ins"].assign(key_result="X")
    for rule in ("regular_meetings", "longest_silence", "weekly_status", "red_with_plan"):
        why = found(rule, {"check_ins": lost}).why
        assert why == "The key_result ids in check_ins.csv match none of the key results."


def test_less_than_an_hour_is_not_called_nothing(found, table, spaced):
    work = table(
        "item | team | week | hours | key_result",
        "W1 | T1 | 2026-W02 | 0.3 | K1",
        "W2 | T1 | 2026-W02 | 0.4 | ",
    )
    assert spaced(found("work_linked", {"work": work}).claim).startswith("0.3 of 0.7 hours logged")
