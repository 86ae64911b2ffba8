"""The managers of a comparison in the order and words of its page: by verdict, never as a rank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from okrkit.judge.calibration.result import (
    DIFFER,
    Calibration,
    ComparedManager,
    Distribution,
    ManagerVerdict,
    Shown,
    Tier,
)
from okrkit.judge.calibration.words import chance
from okrkit.judge.phrases import counted, number, percent

from .calibration_svg import Axis, axis_for, dot_strip, histogram, interval, signed

FOLD_ABOVE = 12  #: rows of a group that cannot be told stay open up to here
DRAWN_FROM = 10  #: grades below which a distribution is not drawn

TONES = {
    ManagerVerdict.MORE_SEVERE: ("severe", "Clearly more severe"),
    ManagerVerdict.MORE_GENEROUS: ("generous", "Clearly more generous"),
    ManagerVerdict.NO_MATERIAL_DIFFERENCE: ("same", "No material difference"),
    ManagerVerdict.CANNOT_TELL: ("cannot", "Cannot tell"),
}
PEOPLE_TONES = {
    Distribution.LOWER: ("lower", "Lower than the pooled level"),
    Distribution.HIGHER: ("higher", "Higher than the pooled level"),
    Distribution.SIMILAR: ("same", "Not clearly different"),
    Distribution.TOO_FEW: ("cannot", "Too few grades to tell"),
}


@dataclass(frozen=True)
class Row:
    """One manager as a row; without a drawing `why` stands in its place.

    Beside a drawing `why` is given only where nothing can be told; otherwise the interval and the
    chance of a material difference say it, and the trace has the whole sentence.
    """

    who: str
    place: str
    grades: str
    people: str
    drawing: Markup
    difference: str
    span: str
    tone: str
    word: str
    why: str
    chance: str


@dataclass(frozen=True)
class Group:
    """Managers with the same verdict. `strip` stands for them while they are folded."""

    key: str
    title: str
    size: str
    rows: tuple[Row, ...]
    folded: bool = False
    strip: Markup = Markup("")
    range: str = ""
    innocent: tuple[str, ...] = ()  #: what else could explain such a difference


@dataclass(frozen=True)
class PeopleRow:
    """The grades of one manager's people; says nothing of the manager."""

    who: str
    place: str
    grades: str
    mean: str
    drawing: Markup
    difference: str
    span: str
    tone: str
    word: str


def verdict_groups(calibration: Calibration) -> tuple[Group, ...]:
    """The managers by verdict; empty in tier d, where no manager is judged."""
    if calibration.tier is Tier.NOTHING:
        return ()
    axis = verdict_axis(calibration)
    having = {
        verdict: [one for one in calibration.managers if one.verdict is verdict]
        for verdict in ManagerVerdict
    }
    differ = [one for verdict in DIFFER for one in having[verdict]]
    cannot = having[ManagerVerdict.CANNOT_TELL]
    groups = [
        _group("differ", "Clearly differ", differ, axis),
        _group(
            "wide",
            "Cannot tell: too near the limit, or too few grades",
            [one for one in cannot if one.estimate is not None],
            axis,
        ),
        _group(
            "apart",
            "Cannot tell: not compared",
            [one for one in cannot if one.estimate is None],
            axis,
        ),
        _alike(having[ManagerVerdict.NO_MATERIAL_DIFFERENCE], axis),
    ]
    return tuple(group for group in groups if group.rows)


def verdict_axis(calibration: Calibration) -> Axis:
    """The axis all verdicts are drawn on."""
    shown = [one.estimate for one in calibration.managers if one.estimate is not None]
    return axis_for(shown, calibration.standard.practical_difference)


def people_rows(calibration: Calibration) -> tuple[tuple[PeopleRow, ...], tuple[PeopleRow, ...]]:
    """The grades of each manager's people: those that are higher or lower, then all others."""
    rows = [(one, _people_row(one)) for one in calibration.managers]
    differ = (Distribution.HIGHER, Distribution.LOWER)
    first = tuple(row for one, row in rows if one.distribution in differ)
    return first, tuple(row for one, row in rows if one.distribution not in differ)


