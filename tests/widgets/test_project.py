"""Which folder an app shows, and what its page says around the audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from okrkit import run_audit
from okrkit.publish.visitors import MAY, NAMES, Visitor
from okrkit.show.audit_page import audit_page
from okrkit.widgets.project import (
    FOUND,
    has_frame,
    page_context,
    project_folder,
    sees_names,
    visitor_role,
    visitor_subject,
)


def test_without_a_launcher_the_sample_company_is_shown(monkeypatch, sample_folder):
    monkeypatch.delenv("OKRKIT_PROJECT", raising=False)
    assert project_folder().resolve() == sample_folder


def test_the_launcher_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("OKRKIT_PROJECT", str(tmp_path))
    assert project_folder() == tmp_path
    monkeypatch.setenv("OKRKIT_PROJECT", "~/clients")
    assert project_folder() == Path.home() / "clients"


@pytest.mark.parametrize(("value", "framed"), [(None, False), ("", False), ("1", True)])
def test_the_launcher_says_whether_its_page_brings_the_styles(monkeypatch, value, framed):
    monkeypatch.delenv("OKRKIT_FRAME", raising=False)
    if value is not None:
        monkeypatch.setenv("OKRKIT_FRAME", value)
    assert has_frame() is framed


def test_without_a_launcher_the_visitor_is_the_owner_and_the_page_is_for_nobody(monkeypatch):
    monkeypatch.delenv("OKRKIT_ROLE", raising=False)
    monkeypatch.delenv("OKRKIT_SUBJECT", raising=False)
    assert (visitor_role(), visitor_subject(), sees_names()) == ("owner", "", True)


@pytest.mark.parametrize("role", [*MAY, "", "OWNER", "somebody"])
def test_names_are_for_the_roles_the_server_says_and_for_no_other_word(monkeypatch, role):
    for name, value in Visitor("a", role, "K003").claims().items():
        monkeypatch.setenv(name, value)
    assert (visitor_role(), visitor_subject()) == (role, "K003")
    assert sees_names() is (role in NAMES)


def test_the_sample_is_marked_as_invented_and_says_how_to_see_ones_own(sample_folder):
    context = page_context(sample_folder, "Quillmere Instruments")
    assert (context.invented, len(context.found)) == (True, 3)
    assert context.command.endswith("okrkit serve my-client")


def test_a_client_is_called_as_in_its_standard_else_as_its_folder(tmp_path):
    folder = tmp_path / "harbour"
    assert page_context(folder, "Harbour & Sons").client == "Harbour & Sons"
    context = page_context(folder, "")
    assert (context.client, context.invented, context.found, context.command) == (
        "harbour",
        False,
        (),
        "",
    )


def test_the_three_facts_of_the_sample_are_on_its_page(tables):
    audit = run_audit(tables)
    page = (
        audit_page(audit, context=page_context(Path("elsewhere"), audit.client)).whole().striptags()
    )
    page = " ".join(page.replace("\N{NO-BREAK SPACE}", " ").split())
    said, weekly = audit.statements[3], "1,907 of 4,652 weekly statuses (41 %) were given"
    assert f"{said.said.share:.0%}" == "82%"
    assert "82 % yes" in page
    assert weekly in page
    assert "39 of 40 teams (98 %) grade on the 0-1 scale; Brand does not." in page
    assert "8 of 27 key results (30 %) that were red have a plan or a next step" in page
    assert [fact[:10] for fact in FOUND] == ["82 % say t", "One team o", "8 of 27 ke"]
