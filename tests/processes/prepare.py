"""Preparation of the site that the environment describes: ``python -m tests.processes.prepare [--without-static]``.

Makes the tables of database and cache, and collects the static files.
"""

import sys

import django
from django.core.management import call_command


def main(*, with_static: bool) -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if with_static:
        call_command("collectstatic", verbosity=0, interactive=False)


if __name__ == "__main__":
    main(with_static="--without-static" not in sys.argv)
