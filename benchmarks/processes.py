"""What a server and all the processes below it use; read from /proc, so on Linux only."""

from __future__ import annotations

import os
import time
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
QUIET = 0.15  # of the computer's time; below this the next visit is not disturbed


def family(pid: int) -> set[int]:
    """`pid` and every process below it."""
    parents = {int(path.name): _stat(path)[1] for path in PROC.glob("[0-9]*")}
    found, added = {pid}, {pid}
    while added:
        added = {child for child, fields in parents.items() if fields and int(fields) in added}
        found |= added
    return found


def cpu_seconds(pid: int) -> float:
    """Of the family, with the children that have ended."""
    fields = [_stat(PROC / str(one)) for one in family(pid)]
    return sum(sum(map(int, one[11:15])) for one in fields if len(one) > 15) / TICK


def memory_mib(pid: int) -> tuple[float, float]:
    """Of the family: what is theirs alone (USS), and with their part of what is shared (PSS)."""
    own = shared = 0
    for one in family(pid):
        try:
            lines = (PROC / str(one) / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue  # it has ended
        kib = {name: int(size.split()[0]) for name, size in (line.split(":") for line in lines)}
        own += kib["Private_Clean"] + kib["Private_Dirty"]
        shared += kib["Pss"]
    return own / 1024, shared / 1024


def wait_until_quiet(limit: float = 30) -> bool:
    """Whether the computer has done little for half a second, within `limit` seconds."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        busy, whole = _computer()
        time.sleep(0.5)
        busy_then, whole_then = _computer()
        if busy_then - busy < QUIET * (whole_then - whole):
            return True
    return False


def _computer() -> tuple[int, int]:
    """Ticks the computer was busy, and all there were."""
    line = (PROC / "stat").read_text(encoding="ascii").splitlines()[0]
    ticks = [int(word) for word in line.split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def _stat(path: Path) -> list[str]:
    """The fields of a process after its name; the second is its parent. Too few if it has ended."""
    try:
        return (path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return ["", ""]
