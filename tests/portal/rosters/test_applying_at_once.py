"""Checks applied at the same moment: one wins, on each database, whoever made them."""

import json
from pathlib import Path

import pytest

from tests import services
from tests.processes.own_site import own_site
from tests.sandbox.server import Sandbox

# Prints what came of each thread, and the entries of each roster that there is afterwards.
APPLY_AT_ONCE = """
import json, sys, threading
from django.db import connection
from portal.accounts.models import Person
from portal.rosters.models import Roster, RosterCheck
from portal.rosters.upload.application import NotApplied, apply_check
from portal.rosters.upload.check import CheckedFile, Entry
from portal.rosters.upload.comparison import Comparison
from portal.rosters.upload.storage import pack

checks, threads = int(sys.argv[1]), 12
admins = [Person.objects.create(pk=pk) for pk in (1, 2)]
entries = [Entry(row, 1_000 + row, 500, "Somebody") for row in range(300)]
packed = {
    "found": pack(CheckedFile(300, people=300)), "entries": pack(entries), "comparison": pack(Comparison(added=300))
}

def new_check(number, compared_with):
    return RosterCheck.objects.create(
        admin=admins[number % 2], file_name="a.csv", state="checked", content=b"", compared_with=compared_with, **packed
    ).pk

def apply(pk):
    start.wait()
    try:
        check = RosterCheck.objects.get(pk=pk)
        before.wait()
        apply_check(check, without_bad=False, confirmed=None)
        results.append("applied")
    except NotApplied:
        results.append("refused")
    except Exception as error:
        results.append(repr(error))
    finally:
        connection.close()

rounds = []
for _ in range(3):
    newest = Roster.objects.values_list("pk", flat=True).first() or 0
    pks = [new_check(number, newest) for number in range(checks)]
    start, before, results = threading.Barrier(threads), threading.Barrier(threads), []
    running = [threading.Thread(target=apply, args=(pks[number % checks],)) for number in range(threads)]
    [thread.start() for thread in running]
    [thread.join() for thread in running]
    rounds.append(sorted(results))
print(json.dumps([rounds, [roster.entries.count() for roster in Roster.objects.all()]]))
"""
ONE_WINS = ["applied"] + ["refused"] * 11
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]


@pytest.mark.parametrize("checks", [1, 12])
@pytest.mark.parametrize("database", DATABASES)
def test_one_of_many_who_apply_at_once_wins(
    tmp_path: Path, running_sandbox: Sandbox, database: str, checks: int
) -> None:
    if database == "sqlite":
        [line] = own_site(tmp_path, running_sandbox).output_of(APPLY_AT_ONCE, str(checks))
    else:
        services.need("PostgreSQL")
        with services.postgresql_database() as address:
            [line] = own_site(tmp_path, running_sandbox, address).output_of(APPLY_AT_ONCE, str(checks))

    rounds, rosters = json.loads(line)
    assert rounds == [ONE_WINS] * 3
    assert rosters == [300] * 3
