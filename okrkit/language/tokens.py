"""A text as words, digits and marks."""

from __future__ import annotations

import re
from typing import NamedTuple

from .words import word_set

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‑": "-", "−": "-", "\u00a0": " ",
     "\u202f": " ", "\u2009": " ", "⩽": "≤", "⩾": "≥", "＜": "<", "＞": ">", "％": "%"}
)  # fmt: skip
_RUNS = re.compile(
    r"\n|[^\s()\[\]{}\"|•·→—;,]+(?:(?<=\d),(?=\d)[^\s()\[\]{}\"|•·→—;,]+)*|[()\[\]{}\"|•·→—;,]"
)
_WORDS = re.compile(r"[^\W\d_]+(?:[-'&][^\W\d_]+)*|->|[-+/:.!?%&=<>≤≥~]")
_MARKS = frozenset('\n()[]{}"|•·→—;,')
_ADDRESS = re.compile(r"(?:https?:|www\.|mailto:)|.*(?:://|@)")
_DATE_LIKE = re.compile(r"(?:[qQhH][1-4]/)?[\d./:-]+(?:st|nd|rd|th|k|m|bn|x|h|%)?")
_ABBREVIATIONS = word_set("e.g i.e etc vs approx incl no avg max min dept st dr inc ltd co")


class Token(NamedTuple):
    """A piece of a text: `word` is how it is looked up, `text` how it is quoted."""

    text: str
    word: str
    kind: str  #: "word", "digits", "address" or "mark"


def plain(text: str) -> str:
    """`text` with plain quotes, dashes and spaces, and without the space and stops around it.

    >>> plain("  Cut churn – to 5 %. ")
    'Cut churn - to 5 %'
    """
    return text.translate(_PLAIN).strip().rstrip(" .\n\t\r").strip()


def tokenise(text: str) -> list[Token]:
    """The words, digits and marks of `text`, in order.

    >>> [token.text for token in tokenise("Cut churn (5 %) in Q3.")]
    ['cut', 'churn', '(', '5', '%', ')', 'in', 'Q3']
    """
    tokens: list[Token] = []
    for run in _RUNS.findall(plain(text)):
        _add_run(tokens, run)
    return _without_capital(tokens)


def _without_capital(tokens: list[Token]) -> list[Token]:
    """A key result reads the same whether or not it starts with a capital."""
    for place, token in enumerate(tokens):
        if token.kind != "mark":
            first = token.text
            quoted = first.upper() if first[1:].isupper() else first.lower()
            tokens[place] = token._replace(text=quoted)
            break
    return tokens


def _add_run(tokens: list[Token], run: str) -> None:
    if run in _MARKS:
        tokens.append(Token(run, run, "mark"))
    elif len(run) > 5 and _ADDRESS.match(run):
        tokens.append(Token(run, run.casefold(), "address"))
    elif any(character.isdecimal() for character in run):
        _add_digits(tokens, run)
    else:
        _add_words(tokens, run)


def _add_words(tokens: list[Token], run: str) -> None:
    body = run.rstrip(".")
    if body.casefold() in _ABBREVIATIONS:
        tokens.append(Token(body, body.casefold(), "word"))
        return
    if "." in body and len(body) < 40 and body[0].isalpha():  # a name: go.mod, salesforce.com
        tokens.append(Token(body, body.casefold(), "word"))
        run = run[len(body) :]
    for piece in _WORDS.findall(run):
        kind = "word" if piece[0].isalpha() else "mark"
        tokens.append(Token(piece, piece.casefold(), kind))


def _add_digits(tokens: list[Token], run: str) -> None:
    body = run.rstrip(".:!?'*")
    for piece in _pieces(body.lstrip("*'`")):
        if any(character.isdecimal() for character in piece):
            tokens.append(Token(piece, piece.casefold(), "digits"))
        else:
            _add_words(tokens, piece)
    if len(body) < len(run):
        tokens.append(Token(run[len(body)], run[len(body)], "mark"))


def _pieces(body: str) -> list[str]:
    """`5%/month` in three pieces; a date, a fraction or a name such as `CI/CD2` in one."""
    if "/" not in body or _DATE_LIKE.fullmatch(body):
        return [body]
    return [piece for part in body.split("/") for piece in (part, "/") if piece][:-1]
