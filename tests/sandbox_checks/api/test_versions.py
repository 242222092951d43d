"""Versions of the API."""

from __future__ import annotations

import requests

from tests.sandbox_checks.api_client import ApiClient
from tests.sandbox_checks.registered_app import RegisteredApp

PROGRESS = "/d2l/api/le/1.84/cpd/target/progress/user/201"


def test_versions_need_no_sign_in_and_have_every_product(api: ApiClient) -> None:
    products = api.get(None, "versions/").value
    assert {p["ProductCode"] for p in products} >= {"lp", "le", "bas"}
    le = api.get(None, "le/versions/").value
    assert le["LatestVersion"] == le["SupportedVersions"][-1]
    assert api.get(None, "le/versions/1.84").value["Supported"] is True
    assert api.get(None, "le/versions/9.99").value["Supported"] is False
    assert api.get(None, "zz/versions/").status == 404


def test_version_check_is_supported_only_when_all_are(api: ApiClient) -> None:
    requested = [{"ProductCode": "le", "Version": "1.90"}, {"ProductCode": "lp", "Version": "0.1"}]
    reply = api.send("POST", None, "versions/check", body=requested)
    assert reply.value["Supported"] is False
    assert [item["Supported"] for item in reply.value["Versions"]] == [True, False]
    assert api.send("POST", None, "versions/check", body={"le": "1.90"}).status == 400


def test_unstable_is_accepted_as_a_version(app: RegisteredApp) -> None:
    assert app.get("/d2l/api/lp/unstable/users/whoami").status_code == 200
    assert app.get("/d2l/api/le/unstable/cpd/target/progress/user/201").status_code == 200


def test_tenant_versions_can_be_set(app: RegisteredApp) -> None:
    app.sandbox.control.set_versions("le", ["1.82", "1.83"])
    assert app.get(PROGRESS).status_code == 404
    products = app.get("/d2l/api/versions/").json()
    latest = {product["ProductCode"]: product["LatestVersion"] for product in products}
    assert latest["le"] == "1.83"


def test_versions_need_no_token(app: RegisteredApp) -> None:
    reply = requests.get(app.sandbox.url + "/d2l/api/versions/", timeout=10)
    assert reply.status_code == 200
    assert "X-Request-Cost" not in reply.headers
