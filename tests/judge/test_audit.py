"""The audit as a whole: what holds for any records."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.judge.as_json import audit_to_dict
from okrkit.judge.audit import run_audit
from okrkit.judge.finding import Verdict
from okrkit.schemas import SCHEMAS
from okrkit.standard import DEFAULT_STANDARD
from okrkit.tables import Tables


def told(tables: Tables, **more) -> str:
    return json.dumps(audit_to_dict(run_audit(tables, **more)), allow_nan=False)


def examples(name: str) -> pd.DataFrame:
    """The two example rows of a table's schema."""
    schema = SCHEMAS[name]
    return pd.DataFrame(schema.examples, columns=[column.name for column in schema.columns])


@given(
    names=st.sets(st.sampled_from(sorted(SCHEMAS))),
    blank=st.sets(st.sampled_from(sorted({c.name for s in SCHEMAS.values() for c in s.columns}))),
    as_of=st.none() | st.dates(date(2025, 6, 1), date(2027, 1, 1)),
)
def test_any_subset_of_tables_and_columns_gives_an_audit_without_nan(names, blank, as_of):
    frames = {
        name: examples(name).drop(
            columns=sorted(blank - set(SCHEMAS[name].required)), errors="ignore"
        )
        for name in names
    }
    audit = run_audit(Tables.from_frames(**frames), as_of=as_of)
    text = json.dumps(audit_to_dict(audit), allow_nan=False)
    for word in ("nan", "NaN", "NaT", "<NA>"):
        assert word not in text
    for statement in audit.statements:
        for finding in statement.findings:
            assert finding.claim.endswith(".")
            assert (finding.verdict is Verdict.NOT_ENOUGH_DATA) == bool(finding.why)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_does_not_matter(company, answered, table, seed):
    more = {
        "answers": answered({1: (6, 2), 3: (2, 5)}, team="T3"),
        "dependencies": table("objective | depends_on | agreed", "O1 | O3 | no", "O2 | O3 | yes"),
        "work": table("item | team | week | hours | key_result", "W1 | T1 | 2026-W03 | 8 | K1",
                      "W2 | T1 | 2026-W03 | 9 |"),
    }  # fmt: skip
    frames = {**company, **more}
    shuffled = {name: one.sample(frac=1, random_state=seed) for name, one in frames.items()}
    assert told(Tables.from_frames(**shuffled)) == told(Tables.from_frames(**frames))


def test_the_tables_are_left_as_they_were(company):
    tables = Tables.from_frames(**company)
    before = {name: frame.copy() for name, frame in tables}
    run_audit(tables)
    for name, frame in tables:
        pd.testing.assert_frame_equal(frame, before[name])


def test_the_day_decides_what_is_known(company):
    tables = Tables.from_frames(**company)
    early = Tables.from_frames(**{**company, "check_ins": company["check_ins"][:2]})
    day = date(2026, 1, 12)
    known = company["check_ins"]["date"].le("2026-01-12")
    same = Tables.from_frames(**{**company, "check_ins": company["check_ins"][known]})
    late, cut = (json.loads(told(one, as_of=day)) for one in (tables, same))
    assert late["statements"] == cut["statements"]
    assert told(early, as_of=day) != told(same, as_of=day)
    assert run_audit(tables).as_of == date(2026, 1, 26)


def test_the_standard_the_tables_were_read_with_is_used(company):
    page = replace(DEFAULT_STANDARD, version="Small 1", weekly_status_min=0.4)
    audit = run_audit(Tables.from_frames(standard=page, **company), as_of=date(2026, 2, 1))
    assert audit.standard.version == "Small 1"
    assert audit.statements[3].findings[1].verdict is Verdict.MET


@pytest.mark.parametrize(
    ("changes", "records"),
    [
        ({}, ["not_met", "met", "met", "not_met", "not_met"]),
        ({"check_ins": None}, ["not_met", "not_enough_data", "met", "not_met", "not_met"]),
    ],
)
def test_the_records_of_a_statement_follow_its_headline_findings(audited, changes, records):
    assert [statement.records.value for statement in audited(changes).statements] == records


def test_everything_about_people_and_teams_has_an_innocent_reading(audited):
    for statement in audited().statements:
        for finding in statement.findings:
            assert finding.innocent.endswith(".")
            assert finding.setting in {name for name, *_ in DEFAULT_STANDARD.settings()}


def test_four_times_the_records_take_at_most_eight_times_as_long():
    spent = []
    for size in (400, 1600):
        tables = large(size)
        begun = time.process_time()
        audit = run_audit(tables)
        spent.append(time.process_time() - begun)
        assert audit.statements[3].findings[1].n == 13 * size
    assert spent[1] < 8 * spent[0]


def large(size: int) -> Tables:
    """So many key results of 40 teams with a green check-in in each of 13 weeks."""
    keys = range(size)
    mondays = pd.date_range("2026-01-05", periods=13, freq="7D").strftime("%Y-%m-%d")
    return Tables.from_frames(
        cycles=pd.DataFrame(
            [("Q1", "2026-01-05", "2026-04-05", "quarter")],
            columns=["cycle", "start", "end", "length"],
        ),
        changes=pd.DataFrame(
            [("K0", "2026-04-05", "target")], columns=["key_result", "date", "field"]
        ),
        objectives=pd.DataFrame(
            [(f"O{n}", f"Aim {n}", f"T{n % 40}", "Q1") for n in range(400)],
            columns=["objective", "title", "team", "cycle"],
        ),
        key_results=pd.DataFrame(
            [
                (f"K{n}", f"O{n % 400}", f"Raise the score from {n} to {n + 5}", f"P{n}")
                for n in keys
            ],
            columns=["key_result", "objective", "text", "driver"],
        ),
        check_ins=pd.DataFrame(
            [(f"K{n}", day, "green", n, "Planning") for n in keys for day in mondays],
            columns=["key_result", "date", "status", "value", "meeting"],
        ),
    )


def test_a_finding_beside_the_statement_asks_for_its_step_without_speaking_against_it(audited):
    # the meetings are regular; the hours worked are not linked often enough
    audit = audited()
    assert audit.statements[1].records is Verdict.MET
    against = [f for f in audit.statements[1].findings if f.verdict is Verdict.NOT_MET]
    assert against
    steps = [step for step in audit.plan if step.killer == 2]
    assert {step.because for step in steps} <= {finding.claim for finding in against}
    assert steps
