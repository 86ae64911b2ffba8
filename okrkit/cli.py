"""The `okrkit` command: every analysis from the shell, with `--json` for machines.

Exit codes: 0 done, 1 input refused (the problems on stderr, with `--json` also on stdout),
2 wrong use. The input folder is never written to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from okrkit.errors import InputError, OkrkitError, Problem, UsageError

if TYPE_CHECKING:
    from okrkit.judge.audit import Audit
    from okrkit.standard import Standard

app = typer.Typer(
    help="Is an organisation ready for OKRs? What people say beside what the records show.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

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
    from okrkit.read.template import write_template

    with refusals():
        path = folder / "okr-tables.xlsx"
        if path.exists():
            raise UsageError(f"{path} exists and may be filled in. Move it away first.")
        folder.mkdir(parents=True, exist_ok=True)
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
            _print_json(coverage_to_dict(tables, covered))
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
        result = _audit(folder, as_of, standard)
        comparison = _comparison(baseline, result)
        if as_json:
            compared = {} if comparison is None else {"comparison": asdict(comparison)}
            _print_json(audit_to_dict(result) | compared)
        else:
            print(audit_text(result, comparison=comparison))


@app.command()
def report(
    folder: Folder,
    output: Annotated[Path, typer.Option("-o", "--output", help="The HTML file to write.")],
    as_of: AsOf = None,
    standard: StandardFile = None,
    baseline: Baseline = None,
    plan: Annotated[
        Path | None,
        typer.Option(help="Also write the plan as XLSX; what is filled in there is kept."),
    ] = None,
) -> None:
    """Write the audit of FOLDER as one HTML file, and the plan as a workbook."""
    from okrkit.keep.plan_file import save_plan
    from okrkit.show.report import render_report
    from okrkit.show.workbook import read_plan, write_plan

    with refusals():
        for path in (output, plan):
            _outside(path, folder)
        filled = read_plan(plan) if plan is not None and plan.exists() else ()
        result = _audit(folder, as_of, standard, filled=filled)
        page = render_report(result, comparison=_comparison(baseline, result))
        _write(output, page)
        print(f"Wrote {output}.")
        if plan is not None:
            write_plan(result, plan)
            if filled:
                save_plan(folder, result.plan)
            print(f"Wrote {plan}.")


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
            write_standard(new_file)
            print(f"Wrote {new_file}. Put it into the client's folder as standard.toml.")
            return
        own = folder / "standard.toml" if folder is not None else None
        print(standard_text(read_standard(own) if own is not None else DEFAULT_STANDARD))


@app.command()
def serve(
    folder: Annotated[
        Path | None, typer.Argument(help="The client's folder; else the sample company.")
    ] = None,
    host: Annotated[
        str, typer.Option(help="Loopback only: 127.0.0.1, ::1 or localhost.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0 takes any free port.")] = 8866,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Show the audit of FOLDER as an app in the browser of this computer."""
    with refusals():
        from okrkit.publish.serve import serve as serve_folder

        serve_folder(folder, host=host, port=port, open_browser=browser)


@app.command()
def lab(
    folder: Annotated[
        Path | None, typer.Argument(help="The client's folder; else the sample company.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Open the notebooks in JupyterLab, reading FOLDER."""
    with refusals():
        from okrkit.publish.lab import lab as open_lab

        open_lab(folder, open_browser=browser)


@contextmanager
def refusals(*, as_json: bool = False) -> Iterator[None]:
    """Turn errors raised on purpose into messages and exit codes."""
    try:
        yield
    except InputError as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        if as_json:
            _print_json({"errors": [problem.to_dict() for problem in error.problems]})
        raise typer.Exit(1) from None
    except UsageError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except OkrkitError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def main() -> None:
    """Run the command line."""
    app()


def _audit(
    folder: Path, as_of: str | None, standard: Path | None, filled: tuple[Any, ...] = ()
) -> Audit:
    from okrkit.judge.audit import run_audit
    from okrkit.keep.plan_file import load_plan, merge_plans
    from okrkit.read import read_folder

    day = _day(as_of)
    tables = read_folder(folder, standard=_standard(standard))
    return run_audit(tables, as_of=day, plan=merge_plans(load_plan(folder), filled))


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


def _comparison(baseline: Path | None, result: Audit) -> Any:  # noqa: ANN401
    from okrkit.judge.compare import compare

    if baseline is None:
        return None
    try:
        earlier = json.loads(baseline.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        remedy = "Write one with okrkit audit FOLDER --json > baseline.json."
        found = "no JSON that can be read"
        raise InputError([Problem(str(baseline), found, "an earlier audit", remedy)]) from None
    return compare(earlier, result)


def _outside(path: Path | None, folder: Path) -> None:
    """Refuse to write into the client's folder, which is only read."""
    if path is not None and path.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            f"{path} lies in the client's folder, which is only read. Write elsewhere."
        )


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}).") from None


def _shell(path: Path) -> str:
    text = str(path)
    return f'"{text}"' if " " in text else text


def _print_json(value: object) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False))
