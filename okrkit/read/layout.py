"""Where in a sheet the table stands: header, rows, and what keeps them from being one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okrkit.door.raw import PLACES, Note, RawTable, in_rows
from okrkit.door.texts import Cell, header_key, is_blank, listed
from okrkit.errors import Problem
from okrkit.schemas import SCHEMAS, Schema
from okrkit.tables import missing_columns

from .sheet import Sheet

_TITLE_ROWS = 20  #: how far down a header is looked for when the first row is none


@dataclass(frozen=True)
class Laid:
    """A table found in a sheet, or the problems that keep it from being one."""

    table: RawTable | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()


def names_of(row: Sequence[Cell]) -> list[str]:
    """The cells of a row as header names are compared: without case, spaces, hyphens."""
    return ["" if is_blank(cell) else header_key(cell) for cell in row]


def column_names(schema: Schema) -> dict[str, str]:
    """The schema's columns by the name they are compared with."""
    return {header_key(column.name): column.name for column in schema.columns}


def lay_out(name: str, sheet: Sheet) -> Laid:
    """Find table `name` in `sheet`."""
    schema = SCHEMAS[name]
    empty = RawTable(name, sheet.file, {}, [], sheet.name, sheet.delimiter, sheet.merged)
    header_at = next((n for n, row in enumerate(sheet.rows) if not all(map(is_blank, row))), None)
    if header_at is None:
        return Laid(
            None,
            (
                empty.problem(
                    "an empty sheet", "a header row and rows below it", "Fill it, or delete it."
                ),
            ),
        )
    known = column_names(schema)
    header = names_of(sheet.rows[header_at])
    if title := _title_above(sheet, header_at, schema, empty):
        return Laid(None, (title,))
    problems = _header_problems(sheet.rows[header_at], header, known, empty, header_at + 1)
    where = {known[name]: at for at, name in reversed([*enumerate(header)]) if name in known}
    if schema.open_ended:
        cells = sheet.rows[header_at]
        where |= {str(cells[at]).strip(): at for at, n in enumerate(header) if n and n not in known}
    body = [(n + 1, row) for n, row in enumerate(sheet.rows) if n > header_at]
    broken, spoilt = _broken_rows(body, header, where, empty)
    problems += broken
    filled = [(n, row) for n, row in body if n not in spoilt and not all(map(is_blank, row))]
    columns = {
        column: [row[at] if at < len(row) and not is_blank(row[at]) else None for _, row in filled]
        for column, at in where.items()
    }
    table = RawTable(
        name, sheet.file, columns, [n for n, _ in filled], sheet.name, sheet.delimiter, sheet.merged
    )
    headers = [str(cell) for cell in sheet.rows[header_at] if not is_blank(cell)]
    problems += [
        Problem(p.file, p.found, p.expected, p.remedy, p.sheet, header_at + 1, p.column)
        for p in missing_columns(table, headers)
    ]
    notes = _notes(sheet.rows[header_at], header, where, body, table)
    return Laid(table, tuple(problems), tuple(notes))


def _title_above(sheet: Sheet, header_at: int, schema: Schema, table: RawTable) -> Problem | None:
    """A header further down, below a title or a first header row."""
    known = set(column_names(schema))
    required = {header_key(name) for name in schema.required}
    here = known & set(names_of(sheet.rows[header_at]))
    if required <= here:
        return None
    for number in range(header_at + 1, min(header_at + _TITLE_ROWS, len(sheet.rows))):
        below = known & set(names_of(sheet.rows[number]))
        if len(below) > len(here) and (required <= below or len(below) >= max(2, len(required))):
            shown = listed([cell for cell in sheet.rows[header_at] if not is_blank(cell)])
            return table.problem(
                f"the header only in row {number + 1}, below {shown}",
                "the header in row 1",
                "Delete the rows above the header.",
                row=header_at + 1,
            )
    return None


