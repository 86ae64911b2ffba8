"""`okrkit serve` and `okrkit lab`: a client's folder in the browser, for oneself or for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from okrkit.errors import UsageError
from okrkit.refusals import refusals

Shown = Annotated[Path | None, typer.Argument(help="The client's folder; else the sample company.")]
Browser = Annotated[bool, typer.Option(help="Open the browser.")]


def serve(
    folder: Shown = None,
    host: Annotated[
        str, typer.Option(help="The address to listen on; for others with --invited only.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 8866,
    browser: Browser = True,
    invited: Annotated[
        bool, typer.Option("--invited", help="For others, by invitation: see okrkit invite.")
    ] = False,
    open_audit: Annotated[
        bool, typer.Option("--open-audit", help="For others: the five statements, nothing else.")
    ] = False,
    url: Annotated[str, typer.Option(help="How others reach it: https://okr.example.org.")] = "",
    project: Annotated[
        list[str] | None,
        typer.Option(help="Instead of FOLDER, with --invited: a project; give it again for more."),
    ] = None,
    seats: Annotated[
        int | None, typer.Option(min=1, help="How many pages may be open at once.")
    ] = None,
) -> None:
    """Show FOLDER in the browser: on this computer, or to others by invitation.

    On this computer the printed address opens one browser, once. For others there are two ways:
    --invited lets in who has a link of okrkit invite, to what the link is for; --open-audit lets
    everybody answer the five statements. Both are for Linux.
    """
    with refusals():
        if invited and open_audit:
            raise UsageError("Give --invited or --open-audit, not both.")
        if project and folder is not None:
            raise UsageError("Give FOLDER or --project, not both.")
        if invited or open_audit:
            from okrkit.publish.serve_others import Reached, clients_of, serve_others

            clients = clients_of(folder, project or ())
            serve_others(clients, Reached(host, port, url), open_audit=open_audit, seats=seats)
            return
        if project:
            raise UsageError("--project goes with --invited. Here: okrkit project open.")
        from okrkit.publish.serve import serve as serve_folder

        serve_folder(folder, host=host, port=port, open_browser=browser)


def lab(folder: Shown = None, browser: Browser = True) -> None:
    """Open the notebooks in JupyterLab, reading FOLDER."""
    with refusals():
        from okrkit.publish.lab import lab as open_lab

        open_lab(folder, open_browser=browser)
