"""A weak key result turned into an outcome: what is known is kept, what is not stays a blank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from okrkit.language.clauses import Clause, clauses_of, leading_verb
from okrkit.language.numbers import MEASURES, numbers_of
from okrkit.language.slots import Slots, find_slots
from okrkit.language.tokens import tokenise
from okrkit.language.words import COMPARATIVES, word_set
from okrkit.measure.wording import HEALTH, MILESTONE, OUTCOME, OUTPUT, Reading, word_key_result

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
    def composed(self) -> bool:
        """Whether the text is the standard form, made of the parts above."""
        return self.text.startswith(f"{_VERBS[self.direction]} {self.metric} from ")

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
    kind = draft.reading.kind
    if kind == HEALTH:
        return _health(draft)
    metric = draft.topic.metrics[0]
    if kind == OUTCOME and not _is_wish(draft):
        return _completed(draft)
    if kind == MILESTONE:
        return _paired(draft)
    suggested = _rewrite(draft, direction=metric.way, metric=metric.name, works=True)
    if kind != OUTCOME:
        return suggested
    return replace(
        suggested,
        initiatives=(),
        why="The wish names nothing that can be counted; this is a measure that would show it.",
    )


def _rewrite(draft: Draft, *, direction: str, metric: str, works: bool = False) -> Rewrite:
    """The standard form. The numbers of a deliverable count work, so they stay with the work."""
    slots = draft.slots
    baseline = (not works and slots.baseline) or BASELINE
    target = (not works and slots.target) or TARGET
    by = slots.by or BY
    guard, level = _guard(draft), LEVEL
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


def _guard(draft: Draft) -> str:
    """The first guard metric of the topic that the text does not speak of itself."""
    said = set(draft.text.casefold().split())
    free = [one for one in draft.topic.guards if said.isdisjoint(set(one.split()) - _PLAIN_WORDS)]
    return (free or draft.topic.guards)[0]


_PLAIN_WORDS = word_set("a an and as at by for from in is it new not of on or the they to who")


def _is_wish(draft: Draft) -> bool:
    """`become the market leader`: nothing to be counted, nobody who does anything."""
    if draft.reading.has_number:
        return False
    rules = {piece.rule for piece in draft.reading.evidence}
    return rules.isdisjoint(_COUNTABLE)


_COUNTABLE = frozenset((
    "metric", "metric_target", "count", "count_target", "others_do", "own_behave", "taken_up",
    "handled", "moved", "measure",
))  # fmt: skip


def _completed(draft: Draft) -> Rewrite:
    """An outcome keeps its own sentence and gets the blanks it lacks.

    Work that stands beside it becomes the initiative.
    """
    said, works = _outcome_of(draft)
    slots = find_slots(said)
    base = _rewrite(replace(draft, slots=slots), direction=slots.direction, metric=slots.metric)
    text, after = _with_blanks(said, slots, draft.reading)
    by = f" by {BY}" if not slots.by else ""
    guard = "" if base.guard == slots.guard else f", while keeping {base.guard} at {base.level}"
    return replace(base, text=f"{text}{by}{after}{guard}", initiatives=works)


def _with_blanks(said: str, slots: Slots, reading: Reading) -> tuple[str, str]:
    """The sentence, and what follows the date: where it stands today, if that is not said."""
    if reading.has_baseline_and_target:
        return said, ""
    if slots.change:
        return said, f" (from {BASELINE} to {TARGET})"
    tokens = tokenise(said)
    numbers = [one for one in numbers_of(tokens) if one.role in MEASURES]
    for one in numbers:
        place = one.place
        while place and tokens[place - 1].word in COMPARATIVES:
            place -= 1
        if place > 1 and tokens[place - 1].word == "to" and tokens[place - 2].kind == "word":
            start = tokens[place - 1].start
            return f"{said[:start]}from {BASELINE} {said[start:]}", ""
    if numbers:
        return said, f" (today: {BASELINE})"
    verb, _ = leading_verb([token.word for token in tokens])
    return f"{said}{'' if verb else ':'} from {BASELINE} to {TARGET}", ""


def _outcome_of(draft: Draft) -> tuple[str, tuple[str, ...]]:
    """The clause that decided, and the work beside it; the whole text where all are outcomes."""
    whole = draft.text.rstrip(".")
    place = draft.reading.evidence[0].start
    works, outcome = [], ""
    for clause in _own_clauses(draft):
        said = _said(draft, clause)
        if clause.tokens[0].start <= place < clause.tokens[-1].end:
            outcome = said
        elif word_key_result(said).kind == OUTPUT and clause.link in {"first", "next"}:
            works.append(said)
        else:
            return whole, ()
    return (outcome, tuple(works)) if outcome and works else (whole, ())


def _own_clauses(draft: Draft) -> tuple[Clause, ...]:
    """Clauses that can stand alone: no guard, no words in brackets, no single verb."""
    tokens = tokenise(draft.text)
    clauses = clauses_of(tokens, numbers_of(tokens))
    return tuple(
        one for one in clauses if one.link in {"first", "next", "purpose"} and len(one.words) > 1
    )


def _said(draft: Draft, clause: Clause) -> str:
    line = draft.text[clause.tokens[0].start : clause.tokens[-1].end]
    return line[:1].upper() + line[1:]


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
    own = [one for one in _own_clauses(draft) if one.link != "purpose"]
    if len(own) < 2 or not draft.reading.compound:
        return (draft.text,)
    return tuple(_said(draft, one) for one in own)
