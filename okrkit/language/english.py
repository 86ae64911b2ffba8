"""Whether a text seems to be English, by its small words, its known words and its letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from . import words as lexicon
from .tokens import Token
from .verbs import USES, VERBS
from .words import word_set

#: small words that hardly any other language has
_ENGLISH = word_set(
    """and are at been by for from has have is of our than that the their them they this to
    was we were when which while who will with without"""
)
#: small and everyday words of other languages that are no English ones
_FOREIGN = word_set(
    """al alla alle allen aller alles ao aos att au auf aus aux avec bei beim bis cada cette
    chaque che como d'ici da dai dal dans das dat de dei del della delle dem den der des
    deze di du durch een ein eine einem einen einer el ella em entre esta este et från
    för für gli hasta het il im inte ist jede jeden kein keine la las le les leur los
    mais mindestens mit muy más naar nach nei nel nella neue neuen neuer neues nicht
    niet nieuwe nos notre nous nouveau nouvelle novo nuestra nuestro nueva nuevo não och
    oder ogni ohne onze para pela pelo più por pour que qui sans sem sich sind ska sous
    su sur sus tous toute toutes um uma una und une uno uns unser unsere unter vom von
    voor vor werden wir wird worden y zu zum zur är über"""
)
_SHARED = word_set("a i in an as on so also am me no")  # words of several languages
_LEXICONS = (block for block in vars(lexicon).values() if isinstance(block, frozenset))
#: how much a word speaks for English
_WEIGHTS: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(USES.union(VERBS, *_LEXICONS), 1)
    | dict.fromkeys(_SHARED, 0)
    | dict.fromkeys(_ENGLISH, 2)
    | dict.fromkeys(_FOREIGN, -1)
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
    for word, kind in ((token.word, token.kind) for token in tokens):
        if kind == "word" or not word.isascii():
            weight = _WEIGHTS.get(word)
            balance += (0 if word.isascii() else _weight(word)) if weight is None else weight
    return balance >= 0


def _weight(word: str) -> int:
    """Of a word with a letter that English hardly uses; a sign such as `€` says nothing."""
    return -1 if any(letter.isalpha() and not letter.isascii() for letter in word) else 0
