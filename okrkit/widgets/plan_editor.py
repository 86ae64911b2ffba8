"""The plan as a form: each entry is checked and saved as it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from okrkit.errors import UsageError
from okrkit.judge.audit import Audit
from okrkit.judge.entry import LONGEST, STEP_STATUSES, YEARS, entries, entry
from okrkit.judge.plan import PlanStep
from okrkit.keep.plan_file import load_plan, save_plan

from .answering import trouble_of

ASSETS = Path(__file__).resolve().parent / "assets"


class PlanEditor(anywidget.AnyWidget):
    """Owner, date, status and comment of each step of an audit's plan, kept for its client.

    What the page sends is taken as anybody's word: only `enter` changes the plan.
    """

    _esm = ASSETS / "plan_editor.js"
    _css = ASSETS / "plan_editor.css"
    steps: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    rules: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)

    def __init__(self, audit: Audit, folder: Path, *, home: Path | None = None) -> None:
        self._folder, self._home = folder, home
        self._plan = {step.key: step for step in audit.plan}
        self._killers = {killer.id: killer.name for killer in audit.killers}
        rules = {
            "statuses": STEP_STATUSES,
            "longest": LONGEST,
            "first": f"{YEARS.start}-01-01",
            "last": f"{YEARS.stop - 1}-12-31",
        }
        super().__init__(steps=self._rows(), rules=rules)
        self.on_msg(self._answer)

    def enter(self, key: str, field: str, text: str) -> str:
        """Keep `text` in one field of the step `key`; returns it as it was kept.

        Raises
        ------
        UsageError
            If there is no such step or field, if the field takes no such text, if another page
            has changed it meanwhile (the form then shows what that page entered), or if the plan
            cannot be written.
        InputError
            If the plan kept before is damaged.
        """
        shown = self._plan.get(key)
        if shown is None:
            raise UsageError("This plan has no such step. Reload the page.")
        text = entry(field, text)
        kept = {step.key: step for step in load_plan(self._folder, home=self._home)}
        before = entries(kept[key]) if key in kept else entries(PlanStep(key, 1, "", ""))
        theirs = before[field]
        overtaken = theirs not in (entries(shown)[field], text)
        values: dict[str, Any] = before if overtaken else {**before, field: text}
        step = replace(shown, **values)
        if not overtaken:
            save_plan(self._folder, (kept | {key: step}).values(), home=self._home)
        self._plan[key] = step
        self.steps = self._rows()
        if overtaken:
            change = f"changed this to “{theirs}”" if theirs else "emptied this"
            raise UsageError(f"Another page {change} meanwhile. Enter yours again to replace it.")
        return text

    def _answer(self, _: object, sent: object, __: object) -> None:
        """Try what the page sent and tell it what came of it."""
        if not isinstance(sent, Mapping) or not isinstance(number := sent.get("id"), int):
            return

        def enter() -> None:
            value = self.enter(*_texts(sent))
            self.send({"id": number, "saved": True, "value": value})

        if trouble := trouble_of(enter):
            self.send({"id": number, "saved": False, "why": trouble})

    def _rows(self) -> list[dict[str, Any]]:
        """The steps as the page shows them."""
        return [
            {**asdict(step), "killer": f"{step.killer} {self._killers[step.killer]}"}
            for step in self._plan.values()
        ]


def _texts(sent: Mapping[str, object]) -> tuple[str, str, str]:
    """Key, field and text of an entry."""
    key, field, text = sent.get("key"), sent.get("field"), sent.get("text")
    if not (isinstance(key, str) and isinstance(field, str) and isinstance(text, str)):
        raise UsageError("An entry has a step, a field and a text. Reload the page.")
    return key, field, text
