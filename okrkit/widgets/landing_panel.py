"""The first page as a panel, for JupyterLab and plain Voila: what there is for this client."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from IPython.display import HTML, display

from okrkit.html import Markup, style
from okrkit.keep.inbox import current_wave
from okrkit.keep.place import store_path
from okrkit.keep.store import open_store
from okrkit.keep.waves import Wave
from okrkit.show.landing import Landing, command_to_open, landing_markup, landing_style
from okrkit.standard_file import client_standard

from .audit_panel import notebook_style
from .project import has_frame, local_now


@dataclass(frozen=True, eq=False)
class LandingPanel:
    """What `landing_panel` shows."""

    page: Markup

    def _ipython_display_(self) -> None:
        if not has_frame():
            display(HTML(notebook_style()))
        display(HTML(style(landing_style().replace(".okr.landing", ".okr.okr.landing"))))
        display(HTML(self.page))


def landing_panel(folder: str | Path, *, home: Path | None = None) -> LandingPanel:
    """Say what each app is for and how the asking stands for the client in `folder`.

    The links lead to the notebooks beside this one.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as place:
    ...     "Not open yet" in landing_panel(place, home=Path(place)).page
    True
    """
    client = Path(folder)
    standard = client_standard(client)
    landing = Landing(
        client=standard.client or client.resolve().name,
        round=_wave(store_path(client, home=home)),
        command=command_to_open(client, local_now().date()),
        group_min=standard.group_min,
        wave_min=standard.wave_min,
        readiness="readiness.ipynb",
        audit="audit.ipynb",
        calibration="calibration.ipynb",
        writing="writing.ipynb",
    )
    return LandingPanel(landing_markup(landing))


def _wave(path: Path) -> Wave | None:
    if not path.exists():
        return None
    with open_store(path, now=local_now) as store:
        return current_wave(store)
