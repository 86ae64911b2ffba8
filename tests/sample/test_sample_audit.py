"""okrkit says of the sample company what was planted, and nothing else."""

from __future__ import annotations

import pytest

import okrkit
from okrkit.standard_file import read_standard


@pytest.fixture(scope="module")
def audit(tables, sample_folder) -> okrkit.Audit:
    return okrkit.run_audit(tables, standard=read_standard(sample_folder / "standard.toml"))


def test_the_audit_gives_every_rule_the_planted_verdict(planted, audit) -> None:
    found = {
        finding.rule: str(finding.verdict) for one in audit.statements for finding in one.findings
    }
    assert found == planted["audit"]


def test_the_audit_looks_at_the_planted_day_and_cycles(planted, audit) -> None:
    assert audit.client == "Quillmere Instruments"
    assert str(audit.as_of) == planted["as_of"]
    assert list(audit.cycles) == planted["cycles"]
    assert audit.respondents == planted["respondents"]


def test_the_answers_amount_to_four_yes_and_one_no(planted, audit) -> None:
    assert {str(one.id): str(one.said.outcome) for one in audit.statements} == planted["outcomes"]
    for one in audit.statements:
        said = [one.said.yes, one.said.no, one.said.dont_know, one.said.not_applicable]
        assert said == planted["answers"][str(one.id)]
    assert audit.active_killer is False
    assert [killer.statement for killer in audit.killers if killer.status == "active"] == [3]


def test_the_audit_counts_what_was_planted(planted, audit) -> None:
    found = {finding.rule: finding for one in audit.statements for finding in one.findings}

    def counted(rule: str) -> tuple[int | None, int | None]:
        return found[rule].count, found[rule].n

    alike = planted["teams"] - 1
    assert counted("one_scale") == (alike, planted["teams"])
    assert counted("one_cycle_length") == (
        alike - 1,
        planted["teams"] - 1,
    )  # the company is on a year
    assert counted("counts_per_level") == (38, 40)
    assert counted("regular_meetings")[0] == planted["integration"]["regular_check_ins"]
    assert counted("co_owners") == (
        len(planted["alignment"]["co_owned"]),
        len(set(planted["alignment"]["shared"]) - set(planted["alignment"]["only_needed"])),
    )
    assert found["same_objective"].value == 4
    assert counted("dependencies_agreed") == (7, 11)
    assert counted("one_driver") == (338, planted["key_results"])
    assert counted("red_with_plan") == (8, 27)
    assert counted("from_to") == (planted["wording"]["from_to"], planted["key_results"])
    assert found["work_linked"].value == pytest.approx(0.088, abs=0.001)
    assert found["weekly_status"].value == pytest.approx(0.41, abs=0.01)
    assert found["has_measure"].value == pytest.approx(0.45, abs=0.03)
    assert found["frozen_green"].count == len(planted["accountability"]["frozen_green"])


def test_the_audit_points_to_the_planted_rows(planted, audit) -> None:
    where = {
        finding.rule: set(finding.where.ids) for one in audit.statements for finding in one.findings
    }
    rows = planted["accountability"]
    assert where["frozen_green"] >= set(rows["frozen_green"])
    assert where["red_with_plan"] >= set(rows["red_without_plan"])
    assert where["one_driver"] >= {*rows["no_driver"], *rows["two_drivers"]}
    assert where["same_objective"] >= {id_ for pair in planted["alignment"]["same"] for id_ in pair}


def test_a_reading_of_the_words_comes_near_the_planted_kinds(tables, meant) -> None:
    read = okrkit.measure_wording(tables.key_results).table.set_index("key_result").kind
    current = [name for name in meant.index if name.startswith(("KR-0", "KR-3"))]
    assert (read[current] == "output").mean() == pytest.approx(0.63, abs=0.1)
    assert (read == meant.reindex(read.index)).mean() > 0.85


def test_the_reader_notes_only_what_was_planted(planted, tables) -> None:
    counts = {
        (note.kind, note.table, note.column): note.count for note in tables.notes if note.table
    }
    left_out = planted["left_out"]
    assert counts["left_out", "check_ins", "status"] == left_out["without_status"]
    assert counts["left_out", "grades", "grade"] == left_out["without_grade"]
    assert len(tables.notes) <= 10
