"""A year's review of a cell of nine, whole: from the plan to the promise that is back on the next meeting's page."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from critique.cycle.models import Cycle, Participant
from critique.hearing.actions import hearing
from critique.hearing.models import Hearing
from critique.hearing.seats import turns_of
from critique.remedies.models import RemedyCheck
from critique.writing import actions as writing
from critique.writing.models import SelfReview
from meetings.actions import planning
from meetings.models import Meeting
from members.models import TenureKind, User
from members.saving.actions import save_text
from tests.factories import make_member

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import Member
    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

FAULT = "Ba lần nộp báo cáo tháng chậm, cả phòng phải chờ."
MEASURE = "Gửi bản nháp trước ngày 25 hằng tháng."
SAID = "Đồng chí Hoa nên báo sớm khi biết sẽ chậm."
REPLY = "Tôi nhận, từ tháng tới báo trước hai ngày."
DUTY = "Báo cáo tháng đúng hạn, báo trước khi có vướng mắc."
WORDS = (FAULT, MEASURE, SAID, REPLY, DUTY)
OTHERS = {
    "binh": ("Vũ Thái Bình", TenureKind.COMMITTEE_MEMBER),
    "nam": ("Đặng Hoài Nam", None),
    "yen": ("Lý Thị Yến", None),
    "loc": ("Cao Phúc Lộc", None),
}


@pytest.fixture
def people(cast: Cast) -> dict[str, Member]:
    """Lan leads, Bình is on the committee; Sơn and Quý hand in on paper; nine in all."""
    made = {name: make_member(cast.cell, full, post=post, username=name) for name, (full, post) in OTHERS.items()}
    quy = make_member(cast.cell, "Hồ Văn Quý", has_device=False)
    return {"lan": cast.lan, "hoa": cast.hoa, "tuan": cast.tuan, "son": cast.son, "quy": quy, **made}


def account(member: Member) -> User:
    return User.objects.select_related("member").get(member=member)


def now(member: Member) -> dict[str, Any]:
    return {"by": account(member), "at": timezone.now()}


def review_of(member: Member) -> SelfReview:
    found: SelfReview = SelfReview.objects.with_people().get(participant__member=member)
    return found


def test_nine_people_go_through_a_year_of_self_criticism(
    cast: Cast, people: dict[str, Member], sit_down: Callable[..., Person]
) -> None:
    lan = sit_down("lan")
    cycle = opens_the_review(lan, cast)
    hoa = sit_down("hoa", width=360)
    writes_her_own(hoa)
    enters_from_paper(lan, cycle, "Đỗ Văn Sơn")
    the_others_write(people)
    assert SelfReview.objects.filter(submitted_at__isnull=False).count() == 10  # nine and the collective's report

    lan.goes_to(cycle.get_absolute_url())
    lan.presses("Mở thời gian đọc")
    nam = sit_down("nam", width=360)
    reads_and_prepares(nam, cycle)
    conference = calls_the_conference(lan, cycle)
    considers_hoa(lan, hoa, people)
    the_others_are_considered(cycle, people)
    counts_the_ballot(lan, cycle)
    paper = closes_and_signs(lan, sit_down("binh"), conference, cycle)
    assert [words for words in (SAID, REPLY, DUTY, "Hoàn thành tốt nhiệm vụ") if words not in paper] == []
    nam.goes_to(f"/meetings/{conference.pk}/minutes/")
    nam.sees("ghi ở biên bản đầy đủ")
    expect(nam.page.locator("main")).not_to_contain_text(SAID)

    promises_come_back(lan, hoa, cycle, people)
    the_superior_decides(lan, hoa, sit_down("phuc"), cycle)
    assert found_in_the_database() == []


def opens_the_review(lan: Person, cast: Cast) -> Cycle:
    today = timezone.localdate()
    lan.goes_to(f"/cells/{cast.cell.pk}/critique/")
    lan.presses("Lập đợt kiểm điểm")
    lan.types("Hạn nộp bản kiểm điểm", today.isoformat())
    lan.types("Ngày họp kiểm điểm", today.isoformat())
    lan.types("Địa điểm họp", "Hội trường")
    lan.presses("Lưu đợt kiểm điểm")
    lan.presses("Mở đợt kiểm điểm")
    lan.sees("Đang viết bản kiểm điểm")
    return Cycle.objects.get()


def writes_her_own(hoa: Person) -> None:
    """Only what the rest of the year comes back to; the whole form is another journey."""
    hoa.goes_to("/")
    hoa.presses(hoa.page.get_by_role("link", name="Viết bản kiểm điểm"))
    hoa.presses("Sang phần sau")
    hoa.types("Hạn chế, khuyết điểm", FAULT)
    hoa.types("Nguyên nhân", "Để dồn việc đến cuối tháng.")
    hoa.types("Biện pháp khắc phục", MEASURE)
    hoa.types("Thời hạn", (timezone.localdate() + timedelta(days=90)).strftime("%d/%m/%Y"))
    for step in ("Khắc phục việc kỳ trước", "Giải trình, trách nhiệm", "Phương hướng khác", "Kết quả nhiệm vụ"):
        hoa.presses("Sang phần sau")
        expect(hoa.page.locator("h1")).to_have_text(step)
    hoa.presses("Sang phần sau")
    hoa.chooses("Mức tự đề xuất", "Hoàn thành tốt nhiệm vụ")
    hoa.presses("Xem lại và nộp")
    hoa.presses("Nộp bản kiểm điểm")
    hoa.sees("Đã nộp bản kiểm điểm.")


def enters_from_paper(lan: Person, cycle: Cycle, name: str) -> None:
    lan.goes_to(cycle.get_absolute_url())
    lan.presses(f"Nhập từ bản giấy của đồng chí {name}")
    lan.types("Đơn vị công tác", "Nghỉ hưu")
    form = lan.page.locator("form[data-write]").get_attribute("data-write") or ""
    lan.saved(form)
    lan.goes_to(lan.page.url.split("write/")[0])
    lan.presses("Nộp bản kiểm điểm")
    lan.sees("Đã nộp")


def the_others_write(people: dict[str, Member]) -> None:
    """The same clicks as Hoa's and Sơn's, and the collective's report."""
    for name in ("lan", "binh", "tuan", "nam", "yen", "loc"):
        _write(review_of(people[name]), people[name])
    row = Participant.objects.select_related("cycle__cell", "member").get(member=people["quy"])
    writing.begin_entering(row, **now(people["binh"]))
    _write(review_of(people["quy"]), people["binh"])
    report: SelfReview = SelfReview.objects.with_people().get(participant__member=None)
    _write(report, people["binh"])


