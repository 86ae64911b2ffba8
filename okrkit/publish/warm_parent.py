"""The process whose copies are kernels: it has done the imports and has read no record.

    python -P -m okrkit.publish.warm_parent SOCKET MODULE...

SOCKET is the number of an open socket. Each byte that comes through it carries one end of a
kernel's own socket; a copy of this process then becomes that kernel. The kernel's socket says who
it is to be and, by closing, that the server has gone or that the kernel has: whoever is left
notices at once.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import threading
from importlib import import_module

from ipykernel.kernelapp import IPKernelApp

THREADS = "/proc/self/task"


def main() -> None:
    """Import what kernels need, then wait for kernels to become until the server has gone."""
    control = socket.socket(fileno=int(sys.argv[1]))
    gc.disable()
    for name in sys.argv[2:]:
        import_module(name)
    if os.path.isdir(THREADS) and len(os.listdir(THREADS)) > 1:
        sys.exit("A copy of a process with threads may hang.")
    gc.freeze()  # what is here already stays shared with the kernels instead of being copied
    be_kernel(next_kernel(control))


def next_kernel(control: socket.socket) -> socket.socket:
    """The socket of the kernel to become: returns in a copy only, never in the process itself."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kernels that end leave nothing behind
    while True:
        byte, ends, _, _ = socket.recv_fds(control, 1, 1)
        if not byte:
            sys.exit()
        own = socket.socket(fileno=ends[0])
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return own
        own.close()


def be_kernel(own: socket.socket) -> None:
    """Become the kernel that is asked for through its `own` socket; answer with the process id."""
    with own.makefile("rb") as lines:
        asked = json.loads(lines.readline())
    os.setsid()
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    sys.argv[1:] = asked["options"]
    gc.enable()
    if drawing := sys.modules.get("numpy.random"):  # Python reseeds its own generator in a copy
        drawing.seed()
    own.sendall(str(os.getpid()).encode())
    threading.Thread(target=end_with_server, args=(own,), daemon=True).start()
    IPKernelApp.launch_instance()


def end_with_server(own: socket.socket) -> None:
    """Wait until the server's end of the socket is closed, then end this process."""
    try:
        own.recv(1)
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
