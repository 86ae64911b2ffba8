"""Where a client's files name one person: file, sheet, row and column, whatever else is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from okrkit.door.raw import Note
from okrkit.door.texts import Cell, header_key, is_blank, text_of
from okrkit.language.names import has_id, names_one, plain_name
from okrkit.schemas import SCHEMAS, Column

from .folder import named_tables, sheets_in
from .layout import column_names
from .sheet import Sheet

_OF_PEOPLE = ("person", "respondent")  # columns of ids that refer to no table


@dataclass(frozen=True)
class Row:
    """A row that names the person, as it stands in the file; row 1 is the header."""

    table: str  #: empty when the sheet is no table of ours
    file: str
    sheet: str
    row: int
    cells: Mapping[str, str]  #: by the header of the column
    named_in: tuple[str, ...]  #: columns that name the person


@dataclass(frozen=True)
class Mentions:
    """What a client's files say of one person."""

    rows: tuple[Row, ...]
    names: tuple[str, ...]  #: what was looked for: the id, then names
    unread: tuple[str, ...]  #: files and sheets that were not looked into, and why

    def as_tables(self) -> dict[str, tuple[list[str], list[dict[str, str]]]]:
        """Columns and rows by `files/NAME`, one for each sheet, with each row's place in front."""
        tables: dict[str, tuple[list[str], list[dict[str, str]]]] = {}
        for (table, file, sheet), rows in self._by_sheet().items():
            name = f"files/{table or _file_name(f'{Path(file).stem}-{sheet}')}"
            while name in tables:
                name += "-2"
            columns = dict.fromkeys(key for row in rows for key in row.cells)
            place = {column: f"okrkit.{column}" for column in ("file", "sheet", "row")}
            tables[name] = (
                [*place.values(), *columns],
                [
                    {column: row.cells.get(column, "") for column in columns}
                    | {
                        place["file"]: row.file,
                        place["sheet"]: row.sheet,
                        place["row"]: str(row.row),
                    }
                    for row in rows
                ],
            )
        return tables

    def places(self) -> tuple[str, ...]:
        """Where they are named, a sentence for each sheet: `grades.csv: rows 2-5, 9`."""
        return tuple(
            f"{file}{f', sheet {sheet}' if sheet else ''}: {_ranges([row.row for row in rows])}"
            for (_, file, sheet), rows in self._by_sheet().items()
        )

    def _by_sheet(self) -> dict[tuple[str, str, str], list[Row]]:
        found: dict[tuple[str, str, str], list[Row]] = {}
        for row in self.rows:
            found.setdefault((row.table, row.file, row.sheet), []).append(row)
        return found


def mentions_of(folder: Path, person: str, names: Collection[str] = ()) -> Mentions:
    """The rows in `folder` that name the person with the id `person`, or one of `names`.

    Columns of people's ids, texts, and columns and sheets that okrkit does not know count: by the
    id, alone in its cell or in a list, or by a name anywhere, in its very letters. The name in
    the table `people` is looked for too. Columns of other ids, of numbers and of days never count.
    """
    found = sheets_in(folder)
    notes: list[Note] = [*found.notes]
    table_of = {id(sheet): name for name, sheet in named_tables(found.sheets, notes)}
    people = [sheet for sheet in found.sheets if table_of.get(id(sheet)) == "people"]
    sought = tuple(
        dict.fromkeys([plain_name(person), *map(plain_name, names), *_names(people, person)])
    )
    rows = [
        row for sheet in found.sheets for row in _rows(sheet, table_of.get(id(sheet), ""), sought)
    ]
    unread = [f"{problem.where()}: {problem.found}" for problem in found.problems]
    unread += [str(note) for note in found.notes if note.kind == "ignored"]
    return Mentions(tuple(rows), sought, tuple(unread))


def _file_name(text: str) -> str:
    return re.sub(r"[^\w-]+", "-", text).strip("-")


def _ranges(numbers: Sequence[int]) -> str:
    """`row 7`, or `rows 2-5, 9`; `numbers` ascend."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"row {told}" if len(numbers) == 1 else f"rows {told}"


def _rows(sheet: Sheet, table: str, sought: Sequence[str]) -> Iterator[Row]:
    header_at, header = _header(sheet)
    known = column_names(SCHEMAS[table]) if table else {}
    columns = {
        at: SCHEMAS[table].column(known[name]) if name in known else None
        for at, name in enumerate(map(header_key, header))
    }
    for number, cells in enumerate(sheet.rows[header_at + 1 :], header_at + 2):
        named = [
            at
            for at, cell in enumerate(cells)
            if not is_blank(cell) and _is_named(cell, columns.get(at), sought)
        ]
        if named:
            label = [text or str(at + 1) for at, text in enumerate(header)]
            label += [str(at + 1) for at in range(len(label), len(cells))]
            row = {label[at]: "" if is_blank(c) else text_of(c) for at, c in enumerate(cells)}
            where = tuple(label[at] for at in named)
            yield Row(table, sheet.file, sheet.name, number, row, where)


def _is_named(cell: Cell, column: Column | None, sought: Sequence[str]) -> bool:
    person, *names = sought
    of_people = column is None or column.kind == "text"
    if column is not None and column.kind in ("id", "ids"):
        of_people = "people" in column.references or column.name in _OF_PEOPLE
    return of_people and (has_id(text_of(cell), person) or names_one(text_of(cell), names))


def _names(people: Sequence[Sheet], person: str) -> list[str]:
    """The names under which `people` has the person."""
    found = []
    for sheet in people:
        header_at, header = _header(sheet)
        at = {name: place for place, name in enumerate(map(header_key, header))}
        for row in sheet.rows[header_at + 1 :]:
            said = [
                plain_name(text_of(row[at[name]]))
                for name in ("person", "name")
                if name in at and at[name] < len(row) and not is_blank(row[at[name]])
            ]
            if len(said) == 2 and said[0] == plain_name(person):
                found.append(said[1])
    return found


def _header(sheet: Sheet) -> tuple[int, list[str]]:
    for at, row in enumerate(sheet.rows):
        if not all(map(is_blank, row)):
            return at, ["" if is_blank(cell) else text_of(cell) for cell in row]
    return len(sheet.rows), []
