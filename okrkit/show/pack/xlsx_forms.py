"""The sheets of a workbook that people fill in and send back: all is locked but the blanks."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from .checks import CHECK, KEY, Mark, check_of
from .content import Table
from .xlsx_cells import Cells

MAY = {"autofilter": True, "format_columns": True, "format_rows": True}
HIDDEN = (KEY, CHECK)  # the columns behind the table's own


def lock(sheet: Worksheet, cells: Cells, table: Table, mark: Mark, top: int) -> None:
    """Lock a sheet but for its blanks, say what each takes, and hide each row's key and check.

    `top` is the first row of `table`. The lock has no password: it is a guard against slips, and
    what comes back is checked cell by cell.
    """
    width, last = len(table.columns), top + len(table.rows) - 1
    open_ = [name in {one.column for one in table.blanks} for name in table.columns]
    for at, (key, row) in enumerate(zip(table.keys, table.rows, strict=True), top):
        cells.text(sheet, (at, width), key)
        cells.text(sheet, (at, width + 1), check_of(key, row, open_).text)
    cells.text(sheet, (0, width), mark.text)
    sheet.set_column(width, width + 1, 12, None, {"hidden": True})
    for blank in table.blanks:
        column = table.columns.index(blank.column)
        if blank.rule:
            sheet.data_validation(top, column, last, column, blank.rule)
    sheet.print_area(0, 0, last, width - 1)
    sheet.protect("", MAY)
