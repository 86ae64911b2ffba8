"""The noun phrases of a clause, and what their heads are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from .verbs import NOUN_FORMS, VERBS, Verb
from .words import (
    ARTEFACTS,
    ARTICLES,
    BE,
    CHANGE_NOUNS,
    COMPARATIVES,
    COUNTING,
    INTERNALS,
    JOINERS,
    LEVELS,
    METRICS,
    PREPOSITIONS,
    QUALITIES,
    THIRD_PARTIES,
    THIRD_PARTY_COUNTS,
    TIMED,
    word_set,
)

_PHRASES_KEPT = 64  # one clause asks for the same few again and again
_ENDING = PREPOSITIONS | BE
_NO_NOUN = COMPARATIVES | JOINERS
_ORDER = frozenset({"first", "another", "additional", "extra", "further", "last", "next"})
_MOVED = frozenset({"from", "to", "by"})
_RHYTHMS = word_set(
    "hourly daily weekly bi-weekly biweekly fortnightly monthly quarterly yearly annually"
)
_INSIDE = frozenset("-/%'+\"=<>≤≥~")


class Phrase(NamedTuple):
    """A noun phrase: its words, their places in the clause, and the head that says what it is."""

    words: tuple[str, ...]
    places: tuple[int, ...]
    end: int  #: the place after it
    head: str = ""

    @property
    def is_timed(self) -> bool:
        """`response time`, `run time`, `time to hire`."""
        if self.head.startswith("time-to-"):
            return True
        return self.head in {"time", "times", "days"} and any(w in TIMED for w in self.words[:-1])

    @property
    def is_artefact(self) -> bool:
        """Something a team makes, does or holds: its head is `handbook`, `workshop` ..."""
        return _known(self.head, ARTEFACTS) and not _known(self.head, METRICS)

    @property
    def is_metric(self) -> bool:
        """Something that can be read off a dial, or a quality that can be felt."""
        if self.is_timed or _known(self.head, METRICS):
            return True
        if self.is_artefact:
            return False
        if _known(self.head, QUALITIES) or not METRICS.isdisjoint(self.words):
            return True
        return any("-" in word and _known(word, METRICS) for word in self.words)

    @property
    def is_headed_by_metric(self) -> bool:
        """A metric by its head alone, as `renewal rate`, unlike `sales section`."""
        return self.is_timed or _known(self.head, METRICS)

    @property
    def is_count(self) -> bool:
        """Things whose number others decide: leads, subscribers, visitors."""
        if "active" in self.words[:-1] and self.head.endswith("s"):  # monthly active anything
            return True
        return _known(self.head, THIRD_PARTY_COUNTS) and not self.is_artefact

    @property
    def is_internal(self) -> bool:
        """People inside the house."""
        return _known(self.head, INTERNALS) or "team" in self.words

    @property
    def is_level(self) -> bool:
        """A level usually kept rather than moved: uptime, an SLA, CSAT."""
        return any(word in LEVELS for word in self.words)


def changes_rhythm(words: Sequence[str]) -> bool:
    """Whether one rhythm gives way to another: no number, and yet it settles what is meant.

    >>> [changes_rhythm(text.split()) for text in ("bill from monthly to weekly", "bill weekly")]
    [True, False]
    """
    return any(
        first in _RHYTHMS and then in _RHYTHMS and word in {"to", "->", "→"}
        for first, word, then in zip(words, words[1:], words[2:], strict=False)
    )


def noun_phrase(words: Sequence[str], start: int) -> Phrase:
    """The first noun phrase from `start`; `number of leads` is about leads.

    >>> noun_phrase("the number of new leads from search".split(), 0).words
    ('new', 'leads')
    >>> noun_phrase("average time to hire below 40 days".split(), 0).head
    'time-to-hire'
    """
    return _kept(tuple(words), start)


@lru_cache(maxsize=_PHRASES_KEPT)
def _kept(words: tuple[str, ...], start: int) -> Phrase:
    place = start
    while place < len(words):
        places, place = _simple_phrase(words, place)
        head = words[places[-1]] if places else ""
        following = words[place] if place < len(words) else ""
        if (
            following == "of"
            and (not head or (head in COUNTING and not _is_a_dial(head, places)))
            or following in {"of", "in", "to"}
            and head in CHANGE_NOUNS
            or not head
            and following in COMPARATIVES
        ):
            place += 1
        elif head == "time" and following == "to" and place + 1 < len(words):
            places += [place, place + 1]
            return _phrase(words, places, place + 2, f"time-to-{words[place + 1]}")
        else:
            return _phrase(words, places, place, head)
    return Phrase((), (), place)


def _is_a_dial(head: str, places: list[int]) -> bool:
    """`error rate` of the portal, unlike the rate of errors: the name of a metric is whole."""
    return len(places) > 1 and head in METRICS


def _phrase(words: Sequence[str], places: list[int], end: int, head: str) -> Phrase:
    return Phrase(tuple(words[place] for place in places), tuple(places), end, head)


def _simple_phrase(words: Sequence[str], start: int) -> tuple[list[int], int]:
    """Places of the nouns and adjectives up to the next preposition, verb or mark."""
    places: list[int] = []
    place = start
    while place < len(words):
        word = words[place]
        if word in _ENDING:
            break
        if word[0].isalpha() and word not in _NO_NOUN:
            verb = VERBS.get(word) if places else None
            if verb is not None and _is_said(verb, words, place):
                break
            if word not in ARTICLES and (places or word not in _ORDER):
                places.append(place)
        elif places and word[0] not in _INSIDE or word in JOINERS or word == ",":
            break
        place += 1
    return places, place


def _is_said(verb: Verb, words: Sequence[str], place: int) -> bool:
    """Whether the verb at `place` says something of the nouns before it, and is none of them."""
    if verb.form == "ed" and words[place] not in NOUN_FORMS:
        return True
    following = words[place + 1] if place + 1 < len(words) else ""
    if verb.kind == "change" and following in _MOVED:  # waiting time cut from 10 to 5 days
        return True
    if verb.form != "ing" or words[place - 1] not in THIRD_PARTIES:
        return False
    named = words[place] in ARTEFACTS or words[place] in METRICS
    return words[place - 1].endswith("s") and not named and bool(following)  # towns posting offers


def _known(word: str, lexicon: frozenset[str]) -> bool:
    return word in lexicon or ("-" in word and word.rpartition("-")[2] in lexicon)
