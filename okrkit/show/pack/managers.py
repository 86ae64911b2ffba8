"""The comparison of managers without names, as a section of the audit pack."""

from __future__ import annotations

from okrkit.judge.calibration.result import Calibration
from okrkit.show.audit_page import VERDICTS
from okrkit.show.calibration_groups import TONES
from okrkit.show.calibration_page import VERDICT_ORDER, sure_rows
from okrkit.show.shareable import Shareable

from .charts import manager_charts
from .content import Cell, Section, Table, count, share

NO_MODEL = "Grades do not allow a comparison of managers here."
INPUT = (
    "Why a manager differs cannot be seen from grades, and no grade here is called right. Grades "
    "are input to judgement; nothing here computes pay."
)


def managers_section(shared: Shareable) -> Section:
    """What may be told of managers to others than HR; no manager stands in it by row."""
    comparison = shared.calibration
    title = "Comparison of managers, without names"
    if comparison.model is None:
        return Section("managers", title, unknown=without_model(comparison))
    verdicts = verdicts_table(shared)
    tables = (
        checks_table(comparison),
        ladder_table(comparison),
        verdicts,
        shares_table(comparison),
        sure_table(comparison),
    )
    words = (comparison.verdict, comparison.told, comparison.settle, comparison.sorting, INPUT)
    shown = tuple(table for table in tables if table.rows)
    charts = manager_charts(shared, verdicts)
    return Section("managers", title, tuple(filter(None, words)), shown, charts)


def without_model(comparison: Calibration) -> str:
    """Why managers are not compared, as sentences."""
    told = (NO_MODEL, comparison.verdict, comparison.told, comparison.settle)
    return " ".join(filter(None, told))


def checks_table(comparison: Calibration) -> Table:
    """Whether grades may be compared; with its numbers unless these could name somebody."""
    told = any(one.claim for one in comparison.comparable)
    rows: list[tuple[Cell, ...]] = [
        (one.label, VERDICTS[one.verdict][1], *([one.claim] if told else []))
        for one in comparison.comparable
    ]
    columns = ("Check", "Verdict", *(["In words"] if told else []))
    return Table("managers_comparable", "Whether grades may be compared", columns, tuple(rows))


def ladder_table(comparison: Calibration) -> Table:
    """Which evidence separates a manager from the team, and which is used."""
    rows = tuple((one.label, one.status, one.claim) for one in comparison.ladder)
    return Table("managers_evidence", "Evidence, best first", ("Evidence", "Used", "Why"), rows)


def verdicts_table(shared: Shareable) -> Table:
    """How many managers have each verdict, none counted below the least."""
    counts = [
        (TONES[one][1], shared.counts[one]) for one in VERDICT_ORDER if shared.counts.get(one)
    ]
    if shared.others:
        counts.append(("Other verdicts, some too few to count", shared.others))
    rows = tuple((word, count(n)) for word, n in counts)
    return Table("managers_verdicts", "Verdicts", ("Verdict", "Managers"), rows, ())


def shares_table(comparison: Calibration) -> Table:
    """How much of the differences between grades is the manager."""
    rows = tuple(
        (label, share(part), share(low), share(high))
        for label, part, low, high in comparison.shares
    )
    columns = ("Part", "Share", "From (95 %)", "To (95 %)")
    return Table("managers_shares", "How much of a grade is the manager?", columns, rows, ())


def sure_table(comparison: Calibration) -> Table:
    """How often such a comparison is wrong."""
    columns = ("Question", "Answer", "Explanation")
    return Table("managers_sure", "How often this is wrong", columns, tuple(sure_rows(comparison)))
