"""The power goes at any moment: what was acknowledged is on the disk, once, and the store opens."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

POWER_CUT = Path(__file__).with_name("power_cut.py")


def after(cuts: int, seed: int, synchronous: str = "") -> dict:
    """What became of acknowledged answers."""
    command = [sys.executable, str(POWER_CUT), str(cuts), str(seed), *filter(None, [synchronous])]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(told.stdout)


def holds(found: dict) -> None:
    assert (found["lost"], found["doubled"], found["corrupt"]) == (0, 0, 0), found
    assert found["acknowledged"] > 2 * found["cuts"], found
    assert found["cuts_while_saving"] > found["cuts"] / 2, found


def test_a_hundred_and_fifty_power_cuts_lose_nothing():
    holds(after(150, seed=20260930))


def test_the_same_cuts_lose_answers_when_the_disk_is_not_waited_for():
    found = after(20, seed=20260930, synchronous="NORMAL")
    assert found["lost"] > 20, found
    assert found["corrupt"] == 0, found


def test_the_same_cuts_damage_the_file_when_nothing_is_synced():
    assert after(20, seed=20260930, synchronous="OFF")["corrupt"] > 0


@pytest.mark.long
def test_ten_thousand_power_cuts_lose_nothing():
    with ThreadPoolExecutor(2) as two:
        for found in two.map(lambda seed: after(1000, seed), range(10**6, 10**7, 9 * 10**5)):
            holds(found)
