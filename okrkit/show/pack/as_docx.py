"""A pack as a Word document: headings in order, tables with header rows, nothing but text."""

from __future__ import annotations

import io
import re
from copy import deepcopy

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as Grid
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from . import colours
from .archive import fixed, printable
from .content import Chart, Pack, Section, Table
from .drawing import pictures
from .laid import laid
from .typeset import pngs

INK, QUIET = (RGBColor.from_string(one) for one in (colours.INK, colours.QUIET))
FONT = "Arial"  # or what has its widths: on any computer columns are as wide as their words
SIZES = {"Title": 20, "Heading 1": 13, "Heading 2": 11}
PAGE, MARGIN = (Mm(210), Mm(297)), Mm(20)
WIDTH = Mm(170)  # between the margins
CELL, SMALL = 9, 8  # sizes in points: of a table's text, of what stands below it
MORE = 20  # signs of what stands below a cell's text; longer ones begin a line
LONG = 2_000  # signs of a row that may go over two pages
LOGO = (Mm(50), Mm(16))
MARKS = re.compile(r"[\t\n\r]")  # what stands in a run as a mark of its own
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Drawn = dict[str, list[tuple[bytes, str]]]  # a chart's key: its pictures, each with its words


def docx_bytes(pack: Pack) -> bytes:
    """The pack as a DOCX file; the same pack gives the same bytes.

    Charts are pictures with their numbers as words. A table wider than a page can hold shows its
    main columns; what the others hold stands below, in the widest of them.
    """
    document = docx.Document()
    _look(document, pack)
    _first(document, pack)
    drawn = _drawn(pack)
    for section in pack.sections:
        _section(document, section, drawn, pack.brand.colour)
    for number, about in enumerate(document.element.iter(qn("wp:docPr")), 1):
        about.id, about.name = number, f"Picture {number}"
    out = io.BytesIO()
    document.save(out)
    return fixed(out.getvalue())


def _drawn(pack: Pack) -> Drawn:
    """Every picture of the pack, drawn at once."""
    told = [
        (chart.key, svg, alt)
        for section in pack.sections
        for chart in section.charts
        for svg, alt in pictures(chart, pack.brand.accent)
    ]
    made: Drawn = {}
    for (key, _, alt), png in zip(told, pngs([svg for _, svg, _ in told]), strict=True):
        made.setdefault(key, []).append((png, alt))
    return made


def _first(document: Document, pack: Pack) -> None:
    """What this is, from what, and what it found."""
    title = f"{pack.title}: {pack.client}" if pack.client else pack.title
    _band(_styled(document, title, "Title"), pack.brand.colour, pack.brand.on_colour)
    if pack.brand.logo:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        wide, high = pack.brand.logo_size
        share = min(LOGO[0] / wide, LOGO[1] / high)
        _picture(paragraph, pack.brand.logo, int(wide * share), f"Logo of {pack.client}".strip())
    document.add_paragraph(printable(pack.source)).runs[0].font.color.rgb = QUIET
    verdict = document.add_paragraph(printable(pack.verdict)).runs[0]
    verdict.bold, verdict.font.size = True, Pt(13)
    for number, what in pack.facts:
        paragraph = _styled(document, "", "ListBullet")
        paragraph.add_run(printable(number)).bold = True
        paragraph.add_run(printable(f" {what}"))


def _styled(document: Document, text: str, style: str) -> Paragraph:
    """A paragraph in a style given by its id; python-docx looks through all styles for a name."""
    paragraph = document.add_paragraph(printable(text))
    paragraph._p.style = style
    return paragraph


def _section(document: Document, section: Section, drawn: Drawn, colour: str) -> None:
    _styled(document, section.title, "Heading1")
    if section.unknown:
        document.add_paragraph(printable(f"Cannot be judged. {section.unknown}"))
    for words in section.paragraphs:
        document.add_paragraph(printable(words))
    for chart in section.charts:
        _chart(document, chart, drawn[chart.key])
    for table in section.tables:
        _styled(document, table.title, "Heading2")
        _table(document, table, colour)


def _chart(document: Document, chart: Chart, drawn: list[tuple[bytes, str]]) -> None:
    """The chart's title, how to read it, and its pictures, not parted from each other."""
    title = document.add_paragraph()
    title.add_run(printable(chart.title)).bold = True
    title.paragraph_format.keep_with_next = True
    if chart.how:
        how = document.add_paragraph(printable(chart.how))
        how.runs[0].font.size, how.paragraph_format.keep_with_next = Pt(CELL), True
    for png, alt in drawn:
        _picture(document.add_paragraph(), png, WIDTH, alt)


def _picture(paragraph: Paragraph, png: bytes, width: int, words: str) -> None:
    """A picture; python-docx would read the whole document for the number that it gets later."""
    key, image = paragraph.part.get_or_add_image(io.BytesIO(png))
    sides = image.scaled_dimensions(width, None)
    inline = CT_Inline.new_pic_inline(0, key, image.filename, *sides)
    inline.docPr.set("descr", printable(words))
    paragraph.add_run()._r.add_drawing(inline)


