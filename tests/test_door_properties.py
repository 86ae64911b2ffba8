"""Whatever stands in a frame or a file: clean tables or one clear error, never anything else."""

import csv
import datetime
import io

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrkit.errors import InputError
from okrkit.read import read_folder
from okrkit.schemas import SCHEMAS
from okrkit.tables import Tables

WORDS = ["", " ", "yes", "no", "n/a", "TBD", "nan", "0.7", "0,7", "1,234", "70 %", "2025-01-13", "13.01.2025",
         "03.04.2025", "2025-W03", "green", "At Risk", "A", "K1", "K2", "K1;K2", "1-5", "=1+1", "<b>", "team", "١", "\ud800"]  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(WORDS), st.text(max_size=8), st.none(), st.floats(), st.integers(), st.booleans(),
    st.dates(), st.datetimes(), st.times(), st.timedeltas(), st.just(pd.NA), st.just(pd.NaT),
)  # fmt: skip
HEADERS = st.sampled_from([column.name for schema in SCHEMAS.values() for column in schema.columns])


@st.composite
def frames(draw):
    name = draw(st.sampled_from(list(SCHEMAS)))
    schema = SCHEMAS[name]
    whole = draw(st.booleans())
    chosen = (
        [c.name for c in schema.columns]
        if whole
        else draw(st.lists(st.one_of(HEADERS, st.text(max_size=5)), max_size=6, unique=True))
    )
    rows = draw(st.lists(st.lists(CELLS, min_size=len(chosen), max_size=len(chosen)), max_size=4))
    return name, pd.DataFrame(rows, columns=chosen, dtype=object)


def check(tables):
    for name, frame in tables:
        schema = SCHEMAS[name]
        assert set(c.name for c in schema.columns) <= set(frame.columns)
        assert not frame[list(schema.required)].isna().any().any()
        if schema.key:
            assert not frame.duplicated(list(schema.key)).any()
        for column in schema.columns:
            values = frame[column.name].dropna()
            if column.words:
                assert set(values) <= set(column.words)
            if column.kind == "grade":
                assert values.between(0, 2).all()
            if column.kind == "date":
                assert values.dt.year.between(1990, 2100).all()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(frames(), min_size=1, max_size=3))
def test_any_frame_is_a_clean_table_or_a_clear_error(given_frames):
    try:
        tables = Tables.from_frames(**dict(given_frames))
    except InputError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.file
            assert problem.found
            assert problem.expected
            assert problem.remedy.endswith((".", "?"))
    else:
        check(tables)


@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None
)
@given(frames())
def test_a_frame_written_as_csv_is_read_or_refused(tmp_path_factory, one):
    name, frame = one
    folder = tmp_path_factory.mktemp("csv")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(frame.columns)
    writer.writerows(
        [
            ["" if x is None or x is pd.NA or x is pd.NaT else x for x in row]
            for row in frame.to_numpy()
        ]
    )
    (folder / f"{name}.csv").write_bytes(text.getvalue().encode("utf-8", "replace"))
    try:
        check(read_folder(folder))
    except InputError as error:
        assert error.problems


@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.binary(max_size=300), st.sampled_from([".csv", ".xlsx", ".xls", ".ods"]))
def test_any_bytes_are_tables_or_a_clear_error(tmp_path_factory, data, suffix):
    folder = tmp_path_factory.mktemp("bytes")
    (folder / f"teams{suffix}").write_bytes(data)
    try:
        check(read_folder(folder))
    except InputError as error:
        assert error.problems


def test_a_day_written_by_a_spreadsheet_or_by_hand_is_the_same_day():
    by_hand = pd.DataFrame({"key_result": ["K1"], "date": ["2025-01-13"], "status": ["g"]})
    by_sheet = by_hand.assign(date=[datetime.date(2025, 1, 13)])
    one, two = (Tables.from_frames(check_ins=f).check_ins for f in (by_hand, by_sheet))
    pd.testing.assert_frame_equal(one, two)
