"""A stronger form as a sentence of places: what is known is filled in, what is not is a blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

METRIC, BASELINE, TARGET = "[metric]", "[baseline]", "[target]"
BY, GUARD, LEVEL = "[end of the cycle]", "[guard metric]", "[level]"
VERB, WHOM, NEW = "[action verb]", "[whom]", "[do what they cannot do today]"
#: place -> what stands in it while nobody knows better
BLANKS: Mapping[str, str] = MappingProxyType(
    {
        "metric": METRIC, "baseline": BASELINE, "target": TARGET, "by": BY, "guard": GUARD,
        "level": LEVEL, "verb": VERB, "whom": WHOM, "new": NEW,
    }
)  # fmt: skip
VERBS: Mapping[str, str] = MappingProxyType({"up": "Raise", "down": "Cut", "": "Move"})


class Piece(NamedTuple):
    """Some words of a sentence, and the place they fill; "" for the words between places."""

    said: str
    place: str = ""  #: direction, change, goal, or one of `BLANKS`


Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Rewrite:
    """A stronger form. Whatever the text does not give is a named blank, never a number of ours."""

    pieces: Pieces
    initiatives: tuple[str, ...] = ()  #: the work, which now serves it
    others: tuple[str, ...] = ()  #: fit for a key result of its own
    keeps: bool = False  #: whether the text itself stays
    question: str = ""  #: the question that leads to the outcome
    why: str = ""  #: what was done with the text

    @property
    def text(self) -> str:
        """The whole sentence, with its blanks."""
        return written(self.pieces)

    @property
    def blanks(self) -> tuple[str, ...]:
        """The blanks still to be filled."""
        return tuple(blank for blank in BLANKS.values() if blank in self.text)

    def at(self, place: str) -> str:
        """What stands in `place`; "" where the sentence has no such place."""
        return next((piece.said for piece in self.pieces if piece.place == place), "")


def written(pieces: Pieces) -> str:
    """The pieces as one text."""
    return "".join(piece.said for piece in pieces)


def path(metric: str, way: str, by: str, **given: str) -> Pieces:
    """`Raise [metric] from [baseline] to [target] by [date]`, with what is `given` of them.

    >>> written(path("sales", "up", BY, target="9m"))
    'Raise sales from [baseline] to 9m by [end of the cycle]'
    """
    change = given.get("change", "")
    moved = (Piece(" by "), Piece(change, "change"), Piece(",")) if change else ()
    return (
        Piece(VERBS[way], "direction"),
        Piece(" "),
        Piece(metric, "metric"),
        *moved,
        Piece(" from "),
        Piece(given.get("baseline") or BASELINE, "baseline"),
        Piece(" to "),
        Piece(given.get("target") or TARGET, "target"),
        *until(by),
    )


def until(by: str) -> Pieces:
    """The end of a sentence that says by when."""
    return Piece(" by "), Piece(by, "by")


def guarded(guard: str) -> Pieces:
    """What must not get worse: a metric whose level is a blank."""
    return Piece(", while keeping "), Piece(guard, "guard"), Piece(" at "), Piece(LEVEL, "level")


def placed(text: str, given: Mapping[str, str]) -> Pieces:
    """`text` in pieces: what is `given` of its places, where it stands in the text once.

    >>> [piece.said for piece in placed("40 % of guests come back", {"target": "40 %"})]
    ['40 %', ' of guests come back']
    """
    found = sorted(
        (text.index(said), place, said)
        for place, said in given.items()
        if said and text.count(said) == 1
    )
    pieces, begun = [], 0
    for start, place, said in found:
        if start >= begun:
            pieces += [Piece(text[begun:start]), Piece(said, place)]
            begun = start + len(said)
    pieces.append(Piece(text[begun:]))
    return tuple(piece for piece in pieces if piece.said)
