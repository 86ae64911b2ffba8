"""The handlers of an app that needs a kernel: its page, its front end, its kernel; our assets."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, cast

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, authenticated
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from .frame import Framed, PlainErrors
from .kernels import KernelPool
from .rates import PAGES, Rates
from .seats import Seats

HEARTBEAT = "<script>window.voila_heartbeat()"  # Voila's sign that a cell is still at work
MALFORMED = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError,
    ValueError, struct.error,
)  # fmt: skip
START_HEARTBEATS = 18  # of five seconds: a kernel that has not answered by then will not


class FrontEndHandler(PlainErrors, FileFindHandler):  # type: ignore[misc]
    """The widget front end's files; their addresses change with the version."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002
        """A version's files never change."""
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")


class AssetHandler(PlainErrors):
    """Our own few files, held in memory: name to (content type, bytes).

    Open to everybody: they are the same for every client, and a refusal is a page that needs them.
    """

    for_strangers = True

    def initialize(self, **given: Any) -> None:  # noqa: ANN401
        """Take the files."""
        self.assets: dict[str, tuple[str, bytes]] = given.pop("assets")
        super().initialize(**given)

    @allow_unauthenticated
    def get(self, name: str) -> None:
        """The file, or 304 when the browser has it."""
        if name not in self.assets:
            raise HTTPError(404)
        kind, content = self.assets[name]
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Etag", f'"{hashlib.sha256(content).hexdigest()[:20]}"')
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
        else:
            self.finish(content)


class SessionHandler(PlainErrors, KernelHandler):
    """Tells a page whether its kernel still lives."""

    SUPPORTED_METHODS = ("GET",)

    async def get(self, kernel_id: str) -> None:
        """The kernel as the widget front end wants it; 404 once it has ended."""
        kernels = cast("KernelPool", self.kernel_manager)
        if kernel_id in kernels and not await kernels.is_alive(kernel_id):
            await kernels.end(kernel_id)
        await ensure_async(super().get(kernel_id))


class SocketHandler(PlainErrors, VoilaKernelWebsocketHandler):
    """A page's way to its form; code is not taken."""

    SUPPORTED_METHODS = ("GET",)

    def on_message(self, message: str | bytes) -> None:
        """Hand it on; what no page of ours sends ends the connection, without a word in the log."""
        try:
            super().on_message(message)
        except MALFORMED:
            self.close()


class EndHandler(PlainErrors):
    """Ends a page's kernel when the page is closed."""

    @authenticated
    async def post(self, kernel_id: str) -> None:
        """End it."""
        await cast("KernelPool", self.kernel_manager).end(kernel_id)
        self.set_status(204)
        self.finish()


class PageHandler(Framed, TornadoVoilaHandler):
    """The page: its head at once, then what the notebook shows, cell by cell, then its foot."""

    kernel_id: str | None = None

    def initialize(self, **given: Any) -> None:  # noqa: ANN401
        """Take what the page is called."""
        self.title: str = given.pop("title")
        super().initialize(**given)

    @property
    def kernels(self) -> KernelPool:
        """The kernels of all pages."""
        return cast("KernelPool", self.kernel_manager)

    @authenticated
    async def get(self, path: str | None = None) -> None:  # noqa: ARG002
        """Write the page; end its kernel unless a form on it needs one."""
        self.begin_page()
        rates = cast("Rates", self.settings["rates"])
        if self.frame["mode"] == "invited" and not rates.spend(f"pages {self.visitor.name}", PAGES):
            raise HTTPError(429)
        await cast("Seats", self.settings["seats"]).take()
        form = False
        try:
            await self._send(self.part("head.html.j2", title=self.title))
            form = await self._send_cells()
            await self._send(self.part("foot.html.j2"))
        except StreamClosedError:  # the reader has closed the page
            form = False
        finally:
            if not form:
                await self.kernels.end(self.kernel_id)
            self.kernels.refill()

    @authenticated
    async def head(self, path: str | None = None) -> None:  # noqa: ARG002
        """Say whether there is a seat, to a busy page that waits for one; nothing is started."""
        await cast("Seats", self.settings["seats"]).take()

    async def _send_cells(self) -> bool:
        """Send what the notebook shows as it comes; True when there is a form among it."""
        form = False
        try:
            async with aclosing(self._cells()) as chunks:
                async for chunk in chunks:
                    form = form or 'id="jupyter-config-data"' in chunk
                    await self._send(chunk)
        except StreamClosedError:
            raise
        except Exception:
            self.log.exception("The page could not be finished")
            await self._send(self.part("trouble.html.j2"))
            form = False
        return form

    async def _send(self, markup: str) -> None:
        self.write(markup)
        await self.flush()

    async def _cells(self) -> AsyncGenerator[str, None]:
        """What Voila writes, without its heartbeats; raises when the kernel has gone."""
        silent = 0
        answered = False
        async with aclosing(self.get_generator()) as chunks:
            async for chunk in chunks:
                if not chunk.startswith(HEARTBEAT):
                    answered = True
                    yield chunk
                    continue
                silent += 1
                kernel = self.kernel_id
                alive = kernel is not None and await self.kernels.is_alive(kernel)
                if not alive or (silent > START_HEARTBEATS and not answered):
                    raise HTTPError(500, "the kernel has gone")
