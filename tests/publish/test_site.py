"""The running server: what it answers, what it refuses, and how it ends."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from okrkit.publish.assets import assets
from okrkit.publish.serve import PAGES_MAX

from .conftest import gone, is_running, show, write_notebook

FORM = (
    "import anywidget, traitlets\n"
    "class Form(anywidget.AnyWidget):\n"
    "    _esm = 'export default { render({ el }) { el.textContent = \"form\"; } }'\n"
    "Form()"
)
PID = show("f'<h1>pid {__import__(\"os\").getpid()}</h1>'")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("client") / "harbour"
    (folder / "sub").mkdir(parents=True)
    for name in (
        "grades.csv",
        "chart.png",
        "chart.svg",
        "notes.ipynb",
        "sub/photo.jpg",
        ".env",
        "page.html",
    ):
        (folder / name).write_text("Ada Example earned 0.4", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(start_shared, folder, tmp_path_factory):
    """A page that shows one record and the names in its environment, and holds a form."""
    place = tmp_path_factory.mktemp("apps")
    (place / "logo.svg").write_text("Ada Example", encoding="utf-8")
    notebook = write_notebook(
        place / "audit.ipynb",
        "import os, html, pathlib\nfolder = pathlib.Path(os.environ['OKRKIT_PROJECT'])",
        show("'<h1>' + html.escape((folder / 'grades.csv').read_text()) + '</h1>'"),
        show("'<p>env: ' + ' '.join(sorted(os.environ)) + '</p>'"),
        PID,
        FORM,
    )
    return start_shared(notebook, folder, DATABASE_PASSWORD="hidden", SECRET_KEY="hidden")


def pid_on(page: str) -> int:
    found = re.search(r"pid (\d+)", page)
    assert found, page
    return int(found.group(1))


def test_the_start_prints_the_address_what_is_shown_and_how_to_stop(site, folder):
    address, what, once, stop = site.printed
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/open/[\w-]{32}", address)
    assert what == f"Readiness audit of harbour: {folder}."
    assert "opens one browser, once" in once
    assert stop == "Stop with Ctrl-C."


def test_the_page_names_the_client_and_shows_the_notebooks_html(site):
    page = site.visit()
    assert "<title>Readiness audit · harbour</title>" in page
    assert "<h1>Ada Example earned 0.4</h1>" in page
    assert "Invented sample company" not in page
    assert 'id="jupyter-config-data"' in page


def test_a_changed_record_shows_after_a_reload(site, folder):
    site.visit()
    before = (folder / "grades.csv").read_text(encoding="utf-8")
    (folder / "grades.csv").write_text("Ada Example earned 0.9", encoding="utf-8")
    assert "earned 0.9" in site.visit()
    (folder / "grades.csv").write_text(before, encoding="utf-8")


def test_the_kernel_sees_no_secret_of_the_server(site):
    page = site.visit()
    assert "OKRKIT_PROJECT" in page
    assert "PASSWORD" not in page
    assert "SECRET" not in page


@pytest.mark.parametrize(
    "path",
    [
        "", "readiness", "audit", "assets/page.js", "assets/okr.css", "nothing-here", "front/x",
        "api/kernels/1", "readiness/answer",
    ],
)  # fmt: skip
def test_every_answer_carries_the_strict_headers(site, path):
    headers = site.get(path)[2]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self' blob:;" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "connect-src 'self'" in policy
    assert headers["Referrer-Policy"] == "strict-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Server"] == "okrkit"


@pytest.mark.parametrize(
    "path",
    [
        "grades.csv", "chart.png", "chart.svg", "notes.ipynb", "sub/photo.jpg", ".env", "page.html",
        "voila/files/grades.csv", "voila/files/chart.png", "voila/files/logo.svg", "files/chart.png",
        "voila/static/chart.png", "voila/templates/okrkit/head.html.j2", "audit.ipynb", "logo.svg",
        "voila/files/audit.ipynb", "assets/..%2f..%2fpage.py", "assets/../page.py",
        "voila/api/contents", "voila/tree", "voila/render/audit.ipynb", "api/contents", "api/kernels",
        "api/kernelspecs", "api/sessions", "lab", "tree", "login", "metrics", "voila/query/x",
        "voila/api/themes/x", "voila/labextensions/anywidget/package.json",
    ],
)  # fmt: skip
def test_no_file_and_no_other_address_is_served(site, path):
    status, text, _ = site.get(path)
    assert status == 404
    assert "Ada Example" not in text


def test_the_front_ends_files_are_served_and_only_of_the_named_extensions(site):
    page = site.visit()
    script = re.search(r'<script src="/(front/[^"]+/static)/voila.js" defer>', page)
    assert script
    front = script.group(1)
    assert site.get(f"{front}/voila.js")[0] == 200
    extensions = front.replace("static", "extensions")
    assert site.get(f"{extensions}/anywidget/package.json")[0] == 200
    assert site.get(f"{extensions}/jupyterlab_pygments/package.json")[0] == 404
    assert site.get(f"{extensions}/anywidget/..%2f..%2f..%2f..%2fkernels/python3/kernel.json")[
        0
    ] in (403, 404)


def test_the_page_and_its_assets_name_no_other_host(site):
    texts = [site.visit(), *(content.decode() for _, content in assets().values())]
    named = {host for text in texts for host in re.findall(r"(?:https?:)?//([\w.-]+\.\w+)", text)}
    assert named <= {"127.0.0.1", "www.w3.org"}


def test_the_page_has_no_inline_script(site):
    page = site.visit()
    kinds = re.findall(r"<script([^>]*)>[^<]", page)
    assert kinds
    assert all('type="application/' in kind for kind in kinds)


@pytest.mark.parametrize(
    "query", ["?template=lab", "?theme=dark", "?template=nonexistent", "?anything=1"]
)
def test_a_query_changes_nothing(site, query):
    page = site.visit(query)
    assert "<h1>Ada Example earned" in page
    assert "voila-style" not in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Dest": "image"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Dest": "iframe"},
        {"Sec_Purpose": "prefetch"},
    ],
)
def test_what_no_person_opens_here_starts_no_kernel(site, headers):
    status, page, _ = site.get("audit", **headers)
    assert status == 403
    assert "Ada Example" not in page


def test_a_link_from_elsewhere_opens_the_page(site):
    page = site.visit("", Sec_Fetch_Site="cross-site", Sec_Fetch_Dest="document")
    assert "Ada Example" in page


def test_a_page_that_is_closed_gives_its_kernel_back(site):
    _, page, answered = site.get()
    found = re.search(r'"kernelId": "([^"]+)"', page)
    assert found
    kernel = found.group(1)
    assert site.get(f"api/kernels/{kernel}")[0] == 200
    assert site.close(kernel, answered, token="forged") == 403
    assert is_running(pid_on(page))
    assert site.close(kernel, answered) == 204
    assert site.close(kernel, answered) == 404
    assert gone(pid_on(page))
    assert site.get(f"api/kernels/{kernel}")[0] == 404


def test_too_many_open_pages_are_refused_in_words(start, folder, tmp_path):
    site = start(write_notebook(tmp_path / "audit.ipynb", PID, FORM), folder)
    answers = [site.get() for _ in range(PAGES_MAX + 1)]
    assert [status for status, _, _ in answers] == [200] * PAGES_MAX + [503]
    assert "All places are taken" in answers[-1][1]
    assert ">Try now</a>" in answers[-1][1]
    assert answers[-1][2]["Retry-After"] == "15"


def outside_any_loop(work):
    """Run a coroutine in a thread of its own: in this one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_a_page_may_talk_to_its_form_and_not_run_code(site, tmp_path):
    _, page, answered = site.get()
    found = re.search(r'"kernelId": "([^"]+)"', page)
    assert found
    mark = tmp_path / "ran"
    address = site.url.replace("http", "ws", 1) + f"api/kernels/{found.group(1)}/channels"

    async def talk(origin: str) -> list[str]:
        request = HTTPRequest(address, headers={"Origin": origin, "Cookie": site.cookie})
        socket = await websocket_connect(request)
        for kind, content in (
            ("execute_request", {"code": f"open({str(mark)!r}, 'w')", "silent": False}),
            ("comm_info_request", {}),
        ):
            header = {
                "msg_id": kind,
                "msg_type": kind,
                "session": "s",
                "username": "",
                "version": "5.3",
            }
            message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
            await socket.write_message(json.dumps(message | {"channel": "shell", "buffers": []}))
        kinds: list[str] = []
        while "comm_info_reply" not in kinds:
            kinds.append(json.loads(await socket.read_message())["msg_type"])
        socket.close()
        while await socket.read_message() is not None:
            pass
        return kinds

    kinds = outside_any_loop(talk(site.url.rstrip("/")))
    assert "execute_reply" not in kinds
    assert not mark.exists()
    with pytest.raises(HTTPClientError, match="403"):
        outside_any_loop(talk("http://evil.example"))
    site.close(found.group(1), answered)


