"""What a key result gives for its rewrite: its slots, what it starts from, what it keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from okrkit.language.clauses import Clause, leading_verb, split_clauses
from okrkit.language.numbers import CURRENCIES, MEASURES, find_numbers
from okrkit.language.phrases import changes_rhythm
from okrkit.language.slots import Slots, find_slots
from okrkit.language.tokens import tokenise
from okrkit.language.verbs import VERBS, Verb
from okrkit.language.words import BE, word_set
from okrkit.measure.wording import HEALTH, MILESTONE, OUTCOME, OUTPUT, Reading, word_key_result

from .library import topic_of

_TEXTS_KEPT = 64
_DOING, _REACH = word_set("that which"), 5
_BRINGING_IN = word_set("attract book earn gain generate get onboard receive sell sign win")
_SOLD = word_set("acv arr booking bookings mrr quota tcv")
_GROWING = word_set("boost expand grow improve increase lift raise")
_TODAY = word_set("currently today now")
_AFTER_A_START = word_set("by before until in this during while whilst without , ; . ( )")
_WISHING = word_set("i we want wish hope need aim plan would like our my goal objective is will")
_BETWEEN = word_set(
    """from to by at of the a an our its in on until before below above under over than more less
    least most within end currently today now is are be"""
)
_NAMED = frozenset({"metric", "metric_target", "count", "count_target"})
_ACTS_OF_OTHERS = word_set(
    "bookings downloads enquiries installs leads orders registrations sales sign-ups subscriptions"
)
_MOVING = frozenset({"change", "improve", "reach", "carry"})


#: a text is asked about again and again while it is judged
reading_of = lru_cache(maxsize=_TEXTS_KEPT)(word_key_result)


def slots_of(text: str) -> Slots:
    """The slots of `text`; its only number is the baseline where the text says so.

    Where no word says which way, its numbers do.

    >>> slots_of("Raise NPS from 32").baseline, slots_of("Raise NPS from 32").target
    ('32', '')
    """
    slots = find_slots(text)
    verb = leading_verb(_words(text))[0]
    if verb is None and slots.baseline and slots.target and not slots.direction:
        return replace(slots, direction=_way(text))
    if not says_start_only(text):
        return slots
    metric = " ".join(word for word in slots.metric.split() if word.casefold() not in _TODAY)
    return replace(slots, baseline=slots.target, target="", metric=metric.rstrip(" ,;:("))


def _words(text: str) -> list[str]:
    return [token.word for token in tokenise(text)]


def _way(text: str) -> str:
    """Which way the numbers of `text` themselves go."""
    values = {number.role: number.value for number in reversed(find_numbers(text))}
    start, goal = values.get("baseline"), values.get("target")
    if start is None or goal is None or start == goal:
        return ""
    return "up" if goal > start else "down"


@dataclass(frozen=True)
class Parts:
    """A text by what its clauses are for."""

    core: str  #: the outcome; "" where no clause is one by itself
    works: tuple[str, ...] = ()  #: what is done for it
    others: tuple[str, ...] = ()  #: further targets
    guard: str = ""  #: with the word that joins it


@lru_cache(maxsize=_TEXTS_KEPT)
def parts_of(text: str) -> Parts:
    """The clauses of `text`, by what they are for.

    >>> parts = parts_of("Migrate the archive and cut build time from 9 to 4 minutes")
    >>> parts.core, parts.works
    ('Cut build time from 9 to 4 minutes', ('Migrate the archive',))
    """
    for joiner in (", ", " with ", " w/ "):  # move the archive, build time 20 to 8 minutes
        head, found, tail = text.rpartition(joiner)
        fits = _is_measured_outcome(tail) and (joiner == ", " or _names_figure(tail))
        if found and fits and reading_of(head).kind == OUTPUT:
            return Parts(_sentence(tail), (head,))
    clauses = [one for one in split_clauses(text) if one.link != "aside"]
    said = [_sentence(text[one.tokens[0].start : one.tokens[-1].end]) for one in clauses]
    kinds = ["" if one.link == "guard" else reading_of(words).kind
             for one, words in zip(clauses, said, strict=True)]  # fmt: skip
    outcomes = [at for at, kind in enumerate(kinds) if kind == OUTCOME]
    measured = [at for at in outcomes if clauses[at].measures]
    if not outcomes:
        return Parts("")
    core = (measured or outcomes)[0]
    if not any(kinds[:core] + kinds[core + 1 :]):  # alone: with what stands in brackets
        said[core] = without_guard(text)
    at_work = [at for at, one in enumerate(clauses) if one.link == "means" or kinds[at] == OUTPUT]
    kept_too = [at for at, kind in enumerate(kinds) if kind == HEALTH]
    joined = [guard_of(text, clauses[at]) for at, kind in enumerate(kinds) if not kind]
    joined += [kept(said[at], is_said=False) for at in kept_too]
    return Parts(
        said[core],
        tuple(said[at] for at in at_work if at != core),
        tuple(said[at] for at in measured if at not in {core, *at_work}),
        ", ".join(joined),
    )


def _is_measured_outcome(text: str) -> bool:
    reading = reading_of(text)
    return reading.kind == OUTCOME and reading.has_number


def _names_figure(text: str) -> bool:
    """Whether a figure is named: `4.5 star rating`; `tested with 10 users` says with whom."""
    return any(
        "metric" in piece.rule or not _ACTS_OF_OTHERS.isdisjoint(piece.words)
        for piece in reading_of(text).evidence
    )


def covers(text: str, slots: Slots) -> bool:
    """Whether the slots hold all that `text` says: not so in `raise sales to 5m in Peru`.

    Nor in `cut scrap by a third`: where a number is a word, the sentence stays.
    """
    if any(given.isalpha() for given in (slots.baseline, slots.target, slots.change)):
        return False
    clause = split_clauses(text)[0]
    verb, start = leading_verb(clause.words)
    rest = text[clause.tokens[start - 1].end :] if verb else text
    for given in (slots.metric, slots.baseline, slots.target, slots.change, slots.by):
        rest = rest.replace(given, " ", 1)
    return {token.word for token in tokenise(rest) if token.kind != "mark"} <= _BETWEEN


def is_timed(text: str) -> bool:
    """Whether `text` runs from an event of its own: `within 60 days of launch`."""
    words = _words(text)
    ends = [words[at + 3 : at + 4] for at, word in enumerate(words) if word == "within"]
    return ["of"] in ends or ["after"] in ends


def _sentence(said: str) -> str:
    """With a capital, unless its first word has one of its own: `eNPS`, `iOS`."""
    first = said.partition(" ")[0]
    return said if first != first.lower() else said[:1].upper() + said[1:]


def says_start_only(text: str) -> bool:
    """Whether the only number of `text` says where it stands.

    >>> says_start_only("Raise NPS from 32"), says_start_only("Win 9 clients from 4 lists")
    (True, False)
    """
    measures = [number for number in find_numbers(text) if number.role in MEASURES]
    if len(measures) != 1:
        return False
    tokens, number = tokenise(text), measures[0]
    before = [token.word for token in tokens if token.end <= number.start][-2:]
    after = [token.word for token in tokens if token.start >= number.end][:2]
    if not _TODAY.isdisjoint(before + after):
        return True
    return before[-1:] == ["from"] and _AFTER_A_START.issuperset(after[:1])


def moves(clause: Clause, slots: Slots, reading: Reading) -> bool:
    """Whether the metric is a noun that can be moved: not so in `answer all within 24 hours`."""
    if not slots.metric or slots.direction not in {"up", "down"}:
        return bool(slots.metric and slots.baseline and not slots.target)
    verb, _ = leading_verb(clause.words)
    if not BE.isdisjoint(slots.metric.casefold().split()):
        return False
    if verb is None:
        told = bool(slots.baseline and slots.target)
        return told or any(piece.rule in _NAMED for piece in reading.evidence)
    return verb.kind in _MOVING


def guard_of(text: str, clause: Clause) -> str:
    """A guard as it is written, with the word that joins it: `without raising cost above 9 %`."""
    start = clause.tokens[0].start
    joiner = text[:start].split()[-1].casefold()
    return f"{joiner} {text[start : clause.tokens[-1].end]}"


def without_guard(text: str) -> str:
    """`text` up to its guard.

    >>> without_guard("Cut the wait to 8 minutes, while keeping cost at 9 %")
    'Cut the wait to 8 minutes'
    """
    guard = next((one for one in split_clauses(text) if one.link == "guard"), None)
    if guard is None:
        return text.rstrip(" .")
    return text[: guard.tokens[0].start].rstrip().rpartition(" ")[0].rstrip(" ,;")


def kept(text: str, *, is_said: bool) -> str:
    """A level to be kept as the guard of another key result; `is_said`: it has a verb of its own.

    >>> kept("Keep uptime at 99.9 %", is_said=False), kept("CSAT stays above 9", is_said=True)
    ('while keeping uptime at 99.9 %', 'while CSAT stays above 9')
    """
    first, _, rest = text.rstrip(" .").partition(" ")
    verb = VERBS.get(first.casefold())
    if verb is not None and verb.kind == "keep" and verb.form == "base":
        ing = Verb(verb.kind, verb.base, "ing")
        return f"while {next(word for word, one in VERBS.items() if one == ing)} {rest}"
    said = inside(text.rstrip(" ."))
    return f"while {said}" if is_said else f"while keeping {said}"


def inside(said: str) -> str:
    """What began a sentence, as it is written inside one.

    >>> inside("Employee engagement"), inside("NPS")
    ('employee engagement', 'NPS')
    """
    first = said.partition(" ")[0]
    return said if first[1:] != first[1:].lower() else said[:1].lower() + said[1:]


def wishes(text: str) -> bool:
    """Whether `text` begins with a wish: `we want to improve service`."""
    words = _words(text)
    return "to" in words[1:] and _WISHING.issuperset(words[: words.index("to")])


def says_rhythm(text: str) -> bool:
    """Whether `text` says from which rhythm to which: a change that needs no number.

    >>> says_rhythm("Billing from monthly to weekly"), says_rhythm("Weekly billing")
    (True, False)
    """
    return changes_rhythm(_words(text))


def needs_no_start(text: str) -> bool:
    """Whether no start is missing: a quota of sales, a saving, a rhythm that says its own.

    >>> [needs_no_start(one) for one in ("Close €1.2m in new bookings", "Save 40k in Ulm")]
    [True, True]
    >>> [needs_no_start(one) for one in ("Cut cost to €9k", "Grow ARR to 5m")]
    [False, False]
    """
    words = _words(text)
    verb = leading_verb(words)[0]
    if says_rhythm(text) or (verb is not None and verb.base == "save"):
        return True
    if verb is not None and verb.base in _GROWING:
        return False
    money = any(number.unit in CURRENCIES for number in find_numbers(text))
    return not _SOLD.isdisjoint(words) or (money and topic_of(text).function == "sales")


def effect_behind(text: str) -> bool:
    """Whether the first number of a deliverable is of what it does, and not of the work.

    >>> effect_behind("Launch a chatbot that answers 25 % of questions")
    True
    >>> effect_behind("Publish a guide with 12 chapters")
    False
    """
    clause = next((one for one in split_clauses(text) if one.measures), None)
    if clause is None:
        return False
    number = clause.measures[0]
    if number.role == "baseline":
        return True
    place = clause.place(number)
    behind = clause.words[max(0, place - _REACH) : place]
    return bool(number.unit) and not _DOING.isdisjoint(behind)


def is_paired(text: str) -> bool:
    """Whether a yes from others stands beside what it is for: then both are one key result.

    >>> [is_paired(f"Pass the audit {more}") for more in ("and win 5 shops", "and hire a cook")]
    [True, False]
    """
    granted = reading_of(text).kind == MILESTONE
    return granted and bool(parts_of(text).core)


def counts_others(text: str) -> bool:
    """Whether a count of what others bring is the target: 9 clients won, 500 registrations.

    >>> [counts_others(one) for one in ("Win 9 clients", "Raise NPS to 40", "Win 9 % more clients")]
    [True, False, False]
    """
    reading = reading_of(text)
    led = leading_verb(_words(text))[0]
    counted = any(piece.rule == "count_target" for piece in reading.evidence)
    if led is not None and led.kind == "change":  # double the members: from today's
        return False
    brings = led is not None and led.base in _BRINGING_IN
    plain = not any(number.unit for number in find_numbers(text) if number.role in MEASURES)
    return plain and (counted or brings)
