"""What the server is built from, without starting it."""

from __future__ import annotations

import logging
import math
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from voila.app import Voila
from voila.configuration import VoilaConfiguration

from okrkit.errors import UsageError
from okrkit.publish.application import checked, settings_for
from okrkit.publish.headers import log_access
from okrkit.publish.kernels import kernel_environment
from okrkit.publish.lab import command, working_place
from okrkit.publish.places import Shown, place
from okrkit.publish.seats import allowed_mib
from okrkit.publish.serve import loopback

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.4", "example.org", "", "127.0.0.1.example.org"]
)
def test_an_address_others_could_reach_is_refused(host):
    with pytest.raises(UsageError, match="serve by invitation"):
        loopback(host)


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("localhost", "127.0.0.1")]
)
def test_this_computer_is_served(host, address):
    assert loopback(host) == address


@pytest.mark.parametrize(
    ("owner", "name"), [(Voila, "no_such"), (VoilaConfiguration, "file_alowlist")]
)
def test_a_setting_voila_does_not_know_stops_the_start(owner, name):
    with pytest.raises(UsageError, match=name):
        checked({owner: {name: 1}})


def test_the_installed_voila_knows_every_setting_of_ours(tmp_path):
    shown = Shown(tmp_path, "Client", invented=False)
    config = checked(settings_for(tmp_path / "audit.ipynb", shown, tmp_path))
    assert config.VoilaExecutor.iopub_timeout > 30  # else what a busy kernel shows late is left out
    assert config.VoilaConfiguration.file_allowlist == []
    assert config.VoilaConfiguration.show_tracebacks is False
    assert config.VoilaConfiguration.allow_template_override == "NO"
    assert config.VoilaConfiguration.allow_theme_override == "NO"


def test_a_kernel_gets_no_more_of_the_environment_than_it_needs():
    server = {"PATH": "bin", "HOME": "home", "DATABASE_URL": "secret", "AWS_SECRET_ACCESS_KEY": "s"}
    assert kernel_environment(server, OKRKIT_PROJECT="p") == {
        "PATH": "bin",
        "HOME": "home",
        "OKRKIT_PROJECT": "p",
    }


def test_the_access_log_keeps_no_address(caplog):
    class Page:
        request = SimpleNamespace(method="GET", path="/open/key", request_time=lambda: 0.01)

        def get_status(self) -> int:
            return 200

    with caplog.at_level(logging.INFO, "okrkit.access"):
        log_access(Page())
    assert caplog.messages == ["GET Page 200 10 ms"]


def test_the_server_process_loads_none_of_the_analysis():
    heavy = (
        "pandas",
        "numpy",
        "okrkit.tables",
        "okrkit.judge.audit",
        "okrkit.measure",
        "ipywidgets",
        "anywidget",
        "rfc3987_syntax.syntax_helpers",  # a second at every start
    )
    code = f"import okrkit.publish.serve, okrkit.publish.lab, sys; print([m for m in {heavy} if m in sys.modules])"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert answer.stdout.strip() == "[]"


def test_without_the_apps_extra_the_remedy_is_named():
    code = (
        "import sys; sys.modules['voila'] = None\n"
        "from okrkit.errors import UsageError\n"
        "try:\n    import okrkit.publish.serve\n"
        "except UsageError as error:\n    print(error)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert answer.stdout.strip() == 'voila is not installed. Install it with: pip install ".[apps]"'


def test_the_clients_name_comes_from_the_standard_else_from_the_folder(tmp_path):
    folder = tmp_path / "harbour-foods"
    folder.mkdir()
    assert Shown.of(folder) == Shown(folder, "harbour-foods", invented=False)
    (folder / "standard.toml").write_text('client = "Harbour Foods"\n', encoding="utf-8")
    assert Shown.of(folder).client == "Harbour Foods"
    (folder / "standard.toml").write_text("client = [", encoding="utf-8")
    assert Shown.of(folder).client == "harbour-foods"


def test_without_a_folder_the_sample_company_is_shown_and_called_invented():
    shown = Shown.of(None)
    assert shown.invented
    assert shown.folder == place("sample_data").resolve()


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match="is not a folder"):
        Shown.of(tmp_path / "nowhere")


def test_notebooks_that_can_be_changed_stay_where_they_are(tmp_path):
    assert working_place(tmp_path, tmp_path / "home") == tmp_path


def test_notebooks_that_cannot_be_changed_are_copied_once(tmp_path, monkeypatch):
    installed = tmp_path / "notebooks"
    installed.mkdir()
    (installed / "01.ipynb").write_text("as installed", encoding="utf-8")
    monkeypatch.setattr("okrkit.publish.lab.os.access", lambda path, mode: False)
    copy = working_place(installed, tmp_path / "home")
    assert copy != installed
    (copy / "01.ipynb").write_text("changed by hand", encoding="utf-8")
    again = working_place(installed, tmp_path / "home")
    assert (again / "01.ipynb").read_text(encoding="utf-8") == "changed by hand"


def test_jupyterlab_answers_this_computer_only_and_asks_nobody_for_news(tmp_path):
    start = command(tmp_path, open_browser=False)
    assert "--ServerApp.ip=127.0.0.1" in start
    assert "--LabApp.news_url=None" in start
    assert "--no-browser" in start
    assert not any("token" in part for part in start)


def test_seats_are_counted_from_the_memory_a_service_or_container_may_have(tmp_path):
    service = tmp_path / "system.slice" / "okrkit.service"
    service.mkdir(parents=True)
    own = tmp_path / "own"
    own.write_text("0::/system.slice/okrkit.service\n", encoding="utf-8")
    assert allowed_mib(tmp_path, own) == math.inf
    (service / "memory.max").write_text("max\n", encoding="utf-8")
    (service.parent / "memory.max").write_text("4294967296\n", encoding="utf-8")
    assert allowed_mib(tmp_path, own) == 4096
    (service / "memory.max").write_text("2147483648\n", encoding="utf-8")
    assert allowed_mib(tmp_path, own) == 2048
    own.write_text("0::/\n", encoding="utf-8")  # in a container, its own group is the root
    (tmp_path / "memory.max").write_text("1073741824\n", encoding="utf-8")
    assert allowed_mib(tmp_path, own) == 1024
    assert allowed_mib(tmp_path, tmp_path / "nowhere") == math.inf
