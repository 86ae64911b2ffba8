"""The numbers of a text and what each of them is: a measure, a date, a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .dates import ORDINAL, PAST, by_then, is_date
from .lexicon_file import read_lexicon, word_set
from .tokens import Token, tokenise, word_at, words_after
from .verbs import VERBS
from .words import (
    ADVERBS,
    BE,
    COMPARATIVES,
    JOINERS,
    METRICS,
    PREPOSITIONS,
    QUALITIES,
    THIRD_PARTY_COUNTS,
)

_LISTS = read_lexicon("numbers")
CURRENCIES = frozenset(("€", "$", "£", "¥", "us$", "usd", "eur", "gbp", "chf"))
MEASURES = frozenset({"measure", "baseline", "target"})


class Number(NamedTuple):
    """A number in a text.

    `role` is "measure" (decides whether something is reached), "baseline" or "target" (a measure
    with its counterpart), "date" (a day, quarter, year), "window" (the last 30 days, 2 day visit),
    "rank" (top 10), "ordinal" (3rd) or "identifier" (k8s, v2, SOC 2, tier 1).
    """

    text: str
    value: float | None
    unit: str  #: "%", "ms", "x", "$", ... or "" where none is attached
    role: str
    place: int  #: of its first word among the words of the text
    start: int  #: the place of its first character in the text
    end: int  #: and the place after its last
    deadline: bool = False  #: a date by which, or in which


_UNITS = (
    r"%|pp|pts?|bps|x|k|m|mm|mn|mio|bn|b|ms|s|secs?|mins?|h|hrs?|d|w|gb|mb|kb|tb|kg|g|km|l|t|"
    r"ha|kwh|mwh|usd|eur|gbp|cts?|€|£|\$|mph|percent|/\d+"
)
_MEASURE = re.compile(
    r"(?P<sign>[<>≤≥=~≈±+-]*)(?P<currency>(?:us|usd|a|c|nz)?[$€£¥]|eur|usd|gbp|chf)?"
    r"(?P<number>\.?\d+(?:[.,' ]\d+)*)"
    rf"(?P<unit>(?:{_UNITS})?)(?P<after>(?:[%$€£+]|/(?:5|10|100))?)"
)
_RANGE = re.compile(
    rf"[~$€£]?\.?\d+(?:[.,]\d+)*(?:{_UNITS})?(?:-|\.\.)[$€£]?\d+(?:[.,]\d+)*(?:{_UNITS})?\+?"
)
_TIME_SPAN = re.compile(r"[<>≤≥~]?(?:\d+(?:\.\d+)?(?:h|m|min|s|d)){2,3}")
_ONE_TO_ONE = frozenset({"1:1", "1-1", "1-on-1"})
_RATIO = re.compile(r"\d{1,4}(?:\.\d+)?:\d{1,4}")
_PLAIN_NUMBER = re.compile(r"\d{1,5}(?:\.\d+)*")
_COMPOUND = re.compile(
    r"[+-]?(\d+(?:[.,]\d+)?)-(points?|fold|percent|percentage-points?|pts?|star)"
)
_FILE_NUMBER = re.compile(r"0\d+|20[1-4]\d\.\d+")  # decision 0042, release 2027.2

#: `from … to` also where the rest of the text is not read: `von … auf`, `de … à`
_FROM = word_set("from von de da du van من")
_ARROWS = frozenset({"→", "->", "=>"})
_TO = word_set("to auf à a bis naar إلى")
_FAR = 12  # words between a start and its target
_LISTED = word_set("and & , ; or ( :")
_MOVED = word_set("up down ( ,")
_AIMS = word_set("target to goal should")
_LISTING = word_set("and or & / , to through")
_LIST_MAX = 5
_DURATIONS = frozenset(_LISTS["durations"])
_ONE_PERIOD = word_set("day week month quarter year hour minute")
_TURNAROUNDS = word_set("close closing turnaround cycle sla response lead delivery limit wait")
_NAMED_BY_NUMBER = frozenset(_LISTS["named_by_number"])
_UP_TO_TWENTY = """zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen twenty"""
_WORD_VALUES: dict[str, float] = {word: value for value, word in enumerate(_UP_TO_TWENTY.split())}
_WORD_VALUES |= {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "none": 0, "nil": 0, "once": 1, "twice": 2, "dozen": 12, "hundred": 100, "thousand": 1000,
    "million": 1e6, "billion": 1e9,
    "half": 0.5, "halve": 0.5, "halved": 0.5, "double": 2, "doubled": 2, "doubling": 2, "triple": 3,
    "quadruple": 4, "two-thirds": 2 / 3, "third": 1 / 3, "thirds": 2 / 3, "quarter": 0.25,
    "quarters": 0.75, "fifth": 0.2, "tenth": 0.1, "a": 1, "an": 1,
}  # fmt: skip
_SMALL = frozenset(_UP_TO_TWENTY.split()) - {"zero", "one"}
_FRACTIONS = word_set("third thirds quarter quarters fifth tenth")
_ARTICLES = word_set("a an")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORD_VALUES |= {
    f"{ten}-{one}": 10 * tens + ones
    for tens, ten in enumerate(_TENS, 2)
    for ones, one in enumerate(_UP_TO_TWENTY.split()[1:10], 1)
}
_SCALES = {
    "k": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9,
    "thousand": 1e3, "million": 1e6, "billion": 1e9,
}  # fmt: skip
_ALWAYS_NAMES = frozenset(_LISTS["always_names"])
_NOT_NAMES = (
    METRICS | QUALITIES | THIRD_PARTY_COUNTS | PREPOSITIONS | COMPARATIVES | JOINERS | ADVERBS
) | CURRENCIES
_OF_A_MEASURE = CURRENCIES | {"per", "%", "or"}
_NOW = word_set("present currently current today baseline was now previously formerly")


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number of `text` with its role.

    >>> [(number.text, number.role) for number in find_numbers("Cut churn from 8% to 5% by Q3")]
    [('8%', 'baseline'), ('5%', 'target'), ('Q3', 'date')]
    >>> [(number.text, number.role) for number in find_numbers("SOC 2 on k8s for tier 1, v2")]
    [('2', 'identifier'), ('k8s', 'identifier'), ('1', 'identifier'), ('v2', 'identifier')]
    """
    return numbers_of(tokenise(text))


