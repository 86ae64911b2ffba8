"""Writers that are ended with kill -9 again and again; prints what became of their answers.

Run as `python killed_writers.py FILE KILLS SEED`. Each round forks a writer or two that save as
fast as they can and say so; at a random moment they are killed. The next writer first sends again
what was not acknowledged, as a visitor's page does.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path

from okrkit.keep.records import Answer
from okrkit.keep.store import open_store

WAVE = "2026-Q3"


def record(writer: int, number: int) -> Answer:
    """The number-th answer of a writer; the same each time it is asked for."""
    rng = random.Random(f"{writer} {number}")
    who = sha256(f"{writer} {rng.randrange(9)}".encode()).hexdigest()[:32]
    comment = "x" * rng.choice((0, 10, 3000))
    return Answer(
        f"key-{writer}-{number:010}",
        WAVE,
        who,
        rng.randrange(1, 6),
        rng.choice(("yes", "no")),
        comment,
    )


def write(path: Path, writer: int, first: int, said: int) -> None:
    """Save answer after answer; each acknowledgement is one sign on the pipe `said`."""
    with open_store(path, now=lambda: datetime.now(UTC)) as store:
        for number in count(first):
            store.save_answer(record(writer, number))
            os.write(said, b".")


def started(path: Path, writer: int, first: int) -> tuple[int, int]:
    """Start a writer to be killed; its process and the end of the pipe it speaks into."""
    hears, says = os.pipe()
    process = os.fork()
    if not process:
        os.close(hears)
        write(path, writer, first, says)
    os.close(says)
    return process, hears


def heard(hears: int) -> int:
    """How many answers a dead writer had acknowledged."""
    with os.fdopen(hears, "rb") as pipe:
        return len(pipe.read())


def main(path: Path, kills: int, seed: int) -> None:
    """Kill `kills` writers, and on until they have saved more answers than they are many.

    Then compare the store with what was acknowledged.
    """
    rng = random.Random(seed)
    with open_store(path, now=lambda: datetime.now(UTC)) as store:
        store.open_wave(WAVE)
    acknowledged, killed = {0: 0, 1: 0}, 0
    while killed < kills or sum(acknowledged.values()) <= kills:
        turn = rng.choice(((0,), (1,), (0, 1)))
        writers = {writer: started(path, writer, acknowledged[writer]) for writer in turn}
        time.sleep(rng.uniform(0.0, 0.12))
        for process, _ in writers.values():
            os.kill(process, signal.SIGKILL)
        for writer, (process, hears) in writers.items():
            os.waitpid(process, 0)
            acknowledged[writer] += heard(hears)
            killed += 1
    with open_store(path, now=lambda: datetime.now(UTC)) as store:
        print(json.dumps(compared(store, acknowledged) | {"killed": killed, "seed": seed}))


def compared(store, acknowledged: dict[int, int]) -> dict[str, object]:
    """Acknowledged answers that are missing or differ, rows nobody sent or sent once only, faults."""
    with store._transaction("read") as connection:
        rows = connection.exec_driver_sql(
            "select key, respondent, statement, answer, comment from answer"
        ).all()
    kept = {row.key: tuple(row[1:]) for row in rows}
    lost = 0
    for writer, numbers in acknowledged.items():
        for number in range(numbers):
            one = record(writer, number)
            lost += kept.get(one.key) != (one.respondent, one.statement, one.answer, one.comment)
    info = dict(store.info().rows)
    return {
        "acknowledged": sum(acknowledged.values()),
        "lost": lost,
        "kept": len(rows),
        "duplicated": len(rows) - len(kept),
        "without_audit_row": sum(info.values()) - 2 * info["audit_row"],
        "faults": store.verify().faults,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
