"""The running server: the sites of one or several clients on one address, watched until stopped."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.routing import AnyMatches, PathMatches, Rule, RuleRouter
from tornado.web import Application, RequestHandler

from .application import Site
from .guard import prove_shut
from .headers import HEADERS, log_access
from .survey import BODY_MAX

SWEEP_MILLISECONDS = 30_000  # how often kernels of lost pages and ended sessions are looked for
SLOW_SECONDS = 20  # a request that takes longer to arrive is none; a page's socket is no request
PROXIES = ["127.0.0.1", "::1"]  # who may say on whose behalf it asks: a proxy on this computer


@dataclass(frozen=True)
class Listening:
    """Where the server is reached.

    `url` is the address on this computer, `public` the one visitors use: they differ behind a
    proxy. `hosts` are the names it goes by; a request for any other is refused.
    """

    sockets: list[socket.socket]
    url: str
    public: str
    hosts: frozenset[str]

    @property
    def behind_proxy(self) -> bool:
        """Whether requests come from a proxy that says for whom: nobody else reaches loopback."""
        listens = {ip_address(one.getsockname()[0]).is_loopback for one in self.sockets}
        return listens == {True} and self.url != self.public


class Nowhere(RequestHandler):
    """Every address that is no client's: it tells nothing, not even which clients there are."""

    def set_default_headers(self) -> None:
        """The same headers as everywhere."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Say so, whatever was asked."""
        self.set_status(404)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("There is nothing at this address. Open the link you were sent.\n")


def run(sites: Sequence[Site], at: Listening, ready: Callable[[], None]) -> None:
    """Serve until stopped, once it is proved that strangers get nothing.

    Raises
    ------
    UsageError
        If a site would answer a stranger.
    """
    loop = IOLoop.current()
    proxies = PROXIES if at.behind_proxy else None
    server = HTTPServer(
        _router(sites), max_body_size=BODY_MAX, xheaders=at.behind_proxy,
        trusted_downstream=proxies, idle_connection_timeout=SLOW_SECONDS, body_timeout=SLOW_SECONDS,
    )  # fmt: skip
    server.add_sockets(at.sockets)
    try:
        loop.run_sync(lambda: _prove_all_shut(sites, at))
        for site in sites:
            loop.add_callback(site.kernel_manager.refill)
            loop.add_callback(site.desk.choices)
            PeriodicCallback(site.sweep, SWEEP_MILLISECONDS).start()
        _hear_signals(loop)
        ready()
        loop.start()
    finally:
        for site in sites:
            site.stop()


async def _prove_all_shut(sites: Sequence[Site], at: Listening) -> None:
    for site in sites:
        url = at.url.rstrip("/") + site.served.base
        await prove_shut(url, site.served.sessions.mode, urlsplit(at.public).netloc)


def _router(sites: Sequence[Site]) -> Application | RuleRouter:
    """Each client's addresses to its own site, which knows no other."""
    if [site.served.base for site in sites] == ["/"]:
        return sites[0].app
    nowhere = Application([(r"/.*", Nowhere)], log_function=log_access)
    rules = [Rule(PathMatches(f"{site.served.base}.*"), site.app) for site in sites]
    return RuleRouter([*rules, Rule(AnyMatches(), nowhere)])


def _hear_signals(loop: IOLoop) -> None:
    """Ctrl-C, a polite kill and a closed window end the loop between two of its steps."""

    def stop(*_: object) -> None:
        loop.add_callback_from_signal(loop.stop)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        sign = getattr(signal, name, None)  # Windows has no SIGHUP
        nohup = name == "SIGHUP" and sign and signal.getsignal(sign) is signal.SIG_IGN
        if sign and not nohup:
            signal.signal(sign, stop)
    if sys.platform == "win32":  # its loop hears a signal only when something else wakes it
        PeriodicCallback(lambda: None, 500).start()
