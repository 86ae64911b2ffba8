"""The template workbook: one sheet a table, written from the schemas, valid as it stands."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from okrkit.door.raw import Note, RawTable
from okrkit.door.texts import Cell, text_of
from okrkit.schemas import ANSWERS, SCHEMAS, Column, Schema
from okrkit.standard import STATUSES

_ROWS = 2000  #: how far down drop-downs reach
_NUMBERS = {"number", "share", "grade"}


def write_template(path: str | Path) -> None:
    """Write the workbook people fill in: a note on each header, two example rows, drop-downs."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "OKR tables", "comments": "Replace the example rows."})
        formats = {
            True: book.add_format({"bold": True, "bg_color": "#E6EFF3", "bottom": 1}),
            False: book.add_format({"bg_color": "#F5F7F6", "bottom": 1}),
        }
        text = book.add_format({"num_format": "@"})
        for schema in SCHEMAS.values():
            _sheet(book.add_worksheet(schema.name), schema, formats, text)


def example_rows(table: RawTable) -> list[Note]:
    """A note when the template's example goals still stand in a table.

    Only goals tell: an id or a quarter of the examples may be the client's own.
    """
    if table.name not in ("objectives", "key_results"):
        return []
    schema = SCHEMAS[table.name]
    names = [column.name for column in schema.columns]
    left = []
    for position in range(len(table.rows)):
        shown = tuple(_shown(table.columns.get(name), position) for name in names)
        if shown in schema.examples:
            left.append(position)
    text = "rows are the template's examples and were read as if they were the client's"
    return [table.note("similar", text, left)] if left else []


def _shown(cells: list[Cell] | None, position: int) -> str:
    return "" if cells is None or cells[position] is None else text_of(cells[position])


def _sheet(
    sheet: xlsxwriter.worksheet.Worksheet,
    schema: Schema,
    formats: dict[bool, xlsxwriter.format.Format],
    text: xlsxwriter.format.Format,
) -> None:
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(schema.columns):
        plain_text = text if column.kind not in _NUMBERS else None
        sheet.set_column(at, at, max(12, len(column.name) + 4), plain_text)
        sheet.write_string(0, at, column.name, formats[column.required])
        sheet.write_comment(0, at, _about(column, schema), {"x_scale": 1.8})
        _drop_down(sheet, at, column)
        for row, example in enumerate(schema.examples, 1):
            _write(sheet, row, at, example[at], column)


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, at: int, value: str, column: Column
) -> None:
    if not value:
        return
    if column.kind in _NUMBERS:
        sheet.write_number(row, at, float(value))
    else:
        sheet.write_string(row, at, value)


def _drop_down(sheet: xlsxwriter.worksheet.Worksheet, at: int, column: Column) -> None:
    words = list(column.words)
    if column.kind == "yes_no":
        words = ["yes", "no"]
    elif column.kind == "status":
        words = [word for word in STATUSES if word != "unknown"]
    if words:
        rule = {
            "validate": "list",
            "source": words,
            "error_title": column.name,
            "error_message": "Please use one of: " + ", ".join(words)[:220],
        }
        sheet.data_validation(1, at, _ROWS, at, rule)


def _about(column: Column, schema: Schema) -> str:
    kind = {
        "id": "An id: any short text that is used once.",
        "ids": "Ids, separated by ; when there are several.",
        "date": "A day as 2026-01-31.",
        "week": "A week as 2026-W03, or a day in it.",
        "share": "A number from 0 to 1, or 70 %.",
        "grade": "A grade on the objective's scale; 0 to 1 if none is named.",
        "yes_no": "yes or no.",
        "status": "green, yellow, red, or: " + ", ".join(STATUSES[3:-1]) + ".",
        "word": "One of: " + ", ".join(column.words) + ".",
    }.get(column.kind, "")
    if column.words == ANSWERS:
        kind = "yes, no, don't know or not applicable."
    points = f" Refers to {' or '.join(column.references)}." if column.references else ""
    need = "Required" if column.required else "Optional"
    return f"{column.about[0].upper()}{column.about[1:]}. {need}. {kind}{points}\n\n{schema.about}"
