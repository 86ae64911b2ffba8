"""`okrkit report`: a pack of files, and whether a file is what a folder gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from okrkit.cli import app
from okrkit.show.pack.files import FORMATS

from .show.invented_calibration import write_client

FILES = {
    "objectives.csv": "objective,title,team,cycle\nO1,Grow renewals,T1,Q1\n",
    "key_results.csv": "key_result,objective,text,driver\nK1,O1,Raise renewals from 82 % to 90 %,P1\n",
    "cycles.csv": "cycle,start,end,length\nQ1,2026-01-01,2026-03-31,quarter\n",
}


@pytest.fixture
def folder(client_of):
    return client_of(FILES)


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_pack_is_one_file_a_form_and_each_is_what_the_folder_gives(folder, tmp_path):
    written = run("report", folder, "-o", tmp_path / "pack", "--pack", "audit")
    assert written.exit_code == 0, written.output
    files = sorted((tmp_path / "pack").iterdir())
    assert [one.name for one in files] == [f"audit.{form}" for form in sorted(FORMATS)]
    for one in files[-2:]:
        same = run("report", "--verify", one, folder)
        assert same.exit_code == 0, same.output
        assert "is what" in same.stdout


def test_a_file_somebody_changed_and_a_record_that_changed_are_told(folder, tmp_path):
    run("report", folder, "-o", tmp_path / "pack", "--formats", "json")
    path = tmp_path / "pack" / "audit.json"
    assert [one.name for one in path.parent.iterdir()] == ["audit.json"]
    inputs = json.loads(path.read_bytes())["inputs"]
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"not met", b"met", 1))
    changed = run("report", "--verify", path, folder)
    assert (changed.exit_code, inputs in changed.stderr) == (1, True)
    path.write_bytes(whole)
    (folder / "key_results.csv").write_text(FILES["key_results.csv"].replace("90", "91"))
    other = run("report", "--verify", path, folder)
    assert (other.exit_code, inputs in other.stderr) == (1, False)


def test_the_single_page_is_the_packs_page(folder, tmp_path):
    assert run("report", folder, "-o", tmp_path / "one.html").exit_code == 0
    assert run("report", folder, "-o", tmp_path / "many", "--formats", "html").exit_code == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "many" / "audit.html").read_bytes()


def test_one_file_is_of_the_format_its_name_says(folder, tmp_path):
    for name, begins in (("one.pdf", b"%PDF"), ("one.CSV", b"\xef\xbb\xbf"), ("one.json", b"{")):
        written = run("report", folder, "-o", tmp_path / name)
        assert written.exit_code == 0, written.output
        assert (tmp_path / name).read_bytes().startswith(begins)
        assert run("report", "--verify", tmp_path / name, folder).exit_code == 0


def test_a_pack_says_which_formats_are_not_installed(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("okrkit.show.pack.files.BROUGHT", {"pdf": "a_package_nobody_has"})
    monkeypatch.setattr("okrkit.show.pack.files.FORMATS", ("pdf", "json"))
    written = run("report", folder, "-o", tmp_path / "pack", "--pack", "audit")
    assert written.exit_code == 0, written.output
    assert [one.name for one in (tmp_path / "pack").iterdir()] == ["audit.json"]
    assert "Not written: pdf" in written.stderr
    assert "[reports]" in written.stderr


def test_a_pack_is_not_written_over_a_file(folder, tmp_path):
    (tmp_path / "pack").write_text("mine")
    refused = run("report", folder, "-o", tmp_path / "pack", "--pack", "audit")
    assert (refused.exit_code, "is a file" in refused.stderr) == (2, True)
    refused = run("report", folder, "-o", tmp_path / "pack.pdf", "--formats", "pdf")
    assert (refused.exit_code, "as one file" in refused.stderr) == (2, True)
    assert not (tmp_path / "pack.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "out", "--pack", "board"], "there is audit, calibration, letters, all"),
        (["-o", "out", "--pack", "letters"], "--identified"),
        (["-o", "out", "--pack", "letters", "--identified"], "no grades name a manager"),
        (["-o", "out", "--pack", "audit", "--identified"], "names no manager"),
        (["-o", "out", "--formats", "html,odt"], "each is one of"),
        ([], "-o"),
        (["-o", "out", "--verify", "x.json"], "--verify"),
        (["--verify", "x.odt"], "ends in"),
        (["--verify", "nowhere.json"], "cannot be read"),
        (["-o", "out"], "add --pack audit"),
        (["-o", "out.doc"], "ends in .html, .pdf"),
        (["-o", "out.html", "--keep"], "--import"),
        (["-o", "out.docx", "--template", "client/cycles.csv"], "--formats pptx"),
    ],
)
def test_a_wrong_call_says_what_there_is(folder, tmp_path, arguments, said, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("report", folder, *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True), result.output
    assert not (tmp_path / "out").exists()


def test_letters_land_in_a_folder_of_their_own_and_each_is_what_the_folder_gives(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    company = write_client(tmp_path / "graded")
    out = tmp_path / "pack"
    written = run(
        "report", company, "-o", out, "--pack", "all", "--identified", "--formats", "json"
    )
    assert written.exit_code == 0, written.output
    assert "Wrote 8 letters into" in written.stdout
    assert sorted(one.name for one in out.iterdir()) == [
        "audit.json", "calibration-confidential.json", "letters",
    ]  # fmt: skip
    assert [one.stem for one in sorted((out / "letters").iterdir())] == [
        f"K{k:03}" for k in range(1, 9)
    ]
    assert (
        run("report", company, "-o", out, "--pack", "calibration", "--formats", "json").exit_code
        == 0
    )
    for name in ("letters/K003", "calibration"):
        same = run("report", "--verify", out / f"{name}.json", company)
        assert same.exit_code == 0, same.output
    other = out / "letters" / "K004.json"
    other.write_bytes((out / "letters" / "K003.json").read_bytes())
    assert run("report", "--verify", other, company).exit_code == 1


def test_a_folder_with_nothing_but_grades_gives_every_paper(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    company = write_client(tmp_path / "graded")
    for name in ("exercise.csv", "people.csv", "teams.csv", "standard.toml"):
        (company / name).unlink()
    out = tmp_path / "pack"
    written = run("report", company, "-o", out, "--pack", "all", "--identified", "--formats", "csv")
    assert written.exit_code == 0, written.output
    assert "Wrote 8 letters" in written.stdout


def test_a_pack_never_lands_in_the_clients_folder(folder):
    assert run("report", folder, "-o", folder / "pack", "--pack", "audit").exit_code == 2
    assert sorted(one.name for one in folder.iterdir()) == sorted(FILES)


def test_another_time_zone_language_and_process_give_the_same_bytes(folder, tmp_path):
    elsewhere = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    command = [
        sys.executable,
        "-c",
        "from okrkit.cli import main; main()",
        "report",
        folder,
        "--pack",
        "audit",
        "-o",
    ]
    subprocess.run(
        [*command, tmp_path / "there"], env=os.environ | elsewhere, check=True, capture_output=True
    )
    assert run("report", folder, "--pack", "audit", "-o", tmp_path / "here").exit_code == 0
    for one in (tmp_path / "here").iterdir():
        assert one.read_bytes() == (tmp_path / "there" / one.name).read_bytes()
