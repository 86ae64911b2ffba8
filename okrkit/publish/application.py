"""The Voila application, built from our settings only; no file on the computer changes them."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_client.manager import KernelManager
from tornado.ioloop import IOLoop
from traitlets.config import Config, Configurable
from voila import __version__ as voila_version
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.execute import VoilaExecutor
from voila.utils import get_voila_labextensions_path

from okrkit import __version__
from okrkit.errors import UsageError
from okrkit.keep.inbox import ASKS

from .assets import assets
from .client import PromptClient
from .desk import Desk
from .door import TOKEN, InvitationHandler, LeaveHandler, OpenHandler
from .frame import NowhereHandler
from .front_end import EXTENSIONS, front_end
from .guard import Guard, all_guarded
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
from .rates import Rates
from .seats import Seats
from .sessions import KEY, Mode, Sessions
from .survey import SurveyInbox, SurveyPage
from .visitors import Purpose

HERE = Path(__file__).resolve().parent
KERNEL = r"(?P<kernel_id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
# What a page may send its kernel: no code, and not its end, for which there is an address.
TAKEN = ("comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request")
SHOWN_SECONDS = 60  # for what arrives after a cell is done; Voila itself gives it four
IDLE_SECONDS = 3600  # a page left alone for an hour gives its kernel back; entries are saved
SOCKET_PATH_MAX = 103  # characters the path of a local socket may have on every system
SOCKET_NAME = 65  # characters a kernel's socket adds to the private folder's path
MODULES = (
    "okrkit.widgets.audit_panel",
    "okrkit.widgets.calibration_panel",
    "okrkit.widgets.own_panel",
    "okrkit.widgets.project",
    "okrkit.widgets.writing_panel",
)
KERNEL_FLAGS = {
    "OKRKIT_FRAME": "1",  # the page brings the styles
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}

Routes = list[tuple[Any, ...]]
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


def settings_for(
    notebook: Path, shown: Shown, private: Path, base: str = "/", mode: Mode = "local"
) -> Settings:
    """Every setting of a client's site; `private` is a folder only this person can read."""
    return {
        Voila: {
            "notebook_path": str(notebook),
            "root_dir": str(notebook.parent),
            "base_url": base,
            "config_file_paths": [],
            "connection_dir_root": str(private),
            "log_level": logging.ERROR,
            "identity_provider_class": Guard,
        },
        VoilaConfiguration: _voila(base),
        VoilaExecutor: {"iopub_timeout": SHOWN_SECONDS},
        KernelPool: {
            "environment": _environment(shown, private),
            "modules": list(MODULES),
            "keep_ready": mode == "local",  # a kernel is told its visitor's role before it starts
            "root_dir": str(notebook.parent),
            "cull_idle_timeout": IDLE_SECONDS,
            "cull_interval": 60,
            "cull_connected": True,
            "buffer_offline_messages": False,
        },
        KernelManager: _each_kernel(private),
    }


def _voila(base: str) -> Mapping[str, object]:
    """Nothing a visitor sends or a notebook holds changes how a page is made."""
    return {
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
        "page_config_hook": partial(_front_end_addresses, base),
    }


def _environment(shown: Shown, private: Path) -> dict[str, str]:
    return kernel_environment(
        os.environ,
        OKRKIT_PROJECT=str(shown.folder),
        IPYTHONDIR=str(private / "ipython"),
        JUPYTER_CONFIG_DIR=str(private / "config"),
        **KERNEL_FLAGS,
    )


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


def _front_end_addresses(base: str, page_config: dict[str, Any], **_: object) -> dict[str, Any]:
    """The front end under an address that changes with its version: browsers may keep its files."""
    return page_config | {
        "fullStaticUrl": f"{base}{_front_end()}/static",
        "fullLabextensionsUrl": f"{base}{_front_end()}/extensions",
    }


@dataclass(frozen=True)
class Served:
    """How a client's site is served: its address, by which names, to whom, and how much at once."""

    base: str
    hosts: frozenset[str]
    sessions: Sessions
    seats: Seats
    rates: Rates
    origin: str = ""  # of its pages, where a proxy may show them under another; else the one asked


