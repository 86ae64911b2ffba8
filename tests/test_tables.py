"""The checked tables: conformed frames, grades on their scale, references, every problem at once."""

import pandas as pd
import pytest

from okrkit.errors import InputError
from okrkit.schemas import SCHEMAS
from okrkit.standard import Standard
from okrkit.standard_file import standard_from
from okrkit.tables import Tables, empty_tables, split_ids

OBJECTIVES = pd.DataFrame(
    {
        "objective": ["O1", "O2"],
        "title": ["Grow", "Mend"],
        "team": "T1",
        "cycle": "Q1",
        "scale": ["1-5", None],
    }
)
KEY_RESULTS = pd.DataFrame(
    {"key_result": ["K1", "K2"], "objective": ["O1", "O2"], "text": ["a", "b"]}
)


def grades(*given, key_result="K9", **more):
    frame = {
        "key_result": key_result,
        "manager": [f"M{n}" for n in range(len(given))],
        "cycle": "Q1",
        "grade": given,
    }
    return pd.DataFrame(frame | more)


def problems_of(**frames):
    with pytest.raises(InputError) as caught:
        Tables.from_frames(**frames)
    return caught.value.problems


def notes_of(tables, kind):
    return [note for note in tables.notes if note.kind == kind]


def test_a_table_left_out_is_an_empty_table_with_all_its_columns():
    for name, frame in empty_tables():
        columns = [c.name for c in SCHEMAS[name].columns]
        assert list(frame.columns)[: len(columns)] == columns
        assert frame.empty


def test_empty_and_filled_tables_have_the_same_types():
    examples = {
        name: pd.DataFrame(s.examples, columns=[c.name for c in s.columns])
        for name, s in SCHEMAS.items()
    }
    filled = dict(Tables.from_frames(**examples))
    for name, frame in empty_tables():
        pd.testing.assert_series_equal(frame.dtypes, filled[name].dtypes)


def test_a_column_left_out_is_all_missing():
    tables = Tables.from_frames(key_results=KEY_RESULTS)
    assert tables.key_results["driver"].isna().all()


def test_every_problem_of_every_frame_is_reported_at_once():
    cycles = pd.DataFrame(
        {"cycle": ["Q1", "Q1"], "start": ["2025-03-01", "x"], "end": ["2025-02-01", "2025-03-31"]}
    )
    found = problems_of(grades=grades(70, "seven"), cycles=cycles)
    assert {(p.file, p.column, p.found) for p in found} == {
        ("frame grades", "grade", "'seven'"),
        ("frame grades", "grade", "'70'"),
        ("frame cycles", "start", "'x'"),
        ("frame cycles", "end", "an end (2025-02-01) before the start (2025-03-01)"),
        ("frame cycles", "cycle", "Q1 a second time"),
        ("frame cycles", "length", "no such column; the header has 'cycle', 'start', 'end'"),
    }


def test_a_grade_of_seventy_is_refused_with_the_remedy_for_percentages():
    (problem,) = problems_of(grades=grades(70))
    assert (problem.row, problem.column, problem.found) == (2, "grade", "'70'")
    assert problem.expected == "a grade from 0 to 1 (the scale 0-1)"
    assert "70 %" in problem.remedy


@pytest.mark.parametrize(
    ("given", "fraction"),
    [(0.7, 0.7), ("0.7", 0.7), ("0,7", 0.7), ("70 %", 0.7), (1.2, 1.2), (2.0, 2.0), (0, 0.0)],
)
def test_without_a_scale_grades_are_fractions_and_those_above_one_are_kept(given, fraction):
    tables = Tables.from_frames(grades=grades(given))
    assert tables.grades["grade"].tolist() == [fraction]
    assert any("compared as 1" in n.text for n in tables.notes) == (fraction > 1)


@pytest.mark.parametrize("given", [-0.1, 2.1, "A", 70])
def test_what_no_fraction_can_be_is_refused(given):
    assert problems_of(grades=grades(given))


def test_a_grade_is_checked_and_converted_on_its_objectives_scale():
    # K1 is on 1-5: (4 - 1) / (5 - 1) = 0.75
    tables = Tables.from_frames(
        objectives=OBJECTIVES, key_results=KEY_RESULTS, grades=grades(4, key_result="K1")
    )
    assert tables.grades["grade"].tolist() == [0.75]
    (note,) = [n for n in notes_of(tables, "converted") if n.table == "grades"]
    assert note.text == "grades on the scale 1-5 were made fractions"
    assert note.count == 1
    (problem,) = problems_of(
        objectives=OBJECTIVES, key_results=KEY_RESULTS, grades=grades(6, key_result="K1")
    )
    assert problem.expected == "a grade from 1 to 5 (the scale 1-5)"


