"""Pages about courses."""

from django.conf import settings
from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from content.services import TopicFileService
from portal.accounts.decorators import SignedInRequest, signed_in
from portal.brightspace.gateway import Gateway
from portal.files import streamed


@require_GET
@signed_in
def topic_file(request: SignedInRequest, org_unit_id: int, topic_id: int) -> HttpResponseBase:
    """The file of a topic, as Brightspace gives it to the person who asks."""
    brightspace = Gateway(request.user.pk, seconds=settings.PORTAL_DOWNLOAD_SECONDS)
    return streamed(brightspace.download(TopicFileService().download(org_unit_id, topic_id)))
