"""The audit page: every half, every verdict, every row, and nothing a client wrote as markup."""

import re

import pandas as pd
import pytest

from okrkit.errors import Problem
from okrkit.judge.audit import run_audit
from okrkit.show.audit_page import (
    PageContext,
    audit_page,
    limit_words,
    problems_markup,
    value_words,
)
from okrkit.show.report import render_report
from okrkit.standard_file import standard_from
from okrkit.tables import Tables, empty_tables

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'
WEEKS = pd.date_range("2026-01-05", periods=12, freq="7D").strftime("%Y-%m-%d")


def company(text="Raise renewals from 82 % to 90 %", team="Sales", answers=6):
    return Tables.from_frames(
        standard=standard_from({"client": text}),
        teams=pd.DataFrame({"team": ["T1"], "name": [team], "level": ["team"]}),
        cycles=pd.DataFrame({"cycle": ["Q1"], "start": ["2026-01-01"], "end": ["2026-03-31"], "length": ["quarter"]}),
        objectives=pd.DataFrame({"objective": ["O1"], "title": [text], "team": "T1", "cycle": "Q1", "scale": "0-1"}),
        key_results=pd.DataFrame({"key_result": ["K1", "K2"], "objective": "O1", "text": [text, "Launch the portal"], "driver": ["P1", None]}),
        check_ins=pd.DataFrame({"key_result": "K1", "date": WEEKS, "status": "red", "meeting": text, "next_step": None, "has_plan": "no"}),
        answers=pd.DataFrame({"respondent": [f"R{n}" for n in range(answers)] * 5,
                              "statement": [str(s) for s in range(1, 6) for _ in range(answers)], "answer": "yes", "team": "T1"}),
    )  # fmt: skip


def page_of(tables):
    return str(audit_page(run_audit(tables), context=PageContext("Client")).whole())


def test_the_page_holds_the_verdict_the_five_statements_and_all_killers():
    audit = run_audit(company())
    page = page_of(company())
    assert audit.verdict in page
    for statement in audit.statements:
        assert statement.text in page
    for killer in audit.killers:
        assert killer.name in page


def test_what_a_client_wrote_is_shown_and_never_obeyed():
    page = render_report(
        run_audit(company(HOSTILE, team=HOSTILE)),
        context=PageContext(HOSTILE, found=(HOSTILE,), command=HOSTILE),
    )
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_every_finding_shows_number_limit_and_verdict_and_opens_its_rows():
    page = page_of(company())
    findings = [f for s in run_audit(company()).statements for f in s.findings]
    assert page.count("<details>") >= len(findings)
    for finding in findings:
        assert finding.label in page
        assert value_words(finding) in page
        assert limit_words(finding) in page


def test_a_finding_that_cannot_be_told_says_why():
    audit = run_audit(empty_tables())
    page = page_of(empty_tables())
    for finding in (f for s in audit.statements for f in s.findings):
        assert finding.why
        assert finding.why in page


def test_hidden_answers_say_so_and_show_no_number():
    page = page_of(company(answers=4))
    assert "Fewer than 5 answered" in page
    assert "4 yes" not in page


def test_no_style_attribute_and_no_script_so_that_a_strict_policy_holds():
    report = render_report(run_audit(company()))
    assert " style=" not in report
    assert "<script" not in report
    assert not re.search(r'(?:href|src)="(?!data:,|#)', report)
    assert "@import" not in report
    assert "url(" not in report


def test_the_same_audit_gives_the_same_bytes():
    assert render_report(run_audit(company())) == render_report(run_audit(company()))


def test_the_plan_is_a_part_of_its_own_that_a_form_can_stand_in_for():
    page = audit_page(run_audit(company()), context=PageContext("Client"))
    assert 'id="okr-plan"' in page.plan
    assert 'id="okr-plan"' not in page.front + page.back
    assert page.whole() == page.front + page.plan + page.back


def test_ids_on_the_page_are_unique_and_every_label_reference_exists():
    page = page_of(company())
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(ids)


def test_problems_are_listed_with_place_and_remedy():
    problem = Problem("grades.csv", "'70'", "0 to 1", "Write 70 %.", row=212, column="grade")
    page = str(problems_markup([problem, problem]))
    assert "grades.csv, row 212, column grade" in page
    assert "Write 70 %." in page
    assert "2 things to mend" in page


@pytest.mark.parametrize("tables", [empty_tables(), company(), company(answers=0)])
def test_nothing_reads_nan_or_none(tables):
    text = re.sub(r"<[^>]+>", " ", page_of(tables))
    assert not re.search(r"\b(nan|NaN|None(?! of)|NaT|<NA>)\b", text)
