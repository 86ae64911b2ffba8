"""A server that is killed in the middle: what was acknowledged is there, once, with its audit row."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

KILLED_WRITERS = Path(__file__).with_name("killed_writers.py")


def outcome(path: Path, kills: int, seed: int) -> dict:
    command = [sys.executable, str(KILLED_WRITERS), str(path), str(kills), str(seed)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(told.stdout)


def holds(found: dict, kills: int) -> None:
    assert found["killed"] >= kills, found
    assert found["acknowledged"] > kills, found
    assert (found["lost"], found["duplicated"], found["without_audit_row"]) == (0, 0, 0), found
    assert found["faults"] == [], found
    assert 0 <= found["kept"] - found["acknowledged"] <= 2, (
        found
    )  # the last ones each writer had not heard of


def test_fifty_killed_writers_lose_and_double_nothing(tmp_path):
    holds(outcome(tmp_path / "answers.sqlite", kills=50, seed=20260930), 50)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_two_hundred_killed_writers_lose_and_double_nothing(tmp_path, seed):
    holds(outcome(tmp_path / "answers.sqlite", kills=200, seed=seed), 200)