def numbers_of(tokens: Sequence[Token]) -> tuple[Number, ...]:
    """As `find_numbers`, from the words of a text."""
    found: list[Number] = []
    for place, (_, word, kind, _, _) in enumerate(tokens):
        if kind == "digits":
            found.append(_digits(tokens, place))
        elif word in _WORD_VALUES and _counts(tokens, place):
            value = _WORD_VALUES[word]
            role = _worded(tokens, place) or _context(tokens, place, value) or "measure"
            found.append(_number(tokens[place], place, role, value))
    return _paired(tokens, found) if len(found) > 1 else tuple(found)


def _digits(tokens: Sequence[Token], place: int) -> Number:
    token = tokens[place]
    word = token.word
    if is_date(tokens, place):
        return _number(token, place, "date")._replace(deadline=by_then(tokens, place))
    if ORDINAL.fullmatch(word):
        return _number(token, place, "ordinal")
    if word in _ALWAYS_NAMES and word_at(tokens, place + 1) not in _OF_A_MEASURE:
        return _number(token, place, "identifier")
    if _RANGE.fullmatch(word) and word_at(tokens, place - 1) in _NAMED_BY_NUMBER:
        return _number(token, place, "identifier")
    match = _MEASURE.fullmatch(word)
    if match is None:
        return _odd_digits(token, place)
    value, unit = _value(tokens, place, match), _unit(tokens, place, match)
    role = "" if unit else _context(tokens, place, value)
    if not unit and not match["sign"] and _is_name(tokens, place):
        role = "identifier"
    text, end = token.text, token.end
    if word_at(tokens, place + 1) == "%":
        text, end = f"{token.text} %", tokens[place + 1].end
    return Number(text, value, unit, role or "measure", place, token.start, end)


def _number(token: Token, place: int, role: str, value: float | None = None) -> Number:
    return Number(token.text, value, "", role, place, token.start, token.end)


def _odd_digits(token: Token, place: int) -> Number:
    compound = _COMPOUND.fullmatch(token.word)
    if compound:
        value = float(compound[1].replace(",", "."))
        return _number(token, place, "measure", value)._replace(unit=compound[2])
    spans = any(form.fullmatch(token.word) for form in (_RANGE, _RATIO, _TIME_SPAN))
    if spans and token.word not in _ONE_TO_ONE:
        return _number(token, place, "measure")
    return _number(token, place, "identifier")


