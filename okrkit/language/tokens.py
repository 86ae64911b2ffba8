"""A text as words, digits and marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from .words import word_set

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‑": "-", "−": "-", "\u00a0": " ",
     "\u202f": " ", "\u2009": " ", "⩽": "≤", "⩾": "≥", "＜": "<", "＞": ">", "％": "%", "⇒": "→",
     "➔": "→", "➜": "→", "⟶": "→"}
)  # fmt: skip
_RUNS = re.compile(
    r"\n|[^\s()\[\]{}\"|•·→—;,]+(?:(?<=\d),(?=\d)[^\s()\[\]{}\"|•·→—;,]+)*|[()\[\]{}\"|•·→—;,]"
)
_WORDS = re.compile(r"[^\W\d_]+(?:[-'&][^\W\d_]+)*|[-=]>|[-+/:.!?%&=<>≤≥~]")
_MARKS = frozenset('\n()[]{}"|•·→—;,')
_ADDRESS = re.compile(r"(?:https?:|www\.|mailto:)|.*(?:://|@)")
_ARROW = re.compile(r"([-=]>)")
_DATE_LIKE = re.compile(r"(?:[qQhH][1-4]/)?[\d./:-]+(?:st|nd|rd|th|k|m|bn|x|h|%)?")
_ABBREVIATIONS = word_set(
    "e.g i.e etc vs approx incl no avg max min dept st dr inc ltd co conv freq perf mgmt resp"
)
CHARACTERS_READ = 4_000  # of a longer text the beginning is read: no key result is as long
WORDS_READ = 200  # words, digits and marks; the longest of 2 331 key results has 56
_RUN_MAX = 40  # characters of a run that is kept; whatever is longer is no word
_RUNS_KEPT = 20_000  # the words of a large company's key results


class Token(NamedTuple):
    """A piece of a text: `word` is how it is looked up, `text` how it is quoted."""

    text: str
    word: str
    kind: str  #: "word", "digits", "address" or "mark"
    start: int  #: the place of its first character in the text
    end: int  #: and the place after its last


_token = partial(tuple.__new__, Token)  # made by the hundred thousand: the shortest way
_Cut = tuple[str, str, str, int]  #: text, word, kind, place in its run
_Piece = tuple[str, str, str, int, int]  #: and the place after it


def plain(text: str) -> str:
    """`text` with plain quotes, dashes and spaces, and without the space and stops around it.

    >>> plain("  Cut churn – to 5 %. ")
    'Cut churn - to 5 %'
    """
    return text.translate(_PLAIN).strip().rstrip(" .\n\t\r").strip()


def tokenise(text: str) -> list[Token]:
    """The first 200 words, digits and marks of `text`, in order, with their places.

    >>> [token.text for token in tokenise("Cut churn (5 %) in Q3.")]
    ['cut', 'churn', '(', '5', '%', ')', 'in', 'Q3']
    >>> tokenise("  Cut churn")[1][3:]
    (6, 11)
    """
    text = text[:CHARACTERS_READ]
    same = text if text.isascii() else text.translate(_PLAIN)
    first, last = len(same) - len(same.lstrip()), len(same.rstrip().rstrip(" .\n\t\r"))
    tokens = [
        _token((quoted, word, kind, place + start, place + end))
        for run in _RUNS.finditer(same, first, last)
        for place in [run.start()]
        for quoted, word, kind, start, end in (
            _pieces_kept if len(run[0]) <= _RUN_MAX else _pieces
        )(run[0])
    ]
    return _without_capital(tokens[:WORDS_READ])


def word_at(tokens: Sequence[Token], place: int) -> str:
    """The word at `place`, or "" outside the text."""
    return tokens[place].word if 0 <= place < len(tokens) else ""


def words_after(tokens: Sequence[Token], place: int, count: int) -> set[str]:
    """The next `count` words after `place`."""
    return {token.word for token in tokens[place + 1 : place + 1 + count]}


def _without_capital(tokens: list[Token]) -> list[Token]:
    """A key result reads the same whether or not it starts with a capital."""
    for place, token in enumerate(tokens):
        if token.kind != "mark":
            first = token.text
            quoted = first.upper() if first[1:].isupper() else first.lower()
            tokens[place] = Token(quoted, *token[1:])
            break
    return tokens


def _pieces(run: str) -> tuple[_Piece, ...]:
    """The words, digits and marks of a run of characters without a space."""
    cut = _cut(run)
    return tuple((text, word, kind, at, at + len(text)) for text, word, kind, at in cut)


_pieces_kept = lru_cache(maxsize=_RUNS_KEPT)(_pieces)


def _cut(run: str) -> list[_Cut]:
    if run in _MARKS:
        return [(run, run, "mark", 0)]
    if len(run) > 5 and _ADDRESS.match(run):
        return [(run, run.casefold(), "address", 0)]
    if any(character.isdecimal() for character in run):
        return _with_digits(run)
    return _without_digits(run, 0)


def _without_digits(run: str, offset: int) -> list[_Cut]:
    body, found = run.rstrip("."), []
    if body.casefold() in _ABBREVIATIONS:
        return [(body, body.casefold(), "word", offset)]
    if "." in body and len(body) < _RUN_MAX and body[0].isalpha():  # go.mod, salesforce.com
        found.append((body, body.casefold(), "word", offset))
        offset += len(body)
        run = run[len(body) :]
    for piece in _WORDS.finditer(run):
        text = piece.group()
        kind = "word" if text[0].isalpha() else "mark"
        found.append((text, text.casefold(), kind, offset + piece.start()))
    return found


def _with_digits(run: str) -> list[_Cut]:
    found: list[_Cut] = []
    body = run.rstrip(".:!?'*")
    offset = len(body) - len(body.lstrip("*'`"))
    for piece in _split(body[offset:]):
        if any(character.isdecimal() for character in piece):
            found.append((piece, piece.casefold(), "digits", offset))
        else:
            found.extend(_without_digits(piece, offset))
        offset += len(piece)
    if len(body) < len(run):
        found.append((run[len(body)], run[len(body)], "mark", len(body)))
    return found


def _split(body: str) -> list[str]:
    """`5%/month`, `18->25%` in three pieces; a date, a fraction or `CI/CD2` in one."""
    if ">" in body[1:-1]:
        return [part for part in _ARROW.split(body) if part]
    if "/" not in body or _DATE_LIKE.fullmatch(body):
        return [body]
    return [piece for part in body.split("/") for piece in (part, "/")][:-1]
