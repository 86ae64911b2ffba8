"""A text as clauses that can each be judged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from .numbers import MEASURES, Number, numbers_of
from .tokens import Token, tokenise
from .verbs import NOUN_FORMS, VERBS, Verb
from .words import ADVERBS, DETERMINERS, NOUNS_TOO, TIMED, word_set

_STOPS = frozenset(".;!?\n|•·")
_LABEL_ENDS = frozenset(":-—")
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_BULLETS = frozenset("-+*.:>•·|,;&/—→")
_JOINING = word_set("and & + , then plus / but also")
_TYING = word_set("and & or")
_RESULT_WORDS = word_set("resulting leading results leads resulted")
_MEANS = word_set("by through via")
_DIALS = word_set("rate rates ratio score scores frequency freq")
_TIMES = word_set("time times")
_DIAL_VERBS = word_set("win close exit")
_GUARDING = word_set("while without whilst")
#: words at which a clause may end; at all others it goes on
_DIVIDING = (
    _STOPS
    | _LABEL_ENDS
    | _JOINING
    | _RESULT_WORDS
    | _MEANS
    | _GUARDING
    | {"so", "in", "to"}
    | _OPENING
    | _CLOSING
)
_BEFORE_A_VERB = ADVERBS | _BULLETS | {"and"}
_AFTER_A_VERB = DETERMINERS - {"at"}
_ADVERBS_MAX = 4
_LABEL_WORDS_MAX = 4


class Clause(NamedTuple):
    """Some words of a text that can be judged alone, and how they hang together with the others.

    `link` is "first", "next" (beside the one before), "purpose" (so that, to), "means" (by),
    "guard" (while, without) or "aside" (in brackets).
    """

    tokens: tuple[Token, ...]
    numbers: tuple[Number, ...]
    link: str
    words: tuple[str, ...]  #: as they are looked up
    measures: tuple[Number, ...]  #: the numbers that can decide whether something is reached

    @classmethod
    def of(cls, tokens: tuple[Token, ...], numbers: tuple[Number, ...], link: str) -> Clause:
        """A clause of these tokens."""
        words = tuple([token.word for token in tokens])
        return cls(tokens, numbers, link, words, tuple([n for n in numbers if n.role in MEASURES]))

    def place(self, number: Number) -> int:
        """Where `number` stands among the words of the clause."""
        return bisect_left(self.tokens, number.start, key=attrgetter("start"))


def split_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of `text`, in order; none for a text without a word or digit.

    >>> [(c.link, " ".join(c.words)) for c in split_clauses("Cut churn by calling 9 clients")]
    [('first', 'cut churn'), ('means', 'calling 9 clients')]
    """
    tokens = tokenise(text)
    return clauses_of(tokens, numbers_of(tokens))


def clauses_of(tokens: Sequence[Token], numbers: Sequence[Number]) -> tuple[Clause, ...]:
    """As `split_clauses`, from words and numbers already found."""
    by_place = {number.place: number for number in numbers}
    parts: list[tuple[str, list[int]]] = [("first", [])]
    asides: list[tuple[str, list[int]]] = []
    depth = begun = 0
    words = [token.word for token in tokens]
    for place in [place for place, word in enumerate(words) if word in _DIVIDING]:
        if place < begun:
            continue
        (asides if depth else parts)[-1][1].extend(range(begun, place))
        word, begun = words[place], place + 1
        if word in _OPENING:
            depth += 1
            asides.append(("aside", []))
        elif word in _CLOSING:
            depth = max(0, depth - 1)
        elif depth:
            asides[-1][1].append(place)
        else:
            link, skipped = _boundary(tokens, place, parts[-1][1])
            if link:
                _close(tokens, parts, link, word)
                begun = place + skipped
            else:
                parts[-1][1].append(place)
    (asides if depth else parts)[-1][1].extend(range(begun, len(words)))
    return tuple(
        Clause.of(
            tuple([tokens[place] for place in places]),
            tuple([by_place[place] for place in places if place in by_place]) if by_place else (),
            link,
        )
        for link, places in _named_first(parts) + asides
        if any(tokens[place].kind != "mark" for place in places)
    )


def leading_verb(words: Sequence[str]) -> tuple[Verb | None, int]:
    """The verb a clause begins with, after adverbs, and the place after it."""
    place = 0
    while place < len(words) and (words[place] in ADVERBS or words[place] in _BULLETS):
        place += 1
    verb = VERBS.get(words[place]) if place < len(words) else None
    if verb is not None and verb.base == "have":
        perfect = _perfect(words, place + 1)
        if perfect:
            return VERBS[words[perfect]], perfect + 1
    following = words[place + 1] if place + 1 < len(words) else ""
    dial = following in _DIALS and words[place] in _DIAL_VERBS  # win rate
    names = (
        (following == "of" and words[place] in NOUNS_TOO)
        or dial
        or (
            (following in _DIALS or (following in _TIMES and words[place] in TIMED))
            and verb is not None
            and verb.kind == "deliver"
        )
    )
    if verb is None or names or (verb.form == "s" and _is_plural(words[place], verb, following)):
        return None, place
    return verb, place + 1


