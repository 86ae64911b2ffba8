"""Power cuts on the store itself: what the disk was not made to keep may be lost, torn or reordered.

Run as `python power_cut.py CUTS SEED [SYNCHRONOUS]`. The store's own code, statements and settings
run on SQLite over a disk that notes every write until it is synced. At a random operation the power
goes. Then a disk image is made of what was synced and a random part of what was not, and the store
is opened from it as it would be the next morning. Prints what became of acknowledged answers.
With SYNCHRONOUS (NORMAL, OFF) the store's own setting is weakened, to see that this would show.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import apsw
from sqlalchemy import create_engine, event

from okrkit.errors import StoreError
from okrkit.keep.engine import prepared
from okrkit.keep.records import Answer
from okrkit.keep.store import Store, open_store

WAVE = "2026-Q3"
SECTOR = 512
MOST_ANSWERS = 25


def now() -> datetime:
    """The store needs a time; none of this depends on it."""
    return datetime(2026, 9, 30, tzinfo=UTC)


# The disk


class Disk:
    """Per file what is safe and what was written since; after `left` operations the power goes."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.safe: dict[str, bytes] = {}
        self.waiting: dict[str, list[tuple[int, bytes | None]]] = {}

    def operate(self) -> None:
        """Count an operation; from the cut on there is no disk."""
        self.left -= 1
        if self.left < 0:
            raise apsw.IOError("the power is gone")

    def image(self, name: str, rng: random.Random, how: str) -> bytes:
        """What may stand on the disk when the power comes back."""
        waiting = self.waiting[name]
        if how == "none":
            waiting = []
        elif how == "first":
            waiting = waiting[: rng.randrange(len(waiting) + 1)]
        elif how in ("some", "torn"):
            waiting = [one for one in waiting if rng.random() < 0.5]
        content = bytearray(self.safe[name])
        for offset, data in waiting:
            if data is None:
                content[offset:] = b""
                continue
            for at in range(0, len(data), SECTOR):
                if how != "torn" or rng.random() < 0.7:
                    start = offset + at
                    content.extend(b"\0" * (start - len(content)))
                    part = data[at : at + SECTOR]
                    content[start : start + len(part)] = part
        return bytes(content)


