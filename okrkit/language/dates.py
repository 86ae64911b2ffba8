"""Which numbers are days, quarters and years, and which of them say by when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon_file import read_lexicon, word_set
from .tokens import Token, word_at, words_after
from .words import COMPARATIVES, JOINERS, PREPOSITIONS

_QUARTER = re.compile(
    r"(?:(?:fy|cy)?'?\d{2,4}[-/.]?)?[qh]-?[1-4](?:[-/.]?[qh]?[1-4])?(?:[-/.]?(?:fy|cy)?'?\d{2,4})?|"
    r"eo[yq]-?'?\d{2,4}|(?:[1-4]q|[12]h)(?:\d{2,4})?|(?:fy|cy)'?\d{2,4}(?:/\d{2,4})?(?:[-/]?[qh][1-4])?"
)
_DATE = re.compile(
    r"\d{4}-\d{1,2}(?:-\d{1,2})?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d[-/]\d{2,4}"
)
_YEAR = re.compile(r"'?20[1-4]\d")
_HOURS = re.compile(r"[12]h")  # under 2h, and not the second half of a year
_LAST_CENTURY = re.compile(r"1[89]\d\d")
_DAY_MONTH = re.compile(r"\d{1,2}(?:[/.-]\d{1,2})?")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")

MONTHS = frozenset(read_lexicon("numbers")["months"])
_BY = word_set(
    """by before until till through in during within on end this starting avant bis en hasta im due
    deadline throughout"""
)
PAST = word_set("last past previous trailing prior every first preceding rolling")
_SINCE = word_set("than since vs from compared versus relative")
_BEFORE_A_DAY = word_set("by before on until than due deadline")
ONWARDS = word_set("on onward onwards")
#: what a day or a year follows: 3 May, Spring 2027
_WITH_A_YEAR = MONTHS | word_set("spring summer autumn fall winter mid early late")
_PART_OF_A_PERIOD = word_set("end close beginning start middle as")
_TAGS = {("(", ")"), ("[", "]"), ("(", ":")}
_OF_A_DATE = MONTHS | word_set("of the end fiscal calendar year fy")
_CLOSING = word_set("finish end close")


def is_date(tokens: Sequence[Token], place: int) -> bool:
    """Whether the digits at `place` are a day, quarter or year."""
    word, before, after = tokens[place].word, word_at(tokens, place - 1), word_at(tokens, place + 1)
    if _HOURS.fullmatch(word) and before in COMPARATIVES:
        return False
    if _QUARTER.fullmatch(word) or _DATE.fullmatch(word):
        return True
    if _LAST_CENTURY.fullmatch(word) and before in {"of", "in", "since", "from"} and not after:
        return True
    if _YEAR.fullmatch(word):
        return before not in {"least", "over", "than", "exceed", "reach", "to"} or not after
    of_month = after == "of" and word_at(tokens, place + 2) in MONTHS
    if (before in MONTHS or after in MONTHS or of_month) and (
        _DAY_MONTH.fullmatch(word) or ORDINAL.fullmatch(word)
    ):
        allowed = after == "may" and word_at(tokens, place + 2)  # of whom 3 may attend
        return not allowed or before in _BEFORE_A_DAY
    return "/" in word and bool(_DAY_MONTH.fullmatch(word)) and before in _BEFORE_A_DAY


def by_then(tokens: Sequence[Token], place: int) -> bool:
    """Whether a date says by when; `the 2025 roadmap` and `plan for Q3` do not."""
    before = [word_at(tokens, earlier) for earlier in range(place - 4, place)]
    last, following = before[-1], word_at(tokens, place + 1)
    if last == "to" and before[-3] == "from" and tokens[place - 2].kind == "digits":
        return True
    if last in _CLOSING or "later" in before:  # finish Q4 with 9 clients; no later than 3 May
        return True
    if last == "from":
        return following in MONTHS or not ONWARDS.isdisjoint(words_after(tokens, place, 2))
    if last in _SINCE or not _SINCE.isdisjoint(before[-2:]) and last in {"to", "with"}:
        return False
    if last in {"for", "of"}:
        part = last == "of" and not _PART_OF_A_PERIOD.isdisjoint(before)
        return part or _measured_before(tokens, place)
    tagged = (last, following) in _TAGS or (place == 0 and following == ":")  # (Q2), Q2: …
    if tagged or following in MONTHS or last in _WITH_A_YEAR:
        return True
    return not _names_plans(tokens, place) and not _BY.isdisjoint(before)


def _names_plans(tokens: Sequence[Token], place: int) -> bool:
    """`a focus on 2027 plans`."""
    before, following = word_at(tokens, place - 1), word_at(tokens, place + 1)
    if not _YEAR.fullmatch(tokens[place].word) or not following[:1].isalpha():
        return False
    of_a_date = before in _OF_A_DATE or tokens[place - 1].kind == "digits"
    return not of_a_date and following not in PREPOSITIONS | JOINERS


def _measured_before(tokens: Sequence[Token], place: int) -> bool:
    """`20 % of Q2 revenue`, `5 % ahead for 2026`: a share of a period is due by its end."""
    return any(token.word[:1] in "$€£" or "%" in token.word for token in tokens[:place])
