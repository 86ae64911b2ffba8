"""When the disk or the file fails: one friendly message, saved or not, and the next try is kept once."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import Engine, event

from okrkit.errors import OkrkitError, StoreError
from okrkit.keep.store import open_store

WAVE = "2026-Q3"


@contextmanager
def every_connection(pragma: str):
    """A setting on every connection opened meanwhile."""

    def settle(connection, _):
        connection.execute(pragma)

    event.listen(Engine, "connect", settle)
    try:
        yield
    finally:
        event.remove(Engine, "connect", settle)


@contextmanager
def locked_by_another_process(path, seconds: float):
    """A process that holds the write lock, from now on and for some seconds."""
    hold = (
        "import sqlite3, sys, time\n"
        "file = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "file.execute('begin immediate')\n"
        "print('held', flush=True)\n"
        "time.sleep(float(sys.argv[2]))\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(path), str(seconds)], stdout=subprocess.PIPE
    )
    holder.stdout.readline()
    try:
        yield
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        holder.stdout.close()


# Root may write where the rights say no; a child of root is given up that power.
RIGHTS = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []


def child(script: str, *arguments: object) -> str:
    """What a Python process prints that runs `script`."""
    command = [*RIGHTS, sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd="/").stdout


# Disk full


def test_on_a_full_disk_nothing_acknowledged_is_lost_and_the_next_try_is_kept(path, clock, says):
    with closing(sqlite3.connect(path)) as file:
        pages = file.execute("pragma page_count").fetchone()[0]
    saved, refused = [], None
    with (
        every_connection(f"pragma max_page_count = {pages + 3}"),
        open_store(path, now=clock) as store,
    ):
        for who in range(100):
            answer = says.answer(who, comment="x" * 2000)
            try:
                store.save_answer(answer)
            except StoreError as error:
                refused, message = answer, error
                break
            saved.append(answer)
        assert refused is not None
        assert message.saved is False
        assert str(message) == (
            "This is not saved yet. The disk is full. Make room on the disk, or raise the limit on the"
            " size of files."
        )
        assert all(store.save_answer(one).repeated for one in saved)
        assert store.verify().ok
    with open_store(path, now=clock) as roomy:
        assert roomy.save_answer(refused).repeated is False
        assert roomy.info().rows["answer"] == len(saved) + 1
        assert roomy.verify().ok


def test_at_a_limit_on_the_size_of_files_nothing_acknowledged_is_lost(path):
    told = child(
        """
        import resource, sys
        from datetime import datetime, UTC
        from pathlib import Path
        from okrkit.errors import StoreError
        from okrkit.keep.records import Answer
        from okrkit.keep.store import open_store

        path = Path(sys.argv[1])
        answers = [Answer(f"key-{n:012}", "2026-Q3", f"{n:032x}", 1, "yes", "x" * 3000) for n in range(200)]
        with open_store(path, now=lambda: datetime.now(UTC)) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
            for count, answer in enumerate(answers):
                try:
                    store.save_answer(answer)
                except StoreError as error:
                    print(error.__cause__.orig.sqlite_errorname, error.saved, str(error)[:22])
                    break
            kept = [store.save_answer(one).repeated for one in answers[:count]]
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
            again = store.save_answer(answer).repeated
            rows = store.info().rows["answer"]
            print(all(kept), again, rows == count + 1, store.verify().ok)
        """,
        path,
    )
    assert told.splitlines() == [
        "SQLITE_IOERR_WRITE False This is not saved yet.",
        "True False True True",
    ]


# Read-only


@pytest.fixture
def readable_only(path):
    """The store in a folder of its own that any account may enter and read, not write."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(path, folder)
        os.chmod(f"{folder}/answers.sqlite", 0o444)
        os.chmod(folder, 0o555)
        yield folder
        os.chmod(folder, 0o700)


def test_a_file_that_may_not_be_written_says_so_when_opened(readable_only):
    told = child(
        """
        import os, sys
        from datetime import datetime, UTC
        from pathlib import Path
        from okrkit.errors import StoreError
        from okrkit.keep.store import open_store

        os.chdir(sys.argv[1])
        try:
            open_store(Path("answers.sqlite"), now=lambda: datetime.now(UTC))
        except StoreError as error:
            print(error)
        """,
        readable_only,
    )
    assert told.startswith(
        "The store of answers cannot be opened; nothing in it was changed. The file "
    )


def test_a_file_that_may_no_longer_be_written_says_so_and_can_be_read(path, clock, says):
    answer = says.answer()
    with open_store(path, now=clock) as store:
        store.save_answer(answer)
    with every_connection("pragma query_only = on"), open_store(path, now=clock) as store:
        with pytest.raises(
            StoreError, match="not saved yet. The file may not be written"
        ) as refused:
            store.save_answer(says.answer(2))
        assert refused.value.saved is False
        assert list(store.draft(says.who(0), WAVE).answers) == [1]


def test_a_file_that_may_be_written_again_is_written_again(path, clock, says):
    with open_store(path, now=clock) as store:
        with every_connection("pragma query_only = on"):
            store.close()  # the next connection is a new one
            with pytest.raises(StoreError, match="The file may not be written"):
                store.save_answer(says.answer())
        assert store.save_answer(says.answer()).repeated is False


