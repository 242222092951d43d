"""The files behind file topics. LE 1.67; may raise NotPermitted, NotFound and Refused (the topic is no file)."""

from content.validators import validate_file
from portal.brightspace import FileRead, FileUpload, Route, Write, action

FILE = Route("le", "/(orgUnitId)/content/topics/(topicId)/file", since="1.67")


@action("GET", FILE, "content:file:read")
def topic_file(org_unit_id: int, topic_id: int, *, stream: bool | None = None) -> FileRead:
    """``GET le/(orgUnitId)/content/topics/(topicId)/file``. Scope ``content:file:read``.

    With ``stream`` Brightspace calls the file inline instead of an attachment.
    """
    query = () if stream is None else (("stream", stream),)
    return FileRead(FILE, ids=(("orgUnitId", org_unit_id), ("topicId", topic_id)), query=query)


@action("PUT", FILE, "content:file:write")
def replace(org_unit_id: int, topic_id: int, file: FileUpload) -> Write[None]:
    """``PUT le/(orgUnitId)/content/topics/(topicId)/file``: in the old one's folder, where that stays too.

    Scope ``content:file:write``. Raises InvalidArgument for an empty, too large or ill-named file.
    """
    ids = (("orgUnitId", org_unit_id), ("topicId", topic_id))
    return Write("PUT", FILE, ids=ids, file=validate_file(file))
