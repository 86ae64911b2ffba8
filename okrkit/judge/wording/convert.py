"""A weak key result turned into an outcome: what is known is kept, what is not stays a blank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from okrkit.judge.phrases import shortened
from okrkit.language.clauses import clauses_of, split_clauses
from okrkit.language.numbers import CURRENCIES, find_numbers, numbers_of
from okrkit.language.slots import Slots
from okrkit.language.tokens import tokenise
from okrkit.language.words import QUALITIES
from okrkit.measure.wording import HEALTH, MILESTONE, OUTCOME, OUTPUT, Reading, word_key_result

from .given import covers, inside, is_timed, kept, moves, parts_of, slots_of, wishes, without_guard
from .library import Metric, Topic, topic_of

METRIC, BASELINE, TARGET = "[metric]", "[baseline]", "[target]"
BY, GUARD, LEVEL = "[end of the cycle]", "[guard metric]", "[level]"
BLANKS = (METRIC, BASELINE, TARGET, BY, GUARD, LEVEL)
CHARACTERS_MAX = 1_000  # of a longer text the beginning is rewritten: no key result is as long
_VERBS = {"up": "Raise", "down": "Cut", "": "Move"}
_UNCOUNTED = QUALITIES | {"debt"}  # technical debt: everybody has it, nobody counts it

WORK_SERVES = "The work becomes the initiative that serves the new key result."
SUGGESTED = "It says what is wished for; the metric is one by which it could be seen."
KEPT = "It is an outcome already: its metric stays, and what it lacks is a blank."
PAIRED = "A milestone that others grant may stay; paired with its impact it says what for."
GUARDS = "A level to be kept is a guard metric: watch it beside what you mean to change."


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
    direction: str  #: "up", "down", or "" where nothing says which
    metric: str
    baseline: str
    target: str
    change: str  #: by how much, where the text says that instead of a target
    by: str
    guard: str  #: a metric; with `level` empty a whole clause: `while keeping margin at 30 %`
    level: str
    initiatives: tuple[str, ...]  #: the work, which now serves the key result
    others: tuple[str, ...]  #: further targets of the text, each fit for a key result of its own
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
    the team's `function`; where the library knows neither, the metric is a blank too. A milestone
    stays, paired with the metric of its impact, and a level to be kept becomes the guard. `coach`
    takes the place of these rules where somebody has a better one. A text that is no key result
    in English gets none.

    Examples
    --------
    >>> rewrite("Write 10 blog posts").text
    'Raise qualified leads from organic search from [baseline] to [target] by [end of the cycle],
     while keeping the share of leads that sales accepts at [level]'
    >>> rewrite("Write 10 blog posts").initiatives
    ('Write 10 blog posts',)
    >>> rewrite("Cut churn to 5 % by June").text
    'Cut churn from [baseline] to 5 % by June, while keeping average discount at [level]'
    """
    return rewrite_read(text, word_key_result(text), function=function, coach=coach)


def rewrite_read(
    text: str, reading: Reading, *, function: str = "", coach: Coach | None = None
) -> Rewrite | None:
    """As `rewrite`, of a text that is read already."""
    if not reading.is_read:
        return None
    text = shortened(" ".join(text.split()), CHARACTERS_MAX)
    draft = Draft(text, reading, slots_of(text), topic_of(text, function=function))
    return (coach or by_rules)(draft)


def by_rules(draft: Draft) -> Rewrite:
    """The rewrite by rules, offline and the same each time."""
    kind = draft.reading.kind
    if (kind == OUTCOME and not _asks_for_metric(draft)) or (kind == OUTPUT and _is_mixed(draft)):
        return _outcome(draft)
    if kind == HEALTH:
        return _health(draft)
    if kind == MILESTONE:
        return _paired(draft)
    works = kind == OUTPUT and not wishes(draft.text)
    return replace(
        _suggested(draft),
        initiatives=_initiatives(draft) if works else (),
        why=WORK_SERVES if works else SUGGESTED,
    )


def is_quota(text: str) -> bool:
    """Whether a text names a sum of money to be sold: it is reached or not, without a baseline.

    >>> is_quota("Close €1.2m in new bookings"), is_quota("Cut cost to €9k")
    (True, False)
    """
    money = any(number.unit in CURRENCIES for number in find_numbers(text))
    return money and topic_of(text).function == "sales"


def _suggested(draft: Draft) -> Rewrite:
    """The standard form of a suggested metric. Numbers of a deliverable count work: not used."""
    metric = draft.topic.metrics[0] if draft.topic.is_known else Metric(METRIC, "", "")
    guard = draft.topic.guard_beside(metric.name) if draft.topic.is_known else GUARD
    by = draft.slots.by or BY
    return Rewrite(
        text=f"{_path(metric, by)}, while keeping {guard} at {LEVEL}",
        direction=metric.way,
        metric=metric.name,
        baseline=BASELINE,
        target=TARGET,
        change="",
        by=by,
        guard=guard,
        level=LEVEL,
        initiatives=(),
        others=(),
        keeps=False,
        question=draft.topic.question,
        why=SUGGESTED,
    )


