"""One raw table to a checked frame: every column in its kind, every problem at once."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from okrkit.errors import Problem
from okrkit.schemas import SCHEMAS, Column, Kind, Schema
from okrkit.standard import Standard

from .dates import read_dates, read_weeks
from .numbers import Numbers, read_numbers
from .raw import Note, RawTable
from .texts import (
    FORMULA_WITHOUT_VALUE,
    NONE_WORDS,
    Bad,
    Cell,
    Change,
    Parsed,
    Unreadable,
    listed,
    read_ids,
    read_statuses,
    read_text,
    read_words,
    read_yes_no,
)

DTYPES: dict[Kind, str] = {
    "number": "float64",
    "share": "float64",
    "date": "datetime64[s]",
    "yes_no": "boolean",
    "grade": "object",
}


@dataclass(frozen=True, eq=False)
class Conformed:
    """A checked frame (index: rows of the file), or the problems that keep it from being one."""

    frame: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Percent:
    """A grade written with a percent sign, before its scale is known."""

    value: float


def empty_frame(name: str) -> pd.DataFrame:
    """A table without rows, with all its columns in their types."""
    columns = {c.name: series([], c.kind, []) for c in SCHEMAS[name].columns}
    if name == "check_ins":
        columns["status_word"] = series([], "text", [])
    for column in SCHEMAS[name].columns:
        if column.kind == "grade":
            columns[column.name] = columns[column.name].astype("float64")
    return pd.DataFrame(columns, index=pd.Index([], name="row", dtype="int64"))


def series(values: list[object], kind: Kind, rows: list[int]) -> pd.Series:
    """Values of one kind as a column."""
    index = pd.Index(rows, name="row", dtype="int64")
    return pd.Series(values, index=index, dtype=DTYPES.get(kind, "str"))


def conform(raw: RawTable, standard: Standard) -> Conformed:
    """Read every column of `raw`; list everything that cannot be read.

    Grades stay as written (numbers, `Percent`, letters) until their scale is known.
    """
    schema = SCHEMAS[raw.name]
    problems: list[Problem] = []
    notes: list[Note] = []
    columns: dict[str, pd.Series] = {}
    status_words: pd.Series | None = None
    for column in _columns(schema, raw):
        cells, spoilt, changes = _set_aside_unreadable(raw.columns.get(column.name), column, raw)
        parsed, words = _read(cells, column, raw, standard)
        for bad in (*spoilt, *parsed.bad):
            problems.append(raw.problem_of(bad, column.name))
        notes += [
            raw.note(change.kind, change.text, change.positions, column.name)
            for change in (*changes, *parsed.changes)
        ]
        columns[column.name] = series(parsed.values, column.kind, raw.rows)
        if words is not None:
            status_words = series(words, "text", raw.rows)
    if status_words is not None:
        columns["status_word"] = status_words
    broken = {problem.column for problem in problems}
    frame = pd.DataFrame(columns)
    frame, left_out = _leave_out(frame, schema, raw)
    notes += left_out
    problems += _empty_cells(frame, schema, raw, broken)
    if not broken & set(schema.key) and set(schema.key) & set(raw.columns):
        problems += _duplicates(frame, schema, raw)
        notes += _case_twins(frame, schema, raw)
    if schema.name == "cycles":
        problems += _ends_before_start(frame, raw)
    if not raw.rows:
        notes.append(raw.note("left_out", "has a header and no rows"))
    return Conformed(frame, tuple(problems), tuple(notes))


def _columns(schema: Schema, raw: RawTable) -> tuple[Column, ...]:
    """The schema's columns, and for an open-ended table whatever else was given."""
    if not schema.open_ended:
        return schema.columns
    known = {column.name for column in schema.columns}
    more = (Column(name, "text", "an attribute") for name in raw.columns if name not in known)
    return (*schema.columns, *more)


def _set_aside_unreadable(
    given: list[Cell] | None, column: Column, raw: RawTable
) -> tuple[list[Cell], list[Bad], list[Change]]:
    """Cells with spreadsheet errors or uncalculated formulas: refused, or none where optional."""
    if given is None:
        return [None] * len(raw.rows), [], []
    marked = {p: cell for p, cell in enumerate(given) if isinstance(cell, Unreadable)}
    if not marked:
        return given, [], []
    cells, bad, changes = list(given), [], []
    for kind in dict.fromkeys(marked.values()):
        positions = tuple(p for p, cell in marked.items() if cell == kind)
        as_word = column.kind in ("grade", "status") and kind.text.casefold() in NONE_WORDS
        for position in positions:
            cells[position] = kind.text if as_word else None
        if kind == FORMULA_WITHOUT_VALUE:
            remedy = (
                "Open the file in a spreadsheet, let it calculate, and save it; or paste values."
            )
            bad.append(Bad(positions, kind.text, "a value", remedy))
        elif column.required and not as_word:
            bad.append(Bad(positions, f"the error {kind.text}", "a value", "Mend the formula."))
        elif not as_word:
            changes.append(
                Change("converted", positions, f"the error {kind.text} was read as none")
            )
    return cells, bad, changes


