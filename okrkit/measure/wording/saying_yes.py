"""Sentences in which somebody outside says yes: `two banks accept`, `the jury shortlists us`."""

from __future__ import annotations

from okrkit.language.clauses import Clause
from okrkit.language.words import (
    APPROVERS,
    ARTEFACTS,
    GRANTS,
    INTERNALS,
    ONLY_OTHERS_GRANT,
    PARTIES,
    PREPOSITIONS,
    THIRD_PARTIES,
    word_set,
)

from .people import is_plural

OUTSIDE_PARTIES = (
    (THIRD_PARTIES - word_set("deals orders everyone issues incidents")) | PARTIES | APPROVERS
)
#: verbs of a yes to us, where they stand before `us` or `our`
_CHOOSES = word_set(
    """accepts admits appoints awards backs certifies chooses classifies funds gives grants invites
    lends lets licenses lists names picks promotes puts rates recognises recognizes selects
    shortlists upgrades"""
)
#: what a few named parties do once and for all; of many of them it is what people do
_ONCE = word_set("cite commit extend join match offer place put renew say")
#: without one of these nobody says yes
YES_WORDS = GRANTS | _CHOOSES | _ONCE
_FEW = 5
_NO_YES_AFTER = {(), ("up",), ("in",), ("off",), ("on",), ("out",), ("that",), ("for",)}
_YES_BY_ITSELF = word_set("signs sign agrees approves consents accept accepts renew renews")
_US = frozenset({"us", "our"})
_OURS = INTERNALS | ARTEFACTS
_SUBJECT_MAX = 6
_WORDS_BEFORE = 8


def party_says_yes(clause: Clause) -> str:
    """The verb by which somebody outside says yes, or nothing."""
    words = clause.words
    for place, word in enumerate(words[:_WORDS_BEFORE]):
        following = words[place + 1] if place + 1 < len(words) else ""
        if not place or following in GRANTS:  # the state fund approves
            continue
        if _is_yes(words, place) and _agrees(words, place) and _is_said_by(clause, place):
            return word
        chosen = word in _CHOOSES and following in _US
        if chosen and _subject(words, place) not in _OURS:
            return f"{word} {following}"
    return ""


def _is_yes(words: tuple[str, ...], place: int) -> bool:
    """Whether a verb of granting stands here, as one: `signs the lease`, not `signs up`."""
    word, after = words[place], words[place + 1 : place + 2]
    if word not in GRANTS and word not in _ONCE:
        return False
    if word.startswith("commit") and after != ("to",):
        return False
    if word in {"sign", "signs"} and after == ("off",):
        return True
    return after not in _NO_YES_AFTER or (not after and word in _YES_BY_ITSELF)


def _agrees(words: tuple[str, ...], place: int) -> bool:
    """`the banks fund`, `the bank funds`; in `the lottery fund` nobody does anything."""
    if words[place].endswith("s"):
        return True
    return is_plural(_subject(words, place)) or "and" in words[:place]


def _is_said_by(clause: Clause, place: int) -> bool:
    """Whether whoever says it is outside: a party we know, or a verb that only others have."""
    word, head = clause.words[place], _subject(clause.words, place)
    if not head:
        return False
    known = head in OUTSIDE_PARTIES or f"{head}s" in OUTSIDE_PARTIES
    many = not clause.measures or (clause.measures[0].value or 0) > _FEW
    if word in _ONCE and many and (clause.measures or word not in GRANTS):
        return False
    return known or (word in ONLY_OTHERS_GRANT and head not in _OURS)


def _subject(words: tuple[str, ...], place: int) -> str:
    """The head of what stands before the verb: `bank` in `the bank of the county accepts`."""
    subject = [word for word in words[:place] if word[0].isalpha()]
    end = next((n for n, word in enumerate(subject) if word in PREPOSITIONS), len(subject))
    return subject[end - 1] if 0 < end <= _SUBJECT_MAX else ""
