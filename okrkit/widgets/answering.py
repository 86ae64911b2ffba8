"""What a page is told when something it asked for went wrong: always words, never a traceback."""

from __future__ import annotations

from collections.abc import Callable

from okrkit.errors import InputError, OkrkitError

OUR_MISTAKE = (
    "Something went wrong inside okrkit, or the computer ran out of memory. Reload this page. "
    "If it happens again, it is our mistake: tell whoever runs okrkit here, with this word: {kind}."
)


def trouble_of(work: Callable[[], object]) -> str:
    """Do the work; what went wrong, in words for the page, and empty when nothing did.

    Jupyter would send the page a mistake of ours as a traceback, with whatever records stand in it.

    Examples
    --------
    >>> trouble_of(lambda: None)
    ''
    >>> trouble_of(lambda: {}["Ada"]).endswith("with this word: KeyError.")
    True
    """
    try:
        work()
    except InputError as error:
        return str(error.problems[0])
    except OkrkitError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - its text may hold what stands in the records
        return OUR_MISTAKE.format(kind=type(error).__name__)
    return ""
