from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import services
from tests.races.crew import Crew, crew_of

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]


@pytest.fixture(scope="session", params=DATABASES)
def running_crew(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crew]:
    """Four processes on SQLite, and on PostgreSQL."""
    folder: Path = tmp_path_factory.mktemp("crew")
    if request.param == "sqlite":
        with crew_of(4, f"sqlite:///{folder / 'portal.sqlite3'}", folder) as crew:
            yield crew
        return
    services.need("PostgreSQL")
    with services.postgresql_database() as database, crew_of(4, database, folder) as crew:
        yield crew


@pytest.fixture
def crew(running_crew: Crew) -> Crew:
    """Nothing logged, nothing broken; sign-ins of earlier tests are over."""
    running_crew.sandbox.control.reset()
    return running_crew
