"""Clauses, numbers and noun phrases of a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrkit.language.clauses import leading_verb, split_clauses
from okrkit.language.lexicon_file import FOLDER, read_lexicon
from okrkit.language.numbers import find_numbers
from okrkit.language.phrases import noun_phrase
from okrkit.language.tokens import plain, tokenise
from okrkit.language.verbs import VERBS


def clauses(text):
    return [(clause.link, " ".join(clause.words)) for clause in split_clauses(text)]


def roles(text):
    return [(number.text, number.role) for number in find_numbers(text)]


def test_a_purpose_the_means_and_a_guard_are_clauses_of_their_own():
    assert clauses("Redesign the form so that returns fall") == [
        ("first", "redesign the form"), ("purpose", "returns fall"),
    ]  # fmt: skip
    assert clauses("Cut cost by sharing vans while keeping delivery on time") == [
        ("first", "cut cost"), ("means", "sharing vans"), ("guard", "keeping delivery on time"),
    ]  # fmt: skip


def test_a_second_verb_begins_a_clause_and_a_second_noun_does_not():
    assert clauses("Print the map and send it to members") == [
        ("first", "print the map"), ("next", "send it to members"),
    ]  # fmt: skip
    assert clauses("Raise sales and support quality") == [
        ("first", "raise sales and support quality")
    ]


def test_brackets_stand_aside():
    assert clauses("Waiting time (from the door to the desk) below 5 minutes") == [
        ("first", "waiting time below 5 minutes"), ("aside", "from the door to the desk"),
    ]  # fmt: skip


def test_a_label_before_a_colon_is_left_out_and_a_metric_before_one_stays():
    assert clauses("North depot: Publish the rota") == [("first", "publish the rota")]
    assert clauses("Renewal rate: 92 %") == [("first", "renewal rate : 92 %")]


def test_a_clause_keeps_its_own_numbers():
    first, second = split_clauses("Visit 4 towns and sell 90 tickets")
    assert [number.value for number in first.measures] == [4]
    assert [number.value for number in second.measures] == [90]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", 1200), ("1.5m", 1.5e6), ("€40k", 40e3), ("0.5", 0.5), ("12%", 12), ("3 million", 3e6),
        ("seven", 7), ("≥ 4.5", 4.5), ("2,5 %", 2.5), ("1'000", 1000),
    ],
)  # fmt: skip
def test_a_number_has_its_value(text, value):
    assert find_numbers(f"win {text}")[0].value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    ["Q3", "q3", "H1", "FY25", "2026", "31 March", "March 31", "2026-03-31", "1Q26", "Q1/26"],
)
def test_a_quarter_a_year_and_a_day_are_dates(text):
    assert {number.role for number in find_numbers(f"ready in {text}")} == {"date"}


@pytest.mark.parametrize(
    "text",
    ["v2", "v2.1", "k8s", "B2B", "SOC 2", "ISO 27001", "tier 1", "p95", "2FA", "M365", "#12"],
)
def test_names_with_digits_are_not_measures(text):
    assert {number.role for number in find_numbers(f"about {text}")} == {"identifier"}


def test_a_list_after_a_name_belongs_to_the_name():
    assert roles("tiers 1, 2 and 3") == [
        ("1", "identifier"),
        ("2", "identifier"),
        ("3", "identifier"),
    ]
    assert roles("Tier 1 with 3 clients") == [("1", "identifier"), ("3", "measure")]


def test_where_we_start_and_where_we_go_are_told_apart():
    assert roles("from 8 % to 5 %") == [("8 %", "baseline"), ("5 %", "target")]
    assert roles("reach 45, up from 32") == [("45", "target"), ("32", "baseline")]


def test_the_number_of_leads_is_about_leads():
    assert noun_phrase(["the", "number", "of", "leads"], 0).is_count
    assert noun_phrase(["20", "%", "reduction", "in", "churn"], 0).is_metric
    assert noun_phrase(["customer", "satisfaction", "survey"], 0).is_artefact
    assert noun_phrase(["customer", "satisfaction"], 0).is_metric


@pytest.mark.parametrize(
    "word", ["reduce", "reduces", "reduced", "reducing", "cut", "cutting", "grew"]
)
def test_a_verb_is_known_in_all_its_forms(word):
    assert VERBS[word].kind == "change"


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("debugging", "debug"), ("embedded", "embed"), ("equipped", "equip"), ("agreeing", "agree"),
        ("overseeing", "oversee"), ("oversaw", "oversee"), ("undertaken", "undertake"),
        ("upheld", "uphold"), ("shrunk", "shrink"), ("planned", "plan"), ("stopping", "stop"),
        ("labelled", "label"), ("labeled", "label"), ("bootstrapped", "bootstrap"),
        ("offered", "offer"), ("edited", "edit"), ("upsold", "upsell"), ("guaranteed", "guarantee"),
    ],
)  # fmt: skip
def test_spelling_changes_before_an_ending_are_known(word, base):
    assert VERBS[word].base == base


def test_no_form_is_a_word_that_nobody_writes():
    nobody_writes = [
        "debuging",
        "debuged",
        "embeded",
        "embeding",
        "equiped",
        "equiping",
        "agreing",
        "overseing",
        "overseed",
        "undertaked",
        "upholded",
        "shrinked",
        "rethinked",
        "planed",
        "shiped",
        "stoped",
        "droped",
        "maped",
        "taged",
        "loged",
        "submited",
        "commited",
        "transfered",
        "refered",
        "raize",
        "revize",
        "devize",
        "liaize",
        "backuped",
        "setuped",
        "set-uped",
        "roll-outed",
        "cleanuped",
        "kick-offed",
        "sign-offed",
        "bootstraped",
        "upselled",
        "goed",
        "fixxed",
        "showwed",
        "offerred",
        "editted",
        "openned",
        "visitted",
        "developped",
        "repairred",
    ]
    assert VERBS.keys().isdisjoint(nobody_writes)
    assert not [word for word in VERBS if word.endswith(("eed", "eing")) and word not in _REAL]


_REAL = frozenset({"agreed", "guaranteed", "seed", "speed", "exceed", "seeing", "overseeing",
                   "agreeing", "guaranteeing", "need", "feed", "proceed", "reseed"})  # fmt: skip


def test_both_spellings_are_known():
    assert VERBS["optimise"] == VERBS["optimize"]
    assert VERBS["analysing"] == VERBS["analyzing"]


def test_adverbs_before_a_verb_are_passed_over():
    verb, place = leading_verb(["successfully", "launch", "the", "shop"])
    assert verb is not None
    assert (verb.base, place) == ("launch", 2)


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_words_come_from_the_text_and_plain_is_plain_already(text):
    assert plain(plain(text)) == plain(text)
    for token in tokenise(text):
        assert token.text.casefold() == token.word


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_a_number_stands_where_it_says(text):
    tokens = tokenise(text)
    for number in find_numbers(text):
        assert tokens[number.place].text in number.text


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: file.stem)
def test_no_word_stands_twice_in_a_list(file):
    for name, words in read_lexicon(file.stem).items():
        assert [word for word in set(words) if words.count(word) > 1] == [], name
