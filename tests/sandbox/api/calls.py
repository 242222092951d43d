"""One call of the API as an action receives it, with its parameters parsed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, overload

from werkzeug.datastructures import Headers, MultiDict

from tests.sandbox.api.dates import parse_utc
from tests.sandbox.api.responses import ApiError
from tests.sandbox.api.versions import TENANT_VERSIONS, is_at_least
from tests.sandbox.models.people import Person
from tests.sandbox.world import World

MAX_ID = 2**63 - 1
MAX_IDS_PER_LIST = 100


@dataclass(frozen=True)
class Authorization:
    """What a token stands for: the person it was issued to, the app, and the scopes."""

    person_id: int
    client_id: str
    scopes: frozenset[str]


@dataclass(frozen=True)
class Call:
    """One authorised call. ``ids`` are the raw path parameters; ``authorization`` is None for public actions."""

    world: World
    authorization: Authorization | None
    method: str
    route: str
    version: str
    ids: Mapping[str, str]
    query: MultiDict[str, str]
    headers: Headers
    body: bytes
    host_url: str
    path: str
    versions: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: TENANT_VERSIONS)

    def person(self) -> Person:
        """The person who calls; 401 when the token's person no longer exists."""
        person = None if self.authorization is None else self.world.people.get(self.authorization.person_id)
        if person is None:
            raise ApiError.invalid_token()
        return person

    def is_at_least(self, version: str) -> bool:
        """Whether the call is made at this version of the API, a newer one, or ``unstable``."""
        return is_at_least(self.version, version)

    def id(self, name: str) -> int:
        """A D2LID from the path; 404 for whatever is not a plain decimal number."""
        found = _parse_id(self.ids[name])
        if found is None:
            raise ApiError.not_found()
        return found

    def json(self) -> Any:
        """The body as JSON; 400 when it is not."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise ApiError.invalid_parameters("The request body is not valid JSON.") from None

    def text(self, name: str, default: str = "") -> str:
        """A text parameter."""
        return self.query.get(name, default)

    @overload
    def number(self, name: str, default: int) -> int: ...
    @overload
    def number(self, name: str, default: None = None) -> int | None: ...
    def number(self, name: str, default: int | None = None) -> int | None:
        """A whole-number parameter; empty counts as absent, anything else is a 400."""
        value = self.query.get(name, "")
        if value == "":
            return default
        if not re.fullmatch(r"-?[0-9]{1,19}", value):
            raise _invalid_value(value, name)
        return int(value)

    @overload
    def boolean(self, name: str, default: bool) -> bool: ...
    @overload
    def boolean(self, name: str, default: None = None) -> bool | None: ...
    def boolean(self, name: str, default: bool | None = None) -> bool | None:
        """A boolean parameter: true, false, 1 or 0 in any case; anything else is a 400."""
        value = self.query.get(name, "").lower()
        if value == "":
            return default
        if value not in ("true", "false", "1", "0"):
            raise _invalid_value(value, name)
        return value in ("true", "1")

    def date(self, name: str) -> datetime | None:
        """A UTCDateTime parameter; 400 for one without milliseconds."""
        value = self.query.get(name, "")
        return parse_utc(value, name) if value else None

    def ids_csv(self, name: str) -> list[int] | None:
        """D2LIDs separated by commas; None when absent, 400 for a bad id or more than MAX_IDS_PER_LIST."""
        value = self.query.get(name)
        if value is None:
            return None
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if len(parts) > MAX_IDS_PER_LIST:
            raise ApiError.invalid_parameters(f"{name} takes at most {MAX_IDS_PER_LIST} ids.")
        return [_query_id(part, name) for part in parts]

    def required_ids_csv(self, name: str) -> list[int]:
        """As ``ids_csv``, each id once; 400 when there is none."""
        ids = self.ids_csv(name)
        if not ids:
            raise ApiError.invalid_parameters(f"{name} is required.")
        return list(dict.fromkeys(ids))

    def ids_list(self, name: str) -> list[int]:
        """D2LIDs from a repeated parameter, in order; 400 for a bad one."""
        return [_query_id(part, name) for part in self.query.getlist(name)]


def _query_id(value: str, name: str) -> int:
    found = _parse_id(value)
    if found is None:
        raise _invalid_value(value, name)
    return found


def _parse_id(value: str) -> int | None:
    return int(value) if re.fullmatch(r"[0-9]{1,19}", value) and int(value) <= MAX_ID else None


def _invalid_value(value: str, name: str) -> ApiError:
    return ApiError.invalid_parameters(f"The value '{value}' is not valid for {name}.")