def _value(tokens: Sequence[Token], place: int, match: re.Match[str]) -> float | None:
    digits = match["number"].replace("'", "").replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+", digits) and not re.fullmatch(r"0[.,]\d+", digits):
        digits = digits.replace(",", "").replace(".", "")
    else:
        digits = digits.replace(",", ".")
    try:
        return float(digits) * _SCALES.get(match["unit"] or word_at(tokens, place + 1), 1.0)
    except ValueError:
        return None


def _unit(tokens: Sequence[Token], place: int, match: re.Match[str]) -> str:
    unit = match["currency"] or match["unit"] or match["after"] or ""
    return unit or ("%" if word_at(tokens, place + 1) in {"%", "percent", "per-cent"} else "")


def _is_name(tokens: Sequence[Token], place: int) -> bool:
    """`tier 1`, `SOC 2`, `Python 3`, and the 2 and 3 of `tiers 1, 2 and 3`."""
    for _ in range(_LIST_MAX):
        if not _PLAIN_NUMBER.fullmatch(tokens[place].word):
            return False
        before = word_at(tokens, place - 1)
        if _FILE_NUMBER.fullmatch(tokens[place].word) or _is_proper_name(tokens, place - 1):
            return True
        if before in _NAMED_BY_NUMBER:
            return not _issues_things(tokens, place)
        if tokens[place].word.endswith(".0") and before.isalpha() and before not in _NOT_NAMES:
            return before not in VERBS
        if before not in _LISTING or place < 3 or tokens[place - 2].kind != "digits":
            return False
        place -= 2
    return False


def _issues_things(tokens: Sequence[Token], place: int) -> bool:
    """`Issue 17 reports`, unlike `Issue 17 is closed`: the first word is a verb."""
    plural = any(
        word[-1] == "s" and word not in VERBS and word not in BE
        for word in words_after(tokens, place, 2)
    )
    return place == 1 and tokens[0].word in VERBS and plural


def _is_proper_name(tokens: Sequence[Token], place: int) -> bool:
    """`Kubernetes` before 1.30, unlike `Hire` before 3 or `NPS` before 45."""
    if place < 1 or not tokens[place].text[:1].isupper():
        return False
    word = tokens[place].word
    return word not in VERBS and word not in _NOT_NAMES


def _context(tokens: Sequence[Token], place: int, value: float | None) -> str:
    """The role a plain number takes from its neighbours, or nothing."""
    before, after = word_at(tokens, place - 1), word_at(tokens, place + 1)
    if before in {"top", "bottom"}:
        ranks = "in" in {word_at(tokens, place - 2), word_at(tokens, place - 3)}
        return "rank" if ranks and not after else "measure"
    if before in PAST and after in _DURATIONS or _beside(tokens, place):
        return "window"
    if after in _DURATIONS and before == "next":
        return "date"
    if after in _ONE_PERIOD and value != 1:
        named = {word_at(tokens, later) for later in range(place + 2, place + 5)}
        return "" if named & _TURNAROUNDS else "window"
    return "measure" if value is not None and after == "of" else ""


def _beside(tokens: Sequence[Token], place: int) -> bool:
    """`two weeks before the fair`, `older than 90 days`: a stretch of time that is no target."""
    before, after = word_at(tokens, place - 1), word_at(tokens, place + 1)
    if before == "than" and word_at(tokens, place - 2) == "older":
        return True
    beside = word_at(tokens, place + 2) in {"before", "after", "prior"}
    return after in _DURATIONS and beside and before not in COMPARATIVES


def _worded(tokens: Sequence[Token], place: int) -> str:
    """`line two`: a word that decides nothing."""
    if word_at(tokens, place - 1) in _NAMED_BY_NUMBER:
        return "identifier"
    return ""


_SAYINGS = {("zero", noun) for noun in ("trust", "day", "touch", "knowledge")} | {
    ("double", "down"), ("double", "check"),
}  # fmt: skip