def _path(metric: Metric, by: str) -> str:
    return f"{_VERBS[metric.way]} {metric.name} from {BASELINE} to {TARGET} by {by}"


def _outcome(draft: Draft) -> Rewrite:
    """An outcome with its own metric; what is done for it, and further targets, beside it."""
    parts = parts_of(draft.text)
    core = parts.core or without_guard(draft.text)
    slots = replace(slots_of(core), by=draft.slots.by)
    one = replace(draft, text=core, slots=slots)
    moved = moves(split_clauses(core)[0], slots, draft.reading) and covers(core, slots)
    better = (_moved if moved else _stated)(one, parts.guard)
    return replace(better, initiatives=parts.works, others=parts.others)


def _own(draft: Draft, guard: str) -> tuple[Rewrite, str]:
    """What an outcome says itself, the rest blank; and its guard as the end of a sentence."""
    slots = draft.slots
    ending, level = guard, ""
    if not guard:
        known = draft.topic.is_known
        guard = draft.topic.guard_beside(slots.metric or draft.text) if known else GUARD
        level, ending = LEVEL, f"while keeping {guard} at {LEVEL}"
    own = replace(
        _suggested(draft),
        direction=slots.direction if slots.direction in _VERBS else "",
        metric=inside(slots.metric) if draft.text.startswith(slots.metric) else slots.metric,
        baseline=slots.baseline or BASELINE,
        target=slots.target or TARGET,
        change=slots.change,
        guard=guard,
        level=level,
        keeps=True,
        why=KEPT,
    )
    return own, ending


def _moved(draft: Draft, guard: str) -> Rewrite:
    """An outcome that says which way its metric moves, in the standard form."""
    own, ending = _own(draft, guard)
    path = f"from {own.baseline} to {own.target} by {own.by}"
    if own.change:
        path = f"by {own.change}, {path}"
    return replace(own, text=f"{_VERBS[own.direction]} {own.metric} {path}, {ending}")


def _stated(draft: Draft, guard: str) -> Rewrite:
    """An outcome said as a state keeps its sentence: `40 % of members renew`."""
    own, ending = _own(draft, guard)
    said, reading = draft.text.rstrip(" ."), word_key_result(draft.text)
    if not reading.has_number:
        said += f": from {BASELINE} to {TARGET}"
    elif not reading.has_baseline_and_target and not is_quota(draft.text):
        said += f" (today: {BASELINE})"
    if not draft.reading.has_deadline and not is_timed(draft.text):
        said += f"{',' if reading.has_baseline_and_target else ''} by {BY}"
    elif draft.slots.by and not reading.has_deadline:
        said += f" by {draft.slots.by}"
    return replace(own, text=f"{said}, {ending}")


def _paired(draft: Draft) -> Rewrite:
    """A milestone stays, and says what it is for."""
    suggested = _suggested(draft)
    if parts_of(draft.text).core:
        return replace(suggested, text=draft.text, guard="", level="", keeps=True, why=PAIRED)
    impact = _path(Metric(suggested.metric, suggested.direction, ""), BY)
    return replace(
        suggested,
        text=f"{draft.text.rstrip(' .')}, and {impact[:1].lower()}{impact[1:]}",
        by=BY,
        guard="",
        level="",
        keeps=True,
        why=PAIRED,
    )


def _health(draft: Draft) -> Rewrite:
    """A level to be kept becomes the guard of what is meant to change: a blank, for we know not."""
    is_said = any(piece.rule == "kept" for piece in draft.reading.evidence)
    guard = kept(draft.text, is_said=is_said)
    return replace(
        _suggested(draft),
        text=f"{_path(Metric(METRIC, '', ''), BY)}, {guard}",
        direction="",
        metric=METRIC,
        by=BY,
        guard=guard,
        level="",
        why=GUARDS,
    )


def _is_mixed(draft: Draft) -> bool:
    """Whether a measured outcome stands beside the work: the work serves that one."""
    core = parts_of(draft.text).core
    return bool(core) and core != draft.text and word_key_result(core).has_number


def _asks_for_metric(draft: Draft) -> bool:
    """Whether an outcome names nothing to count, and its topic does: `raise quality`."""
    if not draft.reading.vague or draft.reading.has_number:
        return False
    if not draft.slots.direction:  # a wish: become the market leader
        return True
    said = f" {draft.slots.metric.casefold()} "
    found = (word for word, _ in draft.topic.words if f" {word} " in said)
    return any(not _UNCOUNTED.isdisjoint(word.split()) for word in found)


def _initiatives(draft: Draft) -> tuple[str, ...]:
    """The work as it was written, one line a clause that stands alone."""
    tokens = tokenise(draft.text)
    clauses = clauses_of(tokens, numbers_of(tokens))
    own = [one for one in clauses if one.link in {"first", "next"} and len(one.words) > 1]
    if len(own) < 2 or not draft.reading.compound:
        return (draft.text,)
    said = [draft.text[one.tokens[0].start : one.tokens[-1].end] for one in own]
    return tuple(line[:1].upper() + line[1:] for line in said)
