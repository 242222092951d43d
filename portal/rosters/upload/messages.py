"""Messages to the admin who uploads a roster: a template and its parameters, put into words where they are shown."""

from collections.abc import Iterable

import msgspec
from django.utils.formats import number_format
from django.utils.translation import gettext


class Message(msgspec.Struct, frozen=True):
    """A whole sentence: the template that is translated, marked by ``gettext_noop``, and what belongs into it.

    As text it is in the active language. Whole numbers are written as the language groups their digits.
    """

    template: str
    parameters: dict[str, "str | int | Message"] = {}

    def __str__(self) -> str:
        return gettext(self.template) % {name: _written(value) for name, value in self.parameters.items()}


class MessageError(Exception):
    """An error that is shown to the admin."""

    def __init__(self, template: str, **parameters: "str | int | Message") -> None:
        super().__init__(template)
        self._message = Message(template, parameters)

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        """What is wrong and what to do, in the active language."""
        return str(self._message)


def joined(parts: Iterable[str | Message], separator: str) -> str | Message:
    """A list of parts as one parameter of a message. ValueError for no parts."""
    whole, *others = parts
    for part in others:
        whole = Message(f"%(start)s{separator}%(part)s", {"start": whole, "part": part})
    return whole


def grouped(number: int) -> str:
    """A whole number as the active language groups its digits, such as 12,000."""
    return number_format(number, force_grouping=True)


def _written(value: "str | int | Message") -> str:
    return grouped(value) if isinstance(value, int) else str(value)
