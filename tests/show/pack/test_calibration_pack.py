"""The pre-read of a calibration: with names for HR and marked so, without for others."""

from __future__ import annotations

import html
import json
import re

import pytest

from okrkit import run_audit
from okrkit.brand import Brand
from okrkit.judge.calibration.agenda import manager_topics, room_topics
from okrkit.judge.calibration.result import ManagerVerdict
from okrkit.show.pack.audit_pack import Judged
from okrkit.show.pack.content import words_of
from okrkit.show.pack.files import FORMATS, file_of
from okrkit.show.pack.papers import papers
from okrkit.tables import empty_tables

from ..invented_calibration import calibration, manager, no_grades, nothing_separates  # noqa: TID252
from .reading import every_byte


def paper(result, *, identified):
    judged = Judged(run_audit(empty_tables()), result)
    (one,) = papers(
        judged, "calibration", identified=identified, inputs="0" * 16, brand=Brand("#1f4e79")
    )
    return one


def section(of, key):
    return next(one for one in of.pack.sections if one.key == key)


def test_the_parts_stand_in_the_order_in_which_a_room_needs_them():
    keys = [one.key for one in paper(calibration(), identified=True).pack.sections]
    assert keys[:7] == [
        "comparable", "evidence", "managers", "distributions", "sure", "agenda", "ground_rules",
    ]  # fmt: skip
    assert keys[7:9] == ["method", "limits"]


def test_with_names_each_manager_stands_once_under_the_verdict_with_the_numbers_as_judged():
    result = calibration()
    tables = section(paper(result, identified=True), "managers").tables
    shown = {row[0]: row[1:] for table in tables for row in table.rows}
    assert len(shown) == len(result.managers) == sum(len(table.rows) for table in tables)
    for one in result.managers:
        row = shown[f"{one.name} ({one.manager}), {one.team}"]
        if one.estimate is None:
            assert row == (one.why,)
        else:
            told = one.estimate
            assert [cell.value for cell in row] == [
                told.difference, told.low, told.high, told.probability_material,
            ]  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_with_names_every_form_says_it_is_confidential(form):
    one = paper(calibration(24), identified=True)
    assert one.name == "calibration-confidential"
    told = every_byte(file_of(one, form))
    assert b"Confidential: it names managers." in told
    assert b"Ossa1" in told


@pytest.mark.parametrize("form", FORMATS)
def test_without_names_no_byte_holds_a_manager_or_a_team_of_one(form):
    one = paper(calibration(24), identified=False)
    assert one.name == "calibration"
    told = every_byte(file_of(one, form))
    assert b"No material difference" in told
    assert b"Confidential" not in told
    assert re.findall(rb"Canary|Ossa|Harbour|K0\d\d", told) == []
    wide = told.replace(b"\0", b"")  # UTF-16, as some properties are kept
    assert re.findall(rb"Canary|Ossa|Harbour|K0\d\d", wide) == []


def test_the_surest_come_first_on_the_agenda_and_nobody_without_a_difference():
    topics = manager_topics(calibration())
    assert [one.about.split("(")[1][:4] for one in topics[:4]] == ["K001", "K002", "K003", "K004"]
    assert len(topics) == 4
    assert all(one.question.endswith("?") for one in topics)


def test_where_nobody_can_tell_the_agenda_asks_about_the_work_not_the_manager():
    topics = manager_topics(nothing_separates())
    assert len(topics) == 4  # two whose people's grades are lower, two higher
    assert all("grades of these people are" in one.why for one in topics)


def test_a_check_that_is_not_met_is_a_question_to_the_room():
    asked = [one.about for one in room_topics(calibration())]
    assert asked == ["Same scale", "Judged, not computed", "What cannot be told yet"]


def test_without_names_the_agenda_has_no_managers():
    tables = section(paper(calibration(), identified=False), "agenda").tables
    assert [table.key for table in tables] == ["agenda_room"]


def test_managers_of_the_same_name_are_told_apart():
    twins = tuple(
        manager(k, ManagerVerdict.NO_MATERIAL_DIFFERENCE, name="Ada", team="") for k in range(1, 9)
    )
    rows = section(paper(calibration(managers=twins), identified=True), "managers").tables[0].rows
    assert len({words_of(row[0]) for row in rows}) == 8


@pytest.mark.parametrize("identified", [True, False])
@pytest.mark.parametrize("form", FORMATS)
def test_what_cannot_be_judged_is_said_in_every_form(form, identified):
    one = paper(no_grades(), identified=identified)
    unknown = [part.key for part in one.pack.sections if part.unknown]
    assert set(unknown) >= {"comparable", "managers", "distributions", "sure"}
    whole = every_byte(file_of(one, form))
    told = html.unescape(whole.decode("utf-8", "replace"))
    assert ("There are no grades" if identified else "Fewer than 5 managers") in told


def test_in_tier_d_no_manager_is_judged_and_it_says_what_would_settle_it():
    part = section(paper(nothing_separates(), identified=True), "managers")
    assert part.tables == ()
    assert part.unknown.startswith("No manager is judged.")
    assert "What would settle it" in part.unknown


def test_the_files_say_the_same_agenda_as_the_page():
    one = paper(calibration(), identified=True)
    page = html.unescape(re.sub(r"<[^>]+>", " ", file_of(one, "html").decode()))
    told = json.loads(file_of(one, "json"))
    agenda = next(part for part in told["sections"] if part["key"] == "agenda")
    cells = [cell for table in agenda["tables"] for row in table["rows"] for cell in row]
    assert [cell for cell in cells if cell not in page] == []
