"""The sandbox as a process of its own, with a manager of 1,000 people."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

CALLBACK = "http://localhost/signin/callback/"
CLIENT_ID, CLIENT_SECRET = "portal", "portal-secret"
SCALE = 1000


@contextmanager
def running_sandbox() -> Iterator[str]:
    """Run the sandbox inside the block; its address."""
    command = [sys.executable, "-m", "tests.sandbox", "--port", "0", "--scale", str(SCALE), "--redirect-uri", CALLBACK]
    command += ["--client-id", CLIENT_ID, "--client-secret", CLIENT_SECRET]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()
