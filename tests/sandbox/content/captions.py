"""Captions of audio and video topics, one file for each language."""

from __future__ import annotations

import re
from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.multipart import upload_of
from tests.sandbox.api.paging import object_list_page
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.languages import language_name
from tests.sandbox.content.permissions import ContentReader, content_manager, content_reader
from tests.sandbox.models.content import FILE_TOPIC, Captions, Topic
from tests.sandbox.models.content_files import ContentFile, file_name, folder_of, free_path, is_file_name, stem_of

_CAPTIONS = "/d2l/api/le/(version)/(orgUnitId)/content/topics/(topicId)/captions"
_LANGUAGE = re.compile("([A-Za-z]{2})(?:-([A-Za-z]{2}))?")
_TIME = r"\d{2,}:\d\d:\d\d,\d{3}"
_SRT = re.compile(rf"\s*\d+\s*\r?\n{_TIME} --> {_TIME}")
_VTT = re.compile(r"WEBVTT(?=[ \t\r\n]|$)")


@action("GET", _CAPTIONS, scopes=("content:file:write",))
def list_captions(call: Call) -> Response:
    """A topic's captions, by language and culture, in pages."""
    topic = _media_topic(call, content_reader(call))
    return object_list_page(
        call,
        sorted(topic.captions.values(), key=lambda each: (each.language, each.culture)),
        limit=call.world.switches.page_size,
        key=lambda each: f"{each.language}-{each.culture}",
        render=_block,
    )


@action("GET", f"{_CAPTIONS}/(language)", scopes=("content:file:write", "content:file:read"))
def captions_file(call: Call) -> Response:
    """The captions file of exactly this language, as an attachment."""
    reader = content_reader(call)
    captions = _media_topic(call, reader).captions.get(_language_code(call))
    file = reader.outline.files.get(captions.path) if captions else None
    if file is None:
        raise ApiError.not_found()
    return Response.file(file.content, file.name, file.content_type)


@action("PUT", f"{_CAPTIONS}/(language)", scopes=("content:file:write",))
def put_captions(call: Call) -> Response:
    """Adds or replaces the captions of exactly this language; the response describes them."""
    reader = content_manager(call)
    topic = _media_topic(call, reader)
    code = _language_code(call)
    part = upload_of(call)
    name = part.file_name or ""
    if not is_file_name(name):
        raise ApiError.invalid_parameters("The file name is not valid.")
    content_type = _captions_type(part.content)
    if code in topic.captions:
        reader.outline.files.pop(topic.captions[code].path, None)
    # Files of two languages may have one name, and neither may overwrite the other.
    path = free_path(f"{folder_of(topic.url)}{stem_of(topic.url)}/{name}", reader.outline.files)
    reader.outline.files[path] = ContentFile(path, part.content, content_type)
    language, _, culture = code.partition("-")
    topic.captions[code] = Captions(language, culture, path)
    return Response(_block(topic.captions[code]))


@action("DELETE", f"{_CAPTIONS}/(language)", scopes=("content:file:write",))
def delete_captions(call: Call) -> Response:
    """Deletes the captions of exactly this language; 404 when there are none."""
    reader = content_manager(call)
    topic = _media_topic(call, reader)
    captions = topic.captions.pop(_language_code(call), None)
    if captions is None:
        raise ApiError.not_found()
    reader.outline.files.pop(captions.path, None)
    return Response.empty()


def _media_topic(call: Call, reader: ContentReader) -> Topic:
    topic = reader.topic(call.id("topicId"))
    file = reader.outline.files.get(topic.url)
    if topic.topic_type != FILE_TOPIC or file is None or not file.is_media:
        raise ApiError.invalid_parameters("Content topic is not an audio or video file.")
    return topic


def _language_code(call: Call) -> str:
    """The language of the path as ``fr`` or ``fr-CA``; 400 for an unknown language."""
    found = _LANGUAGE.fullmatch(call.ids["language"])
    if found is None or language_name(found[1].lower()) is None:
        raise ApiError.invalid_parameters("The language is an ISO 639-1 code, with or without a culture.")
    return found[1].lower() + (f"-{found[2].upper()}" if found[2] else "")


def _captions_type(content: bytes) -> str:
    """The content type by the file's content, whatever its name; 400 when it is neither SRT nor WebVTT."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if _VTT.match(text):
        return "text/vtt"
    if _SRT.match(text):
        return "application/x-subrip"
    raise ApiError.invalid_parameters("The file is neither SRT nor WebVTT.")


def _block(captions: Captions) -> dict[str, Any]:
    block = {"Filename": file_name(captions.path), "LanguageCode": captions.language}
    if captions.culture:
        block["LanguageCulture"] = captions.culture
    return {**block, "LanguageName": language_name(captions.language, captions.culture)}
