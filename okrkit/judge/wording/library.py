"""Metrics to measure a change by, with guard metrics, by topic: the files in `metrics/`.

Written by us from what teams of a trade usually watch; a number is never suggested. In a file,
`words` find the topic in a text: a word or several, each in the plural too; two words count twice,
a `sure` one three times, a `faint` one (`launch`, `process`) half. Where several topics fit, more
words win, then the team's own function, then what is named first. `general` is the topic of a
function where the text names none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from okrkit.judge.phrases import plural
from okrkit.language.tokens import tokenise
from okrkit.language.words import word_set

_COUNTS = {"faint": 1, "words": 2, "sure": 6}
FOLDER = Path(__file__).with_name("metrics")
FILES = ("selling", "making", "serving", "running", "anything")
_FRAME = word_set(
    """the a of in by per from to that with at who and share rate number average median score time
    hour day qualified"""
)


#: a metric's other name -> the words a guard is known by
_ALSO = {
    "cfr": "change failure", "cpl": "cost lead", "discounting": "discount",
    "failed": "change failure", "latency": "response", "participation": "response",
}  # fmt: skip


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
    general: bool  #: the function's own, where a text names no topic
    words: tuple[tuple[str, int], ...]  #: what it is found by, and how much that counts
    question: str
    aim: str  #: what such work is usually for, as an objective; "" for any work
    metrics: tuple[Metric, ...]
    guards: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether it is a field of work, and not any work."""
        return bool(self.words)

    def guard_beside(self, metric: str) -> str:
        """The first guard metric that is not `metric` itself.

        >>> topic_of("Raise CSAT").guard_beside("the CSAT score")
        'the response rate of the survey'
        """
        said = _content(metric)
        return next((one for one in self.guards if not _content(one) <= said), self.guards[0])


@cache
def topics() -> tuple[Topic, ...]:
    """The library, the topic for any work last."""
    files = [FOLDER / f"{name}.toml" for name in FILES]
    held = [one for file in files for one in tomllib.loads(file.read_text("utf-8"))["topic"]]
    return tuple(
        Topic(
            one["name"],
            one["function"],
            one.get("general", False),
            tuple(pair for group in _COUNTS for pair in _weighed(one, group)),
            one["question"],
            one.get("aim", ""),
            tuple(Metric(**metric) for metric in one["metrics"]),
            tuple(one["guards"]),
        )
        for one in held
    )


def topic_of(text: str, *, function: str = "") -> Topic:
    """The topic whose words stand most often in `text`; the team's function decides a tie.

    >>> topic_of("Write 10 blog posts").metrics[0].name
    'qualified leads from organic search'
    >>> topic_of("Synergy").name, topic_of("Synergy", function="finance").name
    ('any work', 'finance close and reporting')
    """
    words = (token.word for token in tokenise(text))
    text = f" {' '.join(words)} ".replace("-", " ")
    own, (*known, anything) = function.casefold(), topics()

    def fits(topic: Topic) -> tuple[int, bool, int]:
        found = [(text.find(f" {word} "), counts) for word, counts in topic.words]
        there = [(place, counts) for place, counts in found if place >= 0]
        earliest = min((place for place, _ in there), default=0)
        return sum(counts for _, counts in there), topic.function == own, -earliest

    best = max(known, key=fits)
    if not fits(best)[0]:
        return next((one for one in known if own and one.general and one.function == own), anything)
    return best


def _weighed(topic: dict[str, Any], group: str) -> Iterator[tuple[str, int]]:
    for word in topic.get(group, []):
        plain = word.replace("-", " ")
        counts = _COUNTS[group] * (1 + plain.count(" "))
        yield from ((plain, counts), (plural(plain), counts))


def _content(said: str) -> frozenset[str]:
    """The words of a metric that say what it measures, by all its names."""
    words = [word.removesuffix("s") for word in said.casefold().split()]
    return word_set(" ".join([*words, *(_ALSO.get(word, "") for word in words)])) - _FRAME
