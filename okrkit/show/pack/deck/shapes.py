"""What stands on a slide: texts, tables, a logo, the foot and the notes; all places in points."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from dataclasses import dataclass

from pptx.dml.color import ColorFormat, RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide, SlideLayout
from pptx.text.text import TextFrame
from pptx.util import Length, Pt

from okrkit.brand import Brand
from okrkit.show.pack.archive import printable

from .fit import largest

TEXT, CAPTION, SMALL = 14.0, 14.0, 9.0  # font sizes
INSET = (5.0, 3.0)  # of a cell: beside and above its text
COVER_SIZES = (40.0, 32.0, 26.0, 20.0)
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the table style without lines or fills
Columns = Sequence[tuple[float, bool]]  # how wide, and whether of numbers
BY_THEME = {
    "ink": MSO_THEME_COLOR.TEXT_1,
    "paper": MSO_THEME_COLOR.BACKGROUND_1,
    "brand": MSO_THEME_COLOR.ACCENT_1,
}


@dataclass(frozen=True)
class Place:
    """A rectangle on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    def given(self) -> tuple[Length, Length, Length, Length]:
        """As python-pptx takes it."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)


def paint(colour: ColorFormat, name: str) -> None:
    """Give a colour by its name in the theme, or as rrggbb."""
    if name in BY_THEME:
        colour.theme_color = BY_THEME[name]
    else:
        colour.rgb = RGBColor.from_string(name)


def write(frame: TextFrame, text: str, size: float, *, bold: bool = False) -> None:
    """Put `text` into a text frame as one paragraph."""
    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    paragraph.text = printable(text)
    end = paragraph._p.get_or_add_endParaRPr()
    end.set("sz", str(int(100 * size)))  # or a cell to fill in would be as high as a title
    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(size), bold or None


def text_box(
    slide: Slide, place: Place, text: str, size: float, *, bold: bool = False
) -> TextFrame:
    """A text in a box of its own."""
    box = slide.shapes.add_textbox(*place.given())
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    write(frame, text, size, bold=bold)
    return frame


def describe(shape: BaseShape, words: str) -> None:
    """Say what a picture, chart or table shows, for those who cannot see it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", printable(words))


def grid(
    slide: Slide, place: Place, rows: Sequence[Sequence[str]], columns: Columns, size: float
) -> GraphicFrame:
    """A table whose first row is its header; it grows down from `place`."""
    widths, numbers = zip(*columns, strict=True)
    frame = slide.shapes.add_table(len(rows), len(widths), *place.given())
    look = frame.table._tbl.tblPr
    look.set("bandRow", "0")
    look.find(qn("a:tableStyleId")).text = PLAIN
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Pt(width)
    beside, above = map(Pt, INSET)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = frame.table.cell(at, column)
            cell.margin_left = cell.margin_right = beside
            cell.margin_top = cell.margin_bottom = above
            write(cell.text_frame, text, size, bold=at == 0 or column == 0)
            if numbers[column]:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
            line = _LINE.format(*((6350, _PALE) if at else (12700, _BRAND)))
            cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))
    return frame


def cover(slide: Slide, place: Place, brand: Brand) -> None:
    """The client's colour behind the title of the first slide, which stands low and large on it."""
    panel = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place.given())
    panel.fill.solid()
    paint(panel.fill.fore_color, "brand")
    panel.line.fill.background()
    panel.name = "Cover"
    _decorative(panel)
    tree = slide.shapes._spTree
    tree.remove(panel._element)
    tree.insert(2, panel._element)  # behind everything
    title = slide.shapes.title
    title.left, title.width, title.height = title.left, title.width, Pt(0.6 * place.height)
    title.top = Pt(0.3 * place.height)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    words, size = largest(title.text_frame.text, title.width.pt, title.height.pt, COVER_SIZES)
    title.text_frame.text = words
    for run in title.text_frame.paragraphs[0].runs:
        run.font.size = Pt(size)
        paint(run.font.color, brand.on_colour[1:].upper())


def _decorative(shape: BaseShape) -> None:
    """Mark a shape as one that says nothing, so that it is not read out."""
    shape._element.xpath(".//p:cNvPr")[0].append(parse_xml(_DECORATIVE))


def logo(slide: Slide, place: Place, picture: bytes, words: str) -> None:
    """A logo as large as fits into `place`, at its right upper corner."""
    shape = slide.shapes.add_picture(io.BytesIO(picture), 0, 0)
    share = min(Pt(place.width) / shape.width, Pt(place.height) / shape.height)
    shape.width, shape.height = int(shape.width * share), int(shape.height * share)
    shape.left, shape.top = Pt(place.left + place.width) - shape.width, Pt(place.top)
    describe(shape, words)


def foot(slide: Slide, layout: SlideLayout, place: Place, words: tuple[str, int, int]) -> None:
    """The line below a slide: a text, and which slide it is of how many."""
    text, number, total = words
    near = _borrowed(slide, layout, "ftr") or slide.shapes.add_textbox(*place.given())
    _one_line(near, f"<a:r>{_SMALL}<a:t/></a:r>", "l")
    near._element.find(f".//{qn('a:t')}").text = printable(text)
    right = Place(place.left + place.width - 70, place.top, 70, place.height)
    far = _borrowed(slide, layout, "sldNum") or slide.shapes.add_textbox(*right.given())
    field = f'<a:fld id="{_FIELD}" type="slidenum">{_SMALL}<a:t>{number}</a:t></a:fld>'
    _one_line(far, f"{field}<a:r>{_SMALL}<a:t> of {total}</a:t></a:r>", "r")


def notes(slide: Slide, words: str) -> None:
    """What a speaker reads below the slide."""
    slide.notes_slide.notes_text_frame.text = printable(words)


def _borrowed(slide: Slide, layout: SlideLayout, kind: str) -> BaseShape | None:
    """A copy of the layout's own footer or number on the slide; None if it has none."""
    for shape in layout.placeholders:
        if shape._element.find(f".//{qn('p:ph')}").get("type") == kind:
            made = copy.deepcopy(shape._element)
            tree = slide.shapes._spTree
            free = 1 + max(int(one) for one in tree.xpath(".//p:cNvPr/@id"))
            made.xpath(".//p:cNvPr")[0].set("id", str(free))
            tree.append(made)
            return slide.shapes[-1]
    return None


def _one_line(shape: BaseShape, runs: str, side: str) -> None:
    body = shape._element.find(qn("p:txBody"))
    for paragraph in body.findall(qn("a:p")):
        body.remove(paragraph)
    body.append(parse_xml(_PARAGRAPH.format(side, runs)))


_NAMES = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_DECORATIVE = (
    f'<a:extLst {_NAMES}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" '
    'val="1"/></a:ext></a:extLst>'
)
_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
_SMALL = f'<a:rPr lang="en-GB" sz="{int(100 * SMALL)}"/>'
_PARAGRAPH = f'<a:p {_NAMES}><a:pPr algn="{{}}"/>{{}}</a:p>'
_LINE = f'<a:lnB {_NAMES} w="{{}}"><a:solidFill>{{}}</a:solidFill></a:lnB>'
_BRAND = '<a:schemeClr val="accent1"/>'
_PALE = '<a:schemeClr val="tx1"><a:lumMod val="25000"/><a:lumOff val="75000"/></a:schemeClr>'
