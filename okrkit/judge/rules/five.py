"""Statement 5: completing the key results would bring the outcome."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from okrkit.judge.claims import Columns, bounded, lacking, rows, settled
from okrkit.judge.finding import Finding, Verdict, Where
from okrkit.judge.phrases import agree, number, part, sentence
from okrkit.judge.result import Done
from okrkit.judge.scope import Scope
from okrkit.standard import Standard

from .catalogue import blank

ADD_KEY_RESULTS = "add key_results.csv (key_result, objective, text)"
NO_KEY_RESULTS = "The records we were given hold no key results."
UNCLEAR = "too many key results have wordings that our rules cannot read"
OUTCOMES = ("outcome", "milestone_outcome", "health_metric")


def _told(finding: Finding, has: pd.Series[bool], says: tuple[str, str]) -> Finding:
    """The finding with the share of key results that have something."""
    count, n = int(has.sum()), len(has)
    claim = f"{part(count, n, 'key result')} {agree(count, *says)}"
    return replace(finding, value=count / n, count=count, n=n, claim=sentence(claim))


def _shown(finding: Finding, scope: Scope, read: pd.DataFrame) -> Finding:
    """The finding with these key results behind it."""
    shown: Columns = {
        "Key result": read["key_result"],
        "Text": read["text"],
        "Team": scope.names(read["team"]),
        "Read from": read["evidence"].replace("", None),
    }
    return replace(finding, where=Where("key_results", tuple(read["key_result"])), rows=rows(shown))


def worded_as_outputs(scope: Scope, standard: Standard) -> Finding:
    """Few key results name what is delivered instead of what changes."""
    finding = blank("worded_as_outputs", standard)
    read = scope.wording
    if read.empty:
        return lacking(finding, NO_KEY_RESULTS, ADD_KEY_RESULTS)
    outputs, unclear = read["kind"].eq("output"), int(read["kind"].eq("unclear").sum())
    if unclear == len(read):
        return lacking(finding, "No key result can be read by our rules.", UNCLEAR)
    says = ("is worded as something to deliver", "are worded as something to deliver")
    told = _told(finding, outputs, says)
    if unclear:
        more = f"{number(unclear)} cannot be read by our rules"
        told = replace(told, claim=sentence(told.claim.rstrip("."), more))
    told = bounded(_shown(told, scope, read[outputs]), sure=int(outputs.sum()), possible=unclear)
    if told.verdict is Verdict.NOT_ENOUGH_DATA:
        return lacking(told, told.claim, UNCLEAR)
    return told


def has_measure(scope: Scope, standard: Standard) -> Finding:
    """Most key results carry a number that decides whether they are met."""
    says = ("carries a number to be measured by", "carry a number to be measured by")
    return _flagged(blank("has_measure", standard), scope, standard, "has_number", says)


def from_to(scope: Scope, standard: Standard) -> Finding:
    """Enough key results say where the metric stands and where it should go."""
    says = ("gives a baseline and a target", "give a baseline and a target")
    return _flagged(blank("from_to", standard), scope, standard, "has_baseline_and_target", says)


def _flagged(
    finding: Finding, scope: Scope, standard: Standard, flag: str, says: tuple[str, str]
) -> Finding:
    read = scope.wording
    if read.empty:
        return lacking(finding, NO_KEY_RESULTS, ADD_KEY_RESULTS)
    has = read[flag].astype(bool)
    return settled(_shown(_told(finding, has, says), scope, read[~has]), standard)


RULES = (worded_as_outputs, has_measure, from_to)
HEADLINES = ("worded_as_outputs",)


def done(scope: Scope, _standard: Standard, _findings: tuple[Finding, ...]) -> Done:
    """Share of key results worded as an outcome, a milestone others grant, or a level to keep."""
    label = "key results worded as an outcome"
    kinds = scope.wording["kind"]
    if kinds.empty:
        return Done(label, None, why=sentence(ADD_KEY_RESULTS))
    count, n = int(kinds.isin(OUTCOMES).sum()), int(kinds.ne("unclear").sum())
    if not n:
        return Done(label, None, why=sentence(UNCLEAR))
    if n < len(kinds):
        label = f"readable {label}"
    return Done(label, count / n, count, n)
