"""The wording of one key result: its kind, its flags, and which words say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okrkit.language.clauses import clauses_of, leading_verb
from okrkit.language.deadlines import has_deadline
from okrkit.language.english import seems_english
from okrkit.language.numbers import MEASURES, Number, numbers_of
from okrkit.language.tokens import Token, tokenise
from okrkit.language.words import word_set

from .clause_kind import judge_clause
from .direction import against_itself
from .evidence import Evidence, Sign, point
from .flags import JudgedClause, is_compound, is_vague
from .kinds import (
    DEFAULT,
    FIRM,
    HEALTH,
    MILESTONE,
    OUTCOME,
    OUTPUT,
    UNCLEAR,
    WORDED,
    ClauseKind,
)

UNREAD = frozenset({"foreign", "placeholder", "empty", "no_text"})
KINDS = (OUTCOME, OUTPUT, MILESTONE, HEALTH, UNCLEAR)
_DECIDING = frozenset({"first", "next", "purpose"})
_FOREIGN = ClauseKind(UNCLEAR, FIRM, (Sign("foreign"),))
_PLACEHOLDER = ClauseKind(UNCLEAR, FIRM, (Sign("placeholder"),))
EMPTY = ClauseKind(UNCLEAR, FIRM, (Sign("empty"),))
_LEFT_OPEN = {""} | word_set(
    """a added agreed and be confirmed decided defined determined discussed goal key kr krs metric
    n na none objective okr or pending placeholder result set target tba tbc tbd the to todo xx
    xxx"""
)
_PLACEHOLDER_MAX = 12  # words
_DIGITS = "0123456789."
_MARKS_OF_OPEN = word_set("tba tbc tbd todo xx xxx be none na kr krs placeholder pending")


#: the share of readings that were the reader's when 4 655 key results of organisations not seen
#: were first read: 485 of 778 that rest on little, 3 246 of 3 877 others (benchmarks/README.md)
_CONFIDENCE = {DEFAULT: 0.62, WORDED: 0.84, FIRM: 0.84}


@dataclass(frozen=True)
class Reading:
    """How a key result reads."""

    kind: str  #: outcome, output, milestone_outcome, health_metric or unclear
    confidence: float  #: 0 to 1: how often words as plain as these were read as a person reads them
    has_number: bool  #: a number that decides whether it is done; not `Q3`, `v2` or `SOC 2`
    has_baseline_and_target: bool  #: where it starts and where it is to end
    has_deadline: bool  #: a day or period by which, or in which
    vague: bool  #: two people could disagree at the end whether it was done
    compound: bool  #: two or more targets that could be graded separately
    evidence: tuple[Evidence, ...]  #: which words decided the kind, by which rule
    against: tuple[Evidence, ...] = ()  #: a verb and numbers that contradict it: `cut from 7 to 8`

    @property
    def is_read(self) -> bool:
        """Whether there was a key result in English to read."""
        return self.evidence[0].rule not in UNREAD


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
    >>> [str(piece) for piece in reading.evidence]
    ['leading verb “lift”', 'metric “renewal rate” with a target']
    """
    tokens = tokenise(text)
    numbers = numbers_of(tokens)
    roles = {number.role for number in numbers}
    moves = {"baseline", "target"} <= roles
    unread = why_unread(tokens, numbers)
    clauses = () if unread else clauses_of(tokens, numbers)
    judged = [
        JudgedClause(clause, judge_clause(clause) if clause.link in _DECIDING else EMPTY)
        for clause in clauses
    ]
    decided = unread or _decide(judged)
    return Reading(
        kind=decided.kind,
        confidence=_CONFIDENCE[decided.firmness],
        has_number=bool(roles & MEASURES),
        has_baseline_and_target=moves,
        has_deadline=has_deadline(tokens, numbers),
        vague=is_vague(judged, decided),
        compound=is_compound(clauses),
        evidence=tuple(point(sign, tokens) for sign in decided.signs),
        against=against_itself(clauses) if moves else (),
    )


def why_unread(tokens: Sequence[Token], numbers: Sequence[Number]) -> ClauseKind | None:
    """Why a text is not judged at all: no words, not English, or a placeholder."""
    if all(token.kind == "mark" for token in tokens):
        return EMPTY
    if not seems_english(tokens):
        return _FOREIGN
    return _PLACEHOLDER if _is_placeholder(tokens, numbers) else None


def _is_placeholder(tokens: Sequence[Token], numbers: Sequence[Number]) -> bool:
    """`KR 3`, `TBD`, `target to be defined`: a place held for a key result."""
    if len(tokens) > _PLACEHOLDER_MAX:
        return False
    words: list[str] = []
    for _, word, kind, _, _ in tokens:
        if kind != "mark" and word not in _LEFT_OPEN and word.rstrip(_DIGITS) not in _LEFT_OPEN:
            return False
        words.append(word.rstrip(_DIGITS))
    measured = any(number.role in MEASURES for number in numbers)
    return not measured and not _MARKS_OF_OPEN.isdisjoint(words)


def _decide(judged: Sequence[JudgedClause]) -> ClauseKind:
    """The judgement of the clause that decides for the whole text."""
    main = [part for part in judged if part.clause.link in {"first", "next"}]
    if not main:
        return EMPTY
    first = next((part for part in main if part.judgement.kind != UNCLEAR), main[0])
    verb = leading_verb(first.clause.words)[0]
    if len(first.clause.words) == 1 and verb is not None and verb.kind == "deliver":
        following = main[main.index(first) + 1 :][:1]
        if following and following[0].judgement.kind == MILESTONE:
            return following[0].judgement  # find and hire a cook
        return first.judgement  # record & score 5 calls: both verbs have the object
    granted = next((part for part in main if _is_measured_grant(part)), first)
    if first.judgement.kind != OUTCOME and granted is not first:
        return granted.judgement
    if first.judgement.kind in {OUTCOME, HEALTH} and not first.measured:
        return next((part for part in main if part.measured), first).judgement
    if first.judgement.kind in {OUTPUT, UNCLEAR}:
        return next((part for part in judged if _outweighs(part, first)), first).judgement
    return first.judgement


def _is_measured_grant(part: JudgedClause) -> bool:
    """`find 40 candidates and hire 3`: the hires decide."""
    return part.judgement.kind == MILESTONE and part.judgement.firmness == FIRM and part.measured


def _outweighs(part: JudgedClause, first: JudgedClause) -> bool:
    """Whether a measured outcome says more than the deliverable the text begins with."""
    if part.clause.link not in {"next", "purpose"} or part.judgement.kind != OUTCOME:
        return False
    if not part.measured:
        return False
    if part.clause.link == "purpose" or first.judgement.firmness < FIRM:
        return True
    moves = {"baseline", "target"} <= {number.role for number in part.clause.numbers}
    return moves or (not first.measured and part.judgement.firmness > DEFAULT)
