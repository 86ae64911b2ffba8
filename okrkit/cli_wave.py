"""`okrkit wave`: open and close the asking, and see how it stands."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okrkit.errors import UsageError
from okrkit.refusals import print_json, refusals

if TYPE_CHECKING:
    from okrkit.keep.store import Store
    from okrkit.keep.waves import Wave

app = typer.Typer(
    help="Open and close the asking of the five statements, and see how it stands.",
    no_args_is_help=True,
)

Folder = Annotated[Path, typer.Argument(help="The client's folder.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys.")]


@app.command("open")
def open_(
    folder: Folder,
    name: Annotated[str, typer.Option(help="What the wave is called, such as 2026-Q4.")],
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The last day of asking; else until it is closed."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Open a wave for the client in FOLDER, or change its last day, or open it again."""
    with refusals(as_json=as_json), _store(folder, create=True) as store:
        _say([store.open_wave(name, _day(until))], as_json=as_json)


@app.command()
def close(
    folder: Folder,
    name: Annotated[
        str | None, typer.Option(help="The wave; can be left out while only one is open.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Close a wave: nothing can be answered or changed any more, and its results can be shown."""
    with refusals(as_json=as_json), _store(folder) as store:
        _say([store.close_wave(name or _only_open(store.waves()))], as_json=as_json)


@app.command()
def status(folder: Folder, as_json: Json = False) -> None:
    """Say which waves there are for the client in FOLDER and how many people have answered."""
    with refusals(as_json=as_json), _store(folder) as store:
        _say(store.waves(), as_json=as_json)
        if not as_json:
            _say_if_crowded(folder, store)


def _say_if_crowded(folder: Path, store: Store) -> None:
    """Warn when more have sent their answers than were invited: somebody came several times."""
    from okrkit.keep.invites import open_invitations

    with open_invitations(store.path, now=lambda: datetime.now().astimezone()) as kept:
        invited = sum(one.role == "respondent" for one in kept.invites())
    for wave in store.waves():
        if invited and wave.sent > invited:
            typer.echo(
                f"{wave.name}: more have sent than the {invited} who were invited. A link answers "
                "once more for who has lost the form's code, or was passed the link: invite with "
                f"--mode single, or take what {folder} shows with care."
            )


def _store(folder: Path, *, create: bool = False) -> Store:
    from okrkit.keep.place import store_of
    from okrkit.keep.store import open_store

    path = store_of(folder)
    if not create and not path.exists():
        raise UsageError(
            f"No wave has been opened for {folder}. Open one: "
            f"okrkit wave open {folder} --name 2026-Q4 --until 2026-12-15"
        )
    return open_store(path, now=lambda: datetime.now().astimezone())


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--until {text}: expected a day such as 2026-12-15.") from None


def _only_open(waves: tuple[Wave, ...]) -> str:
    names = [wave.name for wave in waves if wave.is_open]
    if len(names) != 1:
        there = f"Open are {', '.join(names)}; name one with --name." if names else "None is open."
        raise UsageError(f"Which wave? {there}")
    return names[0]


def _say(waves: list[Wave] | tuple[Wave, ...], *, as_json: bool) -> None:
    if as_json:
        print_json({"waves": [_plain(wave) for wave in waves]})
        return
    for wave in waves:
        typer.echo(_sentence(wave))


def _plain(wave: Wave) -> dict[str, object]:
    dates = {"opened_at": wave.opened_at, "closes_on": wave.closes_on, "closed_at": wave.closed_at}
    return asdict(wave) | {name: when.isoformat() if when else None for name, when in dates.items()}


def _sentence(wave: Wave) -> str:
    if wave.is_open:
        stands = f"open until {wave.closes_on}" if wave.closes_on else "open until it is closed"
    else:
        closed = wave.closed_at.astimezone().date() if wave.closed_at else wave.closes_on
        stands = f"closed on {closed}" if wave.closed_at else f"closed after {closed}"
    return f"{wave.name}: {stands}; {wave.sent} sent, {wave.started} started."
