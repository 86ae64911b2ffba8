"""Kernels that are copies of one warm process: their imports are done and mostly shared."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from okrkit.threads import ONE_THREAD

# macOS starts threads behind a program's back, so that a copy may crash there.
CAN_FORK = os.name == "posix" and sys.platform != "darwin"
LAUNCH = (sys.executable, "-m", "ipykernel_launcher")  # a stock kernel, before its options
ANSWER_SECONDS = 30  # the imports take one or two, ten on a busy old laptop


class ForkedProcess:
    """A kernel's process as `subprocess.Popen` would show it; its socket closes when it ends."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, own: socket.socket) -> None:
        self.pid, self._own = pid, own

    def poll(self) -> int | None:
        """None while it runs, then 0: nobody waits for a copy's exit code."""
        try:
            return None if self._own.recv(1, socket.MSG_PEEK) else 0
        except BlockingIOError:
            return None
        except OSError:
            return 0

    def wait(self) -> int:
        """Let go of it; called once it has ended."""
        self._own.close()
        return 0

    def send_signal(self, sign: int) -> None:
        """Signal the kernel and what it has started."""
        if self.poll() is None:
            os.killpg(self.pid, sign)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


class WarmParent:
    """The process that has imported `modules`; started when first needed, and again if it died."""

    def __init__(self, modules: Sequence[str], environment: Mapping[str, str]) -> None:
        self._modules, self._environment = modules, environment
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._proven = False
        self._fit = True

    async def fork(
        self, options: Sequence[str], environment: Mapping[str, str], folder: str
    ) -> ForkedProcess | None:
        """A new kernel; None when no copy came, for instance because the parent has just died.

        A parent that ended without a single copy is not started again: it never will make one.
        """
        if not self._fit:
            return None
        asked = {"options": options, "environment": environment, "folder": folder}
        control = self._started()
        own, given = socket.socketpair()
        own.settimeout(0)
        try:
            with given:
                socket.send_fds(control, [b"k"], [given.fileno()])
            pid = await asyncio.wait_for(_answer(own, asked), ANSWER_SECONDS)
        except OSError:  # a timeout is one too
            pid = b""
        if pid:
            self._proven = True
            return ForkedProcess(int(pid), own)
        own.close()
        if control is self._control:
            self._fit = self._proven
            self.end()
        return None

    def end(self) -> None:
        """End it; its kernels live on, each with its own socket."""
        if self._process is not None and self._control is not None:
            self._control.close()
            self._process.kill()
            self._process.wait()
        self._process = self._control = None

    def _started(self) -> socket.socket:
        """The way to the parent, which is started unless it runs."""
        if self._process is not None and self._process.poll() is not None:
            self.end()
        if self._control is None:
            self._control, given = socket.socketpair()
            self._proven = False
            with given:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", f"{__package__}.warm_parent",
                     str(given.fileno()), *self._modules],
                    env={**self._environment, **ONE_THREAD}, pass_fds=[given.fileno()],
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    start_new_session=True,  # Ctrl-C is for the server
                )  # fmt: skip
        return self._control


async def _answer(own: socket.socket, asked: Mapping[str, object]) -> bytes:
    """The process id of the kernel at the other end; empty when it ended first."""
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(own, json.dumps(asked).encode() + b"\n")
    return await loop.sock_recv(own, 20)


class ForkedKernel(LocalProvisioner):
    """How jupyter_client starts a kernel here: as a copy of `warm`, else as it comes."""

    def __init__(self, warm: WarmParent, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.warm = warm

    async def launch_kernel(
        self,
        cmd: list[str],
        **kwargs: Any,  # noqa: ANN401
    ) -> KernelConnectionInfo:
        """The connection of the new kernel; a stock one takes longer and does the same."""
        options = cmd[len(LAUNCH) :]
        process = await self.warm.fork(options, kwargs["env"], kwargs["cwd"])
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process  # type: ignore[assignment]
        self.pid, self.cwd = process.pid, kwargs["cwd"]
        return self.connection_info
