"""Charts as pictures for pages that are printed: the page's own drawings, each with its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from markupsafe import Markup

from okrkit.brand import CONTRAST_MIN, OWN_COLOUR, contrast
from okrkit.judge.calibration.result import Shown
from okrkit.show.calibration_svg import Axis, histogram, interval, scale_marks
from okrkit.show.style import ASSETS
from okrkit.show.svg import at, dumbbell, stacked_bar

from .archive import printable
from .content import Chart, Kind, Number
from .deck.fit import LINE, wrapped

WIDTH, NAMES, WORDS = 660, 190, 170  # pixels: of a picture, of its names, of words at its right
SIZE, GAP = 11, 16
TALL = {Kind.STACKED: 16, Kind.BARS: 16, Kind.DUMBBELL: 30, Kind.INTERVALS: 22}  # of one drawing
HISTOGRAM = 120
NAMES_MAX = 20  # of a chart in one picture
FONT = "Noto Sans"


def pictures(chart: Chart, colour: str = OWN_COLOUR) -> Iterator[tuple[str, str]]:
    """The chart as one SVG, or several when it is long, each with its words.

    What it is about is drawn in the client's `colour`, or in ours when that is too pale on paper.
    """
    accent = colour if contrast(colour, "#ffffff") >= CONTRAST_MIN else OWN_COLOUR
    if chart.kind is Kind.EXPECTED:
        yield _distribution(chart, accent), chart.alt
        return
    for part in chart.pages(NAMES_MAX):
        yield _rows(part, accent), part.alt


def _rows(chart: Chart, accent: str) -> str:
    """A row a name: the name, its drawing, what it says."""
    beside = 0 if chart.kind is Kind.DUMBBELL else WORDS
    margin = 40 if chart.kind is Kind.DUMBBELL else 0  # for labels at the ends
    left, wide = NAMES + GAP + margin, WIDTH - NAMES - beside - 2 * GAP - 2 * margin
    parts, top = _head(chart, left, wide)
    for row, name in enumerate(chart.names):
        names = wrapped(name, NAMES, SIZE)
        told = wrapped(chart.told[row], WORDS, SIZE) if beside else []
        tall = max(TALL[chart.kind], SIZE * LINE * max(len(names[:2]), len(told))) + 8
        parts.append(_lines(names, 0, top + tall / 2, 2))
        parts.append(_lines(told, WIDTH - WORDS, top + tall / 2, len(told)))
        drawn = _drawing(chart, row)
        at_top = top + (tall - TALL[chart.kind]) / 2
        parts.append(_placed(drawn, left, at_top, wide, TALL[chart.kind]))
        top += tall
    return _whole(parts, top + 2, accent)


def _head(chart: Chart, left: float, wide: float) -> tuple[list[Markup], float]:
    """What stands above the rows: the axis of intervals, or what the parts of a bar are."""
    if chart.kind is Kind.INTERVALS:
        axis = _axis(chart)
        return [_placed(scale_marks(axis), left, 0, wide, 32)], 36.0
    if chart.kind is not Kind.STACKED:
        return [], 4.0
    parts, at_left = [], left
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
        return dumbbell(say, do, words)
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


def _distribution(chart: Chart, accent: str) -> str:
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
    return _whole([drawn, *marks, *counts], HISTOGRAM + 54, accent)


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


def _whole(parts: list[Markup], tall: float, accent: str) -> str:
    opened = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">'
    ).format(WIDTH, f"{tall:.0f}")
    return printable(opened + _style(accent) + Markup("").join(parts) + Markup("</svg>"))


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
