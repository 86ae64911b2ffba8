"""A visitor with a browser's console: whatever is sent to a page's kernel, nothing out of scope changes."""

from __future__ import annotations

import hashlib
from itertools import islice

import pytest

from okrkit.judge.entry import FIELDS, entry
from okrkit.keep.plan_file import load_plan, plan_path

from .attacked import Attacked
from .company import write_company
from .messages import Wire, fuzzed, outside_any_loop
from .test_crowds import children

SEED = 20261122
MIB = 2**20
KEYS = ["1.one_scale", "4.one_driver"]  # of steps of the plan


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


async def torment(wire, count):
    """Send so many messages; now and then see that the kernel answers."""
    async with wire:
        comms = await wire.comms()
        for number, sent in enumerate(islice(fuzzed(SEED, comms, KEYS), count)):
            await wire.send(sent)
            if number % 100 == 99:
                wire.heard.clear()
                await wire.ask("kernel_info_request")
        await wire.ask("kernel_info_request")


@pytest.mark.parametrize("count", [150, pytest.param(5000, marks=pytest.mark.long)])
@pytest.mark.parametrize("page", ["audit", "calibration"])
def test_whatever_is_sent_to_a_page_nothing_out_of_scope_changes(attacked, page, count):
    browser = attacked.inside("/acme/", "hr")
    kernel = browser.kernel(f"/acme/{page}")
    running = children(attacked.site.process.pid)
    before = digests(attacked)
    wire = Wire(browser, "/acme/", kernel)
    outside_any_loop(torment(wire, count))
    changed = {path for path, digest in digests(attacked).items() if before.get(path) != digest}
    assert changed == set()
    assert set(running) <= set(children(attacked.site.process.pid))
    for step in plan_of(attacked).values():
        for field in FIELDS:
            assert entry(field, getattr(step, field)) == getattr(step, field)
    assert "beta " not in " ".join(wire.heard)
    assert browser.ask("GET", f"/acme/api/kernels/{kernel}")[0] == 200
    told = attacked.site.log.read_text()
    assert [text for text in ("Traceback", "passwd", "acme", kernel) if text in told] == []
