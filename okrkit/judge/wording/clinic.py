"""Texts judged one by one: how each reads, what to say of it, and how it could be said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from okrkit.measure.wording import (
    OUTPUT,
    ObjectiveReading,
    Reading,
    word_objective,
)

from .advice import Advice, advise, sayings
from .convert import CHARACTERS_MAX, Coach, rewrite_read
from .given import (
    counts_others,
    effect_behind,
    is_paired,
    needs_no_start,
    reading_of,
    says_rhythm,
    says_start_only,
    without_guard,
)
from .objective import rewrite_objective
from .sentence import Rewrite

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
    rewrite: Rewrite | None  #: None for what is not read, and an objective that is one

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
    text = given.text[:CHARACTERS_MAX]
    if given.role == OBJECTIVE:
        objective = word_objective(given.text)
        led = rewrite_objective(text, objective, function=given.function)
        return Judged(given, objective, advise(objective), led)
    reading = reading_of(given.text)
    better = rewrite_read(given.text, reading, function=given.function, coach=coach)
    mixed = reading.kind == OUTPUT and better is not None and better.keeps
    advice = (_fitted(one, text, mixed=mixed) for one in advise(reading))
    return Judged(given, reading, tuple(one for one in advice if one is not None), better)


def _fitted(one: Advice, text: str, *, mixed: bool) -> Advice | None:
    """A finding as it fits the whole text: None where what the text gives answers it."""
    if one.rule in {"output", "counted_work"} and (mixed or effect_behind(text)):
        return _instead(one, "effect_behind")
    if one.rule == "no_baseline" and says_start_only(text):
        return _instead(one, "no_target")
    if one.rule == "no_baseline" and needs_no_start(text):
        return None
    if one.rule == "no_number" and says_rhythm(text):
        return None
    if one.rule == "no_baseline" and counts_others(text):
        return _instead(one, "no_count_before")
    if one.rule == "compound" and _only_guarded(text):
        return None
    if one.rule in {"compound", "milestone"} and is_paired(text):
        return None
    return one


def _instead(one: Advice, rule: str) -> Advice:
    return replace(one, rule=rule, saying=sayings()[rule])


def _only_guarded(text: str) -> bool:
    """Whether what stands beside the target is its guard: `…, while keeping margin at 30 %`."""
    return not reading_of(without_guard(text)).compound
