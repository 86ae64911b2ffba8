"""The survey's form and the first page as markup: statements word for word, everything escaped."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from okrkit.judge.statements import STATEMENTS
from okrkit.keep.records import LONGEST_COMMENT
from okrkit.show.form import (
    CHOICES,
    HINTS,
    Survey,
    closed_markup,
    form_markup,
    form_script,
    own_result,
)
from okrkit.show.landing import Landing, landing_markup, results_line

HOSTILE = "\"><script>alert('x')</script>&"


def wave(*, is_open=True, started=0, sent=0, closes_on=None, closed_at=None):
    return SimpleNamespace(
        name="2026-Q4", is_open=is_open, started=started, sent=sent, closes_on=closes_on, closed_at=closed_at,
    )  # fmt: skip


def landing(asked, **more):
    return Landing("Harbour", asked, "okrkit wave open client", **more)


def test_each_statement_is_a_fieldset_with_four_choices_none_of_them_made():
    page = form_markup(Survey("2026-Q4", "mark"))
    for statement in STATEMENTS:
        found = re.search(
            rf'<fieldset class="one" data-statement="{statement.id}".*?</fieldset>', page, re.DOTALL
        )
        assert found
        assert f"{statement.text}</legend>" in found.group()
        assert re.findall(r'type="radio" name="s\d" value="(\w+)"', found.group()) == [
            value for value, _ in CHOICES
        ]
        assert "checked" not in found.group()
        assert f'maxlength="{LONGEST_COMMENT}"' in found.group()
    assert len(set(HINTS)) == len(STATEMENTS)


def test_what_the_client_wrote_is_text():
    survey = Survey(HOSTILE, HOSTILE, teams=((HOSTILE, HOSTILE),), levels=(HOSTILE,))
    for page in (
        form_markup(survey),
        closed_markup(HOSTILE, HOSTILE),
        landing_markup(Landing(HOSTILE, wave(), HOSTILE)),
    ):
        assert "<script" not in page
        assert "&lt;script&gt;" in page


def test_the_promise_names_the_clients_own_group_sizes():
    page = form_markup(Survey("2026-Q4", "mark", group_min=8, wave_min=20))
    assert "groups of <b>8 or more</b>" in page
    assert "before 20 people have sent" in page
    assert "anonymous" not in page


def test_anonymous_says_what_can_still_tell_who_somebody_is():
    page = form_markup(Survey("2026-Q4", "mark", anonymous=True))
    before = page.partition(STATEMENTS[0].text)[0]
    assert "Your team, your level or a comment can still tell who you are." in before


def test_it_is_told_before_and_after_the_statements_that_an_answer_counts_without_sending():
    before, _, after = form_markup(Survey("2026-Q4", "mark")).partition(STATEMENTS[0].text)
    counts = "What you have answered counts when the check closes, sent or not."
    assert counts in before
    assert "Whoever runs this check can read single answers, without names." in before
    assert counts in after.partition('data-part="send"')[2].partition("</form>")[0]


def test_a_group_is_told_before_the_first_statement_that_it_is_too_few_for_the_audit():
    before = form_markup(Survey("2026-Q4", "mark")).partition(STATEMENTS[0].text)[0]
    told = "A group counts as one answer; one group alone is too few for the audit to show."
    assert re.search(rf'data-when="together">[^<]*{re.escape(told)}</p>', before)


def test_the_page_has_no_style_or_handler_of_its_own():
    page = form_markup(Survey("2026-Q4", "mark"))
    assert not re.search(r"\s(style|on\w+)=", page)
    assert "innerHTML" not in form_script()


def test_the_own_result_follows_the_rule_for_a_person():
    def result(*words):
        answers = {str(at): {"answer": word} for at, word in enumerate(words, 1)}
        return own_result({"answers": answers})

    assert result("yes", "yes", "yes", "yes", "no")["active_killer"] is False
    assert result("yes", "yes", "yes", "no", "dont_know")["active_killer"] is True
    assert result("yes", "yes", "yes")["active_killer"] is None
    assert result("yes", "", "no")["killers"] == {
        "1": "not_active", "2": "unknown", "3": "active", "4": "unknown", "5": "unknown",
    }  # fmt: skip


def test_a_groups_result_speaks_to_the_group():
    answers = {str(at): {"answer": word} for at, word in enumerate(["yes"] * 4 + ["no"], 1)}
    own = own_result({"answers": answers, "mode": "own"})["sentence"]
    together = own_result({"answers": answers, "mode": "together"})["sentence"]
    assert own.startswith("You say yes to 4 of five statements")
    assert together == "Together you say" + own.removeprefix("You say")


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (wave(started=9, sent=9), "when the check closes, or once 10 people"),
        (wave(started=10, sent=10), "what has been sent so far"),
        (wave(is_open=False, started=4, sent=4), "Fewer than 5 people answered"),
        (wave(is_open=False, started=5, sent=0), "The audit shows them, for groups of 5"),
    ],
)
def test_results_are_shown_by_the_rules_for_small_groups(asked, line):
    assert line in results_line(landing(asked))


@pytest.mark.parametrize(("sent", "told"), [(0, False), (4, False), (5, True), (12, True)])
def test_a_count_below_the_smallest_group_is_not_told(sent, told):
    page = landing_markup(landing(wave(started=sent, sent=sent)))
    assert (f">{sent} people have sent" in page) is told
    assert ("Fewer than 5 people have sent" in page) is not told


def test_the_first_page_says_how_the_asking_stands():
    assert "Open until 5 December 2026" in landing_markup(
        landing(wave(closes_on=date(2026, 12, 5)))
    )
    assert "Closed on 6 December 2026" in landing_markup(
        landing(wave(is_open=False, closed_at=datetime(2026, 12, 6, 12).astimezone()))
    )
    none = landing_markup(landing(None))
    assert "Not open yet" in none
    assert "okrkit wave open client" in none
    assert '<a href="/readiness">' not in none


@pytest.fixture
def far_east():
    """This computer's day begins fourteen hours before the day of Greenwich."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "EAST-14")
        time.tzset()
        yield
    time.tzset()


def test_the_day_a_check_was_closed_is_the_one_it_was_here(far_east):
    evening = datetime(2026, 12, 5, 23, tzinfo=UTC)
    page = landing_markup(landing(wave(is_open=False, closed_at=evening)))
    assert "Closed on 6 December 2026" in page


def test_the_form_loads_no_tables():
    code = (
        "import okrkit.show.form, okrkit.show.landing, okrkit.keep.inbox, sys;"
        "print([name for name in ('pandas', 'numpy', 'okrkit.tables') if name in sys.modules])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == "[]"
