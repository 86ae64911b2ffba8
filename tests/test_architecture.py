"""The shape ARCHITECTURE.md promises: imports, sizes, lists, and what stays out of the tree."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from okrkit.schemas import SCHEMAS

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "okrkit").rglob("*.py"))
APPS = sorted((ROOT / "apps").glob("*.ipynb"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def tracked(*suffixes: str) -> list[Path]:
    """Files of the repository that end so; all of them without suffixes."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    files = (ROOT / name for name in listed if not suffixes or name.endswith(suffixes))
    return [path for path in files if path.is_file()]


def lines_matching(pattern: str, files: list[Path]) -> list[str]:
    """Every line of `files` that matches, with its place."""
    found = []
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(pattern, line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    return found


def listed_under(heading: str) -> set[str]:
    """The words in the first backticks of each table row under `heading` of ARCHITECTURE.md."""
    section = ARCHITECTURE.split(f"## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\|(?: \d \|)? `([^`]+)`", section, flags=re.MULTILINE))


# Imports


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """The import contracts of the package in `folder`."""
    command = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", command],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, check=False, capture_output=True, text=True,
    )  # fmt: skip


def test_imports_keep_their_contracts():
    checked = contracts(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


PLANTED = {
    "okrkit/measure/planted_late.py": "def late():\n    from okrkit.judge import audit\n    return audit\n",
    "okrkit/errors.py": "import okrkit.standard\n",
    "okrkit/measure/planted_a.py": "import okrkit.measure.planted_late\n",
    "okrkit/publish/planted.py": "def late():\n    import pandas\n    return pandas\n",
    "okrkit/show/planted.py": "import ipywidgets\n",
    "okrkit/widgets/planted.py": "import voila\n",
    "okrkit/judge/planted.py": "import jinja2\nimport sqlalchemy\n",
    "okrkit/planted_nowhere.py": "",
}
BROKEN = {
    "Data flows one way": "okrkit.errors -> okrkit.standard",
    "No measurement knows another": "okrkit.measure.planted_a -> okrkit.measure.planted_late",
    "The served site loads none of the analysis": "okrkit.publish.planted -> pandas",
    "Widget libraries only in widgets": "okrkit.show.planted -> ipywidgets",
    "Voila and the Jupyter server only in publish": "okrkit.widgets.planted -> voila",
    "Templates and workbooks only at the edges": "okrkit.judge.planted -> jinja2",
    "Databases only in keep": "okrkit.judge.planted -> sqlalchemy",
}


def test_planted_violations_break_every_contract(tmp_path: Path):
    shutil.copytree(
        ROOT / "okrkit", tmp_path / "okrkit", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in PLANTED.items():
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(text)
    checked = contracts(tmp_path)
    said = " ".join(checked.stdout.split())
    assert checked.returncode == 1
    for contract, chain in BROKEN.items():
        assert f"{contract} BROKEN" in said
        assert chain in said
    assert "okrkit.measure.planted_late -> okrkit.judge.audit" in said  # inside a function
    assert "planted_nowhere" in said  # a module with no place in the layers


def test_every_contract_of_the_project_is_planted_against():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}
    assert names == set(BROKEN)


@pytest.mark.parametrize("module", ["okrkit", "okrkit.errors", "okrkit.standard"])
def test_importing_okrkit_loads_nothing_heavy(module: str):
    command = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    heavy = {
        "pandas",
        "numpy",
        "scipy",
        "voila",
        "IPython",
        "ipywidgets",
        "jinja2",
        "typer",
        "python_calamine",
    }
    assert heavy.isdisjoint(loaded)


# Sizes and names


def functions() -> list[tuple[Path, ast.FunctionDef]]:
    """Every function of the package."""
    trees = ((path, ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES)
    return [
        (path, node)
        for path, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]


def test_no_python_file_is_longer_than_400_lines():
    long = {
        path.name: n for path in tracked(".py") if (n := len(path.read_bytes().splitlines())) > 400
    }
    assert long == {}


def test_functions_fit_on_a_screen():
    long = []
    for path, function in functions():
        body = function.body[1:] if ast.get_docstring(function) else function.body
        if body and function.end_lineno - body[0].lineno + 1 > 45:
            long.append(f"{path.relative_to(ROOT)}: {function.name}")
    assert long == []


def test_no_module_or_class_is_a_drawer_for_odds_and_ends():
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "core", "manager"}
    assert drawers.isdisjoint(
        part for path in SOURCES for part in (*path.relative_to(ROOT).parts, path.stem)
    )
    # A manager is a person who grades; ComparedManager is one of them.
    vague = r"^class (?!ComparedManager\b)\w*(Manager|Handler|Processor|Engine|Service|Helper)\b"
    # In publish these are the web framework's own words for what we extend there.
    assert lines_matching(vague, [path for path in SOURCES if "publish" not in path.parts]) == []


# The lists of ARCHITECTURE.md


def test_architecture_lists_every_module_and_folder():
    package = ROOT / "okrkit"
    folders = {
        f"{path.parent.relative_to(ROOT).as_posix()}/" for path in package.rglob("__init__.py")
    }
    inner = {folder for folder in folders if folder.startswith("okrkit/measure/")} - {
        "okrkit/measure/"
    }
    modules = {path.relative_to(ROOT).as_posix() for path in package.glob("*.py")}
    beside = {"apps/", "notebooks/", "sample_data/"}
    assert listed_under("Where to look") == modules | (folders - {"okrkit/"} - inner) | beside


def test_architecture_lists_every_table():
    assert listed_under("The tables") == set(SCHEMAS)


def test_architecture_lists_every_rule(tables):
    from okrkit import run_audit

    findings = [
        finding for statement in run_audit(tables).statements for finding in statement.findings
    ]
    rules = [finding.rule for finding in findings]
    assert len(rules) == len(set(rules))
    assert listed_under("The rules") == set(rules)
    for finding in findings:
        assert f"| {finding.statement} | `{finding.rule}`" in ARCHITECTURE


def test_architecture_gives_a_reason_for_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = [
        *project["dependencies"],
        *(n for extra in project["optional-dependencies"].values() for n in extra),
    ]
    names = {re.split(r"[\[<>=]", need)[0] for need in needs} - {"okrkit"}
    section = ARCHITECTURE.split("## Dependencies\n")[1].split("\n## ")[0]
    listed = set(re.findall(r"^\| ([\w-]+) \|", section, flags=re.MULTILINE)) - {"dependency"}
    assert listed == names


def test_architecture_names_the_keys_machines_rely_on(tables):
    from okrkit import audit_to_dict, run_audit

    audit = audit_to_dict(run_audit(tables))
    stable = {
        "": {"statements", "killers", "active_killer"},
        "statements": {"id", "yes", "no", "dont_know", "not_applicable", "evidence"},
        "killers": {"id", "name", "statement", "status"},
        "evidence": {"rule", "verdict", "value", "limit", "unit", "claim", "where"},
        "where": {"table", "ids", "count"},
    }
    evidence = audit["statements"][0]["evidence"][0]
    parts = {"": audit, "evidence": evidence, "where": evidence["where"]}
    parts |= {name: audit[name][0] for name in ("statements", "killers")}
    for name, keys in stable.items():
        assert keys <= set(parts[name])
        assert all(key in ARCHITECTURE for key in keys)


# Apps and notebooks


def cells(path: Path, kind: str) -> list[dict]:
    """The cells of one kind in a notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


@pytest.mark.parametrize("path", APPS, ids=lambda path: path.name)
def test_an_app_is_three_calls_and_stored_without_outputs(path: Path):
    code = cells(path, "code")
    assert len(code) <= 3
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    statements = [node for cell in code for node in ast.parse("".join(cell["source"])).body]
    assert len(statements) <= 6
    assert all(
        isinstance(node, ast.Import | ast.ImportFrom | ast.Assign | ast.Expr) for node in statements
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_holds_no_logic_and_only_checked_headlines(path: Path):
    logic = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Try, ast.Lambda)
    code = cells(path, "code")
    tree = ast.parse("\n".join("".join(cell["source"]) for cell in code))
    assert [type(node).__name__ for node in ast.walk(tree) if isinstance(node, logic)] == []
    kept = [cell for cell in code if cell["outputs"]]
    assert 2 <= len(kept) <= 4
    for cell in kept:
        assert "NBVAL_CHECK_OUTPUT" in "".join(cell["source"])
        for output in cell["outputs"]:
            assert set(output.get("data", {"text/plain": ""})) == {"text/plain"}


def test_there_are_apps_and_notebooks():
    assert APPS
    assert NOTEBOOKS


# What stays out of the tree. The patterns are written so that they do not match themselves.


def test_no_file_names_a_registry_or_a_content_network():
    hosts = r"[p]ypi\.org|[p]ythonhosted|[n]pmjs|deb\.[d]ebian|[j]sdelivr|[u]npkg|[c]dnjs|esm\.[s]h|[g]oogleapis"
    assert lines_matching(hosts, tracked()) == []


def test_no_file_names_a_path_of_one_machine():
    assert lines_matching(r"(^|[^\w.\-/])/(work|root|home/\w+|tmp)[/\s\"'`)]", tracked()) == []


def test_our_scripts_set_text_and_never_markup():
    pages = [path for path in tracked(".js", ".html", ".j2") if "vendor" not in path.parts]
    assert (
        lines_matching(
            r"inner[H]TML|outer[H]TML|document\.write|insertAdjacent[H]TML|\beval\(", pages
        )
        == []
    )


def test_pages_carry_no_inline_styles_or_handlers():
    pages = [path for path in tracked(".html", ".j2") if "vendor" not in path.parts]
    assert lines_matching(r"\sstyle=|\son(click|load|error|change|input)=", pages) == []


def test_no_test_is_skipped():
    assert (
        lines_matching(r"pytest\.[s]kip|mark\.[s]kip|mark\.[x]fail|import[o]rskip", tracked(".py"))
        == []
    )


def test_the_product_speaks_calmly():
    avoided = r"(?i)\b(biased|unfair|lenient|sandbagg\w+|gaming|cheat\w*|underperform\w*|dishonest\w*|obviously)\b"
    spoken = [path for path in tracked(".py", ".j2", ".ipynb", ".js") if "tests" not in path.parts]
    assert lines_matching(avoided, spoken) == []
