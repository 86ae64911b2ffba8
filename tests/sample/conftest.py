"""The sample company's files as plain pandas frames, without okrkit's reader or measurements."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def planted() -> dict[str, Any]:
    """What the script plants, by id."""
    path = Path(__file__).parent / "planted.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def make(root) -> Callable[..., None]:
    """Runs the script with the options given."""

    def run(*options: object) -> None:
        command = [sys.executable, str(root / "scripts" / "make_sample.py"), *map(str, options)]
        subprocess.run(command, check=True, capture_output=True, text=True)

    return run


@pytest.fixture(scope="session")
def made(make, tmp_path_factory) -> Path:
    """The company made once more: `files`, and in `truth` what was meant."""
    folder = tmp_path_factory.mktemp("sample")
    make("--out", folder / "files", "--truth", folder / "truth")
    return folder


@pytest.fixture(scope="session")
def meant(made) -> pd.Series:
    """The kind each key result was written as."""
    rows = pd.read_csv(made / "truth" / "truth_key_results.csv")
    return rows.set_index("key_result").kind


@pytest.fixture(scope="session")
def load() -> Callable[[Path], dict[str, pd.DataFrame]]:
    """Reads every CSV file of a folder as text."""

    def read(folder: Path) -> dict[str, pd.DataFrame]:
        return {
            path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
            for path in sorted(folder.glob("*.csv"))
        }

    return read


@pytest.fixture(scope="session")
def files(load, sample_folder) -> dict[str, pd.DataFrame]:
    """Every file of the sample company."""
    return load(sample_folder)


@pytest.fixture(scope="session")
def objectives(files, planted) -> pd.DataFrame:
    """Objectives of the cycles that run on the last day."""
    return files["objectives"][files["objectives"].cycle.isin(planted["cycles"])]


@pytest.fixture(scope="session")
def all_key_results(files) -> pd.DataFrame:
    """Key results with the team, the cycle and its days."""
    of = files["objectives"][["objective", "team", "cycle"]].merge(files["cycles"], on="cycle")
    return files["key_results"].merge(of, on="objective")


@pytest.fixture(scope="session")
def key_results(all_key_results, planted) -> pd.DataFrame:
    """Key results of the cycles that run on the last day."""
    return all_key_results[all_key_results.cycle.isin(planted["cycles"])]


@pytest.fixture(scope="session")
def all_check_ins(files, all_key_results) -> pd.DataFrame:
    """Check-ins with a status, by key result and day."""
    of = all_key_results[["key_result", "team", "cycle"]]
    rows = files["check_ins"].merge(of, on="key_result")
    rows = rows[rows.status != ""]
    rows = rows.assign(day=pd.to_datetime(rows.date), number=pd.to_numeric(rows.value))
    return rows.sort_values(["key_result", "day"], kind="stable")


@pytest.fixture(scope="session")
def check_ins(all_check_ins, planted) -> pd.DataFrame:
    """Check-ins of the cycles that run on the last day."""
    return all_check_ins[all_check_ins.cycle.isin(planted["cycles"])]


@pytest.fixture(scope="session")
def grades(files, all_key_results, meant, planted) -> pd.DataFrame:
    """Grades as fractions, with the kind of key result that was meant."""
    rows = files["grades"].merge(all_key_results[["key_result", "team"]], on="key_result")
    number = pd.to_numeric(rows.grade)
    usual = rows.team != planted["standardization"]["other_scale"]
    rows = rows.assign(fraction=number.where(usual, (number - 1) / 4))
    return rows.assign(kind=rows.key_result.map(meant)).dropna(subset="fraction")


@pytest.fixture(scope="session")
def drivers_of() -> Callable[[str], list[str]]:
    """The ids in a cell that may hold several."""
    return lambda cell: [part for part in cell.split(";") if part]
