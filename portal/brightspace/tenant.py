"""What the site knows of its Brightspace, whoever asks: the API versions it offers."""

from contextlib import suppress

import msgspec

from portal.brightspace.cache import SiteCache
from portal.brightspace.client import Client
from portal.brightspace.configuration import configuration
from portal.brightspace.errors import Gone, NotFound, NotPermitted, Refused, Unreadable
from portal.brightspace.reads import shape_of
from portal.brightspace.versions import PATH, ProductVersions, Versions, choose

KEEP_SECONDS = 86_400


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
        raise Unreadable("no list of the versions it offers") from error  # nobody may be refused these
    SiteCache().set(name, msgspec.msgpack.encode(versions), KEEP_SECONDS)
    return versions
