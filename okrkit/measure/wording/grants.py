"""What only somebody else can grant: a contract, a certificate, a hire, a yes."""

from __future__ import annotations

from okrkit.language.clauses import Clause
from okrkit.language.dates import MONTHS
from okrkit.language.phrases import noun_phrase
from okrkit.language.words import (
    ADVERBS,
    AGREEMENTS,
    APPROVED_THINGS,
    APPROVERS,
    CONFIRMED,
    EXAMINED,
    GRANTED,
    GRANTING,
    INTERNALS,
    JOINERS,
    PREPOSITIONS,
    ROLES,
    SAID_YES,
    SUBMITTED,
    word_set,
)

from .saying_yes import OUTSIDE_PARTIES, YES_WORDS, party_says_yes

_GRANTED_BY_EVENT = word_set(
    """obtained received achieved secured completed gained earned passed won granted issued
    raised closed countersigned renegotiated renewed prolonged inked settled reached extended"""
)
_APPROVES = word_set("approves endorses ratifies adopts accepts signs funds grants")
_GRANTED_OR_EXAMINED = GRANTED | EXAMINED
_SIGNED = AGREEMENTS | {"deal", "offer"}
_BY_APPROVERS = APPROVERS | {"by"}
_CERTAIN_EXAM = EXAMINED - word_set("audit compliance exam inspection")
_BEFORE_A_GRANT = 8
_EXAMINED_HEADS = word_set("readiness compliance certification conformity")
_EXAMINED_BEFORE = 3
_ABOUT_AN_EXAM = word_set(
    "analysis checklist dashboard documentation plan policy process roadmap training workshop"
)
_READY = word_set("ready audit-ready certification-ready")
_OUTSIDE = word_set("external independent outside")
_ASKED_FOR = word_set("tender contract grant status bid award licence license")


_PASSED = word_set(
    """approved granted endorsed awarded adopted accepted passed board-approved signed confirmed
    closed raised concluded renewed extended placed won agreed"""
)
_MEETING = word_set("meet meets meeting met")
_STANDINGS = word_set("non-profit nonprofit charitable charity tax-exempt partner accredited")
_POSTS = word_set("post start starts started joins joined registered incorporated rated")
#: without one of these nothing is granted
_TELLING = (
    GRANTING
    | _GRANTED_BY_EVENT
    | _APPROVES
    | YES_WORDS
    | CONFIRMED
    | _EXAMINED_HEADS
    | _PASSED
    | _POSTS
    | _READY
    | word_set("passes merged place executed")
)


def granted_object(clause: Clause, start: int) -> str:
    """What an outside party has to grant, when the object of a verb is that."""
    phrase, words = noun_phrase(clause.words, start), clause.words
    if words[start - 1 : start] and words[start - 1] in _MEETING:
        return ""
    if phrase.head in GRANTED or phrase.head in AGREEMENTS:
        return phrase.head
    if phrase.words == ("authority",):  # to operate
        return phrase.head
    if words[start : start + 2] == ("sign", "off"):
        return "sign off"
    if phrase.head == "status" and not _STANDINGS.isdisjoint(phrase.words):
        return phrase.head
    examined = [word for word in phrase.words if word in EXAMINED]
    named = (phrase.head, *words[phrase.end : phrase.end + 4])  # ISO 27001 gap analysis
    if examined and _ABOUT_AN_EXAM.isdisjoint(named):
        return examined[0]
    return _signed_or_approved(clause, start)


def raises_capital(words: tuple[str, ...]) -> bool:
    """`raise seed capital`, `2 million raised in a first round`: investors say yes."""
    return not _CAPITAL.isdisjoint(words)


_CAPITAL = word_set("capital seed pre-seed valuation venture round investors bridge-loan equity")


def said_yes(clause: Clause, start: int) -> str:
    """`get the patch approved`, `be certified`: a participle of somebody else's yes."""
    for place in range(start, len(clause.words)):
        word, after = clause.words[place], clause.words[place + 1 : place + 2]
        if word in SAID_YES and (not after or _ends(after[0]) or place == start):
            return word
        if word == "merged" and after == ("upstream",):
            return word
    return ""


def granted_state(clause: Clause) -> str:
    """`contract signed`, `2 engineers hired`, `ISO 27001 certified`."""
    if _TELLING.isdisjoint(clause.words) or clause.words[0] in {"no", "zero"}:
        return ""
    found = set(clause.words)
    for place, word in enumerate(clause.words):
        after = clause.words[place + 1 : place + 2]
        if word in GRANTING and _is_granted(word, found) and (not after or _ends(after[0])):
            return word
    rounds = [word for word in clause.words[:3] if word in {"series", "round"}]
    if rounds and found & {"closed", "raised"}:
        return rounds[0]
    if "raised" in found and raises_capital(clause.words):
        return "raised"
    if found & _GRANTED_BY_EVENT and found & _GRANTED_OR_EXAMINED:
        return next(word for word in clause.words if word in GRANTED or word in EXAMINED)
    passed = _passes(clause.words) or _in_place(clause.words)
    if passed:
        return passed
    signed = _signed_by_all(clause) or _confirmed_by(clause) or _in_post(clause)
    if signed:
        return signed
    examined = _examined_state(clause.words)
    if examined:
        return examined
    return party_says_yes(clause) or _signed_or_approved(clause, 0)


def _passes(words: tuple[str, ...]) -> str:
    """`the service passes its assessment`, `motion passed the vote`, `patches merged upstream`."""
    for place, word in enumerate(words):
        if place and word in {"passes", "passed"} and _JUDGED.intersection(words[place + 1 :]):
            return word
        if word == "merged" and words[place + 1 : place + 2] == ("upstream",):
            return word
    return ""


