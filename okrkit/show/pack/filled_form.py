"""One sheet that came back, read against what the folder gives now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from okrkit.door.texts import Cell, Unreadable, is_blank, quoted
from okrkit.errors import Problem
from okrkit.read.sheet import Sheet

from .checks import CHECK, KEY, Mark, check_in, check_of, plain, rows_digest
from .content import Table, words_of

DEEP = 40  # rows a header is looked for in
SHOWN = 60  # characters of a row's name in a message
LISTED = 5  # rows that are missing are named up to here
BASIS = {"grades": ("Scale", "Grade now")}  # an entry counts only while these are as written
PUT_BACK = "Put it back, or write the workbook anew; only the shaded cells are read."
ANEW = "Write the workbook anew from this folder and fill that in."


@dataclass(frozen=True)
class Entered:
    """A row of a form as it came back; `changed` are the blanks a person changed, if readable."""

    form: str
    file: str
    sheet: str
    row: int
    key: str
    name: str
    cells: Mapping[str, Cell]
    changed: tuple[str, ...]
    overtaken: tuple[str, ...]  #: the blanks that were changed elsewhere since

    def problem(self, column: str, found: str, expected: str, remedy: str) -> Problem:
        """What is wrong with one of its blanks."""
        return Problem(self.file, found, expected, remedy, self.sheet, self.row, column)


class FilledForm:
    """A sheet with its mark, the table it should hold, and where it has formulas."""

    def __init__(
        self, sheet: Sheet, mark: Mark, table: Table, formulas: frozenset[tuple[int, int]]
    ) -> None:
        self._sheet, self._mark, self._formulas = sheet, mark, formulas
        self._form, self._columns = table.key, table.columns
        self._now = dict(zip(table.keys, table.rows, strict=True))
        self._open = [name in {one.column for one in table.blanks} for name in table.columns]
        self._at: dict[str, int] = {}

    def read(self) -> tuple[list[Entered], list[Problem]]:
        """Its rows, and everything wrong in them at once."""
        ours = (*self._columns, KEY, CHECK)
        top = next(
            (at for at, row in enumerate(self._sheet.rows[:DEEP]) if KEY in row and CHECK in row),
            None,
        )
        if self._sheet.merged:
            return [], [self._wrong("merged cells", "none", "Take the merging back.")]
        if top is None:
            found = "no header, or its hidden columns are gone"
            return [], [self._wrong(found, f"a row with {', '.join(ours)}", ANEW)]
        names = [plain(cell) for cell in self._sheet.rows[top]]
        problems = list(self._strange_columns(names, top))
        if problems:
            return [], problems
        self._at = {name: names.index(name) for name in ours}
        rows: list[Entered] = []
        keys: list[str] = []
        for row in range(top + 1, len(self._sheet.rows)):
            if all(map(is_blank, self._sheet.rows[row])):
                continue
            key = plain(self._cell(row, KEY))
            wrong = list(self._strange_row(row, key, keys))
            if not wrong and key in self._now:
                entered, wrong = self._row(row, key)
                rows.append(entered)
            keys.append(key)
            problems += wrong
        return rows, problems + list(self._missing(keys))

    def _wrong(
        self, found: str, expected: str, remedy: str, row: int | None = None, column: str = ""
    ) -> Problem:
        number = None if row is None else row + 1
        sheet = self._sheet
        return Problem(sheet.file, found, expected, remedy, sheet.name, number, column)

    def _cell(self, row: int, column: str | int) -> Cell:
        at = column if isinstance(column, int) else self._at[column]
        cells = self._sheet.rows[row]
        return cells[at] if at < len(cells) else None

    def _cells(self, row: int) -> list[Cell]:
        return [self._cell(row, name) for name in self._columns]

    def _strange_columns(self, names: Sequence[str], top: int) -> Iterator[Problem]:
        """Columns that were taken out, renamed, doubled or added."""
        ours = (*self._columns, KEY, CHECK)
        for name in ours:
            if names.count(name) != 1:
                found = "the column twice" if name in names else "no such column"
                yield self._wrong(found, "each column once, as it was written", ANEW, top, name)
        below = range(top, len(self._sheet.rows))
        for at in range(max(map(len, self._sheet.rows[top:]))):
            name = names[at] if at < len(names) else ""
            if name not in ours and any(not is_blank(self._cell(row, at)) for row in below):
                found = f"a column of your own, {name or f'number {at + 1}'!r}"
                remedy = "Put what it says into a shaded cell, or into a file of its own."
                yield self._wrong(found, f"only {', '.join(self._columns)}", remedy, top, name)

    def _strange_row(self, row: int, key: str, before: Sequence[str]) -> Iterator[Problem]:
        """A row that was added or copied; an entry in one the folder no longer gives."""
        if not key or key in before:
            found = "a row twice" if key else "a row of your own, or one whose hidden key is gone"
            yield self._wrong(found, "the rows okrkit wrote", PUT_BACK, row)
        elif key not in self._now:
            check = check_of(key, self._cells(row), self._open)
            if check.text != plain(self._cell(row, CHECK)):
                found = f"an entry in {self._name(row)}, which the folder no longer gives"
                yield self._wrong(found, "entries in rows of this folder", ANEW, row)

    def _missing(self, keys: Sequence[str]) -> Iterator[Problem]:
        """Rows that were written and are gone."""
        found = set(keys) - {""}
        if rows_digest(found) == self._mark.rows:
            return
        gone = [_cut(words_of(row[0])) for key, row in self._now.items() if key not in found]
        more = f" and {len(gone) - LISTED} more" if len(gone) > LISTED else ""
        if gone:
            text = f"no row for {', '.join(gone[:LISTED])}{more}"
            yield self._wrong(text, "every row that was written", PUT_BACK)

    def _row(self, row: int, key: str) -> tuple[Entered, list[Problem]]:
        """A row of ours: what was entered, and what is wrong in it."""
        written = check_in(plain(self._cell(row, CHECK)))
        here = check_of(key, self._cells(row), self._open)
        kept = check_of(key, self._now[key], self._open)
        blanks = [name for name, open_ in zip(self._columns, self._open, strict=True) if open_]
        if written.locked != here.locked or len(written.blanks) != len(blanks):
            return self._entered(row, key, (), ()), list(self._by_hand(row, key))
        each = zip(blanks, written.blanks, here.blanks, kept.blanks, strict=True)
        changed, overtaken = [], []
        for name, was, it, now in each:
            changed += [name] if it not in (was, now) else []
            overtaken += [name] if now not in (was, it) else []
        wrong = list(self._formulas_in(row, changed))
        if changed:
            wrong += self._outdated(row, key)
        bad = {one.column for one in wrong}
        read = tuple(name for name in changed if name not in bad)
        return self._entered(row, key, read, tuple(overtaken)), wrong

    def _entered(
        self, row: int, key: str, changed: tuple[str, ...], overtaken: tuple[str, ...]
    ) -> Entered:
        place = (self._sheet.file, self._sheet.name, row + 1)
        cells = {name: self._cell(row, name) for name in self._columns}
        return Entered(self._form, *place, key, self._name(row), cells, changed, overtaken)

    def _by_hand(self, row: int, key: str) -> Iterator[Problem]:
        """Locked cells that somebody changed."""
        found = False
        for name, open_, now in zip(self._columns, self._open, self._now[key], strict=True):
            cell = self._cell(row, name)
            if not open_ and plain(cell) != plain(now):
                found = True
                place = f"{self._sheet.name}!{xl_rowcol_to_cell(row, self._at[name])}"
                there = "nothing" if is_blank(cell) else quoted(cell)
                shown = quoted(words_of(now)) if words_of(now) else "an empty cell"
                yield self._wrong(f"{there} in {place}", shown, PUT_BACK, row, name)
        if not found:
            yield self._wrong("a hidden check that was changed", "it as written", ANEW, row, CHECK)

    def _formulas_in(self, row: int, changed: Iterable[str]) -> Iterator[Problem]:
        """Entries that are calculated, or cannot be."""
        for name in changed:
            cell = self._cell(row, name)
            if isinstance(cell, Unreadable) or (row, self._at[name]) in self._formulas:
                shown = cell if isinstance(cell, Unreadable) else plain(cell)
                found = f"a formula, or an error: {quoted(shown)}"
                yield self._wrong(found, "the value itself", "Write it out.", row, name)

    def _outdated(self, row: int, key: str) -> Iterator[Problem]:
        """What an entry rests on and has changed on record since the row was written."""
        now = dict(zip(self._columns, self._now[key], strict=True))
        for name in BASIS.get(self._form, ()):
            cell, there = self._cell(row, name), now[name]
            if plain(cell) != plain(there):
                found = f"{quoted(cell)}, which is {quoted(words_of(there))} on record now"
                yield self._wrong(found, "an entry on what is on record", ANEW, row, name)

    def _name(self, row: int) -> str:
        return _cut(plain(self._cell(row, self._columns[0])))


def _cut(text: str) -> str:
    return f"“{text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'}”"
