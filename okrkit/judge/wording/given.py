"""What a key result gives for its rewrite: its slots, what it starts from, what it keeps."""

from __future__ import annotations

from dataclasses import replace

from okrkit.language.clauses import Clause, leading_verb
from okrkit.language.numbers import MEASURES, find_numbers
from okrkit.language.slots import Slots, find_slots
from okrkit.language.tokens import tokenise
from okrkit.language.verbs import VERBS, Verb
from okrkit.language.words import BE, word_set
from okrkit.measure.wording import Reading

_TODAY = word_set("currently today now")
_AFTER_A_START = word_set("by before until in this during while whilst without , ; . ( )")
_WISHING = word_set("i we want wish hope need aim plan would like our my goal objective is will")
_JOINERS = ("while", "whilst", "without")
_NAMED = frozenset({"metric", "metric_target", "count", "count_target"})
_MOVING = frozenset({"change", "improve", "reach", "carry"})


def slots_of(text: str) -> Slots:
    """The slots of `text`; its only number is the baseline where the text says so.

    >>> slots_of("Raise NPS from 32").baseline, slots_of("Raise NPS from 32").target
    ('32', '')
    """
    slots = find_slots(text)
    if not says_start_only(text):
        return slots
    metric = " ".join(word for word in slots.metric.split() if word.casefold() not in _TODAY)
    return replace(slots, baseline=slots.target, target="", metric=metric.rstrip(" ,;:("))


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
        return any(piece.rule in _NAMED for piece in reading.evidence)
    return verb.kind in _MOVING


def guard_of(text: str, slots: Slots) -> str:
    """The guard as it is written, with the word that joins it: `without raising cost above 9 %`."""
    before = text[: text.find(slots.guard)].split() if slots.guard else []
    return f"{before[-1].casefold()} {slots.guard}" if before else ""


def without_guard(text: str, slots: Slots) -> str:
    """`text` up to its guard.

    >>> text = "Cut the wait to 8 minutes, while keeping cost at 9 %"
    >>> without_guard(text, find_slots(text))
    'Cut the wait to 8 minutes'
    """
    if not slots.guard:
        return text.rstrip(" .")
    before = text[: text.find(slots.guard)].rstrip()
    joiner = before.split()[-1] if before.split() else ""
    return before.removesuffix(joiner).rstrip(" ,;") if joiner.casefold() in _JOINERS else before


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
    tokens = tokenise(said)
    return said if not tokens else tokens[0].text + said[tokens[0].end :]


def wishes(text: str) -> bool:
    """Whether `text` begins with a wish: `we want to improve service`."""
    words = [token.word for token in tokenise(text)]
    return "to" in words[1:] and _WISHING.issuperset(words[: words.index("to")])
