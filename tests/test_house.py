"""The house: what is installed is what is declared, locked and used."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

import okrkit

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
PEERS = ROOT / "benchmarks" / "peers"  # run in an environment of their own
LOCKS = ("app.txt", "test.txt", "../benchmarks/peers.txt")

# Where the name to import is not the name to install.
IMPORT_NAMES = {
    "python-docx": "docx",
    "python-pptx": "pptx",
    "python-calamine": "python_calamine",
    "axe-playwright-python": "axe_playwright_python",
    "pyyaml": "yaml",
    "fonttools": "fontTools",
}
# What Voila, ipykernel and nbval always bring; we extend or drive these parts of them.
BROUGHT = {
    "IPython", "jupyter_client", "jupyter_core", "jupyter_server", "nbclient", "nbconvert", "nbformat",
    "tornado", "traitlets",
}  # fmt: skip


def name_of(need: str) -> str:
    """The package a requirement such as `voila>=0.5.13` asks for."""
    return re.split(r"[\[<>=~! ;]", need)[0].lower()


def locked(lock: str) -> dict[str, set[str]]:
    """Version(s) of each package of a lock."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, flags=re.MULTILINE):
        pins.setdefault(name, set()).add(version)
    return pins


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_address(lock: str):
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    assert (
        re.search(
            r"https?://|index-url|find-links|file:|^-e", text, flags=re.MULTILINE | re.IGNORECASE
        )
        is None
    )
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(
        re.fullmatch(r"[\w.-]+==[^\n]+( *\\\n +--hash=sha256:[0-9a-f]{64})+", entry)
        for entry in entries
    )


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("app.txt", ["apps", "lab"]), ("test.txt", ["apps", "lab", "reports", "test"])],
)
def test_a_lock_holds_everything_pyproject_asks_for(lock: str, extras: list[str]):
    needs = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    needs += [need for extra in extras for need in EXTRAS[extra]]
    assert {name_of(need) for need in needs} - {"okrkit"} <= set(locked(lock))


def test_the_app_runs_on_the_versions_that_were_tested():
    tested = locked("test.txt")
    assert {
        name: versions
        for name, versions in locked("app.txt").items()
        if tested.get(name) != versions
    } == {}


def test_the_conda_environment_is_what_pyproject_asks_for():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *conda, pip = environment["dependencies"]
    needs = [*PROJECT["project"]["dependencies"], *EXTRAS["apps"], *EXTRAS["lab"]]
    expected = {need.lower() for need in needs if not need.startswith("okrkit")}
    assert environment["channels"] == ["conda-forge"]
    assert set(conda) == expected | {f"python{PROJECT['project']['requires-python']}", "pip"}
    assert pip == {"pip": ["--editable ."]}


def test_everything_has_everything():
    assert EXTRAS["all"] == ["okrkit[apps,lab,reports,test]"]
    assert set(EXTRAS) == {"apps", "lab", "reports", "test", "all"}


def imported_by(folder: Path) -> set[str]:
    """Top-level names of other packages that the Python files of `folder` import."""
    names: set[str] = set()
    for path in folder.rglob("*.py"):
        if path.parent == PEERS != folder:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names.add(node.module.split(".")[0])
    return names - sys.stdlib_module_names - {"okrkit"}


def declared(needs: list[str]) -> set[str]:
    """Names to import of requirements."""
    return {IMPORT_NAMES.get(name_of(need), name_of(need)) for need in needs}


def test_what_the_core_imports_is_declared_and_what_is_declared_is_imported():
    core = declared(PROJECT["project"]["dependencies"])
    folders = [path for path in (ROOT / "okrkit").iterdir() if path.is_dir()]
    inner = [path for path in folders if path.name not in {"widgets", "publish"}]
    used = imported_by(ROOT / "okrkit")
    assert core <= used
    extras = declared([*EXTRAS["apps"], *EXTRAS["lab"], *EXTRAS["reports"]])
    assert used <= core | extras | BROUGHT
    in_packs = imported_by(ROOT / "okrkit" / "show" / "pack")
    assert declared(EXTRAS["reports"]) <= in_packs
    assert set().union(*(imported_by(folder) for folder in inner)) - in_packs <= core
    assert in_packs <= core | declared(EXTRAS["reports"])


@pytest.mark.parametrize("folder", ["tests", "scripts", "benchmarks"])
def test_what_tests_and_scripts_import_is_declared(folder: str):
    extras = (need for name in ("apps", "reports", "test") for need in EXTRAS[name])
    needs = [*PROJECT["project"]["dependencies"], *extras]
    ours = {path.stem for path in (ROOT / folder).iterdir()}
    assert imported_by(ROOT / folder) - ours <= declared(needs) | BROUGHT


def test_what_the_peers_of_a_benchmark_import_is_locked_beside_them():
    ours = {path.stem for path in PEERS.iterdir()}
    used = imported_by(PEERS) - ours
    assert used == {"streamlit", "shiny"}
    assert used <= set(locked("../benchmarks/peers.txt"))


def test_the_version_is_the_one_in_the_changelog():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## ([\d.]+)", changelog, flags=re.MULTILINE).group(1) == okrkit.__version__


def test_continuous_integration_runs_make_test():
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_make_runs_this_folder_whatever_path_a_shell_exports(tmp_path: Path):
    asks = f"include {ROOT / 'Makefile'}\nasked:\n\t@echo path=$${{PYTHONPATH-}}\n"
    (tmp_path / "Makefile").write_text(asks, encoding="utf-8")
    shell = os.environ | {"PYTHONPATH": "/elsewhere"}
    told = subprocess.run(
        ["make", "-s", "--no-print-directory", "asked"],
        cwd=tmp_path,
        env=shell,
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.splitlines() == ["path="]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names of the files in the wheel."""
    out = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        "wheel",
        "--directory",
        str(out),
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return set(zipfile.ZipFile(next(out.glob("*.whl"))).namelist())


def test_a_wheel_carries_the_whole_product(wheel: set[str]):
    package = {p.relative_to(ROOT).as_posix() for p in (ROOT / "okrkit").rglob("*") if p.is_file()}
    beside = {
        f"okrkit/{path.relative_to(ROOT).as_posix()}"
        for folder in ("apps", "notebooks", "sample_data")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    unwanted = re.compile(r"__pycache__|\.ipynb_checkpoints|_cache/")
    assert {name for name in package | beside if not unwanted.search(name)} <= wheel


def test_a_wheel_carries_nothing_else(wheel: set[str]):
    assert {name.split("/")[0] for name in wheel} == {
        "okrkit",
        f"okrkit-{okrkit.__version__}.dist-info",
    }
