"""The audit in one sentence of at most 35 words, and the facts it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from okrkit.standard import Standard

from .finding import Finding, Verdict
from .phrases import agree, listed, number, percent
from .result import Outcome, Statement
from .say import NOBODY, active_killer
from .scope import Scope
from .statements import STATEMENTS

WORDS = ("none", "one", "two", "three", "four", "five")


def verdict_sentence(statements: Sequence[Statement], standard: Standard) -> str:
    """What we found, with its numbers; a reader who stops here is not misled."""
    counted = [one for one in statements if one.said.outcome is not Outcome.UNKNOWN]
    recorded = [
        one for one in statements
        if one.records is not Verdict.NOT_ENOUGH_DATA or one.done.share is not None
    ]  # fmt: skip
    if counted and recorded:
        return f"{_people(statements)}; {_support(statements)}; {_widest(statements, standard)}."
    if recorded:
        return _only_records(statements)
    if counted:
        return (
            f"{_people(statements)}, {_rule(statements)}; "
            "the records given cannot be judged for any statement."
        )
    return (
        "Neither the answers nor the records given are enough to judge any of the five statements; "
        "answers.csv and key_results.csv would be the first to add."
    )


def _people(statements: Sequence[Statement]) -> str:
    outcomes = [one.said.outcome for one in statements]
    yes, enough = outcomes.count(Outcome.YES), len(outcomes) - outcomes.count(Outcome.UNKNOWN)
    if enough == len(outcomes):
        return f"People say yes to {WORDS[yes]} of five statements"
    return f"People say yes to {WORDS[yes]} of {WORDS[enough]} statements answered"


def _rule(statements: Sequence[Statement]) -> str:
    active = active_killer(one.said.outcome for one in statements)
    if active is None:
        return "which cannot tell whether a silent killer is active"
    killer = "at least one silent killer is active" if active else "no silent killer is active"
    return f"so {killer}"


def _support(statements: Sequence[Statement]) -> str:
    records = [one.records for one in statements]
    met, against = records.count(Verdict.MET), records.count(Verdict.NOT_MET)
    if not met and not against:
        return "records cannot fully judge any"
    return f"records support {WORDS[met]} and speak against {WORDS[against]}"


def _widest(statements: Sequence[Statement], standard: Standard) -> str:
    """The gap between answers and records that is widest on the side of the answers."""
    gaps = [
        (share - one.done.share, one)
        for one in statements
        if (share := one.said.counted_share) is not None and one.done.share is not None
    ]
    if not gaps:
        return "no statement has both halves yet"
    gap, one = max(gaps, key=lambda pair: (pair[0], -pair[1].id))
    if round(gap, 9) < standard.gap_min:
        return "nowhere do answers run far ahead of records"
    topic = STATEMENTS[one.id - 1].topic
    say, do = one.said.counted_share or 0.0, one.done.share or 0.0
    return f"the widest gap is {topic}: {percent(say)} say yes, records show {percent(do)}"


def _only_records(statements: Sequence[Statement]) -> str:
    records = [one.records for one in statements]
    met, against, open_ = (
        WORDS[records.count(verdict)]
        for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ENOUGH_DATA)
    )
    by_weight = sorted(statements, key=lambda one: (one.records is not Verdict.NOT_MET, one.id))
    shown = [one.done for one in by_weight if one.done.share is not None]
    few = "no" if all(one.said.why == NOBODY for one in statements) else "too few"
    shows = f"they show {percent(shown[0].share or 0.0)} of {shown[0].label}; " if shown else ""
    untold = "" if open_ == WORDS[0] else f", cannot tell on {open_}"
    return (
        f"The records support {met} of five statements, speak against {against}{untold}; "
        f"{shows}{few} answers to compare."
    )


def facts(
    scope: Scope, statements: Sequence[Statement], respondents: int | None
) -> tuple[tuple[str, str], ...]:
    """Numbers with what they count, for the line below the verdict."""
    findings = [finding for one in statements for finding in one.findings]
    lines = []
    if respondents is not None:
        lines.append((number(respondents), "people answered"))
    where = f" in {listed(scope.cycles, 4)}" if scope.cycles else ""
    n = len(scope.key_results)
    lines.append((number(n), f"{agree(n, 'key result', 'key results')}{where}"))
    lines += [
        (f"{number(finding.count or 0)} of {number(finding.n)}", finding.label.lower())
        for finding in findings
        if finding.rule == "weekly_status" and finding.n
    ]
    lines.append((number(len(findings)), f"findings: {_tally(findings)}"))
    if scope.left_out:
        what = agree(scope.left_out, "objective", "objectives")
        lines.append((number(scope.left_out), f"{what} of other cycles left out"))
    return tuple(lines)


def _tally(findings: Sequence[Finding]) -> str:
    verdicts = [finding.verdict for finding in findings]
    return ", ".join(
        f"{number(verdicts.count(verdict))} {verdict.value.replace('_', ' ')}"
        for verdict in Verdict
        if verdict in verdicts
    )
