"""What the commands are given: a folder, a day, a standard, a baseline, and where to write."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from okrkit.errors import InputError, Problem, UsageError

if TYPE_CHECKING:
    from okrkit.brand import Brand
    from okrkit.judge.audit import Audit
    from okrkit.standard import Standard
    from okrkit.tables import Tables

MADE_BETWEEN = 50_000  # objects made from one look for garbage to the next; usually 700
PATIENCE_SECONDS = 2.0  # shorter work is over before a line could be read

Folder = Annotated[Path, typer.Argument(help="The client's folder.", show_default=False)]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Judge as of this day (2026-09-30)."),
]
StandardFile = Annotated[
    Path | None,
    typer.Option("--standard", metavar="FILE", help="The client's standard; else standard.toml."),
]
Baseline = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="An earlier audit --json to compare with."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys.")]


def read_tables(folder: Path, standard: Path | None) -> Tables:
    """The checked tables of a folder, by its own standard or the file given."""
    from okrkit.read import read_folder

    return read_folder(folder, standard=standard_of(standard))


def with_answers(folder: Path, tables: Tables) -> Tables:
    """The tables with the answers kept in the store."""
    from okrkit.keep.place import store_path

    if not store_path(folder).exists():  # the database is loaded for a store that is there
        return tables
    from okrkit.keep.join import with_stored_answers

    return with_stored_answers(tables, folder, now=lambda: datetime.now().astimezone())


def judged(folder: Path, joined: Tables, day: date | None, filled: tuple[Any, ...] = ()) -> Audit:
    """The audit, with what was filled into the plan."""
    from okrkit.judge.audit import run_audit
    from okrkit.keep.plan_file import load_plan, merge_plans

    return run_audit(joined, as_of=day, plan=merge_plans(load_plan(folder), filled))


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for garbage seldom: of what a command makes, next to nothing hangs in a circle.

    Looking took a sixth of the time of the sample's audit in every form.
    """
    usual = gc.get_threshold()
    gc.set_threshold(MADE_BETWEEN, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def progress() -> Callable[[str, float], None] | None:
    """Tell on a terminal how far work of over two seconds is; files and pipes get nothing."""
    if not sys.stderr.isatty():
        return None
    began = time.monotonic()

    def tell(words: str, share: float) -> None:
        if time.monotonic() - began > PATIENCE_SECONDS:
            line = f"{words} … {share:.0%}" if share < 1 else ""
            typer.echo(f"\r{line:<60}" + ("" if line else "\r"), err=True, nl=False)

    return tell


def day_of(as_of: str | None) -> date | None:
    """The day of `--as-of`, if it is given."""
    if as_of is None:
        return None
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise UsageError(f"--as-of {as_of}: expected a day such as 2026-09-30.") from None


def standard_of(path: Path | None) -> Standard | None:
    """The standard of `--standard`, if it is given."""
    from okrkit.standard_file import read_standard

    return None if path is None else read_standard(path)


def brand_of(folder: Path, standard: Path | None) -> Brand:
    """The client's brand, from where its standard stands."""
    from okrkit.standard_file import client_brand, read_brand

    return client_brand(folder) if standard is None else read_brand(standard)


def comparison_of(baseline: Path | None, result: Audit) -> Any:  # noqa: ANN401
    """What changed since the audit of `--baseline`, if it is given."""
    from okrkit.judge.compare import compare

    if baseline is None:
        return None
    try:
        earlier = json.loads(baseline.read_bytes())
    except (OSError, ValueError):
        remedy = "Write one with okrkit audit FOLDER --json > baseline.json."
        found = "no JSON that can be read"
        raise InputError([Problem(str(baseline), found, "an earlier audit", remedy)]) from None
    return compare(earlier, result, file=baseline.name)


def outside(path: Path | None, folder: Path) -> None:
    """Refuse to write into the client's folder, which is only read."""
    if path is not None and path.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            f"{path} lies in the client's folder, which is only read. Write elsewhere."
        )


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in words when a file cannot be written."""
    try:
        path.open("ab").close()
        yield
    except OSError as error:
        why = f"{path} cannot be written ({error.strerror}). Choose another place."
        raise UsageError(why) from None
