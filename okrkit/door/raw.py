"""What passes through the door: raw tables in, notes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from okrkit.errors import Problem

from .texts import Bad, Cell

PLACES = 5  #: how many rows a message names


@dataclass(frozen=True)
class Note:
    """Something done to the input that changed a value, a row or a table, with its count.

    `kind` is "converted", "left_out", "unresolved", "ignored" or "similar". `rows` holds the first
    few rows as numbered in the file (the header is row 1).
    """

    kind: str
    text: str
    file: str = ""
    sheet: str = ""
    table: str = ""
    column: str = ""
    count: int = 1
    rows: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The note with the stable keys of `--json`."""
        return {**asdict(self), "rows": list(self.rows)}

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                self.sheet and f"sheet {self.sheet}",
                self.column and f"column {self.column}",
            )
            if part
        )
        rows = f" ({in_rows(self.rows, self.count)})" if self.rows else ""
        return f"{place}: {self.text}{rows}." if place else f"{self.text}{rows}."


@dataclass(frozen=True)
class RawTable:
    """A table as found: cells by column name of its schema (None for blank), and their rows."""

    name: str
    file: str
    columns: dict[str, list[Cell]]
    rows: list[int]
    sheet: str = ""
    delimiter: str = ""  #: what separated the cells, when it was a text file
    merged: bool = False  #: whether the sheet has merged cells

    def problem(
        self, found: str, expected: str, remedy: str, *, row: int | None = None, column: str = ""
    ) -> Problem:
        """A problem in this table."""
        return Problem(self.file, found, expected, remedy, self.sheet, row, column)

    def positions_of(self, rows: Iterable[int]) -> list[int]:
        """The positions of rows given by their number in the file."""
        at = {row: position for position, row in enumerate(self.rows)}
        return [at[row] for row in rows]

    def problem_of(self, bad: Bad, column: str) -> Problem:
        """A problem for cells of one column that cannot be read."""
        rows = [self.rows[position] for position in bad.positions]
        found = bad.found if len(rows) == 1 else f"{bad.found} ({in_rows(rows, len(rows))})"
        return self.problem(found, bad.expected, bad.remedy, row=rows[0], column=column)

    def note(self, kind: str, text: str, positions: Sequence[int] = (), column: str = "") -> Note:
        """A note on this table; `positions` are the cells or rows it is about."""
        rows = tuple(self.rows[position] for position in positions[:PLACES])
        return Note(kind, text, self.file, self.sheet, self.name, column, len(positions) or 1, rows)


def in_rows(rows: Iterable[int], count: int) -> str:
    """`row 7`, `rows 7 and 9`, `68 rows: 2, 3, 4, 5, 6 and more`."""
    shown = [str(row) for row in rows][:PLACES]
    if count == 1:
        return f"row {shown[0]}"
    if count <= len(shown):
        return f"rows {', '.join(shown[:-1])} and {shown[-1]}"
    return f"{count} rows: {', '.join(shown)} and more"
