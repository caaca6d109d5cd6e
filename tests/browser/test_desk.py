"""The desk and the member's card between two clicks: a cut network, an ended session, news without reloading."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from meetings.actions import evening, floor
from meetings.models import AgendaItem, Mark, Meeting
from tests.browser.person import CUT
from tests.factories import at
from tests.meetings.steps import begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Route

    from meetings.models import Remark
    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

NO_NETWORK = "Chưa làm được việc vừa bấm vì mất mạng. Khi có mạng, xin bấm lại."
EXCUSED = "Đồng chí Lê Anh Tuấn: Vắng có lý do"


def test_a_press_without_network_is_said_beside_the_button_and_works_when_pressed_again(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    hoa.expected = CUT
    hoa.goes_to(f"/meetings/{opened.pk}/room/")
    hoa.context.set_offline(True)
    hoa.button(EXCUSED).click()
    row = opened.attendances.get(member=cast.tuan)
    said = hoa.page.locator(f"#row-{row.pk}").get_by_role("alert")
    expect(said).to_have_text(NO_NETWORK)
    assert row.mark == Mark.PRESENT
    hoa.context.set_offline(False)
    hoa.presses(EXCUSED)
    expect(said).to_have_count(0)
    row.refresh_from_db()
    assert row.mark == Mark.EXCUSED


def test_a_refusal_is_shown_to_somebody_at_the_end_of_a_long_page(
    cast: Cast, remark: Remark, sit_down: Callable[..., Person]
) -> None:
    """Tuấn has spoken, so he cannot be absent; the sentence stands at the top and is scrolled into sight."""
    hoa = sit_down("hoa", width=360)
    hoa.expected = ("422",)
    hoa.goes_to(f"/meetings/{remark.meeting_id}/room/")
    hoa.presses(EXCUSED)
    refusal = hoa.page.get_by_text("Đồng chí Lê Anh Tuấn đã có ý kiến trong biên bản nên không thể ghi vắng.")
    expect(refusal).to_be_in_viewport()


def test_what_the_desk_fetches_by_itself_keeps_nobody_signed_in(
    opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    """Both the door to the stream and the page that others have changed say that nobody is at work."""
    hoa = sit_down("hoa")
    hoa.page.route("**/live/desk/**", lambda route: route.fulfill(json={"v": 1_000_000, "ticket": ""}))
    room = f"/meetings/{opened.pk}/room/"
    asked = (
        lambda sent: "/live/desk/" in sent.url,
        lambda sent: sent.url.endswith(room) and sent.resource_type == "fetch",
    )
    with hoa.page.expect_request(asked[0]) as door, hoa.page.expect_request(asked[1]) as page:
        hoa.goes_to(room)
    assert [sent.value.headers.get("x-poll") for sent in (door, page)] == ["1", "1"]


def test_an_ended_session_leads_from_the_desk_to_the_door_and_back(
    remark: Remark, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    hoa.expected = ("401",)
    hoa.goes_to(f"/items/{remark.item_id}/desk/")
    Session.objects.all().delete()
    hoa.page.locator(".speakers").get_by_role("button", name="Trần Thị Lan").click()
    expect(hoa.page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    hoa.enters("hoa")
    expect(hoa.page.get_by_role("heading", name="Ai phát biểu tiếp?")).to_be_visible()
    assert remark.item.remarks.count() == 1


def test_a_desk_whose_meeting_somebody_else_closed_leads_to_the_minutes(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    """An answer without a desk in it must not leave an empty page behind."""
    hoa = sit_down("hoa")
    begin(opened)
    hoa.goes_to(f"/meetings/{opened.pk}/close/")
    when = at("2026-12-03 20:40")
    evening.close(opened, opened_at=at("2026-12-03 19:02"), closed_at=when, by=cast.account(cast.lan), at=when)
    hoa.page.get_by_role("button", name="Ghi: đã đọc lại và thông qua biên bản").click()
    expect(hoa.page.get_by_role("heading", name="Biên bản", exact=True)).to_be_visible()
    opened.refresh_from_db()
    assert opened.read_back_at is not None


def test_a_member_s_card_follows_the_meeting_and_stops_asking_when_it_is_over(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    tuan = sit_down("tuan", width=360, clock=True)
    tuan.goes_to(f"/meetings/{opened.pk}/")
    tuan.sees("Chưa vào nội dung nào.")
    item = opened.items.get(step="present_paper")
    evening.start_item(item, by=cast.account(cast.hoa), at=at("2026-12-03 19:10"))
    tuan.page.clock.fast_forward(5_000)
    expect(tuan.page.locator(".now-title")).to_have_text("Trình bày dự thảo chuyên đề")
    when = at("2026-12-03 20:40")
    evening.close(opened, opened_at=at("2026-12-03 19:02"), closed_at=when, by=cast.account(cast.lan), at=when)
    tuan.page.clock.fast_forward(5_000)
    tuan.sees("Buổi họp đã kết thúc lúc 20:40.")
    asked: list[str] = []
    tuan.page.on("request", lambda request: asked.append(request.url))
    tuan.page.clock.fast_forward(20_000)
    assert asked == []


def test_a_member_whose_session_ended_is_led_to_the_door_by_the_card(
    opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    tuan = sit_down("tuan", width=360, clock=True)
    tuan.goes_to(f"/meetings/{opened.pk}/")
    tuan.sees("Chưa vào nội dung nào.")
    Session.objects.all().delete()
    tuan.page.clock.fast_forward(5_000)
    expect(tuan.page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    tuan.enters("tuan")
    tuan.sees("Chưa vào nội dung nào.")


def test_a_person_at_the_door_can_look_at_the_password(cast: Cast, sit_down: Callable[..., Person]) -> None:
    lan = sit_down()
    lan.goes_to("/sign-in/")
    password = lan.field("Mật khẩu")
    shown = []
    for _ in range(2):
        lan.page.get_by_label("Hiện mật khẩu").click()
        shown.append(password.get_attribute("type"))
    assert shown == ["text", "password"]


def with_a_ticket(route: Route) -> None:
    answer = route.fetch(max_redirects=0)
    if answer.status == 200:
        route.fulfill(response=answer, json={**answer.json(), "ticket": "1"})
    else:
        route.fulfill(response=answer)


def test_a_desk_whose_streams_hang_hears_of_the_other_one_and_keeps_what_was_chosen(
    cast: Cast, remark: Remark, sit_down: Callable[..., Person]
) -> None:
    """The speaking list comes by itself; the kind of speaking that was chosen meanwhile stays chosen."""
    who = {"by": cast.account(cast.hoa), "at": timezone.now()}
    hoa = sit_down("hoa", clock=True)
    asked: list[tuple[str, bool]] = []
    hoa.page.on("request", lambda request: asked.append((request.url, "x-poll" in request.headers)))
    hoa.page.route("**/live/desk/**", with_a_ticket)
    hoa.page.route(re.compile(r"^http://[^/]+/live/"), lambda route: None)  # nobody answers there
    kind = hoa.page.locator("select[name=kind]")
    hoa.goes_to(f"/items/{remark.item_id}/desk/")
    hoa.unfolds("Loại phát biểu")
    kind.select_option("reply")
    kind.focus()
    floor.ask(remark.item, remark.meeting.attendances.get(member=cast.son), **who)
    asked.clear()
    hoa.page.clock.fast_forward(6_000)
    hoa.page.clock.fast_forward(6_000)
    hoa.page.clock.fast_forward(1_000)
    expect(hoa.page.locator(".floor-list")).to_contain_text("Đỗ Văn Sơn")
    expect(kind).to_have_value("reply")
    expect(kind).to_be_focused()
    assert {poll for url, poll in asked if "/desk/" in url} == {True}
    # an ended session is not asked again and again, and takes nothing away
    hoa.expected = ("401",)
    Session.objects.all().delete()
    ended: list[str] = []
    hoa.page.on("response", lambda answer: ended.append(answer.url) if answer.status == 401 else None)
    for _ in range(20):
        hoa.page.clock.fast_forward(0 if ended else 3_000)
        hoa.page.wait_for_timeout(50)
    asked.clear()
    hoa.page.clock.fast_forward(30_000)
    assert [url for url, _ in asked if "/live/desk/" in url] == []
    expect(kind).to_have_value("reply")


def test_what_is_left_of_an_item_has_the_same_words_on_the_desk_and_on_the_wall_and_all_of_it_is_in_sight(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    item = opened.items.get(step="present_paper")
    evening.start_item(item, by=cast.account(cast.hoa), at=timezone.now())
    hoa, lan = sit_down("hoa"), sit_down("lan")
    wall = lan.goes_to(f"/meetings/{opened.pk}/wall/")
    for late, words in ((timedelta(), f"còn {item.minutes} phút"), (timedelta(hours=3), "quá giờ")):
        AgendaItem.objects.filter(pk=item.pk).update(started_at=timezone.now() - late)
        Meeting.objects.filter(pk=opened.pk).update(version=F("version") + 1)
        desk = hoa.goes_to(f"/items/{item.pk}/desk/")
        expect(desk.locator(".sheet [data-left]")).to_have_text(words)
        wall.reload()
        expect(wall.locator("[data-until]")).to_have_text(words)
    assert wall.evaluate("document.querySelector('[data-clock]').getBoundingClientRect().right") <= 1280
