"""Charts as pictures for pages that are printed: the page's own drawings, each with its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from okrkit.brand import OWN_COLOUR
from okrkit.judge.calibration.result import Shown
from okrkit.show.calibration_svg import Axis, histogram, interval, scale_marks
from okrkit.show.style import ASSETS
from okrkit.show.svg import at, dumbbell, stacked_bar

from .archive import printable
from .content import Chart, Kind, Number
from .deck.fit import LINE, width_of, wrapped

WIDTH, NAMES, WORDS = 660, 190, 250  # pixels: of a picture; at most of its names, of its words
SIZE, GAP = 11, 16
TALL = {Kind.STACKED: 16, Kind.BARS: 16, Kind.DUMBBELL: 30, Kind.INTERVALS: 18}  # of one drawing
ROW = {Kind.STACKED: 24, Kind.BARS: 24, Kind.DUMBBELL: 28, Kind.INTERVALS: 25}  # of a name
HISTOGRAM = 120
NAMES_MAX, INTERVALS_MAX = 14, 8  # of a chart in one picture; short ones leave no page half empty
TOGETHER = 5  # names of intervals in one picture, where their axis is a picture of its own
FONT = "Noto Sans"


def pictures(
    chart: Chart, colour: str = OWN_COLOUR, width: float = WIDTH
) -> Iterator[tuple[str, str]]:
    """The chart as one SVG, or several when it is long, each with its words.

    What it is about is drawn in `colour` (`Brand.accent`).
    """
    if chart.kind is Kind.EXPECTED:
        yield _distribution(chart, colour), chart.alt
        return
    frame = _frame(chart, width)
    for part in chart.pages(INTERVALS_MAX if chart.kind is Kind.INTERVALS else NAMES_MAX):
        head, top = _head(part, frame)
        rows, tall = _rows(part, frame, top)
        yield _whole([*head, *rows], frame.width, tall, colour), part.alt


def strips(chart: Chart, colour: str) -> tuple[str, list[tuple[str, str]]]:
    """A chart of intervals as its axis, to be repeated on each page, and a few names a picture."""
    frame = _frame(chart, WIDTH)
    head, top = _head(chart, frame)
    drawn = [(part, *_rows(part, frame, 0)) for part in chart.pages(TOGETHER)]
    return _whole(head, WIDTH, top, colour), [
        (_whole(rows, WIDTH, tall, colour), part.alt) for part, rows, tall in drawn
    ]


@dataclass(frozen=True)
class Frame:
    """Where the parts of a picture stand, in pixels: names left, words right, drawings between."""

    width: float
    names: float
    words: float  #: 0 where labels stand at the marks
    left: float
    wide: float


def _frame(chart: Chart, width: float) -> Frame:
    labelled = chart.kind is Kind.DUMBBELL
    longest = [
        max((width_of(text, SIZE) for text in texts), default=0)
        for texts in (chart.names, chart.told)
    ]
    names, words = min(NAMES, longest[0]), 0 if labelled else min(WORDS, longest[1])
    margin = 40 if labelled else 0  # for labels at the ends
    wide = width - names - words - 2 * GAP - 2 * margin
    return Frame(width, names, words, names + GAP + margin, wide)


def _rows(chart: Chart, frame: Frame, top: float) -> tuple[list[Markup], float]:
    """A row a name: the name, its drawing, what it says; and where the next would begin."""
    parts = []
    for row, name in enumerate(chart.names):
        names = wrapped(name, frame.names + 1, SIZE)
        told = wrapped(chart.told[row], frame.words + 1, SIZE) if frame.words else []
        lines = max(len(names[:2]), len(told))
        tall = max(ROW[chart.kind], SIZE * LINE * lines + 4 * (lines > 1))
        parts.append(_lines(names, 0, top + tall / 2, 2))
        parts.append(_lines(told, frame.width - frame.words, top + tall / 2, len(told)))
        at_top = top + (tall - TALL[chart.kind]) / 2
        parts.append(
            _placed(_drawing(chart, row), frame.left, at_top, frame.wide, TALL[chart.kind])
        )
        top += tall
    return parts, top


def _head(chart: Chart, frame: Frame) -> tuple[list[Markup], float]:
    """What stands above the rows: the axis, the line that is half, what the parts of a bar are."""
    if chart.kind is Kind.INTERVALS:
        marks = scale_marks(_axis(chart))
        return [_placed(marks, frame.left, 0, frame.wide, 32)], 36.0
    if chart.kind is Kind.DUMBBELL and chart.axis[1] == 1:
        half = Markup('<text x="{}" y="10" text-anchor="middle">half</text>')
        return [half.format(f"{frame.left + frame.wide / 2:.1f}")], 14.0
    if chart.kind is not Kind.STACKED:
        return [], 4.0
    parts, at_left = [], frame.left
    for name, series in zip(("b-yes", "b-no", "b-dk", "b-na"), chart.series, strict=False):
        box = Markup('<rect class="{}" x="{}" y="4" width="12" height="12"/>')
        parts += [box.format(name, at_left), _lines([series.name], at_left + 17, 10, 1)]
        at_left += 34 + 7 * len(series.name)
    return parts, 26.0


def _drawing(chart: Chart, row: int) -> Markup:
    """The page's drawing of one name."""
    cells = [one.amounts[row] for one in chart.series]
    words = chart.told[row]
    if chart.kind is Kind.DUMBBELL:
        say, do = cells
        return dumbbell(say, do, words, chart.axis[1])
    if chart.kind is Kind.STACKED:
        yes, no, unsure, outside = (int(cell or 0) for cell in cells)
        return stacked_bar((yes, no, unsure, outside), words)
    if chart.kind is Kind.INTERVALS:
        low, low80, point, high80, high = cells
        left, right, left80, right80 = (cell or 0.0 for cell in (low, high, low80, high80))
        middle = (left + right) / 2 if point is None else point
        shown = Shown(middle, left, right, left80, right80, 0.0)
        return interval(shown, _axis(chart), chart.tones[row], words)
    share = (cells[0] or 0.0) / (chart.axis[1] or 1)
    bar = Markup('<svg width="100%" height="16"><rect class="c-do" width="{}" height="16"/></svg>')
    return bar.format(at(share))


