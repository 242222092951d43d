"""Fixtures: four processes of one site, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import services
from tests.processes.callers import Callers, running_callers

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]
PROCESSES = 4


@pytest.fixture(scope="session", params=DATABASES)
def all_callers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callers]:
    """The processes of all tests on one database."""
    folder: Path = tmp_path_factory.mktemp("site")
    if request.param == "sqlite":
        with running_callers(PROCESSES, folder) as callers:
            yield callers
        return
    services.need("PostgreSQL")
    with services.postgresql_database() as database, running_callers(PROCESSES, folder, database) as callers:
        yield callers


@pytest.fixture
def callers(all_callers: Callers) -> Callers:
    """The processes, with the sandbox in its initial state: earlier sign-ins have ended."""
    all_callers.sandbox.control.reset()
    return all_callers
