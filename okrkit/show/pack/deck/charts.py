"""Charts that PowerPoint can edit, drawn from a pack's numbers; nothing else stands in them."""

from __future__ import annotations

import copy
import io
import math
from collections.abc import Iterable, Sequence
from datetime import datetime, time

import xlsxwriter
from pptx.chart.chart import Chart as Drawn
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.series import BarSeries, XySeries
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Pt

from okrkit.show.pack.archive import fixed, printable
from okrkit.show.pack.colours import BARS, EDGE, FILLS, LINE, PAPER, QUIET, TONES
from okrkit.show.pack.content import UNDATED, Chart, Kind
from okrkit.show.workbook import AS_GIVEN

from .shapes import Place, describe, paint

SIZE = 12  # of a chart's texts
NAME_SIGNS = 38  # of a name beside an interval; the whole name stands in its words
ROOM = 0.62  # of the width of a drawing: names stand left of it, in a part as wide as this
Cells = Sequence[float | None]
Points = tuple[str, Cells, Cells]  # a series of points: its name, how far right, how far up


class _Categories(CategoryChartData):
    xlsx_blob = b""  # python-pptx would write a workbook, which `_finish` replaces


class _Points(XyChartData):
    xlsx_blob = b""


def draw(slide: Slide, place: Place, chart: Chart) -> None:
    """Put a chart on a slide, with its words for those who cannot see it."""
    drawing = {
        Kind.BARS: _bars,
        Kind.STACKED: _stacked,
        Kind.EXPECTED: _expected,
        Kind.DUMBBELL: _dumbbell,
        Kind.INTERVALS: _intervals,
    }[chart.kind]
    frame = drawing(slide, place, chart)
    describe(frame, chart.alt)
    frame._element.xpath(".//p:cNvPr")[0].set("name", printable(chart.title))


def _bars(slide: Slide, place: Place, chart: Chart) -> GraphicFrame:
    frame = _by_category(slide, place, chart, XL_CHART_TYPE.BAR_CLUSTERED)
    drawn = frame.chart
    drawn.has_legend = False
    plot = drawn.plots[0]
    plot.gap_width = 45
    _fill(plot.series[0], "brand")
    paint(plot.series[0].format.line.color, QUIET)  # seen whatever the client's colour
    _labels(plot.series[0], chart, 0, "ink", XL_LABEL_POSITION.OUTSIDE_END)
    low, high = chart.axis
    drawn.value_axis.minimum_scale, drawn.value_axis.maximum_scale = low, 1.15 * high or 1
    return frame


def _stacked(slide: Slide, place: Place, chart: Chart) -> GraphicFrame:
    frame = _by_category(slide, place, chart, XL_CHART_TYPE.BAR_STACKED_100)
    drawn = frame.chart
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for at, (series, (fill, text)) in enumerate(zip(plot.series, FILLS, strict=False)):
        _fill(series, fill)
        paint(series.format.line.color, QUIET)
        _labels(series, chart, at, text, XL_LABEL_POSITION.CENTER)
    return frame


def _expected(slide: Slide, place: Place, chart: Chart) -> GraphicFrame:
    frame = _by_category(slide, place, chart, XL_CHART_TYPE.COLUMN_CLUSTERED)
    drawn = frame.chart
    drawn.category_axis.reverse_order = False
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = drawn.plots[0]
    plot.gap_width = 12
    given, expected = plot.series
    _fill(given, BARS)
    bars = plot._element
    line = parse_xml(_LINES)
    moved = expected._element
    bars.remove(moved)
    for one in moved.findall(qn("c:invertIfNegative")):
        moved.remove(one)
    moved.find(qn("c:tx")).addnext(line.find(qn("c:spPr")))
    moved.find(qn("c:spPr")).addnext(line.find(qn("c:marker")))
    line.find(qn("c:varyColors")).addnext(moved)
    for axis in bars.findall(qn("c:axId")):
        line.append(copy.copy(axis))
    bars.addnext(line)
    return frame


