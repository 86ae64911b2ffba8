"""What was filled into a workbook as steps of the plan and agreed grades, row by row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from okrkit.door.texts import Cell, is_blank, quoted, text_of
from okrkit.errors import InputError, Problem, UsageError
from okrkit.judge.agreed import Agreed, Ids, agreed_fraction, checked_reason, on_scale, takes
from okrkit.judge.entry import TAKES, entry
from okrkit.judge.plan import PlanStep
from okrkit.show.blanks import AGREED, REASON, REASON_TAKES
from okrkit.show.workbook import FIELD_OF

from .checks import plain
from .filled_form import ANEW, Entered
from .grade_sheet import Graded

MEND = "Mend the cell, save the file and run this again."
WHY = "the reason, beside a grade that is to be another one"


@dataclass(frozen=True)
class Change:
    """A row in which something changes: where, what it is called, and what becomes of it."""

    sheet: str
    row: int
    name: str
    words: tuple[str, ...]  #: "Owner: nothing → 'Ada'"

    def __str__(self) -> str:
        return f"{self.sheet}, row {self.row}, {self.name}: {'; '.join(self.words)}"


@dataclass(frozen=True)
class Decided:
    """What a workbook that came back changes, and what is wrong with its entries."""

    steps: tuple[PlanStep, ...]  #: those of the plan that change, as they become
    agreed: tuple[Agreed, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def decided(
    rows: Iterable[Entered],
    plan: Iterable[PlanStep],
    graded: Iterable[Graded],
    agreed: Mapping[Ids, Agreed],
) -> Decided:
    """Read the changed rows of a workbook; `agreed` is what was agreed on each grade before."""
    steps, grades = {one.key: one for one in plan}, {one.key: one for one in graded}
    new_steps: list[PlanStep] = []
    new_grades: list[Agreed] = []
    changes: list[Change] = []
    problems: list[Problem] = []
    for row in rows:
        if not row.changed:
            continue
        try:
            if row.form == "plan":
                step, words = _step(row, steps[row.key])
                new_steps += [step] if words else []
            else:
                given = grades[row.key]
                grade, words = _grade(row, given, agreed.get(given.ids))
                new_grades += [grade] if words else []
        except InputError as error:
            problems += error.problems
        else:
            changes += [Change(row.sheet, row.row, row.name, words)] if words else []
    return Decided(tuple(new_steps), tuple(new_grades), tuple(changes), tuple(problems))


def _step(row: Entered, step: PlanStep) -> tuple[PlanStep, tuple[str, ...]]:
    """The step as it becomes, and what changes in it."""
    values: dict[str, Any] = {}
    problems = []
    for column in row.changed:
        cell, field = row.cells[column], FIELD_OF[column]
        try:
            values[field] = entry(field, _text(cell))
        except UsageError:
            problems.append(row.problem(column, quoted(cell), TAKES[field], MEND))
    before = {column: getattr(step, FIELD_OF[column]) for column in row.changed}
    after = {column: values.get(FIELD_OF[column]) for column in row.changed}
    return replace(step, **values), _changes(row, before, after, problems)


def _grade(row: Entered, given: Graded, kept: Agreed | None) -> tuple[Agreed, tuple[str, ...]]:
    """What is agreed on a grade, and what changes by that."""
    cell, problems = row.cells[AGREED], []
    grade, reason = None, ""
    try:
        grade = None if is_blank(cell) else agreed_fraction(cell, given.scale)
    except UsageError:
        problems.append(row.problem(AGREED, quoted(cell), takes(given.scale), MEND))
    try:
        reason = checked_reason(_text(row.cells[REASON]))
    except UsageError:
        problems.append(row.problem(REASON, quoted(row.cells[REASON]), REASON_TAKES, MEND))
    if grade is None and reason and not problems:
        problems.append(row.problem(AGREED, "a reason without a grade", takes(given.scale), MEND))
    if grade is not None and not reason and not problems and not math.isclose(grade, given.now):
        problems.append(row.problem(REASON, f"{quoted(cell)} without a reason", WHY, MEND))
    was = None if kept is None or kept.agreed is None else on_scale(kept.agreed, given.scale)
    now = None if grade is None else on_scale(grade, given.scale)
    before = {AGREED: was, REASON: kept.reason if kept else ""}
    words = _changes(row, before, {AGREED: now, REASON: reason}, problems)
    return Agreed(*given.ids, given.now, grade, reason), words


def _changes(
    row: Entered,
    before: Mapping[str, object],
    after: Mapping[str, object],
    problems: list[Problem],
) -> tuple[str, ...]:
    """What becomes of each blank that changes.

    Raises
    ------
    InputError
        If there are problems, or a blank was changed elsewhere in the meantime.
    """
    words = []
    for column, was in before.items():
        if after[column] == was:
            continue
        then, now = (
            "nothing" if is_blank(one) else quoted(plain(one)) for one in (was, after[column])
        )
        words.append(f"{column}: {then} → {now}")
        if column in row.overtaken:
            found = f"{now}; meanwhile {then} was entered elsewhere"
            problems.append(row.problem(column, found, "one of the two", ANEW))
    if problems:
        raise InputError(problems)
    return tuple(words)


def _text(cell: Cell) -> str:
    return "" if is_blank(cell) else text_of(cell)
