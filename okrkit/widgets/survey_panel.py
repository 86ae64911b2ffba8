"""The survey as a panel: the form of the site, in JupyterLab and plain Voila; Python saves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import anywidget
import traitlets
from IPython.display import HTML, display

from okrkit.html import Markup
from okrkit.keep.inbox import ASKS, Reply, current_wave, refusal, reply_to
from okrkit.keep.place import store_path
from okrkit.keep.store import Store, open_store
from okrkit.keep.waves import Wave
from okrkit.read.choices import read_choices
from okrkit.show.form import (
    Survey,
    browser_place,
    closed_markup,
    form_markup,
    form_script,
    form_style,
    own_result,
)
from okrkit.show.landing import command_to_open
from okrkit.standard_file import client_standard

from .answering import trouble_of
from .audit_panel import notebook_style
from .project import has_frame, local_now

ASSETS = Path(__file__).resolve().parent / "assets"
LOCK_SECONDS = 3.0  # a store held by another program is waited for; then the form tries again


class SurveyForm(anywidget.AnyWidget):
    """The five statements as a form; each answer is checked and kept as it is given.

    What the page sends is taken as anybody's word: only `reply` changes what is kept.
    """

    _esm = form_script() + (ASSETS / "survey_panel.js").read_text(encoding="utf-8")
    _css = form_style().replace(".okr.survey", ".okr.okr.survey")
    markup = traitlets.Unicode().tag(sync=True)

    def __init__(self, store: Store, survey: Survey) -> None:
        self._store = store
        super().__init__(markup=str(form_markup(survey)))
        self.on_msg(self._answer)

    def reply(self, kind: object, said: object) -> Reply:
        """Do what the page asks for and say what came of it; never raises."""
        if not isinstance(kind, str) or kind not in ASKS:
            return refusal("The form asks for something it cannot have. Reload the page.")
        reply = reply_to(self._store, kind, said)
        if reply.get("sent_at"):
            reply["result"] = own_result(reply)
        return reply

    def _answer(self, _: object, sent: object, __: object) -> None:
        """Reply to a message of the page."""
        if not isinstance(sent, Mapping) or not isinstance(number := sent.get("id"), str):
            return

        def answer() -> None:
            self.send({"id": number, "reply": self.reply(sent.get("kind"), sent.get("said"))})

        if trouble := trouble_of(answer):
            self.send({"id": number, "reply": refusal(trouble, again=True)})


@dataclass(frozen=True, eq=False)
class SurveyPanel:
    """What `survey_panel` shows: the form while a wave is open, else why there is none."""

    page: Markup = Markup("")
    form: SurveyForm | None = None

    def _ipython_display_(self) -> None:
        if not has_frame():
            display(HTML(notebook_style()))
        display(self.form if self.form is not None else HTML(self.page))


def survey_panel(folder: str | Path, *, home: Path | None = None) -> SurveyPanel:
    """Ask the five statements for the client in `folder`, in the wave that is open.

    Each answer is saved as it is given, in the reader's own data folder; the client's folder is
    only read. Without an open wave the panel says so, and how to open one.

    Raises
    ------
    StoreError
        If what is kept for the client cannot be opened.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as place:
    ...     survey_panel(place, home=Path(place)).form is None
    True
    """
    client = Path(folder)
    path = store_path(client, home=home)
    store = open_store(path, now=local_now, timeout=LOCK_SECONDS) if path.exists() else None
    wave = None if store is None else current_wave(store)
    if store is None or wave is None or not wave.is_open:
        command = command_to_open(client, local_now().date())
        return SurveyPanel(closed_markup(wave.name if wave else None, command))
    return SurveyPanel(form=SurveyForm(store, _survey(client, path, wave)))


def _survey(client: Path, path: Path, wave: Wave) -> Survey:
    choices, standard = read_choices(client), client_standard(client)
    return Survey(
        wave=wave.name,
        place=browser_place(path),
        closes_on=wave.closes_on,
        teams=choices.teams,
        levels=choices.levels,
        group_min=standard.group_min,
        wave_min=standard.wave_min,
    )
