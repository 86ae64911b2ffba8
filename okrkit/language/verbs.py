"""Verbs by what a key result does with them, in all their forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from .lexicon_file import read_lexicon, word_set

_LISTS = read_lexicon("verbs")
#: what a key result does with a verb: change, improve, reach, keep, grant, carry or deliver
_CLASSES = ("change", "improve", "reach", "keep", "grant", "carry", "deliver")
USES = frozenset(_LISTS["uses"])  #: verbs of people outside the team: what they do with our work
NOUN_FORMS = frozenset(_LISTS["noun_forms"])  #: a verb only where a clause begins with it
_IRREGULAR = read_lexicon("irregular_verbs")


class Verb(NamedTuple):
    """One form of a verb: its class, its plain form, and how it is inflected."""

    kind: str  #: change, improve, reach, keep, grant, carry or deliver
    base: str
    form: str  #: "base", "s", "ed" or "ing"


#: a short verb such as `plan`, whose last letter is doubled
_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
_DOUBLED = word_set("bootstrap commit debug embed equip refer submit transfer")
_DOUBLED_IN_BRITISH = word_set("label model trial")
#: nouns made of a verb and a small word: written alike, never inflected as one
_JOINED = word_set(
    """backup clean-up cleanup handover kick-off kickoff roll-out rollout set-up setup sign-off
    stand-up"""
)


def _regular(base: str) -> tuple[str, ...]:
    if base in _JOINED:
        return ()
    if base in _DOUBLED_IN_BRITISH:
        return base + "s", base + "led", base + "ed", base + "ling", base + "ing"
    if base in _DOUBLED or _SHORT.fullmatch(base):
        return base + "s", base + base[-1] + "ed", base + base[-1] + "ing"
    if base.endswith("ee"):
        return base + "s", base + "d", base + "ing"
    if base.endswith("e"):
        return base + "s", base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    if base.endswith(("s", "x", "ch", "sh")):
        return base + "es", base + "ed", base + "ing"
    return base + "s", base + "ed", base + "ing"


def _form(word: str) -> str:
    if word.endswith("ing"):
        return "ing"
    return "s" if word.endswith("s") and not word.endswith("ss") else "ed"


_NEVER_IZE = word_set("advertise devise liaise practise raise revise rise")


def _spellings(base: str) -> tuple[str, ...]:
    if base in _NEVER_IZE:
        return (base,)
    american = base[:-3] + "ize" if base.endswith("ise") else base
    american = american[:-3] + "yze" if base.endswith("yse") else american
    return (base,) if american == base else (base, american)


def _all_forms() -> dict[str, Verb]:
    found: dict[str, Verb] = {}
    for kind in _CLASSES:
        for base in _LISTS[kind]:
            for spelling in _spellings(base):
                found.setdefault(spelling, Verb(kind, base, "base"))
                for word in _IRREGULAR.get(base, _regular(spelling)):
                    found.setdefault(word, Verb(kind, base, _form(word)))
    return found


VERBS: Mapping[str, Verb] = _all_forms()  # a plain one: it is asked a hundred times a text
