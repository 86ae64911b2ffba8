"""A task or a metric in the place of an objective, led to what it is good for."""

from __future__ import annotations

from dataclasses import replace

from okrkit.judge.phrases import shortened
from okrkit.language.clauses import split_clauses
from okrkit.language.numbers import MEASURES, find_numbers
from okrkit.language.slots import find_slots
from okrkit.language.words import PREPOSITIONS
from okrkit.measure.wording import ObjectiveReading, word_objective
from okrkit.measure.wording.objective import GOAL, METRIC, TODO

from .convert import CHARACTERS_MAX, rewrite_read
from .given import inside, reading_of
from .library import Topic, topic_of
from .sentence import BY, NEW, VERB, WHOM, Piece, Pieces, Rewrite, path, placed, until, written
from .sentence import METRIC as METRIC_BLANK

TASK_SERVES = "The task becomes an initiative; the objective says what it is good for."
METRIC_SERVES = "The number becomes a key result; the objective says what it is good for."
VERB_LEADS = "Your words stay; a verb in front says what you will change."
KEY_RESULTS = 2  # shown beside an objective: enough to see what is meant
_CAN = ("can", "could")


def rewrite_objective(
    text: str, reading: ObjectiveReading, *, function: str = ""
) -> Rewrite | None:
    """`text` in the standard form: action verb, desired outcome, time frame, no number.

    A to-do becomes the initiative of what it is for, a metric the key result of what it shows: a
    purpose the text says itself, else what its topic is usually for, else blanks. Key results that
    would show it stand beside. None for an objective that needs none, and for what is not read.

    >>> task = "Launch the loyalty card"
    >>> better = rewrite_objective(task, word_objective(task))
    >>> better.text
    'Make existing customers glad to stay with us by [end of the cycle]'
    >>> better.initiatives
    ('Launch the loyalty card',)
    """
    text = shortened(" ".join(text.split()), CHARACTERS_MAX).rstrip(" .")
    topic, by = topic_of(text, function=function), find_slots(text).by or BY
    shown = tuple(written(path(one.name, one.way, by)) for one in topic.metrics[:KEY_RESULTS])
    shown = shown if topic.is_known else ()
    if reading.kind == TODO:
        pieces = _purpose(text) or _aim(topic)
        told = Rewrite(pieces + until(by), (text,), shown, why=TASK_SERVES)
    elif reading.kind == METRIC:
        told = Rewrite(_aim(topic) + until(by), others=_as_key_result(text), why=METRIC_SERVES)
    elif reading.kind == GOAL and reading.has_number:
        told = _without_number(text, by) or Rewrite(_aim(topic) + until(by), others=shown)
        told = replace(told, why=METRIC_SERVES)
    elif reading.kind == GOAL and not reading.has_verb:
        said = placed(inside(text), {"by": "" if by == BY else by})
        end = () if reading.has_deadline else until(by)
        pieces = (Piece(VERB, "verb"), Piece(" "), *said, *end)
        told = Rewrite(pieces, others=shown, keeps=True, why=VERB_LEADS)
    else:
        return None
    return replace(told, question=topic.question)


def _aim(topic: Topic) -> Pieces:
    """What work on a topic is usually for."""
    if topic.aim:
        return (Piece(topic.aim, "goal"),)
    return Piece("Enable "), Piece(WHOM, "whom"), Piece(" to "), Piece(NEW, "new")


def _purpose(text: str) -> Pieces:
    """What the text says itself that the task is for; nothing where it does not read as a goal."""
    clause = next((one for one in split_clauses(text) if one.link == "purpose"), None)
    if clause is None or clause.measures:
        return ()
    said = text[clause.tokens[0].start : clause.tokens[-1].end]
    can = next((at for at, word in enumerate(clause.words) if word in _CAN), 0)
    if can:
        rest = text[clause.tokens[can].end : clause.tokens[-1].end].strip()
        said = f"Enable {text[clause.tokens[0].start : clause.tokens[can].start].strip()} to {rest}"
    said = said[:1].upper() + said[1:]
    read = word_objective(said)
    return (Piece(said, "goal"),) if read.kind == GOAL and read.has_verb else ()


def _as_key_result(text: str) -> tuple[str, ...]:
    better = rewrite_read(text, reading_of(text))
    return (better.text,) if better is not None and better.keeps else (text,)


def _without_number(text: str, by: str) -> Rewrite | None:
    """`Become the best-loved shop` of `… with 4.8 stars`: the end with the number is left out."""
    number = next(one for one in find_numbers(text) if one.role in MEASURES)
    head, _, joiner = text[: number.start].rstrip().rpartition(" ")
    kept = word_objective(head)
    if joiner not in PREPOSITIONS or kept.kind != GOAL or not kept.has_verb:
        return None
    shown = path(METRIC_BLANK, "", by, target=text[number.start :])
    pieces = (Piece(head, "goal"), *(() if kept.has_deadline else until(by)))
    return Rewrite(pieces, others=(written(shown),), keeps=True)
