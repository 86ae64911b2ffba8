"""Metrics to measure a change by, with guard metrics, by topic: `library.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from okrkit.language.tokens import tokenise

SURE = 3  # times a word of one topic alone counts
FILE = Path(__file__).with_name("library.toml")


@dataclass(frozen=True)
class Metric:
    """Something to measure a change by."""

    name: str
    way: str  #: "up" or "down": which is better
    note: str  #: where the figure usually comes from, or how to read it


@dataclass(frozen=True)
class Topic:
    """A field of work, the question that leads to its outcome, its metrics and their guards."""

    name: str
    function: str
    words: frozenset[str]
    sure: frozenset[str]
    question: str
    metrics: tuple[Metric, ...]
    guards: tuple[str, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """The library, the topic for any work last."""
    held = tomllib.loads(FILE.read_text(encoding="utf-8"))["topic"]
    return tuple(
        Topic(
            one["name"],
            one["function"],
            frozenset(map(_singular, one["words"])),
            frozenset(map(_singular, one.get("sure", ()))),
            one["question"],
            tuple(Metric(**metric) for metric in one["metrics"]),
            tuple(one["guards"]),
        )
        for one in held
    )


def _singular(word: str) -> str:
    """`warehouses` and `warehouse` name the same."""
    return word[:-1] if len(word) > _SHORT and word.endswith("s") and word[-2] != "s" else word


_SHORT = 3


def topic_of(text: str, *, function: str = "") -> Topic:
    """The topic whose words stand most often in `text`; the team's function decides a tie.

    >>> topic_of("Write 10 blog posts").metrics[0].name
    'qualified leads from organic search'
    >>> topic_of("Synergy").name
    'any work'
    """
    words = [_singular(token.word) for token in tokenise(text)[:500]]
    *known, anything = topics()

    def fits(topic: Topic) -> tuple[int, bool]:
        found = sum((word in topic.words) + SURE * (word in topic.sure) for word in words)
        return found, topic.function == function.casefold()

    best = max(known, key=fits)
    if not fits(best)[0]:
        own = [topic for topic in known if function and topic.function == function.casefold()]
        return own[0] if own else anything
    return best
