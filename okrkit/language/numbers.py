"""The numbers of a text and what each of them is: a measure, a date, a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .lexicon_file import read_lexicon, word_set
from .tokens import Token, tokenise
from .verbs import VERBS
from .words import (
    ADVERBS,
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
    r"ha|kwh|mwh|usd|eur|gbp|€|£|\$|mph|percent|/\d+"
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
_QUARTER = re.compile(
    r"(?:(?:fy|cy)?'?\d{2,4}[-/.]?)?[qh]-?[1-4](?:[-/.]?[qh]?[1-4])?(?:[-/.]?(?:fy|cy)?'?\d{2,4})?|"
    r"eo[yq]-?'?\d{2,4}|[1-4][qh](?:\d{2,4})?|(?:fy|cy)'?\d{2,4}(?:/\d{2,4})?(?:[-/]?[qh][1-4])?"
)
_DATE = re.compile(
    r"\d{4}-\d{1,2}(?:-\d{1,2})?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d[-/]\d{2,4}"
)
_YEAR = re.compile(r"'?20[1-4]\d")
_HOURS = re.compile(r"[1-4]h")  # under 2h, and not the second half of a year
_LAST_CENTURY = re.compile(r"1[89]\d\d")
_DAY_MONTH = re.compile(r"\d{1,2}[/.]\d{1,2}|\d{1,2}")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")

MONTHS = frozenset(_LISTS["months"])
_BY = word_set(
    """by before until till through in during within on end this starting from of avant bis
    en hasta im due deadline throughout"""
)
#: `from … to` also where the rest of the text is not read: `von … auf`, `de … à`
_FROM = word_set("from von de da du van من")
_ARROWS = frozenset({"→", "->", "=>"})
_TO = word_set("to auf à a bis naar إلى")
PAST = word_set("last past previous trailing prior every first preceding rolling")
_SINCE = word_set("than since vs from compared versus relative")
_PART_OF_A_PERIOD = word_set("end close beginning start middle as")
_TAGS = {("(", ")"), ("[", "]"), ("(", ":")}
_OF_A_DATE = MONTHS | word_set("of the end fiscal calendar year fy")
_CLOSING = word_set("finish end close")
_BY_THEN = _BY - {"of", "from"}
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
    "once": 1, "hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9,
    "dozen": 12, "twice": 2,
    "half": 0.5, "halve": 0.5, "halved": 0.5, "double": 2, "doubled": 2, "doubling": 2, "triple": 3,
    "quadruple": 4, "two-thirds": 2 / 3, "third": 1 / 3, "thirds": 2 / 3, "quarter": 0.25,
    "quarters": 0.75, "fifth": 0.2, "tenth": 0.1, "a": 1, "an": 1,
}  # fmt: skip
_ALL_OF_THEM = word_set("the all our these those both")
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
)
_NO_NOUN = PREPOSITIONS | COMPARATIVES | JOINERS | ADVERBS
_JUST_TO = word_set("to % percent")
_NOW = word_set("currently current today baseline was now previously formerly")


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


def _word(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].word if 0 <= place < len(tokens) else ""


def _digits(tokens: Sequence[Token], place: int) -> Number:
    token = tokens[place]
    word = token.word
    if _is_date(tokens, place):
        return _number(token, place, "date")._replace(deadline=_by_then(tokens, place))
    if _ORDINAL.fullmatch(word):
        return _number(token, place, "ordinal")
    if word in _ALWAYS_NAMES and _word(tokens, place + 1) not in {"per", "%", "or"}:
        return _number(token, place, "identifier")
    if _RANGE.fullmatch(word) and _word(tokens, place - 1) in _NAMED_BY_NUMBER:
        return _number(token, place, "identifier")
    match = _MEASURE.fullmatch(word)
    if match is None:
        return _odd_digits(token, place)
    value, unit = _value(tokens, place, match), _unit(tokens, place, match)
    role = "" if unit else _context(tokens, place, value)
    if not unit and not match["sign"] and _is_name(tokens, place):
        role = "identifier"
    text, end = token.text, token.end
    if _word(tokens, place + 1) == "%":
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
        return float(digits) * _SCALES.get(match["unit"] or _word(tokens, place + 1), 1.0)
    except ValueError:
        return None


def _unit(tokens: Sequence[Token], place: int, match: re.Match[str]) -> str:
    unit = match["currency"] or match["unit"] or match["after"] or ""
    return unit or ("%" if _word(tokens, place + 1) in {"%", "percent", "per-cent"} else "")


def _is_date(tokens: Sequence[Token], place: int) -> bool:
    word, before, after = tokens[place].word, _word(tokens, place - 1), _word(tokens, place + 1)
    if _HOURS.fullmatch(word) and before in COMPARATIVES:
        return False
    if _QUARTER.fullmatch(word) or _DATE.fullmatch(word):
        return True
    if _LAST_CENTURY.fullmatch(word) and before in {"of", "in", "since", "from"} and not after:
        return True
    if _YEAR.fullmatch(word):
        return before not in {"least", "over", "than", "exceed", "reach", "to"} or not after
    if (before in MONTHS or after in MONTHS) and (
        _DAY_MONTH.fullmatch(word) or _ORDINAL.fullmatch(word)
    ):
        return not (after == "may" and before not in {"by", "on", "before", "due", "deadline"})
    return bool(
        "/" in word
        and _DAY_MONTH.fullmatch(word)
        and before in {"by", "before", "on", "until", "than", "due", "deadline"}
    )


def _by_then(tokens: Sequence[Token], place: int) -> bool:
    """Whether a date says by when; `the 2025 roadmap` and `plan for Q3` do not."""
    before = [_word(tokens, earlier) for earlier in range(place - 4, place)]
    if before[-1] == "to" and before[-3] == "from" and tokens[place - 2].kind == "digits":
        return True
    if before[-1] in _SINCE or not _SINCE.isdisjoint(before[-2:]) and before[-1] in {"to", "with"}:
        return False
    if before[-1] in _CLOSING:  # finish Q4 with 9 clients
        return True
    if before[-1] == "of" and not _PART_OF_A_PERIOD.isdisjoint(before):
        return True
    if before[-1] in {"for", "of"}:
        return _measured_before(tokens, place)
    around = (before[-1], _word(tokens, place + 1))
    if around in _TAGS or (place == 0 and around[1] == ":"):  # (Q2), Q2: …
        return True
    if _YEAR.fullmatch(tokens[place].word) and _word(tokens, place + 1)[:1].isalpha():
        named = _word(tokens, place + 1) not in PREPOSITIONS | JOINERS | MONTHS
        if named and not (before[-1] in _OF_A_DATE or tokens[place - 1].kind == "digits"):
            return False  # a focus on 2027 plans
    return bool(not _BY_THEN.isdisjoint(before))


def _measured_before(tokens: Sequence[Token], place: int) -> bool:
    """`20 % of Q2 revenue`, `5 % ahead for 2026`: a share of a period is due by its end."""
    return any(token.word[:1] in "$€£" or "%" in token.word for token in tokens[:place])


def _is_name(tokens: Sequence[Token], place: int) -> bool:
    """`tier 1`, `SOC 2`, `Python 3`, and the 2 and 3 of `tiers 1, 2 and 3`."""
    for _ in range(_LIST_MAX):
        if not _PLAIN_NUMBER.fullmatch(tokens[place].word):
            return False
        before = _word(tokens, place - 1)
        if before in _NAMED_BY_NUMBER or _is_proper_name(tokens, place - 1):
            return True
        if tokens[place].word.endswith(".0") and before.isalpha() and before not in _NOT_NAMES:
            return before not in VERBS
        if before not in _LISTING or place < 3 or tokens[place - 2].kind != "digits":
            return False
        place -= 2
    return False


def _is_proper_name(tokens: Sequence[Token], place: int) -> bool:
    """`Kubernetes` before 1.30, unlike `Hire` before 3 or `NPS` before 45."""
    if place < 1 or not tokens[place].text[:1].isupper():
        return False
    word = tokens[place].word
    return word not in VERBS and word not in _NOT_NAMES


def _context(tokens: Sequence[Token], place: int, value: float | None) -> str:
    """The role a plain number takes from its neighbours, or nothing."""
    before, after = _word(tokens, place - 1), _word(tokens, place + 1)
    if before in {"top", "bottom"}:
        ranks = "in" in {_word(tokens, place - 2), _word(tokens, place - 3)}
        return "rank" if ranks and not after else "measure"
    if before in PAST and after in _DURATIONS:
        return "window"
    if after in _DURATIONS and before == "next":
        return "date"
    if after in _ONE_PERIOD and value != 1:
        named = {_word(tokens, later) for later in range(place + 2, place + 5)}
        return "" if named & _TURNAROUNDS else "window"
    return "measure" if value is not None and after == "of" else ""


def _worded(tokens: Sequence[Token], place: int) -> str:
    """`line two`, `all three sites`, `two weeks before`: words that decide nothing."""
    before, after = _word(tokens, place - 1), _word(tokens, place + 1)
    if before in _NAMED_BY_NUMBER or before in _ALL_OF_THEM:
        return "identifier"
    if after in _DURATIONS and _word(tokens, place + 2) in {"before", "after", "prior"}:
        return "window"
    return ""


def _counts(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number written as a word is one: `two posts`, not `one of the`."""
    word, before, after = tokens[place].word, _word(tokens, place - 1), _word(tokens, place + 1)
    if word == "one":
        if before in {"least", "minimum", "exactly", "only"} or before in COMPARATIVES:
            return True
        if before in {"and", "plus", "&"} and _numbered_before(tokens, place):
            return True
        soon = {_word(tokens, later) for later in range(place + 2, place + 5)}
        return bool(soon & {"per", "each", "every"})
    if word == "once":
        return before in COMPARATIVES or after in {"a", "per", "each", "every"}
    if word in _FRACTIONS:
        return before in {"a", "one", "two", "three"} and (
            after == "of"
            or _word(tokens, place - 2) in {"by", "down", "up"}
            or after in COMPARATIVES
        )
    if word in _ARTICLES:
        return before in COMPARATIVES and after in _DURATIONS
    if word == "half":
        return after == "of" or before in {"by", "in"}
    if word in {"hundred", "thousand", "million", "billion"}:
        return before not in {"hundreds", "thousands"} and tokens[place - 1].kind != "digits"
    return word != "zero" or after not in {"trust", "day", "touch", "knowledge"}


