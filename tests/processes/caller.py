"""A process of the portal that carries out actions: ``python -m tests.processes.caller``.

It reads lines of JSON such as ``{"action": "who_am_i", …}`` and answers each with a line that has the result. Nothing
is patched: sign-in goes through Brightspace's pages, tokens come from where pages get them.
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

from django.db import connection  # noqa: E402  # imports of models need Django's setup
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
    """The session cookie of a person who has just signed in."""
    browser = Browser(SERVER_NAME="localhost")
    callback = _callback_url(browser, person_id)
    response = browser.get(callback)
    if response.status_code != 302:
        raise RuntimeError(f"sign-in ended with {response.status_code}")
    return browser.cookies["portal"].value


def open_callback_twice(person_id: int) -> list[str]:
    """The callback address of a sign-in, opened twice at once by the same browser."""
    browser = Browser(SERVER_NAME="localhost")
    callback = _callback_url(browser, person_id)
    return open_pages(browser.cookies["portal"].value, [callback] * 2)


def _callback_url(browser: Browser, person_id: int) -> str:
    callback = urlsplit(consent(browser.get("/signin/")["Location"], person_id))
    return f"{callback.path}?{callback.query}"


def who_am_i(person_id: int, threads: int, seconds: float) -> list[str]:
    """Whose token Brightspace says it is, asked by so many threads at once; or the name of the error."""

    def ask() -> str:
        try:
            deadline = Deadline.after(seconds)
            token = tokens.access_token(person_id, deadline).value
            client = Client(token=token, deadline=deadline, configuration=configuration())
            return str(client.get(WHOAMI, WhoAmI).identifier)
        except BrightspaceError as error:
            return type(error).__name__

    return _at_once([ask] * threads)


def open_pages(cookie: str, addresses: list[str]) -> list[str]:
    """Pages opened at once by a browser with this cookie: the status and redirect of each."""

    def page(address: str) -> str:
        browser = Browser(SERVER_NAME="localhost")
        browser.cookies["portal"] = cookie
        response = browser.get(address)
        return f"{response.status_code} {response.headers.get('Location', '')}".strip()

    return _at_once([partial(page, address) for address in addresses])


def sign_out(cookie: str) -> int:
    """The status of a sign-out."""
    browser = Browser(SERVER_NAME="localhost")
    browser.cookies["portal"] = cookie
    return browser.post("/signout/").status_code


def expire_tokens() -> int:
    """Let every access token expire, as far as the portal knows."""
    return OAuthToken.objects.update(refresh_at=tokens.NEVER_LEASED)


def stored_tokens() -> list[list[Any]]:
    """Person, state and version of every row of tokens."""
    return [[row.person_id, row.state, row.version] for row in OAuthToken.objects.all()]


def _at_once(calls: list[Callable[[], str]]) -> list[str]:
    """The result of each call; all are started at the same moment, each in a thread of its own."""
    start, results = threading.Barrier(len(calls)), [""] * len(calls)

    def run(position: int) -> None:
        start.wait()
        try:
            results[position] = calls[position]()
        except Exception as error:  # the test sees it as a result
            results[position] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(position,)) for position in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


ACTIONS: dict[str, Callable[..., Any]] = {
    action.__name__: action
    for action in (sign_in, open_callback_twice, who_am_i, open_pages, sign_out, expire_tokens, stored_tokens)
}


def main() -> None:
    for line in sys.stdin:
        arguments = json.loads(line)
        result = ACTIONS[arguments.pop("action")](**arguments)
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
