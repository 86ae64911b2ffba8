"""The comparison of managers for a terminal: the verdict first, at most a screen or so."""

from __future__ import annotations

import textwrap
from collections import Counter

from okrkit.judge.calibration.result import DIFFER, Calibration, Tier
from okrkit.judge.calibration.words import about
from okrkit.judge.finding import Verdict
from okrkit.judge.phrases import number, percent

from .calibration_groups import TONES, label, span_words
from .calibration_svg import signed
from .shareable import Shareable

WIDTH = 88
SHOWN_MAX = 12  #: managers that differ named one by one, refusals listed


def calibration_text(result: Calibration | Shareable) -> str:
    """The comparison for a terminal, 88 columns wide; without names for what is shareable."""
    shared = isinstance(result, Shareable)
    calibration = result.calibration if isinstance(result, Shareable) else result
    counts = (
        result.counts
        if isinstance(result, Shareable)
        else Counter(one.verdict for one in calibration.managers)
    )
    day = "" if calibration.as_of is None else f", as of {calibration.as_of.isoformat()}"
    who = "shareable, without names" if shared else "for HR only"
    lines = _wrap(f"Manager comparison{day}, {who}. Standard: {calibration.standard.version}.")
    lines += ["", *_wrap(calibration.verdict), ""]
    lines += _wrap("; ".join(f"{figure} {what}" for figure, what in calibration.facts), "  ")
    lines += _checks(calibration)
    lines += ["", *_wrap(f"What can be told: {calibration.told}")]
    lines += _wrap(calibration.settle, "  ")
    if calibration.tier is not Tier.NOTHING:
        lines += ["", "Managers by verdict"]
        lines += [
            f"  {number(counts[one]):>4}  {TONES[one][1]}" for one in TONES if counts.get(one)
        ]
        if isinstance(result, Shareable) and result.others:
            lines.append(f"  {number(result.others):>4}  Other verdicts, some too few to count")
    lines += _differ(calibration)
    if not shared:
        lines += _refused(calibration)
    return "\n".join([*lines, *_sure(calibration)])


def _checks(calibration: Calibration) -> list[str]:
    """The checks that are not met or cannot be told; that the others are."""
    open_ = [one for one in calibration.comparable if one.verdict is not Verdict.MET]
    lines = ["", "Are the grades comparable?"] if calibration.comparable else []
    for one in open_:
        lines += _wrap(f"[{one.verdict.words}] {one.label}. {one.claim}".strip(), "  ")
    met = [one.label for one in calibration.comparable if one.verdict is Verdict.MET]
    return [*lines, *_wrap(f"[met] {'; '.join(met)}." if met else "", "  ")]


def _differ(calibration: Calibration) -> list[str]:
    if calibration.tier is Tier.NOTHING:
        return []
    differ = [one for one in calibration.managers if one.verdict in DIFFER]
    lines = ["", "Clearly differ (grade points, 95 % interval)"] if differ else []
    for one in differ[:SHOWN_MAX]:
        if one.estimate is not None:
            place = ", ".join(part for part in (one.manager if one.name else "", one.team) if part)
            who = f"{label(one)} ({place})" if place else label(one)
            size = f"{signed(one.estimate.difference)} ({span_words(one.estimate)})"
            lines += _wrap(f"{who}: {one.verdict.words}, {size}", "  ")
    innocent = dict.fromkeys(one.innocent for one in differ if one.innocent)
    for told in innocent:
        lines += _wrap(f"What else could explain it: {told}", "  ")
    return lines + _more(len(differ))


def _refused(calibration: Calibration) -> list[str]:
    lines = ["", "Set aside"] if calibration.refused else []
    for one in calibration.refused[:SHOWN_MAX]:
        lines += _wrap(f"{one.what}. {one.why}", "  - ")
    return lines + _more(len(calibration.refused))


def _sure(calibration: Calibration) -> list[str]:
    expected, chance = calibration.expected_false_flags, calibration.permuted
    wrong = calibration.expected_false_names
    lines = [""] if expected is not None or wrong is not None or calibration.sorting else []
    if expected is not None:
        told = f"With equal managers we would flag {about(expected)}."
        if chance is not None:
            told += (
                f" Dealt by chance {number(chance.times)} times (seed {chance.seed}), managers "
                f"differ at least as much in {percent(chance.p_value)} of deals."
            )
        lines += _wrap(told)
    if wrong is not None:
        lines += _wrap(f"Of those named, {about(wrong)} are expected to be named wrongly.")
    return [*lines, *_wrap(calibration.sorting)]


def _more(count: int) -> list[str]:
    return [f"  and {number(count - SHOWN_MAX)} more"] if count > SHOWN_MAX else []


def _wrap(text: str, indent: str = "") -> list[str]:
    blank = " " * len(indent)
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=blank)
