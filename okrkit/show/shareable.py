"""The comparison of managers for others than HR: no names, no row where fewer than five are alike.

What is kept is numbers and sentences made of okrkit's words and counts alone. Every sentence that
could hold a client's word is written anew or left out, so nothing has to be searched for names.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from okrkit.judge.calibration.as_json import calibration_to_dict
from okrkit.judge.calibration.result import (
    Calibration,
    Check,
    ComparedManager,
    Distribution,
    ManagerVerdict,
    Tier,
)


@dataclass(frozen=True)
class Shareable:
    """A comparison without names, and how many managers got each verdict.

    `calibration.managers` holds, under pseudonyms, only managers whose verdict at least
    `group_min` managers share and whose own grades are enough; what could point at one of them
    (grades, people, mean, team, distribution) is None or empty. `counts` is empty when there are
    fewer than `group_min` managers, or some were compared but fewer: then nothing is shown.
    """

    calibration: Calibration
    counts: Mapping[ManagerVerdict, int]


def shareable(calibration: Calibration) -> Shareable:
    """`calibration` as it may be shown to others than HR.

    Managers are called "Manager 1", "Manager 2" …. Their order is that of a keyed hash of their
    ids; the key is made of all managers' grades, so only who has the grades could undo it. It does
    not depend on verdicts: a what-if does not rename anybody.
    """
    standard = calibration.standard
    compared = [one for one in calibration.managers if one.estimate is not None]
    counts = Counter(one.verdict for one in calibration.managers)
    graders, least = len(calibration.managers), standard.group_min
    enough = graders >= least and not 0 < len(compared) < least
    shown = _pseudonymous(calibration, compared) if enough else ()
    few = f"Fewer than {standard.group_min} managers could be compared, so nothing is shown here."
    return Shareable(
        replace(
            calibration,
            verdict=calibration.verdict if enough else few,
            facts=calibration.facts if enough else (),
            told=calibration.told if enough else "",
            settle=calibration.settle if enough else "",
            ladder=calibration.ladder if enough else (),
            sorting=calibration.sorting if enough else "",
            comparable=tuple(_check(one) for one in calibration.comparable),
            model=calibration.model if enough else None,
            shares=calibration.shares if enough else (),
            expected_false_flags=calibration.expected_false_flags if enough else None,
            permuted=calibration.permuted if enough else None,
            pooled=calibration.pooled if enough else None,
            managers=shown,
            refused=(),
            notes=(),
            standard=replace(standard, cycle_exceptions=(), templates={}, statuses={}, scales={}),
        ),
        MappingProxyType(dict(counts) if enough else {}),
    )


def shareable_to_dict(shared: Shareable) -> dict[str, Any]:
    """What `okrkit calibrate --json --shareable` prints: the same keys, without anybody's name."""
    told = calibration_to_dict(shared.calibration)
    return told | {
        "shareable": True,
        "managers": [one | {"distribution": None} for one in told["managers"]],
        "verdicts": {verdict.value: n for verdict, n in shared.counts.items()} or None,
    }


def _pseudonymous(
    calibration: Calibration, compared: list[ComparedManager]
) -> tuple[ComparedManager, ...]:
    standard = calibration.standard
    names = _pseudonyms(calibration.managers)
    candidates = [
        one
        for one in compared
        if (one.n or 0) >= standard.grades_min and (one.n_people or 0) >= standard.people_min
    ]
    alike = Counter(one.verdict for one in candidates)
    shown = [one for one in candidates if alike[one.verdict] >= standard.group_min]
    if calibration.tier is Tier.NOTHING:
        shown = []
    return tuple(
        _without_traces(one, names[one.manager])
        for one in sorted(shown, key=lambda one: int(names[one.manager].split()[-1]))
    )


def _without_traces(one: ComparedManager, name: str) -> ComparedManager:
    return replace(
        one,
        manager=name,
        name="",
        team="",
        group=None,
        n=None,
        n_people=None,
        mean=None,
        people=None,
        information=None,
        distribution=Distribution.TOO_FEW,
        why="",
        innocent="",
        counts=(),
        expected=(),
    )


def _pseudonyms(managers: tuple[ComparedManager, ...]) -> dict[str, str]:
    """A name for each id, in the order of a hash keyed with all the grades."""
    told = "\n".join(sorted(f"{one.manager} {one.n} {one.mean!r} {one.counts}" for one in managers))
    key = hashlib.sha256(told.encode()).digest()

    def place(manager: str) -> bytes:
        return hmac.digest(key, manager.encode(), "sha256")

    ordered = sorted((one.manager for one in managers), key=place)
    return {manager: f"Manager {at}" for at, manager in enumerate(ordered, 1)}


def _check(one: Check) -> Check:
    return replace(one, claim="")
