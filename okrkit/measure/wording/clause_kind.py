"""What one clause of a key result claims: a change, a deliverable, a grant, a level to keep."""

from __future__ import annotations

from collections.abc import Callable

from okrkit.language.clauses import Clause, leading_verb
from okrkit.language.numbers import CURRENCIES
from okrkit.language.phrases import Phrase, noun_phrase
from okrkit.language.verbs import VERBS, Verb
from okrkit.language.words import (
    ADJECTIVES_OF_MORE,
    AGREEMENTS,
    BE,
    GRANTED,
    METRICS,
    NOUNS_TOO,
    PREPOSITIONS,
    QUALITIES,
    ROLES,
    word_set,
)

from . import grants, people, predicates
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
    is_share,
    measure_sign,
    metric_sign,
)
from .statements import judge_statement

_FINISHING = word_set("complete finish finalise execute negotiate conclude")
_FROM_WHOM = {("from",), ("by",), ("of",)}
_HELPING = word_set("help support enable empower encourage work provide allow assist")
_LESSENING = word_set("reduce decrease lower shrink halve minimise shorten lessen curb")
_ANSWERING = word_set(
    """respond resolve process handle answer address review close fix return reply triage"""
)
_WIDENING = word_set(
    """advance broaden cultivate deepen diversify expand foster mature optimise progress
    rationalise reinforce scale simplify solidify strengthen streamline"""
)
_FILLING = word_set("close land secure win complete make get")
_SEATS = word_set("hire hires position positions role roles vacancy vacancies")
_EXAMS = word_set("assessment inspection exam exams audit review test tests check")
_FOSTERING = word_set("foster cultivate nurture champion promote embrace")
_BRINGING = word_set("make deliver provide")
_BEGINNING = word_set("start begin commit")
_DIALS = METRICS | QUALITIES
_RELATIVE = word_set("who that which")
_LINKING = word_set("to that on with towards")
_SEEING_TO = word_set("ensure guarantee assure")
_TRAINING = Sign("training")
_NO_METRIC = Sign("no_metric")
_ARRIVING = word_set("achieve attain attract earn gain generate match reach realise win")
_WORDS_OF_WORK = 3
_GETTING = word_set("get have see")
_BEING = word_set("get have be become")
_FOREMOST = word_set("most best first number-one no.1 leading known recognised recognized foremost")
_CONFIRMING = word_set(
    "sponsor sponsors partner partners funder funders investor investors host hosts"
)
_HAVING = word_set("have has had")
_WINNING = word_set("add enlist enrol")
_FULL_TIME = word_set("full-time part-time full-timers salaried permanent")
_JOINING = word_set("establish form agree")
_SPARING = word_set("remove free")
_SPARED = word_set("hours minutes days time cost costs spend")
_ENDING = word_set("finish end close exit")
_PHRASAL = {
    ("close", "out"),
    ("close", "off"),
    ("meet", "with"),
    ("draw", "up"),
    ("turn", "on"),
    ("turn", "off"),
    ("reach", "out"),
}
_OPEN_WORK = word_set(
    """tickets ticket issues bugs defects requests complaints cases enquiries findings gaps actions
    tasks alerts vulnerabilities incidents"""
)


def judge_clause(clause: Clause) -> ClauseKind:
    """The kind of `clause`, judged by itself."""
    verb, start = _verb_of(clause)
    if verb is None:
        return judge_statement(clause, start)
    led = Sign(f"{verb.kind}_verb", (clause.tokens[start - 1].text,))
    return _BY_VERB[verb.kind](clause, start, led)


def _verb_of(clause: Clause) -> tuple[Verb | None, int]:
    """The leading verb, unless it is the first word of a name (`review time below 2 days`)."""
    verb, start = leading_verb(clause.words)
    if verb is None or verb.kind == "change":
        return verb, start
    if verb.form == "ing" and _is_somebody(clause, start) and predicates.acts_on_us(clause, start):
        return None, start - 1
    if clause.words[start : start + 1] and clause.words[start] in _DIALS and clause.measures:
        phrase = noun_phrase(clause.words, start - 1)
        at_once = clause.place(clause.measures[0]) == phrase.end
        if verb.kind == "deliver" and (at_once or predicates.changes(clause, phrase)):
            return None, start - 1
    perfect = verb.form == "ed" and not _HAVING.isdisjoint(clause.words[: start - 1])
    if not perfect and (clause.words[start - 1] in NOUNS_TOO or verb.form != "base"):
        return (None, start - 1) if _names(clause, start - 1) else (verb, start)
    return verb, start


