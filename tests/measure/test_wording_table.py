"""Numbers, baselines and deadlines of a key result, any text at all, and the table of all of them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrkit.measure.wording import KINDS, measure_wording, word_key_result

NUMBERED = [
    ("Visit 40 schools", True),
    ("Hire two nurses", True),
    ("Halve the number of complaints", True),
    ("Reach $1.2m in sales", True),
    ("At least one open day per month", True),
    ("Return on ad spend of 4:1", True),
    ("Cut response time to <2h", True),
    ("Ship v2 of the app in Q3", False),
    ("Pass the SOC 2 audit in H1 FY25", False),
    ("Move the archive to k8s by 31 March 2027", False),
    ("Upgrade Kubernetes 1.30 and Python 3", False),
    ("Tier 1 and 2 handbook", False),
    ("Review 3rd party contracts", False),
    ("Report churn for the last 30 days", False),
    ("Open the 24/7 desk", False),
    ("Run the 2 day workshop", False),
    ("A 2 day turnaround for repairs", True),
    ("One of the depots is closed", False),
    ("Weekly 1:1s with everyone", False),
    ("Follow https://example.org/plan/2027?page=12", False),
    ("Move the three old inboxes", True),
    ("Sign one baker", True),
    ("Shrink the form to one page", True),
    ("Lost parcels: none", True),
    ("Issue 17 permits", True),
    ("Issue 17 is closed", False),
    ("Cost per meal < USD 6", True),
    ("Guides sent out two weeks before the fair", False),
    ("Close claims older than 90 days", False),
    ("Ready with the 2027.2 release", False),
    ("Answer letters in 4h", True),
]


@pytest.mark.parametrize(("text", "has_number"), NUMBERED)
def test_only_a_number_that_decides_is_a_number(text, has_number):
    assert word_key_result(text).has_number is has_number


FROM_TO = [
    ("Cut the time to a quote from 6 to 2 days", True),
    ("NPS of 45, up from 32", True),
    ("Churn 8 % → 5 %", True),
    ("Reach 60 % renewals (currently 48 %)", True),
    ("Increase basket value to €45 from €38", True),
    ("Raise renewals to 90 %", False),
    ("Between 5 and 10 new members", False),
    ("Move the desk from room 3 to room 5", False),
    ("Grow sales from Q1 to Q3 by 5 %", False),
    ("Sick leave 6.4 % to 5.5 %", True),
    ("Page opens: 2.3 s before, 1.2 s after", True),
    ("Churn in spring: was 38 %, should be 29 %", True),
    ("Idle time 15 % instead of 25 %", True),
    ("Cut the 900 open cases to 300", True),
    ("Score of 45 vs 32 last year", True),
    ("Waiting time of 3h, down from 4h", True),
    ("Sales ⇒ from €4m to €5m", True),
    ("Hire 5 to 7 cooks", False),
    ("Win 20 clients from 3 towns", False),
    ("Letters per 1,000 members drop to 11", False),
    ("Move 30 desks to 2 halls", False),
    ("Close the books in 5 days instead of 9", True),
    ("Email open rate 18->25%", True),
    ("Activation rate (D7) 22% to 35% by June", True),
    ("Reach a margin of 22% to 25%", False),
    ("A team of size 5 to 7", False),
]


@pytest.mark.parametrize(("text", "both"), FROM_TO)
def test_a_baseline_needs_its_target(text, both):
    assert word_key_result(text).has_baseline_and_target is both


DEADLINES = [
    ("Find 90 % of faults before customers notice", False),
    ("Win 5 clients by 30 June", True),
    ("Win 5 clients by end of Q3", True),
    ("Win 5 clients in Q3", True),
    ("Win 5 clients this quarter", True),
    ("Win 5 clients before Christmas", True),
    ("Win 5 clients by 2027-03-31", True),
    ("Win 5 clients by March", True),
    ("Win 5 clients by EOY", True),
    ("Win 5 clients until the end of the season", True),
    ("Win 5 clients a month", False),
    ("Answer within 2 days", False),
    ("Beat sales of last quarter", False),
    ("Publish the 2027 roadmap", False),
    ("Write the plan for Q3", False),
    ("Members may book online", False),
]


@pytest.mark.parametrize(("text", "has_deadline"), DEADLINES)
def test_a_deadline_says_by_when(text, has_deadline):
    assert word_key_result(text).has_deadline is has_deadline


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text):
    assert word_key_result(text).kind in KINDS


@given(st.text(alphabet="ab 1.,-/:%$<>()[]→\n'\"", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_heap_of_marks_and_digits_is_read(text):
    assert word_key_result(text).kind in KINDS


@pytest.mark.parametrize(
    "part",
    ["a", "a ", "1", "1,", "a.", "a-", "(", "1/", "to run ", "from 1 to 2 ", "and ", "1 and ",
     "tier 1, ", "ensure that ", "\U0001f642", "<1", "x@", "שלום ", "مرحبا 5 % ", "\n", "now 1 "],
)  # fmt: skip
def test_a_cell_of_32_000_characters_is_read(part):
    text = (part * 32_000)[:32_000]
    assert word_key_result(text).kind in KINDS


def key_results(**columns):
    rows = len(columns["text"])
    given_ids = [f"K{number}" for number in range(1, rows + 1)]
    empty = {"baseline": [None] * rows, "target": [None] * rows, "due": [None] * rows}
    frame = pd.DataFrame({"key_result": given_ids, **empty, **columns})
    frame["text"] = frame["text"].astype("str")
    return frame.astype({"baseline": "float64", "target": "str", "due": "datetime64[ns]"})


def test_the_table_has_a_row_for_each_key_result_on_the_index_it_came_with():
    frame = key_results(text=["Publish a guide", "Raise renewals to 90 % by May"])
    frame.index = pd.Index([4, 9], name="row")
    before = frame.copy()
    table = measure_wording(frame).table
    assert list(table.columns) == [
        "key_result", "kind", "confidence", "has_number", "has_baseline_and_target", "has_deadline",
        "vague", "compound", "evidence",
    ]  # fmt: skip
    pd.testing.assert_index_equal(table.index, frame.index)
    assert table["key_result"].to_list() == ["K1", "K2"]
    assert table["kind"].to_list() == ["output", "outcome"]
    assert table["has_number"].to_list() == [False, True]
    assert table["has_deadline"].to_list() == [False, True]
    pd.testing.assert_frame_equal(frame, before)


def test_baseline_and_target_columns_count_as_the_key_results_own_words():
    frame = key_results(
        text=["Raise renewals"] * 4,
        baseline=[82, 82, None, 82],
        target=["90 %", "SOC 2", "90", None],
    )
    table = measure_wording(frame).table
    assert table["has_baseline_and_target"].to_list() == [True, False, False, False]
    assert table["has_number"].to_list() == [True, False, True, False]


def test_a_due_date_is_a_deadline():
    frame = key_results(text=["Raise renewals"] * 2, due=["2027-03-31", None])
    assert measure_wording(frame).table["has_deadline"].to_list() == [True, False]


def test_a_missing_text_is_unclear_and_says_so():
    table = measure_wording(key_results(text=["Publish a guide", None])).table
    assert table["kind"].to_list() == ["output", "unclear"]
    assert table["evidence"].to_list()[1] == "no text given"


def test_no_key_results_give_an_empty_table_with_all_its_columns():
    frame = key_results(text=["Publish a guide"])
    pd.testing.assert_frame_equal(
        measure_wording(frame.iloc[:0]).table, measure_wording(frame).table.iloc[:0]
    )
