"""What teams share, worked by hand."""

from __future__ import annotations

import pandas as pd

from okrkit.measure.sharing import (
    measure_cross_team,
    measure_dependencies,
    measure_same_objectives,
)
from okrkit.tables import Tables

OBJECTIVES = Tables.from_frames(
    objectives=pd.DataFrame(
        [
            ("O1", "Renewals need no effort.", "A", "P1", "P2;P3", None, "Q1"),
            ("O2", "Renewals  need no EFFORT", "B", None, "P3", "O1", "Q1"),
            ("O3", "Quotes arrive the same day", "B", "P9", "P3;P8", None, "Q1"),
            ("O4", "!!!", "A", None, None, None, "Q1"),
            ("O5", "???", "B", None, None, None, "Q1"),
        ],
        columns=["objective", "title", "team", "owner", "co_owners", "parent", "cycle"],
        dtype=object,
    )
).objectives


def test_owners_and_co_owners_are_counted_by_team():
    involved = pd.DataFrame({"objective": ["O4", "O4"], "team": ["C", "B"]})
    table = measure_cross_team(OBJECTIVES, involved, {"P1": "A", "P2": "A", "P3": "B"}).table
    rows = table.set_index("objective")[["owned", "co_owned", "teams", "unplaced", "others"]]
    assert rows.loc["O1"].tolist() == [True, True, 2, 0, "B"]
    # the co-owner of O2 is of its own team
    assert "O2" not in rows.index
    # the owner's team is not known, so the objective's own stands in; P8's is not known either
    assert rows.loc["O3"].tolist() == [True, True, 1, 1, ""]
    assert rows.loc["O4"].tolist() == [False, False, 0, 0, "B;C"]
    assert "O5" not in rows.index


def test_titles_are_the_same_without_case_spaces_and_punctuation():
    table = measure_same_objectives(OBJECTIVES).table
    assert table["objective"].tolist() == ["O1", "O2"]
    assert table["cascaded"].tolist() == [True, True]


def test_the_same_title_within_one_team_is_not_in_several():
    assert measure_same_objectives(OBJECTIVES.assign(team="A")).table.empty


def test_dependencies_within_a_team_or_on_the_unknown_are_left_out():
    needs = Tables.from_frames(
        dependencies=pd.DataFrame(
            [("O1", "O2", "yes"), ("O1", "O4", "no"), ("O1", "lost", "no"), ("O3", "O1", None)],
            columns=["objective", "depends_on", "agreed"],
            dtype=object,
        )
    ).dependencies
    table = measure_dependencies(needs, OBJECTIVES).table
    assert table[["objective", "team", "other_team"]].to_numpy().tolist() == [
        ["O1", "A", "B"],
        ["O3", "B", "A"],
    ]
    assert table["agreed"].isna().tolist() == [False, True]