def _dumbbell(slide: Slide, place: Place, chart: Chart) -> GraphicFrame:
    say, do = (one.amounts for one in chart.series)
    ups = _ups(chart)
    both = [
        (one, other) if one is not None and other is not None else (None, None)
        for one, other in zip(say, do, strict=True)
    ]
    lines: list[Points] = [
        ("", [0.0] * len(ups), ups),
        ("", *_strokes(both, ups)),
        (chart.series[1].name, do, ups),
        (chart.series[0].name, say, ups),
    ]
    frame = _by_points(slide, place, chart, lines, 0.2)
    names, between, disc, ring = frame.chart.plots[0].series
    _stroke(between, EDGE, 2.25)
    _mark(disc, "brand", QUIET)
    _mark(ring, LINE, QUIET)  # LibreOffice draws no edge around what is hollow
    for series, cells, other in (
        (disc, chart.series[1].values, say),
        (ring, chart.series[0].values, do),
    ):
        for row, (cell, far) in enumerate(zip(cells, other, strict=True)):
            if cell is not None:
                left = far is not None and (cell.value, series is disc) < (far, series is ring)
                side = XL_LABEL_POSITION.LEFT if left else XL_LABEL_POSITION.RIGHT
                _point_label(series, row, cell.words, side)
    _name_labels(names, chart)
    return frame


def _intervals(slide: Slide, place: Place, chart: Chart) -> GraphicFrame:
    ups = _ups(chart)
    rows = [one.amounts for one in chart.series]
    low, low80, points, high80, high = rows
    lines: list[Points] = [("", [chart.axis[0]] * len(ups), ups)]
    lines += [("", [edge, edge], [0.4, len(ups) + 0.6]) for edge in (*(chart.band or ()), 0.0)]
    looks: list[tuple[str, str]] = []
    for tone in dict.fromkeys(chart.tones):
        own = [at for at, one in enumerate(chart.tones) if one == tone]
        level = [ups[at] for at in own]
        lines += [
            ("95 %", *_strokes([(low[at], high[at]) for at in own], level)),
            ("80 %", *_strokes([(low80[at], high80[at]) for at in own], level)),
            (chart.series[2].name, [points[at] for at in own], level),
        ]
        looks += [(tone, "95"), (tone, "80"), (tone, "point")]
    frame = _by_points(slide, place, chart, lines, 0.1)
    names, *edges = frame.chart.plots[0].series
    for series, width in zip(edges[: -len(looks)], (0.75, 0.75, 1.25), strict=False):
        _stroke(series, EDGE, width, dashed=width < 1)
    for series, (tone, part) in zip(edges[-len(looks) :], looks, strict=True):
        if part == "point":
            _mark(series, TONES[tone], PAPER, 8)
        else:
            _stroke(series, TONES[tone], 1.25 if part == "95" else 3.25, dashed=tone == "cannot")
    _name_labels(names, chart)
    return frame


def _by_category(slide: Slide, place: Place, chart: Chart, kind: XL_CHART_TYPE) -> GraphicFrame:
    """A chart with a category a name; the first name on top."""
    data = _Categories()
    # Names come later: python-pptx would write them as formulas or addresses, if they look so.
    data.categories = [f"{at}" for at, _ in enumerate(chart.names, 1)]
    for one in chart.series:
        data.add_series(one.name, one.amounts)
    frame = slide.shapes.add_chart(kind, *place.given(), data)
    names = list(map(printable, chart.names))
    for cache in frame.chart._chartSpace.iter(qn("c:cat")):
        for value, name in zip(cache.iter(qn("c:v")), names, strict=True):
            value.text = name
    columns: list[list[float | str | None]] = [["", *names]]
    columns += [[one.name, *one.amounts] for one in chart.series]
    _finish(frame.chart, columns)
    drawn = frame.chart
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    drawn.category_axis.reverse_order = True
    drawn.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    if len(chart.names) == 1:  # a title says it
        drawn.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    paint(drawn.category_axis.format.line.color, EDGE)
    return frame


def _by_points(
    slide: Slide, place: Place, chart: Chart, lines: Iterable[Points], tick: float
) -> GraphicFrame:
    """A chart of points right and up; the part left of the axis is for the names."""
    told = list(lines)
    most = max(len(right) for _, right, _ in told)
    data, columns = _Points(), []
    for name, right, up in told:
        series = data.add_series(name)
        # LibreOffice empties a series that stands before a longer one.
        padded = [[*one, *[None] * (most - len(one))] for one in (right, up)]
        for x, y in zip(*padded, strict=True):
            series.add_data_point(x, y)
        columns.append((name, *padded))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *place.given(), data)
    down = [["x", *x] for _, x, _ in columns], [[name, *y] for name, _, y in columns]
    _finish(frame.chart, [sum(([*one, None] for one in side), []) for side in down])
    low, high = chart.axis
    upper, across = frame.chart.value_axis, frame.chart.category_axis
    upper.minimum_scale, upper.maximum_scale, upper.visible = 0, len(chart.names) + 0.8, False
    upper.has_major_gridlines = across.has_major_gridlines = False
    # The axis ends at whole ticks, or its labels would lie; none stand below the names.
    high = math.ceil(round(high / tick, 6)) * tick
    steps = math.ceil(round((high - low) * (1 + ROOM) / tick, 6))
    across.minimum_scale, across.maximum_scale = round(high - steps * tick, 6), round(high, 6)
    across.major_unit = tick
    labels = across.tick_labels
    labels.number_format = f'[<{low - tick / 2:g}]"";' + (
        "0 %" if low == 0 else "[<-0.01]\N{MINUS SIGN}0.0;0.0"
    )
    labels.number_format_is_linked = False
    across.major_tick_mark = XL_TICK_MARK.NONE
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    paint(across.format.line.color, EDGE)
    return frame


