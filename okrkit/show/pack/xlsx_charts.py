"""Charts a spreadsheet can edit: each reads its numbers from the sheet with all charts' numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from .archive import printable
from .colours import BARS, EDGE, FILLS, LINE, QUIET, TONES
from .content import Cell, Chart, Kind, Number, Table
from .xlsx_print import ROW, Leaf

DATA = "Chart data"
WIDE, AROUND, EACH = 860, 110, 26  # pixels: a chart's width, its frame, and one of its names
STANDING = 290  # pixels: the height of a chart of columns; two stand on a printed page
MOST = 14  # names in one chart: with what stands above, a printed page
BAND = "EAEEEC"
VERDICTS = {
    "severe": "More severe", "generous": "More generous", "same": "No material difference"
}  # fmt: skip
UNSEEN = {"fill": {"none": True}, "border": {"none": True}, "overlap": 100, "gap": 0}
Options = dict[str, Any]
Column = tuple[str, tuple[Cell, ...]]


class Charts:
    """The charts of one workbook; their numbers are written last, on a sheet of their own."""

    def __init__(self, book: xlsxwriter.Workbook, colour: str, row: int) -> None:
        self._book, self._colour = book, colour
        self._row = self._title = row
        self.tables: list[Table] = []  #: their numbers, for the sheet `DATA` from its row `row`

    def place(self, sheet: Worksheet, row: int, charts: Sequence[Chart], leaf: Leaf) -> int:
        """Put the charts one below the other from `row`; the first row free below them."""
        leaf.words(ROW)
        for chart in (part for whole in charts for part in whole.pages(MOST)):
            drawn = self._draw(chart)
            high = STANDING if chart.kind is Kind.EXPECTED else AROUND + EACH * len(chart.names)
            rows = high // ROW + 2
            leaf.whole(row, rows * ROW)
            title = [DATA, self._title, 0]
            drawn.set_title({"name": title, "name_font": {"size": 12, "bold": False}})
            drawn.set_size({"width": WIDE, "height": high})
            place = {"y_offset": 4, "description": printable(chart.alt)}
            sheet.insert_chart(row, 0, drawn, place)
            row += rows
        return row

    def _draw(self, chart: Chart) -> Any:  # noqa: ANN401
        drawing: dict[Kind, Callable[[Chart], Any]] = {
            Kind.STACKED: self._stacked,
            Kind.DUMBBELL: self._beside,
            Kind.BARS: self._beside,
            Kind.EXPECTED: self._expected,
            Kind.INTERVALS: self._intervals,
        }
        return drawing[chart.kind](chart)

    def _stacked(self, chart: Chart) -> Any:  # noqa: ANN401
        series = self._block(chart, _columns(chart))
        drawn = self._book.add_chart({"type": "bar", "subtype": "percent_stacked"})
        for one, (fill, text) in zip(series, FILLS, strict=True):
            labels = {"value": True, "num_format": "0;;", "font": {"color": f"#{text}"}}
            fills = {"fill": {"color": f"#{fill}"}, "border": {"color": f"#{QUIET}"}, "gap": 45}
            drawn.add_series({**one, **fills, "data_labels": labels})
        _look(drawn, {"visible": False, "major_gridlines": {"visible": False}})
        return drawn

    def _beside(self, chart: Chart) -> Any:  # noqa: ANN401
        """A bar for each number; of a dumbbell what people say in grey, then what records show."""
        series = self._block(chart, _columns(chart))
        drawn = self._book.add_chart({"type": "bar"})
        fills = (self._colour,) if len(series) == 1 else ("#A9B6B0", self._colour)
        shares = any(one and one.is_share for part in chart.series for one in part.values)
        for one, fill in zip(series, fills, strict=True):
            drawn.add_series(
                {**one, "fill": {"color": fill}, "gap": 45, "data_labels": {"value": True}}
            )
        low, high = chart.axis
        percent = {"num_format": "0 %"} if shares else {}
        _look(drawn, {"min": low, "max": high if shares else 1.1 * high or 1, **percent})
        if len(series) == 1:
            drawn.set_legend({"none": True})
        return drawn

    def _expected(self, chart: Chart) -> Any:  # noqa: ANN401
        given, expected = self._block(chart, _columns(chart))
        drawn = self._book.add_chart({"type": "column"})
        drawn.add_series({**given, "fill": {"color": f"#{BARS}"}, "gap": 12})
        lines = self._book.add_chart({"type": "line"})
        mark = {"type": "long_dash", "size": 12, "fill": {"color": self._colour}}
        lines.add_series({**expected, "line": {"none": True}, "marker": mark})
        drawn.combine(lines)
        drawn.set_legend({"position": "bottom"})
        drawn.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": f"#{LINE}"}}})
        return drawn

    def _intervals(self, chart: Chart) -> Any:  # noqa: ANN401
        """Intervals as error bars around invisible bars, and the point of each as a short mark."""
        low, low80, point, high80, high = chart.series
        columns = [*_columns(chart)]
        for name, begin, end in (("95 %", low, high), ("80 %", low80, high80)):
            halves = [
                None if one is None or two is None else (two - one) / 2
                for one, two in zip(begin.amounts, end.amounts, strict=True)
            ]
            middles = [
                None if one is None or half is None else one + half
                for one, half in zip(begin.amounts, halves, strict=True)
            ]
            columns += [_column(f"Middle of {name}", middles), _column(f"Half of {name}", halves)]
        told = [tone for tone in VERDICTS if tone in chart.tones]
        for tone in told:
            of_tone = zip(point.amounts, chart.tones, strict=True)
            values = [one if its == tone else None for one, its in of_tone]
            columns.append(_column(VERDICTS[tone], values))
        names = ("Not material, from", "Not material, to")
        edges = [*zip(names, chart.band or (), strict=False)]
        columns += [_column(name, [edge] * len(chart.names)) for name, edge in edges]
        parts = self._block(chart, columns)
        drawn = self._book.add_chart({"type": "bar"})
        for band in parts[9 + len(told) :]:  # first, so that it lies behind
            drawn.add_series({**band, **UNSEEN, "fill": {"color": f"#{BAND}"}})
        for at, width in ((5, 1.25), (7, 3.5)):
            bars = {"type": "custom", "end_style": 0, "line": {"color": f"#{EDGE}", "width": width}}
            reach = parts[at + 1]["values"]
            bars |= {"plus_values": _range(reach), "minus_values": _range(reach)}
            drawn.add_series({**parts[at], **UNSEEN, "y_error_bars": bars})
        for at, tone in enumerate(told, 9):
            short = (chart.axis[1] - chart.axis[0]) / 150
            line = {"color": f"#{TONES[tone]}", "width": 9}
            mark = {"type": "fixed", "value": short, "end_style": 0, "line": line}
            drawn.add_series({**parts[at], **UNSEEN, "y_error_bars": mark})
        how = "Thick: 80 % interval, thin: 95 %"
        if chart.band:
            how += f"; the grey band, up to {chart.band[1]:.2f} either way, is not material"
        named = {"name": how, "name_font": {"bold": False}}
        _look(
            drawn,
            {"min": chart.axis[0], "max": chart.axis[1], "num_format": "+0.00;−0.00;0", **named},
        )
        drawn.set_legend({"none": True})
        return drawn

    def _block(self, chart: Chart, columns: Sequence[Column]) -> list[Options]:
        """Add a chart's numbers to those to be written; where each series finds its own."""
        rows = tuple(zip(chart.names, *(cells for _, cells in columns), strict=True))
        self._title = self._row + 1
        header = self._title + 1
        first, last = header + 1, header + len(rows)
        self._row = last + 1
        names = ("Name", *(name for name, _ in columns))
        self.tables.append(Table(f"chart_{len(self.tables) + 1}", chart.title, names, rows))
        return [
            {
                "name": [DATA, header, at],
                "categories": [DATA, first, 0, last, 0],
                "values": [DATA, first, at, last, at],
            }
            for at in range(1, len(names))
        ]


def _columns(chart: Chart) -> list[Column]:
    return [(one.name, tuple(cell or "" for cell in one.values)) for one in chart.series]


def _column(name: str, values: Iterable[float | None]) -> Column:
    cells = ("" if one is None else Number(one, f"{one:.3f}") for one in values)
    return name, tuple(cells)


def _range(place: Sequence[Any]) -> str:
    sheet, *cells = place
    return f"='{sheet}'!{xl_range_abs(*cells)}"


def _look(drawn: Any, axis: Options) -> None:  # noqa: ANN401
    """Names from the top down, in words that leave room for the bars."""
    drawn.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": f"#{LINE}"}}, **axis})
    drawn.set_y_axis({"reverse": True, "label_position": "low", "major_tick_mark": "none"})
    drawn.set_legend({"position": "bottom"})
