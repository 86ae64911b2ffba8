"""Sections onto slides: what does not fit on one goes on to the next, whole and readable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.slide import Slide
from pptx.util import Pt

from okrkit.show.pack.archive import printable
from okrkit.show.pack.content import Chart, Kind, Pack, Section, Table, words_of

from .base import AROUND, TITLES, Base
from .charts import draw
from .fit import columns, height, largest, pieces
from .shapes import CAPTION, INSET, SMALL, TEXT, Place, describe, foot, grid, notes, paint, text_box

CELLS = (14.0, 12.5, 11.0)  # font sizes of a table: the first in which all of it fits
HOW = 11.0  # font size of how to read a chart
GAP = 10.0  # points between two things
FOOT = 22.0  # points of the line below
SHRINK = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4)  # of a title's own size
TITLE_MIN = 14.0
NAMES_MAX = 14  # of a chart on one slide
TALL = {Kind.BARS: 34, Kind.STACKED: 40, Kind.DUMBBELL: 44, Kind.INTERVALS: 26}  # points a name
AROUND_CHART = {Kind.BARS: 16, Kind.STACKED: 44, Kind.DUMBBELL: 44, Kind.INTERVALS: 44}
EXPECTED_TALL = 160.0
LEAST = 0.75  # of its usual height a chart may be drawn in
ROW_MAX = 0.6  # of a slide's height; a higher row of a table is continued below


@dataclass
class Deck:
    """The slides made so far, each with what its notes will say."""

    base: Base
    source: str
    slides: list[tuple[Slide, list[str]]] = field(default_factory=list)

    def add(self, title: str) -> tuple[Slide, list[str]]:
        """A new slide with its title, and the list of what to say in its notes."""
        layout = self.base.other if self.slides else self.base.first
        slide = self.base.deck.slides.add_slide(layout)
        said: list[str] = []
        for shape in list(slide.placeholders):
            kind = shape.placeholder_format.type
            if kind not in TITLES and (self.slides or kind != PP_PLACEHOLDER.SUBTITLE):
                shape._element.getparent().remove(shape._element)
        shape = slide.shapes.title
        words = " ".join(title.split())
        size = title_size(slide)
        width, room = shape.width.pt - 15, shape.height.pt - 8
        short, fits = largest(
            words, width, room, [max(size * share, TITLE_MIN) for share in SHRINK]
        )
        shape.text_frame.text = printable(short)
        if fits != size:
            for run in shape.text_frame.paragraphs[0].runs:
                run.font.size = Pt(fits)
        if short != words:
            said.append(title)
        if self.base.own:  # what stands below begins where the title ends
            left, top, tall = shape.left, shape.top, height(short, width, fits) + 8
            shape.left, shape.top, shape.width, shape.height = left, top, shape.width, Pt(tall)
        self.slides.append((slide, said))
        return slide, said

    def area(self, slide: Slide) -> Place:
        """Where something may stand on a slide: below its title, above its foot."""
        title, deck = slide.shapes.title, self.base.deck
        wide, high = deck.slide_width.pt, deck.slide_height.pt
        upper = title.top.pt < high / 2
        top = title.top.pt + title.height.pt + GAP if upper else 0.08 * high
        low = self.foot().top - GAP / 2 if upper else title.top.pt - GAP
        narrow = title.width.pt < wide / 2
        left, width = (0.05 * wide, 0.9 * wide) if narrow else (title.left.pt, title.width.pt)
        return Place(left + 7, top, width - 14, low - top - GAP)

    def foot(self) -> Place:
        """Where the foot of a slide stands."""
        deck = self.base.deck
        wide, high = deck.slide_width.pt, deck.slide_height.pt
        own = [one for one in self.base.other.placeholders if one.placeholder_format.type in AROUND]
        tops = [one.top.pt for one in own if one.top is not None and one.top.pt > 0.7 * high]
        return Place(0.05 * wide, min([high - 1.4 * FOOT, *tops]), 0.9 * wide, FOOT)


def title_size(slide: Slide) -> float:
    """The size of a slide's title as its layout or master has it, in points."""
    layout = slide.slide_layout
    styles = [
        *layout.shapes._spTree.xpath(
            ".//p:sp[.//p:ph[@type='title' or @type='ctrTitle']]//a:lvl1pPr/a:defRPr/@sz"
        ),
        *layout.slide_master._element.xpath(".//p:titleStyle/a:lvl1pPr/a:defRPr/@sz"),
    ]
    return int(styles[0]) / 100 if styles else 32.0


