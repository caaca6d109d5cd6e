"""The paragraph of the draft under discussion: chosen at the desk, on every screen, gone when the item is over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from meetings.actions import evening, one_click, thematic
from meetings.live.panels import POCKET, WALL, draw
from meetings.models import AgendaItem, Meeting, ThematicPaper
from meetings.passages import passage_of
from tests.factories import at
from tests.meetings.steps import DURING, close, fresh, item_of, last_event, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.conftest import Cast

    AsUser = Callable[..., Client]

DRAFT = "I. Nhận thức chung\nĐoạn một nói về nhận thức.\n- Gạch đầu dòng thứ nhất.\nĐoạn hai nói về kết quả."
SECOND = "Gạch đầu dòng thứ nhất."
LATER = at("2026-12-03 19:40")


@pytest.fixture
def discussed(cast: Cast, opened: Meeting) -> AgendaItem:
    """The thematic discussion is on, and members have the draft."""
    ThematicPaper.objects.filter(meeting=opened).update(draft=DRAFT, shared_at=DURING)
    evening.start_item(item_of(opened), by=cast.account(cast.hoa), at=DURING)
    return item_of(fresh(opened))


def show(cast: Cast, item: AgendaItem, paragraph: int | None = 2) -> None:
    item = item_of(fresh(item.meeting), item.step)
    item.meeting = fresh(item.meeting)
    thematic.show_passage(item, paragraph=paragraph, by=cast.account(cast.hoa), at=LATER)


def on(audience: str, meeting: Meeting) -> str:
    return " ".join(draw(fresh(meeting), audience).panels.values())


def test_the_wall_and_the_pocket_show_what_the_desk_has_chosen(cast: Cast, discussed: AgendaItem) -> None:
    show(cast, discussed)
    wall, pocket = (on(audience, discussed.meeting) for audience in (WALL, POCKET))
    assert (SECOND in wall, SECOND in pocket) == (True, True)
    assert f"/meetings/{discussed.meeting_id}/paper/?paragraph=2&amp;back=pocket#p2" in pocket
    show(cast, discussed, None)
    assert (SECOND in on(WALL, discussed.meeting), SECOND in on(POCKET, discussed.meeting)) == (False, False)


def test_the_event_names_no_paragraph(cast: Cast, discussed: AgendaItem) -> None:
    show(cast, discussed)
    assert last_event(discussed.meeting) == ("show_passage", {"item": discussed.pk})


@pytest.mark.parametrize("ends", ["end_item", "go_on", "start_item", "close"])
def test_it_is_kept_no_longer_than_the_item_runs(cast: Cast, discussed: AgendaItem, ends: str) -> None:
    show(cast, discussed)
    who: dict[str, Any] = {"by": cast.account(cast.hoa), "at": LATER}
    if ends == "close":
        close(cast, discussed.meeting)
    elif ends == "start_item":
        evening.start_item(item_of(discussed.meeting, "conclusion"), **who)
    else:
        {"end_item": evening.end_item, "go_on": one_click.go_on}[ends](discussed, **who)
    assert set(AgendaItem.objects.values_list("passage", flat=True)) == {""}


def test_a_paragraph_that_was_rewritten_is_shown_as_it_was_chosen_and_leads_to_the_draft(
    cast: Cast, discussed: AgendaItem
) -> None:
    show(cast, discussed)
    ThematicPaper.objects.update(draft=DRAFT.replace(SECOND, "Viết lại."))
    found = passage_of(fresh(discussed.meeting), AgendaItem.objects.get(pk=discussed.pk))
    assert found is not None
    assert (found.text, found.number) == (SECOND, None)
    assert "paper/?back=pocket#draft" in on(POCKET, discussed.meeting)


def test_a_heading_a_paragraph_that_is_none_and_a_draft_nobody_has_are_refused(
    cast: Cast, discussed: AgendaItem
) -> None:
    gone = "Đoạn này không còn trong dự thảo đã gửi đảng viên. Xin chọn lại đoạn."
    for place in (0, 9):
        with refused(gone, "paragraph"):
            show(cast, discussed, place)
    ThematicPaper.objects.update(shared_at=None)
    with refused(gone, "paragraph"):
        show(cast, discussed)


def test_an_item_that_is_not_on_shows_nothing(cast: Cast, discussed: AgendaItem) -> None:
    title = item_of(discussed.meeting, "conclusion").title
    with refused(f"Nội dung “{title}” không đang tiến hành nên không chiếu đoạn của dự thảo được."):
        show(cast, item_of(discussed.meeting, "conclusion"))


def test_the_desk_has_a_button_beside_each_paragraph(cast: Cast, discussed: AgendaItem, as_user: AsUser) -> None:
    hoa, page = as_user(cast.hoa), reverse("room-item", args=[discussed.pk])
    assert [f'name="paragraph" value="{n}.' in hoa.get(page).text for n in range(4)] == [False, True, True, True]
    shown = hoa.post(reverse("passage-show", args=[discussed.pk]), {"paragraph": "3"}, follow=True).text
    assert re.search(r'value="3\.\w{8}" aria-pressed="true"', shown)
    assert "Thôi chiếu" in shown


def test_the_words_on_the_button_are_the_ones_that_are_shown(
    cast: Cast, discussed: AgendaItem, as_user: AsUser
) -> None:
    """Somebody writes a paragraph before them while the desk still shows the draft as it was."""
    hoa, press = as_user(cast.hoa), reverse("passage-show", args=[discussed.pk])
    button = re.findall(r'name="paragraph" value="(2\.\w+)"', hoa.get(reverse("room-item", args=[discussed.pk])).text)
    ThematicPaper.objects.update(draft=DRAFT.replace("Đoạn một", "Thêm một đoạn.\nĐoạn một"))
    for given in (button[0], "x", "-1", "2.khác"):
        page = hoa.post(press, {"paragraph": given}, follow=True).text
        assert (given, "Xin chọn lại đoạn" in page) == (given, True)
        assert AgendaItem.objects.get(pk=discussed.pk).passage == ""
    ThematicPaper.objects.update(draft=DRAFT)
    hoa.post(press, {"paragraph": button[0]})
    assert AgendaItem.objects.get(pk=discussed.pk).passage == SECOND


def test_an_opinion_from_the_pocket_leads_back_to_it(cast: Cast, discussed: AgendaItem, as_user: AsUser) -> None:
    tuan, paper = as_user(cast.tuan), reverse("paper", args=[discussed.meeting_id])
    assert 'name="back" value="pocket"' in tuan.get(f"{paper}?paragraph=1&back=pocket").text
    assert 'name="back"' not in tuan.get(f"{paper}?paragraph=1&back=//la.example").text
    given = {"paragraph": "1", "text": "Nên nêu rõ hơn.", "back": "pocket"}
    sent = tuan.post(reverse("opinion-add", args=[discussed.meeting_id]), given)
    assert (sent.status_code, sent["Location"]) == (302, reverse("pocket", args=[discussed.meeting_id]))
    refused_page = tuan.post(reverse("opinion-add", args=[discussed.meeting_id]), {**given, "text": ""})
    assert (refused_page.status_code, 'name="back" value="pocket"' in refused_page.text) == (422, True)
