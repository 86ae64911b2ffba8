"""A table as it stands on a page: few columns beside each other, what the others hold below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .content import Table, words_of
from .deck.fit import columns

ABREAST = 5  # columns a page holds beside each other
BETWEEN = 24  # points between two small tables


@dataclass(frozen=True)
class Laid:
    """The texts of a table for a page."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: tuple[tuple[tuple[str, str], ...], ...]  #: of each row: other columns and what they hold
    wide: int  #: the widest column, in which `more` stands below the cell's own text
    widths: tuple[float, ...]  #: in points
    numbers: tuple[bool, ...]  #: which columns hold numbers, and end at their right


def laid(table: Table, width: float, size: float) -> Laid:
    """`table` for a page of `width` points in a font of `size`.

    A table of many columns shows those of `brief` beside each other, or its first alone.

    >>> table = Table("t", "T", tuple("abcdef"), (tuple("123456"),), brief=("a", "c"))
    >>> shown = laid(table, 400, 10)
    >>> shown.header, shown.rows, shown.more
    (('a', 'c'), (('1', '3'),), ((('b', '2'), ('d', '4'), ('e', '5'), ('f', '6')),))
    """
    every = range(len(table.columns))
    main = [at for at in every if table.columns[at] in (table.brief or table.columns[:1])]
    if len(table.columns) <= ABREAST:
        main = list(every)
    header = tuple(table.columns[at] for at in main)
    rows = tuple(tuple(words_of(row[at]) for at in main) for row in table.rows)
    more = tuple(
        tuple(
            (table.columns[at], words_of(row[at]))
            for at in every
            if at not in main and words_of(row[at])
        )
        for row in table.rows
    )
    texts = [[header[at], *(row[at] for row in rows)] for at in range(len(main))]
    longest = [max(map(len, own)) for own in texts]
    wide = longest.index(max(longest))
    texts[wide] += ["; ".join(words for _, words in pairs) for pairs in more]
    numbers = tuple(table.numbers[at] for at in main)
    widths = tuple(columns(texts, width, size))
    return Laid(table.title, header, rows, more, wide, widths, numbers)


def abreast(tables: Sequence[Laid], width: float) -> list[list[Laid]]:
    """Tables in their order, small ones beside each other."""
    groups: list[list[Laid]] = []
    for one in tables:
        taken = sum(sum(other.widths) + BETWEEN for other in groups[-1]) if groups else width
        if taken + sum(one.widths) <= width:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups
