"""Judged texts for machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from okrkit.measure.wording import UNCLEAR, Evidence, ObjectiveReading, Reading
from okrkit.measure.wording.objective import GOAL

from .advice import Advice
from .clinic import Judged
from .in_set import WordingSet

Aside = Mapping[tuple[str, str], str]  #: (text, rule) to why the finding was set aside
IDS_SHOWN = 50  #: of a finding; `count` says how many there are
NOTHING_ASIDE: Aside = MappingProxyType({})


def wording_to_dict(
    items: Iterable[Judged], together: WordingSet | None = None, aside: Aside = NOTHING_ASIDE
) -> dict[str, Any]:
    """What `okrkit wording --json` prints; `set` is null for texts that are no client's folder."""
    shown = None
    if together is not None:
        shown = {
            "shares": together.shares.to_dict(orient="records"),
            "findings": [
                {**asdict(one), "ids": list(one.ids[:IDS_SHOWN])} for one in together.findings
            ],
        }
    return {"items": [item_to_dict(item, aside) for item in items], "set": shown}


def item_to_dict(item: Judged, aside: Aside = NOTHING_ASIDE) -> dict[str, Any]:
    """One text with its judgement; what does not apply to its role is null."""
    reading, better = item.reading, item.rewrite
    return {
        "id": item.given.id,
        "text": item.given.text,
        "role": item.given.role,
        "kind": reading.kind,
        "confidence": reading.confidence if isinstance(reading, Reading) else None,
        "flags": _flags(item),
        "standard_form": _form(reading),
        "evidence": [_evidence(piece) for piece in reading.evidence],
        "findings": [
            _finding(one) | {"set_aside": aside.get((item.given.text, one.rule))}
            for one in item.advice
        ],
        "rewrite": None
        if better is None
        else {
            "text": better.text,
            "blanks": list(better.blanks),
            "initiatives": list(better.initiatives),
            "others": list(better.others),
            "keeps": better.keeps,
            "question": better.question,
        },
    }


def _flags(item: Judged) -> dict[str, bool | None]:
    reading = item.reading
    whole = reading if isinstance(reading, Reading) else None
    return {
        "number": reading.has_number,
        "baseline_and_target": None if whole is None else whole.has_baseline_and_target,
        "deadline": reading.has_deadline,
        "vague": None if whole is None else whole.vague,
        "compound": None if whole is None else whole.compound,
    }


def _form(reading: Reading | ObjectiveReading) -> dict[str, bool] | None:
    """The parts of an objective's standard form; without a time frame the cycle's end counts."""
    if not isinstance(reading, ObjectiveReading) or reading.kind == UNCLEAR:
        return None
    return {
        "verb": reading.has_verb,
        "outcome": reading.kind == GOAL,
        "time_frame": reading.has_deadline,
        "no_number": not reading.has_number,
    }


def _finding(one: Advice) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "claim": one.claim,
        "reason": one.saying.reason,
        "question": one.saying.question,
        "weak": one.saying.weak,
        "strong": one.saying.strong,
        "where": [[piece.start, piece.end] for piece in one.evidence if piece.end],
    }


def _evidence(piece: Evidence) -> dict[str, Any]:
    return {
        "rule": piece.rule,
        "said": str(piece),
        "reason": piece.reason,
        "start": piece.start,
        "end": piece.end,
    }
