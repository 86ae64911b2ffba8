"""The button that writes a pack: step by step, to be stopped, and nobody gets more than is theirs."""

from __future__ import annotations

import io
import zipfile

import pytest
from typer.testing import CliRunner

from okrkit.cli import app
from okrkit.errors import UsageError
from okrkit.publish import visitors
from okrkit.widgets import project
from okrkit.widgets.pack_maker import PackMaker

from ..show.invented_calibration import write_client  # noqa: TID252

NAMED = ["calibration-confidential", "letters"]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A data folder of this test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return write_client(tmp_path_factory.mktemp("clients") / "harbour")


def as_role(monkeypatch, role):
    monkeypatch.setenv("OKRKIT_ROLE", role)


def whole(maker):
    """Every step to the end: what was told, how far, and the file."""
    told = []
    while not isinstance(done := maker.step(), bytes):
        told.append(done)
    return told, zipfile.ZipFile(io.BytesIO(done))


def offered(maker):
    return [one["key"] for one in maker.offers["papers"]]


def test_the_zip_holds_the_files_the_command_writes(client, tmp_path):
    maker = PackMaker(client)
    maker.begin(["audit", "calibration-confidential"], ["json"])
    told, files = whole(maker)
    assert files.namelist() == ["audit.json", "calibration-confidential.json"]
    command = ["report", str(client), "-o", str(tmp_path / "pack"), "--formats", "json"]
    written = CliRunner().invoke(app, [*command, "--pack", "all", "--identified"])
    assert written.exit_code == 0, written.output
    for name in files.namelist():
        assert files.read(name) == (tmp_path / "pack" / name).read_bytes()
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert told[0] == ("Reading the records", 0.0)
    assert told[-1][0] == "Writing calibration-confidential.json"


def test_letters_come_in_their_own_form_without_one_being_chosen(client):
    maker = PackMaker(client)
    maker.begin(["letters"], [])
    _, files = whole(maker)
    assert files.namelist() == [f"letters/K{k:03}.pdf" for k in range(1, 9)]


@pytest.mark.parametrize(
    ("role", "papers"),
    [
        ("owner", ["audit", "calibration", *NAMED]),
        ("hr", ["audit", "calibration", *NAMED]),
        ("consultant", ["audit", "calibration"]),
        ("facilitator", ["audit"]),
    ],
)
def test_each_role_is_offered_what_it_may_see(client, monkeypatch, role, papers):
    as_role(monkeypatch, role)
    assert offered(PackMaker(client)) == papers


def test_the_roles_are_those_the_site_lets_in():
    assert {
        role for role, pages in visitors.MAY.items() if "calibration" in pages
    } == project.COMPARED
    assert visitors.NAMES == project.NAMED


@pytest.mark.parametrize("role", ["consultant", "facilitator"])
@pytest.mark.parametrize("paper", NAMED)
def test_who_may_not_see_names_gets_none_whatever_is_asked(client, monkeypatch, role, paper):
    as_role(monkeypatch, role)
    maker = PackMaker(client)
    with pytest.raises(UsageError, match="does not offer"):
        maker.begin([paper], ["json"])
    with pytest.raises(UsageError, match="Nothing is being written"):
        maker.step()


def test_who_may_see_no_comparison_gets_the_audit_without_one(client, monkeypatch):
    as_role(monkeypatch, "facilitator")
    maker = PackMaker(client)
    maker.begin(["audit"], ["json", "html"])
    _, files = whole(maker)
    for name in files.namelist():
        assert b"Comparison of managers" not in files.read(name)


@pytest.mark.parametrize(
    ("papers", "formats"),
    [([], ["json"]), (["audit"], []), ("audit", ["json"]), (["audit"], [["json"]]), (None, None),
     (["audit"], ["../json"]), ([1], ["json"])],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(client, papers, formats):
    with pytest.raises(UsageError):
        PackMaker(client).begin(papers, formats)


def test_a_pack_that_is_cancelled_is_not_written(client):
    maker, sent = PackMaker(client), []
    maker.send = lambda content, buffers=None: sent.append((content, buffers))
    ask = {"id": 7, "papers": ["audit"], "formats": ["json"]}
    maker._answer(None, ask | {"kind": "begin"}, [])
    maker._answer(None, {"id": 7, "kind": "cancel"}, [])
    maker._answer(None, {"id": 7, "kind": "step"}, [])
    assert sent[0][0] == {"id": 7, "next": "Reading the records", "share": 0.0}
    assert sent[1][0] == {"id": 7, "why": "Nothing is being written. Choose and begin anew."}
    assert len(sent) == 2


def test_the_last_answer_brings_the_file_to_the_page_that_asked(client):
    maker, sent = PackMaker(client), []
    maker.send = lambda content, buffers=None: sent.append((content, buffers))
    maker._answer(None, {"id": 7, "kind": "begin", "papers": ["audit"], "formats": ["csv"]}, [])
    while "file" not in sent[-1][0]:
        maker._answer(None, {"id": 7, "kind": "step"}, [])
    content, (file,) = sent[-1]
    assert content == {"id": 7, "file": "okrkit-pack.zip"}
    assert zipfile.ZipFile(io.BytesIO(file)).namelist() == ["audit.csv"]


def test_records_that_cannot_be_read_are_told_in_words(tmp_path):
    (tmp_path / "grades.csv").write_text("key_result,manager\nK1,M1\n")
    maker, sent = PackMaker(tmp_path), []
    maker.send = lambda content, buffers=None: sent.append(content)
    maker._answer(None, {"id": 7, "kind": "begin", "papers": ["audit"], "formats": ["csv"]}, [])
    maker._answer(None, {"id": 7, "kind": "step"}, [])
    assert "grades.csv" in sent[-1]["why"]
