"""What a visitor may save, checked field by field wherever it comes from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from datetime import datetime
from typing import ClassVar, Literal

from okrkit.errors import UsageError
from okrkit.schemas import ANSWERS

STATEMENTS = range(1, 6)
MODES = ("own", "together")
LONGEST_COMMENT = 32_000
LONGEST_TEXT = 200

Table = Literal["answer", "profile", "sent"]


@dataclass(frozen=True)
class Record:
    """Something a respondent says in a wave.

    `key` is made once by whoever sends it (16 to 64 random letters, digits, `-` or `_`) and stays
    the same however often it is sent again. `respondent` comes from `codes.respondent_of`.
    """

    table: ClassVar[Table]

    key: str
    wave: str
    respondent: str

    def __post_init__(self) -> None:
        """Refuse what no form of ours sends.

        Raises
        ------
        UsageError
            Names the first field that does not fit, and what it takes; of what a visitor types,
            in words for the visitor.
        """
        fits("key", self.key, r"[A-Za-z0-9_-]{16,64}", "16 to 64 letters, digits, - or _")
        fits("respondent", self.respondent, r"[0-9a-f]{32}", "32 digits of a digest")
        one_line("wave", self.wave, needed=True)

    def content(self) -> dict[str, str | int]:
        """Everything but the key."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "key"}


@dataclass(frozen=True)
class Answer(Record):
    """An answer to one of the five statements: `yes`, `no`, `dont_know` or `not_applicable`.

    An empty answer keeps a comment (in a group: what was discussed) before there is an answer.
    """

    table = "answer"

    statement: int
    answer: str
    comment: str = ""

    def __post_init__(self) -> None:
        """Refuse what no form of ours sends."""
        super().__post_init__()
        if type(self.statement) is not int or self.statement not in STATEMENTS:
            raise UsageError("statement: expected a whole number from 1 to 5.")
        if self.answer not in (*ANSWERS, ""):
            raise UsageError(f"answer: expected one of {', '.join(ANSWERS)}, or nothing.")
        _typed("comment", self.comment, LONGEST_COMMENT)


@dataclass(frozen=True)
class Profile(Record):
    """The team and level a respondent chose, and whether a group answers together in one room."""

    table = "profile"

    team: str = ""
    level: str = ""
    mode: str = "own"

    def __post_init__(self) -> None:
        """Refuse what no form of ours sends."""
        super().__post_init__()
        if ";" in _typed_line("team", self.team):
            raise UsageError("Please write one team, without a semicolon.")
        _typed_line("level", self.level)
        if self.mode not in MODES:
            raise UsageError(f"mode: expected {' or '.join(MODES)}.")


@dataclass(frozen=True)
class Sending(Record):
    """The respondent is done: from now on nothing of theirs changes in this wave."""

    table = "sent"


@dataclass(frozen=True)
class Saved:
    """An acknowledgement: the disk has it. `repeated`: it was there already, since `at`."""

    at: datetime
    repeated: bool = False


def one_line(field: str, text: object, *, needed: bool = False) -> None:
    """Refuse a text that is not one printable line of at most 200 characters.

    Raises
    ------
    UsageError
        Names the field and what it takes.
    """
    if not isinstance(text, str) or len(text) > LONGEST_TEXT or not _is_whole(text):
        raise UsageError(f"{field}: expected a text of at most {LONGEST_TEXT} characters.")
    if not _is_line(text):
        raise UsageError(f"{field}: expected one line, without spaces around it.")
    if needed and not text:
        raise UsageError(f"{field}: expected a text.")


def _typed(field: str, text: object, longest: int) -> str:
    """What a visitor typed; refused in words for the visitor."""
    if not isinstance(text, str):
        raise UsageError(f"{field}: expected a text.")
    if len(text) > longest:
        raise UsageError(f"Please shorten the {field}: at most {longest} characters are kept.")
    if not _is_whole(text):
        raise UsageError(f"The {field} holds half a character. Please delete it and type it again.")
    return text


def _typed_line(field: str, text: object) -> str:
    line = _typed(field, text, LONGEST_TEXT)
    if not _is_line(line):
        raise UsageError(f"Please write the {field} on one line, without tabs or spaces around it.")
    return line


def _is_whole(text: str) -> bool:
    """Whether it holds no half of a character, which no file can keep."""
    return not any(unicodedata.category(sign) == "Cs" for sign in text)


def _is_line(text: str) -> bool:
    printable = all(unicodedata.category(sign) not in {"Cc", "Zl", "Zp"} for sign in text)
    return printable and text == text.strip()


def fits(field: str, text: object, pattern: str, takes: str) -> None:
    """Refuse a text that `pattern` does not match whole.

    Raises
    ------
    UsageError
        Names the field and what it `takes`.
    """
    if not isinstance(text, str) or not re.fullmatch(pattern, text):
        raise UsageError(f"{field}: expected {takes}.")
