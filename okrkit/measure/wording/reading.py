"""The plain first wording check of one key result."""

from __future__ import annotations

from dataclasses import dataclass

from okrkit.language.clauses import Clause, clauses_of
from okrkit.language.deadlines import has_deadline
from okrkit.language.english import seems_english
from okrkit.language.numbers import MEASURES, Number, numbers_of
from okrkit.language.tokens import Token, tokenise
from okrkit.language.words import word_set

from .clause_kind import (
    DEFAULT,
    FIRM,
    HEALTH,
    MILESTONE,
    OUTCOME,
    OUTPUT,
    UNCLEAR,
    ClauseKind,
    judge_clause,
)

KINDS = (OUTCOME, OUTPUT, MILESTONE, HEALTH, UNCLEAR)
_WORDS_READ = 500  # no key result is longer; of a pasted page this much is read
_FOREIGN = ClauseKind(UNCLEAR, DEFAULT, ("not read: the text does not seem to be English",))
_PLACEHOLDER = ClauseKind(UNCLEAR, DEFAULT, ("a placeholder, no key result yet",))
_LEFT_OPEN = word_set(
    """a added agreed and be confirmed decided defined determined discussed goal key kr krs metric
    n na none objective okr or pending placeholder result set target tba tbc tbd the to todo xx
    xxx"""
)
_DIGITS = "0123456789."
_MARKS_OF_OPEN = word_set("tba tbc tbd todo xx xxx be none na kr krs placeholder pending")


@dataclass(frozen=True)
class Reading:
    """How a key result reads."""

    kind: str  #: outcome, output, milestone_outcome, health_metric or unclear
    has_number: bool  #: a number that decides whether it is done; not `Q3`, `v2` or `SOC 2`
    has_baseline_and_target: bool  #: where it starts and where it is to end
    has_deadline: bool  #: a day or period by which, or in which
    evidence: tuple[str, ...]  #: which words decided the kind, fit to be quoted


@dataclass(frozen=True)
class _Judged:
    clause: Clause
    judgement: ClauseKind

    @property
    def measured(self) -> bool:
        return bool(self.clause.measures)


def word_key_result(text: str) -> Reading:
    """Read the wording of one key result: what kind it is, and which words say so.

    An *outcome* is a change or level in what others do or get, an *output* is work in the team's
    own hands, numbered or not, a *milestone_outcome* is granted by somebody else, a
    *health_metric* is a level to be kept. The text is split into clauses; each is judged by its
    leading verb, its object and its numbers; a measured outcome later in the text can outweigh
    the deliverable it begins with. Any text is read; one that says nothing, only holds a place or
    is not English is *unclear*, and `evidence` says which.

    Examples
    --------
    >>> word_key_result("Write 10 blog posts").kind
    'output'
    >>> reading = word_key_result("Lift the renewal rate from 82 % to 90 % by March")
    >>> reading.kind, reading.has_baseline_and_target, reading.has_deadline
    ('outcome', True, True)
    >>> reading.evidence
    ('leading verb “lift”', 'metric “renewal rate” with a target')
    """
    tokens = tokenise(text)[:_WORDS_READ]
    numbers = numbers_of(tokens)
    roles = {number.role for number in numbers}
    decided = _kind_of(tokens, numbers)
    return Reading(
        kind=decided.kind,
        has_number=bool(roles & MEASURES),
        has_baseline_and_target={"baseline", "target"} <= roles,
        has_deadline=has_deadline(tokens, numbers),
        evidence=decided.evidence,
    )


def _kind_of(tokens: list[Token], numbers: tuple[Number, ...]) -> ClauseKind:
    if not seems_english(tokens):
        return _FOREIGN
    if _is_placeholder(tokens, numbers):
        return _PLACEHOLDER
    return _decide(
        [_Judged(clause, judge_clause(clause)) for clause in clauses_of(tokens, numbers)]
    )


def _is_placeholder(tokens: list[Token], numbers: tuple[Number, ...]) -> bool:
    """`KR 3`, `TBD`, `target to be defined`: a place held for a key result."""
    words = {token.word.rstrip(_DIGITS) for token in tokens if token.kind != "mark"} - {""}
    if any(number.role in MEASURES for number in numbers):
        return False
    return words <= _LEFT_OPEN and bool(words & _MARKS_OF_OPEN)


def _decide(judged: list[_Judged]) -> ClauseKind:
    """The judgement of the clause that decides for the whole text."""
    main = [part for part in judged if part.clause.link in {"first", "next"}]
    if not main:
        return ClauseKind(UNCLEAR, DEFAULT, ("no words to read",))
    first = next((part for part in main if part.judgement.kind != UNCLEAR), main[0])
    granted = next((part for part in main if _is_measured_grant(part)), first)
    if first.judgement.kind != OUTCOME and granted is not first:
        return granted.judgement
    if first.judgement.kind in {OUTCOME, HEALTH} and not first.measured:
        return next((part for part in main if part.measured), first).judgement
    if first.judgement.kind in {OUTPUT, UNCLEAR}:
        return next((part for part in judged if _outweighs(part, first)), first).judgement
    return first.judgement


def _is_measured_grant(part: _Judged) -> bool:
    """`find 40 candidates and hire 3`: the hires decide."""
    return part.judgement.kind == MILESTONE and part.judgement.firmness == FIRM and part.measured


def _outweighs(part: _Judged, first: _Judged) -> bool:
    """Whether a measured outcome says more than the deliverable the text begins with."""
    if part.clause.link not in {"next", "purpose"} or part.judgement.kind != OUTCOME:
        return False
    if not part.measured:
        return False
    if part.clause.link == "purpose" or first.judgement.firmness < FIRM:
        return True
    moves = {"baseline", "target"} <= {number.role for number in part.clause.numbers}
    return moves or (not first.measured and part.judgement.firmness > DEFAULT)
