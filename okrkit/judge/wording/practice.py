"""Practice on a team's own key results: is it something done, or something different?"""

from __future__ import annotations

from collections.abc import Sequence

from okrkit.measure.wording import HEALTH, MILESTONE, OUTCOME, OUTPUT, Reading

from .clinic import Judged

DONE, DIFFERENT = "done", "different"
SURE_ENOUGH = 0.8  #: a doubtful reading teaches nobody


def practice(items: Sequence[Judged], most: int = 8) -> tuple[Judged, ...]:
    """Up to `most` of `items` to practise on: plain ones, work and change in turn.

    Examples
    --------
    >>> from .clinic import Text, judge_texts
    >>> texts = ["Print the map", "Draw the plan", "Raise sales by 4 %"]
    >>> items = judge_texts(Text(str(at), text) for at, text in enumerate(texts))
    >>> [(one.given.text, answer(one)) for one in practice(items)]
    [('Print the map', 'done'), ('Raise sales by 4 %', 'different'), ('Draw the plan', 'done')]
    """
    plain = [one for one in items if _is_plain(one)]
    done = [one for one in plain if answer(one) == DONE]
    other = [one for one in plain if answer(one) == DIFFERENT]
    turns = [one for pair in zip(done, other, strict=False) for one in pair]
    rest = done[len(other) :] + other[len(done) :]
    return tuple((turns + rest)[:most])


def answer(item: Judged) -> str:
    """What is right of it: `done` for work, `different` for a change or somebody else's yes."""
    return DONE if item.kind == OUTPUT else DIFFERENT


def _is_plain(item: Judged) -> bool:
    reading = item.reading
    if not isinstance(reading, Reading) or reading.compound:
        return False
    return reading.kind in {OUTPUT, OUTCOME, MILESTONE, HEALTH} and reading.confidence > SURE_ENOUGH
