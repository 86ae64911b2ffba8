"""What a clause claims that begins with no verb: a state, a threshold, a fragment."""

from __future__ import annotations

from typing import NamedTuple

from okrkit.language.clauses import Clause
from okrkit.language.numbers import CURRENCIES
from okrkit.language.phrases import Phrase, noun_phrase
from okrkit.language.verbs import VERBS
from okrkit.language.words import (
    ADJECTIVES_OF_MORE,
    AGREEMENTS,
    ARTICLES,
    BE,
    BEHAVES,
    COMPARATIVES,
    EXAMINED,
    GRANTED,
    HANDLED,
    INTERNALS,
    JOINERS,
    NOUNS_TOO,
    PREPOSITIONS,
    QUALITIES,
    SUBMITTED,
    THINGS_GRANTED_BY_NAME,
    THIRD_PARTIES,
    word_set,
)

from . import effects, grants, people, predicates
from .comparisons import compared
from .evidence import Sign
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
    artefact_sign,
    grant_sign,
    is_relative,
    measure_sign,
    metric_sign,
    quoted,
)

_NOTHING = Sign("nothing")
_NAMED_EARLY = 5
_EXAMINED_BY = word_set("report opinion attestation rating mark badge letter")
_ASKING = word_set("application plan preparation prep process request strategy training budget")
_LIVE = {("in", "production"), ("in", "beta"), ("on", "board")}
_PLACED = word_set("in at on into with without")
_ON_AVERAGE = word_set("average median mean")
_SPOKEN_OF = 2  # words without which a fragment names nothing
_IN_OUR_EYES = word_set("better bigger cleaner clearer newer nicer tidier")
_NO_CHANGE = word_set("higher lower less more fewer worse")


class Statement(NamedTuple):
    """A clause that begins with no verb, and the noun phrase it begins with."""

    clause: Clause
    start: int
    subject: Phrase

    @property
    def pair(self) -> bool:
        """`from 5 to 7`, without a verb."""
        return any(number.role == "baseline" for number in self.clause.measures)


def judge_statement(clause: Clause, start: int) -> ClauseKind:
    """The kind of a clause whose first noun phrase is at `start`."""
    statement = Statement(clause, start, noun_phrase(clause.words, start))
    for test in _TESTS:
        found = test(statement)
        if found is not None:
            return found
    return _fragment(statement)


def _granted(statement: Statement) -> ClauseKind | None:
    granted = grants.granted_state(statement.clause)
    if granted:
        return ClauseKind(MILESTONE, FIRM, (grant_sign(granted),))
    if predicates.internal_training(statement.clause):
        return ClauseKind(OUTPUT, FIRM, (Sign("training"),))
    return None


def _holds(statement: Statement) -> ClauseKind | None:
    """`90 % of depots have a written plan`: a thing of ours, however many of us hold it."""
    clause, subject = statement.clause, statement.subject
    if not (subject.is_internal or subject.is_artefact):
        return None
    held = clause.words[subject.end : subject.end + 1]
    if not held or held[0] not in _HOLDING:
        return None
    thing = noun_phrase(clause.words, subject.end + 1)
    if thing.is_artefact or thing.head == "access":
        return ClauseKind(OUTPUT, WORDED, (artefact_sign(clause, thing),))
    return None


_UNITS = word_set("seconds minutes hours h days weeks months years kg tonnes km points euros out")
_AFTER_A_LEVEL = PREPOSITIONS | JOINERS | COMPARATIVES | ADJECTIVES_OF_MORE | _UNITS


def _dial(statement: Statement) -> ClauseKind | None:
    """`thrown away: 8 % at most`, `searches without result: 40`: a name and its level."""
    clause = statement.clause
    if not predicates.labelled(clause):
        return None
    plain = not predicates.has_threshold(clause) and not is_relative(clause)
    after = clause.words[clause.place(clause.measures[0]) + 1 :][:1]
    if after and after[0].isalpha() and after[0] not in _AFTER_A_LEVEL:  # app: 900 visitors
        start = clause.words.index(":") + 1
        return judge_statement(Clause.of(clause.tokens[start:], clause.numbers, clause.link), 0)
    if plain and (statement.subject.is_artefact or statement.subject.is_internal):
        return None
    return ClauseKind(OUTCOME, WORDED, measure_sign(clause))


def _moved(statement: Statement) -> ClauseKind | None:
    """`churn falls to 5 %`, `activation from 20 % to 30 %`, `exclusions stay under 12`."""
    clause, start, subject = statement.clause, statement.start, statement.subject
    kept = predicates.kept(clause, start)
    if kept and (subject.is_metric or clause.measures):
        return ClauseKind(HEALTH, FIRM, (Sign("kept", (kept,)), metric_sign(clause, subject)))
    looked = "" if clause.measures else effects.looked_into(clause, start)
    if looked:
        return ClauseKind(OUTPUT, WORDED, (Sign("done", (looked,)),))
    changed = effects.changes_something(clause, start)
    if changed:
        return ClauseKind(OUTCOME, WORDED, (Sign("moved", (changed,)), *measure_sign(clause)))
    moved = predicates.moved(clause, start)
    if moved and (clause.measures or not subject.is_artefact):
        return ClauseKind(OUTCOME, FIRM, (Sign("moved", (moved,)), *measure_sign(clause)))
    if statement.pair:
        return ClauseKind(OUTCOME, WORDED, measure_sign(clause))
    return None


