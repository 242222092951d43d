"""The files of file topics."""

from content.validators import validate_file
from portal.brightspace import FileRead, FileUpload, Service, Write, get, put


class TopicFileService(Service):
    """The files of file topics.

    Every action may raise NotPermitted, NotFound, and Refused for a topic that has no file.
    """

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"

    @get("/(orgUnitId)/content/topics/(topicId)/file", scope="content:file:read")
    def download(self, org_unit_id: int, topic_id: int, *, stream: bool | None = None) -> FileRead:
        """The file of a topic. With ``stream`` Brightspace sends it as inline instead of as an attachment."""
        query = () if stream is None else (("stream", stream),)
        return self.file(query=query, orgUnitId=org_unit_id, topicId=topic_id)

    @put("/(orgUnitId)/content/topics/(topicId)/file", scope="content:file:write")
    def replace(self, org_unit_id: int, topic_id: int, file: FileUpload) -> Write[None]:
        """Puts another file in place of a topic's own, into the same folder; the old file stays there.

        Raises InvalidArgument for a file that is empty, too large or has no proper name.
        """
        return self.write(file=validate_file(file), orgUnitId=org_unit_id, topicId=topic_id)
