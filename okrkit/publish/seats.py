"""How many pages with a kernel may be open at once, over all clients of this server."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

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
    """As many as this computer's memory holds.

    Examples
    --------
    >>> LEAST <= seats_here() <= MOST
    True
    """
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20
    except (AttributeError, ValueError, OSError):  # Windows does not tell
        return LEAST
    return int(min(max((memory - KEPT_MIB) / PAGE_MIB, LEAST), MOST))
