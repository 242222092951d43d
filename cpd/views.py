"""Pages about CPD records."""

from django.conf import settings
from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from cpd.services import RecordService
from portal.accounts.decorators import SignedInRequest, signed_in
from portal.brightspace.gateway import Gateway
from portal.files import streamed


@require_GET
@signed_in
def attachment(request: SignedInRequest, record_id: int, attachment_id: int) -> HttpResponseBase:
    """A file attached to a record, as Brightspace gives it to the person who asks."""
    brightspace = Gateway(request.user.pk, seconds=settings.PORTAL_DOWNLOAD_SECONDS)
    return streamed(brightspace.download(RecordService().attachment(record_id, attachment_id)))
