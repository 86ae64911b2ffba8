"""The word lists in `lexicon/`: `[name]`, then its words; `#` says where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).with_name("lexicon")


def read_lexicon(name: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of one file by their names, in the order they are written in.

    >>> read_lexicon("small_words")["articles"][:3]
    ('a', 'an', 'her')
    """
    lists: dict[str, list[str]] = {}
    words: list[str] = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("["):
            title, _, line = line[1:].partition("]")
            words = lists.setdefault(title, [])
        words.extend(line.split())
    return MappingProxyType({name: tuple(words) for name, words in lists.items()})


def word_set(block: str) -> frozenset[str]:
    """The words of `block`: a few that belong to the grammar of one rule."""
    return frozenset(block.split())