def _distribution(chart: Chart, colour: str) -> str:
    """Counts as bars over the names of their classes."""
    given, expected = (one.amounts for one in chart.series)
    known = [cell for cell in expected if cell is not None]
    drawn = histogram([cell or 0.0 for cell in given], known, HISTOGRAM)
    each = WIDTH / len(chart.names)
    marks = [
        Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(
            f"{each * (place + 0.5):.1f}", HISTOGRAM + 30, name
        )
        for place, name in enumerate(chart.names)
    ]
    counts = [
        Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(
            f"{each * (place + 0.5):.1f}", HISTOGRAM + 46, _words(cell)
        )
        for place, cell in enumerate(chart.series[0].values)
    ]
    drawn = _placed(drawn, 0, 10, WIDTH, HISTOGRAM)
    return _whole([drawn, *marks, *counts], WIDTH, HISTOGRAM + 54, colour)


def _words(cell: Number | None) -> str:
    return "" if cell is None else cell.words


def _axis(chart: Chart) -> Axis:
    return Axis(chart.axis[1], chart.band[1] if chart.band else 0.0)


def _lines(lines: list[str], left: float, middle: float, most: int) -> Markup:
    """Lines of text around a height; what is over `most` of them is left to the words."""
    # Signs that only steer the direction make the engine lose others of the text.
    shown = [
        "".join(sign for sign in line.strip() if unicodedata.category(sign) != "Cf")
        for line in lines[:most]
    ]
    if len(lines) > most:
        shown[-1] += "…"
    first = middle - SIZE * LINE * (len(shown) - 1) / 2 + SIZE * 0.36
    return Markup("").join(
        Markup('<text x="{}" y="{}">{}</text>').format(
            f"{left:.1f}", f"{first + line * SIZE * LINE:.1f}", words
        )
        for line, words in enumerate(shown)
    )


def _placed(drawing: Markup, left: float, top: float, wide: float, tall: float) -> Markup:
    """A drawing at a place of the picture; labels at its ends may stand out of it."""
    opened = Markup('<svg overflow="visible" x="{}" y="{}" width="{}" height="{}">')
    inner = Markup(str(drawing).replace("<svg ", '<svg overflow="visible" ', 1))  # noqa: S704
    return (
        opened.format(f"{left:.1f}", f"{top:.1f}", f"{wide:.1f}", tall) + inner + Markup("</svg>")
    )


def _whole(parts: list[Markup], wide: float, tall: float, colour: str) -> str:
    opened = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">'
    ).format(f"{wide:.0f}", f"{tall:.0f}")
    return printable(opened + _style(colour) + Markup("").join(parts) + Markup("</svg>"))


@cache
def _style(accent: str) -> Markup:
    """The page's own colours but the accent, as plain values: a picture knows no variables."""
    sheet = (ASSETS / "tokens.css").read_text(encoding="utf-8").partition("@media")[0]
    token = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", sheet))
    tones = "".join(
        f".{name} .i95,.{name} .i80{{stroke:{token[name]}}}.{name} .pt{{fill:{token[name]}}}"
        for name in ("severe", "generous", "same", "cannot")
    )
    css = f"""text{{font-family:"{FONT}";font-size:{SIZE}px;fill:{token["ink"]}}}
.grid{{stroke:{token["line"]}}}.half{{stroke:{token["edge"]};stroke-dasharray:2 3}}
.between{{stroke:{token["edge"]};stroke-width:2.5}}.c-do{{fill:{accent}}}
.c-say{{fill:{token["paper"]};stroke:{token["ink-2"]};stroke-width:2.5}}
.t-do{{fill:{accent};font-weight:700}}.t-say{{fill:{token["ink-2"]}}}
.b-yes{{fill:{token["ink-2"]};stroke:{token["ink-2"]}}}.b-dk{{fill:{token["line"]};stroke:{token["ink-2"]}}}
.b-no{{fill:{token["paper"]};stroke:{token["ink-2"]}}}.b-na{{fill:{token["wash-2"]};stroke:{token["edge"]}}}
.band{{fill:{token["wash-2"]}}}.zero{{stroke:{token["edge"]}}}.i95{{stroke-width:1.5}}
.i80{{stroke-width:4}}.cannot .i95,.cannot .i80{{stroke-dasharray:4 3}}
.cannot .i80{{stroke-width:2.5}}.dirn{{font-weight:700}}.bars{{fill:#b4beba}}
.exp{{stroke:{token["ink"]};stroke-width:1.5;fill:none}}
.base{{stroke:{token["edge"]}}}{tones}"""
    return Markup(f"<style>{css}</style>")  # noqa: S704 - our own sheet
