"""The columns of a roster file, found by their headings: our own, D2L's, and those that HR systems write. Pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_noop as _

from portal.rosters.upload.messages import Message, MessageError


def _listed(names: str) -> tuple[str, ...]:
    return tuple(names.split())


# Compared without case, accents, blanks and punctuation. Of several the first one listed is taken, so that of a key
# and a name of the manager it is the key.
PERSON = _listed(
    "person personid lmsusername username orgdefinedid employeeid employeenumber employeeno employeecode employee "
    "emplid empid workerid worker staffid staffnumber staffmember personnumber personnelnumber associateid "
    "payrollnumber userid user loginid login matricule identifiant employe"
)
MANAGER = _listed(
    "managerusername managerlmsusername managerorgdefinedid manageremployeeid manageremployeenumber manageremplid "
    "managerpersonnumber managerid managernumber linemanagerusername linemanagerid linemanageremployeeid "
    "linemanageremployeenumber linemanagernumber supervisorusername supervisorid supervisoremployeeid "
    "supervisoremployeenumber supervisornumber reportstoid reportstousername reportstoemployeeid reportstoassociateid "
    "matriculedugestionnaire matriculegestionnaire matriculedumanager matriculeduresponsable "
    "manager linemanager supervisor reportsto reportingto gestionnaire responsable"
)
NAME = _listed("name fullname displayname employeename workername personname preferredname nomcomplet")
FIRST_NAME = _listed("firstname givenname forename preferredfirstname prenom")
LAST_NAME = _listed("lastname surname familyname nom")
DOCUMENTED = ("person", "manager")
EXPECTED_FILE = Message(_("a CSV file whose first row names the columns person and manager"))


class NotARoster(MessageError, ValueError):
    """The file as a whole cannot be used."""


@dataclass(frozen=True)
class Columns:
    """At which place of a row what stands, None for nowhere; ``name`` lists the places of a name's parts."""

    person: int | None = None
    manager: int | None = None
    name: tuple[int, ...] = ()

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """The places of person and manager."""
        return tuple(place for place in (self.person, self.manager) if place is not None)

    @property
    def used(self) -> tuple[int, ...]:
        return (*self.keys, *self.name)


def find_columns(header: Sequence[str]) -> Columns:
    """The columns that the cells of the first row name."""
    headings = [_normalized(cell) for cell in header]
    if all(name in headings for name in DOCUMENTED):
        person, manager = (headings.index(name) for name in DOCUMENTED)
        return Columns(person, manager, _name_places(headings))
    return Columns(_place(headings, PERSON), _place(headings, MANAGER), _name_places(headings))


def check_columns(header: Sequence[str], columns: Columns) -> None:
    """Raise NotARoster unless person and manager are there, and everything once."""
    if columns.person is None and columns.manager is None:
        template = _("Row 1 has no column person and no column manager. The file must be %(expected)s.")
        raise NotARoster(template, expected=EXPECTED_FILE)
    if columns.person is None or columns.manager is None:
        missing = "person" if columns.person is None else "manager"
        template = _("Row 1 has no column %(column)s. The file must be %(expected)s.")
        raise NotARoster(template, column=missing, expected=EXPECTED_FILE)
    headings = [_normalized(cell) for cell in header]
    for place in columns.used:
        if headings.count(headings[place]) > 1:
            raise NotARoster(_("Row 1 names the column %(column)s more than once."), column=header[place])


def _name_places(headings: Sequence[str]) -> tuple[int, ...]:
    """Where the name stands, or its first and its last part."""
    whole = _place(headings, NAME)
    if whole is not None:
        return (whole,)
    parts = (_place(headings, FIRST_NAME), _place(headings, LAST_NAME))
    return tuple(place for place in parts if place is not None)


def _place(headings: Sequence[str], names: Sequence[str]) -> int | None:
    return next((headings.index(name) for name in names if name in headings), None)


def _normalized(heading: str) -> str:
    letters = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(character for character in letters if character.isalnum())
