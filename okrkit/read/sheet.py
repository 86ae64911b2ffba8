"""What a file holds before anybody knows which table it is: rows of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okrkit.door.raw import Note
from okrkit.door.texts import Cell
from okrkit.errors import Problem

MAX_BYTES = 300_000_000
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELL = 32_767


@dataclass(frozen=True)
class Sheet:
    """Rows of cells as found (row 1 first) and where they come from."""

    file: str
    rows: Sequence[Sequence[Cell]]
    name: str = ""  #: the sheet's name in a workbook
    delimiter: str = ""
    merged: bool = False


@dataclass(frozen=True)
class Found:
    """The sheets of a file, with the problems and notes met on the way."""

    sheets: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


def refused(file: str, found: str, expected: str, remedy: str, sheet: str = "") -> Found:
    """A file that cannot be read, for one reason."""
    return Found(problems=(Problem(file, found, expected, remedy, sheet),))


def too_large(file: str, found: str, limit: str, sheet: str = "") -> Found:
    """A file beyond a spreadsheet's own limits."""
    remedy = "Export fewer columns or a shorter period, or split the client into several folders."
    return refused(file, found, limit, remedy, sheet)
