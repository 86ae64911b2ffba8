"""A pack as a workbook: a sheet a section, tables that sort and filter, blanks to fill in."""

from __future__ import annotations

import io
from itertools import accumulate

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from okrkit.show.workbook import AS_GIVEN

from .archive import fixed, printable
from .checks import mark_of
from .content import Number, Pack, Section, Table, words_of
from .xlsx_cells import NUMBER, PLAIN, Cells, height, widths
from .xlsx_charts import WIDE, Charts
from .xlsx_forms import HIDDEN, lock
from .xlsx_print import ROW, Leaf

TITLE = {"bold": True, "font_size": 14}
STRONG = {"bold": True}
WRAPPED = {"valign": "top", "text_wrap": True}
ACROSS = 120  # characters a paragraph is wide at most
PRINTED = 90  # characters of a text in a header or footer, which takes 255
LOGO, ASIDE = 60, 180  # pixels: its height, that of three rows; and how far aside it stands
FIRST = 4  # the row of the first words; above it title, source and who may read it


def xlsx_bytes(pack: Pack) -> bytes:
    """The pack as an XLSX file; the same pack gives the same bytes.

    Every text is kept as text, however it begins. Numbers are numbers, shares fractions. A sheet
    with blanks is locked but for these, and comes back by `okrkit.show.pack.filled`; the others
    are the reader's to work with.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**AS_GIVEN, "in_memory": True})
    told = {"title": printable(pack.title), "author": "okrkit", "keywords": pack.inputs}
    book.set_properties({**told, "created": pack.created})
    sheets = _Sheets(book, pack)
    sheets.overview()
    for section in (*pack.sections, *pack.forms):
        sheets.section(section)
    sheets.chart_data()
    book.close()
    return fixed(out.getvalue())


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, pack: Pack) -> None:
        self.book, self.pack, self.cells = book, pack, Cells(book)
        self.charts = Charts(book, pack.brand.colour, FIRST + 1)
        colours = {"bg_color": pack.brand.colour, "font_color": pack.brand.on_colour}
        self.head = {**PLAIN, **STRONG, **colours}

    def overview(self) -> None:
        """Verdict and facts, and which sections there are; the client's logo beside them."""
        pack = self.pack
        said = (pack.verdict, *(f"{number} {text}" for number, text in pack.facts))
        parts = (*pack.sections, *pack.forms)
        rows = tuple((one.title, one.unknown or "".join(one.paragraphs[:1])) for one in parts)
        table = Table("sections", "In this workbook", ("Section", "What it says"), rows)
        sheet = self.section(Section("overview", pack.title, said, (table,)))
        if pack.brand.logo:
            scale = LOGO / pack.brand.logo_size[1]
            place = {"x_offset": ASIDE, "description": printable(f"Logo {pack.client}".strip())}
            whole = {"image_data": io.BytesIO(pack.brand.logo), "x_scale": scale, "y_scale": scale}
            sheet.insert_image(0, len(table.columns), "logo.png", {**whole, **place})

    def section(self, section: Section) -> Worksheet:
        """One section: its words, then its tables."""
        wide = widths(section.tables) or [ACROSS]
        sheet = self._new(section, wide)
        merge = not any(table.blanks for table in section.tables)
        unknown = [f"Cannot be judged. {section.unknown}"] if section.unknown else []
        leaf, row = Leaf(wide, WIDE if section.charts else 0), FIRST
        leaf.words(ROW * FIRST)
        for text in (*unknown, *section.paragraphs):
            leaf.words(self._say(sheet, row, text, wide if merge else []))
            row += 1
        if section.charts:
            row = self.charts.place(sheet, row + 1, section.charts, leaf)
        for table in section.tables:
            row = self._table(sheet, row + 1, table, wide, leaf)
        if not _alone(section):
            sheet.set_h_pagebreaks(leaf.breaks)
        return sheet

    def chart_data(self) -> None:
        """The numbers the charts read, when there are charts."""
        if self.charts.tables:
            words = ("The charts read these numbers: change one here, and its chart changes.",)
            tables = tuple(self.charts.tables)
            self.section(Section("chart_data", "The numbers behind the charts", words, tables))

    def _new(self, section: Section, wide: list[int]) -> Worksheet:
        sheet = self.book.add_worksheet(section.key.replace("_", " ").capitalize())
        self.cells.text(sheet, (0, 0), section.title, TITLE)
        self.cells.text(sheet, (1, 0), self.pack.source, {})
        for column, width in enumerate(wide):
            sheet.set_column(column, column, width)
        if _alone(section):
            header = FIRST + bool(section.unknown) + len(section.paragraphs) + 2
            sheet.freeze_panes(header + 1, 1)
            sheet.repeat_rows(header)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5)
        sheet.set_tab_color(self.pack.brand.colour)
        if self.pack.confidential:
            self.cells.text(sheet, (2, 0), self.pack.confidential, STRONG)
            sheet.set_header(f"&L&B{_printed(self.pack.confidential)}")
        sheet.set_footer(f"&L&A · {_printed(self.pack.client)} · {self.pack.inputs}&RPage &P of &N")
        return sheet

    def _say(self, sheet: Worksheet, row: int, text: str, wide: list[int]) -> int:
        """A paragraph across columns so wide; over a form, where merged cells are refused, none.

        How high it is, in pixels.
        """
        if not wide:
            self.cells.text(sheet, (row, 0), text, {})
            return ROW
        ends = [end for end in accumulate(wide) if end <= ACROSS] or wide[:1]
        if len(ends) > 1:
            sheet.merge_range(row, 0, row, len(ends) - 1, "", self.cells.look(WRAPPED))
        high = height([(text, ends[-1])])
        sheet.set_row_pixels(row, high)
        self.cells.text(sheet, (row, 0), text, WRAPPED)
        return high

    def _table(self, sheet: Worksheet, top: int, table: Table, wide: list[int], leaf: Leaf) -> int:
        """Write `table` from row `top` with its title above; the first row free below it."""
        self.cells.text(sheet, (top, 0), table.title, STRONG)
        names = (*table.columns, *(HIDDEN if table.blanks else ()))
        header, last = top + 1, top + 1 + len(table.rows)
        numbers = {
            at for row in table.rows for at, one in enumerate(row) if isinstance(one, Number)
        }
        looks = ({**self.head, **(NUMBER if at in numbers else {})} for at in range(len(names)))
        heads = [
            {"header": printable(name), "header_format": self.cells.look(look)}
            for name, look in zip(names, looks, strict=True)
        ]
        look = {"columns": heads, "name": f"okrkit_{table.key}", "style": "Table Style Light 1"}
        sheet.add_table(header, 0, last, len(names) - 1, look)
        blanks = {table.columns.index(blank.column): blank for blank in table.blanks}
        texts = (table.columns, *(tuple(map(words_of, row)) for row in table.rows))
        high = [height(zip(row, wide, strict=False)) for row in texts]
        leaf.table(top, [ROW, *high, ROW])
        for at, pixels in enumerate(high, header):
            sheet.set_row_pixels(at, pixels)
        for at, row in enumerate(table.rows, header + 1):
            for column, cell in enumerate(row):
                if column in blanks:
                    self.cells.blank(sheet, (at, column), cell, blanks[column])
                else:
                    self.cells.cell(sheet, (at, column), cell)
        if table.blanks:
            lock(sheet, self.cells, table, mark_of(self.pack, table), header + 1)
        return last + 1


def _alone(section: Section) -> bool:
    """Whether a section is one table, whose header stands on each page it is printed on."""
    return len(section.tables) == 1 and not section.charts


def _printed(text: str) -> str:
    """A text as a header or footer prints it, as long as these may be."""
    return printable(text[:PRINTED]).replace("&", "&&")
