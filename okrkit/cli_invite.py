"""`okrkit invite`: links for the people who may come in, how they stand, and their end."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer
from typer.core import TyperGroup

from okrkit.errors import OkrkitError, UsageError
from okrkit.refusals import print_json, refusals

if TYPE_CHECKING:
    from okrkit.keep.invites import Invitations, Invite, Wanted
    from okrkit.keep.mail_merge import Guest

    Row = tuple[Guest, str, str, str]  # with id, link and last day

_THIS_COMPUTER = ("127.0.0.1", "::1", "localhost")
_WIDTHS = (("id", 12), ("role", 11), ("mode", 9), ("expires", 22), ("state", 8), ("subject", 0))


class _FolderFirst(TyperGroup):
    """`okrkit invite FOLDER` is short for `okrkit invite new FOLDER`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Put `new` in front of what is neither a command nor an option."""
        named = not args or args[0] in self.commands or args[0].startswith("-")
        return super().parse_args(ctx, args if named else ["new", *args])


app = typer.Typer(
    cls=_FolderFirst,
    help="Invite people by link, see how invitations stand, take them back.",
    no_args_is_help=True,
)

Folder = Annotated[Path, typer.Argument(help="The client's folder.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys.")]


@app.command()
def new(
    folder: Folder,
    role: Annotated[str, typer.Option(help="respondent, manager, facilitator, hr or consultant.")],
    url: Annotated[str, typer.Option(help="Where people reach the site: https://okr.example.org.")],
    people: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Who is invited: columns email, name or both."),
    ] = None,
    one: Annotated[
        str | None,
        typer.Option("--for", metavar="NAME", help="One person; a manager's id in the tables."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="The mail-merge file to write."),
    ] = None,
    expires: Annotated[str, typer.Option(help="How long the links open: 14d or 12h.")] = "14d",
    mode: Annotated[
        str, typer.Option(help="resumable: until it expires; single: once, for one sitting.")
    ] = "resumable",
) -> None:
    """Invite one person, or everybody in a CSV file: one link a row, for a mail merge.

    The links are shown or written once and kept nowhere else. Who has one comes in.
    """
    with refusals():
        if (people is None) == (one is None):
            raise UsageError("Who is invited? Give --csv FILE with -o FILE, or --for NAME.")
        if people is not None and output is None:
            raise UsageError("Where to? Give the mail-merge file with -o links.csv.")
        if output is not None:
            _writable(output, folder)
        base, ends = _base(url), datetime.now().astimezone() + _span(expires)
        guests = _guests(people, one or "", role)
        with _invitations(folder, create=True) as invitations:
            issued = invitations.issue(_wanted(guests, role, ends, mode))
            rows = [
                (guest, new.id, f"{base}/i/{new.token}", f"{ends:%Y-%m-%d}")
                for guest, new in zip(guests, issued, strict=True)
            ]
            if output is not None:
                _write(output, rows, invitations)
        _say_issued(rows, output, ends)
        if role == "respondent":
            _say_if_not_asked(folder, ends)
        _say_if_project(folder, base)
        _say_unknown(folder, [guest.subject for guest in guests if guest.subject])


@app.command("list")
def list_(folder: Folder, as_json: Json = False) -> None:
    """Say which invitations there are for the client in FOLDER and how they stand.

    Whether a respondent has used theirs is not told: it would say who took part, and when.
    """
    with refusals(as_json=as_json), _invitations(folder) as invitations:
        rows = [_plain(one) for one in invitations.invites()]
        if as_json:
            print_json({"invitations": rows})
            return
        if not rows:
            typer.echo("Nobody has been invited. See okrkit invite --help.")
        for (role, state), count in Counter((row["role"], row["state"]) for row in rows).items():
            typer.echo(f"{count:>6,}  {role}, {state}")
        for row in rows:
            typer.echo(" ".join(str(row[name] or "-").ljust(width) for name, width in _WIDTHS))


@app.command()
def revoke(
    folder: Folder,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="As okrkit invite list says.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every invitation, and every session begun with one.")
    ] = False,
) -> None:
    """Take invitations back, by id or all. Sessions end; a respondent's only with --all.

    Which session is which respondent's is not kept.
    """
    with refusals():
        if bool(ids) == everything:
            raise UsageError("Which? Give ids as okrkit invite list says, or --all.")
        with _invitations(folder) as invitations:
            if everything:
                typer.echo(f"Revoked {invitations.revoke_all():,}; every session has ended.")
            for start in ids or ():
                revoked = invitations.revoke(start)
                typer.echo(f"Revoked {revoked.id} ({revoked.role}).")
                if revoked.role == "respondent":
                    typer.echo("A visit begun with it lasts to the end of the day after, or --all.")


@app.command("new-key")
def new_key(folder: Folder) -> None:
    """Sign new links with a new key. Links sent before still open."""
    with refusals(), _invitations(folder) as invitations:
        invitations.add_key()
        typer.echo("New links are signed with a new key. Links sent before still open.")


def _invitations(folder: Path, *, create: bool = False) -> Invitations:
    from okrkit.keep.invites import open_invitations
    from okrkit.keep.place import store_of

    path = store_of(folder)
    if not create and not path.exists():
        raise UsageError(f"Nobody has been invited for {folder}. See okrkit invite --help.")
    return open_invitations(path, now=lambda: datetime.now().astimezone())


def _guests(people: Path | None, one: str, role: str) -> tuple[Guest, ...]:
    from okrkit.keep.invited import as_role
    from okrkit.keep.mail_merge import guest_called, guests_in

    if people is None:
        return (guest_called(one, as_role(role)),)
    found = guests_in(people, as_role(role))
    for note in found.notes:
        typer.echo(f"{people.name}: {note}", err=True)
    return found.guests


def _wanted(guests: tuple[Guest, ...], role: str, ends: datetime, mode: str) -> list[Wanted]:
    from okrkit.keep.invited import Wanted, as_mode, as_role

    kind, how = as_role(role), as_mode(mode)
    return [Wanted(kind, ends, guest.subject, how) for guest in guests]


def _write(output: Path, rows: list[Row], invitations: Invitations) -> None:
    from okrkit.keep.mail_merge import write_links

    try:
        write_links(output, rows)
    except OSError as error:
        for _, made, *_ in rows:
            invitations.revoke(made)
        raise UsageError(
            f"{output} cannot be written ({error.strerror}). Nobody is invited. Choose another"
            " place."
        ) from None


def _say_issued(rows: list[Row], output: Path | None, ends: datetime) -> None:
    if output is None:
        ((_, made, link, _),) = rows
        typer.echo(link)
        typer.echo(f"Invitation {made}, until {ends:%Y-%m-%d %H:%M}. The link is kept nowhere.")
    else:
        typer.echo(f"Wrote {output}: {len(rows):,} links, until {ends:%Y-%m-%d %H:%M}.")
        typer.echo("Who has a link comes in: keep the file safe, delete it when the mails are out.")
    place = urlsplit(rows[0][2])
    if place.hostname in _THIS_COMPUTER:
        typer.echo("The links open on this computer only.", err=True)
    elif place.scheme == "http":
        typer.echo("The links begin with http: anybody on the way can read them.", err=True)


def _say_if_not_asked(folder: Path, ends: datetime) -> None:
    """Respondents find something to answer while a wave is open, and come in while links open."""
    from okrkit.keep.inbox import current_wave
    from okrkit.keep.place import store_of
    from okrkit.keep.store import open_store
    from okrkit.show.landing import command_to_open

    now = datetime.now().astimezone()
    with open_store(store_of(folder), now=lambda: now) as store:
        wave = current_wave(store)
    if wave is None or not wave.is_open:
        typer.echo(
            "No wave is open, so there is nothing to answer yet. Open one: "
            f"{command_to_open(folder, now.date())}",
            err=True,
        )
    elif wave.closes_on is not None and wave.closes_on > ends.date():
        typer.echo(
            f"{wave.name} is open until {wave.closes_on}, these links until {ends:%Y-%m-%d} only: "
            f"--expires {(wave.closes_on - now.date()).days + 1}d lets people in to the last day.",
            err=True,
        )


def _say_unknown(folder: Path, managers: list[str]) -> None:
    """Name the managers of whom the client's tables hold no grade: their page would be empty."""
    if not managers:
        return
    from okrkit.read import read_folder

    try:
        tables = read_folder(folder)
    except OkrkitError:
        return  # okrkit read says what is wrong; the invitations stand
    known = {str(one) for table in (tables.grades, tables.exercise) for one in table["manager"]}
    for manager in sorted({*managers} - known):
        near = difflib.get_close_matches(manager, known, 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        typer.echo(
            f"{manager} has given no grade in {folder}: the page will say so.{hint}", err=True
        )


def _say_if_project(folder: Path, base: str) -> None:
    """A project served beside others has an address of its own; the links should have it, too."""
    parts = urlsplit(base)
    from okrkit.keep.projects import projects

    for project in projects():
        if project.folder == folder.resolve() and parts.path.strip("/") != project.slug:
            typer.echo(
                f"This folder is the project {project.slug}. If it is served with "
                f"--project {project.slug}, the links need "
                f"--url {parts.scheme}://{parts.netloc}/{project.slug}",
                err=True,
            )


def _base(url: str) -> str:
    parts = urlsplit(url)
    plain = not (parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
        raise UsageError(f"--url {url}: expected an address such as https://okr.example.org.")
    return url.rstrip("/")


def _span(text: str) -> timedelta:
    found = re.fullmatch(r"([1-9]\d{0,2})([dh])", text)
    if found is None:
        raise UsageError(f"--expires {text}: expected days or hours, such as 14d or 12h.")
    number = int(found[1])
    return timedelta(days=number) if found[2] == "d" else timedelta(hours=number)


def _writable(output: Path, folder: Path) -> None:
    if output.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            f"{output} lies in the client's folder, which is only read. Write elsewhere."
        )
    if output.exists():
        raise UsageError(f"{output} exists. Choose another name, or move it away.")


def _plain(one: Invite) -> dict[str, str]:
    kept_quiet = one.role == "respondent" and one.state == "used"
    return {
        "id": one.id,
        "role": one.role,
        "subject": one.subject,
        "mode": one.mode,
        "issued": one.issued.astimezone().isoformat(timespec="minutes"),
        "expires": one.expires.astimezone().isoformat(timespec="minutes"),
        "state": "open" if kept_quiet else one.state,
    }
