"""API versions: which version of each product the portal uses with a tenant. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from portal.brightspace.codec.fields import Block, InvalidArgument
from portal.brightspace.errors import Unsupported

PATH = "/d2l/api/versions/"

TESTED = {"lp": "1.63", "le": "1.97", "bas": "1.6"}
NEEDED = {"lp": "1.47", "le": "1.84", "bas": "1.2"}
_OPTIONAL = {"bas"}  # CPD and courses work on a site without awards
_VERSION = re.compile(r"([0-9]{1,6})\.([0-9]{1,6})")


class ProductVersions(Block, frozen=True, kw_only=True):
    """One product in the answer to ``GET /d2l/api/versions/``."""

    product_code: str
    latest_version: str = ""
    supported_versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Versions:
    """The version in use per product; ``bas`` is empty where the site offers no usable awards API."""

    lp: str
    le: str
    bas: str

    def of(self, product: str, since: str = "") -> str:
        """The version of ``product``. Raises Unsupported if this site has no usable one, or one before ``since``."""
        version: str = getattr(self, product)
        if not version:
            raise Unsupported(product, NEEDED[product])
        if since and _order(version) < _order(since):
            raise Unsupported(product, since, version)
        return version


def choose(answer: Sequence[ProductVersions], overrides: Mapping[str, str]) -> Versions:
    """For each product the highest offered version up to the tested one, else the highest of all.

    A version in ``overrides`` is used whether it is offered or not. Raises Unsupported if the site is too old for the
    portal, InvalidArgument for an override that is not a version.
    """
    offered = {product.product_code.lower(): product for product in answer}
    chosen = {product: _override(product, overrides.get(product, "")) or _best(product, offered) for product in NEEDED}
    return Versions(**chosen)


def _override(product: str, version: str) -> str:
    if version and not _VERSION.fullmatch(version):
        raise InvalidArgument(_("The version set for “%(product)s” must look like 1.84."), product=product)
    return version


def _best(product: str, offered: Mapping[str, ProductVersions]) -> str:
    offer = offered.get(product)
    versions = [] if offer is None else [*offer.supported_versions, offer.latest_version]
    usable = [
        version for version in versions if _VERSION.fullmatch(version) and _order(version) >= _order(NEEDED[product])
    ]
    if not usable and product not in _OPTIONAL:
        raise Unsupported(product, NEEDED[product])
    tested = [version for version in usable if _order(version) <= _order(TESTED[product])]
    return max(tested or usable, key=_order, default="")


def _order(version: str) -> tuple[int, int]:
    major, minor = version.split(".")
    return int(major), int(minor)
