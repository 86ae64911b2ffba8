"""What a clause says of its subject: moved, used, granted, finished. Each quoted, or empty."""

from __future__ import annotations

from okrkit.language.clauses import Clause
from okrkit.language.phrases import Phrase, noun_phrase
from okrkit.language.verbs import VERBS, Verb
from okrkit.language.words import (
    ADJECTIVES_OF_MORE,
    ADVERBS,
    ARTEFACTS,
    BE,
    CHANGE_NOUNS,
    COMPARATIVES,
    FELT,
    FINISHED,
    HANDLED,
    INTERNAL_EVENTS,
    INTERNALS,
    JOINERS,
    METRICS,
    MISHAPS,
    PREPOSITIONS,
    SLOGANS,
    THIRD_PARTIES,
    TRAINED,
    word_set,
)

from .people import is_plural

_ALL_BUT_IN = PREPOSITIONS - {"in"}
_BEFORE_A_FINISH = BE | {"in"}
_AFTER_A_PARTICIPLE = PREPOSITIONS | JOINERS | ADVERBS | {","}


def kept(clause: Clause, start: int) -> str:
    """`stays`, `remains` after the subject."""
    words = clause.words
    for place in range(start + 1, len(words)):
        verb = VERBS.get(words[place])
        if verb is None or verb.kind != "keep":
            continue
        after = words[place - 1] == "to" or is_plural(words[place - 1])
        remains = verb.base in {"remain", "stay"}
        if is_plural(words[place - 1]) and any(n.unit == "%" for n in clause.measures):
            return ""  # 35 % of tutors stay
        metric = noun_phrase(words, start).is_metric
        if (verb.form == "s" and (metric or remains)) or (remains and after):
            return words[place]
    return ""


def _tells(verb: Verb, clause: Clause, start: int) -> bool:
    """`falls`, and `reduced` where it is said of a metric or with a number."""
    if verb.form == "ed":
        return bool(clause.measures) or noun_phrase(clause.words, start).is_metric
    return verb.form == "s"


def moved(clause: Clause, start: int) -> str:
    """A verb or noun of change after the subject: `rises`, `reduction in`."""
    words = clause.words
    for place in range(start, len(words)):
        verb = VERBS.get(words[place])
        if place > start and verb and verb.base in _ARRIVES and _agrees(verb, words, place):
            return words[place] if clause.measures else ""
        if place > start and verb and verb.kind == "change":
            plural = verb.form == "base" and is_plural(words[place - 1])
            if _tells(verb, clause, start) or (plural and of_a_metric(words, place + 1)):
                return words[place]
        way = words[place + 1 : place + 2]
        if words[place] in _WAYS and (
            way in _OF_A_CHANGE or way == ("a",) or way and way[0][0].isdigit()
        ):
            return words[place] if place > start and clause.measures else ""
        if words[place] in CHANGE_NOUNS and words[place + 1 : place + 2] in _OF_A_CHANGE:
            return words[place]
    return ""


_ARRIVES = word_set("reach hit attain exceed surpass")


def _agrees(verb: Verb, words: tuple[str, ...], place: int) -> bool:
    """`turnover reaches`, `sales reach`."""
    agrees = verb.form == ("base" if is_plural(words[place - 1]) else "s")
    return agrees and words[place + 1 : place + 2] != ("out",)


def of_a_metric(words: tuple[str, ...], place: int) -> bool:
    """`all depots cut their waste`: what follows the verb is a metric."""
    phrase = noun_phrase(words, place)
    return phrase.is_metric or phrase.is_count


_WAYS = word_set("down up")
_OF_A_CHANGE = {(word,) for word in ("in", "of", "to", "from", "by", "on", "over", "vs")}


