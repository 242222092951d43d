"""What courses have besides their outline: overviews, captions, and people's bookmarks."""

from __future__ import annotations

from tests.sandbox.content_model import Captions, Overview, RichText
from tests.sandbox.content_store import ContentFile, course_path, folder_of, stem_of, type_of
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, TOMAS
from tests.sandbox.seeds.files import pdf, srt, web_vtt
from tests.sandbox.world import World

# The first topic of the course, after its module.
FIRE_FILM = org.FIRE * 1000 + 2
FIRE_QUIZ = org.FIRE * 1000 + 5
HANDBOOK = "Fire safety handbook.pdf"

_OVERVIEWS = {
    org.FIRE: RichText("What everybody must know.", "<p>What <em>everybody</em> must know.</p>"),
    org.SAFEGUARDING: RichText("Renewed every year.", "<p>Renewed every year.</p>"),
    org.ODD_COURSE: RichText("alert('overview')", "<script>alert('overview')</script><p onclick=alert(4)>Hm</p>"),
}


def add_overviews(world: World) -> None:
    """Gives some courses an overview, and one of them an attachment to it."""
    for org_unit_id, description in _OVERVIEWS.items():
        world.outlines[org_unit_id].overview = Overview(description)
    folder = course_path(org.FIRE, world.org_units[org.FIRE].code)
    _keep(world, folder + HANDBOOK, pdf("Fire safety handbook"))
    world.outlines[org.FIRE].overview = Overview(_OVERVIEWS[org.FIRE], folder + HANDBOOK)


def add_captions(world: World) -> None:
    """Gives the film about escape routes its captions in two languages."""
    film = world.outlines[org.FIRE].topic(FIRE_FILM)
    assert film is not None
    folder = f"{folder_of(film.url)}{stem_of(film.url)}/"
    for language, culture, name, content in (
        ("en", "", "escape-en.vtt", web_vtt("Know two ways out.", "Meet at the assembly point.")),
        ("fr", "CA", "escape-fr-CA.srt", srt("Connaissez deux issues.", "Rendez-vous au point de rassemblement.")),
    ):
        _keep(world, folder + name, content)
        code = f"{language}-{culture}" if culture else language
        film.captions[code] = Captions(language, culture, folder + name)


def add_bookmarks(world: World) -> None:
    """Lets two people have bookmarked something."""
    world.bookmarks |= {(ANA, FIRE_FILM), (ANA, FIRE_QUIZ), (TOMAS, FIRE_QUIZ)}


def _keep(world: World, path: str, content: bytes) -> None:
    world.outlines[org.FIRE].files[path] = ContentFile(path, content, type_of(path))
