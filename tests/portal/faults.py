"""The sandbox's faults by their effect, and functions that read from a page what came of them."""

import re
from typing import Any

from portal.brightspace.auth import tokens
from portal.brightspace.http.deadline import Deadline
from tests.sandbox.faults.kinds import FORBIDDEN_SHAPES
from tests.sandbox.server import Sandbox

LE = "/d2l/api/le/(version)"
ROSTER = f"{LE}/auditing/auditors/(auditorId)/auditees/"
PROGRESS = f"{LE}/cpd/target/progress/user/(userId)"
RECORDS = f"{LE}/cpd/record/user/(userId)"
OVERDUE = f"{LE}/overdueItems/"
ENROLMENTS = "/d2l/api/lp/(version)/enrollments/users/(userId)/orgUnits/"
COMPLETIONS = f"{LE}/content/completions/(userId)/"
IN_COURSE = f"{LE}/(orgUnitId)/content/completions/"
TOPICS_DONE = f"{LE}/(orgUnitId)/content/userprogress/"
CONTENT = f"{LE}/(orgUnitId)/content/toc"
VERSIONS = "/d2l/api/versions/"
FIGURES = "/cpd/|/overdueItems/|/orgUnits/|/content/"  # the routes of all figures

Fault = tuple[str, dict[str, Any]]
FAILURES: dict[str, Fault] = {
    "500": ("500", {}),
    "502 as a web page": ("502", {}),
    "503 with a time": ("503", {"retry_after": "30"}),
    "a web page": ("html", {}),
    "truncated": ("truncated", {}),
    "cut JSON": ("cut_json", {}),
    "connection dropped": ("drop", {}),
    "reply lost": ("drop_after", {}),
    "200 MB": ("big", {}),
    "200 MB in chunks": ("big", {"chunked": True}),
    "a gzip bomb": ("big", {"gzip": True, "size": 20_000_000}),
    "redirected": ("redirect", {}),
    "an empty response": ("empty", {}),
    "another type": ("wrong_type", {}),
    "an odd status": ("418", {}),
    "refused input": ("400", {}),
    "token refused": ("expired", {}),
}
SLOW: dict[str, Fault] = {
    "slow": ("slow", {"delay_ms": 60_000}),
    "dripping": ("drip", {"delay_ms": 200}),
    "dripping headers": ("drip_headers", {"delay_ms": 200}),
}
REFUSALS: dict[str, Fault] = {
    f"403 {shape}": ("forbidden", {"shape": shape}) for shape in FORBIDDEN_SHAPES if "scope" not in shape
}
UNGRANTED: dict[str, Fault] = {
    f"403 {shape}": ("forbidden", {"shape": shape}) for shape in FORBIDDEN_SHAPES if "scope" in shape
}
ABSENCES: dict[str, Fault] = {"404": ("not_found", {})}
LIMITS: dict[str, Fault] = {
    "429": ("429", {}),
    "429 seconds": ("429", {"retry_after": "30"}),
    "429 date": ("429", {"retry_after": "date:30"}),
    "429 garbage": ("429", {"retry_after": "soon"}),
    "429 huge": ("429", {"retry_after": "9" * 20}),
}
HARMLESS: dict[str, Fault] = {
    "Next elsewhere": ("next_elsewhere", {}),
    "Next relative": ("next_relative", {}),
    "no milliseconds": ("no_milliseconds", {}),
    "cookies": ("set_cookie", {}),
    "connection closed": ("close_silently", {}),
}


def compact(page: Any) -> str:
    """A page's markup without the white space beside its tags."""
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", page.content.decode())


def rows(page: Any) -> dict[int, str]:
    """Each person's row of the team table, without the time of day."""
    text = re.sub(r"<time.*?</time>", "", compact(page), flags=re.DOTALL)
    found = re.findall(r'<tr role="row" data-person="(\d+)">(.*?)</tr>', text, re.DOTALL)
    return {int(person): row for person, row in found}


def cell(row: str, key: str) -> str:
    """The inside of one figure's cell."""
    found = re.search(rf'<td\s[^>]*data-figure="{key}"[^>]*>(.*?)</td>', row, re.DOTALL)
    return found[1] if found else ""


def leaks(page: Any, sandbox: Sandbox, person_id: int) -> set[str]:
    """Secrets and internals that a page shows."""
    token = tokens.access_token(person_id, Deadline.after(1)).value
    text = page.content.decode() + str(page.headers)
    secrets = {token, sandbox.url, "/d2l/", "elsewhere.invalid", "Bearer", "Traceback", "Error(", "portal-secret"}
    return {secret for secret in secrets if secret in text}
