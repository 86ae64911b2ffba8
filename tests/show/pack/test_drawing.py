"""Charts as pictures: the names and numbers of the chart, whole drawings, nothing from elsewhere."""

from __future__ import annotations

import re
import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from okrkit import run_audit
from okrkit.brand import OWN_COLOUR, Brand, contrast
from okrkit.judge.calibration.run import run_calibration
from okrkit.show.pack.as_pdf import pdf_bytes
from okrkit.show.pack.audit_pack import Judged, audit_pack
from okrkit.show.pack.charts import distribution_chart, intervals_chart, say_and_do_charts
from okrkit.show.pack.content import Chart, Kind, Section
from okrkit.show.pack.drawing import FONT, INTERVALS_MAX, TOGETHER, pictures, strips
from okrkit.show.pack.typeset import families, pdf, pngs
from okrkit.tables import empty_tables

from ..invented_calibration import calibration, managers  # noqa: TID252


@pytest.fixture(scope="module")
def charts(tables) -> tuple[Chart, ...]:
    named = calibration(managers=managers(12))
    return (
        *say_and_do_charts(run_audit(tables)),
        *intervals_chart(named),
        *distribution_chart("d", "Grades", named.managers[0]),
    )


def of_kind(charts, kind):
    return next(chart for chart in charts if chart.kind is kind)


def texts(svg: str) -> list[str]:
    return [
        one.text or "" for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("text")
    ]


def circles(svg: str, name: str) -> list[str]:
    every = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}circle")
    return [one.get("cx") for one in every if one.get("class") == name]


def test_a_picture_names_what_it_draws_and_holds_no_address(charts):
    for chart in charts:
        drawn = list(pictures(chart))
        assert len(drawn) == 1 or chart.kind is Kind.INTERVALS
        assert all(told in " ".join(alt for _, alt in drawn) for told in chart.told)
        assert [svg for svg, _ in drawn if "href" in svg or "url(" in svg] == []
        said = {word for svg, _ in drawn for text in texts(svg) for word in text.split()}
        assert [name for name in chart.names if not set(name.split()) <= said] == []


def test_marks_stand_where_the_numbers_say(charts):
    chart = of_kind(charts, Kind.DUMBBELL)
    ((svg, _),) = pictures(chart)
    say, do = ([f"{100 * value:.2f}%" for value in one.amounts] for one in chart.series)
    assert circles(svg, "c-say") == say
    assert circles(svg, "c-do") == do
    drawn = pictures(of_kind(charts, Kind.INTERVALS))
    points = [one for one in of_kind(charts, Kind.INTERVALS).series[2].amounts if one is not None]
    low, high = of_kind(charts, Kind.INTERVALS).axis
    assert [one for svg, _ in drawn for one in circles(svg, "pt")] == [
        f"{100 * (one - low) / (high - low):.2f}%" for one in points
    ]


