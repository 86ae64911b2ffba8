"""Texts judged one by one: how each reads, what to say of it, and how it could be said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from okrkit.measure.wording import ObjectiveReading, Reading, word_key_result, word_objective

from .advice import Advice, advise, sayings
from .convert import CHARACTERS_MAX, Coach, Rewrite, is_quota, rewrite_read
from .given import says_start_only, without_guard

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
    better = rewrite_read(given.text, reading, function=given.function, coach=coach)
    advice = (_fitted(one, given.text[:CHARACTERS_MAX]) for one in advise(reading))
    return Judged(given, reading, tuple(one for one in advice if one is not None), better)


def _fitted(one: Advice, text: str) -> Advice | None:
    """A finding as it fits the whole text: None where what the text gives answers it."""
    if one.rule == "no_baseline" and says_start_only(text):
        return replace(one, rule="no_target", saying=sayings()["no_target"])
    if one.rule == "no_baseline" and is_quota(text):
        return None
    if one.rule == "compound" and _only_guarded(text):
        return None
    return one


def _only_guarded(text: str) -> bool:
    """Whether what stands beside the target is its guard: `…, while keeping margin at 30 %`."""
    return not word_key_result(without_guard(text)).compound
