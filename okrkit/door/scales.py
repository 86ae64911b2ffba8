"""Grades to fractions of the scale they were given on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from okrkit.errors import Problem
from okrkit.schemas import SCHEMAS
from okrkit.standard import BUILT_IN_SCALES, Scale, Standard

from .conform import Percent
from .raw import Note, RawTable
from .texts import Bad, listed

ABOVE = 2.0  #: a fraction up to this is a grade above the scale; beyond it is another scale


@dataclass(frozen=True, eq=False)
class Graded:
    """A table with its grades as fractions, or why some do not fit their scale."""

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]


def unknown_scales(objectives: pd.DataFrame, raw: RawTable, standard: Standard) -> list[Problem]:
    """Objectives that name a scale the standard does not have."""
    names = objectives["scale"].dropna()
    unknown = names[[standard.scale_named(name) is None for name in names]]
    if unknown.empty:
        return []
    expected = ", ".join(scale.name for scale in standard.all_scales())
    remedy = (
        "Use one of these, or add the scale to the standard. If a spreadsheet turned 1-5 into a"
        " date, format the column as text."
    )
    positions = tuple(raw.positions_of(unknown.index))
    return [raw.problem_of(Bad(positions, listed(unknown), expected, remedy), "scale")]


def scales_of_key_results(
    key_results: pd.DataFrame, objectives: pd.DataFrame, standard: Standard
) -> Mapping[str, Scale | None]:
    """The scale of each key result whose objective names one; None where nobody knows it."""
    named = objectives.dropna(subset=["scale"]).drop_duplicates("objective")
    names = key_results["objective"].map(named.set_index("objective")["scale"])
    pairs = zip(key_results["key_result"], names, strict=True)
    return {key: standard.scale_named(name) for key, name in pairs if isinstance(name, str)}


def to_fractions(
    frame: pd.DataFrame,
    raw: RawTable,
    scales: Mapping[str, Scale | None],
    standard: Standard,
) -> Graded:
    """Every grade column of `frame` as fractions; `scales` gives the scale of a key result."""
    house = standard.scale_named(standard.scale) or BUILT_IN_SCALES["0-1"]
    own = (
        [scales.get(key, house) for key in frame["key_result"]]
        if "key_result" in frame
        else [house] * len(frame)
    )
    named = set(scales)
    strict = [key in named for key in frame["key_result"]] if "key_result" in frame else None
    problems: list[Problem] = []
    notes: list[Note] = []
    result = frame.copy()
    for name in (c.name for c in SCHEMAS[raw.name].columns if c.kind == "grade"):
        given = [
            _Given(row, grade, scale, exact)
            for row, grade, scale, exact in zip(
                frame.index, frame[name], own, strict or [False] * len(frame), strict=True
            )
        ]
        result[name] = pd.Series([one.fraction() for one in given], frame.index, dtype="float64")
        problems += _misfits(given, raw, name)
        notes += _conversions(given, result[name], raw)
    return Graded(result, tuple(problems), tuple(notes))


@dataclass(frozen=True)
class _Given:
    """A grade as written, with the scale it is on; `exact` when its objective names the scale."""

    row: int
    grade: object
    scale: Scale | None
    exact: bool

    @property
    def missing(self) -> bool:
        return not isinstance(self.grade, float | str | Percent) or self.grade != self.grade  # noqa: PLR0124

    def fraction(self) -> float | None:
        if self.missing or self.scale is None:
            return None
        return as_fraction(self.grade, self.scale, exact=self.exact)

    def shown(self) -> str:
        if isinstance(self.grade, Percent):
            return f"{self.grade.value:g} %"
        return f"{self.grade:g}" if isinstance(self.grade, float) else str(self.grade)


def _misfits(given: list[_Given], raw: RawTable, name: str) -> list[Problem]:
    """One problem for each scale some grades do not fit."""
    wrong: dict[Scale, list[_Given]] = {}
    for one in given:
        if one.scale is not None and not one.missing and one.fraction() is None:
            wrong.setdefault(one.scale, []).append(one)
    return [
        raw.problem_of(_does_not_fit(grades, raw, scale), name) for scale, grades in wrong.items()
    ]


def _conversions(given: list[_Given], fractions: pd.Series, raw: RawTable) -> list[Note]:
    """Notes on grades that were converted, and on those above their scale."""
    kinds: dict[str, list[int]] = {}
    for one, fraction in zip(given, fractions, strict=True):
        if fraction != fraction or one.scale is None:  # noqa: PLR0124
            continue
        if isinstance(one.grade, Percent):
            kinds.setdefault("written as percentages", []).append(one.row)
        elif one.scale.name != "0-1":
            kinds.setdefault(f"on the scale {one.scale.name}", []).append(one.row)
    name = str(fractions.name)
    notes = [
        raw.note("converted", f"grades {kind} were made fractions", raw.positions_of(rows), name)
        for kind, rows in kinds.items()
    ]
    above = fractions[fractions > 1]
    if len(above):
        shown = ", ".join(f"{value:.2f}" for value in above.unique()[:3])
        text = f"grades above the scale ({shown}) are shown as given and compared as 1"
        notes.append(raw.note("converted", text, raw.positions_of(above.index), name))
    return notes


def as_fraction(grade: object, scale: Scale, *, exact: bool) -> float | None:
    """`grade` as a fraction of `scale`; None if it does not fit. Grades above need `exact` off."""
    if isinstance(grade, Percent):
        value = grade.value / 100 if not scale.letters and scale.low == 0 else None
    elif isinstance(grade, str):
        value = scale.fraction(scale.letters.index(grade)) if grade in scale.letters else None
    elif isinstance(grade, float) and not scale.letters:
        value = scale.fraction(grade)
    else:
        value = None
    if value is None or not 0 <= value <= (1 if exact else ABOVE):
        return None
    return value


def _does_not_fit(given: list[_Given], raw: RawTable, scale: Scale) -> Bad:
    if scale.letters:
        expected = f"a letter of the scale {scale.name} ({', '.join(reversed(scale.letters))})"
    else:
        expected = f"a grade from {scale.low:g} to {scale.high:g} (the scale {scale.name})"
    numbers = [one.grade for one in given if isinstance(one.grade, float)]
    remedy = "Correct the grade, or name the scale it is on in the column scale of objectives."
    if numbers and scale.name == "0-1" and ABOVE < max(numbers) <= 100:
        remedy = (
            'If these are percentages, write 70 %, or set scale = "0-100" in the standard'
            " or in the column scale of objectives."
        )
    positions = tuple(raw.positions_of(one.row for one in given))
    return Bad(positions, listed(one.shown() for one in given), expected, remedy)
