"""The documents say what is true: their code runs, their commands exist, every name is explained."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import okrkit
from okrkit.cli import app

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "sample_data/README.md",
    "docs/data-protection.md",
)


def okrkit_says(*arguments: str) -> str:
    """What a command prints, without colours and 100 columns wide."""
    shell = CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"})
    said = shell.invoke(app, arguments, prog_name="okrkit")
    assert said.exit_code == 0
    return said.stdout


def test_the_python_lines_of_the_readme_run():
    lines = re.search(r"```python\n(.*?)```", README, flags=re.DOTALL).group(1)
    done = subprocess.run(
        [sys.executable, "-c", lines],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stdout.strip().endswith(".")
    assert len(lines.strip().splitlines()) <= 5


def test_the_readme_is_one_screen():
    assert len(README.splitlines()) <= 60


def test_the_commands_of_the_readme_exist():
    commands = set(re.findall(r"^\S*okrkit (\w+)", README, flags=re.MULTILINE)) | set(
        re.findall(r"`okrkit (\w+)", README)
    )
    assert {"new", "read", "serve", "report", "lab", "standard"} <= commands
    for command in commands:
        assert f"okrkit {command}" in okrkit_says(command, "--help")


def test_every_command_stands_in_a_document():
    listed = okrkit_says("--help").split("Commands")[1]
    commands = re.findall(r"^\W*([a-z]+) {2,}\S", listed, flags=re.MULTILINE)
    documents = "".join((ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS)
    assert commands
    assert [command for command in commands if f"okrkit {command}" not in documents] == []


def test_make_knows_the_targets_the_documents_name():
    documents = "".join((ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:`|^)make ([a-z-]+)", documents, flags=re.MULTILINE))
    assert {"app", "test"} <= targets
    assert [
        target for target in targets if not re.search(rf"^{target}:", makefile, flags=re.MULTILINE)
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_of_a_document_lead_somewhere(document: str):
    path = ROOT / document
    targets = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert [
        target for target in targets if "://" in target or not (path.parent / target).exists()
    ] == []


@pytest.mark.parametrize("name", okrkit.__all__)
def test_a_public_name_resolves_and_explains_itself(name: str):
    thing = getattr(okrkit, name)
    assert inspect.getdoc(thing)


def test_public_names_are_those_that_can_be_loaded():
    assert set(okrkit.__all__) == set(okrkit._HOME)
    assert dir(okrkit) == sorted(okrkit.__all__)
    with pytest.raises(AttributeError, match="no attribute 'measure_luck'"):
        okrkit.measure_luck  # noqa: B018


def test_public_names_are_typed_as_they_are_loaded():
    tree = ast.parse((ROOT / "okrkit" / "__init__.py").read_text(encoding="utf-8"))
    typed = {
        a.name: n.module
        for n in ast.walk(tree)
        if isinstance(n, ast.ImportFrom) and n.level == 0
        for a in n.names
    }
    assert {name: typed.get(name) for name in okrkit._HOME} == okrkit._HOME


def test_every_module_says_what_it_is():
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "okrkit").rglob("*.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_setting_of_the_standard_has_its_reason():
    assert [name for name, reason, _ in okrkit.Standard.settings() if not reason.strip()] == []


def test_documents_name_no_tool_of_ours():
    words = re.compile(r"farm|duplicates --|issues show|\.\./shared")
    assert [
        name for name in DOCUMENTS if words.search((ROOT / name).read_text(encoding="utf-8"))
    ] == []
