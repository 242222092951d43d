"""The filter ``date`` and the tag ``now`` in place of Django's own: dates as ``portal.formats.dates`` writes them."""

from datetime import date as Date

from django import template
from django.utils import timezone

from portal.formats.dates import date_format

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Date | None, name: str) -> str:
    """A day or a moment by a named format; empty without one."""
    return date_format(value, name) if value else ""


@register.simple_tag
def now(name: str) -> str:
    """The present moment, by a named format."""
    return date_format(timezone.localtime(), name)
