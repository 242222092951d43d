"""What is asked of Brightspace itself rather than of a feature: its versions, and whether a token is good."""

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
    Oddity,
    Refused,
    SignInExpired,
    UnexpectedResponse,
)
from portal.brightspace.http.client import Client

VERSIONS_SECONDS = 86_400
WHOAMI = Route("lp", "/users/whoami")
log = logging.getLogger(__name__)


def site_versions(client: Client) -> Versions:
    """The tenant's versions from the site's cache, else from ``GET /d2l/api/versions/``. Any BrightspaceError."""
    overrides = configuration().versions
    name = f"versions {configuration().url} {sorted(overrides.items())} {shape_of(Versions)}"
    kept = SiteCache().get(name)
    if isinstance(kept, bytes):
        with suppress(msgspec.DecodeError):
            return msgspec.msgpack.decode(kept, type=Versions)
    try:
        versions = choose(client.get(PATH, list[ProductVersions]), overrides)
    except (NotFound, NotPermitted, Gone, Refused) as error:
        raise UnexpectedResponse(Oddity.NO_VERSIONS) from error  # nobody may be refused these
    SiteCache().set(name, msgspec.msgpack.encode(versions), VERSIONS_SECONDS)
    return versions


def is_token_accepted(client: Client) -> bool:
    """Whether Brightspace knows ``client``'s token: then a 401 to something else is no reason to sign in again."""
    try:
        client.get(WHOAMI.path(site_versions(client)), dict)
    except SignInExpired:
        return False
    except BrightspaceError as error:
        log.info("Whether a token is good could not be asked: %s", type(error).__name__)
    return True
