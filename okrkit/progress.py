"""How far a key result came from its baseline to its target, whichever way is better."""

from __future__ import annotations

import math

import pandas as pd

from okrkit.door.numbers import read_numbers


def attainment(
    baseline: float | None, target: float | None, value: float | None, direction: str | None = None
) -> float | None:
    """The share of the way from `baseline` to `target` that `value` stands for.

    0 is the baseline, 1 the target; below 0 it went the other way, above 1 beyond the target.
    A target below the baseline is a decrease. None when a number is missing, when baseline and
    target are the same, when `direction` is to maintain, or when it contradicts the two numbers.

    Examples
    --------
    >>> attainment(80, 90, 85), attainment(6, 2, 3, "decrease")
    (0.5, 0.75)
    >>> attainment(80, 90, 85, "decrease"), attainment(80, None, 85), attainment(5, 5, 5)
    (None, None, None)
    """
    if baseline is None or target is None or value is None:
        return None
    way = target - baseline
    if not all(map(math.isfinite, (baseline, target, value))) or not way or math.isinf(way):
        return None
    if direction == "maintain" or direction == ("decrease" if way > 0 else "increase"):
        return None
    share = (value - baseline) / way
    return share if math.isfinite(share) else None


def measure_attainment(key_results: pd.DataFrame, check_ins: pd.DataFrame) -> pd.Series[float]:
    """The attainment of each of `key_results`, by its id; missing where it cannot be told.

    The final value is the column `current`, else the value of the last check-in that has one.
    A target counts when it is a plain number. Written with a percent sign it is a fraction where
    baseline and final value are (both at most 1 in size), else a number of percent.

    Examples
    --------
    >>> from okrkit.tables import Tables
    >>> frame = pd.DataFrame({"key_result": ["K1"], "objective": ["O1"], "text": ["Sell"],
    ...                       "baseline": [10], "target": ["20"], "current": [15]})
    >>> given = Tables.from_frames(key_results=frame)
    >>> measure_attainment(given.key_results, given.check_ins).to_dict()
    {'K1': 0.5}
    """
    told = check_ins[check_ins["value"].notna()].sort_values("date", kind="stable")
    last = told.groupby("key_result")["value"].last()
    final = key_results["current"].fillna(key_results["key_result"].map(last))
    rows = zip(
        key_results["baseline"], key_results["target"], final, key_results["direction"], strict=True
    )
    shares = [
        _of_row(_number(baseline), target, _number(value), way)
        for baseline, target, value, way in rows
    ]
    return pd.Series(shares, pd.Index(key_results["key_result"]), dtype="float64")


def _of_row(
    baseline: float | None, target: object, value: float | None, direction: object
) -> float | None:
    if baseline is None or value is None or not isinstance(target, str):
        return None
    read = read_numbers([target])
    goal = None if read.bad else read.values[0]
    if goal is not None and read.percent[0] and abs(baseline) <= 1 and abs(value) <= 1:
        goal /= 100
    return attainment(baseline, goal, value, direction if isinstance(direction, str) else None)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
