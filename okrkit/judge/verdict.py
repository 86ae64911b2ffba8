"""The audit in one sentence of at most 35 words, and the facts it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from okrkit.standard import Standard

from .finding import Finding, Verdict
from .person import active_killer
from .phrases import agree, listed, number, percent
from .result import Outcome, Statement
from .say import NOBODY
from .scope import Scope
from .statements import STATEMENTS

WORDS_MAX = 35
WORDS = ("none", "one", "two", "three", "four", "five")


def verdict_sentence(statements: Sequence[Statement], standard: Standard) -> str:
    """What we found, with its numbers; a reader who stops here is not misled."""
    counted = [one for one in statements if one.said.outcome is not Outcome.UNKNOWN]
    recorded = [
        one for one in statements
        if one.records is not Verdict.NOT_ENOUGH_DATA or one.done.share is not None
    ]  # fmt: skip
    if counted and recorded:
        rest = f"; {_support(statements)}; {_widest(statements, standard)}."
        named = f"{_people(statements)}{_the_one_no(statements)}{rest}"
        fits = len(named.split()) <= WORDS_MAX
        return named if fits else _people(statements) + rest
    if recorded:
        return _only_records(statements)
    if counted:
        return (
            f"{_people(statements)}, {_rule(statements)}; "
            "the records given cannot be judged for any statement."
        )
    few = any(one.said.why != NOBODY for one in statements)
    first = "key_results.csv would be" if few else "answers.csv and key_results.csv would be"
    return (
        "Neither the answers nor the records given are enough to judge any of the five statements; "
        f"{first} the first to add."
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
    if active:
        return "so at least one silent killer is active"
    noes = _noes(statements)
    if noes:
        return f"so by the rule none is active; the one no is {noes[0]}"
    return "so no silent killer is active"


def _noes(statements: Sequence[Statement]) -> list[str]:
    """The killers behind the statements that are answered no."""
    return [STATEMENTS[one.id - 1].killer for one in statements if one.said.outcome is Outcome.NO]


def _the_one_no(statements: Sequence[Statement]) -> str:
    """The killer behind a single no, for the middle of the sentence; empty for none or several."""
    noes = _noes(statements)
    return f" (the one no: {noes[0]})" if len(noes) == 1 else ""


def _support(statements: Sequence[Statement]) -> str:
    records = [one.records for one in statements]
    met, against = records.count(Verdict.MET), records.count(Verdict.NOT_MET)
    if not met and not against:
        return "records cannot fully judge any"
    open_ = len(records) - met - against
    if open_:
        both = f"records support {WORDS[met]}, speak against {WORDS[against]}"
        return f"{both} and cannot tell on {WORDS[open_]}"
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
    if n:
        lines.append((number(n), f"{agree(n, 'key result', 'key results')}{where}"))
    lines += [
        (f"{number(finding.count or 0)} of {number(finding.n or 0)}", finding.label.lower())
        for finding in findings
        if finding.rule == "weekly_status" and finding.verdict is not Verdict.NOT_ENOUGH_DATA
    ]
    lines.append((number(len(findings)), f"findings: {_tally(findings)}"))
    if scope.left_out:
        what = agree(scope.left_out, "objective", "objectives")
        lines.append((number(scope.left_out), f"{what} of other cycles left out"))
    if scope.stray:
        what = agree(scope.stray, "objective names", "objectives name")
        lines.append((number(scope.stray), f"{what} a cycle that is not in cycles.csv"))
    if scope.as_of is None:
        lines.append(("No", "date in the records, so no day to judge on"))
    return tuple(lines)


def _tally(findings: Sequence[Finding]) -> str:
    verdicts = [finding.verdict for finding in findings]
    return ", ".join(
        f"{number(verdicts.count(verdict))} {verdict.words}"
        for verdict in Verdict
        if verdict in verdicts
    )
