"""The audit as it may be shown to others than its owner: no person's id, none that nobody knows."""

from __future__ import annotations

from dataclasses import replace

from okrkit.judge.audit import Audit
from okrkit.judge.finding import Finding, Rows
from okrkit.tables import Note

OF_PEOPLE = ("Drivers",)  #: columns of a finding's rows that hold ids of people
IDS = {  # notes whose words list ids, and what is said instead
    "unresolved": "ids that are in no other table",
    "similar": "ids that differ only in case were kept apart",
}


def shareable_audit(audit: Audit) -> Audit:
    """`audit` without the ids of people: its rows and its notes on how the files were read.

    Names in what people wrote themselves (the text of a key result, the plan) stay.

    Examples
    --------
    >>> from okrkit.judge.audit import run_audit
    >>> from okrkit.tables import empty_tables
    >>> audit = run_audit(empty_tables())
    >>> shareable_audit(audit) == audit
    True
    """
    statements = tuple(
        replace(one, findings=tuple(map(_without_people, one.findings))) for one in audit.statements
    )
    return replace(audit, statements=statements, notes=tuple(map(_without_ids, audit.notes)))


def _without_people(finding: Finding) -> Finding:
    header, rows = finding.rows.header, finding.rows.rows
    kept = [at for at, name in enumerate(header) if name not in OF_PEOPLE]
    if len(kept) == len(header):
        return finding
    told = tuple(tuple(row[at] for at in kept) for row in rows)
    shown = Rows(tuple(header[at] for at in kept), told, finding.rows.total)
    return replace(finding, rows=shown)


def _without_ids(note: Note) -> Note:
    return replace(note, text=IDS.get(note.kind, note.text))
