"""A pytest plugin for several test processes: tests that start many processes of their own all run in one of them.

Otherwise browsers and races would run side by side on a machine that has hardly more processors than test processes,
and session fixtures that start processes would do so in each test process.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

GROUPED_FOLDERS = ("tests/browser/", "tests/races/")


class GroupedScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Gives each test to the next free process, but the tests of ``GROUPED_FOLDERS`` to one process."""

    def _split_scope(self, nodeid: str) -> str:
        return "grouped" if nodeid.startswith(GROUPED_FOLDERS) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> GroupedScheduling:
    """Used by xdist instead of what ``--dist`` names."""
    return GroupedScheduling(config, log)