def _read(
    cells: list[Cell], column: Column, raw: RawTable, standard: Standard
) -> tuple[Parsed, list[object] | None]:
    """A column in its kind; for statuses also the source's own words."""
    match column.kind:
        case "id" | "ids":
            return read_ids(cells, several=column.kind == "ids"), None
        case "text":
            return read_text(cells), None
        case "word":
            return read_words(cells, column.words), None
        case "yes_no":
            return read_yes_no(cells), None
        case "date":
            return read_dates(cells, order=standard.date_order), None
        case "week":
            return read_weeks(cells, order=standard.date_order), None
        case "status":
            return read_statuses(cells, standard.status_of)
        case "grade":
            return _grades(cells, raw, standard), None
        case _:
            return _in_range(read_numbers(cells, delimiter=raw.delimiter), column, cells), None


def _in_range(numbers: Numbers, column: Column, cells: list[Cell]) -> Parsed:
    """Numbers within the column's limits; a percent sign makes a fraction."""
    pairs = zip(numbers.values, numbers.percent, strict=True)
    values = [v / 100 if v is not None and percent else v for v, percent in pairs]
    bad, changes = numbers.bad, numbers.changes
    low = column.low if column.low is not None else float("-inf")
    high = column.high if column.high is not None else float("inf")
    outside = tuple(p for p, v in enumerate(values) if v is not None and not low <= v <= high)
    if outside:
        share = column.kind == "share"
        expected = "a number from 0 to 1, or a percentage" if share else f"a number from {low:g} up"
        remedy = "Write 0.7 or 70 %." if share else "Correct the number."
        bad += (Bad(outside, listed(cells[p] for p in outside), expected, remedy),)
    signs = tuple(
        p for p, percent in enumerate(numbers.percent) if percent and values[p] is not None
    )
    if signs:
        changes += (Change("converted", signs, "percentages were read as fractions (70 % is 0.7)"),)
    return Parsed([*values], bad, changes)


def _grades(cells: list[Cell], raw: RawTable, standard: Standard) -> Parsed:
    """Grades as written: numbers, `Percent`, or letters of any scale the standard knows."""
    letters = {
        letter.casefold(): letter for scale in standard.all_scales() for letter in scale.letters
    }
    texts = {
        p: letters[c.strip().casefold()]
        for p, c in enumerate(cells)
        if isinstance(c, str) and c.strip().casefold() in letters
    }
    numbers = read_numbers(
        [None if p in texts else cell for p, cell in enumerate(cells)], delimiter=raw.delimiter
    )
    values: list[object] = [
        Percent(value) if percent and value is not None else value
        for value, percent in zip(numbers.values, numbers.percent, strict=True)
    ]
    for position, letter in texts.items():
        values[position] = letter
    return Parsed(values, numbers.bad, numbers.changes)


def _leave_out(
    frame: pd.DataFrame, schema: Schema, raw: RawTable
) -> tuple[pd.DataFrame, list[Note]]:
    """Rows without a grade or a status are no record; they are left out and counted."""
    if not schema.skip_without or frame.empty:
        return frame, []
    missing = frame[schema.skip_without].isna().to_numpy()
    if not missing.any():
        return frame, []
    positions = [int(p) for p in missing.nonzero()[0]]
    text = f"rows without a {schema.skip_without} were left out"
    note = raw.note("left_out", text, positions, schema.skip_without)
    return frame[~missing], [note]


def _empty_cells(
    frame: pd.DataFrame, schema: Schema, raw: RawTable, broken: set[str]
) -> list[Problem]:
    found = []
    for name in schema.required:
        told = name in broken or name not in raw.columns
        empty = [] if told else frame.index[frame[name].isna()].tolist()
        if empty:
            remedy = (
                "Unmerge the merged cells and repeat the value in each row."
                if raw.merged
                else "Fill it in, or delete the row."
            )
            positions = tuple(raw.positions_of(empty))
            bad = Bad(positions, "an empty cell", schema.column(name).about, remedy)
            found.append(raw.problem_of(bad, name))
    return found


def _duplicates(frame: pd.DataFrame, schema: Schema, raw: RawTable) -> list[Problem]:
    if not schema.key or frame.empty:
        return []
    again = frame[frame.duplicated(list(schema.key), keep="first")]
    if again.empty:
        return []
    first = again.iloc[0]
    shown = ", ".join(str(first[name]) for name in schema.key if not pd.isna(first[name]))
    positions = tuple(raw.positions_of(again.index))
    bad = Bad(
        positions,
        f"{shown} a second time",
        f"each {' + '.join(schema.key)} once",
        "Delete the row that is wrong.",
    )
    return [raw.problem_of(bad, schema.key[0])]


def _case_twins(frame: pd.DataFrame, schema: Schema, raw: RawTable) -> list[Note]:
    """Ids that differ only in case: kept apart, and pointed out."""
    if len(schema.key) != 1 or frame.empty:
        return []
    name = schema.key[0]
    ids = frame[name].dropna()
    twins = ids[ids.str.casefold().duplicated(keep=False)]
    if twins.empty:
        return []
    positions = raw.positions_of(twins.index)
    text = f"ids that differ only in case were kept apart: {listed(twins)}"
    return [raw.note("similar", text, positions, name)]


def _ends_before_start(frame: pd.DataFrame, raw: RawTable) -> list[Problem]:
    wrong = frame[frame["end"] < frame["start"]]
    return [
        raw.problem(
            f"an end ({end:%Y-%m-%d}) before the start ({start:%Y-%m-%d})",
            "an end on or after the start",
            "Correct one of the two days.",
            row=int(number),
            column="end",
        )
        for number, start, end in zip(wrong.index, wrong["start"], wrong["end"], strict=True)
    ]
