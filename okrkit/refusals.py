"""What a command says when it is refused: a message on stderr, an exit code, JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from okrkit.errors import InputError, OkrkitError, UsageError


@contextmanager
def refusals(*, as_json: bool = False) -> Iterator[None]:
    """Turn errors raised on purpose into messages and exit codes."""
    try:
        yield
    except InputError as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        if as_json:
            print_json({"errors": [problem.to_dict() for problem in error.problems]})
        raise typer.Exit(1) from None
    except UsageError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except OkrkitError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def print_json(value: object) -> None:
    """Print `value` with stable keys."""
    typer.echo(json.dumps(value, indent=2, allow_nan=False))