def _write(review: SelfReview, typist: Member) -> None:
    save_text("review-strengths", review, {"A.I.1": "Giữ gìn đoàn kết."}, base=0, **now(typist))
    writing.submit(review, **now(typist))


def reads_and_prepares(nam: Person, cycle: Cycle) -> None:
    """Nam reads what Hoa has written, notes what he wants to say, and sends it under his name."""
    nam.goes_to(cycle.get_absolute_url())
    nam.presses("Đọc bản của đồng chí Nguyễn Thị Hoa")
    nam.presses("Mở đọc")
    nam.sees(FAULT)
    nam.goes_to(f"/critique/{cycle.pk}/notes/")
    nam.presses("Viết ghi chú về đồng chí Nguyễn Thị Hoa")
    nam.types("Đề nghị cụ thể", SAID)
    nam.presses("Gửi, đứng tên tôi")
    nam.sees("Đã gửi thư ký")


def calls_the_conference(lan: Person, cycle: Cycle) -> Meeting:
    lan.goes_to(cycle.get_absolute_url())
    lan.presses("Lập hội nghị kiểm điểm")
    lan.chooses("Thư ký (người ghi biên bản)", "Vũ Thái Bình")
    lan.presses("Lập hội nghị")
    lan.presses("Gửi thông báo")
    lan.presses("Khai mạc")
    lan.presses("Tất cả có mặt")
    return Meeting.objects.get(kind="conference")


