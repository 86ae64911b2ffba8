"""A visitor's own code: random, easy to copy by hand, and known to the store only by its digest."""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Callable
from hashlib import sha256

from okrkit.errors import UsageError

# No I, L, O or U: they are read as 1, 1, 0 and V.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FROM_BASE32 = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)
_MISREAD = str.maketrans("ILO", "110")
_BYTES = 10  # 80 bits: nobody guesses one


def new_code(token_bytes: Callable[[int], bytes]) -> str:
    """A code made of 80 random bits; pass `secrets.token_bytes`.

    Examples
    --------
    >>> new_code(lambda count: bytes(range(count)))
    '000G-40R4-0M30-E209'
    """
    code = b32encode(token_bytes(_BYTES)).decode().translate(_FROM_BASE32)
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def plain_code(text: str) -> str:
    """The code as it is meant, however it was typed: any case, with or without dashes.

    Raises
    ------
    UsageError
        If it is no code.

    Examples
    --------
    >>> plain_code(" ooog 4or4–om30 e209 ")  # noqa: RUF001
    '000G-40R4-0M30-E209'
    """
    code = re.sub(r"[\W_]+", "", text).upper().translate(_MISREAD)
    if len(code) != 16 or not set(code) <= set(ALPHABET):
        raise UsageError(
            "This is no code of ours: four groups of four, such as 7K2M-9QXD-40RT-HW3B."
        )
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def respondent_of(code: str) -> str:
    """What the store calls the holder of `code`: a digest that does not lead back to it.

    Examples
    --------
    >>> respondent_of("000G-40R4-0M30-E209") == respondent_of("oo0g40r4om30e209")
    True
    """
    return sha256(plain_code(code).encode()).hexdigest()[:32]
