"""How the server waits for a kernel: until it answers, and no longer."""

from __future__ import annotations

import asyncio
from queue import Empty

from jupyter_client.asynchronous.client import AsyncKernelClient

ASK_AGAIN_SECONDS = 0.2  # what a kernel says before the channel for it is open is lost


class PromptClient(AsyncKernelClient):
    """A kernel's client that is ready when the kernel is.

    jupyter_client throws away what comes in until nothing has come for 0.2 seconds. A kernel says
    itself when it is idle again; what came before is then out of the way.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel has answered and both its channels are open.

        Raises
        ------
        RuntimeError
            If the kernel ends first or has not answered after `timeout` seconds.
        """
        loop = asyncio.get_running_loop()
        end = None if timeout is None else loop.time() + timeout
        while not await self._answers():
            if not await self.is_alive():
                raise RuntimeError("The kernel ended before it answered.")
            if end is not None and loop.time() > end:
                raise RuntimeError(f"The kernel has not answered for {timeout} seconds.")

    async def _answers(self) -> bool:
        """Ask; whether an answer comes, and on the other channel that the kernel is idle again."""
        self.kernel_info()
        try:
            await self.get_shell_msg(timeout=ASK_AGAIN_SECONDS)
            idle = False
            while not idle:
                said = await self.get_iopub_msg(timeout=ASK_AGAIN_SECONDS)
                idle = said["content"].get("execution_state") == "idle"
        except Empty:
            return False
        return True
