"""Turns the phrase files into objectives and key results that no team writes twice."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from .dice import Dice

T = TypeVar("T")
PHRASES = Path(__file__).parent / "phrases"


@dataclass(frozen=True)
class Wording:
    """The text of a key result and what it measures, if anything."""

    text: str
    metric: str = ""
    unit: str = ""
    direction: str = ""
    start: float | None = None
    target: float | None = None
    from_to: bool = False
    digits: int = 0
    sort: str = "milestone"


class Phrasebook:
    """Phrases by function; remembers what was used so that texts stay varied."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._used: set[str] = set()
        self._times: dict[str, int] = {}
        self._books = {
            path.stem.replace("_", " "): tomllib.loads(path.read_text(encoding="utf-8"))
            for path in sorted(PHRASES.glob("*.toml"))
        }
        self.everyday = self._books["everyday"]

    def objective(self, function: str, subject: str) -> str:
        """A title nobody has used."""
        return self._fresh(self._books[function]["objectives"], lambda text: text.format(s=subject))

    def key_result(self, function: str, form: str, subject: str) -> Wording:
        """A key result in one of the forms of `goals.FORMS`."""
        if form in ("from_to", "level"):
            return self._measured(self._books[function]["outcomes"], form, subject)
        book = self.everyday if form == "unclear" else self._books[function]
        level = self._dice.whole(88, 97)

        def fill(text: str) -> str:
            count = self._dice.whole(3, 18)
            whole = text.format(s=subject, S=_capital(subject), n=count, t=level)
            return _capital(whole)

        return Wording(self._fresh(book[form], fill), sort=_sort_of(form))

    def deadline(self, month: str) -> str:
        """A few words that set a date."""
        ending: str = self._dice.pick(self.everyday["deadlines"])
        return ending.format(month=month)

    def _measured(self, outcomes: list[dict[str, Any]], form: str, subject: str) -> Wording:
        entry = self._least_used(outcomes, lambda outcome: outcome["metric"])
        digits = entry["digits"]
        start = round(self._dice.between(entry["low"], entry["high"]), digits)
        target = round(start * entry["change"], digits)
        if entry["unit"] == "%":
            target = min(target, 97)
        words = entry["from_to" if form == "from_to" else "level"]
        text = words.format(s=subject, b=plain(start), t=plain(target))
        if text in self._used:
            return self._measured(outcomes, form, subject)
        self._used.add(text)
        return Wording(
            _capital(text),
            entry["metric"],
            entry["unit"],
            entry["direction"],
            start,
            target,
            form == "from_to",
            digits,
            _sort_of(entry["unit"]),
        )

    def _fresh(self, phrases: list[str], fill: Callable[[str], str]) -> str:
        for phrase in (self._least_used(phrases, str), *self._dice.shuffled(phrases * 4)):
            text = fill(phrase)
            if text not in self._used:
                self._used.add(text)
                return text
        raise LookupError(f"no unused text is left among {phrases[0]!r} and the like")

    def _least_used(self, items: list[T], name: Callable[[T], str]) -> T:
        """One of the least used half, so that no phrase dominates."""
        ranked = sorted(self._dice.shuffled(items), key=lambda item: self._times.get(name(item), 0))
        item = self._dice.pick(ranked[: max(3, len(ranked) // 2)])
        self._times[name(item)] = self._times.get(name(item), 0) + 1
        return item


def plain(number: float) -> str:
    """`number` without needless decimals."""
    return f"{number:.4f}".rstrip("0").rstrip(".")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sort_of(word: str) -> str:
    """What a key result is about, from its form or its unit."""
    if "euro" in word:
        return "revenue"
    if word in ("days", "hours", "minutes"):
        return "speed"
    if word in ("customers", "requests", "leads", "sign-ups"):
        return "growth"
    if word.startswith(("output", "milestone", "unclear")):
        return "milestone"
    return "quality"
