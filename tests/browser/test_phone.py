"""A member's phone: one row of menu, their own part first, and panels that are exchanged under their fingers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from meetings.actions import evening, thematic
from meetings.lifecycle import State
from meetings.models import Meeting
from tests.factories import at, put_into
from tests.meetings.steps import close, seal

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Route

    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST_ROW = 64  # pixels
# Of a link without the room around its words.
WORDS = """(link) => {
  const range = document.createRange();
  range.selectNodeContents(link);
  const { top, bottom } = range.getBoundingClientRect();
  return [top, bottom];
}"""
LOW = 150  # pixels: an entry's name on four lines
SMALL = 600  # of a phone, what the browser leaves


def test_the_menu_is_one_row_and_opens_by_a_press_or_a_key(
    cast: Cast, called: Meeting, sit_down: Callable[..., Person]
) -> None:
    tuan = sit_down("tuan", width=360)
    page = tuan.goes_to("/")
    bar, menu = page.locator("header.top"), page.get_by_role("link", name="Nhiệm vụ", exact=True)
    assert bar.bounding_box()["height"] <= FIRST_ROW
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Các phần").press("Enter")
    expect(menu).to_be_visible()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Các phần").click()
    menu.click()
    expect(page).to_have_url(re.compile("/tasks/$"))


def test_an_opinion_is_written_beside_its_paragraph_and_leads_back_to_it(
    cast: Cast, called: Meeting, sit_down: Callable[..., Person]
) -> None:
    paper = called.paper
    paper.draft = "\n".join(f"Đoạn thứ {number}. " + "Chi bộ thống nhất. " * 8 for number in range(12))
    paper.save()
    thematic.share(paper, by=cast.account(cast.tuan), at=at("2026-11-26 08:00"))
    hoa = sit_down("hoa", width=360)
    page = hoa.goes_to(f"/meetings/{called.pk}/paper/")
    page.get_by_role("link", name="Góp ý đoạn 9", exact=True).click()
    passage = page.locator("#p8")
    expect(passage.get_by_label("Ý kiến góp ý")).to_be_in_viewport()
    expect(page.get_by_label("Ý kiến góp ý")).to_have_count(1)
    hoa.types("Ý kiến góp ý", "Nên nói rõ hơn.")
    passage.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_role("link", name="Góp ý đoạn 9", exact=True)).to_have_text("Góp ý (1)")
    expect(passage).to_be_in_viewport()
    assert called.opinions.get().paragraph == 8


def test_where_to_go_who_leads_and_what_to_read_stand_on_the_first_screen(
    cast: Cast, called: Meeting, sit_down: Callable[..., Person]
) -> None:
    """Tuấn has nothing to do about the meeting but come, Lan leads it; either way up a small phone."""
    paper = called.paper
    paper.draft = "Chi bộ thống nhất."
    paper.save()
    thematic.share(paper, by=cast.account(cast.tuan), at=at("2026-11-26 08:00"))
    for name in ("tuan", "lan"):
        page = sit_down(name, width=360).goes_to(f"/meetings/{called.pk}/")
        page.set_viewport_size({"width": 360, "height": SMALL})
        for words in ("thứ Năm, 03/12/2026, 19:00", "Hội trường cơ quan", "đồng chí Trần Thị Lan"):
            expect(page.get_by_text(words).first).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("link", name="Đọc và góp ý")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("state", "words"),
    [(State.OPEN, "Vào bàn thư ký"), (State.CLOSED, "Xác nhận biên bản"), (State.SEALED, "Xem biên bản")],
)
def test_from_the_opening_on_what_there_is_to_do_stands_under_the_title(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person], state: State, words: str
) -> None:
    Meeting.objects.filter(pk=opened.pk).update(purpose="Một dòng.\n" * 12)
    put_into(state, pk=opened.pk)
    page = sit_down("lan", width=360).goes_to(f"/meetings/{opened.pk}/")
    page.set_viewport_size({"width": 360, "height": SMALL})
    expect(page.get_by_role("link", name=words)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name=words)).to_have_count(1)


def test_once_everybody_is_marked_the_way_on_is_in_sight_however_long_the_roll(
    cast: Cast, called: Meeting, sit_down: Callable[..., Person]
) -> None:
    evening.open_meeting(called, early=True, by=cast.account(cast.lan), at=at("2026-12-03 19:02"))
    lan = sit_down("lan", width=360)
    page = lan.goes_to(f"/meetings/{called.pk}/room/")
    page.set_viewport_size({"width": 360, "height": SMALL})
    lan.presses("Tất cả có mặt")
    expect(page.get_by_role("button", name="Vào nội dung đầu tiên")).to_be_in_viewport(ratio=1)
    lan.presses("Vào nội dung đầu tiên")
    lan.sees("Tình hình đóng đảng phí")


def test_a_paper_is_read_before_it_is_printed(cast: Cast, opened: Meeting, sit_down: Callable[..., Person]) -> None:
    """Its files are one quiet row."""
    put_into(State.CLOSED, pk=opened.pk)
    tuan = sit_down("tuan", width=360)
    for path in ("notice", "minutes"):
        page = tuan.goes_to(f"/meetings/{opened.pk}/{path}/")
        page.set_viewport_size({"width": 360, "height": SMALL})
        files = page.locator(".as-files").first.get_by_role("link")
        heights = {round(one.bounding_box()["y"]) for one in files.all()}
        assert (files.count(), len(heights), page.locator(".page-head :is(.btn-main, .btn-quiet)").count()) == (2, 1, 0)
        expect(page.locator(".paper").get_by_text("ĐẢNG CỘNG SẢN VIỆT NAM")).to_be_in_viewport(ratio=1)


def test_the_account_says_what_there_is_and_asks_for_a_password_only_where_one_goes_in(
    cast: Cast, sit_down: Callable[..., Person]
) -> None:
    """Whoever has no recovery codes finds these open; what came back with something wrong is open, too."""
    hoa = sit_down("hoa", width=360)
    hoa.expected = ("422",)
    page = hoa.goes_to("/account/")
    asked = page.get_by_label("Mật khẩu đang dùng").locator("visible=true")
    expect(asked).to_have_count(1)
    expect(page.locator("#recovery").get_by_label("Mật khẩu đang dùng")).to_be_visible()
    hoa.unfolds("Đổi mật khẩu")
    expect(asked).to_have_count(2)
    change = page.locator("form", has=page.get_by_role("button", name="Đổi mật khẩu"))
    change.get_by_label("Mật khẩu đang dùng").fill("không phải mật khẩu này")
    change.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.locator(".is-invalid").first).to_be_focused()
    expect(change.get_by_label("Mật khẩu đang dùng")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(asked).to_have_count(3)


def test_the_book_lists_its_entries_shortly_and_opens_their_codes_at_once(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    seal(cast, close(cast, opened))
    lan = sit_down("lan", width=360)
    page = lan.goes_to(f"/cells/{cast.cell.pk}/book/")
    entries = page.locator("#entries tbody tr")
    code = entries.locator("td.as-code")
    expect(code.first).to_be_hidden()
    assert entries.first.bounding_box()["height"] < LOW
    lan.unfolds("Giờ ghi, mã của từng mục")
    expect(code.first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    lan.goes_to(f"/cells/{cast.cell.pk}/book/")
    expect(code.first).to_be_visible()


def test_the_way_to_an_opinion_stands_nearer_to_its_own_paragraph(
    cast: Cast, called: Meeting, sit_down: Callable[..., Person]
) -> None:
    paper = called.paper
    paper.draft = "Đoạn một.\nĐoạn hai.\nĐoạn ba."
    paper.save()
    thematic.share(paper, by=cast.account(cast.tuan), at=at("2026-11-26 08:00"))
    page = sit_down("tuan", width=360).goes_to(f"/meetings/{called.pk}/paper/")
    own, following = page.get_by_text("Đoạn một.", exact=True), page.get_by_text("Đoạn hai.", exact=True)
    link = page.get_by_role("link", name="Góp ý đoạn 1", exact=True)
    top, bottom = link.evaluate(WORDS)
    box, after = own.bounding_box(), following.bounding_box()
    assert (top - (box["y"] + box["height"])) * 2 < after["y"] - bottom


def test_a_panel_is_exchanged_under_the_fingers_and_says_what_concerns_its_owner(
    cast: Cast, opened: Meeting, sit_down: Callable[..., Person]
) -> None:
    """The door's answer is made up here: whatever panel there will be keeps focus and words, has a token and a key."""
    row = opened.attendances.get(member=cast.tuan)
    form = (
        '<label>Lý do <input name="why" form="pocket"></label>'
        '<button form="pocket" formaction="/sent/" name="do" value="ask">Xin phát biểu</button>'
    )
    turn = f'<p data-person="{row.pk}" data-mine="Đồng chí là người tiếp theo." {{}}>Tiếp theo: Lê Anh Tuấn.</p>'
    state: dict[str, Any] = {"v": 90, "turn": ""}
    sent: list[str] = []

    def door(route: Route) -> None:
        panels = {"now": form + f"<p>Lần {state['v']}</p>", "next": state["turn"]}
        route.fulfill(json={"v": state["v"], "panels": panels, "ticket": "", "now": 0})

    tuan = sit_down("tuan", width=360, clock=True)
    tuan.page.route("**/live/pocket/**", door)
    tuan.page.route("**/sent/", lambda route: (sent.append(route.request.post_data), route.fulfill(body="<p>"))[1])
    page = tuan.goes_to(f"/meetings/{opened.pk}/pocket/")
    expect(page.get_by_text("Lần 90")).to_be_visible()
    page.get_by_label("Lý do").fill("Bổ sung")
    page.get_by_label("Lý do").focus()
    state |= {"v": 91, "turn": turn.format('data-announce-mine="Sắp đến lượt đồng chí."')}
    page.clock.fast_forward(5_000)
    expect(page.get_by_text("Lần 91")).to_be_visible()
    expect(page.get_by_label("Lý do")).to_have_value("Bổ sung")
    expect(page.get_by_label("Lý do")).to_be_focused()
    expect(page.locator(".is-mine")).to_have_text("Đồng chí là người tiếp theo.")
    expect(page.locator("[data-live-said]")).to_have_text("Sắp đến lượt đồng chí.")
    with page.expect_response("**/sent/"):
        page.get_by_role("button", name="Xin phát biểu").click()
    assert [all(piece in one for piece in ("csrfmiddlewaretoken=", "key=", "do=ask", "why=")) for one in sent] == [True]
