"""Odd tables give a number with an interval and n, or a refusal in words; never a crash or a NaN."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from okrkit.judge.calibration.as_json import calibration_to_dict
from okrkit.judge.calibration.result import ManagerVerdict, Tier

from .conftest import exercised, graded

COLUMNS = ["key_result", "manager", "person", "cycle", "grade"]


def rows(*lines: tuple) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=COLUMNS)


def changed(frame: pd.DataFrame, **columns: object) -> pd.DataFrame:
    return frame.assign(**columns)


TEN = graded(10, 5, 2)
ONE_EACH = graded(12, 1, 1)
MOVERS = pd.concat([TEN, TEN.assign(manager=np.roll(TEN["manager"], 10), cycle="Q2")])


def chain() -> pd.DataFrame:
    """Each manager shares one person with the next, and nobody else."""
    lines = [
        (f"K{m}.{p}", f"M{m:02d}", f"P{m + p}", "Q1", (3 + (m * p) % 5) / 10)
        for m in range(12)
        for p in (0, 1)
    ]
    return rows(*lines)


def star() -> pd.DataFrame:
    """One person graded by every manager, everybody else by one."""
    same = [(f"K{m}", f"M{m:02d}", "hub", "Q1", (4 + m % 4) / 10) for m in range(10)]
    return pd.concat([TEN, rows(*same)])


ODD = {
    "nothing": TEN[:0],
    "one row": TEN[:1],
    "two rows": TEN[:2],
    "two rows, two managers": TEN.iloc[[0, 10]],
    "three rows, three managers": TEN.iloc[[0, 10, 20]],
    "one manager": TEN[:10],
    "two managers": TEN[:20],
    "one grade each": ONE_EACH,
    "one person each": graded(8, 1, 12),
    "one person graded by all": changed(ONE_EACH, person="P"),
    "all equal": changed(TEN, grade=0.7),
    "all zero": changed(TEN, grade=0.0),
    "all one": changed(TEN, grade=1.0),
    "two-point scale": changed(TEN, grade=(TEN["grade"] > 0.6).astype(float)),
    "managers explain all": changed(TEN, grade=TEN["manager"].str[1:].astype(int) / 10),
    "people explain all": changed(TEN, grade=TEN["person"].map(hash).mod(2) / 2 + 0.1),
    "one grade differs": changed(TEN, grade=[0.1] + [0.7] * (len(TEN) - 1)),
    "one extreme grade": changed(TEN, grade=[2.0] + [0.001] * (len(TEN) - 1)),
    "hardly any difference": changed(TEN, grade=0.7 + np.arange(len(TEN)) * 1e-9),
    "a manager a cycle": changed(TEN, cycle=TEN["manager"]),
    "a person a cycle": changed(TEN, cycle=TEN["person"]),
    "a row a cycle": changed(TEN, cycle=TEN["key_result"]),
    "every grade twice": pd.concat([TEN, changed(TEN, key_result=TEN["key_result"] + "b")]),
    "shuffled": TEN.sample(frac=1, random_state=3),
    "one missing grade": changed(TEN, grade=[None, *TEN["grade"][1:]]),
    "no grade": changed(TEN, grade=None),
    "nobody named": TEN.drop(columns="person"),
    "half named": changed(TEN, person=TEN["person"].where(np.arange(len(TEN)) % 2 == 0)),
    "everybody their own manager": changed(TEN, person=TEN["manager"]),
    "names of other alphabets": changed(TEN, manager=TEN["manager"].map(lambda m: f"管理者 {m} é <b>")),
    "a thousand managers": graded(1000, 1, 1),
    "many on one": pd.concat([graded(1, 200, 2), changed(graded(6, 2, 1), key_result=range(12))]),
    "chain": chain(),
    "star": star(),
    "movers": MOVERS,
    "two halves": pd.concat([MOVERS, changed(MOVERS, **{c: "x" + MOVERS[c] for c in COLUMNS[:3]})]),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_grades_give_numbers_with_intervals_or_refusals(name, calibrated, shown):
    found = calibrated(grades=ODD[name])
    values = calibration_to_dict(found)
    shown(values)
    assert len(found.verdict.split()) <= 35
    assert found.verdict.endswith(".")
    for one in found.managers:
        assert one.why
        assert one.n is not None
        for told in (one.estimate, one.people):
            if told is not None:
                numbers = [getattr(told, field) for field in told.__dataclass_fields__]
                assert all(map(math.isfinite, numbers))
                assert told.low <= told.low80 <= told.high80 <= told.high
                assert told.low < told.high
                assert 0 <= told.probability_material <= 1
        if one.verdict is not ManagerVerdict.CANNOT_TELL:
            assert one.estimate is not None
    if found.tier is Tier.NOTHING:
        assert all(one.verdict is ManagerVerdict.CANNOT_TELL for one in found.managers)
        assert found.settle


@pytest.mark.parametrize(
    "cases",
    [
        exercised(10, 1),
        exercised(10, 12),
        exercised(1, 12),
        exercised(2, 12),
        exercised(10, 12).assign(grade=0.5),
        exercised(10, 12).assign(grade=lambda f: f["case"].str[1:].astype(int) / 20),
        exercised(10, 12).assign(manager=lambda f: "X" + f["manager"]),
        exercised(10, 12)[:0],
    ],
    ids=["one case", "all", "one manager", "two managers", "equal", "agreed", "strangers", "none"],
)
@pytest.mark.parametrize("name", ["one grade each", "movers", "all equal", "nobody named"])
def test_odd_exercises_do_no_harm(name, cases, calibrated, shown):
    found = calibrated(grades=ODD[name], exercise=cases)
    shown(calibration_to_dict(found))
    assert found.verdict