def _header_problems(
    cells: Sequence[Cell], header: list[str], known: dict[str, str], table: RawTable, row: int
) -> list[Problem]:
    """Columns given twice, and a second table that stands beside the first."""
    problems = [
        table.problem(
            "the column twice",
            "each column once",
            "Delete one of the two, or move the second table to a sheet of its own.",
            row=row,
            column=known.get(name, name),
        )
        for name in dict.fromkeys(name for name in header if name and header.count(name) > 1)
        if name in known or SCHEMAS[table.name].open_ended
    ]
    gap = next((at for at, name in enumerate(header) if not name and any(header[at:])), None)
    if gap is not None and not problems:
        beside_cells = [cell for cell in cells[gap:] if not is_blank(cell)]
        other = table_with(set(names_of(beside_cells)))
        if other and other != table.name:
            problems.append(
                table.problem(
                    f"a second table ({other}) beside the first: {listed(beside_cells)}",
                    "one table in a sheet",
                    "Move the second table to a sheet or file of its own.",
                    row=row,
                )
            )
    return problems


def table_with(names: set[str]) -> str | None:
    """A table all of whose required columns are among `names`."""
    for schema in SCHEMAS.values():
        if len(schema.required) > 1 and {header_key(n) for n in schema.required} <= names:
            return schema.name
    return None


def _broken_rows(
    body: list[tuple[int, Sequence[Cell]]],
    header: list[str],
    where: dict[str, int],
    table: RawTable,
) -> tuple[list[Problem], set[int]]:
    """Headers in the middle, second tables below, rows longer than the header.

    Second, the rows that belong to another header, whose cells are not this table's.
    """
    names_anywhere = {n for schema in SCHEMAS.values() for n in column_names(schema)}
    wide: list[int] = []
    again: list[int] = []
    second: list[tuple[int, str]] = []
    for number, row in body:
        if len(row) > len(header) and not all(map(is_blank, row[len(header) :])):
            wide.append(number)
        first = next((cell for cell in row if not is_blank(cell)), None)
        if not isinstance(first, str) or header_key(first) not in names_anywhere:
            continue
        names = names_of(row)
        if where and all(at < len(names) and names[at] == header[at] for at in where.values()):
            again.append(number)
        elif other := table_with(set(names)):
            second.append((number, other))
    problems = []
    if wide:
        problems.append(
            table.problem(
                f"more cells than the header has columns ({in_rows(wide, len(wide))})",
                f"{len(header)} cells",
                "Put texts that hold the delimiter in quotes.",
                row=wide[0],
            )
        )
    if again:
        problems.append(
            table.problem(
                f"the header again ({in_rows(again, len(again))})",
                "one header in row 1",
                "Delete the repeated header rows.",
                row=again[0],
            )
        )
    problems += [
        table.problem(
            f"a second table ({other}) below the first",
            "one table in a sheet",
            "Move the second table to a sheet or file of its own.",
            row=number,
        )
        for number, other in second
    ]
    below = {number for number, _ in body if second and number >= second[0][0]}
    return problems, below | set(again)


def _notes(
    cells: Sequence[Cell],
    header: list[str],
    where: dict[str, int],
    body: list[tuple[int, Sequence[Cell]]],
    table: RawTable,
) -> list[Note]:
    """What is left out: unknown columns, cells without a header, blank and short rows."""
    used = set(where.values())
    unknown = [str(cell) for at, cell in enumerate(cells) if header[at] and at not in used]
    nameless = [
        at
        for at, name in enumerate(header)
        if not name and any(at < len(row) and not is_blank(row[at]) for _, row in body)
    ]
    blank = [number for number, row in body if all(map(is_blank, row))]
    last = max((number for number, row in body if not all(map(is_blank, row))), default=0)
    blank = [number for number in blank if number < last]
    short = [n for n, row in body if 0 < len(row) < len(header) and not all(map(is_blank, row))]
    notes = []
    if unknown:
        text = f"columns okrkit does not know: {listed(unknown, 8)}"
        notes.append(_note(table, "ignored", text, (), len(unknown)))
    if nameless:
        numbers = ", ".join(str(at + 1) for at in nameless)
        text = f"columns without a name in the header (number {numbers})"
        notes.append(_note(table, "ignored", text, (), len(nameless)))
    if blank:
        notes.append(_note(table, "left_out", "blank rows were left out", blank, len(blank)))
    if short and table.delimiter:
        text = "rows shorter than the header; the missing cells were read as empty"
        notes.append(_note(table, "converted", text, short, len(short)))
    return notes


def _note(table: RawTable, kind: str, text: str, rows: Sequence[int], count: int) -> Note:
    return Note(kind, text, table.file, table.sheet, table.name, "", count, tuple(rows[:PLACES]))
