"""The survey's addresses: what they save, what they refuse, and what the page says."""

from __future__ import annotations

import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from okrkit.judge.statements import STATEMENTS

from .asking import WAVE, Visitor, kept_at, make_client, open_wave, rows
from .conftest import WAIT_FOR_LOCKS, WITHOUT_KERNEL, gone, until, write_notebook

HOSTILE = [
    "<script>document.title = 'ran'</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "'; DROP TABLE answer; --",
    "=HYPERLINK(1)",
    "{{ 7 * 7 }} ${7*7} %s \\ \" '",
    "e\u0301 \u202e right to left \u0000 nul \U0001f600 \ufeff",
    "line\r\nline\n\tline",
    "ß" * 32_000,
]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return make_client(tmp_path_factory.mktemp("client") / "harbour")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def site(start_shared, client, data, tmp_path_factory):
    """A site whose client is being asked; its notebook would fail, so no page may need it."""
    open_wave(client, data)
    notebook = write_notebook(tmp_path_factory.mktemp("apps") / "audit.ipynb", "1 / 0")
    return start_shared(
        notebook, client, code=WAIT_FOR_LOCKS + WITHOUT_KERNEL, XDG_DATA_HOME=str(data)
    )


@pytest.fixture
def visitor(site):
    return Visitor(site)


def asking(start, place, client, data):
    """A site of one's own, without a kernel."""
    notebook = write_notebook(place / "audit.ipynb", "1 / 0")
    return start(notebook, client, code=WITHOUT_KERNEL, XDG_DATA_HOME=str(data))


def mine(visitor):
    return visitor.say("draft")[1]


def test_the_page_asks_the_five_statements_word_for_word(site):
    status, page, headers = site.get("readiness")
    assert status == 200
    assert headers["Cache-Control"] == "no-store"
    assert all(f"</span>{statement.text}</legend>" in page for statement in STATEMENTS)
    assert page.count('value="not_applicable"') == 5
    assert "checked" not in page.replace('value="own" checked', "")


def test_before_the_first_statement_the_page_says_who_sees_what(site):
    page = site.get("readiness")[1]
    told = page[: page.index(STATEMENTS[0].text)]
    assert "confidential" in told
    assert "anonymous" not in page
    assert "groups of <b>5 or more</b>" in told
    assert "before 10 people have sent" in told


def test_no_page_says_that_nothing_is_sent_anywhere_beside_a_button_that_sends(site):
    for address in ("", "readiness"):
        page = site.get(address)[1]
        assert "nothing is sent" not in page
        assert "what is entered stays on it" in page


def test_the_team_is_chosen_from_the_clients_list_and_its_names_are_text(site):
    page = site.get("readiness")[1]
    assert '<option value="T1">Onboarding</option>' in page
    assert "&lt;b&gt;Fjords&lt;/b&gt; &amp; Sons" in page
    assert "<b>Fjords" not in page


def test_the_page_needs_no_kernel_and_one_script_file(site):
    page = site.get("readiness")[1]
    assert page.count("<script") == 1
    assert "voila" not in page
    assert len(page) < 40_000
    assert "pandas" not in _loaded(site)


def _loaded(site):
    maps = f"/proc/{site.process.pid}/maps"
    with open(maps, encoding="utf-8") as lines:
        return "".join(lines)


def test_an_answer_is_saved_and_found_again_by_its_code(visitor):
    assert visitor.answer(2, "no", "Only in October") == 200
    draft = mine(visitor)
    assert draft["answers"]["2"]["answer"] == "no"
    assert draft["answers"]["2"]["comment"] == "Only in October"
    assert draft["open"]
    assert draft["sent_at"] is None


def test_a_code_is_understood_however_it_is_typed(visitor):
    visitor.answer(1, "yes")
    visitor.code = visitor.code.replace("-", " ").lower()
    assert mine(visitor)["known"]


def test_another_code_shows_nothing(site, visitor):
    visitor.answer(1, "yes")
    stranger = mine(Visitor(site))
    assert not stranger["known"]
    assert stranger["answers"] == {}


def test_a_save_that_is_sent_again_is_one_row(visitor, client, data):
    before = rows(client, data)
    key = secrets.token_urlsafe(18)
    replies = [
        visitor.say("answer", statement=1, answer="yes", comment="", key=key) for _ in range(3)
    ]
    assert [(status, reply["repeated"]) for status, reply in replies] == [
        (200, False), (200, True), (200, True),
    ]  # fmt: skip
    assert len({reply["at"] for _, reply in replies}) == 1
    after = rows(client, data)
    assert after["answer"] == before["answer"] + 1
    assert after["audit_row"] == before["audit_row"] + 1


