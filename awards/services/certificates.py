"""Issued certificates."""

from awards.schemas import IssuedAward
from portal.brightspace import FileRead, Read, Route, action

BY_ID = Route("bas", "/issued/certificates/(certificateId)", since="1.3")
PDF = Route("bas", "/issued/certificates/(issuedId)/pdf", since="1.3")


@action("GET", BY_ID, "awards:certificate:read")
def certificate(certificate_id: str) -> Read[IssuedAward]:
    """``GET bas/issued/certificates/(certificateId)``: by the id printed on it.

    Scope ``awards:certificate:read``, BAS 1.3. Raises NotFound (also if it may not be seen), Gone (revoked).
    """
    return Read(BY_ID, IssuedAward, ids=(("certificateId", certificate_id),))


@action("GET", PDF, "awards:certificate:read", newer=True)
def certificate_pdf(issued_id: int) -> FileRead:
    """``GET bas/issued/certificates/(issuedId)/pdf``: by the number of the issue, not by the certificate's id.

    Newer than the document.
    Scope ``awards:certificate:read``, BAS 1.3. Raises NotFound (also if it may not be seen), Gone (revoked).
    """
    return FileRead(PDF, ids=(("issuedId", issued_id),))
