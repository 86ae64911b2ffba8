"""How long until a visitor of the audit app sees something, the verdict, and the form?

`okrkit serve` beside Voila as it comes, on the same notebook, folder and computer, visits in turn,
a new browser profile for each. Prints medians in seconds and the ratio.

    python benchmarks/page_ready.py [--visits 5] [FOLDER]
"""

from __future__ import annotations

import argparse
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

from playwright.sync_api import Browser, sync_playwright

from okrkit.publish.places import place

MARKS = {"something": "body *", "verdict": "h1", "form": "input"}


def main() -> None:
    """Start both servers, visit them in turn, print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=place("sample_data"))
    options.add_argument("--visits", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        servers = {"okrkit serve": ours(chosen.folder, home), "voila": stock(chosen.folder, home)}
        try:
            urls = {name: url for name, (_, url) in servers.items()}
            report(visits(urls, chosen.visits))
        finally:
            for process, _ in servers.values():
                process.send_signal(signal.SIGINT)
                process.wait(30)


def ours(folder: Path, home: str) -> tuple[subprocess.Popen[str], str]:
    """Our server and its address."""
    code = "from okrkit.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", str(folder), "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment(folder, home)
    )
    return process, next(line.strip() for line in process.stdout or () if line.startswith("http"))


def stock(folder: Path, home: str) -> tuple[subprocess.Popen[str], str]:
    """Voila with its own template and defaults."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
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


def visits(urls: dict[str, str], count: int) -> dict[str, dict[str, list[float]]]:
    """Seconds to each mark; the first visit of each server is left out."""
    seconds: dict[str, dict[str, list[float]]] = {
        name: {mark: [] for mark in MARKS} for name in urls
    }
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for visit in range(count + 1):
            for name, url in urls.items():
                taken = one_visit(browser, url)
                for mark, value in taken.items() if visit else ():
                    seconds[name][mark].append(value)
        browser.close()
    return seconds


def one_visit(browser: Browser, url: str) -> dict[str, float]:
    """Seconds from asking for the page to each mark being visible."""
    context = browser.new_context()
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(url, wait_until="commit")
    taken = {}
    for mark, selector in MARKS.items():
        page.locator(selector).locator("visible=true").first.wait_for(timeout=120_000)
        taken[mark] = time.perf_counter() - begun
    context.close()
    time.sleep(3)  # the next kernel of ours starts in this time, as it would between two visits
    return taken


def report(seconds: dict[str, dict[str, list[float]]]) -> None:
    """The medians and how many times sooner we are."""
    print(f"{'until':<12}{'okrkit serve':>14}{'voila':>10}{'ratio':>8}")
    for mark in MARKS:
        us, peer = (statistics.median(seconds[name][mark]) for name in ("okrkit serve", "voila"))
        print(f"{mark:<12}{us:>12.2f} s{peer:>8.2f} s{peer / us:>7.1f}x")


if __name__ == "__main__":
    main()
