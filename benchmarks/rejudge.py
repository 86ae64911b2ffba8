"""How long it takes to judge 400 managers again when the practical difference is moved.

Run from the repository: `OPENBLAS_NUM_THREADS=1 python benchmarks/rejudge.py`. The goal is 50 ms.
"""

from __future__ import annotations

import platform
import statistics
import time
from dataclasses import replace

import numpy as np
import pandas as pd

from okrkit.judge.calibration.run import grading_of, judge_grading
from okrkit.standard import Standard
from okrkit.tables import Tables

MANAGERS, PEOPLE, GRADES = 400, 4000, 25_000
CYCLES = ("Q1", "Q2", "Q3")


def company(seed: int = 1) -> Tables:
    """People who change managers now and then, graded over three cycles."""
    rng = np.random.default_rng(seed)
    person = rng.integers(0, PEOPLE, GRADES)
    cycle = rng.integers(0, len(CYCLES), GRADES)
    homes = rng.integers(0, MANAGERS, (len(CYCLES), PEOPLE))
    homes[1:] = np.where(rng.random((2, PEOPLE)) < 0.25, homes[1:], homes[0])
    manager = homes[cycle, person]
    grade = 0.65 + rng.normal(0, 0.06, MANAGERS)[manager] + rng.normal(0, 0.1, PEOPLE)[person]
    grade = np.clip(np.round((grade + rng.normal(0, 0.15, GRADES)) * 10) / 10, 0, 1)
    grades = pd.DataFrame(
        {
            "key_result": [f"K{i}" for i in range(GRADES)],
            "manager": [f"M{i:03d}" for i in manager],
            "person": [f"P{i:04d}" for i in person],
            "cycle": [CYCLES[i] for i in cycle],
            "grade": grade,
        }
    )
    return Tables.from_frames(grades=grades)


def main() -> None:
    """Measure once, judge 40 times at 40 practical differences."""
    tables = company()
    start = time.perf_counter(), time.process_time()
    grading = grading_of(tables, standard=Standard())
    wall, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
    took = []
    for step in range(40):
        page = replace(Standard(), practical_difference=0.02 + step * 0.002)
        before = time.process_time()
        found = judge_grading(grading, page)
        took.append((time.process_time() - before) * 1000)
    print(f"{platform.machine()}, Python {platform.python_version()}, one BLAS thread")
    print(
        f"measured {len(found.managers)} managers, {GRADES:,} grades once: "
        f"{wall:.1f} s ({cpu:.1f} CPU-s)"
    )
    print(f"judged again: median {statistics.median(took):.1f} ms, worst {max(took):.1f} ms")


if __name__ == "__main__":
    main()
