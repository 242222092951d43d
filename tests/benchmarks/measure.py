"""A process that runs benchmarks with the stores of its environment, and prints a line for each measurement."""

import sys
from importlib import import_module

import django


def main(names: list[str]) -> int:
    django.setup()
    from django.core.cache import cache
    from django.core.management import call_command

    from tests.benchmarks.site import Site

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    cache.clear()
    site = Site()
    for name in names:
        for measured in import_module(f"tests.benchmarks.{name}").run(site):
            print(measured.line(), flush=True)
    cache.clear()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
