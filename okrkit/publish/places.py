"""What an app shows, and what a client's folder is called on a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from okrkit.brand import Brand
from okrkit.errors import UsageError
from okrkit.installed import place
from okrkit.standard_file import client_brand, client_standard


@dataclass(frozen=True)
class Shown:
    """What an app shows: the folder, the client's name for the page, and whether it is invented."""

    folder: Path
    client: str
    invented: bool
    brand: Brand = field(default_factory=Brand)

    @classmethod
    def of(cls, folder: Path | None) -> Shown:
        """The client's `folder`, or the sample company when None.

        Raises
        ------
        UsageError
            If `folder` is not a folder.
        """
        sample = place("sample_data").resolve()
        chosen = sample if folder is None else folder.expanduser().resolve()
        if not chosen.is_dir():
            raise UsageError(
                f"{folder} is not a folder. Give the folder that holds the client's files, "
                "or leave it out to see the sample company."
            )
        return cls(chosen, _client(chosen), chosen == sample, client_brand(chosen))


def _client(folder: Path) -> str:
    """The name in the client's standard, else the folder's; the app says what is wrong in it."""
    return client_standard(folder).client or folder.name
