"""What a clause says of its subject: moved, used, granted, finished. Each quoted, or empty."""

from __future__ import annotations

from okrkit.language.clauses import Clause
from okrkit.language.phrases import Phrase, noun_phrase
from okrkit.language.verbs import USES, VERBS
from okrkit.language.words import (
    ADVERBS,
    ARTEFACTS,
    BE,
    BEHAVES,
    CHANGE_NOUNS,
    COMPARATIVES,
    FELT,
    FINISHED,
    HANDLED,
    INTERNAL_EVENTS,
    INTERNALS,
    JOINERS,
    METRICS,
    PREPOSITIONS,
    THIRD_PARTIES,
    TRAINED,
    word_set,
)

_REACH_OF_A_SUBJECT = 7
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
        if words[place - 1] in PREPOSITIONS - {"in"}:  # stock of finished goods
            continue
        if verb and verb.form == "ed" and verb.kind in {"deliver", "carry", "improve"}:
            return word
        if word in FINISHED and (
            words[place - 1] in BE | {"in"}
            or place == len(words) - 1
            or words[place + 1] in PREPOSITIONS
        ):
            return word
    return ""


def finished_at_once(clause: Clause, phrase: Phrase) -> bool:
    """Whether `phrase` is followed by `completed`, `is live`, `in place`, but not by `resolved`."""
    following = clause.words[phrase.end : phrase.end + 3]
    for place, word in enumerate(following):
        if place and following[place - 1] in PREPOSITIONS - {"in"}:
            continue
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


_FEWER = frozenset({"fewer", "less", "no"})


def compared(clause: Clause, start: int) -> str:
    """`fewer orders go …`, `more schools …`, `no claims in …`: a change or level of a thing."""
    first, following = (*clause.words[start : start + 2], "", "")[:2]
    if not following[:1].isalpha() or following in COMPARATIVES:
        return ""
    plural = following.endswith("s") and following not in ARTEFACTS and following not in VERBS
    fewer = first in _FEWER and not noun_phrase(clause.words, start + 1).is_artefact
    return f"{first} {following}" if fewer or (first == "more" and plural) else ""


def acts_on_us(clause: Clause, start: int) -> str:
    """`schools ask us first`: whoever acts on us is somebody else."""
    for place in range(start + 2, len(clause.words)):
        before = clause.words[place - 1]
        if clause.words[place] == "us" and before[0].isalpha() and before not in _BESIDE_US:
            return f"{before} us"
    return ""


_BESIDE_US = PREPOSITIONS | BE | JOINERS | {"let", "help", "helps", "helping", "because"}
_BY_THEMSELVES = ("on their own", "of their own", "more often", "less often", "at once")


def of_their_own(clause: Clause) -> str:
    """`on their own`, `less often`: how people behave, not what is delivered."""
    text = f" {' '.join(clause.words)} "
    return next((words for words in _BY_THEMSELVES if f" {words} " in text), "")


_ACTIVITY_ENDINGS = ("tion", "sion", "ment", "ing")
_ACTIVITY_LENGTH = 6


def activity(phrase: Phrase) -> str:
    """`route planning`, `data migration`: work named by a noun."""
    fits = phrase.head.endswith(_ACTIVITY_ENDINGS) and len(phrase.head) >= _ACTIVITY_LENGTH
    return phrase.head if fits and phrase.head not in CHANGE_NOUNS else ""


def automated(clause: Clause, start: int) -> str:
    """`get 90 % of forms digitised`, `get the page live`: own work, however it is counted."""
    last = clause.words[-1]
    verb = VERBS.get(last)
    made = verb is not None and verb.kind == "deliver" and verb.form == "ed"
    made = made or last in FINISHED
    return last if made and last not in HANDLED and len(clause.words) - start > 1 else ""


def any_artefact(clause: Clause) -> str:
    """The first word anywhere that names a deliverable."""
    return next((word for word in clause.words if word in ARTEFACTS), "")


def any_metric(clause: Clause) -> str:
    """The first word anywhere that can be read off a dial."""
    return next((word for word in clause.words if word in METRICS), "")