def test_a_save_sent_twenty_times_at_once_is_one_row(visitor, client, data):
    before = rows(client, data)["answer"]
    key = secrets.token_urlsafe(18)
    with ThreadPoolExecutor(20) as pool:
        sent = [
            pool.submit(visitor.say, "answer", statement=3, answer="no", comment="", key=key)
            for _ in range(20)
        ]
    assert {one.result()[0] for one in sent} == {200}
    assert rows(client, data)["answer"] == before + 1


def test_a_changed_mind_counts_and_only_the_last(visitor):
    for word in ("yes", "no", "dont_know"):
        assert visitor.answer(4, word) == 200
    assert mine(visitor)["answers"]["4"]["answer"] == "dont_know"


def test_after_sending_there_is_an_own_result_and_nothing_changes(visitor):
    assert visitor.say("profile", team="T1", level="leader", mode="together")[0] == 200
    for statement, word in enumerate(["yes", "no", "dont_know", "yes", "no"], 1):
        assert visitor.answer(statement, word) == 200
    assert visitor.say("sent")[0] == 200
    draft = mine(visitor)
    assert draft["result"]["sentence"].startswith("Together you say yes to 2 of five statements")
    assert draft["result"]["active_killer"] is True
    assert draft["result"]["killers"] == {
        "1": "not_active", "2": "active", "3": "unknown", "4": "not_active", "5": "active",
    }  # fmt: skip
    assert (draft["team"], draft["level"], draft["mode"]) == ("T1", "leader", "together")
    status, reply = visitor.say("answer", statement=1, answer="no", comment="")
    assert (status, reply["done"], reply["over"]) == (409, False, True)
    assert mine(visitor)["answers"]["1"]["answer"] == "yes"


def test_a_half_character_is_refused_in_words_for_the_visitor(visitor):
    status, reply = visitor.say("answer", statement=1, answer="yes", comment="half \ud83d")
    assert status == 400
    assert reply["why"] == "The comment holds half a character. Please delete it and type it again."


def test_nothing_to_send_is_told(visitor):
    status, reply = visitor.say("sent")
    assert status == 409
    assert "Answer a statement" in reply["why"]


@pytest.mark.parametrize("comment", HOSTILE, ids=range(len(HOSTILE)))
def test_a_comment_is_kept_to_the_letter(visitor, comment):
    assert visitor.answer(5, "no", comment) == 200
    assert mine(visitor)["answers"]["5"]["comment"] == comment


WRONG = [
    ("answer", {"statement": 6, "answer": "yes", "comment": ""}),
    ("answer", {"statement": "1", "answer": "yes", "comment": ""}),
    ("answer", {"statement": True, "answer": "yes", "comment": ""}),
    ("answer", {"statement": 1.5, "answer": "yes", "comment": ""}),
    ("answer", {"statement": 1, "answer": "maybe", "comment": ""}),
    ("answer", {"statement": 1, "answer": None, "comment": ""}),
    ("answer", {"statement": 1, "answer": ["yes"], "comment": ""}),
    ("answer", {"statement": 1, "answer": "yes", "comment": "x" * 32_001}),
    ("answer", {"statement": 1, "answer": "yes", "comment": "\ud800"}),
    ("answer", {"statement": 1, "answer": "yes", "comment": {"a": 1}}),
    ("answer", {"statement": 1, "answer": "yes"}),
    ("answer", {"statement": 1, "answer": "yes", "comment": "", "respondent": "0" * 32}),
    ("answer", {"statement": 1, "answer": "yes", "comment": "", "key": "short"}),
    ("answer", {"statement": 1, "answer": "yes", "comment": "", "code": "guess"}),
    ("answer", {"statement": 1, "answer": "yes", "comment": "", "code": 7}),
    ("answer", {"statement": 1, "answer": "yes", "comment": "", "wave": ""}),
    ("profile", {"team": "x" * 201, "level": "", "mode": "own"}),
    ("profile", {"team": "T1;T2", "level": "", "mode": "own"}),
    ("profile", {"team": "a\nb", "level": "", "mode": "own"}),
    ("profile", {"team": "", "level": "", "mode": "admin"}),
    ("profile", {"team": "T9", "level": "", "mode": "own"}),
    ("profile", {"team": "", "level": "king", "mode": "own"}),
    ("profile", {"team": [], "level": {}, "mode": "own"}),
    ("draft", {"more": 1}),
    ("draft", {"wave": "2031-Q1"}),
]


