"""In which ways a response may not be what Brightspace documents, and how that is said."""

from enum import Enum, auto

from django.utils.translation import gettext as _


class Oddity(Enum):
    """In which way a response was not what Brightspace documents."""

    NOT_UNDERSTOOD = auto()
    WEB_PAGE = auto()
    REDIRECT = auto()
    TOO_LARGE = auto()
    ENDLESS_LIST = auto()
    LOST_PAGE = auto()
    NO_VERSIONS = auto()
    TOKEN_REFUSED_HERE = auto()
    INCOMPLETE = auto()

    @property
    def label(self) -> str:
        """What Brightspace sent, in the active language."""
        return {
            Oddity.NOT_UNDERSTOOD: _("an answer the portal cannot read"),
            Oddity.WEB_PAGE: _("a web page instead of data"),
            Oddity.REDIRECT: _("a redirection elsewhere instead of data"),
            Oddity.TOO_LARGE: _("far more data than was asked for"),
            Oddity.ENDLESS_LIST: _("a list that does not end"),
            Oddity.LOST_PAGE: _("a list whose next part cannot be reached"),
            Oddity.NO_VERSIONS: _("no list of the versions it offers"),
            Oddity.TOKEN_REFUSED_HERE: _("a refusal of a sign-in it accepts elsewhere"),
            Oddity.INCOMPLETE: _("an incomplete answer"),
        }[self]
