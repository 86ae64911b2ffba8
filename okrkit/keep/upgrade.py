"""The store's tables brought up to date: after a verified backup, in one step or not at all."""

from __future__ import annotations

from datetime import datetime
from itertools import chain, count
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from okrkit.errors import StoreError

from .backup import copy_store

_SCRIPTS = ScriptDirectory(str(Path(__file__).with_name("migrations")))
LATEST = str(_SCRIPTS.get_current_head())


def bring_up_to_date(path: Path, engine: Engine, at: datetime, *, to: str = LATEST) -> None:
    """Create or upgrade the tables of the store at `path`.

    Raises
    ------
    StoreError
        If the file is of a newer okrkit, or no store; it is left as it is.
    """
    with engine.connect() as connection:
        found = revision(connection)
        _refuse_strangers(path, found, connection)
    if found == to:
        return
    if found is not None:
        copy_store(path, _free(f"{path}.before-{to}-{at:%Y%m%dT%H%M%S}"))
    with engine.execution_options(writes=True).begin() as connection:
        found = revision(connection)  # somebody else may have been quicker
        if found != to:
            _migrate(connection, found, to)


def _free(name: str) -> Path:
    """A path for a backup that is not there yet; an upgrade that was cut off has left one."""
    names = (Path(f"{name}{mark}.bak") for mark in chain([""], (f"-{n}" for n in count(2))))
    return next(path for path in names if not path.exists())


def revision(connection: Connection) -> str | None:
    """The revision of the tables; None before there are any."""
    return MigrationContext.configure(connection).get_current_revision()


def _migrate(connection: Connection, found: str | None, to: str) -> None:
    context = MigrationContext.configure(connection)
    steps = reversed(list(_SCRIPTS.iterate_revisions(to, found or "base")))
    with Operations.context(context):
        for step in steps:
            step.module.upgrade()
    context.stamp(_SCRIPTS, to)


def _refuse_strangers(path: Path, found: str | None, connection: Connection) -> None:
    known = {script.revision for script in _SCRIPTS.walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"{path} was written by a newer okrkit (revision {found}; this one knows {LATEST})."
            " Install the newer okrkit. The file was not changed.",
            saved=False,
        )
    if found is None and inspect(connection).get_table_names():
        raise StoreError(
            f"{path} holds other tables than a store of answers. Move it away, or put the latest"
            " backup in its place. The file was not changed.",
            saved=False,
        )
