"""Texts judged one by one: how each reads, what to say of it, and how it could be said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from okrkit.language.numbers import CURRENCIES, find_numbers
from okrkit.measure.wording import ObjectiveReading, Reading, word_key_result, word_objective

from .advice import Advice, advise
from .convert import Coach, Rewrite, rewrite
from .library import topic_of

KEY_RESULT, OBJECTIVE = "key_result", "objective"
ROLES = (KEY_RESULT, OBJECTIVE)


@dataclass(frozen=True)
class Text:
    """A text as it was given."""

    id: str
    text: str
    role: str = KEY_RESULT
    function: str = ""  #: of the team it belongs to, where that is known


@dataclass(frozen=True)
class Judged:
    """A text with its reading, the findings on it, and a stronger form."""

    given: Text
    reading: Reading | ObjectiveReading
    advice: tuple[Advice, ...]
    rewrite: Rewrite | None  #: None for an objective and for what is not read

    @property
    def kind(self) -> str:
        """How it reads."""
        return self.reading.kind


def judge_texts(texts: Iterable[Text], *, coach: Coach | None = None) -> tuple[Judged, ...]:
    """Every text with its judgement, in the order given.

    Examples
    --------
    >>> texts = [Text("1", "Write 10 blog posts"), Text("2", "Be loved", "objective")]
    >>> one, two = judge_texts(texts)
    >>> one.kind, one.advice[0].claim
    ('output', 'The number counts the work, not its effect')
    >>> two.kind, two.rewrite
    ('goal_like', None)
    """
    return tuple(_judge(one, coach) for one in texts)


def _judge(given: Text, coach: Coach | None) -> Judged:
    if given.role == OBJECTIVE:
        objective = word_objective(given.text)
        return Judged(given, objective, advise(objective), None)
    reading = word_key_result(given.text)
    better = rewrite(given.text, function=given.function, coach=coach)
    advice = advise(reading)
    if is_quota(given.text):  # a sum to be sold is reached or not; it needs no baseline
        advice = tuple(one for one in advice if one.rule != "no_baseline")
    return Judged(given, reading, advice, better)


def is_quota(text: str) -> bool:
    """Whether a text names a sum of money to be sold.

    >>> is_quota("Close €1.2m in new bookings"), is_quota("Cut cost to €9k")
    (True, False)
    """
    money = any(number.unit in CURRENCIES for number in find_numbers(text))
    return money and topic_of(text).function == "sales"
