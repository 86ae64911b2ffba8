"""The optional parts of an installation: a clear message when one is missing."""

from __future__ import annotations

from importlib.util import find_spec

from okrkit.errors import UsageError


def require(extra: str, *packages: str) -> None:
    """Do nothing when all `packages` are installed.

    Raises
    ------
    UsageError
        If one is missing; names the `extra` that brings it.

    Examples
    --------
    >>> require("apps", "json")
    >>> require("apps", "a_package_nobody_has")
    Traceback (most recent call last):
    okrkit.errors.UsageError: a_package_nobody_has is not installed.
    Install it with: pip install ".[apps]"
    """
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        them = "it" if len(missing) == 1 else "them"
        raise UsageError(
            f"{', '.join(missing)} {verb} not installed. "
            f'Install {them} with: pip install ".[{extra}]"'
        )
