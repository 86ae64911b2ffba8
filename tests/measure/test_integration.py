"""Meetings, hours and silences, by hand and against a plain loop."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.measure.integration import is_regular, measure_linked_work, measure_silences
from okrkit.standard import DEFAULT_STANDARD, NOT_DUE

DAY = pd.Timestamp("2026-01-05")


@pytest.mark.parametrize(
    ("meeting", "regular"),
    [
        ("Sprint planning", True),
        ("SPRINT REVIEW", True),
        ("Quarterly business reviews", True),
        ("Daily stand-up", True),
        ("Sprint planning (OKR slot)", True),
        ("OKRs in sprint planning", True),
        ("Weekly team meeting, review", True),
        ("OKR review", False),
        ("Weekly OKR review", False),
        ("OKR weekly review", False),
        ("Quarterly review of OKRs", False),
        ("OKR meeting", False),
        ("OKR check-in", False),
        ("Objectives and Key Results review", False),
        ("Key result planning", False),
        ("entered alone", False),
        ("Previewing", False),
        ("One to one", False),
    ],
)
def test_a_meeting_of_the_programme_itself_is_never_a_regular_one(meeting, regular):
    assert is_regular(meeting, DEFAULT_STANDARD.regular_meetings) is regular


def test_without_regular_meetings_no_meeting_is_one():
    assert not is_regular("Sprint planning", ())


def test_hours_are_added_up_by_team():
    work = pd.DataFrame(
        {"team": ["A", "A", "B"], "hours": [2.0, 3.0, 4.0], "key_result": ["K1", None, "lunch"]}
    )
    table = measure_linked_work(work, key_results=["K1", "K2"]).table
    assert table.to_numpy().tolist() == [["A", 5, 2, 0], ["B", 4, 0, 4]]


def silence(days: list[tuple[int, str]], opens: int = 0, closes: int = 27):
    """The longest silence of one key result with check-ins so many days after 5 January."""
    key_results = pd.DataFrame(
        {
            "key_result": ["K1"],
            "team": ["A"],
            "opens": [DAY + timedelta(opens)],
            "closes": [DAY + timedelta(closes)],
        }
    )
    check_ins = pd.DataFrame(
        {
            "key_result": pd.Series(["K1"] * len(days), dtype="str"),
            "date": pd.to_datetime([DAY + timedelta(day) for day, _ in days]),
            "status": pd.Series([status for _, status in days], dtype="str"),
        }
    )
    table = measure_silences(key_results, check_ins).table
    return None if table.empty else (table["days"].iloc[0], (table["since"].iloc[0] - DAY).days)


@pytest.mark.parametrize(
    ("days", "longest"),
    [
        ([], (27, 0)),
        ([(7, "green"), (14, "red")], (13, 14)),
        ([(20, "green")], (20, 0)),
        ([(7, "green"), (8, "paused"), (25, "green")], (7, 0)),  # the pause does not count
        ([(6, "green"), (9, "done")], (6, 0)),  # nothing is due after the end
        ([(-3, "green"), (10, "green")], (17, 10)),
        ([(-3, "paused"), (10, "green"), (12, "green")], (15, 12)),
        ([(-3, "done")], None),
        ([(40, "green")], (27, 0)),  # after the span
    ],
)
def test_the_longest_silence_leaves_out_pauses_and_what_is_over(days, longest):
    assert silence(days) == longest


def test_a_key_result_that_has_not_opened_has_no_silence():
    assert silence([], opens=30, closes=27) is None


@given(
    st.lists(
        st.tuples(st.integers(-5, 30), st.sampled_from(["green", "red", "paused", "done"])),
        max_size=8,
        unique_by=lambda pair: pair[0],
    ).map(sorted)
)
def test_the_longest_silence_agrees_with_a_walk_day_by_day(days):
    given_on = dict(days)
    status = next((given_on[day] for day in range(0, -6, -1) if day in given_on), None)
    run = {}
    start = 0
    for day in range(1, 28):
        if status not in NOT_DUE:
            run[start] = day - start
        if day in given_on:
            status, start = given_on[day], day
    longest = max(run.values(), default=None)
    found = silence(days)
    assert (found[0] if found else None) == longest
