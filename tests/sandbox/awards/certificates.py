"""Issued certificates by the id printed on them, and as PDF files."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.awards.blocks import issued_block
from tests.sandbox.awards.permissions import DOWNLOAD_OTHERS, SEE, award_permission, has_award_permission
from tests.sandbox.models.awards import CERTIFICATE, IssuedAward, issued_id_in
from tests.sandbox.sample_files import pdf

_CERTIFICATES = "/d2l/api/bas/(version)/issued/certificates/"
_SCOPES = ("awards:certificate:read",)


@action("GET", f"{_CERTIFICATES}(certificateId)", scopes=_SCOPES, since="1.3")
def certificate(call: Call) -> Response:
    """The issued award of a certificate; 404 also for whoever may not see it, 410 when it is revoked."""
    certificate_id = call.ids["certificateId"]
    issued_id = issued_id_in(certificate_id)
    issued = None if issued_id is None else call.world.issued(issued_id)
    if issued is None or issued.certificate_id != certificate_id:
        raise ApiError.not_found()
    return Response(issued_block(call, _visible(call, issued)))


@action("GET", f"{_CERTIFICATES}(issuedId)/pdf", scopes=_SCOPES, since="1.3")
def certificate_pdf(call: Call) -> Response:
    """The certificate as a PDF; the path has the issued id instead of the certificate's."""
    issued = _visible(call, call.world.issued(call.id("issuedId")))
    award, person = call.world.awards.awards[issued.award_id], call.world.people[issued.person_id]
    lines = [award.title, "awarded to", person.display_name, f"on {issued.issued_at:%d %B %Y}"]
    if issued.expires_at is not None:
        lines.append(f"valid until {issued.expires_at:%d %B %Y}")
    lines += [award.issuer_name, f"Certificate {issued.certificate_id}"]
    name = "".join(letter for letter in award.title if letter.isprintable())
    return Response.file(pdf(lines), f"{name}.pdf", "application/pdf")


def _visible(call: Call, issued: IssuedAward | None) -> IssuedAward:
    """The issued award; 404 unless it is a certificate that the caller may see, 410 when it is revoked."""
    if issued is None or call.world.awards.awards[issued.award_id].award_type != CERTIFICATE:
        raise ApiError.not_found()
    caller = call.person()
    if issued.person_id != caller.person_id and not all(
        has_award_permission(call.world, caller, permission)
        for permission in (award_permission(SEE, CERTIFICATE), DOWNLOAD_OTHERS)
    ):
        raise ApiError.not_found()
    if issued.is_revoked:
        raise ApiError.gone()
    return issued
