"""What a visitor with a console may send to the kernel of the page: the page's own messages, and all others."""

from __future__ import annotations

import asyncio
import json
import random
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tornado.httpclient import HTTPRequest
from tornado.websocket import (
    WebSocketClientConnection,
    WebSocketClosedError,
    websocket_connect,
)

from .visiting import Browser

KINDS = (
    "comm_msg", "comm_msg", "comm_msg", "comm_msg", "comm_open", "comm_close", "comm_info_request",
    "kernel_info_request", "execute_request", "inspect_request", "complete_request", "history_request",
    "is_complete_request", "shutdown_request", "interrupt_request", "debug_request", "input_reply",
    "create_subshell_request", "usage_request", "stream", "error", "", "\0", "comm_msg\n",
)  # fmt: skip
CHANNELS = "shell", "shell", "shell", "control", "stdin", "iopub", "hb", "nowhere", None
TRAITS = (
    "steps", "rules", "desk", "top", "evidence", "judged", "method", "state", "progress", "shown", "_esm", "_css",
    "_anywidget_id", "_model_name", "_model_module", "_view_name", "layout", "comm", "keys", "_folder", "_home", "_plan",
    "_source", "_grading", "__class__", "__dict__", "value", "disabled", "max", "children", "markup",
)  # fmt: skip
FIELDS = "owner", "due", "status", "comment", "step", "because", "killer", "key", "__class__", ""
TARGETS = (
    "jupyter.widget",
    "jupyter.widget.control",
    "jupyter.widget.version",
    "os.system",
    "",
    "x" * 9999,
)
CLASSES = (
    ("@jupyter-widgets/controls", "HTMLModel"), ("@jupyter-widgets/controls", "FileUploadModel"),
    ("@jupyter-widgets/output", "OutputModel"), ("@jupyter-widgets/base", "LayoutModel"),
    ("anywidget", "AnyModel"), ("os", "system"), ("", ""),
)  # fmt: skip
PATHS = "/etc/passwd", "../../beta/grades.csv", "file:///", "\\\\host\\share", "..", "~"


TRIES = 150  # of two seconds: a busy kernel works through what it was sent before


class Wire:
    """The socket of an open page."""

    def __init__(self, browser: Browser, base: str, kernel: str) -> None:
        self.address = f"{browser.url.replace('http', 'ws', 1).rstrip('/')}{base}api/kernels/{kernel}/channels?session_id=s"
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        self.headers = {"Origin": browser.url.rstrip("/"), "Cookie": cookie}
        self.heard: list[str] = []  # everything that came, as it came
        self.opened = 0
        self._socket: WebSocketClientConnection | None = None

    async def __aenter__(self) -> Wire:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def send(self, text: str | bytes) -> None:
        """Send it, on a new socket when the last was shut for what was sent on it."""
        for _ in range(3):
            if self._socket is None or self._socket.close_code is not None:
                await self.close()
                self._over = asyncio.Event()
                request = HTTPRequest(self.address, headers=self.headers)
                self._socket = await websocket_connect(request, on_message_callback=self._hear)
                self.opened += 1
            try:
                await self._socket.write_message(text, binary=isinstance(text, bytes))
                return
            except WebSocketClosedError:
                await self.close()

    def _hear(self, message: str | bytes | None) -> None:
        if message is None:
            self._over.set()
        else:
            self.heard.append(
                message if isinstance(message, str) else message.decode("utf-8", "replace")
            )

    async def ask(self, kind: str, **content: object) -> dict[str, Any]:
        """The reply to a request, heard together with all that was said before it.

        What widgets say and replies travel apart: the kernel's "idle" is the last of what widgets say.
        Asked again, since what was sent before may have shut the socket.
        """
        for _ in range(TRIES):
            sent = message(kind, content)
            number = sent["header"]["msg_id"]
            await self.send(json.dumps(sent))
            try:
                reply = await self.answer(lambda said, of=number: _replies(said, of))
                await self.answer(lambda said, of=number: _idle(said, of))
                return reply
            except TimeoutError:
                pass
        raise TimeoutError(f"no reply to {kind}")

    async def answer(self, wanted: Any, seconds: float = 2) -> dict[str, Any]:
        """The first message heard, from now on or lately, that is wanted."""
        seen = max(0, len(self.heard) - 50)
        end = asyncio.get_running_loop().time() + seconds
        while True:
            while seen < len(self.heard):
                said = json.loads(self.heard[seen])
                seen += 1
                if wanted(said):
                    return dict(said)
            if asyncio.get_running_loop().time() > end:
                raise TimeoutError
            await asyncio.sleep(0.01)

    async def comms(self) -> list[str]:
        """The ids of the widgets behind the page."""
        return list((await self.ask("comm_info_request"))["content"]["comms"])

    async def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
            await asyncio.wait_for(self._over.wait(), 60)


def _replies(said: dict[str, Any], number: str) -> bool:
    return said["parent_header"].get("msg_id") == number and said["msg_type"].endswith("_reply")