class Flow:
    """One section, written down its slides."""

    def __init__(self, deck: Deck, section: Section) -> None:
        self.deck, self.section, self.count = deck, section, 0
        self.top = self.width = self.below = 0.0
        self._next()

    def write(self) -> None:
        """Everything the section says: words, pictures, tables."""
        section = self.section
        told = [f"Cannot be judged. {section.unknown}"] if section.unknown else []
        small = len(section.charts) == 1 and len(section.charts[0].names) == 1
        self._beside(section.charts[0]) if small else None
        for words in (*told, *section.paragraphs):
            self._text(words)
        self.width, self.top = self.area.width, max(self.top, self.below)
        for chart in () if small else section.charts:
            for part in chart.pages(NAMES_MAX) if chart.kind is not Kind.EXPECTED else (chart,):
                self._chart(part)
        for table in section.tables:
            self.said += _aside(table)
            if table.brief != () and table.rows:
                self._table(table)

    def _next(self) -> None:
        self.count += 1
        title = self.section.title
        self.slide, self.said = self.deck.add(
            title if self.count == 1 else f"{title} ({self.count})"
        )
        self.said.append(_named(self.section))
        self.area = self.deck.area(self.slide)
        self.top, self.width, self.below = self.area.top, self.area.width, 0.0

    @property
    def _room(self) -> float:
        return self.area.top + self.area.height - self.top

    def _need(self, points: float) -> None:
        if points > self._room and self.top > self.area.top:
            self._next()

    def _text(self, words: str, size: float = TEXT, *, bold: bool = False) -> None:
        """A paragraph; a long one goes on on the next slides."""
        if height(words, self.width, size) > self.area.height / 2:
            self._need(self.area.height / 3)
        else:
            self._need(height(words, self.width, size))
        for part in pieces(words, self.width, size, self._room):
            tall = height(part, self.width, size)
            self._need(tall)
            place = Place(self.area.left, self.top, self.width, tall)
            text_box(self.slide, place, part, size, bold=bold)
            self.top += tall + GAP / 2

    def _beside(self, chart: Chart) -> None:
        """A chart of one name stands at the right of the section's words."""
        left = self.area.left + 0.56 * self.area.width
        wide = 0.44 * self.area.width
        caption = height(chart.title, wide, CAPTION)
        text_box(self.slide, Place(left, self.top, wide, caption), chart.title, CAPTION, bold=True)
        tall = TALL[chart.kind] + AROUND_CHART[chart.kind]
        draw(self.slide, Place(left, self.top + caption, wide, tall), chart)
        self.said.append(chart.alt)
        self.width, self.below = 0.53 * self.area.width, self.top + caption + tall

    def _chart(self, chart: Chart) -> None:
        caption = height(chart.title, self.width, CAPTION)
        how = height(chart.how, self.width, HOW) if chart.how else 0.0
        wanted = EXPECTED_TALL
        if chart.kind is not Kind.EXPECTED:
            wanted = TALL[chart.kind] * len(chart.names) + AROUND_CHART[chart.kind]
        self._need(min(caption + how + LEAST * wanted + GAP, self.area.height))
        self._text(chart.title, CAPTION, bold=True)
        if chart.how:
            self._text(chart.how, HOW)
        tall = min(wanted, self._room)
        draw(self.slide, Place(self.area.left, self.top, self.area.width, tall), chart)
        self.said.append(chart.alt)
        self.top += tall + GAP

    def _table(self, table: Table) -> None:
        shown = _shown(table)
        header = [table.columns[at] for at in shown]
        rows = [[words_of(row[at]) for at in shown] for row in table.rows]
        heading = height(table.title, self.area.width, CAPTION) + GAP / 2
        sizes = [Sized(header, rows, self.area.width, size) for size in CELLS]
        for room in (self._room, self.area.height):
            fitting = [one for one in sizes if heading + one.whole <= room]
            if fitting:
                break
        sized = (fitting or sizes[-1:])[0]
        self._need(heading + sized.whole if fitting else 0)
        cut = list(sized.cut(ROW_MAX * self.area.height))
        top = sized.tall(header)
        self._need(heading + top + sized.tall(cut[0]))
        self._text(table.title, CAPTION, bold=True)
        self._need(top + sized.tall(cut[0]))  # a long title may have taken the room
        while cut:
            taken, used = 0, top
            while taken < len(cut) and (not taken or used + sized.tall(cut[taken]) <= self._room):
                used += sized.tall(cut[taken])
                taken += 1
            self._grid(table, sized, cut[:taken])
            self.top += used + GAP
            cut = cut[taken:]
            if cut:
                self._next()

    def _grid(self, table: Table, sized: Sized, rows: Sequence[Sequence[str]]) -> None:
        place = Place(self.area.left, self.top, sum(sized.widths), 0)
        numbers = [table.numbers[at] for at in _shown(table)]
        columns = list(zip(sized.widths, numbers, strict=True))
        frame = grid(self.slide, place, [sized.header, *rows], columns, sized.size)
        for row, texts in zip(frame.table.rows, [sized.header, *rows], strict=True):
            row.height = Pt(sized.tall(texts))
        describe(frame, f"{table.title}. A table of {len(rows)} rows below a header.")