def test_a_refused_opening_leaves_nothing_that_bars_the_next(readable_only):
    told = child(
        """
        import os, sys
        from datetime import datetime, UTC
        from pathlib import Path
        from okrkit.errors import StoreError
        from okrkit.keep.records import Answer
        from okrkit.keep.store import open_store

        path = Path(sys.argv[1]) / "answers.sqlite"
        os.chmod(path.parent, 0o700)
        try:
            open_store(path, now=lambda: datetime.now(UTC))
        except StoreError as error:
            print(os.listdir(path.parent))
        os.chmod(path, 0o600)
        with open_store(path, now=lambda: datetime.now(UTC)) as store:
            print(store.save_answer(Answer("k" * 16, "2026-Q3", "0" * 32, 1, "yes")).repeated)
        """,
        readable_only,
    )
    assert told.splitlines() == ["['answers.sqlite']", "False"]


# Moved away


def test_nothing_is_acknowledged_into_a_file_that_was_moved_away(store, path, says, clock):
    store.save_answer(says.answer(1))
    aside = path.with_name("aside")
    path.rename(aside)
    with pytest.raises(StoreError, match="not saved yet. The file cannot be opened") as refused:
        store.save_answer(says.answer(2))
    assert refused.value.saved is False
    assert not path.exists()
    aside.rename(path)
    assert store.save_answer(says.answer(2)).repeated is False
    store.close()
    with open_store(path, now=clock) as again:
        assert again.info().rows["answer"] == 2


def test_another_file_in_its_place_is_the_one_that_is_written(store, path, says, clock, new_store):
    store.save_answer(says.answer(1))
    store.close()
    store.save_answer(says.answer(2))
    path.rename(path.with_name("aside"))
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink()
    shutil.copy(new_store, path)
    store.save_answer(says.answer(3))
    store.close()
    with open_store(path, now=clock) as again:
        assert list(again.draft(says.who(3), WAVE).answers) == [1]
        assert again.info().rows["answer"] == 1


# Locks


def test_a_lock_that_is_let_go_is_waited_for(store, says, path):
    started = time.monotonic()
    with locked_by_another_process(path, 1.0):
        assert store.save_answer(says.answer()).repeated is False
        assert time.monotonic() - started > 1.0


def test_a_lock_that_lasts_gives_a_clear_answer_and_reading_goes_on(path, clock, says):
    answer, later = says.answer(), says.answer(2)
    with open_store(path, now=clock, timeout=0.2) as store:
        store.save_answer(answer)
        with locked_by_another_process(path, 60):
            with pytest.raises(
                StoreError, match="not saved yet. Another program holds the store"
            ) as refused:
                store.save_answer(later)
            assert refused.value.saved is False
            assert list(store.draft(says.who(0), WAVE).answers) == [1]
            assert store.verify().ok
        assert store.save_answer(later).repeated is False


@pytest.mark.long
def test_a_lock_held_for_a_minute_is_waited_for(path, clock, says):
    with open_store(path, now=clock, timeout=90) as store, locked_by_another_process(path, 60):
        started = time.monotonic()
        assert store.save_answer(says.answer()).repeated is False
        assert 55 < time.monotonic() - started < 80


def test_when_nothing_else_is_said_a_lock_is_waited_for_at_least_a_minute(path, clock):
    with open_store(path, now=clock) as store, store._transaction("read") as connection:
        settings = {
            name: connection.exec_driver_sql(f"pragma {name}").scalar_one()
            for name in (
                "busy_timeout",
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "secure_delete",
                "fullfsync",
            )
        }
    assert settings == {
        "busy_timeout": 60_000, "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1,
        "fullfsync": 1,
    }  # fmt: skip


# Damage


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"answers, but not in a database\n" * 400,
        b"SQLite format 3\0" + b"\7" * 5000,
    ],
)
def test_what_is_no_store_is_refused_and_left_as_it_is(tmp_path, clock, content):
    path = tmp_path / "answers.sqlite"
    path.write_bytes(content)
    if not content:  # an empty file is a store that was about to be made
        with open_store(path, now=clock) as store:
            assert store.verify().ok
        return
    with pytest.raises(StoreError, match="cannot be opened; nothing in it was changed"):
        open_store(path, now=clock)
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_refused_and_left_as_it_is(tmp_path, clock):
    path = tmp_path / "answers.sqlite"
    with closing(sqlite3.connect(path)) as file:
        file.execute("create table recipes (name)")
    with pytest.raises(StoreError, match="holds other tables than a store of answers"):
        open_store(path, now=clock)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("select name from sqlite_master").fetchall() == [("recipes",)]


def test_a_store_in_a_place_that_cannot_be_is_refused(tmp_path, clock):
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "answers.sqlite", tmp_path):
        with pytest.raises(StoreError, match="cannot be opened"):
            open_store(path, now=clock)


def test_flipped_bytes_are_found_or_change_nothing(full_store, tmp_path, clock):
    rng = random.Random(20260930)
    with open_store(full_store, now=clock) as store:
        said, head = store.answers(), store.verify().head
    for number in range(60):
        copy = tmp_path / f"{number}.sqlite"
        content = bytearray(full_store.read_bytes())
        for _ in range(rng.choice((1, 4, 64))):
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        copy.write_bytes(content)
        try:
            with open_store(copy, now=clock) as store:
                sound = store.verify()
                if sound.ok:
                    assert (store.answers(), sound.head) == (said, head), number
        except OkrkitError:
            continue
