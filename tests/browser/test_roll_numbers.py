"""At the door numbers are typed faster than pages come; and what the wall, the phone and the desk show of a draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.actions import evening, thematic
from meetings.models import Mark, Meeting, ThematicPaper
from tests.browser.looked import complaints, misfits
from tests.factories import at
from tests.meetings.steps import fresh, item_of, row_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

OPENED = at("2026-12-03 19:02")
SECOND = "Đoạn hai nói về kết quả."


def flaws(page: Page) -> list[str]:
    return [*misfits(page), *complaints(page)]


def test_numbers_shown_at_the_door_one_after_another(
    cast: Cast, called: Meeting, sit_down: Callable[..., Person]
) -> None:
    """A scanner needs no field to be pressed first; a page that was not reloaded follows."""
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    numbers = [row_of(called, one).roll_number for one in (cast.tuan, cast.hoa)]
    tuan, hoa = sit_down("tuan", width=360), sit_down("hoa")
    tuan.goes_to(f"/meetings/{called.pk}/pocket/")
    expect(tuan.page.locator(".own-number b")).to_have_text(str(numbers[0]))
    assert flaws(tuan.page) == []
    hoa.expected = ("422",)  # a number that nobody has
    hoa.goes_to(f"/meetings/{called.pk}/room/")
    for number in (*numbers, 1002):
        hoa.page.keyboard.type(f"{number}\n")
    expect(hoa.page.locator("[data-said] p")).to_have_text(
        [re.compile("1002: Buổi này không có"), re.compile("Nguyễn Thị Hoa: có mặt"), re.compile("Lê Anh Tuấn: có mặt")]
    )
    expect(hoa.page.locator("#roll-number")).to_be_focused()
    expect(hoa.page.locator("[data-panel=roll-tally]")).to_contain_text("2/4")
    assert called.attendances.filter(mark=Mark.PRESENT).count() == 2
    assert flaws(hoa.page) == []
    hoa.page.set_viewport_size({"width": 360, "height": 740})
    assert misfits(hoa.page) == []
    expect(tuan.page.locator(".own-number")).to_be_hidden(timeout=8000)


def test_the_paragraph_under_discussion_on_three_screens(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    ThematicPaper.objects.update(draft=f"Đoạn một nói về nhận thức.\n{SECOND}", shared_at=OPENED)
    who = {"by": cast.account(cast.hoa), "at": timezone.now()}
    evening.start_item(item_of(opened, "opening"), **who)
    item = item_of(fresh(opened))
    item.meeting = fresh(opened)
    evening.start_item(item, **who)
    hoa = sit_down("hoa")
    hoa.goes_to(f"/items/{item.pk}/desk/")
    hoa.page.locator("#passages summary").click()
    hoa.presses(SECOND)
    expect(hoa.page.get_by_role("button", name=SECOND)).to_have_attribute("aria-pressed", "true")
    assert flaws(hoa.page) == []
    wall, tuan = sit_down("lan"), sit_down("tuan", width=360)
    wall.goes_to(f"/meetings/{opened.pk}/wall/")
    expect(wall.page.locator(".wall-passage")).to_have_text(SECOND)
    assert complaints(wall.page) == []
    tuan.goes_to(f"/meetings/{opened.pk}/pocket/")
    assert flaws(tuan.page) == []
    tuan.presses("Góp ý đoạn này")
    tuan.types("Ý kiến góp ý", "Nên nêu rõ thời hạn.")
    tuan.presses("Gửi ý kiến")
    expect(tuan.page.locator(".now-passage")).to_contain_text(SECOND)
    assert opened.opinions.get().quote == SECOND
    # an item that is over: the way to what runs, and back into it
    hoa.goes_to(f"/items/{item_of(opened, 'opening').pk}/desk/")
    hoa.page.locator(".desk-foot summary").click()
    assert flaws(hoa.page) == []
    hoa.presses("Sang nội dung này")
    expect(hoa.page.locator(".desk-work h2").first).to_have_text(item.title)
    thematic.show_passage(item_of(fresh(opened)), paragraph=None, **who)
    expect(hoa.page.locator(".passage-now")).to_have_count(0, timeout=8000)