def _counts(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number written as a word is one: `two posts`, not `one of the`."""
    word, before, after = tokens[place].word, word_at(tokens, place - 1), word_at(tokens, place + 1)
    if word == "one":
        told = _is_base(before) and before not in {"be", "become"}
        if told or before in {"exactly", "only", "to"} | COMPARATIVES:
            return True
        if before in {"and", "plus", "&"} and _numbered_before(tokens, place):
            return True
        soon = words_after(tokens, place + 1, 3)
        return bool(soon & {"per", "each", "every"}) and "," not in soon
    if word == "once":
        return before in COMPARATIVES or after in {"a", "per", "each", "every"}
    if word in _FRACTIONS:
        return before in {"a", "one", "two", "three"} and (
            after == "of"
            or word_at(tokens, place - 2) in {"by", "down", "up", "least"}
            or after in COMPARATIVES
        )
    if word in {"none", "nil"}:
        return before in {":", "to"} and not after
    if word in _ARTICLES:
        return before in COMPARATIVES and after in _DURATIONS
    if word == "half":
        return after in {"of", "as"} and before not in PAST | {"second"} or before in {"by", "in"}
    if word in {"hundred", "thousand", "million", "billion"}:
        return before not in {"hundreds", "thousands"} and tokens[place - 1].kind != "digits"
    return (word, after) not in _SAYINGS


def _is_base(word: str) -> bool:
    verb = VERBS.get(word)
    return verb is not None and verb.form == "base"


def _numbered_before(tokens: Sequence[Token], place: int) -> bool:
    """`two nurses and one porter`: the one counts as the two does."""
    return any(token.kind == "digits" or token.word in _SMALL for token in tokens[:place])


def _paired(tokens: Sequence[Token], found: list[Number]) -> tuple[Number, ...]:
    """`from 8 to 5`, `5, up from 8`, `8 → 5`, `5 (currently 8)`: which is where we start."""
    measured = [place for place, number in enumerate(found) if number.role == "measure"]
    for left, right in zip(measured, measured[1:], strict=False):
        order = _order(tokens, found[left].place, found[right].place)
        if not order and _goes_to(tokens, found[left], found[right]):
            order = "rising"
        if order and found[left].role == "measure":
            roles = ("baseline", "target") if order == "rising" else ("target", "baseline")
            found[left] = found[left]._replace(role=roles[0])
            found[right] = found[right]._replace(role=roles[1])
    return tuple(found)


def _goes_to(tokens: Sequence[Token], left: Number, right: Number) -> bool:
    """`sick leave 6.4 % to 5.5 %`, unlike `5 to 10 visits`, `a margin of 5 % to 6 %`."""
    between = [token.word for token in tokens[left.place + 1 : right.place] if token.word != "%"]
    if between != ["to"] or left.value is None or right.value is None:
        return False
    if word_at(tokens, left.place - 1) == "of":
        return False
    return bool(right.unit and (left.unit or left.value > right.value))


def _order(tokens: Sequence[Token], left: int, right: int) -> str:
    if right - left > _FAR:
        return ""
    between = {token.word for token in tokens[left + 1 : right]}
    ahead = {token.word for token in tokens[max(0, left - 3) : left]}
    if between & _ARROWS or (between & _TO and ahead & _FROM):
        return "rising"
    if _now_before(tokens, left) and between & _AIMS:
        return "rising"
    if word_at(tokens, left + 2) == "before" and "after" in words_after(tokens, right, 2):
        return "rising"  # 2.3 s before, 1.2 s after
    named = right - left > 2 and ahead.isdisjoint({"by", "per"})
    if named and between.isdisjoint(_LISTED) and _ends_at(tokens, right):
        return "rising"  # cut the 900 open cases to 300
    return "falling" if _starts_from(tokens, left, right, between) else ""


def _ends_at(tokens: Sequence[Token], right: int) -> bool:
    """`to 300`, unlike `to 3 sites`."""
    following = word_at(tokens, right + 1)
    alone = not following[:1].isalpha() or following in {"by", "in", "until", "before"}
    return word_at(tokens, right - 1) == "to" and alone and following != "%"


def _starts_from(tokens: Sequence[Token], left: int, right: int, between: set[str]) -> bool:
    """`5 (8 now)`, `5, down from 8`, `5 instead of 8`; not `20 visits from 3 towns`."""
    later = words_after(tokens, right, 3)
    if not (_NOW | {"last"}).isdisjoint(words_after(tokens, right, 2)):
        return True
    nearest = {word_at(tokens, right - 1)}
    if tokens[right - 1].kind != "digits":
        nearest.add(word_at(tokens, right - 2))
    if "from" in nearest and "least" not in nearest:
        moved = word_at(tokens, left - 1) == "to" or not between.isdisjoint(_MOVED)
        ends = not word_at(tokens, right + 1)[:1].isalpha()
        return (moved or ends) and later.isdisjoint({"to"} | _ARROWS)
    if "instead" in between or "rather" in between:
        return True
    last = "last" in between and "(" in between
    return (last or _now_before(tokens, right)) and "and" not in between


def _now_before(tokens: Sequence[Token], place: int) -> bool:
    return bool({word_at(tokens, earlier) for earlier in range(max(0, place - 3), place)} & _NOW)
