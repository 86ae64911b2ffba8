"""The sample company made anew with other seeds: the same planted managers, other chance."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

import okrkit
from okrkit.standard import DEFAULT_STANDARD

from .study import NAMED, Figure, ratio

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make_sample.py"
SEEDS = (*range(1001, 1009), *range(1010, 1022))  #: with 1009 the script runs out of phrases
WITHOUT_DEALS = replace(DEFAULT_STANDARD, deals=0)
FIGURES = {
    "equal managers named": ("equal named", "equal"),
    "companies in which one is": ("companies wrong", "run"),
    "of those named, equal": ("equal named", "named"),
    "severe and generous managers found": ("planted found", "planted"),
    "with the wrong sign": ("wrong sign", "planted"),
    "intervals of equal managers that hold the truth": ("equal held", "equal told"),
    "intervals of the severe and generous that do": ("planted held", "planted told"),
}


def study_samples(seeds: tuple[int, ...] = SEEDS) -> dict[str, Figure]:
    """The figures over companies made like the sample."""
    return sample_figures(look_at_samples(seeds))


def look_at_samples(seeds: tuple[int, ...] = SEEDS) -> pd.DataFrame:
    """One row a company."""
    return pd.DataFrame(_look(seed) for seed in seeds).astype(float)


def sample_figures(runs: pd.DataFrame) -> dict[str, Figure]:
    """The figures over these companies."""
    return {name: ratio(runs[top], runs[bottom]) for name, (top, bottom) in FIGURES.items()}


def _look(seed: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        files, truth = Path(folder, "files"), Path(folder, "truth")
        options = ("--out", files, "--truth", truth, "--seed", seed)
        subprocess.run([sys.executable, str(SCRIPT), *map(str, options)], check=True)
        planted = pd.read_csv(truth / "truth_managers.csv").set_index("manager")
        said = okrkit.run_calibration(okrkit.read_folder(files), standard=WITHOUT_DEALS)
    rows = pd.DataFrame(_rows(said, planted))
    named, differs = rows["verdict"].isin(NAMED), rows["adds"].ne(0)
    # Who only gives 0.7 has no level to hold an interval against.
    plain = rows["habit"].isna() & rows["low"].notna()
    held = plain & rows["adds"].between(rows["low"], rows["high"])
    right = rows["verdict"].eq("more_generous").eq(rows["adds"].gt(0))
    return {
        "run": 1,
        "named": named.sum(),
        "equal": (~differs).sum(),
        "equal named": (named & ~differs).sum(),
        "companies wrong": (named & ~differs).any(),
        "planted": differs.sum(),
        "planted found": (named & differs & right).sum(),
        "wrong sign": (named & differs & ~right).sum(),
        "equal told": (plain & ~differs).sum(),
        "equal held": (held & ~differs).sum(),
        "planted told": (plain & differs).sum(),
        "planted held": (held & differs).sum(),
    }


def _rows(said: okrkit.Calibration, planted: pd.DataFrame) -> Iterator[dict[str, object]]:
    """What is said and what is true of every manager who gave a grade."""
    for one in said.managers:
        bounds = (one.estimate.low, one.estimate.high) if one.estimate else (None, None)
        yield {
            "verdict": one.verdict.value,
            "adds": planted.loc[one.manager, "adds"],
            "habit": planted.loc[one.manager, "habit"],
            "low": bounds[0],
            "high": bounds[1],
        }
