"""Whether a text seems to be English, by its small words, its known words and its letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import words as lexicon
from .lexicon_file import read_lexicon
from .tokens import Token
from .verbs import USES, VERBS

_LISTS = read_lexicon("languages")
_LEXICONS = (block for block in vars(lexicon).values() if isinstance(block, frozenset))
#: how much a word speaks for English
_WEIGHTS: Mapping[str, int] = (
    dict.fromkeys(USES.union(VERBS, *_LEXICONS), 1)
    | dict.fromkeys(_LISTS["shared"], 0)
    | dict.fromkeys(_LISTS["english"], 2)
    | dict.fromkeys(_LISTS["foreign"], -1)
)


def seems_english(tokens: Iterable[Token]) -> bool:
    """Whether `tokens` can be read as English; True where nothing speaks against it.

    Letters of another script, and small words or accents of another language, speak against it;
    English small words and every word that we know speak for it.

    >>> from okrkit.language.tokens import tokenise
    >>> seems_english(tokenise("Open the Café Zürich")), seems_english(tokenise("Umsatz erhöhen"))
    (True, False)
    """
    balance = 0
    for _, word, kind, _, _ in tokens:
        if kind == "word" or not word.isascii():
            weight = _WEIGHTS.get(word)
            balance += (0 if word.isascii() else _weight(word)) if weight is None else weight
    return balance >= 0


def _weight(word: str) -> int:
    """Of a word with a letter that English hardly uses; a sign such as `€` says nothing."""
    return -1 if any(letter.isalpha() and not letter.isascii() for letter in word) else 0
