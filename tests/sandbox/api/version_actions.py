"""Actions that list the products and versions the tenant supports; they need no sign-in."""

from __future__ import annotations

from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action


@action("GET", "/d2l/api/versions/", public=True)
def all_versions(call: Call) -> Response:
    """Every product with its versions."""
    return Response([_product(call, code) for code in call.versions])


@action("GET", "/d2l/api/(product)/versions/", public=True)
def product_versions(call: Call) -> Response:
    """One product's versions; 404 for an unknown product."""
    return Response(_product(call, _product_code(call)))


@action("GET", "/d2l/api/(product)/versions/(version)", public=True)
def one_version(call: Call) -> Response:
    """Whether one version of a product is supported."""
    supported = call.versions[_product_code(call)]
    return Response({"Supported": call.ids["version"] in supported, "LatestVersion": supported[-1]})


@action("POST", "/d2l/api/versions/check", public=True)
def check_versions(call: Call) -> Response:
    """Whether each of several product versions is supported, and whether all are."""
    body = call.json()
    if not isinstance(body, list) or not all(isinstance(item, dict) for item in body):
        raise ApiError.invalid_parameters("A list of ProductCode and Version is expected.")
    checked = [_check(call, item) for item in body]
    return Response({"Supported": all(item["Supported"] for item in checked), "Versions": checked})


def _check(call: Call, item: dict[str, Any]) -> dict[str, Any]:
    code, version = str(item.get("ProductCode")), item.get("Version")
    supported = call.versions.get(code, ())
    return {
        "ProductCode": code,
        "Version": version,
        "LatestVersion": supported[-1] if supported else None,
        "Supported": version in supported,
    }


def _product_code(call: Call) -> str:
    code = call.ids["product"]
    if code not in call.versions:
        raise ApiError.not_found()
    return code


def _product(call: Call, code: str) -> dict[str, Any]:
    supported = call.versions[code]
    return {
        "ProductCode": code,
        "LatestVersion": supported[-1],
        "SupportedVersions": list(supported),
    }
