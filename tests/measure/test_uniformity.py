"""How alike teams work, worked by hand."""

from __future__ import annotations

import pandas as pd

from okrkit.measure.uniformity import measure_cadence, measure_counts, measure_usage


def test_usage_counts_objectives_by_team_and_word_and_leaves_blanks_out():
    frame = pd.DataFrame(
        {"team": ["A", "A", "B", "C"], "scale": ["0-1", "1-5", "1-5", None]}, dtype="str"
    )
    usage = measure_usage(frame, "scale")
    assert usage.table.to_numpy().tolist() == [["A", "0-1", 1], ["A", "1-5", 1], ["B", "1-5", 1]]
    assert usage.most_common == "1-5"


def test_the_most_common_word_of_equals_is_the_first_in_the_alphabet():
    frame = pd.DataFrame({"team": ["A", "B"], "scale": ["b", "a"]}, dtype="str")
    assert measure_usage(frame, "scale").most_common == "a"
    assert measure_usage(frame[:0], "scale").most_common == ""


def test_the_rhythm_counts_days_between_check_ins_of_one_key_result():
    days = ["2026-01-01", "2026-01-08", "2026-01-08", "2026-01-22", "2026-03-01", "2026-01-05"]
    frame = pd.DataFrame(
        {
            "key_result": ["K1", "K1", "K1", "K1", "K2", "K3"],
            "team": ["A", "A", "A", "A", "A", "B"],
            "date": pd.to_datetime(days),
        }
    )
    table = measure_cadence(frame).table.set_index("team")
    # A: 7 and 14 days of K1 (two check-ins on one day are one), nothing between K1 and K2
    assert table.loc["A"].tolist() == [5, 2, 10.5]
    assert table.loc["B", "gaps"] == 0
    assert pd.isna(table.loc["B", "median_days"])


def test_individuals_count_for_themselves():
    objectives = pd.DataFrame(
        {
            "objective": ["O1", "O2", "O3", "O4"],
            "team": ["A"] * 4,
            "cycle": ["Q1"] * 4,
            "level": ["team", "individual", "individual", "individual"],
            "owner": [None, "P1", "P1", "P2"],
        },
        dtype="str",
    )
    key_results = pd.DataFrame({"objective": ["O1", "O1", "O3"]}, dtype="str")
    table = measure_counts(objectives, key_results).table.set_index("level")
    assert table.loc["team", ["objectives", "key_results"]].tolist() == [1, 2]
    assert table.loc["individual", ["objectives", "key_results"]].tolist() == [2, 1]
