"""One function a rule: measurements and the standard in, one finding out; a file a statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from okrkit.judge.finding import Finding, Verdict
from okrkit.judge.result import Done
from okrkit.judge.scope import Scope
from okrkit.standard import Standard

from . import five, four, one, three, two

__all__ = ["RULES", "Judged", "StatementRules", "judge_records"]

Rule = Callable[[Scope, Standard], Finding]


@dataclass(frozen=True)
class Judged:
    """What the records say about one statement."""

    findings: tuple[Finding, ...]
    headlines: tuple[Finding, ...]
    done: Done

    @property
    def verdict(self) -> Verdict:
        """Not met if any finding is; met if the headlines are and nothing speaks against it."""
        if any(finding.verdict is Verdict.NOT_MET for finding in self.findings):
            return Verdict.NOT_MET
        if all(finding.verdict is Verdict.MET for finding in self.headlines):
            return Verdict.MET
        return Verdict.NOT_ENOUGH_DATA


@dataclass(frozen=True)
class StatementRules:
    """The rules behind one statement; `headlines` carry it, `done` gives its one share."""

    statement: int
    rules: tuple[Rule, ...]
    headlines: tuple[str, ...]
    done: Callable[[Scope, Standard, tuple[Finding, ...]], Done]


RULES: tuple[StatementRules, ...] = (
    StatementRules(1, one.RULES, one.HEADLINES, one.done),
    StatementRules(2, two.RULES, two.HEADLINES, two.done),
    StatementRules(3, three.RULES, three.HEADLINES, three.done),
    StatementRules(4, four.RULES, four.HEADLINES, four.done),
    StatementRules(5, five.RULES, five.HEADLINES, five.done),
)


def judge_records(scope: Scope, standard: Standard) -> tuple[Judged, ...]:
    """Every rule of every statement, in order; each rule gives exactly one finding."""
    judged = []
    for one_statement in RULES:
        findings = tuple(rule(scope, standard) for rule in one_statement.rules)
        headlines = tuple(f for f in findings if f.rule in one_statement.headlines)
        judged.append(Judged(findings, headlines, one_statement.done(scope, standard, findings)))
    return tuple(judged)
