"""One process of the portal, told by lines of JSON what to do: ``python -m tests.races.caller``.

Each line is a call, ``{"do": "ask", …}``; each answer a line with its result. Nothing is patched: signing in
walks through Brightspace's pages, tokens come from where every page gets them.
"""

import json
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import django

django.setup()

from django.db import connection  # noqa: E402  # a process of Django's begins with its setup
from django.test import Client as Browser  # noqa: E402
from portal.accounts.services import WhoAmI  # noqa: E402

from portal.brightspace.auth import tokens  # noqa: E402
from portal.brightspace.configuration import configuration  # noqa: E402
from portal.brightspace.errors import BrightspaceError  # noqa: E402
from portal.brightspace.http.client import Client  # noqa: E402
from portal.brightspace.http.deadline import Deadline  # noqa: E402
from portal.brightspace.models import OAuthToken  # noqa: E402
from tests.sandbox.client import sign_in as consent  # noqa: E402

WHOAMI = "/d2l/api/lp/1.50/users/whoami"


def sign_in(person_id: int) -> str:
    """The cookie of somebody who has signed in."""
    browser = Browser(SERVER_NAME="localhost")
    back = urlsplit(consent(browser.get("/signin/")["Location"], person_id))
    answer = browser.get(f"{back.path}?{back.query}")
    if answer.status_code != 302:
        raise RuntimeError(f"sign-in ended with {answer.status_code}")
    return browser.cookies["portal"].value


def ask(person_id: int, threads: int, seconds: float) -> list[str]:
    """Who Brightspace says the token is, asked by as many threads at once; or the name of the error."""

    def one() -> str:
        try:
            deadline = Deadline.after(seconds)
            token = tokens.access_token(person_id, deadline).value
            client = Client(token=token, deadline=deadline, configuration=configuration())
            return str(client.get(WHOAMI, WhoAmI).identifier)
        except BrightspaceError as error:
            return type(error).__name__

    return at_once([one] * threads)


def come_back_twice(person_id: int) -> list[str]:
    """The address that Brightspace sends a browser back to, opened by that browser twice at once."""
    browser = Browser(SERVER_NAME="localhost")
    back = urlsplit(consent(browser.get("/signin/")["Location"], person_id))
    return look(browser.cookies["portal"].value, [f"{back.path}?{back.query}"] * 2)


def look(cookie: str, addresses: list[str]) -> list[str]:
    """Pages opened by one browser at once: each one's status and where it leads."""

    def page(address: str) -> str:
        browser = Browser(SERVER_NAME="localhost")
        browser.cookies["portal"] = cookie
        answer = browser.get(address)
        return f"{answer.status_code} {answer.headers.get('Location', '')}".strip()

    return at_once([partial(page, address) for address in addresses])


def sign_out(cookie: str) -> int:
    browser = Browser(SERVER_NAME="localhost")
    browser.cookies["portal"] = cookie
    return browser.post("/signout/").status_code


def expire() -> int:
    """Let every token be over, as far as the portal knows."""
    return OAuthToken.objects.update(refresh_at=tokens.NEVER_LEASED)


def kept() -> list[list[Any]]:
    return [[row.person_id, row.state, row.version] for row in OAuthToken.objects.all()]


def at_once(calls: list[Callable[[], str]]) -> list[str]:
    """Every call's result, all of them started at the same moment in a thread of their own."""
    start, results = threading.Barrier(len(calls)), [""] * len(calls)

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = calls[place]()
        except Exception as error:  # a result like any other: the test has to see it
            results[place] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


DOES: dict[str, Callable[..., Any]] = {
    "sign_in": sign_in,
    "come_back_twice": come_back_twice,
    "ask": ask,
    "look": look,
    "sign_out": sign_out,
    "expire": expire,
    "kept": kept,
}


def main() -> None:
    for line in sys.stdin:
        call = json.loads(line)
        result = DOES[call.pop("do")](**call)
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
