"""A weak key result turned into an outcome: what is known is kept, what is not stays a blank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from okrkit.judge.phrases import shortened
from okrkit.language.clauses import clauses_of, split_clauses
from okrkit.language.numbers import numbers_of
from okrkit.language.slots import Slots
from okrkit.language.tokens import tokenise
from okrkit.language.words import QUALITIES
from okrkit.measure.wording import HEALTH, MILESTONE, OUTCOME, OUTPUT, Reading

from .given import (
    counts_others,
    covers,
    inside,
    is_timed,
    kept,
    moves,
    needs_no_start,
    parts_of,
    reading_of,
    says_rhythm,
    slots_of,
    wishes,
    without_guard,
)
from .library import Metric, Topic, topic_of
from .sentence import (
    BASELINE,
    BY,
    GUARD,
    METRIC,
    TARGET,
    VERBS,
    Piece,
    Pieces,
    Rewrite,
    guarded,
    path,
    placed,
    until,
)

CHARACTERS_MAX = 1_000  # of a longer text the beginning is rewritten: no key result is as long
_UNCOUNTED = QUALITIES | {"debt", "seo", "ux"}  # everybody has some, nobody counts it

WORK_SERVES = "The work becomes the initiative that serves the new key result."
SUGGESTED = "It says what is wished for; the metric is one by which it could be seen."
KEPT = "It is an outcome already: its metric stays, and what it lacks is a blank."
LEADS = "The outcome leads now, and the work becomes the initiative that serves it."
DISAGREES = "Words and numbers disagree: the target is a blank until you say which is meant."
PAIRED = "A milestone that others grant may stay; paired with its impact it says what for."
GUARDS = "A level to be kept is a guard metric: watch it beside what you mean to change."


@dataclass(frozen=True)
class Draft:
    """What a coach is given: the text, how it reads, what it fills in, and its topic."""

    text: str
    reading: Reading
    slots: Slots
    topic: Topic


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
    return rewrite_read(text, reading_of(text), function=function, coach=coach)


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
        suggested(draft.topic, draft.slots.by or BY),
        initiatives=_initiatives(draft) if works else (),
        why=WORK_SERVES if works else SUGGESTED,
    )


def led_to(topic: Topic, by: str = BY) -> Pieces:
    """The metric a topic leads to, to be moved; a blank where no topic is known."""
    metric = topic.metrics[0] if topic.is_known else Metric(METRIC, "", "")
    return path(metric.name, metric.way, by)


def suggested(topic: Topic, by: str = BY) -> Rewrite:
    """A suggested metric in the standard form. Numbers of a deliverable count work: not used."""
    guard = topic.guard_beside(topic.metrics[0].name) if topic.is_known else GUARD
    return Rewrite(led_to(topic, by) + guarded(guard), question=topic.question, why=SUGGESTED)


def _outcome(draft: Draft) -> Rewrite:
    """An outcome with its own metric; what is done for it, and further targets, beside it."""
    parts = parts_of(draft.text)
    core = parts.core or without_guard(draft.text)
    slots = replace(slots_of(core), by=draft.slots.by)
    moved = moves(split_clauses(core)[0], slots, draft.reading) and covers(core, slots)
    moved = moved and not counts_others(core)  # win 9 clients: so many new ones
    if draft.reading.against:  # which of the two is meant, only its author knows
        slots = replace(slots, target="")
    one = replace(draft, text=core, slots=slots)
    pieces = (_moved if moved else _stated)(one)
    ending = (Piece(", "), Piece(parts.guard, "guard")) if parts.guard else guarded(_guard_of(one))
    why = LEADS if draft.reading.kind == OUTPUT else KEPT
    return Rewrite(
        pieces + ending, parts.works, parts.others, keeps=True, question=draft.topic.question,
        why=DISAGREES if draft.reading.against else why,
    )  # fmt: skip


def _guard_of(draft: Draft) -> str:
    """The guard metric that fits beside what an outcome says itself."""
    known = draft.topic.is_known
    return draft.topic.guard_beside(draft.slots.metric or draft.text) if known else GUARD


def _moved(draft: Draft) -> Pieces:
    """An outcome that says which way its metric moves, in the standard form."""
    slots = draft.slots
    metric = inside(slots.metric) if draft.text.startswith(slots.metric) else slots.metric
    way = slots.direction if slots.direction in VERBS else ""
    given = {"baseline": slots.baseline, "target": slots.target, "change": slots.change}
    return path(metric, way, slots.by or BY, **given)


def _stated(draft: Draft) -> Pieces:
    """An outcome said as a state keeps its sentence: `40 % of members renew`."""
    said, reading, slots = draft.text.rstrip(" ."), reading_of(draft.text), draft.slots
    given = {name: getattr(slots, name) for name in ("baseline", "target", "change")}
    written = {name: number for name, number in given.items() if not number.isalpha()}
    pieces = placed(said, {**written, "by": slots.by})
    if not reading.has_number and not says_rhythm(draft.text):
        pieces += (
            Piece(": from "),
            Piece(BASELINE, "baseline"),
            Piece(" to "),
            Piece(TARGET, "target"),
        )
    elif not reading.has_baseline_and_target and not needs_no_start(draft.text):
        since = "last cycle" if counts_others(draft.text) else "today"
        pieces += Piece(f" ({since}: "), Piece(BASELINE, "baseline"), Piece(")")
    if not draft.reading.has_deadline and not is_timed(draft.text):
        pieces += (Piece(","), *until(BY)) if reading.has_baseline_and_target else until(BY)
    elif slots.by and not reading.has_deadline:
        pieces += until(slots.by)
    return pieces


def _paired(draft: Draft) -> Rewrite:
    """A milestone stays, and says what it is for."""
    told = Rewrite((Piece(draft.text),), keeps=True, question=draft.topic.question, why=PAIRED)
    if parts_of(draft.text).core:
        return told
    verb, *rest = led_to(draft.topic)
    joined = Piece(f"{draft.text.rstrip(' .')}, and "), verb._replace(said=verb.said.lower())
    return replace(told, pieces=(*joined, *rest))


def _health(draft: Draft) -> Rewrite:
    """A level to be kept becomes the guard of what is meant to change: a blank, for we know not."""
    is_said = any(piece.rule == "kept" for piece in draft.reading.evidence)
    guard = Piece(kept(draft.text, is_said=is_said), "guard")
    pieces = (*path(METRIC, "", BY), Piece(", "), guard)
    return Rewrite(pieces, question=draft.topic.question, why=GUARDS)


def _is_mixed(draft: Draft) -> bool:
    """Whether a measured outcome stands beside the work: the work serves that one."""
    core = parts_of(draft.text).core
    return bool(core) and core != draft.text and reading_of(core).has_number


def _asks_for_metric(draft: Draft) -> bool:
    """Whether an outcome names nothing to count, and its topic does: `raise quality`."""
    if not draft.reading.vague or draft.reading.has_number:
        return False
    if not draft.slots.direction:  # a wish: become the market leader
        return True
    uncounted = not _UNCOUNTED.isdisjoint(draft.slots.metric.casefold().split())
    return uncounted and draft.topic.is_known


def _initiatives(draft: Draft) -> tuple[str, ...]:
    """The work as it was written, one line a clause that stands alone."""
    tokens = tokenise(draft.text)
    clauses = clauses_of(tokens, numbers_of(tokens))
    own = [one for one in clauses if one.link in {"first", "next"} and len(one.words) > 1]
    if len(own) < 2 or not draft.reading.compound:
        return (draft.text,)
    said = [draft.text[one.tokens[0].start : one.tokens[-1].end] for one in own]
    return tuple(line[:1].upper() + line[1:] for line in said)
