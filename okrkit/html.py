"""Text to markup: the place that marks our own styles as safe; templates escape everything else."""

from __future__ import annotations

from markupsafe import Markup

__all__ = ["Markup", "style"]


def style(css: str) -> Markup:
    """A style element for one of our own sheets; nothing in it is escaped."""
    return Markup("<style>{}</style>").format(Markup(css))  # noqa: S704
