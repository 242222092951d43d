"""OAuth 2.0 scopes in D2L's sense: ``group:resource:permission[,permission]*``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

FALLBACK = "core:*:*"

# The scopes that the registered app declares by default.
KNOWN_SCOPES = (
    FALLBACK,
    "users:own_profile:read",
    "users:profile:read",
    "users:userdata:read",
    "enrollment:own_enrollment:read",
    "enrollment:orgunit:read",
    "enrollment:completion:read",
    "enrollment:completion:update",
    "organizations:organization:read",
    "orgunits:course:read",
    "role:detail:read",
    "attributes:schemas:read",
    "attributes:users:read",
    "groups:group:read",
    "sections:section:read",
    "sections:own_section:read",
    "content:toc:read",
    "content:modules:readonly",
    "content:modules:manage",
    "content:topics:readonly",
    "content:topics:manage",
    "content:file:read",
    "content:file:write",
    "content:completions:read",
    "content:completions:write",
    "content:access:read",
    "content:exemptions:write",
    "content:exemptions:delete",
    "cpd:records:read",
    "cpd:records:manage",
    "cpd:targets:read",
    "cpd:fields:read",
    "awards:certificate:read",
)

_SEGMENT = r"[A-Za-z0-9_*.-]+"
_SCOPE = re.compile(rf"({_SEGMENT}):({_SEGMENT}):({_SEGMENT}(?:,{_SEGMENT})*)")


@dataclass(frozen=True)
class Scope:
    """One scope in its three parts."""

    group: str
    resource: str
    permissions: frozenset[str]

    @classmethod
    def parse(cls, text: str) -> Scope | None:
        """The scope written as ``text``, or None when it is not of D2L's form."""
        found = _SCOPE.fullmatch(text)
        return cls(found[1], found[2], frozenset(found[3].split(","))) if found else None

    def matches(self, needed: Scope) -> bool:
        """Whether group and resource match; case-sensitive, ``*`` matches any."""
        return self.group in ("*", needed.group) and self.resource in ("*", needed.resource)


def covers(granted: Iterable[str], needed: str) -> bool:
    """Whether the granted scopes together cover every permission of the needed one."""
    needed_scope = Scope.parse(needed)
    if needed_scope is None:
        return False
    parsed = [scope for text in granted if (scope := Scope.parse(text))]
    permissions = frozenset().union(*(scope.permissions for scope in parsed if scope.matches(needed_scope)))
    return "*" in permissions or needed_scope.permissions <= permissions


def allows(granted: Iterable[str], any_of: Iterable[str]) -> bool:
    """Whether an action that lists ``any_of`` may be called; ``core:*:*`` always suffices."""
    granted = tuple(granted)
    return covers(granted, FALLBACK) or any(covers(granted, needed) for needed in any_of)


def description_of(scope: str) -> str:
    """A scope in plain English, for the consent page."""
    if scope == FALLBACK:
        return "Everything your role permits, wherever Brightspace has no narrower scope"
    parsed = Scope.parse(scope)
    if parsed is None:
        return scope
    verbs = ", ".join(_VERBS.get(verb, verb) for verb in sorted(parsed.permissions))
    resource = parsed.resource.replace("_", " ")
    return f"{verbs} {_GROUPS.get(parsed.group, parsed.group)}: {resource}".capitalize()


_VERBS = {
    "*": "use",
    "readonly": "read",
    "manage": "change",
    "update": "change",
    "write": "change",
}
_GROUPS = {
    "cpd": "professional development",
    "content": "course content",
    "enrollment": "enrolments",
    "users": "people",
    "awards": "awards",
    "attributes": "user attributes",
    "organizations": "the organization",
    "orgunits": "org units",
    "role": "roles",
}
