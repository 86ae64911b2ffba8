"""The pictures of a pack as numbers: say and do, answers, verdicts, intervals, distributions."""

from __future__ import annotations

from collections.abc import Sequence

from okrkit.judge.audit import Audit, Statement
from okrkit.judge.calibration.agenda import who
from okrkit.judge.calibration.result import Calibration, ComparedManager
from okrkit.judge.phrases import counted, number, percent
from okrkit.show.audit_page import answers_words, dumbbell_words
from okrkit.show.calibration_groups import TONES, span_words, verdict_axis
from okrkit.show.calibration_svg import signed
from okrkit.show.shareable import Shareable

from .content import Chart, Kind, Number, Series, Table, words_of

ANSWERS = ("Yes", "No", "Don’t know", "Not applicable")  # noqa: RUF001
LEVELS = ("From (95 %)", "From (80 %)", "Difference", "To (80 %)", "To (95 %)")


def say_and_do_charts(audit: Audit) -> tuple[Chart, ...]:
    """Say beside do, then all answers; each only where something of it is known."""
    told = [
        one for one in audit.statements
        if one.said.counted_share is not None or one.done.share is not None
    ]  # fmt: skip
    if not told:
        return ()
    say = tuple(_share(one.said.counted_share) for one in told)
    do = tuple(_share(one.done.share) for one in told)
    chart = Chart(
        "say_and_do",
        Kind.DUMBBELL,
        "What people say beside what the records show",
        _names(told),
        (Series("Say yes", say), Series("Found in the records", do)),
        tuple(dumbbell_words(one) for one in told),
        how="A ring is the share of people saying yes, a disc the share found in the records.",
    )
    return (chart, *answers_charts("answers", audit.statements))


def answers_charts(key: str, statements: Sequence[Statement]) -> tuple[Chart, ...]:
    """The answers to some statements as bars; none where none may be shown."""
    told = [one for one in statements if one.said.n]
    if not told:
        return ()
    counts = [
        (one.said.yes, one.said.no, one.said.dont_know, one.said.not_applicable) for one in told
    ]
    series = tuple(
        Series(name, tuple(_count(row[at] or 0) for row in counts))
        for at, name in enumerate(ANSWERS)
    )
    most = max(sum(count or 0 for count in row) for row in counts)
    words = tuple(answers_words(one.said) for one in told)
    return (
        Chart(
            key, Kind.STACKED, "What people answered", _names(told), series, words, (0.0, most)
        ),
    )  # fmt: skip


def manager_charts(shared: Shareable, verdicts: Table) -> tuple[Chart, ...]:
    """How many managers got each verdict, as `verdicts` counts them, and what makes a grade."""
    return (*verdict_charts(verdicts), *shares_charts(shared.calibration))


def verdict_charts(verdicts: Table) -> tuple[Chart, ...]:
    """How many managers got each verdict; none where none is counted."""
    counts = [row[1] for row in verdicts.rows if isinstance(row[1], Number)]
    if not counts:
        return ()
    names = tuple(words_of(row[0]) for row in verdicts.rows)
    told = tuple(counted(int(count.value), "manager") for count in counts)
    series = (Series("Managers", tuple(counts)),)
    axis = (0.0, max(count.value for count in counts))
    title = "How many managers got each verdict"
    return (Chart("verdicts", Kind.BARS, title, names, series, told, axis),)


def shares_charts(comparison: Calibration) -> tuple[Chart, ...]:
    """How much of a grade is the manager, the person and all else; none without a model."""
    shares = comparison.shares
    if not shares:
        return ()
    names = tuple(name for name, *_ in shares)
    parts = tuple(_share(part) for _, part, _, _ in shares)
    told = tuple(
        f"{percent(part)}, 95 % interval {percent(low)} to {percent(high)}"
        for _, part, low, high in shares
    )
    title = "How much of the differences between grades comes from where"
    return (Chart("shares", Kind.BARS, title, names, (Series("Share", parts),), told),)


def intervals_chart(calibration: Calibration) -> tuple[Chart, ...]:
    """The managers with an estimate, each with its intervals; for HR, since it names them."""
    order = ("severe", "generous", "cannot", "same")
    every = sorted(calibration.managers, key=lambda one: order.index(TONES[one.verdict][0]))
    rows = [(one, one.estimate) for one in every if one.estimate is not None]
    if not rows:
        return ()
    axis = verdict_axis(calibration)
    tones = tuple(TONES[one.verdict][0] for one, _ in rows)
    points = tuple(
        None if tone == "cannot" else _signed(shown.difference)
        for (_, shown), tone in zip(rows, tones, strict=True)
    )
    levels = (
        tuple(_signed(shown.low) for _, shown in rows),
        tuple(_signed(shown.low80) for _, shown in rows),
        points,
        tuple(_signed(shown.high80) for _, shown in rows),
        tuple(_signed(shown.high) for _, shown in rows),
    )
    series = tuple(Series(*one) for one in zip(LEVELS, levels, strict=True))
    told = tuple(
        f"{point.words + ', ' if point else ''}{TONES[one.verdict][1].lower()}, {span_words(shown)}"
        for (one, shown), point in zip(rows, points, strict=True)
    )
    title = "Difference from the pooled level in grade points, 80 and 95 % intervals"
    return (
        Chart(
            "managers",
            Kind.INTERVALS,
            title,
            tuple(who(one) for one, _ in rows),
            series,
            told,
            (-axis.span, axis.span),
            (-axis.material, axis.material),
            tones,
            "Left is more severe, right more generous. A thick line holds 80 %, a thin one 95 %. "
            "The band around 0 is not material. A dashed line has no point: nothing can be told.",
        ),
    )


def distribution_chart(key: str, title: str, one: ComparedManager) -> tuple[Chart, ...]:
    """How often one manager gave each tenth of a grade, beside what the pooled level would give."""
    if not one.counts:
        return ()
    given = tuple(_count(n) for _, n in one.counts)
    expected = tuple(_count(n) for n in one.expected) or (None,) * len(given)
    names = tuple(f"{grade:.1f}" for grade, _ in one.counts)
    told = tuple(
        f"{n.words} given" + ("" if other is None else f", {other.words} expected")
        for n, other in zip(given, expected, strict=True)
    )
    most = max(cell.value for cell in (*given, *expected) if cell is not None)
    series = (Series("Given", given), Series("Expected", expected))
    how = "Bars are the grades given, by their number"
    how += ", lines those expected at the pooled level." if one.expected else "."
    return (Chart(key, Kind.EXPECTED, title, names, series, told, (0.0, most), how=how),)


def _names(statements: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(f"{one.id} {one.short}" for one in statements)


def _share(value: float | None) -> Number | None:
    return None if value is None else Number(value, percent(value))


def _signed(value: float) -> Number:
    return Number(value, signed(value))


def _count(value: float) -> Number:
    return Number(value, number(value))
