"""`okrkit wording`: key results and objectives judged by their wording."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okrkit.errors import UsageError
from okrkit.refusals import print_json, refusals

if TYPE_CHECKING:
    from okrkit.judge.wording import Judged, WordingSet

Source = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE|FOLDER", help="A file with a column text, or a client's folder.",
        show_default=False,
    ),
]  # fmt: skip
Texts = Annotated[
    list[str] | None, typer.Option("--text", help="A key result to judge; can be given again.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys.")]


def wording(source: Source = None, text: Texts = None, as_json: Json = False) -> None:
    """Judge key results by their wording: outcome or output, why, and how to say it stronger."""
    from okrkit.judge.wording import wording_to_dict
    from okrkit.show.wording_text import wording_text

    with refusals(as_json=as_json):
        if (source is None) == (not text):
            raise UsageError("Give a file, a client's folder, or key results with --text.")
        items, together = _of_texts(text or []) if source is None else _of_source(source)
        aside = {} if source is None or together is None else _aside(source)
        if as_json:
            print_json(wording_to_dict(items, together, aside))
        else:
            typer.echo(wording_text(items, together, aside))


def _aside(folder: Path) -> dict[tuple[str, str], str]:
    """Findings that were set aside in the clinic, each with its reason."""
    from okrkit.keep.dismissals import load_dismissals, set_aside

    return set_aside(load_dismissals(folder))


def _of_texts(texts: list[str]) -> tuple[tuple[Judged, ...], WordingSet | None]:
    from okrkit.judge.wording import Text, judge_texts

    return judge_texts(Text(str(at), text) for at, text in enumerate(texts, 1)), None


def _of_source(source: Path) -> tuple[tuple[Judged, ...], WordingSet | None]:
    from okrkit.judge.scope import scope_of
    from okrkit.judge.wording import Text, judge_set, judge_texts, texts_of
    from okrkit.read import read_folder
    from okrkit.read.given_texts import read_texts

    if source.is_dir():
        tables = read_folder(source)
        scope = scope_of(tables, None, tables.standard)
        return judge_texts(texts_of(scope)), judge_set(scope, tables.standard)
    given = read_texts(source)
    return judge_texts(Text(one.id, one.text, one.role) for one in given), None
