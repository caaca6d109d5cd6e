"""A form that holds only a button: a server that goes away is said on the page, and the press is repeated, not doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from meetings.lifecycle import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Route

    from meetings.models import Meeting
    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

SAID = "máy chủ không trả lời, có thể đã ghi rồi mà chưa kịp báo"


@pytest.mark.parametrize("arrives", [False, True], ids=["before it took it", "after it took it"])
def test_a_server_that_goes_away_takes_no_press_and_doubles_none(
    arrives: bool, planned: Meeting, sit_down: Callable[..., Person]
) -> None:
    def goes_away(route: Route) -> None:
        if arrives:
            route.fetch()
        route.abort()

    lan = sit_down("lan", width=360)
    lan.expected = ("ERR_FAILED",)
    lan.goes_to(f"/meetings/{planned.pk}/")
    call = lan.page.locator("form[action$='/call/']").get_by_role("button").first
    lan.page.route("**/call/", goes_away)
    call.click()
    expect(lan.page.get_by_role("alert").filter(has_text=SAID)).to_be_visible()
    planned.refresh_from_db()
    assert planned.state == (State.CALLED if arrives else State.PLAN)
    lan.page.unroute("**/call/")
    call.click()
    expect(call).to_be_hidden()
    lan.page.wait_for_url(f"**/meetings/{planned.pk}/")
    expect(lan.page.get_by_text("Đã gửi thông báo.")).to_be_in_viewport()  # pressed far below, said at the head
    planned.refresh_from_db()
    assert planned.state == State.CALLED
    assert planned.events.filter(what="call").count() == 1


def test_a_page_that_comes_in_answer_is_shown_as_it_is(cast: Cast, sit_down: Callable[..., Person]) -> None:
    hoa = sit_down("hoa")
    hoa.goes_to(f"/cells/{cast.cell.pk}/calendar/")
    hoa.presses("Tạo địa chỉ lịch")
    expect(hoa.page.get_by_label("Địa chỉ lịch")).to_be_visible()
    hoa.page.go_back()
    expect(hoa.page.get_by_label("Địa chỉ lịch")).to_have_count(0)
    expect(hoa.page.get_by_role("button", name="Tạo địa chỉ lịch")).to_be_visible()
