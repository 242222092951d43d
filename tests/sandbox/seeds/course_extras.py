"""Overviews, captions and people's bookmarks of the courses."""

from __future__ import annotations

from tests.sandbox.models.content import IDS_PER_ORG_UNIT, Captions, Overview, RichText
from tests.sandbox.models.content_files import ContentFile, course_path, folder_of, stem_of, type_of
from tests.sandbox.sample_files import pdf, srt, web_vtt
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, TOMAS
from tests.sandbox.world import World

FIRE_VIDEO = org.FIRE * IDS_PER_ORG_UNIT + 2
FIRE_QUIZ = org.FIRE * IDS_PER_ORG_UNIT + 5
HANDBOOK = "Fire safety handbook.pdf"

_OVERVIEWS = {
    org.FIRE: RichText("What everybody must know.", "<p>What <em>everybody</em> must know.</p>"),
    org.SAFEGUARDING: RichText("Renewed every year.", "<p>Renewed every year.</p>"),
    org.ODD_COURSE: RichText("alert('overview')", "<script>alert('overview')</script><p onclick=alert(4)>Hm</p>"),
}


def add_overviews(world: World) -> None:
    """Adds an overview to some courses, one of them with an attachment."""
    for org_unit_id, description in _OVERVIEWS.items():
        world.outlines[org_unit_id].overview = Overview(description)
    folder = course_path(org.FIRE, world.org_units[org.FIRE].code)
    _store(world, folder + HANDBOOK, pdf(["Fire safety handbook"]))
    world.outlines[org.FIRE].overview = Overview(_OVERVIEWS[org.FIRE], folder + HANDBOOK)


def add_captions(world: World) -> None:
    """Adds captions in two languages to the video about escape routes."""
    video = world.outlines[org.FIRE].topic(FIRE_VIDEO)
    assert video is not None
    folder = f"{folder_of(video.url)}{stem_of(video.url)}/"
    for language, culture, name, content in (
        ("en", "", "escape-en.vtt", web_vtt("Know two ways out.", "Meet at the assembly point.")),
        ("fr", "CA", "escape-fr-CA.srt", srt("Connaissez deux issues.", "Rendez-vous au point de rassemblement.")),
    ):
        _store(world, folder + name, content)
        code = f"{language}-{culture}" if culture else language
        video.captions[code] = Captions(language, culture, folder + name)


def add_bookmarks(world: World) -> None:
    """Adds bookmarks of two people."""
    world.bookmarks |= {(ANA, FIRE_VIDEO), (ANA, FIRE_QUIZ), (TOMAS, FIRE_QUIZ)}


def _store(world: World, path: str, content: bytes) -> None:
    world.outlines[org.FIRE].files[path] = ContentFile(path, content, type_of(path))
