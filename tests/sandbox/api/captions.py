"""Captions of topics that are sound or film, one file for each language."""

from __future__ import annotations

import re
from typing import Any

from tests.sandbox.answers import Answer, Refusal, object_list_page
from tests.sandbox.content_access import Reader, manager, reader
from tests.sandbox.content_model import FILE_TOPIC, Captions, Topic
from tests.sandbox.content_store import ContentFile, file_name, folder_of, free_path, is_file_name, stem_of
from tests.sandbox.languages import language_name
from tests.sandbox.multipart import upload_of
from tests.sandbox.routing import Call, action

_CAPTIONS = "/d2l/api/le/(version)/(orgUnitId)/content/topics/(topicId)/captions"
_LANGUAGE = re.compile("([A-Za-z]{2})(?:-([A-Za-z]{2}))?")
_TIME = r"\d{2,}:\d\d:\d\d,\d{3}"
_SRT = re.compile(rf"\s*\d+\s*\r?\n{_TIME} --> {_TIME}")
_VTT = re.compile(r"WEBVTT(?=[ \t\r\n]|$)")


@action("GET", _CAPTIONS, scopes=("content:file:write",))
def captions(call: Call) -> Answer:
    """What captions a topic has, by language and culture, in pages."""
    topic = _media_topic(call, reader(call))
    return object_list_page(
        call,
        sorted(topic.captions.values(), key=lambda kept: (kept.language, kept.culture)),
        limit=call.world.switches.page_size,
        key=lambda kept: f"{kept.language}-{kept.culture}",
        render=_block,
    )


@action("GET", f"{_CAPTIONS}/(language)", scopes=("content:file:write", "content:file:read"))
def captions_file(call: Call) -> Answer:
    """The captions file of exactly this language, as an attachment."""
    view = reader(call)
    kept = _media_topic(call, view).captions.get(_code(call))
    file = view.outline.files.get(kept.path) if kept else None
    if file is None:
        raise Refusal.not_found()
    return Answer.file(file.content, file.name, file.content_type)


@action("PUT", f"{_CAPTIONS}/(language)", scopes=("content:file:write",))
def put_captions(call: Call) -> Answer:
    """Adds or replaces the captions of exactly this language; answers what they are."""
    view = manager(call)
    topic = _media_topic(call, view)
    code = _code(call)
    part = upload_of(call)
    name = part.file_name or ""
    if not is_file_name(name):
        raise Refusal.invalid_parameters("The file name is not valid.")
    content_type = _captions_type(part.content)
    if code in topic.captions:
        view.outline.files.pop(topic.captions[code].path, None)
    # Two languages may come in files of one name, and neither may overwrite the other.
    path = free_path(f"{folder_of(topic.url)}{stem_of(topic.url)}/{name}", view.outline.files)
    view.outline.files[path] = ContentFile(path, part.content, content_type)
    language, _, culture = code.partition("-")
    topic.captions[code] = Captions(language, culture, path)
    return Answer(_block(topic.captions[code]))


@action("DELETE", f"{_CAPTIONS}/(language)", scopes=("content:file:write",))
def delete_captions(call: Call) -> Answer:
    """Deletes the captions of exactly this language; 404 when there are none."""
    view = manager(call)
    topic = _media_topic(call, view)
    kept = topic.captions.pop(_code(call), None)
    if kept is None:
        raise Refusal.not_found()
    view.outline.files.pop(kept.path, None)
    return Answer.empty()


def _media_topic(call: Call, view: Reader) -> Topic:
    topic = view.topic(call.id("topicId"))
    file = view.outline.files.get(topic.url)
    if topic.topic_type != FILE_TOPIC or file is None or not file.is_media:
        raise Refusal.invalid_parameters("Content topic is not an audio or video file.")
    return topic


def _code(call: Call) -> str:
    """The language of the path as ``fr`` or ``fr-CA``; 400 when it is no language."""
    found = _LANGUAGE.fullmatch(call.ids["language"])
    if found is None or language_name(found[1].lower()) is None:
        raise Refusal.invalid_parameters("The language is an ISO 639-1 code, with or without a culture.")
    return found[1].lower() + (f"-{found[2].upper()}" if found[2] else "")


def _captions_type(content: bytes) -> str:
    """Judged by what is in the file, whatever it is called; 400 when it holds no captions."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if _VTT.match(text):
        return "text/vtt"
    if _SRT.match(text):
        return "application/x-subrip"
    raise Refusal.invalid_parameters("The file is neither SRT nor WebVTT.")


def _block(kept: Captions) -> dict[str, Any]:
    block = {"Filename": file_name(kept.path), "LanguageCode": kept.language}
    if kept.culture:
        block["LanguageCulture"] = kept.culture
    return {**block, "LanguageName": language_name(kept.language, kept.culture)}