def bounded(clause: Clause, subject: Phrase) -> bool:
    """`queues never longer than 9 minutes`, `punctuality at 93 %`: a level with its bound."""
    if not clause.measures or not subject.words:
        return False
    ahead = clause.words[subject.end : clause.place(clause.measures[0])]
    relative = any(number.unit in {"%", "percent"} for number in clause.measures)
    if subject.is_artefact and not relative:
        return not _AT_MOST.isdisjoint(ahead)  # open issues under 50
    if relative and any(word in {"at", "of", "to", ":", "="} for word in ahead[-2:]):
        return True
    if ahead[-1:] in _IS and not subject.is_internal:  # logins by paper are 0
        return True
    after = clause.words[clause.place(clause.measures[0]) + 1 :][:2]
    if not ADJECTIVES_OF_MORE.isdisjoint(after):  # stoppages: 20 % fewer
        return True
    return any(word in COMPARATIVES or word in _WAYS or word[0] in "<>≤≥" for word in ahead)


_AT_MOST = word_set("below under fewer less most max maximum < ≤")
_IS = {("is",), ("are",), ("was",), ("were",)}


def says_more(clause: Clause, phrase: Phrase) -> bool:
    """Whether a name is followed by a change or a bound: `reading age … rises from 9 to 10`."""
    if changes(clause, phrase):
        return True
    if clause.words[phrase.end : phrase.end + 1] == ("from",) and clause.measures:
        first = clause.measures[0]  # stock turns from 4 to 6
        return first.role == "baseline" and clause.place(first) == phrase.end + 1
    return bounded(clause, phrase) and clause.words[phrase.end] not in {"with", "for", "to", "by"}


def changes(clause: Clause, phrase: Phrase) -> bool:
    """Whether a name is followed by a verb of change: `vet costs … reduced by 10 %`."""
    words = clause.words
    for place in range(phrase.end, len(words)):
        verb = VERBS.get(words[place])
        if verb is None or verb.kind != "change" or words[place - 1] in {"that", "which", "who"}:
            continue
        led_on = words[place + 1 : place + 2] in _OF_A_CHANGE
        plural = verb.form == "base" and is_plural(words[place - 1])
        if verb.form == "s" or ((verb.form == "ed" or plural) and led_on):
            return True
    return False


def labelled(clause: Clause) -> bool:
    """`press mentions: 10`, `zero-result searches: at most 5 %`: a name, a colon, its number."""
    if ":" not in clause.words or not clause.measures:
        return False
    ahead = clause.place(clause.measures[0]) - clause.words.index(":") - 1
    between = clause.words[clause.words.index(":") + 1 :][: max(0, ahead)]
    bounds = all(w in _BOUNDS or not w.isalpha() for w in between)
    return ahead >= 0 and bounds


_BOUNDS = COMPARATIVES | word_set("at of max min up to about around")


def slogan(clause: Clause) -> bool:
    """`one voice towards the outside`: a wish that names nothing."""
    return not SLOGANS.isdisjoint(clause.words)


def finished(clause: Clause, start: int) -> str:
    """`published`, `in place`, `live`, `can`: a thing exists now."""
    words = clause.words
    for place in range(start + 1, len(words)):
        word = words[place]
        verb = VERBS.get(word)
        if word in {"can", "able"}:
            return word
        if words[place - 1] in _ALL_BUT_IN:  # stock of finished goods
            continue
        if words[place - 1] == "in" and word not in FINISHED:
            continue
        if verb and verb.form == "ed" and verb.kind in {"deliver", "carry", "improve"}:
            return word
        counted = any(number.unit in {"%", "percent"} for number in clause.measures)
        made = counted or not clause.measures
        if verb is None and made and word not in MISHAPS and _is_unknown_participle(words, place):
            return word
        if word in FINISHED and (
            words[place - 1] in _BEFORE_A_FINISH
            or place == len(words) - 1
            or words[place + 1] in PREPOSITIONS
        ):
            return word
    return ""


_LIKE_PARTICIPLES = word_set("hundred indeed infrared naked sacred seed speed wicked")


_NO_PARTICIPLES = _LIKE_PARTICIPLES | FELT


