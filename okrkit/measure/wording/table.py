"""The wording of every key result of a client."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from okrkit.language.numbers import MEASURES, find_numbers

from .evidence import Evidence
from .reading import word_key_result

_NO_TEXT = replace(word_key_result(""), evidence=(Evidence("no_text", (), 0, 0),))

FLAGS = ("has_number", "has_baseline_and_target", "has_deadline", "vague", "compound")
_DTYPES = {"kind": "str", "confidence": "float64", "evidence": "str"}


@dataclass(frozen=True, eq=False)
class Wording:
    """How key results read.

    `table` has one row a key result, with the index of the table it was measured from:
    `key_result` (id), `kind` (outcome, output, milestone_outcome, health_metric, unclear),
    `confidence` (0 to 1), `has_number`, `has_baseline_and_target`, `has_deadline`, `vague`,
    `compound` (bool), and `evidence` (text: the words that decided the kind, separated by "; ").
    """

    table: pd.DataFrame


def measure_wording(key_results: pd.DataFrame) -> Wording:
    """Read the wording of each of `key_results`, a table of the contract.

    Text decides the kind. The columns beside it count as the key result's own words where they
    carry values: a number in `target` is a number, with a `baseline` it is a baseline and target,
    and `due` is a deadline.

    How to read it: a plain first check by rules and word lists. Of 228 published key results that
    it was not built on it gave the reader's kind for 184; name the share, and show the rows.

    Examples
    --------
    >>> key_results = pd.DataFrame({
    ...     "key_result": ["K1", "K2"], "text": ["Publish the handbook", "Raise the renewal rate"],
    ...     "baseline": [None, 82.0], "target": [None, "90 %"], "due": [None, None],
    ... })
    >>> measure_wording(key_results).table[["kind", "has_number", "has_baseline_and_target"]]
          kind  has_number  has_baseline_and_target
    0   output       False                    False
    1  outcome        True                     True
    """
    texts = key_results["text"]
    readings = {text: word_key_result(str(text)) for text in texts.dropna().unique()}
    rows = [readings.get(text, _NO_TEXT) for text in texts]
    target = pd.Series(
        [_has_number(value) for value in key_results["target"]], key_results.index, dtype=bool
    )
    columns: dict[str, list[object]] = {
        "kind": [row.kind for row in rows],
        "confidence": [row.confidence for row in rows],
        **{flag: [getattr(row, flag) for row in rows] for flag in FLAGS},
        "evidence": ["; ".join(map(str, row.evidence)) for row in rows],
    }
    table = pd.DataFrame({"key_result": key_results["key_result"]})
    for name, values in columns.items():
        table[name] = pd.Series(values, key_results.index, dtype=_DTYPES.get(name, "bool"))
    table["has_number"] |= target
    table["has_baseline_and_target"] |= target & key_results["baseline"].notna()
    table["has_deadline"] |= key_results["due"].notna()
    return Wording(table)


def _has_number(target: object) -> bool:
    if not isinstance(target, str):
        return False
    return any(number.role in MEASURES for number in find_numbers(target))
