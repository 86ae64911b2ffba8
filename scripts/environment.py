"""Write environment.yml from pyproject.toml: what okrkit, its apps and JupyterLab need.

conda-forge calls these packages what pyproject.toml calls them, in lower case.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def environment(project: dict) -> str:
    """The text of environment.yml for the `[project]` table of pyproject.toml."""
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *extras["apps"], *extras["lab"]]
    names = [need.lower() for need in needed if not need.startswith("okrkit")]
    lines = [f"python{project['requires-python']}", *names, "pip"]
    return "\n".join(
        [
            "# conda env create --file environment.yml; written by scripts/environment.py.",
            "name: okrkit",
            "channels:",
            "  - conda-forge",
            "dependencies:",
            *(f"  - {line}" for line in lines),
            "  - pip:",
            "      - --editable .",
            "",
        ]
    )


if __name__ == "__main__":
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    text = environment(pyproject["project"])
    (ROOT / "environment.yml").write_text(text, encoding="utf-8", newline="\n")
