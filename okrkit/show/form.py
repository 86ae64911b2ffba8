"""The survey's form: the same fields for the first paint, the notebook and the served site.

Nothing here loads tables, so that the server can write the page by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from okrkit.html import Markup
from okrkit.judge.person import judge_person
from okrkit.judge.phrases import number
from okrkit.judge.plan import PLAYBOOK
from okrkit.judge.result import KillerStatus
from okrkit.judge.statements import STATEMENTS

HERE = Path(__file__).resolve().parent
LONGEST_COMMENT = 32_000
MINUTES = 2  # what five statements take

# When to say yes, in plain words; in the order of the statements.
HINTS = (
    (
        "Yes if somebody could change teams and find the same form, the same scale and the same "
        "cycle. An exception that is written down still counts as yes."
    ),
    (
        "Yes if key results came up in your last planning, sprint or review meeting without a "
        "separate meeting being called for them."
    ),
    (
        "Yes if what your team shares with another is written once, as one objective, with a named "
        "person on each side."
    ),
    (
        "Yes if you can name the one driver of each of your key results, and each has last week’s "
        "colour."
    ),
    (
        "Picture every action done. If the number you care about could still stand where it stands "
        "now, answer no."
    ),
)
CHOICES = (
    ("yes", "Yes"),
    ("no", "No"),
    ("dont_know", "Don’t know"),
    ("not_applicable", "Not applicable"),
)
BY_ANSWERS = (
    (KillerStatus.ACTIVE, "not-met", "Active"),
    (KillerStatus.NOT_ACTIVE, "met", "Not seen"),
    (KillerStatus.UNKNOWN, "no-data", "Cannot tell"),
)

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
_ENVIRONMENT.filters["number"] = number


@dataclass(frozen=True)
class Survey:
    """What the form says around the statements, and what it lets people choose from.

    `place` tells the browser one client's answers from another's. Without `teams` the team is a
    free text. `anonymous` only where no record joins who came with what was answered: by
    invitation as a respondent.
    """

    wave: str
    place: str
    closes_on: date | None = None
    teams: tuple[tuple[str, str], ...] = ()  #: (id, name)
    levels: tuple[str, ...] = ()
    group_min: int = 5
    wave_min: int = 10
    anonymous: bool = False


def form_markup(survey: Survey) -> Markup:
    """The form and, hidden until it is sent, the visitor's own result; escaped.

    Examples
    --------
    >>> page = form_markup(Survey("2026-Q4", "mark", teams=(("T1", "<b>R & D"),)))
    >>> [page.count(part) for part in ("<fieldset", 'type="radio"', "&lt;b&gt;R &amp; D", "<b>R")]
    [6, 22, 1, 0]
    """
    asked = [
        {"statement": one, "hint": hint, "step": _first_step(one.id)}
        for one, hint in zip(STATEMENTS, HINTS, strict=True)
    ]
    page = _ENVIRONMENT.get_template("form.html.j2").render(
        survey=survey,
        asked=asked,
        choices=CHOICES,
        by_answers=BY_ANSWERS,
        longest=LONGEST_COMMENT,
        minutes=MINUTES,
        until=day(survey.closes_on) if survey.closes_on else "",
    )
    return Markup(page)  # noqa: S704 - the template escapes


def closed_markup(wave: str | None, command: str) -> Markup:
    """What stands in the form's place when `wave` has closed, or before there is any; escaped."""
    page = _ENVIRONMENT.get_template("closed.html.j2").render(wave=wave, command=command)
    return Markup(page)  # noqa: S704 - the template escapes


def browser_place(store: Path) -> str:
    """What tells a browser one client's answers from another's, without saying whose they are."""
    return sha256(str(store).encode(errors="surrogatepass")).hexdigest()[:12]


def form_style() -> str:
    """The form's own styles; they need those of `stylesheet`."""
    return (HERE / "assets" / "survey.css").read_text(encoding="utf-8")


def form_script() -> str:
    """What makes the form work; whoever adds how it talks to Python calls `startSurvey`."""
    parts = (
        HERE / "assets" / name for name in ("survey_queue.js", "survey_result.js", "survey.js")
    )
    return "".join(part.read_text(encoding="utf-8") for part in parts)


def own_result(reply: Mapping[str, object]) -> dict[str, object]:
    """What the answers in a visitor's draft amount to for this person or group, as plain values.

    Examples
    --------
    >>> own_result({"answers": {"1": {"answer": "no"}, "2": {"answer": ""}}})["killers"]
    {'1': 'active', '2': 'unknown', '3': 'unknown', '4': 'unknown', '5': 'unknown'}
    """
    given = reply["answers"]
    assert isinstance(given, Mapping)  # noqa: S101 - our own reply
    answers = {int(key): str(one["answer"]) for key, one in given.items() if one["answer"]}
    result = judge_person(answers)
    together = reply.get("mode") == "together"
    says = result.sentence
    return {
        "sentence": f"Together you {says.removeprefix('You ')}" if together else says,
        "active_killer": result.active_killer,
        "killers": {str(killer.id): killer.status.value for killer in result.killers},
    }


def day(when: date) -> str:
    """A day in words.

    Examples
    --------
    >>> day(date(2026, 12, 5))
    '5 December 2026'
    """
    return f"{when.day} {when:%B %Y}"


def _first_step(killer: int) -> str:
    """The smallest step of the playbook against a killer."""
    return next(play.step for play in PLAYBOOK if play.killer == killer)
