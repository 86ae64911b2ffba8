"""The figures of a run as tables, and whether they reach what was set out to be reached."""

from __future__ import annotations

import math
import os
import platform
import statistics
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from servers import OURS, SHINY, STOCK, STREAMLIT
from visits import Cost, Visit

NAMES = (OURS, STOCK, STREAMLIT, SHINY)
MARKS = {"clickable": "clickable", "in_sight": "clickable and painted", "acknowledged": "kept"}
TIMES_SOONER = {"clickable": 20.0, "in_sight": 20.0, "acknowledged": 8.0}  # than Voila as it comes
SOONER = (
    ("clickable", SHINY),
    ("in_sight", SHINY),
    ("acknowledged", STREAMLIT),
    ("acknowledged", SHINY),
)
MEMORY_MAX = 50.0  # MiB for a visitor who answers


@dataclass
class Figures:
    """What a run found, visit by visit."""

    visits: list[Visit] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    stored: Counter[str] = field(default_factory=Counter)  #: answers, by server
    started: dict[str, list[int]] = field(default_factory=dict)  #: processes for one who only looks

    def of(self, server: str, what: str, *, warm: bool) -> list[float]:
        """One figure of every visit to a server."""
        return [
            getattr(one, what) for one in self.visits if one.server == server and one.warm is warm
        ]

    def median(self, server: str, what: str, *, warm: bool) -> float:
        """The middle one of them."""
        return statistics.median(self.of(server, what, warm=warm))

    def costs_of(self, server: str, what: str) -> list[float]:
        """One figure of what every cold visit to a server cost it."""
        return [getattr(one, what) for one in self.costs if one.server == server]

    def ratio(self, server: str, what: str, *, warm: bool) -> float:
        """How many times sooner we are."""
        return self.median(server, what, warm=warm) / self.median(OURS, what, warm=warm)


def machine(python: Path, browser: str) -> Iterator[str]:
    """What the figures are taken on."""
    code = "from importlib.metadata import version as v; print(v('streamlit'), v('shiny'))"
    asked = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True)
    streamlit, shiny = asked.stdout.split()
    memory = int(_line("/proc/meminfo", "MemTotal").split()[0]) / 2**20
    yield (
        f"{os.cpu_count()} x {_line('/proc/cpuinfo', 'model name')}, {memory:.0f} GiB,"
        f" {_line('/etc/os-release', 'PRETTY_NAME')}, Linux {platform.release()}"
    )
    yield f"Python {platform.python_version()}, Chromium {browser}"
    yield (
        f"okrkit {version('okrkit')}, voila {version('voila')}, ipykernel {version('ipykernel')},"
        f" anywidget {version('anywidget')}, streamlit {streamlit}, shiny {shiny}"
    )


def load() -> str:
    """How busy the computer is: over one, five and fifteen minutes."""
    return " ".join(f"{one:.2f}" for one in os.getloadavg())


def report(found: Figures) -> Iterator[str]:
    """Everything, line by line."""
    yield from ("", "Milliseconds until the first question", "")
    yield from times(found)
    yield from ("", "What a visit takes (medians)", "")
    yield from costs(found)
    yield from ("", "Times sooner than (medians)", "")
    yield from ratios(found)
    yield ""
    yield from targets(found)


def times(found: Figures) -> Iterator[str]:
    """Median, 95th percentile, least and n of each mark, cold and warm."""
    yield from _head(
        "server", "browser", "until", "median", "p95", "min", "n", "quiet", "2nd click"
    )
    for name in NAMES:
        for warm in (False, True):
            again = sum(clicks > 1 for clicks in found.of(name, "clicks", warm=warm))
            quiet = sum(found.of(name, "quiet", warm=warm))
            for mark, word in MARKS.items():
                taken = sorted(found.of(name, mark, warm=warm))
                yield _row(
                    name,
                    "warm" if warm else "cold",
                    word,
                    f"{statistics.median(taken):.0f}",
                    f"{p95(taken):.0f}",
                    f"{taken[0]:.0f}",
                    len(taken),
                    quiet,
                    again,
                )


def costs(found: Figures) -> Iterator[str]:
    """What the browser fetched and what the server spent."""
    yield from _head(
        "server",
        "requests",
        "KiB",
        "requests, warm",
        "KiB, warm",
        "to other hosts",
        "server CPU s",
        "USS MiB",
        "PSS MiB",
        "processes for a look",
        "kept / acknowledged",
    )
    for name in NAMES:
        both = [
            *found.of(name, "acknowledged", warm=False),
            *found.of(name, "acknowledged", warm=True),
        ]
        yield _row(
            name,
            *(
                f"{found.median(name, what, warm=warm):.0f}"
                for warm in (False, True)
                for what in ("requests", "kib")
            ),
            f"{found.median(name, 'elsewhere', warm=False):.0f}",
            f"{statistics.median(found.costs_of(name, 'cpu')):.2f}",
            f"{statistics.median(found.costs_of(name, 'uss')):.1f}",
            f"{statistics.median(found.costs_of(name, 'pss')):.1f}",
            max(found.started[name]),
            f"{found.stored[name]} / {sum(map(math.isfinite, both))}",
        )


def ratios(found: Figures) -> Iterator[str]:
    """How many times sooner our page is than each of the others."""
    yield from _head(
        "server", *(f"{word}, {browser}" for word in MARKS.values() for browser in ("cold", "warm"))
    )
    for name in NAMES[1:]:
        yield _row(
            name,
            *(
                f"{found.ratio(name, mark, warm=warm):.1f}"
                for mark in MARKS
                for warm in (False, True)
            ),
        )


def targets(found: Figures) -> Iterator[str]:
    """What was set out to be reached: each line says whether it was."""
    for warm in (False, True):
        browser = "warm" if warm else "cold"
        for mark, times_sooner in TIMES_SOONER.items():
            ratio = found.ratio(STOCK, mark, warm=warm)
            yield _said(
                ratio >= times_sooner,
                f"{MARKS[mark]} {times_sooner:.0f} times sooner than voila, {browser}: {ratio:.1f}",
            )
        for mark, peer in SOONER:
            ours, theirs = (found.median(name, mark, warm=warm) for name in (OURS, peer))
            yield _said(
                ours <= theirs,
                f"{MARKS[mark]} sooner than {peer}, {browser}: {ours:.0f} and {theirs:.0f} ms",
            )
    memory = p95(sorted(found.costs_of(OURS, "pss")))
    yield _said(
        memory <= MEMORY_MAX,
        f"at most {MEMORY_MAX:.0f} MiB for a visitor who answers (PSS, p95): {memory:.1f}",
    )
    started = max(found.started[OURS])
    yield _said(
        started == 0, f"no kernel for a visitor who only looks: {started} processes started"
    )


def p95(ordered: list[float]) -> float:
    """The least value that 95 in 100 do not exceed: below n = 20 the largest."""
    return ordered[math.ceil(0.95 * len(ordered)) - 1]


def _said(reached: bool, what: str) -> str:  # noqa: FBT001
    return f"{'reached    ' if reached else 'not reached'}  {what}"


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield _row(*("---" for _ in names))


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _line(file: str, name: str) -> str:
    """What a file of the system says under `name`."""
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    found = next((line for line in lines if line.startswith(name)), "unknown:unknown")
    return found.replace("=", ":").partition(":")[2].strip().strip('"')
