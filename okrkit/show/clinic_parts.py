"""Judged texts as plain values for the page: marked pieces, findings, a sentence to fill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from okrkit.judge.phrases import counted, number
from okrkit.judge.wording import Judged, item_to_dict
from okrkit.judge.wording.library import topic_of
from okrkit.language.numbers import MEASURES, find_numbers
from okrkit.measure.wording import OUTPUT, Evidence, Reading

from .wording_text import KIND_NAMES

#: kind -> the class of its mark on the page
TONES: Mapping[str, str] = MappingProxyType(
    {
        "outcome": "met", "milestone_outcome": "met", "goal_like": "met", "output": "not-met",
        "todo": "not-met", "metric_as_objective": "not-met", "health_metric": "same",
        "unclear": "cannot",
    }
)  # fmt: skip
_WORK = frozenset(
    (
        "artefact", "deliver_verb", "carry_verb", "own_work", "training", "done", "own_activity",
        "activity", "counted",
    )
)  # fmt: skip


def item_parts(item: Judged, reasons: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """One text for the page; `reasons` are those of findings set aside, by (text, rule)."""
    plain = item_to_dict(item)
    text = item.given.text
    findings = [
        one | {"aside": reasons.get((text, one["rule"]), "")} for one in plain.pop("findings")
    ]
    return plain | {
        "name": KIND_NAMES[item.kind],
        "tone": TONES[item.kind],
        "pieces": pieces(item),
        "findings": findings,
        "why": [
            {"said": str(one), "reason": one.reason}
            for one in item.reading.evidence
            if one.rule != "measure"
        ],
        "slots": _slots(item),
    }


def pieces(item: Judged) -> list[dict[str, str]]:
    """The text in pieces, each plain or marked: `work`, `change` or `number`.

    >>> from okrkit.judge.wording import Text, judge_texts
    >>> (item,) = judge_texts([Text("1", "Write 10 posts")])
    >>> [(piece["text"], piece["mark"]) for piece in pieces(item)]
    [('Write', 'work'), (' ', ''), ('10', 'number'), (' ', ''), ('posts', 'work')]
    """
    text, place, found = item.given.text, 0, []
    for start, end, mark in sorted(_marks(item)):
        if start < place:
            continue
        found += [{"text": text[place:start], "mark": ""}, {"text": text[start:end], "mark": mark}]
        place = end
    found.append({"text": text[place:], "mark": ""})
    return [piece for piece in found if piece["text"]]


def _marks(item: Judged) -> list[tuple[int, int, str]]:
    numbers = [
        (one.start, one.end, "number")
        for one in find_numbers(item.given.text)
        if one.role in MEASURES or one.deadline
    ]
    held = {(start, end) for start, end, _ in numbers}
    words = [
        (one.start, one.end, _mark(one))
        for one in item.reading.evidence
        if one.end and (one.start, one.end) not in held
    ]
    return numbers + words


def _mark(one: Evidence) -> str:
    return "work" if one.rule in _WORK else "change"


def verdict_line(items: Sequence[Judged]) -> str:
    """The page's first sentence: how many say what will be done.

    >>> verdict_line([])
    'Paste key results, one a line, or pick a team’s own.'
    """
    if not items:
        return "Paste key results, one a line, or pick a team’s own."
    count, n = sum(item.kind == OUTPUT for item in items), len(items)
    if not count:
        return f"None of {counted(n, 'text')} says what will be done instead of what will change."
    says = "says" if count == 1 else "say"
    share = f"{number(count).capitalize()} of {number(n)}"
    return f"{share} {says} what will be done, not what will be different."


def kind_counts(items: Sequence[Judged]) -> list[list[str]]:
    """How many of each kind, most first."""
    counts = Counter(KIND_NAMES[item.kind] for item in items)
    return [[str(count), name.lower()] for name, count in counts.most_common()]


def _slots(item: Judged) -> dict[str, Any] | None:
    """The sentence to fill, with measures and guards to choose from."""
    better = item.rewrite
    if better is None or not isinstance(item.reading, Reading):
        return None
    topic = topic_of(item.given.text, function=item.given.function)
    return {
        "composed": better.composed or not better.keeps,
        "direction": better.direction or "up",
        "metric": better.metric,
        "baseline": "" if better.baseline.startswith("[") else better.baseline,
        "target": "" if better.target.startswith("[") else better.target,
        "by": "" if better.by.startswith("[") else better.by,
        "guard": better.guard,
        "topic": topic.name,
        "metrics": [{"name": m.name, "way": m.way, "note": m.note} for m in topic.metrics],
        "guards": list(topic.guards),
        "why": better.why,
    }
