"""Which of the five statements a folder's records can judge, and what to add for the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from okrkit.measure.answers import measure_answers
from okrkit.standard import Standard
from okrkit.tables import Tables

from .finding import Finding, Verdict
from .phrases import listed
from .rules import judge_records
from .scope import scope_of

ADD_ANSWERS = "add answers.csv (respondent, statement, answer) for what people say"


@dataclass(frozen=True)
class Coverage:
    """What can be judged with the files given.

    A statement is `judged` when all its headline rules can be, `partly` when only some rules can.
    `missing` holds each finding that cannot be judged; its `why` says what to add.
    """

    judged: tuple[int, ...]
    partly: tuple[int, ...]
    missing: tuple[Finding, ...]
    headlines_missing: tuple[Finding, ...]
    has_answers: bool

    def to_text(self) -> str:
        """One sentence on the five statements, then a line for each rule that lacks more."""
        able = listed(_in_order(self.judged), 5) if self.judged else "no statement fully"
        parts = [f"With these files: {able}"]
        if self.partly:
            parts.append(f"partly {listed(_in_order(self.partly), 5)}")
        adds: dict[str, list[int]] = {}
        for finding in self.headlines_missing:
            if finding.why.startswith("Add "):
                adds.setdefault(finding.why, []).append(finding.statement)
        parts += [
            f"{why[:1].lower()}{why[1:].rstrip('.')} for {listed(_in_order(ids), 5)}"
            for why, ids in adds.items()
        ]
        if not self.has_answers:
            parts.append(ADD_ANSWERS)
        lines = [
            f"  {finding.statement} {finding.label}: {finding.why or finding.claim}"
            for finding in self.missing
            if finding.why not in adds
        ]
        return "\n".join(["; ".join(parts) + ".", *lines])


def _in_order(statements: Iterable[int]) -> list[str]:
    return [str(id_) for id_ in sorted(set(statements))]


def coverage(tables: Tables, standard: Standard | None = None) -> Coverage:
    """Say which statements the records can judge, and what each rule that cannot be judged lacks.

    Examples
    --------
    >>> from okrkit.tables import empty_tables
    >>> coverage(empty_tables()).judged
    ()
    """
    page = tables.standard if standard is None else standard
    every = judge_records(scope_of(tables, None, page), page)
    lacking = Verdict.NOT_ENOUGH_DATA
    full, partly, missing, heads = [], [], [], []
    for id_, one in enumerate(every, start=1):
        short = [finding for finding in one.findings if finding.verdict is lacking]
        headlines = [finding for finding in one.headlines if finding.verdict is lacking]
        missing += short
        heads += headlines
        if not headlines:
            full.append(id_)
        elif len(short) < len(one.findings):
            partly.append(id_)
    answered = measure_answers(tables.answers, group_min=page.group_min).respondents > 0
    return Coverage(tuple(full), tuple(partly), tuple(missing), tuple(heads), answered)
