"""How long until a visitor can click the first question, and until the answer is kept?

`okrkit serve` beside Voila as it comes with the same form, Streamlit and Shiny with the same five
statements: one run, one computer, visits in turn. README.md in this folder says what is counted.

    python benchmarks/first_question.py [--visits 15] [--patience 30] [--peers ENVIRONMENT] [FOLDER]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from figures import Figures, load, machine, report
from playwright.sync_api import Browser
from servers import Server, plans, running
from visits import chromium, look, two_visits

from okrkit.publish.places import place

HERE = Path(__file__).resolve().parent
LOOKS = 3


def main() -> None:
    """Start the servers, visit them in turn, print what was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=place("sample_data"))
    options.add_argument("--visits", type=int, default=15)
    options.add_argument("--peers", type=Path, help="an environment with Streamlit and Shiny")
    options.add_argument(
        "--patience", type=float, default=30, help="seconds a busy computer is waited for"
    )
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        home = Path(made)
        python = environment(chosen.peers or peers_in(home / "peers"))
        wanted = plans(chosen.folder.resolve(), home, python)
        with running(wanted, home) as servers, chromium() as browser:
            print("\n".join(machine(python, browser.version)))
            print(f"Load before: {load()}", flush=True)
            found = measure(browser, servers, chosen.visits, chosen.patience)
    print(f"Load after: {load()} (this run's own included)")
    print("\n".join(report(found)))


def environment(folder: Path) -> Path:
    """The Python of an environment."""
    return folder.absolute() / "bin" / "python"


def peers_in(folder: Path) -> Path:
    """A new environment with what peers.txt pins."""
    print("Installing the peers (a minute or two) ...", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    install = ("-m", "pip", "install", "--quiet", "--require-hashes", "--requirement")
    subprocess.run([environment(folder), *install, HERE / "peers.txt"], check=True)
    return folder


def measure(browser: Browser, servers: list[Server], visits: int, patience: float) -> Figures:
    """Everything that is counted; the first round warms the servers and is left out."""
    found = Figures()
    for number in range(visits + 1):
        first = number % len(servers)
        for server in servers[first:] + servers[:first]:
            before = server.stored() if number else 0
            cold, cost, warm = two_visits(browser, server, patience)
            if number == 0:
                continue
            found.visits += cold, warm
            found.costs.append(cost)
            found.stored[server.name] += server.stored() - before
    for server in servers:
        found.started[server.name] = [look(browser, server, patience) for _ in range(LOOKS)]
    return found


if __name__ == "__main__":
    main()
