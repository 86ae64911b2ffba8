"""Grades people agreed on, each with its reason; a later entry on a grade takes its place."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from okrkit.errors import UsageError
from okrkit.judge.agreed import Agreed, Ids, checked_reason
from okrkit.language.names import has_id, names_one

from .lines import line_of, load_lines
from .place import client_place, keep_whole

_TEXTS = ("key_result", "manager", "person", "cycle", "reason")


@dataclass(frozen=True)
class Decision:
    """What was agreed on one grade, when it was kept, and the input its sheet was written from."""

    agreed: Agreed
    when: str  #: the moment, ISO
    inputs: str

    def as_row(self) -> dict[str, Any]:
        """All of it as one row of plain values."""
        return {**asdict(self.agreed), "when": self.when, "inputs": self.inputs}


def agreed_path(folder: str | Path, *, home: Path | None = None) -> Path:
    """Where they are kept for the client in `folder`: never in that folder."""
    return client_place(folder, home or user_data_path("okrkit")) / "agreed-grades.jsonl"


def load_agreed(folder: str | Path, *, home: Path | None = None) -> tuple[Decision, ...]:
    """Every decision as it was kept, the first one first.

    Raises
    ------
    InputError
        If a line is not one of ours; says which.
    """
    return load_lines(agreed_path(folder, home=home), _decision)


def add_agreed(
    folder: str | Path, decisions: Iterable[Decision], *, home: Path | None = None
) -> None:
    """Keep further decisions behind the earlier ones: all of them or, if that fails, none.

    Raises
    ------
    InputError
        If what is kept is damaged; it is left as it is.
    UsageError
        If a changed grade has no reason, or nothing can be written.
    """
    _write(folder, (*load_agreed(folder, home=home), *map(_checked, decisions)), home)


def standing(decisions: Iterable[Decision]) -> dict[Ids, Agreed]:
    """What is agreed on each grade now: the last entry decides; one taken back leaves nothing."""
    now: dict[Ids, Agreed] = {}
    for one in decisions:
        now.pop(one.agreed.ids, None)
        if one.agreed.agreed is not None:
            now[one.agreed.ids] = one.agreed
    return now


def agreed_about(
    decisions: Iterable[Decision], person: str, names: Iterable[str] = ()
) -> tuple[Decision, ...]:
    """The decisions on grades the person gave or was given, or whose reason names the person."""
    sought = tuple(names)
    return tuple(one for one in decisions if _is_theirs(one, person) or _says(one, person, sought))


def erase_from_agreed(
    folder: str | Path, person: str, names: Iterable[str] = (), *, home: Path | None = None
) -> int:
    """Take out the person's decisions, and reasons that name the person; how many had either.

    Raises as `load_agreed` and `add_agreed` do.
    """
    sought = tuple(names)
    kept = load_agreed(folder, home=home)
    found = agreed_about(kept, person, sought)
    if found:
        left = (one for one in kept if not _is_theirs(one, person))
        _write(folder, (_without(one) if one in found else one for one in left), home)
    return len(found)


def _without(decision: Decision) -> Decision:
    return replace(decision, agreed=replace(decision.agreed, reason="(erased)"))


def _is_theirs(one: Decision, person: str) -> bool:
    return person in {one.agreed.manager, one.agreed.person}


def _says(one: Decision, person: str, names: tuple[str, ...]) -> bool:
    return has_id(one.agreed.reason, person) or names_one(one.agreed.reason, names)


def _write(folder: str | Path, decisions: Iterable[Decision], home: Path | None) -> None:
    lines = [line_of(one.as_row()) for one in decisions]
    keep_whole(agreed_path(folder, home=home), "".join(lines))


def _decision(kept: dict[str, Any]) -> Decision:
    names = [field.name for field in fields(Agreed)]
    agreed = Agreed(**{name: kept.pop(name) for name in names if name in kept})
    return _checked(Decision(agreed, **kept))


def _checked(one: Decision) -> Decision:
    """The decision, if it is one.

    Raises
    ------
    UsageError
        If a text or a moment is none, a grade is no fraction, or a changed grade has no reason.
    """
    agreed, before = one.agreed.agreed, one.agreed.before
    texts = [*(getattr(one.agreed, name) for name in _TEXTS), one.when, one.inputs]
    if not all(isinstance(text, str) for text in texts):
        raise UsageError("An agreed grade has ids, a reason, a moment and an input, all texts.")
    grades: list[object] = [before, *([] if agreed is None else [agreed])]
    for grade in grades:
        if not isinstance(grade, int | float) or not 0 <= grade <= 2 or math.isnan(grade):
            raise UsageError("A grade is kept as a fraction of its scale.")
    if agreed is not None and not math.isclose(agreed, before) and not one.agreed.reason:
        raise UsageError("Say why a grade was changed; the reason is kept with it.")
    checked_reason(one.agreed.reason)
    datetime.fromisoformat(one.when)
    return one
