"""A weak key result turned into an outcome: what is known is kept, what is not stays a blank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from okrkit.language.clauses import clauses_of
from okrkit.language.numbers import numbers_of
from okrkit.language.slots import Slots, find_slots
from okrkit.language.tokens import tokenise
from okrkit.measure.wording import HEALTH, MILESTONE, OUTCOME, Reading, word_key_result

from .library import Topic, topic_of

BASELINE, TARGET, BY, LEVEL = "[baseline]", "[target]", "[end of the cycle]", "[level]"
BLANKS = (BASELINE, TARGET, BY, LEVEL)
_VERBS = {"up": "Raise", "down": "Cut", "keep": "Keep", "": "Move"}


@dataclass(frozen=True)
class Draft:
    """What a coach is given: the text, how it reads, what it fills in, and its topic."""

    text: str
    reading: Reading
    slots: Slots
    topic: Topic


@dataclass(frozen=True)
class Rewrite:
    """A stronger form. Whatever the text does not give is a named blank, never a number of ours."""

    text: str  #: the key result with its blanks
    direction: str
    metric: str
    baseline: str
    target: str
    by: str
    guard: str
    level: str
    initiatives: tuple[str, ...]  #: the work, which now serves the key result
    keeps: bool  #: whether the text itself stays the key result
    question: str  #: the question that leads to the outcome
    why: str  #: what was done with the text

    @property
    def blanks(self) -> tuple[str, ...]:
        """The blanks still to be filled."""
        return tuple(blank for blank in BLANKS if blank in self.text)


Coach = Callable[[Draft], Rewrite]


def rewrite(text: str, *, function: str = "", coach: Coach | None = None) -> Rewrite | None:
    """`text` as an outcome: direction, metric, baseline, target, date and guard metric.

    An outcome keeps its own metric and gets the blanks it lacks. A deliverable becomes the
    initiative that serves a metric suggested from a small library, by the words of the text and
    the team's `function`. A milestone stays, paired with the metric of its impact. `coach` takes
    the place of these rules where somebody has a better one. A text that is no key result in
    English gets none.

    Examples
    --------
    >>> rewrite("Write 10 blog posts").text
    'Raise qualified leads from organic search from [baseline] to [target] by [end of the cycle],
     while keeping the share of leads that sales accepts at [level]'
    >>> rewrite("Write 10 blog posts").initiatives
    ('Write 10 blog posts',)
    >>> rewrite("Cut churn to 5 % by June").text
    'Cut churn from [baseline] to 5 % by June, while keeping the satisfaction of those it is for at
    [level]'
    """
    text = " ".join(text.split())
    reading, slots = word_key_result(text), find_slots(text)
    if not reading.is_read:
        return None
    draft = Draft(text, reading, slots, topic_of(text, function=function))
    return (coach or by_rules)(draft)


def by_rules(draft: Draft) -> Rewrite:
    """The rewrite by rules, offline and the same each time."""
    kind, slots = draft.reading.kind, draft.slots
    if kind == OUTCOME and slots.metric and slots.direction:
        return _rewrite(draft, direction=slots.direction, metric=slots.metric)
    if kind == HEALTH:
        return _health(draft)
    metric = draft.topic.metrics[0]
    if kind == OUTCOME:
        return _stated(draft)
    if kind == MILESTONE:
        return _paired(draft)
    return _rewrite(draft, direction=metric.way, metric=metric.name, works=True)


def _rewrite(draft: Draft, *, direction: str, metric: str, works: bool = False) -> Rewrite:
    """The standard form. The numbers of a deliverable count work, so they stay with the work."""
    slots = draft.slots
    baseline = (not works and slots.baseline) or BASELINE
    target = (not works and slots.target) or TARGET
    by = slots.by or BY
    guard, level = draft.topic.guards[0], LEVEL
    ending = f"while keeping {guard} at {level}"
    if slots.guard and not works:
        guard, level, ending = slots.guard, "", f"while {slots.guard}"
    verb = _VERBS[direction]
    path = f"from {baseline} to {target} by {by}"
    if slots.change and not works:
        path = f"by {slots.change}, {path}"
    return Rewrite(
        text=f"{verb} {metric} {path}, {ending}",
        direction=direction,
        metric=metric,
        baseline=baseline,
        target=target,
        by=by,
        guard=guard,
        level=level,
        initiatives=_initiatives(draft) if works else (),
        keeps=not works,
        question=draft.topic.question,
        why="The work becomes the initiative that serves the new key result."
        if works
        else "It is an outcome already: its metric stays, and what it lacks is a blank.",
    )


def _stated(draft: Draft) -> Rewrite:
    """An outcome said as a state keeps its sentence: `40 % of members renew`."""
    slots = draft.slots
    base = _rewrite(draft, direction="", metric=slots.metric)
    parts = [draft.text.rstrip("."), f"from {BASELINE} today"]
    parts += [f"to {TARGET}"] if not slots.target else []
    parts += [f"by {BY}"] if not slots.by else []
    ending = "" if slots.guard else f", while keeping {base.guard} at {base.level}"
    given = replace(base, text=" ".join([f"{parts[0]},", *parts[1:]]) + ending)
    return replace(given, baseline=slots.baseline or BASELINE)


def _paired(draft: Draft) -> Rewrite:
    """A milestone stays, and says what it is for."""
    metric = draft.topic.metrics[0]
    impact = f"{_VERBS[metric.way].lower()} {metric.name} from {BASELINE} to {TARGET} by {BY}"
    return replace(
        _rewrite(draft, direction=metric.way, metric=metric.name, works=True),
        text=f"{draft.text.rstrip('.')}, and {impact}",
        by=BY,
        guard="",
        level="",
        initiatives=(),
        keeps=True,
        why="A milestone that others grant may stay; paired with its impact it says what for.",
    )


def _health(draft: Draft) -> Rewrite:
    """A level to be kept belongs beside a key result, as its guard."""
    metric, kept = draft.topic.metrics[0], draft.text.rstrip(".")
    changed = f"{_VERBS[metric.way]} {metric.name} from {BASELINE} to {TARGET} by {BY}"
    return replace(
        _rewrite(draft, direction=metric.way, metric=metric.name, works=True),
        text=f"{changed}, and {kept[:1].lower()}{kept[1:]}",
        by=BY,
        guard=kept,
        level="",
        initiatives=(),
        why="A level to be kept is a guard metric: watch it beside what you mean to change.",
    )


def _initiatives(draft: Draft) -> tuple[str, ...]:
    """The work as it was written, one line a clause that stands alone."""
    tokens = tokenise(draft.text)
    clauses = clauses_of(tokens, numbers_of(tokens))
    own = [one for one in clauses if one.link in {"first", "next"} and len(one.words) > 1]
    if len(own) < 2 or not draft.reading.compound:
        return (draft.text,)
    said = [draft.text[one.tokens[0].start : one.tokens[-1].end] for one in own]
    return tuple(line[:1].upper() + line[1:] for line in said)
