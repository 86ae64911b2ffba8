"""How many pages with a kernel may be open at once, over all clients of this server."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from tornado.web import HTTPError

from .forked import CAN_FORK
from .kernels import KernelPool

PAGE_MIB = 100 if CAN_FORK else 250  # a kernel that is a copy shares most of its memory
KEPT_MIB = 1024  # for everything else on the computer
LEAST, MOST = 4, 64


class Seats:
    """One seat a page. Nobody's kernel is started before there is a seat for it."""

    def __init__(self, pools: Callable[[], Sequence[KernelPool]], count: int) -> None:
        self._pools, self.count = pools, count

    async def take(self) -> None:
        """Find a seat, if need be that of a page closed without saying so.

        Raises
        ------
        HTTPError
            503 when there is none.
        """
        for pool in self._pools():
            await pool.reclaim()
        if sum(pool.pages for pool in self._pools()) >= self.count:
            raise HTTPError(503)


def seats_here() -> int:
    """As many as the memory holds: this computer's, or what a service or container may have of it.

    Examples
    --------
    >>> LEAST <= seats_here() <= MOST
    True
    """
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20
    except (AttributeError, ValueError, OSError):  # Windows does not tell
        return LEAST
    memory = min(memory, allowed_mib())
    return int(min(max((memory - KEPT_MIB) / PAGE_MIB, LEAST), MOST))


def allowed_mib(
    groups: Path = Path("/sys/fs/cgroup"), own: Path = Path("/proc/self/cgroup")
) -> float:
    """What Linux lets this process, its service or its container have; inf without a limit."""
    try:
        group = groups / own.read_text(encoding="utf-8").partition("0::/")[2].strip()
    except OSError:
        return math.inf
    limits = [math.inf]
    for folder in (group, *group.parents):
        try:
            limits.append(int((folder / "memory.max").read_text(encoding="utf-8")) / 2**20)
        except (OSError, ValueError):  # no such group, or no limit: it says max
            continue
    return min(limits)
