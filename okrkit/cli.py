"""The `okrkit` command: every analysis from the shell, with `--json` for machines.

Exit codes: 0 done, 1 input refused (the problems on stderr, with `--json` also on stdout),
2 wrong use. The input folder is never written to.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from okrkit.cli_given import (
    AsOf,
    Baseline,
    Folder,
    Json,
    StandardFile,
    brand_of,
    comparison_of,
    day_of,
    judged,
    outside,
    progress,
    read_tables,
    standard_of,
    with_answers,
    writing,
)
from okrkit.cli_invite import app as invite_app
from okrkit.cli_project import app as project_app
from okrkit.cli_report import report
from okrkit.cli_serve import lab, serve
from okrkit.cli_store import app as store_app
from okrkit.cli_wave import app as wave_app
from okrkit.cli_wording import wording
from okrkit.errors import UsageError
from okrkit.refusals import print_json, refusals
from okrkit.threads import ONE_THREAD

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
app.command()(report)


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
        tables = read_folder(folder, standard=standard_of(standard))
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
        day = day_of(as_of)
        result = judged(folder, with_answers(folder, read_tables(folder, standard)), day)
        comparison = comparison_of(baseline, result)
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
        outside(html, folder)
        day = day_of(as_of)
        result = run_calibration(read_tables(folder, standard), as_of=day, progress=progress())
        shared = without_names(result) if shareable else None
        if html is not None:
            with writing(html):
                around = PageContext(result.client, brand=brand_of(folder, standard))
                page = render_calibration(shared or result, context=around)
                html.write_text(page, encoding="utf-8")
        if as_json:
            print_json(shareable_to_dict(shared) if shared else calibration_to_dict(result))
        elif html is not None:
            print(f"Wrote {html}.")
        else:
            print(calibration_text(shared or result))


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
    for name, threads in ONE_THREAD.items():  # before numpy is loaded
        os.environ.setdefault(name, threads)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


def _shell(path: Path) -> str:
    text = str(path)
    return f'"{text}"' if " " in text else text
