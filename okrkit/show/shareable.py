"""The comparison of managers for others than HR: no names, no row and no count below five.

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
from okrkit.judge.calibration.words import managers as number_of

SAID = {
    ManagerVerdict.MORE_GENEROUS: "are more generous",
    ManagerVerdict.MORE_SEVERE: "are more severe",
    ManagerVerdict.NO_MATERIAL_DIFFERENCE: "show no material difference",
    ManagerVerdict.CANNOT_TELL: "cannot be told",
}


@dataclass(frozen=True)
class Shareable:
    """A comparison without names, and how many managers got each verdict.

    `counts` holds the verdicts that may be counted one by one; `others` is how many managers have
    one of the other verdicts, 0 when every count is shown. Verdicts of fewer than `group_min`
    managers are put together with the next smallest until they are enough, so that no count can be
    worked out from the total. Both are empty when there are fewer than `group_min` managers, or
    some were compared but fewer: then nothing is shown.

    `calibration.managers` holds, under pseudonyms, only managers with a verdict of `counts` whose
    own grades are enough, and only if at least `group_min` of these share it; what could point at
    one of them (grades, people, mean, team, distribution) is None or empty.
    """

    calibration: Calibration
    counts: Mapping[ManagerVerdict, int]
    others: int = 0


def shareable(calibration: Calibration) -> Shareable:
    """`calibration` as it may be shown to others than HR.

    Managers are called "Manager 1", "Manager 2" …. Their order is that of a keyed hash of their
    ids; the key is made of all managers' grades, so only who has the grades could undo it. It does
    not depend on verdicts: a what-if does not rename anybody.
    """
    standard = calibration.standard
    compared = [one for one in calibration.managers if one.estimate is not None]
    graders, least = len(calibration.managers), standard.group_min
    enough = graders >= least and not 0 < len(compared) < least
    counts = _countable(calibration.managers, least) if enough else {}
    others = graders - sum(counts.values()) if enough else 0
    shown = _pseudonymous(calibration, [one for one in compared if one.verdict in counts])
    few = f"Fewer than {standard.group_min} managers could be compared, so nothing is shown here."
    return Shareable(
        replace(
            calibration,
            verdict=_verdict(calibration, counts, others) if enough else few,
            facts=calibration.facts if enough else (),
            told=calibration.told if enough else "",
            settle=calibration.settle if enough else "",
            ladder=calibration.ladder if enough else (),
            sorting=calibration.sorting if enough else "",
            comparable=tuple(_check(one) for one in calibration.comparable),
            model=calibration.model if enough else None,
            shares=calibration.shares if enough else (),
            expected_false_flags=calibration.expected_false_flags if enough else None,
            expected_false_names=calibration.expected_false_names
            if enough and not others
            else None,
            permuted=calibration.permuted if enough else None,
            pooled=calibration.pooled if enough else None,
            managers=shown,
            refused=(),
            notes=(),
            standard=replace(standard, cycle_exceptions=(), templates={}, statuses={}, scales={}),
        ),
        MappingProxyType(counts),
        others,
    )


def shareable_to_dict(shared: Shareable) -> dict[str, Any]:
    """What `okrkit calibrate --json --shareable` prints: the same keys, without anybody's name."""
    told = calibration_to_dict(shared.calibration)
    return told | {
        "shareable": True,
        "managers": [one | {"distribution": None} for one in told["managers"]],
        "verdicts": _verdicts(shared),
    }


def _verdicts(shared: Shareable) -> dict[str, int | None] | None:
    """How many managers have each verdict; None for one that is not told, and when none is."""
    if not shared.counts and not shared.others:
        return None
    hidden = None if shared.others else 0
    return {verdict.value: shared.counts.get(verdict, hidden) for verdict in ManagerVerdict}


def _countable(managers: tuple[ComparedManager, ...], least: int) -> dict[ManagerVerdict, int]:
    """The verdicts whose number of managers may be told."""
    counts = Counter(one.verdict for one in managers).most_common()
    hidden = sum(n for _, n in counts if n < least)
    told = [(verdict, n) for verdict, n in counts if n >= least]
    while told and 0 < hidden < least:
        hidden += told.pop()[1]
    return dict(told)


def _verdict(calibration: Calibration, counts: Mapping[ManagerVerdict, int], others: int) -> str:
    """The verdict, without a number that may not be told."""
    if not others:
        return calibration.verdict
    least = calibration.standard.group_min
    why = f"not broken down, because some verdicts are shared by fewer than {least}"
    everybody = number_of(len(calibration.managers))
    if not counts:
        return f"The verdicts on {everybody} are {why}."
    told = " and ".join(f"{n} {SAID[verdict]}" for verdict, n in counts.items())
    return f"Of {everybody}, {told}. The verdicts on the other {others} are {why}."


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
