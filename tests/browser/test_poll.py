"""A vote in the room: the desk opens it, a phone says and changes, hands are counted, the minutes have the result."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

from meetings.actions import evening, polls
from meetings.models import Voice, Vote
from tests.browser.looked import complaints, misfits
from tests.factories import at
from tests.meetings.polling import again, hands, open_one, who

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import Meeting
    from tests.browser.person import Person
    from tests.conftest import Cast

QUESTION = "Thông qua chương trình công tác quý I"

# A press on its way while the vote is closed: the page itself hears of the closing at once.
PRESSED = "button => ({ to: button.formAction, body: new URLSearchParams(new FormData(button.form, button)) })"
ARRIVES = "({ to, body }) => fetch(to, { method: 'POST', body }).then(answer => answer.text())"


def test_a_vote_from_the_desk_through_a_phone_to_the_minutes(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    item = opened.items.get(step="conclusion")
    evening.start_item(item, by=cast.account(cast.hoa), at=at("2026-12-03 19:20"))
    hoa, lan = sit_down("hoa"), sit_down("lan", width=360)
    hoa.expected = ("422",)
    desk, room = f"/items/{item.pk}/desk/", f"/meetings/{opened.pk}/"

    hoa.goes_to(desk)
    hoa.presses("Mở biểu quyết trong phòng")
    assert complaints(hoa.page) + misfits(hoa.page) == []
    hoa.types("Nội dung biểu quyết", QUESTION)
    hoa.presses("Mở biểu quyết")
    hoa.sees("Đã có 0/3 ý kiến")

    lan.goes_to(room)
    lan.sees("Đổi được đến khi chốt.")
    asked: list[tuple[str, str]] = []
    lan.page.on("request", lambda request: asked.append((request.method, urlsplit(request.url).path)))
    lan.presses("Không tán thành")
    lan.sees("Đã ghi ý kiến của đồng chí; đổi được đến khi chốt.")
    assert [method for method, _ in asked][:1] == ["POST"]
    assert ("GET", room) not in asked  # its words are all that comes, and no page
    expect(lan.button("Không tán thành")).to_have_attribute("aria-pressed", "true")
    lan.presses("Tán thành")
    expect(lan.button("Tán thành")).to_have_attribute("aria-pressed", "true")
    lan.page.reload()
    expect(lan.button("Tán thành")).to_have_attribute("aria-pressed", "true")
    assert complaints(lan.page) + misfits(lan.page) == []

    hoa.goes_to(desk)
    hoa.sees("Đã có 1/3 ý kiến")
    hoa.presses("Đếm giơ tay, ghi thay")
    assert complaints(hoa.page) + misfits(hoa.page) == []
    hoa.types("Tán thành", "9")
    hoa.presses("Ghi số giơ tay")
    hoa.sees("cộng lại là 10, nhiều hơn 3")
    expect(hoa.field("Tán thành")).to_have_value("9")
    hoa.types("Tán thành", "1")
    hoa.presses("Ghi số giơ tay")
    hoa.sees("Đã có 2/3 ý kiến: trên máy và ghi thay 1, giơ tay 1.")
    hoa.chooses("Đồng chí", "Đỗ Văn Sơn")
    hoa.presses("Ý kiến khác")
    hoa.sees("Đã có 3/3 ý kiến")
    pressed = lan.button("Không tán thành").evaluate_handle(PRESSED)
    hoa.presses("Chốt biểu quyết")

    assert "Biểu quyết này đã chốt nên chưa ghi gì." in pressed.evaluate(ARRIVES)
    hoa.presses("Công bố kết quả")
    hoa.sees("2–0–1, Được thông qua")
    lan.goes_to(room)
    lan.sees("Được thông qua")
    assert (Vote.objects.get().in_favour, Voice.objects.count()) == (2, 0)

    hoa.goes_to(f"/items/{item.pk}/ballots/")
    assert complaints(hoa.page) + misfits(hoa.page) == []
    hoa.goes_to(f"/meetings/{opened.pk}/minutes/")
    hoa.sees(f"Biểu quyết (công khai: ghi trên máy 02, giơ tay 01): {QUESTION}. Tính trên 03 đảng viên chính thức")


def test_on_a_phone_the_result_stands_where_it_was_published(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    item = opened.items.get(step="conclusion")
    evening.start_item(item, by=cast.account(cast.hoa), at=at("2026-12-03 19:20"))
    poll = open_one(cast, opened)
    hands(cast, poll, against=2)
    polls.close_poll(again(poll), **who(cast))
    hoa = sit_down("hoa", width=390)
    hoa.goes_to(f"/items/{item.pk}/desk/")
    hoa.page.get_by_role("link", name="Trong phòng").click()
    hoa.presses("Công bố kết quả")
    expect(hoa.page.locator("#panel-votes").get_by_text("Không được thông qua")).to_be_in_viewport()
    assert hoa.page.url.endswith("/desk/#panel-votes")
    hoa.presses(hoa.page.locator("#panel-votes").get_by_role("link", name=poll.question))
    expect(hoa.page.locator("#votes article")).to_be_in_viewport()


SAID = "Đã ghi ý kiến của đồng chí; đổi được đến khi chốt."
STIRRED = """() => { window.heard = []; new MutationObserver((all) => { for (const one of all) for (const node of one.addedNodes)
    if (node.textContent.trim()) window.heard.push(node.textContent.trim()); })
    .observe(document.body, { childList: true, subtree: true }); }"""
EDGES = "one => [one.getBoundingClientRect().top, one.getBoundingClientRect().bottom]"
# Again where the panel was exchanged meanwhile: the page's head is out of sight, the button is not.
SCROLLED = """([name, block]) => {
  const button = [...document.querySelectorAll('button[name=choice]')].find((one) => one.textContent === name);
  button.scrollIntoView({ block });
  const { top, bottom } = button.getBoundingClientRect();
  return document.querySelector('h1').getBoundingClientRect().bottom < 0 && top < innerHeight && [top, bottom];
}"""


def a_vote_far_down(cast: Cast, meeting: Meeting) -> None:
    """A phone whose buttons lie below the head of the page."""
    item = meeting.items.get(step="conclusion")
    item.title = "Kết luận của chi bộ về nhiều việc phải làm trong quý tới. " * 5
    item.save()
    evening.start_item(item, by=cast.account(cast.hoa), at=at("2026-12-03 19:20"))
    open_one(cast, meeting)


def test_what_a_press_came_to_is_in_sight_where_it_was_pressed_and_moves_no_button(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    a_vote_far_down(cast, opened)
    lan = sit_down("lan", width=360)
    page = lan.goes_to(f"/meetings/{opened.pk}/")
    page.set_viewport_size({"width": 360, "height": 600})
    page.evaluate(STIRRED)
    for name, place, side in (("Tán thành", "end", "above"), ("Không tán thành", "start", "below")):
        button = lan.button(name)
        before = page.wait_for_function(SCROLLED, arg=[name, place]).json_value()
        lan.presses(button)
        said = page.get_by_text(SAID)
        expect(said).to_be_in_viewport(ratio=1)
        expect(said).to_have_count(1)
        expect(page.locator(".panel-vote")).to_contain_text("Đã có 1/3 ý kiến.")
        expect(page.locator("[data-live-answer]")).to_have_attribute("data-live-answer", side)
        words, (top, bottom) = said.bounding_box(), button.evaluate(EDGES)
        assert [top, bottom] == before
        assert words["y"] + words["height"] <= top or words["y"] >= bottom
        assert page.evaluate("window.heard.splice(0).filter(words => words.includes('Đã ghi ý kiến')).length") == 1
        expect(page.locator("[data-live-answer]")).to_have_attribute("role", "status")
        said.click()
        expect(said).to_have_count(0)
    assert complaints(page) + misfits(page) == []
    lan.presses("Không tán thành")  # whoever is not sure presses again
    expect(page.get_by_text("Ý kiến này đã được ghi rồi; đổi được đến khi chốt.")).to_be_in_viewport(ratio=1)


def test_without_script_it_is_in_sight_too(cast: Cast, opened: Meeting, sit_down: Callable[..., Person]) -> None:
    a_vote_far_down(cast, opened)
    lan = sit_down("lan", width=360, script=False)
    page = lan.goes_to(f"/meetings/{opened.pk}/")
    page.set_viewport_size({"width": 360, "height": 600})
    lan.button("Tán thành").click()
    expect(page.get_by_text(SAID)).to_be_in_viewport(ratio=1)
    expect(lan.button("Tán thành")).to_be_in_viewport(ratio=1)
