"""The `okrkit` command: every analysis from the shell, with `--json` for machines.

Exit codes: 0 done, 1 input refused (the problems on stderr, with `--json` also on stdout),
2 wrong use. The input folder is never written to.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from okrkit.cli_import import Keep, Workbook, import_filled
from okrkit.cli_invite import app as invite_app
from okrkit.cli_project import app as project_app
from okrkit.cli_report import FORMATS, formats_of, pack_bytes, write_pack
from okrkit.cli_report import verify as verified
from okrkit.cli_serve import lab, serve
from okrkit.cli_store import app as store_app
from okrkit.cli_wave import app as wave_app
from okrkit.cli_wording import wording
from okrkit.errors import InputError, Problem, UsageError
from okrkit.refusals import print_json, refusals, writing

if TYPE_CHECKING:
    from okrkit.brand import Brand
    from okrkit.judge.audit import Audit
    from okrkit.show.pack.audit_pack import Judged
    from okrkit.show.pack.content import Pack
    from okrkit.standard import Standard
    from okrkit.tables import Tables

Asked = tuple[str | None, Path | None, Path | None]  # --as-of, --standard, --baseline
PATIENCE_SECONDS = 2.0  # shorter work is over before a line could be read

app = typer.Typer(
    help="Is an organisation ready for OKRs? What people say beside what the records show.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(wave_app, name="wave")
app.add_typer(store_app, name="store")
app.add_typer(invite_app, name="invite")
app.add_typer(project_app, name="project")
app.command()(serve)
app.command()(lab)
app.command()(wording)

Folder = Annotated[Path, typer.Argument(help="The client's folder.", show_default=False)]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Judge as of this day (2026-09-30)."),
]
StandardFile = Annotated[
    Path | None,
    typer.Option("--standard", metavar="FILE", help="The client's standard; else standard.toml."),
]
Baseline = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="An earlier audit --json to compare with."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys.")]


@app.command()
def new(folder: Folder) -> None:
    """Write the template workbook into FOLDER: one sheet a table, notes, drop-downs, examples."""
    from okrkit.read.folder import has_tables
    from okrkit.read.template import write_template

    with refusals():
        path = folder / "okr-tables.xlsx"
        if folder.is_dir() and any(has_tables(one) for one in folder.iterdir()):
            raise UsageError(
                f"{folder} holds tables already, and they may be filled in. Choose an empty folder."
            )
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        with writing(path):
            write_template(path)
        print(f"Wrote {path}.")
        print("Fill in the sheets you have records for and delete the example rows.")
        print(f"Then check it:  okrkit read {_shell(folder)}")


@app.command()
def read(folder: Folder, standard: StandardFile = None, as_json: Json = False) -> None:
    """Check the files in FOLDER and say what can be judged with them."""
    from okrkit.judge.coverage import coverage
    from okrkit.read import read_folder
    from okrkit.show.text import coverage_to_dict, read_text

    with refusals(as_json=as_json):
        tables = read_folder(folder, standard=_standard(standard))
        covered = coverage(tables)
        if as_json:
            print_json(coverage_to_dict(tables, covered))
        else:
            print(read_text(tables, covered))


@app.command()
def audit(
    folder: Folder,
    as_of: AsOf = None,
    standard: StandardFile = None,
    baseline: Baseline = None,
    as_json: Json = False,
) -> None:
    """Run the five-question audit of FOLDER: answers beside evidence, killers, plan."""
    from okrkit.judge.as_json import audit_to_dict
    from okrkit.show.text import audit_text

    with refusals(as_json=as_json):
        day = _day(as_of)
        result = _audit(folder, _tables(folder, standard), day)
        comparison = _comparison(baseline, result)
        if as_json:
            compared = {} if comparison is None else {"comparison": asdict(comparison)}
            print_json(audit_to_dict(result) | compared)
        else:
            print(audit_text(result, comparison=comparison))


@app.command()
def calibrate(
    folder: Folder,
    as_of: AsOf = None,
    standard: StandardFile = None,
    shareable: Annotated[
        bool,
        typer.Option(
            "--shareable",
            help="Without names; no manager by row where fewer than five share a verdict.",
        ),
    ] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the page as an HTML file.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Compare how managers in FOLDER grade, how sure that is, and what nobody can tell."""
    from okrkit.judge.calibration.as_json import calibration_to_dict
    from okrkit.judge.calibration.run import run_calibration
    from okrkit.show.audit_page import PageContext
    from okrkit.show.calibration_text import calibration_text
    from okrkit.show.report import render_calibration
    from okrkit.show.shareable import shareable as without_names
    from okrkit.show.shareable import shareable_to_dict

    with refusals(as_json=as_json):
        _outside(html, folder)
        day = _day(as_of)
        result = run_calibration(_tables(folder, standard), as_of=day, progress=_progress())
        shared = without_names(result) if shareable else None
        if html is not None:
            with writing(html):
                around = PageContext(result.client, brand=_brand(folder, standard))
                page = render_calibration(shared or result, context=around)
                html.write_text(page, encoding="utf-8")
        if as_json:
            print_json(shareable_to_dict(shared) if shared else calibration_to_dict(result))
        elif html is not None:
            print(f"Wrote {html}.")
        else:
            print(calibration_text(shared or result))


