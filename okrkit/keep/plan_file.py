"""What people filled into a client's plan, kept in the reader's own data folder."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from okrkit.errors import InputError, Problem, UsageError
from okrkit.judge.entry import FIELDS, entries, entry
from okrkit.judge.plan import PlanStep

from .place import client_place, write_whole

VERSION = 1
_TEXTS = tuple(field.name for field in fields(PlanStep) if field.name != "killer")


def plan_path(folder: str | Path, *, home: Path | None = None) -> Path:
    """Where the plan of the client in `folder` is kept: never in that folder.

    Each folder has a place of its own, named after it and told apart by its full path.
    """
    return client_place(folder, home or user_data_path("okrkit")) / "plan.json"


def load_plan(folder: str | Path, *, home: Path | None = None) -> tuple[PlanStep, ...]:
    """The steps somebody filled in for the client in `folder`; none when nothing is kept.

    Raises
    ------
    InputError
        If the kept file is damaged; it is left as it is.
    """
    path = plan_path(folder, home=home)
    try:
        steps = _steps(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, UsageError) as error:
        found = f"a plan that cannot be read ({type(error).__name__})"
        remedy = "Put a saved copy in its place, or move it away to begin a new plan."
        raise InputError(
            [Problem(str(path), found, "the plan as okrkit saved it", remedy)]
        ) from None
    return steps


def save_plan(folder: str | Path, steps: Iterable[PlanStep], *, home: Path | None = None) -> None:
    """Keep the steps in which something is filled in, in place of those kept before.

    The file is readable by its owner only and is replaced in one step: a computer that stops
    midway leaves the earlier plan. A damaged file is not written over.

    Raises
    ------
    InputError
        If the plan kept before is damaged.
    UsageError
        If the plan cannot be written; says why.
    """
    load_plan(folder, home=home)
    path = plan_path(folder, home=home)
    kept = {
        "version": VERSION,
        "folder": str(Path(folder).expanduser().resolve()),
        "steps": [asdict(step) for step in steps if step.is_filled_in],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, json.dumps(kept, indent=1))
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}).") from None


def merge_plans(kept: Iterable[PlanStep], filled: Iterable[PlanStep]) -> tuple[PlanStep, ...]:
    """Both plans in one; where both say something about a field of a step, `filled` wins.

    Examples
    --------
    >>> step = PlanStep("4.driver", 4, "Name one driver.", "this week")
    >>> kept, filled = replace(step, owner="Ada", due="2026-10-01"), replace(step, owner="Bo")
    >>> [(one.owner, one.due) for one in merge_plans([kept], [filled])]
    [('Bo', '2026-10-01')]
    """
    plan = {step.key: step for step in kept}
    for step in filled:
        said: dict[str, Any] = {field: text for field, text in entries(step).items() if text}
        plan[step.key] = replace(plan.get(step.key, step), **said)
    return tuple(plan.values())


def _steps(kept: object) -> tuple[PlanStep, ...]:
    """The steps of a kept file, each field checked.

    Raises ValueError, TypeError or UsageError when it is not one of ours.
    """
    if not isinstance(kept, dict) or kept.get("version") != VERSION:
        raise ValueError("no plan of this version")
    steps = tuple(PlanStep(**step) for step in kept.get("steps", (None,)))
    if len({step.key for step in steps}) < len(steps):
        raise ValueError("a step stands twice")
    for step in steps:
        if step.killer not in range(1, 6):
            raise ValueError("no such killer")
        if not all(isinstance(getattr(step, name), str) for name in _TEXTS):
            raise TypeError("not text")
        for field in FIELDS:
            entry(field, getattr(step, field))
    return steps
