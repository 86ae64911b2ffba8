"""Small companies of graded people, some of them odd, and what is said of each."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from okrkit.judge.calibration.result import Calibration
from okrkit.judge.calibration.run import run_calibration
from okrkit.standard import DEFAULT_STANDARD, Standard
from okrkit.tables import Tables

Frames = dict[str, pd.DataFrame]


def graded(
    managers: int, people: int, each: int, *, seed: int = 1, lean: dict[int, float] | None = None
) -> pd.DataFrame:
    """Grades of a company in which nobody moves: `people` a manager, `each` grades a person."""
    rng = np.random.default_rng(seed)
    rows = []
    for m in range(managers):
        for p in range(people):
            able = rng.normal(0.65, 0.08)
            for k in range(each):
                grade = able + (lean or {}).get(m, 0.0) + rng.normal(0, 0.12)
                rows.append((f"K{m}.{p}.{k}", f"M{m:02d}", f"P{m}.{p}", "Q1", _tenth(grade)))
    return pd.DataFrame(rows, columns=["key_result", "manager", "person", "cycle", "grade"])


def _tenth(grade: float) -> float:
    return round(min(max(grade, 0.0), 1.0) * 10) / 10


def exercised(
    managers: int, cases: int, *, seed: int = 2, lean: dict[int, float] | None = None
) -> pd.DataFrame:
    """An exercise in which every manager graded every case."""
    rng = np.random.default_rng(seed)
    rows = [
        (
            f"M{m:02d}",
            f"C{c}",
            _tenth(0.5 + 0.03 * c + (lean or {}).get(m, 0.0) + rng.normal(0, 0.06)),
        )
        for m in range(managers)
        for c in range(cases)
    ]
    return pd.DataFrame(rows, columns=["manager", "case", "grade"])


@pytest.fixture
def company() -> Callable[..., pd.DataFrame]:
    return graded


@pytest.fixture
def exercise() -> Callable[..., pd.DataFrame]:
    return exercised


@pytest.fixture
def calibrated() -> Callable[..., Calibration]:
    """The comparison of the managers of some frames, with fewer deals than usual."""

    def calibrate(*, standard: Standard | None = None, **frames: pd.DataFrame) -> Calibration:
        page = standard or Standard(deals=5)
        return run_calibration(
            Tables.from_frames(standard=DEFAULT_STANDARD, **frames), standard=page
        )

    return calibrate


@pytest.fixture
def shown() -> Callable[[object], str]:
    """A value as JSON that holds no NaN."""
    return lambda value: json.dumps(value, allow_nan=False)
