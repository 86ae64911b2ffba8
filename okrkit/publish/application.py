"""The Voila application, built from our settings only; no file on the computer changes them."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.manager import KernelManager
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from traitlets.config import Config, Configurable
from voila import __version__ as voila_version
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.utils import get_voila_labextensions_path

from okrkit import __version__
from okrkit.errors import UsageError
from okrkit.keep.inbox import ASKS

from .assets import assets
from .client import PromptClient
from .desk import Desk
from .frame import NowhereHandler
from .front_end import EXTENSIONS, front_end
from .guard import Guard, OpenHandler, all_guarded, prove_shut
from .headers import HEADERS, log_access
from .kernels import KernelPool, OurKernel, kernel_environment
from .landing import LandingPage
from .page import (
    AssetHandler,
    EndHandler,
    FrontEndHandler,
    PageHandler,
    SessionHandler,
    SocketHandler,
)
from .places import Shown
from .sessions import KEY, LocalSessions
from .survey import BODY_MAX, SurveyInbox, SurveyPage

HERE = Path(__file__).resolve().parent
KERNEL = r"(?P<kernel_id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
RECLAIM_MILLISECONDS = 60_000  # how often kernels of lost pages are looked for
IDLE_SECONDS = 3600  # a page left alone for an hour gives its kernel back; entries are saved
SOCKET_PATH_MAX = 103  # characters the path of a local socket may have on every system
SOCKET_NAME = 65  # characters a kernel's socket adds to the private folder's path
MODULES = (
    "okrkit.widgets.audit_panel",
    "okrkit.widgets.calibration_panel",
    "okrkit.widgets.project",
)
KERNEL_FLAGS = {
    "OKRKIT_FRAME": "1",  # the page brings the styles
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}

Settings = Mapping[type[Configurable], Mapping[str, object]]


def checked(settings: Settings) -> Config:
    """The `settings` as Voila takes them.

    Raises
    ------
    UsageError
        If a setting is unknown: Voila itself would start without it, and without a word.
    """
    unknown = [
        f"{owner.__name__}.{name}"
        for owner, values in settings.items()
        for name in values
        if name not in owner.class_trait_names(config=True)
    ]
    if unknown:
        raise UsageError(
            f"The installed Voila does not know {', '.join(unknown)}. "
            "Install the versions that okrkit names: pip install '.[apps]' in okrkit's folder."
        )
    return Config({owner.__name__: dict(values) for owner, values in settings.items()})


def settings_for(notebook: Path, shown: Shown, private: Path) -> Settings:
    """Every setting of the server; `private` is a folder only this person can read."""
    environment = kernel_environment(
        os.environ,
        OKRKIT_PROJECT=str(shown.folder),
        IPYTHONDIR=str(private / "ipython"),
        JUPYTER_CONFIG_DIR=str(private / "config"),
        **KERNEL_FLAGS,
    )
    return {
        Voila: {
            "notebook_path": str(notebook),
            "root_dir": str(notebook.parent),
            "config_file_paths": [],
            "connection_dir_root": str(private),
            "log_level": logging.ERROR,
            "identity_provider_class": Guard,
        },
        VoilaConfiguration: {
            "template": "okrkit",
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "file_allowlist": [],
            "extension_allowlist": list(EXTENSIONS),
            "extension_denylist": [],
            "show_tracebacks": False,
            "strip_sources": True,
            "preheat_kernel": False,
            "progressive_rendering": False,
            "http_keep_alive_timeout": 5,
            "http_header_envs": [],
            "multi_kernel_manager_class": KernelPool,
            "kernel_spec_manager_class": OurKernel,
            "page_config_hook": _front_end_addresses,
        },
        KernelPool: {
            "environment": environment,
            "modules": list(MODULES),
            "root_dir": str(notebook.parent),
            "cull_idle_timeout": IDLE_SECONDS,
            "cull_interval": 60,
            "cull_connected": True,
            "buffer_offline_messages": False,
        },
        KernelManager: _each_kernel(private),
    }


def _each_kernel(private: Path) -> Mapping[str, object]:
    """Sockets in the private folder, where the system has them and the path is not too long."""
    local = sys.platform != "win32" and len(str(private)) + SOCKET_NAME <= SOCKET_PATH_MAX
    return {
        "transport": "ipc" if local else "tcp",
        "autorestart": False,
        "client_class": f"{PromptClient.__module__}.{PromptClient.__qualname__}",
    }


def _front_end() -> str:
    return f"front/{voila_version}"


def _front_end_addresses(page_config: dict[str, Any], **_: object) -> dict[str, Any]:
    """The front end under an address that changes with its version: browsers may keep its files."""
    return page_config | {
        "fullStaticUrl": f"/{_front_end()}/static",
        "fullLabextensionsUrl": f"/{_front_end()}/extensions",
    }


@dataclass(frozen=True)
class Listening:
    """Where the site is: open sockets and the address of its first page."""

    sockets: list[socket.socket]
    url: str


class Site(Voila):
    """One notebook on one address, with our frame, our headers and our list of addresses."""

    def prepare(
        self, at: Listening, shown: Shown, sessions: LocalSessions, ready: Callable[[], None]
    ) -> None:
        """Take where it is, what is `shown` to whom, and what to do when the site is up."""
        self.at, self.shown, self.sessions, self.ready = at, shown, sessions, ready
        self.desk = Desk(shown)
        self.initialize([])

    def load_config_file(self, *_: object, **__: object) -> None:
        """Settings come from `settings_for` only."""

    def setup_template_dirs(self) -> None:
        """Our template only; the static files are those of the installed Voila."""
        self.template_paths = [str(HERE / "template")]
        self.static_paths = [
            str(Path(folder).parent / "voila" / "templates" / "base" / "static")
            for folder in get_voila_labextensions_path()
        ]

    def init_settings(self) -> dict[str, Any]:
        """Voila's settings with our headers, our access log and requests for this computer only."""
        ours = {
            "headers": HEADERS,
            "desk": self.desk,
            "sessions": self.sessions,
            "log_function": log_access,
            "allow_remote_access": False,
            "xsrf_cookie_kwargs": {"samesite": "Strict", "expires_days": None},
            "ws_ping_interval": 0,
        }
        settings: dict[str, Any] = super().init_settings()
        return settings | ours

    def init_handlers(self) -> list[tuple[Any, ...]]:
        """All the addresses there are."""
        shown = self.shown
        frame = {
            "frame": {"client": shown.client, "invented": shown.invented, "version": __version__}
        }
        page = frame | {
            "notebook_path": Path(self.notebook_path).name,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        static = {"path": [path for path in self.static_paths if os.path.isdir(path)]}
        extensions = {"path": [path for path in self.labextensions_path if os.path.isdir(path)]}
        allowed = "|".join(EXTENSIONS)
        chunks = front_end(static["path"], extensions["path"])
        ours = assets() | {"front_end.js": ("text/javascript; charset=utf-8", chunks)}
        routes: list[tuple[Any, ...]] = [
            (rf"/open/({KEY})", OpenHandler, frame),
            (rf"/api/kernels/{KERNEL}", SessionHandler),
            (rf"/api/kernels/{KERNEL}/channels", SocketHandler),
            (rf"/voila/api/shutdown/{KERNEL}", EndHandler),
            (rf"/{_front_end()}/static/(.*)", FrontEndHandler, static),
            (rf"/{_front_end()}/extensions/((?:{allowed})/.*)", FrontEndHandler, extensions),
            (r"/assets/(.*)", AssetHandler, {"assets": ours}),
            (r"/", LandingPage, frame),
            (r"/readiness", SurveyPage, frame),
            (rf"/readiness/({'|'.join(ASKS)})", SurveyInbox),
            (r"/audit", PageHandler, page),
            (
                r"/calibration",
                PageHandler,
                page | {"notebook_path": "calibration.ipynb", "title": "Manager comparison"},
            ),
            (r"/.*", NowhereHandler, frame),
        ]
        return all_guarded(routes)

    def listen(self) -> None:
        """Serve on the sockets until stopped, once it is proved that strangers get nothing."""
        self.ioloop = IOLoop.current()
        HTTPServer(self.app, max_body_size=BODY_MAX).add_sockets(self.at.sockets)
        try:
            self.ioloop.run_sync(lambda: prove_shut(self.at.url))
            self.ioloop.add_callback(self.kernel_manager.refill)
            PeriodicCallback(self.kernel_manager.reclaim, RECLAIM_MILLISECONDS).start()
            self.ioloop.add_callback(self.desk.choices)
            self._hear_signals()
            self.ready()
            self.ioloop.start()
        finally:
            self.stop()

    def stop(self) -> None:
        """End every kernel, then remove their addresses."""
        self.ioloop.run_sync(self.kernel_manager.end_all)
        self.desk.close()
        shutil.rmtree(self.connection_dir, ignore_errors=True)

    def _hear_signals(self) -> None:
        """Ctrl-C, a polite kill and a closed window end the loop between two of its steps."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            sign = getattr(signal, name, None)  # Windows has no SIGHUP
            nohup = name == "SIGHUP" and sign and signal.getsignal(sign) is signal.SIG_IGN
            if sign and not nohup:
                signal.signal(sign, self._handle_signal_stop)
        if sys.platform == "win32":  # its loop hears a signal only when something else wakes it
            PeriodicCallback(lambda: None, 500).start()
