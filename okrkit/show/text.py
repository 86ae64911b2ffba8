"""The audit, what was read, and the standard as plain text for the shell."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from okrkit.judge.finding import Finding, Verdict
from okrkit.standard import Standard
from okrkit.tables import Note, Tables

from .audit_page import note_groups, setting_words

if TYPE_CHECKING:
    from okrkit.judge.audit import Audit, Statement
    from okrkit.judge.compare import Comparison
    from okrkit.judge.coverage import Coverage


def read_text(tables: Tables, covered: Coverage) -> str:
    """What was read, what was noted, and what can be judged with it."""
    lines = [
        f"  {name:<14}{len(frame):>8,} rows   {tables.files[name]}"
        for name, frame in tables
        if name in tables.files
    ]
    words = covered.to_text()
    able = f"{words[:1].upper()}{words[1:]}".splitlines()
    wrapped = [one for line in able for one in _wrap(line.strip(), "  " if line[:1] == " " else "")]
    return "\n".join(["Read:", *lines, *_notes(tables.notes), "", *wrapped])


def coverage_to_dict(tables: Tables, covered: Coverage) -> dict[str, object]:
    """What `okrkit read --json` prints."""
    return {
        "tables": {name: len(frame) for name, frame in tables if name in tables.files},
        "files": dict(tables.files),
        "judged": list(covered.judged),
        "partly": list(covered.partly),
        "missing": [
            {"statement": finding.statement, "rule": finding.rule, "why": finding.why}
            for finding in covered.missing
        ],
        "has_answers": covered.has_answers,
        "notes": [note.to_dict() for note in tables.notes],
    }


def audit_text(audit: Audit, *, comparison: Comparison | None = None) -> str:
    """The audit for a terminal, 88 columns wide."""
    day = "no date in the records" if audit.as_of is None else f"as of {audit.as_of.isoformat()}"
    lines = [*_wrap(f"Readiness audit, {day}. Standard: {audit.standard.version}."), ""]
    lines += [*_wrap(audit.verdict), ""]
    lines += [f"  {number} {what}" for number, what in audit.facts]
    for statement in audit.statements:
        lines += _statement(statement)
    lines += ["", "Silent killers (by the answers | by the records)"]
    for killer in audit.killers:
        said = killer.status.value.replace("_", " ")
        lines += _wrap(
            f"{killer.id} {killer.name}: {said} | {killer.records.words}. {killer.because}", "  "
        )
    if audit.plan:
        lines += ["", "Plan"]
        for step in audit.plan:
            owner = f" ({step.owner}{', ' + step.due if step.due else ''})" if step.owner else ""
            lines += _wrap(f"killer {step.killer}: {step.step} Takes {step.takes}.{owner}", "  - ")
    if comparison is not None:
        lines += _comparison(comparison)
    return "\n".join([*lines, *_notes(audit.notes)])


def standard_text(standard: Standard) -> str:
    """Every setting with its unit and its reason."""
    lines = []
    for name, reason, unit in Standard.settings():
        shown = setting_words(standard, name)
        lines += [*_wrap(f"{name}: {shown}{f' ({unit})' if unit else ''}"), *_wrap(reason, "    ")]
    return "\n".join(lines)


def _statement(statement: Statement) -> list[str]:
    said = statement.said
    if said.n is None:
        answers = f"People: {said.why}"
    else:
        answers = (
            f"People: {said.yes} yes, {said.no} no, {said.dont_know} don’t know, "  # noqa: RUF001
            f"{said.not_applicable} not applicable: {said.outcome.value}"
        )
    lines = ["", *_wrap(f"{statement.id} {statement.text}")]
    lines += _wrap(answers, "  ")
    lines.append(f"  Records: {statement.records.words}")
    for finding in statement.findings:
        lines += _wrap(f"[{finding.verdict.words}] {_claim(finding)}", "    ")
    return [*lines, *_wrap(statement.gap, "  ")]


def _claim(finding: Finding) -> str:
    if finding.verdict is Verdict.NOT_ENOUGH_DATA and finding.why:
        return f"{finding.claim} {finding.why}"
    return finding.claim


def _comparison(comparison: Comparison) -> list[str]:
    lines = ["", "Then and now", *_wrap(comparison.sentence, "  ")]
    for one in comparison.statements:
        lines += _wrap(f"{one.id} {one.short}: {one.words}", "  ")
    for rule in comparison.rules:
        lines += _wrap(f"{rule.rule}: {rule.words}", "    ")
    return lines


def _notes(notes: tuple[Note, ...]) -> list[str]:
    lines = []
    for heading, shown, more in note_groups(notes):
        lines += ["", heading]
        for note in shown:
            lines += _wrap(note, "  - ")
        lines += [f"  and {more} more"] if more else []
    return lines


def _wrap(text: str, indent: str = "") -> list[str]:
    rest = " " * len(indent)
    return textwrap.wrap(text, 88, initial_indent=indent, subsequent_indent=rest) or [""]