def _numbered_before(tokens: Sequence[Token], place: int) -> bool:
    """`two nurses and one porter`: the one counts as the two does."""
    return any(token.kind == "digits" or token.word in _SMALL for token in tokens[:place])


def _paired(tokens: Sequence[Token], found: list[Number]) -> tuple[Number, ...]:
    """`from 8 to 5`, `5, up from 8`, `8 → 5`, `5 (currently 8)`: which is where we start."""
    measured = [place for place, number in enumerate(found) if number.role == "measure"]
    for left, right in zip(measured, measured[1:], strict=False):
        order = _order(tokens, found[left].place, found[right].place)
        if order and found[left].role == "measure":
            roles = ("baseline", "target") if order == "rising" else ("target", "baseline")
            found[left] = found[left]._replace(role=roles[0])
            found[right] = found[right]._replace(role=roles[1])
    return tuple(found)


def _order(tokens: Sequence[Token], left: int, right: int) -> str:
    if right - left > 12:
        return ""
    between = {_word(tokens, place) for place in range(left + 1, right)}
    ahead = {_word(tokens, place) for place in range(max(0, left - 3), left)}
    if between & _ARROWS or (between & _TO and ahead & _FROM):
        return "rising"
    if _now_before(tokens, left) and between & {"target", "to", "goal"}:
        return "rising"
    nearest = {_word(tokens, right - 1), _word(tokens, right - 2)}
    if _NOW.intersection((_word(tokens, right + 1), _word(tokens, right + 2))):
        return "falling"  # 2 % (4 % now)
    leads_on = {_word(tokens, place) for place in range(right + 1, right + 4)} & ({"to"} | _ARROWS)
    if "from" in nearest and leads_on:
        return ""  # open two shops and cut waste from 9 % to 5 %
    if "from" in nearest and "least" not in nearest or _now_before(tokens, right):
        return "falling"
    if "instead" in nearest:
        return "falling"
    shares = "%" in between or _word(tokens, left).endswith("%")
    if shares and "to" in between and between <= _JUST_TO and _is_noun(tokens, left - 1):
        return "rising"  # activation 22 % to 35 %
    return ""


def _is_noun(tokens: Sequence[Token], place: int) -> bool:
    word = _word(tokens, place)
    return word == ")" or word[:1].isalpha() and word not in VERBS and word not in _NO_NOUN


def _now_before(tokens: Sequence[Token], place: int) -> bool:
    return bool({_word(tokens, earlier) for earlier in range(max(0, place - 3), place)} & _NOW)
