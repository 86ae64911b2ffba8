"""The pictures of a pack: the audit's own numbers, in words for those who cannot see them."""

from __future__ import annotations

import json

import pytest

from okrkit import run_audit
from okrkit.judge.calibration.run import run_calibration
from okrkit.show.pack.as_json import json_bytes
from okrkit.show.pack.audit_pack import Judged, audit_pack
from okrkit.show.pack.charts import distribution_chart, intervals_chart
from okrkit.show.pack.content import Kind, Number
from okrkit.show.pack.managers import managers_section
from okrkit.show.shareable import shareable
from okrkit.tables import empty_tables

from ..invented_calibration import CANNOT, SEVERE, calibration, manager  # noqa: TID252


@pytest.fixture(scope="module")
def pack(tables):
    return audit_pack(Judged(run_audit(tables), run_calibration(empty_tables())), inputs="0" * 16)


def charts_of(pack):
    return {chart.key: chart for section in pack.sections for chart in section.charts}


def test_each_number_of_a_picture_stands_in_a_table_and_in_its_words(pack):
    held = {
        cell
        for section in pack.sections
        for table in section.tables
        for row in table.rows
        for cell in row
    }
    charts = charts_of(pack)
    assert set(charts) == {"say_and_do", "answers"} | {
        f"statement_{n}_answered" for n in range(1, 6)
    }
    for chart in charts.values():
        for one in chart.series:
            assert len(one.values) == len(chart.names) == len(chart.told)
            assert {cell for cell in one.values if cell} <= held
            for name, told, cell in zip(chart.names, chart.told, one.values, strict=True):
                assert name in chart.alt
                assert told in chart.alt
                assert cell is None or cell.value == 0 or cell.words in told


def test_say_and_do_of_the_sample_is_what_its_page_shows(pack):
    chart = charts_of(pack)["say_and_do"]
    assert chart.kind is Kind.DUMBBELL
    assert chart.alt.replace("\u00a0", " ").startswith(
        "What people say beside what the records show. 1 One template, scale and cycle: "
        "76 % say yes; 95 % of teams on one scale, cycle length and template; 2 "
    )


def test_a_company_without_records_has_no_picture():
    nothing = empty_tables()
    pack = audit_pack(Judged(run_audit(nothing), run_calibration(nothing)), inputs="0" * 16)
    assert charts_of(pack) == {}


def test_verdicts_are_drawn_as_they_are_counted_and_none_when_hidden():
    section = managers_section(shareable(calibration()))
    chart = section.charts[0]
    # Of 40: 29 alike, 11 others (test_managers_section.py).
    assert [cell.value for cell in chart.series[0].values] == [29, 11]
    assert chart.told == ("29 managers", "11 managers")
    few = managers_section(shareable(calibration(managers=[manager(1, SEVERE, -0.2)])))
    assert few.charts == ()


def test_a_manager_nobody_can_tell_of_has_an_interval_and_no_point():
    two = [
        manager(1, SEVERE, -0.12, 0.04),
        manager(2, CANNOT, 0.03, 0.09),
        manager(3, CANNOT, half=None),
    ]
    (chart,) = intervals_chart(calibration(managers=two))
    assert chart.names == ("Canary Ossa1 (K001)", "Canary Ossa2 (K002)")
    assert [cell and cell.words for cell in chart.series[2].values] == ["−0.12", None]
    assert chart.tones == ("severe", "cannot")
    assert chart.told == (
        "−0.12, clearly more severe, −0.16 to −0.08",
        "cannot tell, −0.06 to +0.12",
    )
    assert chart.axis == (-0.2, 0.2)
    assert chart.band == (-0.05, 0.05)


def test_a_distribution_without_an_expectation_is_drawn_without_lines():
    (chart,) = distribution_chart("d", "Grades", manager(1, SEVERE, -0.1, expected=()))
    assert [cell.value for cell in chart.series[0].values] == [0, 1, 2, 5, 9, 14, 12, 10, 4, 2, 1]
    assert set(chart.series[1].values) == {None}
    assert chart.axis == (0.0, 14)


def test_a_picture_in_parts_has_all_names_once_and_its_words_with_them():
    many = [manager(n, SEVERE, -0.12, 0.04) for n in range(1, 38)]
    (chart,) = intervals_chart(calibration(managers=many))
    parts = chart.pages(15)
    assert [len(part.names) for part in parts] == [13, 13, 11]
    assert sum((part.names for part in parts), ()) == chart.names
    assert "Canary Ossa14" in parts[1].alt
    assert "Canary Ossa13" not in parts[1].alt


def test_the_json_file_holds_every_picture(pack):
    sections = json.loads(json_bytes(pack))["sections"]
    told = {chart["key"]: chart for section in sections for chart in section["charts"]}
    for key, chart in charts_of(pack).items():
        assert told[key]["alt"] == chart.alt
        values = [
            [cell and Number(**cell) for cell in one["values"]] for one in told[key]["series"]
        ]
        assert values == [list(one.values) for one in chart.series]
