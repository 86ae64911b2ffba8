"""A pack as a workbook: a sheet a section, tables that sort and filter, blanks to fill in."""

from __future__ import annotations

import io
from datetime import datetime, time

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from okrkit.show.workbook import UNDATED

from .archive import fixed
from .checks import mark_of
from .content import Pack, Section, Table, words_of
from .xlsx_cells import PLAIN, Cells, widths
from .xlsx_forms import HIDDEN, add_checks, close

AS_GIVEN = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}
TITLE = {"bold": True, "font_size": 14}
STRONG = {"bold": True}
FIRST = 4  # the row of the first words; above it title, source and who may read it


def xlsx_bytes(pack: Pack) -> bytes:
    """The pack as an XLSX file; the same pack gives the same bytes.

    Every text is kept as text, however it begins. Numbers are numbers, shares fractions. A sheet
    with blanks is locked but for these, and comes back by `okrkit.show.pack.filled`; the others
    are the reader's to work with.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**AS_GIVEN, "in_memory": True})
    created = datetime.combine(pack.as_of or UNDATED, time())
    told = {"title": pack.title, "author": "okrkit", "keywords": pack.inputs}
    book.set_properties({**told, "created": created})
    sheets = _Sheets(book, pack)
    sheets.overview()
    for section in (*pack.sections, *pack.forms):
        sheets.section(section)
    book.close()
    return fixed(out.getvalue())


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, pack: Pack) -> None:
        self.book, self.pack, self.cells = book, pack, Cells(book)
        colours = {"bg_color": pack.brand.colour, "font_color": pack.brand.on_colour}
        self.head = self.cells.look({**PLAIN, **STRONG, **colours})

    def overview(self) -> None:
        """Verdict and facts, and which sections there are."""
        pack = self.pack
        said = (pack.verdict, *(f"{number} {text}" for number, text in pack.facts))
        whole = (*pack.sections, *pack.forms)
        rows = tuple((one.title, one.unknown or "See its sheet.") for one in whole)
        table = Table("sections", "In this workbook", ("Section", "What it says"), rows)
        self.section(Section("overview", pack.title, said, (table,)))

    def section(self, section: Section) -> None:
        """One section: its words, then its tables."""
        sheet = self._new(section)
        unknown = [f"Cannot be judged. {section.unknown}"] if section.unknown else []
        row = FIRST
        for text in (*unknown, *section.paragraphs):
            self.cells.text(sheet, (row, 0), text, {})
            row += 1
        for table in section.tables:
            row = self._table(sheet, row + 1, table)
            if table.key == "say_and_do" and not section.unknown:
                self._chart(sheet, row - len(table.rows) - 1, row, table)

    def _new(self, section: Section) -> Worksheet:
        sheet = self.book.add_worksheet(section.key.replace("_", " ").capitalize())
        self.cells.text(sheet, (0, 0), section.title, TITLE)
        self.cells.text(sheet, (1, 0), self.pack.source, {})
        for column, width in enumerate(widths(section.tables)):
            sheet.set_column(column, column, width)
        if len(section.tables) == 1:
            header = FIRST + bool(section.unknown) + len(section.paragraphs) + 2
            sheet.freeze_panes(header + 1, 1)
            sheet.repeat_rows(header)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&A · inputs {self.pack.inputs}&RPage &P of &N")
        return sheet

    def _table(self, sheet: Worksheet, top: int, table: Table) -> int:
        """Write `table` from row `top` with its title above; the first row free below it."""
        self.cells.text(sheet, (top, 0), table.title, STRONG)
        names = (*table.columns, *(HIDDEN if table.blanks else ()))
        header, last = top + 1, top + 1 + len(table.rows)
        heads = [{"header": name, "header_format": self.head} for name in names]
        look = {"columns": heads, "name": f"okrkit_{table.key}", "style": "Table Style Light 1"}
        sheet.add_table(header, 0, last, len(names) - 1, look)
        blanks = {table.columns.index(blank.column): blank for blank in table.blanks}
        for at, row in enumerate(table.rows, header + 1):
            for column, cell in enumerate(row):
                if column in blanks:
                    self.cells.blank(sheet, (at, column), cell, blanks[column])
                else:
                    self.cells.cell(sheet, (at, column), cell)
        if table.blanks:
            add_checks(sheet, self.cells, table, header + 1)
            close(sheet, self.cells, table, mark_of(self.pack, table), header + 1)
        return last + 1

    def _chart(self, sheet: Worksheet, header: int, end: int, table: Table) -> None:
        """Say beside do as bars that read the table's own cells."""
        chart = self.book.add_chart({"type": "bar"})
        for column, colour in ((1, "#A9B6B0"), (2, self.pack.brand.colour)):
            chart.add_series(
                {
                    "name": [sheet.name, header, column],
                    "categories": [sheet.name, header + 1, 0, end - 1, 0],
                    "values": [sheet.name, header + 1, column, end - 1, column],
                    "fill": {"color": colour},
                    "data_labels": {"value": True},
                }
            )
        chart.set_title({"name": table.title})
        chart.set_x_axis({"min": 0, "max": 1, "num_format": "0 %"})
        chart.set_y_axis({"reverse": True})
        told = "; ".join(
            f"{words_of(row[0])}: {words_of(row[1]) or 'unknown'} say yes, "
            f"{words_of(row[2]) or 'unknown'} found in the records"
            for row in table.rows
        )
        place = {"description": told, "x_scale": 1.6, "y_scale": 1.4}
        sheet.insert_chart(end + 1, 0, chart, place)
