"""The key-result clinic as a panel: paste or pick key results, see why, say them stronger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import HTML, display

from okrkit.errors import UsageError
from okrkit.judge.scope import scope_of
from okrkit.judge.wording import KEY_RESULT, ROLES, Judged, Text, judge_set, judge_texts, texts_of
from okrkit.judge.wording.practice import answer, practice
from okrkit.keep.dismissals import Dismissal, dismiss, load_dismissals, set_aside
from okrkit.read import read_folder
from okrkit.show.clinic_parts import item_parts, kind_counts, set_parts, verdict_line
from okrkit.tables import Tables

from .answering import trouble_of
from .audit_panel import notebook_style
from .project import has_frame, local_now

ASSETS = Path(__file__).resolve().parent / "assets"
TEXTS_MAX = 500  # judged at once: more than anybody reads on one page
CHARACTERS_MAX = 32_767
EXAMPLES = (
    "Launch the new customer portal and train all advisers by end of Q3",
    "Reduce failed deliveries from 8 % to 4 % by 30 September",
    "Run 6 partner workshops",
    "Pass the outside audit for the medical line",
    "Keep uptime of the customer cloud at 99.9 %",
)


class WritingDesk(anywidget.AnyWidget):
    """The clinic. What the page sends is taken as anybody's word and only ever judged as text.

    Nothing pasted is kept. What is kept is a finding set aside with its reason, for the client
    whose folder is shown.
    """

    _esm = ASSETS / "writing_panel.js"
    _css = (ASSETS / "writing_panel.css").read_text("utf-8").replace(".okr.cl", ".okr.okr.cl")
    items: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    verdict = traitlets.Unicode().tag(sync=True)
    counts: traitlets.List[list[str]] = traitlets.List().tag(sync=True)
    together: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    teams: traitlets.List[dict[str, str]] = traitlets.List().tag(sync=True)
    checked: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    drill: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    keeps = traitlets.Bool().tag(sync=True)
    state = traitlets.Unicode().tag(sync=True)

    def __init__(self, source: Path | Tables, *, home: Path | None = None) -> None:
        self._folder = None if isinstance(source, Tables) else source
        self._source, self._home = source, home
        self._own: dict[str, tuple[Text, ...]] = {}
        self._shown: tuple[Judged, ...] = ()
        super().__init__(keeps=self._folder is not None)
        self.judge(list(EXAMPLES))
        self.on_msg(self._answer)

    def begin(self) -> None:
        """Read the client's own key results, so that a team's can be picked."""
        tables = self._source if isinstance(self._source, Tables) else read_folder(self._source)
        scope = scope_of(tables, None, tables.standard)
        whole = judge_set(scope, tables.standard)
        teams = [*scope.objectives["team"], *scope.key_results["team"]]
        for text, team in zip(texts_of(scope), teams, strict=True):
            self._own[team] = (*self._own.get(team, ()), text)
        self.teams = [
            {"team": team, "name": f"{scope.name(team)} ({len(held)})"}
            for team, held in sorted(self._own.items(), key=lambda one: scope.name(one[0]))
        ]
        if whole.findings:
            self.together = set_parts(whole) | {"client": tables.standard.client or "this client"}

    def judge(self, texts: object, role: object = KEY_RESULT) -> None:
        """Judge these texts, all key results or all objectives, and show them.

        Raises
        ------
        UsageError
            If it is no list of texts, there are too many, or one is too long.
        """
        said = enumerate(_texts(texts), 1)
        self._show(judge_texts(Text(str(at), one, _role(role)) for at, one in said))

    def pick(self, team: object) -> None:
        """Show a team's own objectives and key results.

        Raises
        ------
        UsageError
            If the client has no such team.
        """
        if not isinstance(team, str) or team not in self._own:
            raise UsageError("No such team. Reload the page.")
        self._show(judge_texts(self._own[team][:TEXTS_MAX]))

    def check(self, text: object, role: object = KEY_RESULT) -> None:
        """Judge a text while it is being rewritten; nothing else on the page changes."""
        (said,) = _texts([text])
        self.checked = item_parts(judge_texts([Text("", said, _role(role))])[0], {})

    def practise(self) -> None:
        """Deal key results to practise on: those shown, or the client's own when they are few."""
        items = practice(self._shown)
        own = [text for held in self._own.values() for text in held]
        if len(items) < 4 and own:
            items = practice(judge_texts(own[:TEXTS_MAX]))
        self.drill = [item_parts(one, {}) | {"answer": answer(one)} for one in items]

    def set_aside(self, text: object, rule: object, reason: object, *, withdrawn: object) -> None:
        """Keep why a finding on `text` is set aside, or take it up again.

        Raises
        ------
        UsageError
            If there is no folder to keep it for, no such text, no reason, or it cannot be written.
        """
        if self._folder is None:
            raise UsageError("Findings are set aside for a client's folder only.")
        known = {one.given.text for one in self._shown}
        if text not in known or not isinstance(rule, str) or not isinstance(reason, str):
            raise UsageError("No such finding. Reload the page.")
        moment = local_now().isoformat(timespec="seconds")
        entry = Dismissal(str(text), rule, reason.strip(), moment, withdrawn=withdrawn is True)
        dismiss(self._folder, entry, home=self._home)
        self._show(self._shown)
        self.state = "Taken up again." if entry.withdrawn else "Set aside; the reason is kept."

    def _show(self, items: tuple[Judged, ...]) -> None:
        aside = {} if self._folder is None else self._aside(self._folder)
        self._shown = items
        with self.hold_sync():
            self.items = [item_parts(one, aside) for one in items]
            self.verdict = verdict_line(items)
            self.counts = kind_counts(items)

    def _aside(self, folder: Path) -> Mapping[tuple[str, str], str]:
        return set_aside(load_dismissals(folder, home=self._home))

    def _answer(self, _: object, sent: object, __: object) -> None:
        """Do what the page asks for; what it cannot have is told in words."""
        if not isinstance(sent, Mapping):
            return
        if sent.get("kind") != "check":  # what was said of an act stays while its text is judged
            self.state = ""
        if trouble := trouble_of(lambda: self._do(sent)):
            self.state = trouble

    def _do(self, sent: Mapping[str, object]) -> None:
        kind = sent.get("kind")
        if kind == "begin" and not self.teams:
            self.begin()
        elif kind == "judge":
            self.judge(sent.get("texts"), sent.get("role", KEY_RESULT))
        elif kind == "pick":
            self.pick(sent.get("team"))
        elif kind == "check":
            self.check(sent.get("text"), sent.get("role", KEY_RESULT))
        elif kind == "practise":
            self.practise()
        elif kind == "set_aside":
            text, rule, reason = (sent.get(name) for name in ("text", "rule", "reason"))
            self.set_aside(text, rule, reason, withdrawn=sent.get("withdrawn"))


