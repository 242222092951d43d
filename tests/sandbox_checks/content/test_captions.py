"""Captions of topics."""

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, INES, MAYA
from tests.sandbox_checks.api_client import ApiClient, Reply
from tests.sandbox_checks.content.uploads import FORM, MIXED, body_of, file_part
from tests.sandbox_checks.content_blocks import FIRE, FIRE_FOLDER, POSTER, QUIZ, ROUTES

CAPTIONS = f"{FIRE}topics/{ROUTES}/captions"
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHola\n"
SRT = b"1\r\n00:00:00,000 --> 00:00:02,000\r\nHola\r\n"
ENGLISH = {"Filename": "escape-en.vtt", "LanguageCode": "en", "LanguageName": "English"}
CANADIAN = {
    "Filename": "escape-fr-CA.srt",
    "LanguageCode": "fr",
    "LanguageCulture": "CA",
    "LanguageName": "French (Canada)",
}


def put(api: ApiClient, language: str, content: bytes = VTT, name: str = "hola.vtt", caller: int = INES) -> Reply:
    data = body_of(file_part(content, name))
    return api.send("PUT", caller, f"{CAPTIONS}/{language}", data=data, content_type=FORM)


def test_captions_are_listed_by_language_and_culture(api: ApiClient) -> None:
    assert api.get(ANA, CAPTIONS).value == {"Next": None, "Objects": [ENGLISH, CANADIAN]}
    for language in ("es", "fr", "en-GB"):
        assert put(api, language).status == 200
    api.world.switches.page_size = 2
    codes = [(one["LanguageCode"], one.get("LanguageCulture")) for page in api.pages(ANA, CAPTIONS) for one in page]
    assert codes == [("en", None), ("en", "GB"), ("es", None), ("fr", None), ("fr", "CA")]


def test_captions_file_is_found_by_its_exact_language(api: ApiClient) -> None:
    english = api.get(ANA, f"{CAPTIONS}/en")
    assert english.value.startswith(b"WEBVTT\n\n00:00:00.000 --> 00:00:03.000\n")
    assert english.headers["Content-Disposition"].startswith('attachment; filename="escape-en.vtt"')
    assert api.get(ANA, f"{CAPTIONS}/FR-CA").value.startswith(b"1\n00:00:00,000 --> ")
    assert api.get(ANA, f"{CAPTIONS}/fr").status == 404
    assert api.get(ANA, f"{CAPTIONS}/en-GB").status == 404


@pytest.mark.parametrize(("content", "name"), [(VTT, "hola.vtt"), (SRT, "hola.srt"), (b"\xef\xbb\xbf" + VTT, "x.txt")])
def test_new_captions_are_created_and_returned(api: ApiClient, content: bytes, name: str) -> None:
    made = put(api, "es-MX", content, name)
    assert made.value == {
        "Filename": name,
        "LanguageCode": "es",
        "LanguageCulture": "MX",
        "LanguageName": "Spanish (Mexico)",
    }
    assert api.get(ANA, f"{CAPTIONS}/es-MX").value == content
    assert f"{FIRE_FOLDER}{ROUTES}/{name}" in api.world.outlines[org.FIRE].files


def test_existing_captions_are_replaced(api: ApiClient) -> None:
    assert put(api, "EN", SRT, "again.srt").value["Filename"] == "again.srt"
    assert len(api.get(ANA, CAPTIONS).value["Objects"]) == 2
    assert api.get(ANA, f"{CAPTIONS}/en").value == SRT
    assert f"{FIRE_FOLDER}{ROUTES}/escape-en.vtt" not in api.world.outlines[org.FIRE].files


def test_captions_of_a_language_and_its_cultures_are_separate_under_one_file_name(api: ApiClient) -> None:
    put(api, "fr", VTT, "sous-titres.vtt")
    put(api, "fr-CA", SRT, "sous-titres.vtt")
    assert [api.get(ANA, f"{CAPTIONS}/{code}").value for code in ("fr", "fr-CA")] == [VTT, SRT]
    reply = api.send("DELETE", INES, f"{CAPTIONS}/fr")
    assert (reply.status, reply.value) == (200, b"")
    assert [api.get(ANA, f"{CAPTIONS}/{code}").status for code in ("fr", "fr-CA")] == [404, 200]
    assert api.send("DELETE", INES, f"{CAPTIONS}/fr").status == 404


@pytest.mark.parametrize(
    "content", [b"", b"<p>WEBVTT</p>", b"WEBVTTX", b"1\n00:00 to 00:02\n", b"\x00\xff", b"%PDF-1.4"]
)
def test_captions_are_srt_or_webvtt_whatever_their_name(api: ApiClient, content: bytes) -> None:
    assert put(api, "en", content, "real.vtt").status == 400
    assert api.get(ANA, f"{CAPTIONS}/en").value.startswith(b"WEBVTT")


@pytest.mark.parametrize("language", ["english", "e", "qq", "en_GB", "en-GBR", "en-", "12"])
def test_captions_of_an_unknown_language_are_400(api: ApiClient, language: str) -> None:
    assert put(api, language).status == 400
    assert api.get(ANA, f"{CAPTIONS}/{language}").status == 400
    assert api.send("DELETE", INES, f"{CAPTIONS}/{language}").status == 400


def test_captions_part_must_be_named_file(api: ApiClient) -> None:
    for part in (file_part(VTT, name=""), file_part(VTT, "../x.vtt")):
        reply = api.send("PUT", INES, f"{CAPTIONS}/es", data=body_of(part), content_type=MIXED)
        assert reply.status == 400


@pytest.mark.parametrize("topic_id", [POSTER, QUIZ])
def test_captions_exist_for_audio_and_video_only(api: ApiClient, topic_id: int) -> None:
    path = f"{FIRE}topics/{topic_id}/captions"
    data = body_of(file_part(VTT))
    assert api.get(ANA, path).status == 400
    assert api.send("PUT", INES, f"{path}/en", data=data, content_type=FORM).status == 400


def test_captions_are_read_by_people_of_the_course_and_changed_by_content_managers(api: ApiClient) -> None:
    assert api.get(MAYA, CAPTIONS).status == 403
    for person_id in (ANA, MAYA):
        assert put(api, "en", caller=person_id).status == 403
        assert api.send("DELETE", person_id, f"{CAPTIONS}/en").status == 403
    assert api.get(ANA, f"{CAPTIONS}/").status == 404
