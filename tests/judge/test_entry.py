"""What a step of the plan takes, wherever it is filled in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import UsageError
from okrkit.judge.entry import FIELDS, entry


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        ("owner", "  Ada \t Lovelace\n", "Ada Lovelace"),
        ("owner", "<b>=1+1</b>", "<b>=1+1</b>"),
        ("owner", "x" * 120, "x" * 120),
        ("due", " 2026-02-28 ", "2026-02-28"),
        ("status", "Agreed", "agreed"),
        ("comment", "one\r\n two  three \n\n", "one\ntwo three"),
        *((field, " ", "") for field in FIELDS),
    ],
)
def test_an_entry_is_kept_without_the_spaces_around_it(field, text, kept):
    assert entry(field, text) == kept


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("owner", "x" * 121, "at most 120 characters"),
        ("comment", "x" * 1001, "at most 1000"),
        ("owner", "Ada\x00", "can be printed"),
        ("owner", "Ada \ud800", "can be printed"),
        ("due", "2026-02-30", "a day such as"),
        ("due", "20261031", "a day such as"),
        ("due", "31.10.2026", "a day such as"),
        ("due", "0026-10-31", "from 1990 to 2100"),
        ("due", "2026-W40-1", "a day such as"),
        ("status", "nearly", "one of open, agreed, done, dropped, or nothing"),
        ("key", "4.driver", "no 'key'"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused_with_what_would(field, text, why):
    with pytest.raises(UsageError, match=why):
        entry(field, text)


@given(st.sampled_from(FIELDS), st.text())
def test_any_text_is_kept_so_that_it_stays_the_same_or_is_refused(field, text):
    try:
        kept = entry(field, text)
    except UsageError:
        return
    assert entry(field, kept) == kept
