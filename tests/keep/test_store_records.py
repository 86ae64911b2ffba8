"""Every field is checked wherever it comes from, and a visitor's code is easy to copy by hand."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import UsageError
from okrkit.keep.codes import ALPHABET, new_code, plain_code, respondent_of
from okrkit.keep.records import Answer, Profile, Sending

GOOD = {"key": "k" * 16, "wave": "2026-Q3", "respondent": "0" * 32}
ANSWER = GOOD | {"statement": 1, "answer": "yes"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "short"), ("key", "k" * 65), ("key", "wave:1234567890123"), ("key", "k" * 15 + "\n"), ("key", None),
        ("wave", ""), ("wave", "a\nb"), ("wave", "x" * 201), ("wave", 3),
        ("respondent", "Ada"), ("respondent", "A" * 32), ("respondent", "7K2M-9QXD-40RT-HW3B"), ("respondent", None),
        ("statement", 0), ("statement", 6), ("statement", "1"), ("statement", 1.0), ("statement", True), ("statement", None),
        ("answer", "maybe"), ("answer", "Yes"), ("answer", None), ("answer", "yes "),
        ("comment", None), ("comment", b"bytes"),
    ],
)  # fmt: skip
def test_an_answer_with_a_field_that_does_not_fit_is_refused_by_name(field, value):
    with pytest.raises(UsageError, match=rf"^{field}: "):
        Answer(**ANSWER | {field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("team", None), ("team", []), ("level", {}), ("mode", "both"), ("mode", ""), ("mode", None),
    ],
)  # fmt: skip
def test_a_profile_with_a_field_that_does_not_fit_is_refused_by_name(field, value):
    with pytest.raises(UsageError, match=rf"^{field}: "):
        Profile(**GOOD | {field: value})


@pytest.mark.parametrize(
    ("record", "field", "value", "told"),
    [
        (Profile, "team", "T1;T2", "Please write one team, without a semicolon."),
        (Profile, "team", "x" * 201, "Please shorten the team: at most 200 characters are kept."),
        (Profile, "team", " T1", "Please write the team on one line, without tabs or spaces around it."),
        (Profile, "team", "a\0b", "Please write the team on one line, without tabs or spaces around it."),
        (Profile, "level", "a\tb", "Please write the level on one line, without tabs or spaces around it."),
        (Profile, "level", "a\u2028b", "Please write the level on one line, without tabs or spaces around it."),
        (Profile, "level", "\udfff", "The level holds half a character. Please delete it and type it again."),
        (Answer, "comment", "x" * 32_001, "Please shorten the comment: at most 32000 characters are kept."),
        (Answer, "comment", "\ud800", "The comment holds half a character. Please delete it and type it again."),
    ],
)  # fmt: skip
def test_what_a_visitor_typed_is_refused_in_words_for_the_visitor(record, field, value, told):
    good = ANSWER if record is Answer else GOOD
    with pytest.raises(UsageError) as refused:
        record(**good | {field: value})
    assert str(refused.value) == told


def test_what_fits_is_taken_as_it_is():
    longest = Answer(**ANSWER | {"answer": "", "comment": "x" * 32_000, "key": "Az_-" * 16})
    assert len(longest.comment) == 32_000
    assert Profile(**GOOD, team="Forschung & Łódź", level="team lead").team == "Forschung & Łódź"
    assert Sending(**GOOD).content() == {"wave": "2026-Q3", "respondent": "0" * 32}


@given(st.binary(min_size=10, max_size=10))
def test_a_code_has_eighty_bits_and_each_leads_to_another_respondent(chance):
    code = new_code(lambda _: chance)
    other = new_code(lambda _: bytes([*chance[:-1], chance[-1] ^ 1]))
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    value = 0
    for sign in code.replace("-", ""):
        value = value * 32 + ALPHABET.index(sign)
    assert value.to_bytes(10, "big") == chance
    assert respondent_of(code) != respondent_of(other)


def test_a_code_may_be_typed_as_people_type():
    code = "1V0M-9QXD-40RT-HW3B"
    for typed in (
        code.lower(), code.replace("-", ""), code.replace("-", " "), f"  {code}\n", "lvom–9qxd—4ort.hw3b",
        "IV0M-9QXD-4ORT-HW3B",
    ):  # fmt: skip
        assert plain_code(typed) == code
        assert respondent_of(typed) == respondent_of(code)


@pytest.mark.parametrize(
    "typed", ["", "1V0M-9QXD-40RT", "1V0M-9QXD-40RT-HW3U", "1V0M-9QXD-40RT-HW3B-0", "ÄÖÜß" * 4]
)
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(UsageError, match="no code"):
        plain_code(typed)


def test_the_store_cannot_lead_back_to_a_code():
    code = new_code(secrets.token_bytes)
    assert code.replace("-", "").lower() not in respondent_of(code)
    assert len(respondent_of(code)) == 32
