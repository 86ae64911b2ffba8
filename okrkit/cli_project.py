"""`okrkit project`: clients apart, each with a folder, a standard and a day until it is kept."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okrkit.errors import OkrkitError, UsageError
from okrkit.refusals import print_json, refusals

if TYPE_CHECKING:
    from okrkit.keep.projects import Project

app = typer.Typer(
    help="Keep clients apart: each with its folder, standard, brand and the day it is kept until.",
    no_args_is_help=True,
)

Slug = Annotated[str, typer.Argument(help="The project's short name.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys.")]


@app.command()
def new(
    slug: Annotated[str, typer.Argument(help="A short name: a-z, 0-9 and -.", show_default=False)],
    folder: Annotated[Path, typer.Argument(help="The client's folder.", show_default=False)],
    keep_until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The last day answers and plan are kept, or never."),
    ] = None,
    because: Annotated[
        str, typer.Option(metavar="REASON", help="Why it is kept without end, with never.")
    ] = "",
    name: Annotated[str, typer.Option(help="The client's name as printed on pages.")] = "",
    colour: Annotated[str, typer.Option(help="The client's colour, such as #1f4e79.")] = "",
    logo: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The client's logo, a PNG; it is copied.")
    ] = None,
) -> None:
    """Enter a client. A new folder gets the template workbook and a standard.toml.

    Of a folder that is there nothing is changed; only a standard.toml it lacks is written, unless
    the folder may only be read.
    """
    from okrkit.keep.projects import keep_project, new_project

    with refusals():
        project = new_project(slug, folder, _last_day(keep_until), because)
        for path in _filled(project.folder, name, colour, logo):
            typer.echo(f"Wrote {path}.")
        keep_project(project)
        typer.echo(f"Project {slug}: {project.name}, {_kept(project)}.")
        typer.echo(f"See its audit:  okrkit project open {slug}")


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Say which projects there are, whether people are being asked, and until when each is kept."""
    from okrkit.keep.projects import projects

    with refusals(as_json=as_json):
        found = projects()
        if as_json:
            print_json({"projects": [_plain(project) for project in found]})
            return
        for project in found:
            typer.echo(f"{project.slug}: {project.name}, {_kept(project)}")
            missing = "" if project.folder.is_dir() else " (this folder is missing)"
            typer.echo(f"    {project.folder}{missing}")
            typer.echo(f"    {_store_words(project)}")
        if not found:
            typer.echo("There is no project. Enter one: okrkit project new --help")