def test_a_page_without_a_form_keeps_no_kernel(start, folder, tmp_path):
    site = start(write_notebook(tmp_path / "audit.ipynb", PID), folder)
    _, page, _ = site.get()
    assert "voila.js" not in page
    assert gone(pid_on(page))


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_leaves_no_kernel(start, folder, tmp_path, sign):
    site = start(write_notebook(tmp_path / "audit.ipynb", PID, FORM), folder)
    pid = pid_on(site.get()[1])
    assert is_running(pid)
    assert site.stop(sign) == 0
    assert gone(pid)
    assert site.log.read_text() == ""


def test_a_killed_server_takes_its_kernels_along(start, folder, tmp_path):
    site = start(write_notebook(tmp_path / "audit.ipynb", PID, FORM), folder)
    pid = pid_on(site.get()[1])
    site.stop(signal.SIGKILL)
    assert gone(pid, 30)


def test_an_error_in_the_app_is_told_in_words_without_its_details(start, folder, tmp_path):
    cells = (
        show("'<h1>first</h1>'"),
        "secret = 'Ada Example'\nraise ValueError(secret)",
        show("'<p>after</p>'"),
    )
    site = start(write_notebook(tmp_path / "audit.ipynb", *cells), folder)
    status, page, _ = site.get()
    assert status == 200
    assert "The audit could not be drawn" in page
    assert "okrkit read FOLDER" in page
    assert "Ada Example" not in page
    assert "Traceback" not in page
    assert "voila" not in page.lower().replace("voila.js", "")
    assert page.rstrip().endswith("</html>")


