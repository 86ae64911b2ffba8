"""`okrkit serve`: the site in the browser of whoever started it, on this computer only."""

from __future__ import annotations

import errno
import os
import socket
import tempfile
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

from okrkit.errors import UsageError
from okrkit.installed import place

from .extras import require
from .places import Shown

require("apps", "voila", "ipykernel", "ipywidgets", "anywidget")

from tornado.netutil import bind_sockets  # noqa: E402  (what it needs is checked first, for a clear message)

from .application import Served, Site, checked, settings_for  # noqa: E402
from .rates import Rates  # noqa: E402
from .seats import Seats  # noqa: E402
from .server import Listening, run  # noqa: E402
from .sessions import LocalSessions  # noqa: E402

PORT = 8866
PORTS_TRIED = 20
PAGES_MAX = 8  # each open page with a form holds a kernel of 70 MB, or 200 MB where none is forked
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def serve(
    folder: Path | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    open_browser: bool = True,
) -> None:
    """Show the readiness audit of `folder`, or of the sample company, until stopped with Ctrl-C.

    Prints an address that works once, what is shown and how to stop; when the address has been
    used, the next is printed, for another browser. Without one nothing is answered: not to other
    accounts of this computer, not to other programs. `port` 0 takes any free one; when `port` is
    taken, the next free one is used, and said. The working folder plays no part.

    Raises
    ------
    UsageError
        If `host` is not this computer, `folder` is not a folder, no port is free, or the site
        would answer strangers.
    """
    shown = Shown.of(folder)
    serve_notebook(
        place("apps") / "audit.ipynb", shown, host=host, port=port, open_browser=open_browser
    )


def serve_notebook(
    notebook: Path, shown: Shown, *, host: str, port: int, open_browser: bool
) -> None:
    """Serve one `notebook` as an app; as `serve`, for any notebook of ours."""
    address = loopback(host)
    sockets = open_sockets(address, port)
    taken = sockets[0].getsockname()[1]
    url = url_of(address, taken)

    def link(key: str) -> str:
        return f"{url}open/{key}"

    def say_next(key: str) -> None:
        print(f"For another browser: {link(key)}", flush=True)

    sessions = LocalSessions(taken, say_next)
    with private_folder() as private:
        site = Site(config=checked(settings_for(notebook, shown, private)))

        def ready() -> None:
            if port not in (0, taken):
                print(f"Port {port} is taken, so the next free one is used.")
            _say(link(sessions.key), shown)
            if open_browser:
                page = _leading_to(link(sessions.key), private)
                threading.Thread(target=webbrowser.open, args=(page,), daemon=True).start()

        at = Listening(sockets, url, url, LOOPBACK | {address})
        seats = Seats(lambda: [site.kernel_manager], PAGES_MAX)
        site.prepare(shown, Served("/", at.hosts, sessions, seats, Rates(time.monotonic)))
        run([site], at, ready)


def loopback(host: str) -> str:
    """The address of this computer that `host` names.

    Raises
    ------
    UsageError
        If it names anything else.

    Examples
    --------
    >>> loopback("localhost")
    '127.0.0.1'
    """
    if host == "localhost":
        return "127.0.0.1"
    try:
        if ip_address(host).is_loopback:
            return host
    except ValueError:
        pass
    raise UsageError(
        f"okrkit serve answers this computer only, not {host}. For others, serve by invitation: "
        "okrkit serve FOLDER --invited --host ADDRESS --url https://NAME"
    )


def open_sockets(address: str, port: int, tries: int = PORTS_TRIED) -> list[socket.socket]:
    """Sockets listening on `port`, or on the next free one of so many."""
    last = port if port == 0 else min(port + tries - 1, 65535)
    for candidate in range(port, last + 1):
        try:
            return bind_sockets(candidate, address)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
                raise
    raise UsageError(_unusable(address, port, last))


def _unusable(address: str, port: int, last: int) -> str:
    """What to say when none of the ports could be opened.

    Examples
    --------
    >>> _unusable("127.0.0.1", 8866, 8866).partition(":")[0]
    'Port 8866 cannot be used at 127.0.0.1'
    >>> _unusable("127.0.0.1", 8866, 8885).partition(":")[0]
    'No port from 8866 to 8885 can be used at 127.0.0.1'
    """
    which = f"Port {port} cannot" if last == port else f"No port from {port} to {last} can"
    return (
        f"{which} be used at {address}: taken, closed to you, or no address of this computer. "
        "Name another with --port; --port 0 takes any free one."
    )


def url_of(address: str, port: int) -> str:
    """The site's address on this computer; every address of it is reached through its own."""
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104
    return f"http://[{address}]:{port}/" if ":" in address else f"http://{address}:{port}/"


def _leading_to(link: str, private: Path) -> str:
    """The address of a file that leads to `link`.

    Opened itself, the link would stand among the browser's arguments, where every account of the
    computer can read it before the browser has used it.
    """
    page = private / "open.html"
    page.touch(mode=0o600)
    page.write_text(f'<meta http-equiv="refresh" content="0; url={link}">', encoding="utf-8")
    return page.as_uri()


def _say(link: str, shown: Shown) -> None:
    print(link)
    what = "the sample company, which is invented" if shown.invented else str(shown.folder)
    print(f"Readiness audit of {shown.client}: {what}.")
    print("The address opens one browser, once; the landing page is a click on okrkit away.")
    print("Stop with Ctrl-C.", flush=True)


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder only this person can read; Jupyter looks for settings there and nowhere else."""
    isolated = {"JUPYTER_NO_CONFIG": "1", "JUPYTER_PREFER_ENV_PATH": "1"}
    touched = (*isolated, "JUPYTER_PATH", "JUPYTER_CONFIG_DIR")
    before = {name: os.environ.get(name) for name in touched}
    with tempfile.TemporaryDirectory(prefix="okrkit-", ignore_cleanup_errors=True) as private:
        os.environ.pop("JUPYTER_PATH", None)
        os.environ.update(isolated, JUPYTER_CONFIG_DIR=str(Path(private) / "config"))
        try:
            yield Path(private)
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value
