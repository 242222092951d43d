"""Captions of audio and video topics."""

from content.schemas import CaptionsMetadata
from content.validators import validate_captions, validate_language
from portal.brightspace import FileRead, FileUpload, Origin, Read, Service, Write, delete, get, put


class CaptionsService(Service):
    """Captions of audio and video topics: one file for each language.

    A language is a code such as ``fr`` or ``fr-CA``; Brightspace keeps the two apart. Every action may raise
    NotPermitted, NotFound, and Refused for a topic that is neither audio nor video.
    """

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"
    scope = "content:file:write"

    @get("/(orgUnitId)/content/topics/(topicId)/captions")
    def of_topic(self, org_unit_id: int, topic_id: int) -> Read[list[CaptionsMetadata]]:
        """The languages that have captions, with the name of each file."""
        return self.read(list[CaptionsMetadata], orgUnitId=org_unit_id, topicId=topic_id)

    @put("/(orgUnitId)/content/topics/(topicId)/captions/(language)")
    def upload(self, org_unit_id: int, topic_id: int, language: str, file: FileUpload) -> Write[CaptionsMetadata]:
        """Adds the captions of a language, or replaces them.

        Raises InvalidArgument for a file that is too large, or whose content is neither WebVTT nor SRT.
        """
        code, captions = validate_language(language), validate_captions(file)
        return self.write(CaptionsMetadata, file=captions, orgUnitId=org_unit_id, topicId=topic_id, language=code)

    @delete("/(orgUnitId)/content/topics/(topicId)/captions/(language)")
    def delete(self, org_unit_id: int, topic_id: int, language: str) -> Write[None]:
        """Deletes the captions of exactly this language: ``fr`` leaves ``fr-CA`` in place."""
        return self.write(orgUnitId=org_unit_id, topicId=topic_id, language=validate_language(language))


class CaptionsFileService(Service):
    """The files with the captions; a class of its own because the action is newer than the content document.

    Every action may raise NotPermitted, NotFound, and Refused for a topic that is neither audio nor video.
    """

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"
    scope = "content:file:write"
    origin = Origin.NEWER

    @get("/(orgUnitId)/content/topics/(topicId)/captions/(language)")
    def download(self, org_unit_id: int, topic_id: int, language: str) -> FileRead:
        """The file with the captions of one language."""
        return self.file(orgUnitId=org_unit_id, topicId=topic_id, language=validate_language(language))
