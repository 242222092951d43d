"""No text that people read stands in the source past gettext: neither in Python nor in a template."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.languages.reading import TEXT_ATTRIBUTES
from tests.structure import APP, ROOT, modules

GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
# Errors that are not shown to people: a bug, or a wrong environment.
UNSHOWN_ERRORS = {"AssertionError", "ImproperlyConfigured", "LookupError", "RuntimeError", "TypeError", "ValueError"}
# At least two words, of which the second does not begin a code.
TEXT = re.compile(r"[A-Za-z’']{2,}[,.;:!?”)]? [A-Za-z“(%]")

# Where text is that nobody reads on a page: the beginning of a path, with the reason.
NOT_FOR_PAGES = {
    "portal/settings.py": "for the operator, and names of roles in Brightspace",
    "portal/environment.py": "for the operator",
    "portal/brightspace/management/": "commands, for the operator",
    "portal/brightspace/catalogue/": "the tables of the documents",
    "portal/brightspace/http/": "reasons for the log; what people are shown is in errors.py",
    "portal/brightspace/codec/json.py": "reasons for the log",
    "portal/brightspace/auth/": "reasons for the log",
    "portal/brightspace/calls.py": "headers of HTTP",
    "portal/cachebackends/": "SQL",
    "portal/rosters/upload/reading/columns.py": "headings as files have them",
}
# Single literals in modules that have texts for pages besides.
NOT_TEXT = {
    "portal/brightspace/models.py": {"tokens of person ", " credits in "},  # names in a debugger
    "portal/rosters/models.py": {" reports to "},  # a name in a debugger
    "portal/filekinds.py": {"Word (docx)", "Excel (xlsx)", "PowerPoint (pptx)"},  # names of products
    "portal/files.py": {"default-src 'none'; sandbox"},  # a header
    "portal/middleware.py": {"no-store, private"},  # a header
    "portal/team/views.py": {'attachment; filename="', "text/csv; charset=utf-8"},  # headers
    "portal/team/cached_team.py": {"team rows "},  # a key of the cache
    "cpd/person_panel.py": {"cpd records of "},  # a salt of a signature
    "cpd/services/filters.py": {"record name"},  # parameters of the API, which pages do not let people type
    "cpd/services/records.py": {"records a page"},
    "content/services/completions.py": {"page size"},
    "content/services/filters.py": {"org units"},
    "content/services/order.py": {"content:modules:manage content:topics:manage"},  # scopes
    "content/services/user_progress.py": {"page size"},
}


def literals(path: Path) -> Iterator[str]:
    """The literals of a module that read as text and pass gettext by."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = {id(inner) for node in ast.walk(tree) if is_accounted_for(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if TEXT.search(text) and id(node) not in known:
            yield text


def is_accounted_for(node: ast.AST) -> bool:
    """Whether all literals within go through gettext, or are for developers: docstrings, annotations, the log."""
    if isinstance(node, ast.Call):
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        return called_name(node) in GETTEXT | UNSHOWN_ERRORS or (isinstance(owner, ast.Name) and owner.id == "log")
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def called_name(node: ast.Call) -> str:
    """The last part of the name of what is called."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def app_modules() -> Iterator[tuple[str, Path]]:
    """Every module of the app by its path, except those whose text is not for pages."""
    for _, path in modules(*APP):
        name = path.relative_to(ROOT).as_posix()
        if "migrations" not in path.parts and not name.startswith(tuple(NOT_FOR_PAGES)):
            yield name, path


def test_every_text_in_python_goes_through_gettext() -> None:
    escaped = {
        f"{name}: {literal}"
        for name, path in app_modules()
        for literal in literals(path)
        if literal not in NOT_TEXT.get(name, ())
    }
    assert escaped == set()


def test_every_exception_of_this_test_is_still_needed() -> None:
    found = {name: set(literals(ROOT / name)) for name in NOT_TEXT}

    assert {name: texts - found[name] for name, texts in NOT_TEXT.items() if texts - found[name]} == {}
    assert [path for path in NOT_FOR_PAGES if not (ROOT / path).exists()] == []


def test_no_message_stands_inside_an_f_string() -> None:
    """Those who collect messages do not look into f-strings."""
    calls = [
        f"{name}:{inner.lineno}"
        for name, path in app_modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and called_name(inner) in GETTEXT
    ]
    assert calls == []


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CODE_ATTRIBUTES = {"class", "d", "rel", "style", "viewbox"}  # lists and drawings, with blanks between them
NOT_TRANSLATED = {
    "width=device-width, initial-scale=1",  # for the browser
    "light dark",
    "person,manager 10412,10007 tomas.beltran,maya.okafor",  # a sample of a file
}


class TemplateTexts(HTMLParser):
    """The texts and attributes that stand in a template outside of its tags."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(without_tags(path.read_text(encoding="utf-8")))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            is_text = name in TEXT_ATTRIBUTES or (tag == "script" and name.startswith("data-"))
            is_sentence = not name.startswith("hx-") and name not in CODE_ATTRIBUTES and TEXT.search(value or "")
            if is_text or is_sentence:
                self.handle_data(value or "")

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if re.search(r"[^\W\d_]{2}", text):
            self.found.append(text)


def without_tags(source: str) -> str:
    """A template's HTML without its comments, what is translated, and every other tag and variable."""
    source = re.sub(r"\{#.*?#\}|\{% comment .*?endcomment %\}", "", source)
    source = re.sub(r"\{% blocktranslate .*?endblocktranslate %\}", "", source, flags=re.DOTALL)
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_every_text_in_a_template_goes_through_gettext(path: Path) -> None:
    assert [text for text in TemplateTexts(path).found if text not in NOT_TRANSLATED] == []


def test_texts_in_a_template_are_found(tmp_path: Path) -> None:
    template = tmp_path / "sample.html"
    template.write_text(
        "{# a comment #}{% blocktranslate trimmed %}Fine{% endblocktranslate %}{{ name }} <p>Escaped</p>"
        '<a class="one two" aria-label="Label" data-odd="two words">{% translate "Fine" %}</a>'
    )
    assert TemplateTexts(template).found == ["Escaped", "Label", "two words"]


def test_no_script_holds_a_text() -> None:
    """Texts of scripts are data- attributes, so that they are translated."""
    strings = [
        f"{path.name}: {text}"
        for path in sorted((ROOT / "static/js").glob("*.js"))
        for text in re.findall(r"""["'`]([^"'`\n]*)["'`]""", re.sub(r"//.*", "", path.read_text(encoding="utf-8")))
        if TEXT.search(text)
    ]
    assert strings == ["notices.js: notice bad"]  # two classes
