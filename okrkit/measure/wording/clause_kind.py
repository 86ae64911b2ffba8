"""What one clause of a key result claims: a change, a deliverable, a grant, a level to keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from okrkit.language.clauses import Clause, leading_verb
from okrkit.language.phrases import Phrase, noun_phrase
from okrkit.language.verbs import VERBS, Verb
from okrkit.language.words import INTERNALS, NOUNS_TOO, ROLES, THIRD_PARTIES, word_set

from . import grants, predicates

OUTCOME = "outcome"
OUTPUT = "output"
MILESTONE = "milestone_outcome"
HEALTH = "health_metric"
UNCLEAR = "unclear"

DEFAULT, WORDED, FIRM = 1, 2, 3
_RELATIVE = frozenset({"%", "percent", "per-cent", "pp", "x", "points", "point", "fold"})
_FINISHING = word_set("complete finish finalise execute negotiate conclude")
_HELPING = word_set("help support enable empower encourage work provide allow assist")
_LESSENING = word_set("reduce decrease lower shrink halve minimise shorten lessen curb")
_ANSWERING = word_set(
    """respond resolve process handle answer address review close fix return reply triage"""
)
_LINKING = word_set("to that on with towards")
_SEEING_TO = word_set("ensure guarantee assure")
_TRAINING = "own people complete a training"
_NO_METRIC = "no metric and no number named"
_NOTHING = "names no metric, no change and no deliverable that we know"
_ARRIVING = word_set("achieve attain attract earn gain generate match reach realise win")
_WORDS_OF_WORK = 3
_GETTING = word_set("get have see")
_PHRASAL = {("meet", "with"), ("draw", "up"), ("turn", "on"), ("turn", "off")}
_OPEN_WORK = word_set("tickets ticket issues bugs defects requests complaints cases enquiries")


@dataclass(frozen=True)
class ClauseKind:
    """The kind of a clause, how firmly its words say so, and which words."""

    kind: str
    firmness: int  #: DEFAULT, WORDED or FIRM
    evidence: tuple[str, ...] = ()


def judge_clause(clause: Clause) -> ClauseKind:
    """The kind of `clause`, judged by itself."""
    verb, start = _verb_of(clause)
    if verb is None:
        return _statement(clause, start)
    led = f"leading verb “{clause.tokens[start - 1].text}”"
    return _BY_VERB[verb.kind](clause, start, led)


def _verb_of(clause: Clause) -> tuple[Verb | None, int]:
    """The leading verb, unless it is the first word of a name (`review time below 2 days`)."""
    verb, start = leading_verb(clause.words)
    if verb is None or verb.kind == "change":
        return verb, start
    if verb.form == "ing" and _is_somebody(clause, start) and predicates.acts_on_us(clause, start):
        return None, start - 1
    if clause.words[start - 1] in NOUNS_TOO or verb.form in {"ing", "ed"}:
        phrase = noun_phrase(clause.words, start - 1)
        named = len(phrase.words) > 1 and phrase.is_metric and bool(clause.measures)
        if named or predicates.finished_at_once(clause, phrase) or grants.granted_state(clause):
            return None, start - 1
    return verb, start


def _is_somebody(clause: Clause, place: int) -> bool:
    return not (THIRD_PARTIES | INTERNALS).isdisjoint(clause.words[place : place + 1])


def _change(clause: Clause, start: int, led: str) -> ClauseKind:
    phrase = noun_phrase(clause.words, start)
    if phrase.is_metric or phrase.is_count:
        return ClauseKind(OUTCOME, FIRM, (led, _metric(clause, phrase)))
    less = VERBS[clause.words[start - 1]].base in _LESSENING
    if phrase.is_artefact and not less and not _is_relative(clause):
        return ClauseKind(OUTPUT, WORDED, (led, _artefact(clause, phrase)))
    if not phrase.words and not clause.measures:
        return ClauseKind(UNCLEAR, DEFAULT, (led, _NO_METRIC))
    return ClauseKind(OUTCOME, WORDED, (led, *_measure(clause)))


def _improve(clause: Clause, start: int, led: str) -> ClauseKind:
    phrase = noun_phrase(clause.words, start)
    if phrase.is_metric or phrase.is_count:
        return ClauseKind(OUTCOME, FIRM, (led, _metric(clause, phrase)))
    if _is_relative(clause) or (clause.measures and not phrase.is_artefact):
        return ClauseKind(OUTCOME, WORDED, (led, *_measure(clause)))
    if phrase.is_artefact and len(clause.words) - start > 1:
        return ClauseKind(OUTPUT, WORDED, (led, _artefact(clause, phrase)))
    return ClauseKind(UNCLEAR, DEFAULT, (led, _NO_METRIC))


def _reach(clause: Clause, start: int, led: str) -> ClauseKind:
    granted = grants.granted_object(clause, start)
    if granted:
        return ClauseKind(MILESTONE, FIRM, (led, _grant_of(granted)))
    if predicates.internal_training(clause):
        return ClauseKind(OUTPUT, FIRM, (led, _TRAINING))
    phrase = noun_phrase(clause.words, start)
    base = VERBS[clause.words[start - 1]].base
    if base == "sign" and clause.words[start : start + 1] not in {("up",), ("in",), ("off",)}:
        return ClauseKind(MILESTONE, FIRM, (led, "a second party signs"))
    own = _own_work(clause, start, phrase)
    if own is not None:
        return ClauseKind(OUTPUT, FIRM, (led, *own))
    if phrase.is_metric or (phrase.is_count and not phrase.is_internal):
        return ClauseKind(OUTCOME, FIRM, (led, _metric(clause, phrase)))
    used = predicates.third_party_use(clause)
    if used:
        return ClauseKind(OUTCOME, FIRM, (led, used))
    if phrase.is_artefact and not _is_relative(clause):
        return ClauseKind(OUTPUT, WORDED, (led, _artefact(clause, phrase)))
    return _reach_without_object(clause, base, led)


def _own_work(clause: Clause, start: int, phrase: Phrase) -> tuple[str, ...] | None:
    """What shows that a verb of arrival means own work here: `close 9 tickets`, `draw up`."""
    base, following = VERBS[clause.words[start - 1]].base, clause.words[start : start + 1]
    if base == "close" and phrase.head in _OPEN_WORK and not _is_relative(clause):
        return (f"own work “{phrase.head}”",)
    if base in _GETTING:
        made = predicates.automated(clause, start)
        return (f"state “{made}”",) if made else None
    if (base, *following) in _PHRASAL:
        return ()
    if base == "onboard" and (phrase.is_internal or not phrase.is_count):
        return ()
    return None


def _reach_without_object(clause: Clause, base: str, led: str) -> ClauseKind:
    metric = predicates.any_metric(clause)
    if base in {"become", "rank"}:
        return ClauseKind(OUTCOME, DEFAULT, (led,))
    if metric and clause.measures:
        return ClauseKind(OUTCOME, WORDED, (led, f"metric “{metric}”", *_measure(clause)))
    if clause.measures:
        return ClauseKind(OUTCOME, WORDED, (led, *_measure(clause)))
    if base in _ARRIVING or len(clause.words) < _WORDS_OF_WORK:
        return ClauseKind(UNCLEAR, DEFAULT, (led, _NO_METRIC))
    return ClauseKind(OUTPUT, DEFAULT, (led, _NO_METRIC))


def _keep(clause: Clause, start: int, led: str) -> ClauseKind:
    phrase = noun_phrase(clause.words, start)
    if phrase.is_artefact and not _is_relative(clause):
        return ClauseKind(OUTPUT, WORDED, (led, _artefact(clause, phrase)))
    if VERBS[clause.words[start - 1]].base == "hold" and not phrase.is_metric:
        return ClauseKind(OUTPUT, WORDED, (led,))
    if phrase.is_metric or phrase.is_count:
        return ClauseKind(HEALTH, FIRM, (led, _metric(clause, phrase)))
    return ClauseKind(HEALTH, WORDED, (led, *_measure(clause)))


def _grant(clause: Clause, start: int, led: str) -> ClauseKind:
    phrase = noun_phrase(clause.words, start)
    if phrase.is_artefact:
        return ClauseKind(OUTPUT, WORDED, (led, _artefact(clause, phrase)))
    return ClauseKind(MILESTONE, FIRM, (led, "a second party accepts"))


def _carry(clause: Clause, start: int, led: str) -> ClauseKind:
    """`ensure`, `continue to`, `deliver`: what follows decides."""
    base = VERBS[clause.words[start - 1]].base
    if base == "work" and clause.words[start : start + 1] == ("with",):
        return ClauseKind(OUTPUT, WORDED, (led,))
    rest = _after_carrying(clause, start)
    if not rest.words:
        return ClauseKind(UNCLEAR, DEFAULT, (led, _NO_METRIC))
    phrase = noun_phrase(rest.words, 0)
    if base == "make" and phrase.is_count and not phrase.is_metric:
        return ClauseKind(OUTPUT, WORDED, (led,))
    if base in _HELPING and (phrase.is_count or phrase.is_internal):
        used = predicates.third_party_use(rest)
        return ClauseKind(OUTCOME, WORDED, (used,)) if used else ClauseKind(OUTPUT, WORDED, (led,))
    granted = grants.granted_state(rest)
    if granted:
        return ClauseKind(MILESTONE, WORDED, (led, _grant_of(granted)))
    if phrase.is_artefact and leading_verb(rest.words)[0] is None:
        return ClauseKind(OUTPUT, WORDED, (led, _artefact(rest, phrase)))
    if base in _SEEING_TO and phrase.is_metric and leading_verb(rest.words)[0] is None:
        return ClauseKind(OUTCOME, WORDED, (led, _metric(rest, phrase)))
    inner = judge_clause(rest)
    if inner.kind == UNCLEAR:
        return ClauseKind(OUTPUT, WORDED, (led,))
    return ClauseKind(inner.kind, WORDED, (led, *inner.evidence))


def _after_carrying(clause: Clause, start: int) -> Clause:
    """What follows `continue to`, `help ensure that` and the like."""
    words = clause.words
    while start < len(words):
        verb = VERBS.get(words[start])
        if words[start] not in _LINKING and (verb is None or verb.kind != "carry"):
            break
        start += 1
    return Clause(clause.tokens[start:], clause.numbers, clause.link)


def _deliver(clause: Clause, start: int, led: str) -> ClauseKind:
    base = VERBS[clause.words[start - 1]].base
    phrase = noun_phrase(clause.words, start)
    granted = grants.granted_object(clause, start)
    if granted and base in _FINISHING:
        return ClauseKind(MILESTONE, WORDED, (led, _grant_of(granted)))
    if base in {"source", "produce"} and phrase.is_metric and clause.measures:
        return ClauseKind(OUTCOME, WORDED, (led, _metric(clause, phrase)))
    if base in {"collect", "gather"} and phrase.is_count and clause.measures:
        return ClauseKind(OUTCOME, WORDED, (led, _metric(clause, phrase)))
    if base in _ANSWERING and clause.measures and "within" in clause.words:
        return ClauseKind(OUTCOME, WORDED, (led, *_measure(clause)))
    if base == "fill" and ROLES.intersection(phrase.words):
        return ClauseKind(MILESTONE, FIRM, (led, "a second party accepts"))
    if phrase.is_artefact:
        return ClauseKind(OUTPUT, FIRM, (led, _artefact(clause, phrase)))
    return ClauseKind(OUTPUT, FIRM, (led,))


_BY_VERB: dict[str, Callable[[Clause, int, str], ClauseKind]] = {
    "change": _change,
    "improve": _improve,
    "reach": _reach,
    "keep": _keep,
    "grant": _grant,
    "carry": _carry,
    "deliver": _deliver,
}


@dataclass(frozen=True)
class _Statement:
    """A clause that begins with no verb, and the noun phrase it begins with."""

    clause: Clause
    start: int
    subject: Phrase


def _statement(clause: Clause, start: int) -> ClauseKind:
    """A state, a threshold, a fragment."""
    statement = _Statement(clause, start, noun_phrase(clause.words, start))
    for test in (_granted_state, _moved_state, _level_state, _finished_state, _thing_state):
        found = test(statement)
        if found is not None:
            return found
    if clause.measures and predicates.has_threshold(clause):
        return ClauseKind(OUTCOME, DEFAULT, _measure(clause))
    artefact = predicates.any_artefact(clause)
    if artefact:
        return ClauseKind(OUTPUT, DEFAULT, (f"artefact “{artefact}”",))
    if clause.measures and statement.subject.words:
        return ClauseKind(OUTPUT, DEFAULT, (f"count of {_quoted(clause, statement.subject)}",))
    return ClauseKind(UNCLEAR, DEFAULT, (_NOTHING,))


def _granted_state(statement: _Statement) -> ClauseKind | None:
    granted = grants.granted_state(statement.clause)
    if granted:
        return ClauseKind(MILESTONE, FIRM, (_grant_of(granted),))
    if predicates.internal_training(statement.clause):
        return ClauseKind(OUTPUT, FIRM, (_TRAINING,))
    return None


def _moved_state(statement: _Statement) -> ClauseKind | None:
    """`churn falls to 5 %`, `customers use …`, `95 % of tickets answered within a day`."""
    clause, start, subject = statement.clause, statement.start, statement.subject
    moved = predicates.moved(clause, start)
    if moved and (clause.measures or not subject.is_artefact):
        return ClauseKind(OUTCOME, FIRM, (f"change “{moved}”", *_measure(clause)))
    kept = predicates.kept(clause, start)
    if kept and subject.is_metric:
        return ClauseKind(HEALTH, FIRM, (f"“{kept}”", _metric(clause, subject)))
    used = predicates.third_party_use(clause) or predicates.own_people_behave(clause)
    if used:
        return ClauseKind(OUTCOME, FIRM, (used, *_measure(clause)))
    told = predicates.acts_on_us(clause, start) or predicates.of_their_own(clause)
    changed = predicates.compared(clause, start)
    if told or changed:
        return ClauseKind(OUTCOME, WORDED, (f"change “{told or changed}”",))
    handled = predicates.handled(clause, start)
    if handled:
        return ClauseKind(OUTCOME, WORDED, (f"“{subject.head}” “{handled}”", *_measure(clause)))
    return None


def _level_state(statement: _Statement) -> ClauseKind | None:
    """`NPS of 45`, `score > 4.5`, `500 qualified leads`."""
    clause, subject = statement.clause, statement.subject
    if predicates.finished_at_once(clause, subject):
        return None
    if subject.is_metric and clause.measures and subject.is_level:
        level = f"level of {_quoted(clause, subject)} without a direction"
        return ClauseKind(HEALTH, WORDED, (level,))
    if subject.is_metric and (clause.measures or subject.is_headed_by_metric):
        return ClauseKind(OUTCOME, WORDED, (_metric(clause, subject),))
    if subject.is_count and clause.measures and not subject.is_internal:
        return ClauseKind(OUTCOME, WORDED, (_metric(clause, subject),))
    return None


def _finished_state(statement: _Statement) -> ClauseKind | None:
    finished = predicates.finished(statement.clause, statement.start)
    return ClauseKind(OUTPUT, WORDED, (f"state “{finished}”",)) if finished else None


def _thing_state(statement: _Statement) -> ClauseKind | None:
    clause, subject = statement.clause, statement.subject
    felt = predicates.felt_state(clause)
    if felt:
        return ClauseKind(OUTCOME, WORDED, (f"state “{felt}”",))
    if subject.is_artefact:
        return ClauseKind(OUTPUT, WORDED, (_artefact(clause, subject),))
    if subject.is_internal:
        return ClauseKind(OUTPUT, DEFAULT, ("an activity of own people",))
    metric = predicates.any_metric(clause)
    if metric and clause.measures:
        return ClauseKind(OUTCOME, DEFAULT, (f"metric “{metric}”", *_measure(clause)))
    activity = predicates.activity(subject)
    return ClauseKind(OUTPUT, DEFAULT, (f"activity “{activity}”",)) if activity else None


def _is_relative(clause: Clause) -> bool:
    """By a percentage, or from here to there: then even an artefact is measured."""
    return any(n.unit in _RELATIVE or n.role == "baseline" for n in clause.measures)


def _quoted(clause: Clause, phrase: Phrase) -> str:
    return "“" + " ".join(clause.tokens[place].text for place in phrase.places[-3:]) + "”"


def _artefact(clause: Clause, phrase: Phrase) -> str:
    return f"artefact {_quoted(clause, phrase)}"


def _metric(clause: Clause, phrase: Phrase) -> str:
    target = " with a target" if clause.measures else ""
    return f"{'metric' if phrase.is_metric else 'count of'} {_quoted(clause, phrase)}{target}"


def _grant_of(word: str) -> str:
    return f"“{word}”, which a second party grants"


def _measure(clause: Clause) -> tuple[str, ...]:
    return tuple(f"measure “{number.text}”" for number in clause.measures[:1])
