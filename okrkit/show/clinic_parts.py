"""Judged texts as plain values for the page: marked pieces, findings, a sentence to fill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from okrkit.judge.phrases import counted, number, percent
from okrkit.judge.wording import KEY_RESULT, Judged, WordingSet, item_to_dict
from okrkit.judge.wording.as_json import Aside
from okrkit.judge.wording.convert import suggested
from okrkit.judge.wording.library import topic_of
from okrkit.judge.wording.sentence import BLANKS, VERBS, Pieces
from okrkit.language.numbers import MEASURES, find_numbers
from okrkit.measure.wording import OUTPUT, Evidence, Reading
from okrkit.measure.wording.objective import TODO

from .wording_text import KIND_NAMES, form_line, kind_word

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


def item_parts(item: Judged, reasons: Aside) -> dict[str, Any]:
    """One text for the page; `reasons` are those of findings set aside, by (text, rule)."""
    plain = item_to_dict(item, reasons)
    return plain | {
        "name": KIND_NAMES[item.kind],
        "tone": TONES[item.kind],
        "pieces": pieces(item),
        "form": form_line(item),
        "why": [
            {"said": str(one), "reason": one.reason}
            for one in item.reading.evidence
            if one.rule != "measure"
        ],
        "slots": _slots(item),
    }


def set_parts(together: WordingSet) -> dict[str, Any]:
    """What a client's key results show together, for the page."""
    shares = together.shares[together.shares["by"] != "all"]
    columns = (shares[name] for name in ("by", "group", "share", "outputs", "n"))
    return {
        "findings": [{"claim": one.claim, "enough": one.enough} for one in together.findings],
        "shares": [
            [by, group, percent(share), f"{number(outputs)} of {number(n)}"]
            for by, group, share, outputs, n in zip(*columns, strict=True)
        ],
    }


def pieces(item: Judged) -> list[dict[str, str]]:
    """The text in pieces, each plain or marked: `work`, `change`, `number` or `against`.

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
    against = item.reading.against if isinstance(item.reading, Reading) else ()
    held = {(one.start, one.end) for one in against}
    numbers = [(start, end, "against") for start, end in held]
    numbers += [
        (one.start, one.end, "number")
        for one in find_numbers(item.given.text)
        if (one.role in MEASURES or one.deadline) and (one.start, one.end) not in held
    ]
    held = {(start, end) for start, end, _ in numbers}
    works = TONES[item.kind] == "not-met"  # `make`, `have`: work only where the rest is
    words = [
        (one.start, one.end, _mark(one))
        for one in item.reading.evidence
        if one.end and (one.start, one.end) not in held and (works or one.rule != "carry_verb")
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
    count, n = sum(item.kind in {OUTPUT, TODO} for item in items), len(items)
    if not count:
        return f"None of {counted(n, 'text')} says what will be done instead of what will change."
    says = "says" if count == 1 else "say"
    share = f"{number(count).capitalize()} of {number(n)}"
    return f"{share} {says} what will be done, not what will be different."


def kind_counts(items: Sequence[Judged]) -> list[list[str]]:
    """How many of each kind, most first."""
    counts = Counter(KIND_NAMES[item.kind] for item in items)
    return [[str(count), kind_word(name, count)] for name, count in counts.most_common()]


def _slots(item: Judged) -> dict[str, Any] | None:
    """The sentence to fill, with measures and guards to choose from.

    `pieces` are its words and places; `standard` the form a suggested measure is put into.
    """
    better = item.rewrite
    if better is None:
        return None
    topic = topic_of(item.given.text, function=item.given.function)
    chosen = item.given.role == KEY_RESULT
    return {
        "pieces": _places(better.pieces),
        "standard": _places(suggested(topic, better.at("by") or BLANKS["by"]).pieces),
        "topic": topic.name,
        "verbs": list(VERBS.values()),
        "metrics": [
            {"name": one.name, "verb": VERBS[one.way], "note": one.note}
            for one in topic.metrics
            if chosen
        ],
        "guards": list(topic.guards) if chosen else [],
        "why": better.why,
    }


def _places(pieces: Pieces) -> list[dict[str, str]]:
    """Each piece with the blank that stands in its place while it is empty."""
    return [
        {"said": "" if piece.said == blank and piece.place in BLANKS else piece.said,
         "place": piece.place, "blank": blank}
        for piece in pieces
        for blank in [BLANKS.get(piece.place, piece.said)]
    ]  # fmt: skip
