"""What people say beside what the records show, in words."""

from __future__ import annotations

from okrkit.standard import Standard

from .phrases import number, percent
from .result import Done, Said
from .statements import Asked


def gap_word(said: Said, done: Done, standard: Standard) -> str:
    """One or two words for how far the two halves are apart.

    Examples
    --------
    >>> from okrkit.standard import DEFAULT_STANDARD
    >>> from okrkit.judge.result import Outcome
    >>> said = Said(9, 1, 0, 0, Outcome.YES)
    >>> shares = (0.4, 0.7, 0.85, None)
    >>> [gap_word(said, Done("x", share), DEFAULT_STANDARD) for share in shares]
    ['Wide gap', 'Gap', 'Close', 'Only answers']
    """
    share = said.counted_share
    if share is None or done.share is None:
        one = "Only records" if share is None else "Only answers"
        return "Nothing to compare" if share is None and done.share is None else one
    # nine decimals, so that 0.9 less 0.6 is 0.3
    gap = round(share - done.share, 9)
    if gap >= standard.gap_wide_min:
        return "Wide gap"
    if gap >= standard.gap_min:
        return "Gap"
    return "Records ahead of answers" if gap <= -standard.gap_min else "Close"


def gap_text(asked: Asked, said: Said, done: Done, asides: tuple[str, ...] = ()) -> str:
    """Both halves in sentences, with one question to ask; `asides` say which teams are compared."""
    people = _people(said)
    records = _records(done)
    between = " ".join(asides)
    if said.counted_share is None and done.share is None:
        closing = f"To begin, ask {asked.ask}."
    elif said.counted_share is None:
        closing = f"The records alone do not say how people see it; ask {asked.ask}."
    elif done.share is None:
        closing = f"The answers stand alone for now; ask {asked.ask}."
    else:
        closing = f"Either may be incomplete; ask {asked.ask}."
    return " ".join(text for text in (people, records, between, closing) if text)


def _people(said: Said) -> str:
    if said.yes is None or said.no is None:
        return said.why
    decided = said.yes + said.no
    share = percent(said.yes / decided)
    return f"People report yes in {number(said.yes)} of {number(decided)} answers ({share})."


def _records(done: Done) -> str:
    if done.share is None:
        why = done.why[:1].lower() + done.why[1:]
        return f"The records we were given cannot tell: {why.rstrip('.')}."
    return (
        f"The records we were given show {percent(done.share)}: "
        f"{number(done.count or 0)} of {number(done.n or 0)} {done.label}."
    )