@pytest.mark.parametrize(("kind", "said"), WRONG, ids=range(len(WRONG)))
def test_what_no_form_of_ours_sends_is_refused_and_not_kept(visitor, client, data, kind, said):
    before = rows(client, data)
    status, reply = visitor.say(kind, **said)
    assert status == 400
    assert reply["why"]
    assert not reply["again"]
    assert rows(client, data) == before


@pytest.mark.parametrize(
    "body",
    [b"", b"nothing", b"[]", b"null", b"7", b"NaN", b"\xff\xfe", b"[" * 100_000, b'"\\ud800"'],
)
def test_a_body_that_is_no_object_is_refused_in_words(visitor, body):
    status, text = visitor.post("answer", body)
    assert status == 400
    assert "Reload the page" in json.loads(text)["why"]


def test_a_body_larger_than_any_answer_is_not_read(visitor, client, data):
    before = rows(client, data)
    with suppress(OSError):  # the server hangs up while we are still sending
        assert visitor.post("answer", b" " * 300_000)[0] in (400, 413)
    assert rows(client, data) == before
    assert visitor.answer(1, "yes") == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X_XSRFToken": None},
        {"X_XSRFToken": "forged"},
        {"Cookie": None},
        {"Origin": "http://evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Host": "evil.example"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
    ],
)
def test_what_another_site_could_send_is_refused(visitor, client, data, headers):
    before = rows(client, data)
    said = {"code": visitor.code, "wave": WAVE, "key": secrets.token_urlsafe(18)}
    body = json.dumps(said | {"statement": 1, "answer": "yes", "comment": ""}).encode()
    assert visitor.post("answer", body, **headers)[0] in (403, 404, 415)
    assert rows(client, data) == before


@pytest.mark.parametrize("kind", ["wave", "answers", "draft/x", ""])
def test_there_are_no_other_addresses(site, visitor, kind):
    assert visitor.post(kind, b"{}")[0] in (404, 405)
    assert site.get(f"readiness/{kind}")[0] == 404


@pytest.mark.parametrize("kind", ["answer", "profile", "sent", "draft"])
def test_nothing_is_told_by_asking_for_an_address(site, kind):
    assert site.get(f"readiness/{kind}")[0] == 405


def test_neither_codes_nor_comments_are_logged(site, visitor):
    visitor.answer(1, "yes", "Ada Example said so")
    visitor.post("answer", b"{broken Ada Example")
    log = site.log.read_text()
    assert "Ada Example" not in log
    assert visitor.code not in log


def test_a_closed_wave_says_so_calmly_and_changes_nothing(start, tmp_path):
    client, data = make_client(tmp_path / "client"), tmp_path / "data"
    open_wave(client, data)
    site = asking(start, tmp_path, client, data)
    visitor = Visitor(site)
    assert visitor.answer(1, "yes") == 200
    with kept_at(client, data) as store:
        store.close_wave(WAVE)
    status, reply = visitor.say("answer", statement=1, answer="no", comment="")
    assert (status, reply["over"]) == (409, True)
    assert not mine(visitor)["open"]
    page = site.get("readiness")[1]
    assert "This check has closed" in page
    assert "<form" not in page
    with kept_at(client, data) as store:
        assert [row.answer for row in store.answers()] == ["yes"]


def test_without_a_wave_the_page_says_how_to_open_one_and_no_store_is_made(start, tmp_path):
    client, data = make_client(tmp_path / "my client"), tmp_path / "data"
    site = asking(start, tmp_path, client, data)
    page = site.get("readiness")[1]
    assert "okrkit wave open &#34;" in page
    assert "my client" in page
    assert not list(data.rglob("*.sqlite"))
    open_wave(client, data)
    assert "<form" in site.get("readiness")[1]


def test_a_folder_that_cannot_be_read_leaves_the_team_to_be_typed(start, tmp_path):
    client, data = make_client(tmp_path / "client"), tmp_path / "data"
    (client / "grades.csv").write_text("grade\nlots\n", encoding="utf-8")
    open_wave(client, data)
    site = asking(start, tmp_path, client, data)
    assert '<input type="text" name="team"' in site.get("readiness")[1]
    (client / "grades.csv").unlink()
    # Until it is read again pages get what was known before.
    until(lambda: '<option value="T3">Billing</option>' in site.get("readiness")[1])


def test_stopping_after_a_save_leaves_nothing_running(start, tmp_path):
    client, data = make_client(tmp_path / "client"), tmp_path / "data"
    open_wave(client, data)
    site = start(write_notebook(tmp_path / "audit.ipynb", "1 / 0"), client, XDG_DATA_HOME=str(data))
    assert Visitor(site).answer(1, "yes") == 200
    assert site.stop() == 0
    assert gone(site.process.pid)
    assert site.log.read_text() == ""
