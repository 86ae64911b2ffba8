"""Judged texts for a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence

from okrkit.judge.phrases import counted, number, percent, plural
from okrkit.judge.wording import OBJECTIVE, Judged, WordingSet, item_to_dict
from okrkit.judge.wording.as_json import NOTHING_ASIDE, Aside
from okrkit.measure.wording import Reading

WIDTH = 88
TEAMS_SHOWN = 10
FORM_MISSED = {"verb": "no action verb", "outcome": "no outcome", "no_number": "a number in it"}
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


def wording_text(
    items: Sequence[Judged], together: WordingSet | None = None, aside: Aside = NOTHING_ASIDE
) -> str:
    """Every text with its judgement and how it could be said; what they show together first."""
    lines = [*_together(items, together), ""]
    for item in items:
        lines += [*_item(item, aside), ""]
    lines.append("Judged by written rules, offline. A reading can be argued with.")
    return "\n".join(lines)


def kinds_line(items: Sequence[Judged]) -> str:
    """`4 outputs, 1 outcome, 1 unclear`, most first.

    >>> kinds_line([])
    'Nothing to judge'
    """
    counts = Counter(KIND_NAMES[item.kind] for item in items)
    told = [f"{number(count)} {kind_word(name, count)}" for name, count in counts.most_common()]
    return ", ".join(told) or "Nothing to judge"


def kind_word(name: str, count: int) -> str:
    """A kind as it is counted.

    >>> kind_word("Health metric", 2), kind_word("Unclear", 2)
    ('health metrics', 'unclear')
    """
    word = name.lower()
    return word if count == 1 or name == KIND_NAMES["unclear"] else plural(word)


def _together(items: Sequence[Judged], together: WordingSet | None) -> list[str]:
    lines = _wrapped(f"{counted(len(items), 'text')}: {kinds_line(items)}.")
    if together is None:
        return lines
    for finding in together.findings:
        lacks = "" if finding.enough else "Not enough data. "
        lines += _wrapped(f"- {lacks}{finding.claim}", "  ")
    for by in ("level", "team"):
        rows = together.shares[together.shares["by"] == by]
        shown = rows.head(TEAMS_SHOWN)
        for group, share, n in zip(shown["group"], shown["share"], shown["n"], strict=True):
            lines.append(f"  {group:<26}{percent(share):>6} outputs, n = {n}")
        if len(rows) > TEAMS_SHOWN:
            lines.append(f"  and {counted(len(rows) - TEAMS_SHOWN, 'team')} with fewer outputs")
    return lines


def form_line(item: Judged) -> str:
    """How an objective stands to the standard form; "" for a key result and what is not read.

    >>> from okrkit.judge.wording import Text, judge_texts
    >>> (item,) = judge_texts([Text("1", "Launch the loyalty card", "objective")])
    >>> form_line(item)
    'Not in the standard form: no outcome. No time frame is said: the cycle’s end counts.'
    """
    form = item_to_dict(item)["standard_form"]
    if form is None:
        return ""
    missed = [name for part, name in FORM_MISSED.items() if not form[part]]
    said = f"Not in the standard form: {', '.join(missed)}" if missed else "In the standard form"
    frame = "" if form["time_frame"] else " No time frame is said: the cycle’s end counts."
    return f"{said}.{frame}"


def _item(item: Judged, aside: Aside) -> list[str]:
    reading = item.reading
    sure = f" ({reading.confidence:.2f})" if isinstance(reading, Reading) else ""
    shown = " ".join(item.given.text.split())
    lines = _wrapped(f"{item.given.id}  {textwrap.shorten(shown, 300) or '(no text)'}")
    why = "; ".join(str(piece) for piece in reading.evidence)
    lines += _wrapped(f"  {KIND_NAMES[item.kind]}{sure}: {why}", "  ")
    open_, form = [], form_line(item)
    for one in item.advice:
        reason = aside.get((item.given.text, one.rule))
        if reason is None:
            open_.append(one)
            lines += _wrapped(f"  - {one.claim}. {one.saying.reason}", "    ")
        else:
            lines += _wrapped(f"  - set aside: {one.claim}. {reason}", "    ")
    if form:
        lines += _wrapped(f"  {form}", "  ")
    if open_ and open_[0].saying.question:
        lines += _wrapped(f"  ? {open_[0].saying.question}", "    ")
    return lines + (_rewrite(item) if open_ else [])


def _rewrite(item: Judged) -> list[str]:
    """The stronger form, and the work that serves it."""
    if item.rewrite is None:
        return []
    lines = _wrapped(f"  > {item.rewrite.text}", "    ")
    for work in item.rewrite.initiatives:
        lines += _wrapped(f"    Initiative: {work}", "      ")
    for other in item.rewrite.others:
        own = (
            "A key result to show it" if item.given.role == OBJECTIVE else "A key result of its own"
        )
        lines += _wrapped(f"    {own}: {other}", "      ")
    return lines


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True
    ) or [""]
