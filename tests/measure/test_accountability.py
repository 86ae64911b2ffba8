"""Drivers, statuses, reds and greens, by hand and against a plain loop."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.measure.accountability import (
    measure_drivers,
    measure_green_runs,
    measure_reds,
    measure_statuses,
)
from okrkit.standard import NOT_DUE
from okrkit.tables import Tables

DAY = pd.Timestamp("2026-01-05")


def check_ins(days: list[tuple[int, str]], **columns: list[object]) -> pd.DataFrame:
    """Check-ins of one key result so many days after 5 January, as the door would give them."""
    rows = {
        "key_result": ["K1"] * len(days),
        "date": [(DAY + timedelta(day)).strftime("%Y-%m-%d") for day, _ in days],
        "status": [status for _, status in days],
        **columns,
    }
    frame = Tables.from_frames(check_ins=pd.DataFrame(rows, dtype=object)).check_ins
    return frame.assign(team="A")


def statuses(days: list[tuple[int, str]], *, closes: int = 27, cadence_days: int = 7):
    key_results = pd.DataFrame(
        {"key_result": ["K1"], "team": ["A"], "opens": [DAY], "closes": [DAY + timedelta(closes)]}
    )
    table = measure_statuses(key_results, check_ins(days), cadence_days=cadence_days).table
    return None if table.empty else tuple(table[["due", "given", "longest_gap"]].iloc[0])


def test_different_drivers_are_counted_once_each():
    frame = pd.DataFrame(
        {"key_result": list("abcd"), "team": "A", "driver": ["P1", "P1;P2", "P1;P1", None]}
    )
    assert measure_drivers(frame).table["drivers"].tolist() == [1, 2, 1, 0]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([], (4, 0, 4)),
        ([(0, "green"), (6, "green"), (7, "red")], (4, 2, 2)),
        ([(0, "green"), (14, "green")], (4, 2, 1)),
        ([(3, "green"), (9, "done")], (2, 2, 0)),  # none is due after the week it was done
        ([(3, "green"), (6, "done")], (1, 1, 0)),
        ([(-2, "done")], None),
        ([(-2, "done"), (15, "green")], (2, 1, 1)),  # taken up again in the third week
        ([(2, "paused"), (16, "green")], (3, 2, 1)),  # one week paused
        ([(-2, "green"), (28, "green")], (4, 0, 4)),
    ],
)
def test_statuses_are_due_in_full_weeks_until_the_key_result_is_over(days, found):
    assert statuses(days) == found


def test_only_full_windows_are_due():
    assert statuses([], closes=26) == (3, 0, 3)
    assert statuses([], closes=5) is None
    assert statuses([], closes=27, cadence_days=14) == (2, 0, 2)


@given(
    st.lists(
        st.tuples(st.integers(-9, 35), st.sampled_from(["green", "not_started", "paused", "done"])),
        max_size=9,
        unique_by=lambda pair: pair[0],
    ).map(sorted)
)
def test_statuses_agree_with_a_walk_window_by_window(days):
    due = given_ = gap = longest = 0
    for window in range(4):
        first, last = 7 * window, 7 * window + 6
        before = [status for day, status in days if day < first]
        within = [status for day, status in days if first <= day <= last]
        off = bool(before) and before[-1] in NOT_DUE
        if off and all(status in NOT_DUE for status in within):
            continue
        due += 1
        given_ += bool(within)
        gap = 0 if within else gap + 1
        longest = max(longest, gap)
    assert (statuses(days) or (0, 0, 0)) == (due, given_, longest)


def test_a_plan_is_yes_or_a_next_step_beside_a_red():
    days = [(0, "red"), (7, "red"), (14, "green")]
    reds = measure_reds(
        check_ins(days, has_plan=["no", None, None], next_step=["call", None, "go"])
    )
    assert reds.table["planned"].tolist() == [True]
    reds = measure_reds(check_ins(days, has_plan=["no", None, None], next_step=[None, None, "go"]))
    assert reds.table["planned"].tolist() == [False]
    reds = measure_reds(check_ins(days, has_plan=[None, "yes", None]))
    assert reds.table["planned"].tolist() == [True]
    assert reds.table["since"].tolist() == [DAY]
    assert reds.recording == {"A"}
    assert measure_reds(check_ins(days)).recording == frozenset()


def test_a_red_overwritten_on_the_same_day_was_no_red():
    assert measure_reds(check_ins([(0, "red"), (0, "green")])).table.empty
    assert len(measure_reds(check_ins([(0, "green"), (0, "red")])).table) == 1


def test_words_that_hold_a_place_are_no_drivers_and_joined_names_are_unclear():
    cells = ["TBD", "n/a", "-", "vacant", "P1;tbc", "Ada & Ben", "Ada, Ben", "7", "8", "Sales"]
    frame = pd.DataFrame({"key_result": cells, "team": "A", "driver": cells}, dtype="str")
    table = measure_drivers(frame, people={"7", "Ada, Ben"}, teams={"7", "8", "sales"}).table
    assert table["drivers"].tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
    assert table["several"].tolist() == [False] * 5 + [True] + [False] * 4
    assert table["like_team"].tolist() == [False] * 8 + [True, True]


def test_windows_with_only_unknown_words_are_told_apart():
    key_results = pd.DataFrame(
        {"key_result": ["K1"], "team": ["A"], "opens": [DAY], "closes": [DAY + pd.Timedelta("20D")]}
    )
    days = [(0, "unknown"), (7, "unknown"), (8, "green")]
    table = measure_statuses(key_results, check_ins(days), cadence_days=7).table
    assert table[["due", "given", "unknown"]].to_numpy().tolist() == [[3, 2, 1]]


def runs(days: list[tuple[int, str]], values: list[float | None]):
    table = measure_green_runs(check_ins(days, value=values), weeks_min=3, silence_days=14).table
    return [
        (row.weeks, row.values_, row.moved)
        for row in table.rename(columns={"values": "values_"}).itertuples()
    ]


def test_a_run_of_green_is_measured_from_its_first_to_its_last_week():
    greens = [(0, "green"), (7, "green"), (14, "green")]
    assert runs(greens, [1, 1, 1]) == [(3, 3, False)]
    assert runs(greens, [1, 2, 1]) == [(3, 3, True)]
    assert runs(greens, [None, 2, None]) == [(3, 1, pd.NA)]
    assert runs(greens[:2], [1, 1]) == []


def test_another_status_or_a_long_silence_ends_a_run():
    broken = [(0, "green"), (7, "yellow"), (14, "green"), (21, "green"), (28, "green")]
    assert runs(broken, [1, 1, 2, 2, 2]) == [(3, 3, False)]
    assert runs([(0, "green"), (14, "green"), (29, "green")], [1, 1, 1]) == [(3, 2, False)]


def test_the_last_status_of_a_day_is_the_days_status():
    days = [(0, "green"), (7, "red"), (7, "green"), (14, "green")]
    assert runs(days, [1, 9, 1, 1]) == [(3, 3, False)]


def test_the_longest_run_of_a_key_result_stands_for_it():
    days = [(day, "green") for day in (0, 7, 14)] + [(21, "red")]
    days += [(day, "green") for day in (28, 35, 42, 49)]
    assert runs(days, [1, 2, 3, 3, 4, 4, 4, 4]) == [(4, 4, False)]