def label(one: ComparedManager) -> str:
    """What a manager is called on a page: the name, else the id."""
    return one.name or one.manager


def span_words(shown: Shown) -> str:
    """`−0.18 to −0.07`."""
    return f"{signed(shown.low)} to {signed(shown.high)}"


def _group(key: str, title: str, managers: Sequence[ComparedManager], axis: Axis) -> Group:
    return Group(
        key,
        title,
        _size(managers),
        tuple(_row(one, axis) for one in managers),
        folded=key != "differ" and len(managers) > FOLD_ABOVE,
        innocent=tuple(dict.fromkeys(one.innocent for one in managers if one.innocent)),
    )


def _alike(managers: Sequence[ComparedManager], axis: Axis) -> Group:
    shown = [one.estimate for one in managers if one.estimate is not None]
    if not shown:
        return Group("alike", "", "", ())
    low, high = (signed(pick(one.difference for one in shown)) for pick in (min, max))
    between = f"{low} to {high}"
    words = f"{_size(managers)} between {low} and {high}"
    rows = tuple(_row(one, axis) for one in managers)
    strip = dot_strip(shown, axis, words)
    return Group("alike", "No material difference", _size(managers), rows, True, strip, between)  # noqa: FBT003


def _row(one: ComparedManager, axis: Axis) -> Row:
    tone, word = TONES[one.verdict]
    shown = one.estimate
    drawing, difference, span, likely = Markup(""), "", "", ""
    if shown is not None:
        likely = f"chance of more than {axis.material:.2f}: {chance(shown.probability_material)}"
        span = span_words(shown)
        difference = "" if tone == "cannot" else signed(shown.difference)
        words = f"{difference}, {span}" if difference else span
        drawing = interval(shown, axis, tone, words)
    return Row(
        who=label(one),
        place=_place(one),
        grades=_shown_number(one.n),
        people=_shown_number(one.n_people),
        drawing=drawing,
        difference=difference,
        span=span,
        tone=tone,
        word=word,
        why="" if difference else one.why,
        chance=likely,
    )


def _people_row(one: ComparedManager) -> PeopleRow:
    tone, word = PEOPLE_TONES[one.distribution]
    drawn = one.n is not None and one.n >= DRAWN_FROM and bool(one.counts)
    return PeopleRow(
        who=label(one),
        place=_place(one),
        grades=_shown_number(one.n),
        mean="" if one.mean is None else f"{one.mean:.2f}",
        drawing=histogram([n for _, n in one.counts], one.expected, 36) if drawn else Markup(""),
        difference="" if one.people is None else signed(one.people.difference),
        span="" if one.people is None else span_words(one.people),
        tone=tone,
        word=word,
    )


def _place(one: ComparedManager) -> str:
    return ", ".join(part for part in (one.manager if one.name else "", one.team) if part)


def _size(managers: Sequence[ComparedManager]) -> str:
    return counted(len(managers), "manager")


def _shown_number(value: int | None) -> str:
    return "" if value is None else number(value)


def trace_rows(managers: Iterable[ComparedManager]) -> list[tuple[str, ...]]:
    """How each verdict came about: grades, mean, difference, interval, probability, verdict."""
    return [
        (
            label(one),
            _shown_number(one.n),
            _shown_number(one.n_people),
            "" if one.mean is None else f"{one.mean:.3f}",
            "" if one.information is None else percent(one.information),
            "" if one.estimate is None else signed(one.estimate.difference, 3),
            "" if one.estimate is None else _precise_span(one.estimate),
            "" if one.estimate is None else chance(one.estimate.probability_material),
            one.verdict.words,
            one.why,
        )
        for one in managers
    ]


def _precise_span(shown: Shown) -> str:
    return f"{signed(shown.low, 3)} to {signed(shown.high, 3)}"
