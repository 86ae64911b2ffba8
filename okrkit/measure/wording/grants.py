"""What only somebody else can grant: a contract, a certificate, a hire, a yes."""

from __future__ import annotations

from okrkit.language.clauses import Clause
from okrkit.language.phrases import noun_phrase
from okrkit.language.words import (
    AGREEMENTS,
    APPROVED_THINGS,
    APPROVERS,
    EXAMINED,
    GRANTED,
    GRANTING,
    INTERNALS,
    PREPOSITIONS,
    ROLES,
    SUBMITTED,
    THIRD_PARTIES,
    word_set,
)

_GRANTED_BY_EVENT = word_set(
    """obtained received achieved secured completed gained earned passed won granted issued
    raised closed"""
)
_APPROVES = word_set("approves endorses ratifies adopts accepts signs funds grants")
_GRANTS = word_set(
    """accept accepts approve approves award awards certifies certify confirm confirms endorse
    endorses grant grants license licenses ratifies ratify sign signs"""
)
_PARTIES = (THIRD_PARTIES - {"deals", "orders", "everyone", "issues", "incidents"}) | word_set(
    """account agencies agency auditor auditors authorities authority bank banks company council
    court courts customer editor editors firm firms foundation foundations funder funders
    hospital hospitals house insurer insurers investor laboratories laboratory landlord lender
    lenders member ministry municipalities municipality notary regulator reseller resellers
    retailer retailers school sites supplier tenant union unions universities university vendor
    vendors"""
)
_NO_GRANT_AFTER = {(), ("up",), ("in",), ("off",), ("on",), ("out",), ("that",), ("for",)}
_SUBJECT_MAX = 5
_BEFORE_A_GRANT = 8
_EXAMINED_HEADS = word_set("readiness compliance certification conformity")
_ANY_EXAM = word_set("audit compliance exam inspection")
_EXAMINED_BEFORE = 3
_OUTSIDE = word_set("external independent outside")
_ASKED_FOR = word_set("tender contract grant status bid award licence license")


def granted_object(clause: Clause, start: int) -> str:
    """What an outside party has to grant, when the object of a verb is that."""
    phrase = noun_phrase(clause.words, start)
    if phrase.head in GRANTED or phrase.head in AGREEMENTS:
        return phrase.head
    examined = [word for word in phrase.words if word in EXAMINED]
    if examined and phrase.head not in {"dashboard", "plan", "process", "policy", "training"}:
        return examined[0]
    return _signed_or_approved(clause, start)


def granted_state(clause: Clause) -> str:
    """`contract signed`, `2 engineers hired`, `ISO 27001 certified`."""
    found = set(clause.words)
    for word in clause.words:
        if word in GRANTING and _is_granted(word, found):
            return word
    if set(clause.words[:3]) & {"series", "round"} and found & {"closed", "raised"}:
        return "series"
    if found & _GRANTED_BY_EVENT and found & (GRANTED | EXAMINED):
        return next(word for word in clause.words if word in GRANTED or word in EXAMINED)
    examined = _examined_state(clause.words)
    if examined:
        return examined
    return _party_grants(clause.words) or _signed_or_approved(clause, 0)


def _examined_state(words: tuple[str, ...]) -> str:
    """`SOC 2 readiness`, `GDPR compliance`: a state that an examiner finds."""
    if _EXAMINED_HEADS.isdisjoint(words):
        return ""
    for place, word in enumerate(words):
        near = words[max(0, place - _EXAMINED_BEFORE) : place]
        if word in _EXAMINED_HEADS and (EXAMINED - _ANY_EXAM).intersection(near):
            return word
    return ""


def _party_grants(words: tuple[str, ...]) -> str:
    """`lead customer signs`, `two banks accept`: an outside subject, then the verb of a grant."""
    place = next((n for n, word in enumerate(words[:_BEFORE_A_GRANT]) if word in _GRANTS), 0)
    if not place or words[place + 1 : place + 2] in _NO_GRANT_AFTER:
        return ""
    subject = [word for word in words[:place] if word[0].isalpha()]
    end = next((n for n, word in enumerate(subject) if word in PREPOSITIONS), len(subject))
    head = subject[end - 1] if 0 < end <= _SUBJECT_MAX else ""
    return words[place] if head in _PARTIES or f"{head}s" in _PARTIES else ""


def _is_granted(word: str, found: set[str]) -> bool:
    if word == "accepted":
        return bool(found & SUBMITTED)
    if word in {"filled", "contracted"}:
        return bool(found & ROLES)
    if word in {"certified", "accredited"}:
        return not found & INTERNALS
    return word in {"hired", "recruited", "appointed", "rehired", "ratified", "licensed", "elected"}


def _signed_or_approved(clause: Clause, start: int) -> str:
    words = clause.words[start:]
    found = set(words)
    if found & _APPROVES and set(words[:3]) & APPROVERS:
        return next(word for word in words if word in _APPROVES)
    for place, word in enumerate(words):
        if word == "board-approved" or (
            word == "signed" and found & (AGREEMENTS | {"deal", "offer"})
        ):
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
            found & APPROVERS
            and (set(words[place + 1 : place + 5]) & (APPROVERS | {"by"}))
            or word == "approved"
            and found & APPROVED_THINGS
            or word in {"awarded", "granted"}
            and found & _ASKED_FOR
            or word == "passed"
            and set(words[place + 1 : place + 5]) & _OUTSIDE
        ):
            return word
    return ""
