"""A baseline audit beside a later one: what people say and what the records show, then and now."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from okrkit.errors import InputError, Problem

from .audit import Audit, Statement
from .finding import Finding, Verdict
from .phrases import agree, amount, number, percent

VERDICTS = {verdict.value: verdict.words for verdict in Verdict}


@dataclass(frozen=True)
class StatementChange:
    """Share of yes to one statement in both audits; None where it was hidden or nobody answered."""

    id: int
    short: str
    before: float | None
    after: float | None
    words: str


@dataclass(frozen=True)
class RuleChange:
    """One finding in both audits; `before_verdict` is empty when the baseline lacks the rule."""

    rule: str
    statement: int
    label: str
    before_verdict: str
    after_verdict: str
    before: float | None
    after: float | None
    unit: str
    words: str


@dataclass(frozen=True)
class Comparison:
    """Two audits of one client; both dates are ISO text, empty when unknown."""

    before_as_of: str
    after_as_of: str
    sentence: str
    statements: tuple[StatementChange, ...]
    rules: tuple[RuleChange, ...]


def compare(baseline: Mapping[str, Any], audit: Audit, *, file: str = "baseline") -> Comparison:
    """Hold `audit` beside a baseline, the parsed JSON of `okrkit audit --json`.

    Rules the baseline does not have are listed without a before.

    Raises
    ------
    InputError
        If the baseline is not such a file; `file` names it in the message.
    """
    before = {int(one["id"]): one for one in _statements_of(baseline, file)}
    evidence = {
        str(finding["rule"]): finding
        for one in before.values()
        for finding in one.get("evidence", ())
    }
    wave = audit.wave if audit.wave and audit.wave == baseline.get("wave") else ""
    statements = tuple(_statement(one, before.get(one.id, {}), wave) for one in audit.statements)
    rules = tuple(
        _rule(finding, evidence.get(finding.rule, {}))
        for one in audit.statements
        for finding in one.findings
    )
    return Comparison(
        before_as_of=str(baseline.get("as_of") or ""),
        after_as_of="" if audit.as_of is None else audit.as_of.isoformat(),
        sentence=_sentence(rules) + _other_client(str(baseline.get("client") or ""), audit.client),
        statements=statements,
        rules=rules,
    )


def _statements_of(baseline: object, file: str) -> list[Mapping[str, Any]]:
    """The statements of a baseline, checked for what is read from them."""
    given = baseline.get("statements") if isinstance(baseline, Mapping) else None
    if isinstance(given, list) and given and all(_is_statement(one) for one in given):
        return list(given)
    problem = Problem(
        file, "no audit", "the JSON that `okrkit audit FOLDER --json` prints",
        "Run that command on the earlier records and keep what it prints.",
    )  # fmt: skip
    raise InputError([problem])


def _is_statement(one: object) -> bool:
    if not isinstance(one, Mapping) or one.get("id") not in range(1, 6):
        return False
    counts = [one.get(word) for word in ("yes", "no")]
    evidence = one.get("evidence", [])
    return (
        all(count is None or (isinstance(count, int) and count >= 0) for count in counts)
        and isinstance(evidence, list)
        and all(_is_finding(finding) for finding in evidence)
    )


def _is_finding(one: object) -> bool:
    return (
        isinstance(one, Mapping)
        and isinstance(one.get("rule"), str)
        and one.get("verdict") in VERDICTS
        and all(_is_number_or_none(one.get(key)) for key in ("value", "limit"))
    )


def _is_number_or_none(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and math.isfinite(value))


def _statement(now: Statement, before: Mapping[str, Any], same_wave: str) -> StatementChange:
    yes, no = before.get("yes") or 0, before.get("no") or 0
    known = before.get("outcome", "yes") != "unknown" and yes + no > 0
    then = yes / (yes + no) if known else None
    after = now.said.counted_share
    words = (
        f"{_share(then)} said yes, now {_share(after)}"
        if then is not None or after is not None
        else ""
    )
    if words and same_wave and (then, yes, no) == (after, now.said.yes or 0, now.said.no or 0):
        words = f"the same answers (wave {same_wave}) stand in both"
    return StatementChange(now.id, now.short, then, after, words or "no answers in either audit")


def _share(share: float | None) -> str:
    return "not enough answers" if share is None else percent(share)


def _rule(now: Finding, before: Mapping[str, Any]) -> RuleChange:
    verdict = str(before.get("verdict", ""))
    value = before.get("value")
    words = f"now {_told(now, now.verdict.value, now.value)}"
    if not verdict:
        words = f"not in the baseline; {words}"
    elif (verdict, value) == (now.verdict.value, now.value):
        words = f"unchanged: {_told(now, verdict, value)}"
    else:
        words = f"was {_told(now, verdict, value)}, {words}"
    limit = before.get("limit")
    if limit is not None and now.limit is not None and limit != now.limit:
        words += f"; the limit was {amount(now, limit)} and is {amount(now, now.limit)}"
    return RuleChange(
        now.rule,
        now.statement,
        now.label,
        verdict,
        now.verdict.value,
        value,
        now.value,
        now.unit,
        words,
    )


def _told(finding: Finding, verdict: str, value: float | None) -> str:
    return VERDICTS[verdict] + (f" ({amount(finding, value)})" if value is not None else "")


def _sentence(rules: tuple[RuleChange, ...]) -> str:
    both = [rule for rule in rules if rule.before_verdict]
    turns = [(rule.before_verdict, rule.after_verdict) for rule in both]
    better, worse = turns.count(("not_met", "met")), turns.count(("met", "not_met"))
    open_ = Verdict.NOT_ENOUGH_DATA.value
    begun = sum(before == open_ != after for before, after in turns)
    ended = sum(after == open_ != before for before, after in turns)
    more = [
        f"; {number(count)} {agree(count, 'is', 'are')} {what}"
        for count, what in ((begun, "newly judged"), (ended, "no longer judged"))
        if count
    ]
    return (
        f"Of {number(len(both))} findings in both audits, {number(better)} "
        f"{agree(better, 'is', 'are')} newly met and {number(worse)} "
        f"{agree(worse, 'is', 'are')} newly not met{''.join(more)}."
    )


def _other_client(before: str, now: str) -> str:
    """A warning that the baseline is another client's; empty when it may be the same."""
    if not before or not now or before == now:
        return ""
    return f" The baseline is of another client, {before}; this audit is of {now}."