class CutFile(apsw.VFSFile):
    """A file whose writes are noted until they are synced."""

    def __init__(self, disk: Disk, name: object, flags: list[int]) -> None:
        self.disk = disk
        self.name = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        super().__init__("", name, flags)
        if self.name not in disk.safe:
            disk.safe[self.name] = Path(self.name).read_bytes()
            disk.waiting[self.name] = []

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """Write, and note it."""
        self.disk.operate()
        super().xWrite(data, offset)
        self.disk.waiting[self.name].append((offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        """Shorten, and note it."""
        self.disk.operate()
        super().xTruncate(size)
        self.disk.waiting[self.name].append((size, None))

    def xSync(self, flags: int) -> None:  # noqa: N802
        """What was noted is safe now."""
        self.disk.operate()
        self.disk.safe[self.name] = Path(self.name).read_bytes()
        self.disk.waiting[self.name] = []


class CutVFS(apsw.VFS):
    """SQLite's way to the disk, for the files of one store."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        super().__init__("cut", "")

    def xOpen(self, name: object, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        """Open a file whose writes are noted."""
        return CutFile(self.disk, name, flags) if name else apsw.VFSFile("", name, flags)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802
        """Remove a file."""
        self.disk.operate()
        super().xDelete(name, sync)
        self.disk.safe.pop(name, None)
        self.disk.waiting.pop(name, None)


# The driver: as much of Python's sqlite3 over apsw as SQLAlchemy asks for


class Cursor:
    """Runs a statement and keeps its rows."""

    arraysize, rowcount = 1, -1

    def __init__(self, connection: apsw.Connection) -> None:
        self.connection = connection
        self.rows: list[tuple] = []
        self.description: list[tuple] | None = None

    def execute(self, sql: str, values: tuple = ()) -> None:
        """Run one statement."""
        cursor = self.connection.cursor()
        self.description = None
        cursor.exec_trace = self._describe
        try:
            self.rows = list(cursor.execute(sql, values))
        except apsw.Error as error:
            told = sqlite3.OperationalError(str(error))
            code = getattr(error, "extendedresult", apsw.SQLITE_IOERR)  # ours have none
            told.sqlite_errorname = apsw.mapping_extended_result_codes.get(code, "SQLITE_IOERR")
            raise told from error

    def _describe(self, cursor: apsw.Cursor, _sql: str, _values: object) -> bool:
        columns = cursor.get_description()
        self.description = [(name, *[None] * 6) for name, _ in columns] or None
        return True

    @property
    def lastrowid(self) -> int:
        """Row id of the latest insert."""
        return self.connection.last_insert_rowid()

    def fetchone(self) -> tuple | None:
        """The next row."""
        return self.rows.pop(0) if self.rows else None

    def fetchall(self) -> list[tuple]:
        """The rows that are left."""
        rows, self.rows = self.rows, []
        return rows

    def fetchmany(self, size: int = 1) -> list[tuple]:
        """The next rows."""
        rows, self.rows = self.rows[:size], self.rows[size:]
        return rows

    def close(self) -> None:
        """Nothing is held."""


class Driver:
    """A connection as `sqlite3.connect` gives it."""

    isolation_level = None

    def __init__(self, path: Path) -> None:
        self.inner = apsw.Connection(str(path), vfs="cut")

    def cursor(self) -> Cursor:
        """A cursor of this connection."""
        return Cursor(self.inner)

    def create_function(self, *_: object, **__: object) -> None:
        """SQLAlchemy offers functions we do not use."""

    def commit(self) -> None:
        """End the transaction, if there is one, and keep it."""
        if not self.inner.get_autocommit():
            self.cursor().execute("COMMIT")

    def rollback(self) -> None:
        """End the transaction, if there is one, without it."""
        if not self.inner.get_autocommit():
            self.cursor().execute("ROLLBACK")

    def close(self) -> None:
        """Let go of the file."""
        self.inner.close()


def store_over(path: Path, pragmas: list[str]) -> Store:
    """The store at `path`, over the disk that notes its writes."""
    module = SimpleNamespace(**vars(sqlite3))
    engine = create_engine("sqlite:///cut", module=module, creator=lambda: Driver(path))

    def settle(connection: Driver, _: object) -> None:
        for pragma in pragmas:
            connection.cursor().execute(f"PRAGMA {pragma}")

    event.listen(prepared(engine), "connect", settle)
    return Store(path, engine, now, random.Random(0).randbytes)


# A cut


def record(seed: int, number: int, rng: random.Random) -> Answer:
    """The next answer of one of three people."""
    comment = "x" * rng.choice((0, 40, 700, 3000))
    who = f"{rng.randrange(3):032x}"
    return Answer(f"cut-{seed:08}-{number:06}", WAVE, who, rng.randrange(1, 6), "yes", comment)


def cut(new_store: Path, folder: Path, seed: int, synchronous: str) -> dict[str, int]:
    """Save until the power goes, then compare what comes back with what was acknowledged."""
    rng = random.Random(seed)
    path = folder / "before" / "answers.sqlite"
    path.parent.mkdir()
    shutil.copy(new_store, path)
    VFS.disk = disk = Disk(left=10**9)
    pragmas = [f"wal_autocheckpoint = {rng.choice((4, 20, 1000))}"]
    if synchronous:
        pragmas.append(f"synchronous = {synchronous}")
    store = store_over(path, pragmas)
    store.draft("0" * 32, WAVE)  # the site is up before anybody answers
    disk.left = rng.randrange(1, 240)
    acknowledged: list[Answer] = []
    unsure: list[Answer] = []
    for number in range(MOST_ANSWERS):
        answer = record(seed, number, rng)
        try:
            store.save_answer(answer)
        except StoreError:
            unsure.append(answer)
            break
        acknowledged.append(answer)
    how = rng.choice(("none", "first", "some", "torn"))
    after = folder / "after"
    after.mkdir()
    for name in disk.safe:
        (after / Path(name).name).write_bytes(disk.image(name, rng, how))
    disk.left = 10**9
    store.close()
    return came_back(after / path.name, acknowledged, unsure)


def came_back(path: Path, acknowledged: list[Answer], unsure: list[Answer]) -> dict[str, int]:
    """What the store says the next morning; what was not acknowledged is sent again."""
    try:
        with open_store(path, now=now) as store:
            whole = store.verify().ok
            with store._transaction("read") as connection:
                rows = connection.exec_driver_sql("SELECT key, comment FROM answer").all()
            for answer in unsure:
                store.save_answer(answer)
            kept = store.info().rows["answer"]
            whole = whole and store.verify().ok
    except StoreError:
        return {"corrupt": 1, "lost": len(acknowledged)}
    there = {key: comment for key, comment in rows}  # noqa: C416
    lost = sum(there.get(answer.key) != answer.comment for answer in acknowledged)
    doubled = kept - len({*there, *(answer.key for answer in unsure)})
    return {
        "acknowledged": len(acknowledged),
        "lost": lost,
        "doubled": doubled,
        "corrupt": int(not whole),
        "cuts_while_saving": len(unsure),
    }


VFS = CutVFS(Disk(left=10**9))


def main(cuts: int, seed: int, synchronous: str = "") -> None:
    """Cut the power `cuts` times."""
    sums: Counter[str] = Counter(cuts=cuts, lost=0, doubled=0, corrupt=0)
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        new_store = Path(folder) / "answers.sqlite"
        with open_store(new_store, now=now) as store:
            store.open_wave(WAVE)
        for number in range(cuts):
            with tempfile.TemporaryDirectory(dir=folder) as own:
                sums.update(cut(new_store, Path(own), seed + number, synchronous))
    print(json.dumps(sums))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
