"""The grade sheet: what each grade is now, and blanks for what people agree on, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from okrkit.door.scales import scales_of_key_results
from okrkit.judge.agreed import Agreed, Ids, on_scale
from okrkit.show.blanks import AGREED, REASON, grade_blanks
from okrkit.standard import BUILT_IN_SCALES, Scale
from okrkit.tables import Tables

from .checks import digest
from .content import Cell, Number, Section, Table

COLUMNS = ("Key result", "Person", "Manager", "Cycle", "Scale", "Grade now", AGREED, REASON)
HOW_TO_FILL = (
    "Write a grade only where it is to be another one, on the scale of its row, with the reason.",
    "Grade now is the final grade on record, else the one the manager gave. Left blank, it stays.",
    "Nothing here says which grade is right, and nothing computes pay.",
    "Then send this file back: okrkit report FOLDER --import FILE says what it would change.",
)


@dataclass(frozen=True)
class Graded:
    """A grade that may be talked about; `now` is a fraction of its scale."""

    key_result: str
    manager: str
    person: str
    cycle: str
    scale: Scale
    now: float

    @property
    def ids(self) -> Ids:
        """Which grade it is: the key of the table `grades`."""
        return self.key_result, self.manager, self.person, self.cycle

    @property
    def key(self) -> str:
        """By which its row comes back."""
        return digest(self.ids)


def grades_now(tables: Tables, cycles: Iterable[str]) -> tuple[Graded, ...]:
    """The grades of some cycles, by manager and person."""
    standard = tables.standard
    house = standard.scale_named(standard.scale) or BUILT_IN_SCALES["0-1"]
    scales = scales_of_key_results(tables.key_results, tables.objectives, standard)
    frame = tables.grades[tables.grades["cycle"].isin([*cycles])]
    now = frame["final_grade"].fillna(frame["grade"])
    ids = ("key_result", "manager", "person", "cycle")
    rows = zip(*(frame[name].fillna("") for name in ids), now, strict=True)
    given = (
        Graded(key_result, manager, person, cycle, scales.get(key_result) or house, value)
        for key_result, manager, person, cycle, value in rows
    )
    return tuple(
        sorted(given, key=lambda one: (one.manager, one.person, one.cycle, one.key_result))
    )


def grade_section(
    tables: Tables, graded: tuple[Graded, ...], agreed: Mapping[Ids, Agreed]
) -> Section:
    """The grade sheet, with what was agreed before already filled in.

    Columns: manager, person, key result, cycle, scale, grade now (on that scale), grade agreed,
    reason. It names people and belongs in a file that says who may read it.
    """
    title = "Grades: what they are now, and what you agree on"
    if not graded:
        return Section("grades", title, unknown="There are no grades in the cycles looked at.")
    people = _named(tables.people, "person", "name")
    texts = _named(tables.key_results, "key_result", "text")
    rows = tuple(
        (
            " ".join(filter(None, (one.key_result, texts.get(one.key_result, "")))),
            _name(one.person, people),
            _name(one.manager, people),
            one.cycle,
            one.scale.name,
            _cell(one.now, one.scale),
            *_agreed(one, agreed),
        )
        for one in graded
    )
    scales = {one.scale for one in graded}
    (only,) = scales if len(scales) == 1 else (None,)
    limits = (only.low, only.high) if only and not only.letters else None
    keys = tuple(one.key for one in graded)
    blanks = grade_blanks(limits)
    table = Table("grades", "One row a grade", COLUMNS, rows, blanks=blanks, keys=keys)
    return Section("grades", title, HOW_TO_FILL, (table,))


def _agreed(one: Graded, agreed: Mapping[Ids, Agreed]) -> tuple[Cell, Cell]:
    said = agreed.get(one.ids)
    if said is None or said.agreed is None:
        return "", ""
    return _cell(said.agreed, one.scale), said.reason


def _cell(fraction: float, scale: Scale) -> Cell:
    shown = on_scale(fraction, scale)
    return shown if isinstance(shown, str) else Number(shown, f"{shown:.10g}")


def _named(frame: pd.DataFrame, key: str, name: str) -> dict[str, str]:
    given = frame.dropna(subset=[name])
    return dict(zip(given[key], given[name], strict=True))


def _name(person: str, names: Mapping[str, str]) -> str:
    return f"{names[person]} ({person})" if person in names else person
