"""What people say: the rule for a group, and what of it may be shown."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from okrkit.measure.answers import Answers
from okrkit.schemas import ANSWERS
from okrkit.standard import Standard

from .phrases import number
from .result import GroupAnswers, Outcome, Said
from .scope import Scope
from .statements import STATEMENTS

NOBODY = "Nobody answered."


def outcome_of(yes: int, no: int, group_min: int) -> Outcome:
    """What a group's answers amount to: yes when more than half of enough yes and no are yes."""
    if yes + no < group_min:
        return Outcome.UNKNOWN
    return Outcome.YES if yes > no else Outcome.NO


def said(answers: Answers, scope: Scope, standard: Standard) -> tuple[Said, ...]:
    """What people answered to each statement, hidden where too few answered."""
    asked_about = answers.table.set_index("statement")[list(ANSWERS)]
    counts = asked_about.reindex(range(1, 6), fill_value=0)
    return tuple(
        _said(
            tuple(int(count) for count in counts.loc[asked.id].to_numpy(int).ravel()),
            _groups(answers.by_team, asked.id, scope.name),
            _groups(answers.by_level, asked.id, str),
            standard.group_min,
        )
        for asked in STATEMENTS
    )


def _said(
    counts: tuple[int, ...],
    by_team: tuple[GroupAnswers, ...],
    by_level: tuple[GroupAnswers, ...],
    group_min: int,
) -> Said:
    yes, no, dont_know, not_applicable = counts
    total = sum(counts)
    if total < group_min:
        few = f"Fewer than {group_min} answered, so nothing is shown."
        why = few if total else NOBODY
        return Said(None, None, None, None, Outcome.UNKNOWN, why)
    outcome = outcome_of(yes, no, group_min)
    if outcome is Outcome.UNKNOWN:
        few = f"{number(total)} answered, fewer than {group_min} of them yes or no"
        return Said(None, None, None, None, outcome, f"{few}, so nothing more is shown.")
    return Said(yes, no, dont_know, not_applicable, outcome, "", by_team, by_level)


def _groups(
    groups: pd.DataFrame, statement: int, named: Callable[[str], str]
) -> tuple[GroupAnswers, ...]:
    mine = groups[groups["statement"].eq(statement)]
    cells = zip(mine["group"], mine["yes"], mine["n"], strict=True)
    return tuple(GroupAnswers(named(group), int(yes), int(n)) for group, yes, n in cells)
