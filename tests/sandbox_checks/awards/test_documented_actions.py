"""All awards actions, compared with the blocks and statuses of their documents."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.documents import ACTIONS
from tests.contract.observer import ContractObserver
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, GRACE, INES, JUN, MAYA, YUSUF
from tests.sandbox.seeds.edge_cases import MARKUP, PROLIFIC
from tests.sandbox_checks.api_client import ApiClient, path_of
from tests.sandbox_checks.awards.bodies import BADGE, CERTIFICATE, ICON, TEMPLATE, issue_of

FIRE = f"bas/1.6/orgunits/{org.FIRE}/"


@pytest.fixture
def watch() -> ContractObserver:
    """Compares requests and responses with the API documents."""
    return ContractObserver()


@pytest.fixture
def api(watch: ContractObserver) -> ApiClient:
    client = ApiClient()
    client.state.observer = watch
    return client


def send(api: ApiClient, method: str, caller: int, path: str, body: Any = None) -> Any:
    reply = api.send(method, caller, path, body=body)
    assert reply.status in (200, 201), (method, path, reply)
    return reply.value


def change_awards_and_associations(api: ApiClient) -> None:
    badge = send(api, "POST", ADRIAN, "bas/1.6/awards/", BADGE)["AwardId"]
    send(api, "POST", ADRIAN, "bas/1.6/awards/", CERTIFICATE)
    update = {name: value for name, value in BADGE.items() if name != "AwardType"}
    send(api, "PUT", ADRIAN, f"bas/1.6/awards/{badge}", update)
    body = {"AwardId": badge, "Credit": 1.5, "HiddenAward": False}
    path = f"{FIRE}associations/{send(api, 'POST', INES, f'{FIRE}associations/', body)['AssociationId']}"
    send(api, "PUT", INES, path, {"Credit": None, "HiddenAward": True})
    send(api, "GET", ANA, path)
    send(api, "DELETE", INES, path)
    send(api, "DELETE", ADRIAN, f"bas/1.6/awards/{badge}")


def issue_share_and_revoke(api: ApiClient) -> None:
    issued = send(api, "POST", INES, f"{FIRE}issued/?useIssueDateToCalcExpiry=1", issue_of(cat.FIRE_WARDEN, YUSUF))
    path = f"bas/1.6/issued/{issued['IssuedId']}"
    dates = {"IssuedDate": "2026-01-02T03:04:05.006Z", "ExpiryDate": None}
    send(api, "PUT", INES, f"{FIRE}issued/{issued['IssuedId']}", dates)
    send(api, "GET", YUSUF, f"bas/1.6/issued/certificates/{issued['CertificateId']}")
    send(api, "PUT", YUSUF, f"{path}/sharing/profile")
    send(api, "DELETE", YUSUF, f"{path}/sharing/profile")
    send(api, "DELETE", INES, path)


def use_the_libraries(api: ApiClient) -> None:
    for folder, name, content in (("icons", "new.png", ICON), ("templates", "new.pdf", TEMPLATE)):
        base = f"bas/1.6/library/{folder}/"
        send(api, "POST", ADRIAN, base, {"Name": name, "Content": content})
        send(api, "GET", MAYA, f"{base}?search=new&limit=200&offset=0")
        send(api, "GET", MAYA, base + name)
        send(api, "DELETE", ADRIAN, base + name)


def read_everything(api: ApiClient) -> None:
    api.world.enrol(GRACE, org.NOTICEBOARD, "course_lead")
    for caller, path in (
        (ANA, "bas/1.6/awards/"),
        (MAYA, f"bas/1.6/awards/{cat.ODD_AWARD}"),
        (ANA, f"{FIRE}associations/"),
        (ANA, "bas/1.6/associations/availableToEarn/"),
        (INES, f"{FIRE}associations/availableToManage/?showMine=true"),
        (GRACE, f"bas/1.6/orgunits/{org.NOTICEBOARD}/classlist/?fetchLatest=1"),
        (INES, f"{FIRE}classlist/?includeExpired=1&limit=200"),
        (INES, f"{FIRE}classlist/users/{JUN}"),
        (ANA, f"{FIRE}myConfiguration"),
        (ANA, "bas/1.6/creditSummary"),
        (MAYA, f"bas/1.6/issued/users/{PROLIFIC}/"),
        (MAYA, f"bas/1.6/issued/users/{MARKUP}/"),
        (INES, f"{FIRE}revocableawards/"),
        (INES, f"{FIRE}revocableawards/{JUN}/?includeExpired=1"),
    ):
        send(api, "GET", caller, path)


def test_every_awards_action_responds_as_documented(api: ApiClient, watch: ContractObserver) -> None:
    change_awards_and_associations(api)
    issue_share_and_revoke(api)
    use_the_libraries(api)
    read_everything(api)
    called = {f"{call.method} {call.route}" for call in watch.calls}
    documented = {action.name for action in ACTIONS if action.document == "awards"}
    assert documented
    assert documented - called == set()
    assert watch.report() == ""


def test_next_of_a_row_leads_to_a_documented_page(api: ApiClient, watch: ContractObserver) -> None:
    api.world.enrol(GRACE, org.NOTICEBOARD, "course_lead")
    for query in ("", "?fetchLatest=true", "?includeExpired=true"):
        rows = send(api, "GET", GRACE, f"bas/1.6/orgunits/{org.NOTICEBOARD}/classlist/{query}")["Objects"]
        following = next(row["IssuedAwards"]["Next"] for row in rows if row["UserId"] == PROLIFIC)
        send(api, "GET", GRACE, path_of(following))
    assert watch.report() == ""
