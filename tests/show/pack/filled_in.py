"""A small company's workbook to fill in: two steps of the plan, three grades on two scales."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import openpyxl
import pandas as pd

from okrkit import Tables, run_audit
from okrkit.judge.calibration.run import run_calibration
from okrkit.judge.plan import PlanStep
from okrkit.show.pack.as_xlsx import xlsx_bytes
from okrkit.show.pack.audit_pack import Judged, audit_pack, plan_table
from okrkit.show.pack.content import Section
from okrkit.show.pack.decided import decided
from okrkit.show.pack.filled import Now, read_filled
from okrkit.show.pack.grade_sheet import grade_section, grades_now
from okrkit.tables import empty_tables

INPUTS = "0123456789abcdef"
CLIENT = "Harbour & Sons"
STEPS = (
    PlanStep("4.driver", 4, "Name one driver.", "this week", "8 have none.", owner="Bo"),
    PlanStep("5.train", 5, "Train on own examples.", "one cycle", "63 % are outputs."),
)
NOTHING = run_audit(empty_tables())
PACK = audit_pack(
    Judged(replace(NOTHING, client=CLIENT), run_calibration(empty_tables())), inputs=INPUTS
)


@cache
def company(grade=0.6) -> Tables:
    """K1 and K2 are graded 0-1, K3 from 1 to 5."""
    return Tables.from_frames(
        people=pd.DataFrame({"person": ["M1", "P1"], "name": ["Mona Lund", "=Pia"]}),
        objectives=pd.DataFrame(
            {"objective": ["O1", "O2"], "title": ["A", "B"], "team": ["T1", "T1"],
             "cycle": ["Q1", "Q1"], "scale": ["0-1", "1-5"]}
        ),
        key_results=pd.DataFrame(
            {"key_result": ["K1", "K2", "K3"], "objective": ["O1", "O1", "O2"],
             "text": ["Raise renewals", "-1 on the list", "Cut defects"]}
        ),
        grades=pd.DataFrame(
            {"key_result": ["K1", "K2", "K3"], "manager": ["M1", "M1", "M2"],
             "person": ["P1", "P2", ""], "cycle": ["Q1"] * 3, "grade": [str(grade), "0.75", "4"]}
        ),
    )  # fmt: skip


def audit_of(steps=STEPS, client=CLIENT):
    return replace(NOTHING, plan=steps, client=client)


def written(path, steps=STEPS, tables=None, agreed=(), **changes):
    """Write the workbook and open it for a person to fill in."""
    tables = tables or company()
    plan = Section("plan", "Plan", (), (plan_table(audit_of(steps)),))
    grades = grade_section(tables, grades_now(tables, ["Q1"]), dict(agreed))
    path.write_bytes(
        xlsx_bytes(replace(PACK, sections=(PACK.sections[0], plan), forms=(grades,), **changes))
    )
    return openpyxl.load_workbook(path)


def come_back(path, steps=STEPS, tables=None, agreed=(), inputs=INPUTS, client=CLIENT):
    """What the file changes in a folder that gives these steps and grades, and what is wrong."""
    tables = tables or company()
    graded = grades_now(tables, ["Q1"])
    forms = (plan_table(audit_of(steps)), *grade_section(tables, graded, dict(agreed)).tables)
    filled = read_filled(path, Now(inputs, client, forms))
    return filled, decided(filled.rows, steps, graded, dict(agreed))


def cell(book, sheet, row, column):
    """A cell by its row below the header (the first is 1) and its column's name."""
    page = book[sheet]
    head = next(one for one in page.iter_rows() if "okrkit key" in [cell.value for cell in one])
    names = [one.value for one in head]
    return page.cell(head[0].row + row, names.index(column) + 1)
