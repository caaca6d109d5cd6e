"""A year's review as people live it: Hoa writes on her phone, another without script, Tuấn reads, Hoa sees who read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from critique.course import actions as committee
from critique.writing import content
from critique.writing.models import ReadingLog, SelfReview
from members.saving.actions import save_text
from tests.browser.person import CUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from critique.cycle.models import Cycle
    from members.models import Member
    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

SECRET = "Có lúc còn nể nang, chưa thẳng thắn góp ý với đồng nghiệp."


@pytest.fixture
def cycle(cast: Cast) -> Cycle:
    today, lan = timezone.localdate(), cast.account(cast.lan)
    days = {"due_on": today + timedelta(days=10), "meets_on": today + timedelta(days=20)}
    who = {"by": lan, "at": timezone.now()}
    made = committee.plan_cycle(cast.cell, year=today.year, basis="366-QĐ/TW", place="", **days, **who)
    committee.take_step(made, move_name="open", **who)
    return made


def review_of(member: Member) -> SelfReview:
    found: SelfReview = SelfReview.objects.with_people().get(participant__member=member)
    return found


def step_of(person: Person, member: Member, name: str) -> str:
    """Goes to one step of the form; gives the name of its form on the page."""
    review = review_of(member)
    person.goes_to(f"/self-reviews/{review.pk}/write/{name}/")
    return f"review-{name}-{review.pk}"


def goes_on(person: Person, button: str = "Sang phần sau", steps: int = 1) -> None:
    """To the step so many pages further on, each with one click."""
    for _ in range(steps):
        heading = person.page.locator("h1").inner_text()
        person.presses(button)
        expect(person.page.locator("h1")).not_to_have_text(heading)


def test_a_member_finishes_a_form_on_a_phone_and_sees_who_has_read_it(
    cast: Cast, cycle: Cycle, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa", width=360)
    hoa.goes_to("/")
    hoa.presses(hoa.page.get_by_role("link", name="Viết bản kiểm điểm"))
    hoa.types("Đơn vị công tác", "Văn phòng")
    hoa.types("Phẩm chất, đạo đức, lối sống, kỷ luật, nêu gương", "Giữ gìn đoàn kết, chấp hành kỷ luật.")
    hoa.types("Kết quả nhiệm vụ trong năm", "Hoàn thành 12 báo cáo tháng đúng hạn.")
    hoa.types("Thực hiện cam kết tu dưỡng, rèn luyện, phấn đấu", "Giữ được năm điều đã cam kết.")
    goes_on(hoa)
    hoa.types("Hạn chế, khuyết điểm", SECRET)
    hoa.types("Nguyên nhân", "Ngại va chạm")
    hoa.types("Biện pháp khắc phục", "Mỗi buổi họp góp ý ít nhất một việc")
    hoa.types("Thời hạn", "31/3/2027")
    goes_on(hoa, steps=4)
    hoa.types("Nhiệm vụ", "Báo cáo tháng")
    hoa.chooses("Kết quả", "hoàn thành")
    goes_on(hoa)
    hoa.types("Nhóm tiêu chí chung (0 đến 30 điểm)", "27,5")
    hoa.types("Nhóm tiêu chí về kết quả thực hiện nhiệm vụ (0 đến 70 điểm)", "60")
    hoa.chooses("Mức tự đề xuất", "Hoàn thành tốt nhiệm vụ")
    goes_on(hoa, "Xem lại và nộp")
    hoa.sees("Điều kiện của mức “Hoàn thành tốt nhiệm vụ”")
    hoa.presses("Nộp bản kiểm điểm")
    hoa.sees("Đã nộp bản kiểm điểm.")
    texts = content.texts_of(review_of(cast.hoa))
    (row,) = texts["A.II"]
    assert (row["shortcoming"], row["due"]) == (SECRET, "2027-03-31")  # type: ignore[index]
    assert (texts["B.I.1"], texts["B.II"], texts["PL"][0]["result"]) == ("27.5", "good", "done")  # type: ignore[index]
    assert (hoa.clicks, hoa.fields) == (9, 13)

    lan = sit_down("lan")
    lan.goes_to(cycle.get_absolute_url())
    lan.presses("Mở thời gian đọc")
    tuan = sit_down("tuan", width=360)
    tuan.goes_to("/")
    tuan.presses(tuan.page.get_by_role("link", name="Đọc bản kiểm điểm"))
    tuan.presses("Đọc bản của đồng chí Nguyễn Thị Hoa")
    expect(tuan.page.locator("main")).not_to_contain_text(SECRET)
    tuan.presses("Mở đọc")
    tuan.sees(SECRET)
    tuan.sees("Bản để đồng chí Lê Anh Tuấn đọc")
    hoa.goes_to(f"/self-reviews/{review_of(cast.hoa).pk}/")
    hoa.sees("mở lần đầu")
    assert [line.reader for line in ReadingLog.objects.all()] == [cast.tuan]
    expect(hoa.page.get_by_text("Rút lại để sửa")).to_have_count(0)


def test_a_member_without_script_writes_and_submits(cast: Cast, cycle: Cycle, sit_down: Callable[..., Person]) -> None:
    hoa = sit_down("hoa", width=360, script=False)
    step_of(hoa, cast.hoa, "shortcomings")
    hoa.types("Hạn chế, khuyết điểm", SECRET)
    hoa.presses("Lưu, thêm dòng trống")
    hoa.page.locator("[name='A.II.1.shortcoming']").fill("Dòng thứ hai")
    goes_on(hoa, "Lưu, sang phần sau", steps=5)
    goes_on(hoa, "Lưu, xem lại")
    hoa.presses("Nộp bản kiểm điểm")
    hoa.sees("Đã nộp bản kiểm điểm.")
    rows = content.texts_of(review_of(cast.hoa))["A.II"]
    assert [row["shortcoming"] for row in rows] == [SECRET, "Dòng thứ hai"]  # type: ignore[index]


def test_a_phone_and_a_desk_fill_in_one_step_together(
    cast: Cast, cycle: Cycle, sit_down: Callable[..., Person]
) -> None:
    """Text and choices of different fields meet without a question; of one field, the person chooses."""
    phone, desk = sit_down("hoa", width=360), sit_down("hoa")
    phone.expected = desk.expected = ("409",)
    for person in (phone, desk):
        form = step_of(person, cast.hoa, "tasks")
    phone.types("Nhiệm vụ", "Báo cáo tháng")
    phone.chooses("Kết quả", "hoàn thành")
    phone.saved(form)
    desk.chooses("Tiến độ", "đúng hạn")
    desk.saved(form)
    row = content.texts_of(review_of(cast.hoa))["PL"][0]
    assert (row["task"], row["result"], row["pace"]) == ("Báo cáo tháng", "done", "on_time")  # type: ignore[index]
    desk.chooses("Kết quả", "vượt mức")
    desk.saved(form)
    phone.chooses("Kết quả", "không hoàn thành")
    phone.presses("Giữ bản trên máy này")
    phone.saved(form)
    assert content.texts_of(review_of(cast.hoa))["PL"][0]["result"] == "not_done"  # type: ignore[index]


def test_what_is_typed_without_a_network_is_saved_when_it_is_back(
    cast: Cast, cycle: Cycle, sit_down: Callable[..., Person]
) -> None:
    hoa = sit_down("hoa", width=360)
    hoa.expected = CUT
    form = step_of(hoa, cast.hoa, "shortcomings")
    hoa.context.set_offline(True)
    hoa.types("Hạn chế, khuyết điểm", SECRET)
    expect(hoa.state_of(form)).to_contain_text("Đang chờ mạng")
    kept = hoa.page.evaluate(
        """() => new Promise((done) => { const open = indexedDB.open("chibo", 1); open.onsuccess = () => {
          const all = open.result.transaction("drafts").objectStore("drafts").getAll();
          all.onsuccess = () => done(all.result.map((one) =>
            Object.values(one).map((part) => new TextDecoder().decode(part)).join(""))); }; })"""
    )
    assert (len(kept), SECRET[:10] in "".join(kept), "shortcoming" in "".join(kept)) == (1, False, False)
    hoa.context.set_offline(False)
    hoa.saved(form)
    (row,) = content.texts_of(review_of(cast.hoa))["A.II"]
    assert row["shortcoming"] == SECRET  # type: ignore[index]


def test_one_of_the_committee_types_a_form_from_paper(
    cast: Cast, cycle: Cycle, sit_down: Callable[..., Person]
) -> None:
    lan = sit_down("lan")
    lan.goes_to(cycle.get_absolute_url())
    lan.presses("Nhập từ bản giấy của đồng chí Đỗ Văn Sơn")
    lan.sees("Nhập từ bản giấy của đồng chí Đỗ Văn Sơn.")
    lan.types("Đơn vị công tác", "Nghỉ hưu")
    goes_on(lan, steps=6)
    goes_on(lan, "Xem lại và nộp")
    lan.presses("Nộp bản kiểm điểm")
    lan.goes_to(cycle.get_absolute_url())
    lan.sees("bản giấy, đồng chí Trần Thị Lan nhập")
    review = review_of(cast.son)
    assert (review.submitted_by, review.participant.typist) == (cast.account(cast.lan), cast.lan)


def test_a_double_click_submits_and_reads_once(cast: Cast, cycle: Cycle, sit_down: Callable[..., Person]) -> None:
    review, hoa = review_of(cast.hoa), sit_down("hoa")
    who = {"by": cast.account(cast.hoa), "at": timezone.now()}
    save_text("review-strengths", review, {"A.I.1": "Đoàn kết"}, base=0, **who)
    hoa.goes_to(f"/self-reviews/{review.pk}/")
    hoa.button("Nộp bản kiểm điểm").dblclick()
    hoa.sees("Đã nộp")
    lan = sit_down("lan")
    lan.goes_to(f"/self-reviews/{review.pk}/")
    lan.button("Mở đọc").dblclick()
    lan.sees("Đoàn kết")
    assert (review.copies.count(), ReadingLog.objects.count()) == (1, 1)
