"""`okrkit store`: what is kept of a client's answers, taken out and backed up."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okrkit.cli_given import outside
from okrkit.errors import StoreError, UsageError
from okrkit.refusals import print_json, refusals

if TYPE_CHECKING:
    from okrkit.keep.person import PersonFile, Who
    from okrkit.keep.queries import StoreInfo
    from okrkit.keep.store import Store
    from okrkit.read.mentions import Mentions
    from okrkit.standard import Standard

app = typer.Typer(
    help="See what is kept for a client or about one person: take it out, back it up, erase it.",
    no_args_is_help=True,
)

Names = Annotated[
    list[str] | None,
    typer.Option("--name", metavar="NAME", help="How texts call them, beside the table people."),
]
Code = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Their own code of the five statements, if they give it."),
]
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
    person: Annotated[
        str | None,
        typer.Option(metavar="PERSON", help="Instead: everything held about one person, by id."),
    ] = None,
    name: Names = None,
    code: Code = None,
) -> None:
    """Write the answers that can be shown; with --person, what is held about one person.

    Answers go into answers.csv, of open waves as far as the audit shows them: what each respondent
    said, so keep it where the answers are kept safe. With --person: the rows of the client's files
    that name them, plan, invitations, sessions.
    """
    if person is not None:
        with refusals():
            outside(output, folder)
            if history:
                raise UsageError("Which? Give --person or --history.")
            _export_person(_asked(folder, person, name, code), output)
        return
    with refusals(), _store(folder) as store:
        if name or code:
            raise UsageError("--name and --code go with --person.")
        outside(output, folder)
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
        outside(output, folder)
        checked = store.backup(output)
        typer.echo(f"Wrote {output}: {checked.head.seq} audit rows, every row as it was saved.")


@app.command()
def erase(
    folder: Folder,
    person: Annotated[str, typer.Argument(help="The id in the client's tables.")],
    name: Names = None,
    code: Code = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the id again.")] = False,
    as_json: Json = False,
) -> None:
    """Erase what okrkit keeps about one person, and say where the client's own files name them.

    Invitations, sessions, the plan, agreed grades, copies made before upgrades and, with --code,
    answers and comments. It cannot be undone.
    """
    with refusals(as_json=as_json):
        asked = _asked(folder, person, name, code)
        if not yes and typer.prompt(f"This cannot be undone. Type {person} to erase") != person:
            raise UsageError("That is not the id. Nothing was erased.")
        _erase_person(asked, as_json=as_json)


@dataclass(frozen=True)
class _Asked:
    """Whom a command is about, and what the client's files say of them."""

    folder: Path
    store: Path | None
    who: Who
    mentions: Mentions


def _asked(folder: Path, person: str, names: list[str] | None, code: str | None) -> _Asked:
    from okrkit.keep.codes import respondent_of
    from okrkit.keep.person import Who
    from okrkit.keep.place import store_of
    from okrkit.read.mentions import mentions_of

    path = store_of(folder)
    if not person.strip():
        raise UsageError("Who? Give the person's id in the client's tables.")
    who = Who(person, respondent_of(code) if code else "")
    mentions = mentions_of(folder, person, names or ())
    return _Asked(folder, path if path.exists() else None, who, mentions)


def _person_file(asked: _Asked) -> AbstractContextManager[PersonFile | None]:
    from okrkit.keep.person import open_person_file

    if asked.store is None:
        return nullcontext()
    return open_person_file(asked.store, now=lambda: datetime.now().astimezone())


def _export_person(asked: _Asked, output: Path) -> None:
    from okrkit.keep.agreed_file import agreed_about, load_agreed
    from okrkit.keep.export import write_tables
    from okrkit.keep.plan_file import load_plan, steps_about

    about = (asked.who.person, asked.mentions.names[1:])
    steps = steps_about(load_plan(asked.folder), *about)
    agreed = [one.as_row() for one in agreed_about(load_agreed(asked.folder), *about)]
    with _person_file(asked) as file:
        held = file.held(asked.who) if file else {}
    tables = asked.mentions.as_tables() | {f"okrkit/{name}": held[name] for name in held}
    if steps:
        tables["okrkit/plan"] = (list(asdict(steps[0])), [asdict(step) for step in steps])
    if agreed:
        tables["okrkit/agreed-grades"] = (list(agreed[0]), agreed)
    written = {f"{name}.csv": (columns, list(rows)) for name, (columns, rows) in tables.items()}
    write_tables(output, written)
    for name, (_, rows) in written.items():
        typer.echo(f"{len(rows):>6,}  {output / name}")
    sought = ", ".join(asked.mentions.names)
    typer.echo(
        f"Looked for {sought}. Rows can name others too: read them before you hand them over."
    )
    _say_limits(asked)


def _erase_person(asked: _Asked, *, as_json: bool) -> None:
    from okrkit.keep.agreed_file import erase_from_agreed
    from okrkit.keep.plan_file import erase_from_plan

    person, names = asked.who.person, asked.mentions.names[1:]
    steps = erase_from_plan(asked.folder, person, names)
    agreed = erase_from_agreed(asked.folder, person, names)
    with _person_file(asked) as file:
        done = file.erase(asked.who) if file else None
    rows = {**done.rows} if done else {}
    copies = [str(path) for path in done.copies] if done else []
    if as_json:
        left = [
            {"file": row.file, "sheet": row.sheet, "row": row.row, "columns": list(row.named_in)}
            for row in asked.mentions.rows
        ]
        unread = list(asked.mentions.unread)
        kept = {"erased": rows, "plan": steps, "agreed": agreed, "copies_removed": copies}
        print_json(kept | {"left": left, "unread": unread, "whole": done is None or done.whole})
    else:
        told = [f"{count} {name}" for name, count in rows.items()]
        typer.echo(f"Erased rows of the store: {', '.join(told) or 'none'}.")
        typer.echo(f"Emptied steps of the plan: {steps or 'none'}.")
        typer.echo(f"Erased agreed grades, or reasons: {agreed or 'none'}.")
        if steps:
            typer.echo("A page that was open before can save them again: load it anew.")
        for path in copies:
            typer.echo(f"Removed {path}.")
        _say_left(asked)
        _say_limits(asked)
    if done is not None and not done.whole:
        raise StoreError(
            f"Another program reads the store, so {asked.store}-wal may still hold what was erased."
            " Stop the site and give the same command again.",
            saved=True,
        )


def _say_left(asked: _Asked) -> None:
    places = asked.mentions.places()
    if places:
        typer.echo(f"Left in {asked.folder}, which okrkit does not write to:")
        for place in places:
            typer.echo(f"    {place}")
    else:
        typer.echo(f"The files in {asked.folder} do not name {', '.join(asked.mentions.names)}.")
    typer.echo("Reports, exports and backups written elsewhere are not known here.")


def _say_limits(asked: _Asked) -> None:
    if not asked.who.respondent:
        typer.echo(
            "Answers to the five statements are kept under a code that only the person has:"
            " without --code CODE nobody can find them."
        )
    for one in asked.mentions.unread:
        typer.echo(f"Not looked into: {one}")


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


def _plain(found: StoreInfo) -> dict[str, object]:
    return {
        "path": str(found.path),
        "revision": found.revision,
        "bytes": found.bytes,
        "rows": dict(found.rows),
        "waves": [wave.name for wave in found.waves],
        "head": {"seq": found.head.seq, "hash": found.head.hash},
    }