@dataclass(frozen=True, eq=False)
class WritingPanel:
    """What `writing_panel` shows."""

    desk: WritingDesk

    def _ipython_display_(self) -> None:
        if not has_frame():
            display(HTML(notebook_style()))
        display(self.desk)


def writing_panel(source: str | Path | Tables) -> WritingPanel:
    """The key-result clinic: judge key results by their wording, and say them stronger.

    Paste key results, one a line, or pick a team's own. Each is shown with the words that decided,
    what to say of it, and a sentence to fill whose every change is judged at once. Nothing pasted
    is kept; a finding set aside is, with its reason, in the reader's own data folder.

    Examples
    --------
    >>> from okrkit.tables import empty_tables
    >>> panel = writing_panel(empty_tables())
    >>> panel.desk.judge(["Write 10 blog posts"])
    >>> panel.desk.items[0]["kind"], panel.desk.items[0]["pieces"][0]
    ('output', {'text': 'Write', 'mark': 'work'})
    """
    return WritingPanel(WritingDesk(source if isinstance(source, Tables) else Path(source)))


def _texts(sent: object) -> Sequence[str]:
    """Texts as a page may send them: a list, not too many, none too long."""
    if not isinstance(sent, list) or not all(isinstance(one, str) for one in sent):
        raise UsageError("Key results are lines of text. Reload the page.")
    if len(sent) > TEXTS_MAX:
        raise UsageError(f"Paste at most {TEXTS_MAX} key results at once; for more use a file.")
    if any(len(one) > CHARACTERS_MAX for one in sent):
        raise UsageError(f"A key result has at most {CHARACTERS_MAX:,} characters.")
    return sent


def _role(sent: object) -> str:
    """What a page says its texts are."""
    if sent not in ROLES:
        raise UsageError("Texts are key results or objectives. Reload the page.")
    return str(sent)