def test_letters_are_a_scale_with_a_best_and_a_worst():
    standard = Standard(scale="A-E")
    tables = Tables.from_frames(standard=standard, grades=grades("A", "c", "E"))
    assert tables.grades["grade"].tolist() == [1.0, 0.5, 0.0]


def test_a_client_can_add_a_scale():
    standard = standard_from({"scales": {"0-5": {"low": 0, "high": 5}}, "scale": "0-5"})
    assert Tables.from_frames(standard=standard, grades=grades(4)).grades["grade"].tolist() == [0.8]


def test_a_scale_nobody_knows_is_refused_once():
    wrong = OBJECTIVES.assign(scale=["stars", None])
    (problem,) = problems_of(
        objectives=wrong, key_results=KEY_RESULTS, grades=grades(70, key_result="K1")
    )
    assert problem.column == "scale"
    assert "0-1, 0-100" in problem.expected


def test_rows_without_a_grade_are_left_out_and_counted_by_word():
    tables = Tables.from_frames(grades=grades(0.5, None, "n/a", "TBD"))
    assert len(tables.grades) == 1
    (left_out,) = notes_of(tables, "left_out")
    assert left_out.count == 3
    assert left_out.rows == (3, 4, 5)


def test_a_status_word_the_standard_does_not_know_is_listed_not_guessed():
    check_ins = pd.DataFrame(
        {
            "key_result": "K1",
            "date": "2025-01-13",
            "status": ["On-Track", "at risk", "at risk", "R"],
        }
    )
    tables = Tables.from_frames(check_ins=check_ins)
    assert tables.check_ins["status"].tolist() == ["green", "unknown", "unknown", "red"]
    assert tables.check_ins["status_word"].tolist() == ["On-Track", "at risk", "at risk", "R"]
    assert any("'at risk' (2)" in n.text for n in tables.notes)
    own = standard_from({"statuses": {"at risk": "yellow"}})
    again = Tables.from_frames(standard=own, check_ins=check_ins)
    assert again.check_ins["status"].tolist() == ["green", "yellow", "yellow", "red"]


def test_references_that_lead_nowhere_are_counted_and_never_refused():
    tables = Tables.from_frames(
        key_results=KEY_RESULTS, objectives=OBJECTIVES.iloc[:1], grades=grades(0.5)
    )
    texts = {(n.table, n.column): (n.text, n.count) for n in notes_of(tables, "unresolved")}
    assert texts == {
        ("key_results", "objective"): ("ids that are not in objectives: O2", 1),
        ("grades", "key_result"): ("ids that are not in key_results: K9", 1),
    }


def test_a_folder_with_nothing_but_grades_is_valid():
    tables = Tables.from_frames(grades=grades(0.5))
    assert not notes_of(tables, "unresolved")


def test_a_key_given_twice_is_refused_with_its_rows():
    (problem,) = problems_of(key_results=pd.concat([KEY_RESULTS, KEY_RESULTS.iloc[:1]]))
    assert (problem.found, problem.row) == ("K1 a second time", 4)


def test_two_grades_without_a_person_by_one_manager_are_one_key():
    twice = pd.DataFrame({"key_result": "K1", "manager": "M1", "cycle": "Q1", "grade": [0.5, 0.6]})
    assert "a second time" in problems_of(grades=twice)[0].found
    tables = Tables.from_frames(grades=twice.assign(person=["P1", "P2"]))
    assert len(tables.grades) == 2


def test_several_check_ins_on_a_day_are_kept():
    check_ins = pd.DataFrame({"key_result": "K1", "date": "2025-01-13", "status": ["green", "red"]})
    assert len(Tables.from_frames(check_ins=check_ins).check_ins) == 2


def test_ids_are_trimmed_normalised_and_never_read_as_missing():
    teams = pd.DataFrame({"team": [" NA ", "nan", "Cafe\u0301", 7.0], "level": "team"})
    tables = Tables.from_frames(teams=teams)
    assert tables.teams["team"].tolist() == ["NA", "nan", "Caf\u00e9", "7"]


def test_ids_that_differ_only_in_case_are_kept_apart_and_noted():
    tables = Tables.from_frames(teams=pd.DataFrame({"team": ["Sales", "sales"], "level": "team"}))
    assert len(tables.teams) == 2
    assert notes_of(tables, "similar")


