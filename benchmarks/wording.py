"""How well is the wording of key results and objectives read, and how fast?

Against labels in a CSV file: every figure with its standard error and the rows it rests on, for all
organisations and for each. README.md in this folder says which columns the file has.

    python benchmarks/wording.py --data FILE [--misses] [--rows 10000]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from okrkit.measure.wording import ObjectiveReading, Reading, word_key_result, word_objective

KINDS = ("outcome", "output", "milestone_outcome", "health_metric", "unclear")
MACRO = KINDS[:3]
OBJECTIVES = ("goal_like", "todo", "metric_as_objective")
FLAGS = {  # column of the file -> attribute of a reading, as the report calls it
    "has_number": ("has_number", "number"),
    "has_baseline_and_target": ("has_baseline_and_target", "baseline and target"),
    "has_deadline": ("has_deadline", "deadline"),
    "compound": ("compound", "compound"),
    "vague": ("vague", "vague"),
}
#: what the maintainers set out to reach, where they did
GOALS = {
    "accuracy of the kind": 0.88, "macro-F1, three kinds": 0.87, "outcome: precision": 0.80,
    "outcome: recall": 0.80, "F1 number": 0.97, "F1 baseline and target": 0.92,
    "F1 deadline": 0.90, "F1 compound": 0.80, "F1 vague": 0.62,
}  # fmt: skip
SAMPLES = 2000
NO_FIGURE = "–"
ROLES = {"kr": "key_result", "key_result": "key_result", "objective": "objective"}
TODO = "todo_or_deliverable"

Table = np.ndarray  #: counts of rows: truth down, reading across
Figure = Callable[[Table], float]


def main() -> None:
    """Read the file, print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="labelled key results")
    options.add_argument("--misses", action="store_true", help="print every row read otherwise")
    options.add_argument("--rows", type=int, default=10_000, help="how many to time")
    chosen = options.parse_args()
    rows = labelled(chosen.data)
    print("\n".join(report(rows, misses=chosen.misses)))
    print(f"\n{seconds(rows['text'], chosen.rows):.2f} CPU seconds for {chosen.rows:,} texts")


def labelled(file: Path) -> pd.DataFrame:
    """The rows of `file` with one spelling for each label."""
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    roles = rows["role"] if "role" in rows else pd.Series("kr", rows.index)
    rows["role"] = roles.map(lambda role: ROLES[role.strip().casefold()])
    for column in ("kind", "alt_kind"):
        given = rows[column] if column in rows else pd.Series("", rows.index)
        spelt = given.str.strip().str.casefold().str.replace("[- ]", "_", regex=True)
        rows[column] = spelt.replace(TODO, "todo")
    rows["org"] = rows.get("org", "")
    return rows


def report(rows: pd.DataFrame, *, misses: bool) -> Iterator[str]:
    """Every figure, for all organisations and for each."""
    parts = [("all organisations", rows), *rows.groupby("org")]
    for name, part in parts:
        key_results = part[part["role"] == "key_result"]
        objectives = part[part["role"] == "objective"]
        yield f"\n{name}: {len(key_results)} key results, {len(objectives)} objectives"
        yield f"{'':32}{'figure':>8}{'s.e.':>8}{'n':>6}{'goal':>7}"
        yield from of_key_results(key_results)
        yield from of_objectives(objectives)
    if misses:
        yield from missed(rows)


def of_key_results(rows: pd.DataFrame) -> Iterator[str]:
    """Kinds and flags."""
    if rows.empty:
        return
    read = [word_key_result(text) for text in rows["text"]]
    kinds = [reading.kind for reading in read]
    table = crossed(rows["kind"], kinds, KINDS)
    yield line("accuracy of the kind", accuracy, table)
    second = [
        kind if kind == other else truth
        for kind, truth, other in zip(kinds, rows["kind"], rows["alt_kind"], strict=True)
    ]
    yield line("  second label allowed too", accuracy, crossed(second, kinds, KINDS))
    yield line("macro-F1, three kinds", lambda t: macro(t, MACRO), table)
    for place, kind in enumerate(KINDS):
        yield line(f"F1 {kind}", lambda t, at=place: f1(t, at), table, n=table[place].sum())
    yield line(
        "outcome: precision", lambda t: ratio(t[0, 0], t[:, 0].sum()), table, table[:, 0].sum()
    )
    yield line("outcome: recall", lambda t: ratio(t[0, 0], t[0].sum()), table, table[0].sum())
    for column, (attribute, name) in FLAGS.items():
        if column in rows and (rows[column] != "").all():
            given = [str(int(getattr(reading, attribute))) for reading in read]
            flags = crossed(rows[column], given, ("0", "1"))
            yield line(f"F1 {name}", lambda t: f1(t, 1), flags, n=flags[1].sum())


