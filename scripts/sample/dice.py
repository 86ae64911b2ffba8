"""Chance that is the same on every machine: one stream of uniform numbers a topic."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from statistics import NormalDist
from typing import TypeVar

import numpy as np

T = TypeVar("T")
STANDARD_NORMAL = NormalDist()


class Dice:
    """Draws for one topic. Only uniform numbers are asked of numpy: their bits never change."""

    def __init__(self, seed: int, topic: str) -> None:
        self._draw = np.random.Generator(np.random.PCG64([seed, zlib.crc32(topic.encode())])).random

    def unit(self) -> float:
        """A number from 0 to 1."""
        return float(self._draw())

    def between(self, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        return low + (high - low) * self.unit()

    def normal(self, mean: float, spread: float) -> float:
        """A number from the normal distribution."""
        return mean + spread * STANDARD_NORMAL.inv_cdf(min(max(self.unit(), 1e-9), 1 - 1e-9))

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.unit() * (high - low + 1))

    def chance(self, probability: float) -> bool:
        """True with `probability`."""
        return self.unit() < probability

    def pick(self, items: Sequence[T]) -> T:
        """One of `items`."""
        return items[int(self.unit() * len(items))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """`items` in another order."""
        marked = [(self.unit(), place) for place in range(len(items))]
        return [items[place] for _, place in sorted(marked)]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different items, or all when there are fewer."""
        return self.shuffled(items)[:count]