def _of_people(statement: Statement) -> ClauseKind | None:
    """`customers use …`, `95 % of tickets answered within a day`, `fewer parents leave`."""
    clause, start, subject = statement.clause, statement.start, statement.subject
    taken = people.taken_up(clause)
    if taken:
        return ClauseKind(OUTCOME, FIRM, (taken, *measure_sign(clause)))
    made = subject.is_artefact and THIRD_PARTIES.isdisjoint(subject.words)
    if made and predicates.finished_at_once(clause, subject):
        return None
    changed = compared(clause, start)
    served = "" if changed else people.served(clause, start)
    if served:
        return ClauseKind(OUTPUT, WORDED, (Sign("done", (served,)),))
    used = people.third_party_use(clause) or people.own_people_behave(clause)
    if used:
        return ClauseKind(OUTCOME, FIRM, (used, *measure_sign(clause)))
    told = predicates.acts_on_us(clause, start) or predicates.of_their_own(clause)
    if told or changed:
        return ClauseKind(OUTCOME, WORDED, (Sign("moved", (told or changed,)),))
    where = clause.words[subject.end : subject.end + 1]
    live = clause.measures and clause.words[subject.end : subject.end + 2] in _LIVE
    placed = _is_share(clause) and where and where[0] in _PLACED
    able = where == ("can",) and predicates.has_threshold(clause)
    if (live or placed or able) and subject.head in THIRD_PARTIES:
        return ClauseKind(OUTCOME, WORDED, measure_sign(clause))
    borne = effects.carries(clause, start)
    if borne:
        return ClauseKind(OUTCOME, WORDED, (Sign("handled", borne), *measure_sign(clause)))
    handled = predicates.handled(clause, start)
    if handled:
        sign = Sign("handled", (subject.head, handled))
        return ClauseKind(OUTCOME, WORDED, (sign, *measure_sign(clause)))
    return None


def _is_share(clause: Clause) -> bool:
    """`40 % of members`, `two thirds of pupils`."""
    return is_relative(clause) or any((n.value or 1) < 1 for n in clause.measures)


def _level(statement: Statement) -> ClauseKind | None:
    """`NPS of 45`, `score > 4.5`, `500 qualified leads`."""
    clause, subject = statement.clause, statement.subject
    brought = predicates.brought(clause)
    if brought:
        return ClauseKind(OUTCOME, WORDED, (Sign("handled", brought), *measure_sign(clause)))
    if not _ON_AVERAGE.isdisjoint(clause.words) and clause.measures:
        return ClauseKind(OUTCOME, WORDED, measure_sign(clause))
    held = predicates.has_level(clause, statement.start)
    if held is not None:
        return ClauseKind(OUTCOME, WORDED, (metric_sign(clause, held),))
    if predicates.finished_at_once(clause, subject):
        return None
    if subject.is_metric and clause.measures and subject.is_level:
        return ClauseKind(HEALTH, WORDED, (Sign("level", (quoted(clause, subject),)),))
    if subject.is_metric and (clause.measures or subject.is_headed_by_metric):
        return ClauseKind(OUTCOME, WORDED, (metric_sign(clause, subject),))
    if subject.is_count and clause.measures and not _by_own_people(statement):
        return ClauseKind(OUTCOME, WORDED, (metric_sign(clause, subject),))
    finished = predicates.finished(clause, statement.start)
    money = any(number.unit in CURRENCIES for number in clause.measures)
    if money and (not finished or finished in HANDLED) and not subject.is_artefact:
        return ClauseKind(OUTCOME, WORDED, measure_sign(clause))
    in_time = "within" in clause.words and is_relative(clause) and not subject.is_artefact
    if in_time or (predicates.bounded(clause, subject) and not finished):
        return ClauseKind(OUTCOME, WORDED, measure_sign(clause))
    return None


def _by_own_people(statement: Statement) -> bool:
    """`two visits by our trainers`."""
    words, end = statement.clause.words, statement.subject.end
    by_whom = noun_phrase(words, end + 1) if words[end : end + 1] == ("by",) else statement.subject
    return by_whom.is_internal


def _finished(statement: Statement) -> ClauseKind | None:
    finished = predicates.finished(statement.clause, statement.start)
    return ClauseKind(OUTPUT, WORDED, (Sign("done", (finished,)),)) if finished else None


