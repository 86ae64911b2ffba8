"""The five statements as a Shiny app; each answer is stored when it is given."""

from __future__ import annotations

import uuid

from answers import save
from shiny import App, Inputs, Outputs, Session, module, render, ui
from shiny.ui import Tag, TagList

from okrkit.judge.statements import STATEMENTS

CHOICES = ["Yes", "No", "Don’t know", "Not applicable"]


@module.ui
def question(text: str) -> TagList:
    """A statement and the place that says it is saved."""
    return TagList(
        ui.input_radio_buttons("answer", text, CHOICES, selected="", inline=True, width="100%"),
        ui.output_text("saved"),
    )


@module.server
def keeping(answered: Inputs, _: Outputs, __: Session, *, visitor: str, statement: int) -> None:
    """Store what is chosen and show the number it got."""

    @render.text
    def saved() -> str:
        answer = answered.answer()
        return f"Saved as answer {save(visitor, statement, answer)}" if answer else ""


def page() -> Tag:
    """The title and the five statements."""
    asked = [question(f"s{one.id}", one.text) for one in STATEMENTS]
    return ui.page_fluid(ui.h1("How are OKRs run where you work?"), *asked)


def server(_: Inputs) -> None:
    """A visitor comes."""
    visitor = uuid.uuid4().hex
    for one in STATEMENTS:
        keeping(f"s{one.id}", visitor=visitor, statement=one.id)


app = App(page(), server)
