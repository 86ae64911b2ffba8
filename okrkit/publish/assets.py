"""The few files of ours that a page asks for."""

from __future__ import annotations

from pathlib import Path

from okrkit.show.form import form_script, form_style
from okrkit.show.landing import landing_style
from okrkit.show.style import stylesheet

HERE = Path(__file__).resolve().parent / "assets"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def assets() -> dict[str, tuple[str, bytes]]:
    """Name to (content type, bytes); `okr.css` is the look that pages, notebooks and reports share.

    Examples
    --------
    >>> sorted(name for name in assets() if name.endswith(".js"))
    ['busy.js', 'left.js', 'page.js', 'survey.js']
    """
    files = {path.name: path.read_bytes() for path in HERE.iterdir() if path.suffix in KINDS}
    files["okr.css"] = stylesheet().encode()
    files["landing.css"] = landing_style().encode()
    files["survey.css"] = form_style().encode()
    files["survey.js"] = form_script().encode() + files.pop("survey_page.js")
    return {name: (KINDS[Path(name).suffix], content) for name, content in files.items()}