def _names(clause: Clause, start: int) -> bool:
    """Whether the verb-like word at `start` begins a name of which something is said."""
    phrase = noun_phrase(clause.words, start)
    if predicates.finished_at_once(clause, phrase) or grants.granted_state(clause):
        return True
    if people.takes_up(clause, phrase.end) or predicates.labelled(clause):
        return True
    if (
        people.is_plural(clause.words[start])
        and clause.measures
        and predicates.moved(clause, start)
    ):
        return True
    if clause.words[start] in GRANTED and clause.words[start + 1 : start + 2] in _FROM_WHOM:
        return True
    used = people.third_party_use(clause) or people.own_people_behave(clause)
    somebody = _is_somebody(clause, start + 1) and _RELATIVE.isdisjoint(clause.words)
    if used and somebody and used.words[0] in clause.words[start + 1 : start + 3]:
        return True
    if clause.words[phrase.end : phrase.end + 1] and clause.words[phrase.end] in BE:
        return True
    than = clause.words.index("than") if "than" in clause.words else 0
    compares = than > start + 1 and clause.words[than - 1] in ADJECTIVES_OF_MORE
    if compares and clause.measures and clause.words[start + 1] in PREPOSITIONS:
        return clause.words[start] in NOUNS_TOO
    if len(phrase.words) == 1 or not clause.measures:
        return False
    if phrase.head in AGREEMENTS and clause.words[start] in NOUNS_TOO:
        return True
    return phrase.is_metric or predicates.says_more(clause, phrase)


def _is_somebody(clause: Clause, place: int) -> bool:
    return not people.PEOPLE.isdisjoint(clause.words[place : place + 1])


def _change(clause: Clause, start: int, led: Sign) -> ClauseKind:
    if clause.words[start : start + 1] in {("in",), ("of",)}:  # increase in …
        start += 1
    phrase = _aim(clause, start)
    if led.words[0].casefold() == "raise" and grants.raises_capital(clause.words):
        return ClauseKind(MILESTONE, FIRM, (led, Sign("accepts")))
    if phrase.is_metric or phrase.is_count:
        return ClauseKind(OUTCOME, FIRM, (led, metric_sign(clause, phrase)))
    less = VERBS[led.words[0].casefold()].base in _LESSENING
    if phrase.is_artefact and not less and not is_share(clause):
        return ClauseKind(OUTPUT, WORDED, (led, artefact_sign(clause, phrase)))
    if not phrase.words and not clause.measures:
        return ClauseKind(UNCLEAR, DEFAULT, (led, _NO_METRIC))
    return ClauseKind(OUTCOME, WORDED, (led, *measure_sign(clause)))


def _aim(clause: Clause, start: int) -> Phrase:
    """What a verb of change is said of: its object, or `grow the letter to 900 readers`: those."""
    phrase = noun_phrase(clause.words, start)
    if not phrase.is_artefact or clause.words[phrase.end : phrase.end + 1] != ("to",):
        return phrase
    arrives = noun_phrase(clause.words, phrase.end + 1)
    return arrives if arrives.is_count or arrives.is_headed_by_metric else phrase


def _improve(clause: Clause, start: int, led: Sign) -> ClauseKind:
    phrase = _aim(clause, start)
    if VERBS[clause.words[start - 1]].base in _FOSTERING and not clause.measures:
        return ClauseKind(OUTPUT, DEFAULT, (led, _NO_METRIC))
    if phrase.is_metric or phrase.is_count:
        return ClauseKind(OUTCOME, FIRM, (led, metric_sign(clause, phrase)))
    if is_relative(clause) or (clause.measures and not phrase.is_artefact):
        return ClauseKind(OUTCOME, WORDED, (led, *measure_sign(clause)))
    if phrase.is_artefact:
        return ClauseKind(OUTPUT, WORDED, (led, artefact_sign(clause, phrase)))
    if not phrase.words:
        return ClauseKind(UNCLEAR, DEFAULT, (led, _NO_METRIC))
    widens = VERBS[clause.words[start - 1]].base in _WIDENING
    return ClauseKind(OUTPUT if widens else OUTCOME, DEFAULT, (led, _NO_METRIC))


def _reach(clause: Clause, start: int, led: Sign) -> ClauseKind:
    base = VERBS[clause.words[start - 1]].base
    phrase = noun_phrase(clause.words, start)
    yes = _yes_of_others(clause, start, base, phrase)
    if yes is not None:
        return ClauseKind(MILESTONE, FIRM, (led, yes))
    if predicates.internal_training(clause):
        return ClauseKind(OUTPUT, FIRM, (led, _TRAINING))
    own = _own_work(clause, start, phrase)
    if own is not None:
        return ClauseKind(OUTPUT, FIRM, (led, *own))
    if phrase.is_metric or (phrase.is_count and not phrase.is_internal):
        return ClauseKind(OUTCOME, FIRM, (led, metric_sign(clause, phrase)))
    used = people.third_party_use(clause)
    if used:
        return ClauseKind(OUTCOME, FIRM, (led, used))
    if base == "be" and not _FOREMOST.isdisjoint(clause.words):
        return ClauseKind(OUTCOME, DEFAULT, (led,))
    if phrase.is_artefact and not (is_relative(clause) or predicates.pressed(clause, phrase)):
        return ClauseKind(OUTPUT, WORDED, (led, artefact_sign(clause, phrase)))
    return _reach_without_object(clause, base, led)


