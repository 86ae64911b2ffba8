"""How soon does somebody who finds no seat hear so, and do those who have one notice the crowd?

    python benchmarks/overload.py [--seats 4] [--rounds 20]

A client's site is served to invited people with so many seats. HR takes all of them; a respondent
saves answers, first alone, then while three times as many visitors as there are seats ask for
pages at once. Printed: how soon the busy page came, how soon a save was acknowledged without and
with the crowd, and how many acknowledged answers are in the store.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from okrkit.keep.codes import new_code
from okrkit.keep.invites import Wanted, open_invitations
from okrkit.keep.place import store_path
from okrkit.keep.store import open_store
from okrkit.publish.places import place

WAVE = "2026-Q4"


class Visitor:
    """One browser without a window."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.cookies = urlsplit(url), {}
        _, page = self.ask("GET", f"i/{token}")
        said = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page))
        self.ask("POST", f"i/{token}", urlencode(said), "application/x-www-form-urlencoded")

    def ask(
        self, method: str, path: str, said: str | None = None, kind: str = "application/json"
    ) -> tuple[int, str]:
        """Status and text of an answer."""
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=120)
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": sent, "X-XSRFToken": self.cookies.get("_xsrf", "")}
        headers |= {"Content-Type": kind} if said is not None else {}
        connection.request(method, f"/{path}", said, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, text


@contextmanager
def served(folder: Path, data: Path, seats: int) -> Iterator[str]:
    """The address of the client's site for invited people."""
    command = [sys.executable, "-P", "-c", "from okrkit.cli import main; main()", "serve",
               str(folder), "--invited", "--port", "0", "--seats", str(seats)]  # fmt: skip
    environment = os.environ | {"XDG_DATA_HOME": str(data)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    url = process.stdout.readline().split()[0]
    try:
        yield url
    finally:
        process.terminate()
        process.wait(30)


def save(visitor: Visitor, code: str, statement: int) -> float | None:
    """Seconds until an answer was acknowledged; None when it was not."""
    said = {"code": code, "wave": WAVE, "key": secrets.token_urlsafe(18), "comment": "",
            "statement": statement, "answer": secrets.choice(("yes", "no"))}  # fmt: skip
    begun = time.perf_counter()
    status, _ = visitor.ask("POST", "readiness/answer", json.dumps(said))
    return time.perf_counter() - begun if status == 200 else None


def line(what: str, seconds: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    middle, late = ordered[len(ordered) // 2], ordered[int(0.95 * (len(ordered) - 1))]
    return f"{what:42} {1000 * middle:7.0f} ms {1000 * late:7.0f} ms   n = {len(ordered)}"


def crowd(visitors: list[Visitor], rounds: int) -> tuple[list[float], list[int]]:
    """How soon each request was answered, and with what, everybody asking at once."""
    took: list[float] = []
    said: list[int] = []

    def ask(visitor: Visitor) -> None:
        for _ in range(rounds):
            begun = time.perf_counter()
            said.append(visitor.ask("GET", "audit")[0])
            took.append(time.perf_counter() - begun)
            time.sleep(0.5)

    threads = [threading.Thread(target=ask, args=(one,)) for one in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, said


def in_the_crowd(
    answering: Visitor, code: str, others: list[Visitor], rounds: int
) -> tuple[list[float | None], list[float], list[int]]:
    """How soon saves were acknowledged while the others asked, and what those got how soon."""
    found: list[float | None] = []
    done = threading.Event()

    def go_on() -> None:
        while not done.is_set():
            found.append(save(answering, code, 1 + len(found) % 5))
            time.sleep(0.02)

    saver = threading.Thread(target=go_on)
    saver.start()
    took, said = crowd(others, rounds)
    done.set()
    saver.join()
    return found, took, said


def main(seats: int, rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place_:
        folder, data = place("sample_data"), Path(place_)
        path = store_path(folder, home=data / "okrkit")
        ends = datetime.now(UTC) + timedelta(days=1)
        with open_store(path, now=lambda: datetime.now(UTC)) as store:
            store.open_wave(WAVE)
        with open_invitations(path, now=lambda: datetime.now(UTC)) as kept:
            guests = kept.issue([Wanted("hr", ends)] * (4 * seats) + [Wanted("respondent", ends)])
        with served(folder, data, seats) as url:
            *people, answering = [Visitor(url, one.token) for one in guests]
            taken = [one.ask("GET", "audit")[0] for one in people[:seats]].count(200)
            code = new_code(secrets.token_bytes)
            alone = [save(answering, code, 1 + n % 5) for n in range(100)]
            found, took, said = in_the_crowd(answering, code, people[seats:], rounds)
        with open_store(path, now=lambda: datetime.now(UTC)) as store:
            rows = dict(store.info().rows)["answer"]
    acknowledged = sum(one is not None for one in alone + found)
    print(f"seats taken: {taken}; asking beside them: {3 * seats}, answered {sorted(set(said))}")
    print(f"{'':42} {'median':>10} {'95 %':>10}")
    print(line("busy page", took))
    print(line("save acknowledged, no crowd", [one for one in alone if one is not None]))
    print(line("save acknowledged, in the crowd", [one for one in found if one is not None]))
    print(f"answers acknowledged: {acknowledged}; rows in the store: {rows}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seats", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=20)
    chosen = parser.parse_args()
    main(chosen.seats, chosen.rounds)
