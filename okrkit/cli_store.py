"""`okrkit store`: what is kept of a client's answers, taken out and backed up."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okrkit.errors import StoreError, UsageError
from okrkit.refusals import print_json, refusals

if TYPE_CHECKING:
    from okrkit.keep.queries import StoreInfo
    from okrkit.keep.store import Store
    from okrkit.standard import Standard

app = typer.Typer(
    help="See what is kept of a client's answers, take it out, back it up.", no_args_is_help=True
)

Folder = Annotated[Path, typer.Argument(help="The client's folder.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys.")]


@app.command()
def info(folder: Folder, as_json: Json = False) -> None:
    """Say where the answers of the client in FOLDER are kept, and whether each is whole."""
    with refusals(as_json=as_json), _store(folder) as store:
        found, checked = store.info(), store.verify()
        if as_json:
            print_json(_plain(found) | {"faults": list(checked.faults)})
        else:
            typer.echo(f"{found.path} ({found.bytes:,} bytes, revision {found.revision})")
            for name, count in found.rows.items():
                typer.echo(f"{count:>8,}  {name}")
            typer.echo(f"Last audit row: {found.head.seq} {found.head.hash}")
        if not checked.ok:
            raise StoreError("\n".join(checked.faults), saved=True)
        if not as_json:
            typer.echo("Every row is as it was saved.")


@app.command()
def export(
    folder: Folder,
    output: Annotated[Path, typer.Option("-o", "--output", help="A folder for the CSV files.")],
    history: Annotated[
        bool,
        typer.Option(
            "--history",
            help="Add every row ever saved. It holds single answers, times and comments, also of "
            "open waves: for the person responsible only.",
        ),
    ] = False,
) -> None:
    """Write the answers that can be shown as answers.csv; open waves as far as the audit does.

    The file holds what each respondent said. Keep it where the answers are kept safe.
    """
    with refusals(), _store(folder) as store:
        _outside(output, folder)
        files, stored = store.export(output, _standard(folder), history=history)
        for path in files:
            typer.echo(f"Wrote {path}.")
        for held in stored.held_back:
            waiting = f"{held.sent - held.shown} of {held.sent} who have sent are held back"
            typer.echo(f"The wave {held.wave} is open: {waiting} until {held.until} have.")


@app.command()
def backup(
    folder: Folder,
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")],
) -> None:
    """Copy the answers to a file while they are in use, and check the copy."""
    with refusals(), _store(folder) as store:
        _outside(output, folder)
        checked = store.backup(output)
        typer.echo(f"Wrote {output}: {checked.head.seq} audit rows, every row as it was saved.")


def _store(folder: Path) -> Store:
    from okrkit.keep.place import store_path
    from okrkit.keep.store import open_store

    path = store_path(folder)
    if not path.exists():
        raise UsageError(f"Nothing is kept for {folder}: no wave has been opened.")
    return open_store(path, now=lambda: datetime.now().astimezone())


def _standard(folder: Path) -> Standard:
    from okrkit.standard import DEFAULT_STANDARD
    from okrkit.standard_file import read_standard

    own = folder / "standard.toml"
    return read_standard(own) if own.exists() else DEFAULT_STANDARD


def _outside(path: Path, folder: Path) -> None:
    if path.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            f"{path} lies in the client's folder, which is only read. Write elsewhere."
        )


def _plain(found: StoreInfo) -> dict[str, object]:
    return {
        "path": str(found.path),
        "revision": found.revision,
        "bytes": found.bytes,
        "rows": dict(found.rows),
        "waves": [wave.name for wave in found.waves],
        "head": {"seq": found.head.seq, "hash": found.head.hash},
    }
