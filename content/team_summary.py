"""A team's overdue work in one sentence."""

from django.utils.translation import ngettext


def summary(people: int) -> str:
    """How many people have overdue work; an empty text if nobody has."""
    if not people:
        return ""
    return ngettext("%(people)d has overdue work.", "%(people)d have overdue work.", people) % {"people": people}
