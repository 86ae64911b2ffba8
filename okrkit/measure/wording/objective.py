"""The wording of one objective: a goal, a to-do, or a metric that took its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from okrkit.language.clauses import Clause, clauses_of, leading_verb
from okrkit.language.deadlines import has_deadline
from okrkit.language.numbers import MEASURES, numbers_of
from okrkit.language.phrases import noun_phrase
from okrkit.language.tokens import tokenise
from okrkit.language.words import ASPIRING, BE, JOINERS, PREPOSITIONS, QUALITIES, word_set

from .clause_kind import judge_clause
from .evidence import Evidence, Sign, point
from .kinds import HEALTH, MILESTONE, OUTCOME, OUTPUT, UNCLEAR
from .reading import EMPTY, why_unread

GOAL, TODO, METRIC = "goal_like", "todo", "metric_as_objective"
OBJECTIVE_KINDS = (GOAL, TODO, METRIC, UNCLEAR)
_MAKING = frozenset({"build", "create", "develop", "form", "establish"})
_WORKING = frozenset({"deliver", "grant"})
_BETTER = frozenset({"improve", "keep", "change"})
_BECOMING = word_set("make become turn empower enable help give let bring")
_NO_NOUN = PREPOSITIONS | JOINERS | {",", "not", "without"}
_WORK = frozenset({"done", "activity", "counted", "granted", "training"})
_SERVING = word_set("understand engage consider save learn know meet inspire connect")
_BOLD = word_set("conquer crush dominate nail own rock")
_NAME_MAX = 4  # words that name a thing and say nothing of it
_CAN = word_set("can able has have see sees")


@dataclass(frozen=True)
class ObjectiveReading:
    """How an objective reads. The standard form is an action verb, an outcome and a time frame."""

    kind: str  #: goal_like, todo, metric_as_objective or unclear
    has_number: bool  #: a number that decides belongs into a key result
    has_verb: bool  #: begins with an action verb
    has_deadline: bool  #: says by when
    evidence: tuple[Evidence, ...]

    @property
    def in_standard_form(self) -> bool:
        """Action verb, desired outcome, time frame, and no number."""
        return self.kind == GOAL and self.has_verb and self.has_deadline and not self.has_number


def word_objective(text: str) -> ObjectiveReading:
    """Read the wording of one objective.

    A *goal* says what will be different, a *to-do* what will be made or done, and a
    *metric as objective* is a number that belongs into a key result. Without a sign of work or of
    a number an objective is taken as a goal.

    Examples
    --------
    >>> word_objective("Make the museum a place for families").kind
    'goal_like'
    >>> word_objective("Launch the new ticket shop").kind
    'todo'
    >>> word_objective("30 % more annual passes").kind
    'metric_as_objective'
    >>> word_objective("Become the first choice of families this summer").in_standard_form
    True
    """
    tokens = tokenise(text)
    numbers = numbers_of(tokens)
    clauses = clauses_of(tokens, numbers)
    unread = why_unread(tokens, numbers) or (None if clauses else EMPTY)
    kind, signs = (UNCLEAR, unread.signs) if unread else _kind_of(clauses[0], clauses[1:2])
    return ObjectiveReading(
        kind=kind,
        has_number=any(number.role in MEASURES for number in numbers),
        has_verb=bool(clauses) and _has_verb(clauses[0]),
        has_deadline=has_deadline(tokens, numbers),
        evidence=tuple(point(sign, tokens) for sign in signs),
    )


def _has_verb(clause: Clause) -> bool:
    """`be` begins an objective too: `be the first choice`."""
    known = leading_verb(clause.words)[0] is not None
    return clause.words[0] == "be" or _is_bold(clause) or known


def _is_bold(clause: Clause) -> bool:
    """`crush our number`, `double down on the mid-market`: what writers of goals like to say."""
    return clause.words[0] in _BOLD or clause.words[:2] == ("double", "down")


def _aspiration(words: Sequence[str]) -> str:
    """`first choice`, `world-class`, also in two words; "" where nothing is hoped for."""
    return next((one for one in (*words, *map("-".join, pairwise(words))) if one in ASPIRING), "")


def _works_better(clause: Clause, start: int) -> bool:
    """`ship faster without breaking things`: the work in another way, and nothing that is made."""
    way, following = (*clause.words[start:], "", "")[:2]
    return way in ASPIRING and way.endswith("er") and (following in _NO_NOUN or not following)


def _for_others(clause: Clause, start: int) -> bool:
    """`build a lively community`, `create value`: nothing that is made."""
    phrase = noun_phrase(clause.words, start)
    if phrase.is_artefact:
        return False
    return phrase.head in QUALITIES or phrase.is_count or phrase.head == "community"


def _kind_of(clause: Clause, purpose: Sequence[Clause]) -> tuple[str, tuple[Sign, ...]]:
    judged = judge_clause(clause)
    verb, start = leading_verb(clause.words)
    aspires = _aspiration([word for one in (clause, *purpose) for word in one.words])
    hoped = aspires and verb is not None and verb.base in _BECOMING
    counted = judged.kind in {OUTCOME, HEALTH} or (verb is None and judged.kind == OUTPUT)
    if _is_bold(clause) and not clause.measures:
        return GOAL, (Sign("aspires", (clause.words[0],)),)
    if clause.measures and counted and not hoped:
        return METRIC, judged.signs
    worded = verb is None or verb.base in _MAKING or verb.kind not in _WORKING
    if aspires and (worded or _works_better(clause, start)):
        return GOAL, (Sign("aspires", (aspires,)),)
    if verb is None:
        named = BE.isdisjoint(clause.words)  # a thing of which nothing is said
        work = any(
            (sign.rule in _WORK and _CAN.isdisjoint(sign.words))
            or (named and sign.rule == "artefact" and len(clause.words) <= _NAME_MAX)
            for sign in judged.signs
        )
        return (TODO if work else GOAL), judged.signs
    if verb.base in _SERVING or (verb.base in _MAKING and _for_others(clause, start)):
        return GOAL, judged.signs
    better = verb.kind in _BETTER or verb.base in _BECOMING
    done = judged.kind in {OUTPUT, MILESTONE} and not better
    works = verb.kind in _WORKING and not better
    return (TODO if done or works else GOAL), judged.signs
