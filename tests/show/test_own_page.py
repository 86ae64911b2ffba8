"""A manager's own page and letter: calm words, the right numbers, and nothing of anybody else."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from okrkit.judge.calibration.own import own_comparison
from okrkit.judge.calibration.result import Distribution
from okrkit.show.own_page import OF_PEOPLE, own_page, own_style
from okrkit.show.report import render_own
from okrkit.show.style import stylesheet

from .invented_calibration import CANNOT, CHECKS, SAME, SEVERE, calibration, manager, no_grades

UNMISTAKABLE = "\u202b<script>alert(1)</script> & Ümit"


def eight(**first):
    """Eight managers whose every figure is unmistakable; the first may be changed."""
    everybody = [
        manager(k, SAME, 0.011 * k, n=7000 + 13 * k, n_people=500 + k, mean=0.101 * k)
        for k in range(1, 9)
    ]
    me = manager(1, SEVERE, -0.11, n=60, n_people=11, mean=0.545)
    return calibration(8, managers=(replace(me, **first), *everybody[1:]))


def page_of(found, who="K001"):
    return own_page(own_comparison(found, who))


def words(markup):
    """What a reader reads."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", str(markup)))
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("make", [own_page, render_own])
def test_no_others_name_id_team_number_of_grades_people_or_mean_is_in_the_bytes(make):
    written = str(make(own_comparison(eight(), "K001")))
    read = words(written)
    assert "Canary Ossa1" in read
    for k in range(2, 9):
        assert not re.search(rf"Ossa{k}\b|K00{k}|Harbour{k}\b", written)
        for figure in (f"{7000 + 13 * k:,}", str(7000 + 13 * k), str(500 + k), f"{0.101 * k:.2f}"):
            assert not re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", read), figure


def test_nothing_the_company_said_of_all_is_in_it():
    written = str(page_of(eight()))
    for told in ("Brand", "2,179", "Harbour11", "Canary rows", "Four of 8", *(one.claim for one in CHECKS)):  # fmt: skip
        assert told not in written


def test_the_page_says_the_sentence_the_figures_and_whom_to_talk_to():
    read = words(page_of(eight()))
    assert "Your grades lie clearly below comparable grades, by about 0.11 grade points." in read
    assert "60 grades of yours" in read
    assert "0.55 their mean" in read
    assert "95 % sure between −0.16 and −0.06" in read
    assert "Most likely −0.11" in read
    for heading in ("Your grades beside those of all others", "How sure that is", "What this can and cannot say", "Whom to talk to"):  # fmt: skip
        assert heading in read


def test_own_shares_stand_beside_the_others_and_bars_say_the_same():
    page = str(page_of(eight()))
    rows = re.findall(r'<th scope="row">([^<]+)</th><td>.*?<b>([^<]+)</b>.*?</td><td>.*?</svg>([^<]+)</td>', page)  # fmt: skip
    own = [int(share.split("\u00a0")[0]) for _, share, _ in rows]
    others = [int(share.split("\u00a0")[0]) for _, _, share in rows]
    assert sum(own) == pytest.approx(100, abs=3)
    assert sum(others) == pytest.approx(100, abs=3)
    assert own == others  # in this company everybody's counts are the same
    assert page.count('class="mine"') == page.count('class="all"') == len(rows) > 3


def test_where_the_others_are_hidden_no_column_is_there_for_them():
    few = eight()
    page = page_of(replace(few, managers=few.managers[:4]))
    assert "All others" not in page
    assert 'class="all"' not in page
    assert "The grades of the others are not shown" in page
    assert 'class="band"' not in page  # no interval either
    assert "The grades you gave" in page


def test_the_innocent_reasons_go_the_way_the_grades_lie():
    assert "a weak team, a hard year and a more severe manager" in OF_PEOPLE[Distribution.LOWER]
    assert "a strong team, an easy year and a more generous" in OF_PEOPLE[Distribution.HIGHER]
    assert "generous or severe" in OF_PEOPLE[Distribution.SIMILAR]
    assert "manager" not in OF_PEOPLE[Distribution.TOO_FEW]
    low = words(page_of(eight(distribution=Distribution.LOWER)))
    assert "hard year" in low
    assert "easy year" not in low


def test_nobodys_page_is_a_sentence_and_no_figure():
    read = words(page_of(no_grades(), ""))
    assert "There are no grades of yours in these records." in read
    assert not re.search(r"\d", read.replace(".", ""))


def test_words_of_blame_are_nowhere():
    for found in (eight(), eight(verdict=CANNOT), no_grades()):
        read = words(page_of(found)).lower()
        assert not re.search(r"\b(bias\w*|harsh\w*|fair|unfair|true grade|accus\w*|fail\w*|guilt\w*)\b", read)  # fmt: skip
        assert "!" not in read


def test_a_name_is_text():
    page = str(page_of(eight(name=UNMISTAKABLE)))
    assert "<script" not in page
    assert html.escape(UNMISTAKABLE, quote=False) in page


def test_the_letter_is_one_file_that_asks_for_nothing_and_is_the_same_each_time():
    own = own_comparison(eight(), "K001")
    letter = render_own(own)
    assert letter == render_own(own)
    assert letter.startswith("<!doctype html>")
    assert "default-src 'none'" in letter
    assert not re.search(r"https?://|<script|<link rel=\"stylesheet", letter)
    assert "Quillmere Instruments" in letter


def test_the_styles_are_scoped_and_name_no_colour():
    css = re.sub(r"/\*.*?\*/", "", own_style(), flags=re.DOTALL)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|url\(|http", css)
    for selector in re.findall(r"(?:^|[{};])\s*([^{};@]+)\{", css):
        assert selector.strip().startswith(".okr.own")
    assert ".okr.own" not in stylesheet()
