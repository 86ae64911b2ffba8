"""Servers or kernels forked from a process that has loaded what they need, to be killed again and again.

Run as `python warm.py server NOTEBOOK FOLDER PORT` or `python warm.py kernel CONNECTION_FILE FOLDER`.
Its input says `start` and `kill`, line by line; at its end what runs is killed too. It says `warm`
when it can start, and `ended` when what ran is gone. What is started is what `okrkit serve` and a
notebook start, sooner.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import chain
from pathlib import Path


def server(notebook: str, folder: str, port: str) -> Callable[[], None]:
    """What serves the site; it prints its address."""
    from okrkit.publish import application  # noqa: F401
    from okrkit.publish.places import Shown
    from okrkit.publish.serve import serve_notebook

    shown = Shown.of(Path(folder))
    own = {"host": "127.0.0.1", "port": int(port), "open_browser": False}
    return lambda: serve_notebook(Path(notebook), shown, **own)


def kernel(connection_file: str, folder: str) -> Callable[[], None]:
    """A notebook's kernel that has not run a cell."""
    from ipykernel.kernelapp import IPKernelApp

    import okrkit.widgets.survey_panel  # noqa: F401

    os.environ["OKRKIT_PROJECT"] = folder

    def run() -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        IPKernelApp.launch_instance([f"--IPKernelApp.connection_file={connection_file}"])

    return run


def main(run: Callable[[], None]) -> None:
    """Start and kill as told."""
    running = 0
    print("warm", flush=True)
    for line in chain(sys.stdin, ["kill\n"]):
        if line == "kill\n":
            if running:
                end(running)
            running = 0
            continue
        running = os.fork()
        if not running:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            run()
            os._exit(0)


def end(process: int) -> None:
    """Kill it, and what it was about to warm up, so that the computer is free for the next."""
    started = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    for one in (process, *map(int, started.split())):
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    os.waitpid(process, 0)
    print("ended", flush=True)


if __name__ == "__main__":
    main({"server": server, "kernel": kernel}[sys.argv[1]](*sys.argv[2:]))
