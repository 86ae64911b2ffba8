"""The audit as plain values with stable keys, for machines and for the next audit."""

from __future__ import annotations

from typing import Any

from .audit import Audit, GroupAnswers, Killer, Statement
from .finding import Finding, Where
from .plan import PlanStep

IDS_MAX = 50


def audit_to_dict(audit: Audit) -> dict[str, Any]:
    """The audit with the keys of `okrkit audit --json`; what is hidden or unknown is None.

    Examples
    --------
    >>> from okrkit.judge.audit import run_audit
    >>> from okrkit.tables import empty_tables
    >>> sorted(audit_to_dict(run_audit(empty_tables())))[:4]
    ['active_killer', 'as_of', 'client', 'cycles']
    """
    return {
        "client": audit.client,
        "as_of": None if audit.as_of is None else audit.as_of.isoformat(),
        "cycles": list(audit.cycles),
        "standard": audit.standard.version,
        "wave": audit.wave,
        "verdict": audit.verdict,
        "facts": [{"number": number, "text": text} for number, text in audit.facts],
        "respondents": audit.respondents,
        "active_killer": audit.active_killer,
        "killers": [_killer(killer) for killer in audit.killers],
        "statements": [_statement(statement) for statement in audit.statements],
        "plan": [_step(step) for step in audit.plan],
        "notes": [note.to_dict() for note in audit.notes],
    }


def _killer(killer: Killer) -> dict[str, Any]:
    return {
        "id": killer.id,
        "name": killer.name,
        "tagline": killer.tagline,
        "statement": killer.statement,
        "status": killer.status.value,
        "records": killer.records.value,
        "because": killer.because,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    said, done = statement.said, statement.done
    return {
        "id": statement.id,
        "text": statement.text,
        "yes": said.yes,
        "no": said.no,
        "dont_know": said.dont_know,
        "not_applicable": said.not_applicable,
        "share": said.counted_share,
        "outcome": said.outcome.value,
        "why": said.why,
        "by_team": [_group(group) for group in said.by_team],
        "by_level": [_group(group) for group in said.by_level],
        "done": {
            "label": done.label,
            "share": done.share,
            "count": done.count,
            "n": done.n,
            "why": done.why,
        },
        "records": statement.records.value,
        "gap_word": statement.gap_word,
        "gap": statement.gap,
        "evidence": [_finding(finding) for finding in statement.findings],
    }


def _group(group: GroupAnswers) -> dict[str, Any]:
    return {"name": group.name, "yes": group.yes, "n": group.n}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "label": finding.label,
        "verdict": finding.verdict.value,
        "value": finding.value,
        "limit": finding.limit,
        "unit": finding.unit,
        "at_least": finding.at_least,
        "count": finding.count,
        "n": finding.n,
        "claim": finding.claim,
        "where": _where(finding.where),
        "setting": finding.setting,
        "why": finding.why,
        "innocent": finding.innocent,
    }


def _where(where: Where) -> dict[str, Any]:
    return {"table": where.table, "ids": list(where.ids[:IDS_MAX]), "count": where.count}


def _step(step: PlanStep) -> dict[str, Any]:
    names = ("key", "killer", "step", "takes", "because", "owner", "due", "status", "comment")
    return {name: getattr(step, name) for name in names}