def of_objectives(rows: pd.DataFrame) -> Iterator[str]:
    """What objectives are, and whether they hold a number."""
    if rows.empty:
        return
    read = [word_objective(text) for text in rows["text"]]
    table = crossed(rows["kind"], [reading.kind for reading in read], (*OBJECTIVES, "unclear"))
    yield line("objectives: accuracy", accuracy, table)
    for place, kind in enumerate(OBJECTIVES):
        yield line(f"  F1 {kind}", lambda t, at=place: f1(t, at), table, n=table[place].sum())
    numbers = crossed(rows["has_number"], [str(int(r.has_number)) for r in read], ("0", "1"))
    yield line("  F1 contains a number", lambda t: f1(t, 1), numbers, n=numbers[1].sum())


def missed(rows: pd.DataFrame) -> Iterator[str]:
    """Every label we read otherwise, with the words that decided."""
    for row in rows.to_dict("records"):
        read: Reading | ObjectiveReading
        read = (word_key_result if row["role"] == "key_result" else word_objective)(row["text"])
        wrong = [f"{row['kind']} read as {read.kind}"] if row["kind"] != read.kind else []
        for column, (attribute, name) in FLAGS.items():
            told = getattr(read, attribute, None)
            if told is not None and row.get(column) in {"0", "1"} and told != (row[column] == "1"):
                wrong.append(f"{name} read as {told}")
        if wrong:
            told = "; ".join(str(piece) for piece in read.evidence)
            yield f"- {'; '.join(wrong)}: {row['text']}\n    {told}"


def crossed(truth: Sequence[str], read: Sequence[str], labels: Sequence[str]) -> Table:
    """How many rows of each label were read as each."""
    table = np.zeros((len(labels), len(labels)), dtype=int)
    for one, other in zip(truth, read, strict=True):
        table[labels.index(one), labels.index(other)] += 1
    return table


def line(name: str, figure: Figure, table: Table, n: int | None = None) -> str:
    """A figure with its standard error: the spread over tables drawn from this one."""
    if not table.sum():
        return f"{name:32}{NO_FIGURE:>8}"
    chance = np.random.default_rng(20260101)
    drawn = chance.multinomial(table.sum(), table.ravel() / table.sum(), SAMPLES)
    told = [figure(cells.reshape(table.shape)) for cells in drawn]
    spread = np.std([one for one in told if not np.isnan(one)] or [np.nan])
    goal = f"{GOALS[name]:7.2f}" if name in GOALS else ""
    held = n if n is not None else table.sum()
    return f"{name:32}{written(figure(table)):>8}{written(spread):>8}{held:6}{goal}"


def written(value: float) -> str:
    """Three digits, or a dash where there is no such figure."""
    return NO_FIGURE if np.isnan(value) else f"{value:.3f}"


def accuracy(table: Table) -> float:
    """The share read as labelled."""
    return ratio(np.trace(table), table.sum())


def f1(table: Table, place: int) -> float:
    """The harmonic mean of precision and recall of one label; not a number without a row of it."""
    return ratio(2 * table[place, place], table[place].sum() + table[:, place].sum())


def macro(table: Table, labels: Sequence[str]) -> float:
    """The mean F1 of those labels that the rows hold."""
    held = [KINDS.index(label) for label in labels if table[KINDS.index(label)].sum()]
    return float(np.mean([f1(table, place) for place in held])) if held else float("nan")


def ratio(part: float, whole: float) -> float:
    """`part` of `whole`; not a number of nothing."""
    return float(part / whole) if whole else float("nan")


def seconds(texts: Sequence[str], count: int) -> float:
    """CPU seconds for `count` texts, the file's own again and again."""
    many = [texts.iloc[place % len(texts)] for place in range(count)]
    start = time.process_time()
    for text in many:
        word_key_result(text)
    return time.process_time() - start


if __name__ == "__main__":
    main()
