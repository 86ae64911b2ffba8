"""Where a client's files name one person: file, sheet, row and column, whatever else is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from okrkit.door.raw import Note
from okrkit.door.texts import Cell, header_key, is_blank, text_of
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


def mentions_of(folder: Path, person: str, names: Collection[str] = ()) -> Mentions:
    """The rows in `folder` that name the person with the id `person`, or one of `names`.

    Columns of people's ids count by the id, alone or in a list. Texts, columns and sheets that
    okrkit does not know count by the id alone in its cell, or by a name anywhere, in its very
    letters; the name in the table `people` is looked for too. Columns of other ids, of numbers
    and of days never count.
    """
    found = sheets_in(folder)
    notes: list[Note] = [*found.notes]
    table_of = {id(sheet): name for name, sheet in named_tables(found.sheets, notes)}
    people = [sheet for sheet in found.sheets if table_of.get(id(sheet)) == "people"]
    sought = tuple(dict.fromkeys([_plain(person), *map(_plain, names), *_names(people, person)]))
    rows = [
        row for sheet in found.sheets for row in _rows(sheet, table_of.get(id(sheet), ""), sought)
    ]
    unread = [f"{problem.where()}: {problem.found}" for problem in found.problems]
    unread += [str(note) for note in found.notes if note.kind == "ignored"]
    return Mentions(tuple(rows), sought, tuple(unread))


def names_one(text: str, names: Collection[str]) -> bool:
    """Whether a text has one of the names in it as a whole word.

    Examples
    --------
    >>> names_one("after Ada's visit", ["Ada"]), names_one("Adas", ["Ada"])
    (True, False)
    """
    plain = _plain(text)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain) for name in names if name)


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
    listed = person in [_plain(part) for part in text_of(cell).split(";")]
    if column is None or column.kind == "text":
        return listed or names_one(text_of(cell), names)
    of_people = "people" in column.references or column.name in _OF_PEOPLE
    return listed and column.kind in ("id", "ids") and of_people


def _names(people: Sequence[Sheet], person: str) -> list[str]:
    """The names under which `people` has the person."""
    found = []
    for sheet in people:
        header_at, header = _header(sheet)
        at = {name: place for place, name in enumerate(map(header_key, header))}
        for row in sheet.rows[header_at + 1 :]:
            said = [
                _plain(text_of(row[at[name]]))
                for name in ("person", "name")
                if name in at and at[name] < len(row) and not is_blank(row[at[name]])
            ]
            if len(said) == 2 and said[0] == _plain(person):
                found.append(said[1])
    return found


def _header(sheet: Sheet) -> tuple[int, list[str]]:
    for at, row in enumerate(sheet.rows):
        if not all(map(is_blank, row)):
            return at, ["" if is_blank(cell) else text_of(cell) for cell in row]
    return len(sheet.rows), []


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\u00a0", " ").strip())
