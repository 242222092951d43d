"""What is said of courses and overdue work that could not be read."""

from django.utils.translation import gettext_lazy

from portal.team.columns import MissingFigure

COURSES_MISSING = MissingFigure(
    gettext_lazy("Brightspace does not let you see this person’s courses."),
    gettext_lazy("Brightspace has no courses for this person."),
    gettext_lazy("No courses could be read."),
)

OVERDUE_MISSING = MissingFigure(
    gettext_lazy("Brightspace does not let you see this person’s overdue work."),
    gettext_lazy("Brightspace has no overdue work for this person."),
    gettext_lazy("No overdue work could be read."),
)