def _table(document: Document, table: Table, colour: str) -> None:
    """A table whose first row is announced, and repeated on each page."""
    shown = laid(table, WIDTH.pt, CELL)
    grid = document.add_table(rows=1 + len(shown.rows), cols=len(shown.header))
    grid.autofit = False
    for column, width in zip(grid.columns, shown.widths, strict=True):
        column.width = Pt(width)
    looks = [(bold, number) for bold in (True, False) for number in (True, False)]
    models = {look: _model(document, *look) for look in looks}
    cells = iter(grid._cells)
    for at, text in enumerate(shown.header):
        cell = next(cells)
        cell.width = Pt(shown.widths[at])
        _cell(cell.paragraphs[0], text, models[True, shown.numbers[at]])
    for row, more in zip(shown.rows, shown.more, strict=True):
        for at, text in enumerate(row):
            cell = next(cells)
            cell.width = Pt(shown.widths[at])
            paragraph = cell.paragraphs[0]
            _cell(paragraph, text, models[at == 0, shown.numbers[at]])
            if at == shown.wide:
                _more(paragraph, more)
    _lines(grid, colour)
    for row in grid.rows[:2]:  # a header stands on the page of at least two rows
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _model(document: Document, bold: bool, number: bool) -> Paragraph:  # noqa: FBT001
    """A cell's empty paragraph: copied into each, since to make it anew takes ten times as long."""
    paragraph = Paragraph(_element("p"), document._body)
    paragraph.paragraph_format.space_after = Pt(1)
    if number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run()
    run.bold, run.font.size = bold, Pt(CELL)
    return paragraph


def _cell(paragraph: Paragraph, text: str, model: Paragraph) -> None:
    paragraph._p.extend(deepcopy(model._p))
    _write(paragraph._p[-1], text)


def _write(run: BaseOxmlElement, text: str) -> None:
    """Put text into an empty run; python-docx looks at each of its signs."""
    words = printable(text)
    if MARKS.search(words):
        run.text = words
    elif words:
        place = OxmlElement("w:t")
        place.text = words
        if words != words.strip():
            place.set(SPACE, "preserve")
        run.append(place)


def _more(paragraph: Paragraph, pairs: tuple[tuple[str, str], ...]) -> None:
    """What the columns hold for which there is no room, below the cell's own text."""
    if not pairs:
        return
    plain, quiet = Run(OxmlElement("w:r"), paragraph), Run(OxmlElement("w:r"), paragraph)
    quiet.font.color.rgb = QUIET
    plain.font.size = quiet.font.size = Pt(SMALL)
    for at, (column, words) in enumerate(pairs):
        start, told, own = deepcopy(plain._r), deepcopy(quiet._r), deepcopy(plain._r)
        _write(told, f"{column}: ")
        _write(own, words)
        if at == 0 or len(words) > MORE:
            Run(start, paragraph).add_break()
        else:
            _write(start, "   ")
        paragraph._p.extend((start, told, own))


def _lines(grid: Grid, colour: str) -> None:
    """A coloured line below the header, thin ones below rows; only a long row is parted."""
    thick, thin = _edges("8", colour[1:].upper()), _edges("4", colours.LINE)
    for at, row in enumerate(grid.rows):
        about = row._tr.get_or_add_trPr()
        if len(row._tr.xpath("string()")) < LONG:
            about.append(_element("cantSplit"))
        if at == 0:
            about.append(_element("tblHeader"))
        for cell in row._tr.tc_lst:
            cell.get_or_add_tcPr().append(deepcopy(thin if at else thick))


def _edges(thick: str, colour: str) -> BaseOxmlElement:
    edges = _element("tcBorders")
    edges.append(_element("bottom", val="single", sz=thick, space="0", color=colour))
    return edges


def _element(name: str, **values: str) -> BaseOxmlElement:
    """`<w:name w:key="value"/>`."""
    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _band(paragraph: Paragraph, colour: str, on_colour: str) -> None:
    """The client's colour behind a paragraph, and a colour of text that stands out on it."""
    fill = colour[1:].upper()
    edges = _element("pBdr")
    for side in ("top", "left", "bottom", "right"):
        edges.append(_element(side, val="single", sz="64", space="0", color=fill))
    about = paragraph._p.get_or_add_pPr()
    for one in (edges, _element("shd", val="clear", color="auto", fill=fill)):
        about.insert_element_before(one, "w:spacing", "w:ind", "w:jc", "w:rPr")
    for run in paragraph.runs:
        run.font.color.rgb = RGBColor.from_string(on_colour[1:].upper())


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
    told.title, told.author, told.language = printable(pack.title)[:255], "okrkit", "en-GB"
    told.keywords, told.comments = f"inputs {pack.inputs}", ""
    told.created = told.modified = pack.created


def _footer(paragraph: Paragraph, pack: Pack) -> None:
    """Where the file comes from, and the page of how many."""
    paragraph.add_run(printable(f"{pack.title} · {pack.day} · inputs {pack.inputs} · page "))
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8), QUIET


def _field(paragraph: Paragraph, code: str) -> None:
    field = _element("fldSimple", instr=code)
    run = paragraph.add_run("1")
    run.font.size, run.font.color.rgb = Pt(8), QUIET
    field.append(run._r)
    paragraph._p.append(field)
