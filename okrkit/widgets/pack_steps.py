"""A pack written step by step into one zip file, so that it can be watched and stopped."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from okrkit.judge.audit import run_audit
from okrkit.judge.calibration.run import run_calibration
from okrkit.keep.agreed_file import load_agreed, standing
from okrkit.keep.join import with_stored_answers
from okrkit.keep.plan_file import load_plan
from okrkit.read import read_folder
from okrkit.show.pack.archive import STAMP
from okrkit.show.pack.audit_pack import Judged
from okrkit.show.pack.files import file_of, usual
from okrkit.show.pack.grade_sheet import grade_section, grades_now
from okrkit.show.pack.inputs import inputs_digest
from okrkit.show.pack.papers import LETTERS, papers
from okrkit.standard_file import client_brand

from .project import local_now

CHOICES = {  # what can be asked for: the pack it is in, and whether that names managers
    "audit": ("audit", False),
    "calibration": ("calibration", False),
    "calibration-confidential": ("calibration", True),
    "letters": ("letters", True),
}
Steps = Generator[tuple[str, float], None, bytes]


@dataclass(frozen=True)
class Wish:
    """What is to be written: some of `CHOICES`, and in which forms. Letters come in their own."""

    papers: tuple[str, ...]
    formats: tuple[str, ...]


def pack_steps(folder: Path, wish: Wish, *, as_of: date | None, compared: bool) -> Steps:
    """Yield what is done next and how far the whole is; return the zip file.

    Without `compared` the audit is written without the comparison of managers. The files in it are
    those of `okrkit report`.

    Raises
    ------
    InputError
        If the client's files or the plan cannot be read.
    """
    yield "Reading the records", 0.0
    tables = with_stored_answers(read_folder(folder), folder, now=local_now)
    yield "Judging the audit", 0.1
    audit = run_audit(tables, as_of=as_of, plan=load_plan(folder))
    if compared:
        yield "Comparing managers", 0.2
    calibration = run_calibration(tables, as_of=as_of) if compared else None
    brand = client_brand(folder)
    agreed = standing(load_agreed(folder))
    inputs = inputs_digest(tables, audit, brand=brand, agreed=agreed.values())
    grades = grade_section(tables, grades_now(tables, audit.cycles), agreed)
    judged = Judged(audit, calibration, grades=grades)
    files = [
        (paper, form)
        for pack, identified in map(CHOICES.__getitem__, wish.papers)
        for paper in papers(judged, pack, identified=identified, inputs=inputs, brand=brand)
        for form in (usual(paper) if paper.name.startswith(LETTERS) else wish.formats)
    ]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as zipped:
        for at, (paper, form) in enumerate(files):
            name = f"{paper.name}.{form}"
            yield f"Writing {name}", 0.4 + 0.6 * at / len(files)
            zipped.writestr(
                zipfile.ZipInfo(name, STAMP), file_of(paper, form), zipfile.ZIP_DEFLATED
            )
    return whole.getvalue()