def considers_hoa(lan: Person, hoa: Person, people: dict[str, Member]) -> None:
    """Nam's opinion is read out and recorded; Hoa answers on her phone, sees the conclusion, and it is closed."""
    row = Participant.objects.get(member=people["hoa"])
    lan.goes_to(f"/critique/{row.cycle_id}/hearings/")
    lan.presses("Bắt đầu xét đồng chí Nguyễn Thị Hoa")
    lan.presses(lan.page.get_by_role("button", name="Ghi vào biên bản"))
    lan.types("Việc phải sửa", DUTY)
    found = Hearing.objects.get(about=people["hoa"])
    lan.saved(f"hearing-conclusion-{found.pk}")

    hoa.goes_to("/")
    hoa.presses(hoa.page.get_by_role("link", name="Xem và trả lời ý kiến góp ý về mình"))
    hoa.sees(SAID)
    opinion = found.opinions.get()
    hoa.chooses("Tôi trả lời", "Tiếp thu")
    hoa.types("Lời trả lời", REPLY)
    hoa.saved(f"opinion-reply-{opinion.pk}")
    hoa.presses("Xác nhận đã xem")

    lan.goes_to(found.get_absolute_url())
    lan.presses("Khép lại phần này")
    lan.sees("Khép lại")
    found.refresh_from_db()
    assert found.closed_at is not None


def the_others_are_considered(cycle: Cycle, people: dict[str, Member]) -> None:
    """In the order of the conference: begun, concluded, seen by each of them, closed."""
    leaders = {people["lan"].pk: people["binh"]}
    for turn in turns_of(Cycle.objects.select_related("cell", "meeting").get(pk=cycle.pk)):
        member = turn.row.member
        if member == people["hoa"]:
            continue
        keeper = leaders.get(member.pk, people["lan"]) if member else people["lan"]
        row = Participant.objects.select_related("cycle__cell", "cycle__meeting", "member").get(pk=turn.row.pk)
        begun = hearing.begin(row, **now(keeper))
        held = Hearing.objects.with_people().get(pk=begun.pk)
        texts = {"merits": "Gương mẫu, đoàn kết.", "faults": "", "duties": "", "due": ""}
        save_text("hearing-conclusion", held, texts, base=0, **now(keeper))
        held = Hearing.objects.with_people().get(pk=begun.pk)
        way = "own" if member is None or User.objects.filter(member=member).exists() else "room"
        who = member if member is not None and way == "own" else people["binh"]
        hearing.confirm_seen(held, seen=held.said_rev, way=way, **now(who))
        hearing.close(Hearing.objects.with_people().get(pk=begun.pk), **now(keeper))


def counts_the_ballot(lan: Person, cycle: Cycle) -> None:
    lan.goes_to(f"/critique/{cycle.pk}/ballots/")
    lan.chooses("Tổ trưởng kiểm phiếu", "Cao Phúc Lộc")
    lan.page.get_by_label("Lý Thị Yến").check()
    lan.presses("Lập tổ kiểm phiếu")
    for label in ("Đảng viên chính thức có mặt", "Phiếu phát ra", "Phiếu thu về", "Phiếu hợp lệ"):
        lan.types(label, "8")
    lan.types("Phiếu không hợp lệ", "0")
    for row in Cycle.objects.get(pk=cycle.pk).participants.filter(writes=True).select_related("member"):
        lan.types(f"Hoàn thành tốt nhiệm vụ, {row}", "8")
    lan.presses("Lưu số phiếu")
    lan.presses("Xác nhận thay đồng chí Cao Phúc Lộc")
    lan.presses(lan.page.get_by_role("button", name="Xác nhận", exact=True))
    lan.sees("Đã xác nhận")