def test_a_kernel_that_dies_while_reading_is_told_in_words(start, folder, tmp_path):
    cells = show("'<h1>first</h1>'"), "import os\nos._exit(1)", show("'<p>after</p>'")
    site = start(write_notebook(tmp_path / "audit.ipynb", *cells), folder)
    _, page, _ = site.get()
    assert "The audit could not be drawn" in page
    assert page.rstrip().endswith("</html>")


def test_settings_lying_about_are_not_read(start, folder, tmp_path):
    """Voila itself executes voila.py and obeys voila.json in the working folder and in the home."""
    mark = tmp_path / "was-executed"
    here, home = tmp_path / "here", tmp_path / "home"
    for place in (here, home / ".jupyter", home / ".local" / "share" / "jupyter"):
        place.mkdir(parents=True)
        setting = '{"VoilaConfiguration": {"show_tracebacks": true, "strip_sources": false, "template": "lab"}}'
        (place / "voila.json").write_text(setting, encoding="utf-8")
        for name in ("voila.py", "jupyter_config.py", "ipython_config.py"):
            (place / name).write_text(f"open({str(mark)!r}, 'w')", encoding="utf-8")
    startup = home / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text(f"open({str(mark)!r}, 'w')", encoding="utf-8")
    notebook = write_notebook(tmp_path / "audit.ipynb", PID, "raise ValueError('details')")
    site = start(
        notebook,
        folder,
        cwd=here,
        HOME=str(home),
        JUPYTER_PATH=str(here),
        JUPYTER_CONFIG_DIR=str(here),
    )
    _, page, _ = site.get()
    assert "details" not in page
    assert "raise ValueError" not in page
    assert "frame-head" in page
    assert not mark.exists()


def test_another_python3_kernel_on_the_computer_is_not_used(start, folder, tmp_path):
    spec = tmp_path / "home" / ".local" / "share" / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(
        '{"argv": ["false"], "display_name": "x", "language": "python"}', encoding="utf-8"
    )
    notebook = write_notebook(
        tmp_path / "audit.ipynb", show("'<h1>' + __import__('sys').executable + '</h1>'")
    )
    site = start(notebook, folder, HOME=str(tmp_path / "home"))
    assert f"<h1>{sys.executable}</h1>" in site.get()[1]


def test_a_taken_port_is_said_and_the_next_free_one_used(start, folder, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        site = start(write_notebook(tmp_path / "audit.ipynb", PID), folder, port=port)
    assert site.printed[0] == f"Port {port} is taken, so the next free one is used."
    assert f":{port}/" not in site.url


def test_nothing_is_written_to_the_clients_folder(site, folder):
    site.visit()
    assert {path.name for path in folder.iterdir()} == {
        "grades.csv", "chart.png", "chart.svg", "notes.ipynb", "sub", ".env", "page.html",
    }  # fmt: skip


def test_the_template_files_are_ours_alone():
    template = Path(__file__).resolve().parents[2] / "okrkit" / "publish" / "template"
    for path in template.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "extends" not in text
        assert "http" not in text.replace("http-equiv", "")
