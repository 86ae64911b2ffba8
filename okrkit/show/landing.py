"""The first page: what each app is for and who it is for, and how the asking stands.

Nothing here loads tables, so that the server can write the page by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from okrkit.html import Markup

from .form import MINUTES, day

WAVE_DAYS = 14  # what people need who are on holiday for a week
HERE = Path(__file__).resolve().parent
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


class Round(Protocol):
    """A wave of asking as it stands today; those of the store are such."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def is_open(self) -> bool:
        """Whether anything can be answered."""

    @property
    def closes_on(self) -> date | None:
        """The last day it is open."""

    @property
    def closed_at(self) -> datetime | None:
        """When somebody closed it by hand."""

    @property
    def started(self) -> int:
        """People who have answered a statement and not taken it back."""

    @property
    def sent(self) -> int:
        """People who have sent theirs."""


@dataclass(frozen=True)
class Landing:
    """What the first page says.

    `command` opens a wave for this client; it is empty for visitors, as is the address of an app
    they may not open. `anonymous` is true when people come by invitation; `names` is whether the
    comparison shows the visitor who each manager is.
    """

    client: str
    round: Round | None
    command: str
    group_min: int = 5
    wave_min: int = 10
    readiness: str = "/readiness"
    audit: str = "/audit"
    calibration: str = "/calibration"
    own: str = ""
    anonymous: bool = False
    writing: str = "/writing"
    names: bool = True


def landing_markup(landing: Landing) -> Markup:
    """The inside of the first page, escaped."""
    page = _ENVIRONMENT.get_template("landing.html.j2").render(
        landing=landing,
        minutes=MINUTES,
        state=_state(landing.round),
        sent=_sent(landing),
        results=results_line(landing),
    )
    return Markup(page)  # noqa: S704 - the template escapes


def landing_style() -> str:
    """The first page's own styles; they need those of `stylesheet`."""
    return (HERE / "assets" / "landing.css").read_text(encoding="utf-8")


def command_to_open(folder: Path, today: date) -> str:
    """How to open a wave of two weeks, as it is to be typed.

    Examples
    --------
    >>> command_to_open(Path("my client"), date(2026, 11, 22))
    'okrkit wave open "my client" --name 2026-Q4 --until 2026-12-06'
    """
    name = f"{today.year}-Q{(today.month + 2) // 3}"
    shown = f'"{folder}"' if " " in str(folder) else str(folder)
    return f"okrkit wave open {shown} --name {name} --until {today + timedelta(days=WAVE_DAYS)}"


def results_line(landing: Landing) -> str:
    """When the answers can be seen, by the rules for small groups.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> asked = SimpleNamespace(is_open=True, started=4, sent=3)
    >>> results_line(Landing("Client", asked, ""))
    'The audit shows them when the check closes, or once 10 people have sent their answers.'
    """
    asked = landing.round
    if asked is None:
        return ""
    if not asked.is_open:
        if asked.started < landing.group_min:
            few = f"Fewer than {landing.group_min} people answered, so nothing is shown."
            return f"{few} The audit goes by the records alone."
        return f"The audit shows them, for groups of {landing.group_min} or more."
    if asked.sent < landing.wave_min:
        enough = f"once {landing.wave_min} people have sent their answers"
        return f"The audit shows them when the check closes, or {enough}."
    return f"The audit shows what has been sent so far, {landing.group_min} people more at a time."


def _state(asked: Round | None) -> tuple[str, str]:
    """How the asking stands: a class of ours and the words."""
    if asked is None:
        return "later", "Not open yet"
    if asked.is_open:
        return "now", f"Open until {day(asked.closes_on)}" if asked.closes_on else "Open"
    closed = asked.closed_at.astimezone().date() if asked.closed_at else asked.closes_on
    return "ready", f"Closed on {day(closed)}" if closed else "Closed"


def _sent(landing: Landing) -> str:
    """How many have sent their answers; hidden while they are few, left out once they stay so."""
    asked = landing.round
    if asked is None:
        return ""
    if asked.sent < landing.group_min:
        few = f"Fewer than {landing.group_min} people have sent their answers"
        return few if asked.is_open else ""
    return f"{asked.sent} people have sent their answers"
