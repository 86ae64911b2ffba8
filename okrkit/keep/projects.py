"""Projects: one client's folder under a short name, kept until a day that was agreed."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import tomlkit
from platformdirs import user_data_path

from okrkit.errors import InputError, Problem, UsageError
from okrkit.standard_file import client_standard

from .place import client_place, keep_whole, sync_folder

WARNING_DAYS = 7  # time to tell the client, and to write the last report
NEVER = "never"
_SLUG = "[a-z0-9][a-z0-9-]{1,39}"


@dataclass(frozen=True)
class Project:
    """A client's folder under a short name; `folder` is its full path when it was entered."""

    slug: str
    folder: Path
    keep_until: date | None  #: the last day it is kept; None: no day was set, for `reason`
    reason: str = ""

    @property
    def name(self) -> str:
        """The client's name in its standard, else the folder's."""
        return client_standard(self.folder).client or self.folder.name

    def days_left(self, today: date) -> int | None:
        """Days until the last day it is kept, negative once that is over; None without one.

        Examples
        --------
        >>> Project("harbour", Path("harbour"), date(2026, 12, 31)).days_left(date(2026, 12, 24))
        7
        """
        return None if self.keep_until is None else (self.keep_until - today).days


def projects(*, home: Path | None = None) -> tuple[Project, ...]:
    """Every project, by its slug.

    Raises
    ------
    InputError
        Lists every kept file that is damaged.
    """
    problems: list[Problem] = []
    found: list[Project] = []
    for path in sorted(_place(home).glob("*.toml")):
        try:
            found.append(_read(path))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return tuple(found)


def project_named(slug: str, *, home: Path | None = None) -> Project:
    """The project called `slug`.

    Raises
    ------
    UsageError
        If there is none.
    InputError
        If its kept file is damaged.
    """
    path = _place(home) / f"{slug}.toml"
    if not re.fullmatch(_SLUG, slug) or not path.is_file():
        raise UsageError(f"There is no project {slug!r}. See okrkit project list.")
    return _read(path)


def new_project(
    slug: str, folder: Path, keep_until: date | None, reason: str = "", *, home: Path | None = None
) -> Project:
    """A project to be kept: checked, and neither its slug nor its folder is another's.

    Raises
    ------
    UsageError
        Says what cannot be used.
    """
    if not re.fullmatch(_SLUG, slug):
        raise UsageError(
            f"{slug!r} cannot name a project: 2 to 40 of a-z, 0-9 and -, such as harbour-2027."
        )
    if keep_until is None and not reason.strip():
        raise UsageError("Why is it kept without end? Give a reason.")
    project = Project(slug, folder.expanduser().resolve(), keep_until, " ".join(reason.split()))
    for other in projects(home=home):
        if other.slug == slug:
            raise UsageError(f"There is a project {slug!r}: {other.folder}. Choose another name.")
        if _same(other.folder, project.folder):
            raise UsageError(f"{other.folder} is the folder of the project {other.slug!r} already.")
    return project


def keep_project(project: Project, *, home: Path | None = None) -> None:
    """Keep a project that `new_project` has checked; only its owner can read the file.

    Raises
    ------
    UsageError
        If it cannot be written; says why.
    """
    kept = {
        "folder": str(project.folder),
        "keep_until": project.keep_until or NEVER,
        "reason": project.reason,
    }
    keep_whole(_place(home) / f"{project.slug}.toml", tomlkit.dumps(kept))


def end_project(project: Project, *, home: Path | None = None) -> int:
    """Remove everything okrkit keeps of a client, and the project; how many files there were.

    Answers, invitations, the keys that sign them, copies made before upgrades, and the plan. The
    client's own folder is not touched, nor are files that were written elsewhere.

    Raises
    ------
    UsageError
        If something cannot be removed, or the folder is now a link to another.
    """
    if project.folder.resolve() != project.folder:
        raise UsageError(
            f"{project.folder} now leads to {project.folder.resolve()}, which may be another"
            " client's. Nothing was removed. Put the folder back, then end the project."
        )
    place = client_place(project.folder, home or user_data_path("okrkit"))
    count = sum(not path.is_dir() for path in place.rglob("*"))
    try:
        if place.exists():
            shutil.rmtree(place)
            sync_folder(place.parent)
        (_place(home) / f"{project.slug}.toml").unlink()
        sync_folder(_place(home))
    except OSError as error:
        raise UsageError(
            f"{error.filename} cannot be removed ({error.strerror}). Stop the site and other"
            f" programs that use it, then end the project {project.slug!r} again."
        ) from None
    return count


def _place(home: Path | None) -> Path:
    return (home or user_data_path("okrkit")) / "projects"


def _same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return os.path.normcase(one) == os.path.normcase(other)


def _read(path: Path) -> Project:
    try:
        kept = tomllib.loads(path.read_text(encoding="utf-8"))
        folder, until, reason = kept["folder"], kept["keep_until"], kept["reason"]
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(path, f"a file that cannot be read ({type(error).__name__})") from None
    if not isinstance(folder, str) or not Path(folder).is_absolute():
        raise _damaged(path, "no folder", "folder")
    if until != NEVER and type(until) is not date:
        raise _damaged(path, "no day", "keep_until")
    if not isinstance(reason, str) or (until == NEVER and not reason):
        raise _damaged(path, "no reason", "reason")
    return Project(path.stem, Path(folder), None if until == NEVER else until, reason)


def _damaged(path: Path, found: str, column: str = "") -> InputError:
    remedy = "Mend the file, or move it away and enter the project again."
    expected = "a project as okrkit wrote it"
    return InputError([Problem(str(path), found, expected, remedy, column=column)])
