"""Whether a text names somebody: by an id that stands alone, or by a name anywhere in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def plain_name(text: str) -> str:
    """An id or a name as it is compared: in one Unicode form, without spaces around it."""
    return unicodedata.normalize("NFC", text.replace("\u00a0", " ").strip())


def has_id(text: str, person: str) -> bool:
    """Whether a cell holds the id, alone or in a list separated by `;`.

    Examples
    --------
    >>> [has_id(text, "P1") for text in ("P1", "P2; P1", "P1 and P2", "P11")]
    [True, True, False, False]
    """
    return plain_name(person) in map(plain_name, text.split(";"))


def names_one(text: str, names: Iterable[str]) -> bool:
    """Whether a text has one of the names in it, in its very letters and as a whole word.

    Examples
    --------
    >>> [names_one(text, ["Ada"]) for text in ("after Ada's visit", "Adas", "ada")]
    [True, False, False]
    """
    whole = plain_name(text)
    sought = (plain_name(name) for name in names)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", whole) for name in sought if name)