def test_intervals_go_over_pages_a_few_names_at_a_time_below_one_axis(charts):
    (chart,) = intervals_chart(calibration(managers=managers(90)))
    axis, drawn = strips(chart, OWN_COLOUR)
    assert "more severe" in " ".join(texts(axis))
    assert len(drawn) == -(-len(chart.names) // TOGETHER)
    said = [text for svg, _ in drawn for text in texts(svg)]
    assert [said.count(name) for name in chart.names] == [1] * len(chart.names)
    assert all(any(name in alt for _, alt in drawn) for name in chart.names)


def test_half_is_marked_only_where_the_line_is_the_whole(charts):
    chart = of_kind(charts, Kind.DUMBBELL)
    ((whole, _),) = pictures(chart)
    ((part, _),) = pictures(replace(chart, axis=(0.0, 2.0)))
    assert whole.count('class="half"') == len(chart.names)
    assert "half" not in part.partition("</style>")[2]
    ends = [float(one.rstrip("%")) for one in circles(whole, "c-do")]
    assert circles(part, "c-do") == [f"{end / 2:.2f}%" for end in ends]


def test_a_long_chart_is_several_pictures_and_names_everybody_once(charts):
    (chart,) = intervals_chart(calibration(managers=managers(90)))
    drawn = [svg for svg, _ in pictures(chart)]
    assert len(drawn) == -(-len(chart.names) // INTERVALS_MAX)
    said = [text for svg in drawn for text in texts(svg)]
    assert [said.count(name) for name in chart.names] == [1] * len(chart.names)


def test_a_name_that_would_be_markup_is_text_and_a_long_one_is_cut_in_the_picture_alone(charts):
    chart = replace(
        of_kind(charts, Kind.DUMBBELL), names=("<b>", "&amp;", "x" * 5_000, "", "日本 \x07")
    )
    ((svg, alt),) = pictures(chart)
    assert {"<b>", "&amp;"} <= set(texts(svg))
    assert max(map(len, texts(svg))) < 60
    assert "x" * 5_000 in alt


def test_names_in_several_scripts_are_drawn_whatever_they_hold(charts):
    names = ("\u200fשלום עולם، مرحبا", "Ω ж → □", "a\x00b", "日本 a\u05b6", "🌊\u200dא")
    section = Section("s", "S", charts=(replace(of_kind(charts, Kind.DUMBBELL), names=names),))
    nothing = empty_tables()
    pack = audit_pack(Judged(run_audit(nothing), run_calibration(nothing)), inputs="0" * 16)
    assert pdf_bytes(replace(pack, sections=(section,)))[:5] == b"%PDF-"


def test_pictures_for_documents_are_sharp_white_and_come_out_the_same_twice(charts):
    drawn = [svg for chart in charts for svg, _ in pictures(chart)]
    made = pngs(drawn)
    assert made == pngs(drawn)
    assert [one[:4] for one in made] == [b"\x89PNG"] * len(drawn)
    # 495 points, as wide as a page's text, at 200 pixels an inch.
    assert {struct.unpack(">I", one[16:20])[0] for one in made} == {1375}
    assert pngs([]) == []


def test_the_fonts_have_every_sign_they_are_said_to_have():
    each = "".join(sorted(families()))
    assert {"é", "Ω", "ж", "ש", "س", "→", "−", "□", "◀"} <= families().keys()
    template = (
        '#set document(title: [x])\n#set text(font: ("Noto Sans", "Noto Sans Hebrew", "Noto Sans Arabic",'
        ' "Noto Sans Math", "Noto Sans Symbols2"), fallback: false)\n#sys.inputs.data'
    )
    assert pdf(template, each, 0)[:5] == b"%PDF-"  # the engine refuses a sign without a glyph
    assert {FONT, *families().values()} == set(re.findall('"(Noto[^"]*)"', template))


@pytest.mark.parametrize(
    ("colour", "drawn"), [("#b00020", "#b00020"), ("#ffd200", OWN_COLOUR), ("#12506a", OWN_COLOUR)]
)
def test_charts_are_in_the_clients_colour_where_it_stands_out_on_paper(charts, colour, drawn):
    ((svg, _),) = pictures(of_kind(charts, Kind.DUMBBELL), Brand(colour).accent)
    assert f".c-do{{fill:{drawn}}}" in svg
    sheet = next(
        one.text for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("style")
    )
    for name in ("text", ".t-do", ".t-say"):
        rule = sheet.partition(f"{name}{{")[2].partition("}")[0]
        assert contrast(rule.partition("fill:")[2][:7], "#ffffff") >= 4.5


def test_pages_set_in_several_threads_at_once_are_those_set_one_after_another():
    template = '#set document(title: "x", date: none)\n#sys.inputs.data'
    words = [f"page {at}" for at in range(6)]
    one_by_one = [pdf(template, each, 0) for each in words]
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(lambda each: pdf(template, each, 0), words)) == one_by_one