def _yes_of_others(clause: Clause, start: int, base: str, phrase: Phrase) -> Sign | None:
    """`get the patch approved`, `secure a sponsor`, `pass the exam`, `sign the lease`."""
    granted = grants.granted_object(clause, start)
    if (base in _GETTING or base == "be") and not granted:
        granted = grants.granted_state(clause)
    if base in _BEING and not granted and not is_relative(clause):
        granted = grants.said_yes(clause, start)
    if granted:
        return grant_sign(granted)
    accepted = (
        (base == "secure" and phrase.head in _CONFIRMING)
        or (base == "close" and grants.raises_capital(clause.words))
        or (base == "onboard" and not _FULL_TIME.isdisjoint(clause.words))
        or (base in _FILLING and phrase.head in _SEATS)
        or (base == "pass" and phrase.head in _EXAMS)
    )
    if base == "sign" and clause.words[start : start + 1] not in {("up",), ("in",), ("off",)}:
        return Sign("signs")
    return Sign("accepts") if accepted else None


def _own_work(clause: Clause, start: int, phrase: Phrase) -> tuple[Sign, ...] | None:
    """What shows that a verb of arrival means own work here: `close 9 tickets`, `draw up`."""
    base, following = VERBS[clause.words[start - 1]].base, clause.words[start : start + 1]
    if base == "close" and phrase.head in _OPEN_WORK and not is_relative(clause):
        return (Sign("own_work", (phrase.head,)),)
    paid = any(number.unit in CURRENCIES for number in clause.measures)
    if paid or predicates.pressed(clause, phrase):
        return None
    if base in _GETTING:
        if phrase.is_artefact and not is_relative(clause) and people.is_untold(clause, phrase):
            return (artefact_sign(clause, phrase),)
        made = predicates.automated(clause, start)
        return (Sign("done", (made,)),) if made else None
    if (base, *following) in _PHRASAL:
        return ()
    if base == "onboard" and (phrase.is_internal or not phrase.is_count):
        return ()
    return None


def _reach_without_object(clause: Clause, base: str, led: Sign) -> ClauseKind:
    metric = predicates.any_metric(clause)
    if base in {"become", "rank"} or (base == "break" and "even" in clause.words):
        return ClauseKind(OUTCOME, DEFAULT, (led,))
    if metric and clause.measures:
        return ClauseKind(OUTCOME, WORDED, (led, Sign("metric", (metric,)), *measure_sign(clause)))
    if clause.measures:
        return ClauseKind(OUTCOME, WORDED, (led, *measure_sign(clause)))
    if base in _ARRIVING or len(clause.words) < _WORDS_OF_WORK:
        return ClauseKind(UNCLEAR, DEFAULT, (led, _NO_METRIC))
    return ClauseKind(OUTPUT, DEFAULT, (led, _NO_METRIC))


def _keep(clause: Clause, start: int, led: Sign) -> ClauseKind:
    phrase = noun_phrase(clause.words, start)
    if phrase.is_artefact and not is_relative(clause):
        return ClauseKind(OUTPUT, WORDED, (led, artefact_sign(clause, phrase)))
    if VERBS[clause.words[start - 1]].base == "hold" and not phrase.is_metric:
        return ClauseKind(OUTPUT, WORDED, (led,))
    if phrase.is_metric or phrase.is_count:
        return ClauseKind(HEALTH, FIRM, (led, metric_sign(clause, phrase)))
    return ClauseKind(HEALTH, WORDED, (led, *measure_sign(clause)))


def _grant(clause: Clause, start: int, led: Sign) -> ClauseKind:
    phrase = noun_phrase(clause.words, start)
    if phrase.is_artefact:
        return ClauseKind(OUTPUT, WORDED, (led, artefact_sign(clause, phrase)))
    return ClauseKind(MILESTONE, FIRM, (led, Sign("accepts")))


