"""Where the printed pages of a sheet end: no chart and no short table goes over two of them."""

from __future__ import annotations

from collections.abc import Sequence

PAGE = (1000, 640)  # pixels: what A4 across holds between its margins, and a little less
SIGN = 7  # pixels a sign is wide
ROW = 20  # pixels of a row nobody made higher
BEGINS = 4  # rows of a table that stand together at least: its title, its header, two more


class Leaf:
    """The printed pages of one sheet, filled from the top; `breaks` are the rows they begin at."""

    def __init__(self, columns: Sequence[int], least: int) -> None:
        """Of a sheet with columns of so many signs, at least `least` pixels wide."""
        wide = max(least, sum(SIGN * one + 5 for one in columns))
        self._high, self._used = PAGE[1] * max(1.0, wide / PAGE[0]), 0.0
        self.breaks: list[int] = []

    def words(self, pixels: float) -> None:
        """Fill so much with what may be parted."""
        self._used += pixels
        while self._used > self._high:
            self._used -= self._high

    def whole(self, row: int, pixels: float) -> None:
        """Fill so much with something whole that begins in `row`: on the next page if need be."""
        if self._used and self._used + pixels > self._high:
            self.breaks.append(row)
            self._used = 0
        self.words(pixels)

    def table(self, row: int, rows: Sequence[float]) -> None:
        """Fill with rows so high; a table that a page can hold is not parted."""
        together = rows if sum(rows) <= self._high else rows[:BEGINS]
        self.whole(row, sum(together))
        self.words(sum(rows[len(together) :]))
