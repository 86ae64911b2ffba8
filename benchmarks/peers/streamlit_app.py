"""The five statements as a Streamlit app; each answer is stored when it is given."""

from __future__ import annotations

import uuid

import streamlit as st
from answers import save

from okrkit.judge.statements import STATEMENTS

CHOICES = ("Yes", "No", "Don’t know", "Not applicable")


def keep(statement: int) -> None:
    """Store what was just chosen and remember the number it got."""
    visitor = st.session_state.setdefault("visitor", uuid.uuid4().hex)
    st.session_state[f"saved{statement}"] = save(
        visitor, statement, st.session_state[f"s{statement}"]
    )


st.title("How are OKRs run where you work?")
for one in STATEMENTS:
    st.radio(
        one.text,
        CHOICES,
        index=None,
        key=f"s{one.id}",
        horizontal=True,
        on_change=keep,
        args=(one.id,),
    )
    if number := st.session_state.get(f"saved{one.id}"):
        st.caption(f"Saved as answer {number}")
