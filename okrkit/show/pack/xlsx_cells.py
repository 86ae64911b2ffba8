"""Cells of a workbook: client text stays text, numbers are numbers in the unit their words name."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from datetime import date

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from okrkit.judge.phrases import NO_BREAK
from okrkit.show.blanks import Blank
from okrkit.show.workbook import LIVE

from .checks import fitted
from .colours import EDGE, LINE, WASH
from .content import Cell, Number, Table, words_of

Shape = Mapping[str, object]

PLAIN: Shape = {"valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": f"#{LINE}"}
OPEN: Shape = {
    **PLAIN, "locked": False, "bg_color": f"#{WASH}", "border": 1, "border_color": f"#{EDGE}",
}  # fmt: skip
NUMBER: Shape = {"align": "right", "indent": 1, "text_wrap": False}
WIDTHS = ((9, 12), (24, 20), (60, 30))  # for texts up to so many characters: so wide
WIDEST = 42
PRINTED = 190  # of all columns together: more would be too small in print
TYPED = 5  # so much shorter than the longest entry the usual one is
SIGNS = 1.1  # of a text in the width of one sign that the width of a column counts by
MINUS = "\N{MINUS SIGN}"
TEXT_LINE, HIGHEST = 20, 545  # pixels: of a line, and of the highest row there is


class Cells:
    """Writes cells; every look is made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._formats: dict[str, Format] = {}

    def look(self, shape: Shape) -> Format:
        """The format of a shape."""
        name = repr(sorted(shape.items()))
        if name not in self._formats:
            self._formats[name] = self._book.add_format(dict(shape))
        return self._formats[name]

    def text(self, sheet: Worksheet, at: tuple[int, int], text: str, shape: Shape = PLAIN) -> None:
        """A text as text; one that a spreadsheet would take for a formula is marked as quoted."""
        whole = fitted(text)
        live = {"quote_prefix": True} if text.startswith(LIVE) else {}
        if whole:
            sheet.write_string(*at, whole, self.look({**shape, **live}))

    def cell(self, sheet: Worksheet, at: tuple[int, int], cell: Cell, shape: Shape = PLAIN) -> None:
        """A number or a text."""
        if isinstance(cell, Number):
            look = {**shape, **NUMBER, "num_format": number_format(cell)}
            sheet.write_number(*at, cell.value, self.look(look))
        else:
            self.text(sheet, at, cell, shape)

    def blank(self, sheet: Worksheet, at: tuple[int, int], cell: Cell, blank: Blank) -> None:
        """A cell to fill in, with what is filled in already."""
        if blank.days:
            shape = {**OPEN, "num_format": "yyyy-mm-dd", "align": "left"}
        else:
            shape = {**OPEN, **({"num_format": "@"} if blank.longest or blank.choices else {})}
        if not words_of(cell):
            sheet.write_blank(*at, None, self.look(shape))
        elif blank.days:
            sheet.write_datetime(*at, date.fromisoformat(words_of(cell)), self.look(shape))
        else:
            self.cell(sheet, at, cell, shape)


def widths(tables: Iterable[Table]) -> list[int]:
    """The width of each column of a sheet, in characters, so that texts can be read."""
    longest: list[int] = []
    for table in tables:
        typed = {one.column: one.longest // TYPED for one in table.blanks}
        for at, name in enumerate(table.columns):
            if at == len(longest):
                longest.append(0)
            sizes = (len(words_of(row[at])) for row in table.rows)
            longest[at] = max(longest[at], len(name), typed.get(name, 0), *sizes)
    usual = [next((wide for most, wide in WIDTHS if size <= most), WIDEST) for size in longest]
    narrow = [wide for wide in usual if wide <= WIDTHS[1][1]]
    over = sum(usual) - sum(narrow)
    share = (PRINTED - sum(narrow)) / over if sum(usual) > PRINTED and over else 1
    return [
        wide if wide <= WIDTHS[1][1] else max(WIDTHS[1][1], int(wide * share)) for wide in usual
    ]


def height(cells: Iterable[tuple[str, int]]) -> int:
    """The height of a row in pixels for texts in columns so many characters wide."""
    most = max(
        sum(
            max(1, len(textwrap.wrap(line, int(wide * SIGNS))))
            for line in fitted(text).splitlines() or [""]
        )
        for text, wide in cells
    )
    return min(TEXT_LINE * most + 1, HIGHEST)


def number_format(cell: Number) -> str:
    """How a workbook prints a number: as its words do, in the unit they name.

    >>> [number_format(one) for one in (Number(0.41, "41 %"), Number(49, "49 days"))]
    ['0 %', '#,##0 "days"']
    >>> number_format(Number(0.7996, "79.96 %")), number_format(Number(0.999, "over 99 %"))
    ('0.00 %', '"over 99 %"')
    >>> number_format(Number(0.75, "0.75")), number_format(Number(0.05, "+0.05"))
    ('#,##0.00', '+#,##0.00;"−"#,##0.00;#,##0.00')
    """
    number, _, unit = cell.words.replace(NO_BREAK, " ").partition(" ")
    if cell.is_share and not number[:1].isdigit():
        return f'"{cell.words}"'
    places = "0" * len(number.partition(".")[2])
    digits = f"#,##0.{places}" if places else "#,##0"
    if cell.is_share:
        return f"{digits[4:]} %"
    if number.startswith(("+", MINUS)):
        return f'+{digits};"{MINUS}"{digits};{digits}'
    unit = unit.replace('"', "")
    return f'{digits} "{unit}"' if unit else digits
