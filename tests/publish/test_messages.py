"""A visitor with a browser's console: whatever is sent to a page's kernel, nothing out of scope changes."""

from __future__ import annotations

import hashlib
import json
from itertools import islice

import pytest
from tornado.httpclient import HTTPClientError

from okrkit.judge.audit import run_audit
from okrkit.judge.entry import FIELDS, entry
from okrkit.keep.plan_file import load_plan, plan_path
from okrkit.read import read_folder

from .attacked import KERNEL_PAGES, Attacked
from .company import write_company
from .conftest import kernels, until, write_notebook
from .messages import Wire, custom, fuzzed, message, outside_any_loop
from .visiting import Browser, invite, start_for_others, two_clients

SEED = 20261122
MIB = 2**20


def named(client):
    """Texts that tell where they stand."""
    return lambda field, row: f"{client} {field} {row}"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    place = tmp_path_factory.mktemp("messages")
    folders = {
        f"/{name}/": write_company(place / name, named(name), 12) for name in ("acme", "beta")
    }
    place = Attacked(folders, place / "data", place / "stderr.txt").start()
    yield place
    place.site.stop()


def digests(attacked):
    """What everything on disk that belongs to the clients holds, but the plan of the first."""
    plan = plan_path(attacked.folders["/acme/"], home=attacked.data / "okrkit")
    places = [*attacked.folders.values(), attacked.data]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path != plan and path.suffix not in (".lock",)
    }


def plan_of(attacked):
    return {
        step.key: step
        for step in load_plan(attacked.folders["/acme/"], home=attacked.data / "okrkit")
    }


async def torment(wire, count, keys=()):
    """Send so many messages; now and then see that the kernel answers."""
    async with wire:
        comms = await wire.comms()
        for number, sent in enumerate(islice(fuzzed(SEED, comms, keys), count)):
            await wire.send(sent)
            if number % 100 == 99:
                wire.heard.clear()
                await wire.ask("kernel_info_request")
        await wire.ask("kernel_info_request")


async def tell_each(wire, said):
    """Send the same to every widget of the page."""
    async with wire:
        for comm in await wire.comms():
            await wire.send(custom(comm, said))
        await wire.ask("kernel_info_request")


@pytest.mark.parametrize("count", [150, pytest.param(5000, marks=pytest.mark.long)])
@pytest.mark.parametrize("page", ["audit", "calibration"])
def test_whatever_is_sent_to_a_page_nothing_out_of_scope_changes(attacked, page, count):
    browser = attacked.inside("/acme/", "hr")
    others = kernels(attacked.site.process.pid)
    kernel = browser.kernel(f"/acme/{page}")
    running = kernels(attacked.site.process.pid) - others
    assert running
    before = digests(attacked)
    wire = Wire(browser, "/acme/", kernel)
    outside_any_loop(torment(wire, count, sorted(steps_of(attacked))))
    changed = {path for path, digest in digests(attacked).items() if before.get(path) != digest}
    assert changed == set()
    assert running <= kernels(attacked.site.process.pid)
    for step in plan_of(attacked).values():
        for field in FIELDS:
            assert entry(field, getattr(step, field)) == getattr(step, field)
    assert "beta " not in " ".join(wire.heard)
    assert browser.ask("GET", f"/acme/api/kernels/{kernel}")[0] == 200
    told = attacked.site.log.read_text()
    assert [text for text in ("Handler failed", "passwd", "acme", kernel) if text in told] == []


LARGE = {
    "two million characters": lambda comm: custom(comm, entry_of("x" * 2_000_000)),
    "eight MiB": lambda comm: custom(comm, entry_of("x" * 8 * MIB)),
    "a step that is not in the plan": lambda comm: custom(comm, entry_of("x", key="9.none")),
    "a path for a step": lambda comm: custom(comm, entry_of("x", key="../../beta")),
    "a field that is not to fill in": lambda comm: custom(comm, entry_of("x", field="because")),
    "a list for a text": lambda comm: custom(comm, entry_of(["x"])),
    "a control that is not shown": lambda comm: update(
        comm, {"steps": [], "rules": {"longest": 10**9}}
    ),
    "another widget's class": lambda _: message("comm_open", OUTPUT),
    "code": lambda _: message("execute_request", {"code": "open('ran', 'w')", "silent": False}),
    "the end of the kernel": lambda _: message("shutdown_request", {"restart": False}),
    "the end of the kernel, aside": lambda _: message("shutdown_request", {}, "control"),
}
OUTPUT = {
    "comm_id": "f" * 32, "target_name": "jupyter.widget",
    "data": {"state": {"_model_module": "@jupyter-widgets/output", "_model_name": "OutputModel"}},
}  # fmt: skip


