"""The button that writes what a client keeps: papers and forms to choose, one zip to download."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from okrkit.errors import OkrkitError, UsageError
from okrkit.show.pack.files import WORDS, installed

from .project import compares_managers, sees_names

if TYPE_CHECKING:
    from .pack_steps import Steps

ASSETS = Path(__file__).resolve().parent / "assets"
AUDIT = ("audit", "The audit", "can be shared")
SHARED = ("calibration", "Pre-read of a calibration", "without names, can be shared")
NAMED = (
    ("calibration-confidential", "Pre-read for HR", "names managers: confidential"),
    ("letters", "A letter to each manager", "as PDF, own figures only: confidential"),
)
UNUSUAL = ("csv", "json")  # forms for machines


class PackMaker(anywidget.AnyWidget):
    """Papers and forms to choose, progress, and the zip file sent to the page that asked.

    The page asks for each step, so it stops by not asking. What it sends is taken as anybody's
    word: who may not see names gets no paper with them, whatever is asked.
    """

    _esm = ASSETS / "pack_maker.js"
    _css = ASSETS / "pack_maker.css"
    offers: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)

    def __init__(self, folder: Path, *, first: str = "audit", as_of: date | None = None) -> None:
        self._folder, self._as_of = folder, as_of
        self._steps: Steps | None = None
        self._compared = compares_managers()
        shared = (SHARED,) if self._compared else ()
        self._papers = (AUDIT, *shared, *(NAMED if sees_names() else ()))
        forms = [(form, WORDS[form], form not in UNUSUAL) for form in installed()]
        super().__init__(
            offers={
                "papers": [
                    {"key": key, "words": words, "note": note, "checked": key == first}
                    for key, words, note in self._papers
                ],
                "formats": [
                    {"key": key, "words": words, "note": "", "checked": checked}
                    for key, words, checked in forms
                ],
            }
        )
        self.on_msg(self._answer)

    def begin(self, papers: object, formats: object) -> None:
        """Begin anew with these papers in these forms.

        Raises
        ------
        UsageError
            If nothing is asked for, or what this visitor is not offered.
        """
        from .pack_steps import Wish, pack_steps

        chosen = _chosen(papers, [key for key, _, _ in self._papers], "paper")
        needed = [] if chosen == ("letters",) else ["form"]
        forms = _chosen(formats, installed(), "form") if needed else ()
        wish = Wish(chosen, forms)
        self._steps = pack_steps(self._folder, wish, as_of=self._as_of, compared=self._compared)

    def step(self) -> tuple[str, float] | bytes:
        """Do the next step: what comes after it and how far the whole is, or the zip file.

        Raises
        ------
        UsageError
            If nothing was begun.
        """
        if self._steps is None:
            raise UsageError("Nothing is being written. Choose and begin anew.")
        try:
            return next(self._steps)
        except StopIteration as end:
            self._steps = None
            return bytes(end.value)

    def _answer(self, _: object, sent: object, __: object) -> None:
        """Do what the page asks for; what it cannot have is told in words."""
        if not isinstance(sent, Mapping) or not isinstance(sent.get("id"), int):
            return
        told: dict[str, object] = {"id": sent["id"]}
        try:
            if sent.get("kind") == "begin":
                self.begin(sent.get("papers"), sent.get("formats"))
            elif sent.get("kind") == "cancel":
                self._steps = None
                return
            done = self.step()
        except OkrkitError as error:
            self._steps = None
            self.send(told | {"why": str(error)})
            return
        if isinstance(done, bytes):
            self.send(told | {"file": "okrkit-pack.zip"}, buffers=[done])
        else:
            self.send(told | {"next": done[0], "share": done[1]})


def _chosen(sent: object, offered: list[str] | tuple[str, ...], what: str) -> tuple[str, ...]:
    if not isinstance(sent, list) or not set(map(str, sent)) <= set(offered):
        raise UsageError(f"This page does not offer such a {what}. Reload it.")
    if not sent:
        raise UsageError(f"Choose at least one {what}.")
    return tuple(one for one in offered if one in sent)