def _perfect(words: Sequence[str], place: int) -> int:
    """The place of `reduced` in `have clearly reduced …`; 0 in `have reduced fares`."""
    while place < len(words) and words[place] in ADVERBS:
        place += 1
    verb = VERBS.get(words[place]) if place + 1 < len(words) else None
    return place if verb is not None and verb.form == "ed" else 0


def _is_plural(word: str, verb: Verb, following: str) -> bool:
    """`experiments are under way`, unlike `reports the results`."""
    known = word in NOUN_FORMS or verb.base in NOUNS_TOO
    counts = following in _AFTER_A_VERB or following[:1].isdigit()
    return known and not counts


def _named_first(parts: list[tuple[str, list[int]]]) -> list[tuple[str, list[int]]]:
    filled = [part for part in parts if part[1]]
    return [("first", filled[0][1]), *filled[1:]] if filled else []


def _close(
    tokens: Sequence[Token], parts: list[tuple[str, list[int]]], link: str, mark: str
) -> None:
    """Begin a new clause; a short label before a colon (`Sales: win …`) is left out.

    What is joined to a purpose (`to send and receive data`) belongs to it.
    """
    if link == "and":
        link = "purpose" if parts[-1][0] == "purpose" and mark in _TYING else "next"
    if link == "label":
        link = "next"
        words = [tokens[place].word for place in parts[-1][1]]
        if len(words) <= _LABEL_WORDS_MAX and _is_label(words) and mark in _LABEL_ENDS:
            parts.pop()
            link = "next" if parts else "first"
    parts.append((link, []))


def _is_label(words: Sequence[str]) -> bool:
    """`Sales`, `rerouting`: a name before what it is about, nothing that is to be done."""
    verb = leading_verb(words)[0]
    return verb is None or (verb.form == "ing" and len(words) == 1)


def _boundary(tokens: Sequence[Token], place: int, so_far: Sequence[int]) -> tuple[str, int]:
    """(link of the clause that begins here, words to skip), or ("", 0) inside a clause."""
    word = tokens[place].word
    if word in _STOPS:
        return "next", 1
    if not so_far:
        return "", 0
    if word in _LABEL_ENDS:
        return ("label", 1) if _begins_with_verb(tokens, place + 1) or word == "—" else ("", 0)
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    if word in _JOINING:
        if tokens[place - 2].word == "to" and _is_base(tokens[place - 1].word):
            return "", 0  # time to find and mend a leak
        return ("and", 1) if _begins_with_verb(tokens, place + 1) else ("", 0)
    return _subordinate(tokens, place, word, following)


def _is_base(word: str) -> bool:
    verb = VERBS.get(word)
    return verb is not None and verb.form == "base"


def _subordinate(tokens: Sequence[Token], place: int, word: str, following: str) -> tuple[str, int]:
    verb = VERBS.get(following)
    if word == "so" and following in {"that", "we", "customers", "users", "people"}:
        return "purpose", 2 if following == "that" else 1
    if word == "in" and following == "order":
        return "purpose", 3
    if word in _RESULT_WORDS and following in {"in", "to"} and tokens[place - 1].word != "time":
        return "purpose", 2
    if word == "to" and verb and verb.form == "base" and _purpose_can_follow(tokens, place):
        return "purpose", 1
    if word in _MEANS and verb and verb.form == "ing" and following not in NOUN_FORMS:
        return "means", 1
    if word in _GUARDING:
        return "guard", 1
    return "", 0


def _purpose_can_follow(tokens: Sequence[Token], place: int) -> bool:
    before = tokens[place - 1].word
    verb = VERBS.get(before)
    if verb is not None and (verb.kind == "carry" or before in {"prepare", "ready"}):
        return False
    return before not in {"time", "able", "ability", "days", "likely", "ready", "how", "easy", "up"}


def _begins_with_verb(tokens: Sequence[Token], place: int) -> bool:
    ahead = place + _ADVERBS_MAX
    while place < min(ahead, len(tokens)) and tokens[place].word in _BEFORE_A_VERB:
        place += 1
    if place >= len(tokens):
        return False
    word = tokens[place].word
    verb = VERBS.get(word)
    if verb is None or word in NOUN_FORMS or verb.form in {"ed", "s"}:
        return False
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if word in NOUNS_TOO or verb.form == "ing":
        return following is not None and (
            following.kind == "digits" or following.word in DETERMINERS
        )
    return following is not None