def entry_of(text, key="1.one_scale", field="owner"):
    return {"id": 7, "key": key, "field": field, "text": text}


def update(comm, state):
    data = {"method": "update", "state": state, "buffer_paths": []}
    return message("comm_msg", {"comm_id": comm, "data": data})


async def press(wire, sent):
    """Send it to each widget of the page; all that came back."""
    async with wire:
        for comm in await wire.comms():
            await wire.send(json.dumps(sent(comm)))
        await wire.ask("kernel_info_request")
        return " ".join(wire.heard)


def test_what_the_page_does_not_offer_is_refused_and_the_page_still_answers(attacked):
    browser = attacked.inside("/acme/", "facilitator")
    kernel = browser.kernel("/acme/audit")
    before, plan = digests(attacked), plan_of(attacked)
    for sent in LARGE.values():
        heard = outside_any_loop(press(Wire(browser, "/acme/", kernel), sent))
        assert '"saved": true' not in heard
        assert "execute_reply" not in heard
    assert (digests(attacked), plan_of(attacked)) == (before, plan)
    key = min(steps_of(attacked))
    offered = outside_any_loop(
        press(Wire(browser, "/acme/", kernel), lambda comm: custom(comm, entry_of("Ada", key)))
    )
    assert '"saved": true' in offered
    assert "Ada" in {step.owner for step in plan_of(attacked).values()}


def steps_of(attacked):
    """The keys of the plan's steps."""
    return {step.key for step in run_audit(read_folder(attacked.folders["/acme/"])).plan}


def test_a_kernel_of_another_visitor_hears_nothing(attacked):
    kernel = attacked.inside("/acme/", "hr").kernel("/acme/audit")
    for base, role in (("/acme/", "hr"), ("/acme/", "consultant"), ("/beta/", "hr")):
        wire = Wire(attacked.inside(base, role), "/acme/", kernel)
        with pytest.raises(HTTPClientError, match="40[34]"):
            outside_any_loop(wire.comms())


# Who may see no names is refused them by a message, too; the roles come with the page of one's own.
WITHOUT_NAMES = ("consultant",) if "own" in KERNEL_PAGES else ()


def test_who_may_see_no_names_gets_none_by_a_forged_message(attacked):
    for role in ("hr", *WITHOUT_NAMES):
        browser = attacked.inside("/acme/", role)
        wire = Wire(browser, "/acme/", browser.kernel("/acme/calibration"))
        heard = outside_any_loop(ask_for_names(wire))
        assert ("acme people" in heard) == (role == "hr")


async def ask_for_names(wire):
    async with wire:
        for comm in await wire.comms():
            for names in (True, False):
                sent = {"kind": "judge", "limit": 0.05, "without_names": names}
                for content in ({"kind": "begin"}, sent, sent | {"role": "hr"}):
                    await wire.send(json.dumps(custom(comm, content)))
            await wire.send(
                json.dumps(update(comm, {"shown": {"without_names": False}, "top": ""}))
            )
            await wire.send(json.dumps(custom(comm, {"kind": "begin"})))
            await wire.send(
                json.dumps(
                    message("comm_msg", {"comm_id": comm, "data": {"method": "request_state"}})
                )
            )
        await wire.ask("kernel_info_request")
        return " ".join(wire.heard)


TRUSTING = (
    "import anywidget, os, pathlib\n"
    "class Form(anywidget.AnyWidget):\n"
    "    _esm = 'export default { render() {} }'\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.on_msg(lambda _, sent, __: self.keep(sent))\n"
    "    def keep(self, sent):\n"
    "        pathlib.Path(os.environ['OKRKIT_PROJECT'], 'kept').write_text(str(sent))\n"
    "Form()"
)


def test_a_form_that_keeps_whatever_it_is_sent_is_noticed(tmp_path):
    said = two_clients(tmp_path)
    write_notebook(tmp_path / "audit.ipynb", TRUSTING)
    site = start_for_others(json.dumps(said), tmp_path / "stderr.txt", tmp_path / "data")
    try:
        browser = Browser(site.url)
        browser.enter("/acme/", invite(tmp_path / "acme", tmp_path / "data", "hr"))
        wire = Wire(browser, "/acme/", browser.kernel("/acme/audit"))
        outside_any_loop(tell_each(wire, {"kind": "begin"}))
        until((tmp_path / "acme" / "kept").exists)  # the kernel works through them
    finally:
        site.stop()
