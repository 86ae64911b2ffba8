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
from okrkit.language.names import has_id, names_one

from .place import client_place, keep_whole

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
    kept = {
        "version": VERSION,
        "folder": str(Path(folder).expanduser().resolve()),
        "steps": [asdict(step) for step in steps if step.is_filled_in],
    }
    keep_whole(plan_path(folder, home=home), json.dumps(kept, indent=1))


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


def steps_about(
    steps: Iterable[PlanStep], person: str, names: Iterable[str] = ()
) -> tuple[PlanStep, ...]:
    """The steps that name the person with this id, or one of `names`.

    Examples
    --------
    >>> step = PlanStep("4.driver", 4, "Name one driver.", "this week", owner="Ada Reed")
    >>> len(steps_about([step], "P1", ["Ada Reed"])), len(steps_about([step], "P1"))
    (1, 0)
    """
    sought = tuple(names)
    return tuple(step for step in steps if _naming(step, person, sought))


def erase_from_plan(
    folder: str | Path, person: str, names: Iterable[str] = (), *, home: Path | None = None
) -> int:
    """Empty every owner and text of the kept plan that names the person; how many steps had one.

    Raises as `load_plan` and `save_plan` do.
    """
    sought = tuple(names)
    steps = load_plan(folder, home=home)
    found = steps_about(steps, person, sought)
    if found:
        save_plan(folder, (_without(step, person, sought) for step in steps), home=home)
    return len(found)


def _without(step: PlanStep, person: str, names: tuple[str, ...]) -> PlanStep:
    empty: dict[str, Any] = dict.fromkeys(_naming(step, person, names), "")
    return replace(step, **empty)


def _naming(step: PlanStep, person: str, names: tuple[str, ...]) -> list[str]:
    """The fields of a step that name the person."""
    texts = {field: getattr(step, field) for field in ("owner", "comment", "because")}
    return [
        field for field, text in texts.items() if has_id(text, person) or names_one(text, names)
    ]


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
