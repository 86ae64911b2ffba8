"""What the measurement of grading is told by the standard, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Terms:
    """Settings of the measurement; the defaults are those of the standard."""

    scale: str = "0-1"  #: the house scale
    managers_min: int = 3  #: fewer are not compared
    apart_min: int = 5  #: a group beside the largest is compared within itself from here up
    material: float = 0.05  #: the least spread of managers that evidence must be able to show
    sorting_max: float = 0.05  #: p-value below which people and managers count as sorted
    deals: int = 100
    seed: int = 20260101
    as_of: pd.Timestamp | None = None  #: the day looked from
    cut: bool = False  #: whether cycles that end after that day are not known yet
