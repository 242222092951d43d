"""The control API over HTTP: ``POST /sandbox/<method>`` with the arguments as a JSON object."""

from __future__ import annotations

import inspect
import json
from dataclasses import asdict, is_dataclass
from typing import Any

from werkzeug import Request

from tests.sandbox.api.responses import Response
from tests.sandbox.control import Control


class ControlApi:
    """Exposes the public methods of :class:`Control`."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def respond(self, request: Request) -> Response:
        """Calls one method; ``GET /sandbox/`` lists them."""
        name = request.path.removeprefix("/sandbox/").strip("/")
        if name == "":
            return Response(self._index())
        method = getattr(self._control, name, None)
        if name.startswith("_") or method is None:
            return Response({"error": f"there is no control {name}"}, 404)
        if request.method != "POST":
            return Response({"error": "controls take POST"}, 405)
        try:
            arguments = json.loads(request.get_data() or b"{}")
            bound = inspect.signature(method).bind(**arguments)
            result = method(*bound.args, **bound.kwargs)
        except (ValueError, TypeError) as error:
            return Response({"error": str(error)}, 400)
        return Response({"result": _as_json(result)})

    def _index(self) -> dict[str, str]:
        methods = inspect.getmembers(self._control, inspect.ismethod)
        return {
            f"{name}{inspect.signature(method)}": inspect.getdoc(method) or ""
            for name, method in methods
            if not name.startswith("_")
        }


def _as_json(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_json(item) for item in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
