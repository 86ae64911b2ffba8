"""A pack as a workbook: a sheet a section, tables that sort and filter, one chart to edit."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from okrkit.judge.calibration.words import MINUS
from okrkit.show.workbook import LIVE, UNDATED

from .archive import fixed
from .content import Cell, Number, Pack, Section, Table, words_of

LONGEST = 32_000  # a cell takes 32,767 characters
WIDE, NARROW = 46, 18  # of a column in characters
MANY = 40  # characters from which a column is wide
CUT = " … (cut here; the JSON file has it whole)"


def xlsx_bytes(pack: Pack) -> bytes:
    """The pack as an XLSX file; the same pack gives the same bytes.

    Every text is kept as text, however it begins. Numbers are numbers, shares fractions.
    """
    out = io.BytesIO()
    options = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}
    book = xlsxwriter.Workbook(out, {**options, "in_memory": True})
    created = datetime.combine(pack.as_of or UNDATED, time())
    book.set_properties(
        {"title": pack.title, "created": created, "author": "okrkit", "keywords": pack.inputs}
    )
    sheets = _Sheets(book, pack)
    sheets.overview()
    for section in pack.sections:
        sheets.section(section)
    book.close()
    return fixed(out.getvalue())


class _Sheets:
    """The sheets of one workbook, with their formats."""

    def __init__(self, book: xlsxwriter.Workbook, pack: Pack) -> None:
        self.book, self.pack = book, pack
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.strong = book.add_format({"bold": True})
        self.head = book.add_format(
            {"bold": True, "bg_color": pack.brand.colour, "font_color": pack.brand.on_colour}
        )
        self.formats: dict[str, Format] = {}

    def overview(self) -> None:
        """Verdict and facts, and which sections there are."""
        sheet = self._new("Overview", self.pack.title)
        row = self._words(sheet, 3, [self.pack.verdict])
        row = self._words(sheet, row, [f"{number} {text}" for number, text in self.pack.facts])
        rows = tuple((one.title, one.unknown or "See its sheet.") for one in self.pack.sections)
        table = Table("sections", "In this workbook", ("Section", "What it says"), rows)
        self._table(sheet, row + 1, table)

    def section(self, section: Section) -> None:
        """One section: its words, then its tables."""
        name = section.key.replace("_", " ").capitalize()
        sheet = self._new(name, section.title)
        unknown = [f"Cannot be judged. {section.unknown}"] if section.unknown else []
        row = self._words(sheet, 3, [*unknown, *section.paragraphs])
        for table in section.tables:
            top = row + 1
            row = self._table(sheet, top, table)
            if table.key == "say_and_do" and not section.unknown:
                self._chart(sheet, top + 1, row, table)

    def _new(self, name: str, title: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        self._text(sheet, 0, 0, title, self.title)
        self._text(sheet, 1, 0, self.pack.source)
        if self.pack.confidential:
            self._text(sheet, 2, 0, self.pack.confidential, self.strong)
            sheet.set_header("&L&B" + self.pack.confidential.replace("&", "&&"))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&A · inputs {self.pack.inputs}&RPage &P of &N")
        return sheet

    def _words(self, sheet: Worksheet, row: int, texts: Iterable[str]) -> int:
        for text in texts:
            self._text(sheet, row, 0, text)
            row += 1
        return row

    def _table(self, sheet: Worksheet, top: int, table: Table) -> int:
        """Write `table` from row `top` with its title above; the first row free below it."""
        self._text(sheet, top, 0, table.title, self.strong)
        last, right = top + 1 + len(table.rows), len(table.columns) - 1
        headers = [{"header": name, "header_format": self.head} for name in table.columns]
        look = {"columns": headers, "name": f"okrkit_{table.key}", "style": "Table Style Light 1"}
        sheet.add_table(top + 1, 0, last, right, look)
        for at, row in enumerate(table.rows, top + 2):
            for column, cell in enumerate(row):
                self._cell(sheet, at, column, cell)
        for column in range(right + 1):
            longest = max(len(words_of(row[column])) for row in table.rows)
            wide = column == 0 or longest > MANY
            sheet.set_column(column, column, WIDE if wide else NARROW)
        return last + 1

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, Number):
            shape = {"num_format": number_format(cell), "valign": "top"}
            sheet.write_number(row, column, cell.value, self._format(shape))
        else:
            self._text(sheet, row, column, cell, self._format({"valign": "top", "text_wrap": True}))

    def _text(
        self, sheet: Worksheet, row: int, column: int, text: str, look: Format | None = None
    ) -> None:
        if text.startswith(LIVE):
            look = self._format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        whole = text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
        if whole:
            sheet.write_string(row, column, whole, look)

    def _format(self, shape: Mapping[str, object]) -> Format:
        return self.formats.setdefault(repr(shape), self.book.add_format(dict(shape)))

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


def number_format(cell: Number) -> str:
    """How a workbook prints a number: as its words do, in the unit they name.

    >>> [number_format(one) for one in (Number(0.41, "41 %"), Number(49, "49 days"))]
    ['0 %', '#,##0 "days"']
    >>> number_format(Number(0.1, "+0.10"))
    '+#,##0.00;"−"#,##0.00;#,##0.00'
    """
    if cell.is_share:
        whole = abs(cell.value * 100 - round(cell.value * 100)) < 1e-9
        plain = cell.words.split()[0].isdigit()
        return "0 %" if whole or plain else "0.00 %"
    unit = cell.words.partition(" ")[2].replace('"', "")
    printed = cell.words.partition(" ")[0]
    places = len(printed.partition(".")[2])
    digits = "#,##0" + (f".{'0' * places}" if places else "")
    if printed.startswith(("+", MINUS)):
        return f'+{digits};"{MINUS}"{digits};{digits}'
    return f'{digits} "{unit}"' if unit else digits