@app.command("open")
def open_(
    slug: Slug,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 8866,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Show the project's audit in the browser of this computer, as okrkit serve FOLDER does."""
    from okrkit.keep.projects import project_named

    with refusals():
        folder = project_named(slug).folder

        from okrkit.publish.serve import serve

        serve(folder, port=port, open_browser=browser)


@app.command()
def end(
    slug: Annotated[str | None, typer.Argument(help="The project's short name.")] = None,
    due: Annotated[
        bool, typer.Option("--due", help="Every project past its last day; asks nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the name again.")] = False,
) -> None:
    """Remove everything okrkit keeps of a client: answers, invitations, keys, copies, plan.

    The client's own folder stays as it is. Nothing that is removed can be brought back.
    """
    from okrkit.keep.projects import project_named

    with refusals():
        if (slug is None) != due:
            raise UsageError("Which? Give the project's name, or --due.")
        if slug is None:
            _end_due()
            return
        project = project_named(slug)
        if not yes:
            typer.echo(f"{project.name}, {project.folder}: {_store_words(project)}")
            if typer.prompt(f"This cannot be undone. Type {slug} to end it") != slug:
                raise UsageError("That is not its name. Nothing was removed.")
        _end(project)


def _end_due() -> None:
    """End what is past its day, warn of what soon is; one that cannot be ended stops no other."""
    from okrkit.keep.projects import WARNING_DAYS, projects

    refused = []
    for project in projects():
        left = project.days_left(_today())
        if left is None or left > WARNING_DAYS:
            continue
        if left >= 0:
            typer.echo(f"{project.slug}: will be ended after {project.keep_until}, {_in(left)}.")
            continue
        try:
            _end(project)
        except OkrkitError as error:
            refused.append(str(error))
    if refused:
        raise UsageError("\n".join(refused))


def _end(project: Project) -> None:
    from okrkit.keep.projects import end_project

    count = end_project(project)
    typer.echo(f"{project.slug}: ended. Removed {count} files that okrkit kept of the client.")
    typer.echo(
        f"    Left as they are: {project.folder}, and what was written elsewhere (reports, exports,"
        " backups). A site that still shows the client: stop it."
    )


def _filled(folder: Path, name: str, colour: str, logo: Path | None) -> list[Path]:
    """Write into the client's folder what it lacks; the files written."""
    from okrkit.keep.records import one_line
    from okrkit.read.template import write_template
    from okrkit.standard_file import write_standard

    one_line("--name", name)
    picture = _picture(colour, logo)
    standard, mark, tables = (
        folder / file for file in ("standard.toml", "logo.png", "okr-tables.xlsx")
    )
    wanted = name or colour or logo
    if _is_there(standard) and wanted:
        raise UsageError(
            f"{standard} is there and stays as it is. Leave out --name, --colour and --logo, and "
            'write into it: client = "Name" on a line of its own near the top; at its end '
            '[brand], colour = "#1f4e79" and logo = "logo.png", each on a line of its own.'
        )
    if picture and _is_there(mark):
        raise UsageError(f"{mark} is there and stays as it is. Leave out --logo, or move it away.")
    written = []
    try:
        if not folder.exists() or not any(folder.iterdir()):
            folder.mkdir(parents=True, exist_ok=True)
            write_template(tables)
            written.append(tables)
        if not _is_there(standard) and (wanted or os.access(folder, os.W_OK)):
            if picture:
                mark.write_bytes(picture)
                written.append(mark)
            write_standard(
                standard, client=name, colour=colour.lower(), logo=mark.name if picture else ""
            )
            written.append(standard)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written to ({error.strerror}).") from None
    return written


def _is_there(path: Path) -> bool:
    """Whether something has this name, be it a link that leads nowhere."""
    return path.exists() or path.is_symlink()


def _picture(colour: str, logo: Path | None) -> bytes:
    """The logo to be copied; refuses a colour or a logo that cannot be used."""
    from okrkit.brand import LOGO_TAKES, brand_in, read_logo

    if colour:
        _, problems = brand_in({"colour": colour}, Path("--colour"))
        if problems:
            raise UsageError(f"--colour {colour}: expected {problems[0].expected}.")
    picture = b"" if logo is None else read_logo(logo)
    if isinstance(picture, str):
        raise UsageError(f"--logo: {picture}. Expected {LOGO_TAKES}.")
    return picture


def _last_day(text: str | None) -> date | None:
    from okrkit.keep.projects import NEVER

    if text is None:
        raise UsageError(
            "Until when is it kept? Give the day agreed with the client, --keep-until 2027-12-31,"
            " or --keep-until never --because REASON."
        )
    if text == NEVER:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"--keep-until {text}: expected a day such as 2027-12-31, or never."
        ) from None
    if day < _today():
        raise UsageError(f"--keep-until {text}: this day has passed.")
    return day


def _plain(project: Project) -> dict[str, object]:
    return {
        "slug": project.slug,
        "name": project.name,
        "folder": str(project.folder),
        "folder_there": project.folder.is_dir(),
        "store": _has_store(project),
        "open_waves": _open_waves(project),
        "keep_until": project.keep_until.isoformat() if project.keep_until else None,
        "reason": project.reason,
    }


def _has_store(project: Project) -> bool:
    from okrkit.keep.place import store_path

    return store_path(project.folder).exists()


def _open_waves(project: Project) -> list[str] | None:
    """The names of its open waves; None when the store cannot be read."""
    from okrkit.keep.place import store_path
    from okrkit.keep.store import open_store

    if not _has_store(project):
        return []
    try:
        path = store_path(project.folder)
        with open_store(path, now=lambda: datetime.now().astimezone(), timeout=5) as store:
            return [wave.name for wave in store.waves() if wave.is_open]
    except OkrkitError:
        return None


def _store_words(project: Project) -> str:
    if not _has_store(project):
        return "Nothing has been answered or sent."
    waves = _open_waves(project)
    if waves is None:
        return "The store of answers cannot be read: see okrkit store info."
    return f"Open waves: {', '.join(waves)}." if waves else "Answers are kept; no wave is open."


def _kept(project: Project) -> str:
    left = project.days_left(_today())
    if left is None:
        return f"kept without end: {project.reason}"
    if left < 0:
        return f"was to be kept until {project.keep_until}: end it"
    return f"kept until {project.keep_until}" + (f" ({_in(left)})" if left <= 30 else "")


def _in(days: int) -> str:
    return "today" if not days else "tomorrow" if days == 1 else f"in {days} days"


def _today() -> date:
    return datetime.now().astimezone().date()