@app.command()
def report(
    folder: Folder,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The HTML file to write; with --pack, a folder."),
    ] = None,
    as_of: AsOf = None,
    standard: StandardFile = None,
    baseline: Baseline = None,
    plan: Annotated[
        Path | None,
        typer.Option(help="Also write the plan as XLSX; what is filled in there is kept."),
    ] = None,
    pack: Annotated[
        str | None, typer.Option("--pack", metavar="NAME", help="Write every form of: audit.")
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option("--formats", metavar="LIST", help=f"Of the pack: {','.join(FORMATS)}."),
    ] = None,
    verify: Annotated[
        Path | None,
        typer.Option("--verify", metavar="FILE", help="Say whether FILE is what FOLDER gives."),
    ] = None,
    workbook: Workbook = None,
    keep: Keep = False,
) -> None:
    """Write the audit of FOLDER as one HTML file or a pack of files, and the plan as a workbook.

    Where grades allow it, the comparison of managers stands in the files without names.
    """
    from okrkit.show.workbook import read_plan

    with refusals():
        for path in (output, plan):
            _outside(path, folder)
        if [output, verify, workbook].count(None) != 2:
            raise UsageError("Say where to write with -o, or which file to --verify or --import.")
        if plan is not None and plan.suffix.lower() != ".xlsx":
            raise UsageError(f"{plan}: the plan is a workbook. Give it a name that ends in .xlsx.")
        asked = (as_of, standard, baseline)
        if workbook is not None:
            import_filled(workbook, folder, _given(folder, asked), keep=keep)
            return
        many = formats_of(pack, formats) if pack or formats else ()
        filled = read_plan(plan) if plan is not None and plan.exists() else ()
        whole, judged = _pack(folder, asked, filled)
        if verify is not None:
            print(verified(verify, folder, whole, judged))
        elif output is not None and many:
            for path in write_pack(whole, judged, output, many):
                print(f"Wrote {path}.")
        elif output is not None:
            with writing(output):
                output.write_bytes(pack_bytes(whole, judged, "html"))
            print(f"Wrote {output}.")
        if plan is not None:
            _write_plan(folder, judged.audit, plan, filled)


@app.command("standard")
def show_standard(
    folder: Annotated[Path | None, typer.Argument(help="A client's folder.")] = None,
    new_file: Annotated[
        Path | None, typer.Option("--new", metavar="FILE", help="Write the standard to edit.")
    ] = None,
) -> None:
    """Print every threshold with its reason; with --new write them as a TOML file to edit."""
    from okrkit.show.text import standard_text
    from okrkit.standard import DEFAULT_STANDARD
    from okrkit.standard_file import read_standard, write_standard

    with refusals():
        if new_file is not None:
            if new_file.exists():
                raise UsageError(f"{new_file} exists. Choose another name, or move it away.")
            with writing(new_file):
                write_standard(new_file)
            print(f"Wrote {new_file}. Put it into the client's folder as standard.toml.")
            return
        own = folder / "standard.toml" if folder is not None else None
        if own is not None and not own.is_file():
            print(f"{folder} has no standard.toml; okrkit's own standard applies.\n")
            own = None
        print(standard_text(DEFAULT_STANDARD if own is None else read_standard(own)))


