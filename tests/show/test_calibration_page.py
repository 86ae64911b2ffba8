"""The comparison of managers as a page: all that was found, nothing drawn that nobody can tell."""

import dataclasses
import pkgutil
import re

import pytest

from okrkit.judge.calibration.result import Evidence, Refusal, Tier
from okrkit.show.audit_page import PageContext
from okrkit.show.calibration_groups import people_rows, verdict_groups
from okrkit.show.calibration_method import method_rows
from okrkit.show.calibration_page import calibration_page, calibration_style
from okrkit.show.landing import Landing, landing_markup
from okrkit.show.report import render_calibration
from okrkit.show.shareable import shareable

from .invented_calibration import (
    CANNOT,
    SAME,
    SEVERE,
    calibration,
    manager,
    managers,
    no_grades,
    nothing_separates,
)

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"
CASES = [calibration(), calibration(400), nothing_separates(), no_grades()]
NAMES = ["forty", "four hundred", "nothing separates", "no grades"]
EVERY = pytest.mark.parametrize("result", CASES, ids=NAMES)


def page_of(result, **more):
    return calibration_page(result, context=PageContext("Client"), **more)


def text_of(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(markup))).replace("\xa0", " ")


def rows_of(page, label):
    """The table row that begins with `label`."""
    found = re.findall(rf'<tr data-find><th scope="row">{label}<.*?</tr>', str(page), re.DOTALL)
    assert found
    return found[0]


@EVERY
def test_the_page_has_its_sections_in_the_order_of_the_argument(result):
    ids = re.findall(r'<h[12][^>]* id="cal-(\w+)"', page_of(result).whole())
    order = ["same", "told", "aside", "how", "who", "people", "sure", "limits", "method"]
    assert ids == [one for one in order if one in ids]
    assert {"same", "told", "who", "limits", "method"} <= set(ids)


@EVERY
def test_ids_are_unique_and_every_reference_exists(result):
    page = render_calibration(result)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(ids)


@EVERY
def test_a_strict_policy_holds_and_nothing_is_fetched(result):
    page = render_calibration(result)
    assert " style=" not in page
    assert "<script" not in page
    assert not re.search(r'(?:href|src)="(?!data:,|#)', page)


@EVERY
def test_nothing_reads_nan_or_none(result):
    assert not re.search(r"\b(nan|NaN|None(?! of)|NaT|inf)\b", text_of(page_of(result).whole()))


def test_every_check_rung_refusal_fact_and_share_is_shown():
    result = calibration()
    page = text_of(page_of(result).whole())
    for one in result.comparable:
        assert one.label in page
        assert one.claim in page
    for rung in result.ladder:
        assert rung.label in page
        assert rung.claim in page
        assert rung.status in page
    for refusal in result.refused:
        assert refusal.what in page
        assert refusal.why in page
        assert str(refusal.n) in page
    for figure, what in result.facts:
        assert f"{figure} {what}" in page
    assert "10 % the manager 5–15" in page
    for whole in (result.verdict, result.told, result.settle, *result.cycles, "30 September 2026"):
        assert whole in page


def test_every_field_of_every_manager_can_be_traced():
    result = calibration()
    page = page_of(result)
    for one in result.managers:
        row = text_of(rows_of(page.method, one.name))
        assert f"{one.mean:.3f}" in row
        assert one.verdict.words in row
        assert one.why in row
        assert one.manager in page.judged
        assert one.team in page.judged
        if one.estimate is not None:
            assert f"{abs(one.estimate.difference):.3f}" in row


def test_how_sure_names_false_flags_deals_seed_scatter_and_the_limit():
    page = text_of(page_of(calibration()).judged)
    assert "With equal managers we would flag about 0.02" in page
    assert "100 times (seed 20261122)" in page
    assert "1 % of deals" in page
    assert "A grade lies off what is explained by about 0.15" in page
    assert "material above 0.05" in page


def test_how_sure_tells_of_names_that_may_be_wrong_and_of_managers_far_out():
    page = text_of(page_of(calibration()).judged)
    assert "Of those named, wrongly named about 0.06" in page
    assert "The intervals of managers far out hold in 79 % of cases" in page
    nobody = text_of(page_of(calibration(expected_false_names=None)).judged)
    assert "wrongly named" not in nobody
    none_by_chance = text_of(page_of(calibration(expected_false_flags=0.0)).judged)
    assert "we would flag under 0.01" in none_by_chance
    assert "the mean over 100 deals" in none_by_chance


def test_only_groups_that_are_compared_count_as_such():
    """Of 40 managers one is in a second group, which is compared from five managers up."""
    rest = [manager(k, SAME, group=2) for k in range(50, 53)]
    page = text_of(page_of(calibration(managers=(*managers(40), *rest))).method)
    assert "1 of 2 compared" in page
    page = text_of(
        page_of(calibration(managers=(*managers(40), *rest, manager(54, SAME, group=2)))).method
    )
    assert "2 of 2 compared" in page


def test_a_warning_of_sorting_stands_where_certainty_is_claimed():
    warned = calibration(sorting="Good people sit with generous managers.")
    assert "Mind: Good people sit with generous managers." in text_of(page_of(warned).judged)
    assert "Mind:" not in text_of(page_of(calibration()).judged)


def test_what_cannot_be_told_is_drawn_without_a_point_and_named_without_a_number_in_the_middle():
    row = rows_of(page_of(calibration()).judged, "Canary Ossa5")
    assert "Cannot tell" in row
    assert "<circle class=" not in row
    assert 'class="i95"' in row
    assert text_of(row).count("0.04") == 1  # the interval's upper end, not the difference −0.04
    assert "−0.12 to +0.04" in text_of(row)  # noqa: RUF001


