"""The checked, tidy tables okrkit works on.

Past this door every frame has all its declared columns, types and ranges, so no other module
looks for missing columns or odd values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

import pandas as pd

from .door.conform import conform, empty_frame
from .door.raw import Note, RawTable
from .door.references import unresolved
from .door.scales import scales_of_key_results, to_fractions, unknown_scales
from .door.texts import header_key, is_blank, listed
from .errors import InputError, Problem
from .schemas import SCHEMAS
from .standard import DEFAULT_STANDARD, Standard

__all__ = ["Note", "RawTable", "Tables", "empty_tables", "has_values", "split_ids"]


@dataclass(frozen=True, eq=False)
class Tables:
    """A client's OKR data: one checked frame a table.

    A table left out is an empty frame with all its columns; a column left out is all missing.
    The index of a frame is the row in its file. Ids and texts are strings, dates `datetime64`,
    numbers `float64`, yes/no `boolean`; lists of ids stay `;`-separated strings (`split_ids`).
    Grades are fractions of their scale; those above it (up to 2.0) are kept and compared as 1.
    `check_ins` has the extra column `status_word`: the word the source used.

    Examples
    --------
    >>> import pandas as pd
    >>> grades = pd.DataFrame(
    ...     {"key_result": ["K1"], "manager": ["Ann"], "cycle": ["Q1"], "grade": ["70 %"]}
    ... )
    >>> Tables.from_frames(grades=grades).grades["grade"].tolist()
    [0.7]
    """

    teams: pd.DataFrame
    people: pd.DataFrame
    groups: pd.DataFrame
    cycles: pd.DataFrame
    objectives: pd.DataFrame
    key_results: pd.DataFrame
    links: pd.DataFrame
    changes: pd.DataFrame
    check_ins: pd.DataFrame
    grades: pd.DataFrame
    answers: pd.DataFrame
    work: pd.DataFrame
    commitments: pd.DataFrame
    dependencies: pd.DataFrame
    reviews: pd.DataFrame
    pay: pd.DataFrame
    development: pd.DataFrame
    exercise: pd.DataFrame
    notes: tuple[Note, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)  #: table to the file it came from
    standard: Standard = DEFAULT_STANDARD  #: the standard it was read with

    def __iter__(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """(name, frame) of every table, in the order of the contract."""
        for one in fields(self)[: len(SCHEMAS)]:
            yield one.name, getattr(self, one.name)

    @classmethod
    def from_frames(cls, *, standard: Standard = DEFAULT_STANDARD, **given: object) -> Tables:
        """Check plain frames and keep clean copies; see `okrkit.schemas.SCHEMAS` for columns.

        Rows are numbered as if the frame stood in a file with a header in row 1, unless its index
        is named `row`.

        Raises
        ------
        InputError
            Lists every problem of every frame, not only the first.
        """
        tables = ", ".join(SCHEMAS)
        unknown = [
            Problem(f"frame {name}", "a table okrkit does not know", tables, "Rename it.")
            for name in given
            if name not in SCHEMAS
        ]
        frames = {name: one for name, one in given.items() if isinstance(one, pd.DataFrame)}
        no_frames = [
            Problem(f"frame {name}", "no frame", "a pandas DataFrame", "Leave the table out.")
            for name in given
            if name not in frames
        ]
        if unknown or no_frames:
            raise InputError(unknown + no_frames)
        raws, problems, notes = [], [], []
        for name, frame in frames.items():
            raw, wrong, ignored = _raw_of_frame(name, frame)
            problems += wrong
            notes += ignored
            raws.append(raw)
        return build(raws, standard, problems=problems, notes=notes)


def build(
    raws: Sequence[RawTable],
    standard: Standard,
    *,
    problems: Sequence[Problem] = (),
    notes: Sequence[Note] = (),
) -> Tables:
    """Raw tables to `Tables`, or one `InputError` with these and all further problems."""
    wrong, told = list(problems), list(notes)
    given = {raw.name: raw for raw in raws}
    frames = {name: empty_frame(name) for name in SCHEMAS if name not in given}
    for name, raw in given.items():
        conformed = conform(raw, standard)
        wrong += conformed.problems
        told += conformed.notes
        frames[name] = conformed.frame
    if "objectives" in given:
        wrong += unknown_scales(frames["objectives"], given["objectives"], standard)
    scales = scales_of_key_results(frames["key_results"], frames["objectives"], standard)
    for name in ("grades", "exercise"):
        if name in given:
            graded = to_fractions(frames[name], given[name], scales, standard)
            frames[name] = graded.frame
            wrong += graded.problems
            told += graded.notes
    if wrong:
        raise InputError(wrong)
    told += unresolved(frames, given)
    files = {name: raw.file for name, raw in given.items()}
    return Tables(**frames, notes=tuple(told), files=files, standard=standard)


def empty_tables(standard: Standard = DEFAULT_STANDARD) -> Tables:
    """Tables of a client who has given nothing."""
    return build([], standard)


def has_values(frame: pd.DataFrame, column: str) -> bool:
    """Whether `column` was given and used: at least one row has a value."""
    return bool(frame[column].notna().any())


def split_ids(cell: object) -> tuple[str, ...]:
    """The ids of a cell that lists them.

    >>> split_ids("P1;P2")
    ('P1', 'P2')
    """
    return () if not isinstance(cell, str) else tuple(cell.split(";"))


def _raw_of_frame(name: str, frame: pd.DataFrame) -> tuple[RawTable, list[Problem], list[Note]]:
    schema = SCHEMAS[name]
    known = {header_key(column.name): column.name for column in schema.columns}
    columns: dict[str, list[object]] = {}
    raw = RawTable(name, f"frame {name}", columns, _rows_of(frame))
    ignored = []
    problems = []
    for position, header in enumerate(frame.columns):
        own = known.get(header_key(header), str(header) if schema.open_ended else None)
        if own is None:
            ignored.append(str(header))
        elif own in columns:
            problems.append(
                raw.problem("the column twice", "each column once", "Drop one.", column=own)
            )
        else:
            cells = frame.iloc[:, position].astype(object).tolist()
            columns[own] = [_cell(cell) for cell in cells]
    problems += missing_columns(raw, [str(header) for header in frame.columns])
    text = f"columns okrkit does not know: {listed(ignored, 8)}"
    note = Note("ignored", text, raw.file, table=name, count=len(ignored))
    return raw, problems, [note] if ignored else []


def _rows_of(frame: pd.DataFrame) -> list[int]:
    """Rows as an index named `row` tells them, else as in a file with a header in row 1."""
    if frame.index.name == "row" and frame.index.dtype.kind in "iu":
        return [int(row) for row in frame.index]
    return list(range(2, len(frame) + 2))


def _cell(cell: object) -> object:
    """A cell of a frame as a cell of a file: nothing is None, a list is its ids separated by ;."""
    if isinstance(cell, list | tuple | set | frozenset):
        return ";".join(str(part) for part in cell) or None
    if cell is pd.NA or cell is pd.NaT or is_blank(cell):
        return None
    return str(cell) if isinstance(cell, dict | list) else cell


def missing_columns(raw: RawTable, headers: Sequence[str]) -> list[Problem]:
    """One problem for each required column that is not there."""
    schema = SCHEMAS[raw.name]
    found = f"no such column; the header has {listed(headers, 12) or 'no names'}"
    return [
        raw.problem(
            found,
            f"a column {name} ({schema.column(name).about})",
            "Add it, or rename the column that holds it.",
            row=1,
            column=name,
        )
        for name in schema.required
        if name not in raw.columns
    ]
