"""Who grades how in a calibration's pre-read: managers by verdict, or counted without names."""

from __future__ import annotations

from okrkit.judge.calibration.agenda import who
from okrkit.judge.calibration.result import (
    DIFFER,
    Calibration,
    ComparedManager,
    Distribution,
    ManagerVerdict,
    Tier,
)
from okrkit.show.calibration_groups import DRAWN_FROM, PEOPLE_TONES, TONES
from okrkit.show.calibration_page import VERDICT_ORDER
from okrkit.show.shareable import Shareable

from .charts import distribution_chart, intervals_chart, verdict_charts
from .content import Cell, Number, Section, Table, count, difference, share
from .managers import verdicts_table, without_model

UNNAMED = (
    "Without names this is not shown: the grades of one manager’s people would tell who that is. "
    "HR’s own pre-read has them."
)


def managers_by_verdict(comparison: Calibration) -> Section:
    """Each manager under the verdict; never as a rank."""
    title = "Who grades how"
    if comparison.model is None:
        return Section("managers", title, unknown=without_model(comparison))
    if comparison.tier is Tier.NOTHING:
        why = f"No manager is judged. {comparison.told} {comparison.settle}".strip()
        return Section("managers", title, unknown=why)
    limit = comparison.standard.practical_difference
    words = (
        "Differences from the pooled level in grade points; small samples are pulled toward it.",
        f"A difference is material above {limit:.2f}.",
        "Managers stand by verdict; there is no ranking.",
    )
    tables = [_of_verdict(comparison, verdict, limit) for verdict in VERDICT_ORDER]
    apart = [one for one in comparison.managers if one.estimate is None]
    rows = tuple((_place(one), one.why) for one in apart)
    tables.append(
        Table("managers_apart", "Cannot tell: not compared", ("Manager, team", "Why"), rows)
    )
    shown = tuple(table for table in tables if table.rows)
    return Section("managers", title, words, shown, intervals_chart(comparison))


def _of_verdict(comparison: Calibration, verdict: ManagerVerdict, limit: float) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in comparison.managers:
        if one.verdict is verdict and one.estimate is not None:
            shown = one.estimate
            figures = map(difference, (shown.difference, shown.low, shown.high))
            rows.append((_place(one), *figures, share(shown.probability_material)))
    columns = (
        "Manager, team",
        "Difference",
        "From (95 %)",
        "To (95 %)",
        f"Chance of over {limit:.2f}",
    )
    brief = None if verdict in DIFFER else ()  # the others are in the picture
    return Table(f"managers_{verdict.value}", TONES[verdict][1], columns, tuple(rows), brief)


def counted_verdicts(shared: Shareable) -> Section:
    """How many managers have each verdict, and under pseudonyms those who may be shown."""
    comparison, title = shared.calibration, "Who grades how, without names"
    if comparison.model is None:
        return Section("managers", title, unknown=without_model(comparison))
    limit, need = comparison.standard.practical_difference, comparison.standard
    words = (
        (
            "Managers are shown one by one, under pseudonyms, only where at least "
            f"{need.group_min} share a verdict that is counted here and each has at least "
            f"{need.people_min} people and {need.grades_min} grades."
        ),
    )
    verdicts = verdicts_table(shared)
    tables = (
        verdicts,
        *(_of_verdict(comparison, verdict, limit) for verdict in VERDICT_ORDER),
    )
    shown = tuple(table for table in tables if table.rows)
    charts = (*verdict_charts(verdicts), *intervals_chart(comparison))
    return Section("managers", title, words, shown, charts)


def distributions(comparison: Calibration) -> Section:
    """The grades of each manager's people, those that lie apart first."""
    title = "The grades of each manager’s people"
    if comparison.model is None:
        return Section("distributions", title, unknown=without_model(comparison))
    words = (
        (
            "This is about the grades, not about the manager: where grades are high, a strong "
            "team, an easy year and a more generous manager look alike; where they are low, a "
            "weak team, a hard year and a more severe one."
        ),
    )
    apart = (Distribution.HIGHER, Distribution.LOWER)
    first = [one for one in comparison.managers if one.distribution in apart]
    others = [one for one in comparison.managers if one.distribution not in apart]
    tables = (
        _grades("grades_apart", "Higher or lower than the pooled level", first),
        _grades("grades_alike", "Not clearly different, or too few", others),
    )
    charts = (
        chart
        for one in first
        if one.n is not None and one.n >= DRAWN_FROM
        for chart in distribution_chart(f"grades_{one.manager}", _place(one), one)
    )
    shown = tuple(table for table in tables if table.rows)
    return Section("distributions", title, words, shown, tuple(charts))


def _grades(key: str, title: str, managers: list[ComparedManager]) -> Table:
    rows = tuple(
        (
            _place(one),
            PEOPLE_TONES[one.distribution][1],
            count(one.n),
            "" if one.mean is None else Number(one.mean, f"{one.mean:.2f}"),
            "" if one.people is None else difference(one.people.difference),
        )
        for one in managers
    )
    columns = ("Manager, team", "These grades are", "Grades", "Mean", "From the pooled level")
    return Table(key, title, columns, rows, None if key == "grades_apart" else ())


def hidden_distributions(comparison: Calibration) -> Section:
    """That the grades of a manager’s people are not shown without names."""
    title = "The grades of each manager’s people"
    unknown = UNNAMED if comparison.model else without_model(comparison)
    return Section("distributions", title, unknown=unknown)


def _place(one: ComparedManager) -> str:
    return f"{who(one)}, {one.team}" if one.team else who(one)