def test_who_is_not_compared_gets_a_sentence_and_no_number():
    row = rows_of(page_of(calibration()).judged, "Canary Ossa11")
    assert "Harbour11 shares nobody with the others." in row
    assert '<svg class="cat' not in row
    assert not re.search(r"[+−]\d", text_of(row))  # noqa: RUF001


def test_nothing_is_drawn_or_said_of_a_manager_when_nothing_separates_manager_and_team():
    result = nothing_separates()
    page = page_of(result).judged
    assert verdict_groups(result) == ()
    assert 'class="cat' not in page
    assert "No manager is judged." in page
    assert result.settle in text_of(page)
    assert "Clearly more" not in page
    assert "Lower than the pooled level" in page  # the grades are described all the same


def test_the_grades_of_people_and_the_verdict_on_the_manager_never_share_a_row():
    page = page_of(calibration()).judged
    verdicts, people = page.split('id="cal-people"')
    assert "than the pooled level" not in verdicts
    assert "Clearly more severe" not in people


def test_managers_alike_are_folded_into_dots_with_their_table_beside():
    groups = {group.key: group for group in verdict_groups(calibration())}
    alike = groups["alike"]
    assert alike.strip.count("<circle") == len(alike.rows) == 29
    assert alike.folded
    folded = page_of(calibration()).judged.split('id="cal-open-alike"')[1].split("</details>")[0]
    assert folded.count("<tr data-find>") == 29


def test_a_few_that_cannot_be_told_stay_open_and_many_are_folded():
    few, many = (
        {group.key: group for group in verdict_groups(calibration(size))} for size in (40, 400)
    )
    assert not few["wide"].folded
    assert many["wide"].folded
    assert not many["differ"].folded


def test_four_hundred_managers_are_all_there_within_a_megabyte_and_a_half():
    page = render_calibration(calibration(400))
    assert len(page.encode()) < 1_500_000
    for one in managers(400):
        assert one.name in page


def test_a_distribution_is_drawn_from_ten_grades_up():
    drawn = manager(1, SAME, n=10)
    few = manager(2, SAME, n=9)
    rows = people_rows(calibration(managers=(drawn, few)))[1]
    assert [bool(row.drawing) for row in rows] == [True, False]
    assert "Too few grades to draw" in page_of(calibration(managers=(drawn, few))).judged


def test_a_what_if_says_so_and_names_the_standards_own_limit():
    tried = calibration()
    limit = dataclasses.replace(tried.standard, practical_difference=0.08)
    page = text_of(page_of(dataclasses.replace(tried, standard=limit), asked=0.05).top)
    assert "What if a difference were material above 0.08? The standard says 0.05." in page
    assert "What if" not in page_of(tried).top


def test_what_a_client_wrote_is_shown_and_never_obeyed():
    one = manager(1, SEVERE, -0.1, name=HOSTILE, team=HOSTILE, why=HOSTILE, innocent=HOSTILE)
    apart = manager(2, CANNOT, half=None, name="", manager=HOSTILE, why=HOSTILE)
    result = calibration(
        client=HOSTILE,
        verdict=HOSTILE,
        facts=((HOSTILE, HOSTILE),),
        cycles=(HOSTILE,),
        told=HOSTILE,
        settle=HOSTILE,
        sorting=HOSTILE,
        ladder=(Evidence(Tier.COMMON_CASES, HOSTILE, "used", HOSTILE),),
        refused=(Refusal(HOSTILE, HOSTILE, (HOSTILE,), 3),),
        managers=(one, apart),
    )
    for page in (render_calibration(result), render_calibration(shareable(result))):
        assert "<script" not in page
        assert "<img" not in page
        assert "&lt;script&gt;" in page


def test_each_number_of_the_method_names_a_function_and_settings_that_exist():
    for row in method_rows(calibration()):
        assert callable(pkgutil.resolve_name(f"okrkit.{row.function}")), row.function
        assert set(row.settings) <= {name for name, _, _ in calibration().standard.settings()}


def test_checks_that_are_met_not_met_and_not_told_each_say_so():
    shown = text_of(page_of(calibration()).evidence)
    for one, word in zip(
        calibration().comparable, ("Not met", "Met", "Not enough data"), strict=True
    ):
        assert f"{one.claim} {word}" in shown


def test_the_pages_rules_touch_only_its_own_class():
    css = re.sub(r"/\*.*?\*/", "", calibration_style(), flags=re.DOTALL)
    assert "url(" not in css
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", css)
    for selector in re.findall(r"(?:^|[{};])\s*([^{};@]+)\{", css):
        assert all(".okr.cal" in part for part in re.split(r",(?![^(]*\))", selector)), selector


def test_the_first_page_leads_hr_to_the_comparison():
    page = landing_markup(Landing("Client", None, "okrkit wave open client"))
    entry = page.split('<a href="/calibration">Manager comparison</a>')[1].split("</li>")[0]
    assert "HR only" in entry
    assert "With names, or shareable without." in entry


def test_the_first_page_promises_no_names_to_who_sees_none():
    page = landing_markup(Landing("Client", None, "", names=False))
    entry = page.split('<a href="/calibration">Manager comparison</a>')[1].split("</li>")[0]
    assert "Without names." in entry
    assert "With names" not in entry
    assert "HR only" not in entry


def test_high_and_low_grades_have_their_own_innocent_reasons():
    people = text_of(page_of(calibration()).judged).split("The grades of each manager")[1]
    assert "a strong team, an easy year and a more generous manager look alike" in people
    assert "a weak team, a hard year and a more severe one" in people


def test_the_same_comparison_gives_the_same_bytes():
    assert render_calibration(calibration()) == render_calibration(calibration())
