"""Kernels are copies of one warm process: what they see, what they share, and how they end."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from okrkit.publish.application import KERNEL_FLAGS
from okrkit.publish.forked import WarmParent
from okrkit.publish.kernels import kernel_environment

from .conftest import children, gone, is_running, show, write_notebook

ROOT = Path(__file__).resolve().parents[2]
# What Voila and IPython set in every kernel, also in one started by hand.
OF_THE_KERNEL = {
    "VOILA_KERNEL_ID", "TERM", "CLICOLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "PAGER", "GIT_PAGER",
    "MPLBACKEND", "PYDEVD_USE_FRAME_EVAL",
}  # fmt: skip
FACTS = show(
    "'<h1>' + ' '.join(f'{name}={value};' for name, value in {"
    "'kernel': os.getpid(), 'parent': os.getppid(), 'session': os.getsid(0),"
    "'shared': gc.get_freeze_count(), 'pandas': 'pandas' in sys.modules,"
    "'panel': 'okrkit.widgets.audit_panel' in sys.modules,"
    "'child': signal.getsignal(signal.SIGCHLD).name, 'folder': os.getcwd(),"
    "'random': random.random(), 'drawn': numpy.random.random(),"
    "'environment': ' '.join(sorted(os.environ))}.items()) + '</h1>'"
)
IMPORTS = "import gc, os, random, signal, sys, numpy"
FORM = (
    "import anywidget\n"
    "class Form(anywidget.AnyWidget):\n"
    "    _esm = 'export default { render({ el }) { el.textContent = \"form\"; } }'\n"
    "Form()"
)
SERVER = {"DATABASE_PASSWORD": "hidden", "OPENBLAS_VERBOSE": "1", "LC_ALL": "C.UTF-8"}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return tmp_path_factory.mktemp("client")


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    return write_notebook(tmp_path_factory.mktemp("apps") / "audit.ipynb", IMPORTS, FACTS, FORM)


@pytest.fixture(scope="module")
def site(start_shared, notebook, client):
    return start_shared(notebook, client, **SERVER)


def facts(page):
    """What the kernel behind a page says of itself."""
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert found, page
    return dict(re.findall(r"(\w+)=([^;]*);", found.group(1)))


def opened(site):
    """The same of a page that stays open."""
    return facts(site.get()[1])


def test_a_kernel_is_a_copy_of_a_process_that_has_done_the_imports(site):
    told = facts(site.visit())
    started = Path(f"/proc/{told['parent']}/cmdline").read_bytes().split(b"\0")
    assert b"okrkit.publish.warm_parent" in started
    assert int(told["parent"]) in children(site.process.pid)
    assert int(told["shared"]) > 100_000
    assert told["pandas"] == told["panel"] == "True"


def test_a_kernel_sees_the_allowed_environment_and_nothing_else(site):
    told = facts(site.visit())
    allowed = kernel_environment(
        os.environ | SERVER, OKRKIT_PROJECT="", IPYTHONDIR="", JUPYTER_CONFIG_DIR="", PYTHONPATH="",
        **KERNEL_FLAGS,
    )  # fmt: skip
    assert set(told["environment"].split()) - OF_THE_KERNEL == set(allowed)
    assert "hidden" not in Path(f"/proc/{told['parent']}/environ").read_text(encoding="utf-8")


def test_a_kernel_stands_alone_in_the_notebooks_folder(site, notebook):
    told = facts(site.visit())
    assert told["session"] == told["kernel"]
    assert told["child"] == "SIG_DFL"
    assert told["folder"] == str(notebook.parent)


def test_two_kernels_draw_different_numbers(site):
    first, second = facts(site.visit()), facts(site.visit())
    assert first["parent"] == second["parent"]
    assert first["random"] != second["random"]
    assert first["drawn"] != second["drawn"]


def test_the_warm_process_has_one_thread_and_cannot_know_whose_records_there_are(site, client):
    warm = Path("/proc") / facts(site.visit())["parent"]
    assert len(list((warm / "task").iterdir())) == 1
    told = (warm / "environ").read_bytes() + (warm / "cmdline").read_bytes()
    assert b"OKRKIT_PROJECT" not in told
    assert str(client).encode() not in told


def test_when_the_warm_process_dies_open_pages_live_on_and_the_next_comes(start, notebook, client):
    site = start(notebook, client)
    before = opened(site)
    os.kill(int(before["parent"]), signal.SIGKILL)
    assert gone(int(before["parent"]))
    ready, after = opened(site), opened(site)
    assert is_running(int(before["kernel"]))
    assert ready["kernel"] != before["kernel"]
    assert after["parent"] != before["parent"]
    assert int(after["shared"]) > 100_000


def test_without_a_warm_process_a_page_still_comes(start, notebook, client):
    site = start(notebook, client)
    for pid in children(site.process.pid):
        with suppress(ProcessLookupError):  # what has just ended by itself
            os.kill(pid, signal.SIGKILL)
    told = opened(site)
    assert told["pandas"] == "True"
    assert site.log.read_text() == ""


def test_a_killed_server_leaves_no_process(start, notebook, client):
    site = start(notebook, client)
    told = opened(site)
    left = children(site.process.pid)
    assert {int(told["kernel"]), int(told["parent"])} <= left
    site.stop(signal.SIGKILL)
    assert all(gone(pid) for pid in left)


def test_a_stopped_server_leaves_no_process(start, notebook, client):
    site = start(notebook, client)
    opened(site)
    left = children(site.process.pid)
    assert site.stop() == 0
    assert all(gone(pid) for pid in left)


def test_a_process_that_cannot_be_copied_is_not_started_again(tmp_path):
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": paths}

    async def asked(*modules):
        warm = WarmParent(modules, environment)
        forks = [await warm.fork([], environment, str(tmp_path)) for _ in range(2)]
        warm.end()
        return forks

    assert outside_any_loop(asked("no_such_module")) == [None, None]
    (tmp_path / "threads.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n",
        encoding="utf-8",
    )
    environment["PYTHONPATH"] = f"{tmp_path}{os.pathsep}{paths}"
    assert outside_any_loop(asked("threads")) == [None, None]


def outside_any_loop(work):
    """Run a coroutine in a thread of its own: in this one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_importing_the_warm_process_loads_none_of_the_analysis():
    code = "import okrkit.publish.warm_parent, sys; print('pandas' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert answer.stdout.strip() == "False"
