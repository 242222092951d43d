"""Which version of each Brightspace API to speak; pure. The caller asks once and keeps the answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from portal.brightspace.codec.fields import Block, InvalidArgument
from portal.brightspace.errors import Unsupported

PATH = "/d2l/api/versions/"

TESTED = {"lp": "1.63", "le": "1.97", "bas": "1.6"}
NEEDED = {"lp": "1.47", "le": "1.84", "bas": "1.2"}
_OPTIONAL = {"bas"}  # a site without awards still has its CPD and its courses
_VERSION = re.compile(r"([0-9]{1,6})\.([0-9]{1,6})")


class ProductVersions(Block, frozen=True, kw_only=True):
    """One product in the answer of ``GET /d2l/api/versions/``."""

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
    """Per product the highest supported version up to the tested one, else the highest of all.

    An override wins unseen. Raises Unsupported if the site is too old for the portal, and
    InvalidArgument for an override that is no version.
    """
    offered = {product.product_code.lower(): product for product in answer}
    chosen = {product: _override(product, overrides.get(product, "")) or _best(product, offered) for product in NEEDED}
    return Versions(**chosen)


def _override(product: str, version: str) -> str:
    if version and not _VERSION.fullmatch(version):
        raise InvalidArgument(_("The version set for “%(product)s” must look like 1.84."), product=product)
    return version


def _best(product: str, offered: Mapping[str, ProductVersions]) -> str:
    found = offered.get(product)
    versions = [] if found is None else [*found.supported_versions, found.latest_version]
    enough = [
        version for version in versions if _VERSION.fullmatch(version) and _order(version) >= _order(NEEDED[product])
    ]
    if not enough and product not in _OPTIONAL:
        raise Unsupported(product, NEEDED[product])
    tested = [version for version in enough if _order(version) <= _order(TESTED[product])]
    return max(tested or enough, key=_order, default="")


def _order(version: str) -> tuple[int, int]:
    major, minor = version.split(".")
    return int(major), int(minor)
