"""`okrkit serve --invited` and `--open-audit`: the sites of one or several clients, for others."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from okrkit.errors import UsageError
from okrkit.installed import place
from okrkit.keep.place import store_path
from okrkit.keep.projects import project_named

from .application import Served, Site, checked, settings_for
from .headers import keep_access_log
from .invited import InvitedSessions
from .places import Shown
from .rates import Rates
from .seats import Seats, seats_here
from .serve import LOOPBACK, open_sockets, private_folder, url_of
from .server import Listening, run
from .sessions import Cookie, OpenSessions, Sessions


@dataclass(frozen=True)
class Reached:
    """Where others reach the server: the address it listens on, and the one people are given."""

    host: str = "127.0.0.1"
    port: int = 8866
    url: str = ""


def serve_others(
    clients: Mapping[str, Shown],
    reached: Reached,
    *,
    open_audit: bool = False,
    seats: int | None = None,
    notebooks: Path | None = None,
) -> None:
    """Serve each client's site below its own address, `/` or `/name/`, until stopped.

    By invitation: whoever has a link that `okrkit invite` made, and only what it is for. With
    `open_audit` instead: the five statements and the first page, for everybody, and nothing else.
    `seats` is how many pages with a kernel may be open at once; else as many as the memory holds.

    Raises
    ------
    UsageError
        If the system is not Linux, the address cannot be used, or a stranger would be answered.
    """
    if sys.platform != "linux":
        raise UsageError(
            "Others are served on Linux only. On this system okrkit serve is for this computer."
        )
    public = _public(reached)
    sockets = open_sockets(reached.host, reached.port, tries=1)
    here = url_of(reached.host, sockets[0].getsockname()[1])
    name = urlsplit(public or here).hostname or ""
    at = Listening(sockets, here, public or here, LOOPBACK | {name})
    with ExitStack() as closing:
        private = closing.enter_context(private_folder())
        sites: list[Site] = []
        places = Seats(lambda: [site.kernel_manager for site in sites], seats or seats_here())
        rates = Rates(time.monotonic)
        for base, shown in clients.items():
            folder = private / str(len(sites))
            folder.mkdir(mode=0o700)
            sessions = _sessions(shown, base, at, open_audit=open_audit)
            if isinstance(sessions, InvitedSessions):
                closing.callback(sessions.close)
            notebook = (notebooks or place("apps")) / "audit.ipynb"
            settings = settings_for(notebook, shown, folder, base, sessions.mode)
            site = Site(config=checked(settings))
            origin = at.public.rstrip("/")
            site.prepare(shown, Served(base, at.hosts, sessions, places, rates, origin))
            sites.append(site)

        def ready() -> None:
            keep_access_log()  # from now on: before, the server was asked by itself alone
            _say(at, sites)

        run(sites, at, ready)


def clients_of(folder: Path | None, slugs: Sequence[str]) -> dict[str, Shown]:
    """The projects of these names, each below an address of its own; without any the folder.

    Raises
    ------
    UsageError
        If there is no such project, or its folder is missing.
    """
    if not slugs:
        return {"/": Shown.of(folder)}
    return {f"/{slug}/": Shown.of(project_named(slug).folder) for slug in slugs}


def _public(reached: Reached) -> str:
    """The address people are given, with a slash at its end; empty when none was named.

    Raises
    ------
    UsageError
        If it is none, or the server is open to a network and nobody said by what name.
    """
    if not reached.url:
        if reached.host in LOOPBACK:
            return ""
        raise UsageError(
            "By what address do people reach this server? Give --url https://NAME. "
            "okrkit answers to that name only."
        )
    parts = urlsplit(reached.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise UsageError(f"--url {reached.url}: expected https://NAME, without a path.")
    return f"{parts.scheme}://{parts.netloc}/"


def _sessions(shown: Shown, base: str, at: Listening, *, open_audit: bool) -> Sessions:
    if open_audit:
        return OpenSessions(base)
    secure = at.public.startswith("https:")
    host_only = "__Host-" if base == "/" else "__Secure-"
    name = f"{host_only}okrkit" if secure else f"okrkit-{urlsplit(at.url).port}"
    cookie = Cookie(name, base, secure=secure, samesite="Lax")
    return InvitedSessions(store_path(shown.folder), cookie)


def _say(at: Listening, sites: Sequence[Site]) -> None:
    """What is served where, and what the person who started it should know."""
    invited = sites[0].served.sessions.mode == "invited"
    for site in sites:
        address = f"{at.public.rstrip('/')}{site.served.base}"
        print(f"{address}  {site.shown.client}")
        if invited:
            folder = shlex.quote(str(site.shown.folder))
            print(f"  okrkit invite {folder} --url {address} --role ROLE --for NAME")
    if invited:
        print("Only who has a link comes in. The commands above make links.")
    else:
        print("Everybody who has the address can answer the five statements, and nothing else.")
    if urlsplit(at.public).hostname in LOOPBACK:
        print("Reached from this computer only; --host and --url open it to others: docs/deploy.")
    elif not at.public.startswith("https:"):
        print("Without https others in the network can read along: see docs/deploy.")
    print("Stop with Ctrl-C.", flush=True)
