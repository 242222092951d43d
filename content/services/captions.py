"""Captions of topics that are sound or film, a file for each language. Scope ``content:file:write``, LE 1.67.

A language is ``fr`` or ``fr-CA``; the two are held apart. May raise NotPermitted, NotFound and Refused (the topic
is neither sound nor film).
"""

from content.schemas import CaptionsMetadata
from content.validators import validate_captions, validate_language
from portal.brightspace import FileRead, FileUpload, Read, Route, Write, action

ALL = Route("le", "/(orgUnitId)/content/topics/(topicId)/captions", since="1.67")
ONE = Route("le", "/(orgUnitId)/content/topics/(topicId)/captions/(language)", since="1.67")


@action("GET", ALL, "content:file:write")
def captions_of(org_unit_id: int, topic_id: int) -> Read[list[CaptionsMetadata]]:
    """``GET le/(orgUnitId)/content/topics/(topicId)/captions``: what there is, by language."""
    return Read(ALL, list[CaptionsMetadata], ids=(("orgUnitId", org_unit_id), ("topicId", topic_id)))


@action("GET", ONE, "content:file:write", newer=True)
def captions_file(org_unit_id: int, topic_id: int, language: str) -> FileRead:
    """``GET le/(orgUnitId)/content/topics/(topicId)/captions/(language)``: the file. Newer than the document."""
    return FileRead(ONE, ids=_one(org_unit_id, topic_id, language))


@action("PUT", ONE, "content:file:write")
def put(org_unit_id: int, topic_id: int, language: str, file: FileUpload) -> Write[CaptionsMetadata]:
    """``PUT le/(orgUnitId)/content/topics/(topicId)/captions/(language)``: add or replace them.

    Raises InvalidArgument for a file that is neither WebVTT nor SRT inside, or is too large.
    """
    ids = _one(org_unit_id, topic_id, language)
    return Write("PUT", ONE, CaptionsMetadata, ids=ids, file=validate_captions(file))


@action("DELETE", ONE, "content:file:write")
def delete(org_unit_id: int, topic_id: int, language: str) -> Write[None]:
    """``DELETE le/(orgUnitId)/content/topics/(topicId)/captions/(language)``: those of exactly this language."""
    return Write("DELETE", ONE, ids=_one(org_unit_id, topic_id, language))


def _one(org_unit_id: int, topic_id: int, language: str) -> tuple[tuple[str, int | str], ...]:
    return (("orgUnitId", org_unit_id), ("topicId", topic_id), ("language", validate_language(language)))
