"""The API's handlers; importing this package registers every action."""

from tests.sandbox.api import (
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
