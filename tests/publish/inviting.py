"""A client's site served to invited people, as `okrkit serve --invited` and `okrkit invite` do it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from okrkit.cli import app

from .conftest import PATIENT, ROOT, STOP_SECONDS, read_start

CODE = f"{PATIENT}from okrkit.cli import main; main()"
COMMAND = ["-P", "-c", CODE, "serve", "--invited", "--port", "0"]


@dataclass(frozen=True)
class InvitedSite:
    """A running site; its own address, the client's folder, and where the store is."""

    url: str
    folder: Path
    env: dict[str, str]

    def token(self, role: str, who: str) -> str:
        """What stands in the link of a new invitation."""
        words = ["--role", role, "--for", who, "--url", self.url.rstrip("/")]
        done = CliRunner().invoke(app, ["invite", str(self.folder), *words], env=self.env)
        found = re.search(r"/i/([\w.-]+)", done.output)
        assert found, done.output
        return found.group(1)


@contextmanager
def invited_site(folder: Path, place: Path) -> Iterator[InvitedSite]:
    """Serve the client in `folder` to invited people; what is kept goes below `place`."""
    env = os.environ | {"XDG_DATA_HOME": str(place / "data"), "PYTHONPATH": str(ROOT)}
    log = place / "errors.txt"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, *COMMAND, str(folder)],
            stdout=subprocess.PIPE, stderr=errors, text=True, env=env,
        )  # fmt: skip
    assert process.stdout is not None
    try:
        printed = read_start(process.stdout)
        assert printed, log.read_text()
        yield InvitedSite(printed[0].split()[0], folder, env)
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)
        process.stdout.close()
