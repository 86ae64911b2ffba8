"""Who is linked with whom, drawn by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from okrkit.measure.grading.connections import measure_connections


def connected(pairs: str, cases: str = ""):
    """Grades and cases as words such as "Ap" (manager A, person p)."""
    compared = pd.DataFrame([tuple(w) for w in pairs.split()], columns=["manager", "person"])
    exercise = pd.DataFrame([tuple(w) for w in cases.split()], columns=["manager", "case"])
    return measure_connections(compared.astype("str"), exercise.astype("str"))


def test_people_graded_by_two_managers_link_them():
    #  A - p - B - q - C      D - r      E - s, t, u
    links = connected("Ap Bp Bq Cq Cq Dr Es Et Eu")
    table = links.table.set_index("manager")
    assert table["group"].to_dict() == {"A": 1, "B": 1, "C": 1, "D": 3, "E": 2}
    assert table["group_size"].to_dict() == {"A": 3, "B": 3, "C": 3, "D": 1, "E": 1}
    assert table["shared_people"].to_dict() == {"A": 1, "B": 2, "C": 1, "D": 0, "E": 0}
    assert table["n"].to_dict() == {"A": 1, "B": 2, "C": 2, "D": 1, "E": 3}
    assert table["people"].to_dict() == {"A": 1, "B": 2, "C": 1, "D": 1, "E": 3}
    assert (links.shared_people, links.groups) == (2, 3)
    assert links.group(1) == ("A", "B", "C")


def test_common_cases_link_managers_and_cases_of_one_manager_do_not():
    links = connected("Ap Bq Cr", "A1 B1 A2 C3 X1")
    table = links.table.set_index("manager")
    assert table["group"].to_dict() == {"A": 1, "B": 1, "C": 2}
    assert table["cases"].to_dict() == {"A": 1, "B": 1, "C": 0}  # X has no grades to compare


def test_a_person_and_a_case_of_one_name_are_two_things():
    assert connected("A1 B2", "A2 B3").groups == 2


def test_nobody_graded_is_no_group():
    links = connected("")
    assert (links.groups, links.shared_people, len(links.table)) == (0, 0, 0)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 8)), min_size=1, max_size=25))
def test_groups_are_what_walking_from_manager_to_manager_finds(pairs):
    links = connected(" ".join(f"{'ABCDEFG'[m]}{p}" for m, p in pairs))
    found = dict(zip(links.table["manager"], links.table["group"], strict=True))
    people = {m: {p for who, p in pairs if who == m} for m, _ in pairs}
    groups = {m: {m} for m in people}  # witness: join two groups as long as two share somebody
    for _ in people:
        for a in people:
            for b in people:
                if people[a] & people[b]:
                    groups[a] |= groups[b]
    for a in people:
        for b in people:
            assert (found["ABCDEFG"[a]] == found["ABCDEFG"[b]]) == (
                b in groups[a] or a in groups[b]
            )
    sizes = links.table.groupby("group").size()
    assert np.all(np.diff(sizes) <= 0)
