"""Sections of a pack as markup, for what no page of ours says otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from okrkit.show.audit_page import ENVIRONMENT

from .content import Section, words_of


def sections_markup(sections: Iterable[Section]) -> Markup:
    """Each section with its words and tables, escaped.

    >>> "Be kind &amp; calm." in sections_markup([Section("rules", "Rules", ("Be kind & calm.",))])
    True
    """
    text = ENVIRONMENT.get_template("sections.html.j2").render(sections=sections, words_of=words_of)
    return Markup(text)  # noqa: S704 - the template escapes
