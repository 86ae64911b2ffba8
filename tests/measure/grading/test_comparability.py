"""Which grades may be compared: one small company for each reason why not."""

from __future__ import annotations

import pandas as pd
import pytest

from okrkit.measure.grading.comparability import Comparability, measure_comparability
from okrkit.tables import Tables, empty_tables


def grades(*rows: tuple) -> pd.DataFrame:
    """Rows of key result, manager, person, cycle, grade."""
    return pd.DataFrame(rows, columns=["key_result", "manager", "person", "cycle", "grade"])


FOUR = (
    ("K1", "Ann", "Cy", "Q1", 0.7),
    ("K2", "Ann", "Di", "Q1", 0.5),
    ("K3", "Bo", "Cy", "Q1", 0.8),
    ("K4", "Bo", "Ed", "Q1", 0.6),
)


def key_results(**driver: str) -> pd.DataFrame:
    rows = [(f"K{i}", f"O{i}", "Sell", driver.get(f"K{i}")) for i in range(1, 5)]
    return pd.DataFrame(rows, columns=["key_result", "objective", "text", "driver"])


def objectives(**scale: str) -> pd.DataFrame:
    rows = [(f"O{i}", "Grow", "T1", "Q1", scale.get(f"O{i}")) for i in range(1, 5)]
    return pd.DataFrame(rows, columns=["objective", "title", "team", "cycle", "scale"])


def found(*rows: tuple, until: str | None = None, **tables: pd.DataFrame) -> Comparability:
    given = Tables.from_frames(grades=grades(*(rows or FOUR)), **tables)
    day = None if until is None else pd.Timestamp(until)
    return measure_comparability(given, house_scale="0-1", until=day)


def reasons(result: Comparability) -> list[str]:
    return result.table["aside"].tolist()


def test_grades_alone_are_all_compared():
    result = found()
    assert reasons(result) == [""] * 4
    assert (result.scale, result.length, result.measured, result.computed) == ("0-1", "", 0, 0)
    assert result.table[["scale", "length", "type", "team"]].isna().all(axis=None)


def test_a_manager_who_drives_the_key_result_or_is_the_person_grades_themselves():
    assert reasons(found(key_results=key_results(K1="Ann", K3="Cy;Bo"))) == [
        "self_graded",
        "",
        "self_graded",
        "",
    ]
    rows = (*FOUR[:3], ("K4", "Bo", "Bo", "Q1", 0.6))
    assert reasons(found(*rows)) == ["", "", "", "self_graded"]


def test_another_scale_than_most_is_set_aside_whatever_its_dash():
    scales = {"O1": "0-1", "O2": "0–1", "O3": "1-5"}  # noqa: RUF001
    rows = (*FOUR[:2], ("K3", "Bo", "Cy", "Q1", 4), FOUR[3])
    result = found(*rows, key_results=key_results(), objectives=objectives(**scales))
    assert reasons(result) == ["", "", "other_scale", ""]
    assert result.scale == "0-1"
    assert result.table["given"].tolist() == [0.7, 0.5, 0.75, 0.6]  # 4 on 1-5 is three quarters


def test_most_grades_decide_the_scale_and_the_house_scale_wins_a_tie():
    rows = (*FOUR[:2], ("K3", "Bo", "Cy", "Q1", 4), ("K4", "Bo", "Ed", "Q1", 3))
    tie = found(*rows, key_results=key_results(), objectives=objectives(O3="1-5", O4="1-5"))
    assert tie.scale == "0-1"
    more = (("K1", "Ann", "Cy", "Q1", 2), *rows[1:])
    most = objectives(O1="1-5", O3="1-5", O4="1-5")
    assert reasons(found(*more, key_results=key_results(), objectives=most)) == [
        "",
        "other_scale",
        "",
        "",
    ]


def test_another_cycle_length_than_most_is_set_aside():
    cycles = pd.DataFrame(
        [("Q1", "2026-01-01", "2026-03-31", "quarter"), ("Y", "2026-01-01", "2026-12-31", "year")],
        columns=["cycle", "start", "end", "length"],
    )
    rows = (*FOUR, ("K5", "Ann", "Cy", "Y", 0.5), ("K6", "Bo", "Cy", "Y", 0.5))
    result = found(*rows, cycles=cycles)
    assert reasons(result) == ["", "", "", "", "other_length", "other_length"]
    assert result.length == "quarter"
    early = found(*rows, cycles=cycles, until="2026-06-30")
    assert reasons(early)[4:] == ["later", "later"]
    assert len(early.known) == 4


def test_a_cycle_one_manager_alone_graded_is_set_aside():
    rows = (*FOUR, ("K5", "Ann", "Cy", "Q2", 0.5))
    assert reasons(found(*rows)) == ["", "", "", "", "lone_cycle"]


def test_one_manager_alone_is_not_called_a_lone_cycle():
    assert reasons(found(*FOUR[:2])) == ["", ""]


def test_the_only_driver_stands_for_a_person_who_is_not_recorded():
    rows = tuple((key, who, None, cycle, grade) for key, who, _, cycle, grade in FOUR)
    result = found(*rows, key_results=key_results(K1="Cy", K2="Di;Ed", K3="Cy"))
    assert reasons(result) == ["", "no_person", "", "no_person"]
    assert result.compared["person"].tolist() == ["Cy", "Cy"]


def test_grades_above_the_scale_are_kept_and_compared_as_one():
    rows = (("K1", "Ann", "Cy", "Q1", 1.2), *FOUR[1:])
    assert found(*rows).table.iloc[0][["given", "grade"]].tolist() == [1.2, 1.0]


def test_each_row_has_the_first_reason_that_holds():
    rows = (("K1", "Ann", "Ann", "Q9", 4), *FOUR[1:])
    result = found(*rows, key_results=key_results(), objectives=objectives(O1="1-5"))
    assert reasons(result)[0] == "self_graded"  # another scale and alone in its cycle besides


@pytest.mark.parametrize(("grade", "same"), [(0.5, 1), (0.505, 1), (0.51, 0)])
def test_a_grade_that_is_the_attainment_is_counted(grade, same):
    measured = key_results().assign(baseline=80, target="90", current=85)
    result = found(("K1", "Ann", "Cy", "Q1", grade), *FOUR[2:], key_results=measured[:1])
    assert (result.measured, result.computed) == (1, same)


def test_attainment_beyond_the_target_is_full_attainment():
    measured = key_results().assign(baseline=80, target="90", current=[99, 70, 85, 85])
    assert found(key_results=measured).table["attainment"].tolist() == [1, 0, 0.5, 0.5]


def test_no_grades_are_no_error():
    result = measure_comparability(empty_tables(), house_scale="0-1")
    assert result.compared.empty
    assert (result.scale, result.length, result.measured) == ("", "", 0)
