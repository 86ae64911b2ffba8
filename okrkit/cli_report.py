"""`okrkit report`: the files of a pack, and whether a file is what a folder gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Protocol

import typer

from okrkit.cli_given import (
    AsOf,
    Baseline,
    Folder,
    StandardFile,
    brand_of,
    comparison_of,
    day_of,
    judged,
    outside,
    progress,
    read_tables,
    seldom_collected,
    with_answers,
    writing,
)
from okrkit.cli_import import Keep, Workbook, import_filled
from okrkit.errors import InputError, Problem, UsageError
from okrkit.publish.extras import require
from okrkit.refusals import refusals

if TYPE_CHECKING:
    from okrkit.brand import Brand
    from okrkit.judge.agreed import Agreed, Ids
    from okrkit.judge.audit import Audit
    from okrkit.judge.compare import Comparison
    from okrkit.show.pack.files import Paper
    from okrkit.tables import Tables


Asked = tuple[str | None, Path | None, Path | None]  # --as-of, --standard, --baseline


class Given(NamedTuple):
    """What a folder gives."""

    tables: Tables
    audit: Audit
    earlier: Comparison | None
    brand: Brand
    agreed: dict[Ids, Agreed]
    inputs: str


class Papers(Protocol):
    """The papers of a folder, by the name of the pack they are in."""

    def __call__(self, wanted: str, /, *, identified: bool) -> Iterator[Paper]:
        """The papers of the pack `wanted`."""


def report(
    folder: Folder,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The file to write; with --pack, a folder."),
    ] = None,
    as_of: AsOf = None,
    standard: StandardFile = None,
    baseline: Baseline = None,
    plan: Annotated[
        Path | None,
        typer.Option(help="Also write the plan as XLSX; what is filled in there is kept."),
    ] = None,
    pack: Annotated[
        str | None,
        typer.Option("--pack", metavar="NAME", help="Write: audit, calibration, letters, all."),
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option("--formats", metavar="LIST", help="Of: html,pdf,pptx,docx,xlsx,csv,json."),
    ] = None,
    identified: Annotated[
        bool,
        typer.Option("--identified/--shareable", help="With managers' names, confidential."),
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE", help="The client's .pptx the slides look like."),
    ] = None,
    verify: Annotated[
        Path | None,
        typer.Option("--verify", metavar="FILE", help="Say whether FILE is what FOLDER gives."),
    ] = None,
    workbook: Workbook = None,
    keep: Keep = False,
) -> None:
    """Write the audit of FOLDER as one file or a pack of files, and the plan as a workbook.

    -o audit.pdf writes one file; -o DIR --pack all writes the audit and the
    pre-read of a calibration in every format. Without --identified no file names
    a manager. Letters, one for each manager, need it; they are PDF unless
    --formats says otherwise.
    """
    with refusals(), seldom_collected():
        from okrkit.show.workbook import read_plan

        for path in (output, plan):
            outside(path, folder)
        if [output, verify, workbook].count(None) != 2:
            raise UsageError("Say where to write with -o, or which file to --verify or --import.")
        if keep and workbook is None:
            raise UsageError("--keep keeps what a workbook holds. Give --import FILE with it.")
        if plan is not None and plan.suffix.lower() != ".xlsx":
            raise UsageError(f"{plan}: the plan is a workbook. Give it a name that ends in .xlsx.")
        asked = (as_of, standard, baseline)
        if workbook is not None:
            given = _given(folder, asked)
            import_filled(workbook, folder, given, keep=keep)
            return
        wanted = pack_of(pack, identified=identified)
        forms = formats_of(formats)
        form = form_of(output) if output is not None and not (pack or forms) else None
        slides = template_of(template, (form,) if form else forms)
        filled = read_plan(plan) if plan is not None and plan.exists() else ()
        result, made = _judged(folder, asked, filled)
        if verify is not None:
            typer.echo(verified(verify, folder, made, slides))
        elif output is not None and form is not None:
            _write_one(next(made("audit", identified=False)), form, output, slides)
        elif output is not None:
            write_pack(made(wanted, identified=identified), output, forms, slides)
        if plan is not None:
            _write_plan(folder, result, plan, filled)


def pack_of(pack: str | None, *, identified: bool) -> str:
    """The pack asked for; the audit when none is named.

    Raises
    ------
    UsageError
        If there is no such pack, or it is with names what it is without, or the other way round.
    """
    from okrkit.show.pack.papers import PACKS

    if pack not in (None, *PACKS):
        raise UsageError(f"--pack {pack}: there is {', '.join(PACKS)}.")
    if pack == "letters" and not identified:
        raise UsageError("Each letter names its manager. Give --identified with --pack letters.")
    if pack in (None, "audit") and identified:
        raise UsageError(
            "The audit names no manager. Give --pack calibration, letters or all with --identified."
        )
    return pack or "audit"


def formats_of(formats: str | None) -> tuple[str, ...]:
    """The formats asked for, in our order; empty when none is named.

    Raises
    ------
    UsageError
        If there is no such format, or what writes it is not installed.

    Examples
    --------
    >>> formats_of("json, HTML")
    ('html', 'json')
    """
    from okrkit.show.pack.files import BROUGHT, FORMATS

    asked = [one.strip().lower() for one in (formats or "").split(",")] if formats else []
    unknown = [one for one in asked if one not in FORMATS]
    if unknown:
        raise UsageError(f"--formats {formats}: each is one of {', '.join(FORMATS)}.")
    require("reports", *(BROUGHT[one] for one in asked if one in BROUGHT))
    return tuple(one for one in FORMATS if one in asked)


def form_of(path: Path) -> str:
    """The format one file is written in, by its name.

    Raises
    ------
    UsageError
        If its name tells none, or what writes it is not installed.

    Examples
    --------
    >>> form_of(Path("Audit.HTML"))
    'html'
    """
    from okrkit.show.pack.files import FORMATS

    form = path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise UsageError(
            f"{path}: the name of one file ends in .{', .'.join(FORMATS)}. "
            "For a folder of files, add --pack audit."
        )
    return formats_of(form)[0]


def template_of(path: Path | None, forms: tuple[str, ...] = ()) -> bytes | None:
    """The client's presentation, if one is given.

    Raises
    ------
    UsageError
        If it cannot be read, or no slides are among the `forms` asked for.
    """
    if path is not None and forms and "pptx" not in forms:
        raise UsageError("--template is what slides look like. Write them: --formats pptx.")
    try:
        return None if path is None else path.read_bytes()
    except OSError as error:
        raise UsageError(f"--template {path} cannot be read ({error.strerror}).") from None


def write_pack(
    papers: Iterable[Paper], place: Path, formats: tuple[str, ...], template: bytes | None = None
) -> None:
    """Write each paper into the folder `place`, made if need be: `audit.html`, `audit.xlsx`, ….

    Without `formats` each paper comes in its usual ones. Nothing of a paper is written before
    every form of it is whole.

    Raises
    ------
    UsageError
        If a file cannot be written.
    """
    from okrkit.show.pack.files import FORMATS, file_of, usual
    from okrkit.show.pack.papers import LETTERS

    if place.suffix[1:].lower() in FORMATS or (place.exists() and not place.is_dir()):
        raise UsageError(
            f"{place} is a file's name; --pack and --formats write into a folder. Name one, "
            "or leave them out for the audit as one file."
        )
    letters, paper = 0, None
    for paper in papers:
        made = {
            f"{paper.name}.{one}": file_of(paper, one, template=template)
            for one in formats or usual(paper)
        }
        for name, whole in made.items():
            path = place / name
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(whole)
            except OSError as error:
                raise UsageError(
                    f"{path} cannot be written ({error.strerror}). Choose another place."
                ) from None
            if not name.startswith(LETTERS):
                typer.echo(f"Wrote {path}.")
        letters += paper.name.startswith(LETTERS)
    if paper is None:
        raise UsageError("Nothing to write: no grades name a manager, so there are no letters.")
    if letters:
        typer.echo(f"Wrote {letters} letters into {place / LETTERS}.")
    if not formats:
        _say_missing()


def _say_missing() -> None:
    """Say which formats were not written because what writes them is not installed."""
    from okrkit.show.pack.files import FORMATS, installed

    missing = [one for one in FORMATS if one not in installed()]
    if missing:
        told = f"Not written: {', '.join(missing)}. What writes them is not installed; "
        typer.echo(f'{told}pip install ".[reports]" brings it.', err=True)


def _write_one(paper: Paper, form: str, path: Path, template: bytes | None) -> None:
    from okrkit.show.pack.files import file_of

    with writing(path):
        path.write_bytes(file_of(paper, form, template=template))
    typer.echo(f"Wrote {path}.")


def verified(path: Path, folder: Path, made: Papers, template: bytes | None = None) -> str:
    """Say that the file at `path` is byte for byte what `folder` gives.

    Raises
    ------
    InputError
        If it is not.
    UsageError
        If it is no form of a pack, or cannot be read.
    """
    from okrkit.show.pack.files import BROUGHT, FORMATS, file_of

    wanted = path.suffix.lower().removeprefix(".")
    if wanted not in FORMATS:
        raise UsageError(f"{path}: a pack's file ends in {', '.join(FORMATS)}.")
    require("reports", *(BROUGHT[one] for one in BROUGHT if one == wanted))
    try:
        found = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from None
    paper = _paper_of(path, made)
    what = f"inputs {paper.pack.inputs}, okrkit {paper.pack.version}"
    if found == file_of(paper, wanted, template=template):
        return f"{path} is what {folder} gives ({what})."
    raise InputError(
        [
            Problem(
                path.name,
                "another file",
                f"byte for byte what {folder} gives ({what})",
                "The file was changed, or written from other records, on another day or by another "
                "version. Give the same --as-of, --standard, --baseline and --template as when it "
                "was written.",
            )
        ]
    )


def _paper_of(path: Path, made: Papers) -> Paper:
    """The paper a file is by its name; the audit when it was given another."""
    from okrkit.show.pack.papers import LETTERS

    whole = (*made("calibration", identified=False), *made("all", identified=True))
    named = {paper.name: paper for paper in whole}
    for name in (f"{path.parent.name}/{path.stem}", path.stem, f"{LETTERS}{path.stem}"):
        if name in named:
            return named[name]
    return named["audit"]


def _judged(folder: Path, asked: Asked, filled: tuple[Any, ...]) -> tuple[Audit, Papers]:
    """The audit of a folder, for a day, a standard and a baseline, if given, and its papers."""
    from okrkit.judge.calibration.run import run_calibration
    from okrkit.show.pack.audit_pack import Judged
    from okrkit.show.pack.grade_sheet import grade_section, grades_now
    from okrkit.show.pack.papers import papers

    given = _given(folder, asked, filled)
    tables, audit = given.tables, given.audit
    compared = run_calibration(tables, as_of=day_of(asked[0]), progress=progress())
    grades = grade_section(tables, grades_now(tables, audit.cycles), given.agreed)
    whole = Judged(audit, compared, given.earlier, grades)
    return audit, partial(papers, whole, inputs=given.inputs, brand=given.brand)


def _given(folder: Path, asked: Asked, filled: tuple[Any, ...] = ()) -> Given:
    from okrkit.keep.agreed_file import load_agreed, standing
    from okrkit.show.pack.inputs import inputs_digest

    as_of, standard, baseline = asked
    tables = with_answers(folder, read_tables(folder, standard))
    audit = judged(folder, tables, day_of(as_of), filled)
    earlier, brand = comparison_of(baseline, audit), brand_of(folder, standard)
    agreed = standing(load_agreed(folder))
    inputs = inputs_digest(tables, audit, brand=brand, comparison=earlier, agreed=agreed.values())
    return Given(tables, audit, earlier, brand, agreed, inputs)


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
    typer.echo(f"Wrote {plan}.")