@dataclass(frozen=True)
class Sized:
    """A table's texts in one font size, and what room they take."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    width: float
    size: float

    @cached_property
    def widths(self) -> list[float]:
        """Of its columns, in points."""
        texts = list(zip(self.header, *self.rows, strict=True))
        return columns(texts, self.width, self.size)

    @cached_property
    def whole(self) -> float:
        """The height of all of it, in points."""
        return sum(map(self.tall, (self.header, *self.rows)))

    def tall(self, row: Sequence[str]) -> float:
        """The height of a row, in points."""
        told = zip(row, self.widths, strict=True)
        most = max(height(text, width - 2 * INSET[0], self.size) for text, width in told)
        return most + 2 * INSET[1]

    def cut(self, most: float) -> Iterator[list[str]]:
        """The rows; a row higher than `most` as several."""
        for row in self.rows:
            parts = [
                pieces(text, width - 2 * INSET[0], self.size, most - 2 * INSET[1])
                for text, width in zip(row, self.widths, strict=True)
            ]
            for at in range(max(map(len, parts))):
                yield [part[at] if at < len(part) else "" for part in parts]


def _shown(table: Table) -> list[int]:
    """Which columns of a table stand on a slide."""
    names = table.columns if table.brief is None else table.brief
    return [at for at, name in enumerate(table.columns) if name in names]


def _aside(table: Table) -> list[str]:
    """What of a table does not stand on a slide, for its notes."""
    left = [at for at in range(1, len(table.columns)) if at not in _shown(table)]
    told = []
    for row in table.rows:
        cells = [f"{table.columns[at]}: {words}" for at in left if (words := words_of(row[at]))]
        if cells:
            told.append(f"{words_of(row[0])}: {'; '.join(cells)}")
    return ["\n".join((f"{table.title}:", *told))] if told else []


def tell(deck: Deck, section: Section) -> None:
    """A section on slides of its own; one that shows nothing there, in the notes of the last."""
    shown = any(table.rows and table.brief != () for table in section.tables)
    if section.unknown or section.paragraphs or section.charts or shown:
        Flow(deck, section).write()
    else:
        deck.slides[-1][1].append(_named(section))
        deck.slides[-1][1].extend(told for table in section.tables for told in _aside(table))


def _named(section: Section) -> str:
    return f"Section “{section.key}” of the pack's workbook and JSON file."


def finish(deck: Deck, foot_words: str, pack: Pack) -> None:
    """Foot, notes and who may read it, on every slide."""
    total = len(deck.slides)
    for number, (slide, said) in enumerate(deck.slides, 1):
        place = deck.foot()
        foot(slide, slide.slide_layout, place, (foot_words, number, total))
        if pack.confidential:
            words, size = largest(pack.confidential, place.width, 14, (SMALL, 7.0))
            upper = Place(place.left, 14, place.width, 14)
            frame = text_box(slide, upper, words, size, bold=True)
            if number == 1 and deck.base.own:  # it stands on the cover
                paint(frame.paragraphs[0].runs[0].font.color, pack.brand.on_colour[1:].upper())
        notes(slide, "\n\n".join((*said, f"Source: {deck.source}.")))