def main() -> None:
    """Run the command line; what it prints is UTF-8 wherever it goes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


def _tables(folder: Path, standard: Path | None) -> Tables:
    from okrkit.read import read_folder

    return read_folder(folder, standard=_standard(standard))


def _joined(folder: Path, tables: Tables) -> Tables:
    from okrkit.keep.join import with_stored_answers

    return with_stored_answers(tables, folder, now=lambda: datetime.now().astimezone())


def _audit(folder: Path, tables: Tables, day: date | None) -> Audit:
    return _judged(folder, _joined(folder, tables), day)


def _judged(folder: Path, joined: Tables, day: date | None, filled: tuple[Any, ...] = ()) -> Audit:
    from okrkit.judge.audit import run_audit
    from okrkit.keep.plan_file import load_plan, merge_plans

    return run_audit(joined, as_of=day, plan=merge_plans(load_plan(folder), filled))


def _pack(folder: Path, asked: Asked, filled: tuple[Any, ...]) -> tuple[Pack, Judged]:
    """The audit pack of a folder, for a day, a standard and a baseline, if these are given."""
    from okrkit.judge.calibration.run import run_calibration
    from okrkit.show.pack.audit_pack import Judged, audit_pack

    tables, result, inputs = _given(folder, asked, filled)
    compared = run_calibration(tables, as_of=_day(asked[0]), progress=_progress())
    judged = Judged(result, compared, _comparison(asked[2], result))
    return audit_pack(judged, inputs=inputs, brand=_brand(folder, asked[1])), judged


def _given(folder: Path, asked: Asked, filled: tuple[Any, ...] = ()) -> tuple[Tables, Audit, str]:
    """What a folder gives, and the name of its input."""
    from okrkit.keep.agreed_file import load_agreed, standing
    from okrkit.show.pack.inputs import inputs_digest

    as_of, standard, baseline = asked
    tables = _joined(folder, _tables(folder, standard))
    result = _judged(folder, tables, _day(as_of), filled)
    brand, earlier = _brand(folder, standard), _comparison(baseline, result)
    agreed = standing(load_agreed(folder)).values()
    names = inputs_digest(tables, result, brand=brand, comparison=earlier, agreed=agreed)
    return tables, result, names


def _write_plan(folder: Path, result: Audit, plan: Path, filled: tuple[Any, ...]) -> None:
    """Keep what was filled in and write the plan anew."""
    from okrkit.keep.plan_file import load_plan, merge_plans, save_plan
    from okrkit.show.workbook import write_plan

    if filled:
        save_plan(folder, merge_plans(load_plan(folder), filled))
    with writing(plan):
        whole = plan.with_name(f".{plan.name}.new.xlsx")
        write_plan(result, whole)
        whole.replace(plan)
    print(f"Wrote {plan}.")


def _progress() -> Callable[[str, float], None] | None:
    """Tell on a terminal how far work of over two seconds is; files and pipes get nothing."""
    if not sys.stderr.isatty():
        return None
    began = time.monotonic()

    def tell(words: str, share: float) -> None:
        if time.monotonic() - began > PATIENCE_SECONDS:
            line = f"{words} … {share:.0%}" if share < 1 else ""
            typer.echo(f"\r{line:<60}" + ("" if line else "\r"), err=True, nl=False)

    return tell


def _day(as_of: str | None) -> date | None:
    if as_of is None:
        return None
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise UsageError(f"--as-of {as_of}: expected a day such as 2026-09-30.") from None


def _standard(path: Path | None) -> Standard | None:
    from okrkit.standard_file import read_standard

    return None if path is None else read_standard(path)


def _brand(folder: Path, standard: Path | None) -> Brand:
    from okrkit.standard_file import client_brand, read_brand

    return client_brand(folder) if standard is None else read_brand(standard)


def _comparison(baseline: Path | None, result: Audit) -> Any:  # noqa: ANN401
    from okrkit.judge.compare import compare

    if baseline is None:
        return None
    try:
        earlier = json.loads(baseline.read_bytes())
    except (OSError, ValueError):
        remedy = "Write one with okrkit audit FOLDER --json > baseline.json."
        found = "no JSON that can be read"
        raise InputError([Problem(str(baseline), found, "an earlier audit", remedy)]) from None
    return compare(earlier, result, file=baseline.name)


def _outside(path: Path | None, folder: Path) -> None:
    """Refuse to write into the client's folder, which is only read."""
    if path is not None and path.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            f"{path} lies in the client's folder, which is only read. Write elsewhere."
        )


def _shell(path: Path) -> str:
    text = str(path)
    return f'"{text}"' if " " in text else text
