"""A store's file, open: its transactions, and rows that each get their audit row."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine

from okrkit.errors import StoreError

from . import audit_rows
from .engine import sqlite_engine
from .faults import Doing, faults
from .place import make_private_file, refuse_network_drive
from .schema import DATA, as_text
from .upgrade import bring_up_to_date


class StoreFile:
    """The file of one client, with the clock and the chance it is written with."""

    def __init__(
        self,
        path: Path,
        engine: Engine,
        now: Callable[[], datetime],
        token_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.path = path
        self._engine = engine
        self._now = now
        self._token_bytes = token_bytes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, doing: Doing) -> Iterator[Connection]:
        engine = self._engine.execution_options(writes=doing in ("save", "erase"))
        try:
            with faults(doing), engine.begin() as connection:
                yield connection
        except StoreError:
            self._engine.dispose()  # what was opened read-only, say, stays so: open it anew
            raise

    def _append(
        self, connection: Connection, table: str, key: str, content: Mapping[str, Any]
    ) -> datetime:
        """Add a row; when it was added, unless `content` says another time."""
        at = self._now()
        own = {"key": key, "salt": self._token_bytes(16).hex(), "at": as_text(at)}
        audit_rows.append(connection, DATA[table], {**own, **content})
        return at

    def _today(self) -> date:
        return self._now().date()


def ready_engine(path: Path, at: datetime, timeout: float) -> Engine:
    """An engine for the store at `path`, created if there is none, upgraded if it is earlier.

    Raises
    ------
    StoreError
        If the file cannot be opened, is damaged, or was written by a newer okrkit.
    """
    refuse_network_drive(path)
    with faults("open"):
        make_private_file(path)
        engine = sqlite_engine(path, timeout)
        try:
            bring_up_to_date(path, engine, at)
        except BaseException:
            engine.dispose()
            raise
    return engine