def _carry(clause: Clause, start: int, led: Sign) -> ClauseKind:
    """`ensure`, `continue to`, `deliver`: what follows decides."""
    base = VERBS[clause.words[start - 1]].base
    if base == "work" and clause.words[start : start + 1] == ("with",):
        return ClauseKind(OUTPUT, WORDED, (led,))
    rest = _after_carrying(clause, start)
    if not rest.words:
        return ClauseKind(UNCLEAR, DEFAULT, (led, _NO_METRIC))
    phrase = noun_phrase(rest.words, 0)
    carried = _carried(rest, phrase, base, led)
    if carried is not None:
        return carried
    kept = predicates.kept(rest, 0)
    if kept and (phrase.is_metric or rest.measures):
        return ClauseKind(HEALTH, WORDED, (led, Sign("kept", (kept,))))
    granted = grants.granted_state(rest)
    if granted:
        return ClauseKind(MILESTONE, WORDED, (led, grant_sign(granted)))
    if leading_verb(rest.words)[0] is None:
        if phrase.is_artefact:
            return ClauseKind(OUTPUT, WORDED, (led, artefact_sign(rest, phrase)))
        if base in _SEEING_TO and phrase.is_metric:
            return ClauseKind(OUTCOME, WORDED, (led, metric_sign(rest, phrase)))
    inner = judge_clause(rest)
    if inner.kind == UNCLEAR:
        return ClauseKind(OUTPUT, WORDED, (led,))
    return ClauseKind(inner.kind, WORDED, (led, *inner.signs))


def _carried(rest: Clause, phrase: Phrase, base: str, led: Sign) -> ClauseKind | None:
    """`provide 3 sessions`, `start two groups`, `confirm 4 sponsors`, `help members find …`."""
    if base in _BRINGING and phrase.is_count and not phrase.is_metric:
        return ClauseKind(OUTPUT, WORDED, (led,))
    if base in _BEGINNING and leading_verb(rest.words)[0] is None and not phrase.is_metric:
        return ClauseKind(OUTPUT, WORDED, (led,))
    hired = base == "make" and phrase.head in _SEATS
    if hired or (base == "confirm" and phrase.head in grants.WHO_CONFIRMS):
        return ClauseKind(MILESTONE, WORDED, (led, Sign("accepts")))
    if base in _HELPING and (phrase.is_count or phrase.is_internal):
        used = people.third_party_use(rest)
        return ClauseKind(OUTCOME, WORDED, (used,)) if used else ClauseKind(OUTPUT, WORDED, (led,))
    return None


def _after_carrying(clause: Clause, start: int) -> Clause:
    """What follows `continue to`, `help ensure that` and the like."""
    words = clause.words
    while start < len(words):
        verb = VERBS.get(words[start])
        if words[start] not in _LINKING and (verb is None or verb.kind != "carry"):
            break
        start += 1
    return Clause.of(clause.tokens[start:], clause.numbers, clause.link)


def _deliver(clause: Clause, start: int, led: Sign) -> ClauseKind:
    base = VERBS[clause.words[start - 1]].base
    phrase = noun_phrase(clause.words, start)
    granted = grants.granted_object(clause, start)
    joined = base in _JOINING and phrase.head in AGREEMENTS and clause.measures
    if granted and (base in _FINISHING or joined):
        return ClauseKind(MILESTONE, WORDED, (led, grant_sign(granted)))
    if base in {"source", "produce"} and phrase.is_metric and clause.measures:
        return ClauseKind(OUTCOME, WORDED, (led, metric_sign(clause, phrase)))
    if base in {"collect", "gather"} | _WINNING and phrase.is_count and clause.measures:
        return ClauseKind(OUTCOME, WORDED, (led, metric_sign(clause, phrase)))
    if base in _SPARING and phrase.head in _SPARED and clause.measures:
        return ClauseKind(OUTCOME, WORDED, (led, *measure_sign(clause)))
    if base in _ENDING and "with" in clause.words[start : start + 4] and clause.measures:
        return ClauseKind(OUTCOME, WORDED, (led, *measure_sign(clause)))
    if base in _ANSWERING and clause.measures and _in_time(clause):
        return ClauseKind(OUTCOME, WORDED, (led, *measure_sign(clause)))
    if base == "fill" and ROLES.intersection(phrase.words):
        return ClauseKind(MILESTONE, FIRM, (led, Sign("accepts")))
    if phrase.is_artefact:
        return ClauseKind(OUTPUT, FIRM, (led, artefact_sign(clause, phrase)))
    return ClauseKind(OUTPUT, FIRM, (led,))


def _in_time(clause: Clause) -> bool:
    """`within a day`, `in 30 seconds`, `under 2 hours`."""
    if "within" in clause.words:
        return True
    places = [clause.place(number) for number in clause.measures]
    return any(clause.words[place - 1] in {"in", "under", "inside"} for place in places if place)


_BY_VERB: dict[str, Callable[[Clause, int, Sign], ClauseKind]] = {
    "change": _change,
    "improve": _improve,
    "reach": _reach,
    "keep": _keep,
    "grant": _grant,
    "carry": _carry,
    "deliver": _deliver,
}
