"""How long until a visitor of the audit app sees something, the verdict, and the form?

`okrkit serve` beside Voila as it comes, on the same notebook, folder and computer, visits in turn,
a new browser profile for each. A mark is taken in the first animation frame that shows it. CPU time
and memory are those of the server and all processes below it, the page still open; ours include the
kernel that is made ready for the next visitor. On Linux only.

    python benchmarks/page_ready.py [--visits 7] [FOLDER]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright
from processes import cpu_seconds, family, memory_mib, wait_until_quiet

from okrkit.publish.places import place

MARKS = {"something": "body *", "verdict": "h1", "form": "input"}
UNITS = {"something": "s", "verdict": "s", "form": "s", "CPU": "s", "own": "MiB", "shared": "MiB"}
PROBE = """
const marks = MARKS;
window.taken = {};
const shown = (one) => one.checkVisibility() && one.getClientRects().length > 0;
const look = () => {
  for (const [mark, selector] of Object.entries(marks))
    if (!(mark in taken) && Array.from(document.querySelectorAll(selector)).some(shown))
      taken[mark] = performance.now() / 1000;
  if (Object.keys(taken).length < Object.keys(marks).length) requestAnimationFrame(look);
};
requestAnimationFrame(look);
""".replace("MARKS", json.dumps(MARKS))
Figures = dict[str, list[float]]


def main() -> None:
    """Start both servers, visit them in turn, print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=place("sample_data"))
    options.add_argument("--visits", type=int, default=7)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        servers = {"okrkit serve": ours(chosen.folder, home), "voila": stock(chosen.folder, home)}
        try:
            print(f"Load of the computer before: {os.getloadavg()[0]:.2f}")
            report(visits(servers, chosen.visits))
            print(f"Load of the computer after: {os.getloadavg()[0]:.2f}")
        finally:
            for process, _ in servers.values():
                process.send_signal(signal.SIGINT)
                process.wait(30)


Server = tuple[subprocess.Popen[str], str]  # and its address


def ours(folder: Path, home: str) -> Server:
    """Our server and the address of its audit."""
    code, port = "from okrkit.cli import main; main()", free_port()
    command = [sys.executable, "-c", code, "serve", str(folder), "--no-browser", f"--port={port}"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment(folder, home)
    )
    return process, f"http://127.0.0.1:{port}/audit"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def let_in(context: BrowserContext, process: subprocess.Popen[str]) -> None:
    """Open the address our server has printed last; the other one lets everybody in."""
    for line in process.stdout or ():
        if "/open/" in line:
            context.request.get(line.split()[-1])
            return


def stock(folder: Path, home: str) -> Server:
    """Voila with its own template and defaults."""
    port = free_port()
    notebook = place("apps") / "audit.ipynb"
    command = [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}"]
    process = subprocess.Popen(
        command, stderr=subprocess.DEVNULL, text=True, env=environment(folder, home)
    )
    for _ in range(100):
        time.sleep(0.2)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
    return process, f"http://127.0.0.1:{port}/"


def environment(folder: Path, home: str) -> dict[str, str]:
    """Both read the same folder and keep their plan in `home`."""
    return os.environ | {"OKRKIT_PROJECT": str(folder.resolve()), "XDG_DATA_HOME": home}


def visits(servers: dict[str, Server], count: int) -> dict[str, Figures]:
    """The figures of `count` visits to each server; the first visit of each is left out."""
    found: dict[str, Figures] = {name: {what: [] for what in UNITS} for name in servers}
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for visit in range(count + 1):
            for name, server in servers.items():
                taken = one_visit(browser, server)
                for what, value in taken.items() if visit else ():
                    found[name][what].append(value)
        browser.close()
    return found


def one_visit(browser: Browser, server: Server) -> dict[str, float]:
    """Seconds until each mark is shown, and what the visit takes of the computer."""
    process, url = server
    context = browser.new_context()
    let_in(context, process)
    wait_until_quiet()
    before = cpu_seconds(process.pid), *memory_mib(process.pid)
    page = context.new_page()
    page.add_init_script(PROBE)
    page.goto(url, wait_until="commit")
    taken: dict[str, float] = {}
    while "form" not in taken:
        time.sleep(0.1)
        taken = page.evaluate("window.taken")
    wait_until_quiet()
    after = cpu_seconds(process.pid), *memory_mib(process.pid)
    for what, then, now in zip(("CPU", "own", "shared"), before, after, strict=True):
        taken[what] = now - then
    processes = family(process.pid)
    page.close(run_before_unload=True)  # as a person closes it, which ends its kernel
    for _ in range(50):
        if family(process.pid) != processes:
            break
        time.sleep(0.1)
    context.close()
    return taken


def report(found: dict[str, Figures]) -> None:
    """Medians with their spread, and how many times less ours is."""
    print(f"{'':<14}{'':<14}{'median':>8}{'min':>8}{'p95':>8}{'n':>4}")
    for what, unit in UNITS.items():
        for name, figures in found.items():
            values = sorted(figures[what])
            high = values[math.ceil(0.95 * len(values)) - 1]
            middle = statistics.median(values)
            numbers = f"{middle:>8.2f}{values[0]:>8.2f}{high:>8.2f}{len(values):>4}"
            print(f"{f'{what}, {unit}':<14}{name:<14}{numbers}")
        us, peer = (statistics.median(figures[what]) for figures in found.values())
        print(f"{'':<14}{'ratio':<14}{peer / us:>7.1f}x")


if __name__ == "__main__":
    main()
