"""Which actions are covered, where they are used, and that the documents of the project say the same."""

import json
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from portal.brightspace.endpoints.actions import FALLBACK_SCOPE, Action, actions
from pytest_django import Settings

from portal.brightspace.auth import oauth
from portal.brightspace.catalogue.tables import rows_of, scopes_table, updated
from portal.brightspace.catalogue.usage import pages_of
from portal.brightspace.management.commands.brightspace_actions import DOCUMENT
from tests.contract.documents import ACTIONS


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("brightspace_actions", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(printed("--format", "json"))
    return found


@pytest.fixture(scope="module")
def used() -> dict[str, list[str]]:
    return pages_of([action.service for action in actions()])


def test_the_92_documented_actions_are_covered_once_each(listed: list[dict[str, Any]]) -> None:
    documented = [(each.document, each.method, each.path, each.scopes or FALLBACK_SCOPE) for each in ACTIONS]
    covered = [(each["document"], each["method"], each["path"], each["scope"]) for each in listed]

    assert len(documented) == 92
    assert sorted(covered) == sorted(documented)


def test_versions_are_those_of_the_documents(listed: list[dict[str, Any]]) -> None:
    since = {f"{each['method']} {each['path']}": each["since"] for each in listed}

    assert since == {each.name: each.since for each in ACTIONS}


@pytest.mark.parametrize("action", [pytest.param(each, id=each.service) for each in actions()])
def test_each_service_function_exists_and_says_which_action_it_is(action: Action) -> None:
    module, _, name = action.service.rpartition(".")
    function = getattr(import_module(module), name)
    address = action.path.removeprefix("/d2l/api/").replace("(version)/", "")

    assert f"{action.method} {address}" in function.__doc__


def test_newer_and_supporting_actions_are_told_apart() -> None:
    every = json.loads(printed("--format", "json", "--all"))

    assert {each["document"] for each in every} == {"cpd", "content", "awards", "newer", "supporting"}
    assert len({(each["method"], each["path"]) for each in every}) == len(every) > 92


def test_the_table_is_text_and_markdown_too() -> None:
    text, markdown = printed().splitlines(), printed("--format", "markdown").splitlines()

    assert (len(text), len(markdown)) == (93, 94)
    assert text[0].split() == ["method", "path", "service", "scope", "since", "page"]
    assert markdown[1] == "| --- | --- | --- | --- | --- | --- |"


def test_pages_are_found_from_their_views_and_from_what_is_part_of_them(used: dict[str, list[str]]) -> None:
    assert used["cpd.services.targets.progress_of"] == ["/people/<person_id>/", "/team/"]
    assert used["portal.accounts.whoami.who_am_i"] == ["/signin/callback/"]
    assert used["portal.rosters.providers.auditors.auditees_of"] == ["/team/"]
    assert used["content.services.order.move"] == []


def test_the_scopes_in_the_documents_are_up_to_date(used: dict[str, list[str]]) -> None:
    document = DOCUMENT.read_text()

    wanted = updated(document, scopes_table(rows_of(actions(), used)))
    assert document == wanted, "run manage.py brightspace_actions --update-docs"


@pytest.mark.parametrize("roster", ["auditors", "org_unit", "attributes", "file"])
def test_the_portal_asks_for_what_its_pages_need(roster: str, used: dict[str, list[str]], settings: Settings) -> None:
    settings.PORTAL_ROSTER = roster
    conditions = {page: page.partition(" with ")[2] for pages in used.values() for page in pages}
    needed = {
        scope
        for action in actions()
        for scope in action.scope.split()
        if any(conditions[page] in ("", f"PORTAL_ROSTER={roster}") for page in used[action.service])
    }

    if roster != "file":
        needed.remove("users:userdata:read")  # the page for uploading a roster is closed
    assert needed <= set(oauth.scopes().split())


def test_nothing_is_asked_for_that_no_action_needs() -> None:
    asked = {scope for app in apps.get_app_configs() for scope in getattr(app, "scopes", ())}

    assert asked <= {scope for action in actions() for scope in action.scope.split()}


def test_a_document_without_a_place_for_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        updated("# Scopes\n", "| scope |")
