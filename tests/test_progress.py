"""Attainment: the share of the way from baseline to target, whichever way is better."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.progress import attainment, measure_attainment
from okrkit.tables import Tables

NUMBERS = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))


@pytest.mark.parametrize(
    ("baseline", "target", "value", "direction", "share"),
    [
        (80, 90, 85, None, 0.5),
        (6, 2, 3, "decrease", 0.75),
        (6, 2, 7, None, -0.25),
        (0, 10, 12, "increase", 1.2),
        (80, 90, 85, "decrease", None),
        (90, 80, 85, "increase", None),
        (80, 90, 85, "maintain", None),
        (80, 80, 80, None, None),
        (None, 90, 85, None, None),
        (80, None, 85, None, None),
        (80, 90, None, None, None),
        (80, math.inf, 85, None, None),
        (math.nan, 90, 85, None, None),
        (-1e308, 1e308, 0, None, None),
    ],
)
def test_attainment_is_the_share_of_the_way_or_unknown(baseline, target, value, direction, share):
    assert attainment(baseline, target, value, direction) == share


@given(NUMBERS, NUMBERS, NUMBERS)
def test_attainment_does_not_depend_on_the_sign_of_the_metric(baseline, target, value):
    # a metric and its negative describe the same work
    assert attainment(baseline, target, value) == attainment(-baseline, -target, -value)


def measured(**columns):
    row = {"key_result": "K1", "objective": "O1", "text": "Sell", **columns}
    check_ins = row.pop("check_ins", None)
    frames = {"key_results": pd.DataFrame([row])}
    if check_ins is not None:
        frames["check_ins"] = pd.DataFrame(
            [{"key_result": "K1", "status": "green", "date": d, "value": v} for d, v in check_ins]
        )
    tables = Tables.from_frames(**frames)
    return measure_attainment(tables.key_results, tables.check_ins)["K1"]


@pytest.mark.parametrize(
    ("columns", "share"),
    [
        ({"baseline": 10, "target": "20", "current": 15}, 0.5),
        ({"baseline": 1000, "target": "1,400", "current": 1100}, 0.25),
        ({"baseline": 3, "target": "3,5", "current": 3.25}, 0.5),
        ({"baseline": -10, "target": "-5", "current": -8}, 0.4),
        ({"baseline": 80, "target": "90 %", "current": 85}, 0.5),
        ({"baseline": "80 %", "target": "90 %", "current": "85 %"}, 0.5),
        ({"baseline": 80, "target": "90", "check_ins": [("2026-02-01", 85), ("2026-01-01", 88)]}, 0.5),
        ({"baseline": 80, "target": "90", "current": 82, "check_ins": [("2026-02-01", 85)]}, 0.2),
    ],
)  # fmt: skip
def test_a_key_result_with_three_numbers_has_an_attainment(columns, share):
    assert measured(**columns) == pytest.approx(share)


@pytest.mark.parametrize(
    "columns",
    [
        {"baseline": 10, "target": "soon", "current": 15},
        {"baseline": 10, "target": "20 or 30", "current": 15},
        {"baseline": 10, "target": "20"},
        {"target": "20", "current": 15},
        {"baseline": 10, "current": 15},
    ],
)
def test_a_key_result_without_three_numbers_has_none(columns):
    assert pd.isna(measured(**columns))
