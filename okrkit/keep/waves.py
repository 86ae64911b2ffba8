"""Waves: rounds of asking that are opened, close by hand or on their day, and may be reopened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from okrkit.errors import UsageError

_NOBODY: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Wave:
    """A round of asking, as it stands today."""

    name: str
    is_open: bool
    opened_at: datetime  #: when it was first opened
    closes_on: date | None  #: the last day it is open; None: until somebody closes it
    closed_at: datetime | None  #: when somebody closed it by hand
    started: int = 0  #: people who have answered a statement and not taken it back
    sent: int = 0  #: people who have sent theirs


def waves_of(
    events: Iterable[Mapping[str, Any]],
    today: date,
    started: Mapping[str, int] = _NOBODY,
    sent: Mapping[str, int] = _NOBODY,
) -> tuple[Wave, ...]:
    """The waves in the order they were first opened; the latest event of each decides.

    `events` are rows of `wave_event` in the order they were written.

    Examples
    --------
    >>> opened = {"kind": "open", "closes_on": "2026-09-30", "at": "2026-09-01T08:00:00+00:00"}
    >>> events = [{"wave": "Q3"} | opened]
    >>> [wave.is_open for wave in waves_of(events, date(2026, 9, 30))]
    [True]
    >>> [wave.is_open for wave in waves_of(events, date(2026, 10, 1))]
    [False]
    """
    first: dict[str, str] = {}
    last: dict[str, Mapping[str, Any]] = {}
    closes: dict[str, date | None] = {}
    for event in events:
        name = event["wave"]
        first.setdefault(name, event["at"])
        last[name] = event
        if event["kind"] == "open":
            day = event["closes_on"]
            closes[name] = None if day is None else date.fromisoformat(day)
    waves = []
    for name, at in first.items():
        by_hand = last[name]["kind"] == "close"
        ends = closes[name]
        waves.append(
            Wave(
                name,
                is_open=not by_hand and (ends is None or today <= ends),
                opened_at=datetime.fromisoformat(at),
                closes_on=ends,
                closed_at=datetime.fromisoformat(last[name]["at"]) if by_hand else None,
                started=started.get(name, 0),
                sent=sent.get(name, 0),
            )
        )
    return tuple(waves)


def wave_named(name: str, waves: Iterable[Wave]) -> Wave:
    """The wave called `name`.

    Raises
    ------
    UsageError
        If there is none; lists those there are.
    """
    known = {wave.name: wave for wave in waves}
    if name not in known:
        there = f"There are {', '.join(map(repr, known))}." if known else "None has been opened."
        raise UsageError(f"There is no wave {name!r}. {there} Open it with okrkit wave open.")
    return known[name]
