"""Text to markup: the only hand-written tags outside the templates, and the place that escapes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

__all__ = ["Markup", "escape", "style", "table"]


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """An HTML table; every cell is escaped unless it already is `Markup`.

    Examples
    --------
    >>> table(("team",), [("<b>Sales",)])
    Markup('<table><thead><tr><th scope="col">team</th></tr></thead><tbody><tr><td>&lt;b&gt;Sales</td></tr></tbody></table>')
    """
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in header)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row)
        )
        for row in rows
    )
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, body)


def style(css: str) -> Markup:
    """A style element for one of our own sheets; nothing in it is escaped."""
    return Markup("<style>{}</style>").format(Markup(css))  # noqa: S704
