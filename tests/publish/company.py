"""A client's folder made from the data contract: every field that takes text says what it is told to."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

from okrkit.schemas import SCHEMAS, Column, Schema

Say = Callable[
    [str, int], str
]  # "table.column" and the row's number, to the text that stands there
SPOKEN = {"text", "id", "ids"}
CYCLES = (("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30"))
SCALES = ("house", "school")
VALUES = {
    "number": lambda i: f"{70 + i % 30}",
    "share": lambda i: f"0.{1 + i % 9}",
    "date": lambda i: f"2026-0{1 + i % 3}-1{i % 9}",
    "week": lambda i: f"2026-W{10 + i % 3}",
    "yes_no": lambda i: ("yes", "no")[i % 2],
    "status": lambda i: ("green", "yellow", "red")[i % 3],
    "grade": lambda i: f"0.{1 + i * 7 % 9}",
}
FEW = 8  # managers and teams that others belong to; many grades each, so that they can be compared


def text_fields() -> list[str]:
    """Every field of the data contract that takes text of a client's own, as "table.column"."""
    return [
        f"{schema.name}.{column.name}"
        for schema in SCHEMAS.values()
        for column in schema.columns
        if column.kind in SPOKEN and not column.references
    ] + ["groups.attribute", "groups.value", *(f"standard.{name}" for name in STANDARD)]


STANDARD = ("client", "version", "scales", "templates", "cycle_exceptions", "regular_meetings")


def write_company(folder: Path, say: Say, rows: int = 40) -> Path:
    """Every table as a CSV file, and the standard."""
    folder.mkdir(parents=True, exist_ok=True)
    for schema in SCHEMAS.values():
        count = (
            len(CYCLES)
            if schema.name == "cycles"
            else rows * (5 if schema.name == "answers" else 1)
        )
        heads = [column.name for column in schema.columns]
        lines = [
            [_cell(schema, column, row, say, rows) for column in schema.columns]
            for row in range(count)
        ]
        if schema.open_ended:
            heads.append(_id(say, f"{schema.name}.attribute", 0))
            lines = [[*line, say(f"{schema.name}.value", row)] for row, line in enumerate(lines)]
        with (folder / f"{schema.name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heads, *lines])
    (folder / "standard.toml").write_text(_standard(say), encoding="utf-8")
    return folder


def _cell(schema: Schema, column: Column, row: int, say: Say, rows: int) -> str:
    field = f"{schema.name}.{column.name}"
    if schema.name == "cycles" and column.name in ("start", "end"):
        return CYCLES[row][column.name == "end"]
    if field == "answers.statement":
        return str(1 + row % 5)
    if field == "answers.respondent":
        return _id(say, field, row // 5)
    if field == "objectives.scale":
        return say("standard.scales", row % 2)
    if column.references:
        return _reference(column, row, say, rows)
    if column.kind == "word":
        return column.words[row % len(column.words)]
    if column.kind in ("id", "ids"):
        return _id(say, field, row)
    return say(field, row) if column.kind == "text" else VALUES[column.kind](row)


def _reference(column: Column, row: int, say: Say, rows: int) -> str:
    """An id of the table referred to: the same row's, or one of the few that others belong to."""
    table = column.references[0]
    key = f"{table}.{SCHEMAS[table].key[0]}"
    if row == 0 and column.name.startswith("parent") and not column.required:
        return ""
    if table == "cycles":
        return _id(say, key, 0)
    few = column.name in ("manager", "team", "parent_team", "parent", "leader", "depends_on")
    return _id(say, key, (row + 1) % FEW if few else row % rows)


def _id(say: Say, field: str, row: int) -> str:
    """An id as the door takes it, no two alike."""
    return f"{' '.join(say(field, row).replace(';', ' ').split())} n{row}"


def _standard(say: Say) -> str:
    text = {name: json.dumps(say(f"standard.{name}", 0)) for name in STANDARD}
    scales = "".join(
        f"\n[scales.{json.dumps(say('standard.scales', row))}]\nlow = 0\nhigh = 1\n"
        for row in range(2)
    )
    return (
        f"client = {text['client']}\nversion = {text['version']}\n"
        f"cycle_exceptions = [{text['cycle_exceptions']}]\n"
        f'regular_meetings = ["planning", {text["regular_meetings"]}]\n'
        f"[templates]\n{text['templates']} = {text['templates']}\n{scales}"
    )
