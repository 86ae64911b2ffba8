"""How much one visitor or one address may ask within a minute, so that nobody crowds others out."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

REFUSED = 300  # refused requests an address may make a minute; a mistyped link makes one
ASKED = 1200  # requests a session may make a minute; a survey makes about forty in all
PAGES = 20  # pages with a kernel a session may open a minute
REMEMBERED = 10_000  # sessions and addresses; the one unheard of for longest is forgotten first
MINUTE = 60.0


class Rates:
    """Each key has a budget a minute that refills evenly.

    Examples
    --------
    >>> seconds = iter([0, 0, 0, 30])
    >>> rates = Rates(lambda: next(seconds))
    >>> [rates.spend("a", 2) for _ in range(4)]
    [True, True, False, True]
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def spend(self, key: str, budget: int) -> bool:
        """Take one from the budget; False when none is left."""
        now = self._clock()
        left, then = self._left.pop(key, (float(budget), now))
        left = min(budget, left + (now - then) * budget / MINUTE)
        paid = left >= 1
        self._left[key] = (left - paid, now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return paid
