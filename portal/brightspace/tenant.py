"""Facts about the tenant: the API versions it offers, and whether it accepts a token."""

import logging
from contextlib import suppress

import msgspec

from portal.brightspace.cache import SiteCache
from portal.brightspace.configuration import configuration
from portal.brightspace.endpoints.reads import shape_of
from portal.brightspace.endpoints.routes import Route
from portal.brightspace.endpoints.versions import PATH, ProductVersions, Versions, choose
from portal.brightspace.errors import (
    BrightspaceError,
    Gone,
    NotFound,
    NotPermitted,
    Refused,
    SignInExpired,
    UnexpectedResponse,
)
from portal.brightspace.http.client import Client
from portal.brightspace.oddities import Oddity

VERSIONS_CACHE_SECONDS = 86_400
WHOAMI = Route("lp", "/users/whoami")
log = logging.getLogger(__name__)


def site_versions(client: Client) -> Versions:
    """The API versions to use, from the site's cache, else from ``GET /d2l/api/versions/``.

    Raises any BrightspaceError; UnexpectedResponse if Brightspace refuses the list, which everybody may read.
    """
    overrides = configuration().versions
    name = f"versions {configuration().url} {sorted(overrides.items())} {shape_of(Versions)}"
    cached = SiteCache().get(name)
    if isinstance(cached, bytes):
        with suppress(msgspec.DecodeError):
            return msgspec.msgpack.decode(cached, type=Versions)
    try:
        versions = choose(client.get(PATH, list[ProductVersions]), overrides)
    except (NotFound, NotPermitted, Gone, Refused) as error:
        raise UnexpectedResponse(Oddity.NO_VERSIONS) from error
    SiteCache().set(name, msgspec.msgpack.encode(versions), VERSIONS_CACHE_SECONDS)
    return versions


def is_token_accepted(client: Client) -> bool:
    """Whether Brightspace accepts the client's token, asked by ``whoami``; True if that cannot be found out.

    An accepted token means that a 401 from another route is no reason to sign in again.
    """
    try:
        client.get(WHOAMI.path(site_versions(client)), dict)
    except SignInExpired:
        return False
    except BrightspaceError as error:
        log.info("Whether a token is accepted could not be found out: %s", type(error).__name__)
    return True