class Site(Voila):
    """One client's pages, with our frame, our headers and our list of addresses."""

    def prepare(self, shown: Shown, served: Served) -> None:
        """Take what is `shown` and how, and make everything ready to answer."""
        self.shown, self.served = shown, served
        self.desk = Desk(shown)
        self.initialize([])
        self.start()
        self.kernel_manager.allowed_message_types = list(TAKEN)

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
            "sessions": self.served.sessions,
            "hosts": self.served.hosts,
            "origin": self.served.origin,
            "seats": self.served.seats,
            "rates": self.served.rates,
            "log_function": log_access,
            "xsrf_cookie_kwargs": {
                "samesite": "Strict",
                "expires_days": None,
                "path": self.served.base,
                "secure": self.served.sessions.cookie.secure,
            },
            "ws_ping_interval": 0,
        }
        settings: dict[str, Any] = super().init_settings()
        return settings | ours

    def init_handlers(self) -> list[tuple[Any, ...]]:
        """All the addresses there are, below the client's own."""
        base = self.served.base.rstrip("/")
        routes = [*self._door(), *self._front(), *self._kernels(), *self._pages()]
        return all_guarded([(base + address, *rest) for address, *rest in routes])

    def _door(self) -> Routes:
        """How one comes in and leaves."""
        door = self._frame("door")
        doors: Mapping[Mode, Routes] = {
            "local": [(rf"/open/({KEY})", OpenHandler, door)],
            "invited": [
                (rf"/i/({TOKEN})", InvitationHandler, door),
                (r"/leave", LeaveHandler, door),
            ],
            "open": [],
        }
        return doors[self.served.sessions.mode]

    def _front(self) -> Routes:
        """Files that are the same for every client."""
        static = {"path": [path for path in self.static_paths if os.path.isdir(path)]}
        extensions = {"path": [path for path in self.labextensions_path if os.path.isdir(path)]}
        chunks = front_end(static["path"], extensions["path"])
        ours = assets() | {"front_end.js": ("text/javascript; charset=utf-8", chunks)}
        kernel = {"purpose": "kernel"}
        allowed = "|".join(EXTENSIONS)
        return [
            (r"/assets/(.*)", AssetHandler, {"purpose": "landing", "assets": ours}),
            (rf"/{_front_end()}/static/(.*)", FrontEndHandler, kernel | static),
            (rf"/{_front_end()}/extensions/((?:{allowed})/.*)", FrontEndHandler,
             kernel | extensions),
        ]  # fmt: skip

    def _kernels(self) -> Routes:
        """A page's way to its own kernel."""
        kernel = {"purpose": "kernel"}
        return [
            (rf"/api/kernels/{KERNEL}", SessionHandler, kernel),
            (rf"/api/kernels/{KERNEL}/channels", SocketHandler, kernel),
            (rf"/voila/api/shutdown/{KERNEL}", EndHandler, kernel),
        ]

    def _pages(self) -> Routes:
        """What visitors come for, each for the roles that may open it."""
        pages: Routes = [
            (r"/", LandingPage, self._frame("landing")),
            (r"/readiness", SurveyPage, self._frame("readiness")),
            (rf"/readiness/({'|'.join(ASKS)})", SurveyInbox, {"purpose": "readiness"}),
            (r"/audit", PageHandler, self._app("audit", self.notebook_path, "Readiness audit")),
            (r"/calibration", PageHandler,
             self._app("calibration", "calibration.ipynb", "Manager comparison")),
            (r"/writing", PageHandler, self._app("writing", "writing.ipynb", "Key-result clinic")),
        ]  # fmt: skip
        if self.served.sessions.mode == "invited":
            own = self._app("own", "own.ipynb", "Your grades beside everybody's")
            pages.append((r"/own", PageHandler, own))
        return [*pages, (r"/.*", NowhereHandler, self._frame("landing"))]

    def _frame(self, purpose: Purpose) -> dict[str, Any]:
        shown, served = self.shown, self.served
        frame = {
            "client": shown.client, "invented": shown.invented, "version": __version__,
            "base": served.base, "mode": served.sessions.mode, "brand": shown.brand,
        }  # fmt: skip
        return {"purpose": purpose, "frame": frame}

    def _app(self, purpose: Purpose, notebook: str, title: str) -> dict[str, Any]:
        return self._frame(purpose) | {
            "title": title,
            "notebook_path": Path(notebook).name,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }

    def listen(self) -> None:
        """Nothing: the server listens for all its sites; see `server.run`."""

    def stop(self) -> None:
        """End every kernel, then remove their addresses."""
        IOLoop.current().run_sync(self.kernel_manager.end_all)
        self.desk.close()
        shutil.rmtree(self.connection_dir, ignore_errors=True)

    async def sweep(self) -> None:
        """End the kernels of pages that were closed and of sessions that are over."""
        await self.kernel_manager.reclaim()
        owners = self.kernel_manager.owners()
        busy = [name for name, works in owners.items() if works]
        await self.kernel_manager.end_of(await self.served.sessions.over(list(owners), busy))
