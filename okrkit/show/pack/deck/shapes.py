"""What stands on a slide: texts, tables, a logo, the foot and the notes; all places in points."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from okrkit.show.pack.archive import printable

TEXT, CAPTION, CELL, SMALL = 14.0, 14.0, 11.0, 9.0  # font sizes
INSET = (5.0, 3.0)  # of a cell: beside and above its text
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the table style without lines or fills
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

    def given(self) -> tuple[Any, Any, Any, Any]:
        """As python-pptx takes it."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)


def paint(colour: Any, name: str) -> None:  # noqa: ANN401
    """Give a colour by its name in the theme, or as rrggbb."""
    if name in BY_THEME:
        colour.theme_color = BY_THEME[name]
    else:
        colour.rgb = RGBColor.from_string(name)


def write(frame: Any, text: str, size: float, *, bold: bool = False) -> None:  # noqa: ANN401
    """Put `text` into a text frame as one paragraph."""
    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    paragraph.text = printable(text)
    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(size), bold or None


def text_box(slide: Any, place: Place, text: str, size: float, *, bold: bool = False) -> Any:  # noqa: ANN401
    """A text in a box of its own."""
    box = slide.shapes.add_textbox(*place.given())
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    write(frame, text, size, bold=bold)
    return box


def describe(shape: Any, words: str) -> None:  # noqa: ANN401
    """Say what a picture, chart or table shows, for those who cannot see it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", printable(words))  # noqa: SLF001


def grid(slide: Any, place: Place, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Any:  # noqa: ANN401
    """A table whose first row is its header; it grows down from `place`."""
    frame = slide.shapes.add_table(len(rows), len(widths), *place.given())
    look = frame.table._tbl.tblPr  # noqa: SLF001
    look.set("bandRow", "0")
    look.find(qn("a:tableStyleId")).text = PLAIN
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Pt(width)
    beside, above = map(Pt, INSET)
    for at, row in enumerate(rows):
        frame.table.rows[at].height = Pt(place.height / len(rows))
        for column, text in enumerate(row):
            cell = frame.table.cell(at, column)
            cell.margin_left = cell.margin_right = beside
            cell.margin_top = cell.margin_bottom = above
            write(cell.text_frame, text, CELL, bold=at == 0 or column == 0)
            line = _LINE.format(12700 if at == 0 else 6350, "accent1" if at == 0 else "tx1")
            cell._tc.get_or_add_tcPr().insert(0, etree.fromstring(line))  # noqa: SLF001
    return frame


def logo(slide: Any, place: Place, picture: bytes, words: str) -> None:  # noqa: ANN401
    """A logo as large as fits into `place`, at its right upper corner."""
    shape = slide.shapes.add_picture(io.BytesIO(picture), 0, 0)
    share = min(Pt(place.width) / shape.width, Pt(place.height) / shape.height)
    shape.width, shape.height = int(shape.width * share), int(shape.height * share)
    shape.left, shape.top = Pt(place.left + place.width) - shape.width, Pt(place.top)
    describe(shape, words)


def foot(slide: Any, layout: Any, place: Place, words: tuple[str, int, int]) -> None:  # noqa: ANN401
    """The line below a slide: a text, and which slide it is of how many."""
    text, number, total = words
    near = _borrowed(slide, layout, "ftr") or slide.shapes.add_textbox(*place.given())
    _one_line(near, f"<a:r>{_SMALL}<a:t/></a:r>", "l")
    near._element.find(f".//{qn('a:t')}").text = printable(text)  # noqa: SLF001
    right = Place(place.left + place.width - 70, place.top, 70, place.height)
    far = _borrowed(slide, layout, "sldNum") or slide.shapes.add_textbox(*right.given())
    field = f'<a:fld id="{_FIELD}" type="slidenum">{_SMALL}<a:t>{number}</a:t></a:fld>'
    _one_line(far, f"{field}<a:r>{_SMALL}<a:t> of {total}</a:t></a:r>", "r")


def notes(slide: Any, words: str) -> None:  # noqa: ANN401
    """What a speaker reads below the slide."""
    slide.notes_slide.notes_text_frame.text = printable(words)


def _borrowed(slide: Any, layout: Any, kind: str) -> Any:  # noqa: ANN401
    """A copy of the layout's own footer or number on the slide; None if it has none."""
    for shape in layout.placeholders:
        if shape._element.find(f".//{qn('p:ph')}").get("type") == kind:  # noqa: SLF001
            made = copy.deepcopy(shape._element)  # noqa: SLF001
            tree = slide.shapes._spTree  # noqa: SLF001
            free = 1 + max(int(one) for one in tree.xpath(".//p:cNvPr/@id"))
            made.xpath(".//p:cNvPr")[0].set("id", str(free))
            tree.append(made)
            return slide.shapes[-1]
    return None


def _one_line(shape: Any, runs: str, side: str) -> None:  # noqa: ANN401
    body = shape._element.find(qn("p:txBody"))  # noqa: SLF001
    for paragraph in body.findall(qn("a:p")):
        body.remove(paragraph)
    body.append(etree.fromstring(_PARAGRAPH.format(side, runs)))


_NAMES = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
_SMALL = f'<a:rPr lang="en-GB" sz="{int(100 * SMALL)}"/>'
_PARAGRAPH = f'<a:p {_NAMES}><a:pPr algn="{{}}"/>{{}}</a:p>'
_LINE = f'<a:lnB {_NAMES} w="{{}}"><a:solidFill><a:schemeClr val="{{}}"/></a:solidFill></a:lnB>'
