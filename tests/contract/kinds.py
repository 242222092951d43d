"""`type_violations` under its former name, for tests that do not use the new one yet."""

from tests.contract.json_types import type_violations as check

__all__ = ["check"]