def _in_place(words: tuple[str, ...]) -> str:
    """`lease agreement in place with the county`."""
    for place, word in enumerate(words[:_BEFORE_A_GRANT]):
        there = [one for one in words[place + 1 : place + 4] if one not in {"is", "are"}]
        if word in AGREEMENTS and (there[:2] == ["in", "place"] or there[:1] == ["executed"]):
            return word
    return ""


_JUDGED = word_set("assessment audit inspection exam examination vote ballot referendum")


def _signed_by_all(clause: Clause) -> str:
    """`3 sponsors signed`, `first 5 contracts closed`: the last word is the other side's yes."""
    words = clause.words
    for place in range(1, len(words)):
        last = words[place + 1 : place + 2] in _NO_OBJECT
        yes = words[place] in {"signed", "confirmed"}
        if yes and words[place - 1] in WHO_CONFIRMS and last:
            return words[place]
        if words[place] in _CONCLUDED and words[place - 1] in AGREEMENTS and last:
            return words[place]
    return ""


def _in_post(clause: Clause) -> str:
    """`head of data in post`, `2 analysts start`, `rated good at the next inspection`."""
    words = clause.words
    for place, word in enumerate(words):
        ahead = words[place + 1 : place + 2]
        who = word in ROLES or f"{word}s" in ROLES
        if who and (words[place + 1 : place + 3] == ("in", "post") or ahead in _STARTS):
            return word
        if word in {"registered", "incorporated"} and not _ON_A_REGISTER.isdisjoint(words):
            return word
        if word == "rated" and not _INSPECTIONS.isdisjoint(words):
            return word
    return ""


_STARTS = {("start",), ("starts",), ("started",), ("joins",), ("joined",)}
_ON_A_REGISTER = word_set("trademark patent charity company copyright cooperative")
_INSPECTIONS = word_set("inspection inspectors inspectorate ofsted cqc visit audit regulator")


def _confirmed_by(clause: Clause) -> str:
    """`gift confirmed by the executor`, `licence renewed by the council`."""
    words = clause.words
    for place, word in enumerate(words):
        if word in CONFIRMED and words[place + 1 : place + 2] == ("by",):
            phrase = noun_phrase(words, place + 2)
            if phrase.head in OUTSIDE_PARTIES and not phrase.is_internal:
                return word
    return ""


_NO_OBJECT = {(), ("by",), ("with",), ("in",), ("before",), ("until",), ("for",), ("this",)}
_ON_STAGE = word_set("speaker speakers host hosts performer performers")
WHO_CONFIRMS = OUTSIDE_PARTIES | ROLES | _ON_STAGE
_CONCLUDED = word_set("closed concluded signed renewed extended placed won agreed")


def _ends(word: str) -> bool:
    """Whether a participle before `word` says what was done, unlike in `elected directors`."""
    return word in PREPOSITIONS or word in JOINERS or word in ADVERBS or not word[0].isalpha()


def _examined_state(words: tuple[str, ...]) -> str:
    """`SOC 2 readiness`, `GDPR compliance`, `ready for the SOC 2 audit`: what an examiner finds."""
    for place, word in enumerate(words):
        named = {*words[max(0, place - 2) : place], *words[place + 1 : place + 5]}
        if word in _READY and named & _CERTAIN_EXAM:
            return word
    if _EXAMINED_HEADS.isdisjoint(words):
        return ""
    for place, word in enumerate(words):
        near = words[max(0, place - _EXAMINED_BEFORE) : place]
        if word in _EXAMINED_HEADS and _CERTAIN_EXAM.intersection(near):
            return word
    return ""


def _is_granted(word: str, found: set[str]) -> bool:
    if word == "accepted":
        return bool(found & SUBMITTED) or "into" in found
    if word in {"filled", "contracted"}:
        return bool(found & ROLES)
    if word in {"certified", "accredited"}:
        return not found & INTERNALS
    return word in {"hired", "recruited", "appointed", "rehired", "ratified", "licensed", "elected"}


def _outside_party(words: tuple[str, ...], start: int) -> bool:
    """Somebody who is none of ours, and no day."""
    phrase = noun_phrase(words, start)
    if phrase.head in _JUDGING and not _JUDGING_FOR.isdisjoint(phrase.words):
        return True
    ours = phrase.is_internal or phrase.is_artefact or words[start : start + 1] == ("our",)
    return bool(phrase.words) and not ours and phrase.head not in _DAYS


_JUDGING = word_set("group panel party")
_JUDGING_FOR = word_set("advisory expert review working technical user patient parent")
_DAYS = MONTHS | word_set("end date deadline year month quarter week summer winter spring autumn")


def _signed_or_approved(clause: Clause, start: int) -> str:
    words = clause.words[start:]
    found = set(words)
    if found & _APPROVES and set(words[:3]) & APPROVERS:
        return next(word for word in words if word in _APPROVES)
    for place, word in enumerate(words):
        off = words[place + 1 : place + 2] == ("off",)
        if off and not OUTSIDE_PARTIES.intersection(words[place + 2 :]):
            continue
        if word == "board-approved" or (word == "signed" and found & _SIGNED):
            return word
        if word in {
            "approved",
            "granted",
            "endorsed",
            "awarded",
            "adopted",
            "accepted",
            "passed",
        } and (
            word in {"approved", "accepted", "endorsed"}
            and words[place + 1 : place + 2] in {("by",), ("into",)}
            and _outside_party(clause.words, start + place + 2)
            or found & APPROVERS
            and (set(words[place + 1 : place + 5]) & _BY_APPROVERS)
            or word == "approved"
            and found & APPROVED_THINGS
            or word in {"awarded", "granted"}
            and (place or found & _ASKED_FOR)
            or word == "passed"
            and set(words[place + 1 : place + 5]) & _OUTSIDE
        ):
            return word
    return ""
