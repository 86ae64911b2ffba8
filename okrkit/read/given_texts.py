"""A file of texts to be judged by their wording: a column `text`, with `id` and `role` if known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from okrkit.door.texts import Cell, header_key
from okrkit.errors import InputError, Problem

from .folder import has_tables, read_file
from .sheet import Sheet

ROLES = {"": "key_result", "keyresult": "key_result", "kr": "key_result", "objective": "objective"}


@dataclass(frozen=True)
class GivenText:
    """A text as its file holds it."""

    id: str  #: its own id, else its row in the file (the header is row 1)
    text: str
    role: str  #: key_result or objective


def read_texts(path: str | Path) -> tuple[GivenText, ...]:
    """The texts in the first sheet of a CSV file or a workbook. Rows without a text are left out.

    Raises
    ------
    InputError
        If the file cannot be read, has no column `text`, or a role we do not know.
    """
    file = Path(path)
    if not file.is_file() or not has_tables(file):
        expected = "a CSV file or a workbook with a column text"
        raise InputError([Problem(str(path), "no such file", expected, "Check the path.")])
    found = read_file(file)
    if found.problems:
        raise InputError(found.problems)
    sheet = found.sheets[0] if found.sheets else Sheet(file.name, [])
    rows = [(at, row) for at, row in enumerate(sheet.rows, 1) if any(map(_said, row))]
    header = [header_key(str(cell or "")) for cell in rows[0][1]] if rows else []
    if "text" not in header:
        remedy = "Name the column with the key results: text. id and role may stand beside it."
        raise InputError([Problem(file.name, "no column text", "a header with text", remedy)])
    return _texts(file.name, header, rows[1:])


def _texts(
    file: str, header: list[str], rows: Sequence[tuple[int, Sequence[Cell]]]
) -> tuple[GivenText, ...]:
    texts, problems = [], []
    for at, row in rows:
        cells = {name: _said(cell) for name, cell in zip(header, row, strict=False) if name}
        role = ROLES.get(header_key(cells.get("role", "")))
        if role is None:
            found = f"the role “{cells['role'][:40]}”"
            either = "key_result or objective"
            problems.append(Problem(file, found, either, "Use one of the two.", "", at, "role"))
        elif cells.get("text"):
            texts.append(GivenText(cells.get("id") or str(at), cells["text"], role))
    if problems:
        raise InputError(problems)
    return tuple(texts)


def _said(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()
