"""A year's programme is made in front of a browser: how many clicks, how long; and two people at it at once."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from meetings.models import Kind, Meeting, Programme
from tests.browser.looked import WIDER
from tests.browser.test_screens import wrong_with
from tests.factories import NOW
from tests.meetings.test_programme import lay_out
from tests.world_shelf import keep_topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

TWO_MINUTES = 120
LOW = 96  # pixels: a field, a line below it, and the room around them
TOPICS = {
    2: "Nâng cao chất lượng tự phê bình và phê bình",
    5: "Chống lãng phí trong cơ quan",
    8: "Chuyển đổi số trong sinh hoạt chi bộ",
    11: "Trách nhiệm nêu gương của đảng viên",
}


def label(words: str, month: int, kind: str = "chuyên đề") -> str:
    return f"{words}: sinh hoạt {kind} tháng {month}"


def ask(cast: Cast, month: int | None, text: str) -> None:
    keep_topic(cast.ward, cast.phuc, NOW, month=month, text=text)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_year_is_planned_in_under_two_minutes(cast: Cast, sit_down: Callable[..., Person], script: bool) -> None:
    ask(cast, None, "Học tập Điều lệ Đảng")
    lan = sit_down("lan", script=script)
    lan.goes_to(f"/cells/{cast.cell.pk}/programme/2027/")
    start = monotonic()
    lan.types("Ngày sinh hoạt thường kỳ hằng tháng", "5")
    lan.types("Ngày sinh hoạt chuyên đề", "20")
    lan.types("Giờ thường lệ", "19:00")
    lan.types("Địa điểm thường lệ", "Hội trường cơ quan")
    lan.presses("Lập chương trình năm 2027")
    for month, topic in TOPICS.items():
        lan.types(label("Nội dung trọng tâm, chuyên đề", month), topic)
        lan.chooses(label("Chuẩn bị", month), "Nguyễn Thị Hoa")
    lan.presses("Xếp lượt vào chỗ trống")
    expect(lan.field(label("Trình bày", 1, "thường kỳ"))).not_to_have_value("")
    lan.types(label("Ngày", 2, "thường kỳ"), "2027-02-08")
    lan.presses("Lưu chương trình")
    expect(lan.page.locator("#messages")).to_contain_text("Đã lưu chương trình.")
    seconds = monotonic() - start
    print(f"year: {lan.clicks} clicks, {lan.fields} fields, {seconds:.1f} s")
    lines = list(Programme.objects.get().lines.all())
    assert (lan.clicks, lan.fields, seconds < TWO_MINUTES) == (3, 13, True)
    assert (len(lines), [line for line in lines if line.day is None or line.presenter_id is None]) == (16, [])
    assert {line.month: line.topic for line in lines if line.kind == Kind.THEMATIC} == TOPICS
    # what is asked from above without a month is put into one, and becomes a meeting of its own
    lan.page.get_by_label("Tháng cho: Học tập Điều lệ Đảng").select_option(label="Tháng 9")
    lan.presses("Xếp vào tháng")
    expect(lan.field(label("Nội dung trọng tâm, chuyên đề", 9))).to_have_value("Học tập Điều lệ Đảng")
    # and from a line the meeting is one click away
    lan.presses("Lập kế hoạch buổi họp: sinh hoạt chuyên đề tháng 5")
    lan.sees("Chống lãng phí trong cơ quan")
    lan.sees("thứ Năm, 20/05/2027, 19:00")
    assert Meeting.objects.get().paper.author == cast.hoa


def test_the_key_for_a_new_line_saves_and_plans_nothing(cast: Cast, sit_down: Callable[..., Person]) -> None:
    lay_out(cast)
    lan = sit_down("lan")
    lan.goes_to(f"/cells/{cast.cell.pk}/programme/2027/")
    field = lan.field(label("Nội dung trọng tâm, chuyên đề", 2))
    field.fill("Nêu gương")
    field.press("Enter")
    expect(lan.page.locator("#messages")).to_contain_text("Đã lưu chương trình.")
    assert (Meeting.objects.count(), Programme.objects.get().lines.get(month=2, kind="thematic").topic) == (
        0,
        "Nêu gương",
    )


def test_two_people_at_one_programme_keep_what_both_have_typed(cast: Cast, sit_down: Callable[..., Person]) -> None:
    lay_out(cast)
    pair = first, second = sit_down("lan"), sit_down("lan")
    second.expected = ("409",)
    for person in pair:
        person.goes_to(f"/cells/{cast.cell.pk}/programme/2027/")
    words = label("Nội dung trọng tâm, chuyên đề", 2)
    first.types(words, "Nêu gương")
    first.presses("Lưu chương trình")
    second.types(words, "Chống lãng phí")
    second.presses("Lưu chương trình")
    second.sees("Chương trình chưa được lưu: đồng chí Trần Thị Lan vừa lưu lúc")
    second.sees("Bản đang lưu: Nêu gương")
    expect(second.field(words)).to_have_value("Chống lãng phí")
    second.presses("Lưu chương trình")
    expect(second.page.locator("#messages")).to_contain_text("Đã lưu chương trình.")
    assert Programme.objects.get().lines.get(month=2, kind="thematic").topic == "Chống lãng phí"


def test_a_meeting_of_the_year_is_one_low_row_that_says_its_weekday(
    cast: Cast, sit_down: Callable[..., Person]
) -> None:
    """Sixteen of them stand on less than two screens of 800 pixels; the date stands in the field already."""
    lay_out(cast)
    lan = sit_down("lan")
    page = lan.goes_to(f"/cells/{cast.cell.pk}/programme/2027/")
    rows = page.locator(".year-table tbody tr")
    assert [rows.nth(0).bounding_box()["height"] <= LOW, rows.count()] == [True, 16]
    line = rows.nth(0).locator(".day-line")
    expect(line).to_have_text("thứ BaLịch")
    expect(line.get_by_role("button", name="Chọn trên lịch")).to_be_visible()
    lan.types(label("Ngày", 1, "thường kỳ"), "31/02/2027")
    page.keyboard.press("Tab")
    expect(line).to_contain_text("Chưa đọc được ngày này.")


def test_the_screens_of_the_year_fit_and_can_be_pressed(cast: Cast, sit_down: Callable[..., Person]) -> None:
    lay_out(cast)
    for month, text in ((None, "Học tập Điều lệ Đảng"), (5, "Chống lãng phí"), (3, "Chuyển đổi số")):
        ask(cast, month, text)
    cell = cast.cell.pk
    screens = [
        ("lan", f"/cells/{cell}/programme/2027/"),
        ("lan", f"/cells/{cell}/programme/2028/"),
        ("hoa", f"/cells/{cell}/programme/2027/"),
        ("hoa", f"/cells/{cell}/programme/2028/"),
        ("hoa", f"/cells/{cell}/calendar/?nam=2027"),
        ("lan", f"/programmes/{Programme.objects.get().pk}/paper/"),
        ("phuc", f"/committees/{cast.ward.pk}/errands/"),
        ("lan", f"/cells/{cell}/matters/"),
        ("lan", f"/cells/{cell}/meeting-day/"),
    ]
    assert wrong_with(screens, sit_down) == {}
    page = sit_down("lan").goes_to(f"/cells/{cell}/programme/2027/")
    for width in (640, 820, 1024, 1199):  # a tablet, and 200 % on a small screen
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(WIDER) <= 0, width


ALL_IN_SIGHT = "one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_whole_topic_is_in_sight_where_it_is_typed_and_stays_one_line(
    cast: Cast, sit_down: Callable[..., Person], width: int
) -> None:
    lay_out(cast)
    topic = "Nâng cao chất lượng tham mưu, giữ kỷ luật, kỷ cương hành chính và đạo đức công vụ của đảng viên"
    line = Programme.objects.get().lines.get(month=2, kind="thematic")
    line.topic = topic
    line.save()
    lan = sit_down("lan", width=width)
    lan.goes_to(f"/cells/{cast.cell.pk}/programme/2027/")
    if width == 360:
        lan.unfolds(topic)
    field = lan.field(label("Nội dung trọng tâm, chuyên đề", 2))
    assert field.evaluate(ALL_IN_SIGHT)
    before = field.bounding_box()["height"]
    field.fill(f"{topic},\n" + "gắn với cải cách hành chính và chuyển đổi số ở cơ quan trong những năm tới")
    assert field.evaluate(ALL_IN_SIGHT)
    assert field.bounding_box()["height"] > before
    lan.presses("Lưu chương trình")
    line.refresh_from_db()
    assert line.topic == f"{topic}, gắn với cải cách hành chính và chuyển đổi số ở cơ quan trong những năm tới"