def _is_unknown_participle(words: tuple[str, ...], place: int) -> bool:
    """`insulated`, `laminated`: an ending in `-ed` after a noun, where no noun follows."""
    word = words[place]
    if not word.endswith("ed") or len(word) < _ACTIVITY_LENGTH or word in _NO_PARTICIPLES:
        return False
    after = words[place + 1 : place + 2]
    return not after or after[0] in _AFTER_A_PARTICIPLE


def finished_at_once(clause: Clause, phrase: Phrase) -> bool:
    """Whether `phrase` is followed by `completed`, `is live`, `in place`, but not by `resolved`."""
    following = clause.words[phrase.end : phrase.end + 3]
    for place, word in enumerate(following):
        if word in _ALL_BUT_IN:
            return False
        if place and following[place - 1] == "in" and word not in FINISHED:
            continue
        verb = VERBS.get(word)
        if word in HANDLED and clause.measures:
            return False
        if verb and verb.form == "ed" and verb.kind in {"deliver", "carry"}:
            return True
        if word in FINISHED and place and following[place - 1] in _BEFORE_A_FINISH:
            return True
    return False


_BROUGHT = word_set(
    """sold cast booked received placed submitted downloaded recorded seen donated raised pledged
    collected won born counted attended registered"""
)
_SOON = 4


def brought(clause: Clause) -> tuple[str, str] | None:
    """`3,200 votes cast`, `650 tickets sold`: things of which others decide how many there are."""
    if not clause.measures:
        return None
    begun = clause.place(clause.measures[0]) + 1
    ahead = clause.words[begun : begun + _SOON]
    for place, word in enumerate(ahead):
        before = next((one for one in reversed(ahead[:place]) if one not in BE), "")
        if word in _BROUGHT and before.endswith("s") and before not in ARTEFACTS:
            return before, word
    return None


_HAS = frozenset({"has", "have"})


def has_level(clause: Clause, start: int) -> Phrase | None:
    """`under 5 pages have an error rate above 1 %`: the metric something has, with its bound."""
    if not clause.measures or _HAS.isdisjoint(clause.words):
        return None
    for place in range(start + 1, len(clause.words)):
        if clause.words[place] in _HAS:
            phrase = noun_phrase(clause.words, place + 1)
            timed = phrase.head == "time" and "better" in clause.words
            return phrase if phrase.is_headed_by_metric or timed else None
    return None


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
        if word == "more" and place and words[place - 1] in BE and place + 1 < len(words):
            return f"more {words[place + 1]}"
    return ""


def has_threshold(clause: Clause) -> bool:
    """Whether a number stands with `at least`, `<`, `%` or a like bound."""
    return bool(clause.measures) and any(
        token.word in COMPARATIVES or token.word[0] in "<>≤≥%" or "%" in token.word
        for token in clause.tokens
    )


def pressed(clause: Clause, phrase: Phrase) -> bool:
    """`get the test suite below 10 min`: the thing is there, and a figure of it is to fall."""
    return bool(clause.measures) and clause.words[phrase.end : phrase.end + 1] in _LESS_THAN


_LESS_THAN = {("below",), ("under",)}


def internal_training(clause: Clause) -> bool:
    """`90 % of the team completed the training`: an output in disguise."""
    found = set(clause.words)
    return bool(
        found & INTERNALS
        and found & TRAINED
        and (found & INTERNAL_EVENTS or found & {"trained", "certified"})
    )


def acts_on_us(clause: Clause, start: int) -> str:
    """`schools ask us first`: whoever acts on us is somebody else."""
    for place in range(start + 2, len(clause.words)):
        before = clause.words[place - 1]
        if clause.words[place] == "us" and before[0].isalpha() and before not in _BESIDE_US:
            return f"{before} us"
    return ""


_BESIDE_US = PREPOSITIONS | BE | JOINERS | {"let", "help", "helps", "helping", "because"}
_BY_THEMSELVES = (
    "no longer",
    "on their own",
    "of their own",
    "more often",
    "less often",
    "at once",
)


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
