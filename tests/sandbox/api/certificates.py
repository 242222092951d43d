"""Issued certificates by the id printed on them, and as PDF files."""

from __future__ import annotations

from tests.sandbox import issues
from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.api.award_blocks import issued_block
from tests.sandbox.award_permissions import holds
from tests.sandbox.award_rights import CERTIFICATE, DOWNLOAD_OTHERS, SEE, right
from tests.sandbox.awards_model import IssuedAward
from tests.sandbox.drawings import pdf
from tests.sandbox.routing import Call, action

_CERTIFICATES = "/d2l/api/bas/(version)/issued/certificates/"


@action("GET", f"{_CERTIFICATES}(certificateId)", scopes=("awards:certificate:read",), since="1.3")
def certificate(call: Call) -> Answer:
    """The issued award of a certificate; 404 also for who may not see it, 410 when revoked."""
    return Answer(issued_block(call, _shown(call, issues.of_certificate(call.world, call.ids["certificateId"]))))


@action("GET", f"{_CERTIFICATES}(issuedId)/pdf", scopes=("awards:certificate:read",), since="1.3")
def certificate_pdf(call: Call) -> Answer:
    """The certificate to print; the issued id stands in the path here."""
    issued = _shown(call, call.world.issued(call.id("issuedId")))
    award, person = call.world.awards.awards[issued.award_id], call.world.people[issued.person_id]
    lines = [award.title, "awarded to", person.display_name, f"on {issued.issued_at:%d %B %Y}"]
    if issued.expires_at is not None:
        lines.append(f"valid until {issued.expires_at:%d %B %Y}")
    lines += [award.issuer_name, f"Certificate {issued.certificate_id}"]
    name = "".join(letter for letter in award.title if letter.isprintable())
    return Answer.file(pdf(lines), f"{name}.pdf", "application/pdf")


def _shown(call: Call, issued: IssuedAward | None) -> IssuedAward:
    if issued is None or call.world.awards.awards[issued.award_id].award_type != CERTIFICATE:
        raise Refusal.not_found()
    caller, world = call.person(), call.world
    permissions = (right(SEE, CERTIFICATE), DOWNLOAD_OTHERS)
    if issued.person_id != caller.person_id and not all(holds(world, caller, one) for one in permissions):
        raise Refusal.not_found()
    if issued.is_revoked:
        raise Refusal.gone()
    return issued
