"""What is typed is never lost and never called saved before it is: cut networks, closed tabs, ended sessions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from playwright.sync_api import expect

from meetings.actions import evening
from members import actions as people
from tests.browser.person import CUT, session_of
from tests.factories import PASSWORD, at

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route
    from pytest_django.live_server_helper import LiveServer

    from meetings.models import Remark
    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST = "Tôi nhất trí với dự thảo."
MORE = " Đề nghị ghi rõ ai kiểm tra và kiểm tra khi nào."
LISTEN = """form => { window.said = []; const line = form.querySelector('[data-save-state]');
    new MutationObserver(() => said.push(line.textContent)).observe(line, {childList: true, characterData: true, subtree: true}); }"""

# what a thief of the device's folder reads without a key
NAMES = """() => new Promise(done => { const opening = indexedDB.open('chibo'); opening.onsuccess = () => {
    const all = opening.result.transaction('drafts').objectStore('drafts').getAllKeys();
    all.onsuccess = () => done(all.result.join(' ')); }; })"""


def desk(person: Person, remark: Remark) -> str:
    """Open the desk where this remark is written; the name of its form."""
    person.goes_to(f"/items/{remark.item_id}/desk/")
    return f"remark-{remark.pk}"


def words_of(remark: Remark) -> str:
    remark.refresh_from_db()
    return remark.proposal


def kept(page: Page) -> int:
    """How many drafts with unsaved words this device holds for the person who is signed in."""
    return page.evaluate("window.chibo.drafts.all().then(found => found.filter(one => one.text !== one.saved).length)")


@pytest.mark.in_turn
def test_letters_that_were_taken_out_again_are_gone_for_good(remark: Remark, sit_down: Callable[..., Person]) -> None:
    """Typed, kept on this device a moment later, and deleted before anything was sent."""
    hoa = sit_down("hoa")
    desk(hoa, remark)
    field = hoa.field("Góp ý vào dự thảo")
    field.fill(FIRST)
    hoa.sees("Đã lưu")
    field.press("End")
    hoa.page.keyboard.type("QQQ")
    hoa.page.wait_for_timeout(600)
    for _ in range(3):
        hoa.page.keyboard.press("Backspace")
    line = field.locator("xpath=ancestor::form").locator("[data-save-state]")
    expect(line).to_have_attribute("data-state", "saved")
    assert kept(hoa.page) == 0
    hoa.page.reload()
    expect(hoa.field("Góp ý vào dự thảo")).to_have_value(FIRST)
    assert words_of(remark) == FIRST


@pytest.mark.in_turn
def test_words_typed_without_network_are_never_called_saved_and_outlive_the_closed_tab(
    remark: Remark, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    hoa.expected = CUT
    form = desk(hoa, remark)
    hoa.types("Góp ý vào dự thảo", FIRST)
    hoa.saved(form)
    hoa.page.locator(f"form[data-write='{form}']").evaluate(LISTEN)
    hoa.context.set_offline(True)
    field = hoa.field("Góp ý vào dự thảo")
    field.press("End")
    field.press_sequentially(MORE, delay=40)
    expect(hoa.state_of(form)).to_contain_text("Đang chờ mạng, chữ vẫn còn trên máy này")
    field.press("Enter")
    assert [words for words in hoa.page.evaluate("said") if words.startswith("Đã lưu")] == []
    hoa.page.on("dialog", lambda dialog: dialog.accept())
    with hoa.page.expect_event("close"):
        hoa.page.close(run_before_unload=True)
    assert words_of(remark) == FIRST
    hoa.context.set_offline(False)
    hoa.page = hoa.context.new_page()
    desk(hoa, remark)
    hoa.saved(form)
    assert words_of(remark) == FIRST + MORE
    assert kept(hoa.page) == 0


@pytest.mark.in_turn
def test_words_typed_without_network_are_sent_by_themselves_when_it_returns(
    remark: Remark, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    hoa.expected = CUT
    form = desk(hoa, remark)
    hoa.context.set_offline(True)
    hoa.types("Góp ý vào dự thảo", FIRST)
    expect(hoa.state_of(form)).to_contain_text("Đang chờ mạng")
    hoa.page.locator(".speakers").get_by_role("button", name="Trần Thị Lan").click()
    expect(hoa.field("Góp ý vào dự thảo")).to_be_focused()
    hoa.page.locator(".speakers").get_by_role("button", name="Đỗ Văn Sơn").scroll_into_view_if_needed()
    hoa.context.set_offline(False)
    hoa.saved(form)
    assert words_of(remark) == FIRST
    assert remark.item.remarks.count() == 1


@pytest.mark.in_turn
def test_an_answer_that_got_lost_on_its_way_makes_no_conflict_with_oneself(
    remark: Remark, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    hoa.expected = ("ERR_FAILED",)
    form = desk(hoa, remark)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    hoa.page.route("**/write/**", lose_the_answer, times=1)
    hoa.types("Góp ý vào dự thảo", FIRST)
    expect(hoa.state_of(form)).to_contain_text("Đang chờ mạng")
    assert words_of(remark) == FIRST
    hoa.types("Góp ý vào dự thảo", FIRST + MORE)
    hoa.saved(form)
    assert words_of(remark) == FIRST + MORE
    expect(hoa.page.locator(".conflict-box")).to_have_count(0)


def test_what_is_typed_between_a_click_and_its_answer_is_carried_to_the_new_desk(
    cast: Cast, remark: Remark, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    form = desk(hoa, remark)
    held: list[Route] = []
    hoa.page.route("**/items/*/remarks/", lambda route: held.append(route))  # noqa: PLW0108
    hoa.page.locator(".speakers").get_by_role("button", name="Trần Thị Lan").click()
    while not held:
        hoa.page.wait_for_timeout(20)
    hoa.types("Góp ý vào dự thảo", FIRST)
    held[0].continue_()
    expect(hoa.page.locator(".remark[id]")).to_have_count(2)
    hoa.saved(form)
    assert words_of(remark) == FIRST
    assert sorted(r.speaker.member_id for r in remark.item.remarks.all()) == sorted([cast.tuan.pk, cast.lan.pk])


@pytest.mark.in_turn
def test_an_ended_session_keeps_the_text_and_saves_it_by_itself_after_signing_in_again(
    remark: Remark, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    hoa.expected = ("401", "403")
    form = desk(hoa, remark)
    Session.objects.all().delete()
    hoa.types("Góp ý vào dự thảo", FIRST)
    expect(hoa.state_of(form)).to_contain_text("Phiên làm việc đã hết. Chữ vẫn còn đây")
    assert words_of(remark) == ""
    with hoa.context.expect_page() as opened:
        hoa.state_of(form).get_by_role("link", name="đăng nhập lại ở thẻ mới").click()
    door, room = opened.value, hoa.page
    door.get_by_label("Tên đăng nhập").fill("hoa")
    door.get_by_label("Mật khẩu", exact=False).first.fill(PASSWORD)
    door.get_by_role("button", name="Đăng nhập").click()
    expect(door.get_by_role("button", name="Đăng xuất")).to_be_visible()
    room.bring_to_front()
    hoa.saved(form)
    assert words_of(remark) == FIRST


@pytest.mark.in_turn
def test_nobody_saves_words_that_another_person_typed_before_them_on_the_same_machine(
    remark: Remark, sit_down: Callable[..., Person], live_server: LiveServer
) -> None:
    hoa = sit_down("hoa")
    hoa.expected = ("403",)
    form = desk(hoa, remark)
    # no session is ended: an answer on its way to the old one would take the new cookie away again
    hoa.context.add_cookies([{**session_of("lan"), "url": live_server.url}])  # for every path, as the server sets it
    hoa.context.clear_cookies(name="csrf")
    hoa.types("Góp ý vào dự thảo", FIRST)
    expect(hoa.state_of(form)).to_contain_text("Máy này đang đăng nhập bằng tài khoản khác")
    assert words_of(remark) == ""
    lan = hoa.context.new_page()
    lan.goto(hoa.page.url)
    assert kept(lan) == 0
    assert kept(hoa.page) == 1


def test_words_whose_place_was_removed_are_shown_until_they_are_put_away(
    cast: Cast, remark: Remark, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    hoa.expected = ("404",)
    form = desk(hoa, remark)
    evening.remove_remark(remark, by=cast.account(cast.lan), at=at("2026-12-03 19:30"))
    hoa.types("Góp ý vào dự thảo", FIRST)
    expect(hoa.state_of(form)).to_contain_text("Đoạn này không còn trong biên bản.")
    hoa.page.on("dialog", lambda dialog: dialog.accept())
    desk(hoa, remark)
    line = hoa.page.locator("[data-draft]")
    expect(line.locator(".as-typed")).to_have_text(FIRST)
    line.get_by_role("button", name="Đã chép lại, cất đi").click()
    expect(line).to_have_count(0)
    assert kept(hoa.page) == 0


def test_a_text_that_is_too_long_is_refused_beside_the_field_and_stays_there(
    remark: Remark, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa")
    hoa.expected = ("422",)
    form = desk(hoa, remark)
    hoa.types("Góp ý vào dự thảo", "Ý " * 50_000)
    expect(hoa.state_of(form)).to_contain_text("Đoạn này dài 99.999 ký tự, quá 60.000.")
    assert words_of(remark) == ""
    assert len(hoa.field("Góp ý vào dự thảo").input_value()) == 100_000
    hoa.types("Góp ý vào dự thảo", FIRST)
    hoa.saved(form)
    assert words_of(remark) == FIRST


def test_signing_out_and_a_new_password_turn_the_key_and_lose_no_word(
    cast: Cast, remark: Remark, sit_down: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits unsent is there again; the key of before opens nothing that is written later; no name is readable.

    It is the server that takes nothing: a request that a closing page still sends slips past what the browser is told.
    """
    monkeypatch.setattr("members.saving.views.save_text", Mock(side_effect=OperationalError("the disk is full")))
    hoa = sit_down("hoa")
    hoa.context.clear_cookies()
    hoa.signs_in("hoa")
    hoa.expected = ("50", "net::")
    desk(hoa, remark)
    hoa.types("Góp ý vào dự thảo", FIRST)
    while kept(hoa.page) == 0:
        hoa.page.wait_for_timeout(20)
    assert re.fullmatch(r"[\d.]+\|[\d.]+", hoa.page.evaluate(NAMES))
    key = "document.querySelector('meta[name=draft-key]').content.split(' ')[0]"
    before = hoa.page.evaluate(key)
    hoa.page.on("dialog", lambda dialog: dialog.accept())
    hoa.goes_to("/account/")
    hoa.page.get_by_role("button", name="Đăng xuất").click()
    people.set_password(cast.account(cast.hoa), password=PASSWORD, by=None, at=at("2026-12-03 19:40"))
    hoa.signs_in("hoa")
    page = desk(hoa, remark) and hoa.page
    assert (kept(page), page.evaluate(key) == before) == (1, False)
    assert FIRST in page.evaluate("window.chibo.drafts.all().then(found => found.map(one => one.text).join())")
    assert words_of(remark) == ""
