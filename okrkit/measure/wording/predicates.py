"""What a clause says of its subject: moved, used, granted, finished. Each quoted, or empty."""

from __future__ import annotations

from okrkit.language.clauses import Clause
from okrkit.language.phrases import Phrase, noun_phrase
from okrkit.language.verbs import USES, VERBS
from okrkit.language.words import (
    ADVERBS,
    AGREEMENTS,
    APPROVED_THINGS,
    APPROVERS,
    BE,
    BEHAVES,
    CHANGE_NOUNS,
    COMPARATIVES,
    EXAMINED,
    FELT,
    FINISHED,
    GRANTED,
    GRANTING,
    HANDLED,
    INTERNAL_EVENTS,
    INTERNALS,
    JOINERS,
    METRICS,
    PREPOSITIONS,
    ROLES,
    SUBMITTED,
    THIRD_PARTIES,
    TRAINED,
    word_set,
)

_REACH_OF_A_SUBJECT = 7
_GRANTED_BY_EVENT = word_set(
    """obtained received achieved secured completed gained earned passed won granted issued
    raised closed"""
)


_APPROVES = word_set("approves endorses ratifies adopts accepts signs funds grants")


_TAKEN_UP = word_set("used adopted chosen trusted recommended visited")


def third_party_use(clause: Clause) -> str:
    """`12 customers use …`: people outside do something with what was made."""
    subject = -1
    for place, word in enumerate(clause.words):
        if word in {",", "which"}:
            subject = -1
        elif word in {"feel", "feels"} and place:
            return f"“{clause.words[place - 1]}” who “{word}”"
        elif _is_outsider(clause.words, place) and _ends_a_phrase(clause.words, place):
            subject = place
        elif word in _TAKEN_UP and clause.words[place + 1 : place + 2] == ("by",):
            return f"“{word} by” others"
        elif subject >= 0 and word in USES and _is_predicate(clause.words, place, subject):
            return f"“{clause.words[subject]}” who “{word}”"
    return ""


def own_people_behave(clause: Clause) -> str:
    """`team members rely on …`: own people behave in another way."""
    for place, word in enumerate(clause.words):
        if word in INTERNALS:
            told = [w for w in clause.words[place + 1 : place + 4] if w in BEHAVES]
            if told:
                return f"own people who “{told[0]}”"
    return ""


def _is_outsider(words: tuple[str, ...], place: int) -> bool:
    return words[place] in THIRD_PARTIES or (
        place > 0 and words[place] in INTERNALS and words[place - 1] in {"external", "outside"}
    )


def _ends_a_phrase(words: tuple[str, ...], place: int) -> bool:
    """`customers use`, and not `customer satisfaction`."""
    following = words[place + 1 : place + 2]
    return not following or bool(
        set(following) & (_AFTER_A_SUBJECT | USES) or not following[0][0].isalpha()
    )


_AFTER_A_SUBJECT = BE | PREPOSITIONS | ADVERBS | JOINERS


def _is_predicate(words: tuple[str, ...], place: int, subject: int) -> bool:
    before = words[place - 1]
    if (
        before in {"the", "a", "an", "of", "for", "on", "in"}
        or place - subject > _REACH_OF_A_SUBJECT
    ):
        return False
    if words[place].endswith("ing"):
        return (
            before in BE
            or before in {"actively", "regularly", "not", "now", "and"}
            or (place - subject == 1)
        )
    return not (set(words[subject + 1 : place]) & {"to", "for", "with", "by", "can"})


def kept(clause: Clause, start: int) -> str:
    """`stays`, `remains` after the subject."""
    for word in clause.words[start + 1 :]:
        verb = VERBS.get(word)
        if verb and verb.kind == "keep" and (verb.form == "s" or verb.base in {"remain", "stay"}):
            return word
    return ""


def moved(clause: Clause, start: int) -> str:
    """A verb or noun of change after the subject: `rises`, `reduction in`."""
    words = clause.words
    for place in range(start, len(words)):
        verb = VERBS.get(words[place])
        if place > start and verb and verb.kind == "change" and verb.form in {"s", "ed"}:
            return words[place]
        if words[place] in CHANGE_NOUNS and words[place + 1 : place + 2] in _OF_A_CHANGE:
            return words[place]
    return ""


_OF_A_CHANGE = {(word,) for word in ("in", "of", "to", "from", "by", "on", "over", "vs")}


def finished(clause: Clause, start: int) -> str:
    """`published`, `in place`, `live`, `can`: a thing exists now."""
    words = clause.words
    for place in range(start + 1, len(words)):
        word = words[place]
        verb = VERBS.get(word)
        if word in {"can", "able"}:
            return word
        if verb and verb.form == "ed" and verb.kind in {"deliver", "carry", "improve"}:
            return word
        if word in FINISHED and (
            words[place - 1] in BE or place == len(words) - 1 or words[place - 1] == "in"
        ):
            return word
    return ""


def finished_at_once(clause: Clause, phrase: Phrase) -> bool:
    """Whether `phrase` is followed by `completed`, `is live`, `in place`, but not by `resolved`."""
    following = clause.words[phrase.end : phrase.end + 3]
    for place, word in enumerate(following):
        verb = VERBS.get(word)
        if word in HANDLED and clause.measures:
            return False
        if verb and verb.form == "ed" and verb.kind in {"deliver", "carry"}:
            return True
        if word in FINISHED and place and following[place - 1] in BE | {"in"}:
            return True
    return False


def handled(clause: Clause, start: int) -> str:
    """`95 % of tickets answered within 2 hours`: how fast or well work for others is done."""
    if not clause.measures:
        return ""
    phrase = noun_phrase(clause.words, start)
    if phrase.is_internal or (phrase.head not in THIRD_PARTIES and not phrase.is_count):
        return ""
    return next((word for word in clause.words[phrase.end : phrase.end + 4] if word in HANDLED), "")


_BEFORE_A_STATE = BE | {"feel", "feels", "as", "twice", "more", "much", "consistently"}


def felt_state(clause: Clause) -> str:
    """`is fast`, `ahead of plan`: a state somebody can notice."""
    words = clause.words
    for place, word in enumerate(words):
        if word in FELT and (place == 0 or words[place - 1] in _BEFORE_A_STATE):
            return word
    return ""


def has_threshold(clause: Clause) -> bool:
    """Whether a number stands with `at least`, `<`, `%` or a like bound."""
    return any(
        token.word in COMPARATIVES or token.word[0] in "<>≤≥%" or "%" in token.word
        for token in clause.tokens
    )


def internal_training(clause: Clause) -> bool:
    """`90 % of the team completed the training`: an output in disguise."""
    found = set(clause.words)
    return bool(
        found & INTERNALS
        and found & TRAINED
        and (found & INTERNAL_EVENTS or found & {"trained", "certified"})
    )


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
    return _signed_or_approved(clause, 0)


def _is_granted(word: str, found: set[str]) -> bool:
    if word == "accepted":
        return bool(found & SUBMITTED)
    if word == "filled":
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
        ):
            return word
    return ""


def any_metric(clause: Clause) -> str:
    """The first word anywhere that can be read off a dial."""
    return next((word for word in clause.words if word in METRICS), "")
