"""Templates as they are loaded: without the white space of their source, and otherwise the same."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine, Origin
from django.template.loaders import filesystem

from portal.template_loaders import CompactLoader

TEMPLATES = sorted((settings.ROOT / "templates").rglob("*.html"))
SOURCE = """
<p>
  One
  {% if more %}
    and <b>two</b>
    {% if much %}and three{% endif %}
  {% else %}
    alone
  {% endif %}
  of
  {% for number in numbers %}
    {{ number }},
  {% endfor %}
  seen.
</p>
"""


def engine(folder: Path, loader: type[filesystem.Loader]) -> Engine:
    return Engine(dirs=[str(folder)], loaders=[f"{loader.__module__}.{loader.__name__}"])


@pytest.mark.parametrize("given", [{}, {"more": True}, {"more": True, "much": True, "numbers": [4, 5]}])
def test_words_stay_apart_and_indentation_goes(tmp_path: Path, given: dict[str, object]) -> None:
    (tmp_path / "page.html").write_text(SOURCE)
    written, compact = (
        engine(tmp_path, loader).get_template("page.html").render(Context(given))
        for loader in (filesystem.Loader, CompactLoader)
    )

    assert compact.split() == written.split()
    assert not re.search(r"^[ \t]", compact, re.MULTILINE)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_of_the_site_loses_white_space_alone(path: Path) -> None:
    source = path.read_text()
    loaded = CompactLoader(Engine()).get_contents(Origin(str(path)))

    assert "".join(loaded.split()) == "".join(source.split())
    assert not re.search(r"<pre[^>]*>[^<]*\n[ \t]", source)
    assert not re.search(r"{% blocktrans(?![^%]*\btrimmed\b)[^%]*%}((?!{% endblocktrans).)*\n", source, re.DOTALL)
