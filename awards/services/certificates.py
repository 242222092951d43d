"""Issued certificates. Scope ``awards:certificate:read``, BAS 1.3."""

from awards.schemas import IssuedAward
from portal.brightspace.actions import action
from portal.brightspace.reads import Read
from portal.brightspace.routes import Route
from portal.brightspace.writes import FileRead

BY_ID = Route("bas", "/issued/certificates/(certificateId)", since="1.3")
PDF = Route("bas", "/issued/certificates/(issuedId)/pdf", since="1.3")


@action("GET", BY_ID, "awards:certificate:read")
def certificate(certificate_id: str) -> Read[IssuedAward]:
    """``GET bas/issued/certificates/(certificateId)``. Raises Gone if revoked, NotFound if hidden."""
    return Read(BY_ID, IssuedAward, ids=(("certificateId", certificate_id),))


@action("GET", PDF, "awards:certificate:read", newer=True)
def certificate_pdf(issued_id: int) -> FileRead:
    """``GET bas/issued/certificates/(issuedId)/pdf``: by the issue's number, not by the certificate's id."""
    return FileRead(PDF, ids=(("issuedId", issued_id),))
