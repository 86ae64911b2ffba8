"""The kernels behind the pages: ours only, with a small environment, one kept ready."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, cast

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_server._tz import utcnow
from jupyter_server.base.call_context import CallContext
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.utils import ApiPath
from traitlets import Bool, Dict, List, Unicode

from .forked import CAN_FORK, LAUNCH, ForkedKernel, WarmParent

# What a page's kernel needs. Nothing else of the server's environment may reach it: keys and
# passwords live there.
ENVIRONMENT = (
    "PATH", "HOME", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "TMP",
    "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX", "LD_LIBRARY_PATH",
    "XDG_DATA_HOME", "OKRKIT_PROJECT",
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA",
    "LOCALAPPDATA", "PROGRAMDATA",
)  # fmt: skip


def kernel_environment(server: Mapping[str, str], **extra: str) -> dict[str, str]:
    """What a kernel sees of the `server`'s environment, with `extra` on top.

    >>> kernel_environment({"PATH": "bin", "DATABASE_PASSWORD": "…"}, OKRKIT_PROJECT="client")
    {'PATH': 'bin', 'OKRKIT_PROJECT': 'client'}
    """
    kept = {name: value for name, value in server.items() if name.upper() in ENVIRONMENT}
    return kept | extra


PROJECT = "OKRKIT_PROJECT"  # the client's folder
BUSY_SECONDS = 120  # a session counts as used while somebody works on its page
LOST_SECONDS = 60  # an open page with a form has connected to its kernel long before


class OurKernel(KernelSpecManager):
    """Knows one kernel: the Python that runs the server, whatever else the computer has."""

    def find_kernel_specs(self) -> dict[str, str]:
        """One name; it has no folder, since its command is made here."""
        return {"python3": ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002
        """The Python that runs the server, by whatever name a notebook asks for it."""
        command = [*LAUNCH, "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name="Python 3", language="python")

    def get_all_specs(self) -> dict[str, Any]:
        """The same, as the server lists it."""
        return {"python3": {"resource_dir": "", "spec": self.get_kernel_spec("python3").to_dict()}}


class KernelPool(AsyncMappingKernelManager):
    """Starts kernels with the small environment; keeps one ready with its imports done.

    A page takes the ready one; the next is started when the page is drawn (`refill`). So no page
    waits for a kernel to start. A ready kernel has its imports done and has read no records.
    """

    environment = Dict(help="what a kernel's process sees").tag(config=True)
    modules = List(Unicode(), help="imported before a page asks for the kernel").tag(config=True)

    keep_ready = Bool(True, help="whether a kernel waits for a page").tag(config=True)  # noqa: FBT003

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self._spare: asyncio.Task[str] | None = None
        nobodys = {name: self.environment[name] for name in self.environment if name != PROJECT}
        self._warm = WarmParent(self.modules, nobodys)  # it cannot know whose records there are
        self._owners: dict[str, str] = {}

    @property
    def pages(self) -> int:
        """How many kernels are given out."""
        ready = self._spare is not None and self._spare.done()
        return len(self) - ready

    def refill(self) -> None:
        """Start the next kernel, unless one is ready."""
        if self.keep_ready and self._spare is None:
            self._spare = asyncio.ensure_future(self._fresh({}))

    async def start_kernel(  # type: ignore[override]
        self,
        **_: object,
    ) -> str:
        """The ready kernel's id, or a new one's; told to the page that asked.

        A kernel is told what its visitor may see before it starts; a ready one knows of none.
        """
        page = CallContext.get(CallContext.JUPYTER_HANDLER)
        claims = page.visitor.claims() if page is not None else {}
        spare, self._spare = self._spare, None
        kernel_id = await spare if spare else await self._fresh(claims)
        if kernel_id not in self or not await self.is_alive(kernel_id):
            kernel_id = await self._fresh(claims)
        if page is not None:
            page.kernel_id = kernel_id
            self._owners[kernel_id] = page.visitor.name
        return kernel_id

    def owner(self, kernel_id: str) -> str | None:
        """The session whose page has the kernel; None for one nobody has."""
        return self._owners.get(kernel_id)

    def remove_kernel(self, kernel_id: str) -> KernelManager:
        """Forget it, and whose it was."""
        self._owners.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)

    def pre_start_kernel(
        self, kernel_name: str | None, kwargs: dict[str, Any]
    ) -> tuple[KernelManager, str, str]:
        """A kernel about to start, as a copy of the warm process where the system can do that."""
        kernel, name, kernel_id = super().pre_start_kernel(kernel_name, kwargs)
        if CAN_FORK:
            spec = kernel.kernel_spec
            kernel.provisioner = ForkedKernel(
                self._warm, kernel_id=kernel_id, kernel_spec=spec, parent=kernel
            )
        return kernel, name, kernel_id

    async def end(self, kernel_id: str | None) -> None:
        """Stop the kernel if it is there."""
        if kernel_id is not None and kernel_id in self:
            await self.shutdown_kernel(kernel_id, now=True)

    async def end_of(self, names: Collection[str]) -> None:
        """End the kernels of these sessions; their pages hear of it and stay readable."""
        for kernel_id in [one for one, name in self._owners.items() if name in names]:
            await self.end(kernel_id)

    def owners(self) -> dict[str, bool]:
        """The sessions that have a kernel, each with whether somebody works with it."""
        found: dict[str, bool] = {}
        for kernel_id, name in self._owners.items():
            found[name] = found.get(name, False) or self._quiet(kernel_id) < BUSY_SECONDS
        return found

    def _quiet(self, kernel_id: str) -> float:
        """Seconds since anything was asked of a kernel; 0 for one that is still starting."""
        kernel = self.get_kernel(kernel_id)
        if not kernel.trait_has_value("last_activity"):
            return 0.0
        last = cast("datetime", getattr(kernel, "last_activity", None))
        return float((utcnow() - last).total_seconds())

    async def end_all(self) -> None:
        """Stop every kernel, also one that is about to be ready."""
        spare, self._spare = self._spare, None
        if spare is not None:
            await asyncio.wait([spare])
        await self.shutdown_all(now=True)
        self._warm.end()

    async def reclaim(self) -> None:
        """End the kernels of pages that were closed without saying so."""
        ready = self._spare.result() if self._spare is not None and self._spare.done() else None
        for kernel_id in self.list_kernel_ids():
            if kernel_id == ready or self._quiet(kernel_id) <= LOST_SECONDS:
                continue
            if not self.kernel_model(kernel_id)["connections"]:
                await self.end(kernel_id)

    async def _fresh(self, claims: dict[str, str]) -> str:
        """A new kernel in the notebooks' folder, for a visitor with these claims."""
        started: str = await super().start_kernel(
            kernel_name="python3",
            path=ApiPath(""),
            env={**self.environment, **claims},
            stderr=subprocess.DEVNULL,  # what a kernel prints there may hold a client's texts
            extra_arguments=[f"--IPKernelApp.exec_lines=import {', '.join(self.modules)}"],
        )
        return started
