"""What becomes of each key result: steady, slow, red, frozen, done, dropped or paused."""

from __future__ import annotations

from dataclasses import replace

from .company import CYCLES, Company
from .dice import Dice
from .goals import Goals, KeyResult

RED = {"2026-Q1": 18, "2026-Q2": 22, "2026-Q3": 27}
RED_WITH_PLAN = {"2026-Q1": 12, "2026-Q2": 11, "2026-Q3": 8}
FROZEN_ELSEWHERE = {"2026-Q1": 3, "2026-Q2": 6, "2026-Q3": 14}
FROZEN_TEAMS = {"Success West": 5, "Discovery": 4}
DONE, DROPPED, PAUSED = 12, 4, 2
WITHOUT_VALUES = {"output": 0.1, "milestone_outcome": 0.5, "unclear": 1.0}


def tell(seed: int, company: Company, goals: Goals) -> None:
    """Give every key result its story and, where people would keep one, a value to report."""
    for cycle in CYCLES:
        dice = Dice(seed, f"stories {cycle}")
        key_results = goals.of(cycle)
        for key_result in key_results:
            _measure(dice, key_result)
            _plain_story(dice, key_result)
        first = [k for k in key_results if k.team.first and not k.team.silent]
        _freeze(dice, company, [k for k in first if k.wording.metric and _quarterly(k)], cycle)
        left = [k for k in first if k.story != "frozen" and _quarterly(k)]
        worst = sorted(left, key=lambda k: k.quality)[: RED[cycle]]
        for place, key_result in enumerate(dice.shuffled(worst)):
            key_result.story = "red with plan" if place < RED_WITH_PLAN[cycle] else "red"
        _ends(dice, [k for k in left if k not in worst])
    for key_result in goals.of("0"):
        key_result.story = "wobbling" if key_result.id.endswith(("3", "7")) else "steady"


def _quarterly(key_result: KeyResult) -> bool:
    return "Q" in key_result.period


def _measure(dice: Dice, key_result: KeyResult) -> None:
    """Key results without a metric report how much is done, unless nobody keeps that."""
    if key_result.wording.metric or dice.chance(WITHOUT_VALUES.get(key_result.kind, 0.3)):
        return
    key_result.wording = replace(key_result.wording, metric="progress", unit="% done")


def _plain_story(dice: Dice, key_result: KeyResult) -> None:
    if key_result.quality < 0.5:
        key_result.story = "slow"
    elif key_result.quality < 0.66 and dice.chance(0.6):
        key_result.story = "wobbling"


def _freeze(dice: Dice, company: Company, free: list[KeyResult], cycle: str) -> None:
    """Green every week while the value stands still."""
    chosen: list[KeyResult] = []
    if cycle == CYCLES[-1]:
        for name, count in FROZEN_TEAMS.items():
            chosen += dice.some([k for k in free if k.team is company.team(name)], count)
    others = [k for k in free if k.team.name not in FROZEN_TEAMS and k.team.level == "team"]
    by_team: dict[str, list[KeyResult]] = {}
    for key_result in dice.shuffled(others):
        by_team.setdefault(key_result.team.id, []).append(key_result)
    teams = list(by_team.values())[:10]
    pairs = [pair[:2] for pair in teams[:4]] + [pair[:1] for pair in teams[4:]]
    chosen += [k for pair in pairs for k in pair][: FROZEN_ELSEWHERE[cycle]]
    for key_result in chosen:
        key_result.story = "frozen"
        key_result.quality = min(key_result.quality, dice.between(0.42, 0.58))


def _ends(dice: Dice, free: list[KeyResult]) -> None:
    chosen = dice.some(free, DONE + DROPPED + PAUSED)
    for place, key_result in enumerate(chosen):
        if place < DONE:
            key_result.story, key_result.quality = "done", max(key_result.quality, 0.85)
        else:
            key_result.story = "dropped" if place < DONE + DROPPED else "paused"
