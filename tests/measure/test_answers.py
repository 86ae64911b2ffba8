"""Answers are counted, and nobody can be singled out by subtraction."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.measure.answers import OTHER_TEAMS, measure_answers
from okrkit.tables import Tables


def answers_of(rows, *, group_min=5):
    columns = ["respondent", "statement", "answer", "team", "level", "wave"]
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    return measure_answers(Tables.from_frames(answers=frame).answers, group_min=group_min)


def people(counts: dict[str, tuple[int, int]], *, column: str = "team"):
    """Answers to statement 1 from counts of yes and no by group."""
    number = 0
    rows = []
    for group, (yes, no) in counts.items():
        for word in ["yes"] * yes + ["no"] * no:
            number += 1
            team, level = (group, None) if column == "team" else (None, group)
            rows.append((f"R{number}", "1", word, team or None, level, None))
    return rows


def test_all_four_answers_are_counted_apart():
    words = ["yes", "yes", "no", "don't know", "n/a"]
    table = answers_of(
        [(f"R{n}", "2", word, None, None, None) for n, word in enumerate(words)]
    ).table
    assert table.to_numpy().tolist() == [[2, 2, 1, 1, 1]]


@pytest.mark.parametrize(
    ("waves", "latest"),
    [
        (["2026-Q1", "2026-Q2"], "2026-Q2"),
        (["Wave 2", "Wave 10"], "Wave 10"),
        (["Spring 2027", "Autumn 2026"], "Spring 2027"),
        ([None, "first"], "first"),
    ],
)
def test_only_the_latest_wave_counts_and_earlier_answers_are_counted(waves, latest):
    answers = answers_of([("R1", "1", "yes", None, None, wave) for wave in waves])
    assert (answers.wave, answers.earlier, answers.respondents) == (latest, 1, 1)


def test_items_of_other_instruments_are_not_the_five_statements():
    answers = answers_of(
        [("R1", "1", "yes", None, None, None), ("R2", "Q17", "yes", None, None, None)]
    )
    assert answers.respondents == 1


def shown(counts, **more):
    answers = answers_of(people(counts, **more))
    groups = answers.by_level if more.get("column") == "level" else answers.by_team
    return {row.group: (row.yes, row.n) for row in groups.itertuples()}


def test_large_teams_are_shown_as_they_are():
    assert shown({"A": (3, 2), "B": (6, 0)}) == {"A": (3, 5), "B": (6, 6)}


def test_small_teams_are_shown_together():
    assert shown({"A": (5, 0), "B": (2, 1), "C": (1, 1)}) == {"A": (5, 5), OTHER_TEAMS: (3, 5)}


def test_a_small_remainder_takes_the_smallest_large_team_along():
    # B alone could be got by subtracting A and C from the total
    assert shown({"A": (5, 1), "B": (1, 1), "C": (7, 1)}) == {"C": (7, 8), OTHER_TEAMS: (6, 8)}


def test_nothing_is_shown_when_everything_would_be_one_group():
    assert shown({"A": (5, 1), "B": (1, 1)}) == {}


def test_answers_without_a_team_are_among_the_others():
    assert shown({"A": (5, 0), "": (3, 3)}) == {"A": (5, 5), OTHER_TEAMS: (3, 6)}


def test_levels_are_shown_only_when_all_are_large():
    assert shown({"leader": (5, 0), "member": (3, 4)}, column="level") == {
        "leader": (5, 5),
        "member": (3, 7),
    }
    assert shown({"leader": (4, 0), "member": (3, 4)}, column="level") == {}
    assert shown({"member": (3, 4)}, column="level") == {}


@given(st.dictionaries(st.sampled_from("ABCDEFG"), st.tuples(*[st.integers(0, 9)] * 2), min_size=1))
def test_no_group_below_the_minimum_can_be_worked_out(counts):
    cells = shown(counts)
    total = sum(yes + no for yes, no in counts.values())
    assert all(n >= 5 for _, n in cells.values())
    if cells:
        assert sum(n for _, n in cells.values()) == total
        assert sum(yes for yes, _ in cells.values()) == sum(yes for yes, _ in counts.values())