def closes_and_signs(lan: Person, binh: Person, conference: Meeting, cycle: Cycle) -> str:
    """What `pdftotext` reads of the full minutes. Nobody signs before the conference is said to be over."""
    lan.goes_to(f"/meetings/{conference.pk}/close/")
    begun = timezone.localtime() - timedelta(minutes=1)
    lan.types("Giờ khai mạc ghi vào biên bản", begun.strftime("%Y-%m-%dT%H:%M"))
    if (nothing := lan.page.get_by_label("Các dòng còn trống ở trên: ghi “chưa có”")).count():
        nothing.check()
    lan.presses("Kết thúc buổi họp")
    lan.goes_to(cycle.get_absolute_url())
    lan.unfolds("Đã họp kiểm điểm")
    lan.presses(lan.page.get_by_role("button", name="Đã họp kiểm điểm", exact=True))
    lan.goes_to(f"/meetings/{conference.pk}/minutes/")
    lan.presses("Tôi xác nhận")
    binh.goes_to(f"/meetings/{conference.pk}/minutes/")
    binh.presses("Tôi xác nhận")
    lan.goes_to(f"/meetings/{conference.pk}/minutes/")
    lan.sees("Đã ký biên bản")
    address = lan.page.get_by_role("link", name="Bản in (PDF)").first.get_attribute("href") or ""
    return as_text(lan.context.request.get(address).body())


def as_text(pdf: bytes) -> str:
    if shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
        return " ".join(told.stdout.decode().split())
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def promises_come_back(lan: Person, hoa: Person, cycle: Cycle, people: dict[str, Member]) -> None:
    """Hoa's promise goes into the register; on the page of a meeting five weeks later it is due to be looked at."""
    hoa.goes_to(cycle.get_absolute_url())
    hoa.presses("Đưa những điều đã hứa vào danh sách khắc phục")
    today = timezone.localdate()
    days = sorted(RemedyCheck.objects.filter(remedy__about=people["hoa"]).values_list("due_on", flat=True))
    assert days == [today + timedelta(days=number) for number in (30, 60, 90)]
    fields = {"topic": "", "chair": people["lan"], "minute_taker": people["hoa"], "purpose": "", "place": "Hội trường"}
    later = timezone.now() + timedelta(days=35)
    meeting = planning.plan_meeting(cycle.cell, kind="regular", starts_at=later, **fields, **now(people["lan"]))
    lan.goes_to(f"/meetings/{meeting.pk}/")
    lan.sees("Rà soát việc khắc phục hạn chế sau kiểm điểm: 1 việc đến hạn")


def the_superior_decides(lan: Person, hoa: Person, phuc: Person, cycle: Cycle) -> None:
    lan.goes_to(f"/critique/{cycle.pk}/levels/")
    lan.unfolds("Nộp lên cấp trên")
    lan.presses(lan.page.get_by_role("button", name="Nộp", exact=True))
    phuc.goes_to("/handed-up/")
    phuc.presses("Chi bộ Văn phòng")
    phuc.presses("Nguyễn Thị Hoa")
    phuc.page.locator("#decide_level").select_option(label="Hoàn thành tốt nhiệm vụ")
    phuc.types("Số, ký hiệu quyết định", "12-QĐ/ĐU")
    phuc.types("Ngày quyết định", timezone.localdate().isoformat())
    phuc.presses("Ghi quyết định")
    hoa.goes_to("/")
    hoa.presses(hoa.page.get_by_role("link", name="Đã có mức xếp loại của đồng chí"))
    hoa.sees("12-QĐ/ĐU")


def found_in_the_database() -> list[str]:
    """Which of the words somebody with a stolen copy of every table would read."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            held = str(cursor.fetchall())
            found |= {words for words in WORDS if words in held}
    return sorted(found)
