"""Properties that hold for any content: blocks survive encoding, wrong values are refused, responses never crash."""

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.schemas import (
    ContentObject,
    ContentTopicCompletionUpdate,
    ItemExemptionInfo,
    ItemExemptionInfoFilter,
    ModuleData,
    ModulePacingData,
    PacingData,
    RichTextInput,
    ScheduledItem,
    TableOfContents,
    TopicData,
    UserProgressData,
)
from content.services import (
    CaptionsService,
    ModuleService,
    OrderService,
    PacingService,
    ScheduledItemService,
    TopicService,
)
from content.services.filters import by_completion, by_due, by_earliest
from portal.brightspace.codec.fields import InvalidArgument
from portal.brightspace.codec.json import decode, encode
from portal.brightspace.endpoints.writes import FileUpload
from tests.content.course import FIRE, KNOW, ROUTES, WALK, file, link, module
from tests.contract.documents import BLOCKS
from tests.contract.json_types import type_violations

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
maybe = st.none() | moments
ids = st.integers(1, 2**53)
yes = st.booleans()
days = st.none() | st.dates()
described = st.none() | st.builds(RichTextInput, content=words, type=st.sampled_from(["Text", "Html"]))
common = {
    "title": words,
    "short_title": st.none() | words,
    "is_hidden": yes,
    "is_locked": yes,
    "description": described,
}

SENT: dict[str, st.SearchStrategy[Any]] = {
    "Content.ContentObjectData.Module": st.builds(
        ModuleData, **common, module_start_date=maybe, module_end_date=maybe, module_due_date=maybe
    ),
    "Content.ContentObjectData.Topic": st.builds(
        TopicData,
        **common,
        topic_type=st.sampled_from([1, 3]),
        url=words,
        start_date=maybe,
        end_date=maybe,
        due_date=maybe,
        open_as_external_resource=st.none() | yes,
        major_update=st.none() | yes,
        major_update_text=st.none() | words,
        reset_completion_tracking=st.none() | yes,
    ),
    "Exemptions.ItemExemptionInfo": st.builds(ItemExemptionInfo, exempt_items=st.lists(ids, max_size=5).map(tuple)),
    "Exemptions.ItemExemptionInfoFilter": st.builds(
        ItemExemptionInfoFilter,
        exempt_start_date=maybe,
        exempt_end_date=maybe,
        exclude_graded_activities=st.none() | yes,
        exclude_complete_activities=st.none() | yes,
    ),
    "ContentCompletions.ContentTopicCompletionUpdate": st.builds(ContentTopicCompletionUpdate, completed_date=maybe),
    "UserProgress.UserProgressData": st.builds(
        UserProgressData,
        object_id=ids,
        user_id=ids,
        completed_date=maybe,
        num_visits=st.integers(0, 2**31),
        total_time=st.integers(0, 10**9) | st.floats(0, 1e9),
        last_visited=maybe,
        completed=yes,
    ),
    "Pacing.PacingData": st.builds(PacingData, start_date=days, end_date=days, skip_weekends=yes),
    "Pacing.ModulePacingData": st.builds(ModulePacingData, start_date=days, end_date=days),
}


@pytest.mark.parametrize("name", SENT)
@given(st.data())
def test_blocks_that_are_sent_have_the_documented_keys_and_survive_decoding(name: str, data: st.DataObject) -> None:
    block = data.draw(SENT[name])
    text = encode(block)

    assert decode(text, type(block)) == block
    assert type_violations(msgspec.json.decode(text), name, "1.97") == []
    assert set(msgspec.json.decode(text)) == {key.rstrip("?") for key in BLOCKS[name] if "@" not in key}


@given(st.lists(ids, min_size=1, max_size=450))
def test_any_number_of_courses_is_requested_once_each_in_their_order(units: list[int]) -> None:
    assert dict(ScheduledItemService().my_items(units).query)["orgUnitIdsCSV"] == tuple(dict.fromkeys(units))


