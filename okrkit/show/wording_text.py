"""Judged texts for a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from okrkit.judge.phrases import counted, number, percent
from okrkit.judge.wording import Judged, WordingSet
from okrkit.measure.wording import Reading

WIDTH = 88
TEAMS_SHOWN = 5  #: those with most outputs; all stand in the JSON
KIND_NAMES = {
    "outcome": "Outcome",
    "output": "Output",
    "milestone_outcome": "Milestone",
    "health_metric": "Health metric",
    "unclear": "Unclear",
    "goal_like": "Goal",
    "todo": "To-do",
    "metric_as_objective": "Metric",
}


def wording_text(items: Sequence[Judged], together: WordingSet | None = None) -> str:
    """Every text with its judgement and how it could be said; what they show together first."""
    lines = [*_together(items, together), ""]
    for item in items:
        lines += [*_item(item), ""]
    lines.append("Judged by written rules, offline. A reading can be argued with.")
    return "\n".join(lines)


def kinds_line(items: Sequence[Judged]) -> str:
    """`4 outputs, 1 outcome, 1 unclear`, most first.

    >>> kinds_line([])
    'Nothing to judge'
    """
    counts = Counter(KIND_NAMES[item.kind] for item in items)
    told = [f"{number(count)} {name.lower()}" for name, count in counts.most_common()]
    return ", ".join(told) or "Nothing to judge"


def _together(items: Sequence[Judged], together: WordingSet | None) -> list[str]:
    lines = _wrapped(f"{counted(len(items), 'text')}: {kinds_line(items)}.")
    if together is None:
        return lines
    for finding in together.findings:
        lines += _wrapped(f"- {finding.claim}", "  ")
    shares = together.shares
    shown = pd.concat(
        [shares[shares["by"] == "level"], shares[shares["by"] == "team"][:TEAMS_SHOWN]]
    )
    for group, share, n in zip(shown["group"], shown["share"], shown["n"], strict=True):
        lines.append(f"  {group:<28}{percent(share):>7} outputs, n = {n}")
    return lines


def _item(item: Judged) -> list[str]:
    reading = item.reading
    sure = f" ({reading.confidence:.2f})" if isinstance(reading, Reading) else ""
    shown = " ".join(item.given.text.split())
    lines = _wrapped(f"{item.given.id}  {textwrap.shorten(shown, 300) or '(no text)'}")
    why = "; ".join(str(piece) for piece in reading.evidence)
    lines += _wrapped(f"  {KIND_NAMES[item.kind]}{sure}: {why}", "  ")
    for one in item.advice:
        lines += _wrapped(f"  - {one.claim}. {one.saying.reason}", "    ")
    if item.advice and item.advice[0].saying.question:
        lines += _wrapped(f"  ? {item.advice[0].saying.question}", "    ")
    if item.advice and item.rewrite is not None:
        lines += _wrapped(f"  > {item.rewrite.text}", "    ")
    return lines


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True
    ) or [""]
