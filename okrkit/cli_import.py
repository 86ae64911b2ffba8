"""`okrkit report --import`: what people filled into a pack's workbook is shown, then kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okrkit.errors import InputError, Problem

if TYPE_CHECKING:
    from okrkit.cli_report import Given
    from okrkit.judge.audit import Audit
    from okrkit.show.pack.decided import Decided
    from okrkit.show.pack.filled import Filled

Workbook = Annotated[
    Path | None,
    typer.Option("--import", metavar="FILE", help="Say what a filled-in workbook would change."),
]
Keep = Annotated[bool, typer.Option("--keep", help="With --import: keep it.")]


def import_filled(path: Path, folder: Path, given: Given, *, keep: bool) -> None:
    """Say row by row what the workbook at `path` changes and, if `keep`, keep it.

    `given` is what the folder gives now. Nothing is kept unless everything in the file can be.

    Raises
    ------
    InputError
        If anything in it is wrong, all at once; what would change has been printed by then.
    """
    from okrkit.show.pack.audit_pack import plan_table
    from okrkit.show.pack.decided import decided
    from okrkit.show.pack.filled import Now, read_filled
    from okrkit.show.pack.grade_sheet import grade_section, grades_now

    tables, audit = given.tables, given.audit
    graded = grades_now(tables, audit.cycles)
    forms = (plan_table(audit), *grade_section(tables, graded, given.agreed).tables)
    filled: Filled = read_filled(path, Now(given.inputs, audit.client, forms))
    found = decided(filled.rows, audit.plan, graded, given.agreed)
    problems = (*filled.problems, *found.problems)
    _say(filled, found, problems)
    if problems:
        raise InputError(problems)
    if keep and found.changes:
        _keep(folder, audit, found, given.inputs)
        typer.echo("Kept.")
    elif found.changes:
        typer.echo("Nothing is kept yet. Give the same command with --keep to keep it.")


def _say(filled: Filled, found: Decided, problems: tuple[Problem, ...]) -> None:
    for told in filled.told:
        typer.echo(told)
    for change in found.changes:
        typer.echo(str(change))
    touched = {(one.sheet, one.row) for one in problems}
    touched |= {(one.sheet, one.row) for one in found.changes}
    same = sum((row.sheet, row.row) not in touched for row in filled.rows)
    told = f"{len(problems)} error" if len(problems) == 1 else f"{len(problems)} errors"
    typer.echo(f"{len(found.changes)} change, {same} unchanged, {told}.")


def _keep(folder: Path, audit: Audit, found: Decided, inputs: str) -> None:
    from okrkit.keep.agreed_file import Decision, add_agreed
    from okrkit.keep.plan_file import save_plan

    when = datetime.now().astimezone().isoformat(timespec="seconds")
    if found.agreed:
        add_agreed(folder, (Decision(one, when, inputs) for one in found.agreed))
    if found.steps:
        new = {step.key: step for step in found.steps}
        save_plan(folder, [new.get(step.key, step) for step in audit.plan])
