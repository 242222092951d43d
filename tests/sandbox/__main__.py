"""The command ``python -m tests.sandbox``: serves the sandbox until it gets SIGINT or SIGTERM."""

from __future__ import annotations

import argparse
import errno
import signal
import ssl
import sys
from datetime import date
from threading import Event

from tests.sandbox.oauth.registration import CLIENT_ID, CLIENT_SECRET
from tests.sandbox.oauth.scopes import KNOWN_SCOPES
from tests.sandbox.server import Sandbox


def main() -> int:
    """The exit status; 1 when the sandbox cannot start."""
    options = _options()
    try:
        sandbox = _sandbox(options)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(f"Port {options.port} is taken. Choose another with --port.", file=sys.stderr)
        return 1
    except ValueError as error:
        print(f"The sandbox cannot start: {error}", file=sys.stderr)
        return 1
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with sandbox:
        print(f"Sandbox Brightspace on {sandbox.url}", flush=True)
        stop.wait()
    return 0


def _sandbox(options: argparse.Namespace) -> Sandbox:
    return Sandbox(
        host=options.host,
        port=options.port,
        scale=options.scale,
        today=options.today,
        redirect_uris=options.redirect_uri,
        client_id=options.client_id,
        client_secret=options.client_secret,
        scopes=options.scopes.split(),
        access_token_seconds=options.access_token_seconds,
        latency_ms=options.latency_ms,
        tls=_tls(options.tls_certificate, options.tls_key),
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.sandbox", description="Serves the sandbox, a stand-in for Brightspace, until Ctrl-C."
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8701, help="0 for any free port")
    parser.add_argument("--scale", default="demo", help="demo, small, or a number of reports")
    parser.add_argument("--today", type=date.fromisoformat, help="the sandbox's date, YYYY-MM-DD")
    parser.add_argument("--redirect-uri", action="append", default=[], help="may be repeated")
    parser.add_argument("--client-id", default=CLIENT_ID)
    parser.add_argument("--client-secret", default=CLIENT_SECRET)
    parser.add_argument("--scopes", default=" ".join(KNOWN_SCOPES), help="the scopes the app declares")
    parser.add_argument("--access-token-seconds", type=int, default=3600)
    parser.add_argument("--latency-ms", type=float, default=0)
    parser.add_argument("--tls-certificate", help="serve HTTPS with this PEM file")
    parser.add_argument("--tls-key")
    return parser.parse_args()


def _tls(certificate: str | None, key: str | None) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


if __name__ == "__main__":
    sys.exit(main())
