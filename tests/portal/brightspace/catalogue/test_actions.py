"""Which actions are covered, where they are used, and that the documents of the project say the same."""

import json
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.utils.module_loading import import_string
from pytest_django import Settings

from portal import features
from portal.brightspace.auth import oauth
from portal.brightspace.catalogue.tables import rows_of, scopes_table, updated
from portal.brightspace.catalogue.usage import pages_of
from portal.brightspace.endpoints.routes import FALLBACK_SCOPE, Endpoint
from portal.brightspace.endpoints.service import all_endpoints
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
    return pages_of([endpoint.service for endpoint in all_endpoints()])


def test_documented_actions_are_covered_once_each(listed: list[dict[str, Any]]) -> None:
    documented = [(each.document, each.method, each.path, each.scopes or FALLBACK_SCOPE) for each in ACTIONS]
    covered = [(each["document"], each["method"], each["path"], each["scope"]) for each in listed]

    assert documented
    assert sorted(covered) == sorted(documented)


def test_first_versions_are_those_of_the_documents(listed: list[dict[str, Any]]) -> None:
    since = {f"{each['method']} {each['path']}": each["since"] for each in listed}

    assert since == {each.name: each.since for each in ACTIONS}


@pytest.mark.parametrize("endpoint", [pytest.param(each, id=each.service) for each in all_endpoints()])
def test_service_methods_say_what_data_cannot_and_name_their_page(endpoint: Endpoint) -> None:
    owner, _, name = endpoint.service.rpartition(".")
    method = getattr(import_string(owner), name)

    assert method.__doc__
    assert endpoint.route.template not in method.__doc__
    assert endpoint.source.startswith("https://docs.valence.desire2learn.com/")


def test_newer_and_supporting_actions_are_listed_apart() -> None:
    every = json.loads(printed("--format", "json", "--all"))

    assert {each["document"] for each in every} == {"cpd", "content", "awards", "newer", "supporting"}
    assert len({each["service"] for each in every}) == len(every) > len(ACTIONS)


def test_table_is_printed_as_text_and_markdown_too() -> None:
    text, markdown = printed().splitlines(), printed("--format", "markdown").splitlines()

    assert (len(text), len(markdown)) == (len(ACTIONS) + 1, len(ACTIONS) + 2)
    assert text[0].split() == ["method", "path", "service", "scope", "since", "page"]
    assert markdown[1] == "| --- | --- | --- | --- | --- | --- |"


def test_pages_are_found_from_their_views_and_from_what_is_part_of_them(used: dict[str, list[str]]) -> None:
    assert used["cpd.services.targets.TargetService.progress"] == ["/people/<person_id>/", "/team/"]
    assert used["portal.accounts.services.WhoAmIService.who_am_i"] == ["/signin/callback/"]
    assert used["portal.rosters.services.AuditorService.auditees"] == ["/team/"]
    assert used["portal.rosters.services.AttributeService.schemas"] == ["/team/ with PORTAL_ROSTER=attributes"]
    assert used["cpd.services.fields.FieldService.category"] == []


def test_scopes_in_the_documents_are_up_to_date(used: dict[str, list[str]]) -> None:
    document = DOCUMENT.read_text()

    wanted = updated(document, scopes_table(rows_of(all_endpoints(), used)))
    assert document == wanted, "run manage.py brightspace_actions --update-docs"


@pytest.mark.parametrize("roster", site.ROSTER_PROVIDERS)
def test_scopes_asked_for_are_those_the_pages_need(roster: str, used: dict[str, list[str]], settings: Settings) -> None:
    settings.PORTAL_ROSTER = roster
    conditions = {page: page.partition(" with ")[2] for pages in used.values() for page in pages}
    needed = {
        scope
        for endpoint in all_endpoints()
        for scope in endpoint.scope.split()
        if any(conditions[page] in ("", f"PORTAL_ROSTER={roster}") for page in used[endpoint.service])
    }

    if roster != "file":
        needed.remove("users:userdata:read")  # the page for uploading a roster is closed
    assert needed <= set(oauth.scopes().split())


def test_scopes_asked_for_are_each_needed_by_an_action() -> None:
    needed = {scope for endpoint in all_endpoints() for scope in endpoint.scope.split()}

    assert features.scopes() <= needed


def test_document_without_a_place_for_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        updated("# Scopes\n", "| scope |")
