"""The widget front end in one file: what a page with a form will ask for, sent while it waits.

The front end consists of webpack chunks, which register themselves in a list when they run, and may
run before the program that looks for them there. A chunk that is missing here is asked for by the
front end itself, one by one, which takes longer and changes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

# The chunks a page with a form of ours asks for, as tests/browser/test_front_end.py sees it ask.
SHELL = (
    73, 143, 225, 431, 457, 614, 630, 1187, 1601, 1621, 1670, 1996, 2121, 2296, 2772, 2829, 2930,
    3144, 3249, 3307, 3311, 3459, 3649, 3916, 3989, 3992, 4041, 4135, 4173, 4222, 4371, 4486,
    4653, 4729, 4875, 4972, 5044, 5312, 5688, 5764, 5767, 5992, 6008, 6049, 6074, 6305, 6382,
    6468, 6573, 7155, 7245, 7259, 7393, 7483, 7556, 7598, 7770, 7883, 8017, 8135, 8487, 8766,
    8773, 8862, 8925, 9081, 9151, 9212, 9582, 9684, 9890, 9981,
)  # fmt: skip
EXTENSIONS = {
    "@jupyter-widgets/jupyterlab-manager": (7, 32, 84, 160, 170, 452, 704, 967),
    "@voila-dashboards/widgets-manager8": (496, 883),
    "anywidget": (2, 528),
}


def front_end(static: Iterable[str], extensions: Iterable[str]) -> bytes:
    """The chunks found in the folders `static` and `extensions`, as one script."""
    files = [*_shell(static), *_extensions(extensions)]
    # A function each: a chunk's "use strict" is for itself only.
    return b"".join(b"(()=>{" + path.read_bytes() + b"\n})();\n" for path in files)


def _shell(folders: Iterable[str]) -> Iterator[Path]:
    places = [Path(folder) for folder in folders]
    for name in SHELL:
        yield from _first(path for place in places for path in place.glob(f"{name}.voila.js"))


def _extensions(folders: Iterable[str]) -> Iterator[Path]:
    places = [Path(folder) for folder in folders]
    for extension, names in EXTENSIONS.items():
        for name in names:
            pattern = f"{extension}/static/{name}.*.js"  # a hash of the content stands in the name
            yield from _first(path for place in places for path in place.glob(pattern))


def _first(paths: Iterable[Path]) -> Iterator[Path]:
    """The file that would be served: the first folder that has it counts."""
    found = next(iter(paths), None)
    if found is not None:
        yield found
