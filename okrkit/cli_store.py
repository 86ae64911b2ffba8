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
) -> None:
    """Write the answers that count as answers.csv, and every row ever saved, as CSV files.

    The files hold single answers and comments. Keep them where the answers are kept safe.
    """
    with refusals(), _store(folder) as store:
        _outside(output, folder)
        for path in store.export(output):
            typer.echo(f"Wrote {path}.")


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
