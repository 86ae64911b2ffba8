"""`okrkit lab`: the notebooks in JupyterLab, on this computer only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from platformdirs import user_data_path

from okrkit import __version__
from okrkit.errors import UsageError
from okrkit.installed import place

from .extras import require
from .places import Shown


def lab(folder: Path | None = None, *, open_browser: bool = True) -> None:
    """Open the notebooks in JupyterLab, reading `folder` or the sample company, until stopped.

    JupyterLab prints the address with its token. Installed notebooks that cannot be written to are
    copied to the person's own data folder first, so that changes can be saved.

    Raises
    ------
    UsageError
        If `folder` is not a folder, JupyterLab is not installed, or it does not start.
    """
    require("lab", "jupyterlab", "ipykernel", "ipywidgets", "anywidget")
    shown = Shown.of(folder)
    notebooks = working_place(place("notebooks"), user_data_path("okrkit"))
    what = "the sample company, which is invented" if shown.invented else str(shown.folder)
    print(f"Notebooks in {notebooks}, reading {shown.client}: {what}.")
    print("Stop with Ctrl-C.", flush=True)
    environment = os.environ | {"OKRKIT_PROJECT": str(shown.folder), "JUPYTER_PREFER_ENV_PATH": "1"}
    start = command(notebooks, open_browser=open_browser)
    with subprocess.Popen(start, env=environment) as process:
        try:
            code = process.wait()
        except KeyboardInterrupt:  # JupyterLab hears it too and asks whether to stop
            code = _until_stopped(process)
    if code > 0:
        raise UsageError("JupyterLab ended with an error; what it printed above says why.")


def command(notebooks: Path, *, open_browser: bool) -> list[str]:
    """How JupyterLab is started: this computer only, no look for news or updates on the network."""
    start = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={notebooks}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.allow_remote_access=False",
        "--ServerApp.allow_root=True",  # it asks for its token and answers this computer only
        "--LabApp.extension_manager=readonly",
        "--log-level=ERROR",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    return start if open_browser else [*start, "--no-browser"]


def working_place(installed: Path, home: Path) -> Path:
    """The `installed` notebooks, or a copy under `home` where they cannot be changed.

    A copy belongs to one version of okrkit and is made once: what was changed in it stays.
    """
    if os.access(installed, os.W_OK):
        return installed
    copy = home / f"notebooks-{__version__}"
    if not copy.exists():
        shutil.copytree(installed, copy, copy_function=shutil.copyfile)
        copy.chmod(0o700)
    return copy


def _until_stopped(process: subprocess.Popen[bytes]) -> int:
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
