"""Which folder an app shows, to whom, and what its page says around it. Only here is asked."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path

from okrkit.installed import place
from okrkit.show.audit_page import PageContext

FOUND = (
    "82 % say that key results get a status every week; 41 % of weekly statuses were given.",
    "One team of 40, Brand, grades on another scale.",
    "8 of 27 key results that were red have a plan or a next step.",
)

COMPARED = frozenset({"owner", "consultant", "hr"})  # roles that may see managers compared
NAMED = frozenset({"owner", "hr"})  # roles that may see how each manager grades, by name


def project_folder() -> Path:
    """The folder the launcher names in OKRKIT_PROJECT, else the sample company's."""
    named = os.environ.get("OKRKIT_PROJECT", "")
    return Path(named).expanduser() if named else place("sample_data")


def page_context(folder: Path, client: str) -> PageContext:
    """What the page says of the client in `folder`; of the sample, what to look for in it."""
    if folder.resolve() == place("sample_data").resolve():
        return PageContext(client, invented=True, found=FOUND, command=serve_command())
    return PageContext(client or folder.resolve().name)


def serve_command() -> str:
    """How to see one's own folder with this installation, as it is to be typed.

    Examples
    --------
    >>> serve_command().endswith("serve my-client")
    True
    """
    here = Path(sys.executable).with_name("okrkit.exe" if os.name == "nt" else "okrkit")
    found = shutil.which("okrkit")
    if not here.exists() or (found and Path(found).resolve() == here.resolve()):
        return "okrkit serve my-client"
    command = f'"{here}"' if " " in str(here) else str(here)
    return f"{command} serve my-client"


def visitor_role() -> str:
    """What the visitor is to this client, as the launcher says; else the owner of this computer."""
    return os.environ.get("OKRKIT_ROLE", "owner")


def visitor_subject() -> str:
    """The id of the manager a page is for, as the launcher says; empty for nobody."""
    return os.environ.get("OKRKIT_SUBJECT", "")


def sees_names() -> bool:
    """Whether the visitor may see how each manager grades, by name."""
    return visitor_role() in NAMED


def compares_managers() -> bool:
    """Whether the visitor may see how managers grade, at least without names."""
    return visitor_role() in COMPARED


def local_now() -> datetime:
    """The clock of this computer; the core has none."""
    return datetime.now().astimezone()


def has_frame() -> bool:
    """Whether `okrkit serve` shows this, whose page brings the styles along."""
    return bool(os.environ.get("OKRKIT_FRAME"))