def test_an_id_with_a_semicolon_is_refused_and_a_list_is_not():
    assert (
        "has a ; in it"
        in problems_of(teams=pd.DataFrame({"team": ["A;B"], "level": "team"}))[0].found
    )
    tables = Tables.from_frames(key_results=KEY_RESULTS.assign(driver=[" P1 ; P2 ", "P3"]))
    assert [split_ids(d) for d in tables.key_results["driver"]] == [("P1", "P2"), ("P3",)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [("Y", "yes"), (True, "yes"), ("No", "no"), ("don't know", "dont_know"), ("Don’t know", "dont_know"),
     ("DK", "dont_know"), ("n/a", "not_applicable"), ("Not applicable", "not_applicable")],
)  # fmt: skip
def test_answers_are_read_in_their_plain_variants(given, expected):
    answers = pd.DataFrame({"respondent": ["R1"], "statement": [1.0], "answer": [given]})
    tables = Tables.from_frames(answers=answers)
    assert tables.answers[["statement", "answer"]].iloc[0].tolist() == ["1", expected]


def test_an_answer_that_is_neither_is_refused():
    answers = pd.DataFrame({"respondent": ["R1"], "statement": ["1"], "answer": ["sometimes"]})
    (problem,) = problems_of(answers=answers)
    assert problem.expected == "yes, no, dont_know or not_applicable"


@pytest.mark.parametrize(
    ("given", "ok"), [("0.4", True), ("40 %", True), ("1", True), ("40", False), ("-1", False)]
)
def test_confidence_is_a_fraction_or_a_percentage(given, ok):
    check_ins = pd.DataFrame(
        {"key_result": ["K1"], "date": "2025-01-13", "status": "g", "confidence": given}
    )
    if ok:
        assert 0 <= Tables.from_frames(check_ins=check_ins).check_ins["confidence"].iloc[0] <= 1
    else:
        assert problems_of(check_ins=check_ins)[0].column == "confidence"


def test_an_end_before_its_start_is_refused():
    cycles = pd.DataFrame(
        {"cycle": ["Q1"], "start": ["2025-04-01"], "end": ["2025-03-31"], "length": "quarter"}
    )
    (problem,) = problems_of(cycles=cycles)
    assert "before the start" in problem.found


def test_a_misspelt_table_is_refused():
    (problem,) = problems_of(grade=grades(0.5))
    assert problem.file == "frame grade"


def test_frames_given_are_left_as_they_were():
    frame = grades("0,7", None)
    before = frame.copy()
    Tables.from_frames(grades=frame)
    pd.testing.assert_frame_equal(frame, before)


def test_conforming_again_changes_nothing():
    once = Tables.from_frames(objectives=OBJECTIVES, key_results=KEY_RESULTS)
    again = Tables.from_frames(objectives=once.objectives, key_results=once.key_results)
    pd.testing.assert_frame_equal(once.objectives, again.objectives)
    pd.testing.assert_frame_equal(once.key_results, again.key_results)
    assert not again.notes


def test_further_columns_of_groups_are_kept_as_text_and_of_others_ignored_with_a_note():
    groups = pd.DataFrame({"person": ["P1"], "age band": ["30-39"]})
    assert Tables.from_frames(groups=groups).groups["age band"].tolist() == ["30-39"]
    tables = Tables.from_frames(key_results=KEY_RESULTS.assign(mood="fine"))
    assert "'mood'" in notes_of(tables, "ignored")[0].text


def test_a_list_in_a_cell_is_a_list_of_ids():
    tables = Tables.from_frames(key_results=KEY_RESULTS.assign(driver=[["P1", "P2"], ["P3"]]))
    assert tables.key_results["driver"].tolist() == ["P1;P2", "P3"]


@pytest.mark.parametrize("cell", [{"a": 1}, [["x"]], object()])
def test_odd_cells_are_text_or_a_clear_error(cell):
    try:
        Tables.from_frames(key_results=KEY_RESULTS.assign(metric=[cell, cell]))
    except InputError as error:
        assert error.problems


def test_what_is_no_frame_is_refused():
    (problem,) = problems_of(grades=None)
    assert problem.found == "no frame"


def test_an_index_named_row_that_holds_no_numbers_is_left_alone():
    frame = KEY_RESULTS.set_axis(pd.Index(["a", "b"], name="row"))
    assert Tables.from_frames(key_results=frame).key_results.index.tolist() == [2, 3]
