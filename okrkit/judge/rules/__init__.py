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
        """What the headlines say, for they alone are what the statement claims.

        Not met if one is not; met if all are. The other findings tell more and ask for steps.
        """
        verdicts = {finding.verdict for finding in self.headlines}
        if Verdict.NOT_MET in verdicts:
            return Verdict.NOT_MET
        return Verdict.MET if verdicts == {Verdict.MET} else Verdict.NOT_ENOUGH_DATA


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
