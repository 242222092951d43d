"""The team table's order, search, filters and pages, all of them in the address."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.test.html import Element

from tests.conftest import MAYA, SignIn
from tests.portal.team.reading import FRAGMENT, anchors, board, elements, names, page_of, rows, text, value, whole_team
from tests.sandbox.server import Sandbox

BOTH_WAYS = (["", "ascending", "descending"], ["", "descending", "ascending"])
SEARCHES: dict[str, list[str]] = {
    "ana": ["Ana Novak"],
    "ANA": ["Ana Novak"],
    "novak+ana": ["Ana Novak"],
    "ana+reid": [],
    "beltran": ["Tomás Beltrán"],
    "BELTRÁN": ["Tomás Beltrán"],
    "sjoberg": ["Linnéa Sjöberg"],
    "mei-ling": ["Mei-Ling Chen"],
    "%3Cscript%3E": [],
    "x" * 5000: [],
}
ODD = ("page=0", "page=-1", "page=99999999999999", "page=x", "size=7", "size=1e9", "sort=%00", "status=nonsense")
EVERYBODY = [*range(201, 213), *range(301, 317)]
WORST_FIRST = ["overdue", "behind", "not started", "in progress", "no target", "not visible", "on track", "complete"]


@pytest.fixture
def many(sandbox: Sandbox, sign_in: SignIn) -> Client:
    """Maya with 28 people."""
    sandbox.control.set_auditees(MAYA, EVERYBODY)
    return sign_in(MAYA)


def header(tree: Element, key: str) -> tuple[str, str]:
    """How a column is sorted, and where its header leads."""
    [link] = elements(tree, "a", id=f"sort-{key}")
    [cell] = [each for each in elements(tree, "th") if link in each.children]
    return value(cell, "aria-sort"), value(link, "href")


def shown(tree: Element, figure: str) -> list[str]:
    return [row.name if figure == "name" else row.figures[figure] for row in rows(tree)]


def share(figure: str) -> float | None:
    done, _, target = figure.partition(" of ")
    return float(done) / float(target.split()[0]) if target and target[0].isdecimal() else None


def asked(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def test_worst_comes_first_with_the_reason(maya: Client) -> None:
    listed = rows(whole_team(maya))
    places = [WORST_FIRST.index(row.status) for row in listed]

    assert places == sorted(places)
    assert listed[0].why.startswith("3 items overdue, oldest 40 days")
    assert all(row.why for row in listed)


def test_each_column_sorts_both_ways_and_back(maya: Client) -> None:
    tree = whole_team(maya)
    for key in ("name", "cpd", "courses", "overdue", "last"):
        once = page_of(maya.get(header(tree, key)[1]))
        twice = page_of(maya.get(header(once, key)[1]))

        assert [header(each, key)[0] for each in (tree, once, twice)] in BOTH_WAYS
        assert [row.person_id for row in rows(once)] != [row.person_id for row in rows(twice)]
        assert sorted(row.person_id for row in rows(twice)) == list(range(201, 213))
        assert asked(header(twice, key)[1]) == {}


def test_names_sort_as_people_sort_them(maya: Client) -> None:
    assert names(whole_team(maya, "sort=name"))[:4] == ["Amara Diallo", "Ana Novak", "Callum Reid", "Dai Whitford"]
    assert names(whole_team(maya, "sort=-name"))[:3] == ["Yusuf Demir", "Tomás Beltrán", "Rosa Hale"]


def test_shares_sort_by_how_much_is_done_and_unknown_ones_come_last(maya: Client) -> None:
    for key in ("cpd", "courses"):
        upwards = [share(figure) for figure in shown(whole_team(maya, f"sort={key}"), key)]
        downwards = [share(figure) for figure in shown(whole_team(maya, f"sort=-{key}"), key)]
        known = [each for each in upwards if each is not None]

        assert known == sorted(known)
        assert downwards == [*known[::-1], *[None] * (12 - len(known))]
        assert None not in upwards[: len(known)]


def test_overdue_work_sorts_by_number(maya: Client) -> None:
    numbers = [int(figure) for figure in shown(whole_team(maya, "sort=-overdue"), "overdue")]

    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] == 3


def test_only_the_sorted_column_says_so(maya: Client) -> None:
    tree = whole_team(maya, "sort=-cpd")

    assert [value(cell, "aria-sort") for cell in elements(tree, "th") if value(cell, "aria-sort")] == ["descending"]


def test_search_finds_words_without_case_order_or_accents(maya: Client) -> None:
    found = {words: names(whole_team(maya, f"q={words}")) for words in SEARCHES}

    assert found == SEARCHES


def test_a_search_for_nothing_readable_shows_everybody(maya: Client) -> None:
    assert len(names(whole_team(maya, "q=%00+%20"))) == 12


def test_each_count_leads_to_as_many_people(maya: Client) -> None:
    counts = anchors(whole_team(maya), "count-")
    assert len(counts) > 5

    for count in counts:
        tree = page_of(maya.get(count.href))
        assert len(rows(tree)) == int(count.text.split()[0])
        assert [each.text for each in anchors(tree, "count-") if each.current] == [count.text]


def test_counts_keep_to_the_search(maya: Client) -> None:
    for count in anchors(whole_team(maya, "q=an"), "count-"):
        assert count.asks["q"] == "an"
        assert len(rows(page_of(maya.get(count.href)))) == int(count.text.split()[0])


def test_everybody_in_a_filter_shows_why_they_are_there(maya: Client) -> None:
    assert {row.status for row in rows(whole_team(maya, "status=complete"))} == {"complete"}
    assert all("overdue" in row.why for row in rows(whole_team(maya, "status=overdue")))
    assert all("behind" in row.why or "othing logged" in row.why for row in rows(whole_team(maya, "status=behind")))


def test_chips_take_off_one_filter_each_and_clear_takes_off_all(maya: Client) -> None:
    tree = whole_team(maya, "q=a&status=behind&sort=name&size=50")
    [search, status] = elements(tree, "a", class_="chip")
    [clear] = elements(tree, "a", id="clear-filters")

    assert text(search).startswith("Search: a")
    assert asked(value(search, "href")) == {"status": "behind", "sort": "name", "size": "50"}
    assert asked(value(status, "href")) == {"q": "a", "sort": "name", "size": "50"}
    assert asked(value(clear, "href")) == {"sort": "name", "size": "50"}


def test_without_a_filter_there_is_nothing_to_clear(maya: Client) -> None:
    tree = whole_team(maya, "sort=name")

    assert elements(tree, "a", class_="chip") == []
    assert elements(tree, "a", id="clear-filters") == []


def test_when_nobody_matches_the_way_back_is_offered(maya: Client) -> None:
    tree = whole_team(maya, "q=nobody")

    assert elements(tree, "table") == []
    assert "None of the 12 people in your team match these filters." in text(tree)
    [back] = [each for each in elements(tree, "a") if text(each) == "Show everyone"]
    assert len(rows(page_of(maya.get(value(back, "href"))))) == 12


def test_pages_hold_everybody_once(many: Client) -> None:
    first = whole_team(many)
    [later] = [each for each in elements(first, "a") if text(each) == "Later →"]
    second = page_of(many.get(value(later, "href")))

    assert [len(rows(first)), len(rows(second))] == [25, 3]
    assert sorted(row.person_id for row in (*rows(first), *rows(second))) == EVERYBODY
    assert "26 to 28 of 28 people" in text(second)
    assert [text(each) for each in elements(second, "a") if "Later" in text(each)] == []


def test_the_page_size_is_a_choice(many: Client) -> None:
    whole_team(many)
    sizes = {each.text: each.href for each in anchors(page_of(many.get("/team/")), "size-")}
    assert list(sizes) == ["25", "50", "100"]

    tree = page_of(many.get(sizes["50"]))

    assert len(rows(tree)) == 28
    assert [each.text for each in anchors(tree, "size-") if each.current] == ["50"]


def test_an_odd_address_shows_the_nearest_sensible_page(many: Client) -> None:
    assert {query: len(rows(whole_team(many, query))) for query in ODD} == dict.fromkeys(ODD, 25)


def test_a_page_beyond_the_last_is_the_last(many: Client) -> None:
    assert len(rows(whole_team(many, "page=9"))) == 3


def test_every_link_of_the_table_keeps_what_was_chosen(many: Client) -> None:
    tree = whole_team(many, "q=e&sort=-cpd&size=25&page=1")
    kept = {"q": "e", "sort": "-cpd"}

    for link in anchors(tree, "count-"):
        assert kept.items() <= link.asks.items()
    assert all(link.asks["q"] == "e" for link in anchors(tree, "sort-"))
    [export] = [each for each in elements(tree, "a") if text(each).startswith("Export")]
    assert asked(value(export, "href")) == kept | {"for": "excel"}
    [refresh] = [each for each in elements(tree, "form") if "/team/refresh/" in value(each, "action")]
    assert asked(value(refresh, "action")) == kept


def test_the_search_form_carries_the_other_choices_along(many: Client) -> None:
    tree = whole_team(many, "q=e&sort=-cpd&size=50&status=behind")
    hidden = {value(each, "name"): value(each, "value") for each in elements(tree, "input", form="search-form")}

    assert hidden == {"sort": "-cpd", "size": "50", "status": "behind"}
    [field] = elements(tree, "input", type="search")
    assert (value(field, "name"), value(field, "value")) == ("q", "e")


def test_figures_on_their_way_are_asked_for_with_the_same_choices(many: Client) -> None:
    frame = page_of(many.get("/team/?q=e&sort=-cpd&size=50"))
    following = value(board(frame), "hx-get")

    assert {"q": "e", "sort": "-cpd", "size": "50"}.items() <= asked(following).items()
    part = page_of(many.get(following, headers=FRAGMENT))
    assert header(part, "cpd")[0] == "descending"


def test_a_fragment_is_the_board_alone_and_says_how_many_were_found(maya: Client) -> None:
    whole_team(maya)
    answer = maya.get("/team/?q=ana", headers=FRAGMENT)

    assert b"<html" not in answer.content
    assert value(board(page_of(answer)), "data-announce") == "1 person found"
    assert "HX-Request" in answer.headers["Vary"]


def test_markup_in_a_search_is_shown_as_text(maya: Client) -> None:
    tree = whole_team(maya, "q=%3Cimg+src%3Dx%3E")

    assert elements(tree, "img") == []
    assert "Search: <img src=x>" in text(tree)
