"""The API's handlers; importing this package registers every action."""

from tests.sandbox.api import (
    attributes,
    auditing,
    classlist,
    completions,
    cpd,
    cpd_targets,
    enrolments,
    organization,
    overdue,
    progress,
    toc,
    users,
    versions,
)

__all__ = [
    "attributes",
    "auditing",
    "classlist",
    "completions",
    "cpd",
    "cpd_targets",
    "enrolments",
    "organization",
    "overdue",
    "progress",
    "toc",
    "users",
    "versions",
]
