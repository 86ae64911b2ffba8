"""Where the apps, notebooks and the sample company lie in this installation."""

from __future__ import annotations

from pathlib import Path

from .errors import UsageError

PACKAGE = Path(__file__).resolve().parent


def place(name: str) -> Path:
    """The folder `name` (apps, notebooks, sample_data): in an installed okrkit or in the clone.

    Raises
    ------
    UsageError
        If this installation carries no such folder.

    Examples
    --------
    >>> (place("apps") / "audit.ipynb").name
    'audit.ipynb'
    """
    for folder in (PACKAGE / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise UsageError(
        f"This installation of okrkit has no {name} folder. "
        "Install okrkit again, or run it from a clone."
    )