def _thing(statement: Statement) -> ClauseKind | None:
    """`is fast to open`, `risk register`, `certification of the ward`, `better signage`."""
    clause, subject = statement.clause, statement.subject
    felt = predicates.felt_state(clause)
    plain = felt in _NO_CHANGE or felt in clause.words[statement.start : subject.end]
    if felt and not (plain and subject.is_artefact):
        return ClauseKind(OUTCOME, WORDED, (Sign("felt", (felt,)),))
    early, later = clause.words[:3], clause.words[:7]
    examined = not EXAMINED.isdisjoint(early) and not _EXAMINED_BY.isdisjoint(later)
    named = next((word for word in clause.words[:_NAMED_EARLY] if word in GRANTED), "")
    if examined or (named and not subject.is_headed_by_metric and not _asks(subject)):
        return ClauseKind(MILESTONE, DEFAULT, (grant_sign(named or subject.head),))
    agreed = subject.head in AGREEMENTS and clause.measures
    if agreed or subject.head in GRANTED or subject.head in THINGS_GRANTED_BY_NAME:
        return ClauseKind(MILESTONE, DEFAULT, (grant_sign(subject.head),))
    if subject.is_artefact:
        return ClauseKind(OUTPUT, WORDED, (artefact_sign(clause, subject),))
    if subject.is_internal and is_relative(clause) and not BE.isdisjoint(clause.words):
        return ClauseKind(OUTCOME, DEFAULT, measure_sign(clause))
    if subject.is_internal:
        return ClauseKind(OUTPUT, DEFAULT, (Sign("own_activity"),))
    return _named(statement)


def _named(statement: Statement) -> ClauseKind | None:
    """A thing that our lists hold at most in part: `more trust`, `nicer office`, `planning`."""
    clause, subject = statement.clause, statement.subject
    metric = predicates.any_metric(clause)
    if metric and clause.measures:
        sign = Sign("metric", (metric,))
        return ClauseKind(OUTCOME, DEFAULT, (sign, *measure_sign(clause)))
    if subject.head in QUALITIES and not BE.isdisjoint(clause.words):
        return ClauseKind(OUTCOME, DEFAULT, (metric_sign(clause, subject),))
    first = clause.words[statement.start : statement.start + 1]
    if first and first[0] in _IN_OUR_EYES and not metric:  # better logs, nicer office
        return ClauseKind(OUTPUT, DEFAULT, (Sign("no_metric"),))
    more = "more" in clause.words[statement.start : statement.start + _SPOKEN_OF]
    if first and (more or first[0] in ADJECTIVES_OF_MORE) and not clause.measures:
        return ClauseKind(OUTCOME, DEFAULT, (Sign("felt", first),))
    activity = predicates.activity(subject)
    return ClauseKind(OUTPUT, DEFAULT, (Sign("activity", (activity,)),)) if activity else None


def _asks(subject: Phrase) -> bool:
    """`grant application`: what is handed in, not what is granted."""
    return not _ASKING.isdisjoint(subject.words) or not SUBMITTED.isdisjoint(subject.words)


def _own_deed(statement: Statement) -> ClauseKind | None:
    """`the team completes 90 % of its plan`, `each analyst writes a guide`."""
    words, place = statement.clause.words, statement.start
    while place < len(words) and words[place] in _EACH_OF:
        place += 1
    verb = VERBS.get(words[place + 1]) if place + 1 < len(words) else None
    if verb is None or verb.kind != "deliver" or words[place] not in INTERNALS:
        return None
    agrees = verb.form == ("base" if people.is_plural(words[place]) else "s")
    if not agrees or words[place + 1] in NOUNS_TOO or words[place + 1] in BEHAVES:
        return None
    return ClauseKind(OUTPUT, WORDED, (Sign("own_activity"),))


_EACH_OF = ARTICLES | word_set("all each every both members of")
_HOLDING = word_set("has have maintain maintains contain contains include includes hold holds")
_TESTS = (_granted, _dial, _holds, _moved, _of_people, _own_deed, _level, _finished, _thing)


def _fragment(statement: Statement) -> ClauseKind:
    """What is left: a threshold, a count, a thing that our lists do not hold."""
    clause, subject = statement.clause, statement.subject
    if clause.measures and (predicates.has_threshold(clause) or is_relative(clause)):
        return ClauseKind(OUTCOME, DEFAULT, measure_sign(clause))
    if len(clause.measures) > 1 and "in" in clause.words[: _SPOKEN_OF + 1]:  # 1 in 4 guests ...
        return ClauseKind(OUTCOME, DEFAULT, measure_sign(clause))
    artefact = predicates.any_artefact(clause)
    if artefact:
        return ClauseKind(OUTPUT, DEFAULT, (Sign("artefact", (artefact,)),))
    if clause.measures and subject.words:
        return ClauseKind(OUTPUT, DEFAULT, (Sign("counted", (quoted(clause, subject),)),))
    first = clause.words[statement.start : statement.start + 1] == ("first",)
    if first and subject.head in THIRD_PARTIES:  # first paying guests in May
        return ClauseKind(OUTCOME, DEFAULT, (metric_sign(clause, subject),))
    named = [word for word in clause.words if word[0].isalpha() and word not in ARTICLES]
    if len(named) < _SPOKEN_OF or predicates.slogan(clause):
        return ClauseKind(UNCLEAR, DEFAULT, (_NOTHING,))
    return ClauseKind(OUTPUT, DEFAULT, (_NOTHING,))
