"""The comparison of managers without names, as a section of the audit pack."""

from __future__ import annotations

from okrkit.show.audit_page import VERDICTS
from okrkit.show.calibration_groups import TONES
from okrkit.show.calibration_page import VERDICT_ORDER, sure_rows
from okrkit.show.shareable import Shareable

from .charts import manager_charts
from .content import Section, Table, count, share

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
        told = (comparison.verdict, comparison.told, comparison.settle)
        return Section("managers", title, unknown=" ".join(filter(None, (NO_MODEL, *told))))
    checks = tuple((one.label, VERDICTS[one.verdict][1]) for one in comparison.comparable)
    ladder = tuple((one.label, one.status, one.claim) for one in comparison.ladder)
    parts = tuple(
        (label, share(part), share(low), share(high))
        for label, part, low, high in comparison.shares
    )
    verdicts = _verdicts(shared)
    tables = (
        Table("managers_comparable", "Are the grades comparable?", ("Check", "Verdict"), checks),
        Table("managers_evidence", "What can be told", ("Evidence", "Used", "Why"), ladder),
        verdicts,
        Table(
            "managers_shares",
            "How much of a grade is the manager?",
            ("Part", "Share", "From (95 %)", "To (95 %)"),
            parts,
            (),
        ),
        Table(
            "managers_sure",
            "How sure are we?",
            ("Question", "Answer", "Explanation"),
            tuple(sure_rows(comparison)),
        ),
    )
    words = (comparison.verdict, comparison.told, comparison.settle, comparison.sorting, INPUT)
    shown = tuple(table for table in tables if table.rows)
    charts = manager_charts(shared, verdicts)
    return Section("managers", title, tuple(filter(None, words)), shown, charts)


def _verdicts(shared: Shareable) -> Table:
    counts = [
        (TONES[one][1], shared.counts[one]) for one in VERDICT_ORDER if shared.counts.get(one)
    ]
    if shared.others:
        counts.append(("Other verdicts, some too few to count", shared.others))
    rows = tuple((word, count(n)) for word, n in counts)
    return Table("managers_verdicts", "Verdicts", ("Verdict", "Managers"), rows, ())
