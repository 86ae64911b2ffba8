"""What every test may ask for: the repository's folder, the sample company, and its tables."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import okrkit

ROOT = Path(__file__).resolve().parent.parent

# What the shell of whoever runs the tests may hold and would change what they see; gone before anything looks.
LEFT_OVER = (
    r"OKRKIT_.*|.*_PROXY|IPYTHONDIR|JUPYTER_(PATH|CONFIG_DIR|CONFIG_PATH|DATA_DIR|RUNTIME_DIR)"
    r"|BROWSER|COLUMNS|LINES|TERMINAL_WIDTH|NO_COLOR|FORCE_COLOR|PY_COLORS|CLICOLOR(_FORCE)?"
    r"|GITHUB_ACTIONS|PYTHON(WARNINGS|HASHSEED|IOENCODING|UTF8|STARTUP|INSPECT)"
)
for name in [name for name in os.environ if re.fullmatch(LEFT_OVER, name, re.IGNORECASE)]:
    del os.environ[name]

# The same examples each time, so that a failure is about the change at hand; check-long looks further.
settings.register_profile(
    "default",
    deadline=None,
    derandomize=True,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("default")


@pytest.fixture(autouse=True, scope="session")
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory):
    """Nothing a test keeps lands in the data folder of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def sample_folder() -> Path:
    """The invented company's files."""
    return ROOT / "sample_data"


@pytest.fixture(scope="session")
def tables(sample_folder: Path) -> okrkit.Tables:
    """The invented company's tables; read once, changed by nobody."""
    return okrkit.read_folder(sample_folder)


@pytest.fixture
def client_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Make a client's folder of these files, with a data folder of its own."""

    def make(files: dict[str, str]) -> Path:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        place = tmp_path / "client"
        place.mkdir()
        for name, text in files.items():
            (place / name).write_text(text)
        return place

    return make
