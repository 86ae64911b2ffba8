"""A pack as a Word document: headings in order, tables with header rows, nothing but text."""

from __future__ import annotations

import io
from datetime import datetime, time

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from okrkit.show.workbook import UNDATED

from .archive import fixed, printable
from .content import ABREAST, Pack, Section, Table, words_of

INK, QUIET = RGBColor(0x17, 0x21, 0x1E), RGBColor(0x44, 0x50, 0x4B)
FONT = "Segoe UI"
SIZES = {"Title": 18, "Heading 1": 13, "Heading 2": 11}
PAGE, MARGIN = (Mm(210), Mm(297)), Mm(20)


def docx_bytes(pack: Pack) -> bytes:
    """The pack as a DOCX file; the same pack gives the same bytes.

    A table wider than a page can hold stands as one paragraph a row, with its columns named.
    """
    document = docx.Document()
    _look(document, pack)
    document.add_heading(
        printable(f"{pack.title}: {pack.client}" if pack.client else pack.title), 0
    )
    document.add_paragraph(printable(pack.source))
    document.add_paragraph(printable(pack.verdict)).runs[0].bold = True
    for number, what in pack.facts:
        document.add_paragraph(printable(f"{number} {what}"), style="List Bullet")
    for section in pack.sections:
        _section(document, section)
    out = io.BytesIO()
    document.save(out)
    return fixed(out.getvalue())


def _section(document: Document, section: Section) -> None:
    document.add_heading(printable(section.title), 1)
    if section.unknown:
        document.add_paragraph(printable(f"Cannot be judged. {section.unknown}"))
    for words in section.paragraphs:
        document.add_paragraph(printable(words))
    for table in section.tables:
        document.add_heading(printable(table.title), 2)
        wide = len(table.columns) > ABREAST
        _rows(document, table) if wide else _table(document, table)


def _rows(document: Document, table: Table) -> None:
    """Each row as a paragraph: its name, then what its columns hold."""
    for name, *cells in table.rows:
        named = zip(table.columns[1:], map(words_of, cells), strict=True)
        paragraph = document.add_paragraph()
        paragraph.add_run(printable(words_of(name))).bold = True
        for column, words in named:
            if words:
                paragraph.add_run().add_break()
                paragraph.add_run(printable(f"{column}: ")).font.color.rgb = QUIET
                paragraph.add_run(printable(words))


def _table(document: Document, table: Table) -> None:
    """A table whose first row is announced, and repeated on each page."""
    wide = len(table.columns)
    grid = document.add_table(rows=1 + len(table.rows), cols=wide, style="Table Grid")
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    texts = [*table.columns, *(words_of(cell) for row in table.rows for cell in row)]
    for at, (cell, text) in enumerate(zip(grid._cells, texts, strict=True)):  # noqa: SLF001
        run = cell.paragraphs[0].add_run(printable(text))
        run.bold, run.font.size = at < wide, Pt(9)


def _look(document: Document, pack: Pack) -> None:
    """Fonts, page, footer, language and properties."""
    normal = document.styles["Normal"]
    normal.font.size, normal.font.color.rgb = Pt(10), INK
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for name in ("Normal", *SIZES):
        style = document.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
        for theme in [one for one in fonts.attrib if one.endswith("Theme")]:
            del fonts.attrib[theme]  # it would win over the font's name
        if name in SIZES:
            style.font.size = Pt(SIZES[name])
            style.font.color.rgb = INK
    page = document.sections[0]
    page.page_width, page.page_height = PAGE
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    _footer(page.footer.paragraphs[0], pack)
    if pack.confidential:
        page.header.paragraphs[0].add_run(printable(pack.confidential)).bold = True
    told = document.core_properties
    told.title, told.author, told.language = printable(pack.title), "okrkit", "en-GB"
    told.keywords, told.comments = f"inputs {pack.inputs}", ""
    told.created = told.modified = datetime.combine(pack.as_of or UNDATED, time())


def _footer(paragraph: Paragraph, pack: Pack) -> None:
    """Where the file comes from, and the page of how many."""
    paragraph.add_run(printable(f"{pack.title} · {pack.day} · inputs {pack.inputs} · page "))
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8), QUIET


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run("1")
    run.font.size, run.font.color.rgb = Pt(8), QUIET
    field.append(run._r)  # noqa: SLF001
    paragraph._p.append(field)  # noqa: SLF001