def _idle(said: dict[str, Any], number: str) -> bool:
    return (
        said["parent_header"].get("msg_id") == number
        and said["msg_type"] == "status"
        and said["content"].get("execution_state") == "idle"
    )


def message(kind: str, content: object, channel: str | None = "shell") -> dict[str, Any]:
    """A message as the widget front end writes it."""
    header = {
        "msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": "s", "version": "5.3",
        "date": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    return {
        "header": header, "parent_header": {}, "metadata": {"version": "2.1.0"}, "content": content,
        "channel": channel, "buffers": [],
    }  # fmt: skip


def custom(comm: str, content: object) -> dict[str, Any]:
    """What `model.send(content)` sends."""
    return message("comm_msg", {"comm_id": comm, "data": {"method": "custom", "content": content}})


def fuzzed(seed: int, comms: list[str], keys: Sequence[str]) -> Iterator[str | bytes]:
    """Messages without end, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    while True:
        yield _one(chance, comms, keys)


def _one(chance: random.Random, comms: list[str], keys: Sequence[str]) -> str | bytes:
    roll = chance.random()
    if roll < 0.01:
        return chance.choice(
            ["", "{", "null", "[]", '"x"', "[" * 5000, b"", b"\xff" * 40, b"\x00" * 40, "{}"]
        )
    kind = "comm_msg" if roll < 0.7 else chance.choice(KINDS)
    content = {
        "comm_msg": lambda: _comm(chance, comms, keys),
        "comm_open": lambda: _open(chance),
        "comm_close": lambda: {"comm_id": uuid.uuid4().hex, "data": {}},
        "execute_request": lambda: {
            "code": "open('ran', 'w')",
            "silent": False,
            "store_history": False,
        },
    }.get(kind, lambda: _value(chance, 0))()
    sent = message(kind, content, "shell" if roll < 0.7 else chance.choice(CHANNELS))
    if roll > 0.97:
        part = chance.choice(
            ["header", "parent_header", "metadata", "content", "buffers", "channel"]
        )
        sent[part] = _value(chance, 0)
    if 0.969 < roll < 0.97:
        sent["header"]["msg_id"] = _value(chance, 2)
    return json.dumps(sent)


def _comm(chance: random.Random, comms: list[str], keys: Sequence[str]) -> dict[str, object]:
    comm = chance.choice(comms) if chance.random() < 0.9 else uuid.uuid4().hex
    asked = chance.random()
    if asked < 0.35:
        entry = {
            "id": chance.choice([1, 2, -1, 2**70, "1", None, True]),
            "key": chance.choice([*keys, *PATHS]) if chance.random() < 0.7 else _value(chance, 1),
            "field": chance.choice(FIELDS) if chance.random() < 0.8 else _value(chance, 1),
            "text": chance.choice(["", "Ada", "2026-10-31", "agreed"]) if chance.random() < 0.3 else _value(chance, 1),
        }  # fmt: skip
        data: object = {"method": "custom", "content": entry}
    elif asked < 0.5:
        content = {
            "kind": chance.choice(["begin", "judge", "exec", None, []]),
            "limit": _value(chance, 1),
            "without_names": _value(chance, 2),
            "said": _value(chance, 1),
            "id": _value(chance, 2),
        }
        data = {"method": "custom", "content": content}
    elif asked < 0.85:
        state = {chance.choice(TRAITS): _value(chance, 0) for _ in range(chance.randint(0, 3))}
        data = {
            "method": "update",
            "state": state,
            "buffer_paths": _value(chance, 1) if asked > 0.8 else [],
        }
    else:
        data = {
            "method": chance.choice(["request_state", "echo_update", "exec", "", None]),
            "state": _value(chance, 0),
        }
    return {"comm_id": comm, "data": data if chance.random() < 0.97 else _value(chance, 0)}


def _open(chance: random.Random) -> dict[str, object]:
    module, name = chance.choice(CLASSES)
    state = {
        "_model_module": module,
        "_model_name": name,
        "_model_module_version": "2.0.0",
        chance.choice(TRAITS): _value(chance, 1),
    }
    return {
        "comm_id": uuid.uuid4().hex, "target_name": chance.choice(TARGETS), "target_module": chance.choice(["os", None, "okrkit"]),
        "data": {"state": state, "buffer_paths": []},
    }  # fmt: skip


def _value(chance: random.Random, depth: int) -> object:
    plain: list[object] = [
        None, True, False, 0, -1, 1e308, 2**63, 0.05, "", "x", "\0", "\u202e", "<img src=x>", "IPY_MODEL_x", *PATHS,
    ]  # fmt: skip
    roll = chance.random()
    if roll < 0.002:
        return "A" * 2_000_000
    if roll < 0.01:
        return "B" * 40_000
    if depth > 3 or roll < 0.75:
        return chance.choice(plain)
    if roll < 0.87:
        return [_value(chance, depth + 1) for _ in range(chance.randint(0, 4))]
    return {
        str(chance.choice(plain)): _value(chance, depth + 1) for _ in range(chance.randint(0, 4))
    }


def outside_any_loop(work: Any) -> Any:
    """Run a coroutine in a thread of its own: in this one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