@given(st.lists(st.tuples(maybe, maybe, maybe, maybe), max_size=20))
def test_orders_are_total_and_put_undated_items_last(dates: list[tuple[datetime | None, ...]]) -> None:
    items = [
        ScheduledItem(user_id=1, org_unit_id=2, item_id=3, start_date=a, end_date=b, due_date=c, date_completed=d)
        for a, b, c, d in dates
    ]

    earliest = [item.earliest for item in sorted(items, key=by_earliest)]
    due = [item.due_date for item in sorted(items, key=by_due)]
    done = [item.date_completed for item in sorted(items, key=by_completion)]
    for each in (earliest, due, done):
        dated = [moment for moment in each if moment]
        assert each == sorted(dated) + [None] * (len(each) - len(dated))


@given(words)
def test_a_title_is_sent_as_it_is_or_refused_when_blank(title: str) -> None:
    if title.strip():
        assert decode(encode(ModuleService().create(FIRE, module(title=title)).body), ModuleData).title == title
    else:
        with pytest.raises(InvalidArgument):
            ModuleService().create(FIRE, module(title=title))


@given(st.text(max_size=40) | words.map(lambda rest: f"/content/{rest}"))
def test_an_address_of_a_file_never_leaves_the_content(path: str) -> None:
    with suppress(InvalidArgument):
        ModuleService().add(FIRE, KNOW, file(url=path))
        assert path.startswith("/content/")
        assert not {"", ".", ".."} & set(path.split("/")[1:])


@given(st.text(max_size=40) | st.sampled_from(["data:", "javascript:", "//", "/\\", "https:"]).flatmap(
    lambda start: words.map(lambda rest: f"{start}{rest}")
))  # fmt: skip
def test_an_address_of_a_link_is_of_the_web_or_of_brightspace(address: str) -> None:
    with suppress(InvalidArgument):
        TopicService().update(FIRE, WALK, link(url=address))
        is_of_the_web = address.lower().startswith(("http://", "https://"))
        assert is_of_the_web or (address.startswith("/") and not address.startswith(("//", "/\\")))


@given(st.text(max_size=10))
def test_a_language_is_two_letters_perhaps_with_a_culture(language: str) -> None:
    with suppress(InvalidArgument):
        CaptionsService().delete(FIRE, ROUTES, language)
        assert len(language) in (2, 5)
        assert language.replace("-", "", 1).isalpha()
        assert language.isascii()


@given(st.text(max_size=10) | st.integers())
def test_a_position_is_first_last_or_an_id(position: str | int) -> None:
    with suppress(InvalidArgument):
        [(_, sent)] = OrderService().move(FIRE, WALK, position).query
        assert sent in ("first", "last") or (isinstance(sent, int) and sent >= 1)


@given(days, days)
def test_pacing_ends_no_earlier_than_it_starts(start: date | None, end: date | None) -> None:
    paced = PacingData(start_date=start, end_date=end)
    if start and end and end < start:
        with pytest.raises(InvalidArgument):
            PacingService().update_course(FIRE, paced)
    else:
        assert PacingService().update_course(FIRE, paced).body == paced


@given(st.binary(max_size=200))
def test_captions_are_sent_only_when_they_are_captions(content: bytes) -> None:
    with suppress(InvalidArgument):
        CaptionsService().upload(FIRE, ROUTES, "fr", FileUpload("a.vtt", "text/vtt", content))
        assert content.lstrip(b"\xef\xbb\xbf").lstrip()[:6] == b"WEBVTT" or b"-->" in content


json = st.recursive(
    st.none() | yes | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["Id", "Type", "Modules"]), inner),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", [list[ContentObject], TableOfContents, ScheduledItem])
@given(st.binary(max_size=60) | json.map(msgspec.json.encode))
def test_any_response_is_a_block_or_a_decode_error(kind: Any, data: bytes) -> None:
    with suppress(msgspec.DecodeError):
        assert isinstance(decode(data, kind), getattr(kind, "__origin__", kind))
