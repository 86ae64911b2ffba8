"""What stands in a client's files, decided once: writers print it and compute nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from okrkit.brand import Brand
from okrkit.judge.calibration.words import points
from okrkit.judge.phrases import number, percent
from okrkit.show.blanks import Blank


@dataclass(frozen=True)
class Number:
    """A number and how it is printed: 0.41 and `41 %`. It compares by value."""

    value: float
    words: str

    @property
    def is_share(self) -> bool:
        """Whether `value` is a fraction that is printed as a percentage."""
        return self.words.endswith("%")


Cell = str | Number
UNDATED = date(2000, 1, 1)  # stands in a file's properties when the records hold no date


def words_of(cell: Cell) -> str:
    """A cell as it is printed.

    >>> words_of(Number(0.41, "41 %")), words_of("yes")
    ('41 %', 'yes')
    """
    return cell.words if isinstance(cell, Number) else cell


def share(value: float | None) -> Cell:
    """A share as a cell; empty when unknown."""
    return "" if value is None else Number(value, percent(value))


def count(value: int | None) -> Cell:
    """A count as a cell; empty when unknown or hidden."""
    return "" if value is None else Number(value, number(value))


def difference(value: float) -> Cell:
    """A difference in grade points as a cell, with its sign."""
    return Number(value, points(value))


@dataclass(frozen=True)
class Table:
    """Rows under a header; the first cell of a row is its name, unlike any other row's."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    brief: tuple[str, ...] | None = None  #: columns that stand on a slide, the others in its notes
    blanks: tuple[Blank, ...] = ()  #: columns that are filled in, in a workbook
    keys: tuple[str, ...] = ()  #: of the rows, when there are blanks: by these they come back

    @property
    def numbers(self) -> tuple[bool, ...]:
        """Which columns but the first hold numbers alone; they end at their right.

        >>> Table("t", "T", tuple("abc"), (("x", count(3), ""), ("y", "", ""))).numbers
        (False, True, False)
        """
        columns = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.columns)
        filled = [[cell for cell in cells if cell] for cells in columns]
        return tuple(
            at > 0 and bool(cells) and all(isinstance(cell, Number) for cell in cells)
            for at, cells in enumerate(filled)
        )


class Kind(StrEnum):
    """What a chart draws of each of its names, and which series it has for that."""

    STACKED = "stacked"  #: counts side by side, a series each
    DUMBBELL = "dumbbell"  #: two shares: what people say, what records show
    INTERVALS = "intervals"  #: from (95 %), from (80 %), the point, to (80 %), to (95 %)
    EXPECTED = "expected"  #: counts given as bars, those expected as lines
    BARS = "bars"  #: one number


@dataclass(frozen=True)
class Series:
    """One number for each name of a chart; None where it is unknown."""

    name: str
    values: tuple[Number | None, ...]

    @property
    def amounts(self) -> list[float | None]:
        """The numbers without their words."""
        return [None if one is None else one.value for one in self.values]


@dataclass(frozen=True)
class Chart:
    """A picture as its numbers, which every form draws its own way.

    Its numbers also stand in a table of the same pack.
    """

    key: str
    kind: Kind
    title: str
    names: tuple[str, ...]
    series: tuple[Series, ...]
    told: tuple[str, ...]  #: what is drawn of each name, in words with its numbers
    axis: tuple[float, float] = (0.0, 1.0)
    band: tuple[float, float] | None = None  #: what is not material
    tones: tuple[str, ...] = ()  #: of each name, as on the page: "severe", "same", "cannot", …
    how: str = ""  #: how to read the marks

    @property
    def alt(self) -> str:
        """The chart for those who cannot see it."""
        parts = (f"{name}: {told}" for name, told in zip(self.names, self.told, strict=True))
        return f"{self.title}. {'; '.join(parts)}."

    def pages(self, most: int) -> tuple[Chart, ...]:
        """The chart in parts of at most `most` names, as even as can be.

        >>> whole = Chart("x", Kind.BARS, "X", tuple("abcde"), (), tuple("12345"))
        >>> [part.names for part in whole.pages(4)]
        [('a', 'b', 'c'), ('d', 'e')]
        """
        count = len(self.names)
        size = -(-count // -(-count // most)) if count else 1
        return tuple(self._part(slice(at, at + size)) for at in range(0, count, size))

    def _part(self, rows: slice) -> Chart:
        series = tuple(replace(one, values=one.values[rows]) for one in self.series)
        names, told, tones = self.names[rows], self.told[rows], self.tones[rows]
        return replace(self, names=names, series=series, told=told, tones=tones)


@dataclass(frozen=True)
class Section:
    """One part of a pack. What cannot be judged in it is said in `unknown`, in every form."""

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    unknown: str = ""  #: why it cannot be judged, as sentences; empty when it is


@dataclass(frozen=True)
class Pack:
    """All a client keeps of one audit, on one day, from one input.

    `inputs` names the input: 16 hexadecimal digits of a SHA-256 (`okrkit.show.pack.inputs`). It
    stands in every file.
    """

    name: str  #: "audit"
    title: str
    client: str
    as_of: date | None
    cycles: tuple[str, ...]
    standard: str  #: its version
    version: str  #: of okrkit
    inputs: str
    verdict: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    brand: Brand = Brand()
    forms: tuple[Section, ...] = ()  #: to be filled in; only a workbook holds them
    confidential: str = ""  #: who may read it; stands on every page of every form

    @property
    def day(self) -> str:
        """The day of the audit as it is printed."""
        return f"as of {self.as_of.isoformat()}" if self.as_of else "no date in the records"

    @property
    def created(self) -> datetime:
        """When its files say they were made: the day of the audit, whenever they are written."""
        return datetime.combine(self.as_of or UNDATED, time())

    @property
    def source(self) -> str:
        """The line that says where a file comes from; it stands in every form."""
        parts = (self.client, self.day, f"standard: {self.standard}", f"okrkit {self.version}")
        return " · ".join([*filter(None, parts), f"inputs {self.inputs}"])
