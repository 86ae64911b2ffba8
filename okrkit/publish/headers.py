"""What every answer of the server carries, and what the access log keeps."""

from __future__ import annotations

import logging

from tornado.web import RequestHandler

# Scripts come from files of this server only: no inline script, no eval. `blob:` is how anywidget
# loads a widget's module. Styles may be inline because the widget front end adds <style> elements.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",  # to begin with an invitation, and to leave
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "strict-origin",  # with none, a form of ours would say no origin either
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Server": "okrkit",
}

BUSY = 503  # what a crowd is told is no fault

_access = logging.getLogger("okrkit.access")


def keep_access_log() -> None:
    """Write a line a request where the server's messages go: for a server that others reach."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    ours = logging.getLogger("okrkit")
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)


def log_access(handler: RequestHandler) -> None:
    """One line a request: method, handler, status, milliseconds.

    No address: it may hold a key, a kernel's id, or a name somebody has typed.
    """
    fault = handler.get_status() >= 500 and handler.get_status() != BUSY
    level = logging.ERROR if fault else logging.INFO
    took = 1000 * handler.request.request_time()
    what = handler.request.method, type(handler).__name__, handler.get_status()
    _access.log(level, "%s %s %d %.0f ms", *what, took)