def _finish(drawn: Drawn, columns: Sequence[Sequence[float | str | None]]) -> None:
    """The chart's own workbook with text as text, blanks as blanks, and nothing of the clock."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**AS_GIVEN, "in_memory": True})
    book.set_properties({"created": datetime.combine(UNDATED, time())})
    sheet = book.add_worksheet("Sheet1")
    for at, column in enumerate(columns):
        for row, cell in enumerate(column):
            if isinstance(cell, float | int):
                sheet.write_number(row, at, cell)
            elif cell:
                sheet.write_string(row, at, cell)
    book.close()
    drawn.part.chart_workbook.update_from_xlsx_blob(fixed(out.getvalue()))
    for cache in drawn._chartSpace.iter(qn("c:numCache")):
        for point in cache.findall(qn("c:pt")):
            if point.find(qn("c:v")).text == "None":
                cache.remove(point)
    drawn.has_title = False
    drawn.has_legend = False
    drawn.font.size = Pt(SIZE)
    paint(drawn.font.color, "ink")


def _ups(chart: Chart) -> list[float]:
    """How far up each name stands; the first is on top."""
    return [float(len(chart.names) - at) for at, _ in enumerate(chart.names)]


def _strokes(
    ends: Sequence[tuple[float | None, float | None]], ups: Sequence[float]
) -> tuple[list[float | None], list[float | None]]:
    """A line a row: its two ends and a blank, as error bars are dropped by LibreOffice."""
    right = [end for pair in ends for end in (*pair, None)]
    up = [
        level if end is not None else None
        for pair, level in zip(ends, ups, strict=True)
        for end in (*pair, None)
    ]
    return right, up


def _labels(
    series: BarSeries | XySeries, chart: Chart, at: int, colour: str, position: XL_LABEL_POSITION
) -> None:
    cells = [cell for cell in chart.series[at].values if cell is not None]
    labels = series.data_labels
    labels.show_value, labels.position = True, position
    labels.number_format = "0 %" if any(cell.is_share for cell in cells) else "#,##0;;"
    labels.number_format_is_linked = False
    labels.font.size = Pt(SIZE)
    paint(labels.font.color, colour)


def _point_label(
    series: BarSeries | XySeries, row: int, words: str, position: XL_LABEL_POSITION
) -> None:
    label = series.points[row].data_label
    label.text_frame.text, label.text_frame.word_wrap = printable(words), False
    label.text_frame.paragraphs[0].runs[0].font.size = Pt(SIZE)
    label.position = position


def _name_labels(series: BarSeries | XySeries, chart: Chart) -> None:
    """The names left of the drawing, as labels of points nobody sees."""
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.fill.background()
    for row, name in enumerate(chart.names):
        short = name if len(name) <= NAME_SIGNS else f"{name[: NAME_SIGNS - 1].rstrip()}…"
        _point_label(series, row, short or " ", XL_LABEL_POSITION.LEFT)


def _stroke(
    series: BarSeries | XySeries, colour: str, width: float, *, dashed: bool = False
) -> None:
    series.marker.style = XL_MARKER_STYLE.NONE
    series.smooth = False
    line = series.format.line
    paint(line.color, colour)
    line.width = Pt(width)
    if dashed:
        line.dash_style = MSO_LINE.DASH


def _mark(series: BarSeries | XySeries, fill: str, edge: str, size: int = 12) -> None:
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, size
    look = series.marker.format
    look.fill.solid()
    paint(look.fill.fore_color, fill)
    paint(look.line.color, edge)
    look.line.width = Pt(2.25)


def _fill(series: BarSeries | XySeries, name: str) -> None:
    series.format.fill.solid()
    paint(series.format.fill.fore_color, name)


_LINES = (
    '<c:lineChart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<c:grouping val="standard"/><c:varyColors val="0"/>'
    '<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr>'
    '<c:marker><c:symbol val="dash"/><c:size val="12"/><c:spPr><a:solidFill>'
    '<a:schemeClr val="tx1"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr></c:marker>'
    '<c:marker val="1"/></c:lineChart>'
)
