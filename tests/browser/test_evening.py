"""The evening of the article, by hand: from the plan to the sealed paper."""

from __future__ import annotations

import shutil
import subprocess
import time
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from chibo.demo import build, content
from meetings.models import Meeting
from tests.factories import PASSWORD, make_account, make_cell, make_committee, make_superior

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import Member
    from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_CLICKS = 45  # of secretary and minute-taker together, from the opening to the sealed minutes
MOST_LOADS = 12  # of whole pages, in the same time
A_MINUTE = 60
QUESTION = "Thông qua kết luận và phân công nhiệm vụ của buổi sinh hoạt chuyên đề"
ADDED = "Trao kỷ niệm chương cho đồng chí lâu năm"


@dataclass
class Cell:
    cast: dict[str, Member]
    today: date


@pytest.fixture
def cell(live_server: object) -> Cell:
    """The nine of the article, with last month's regular meeting behind them."""
    today = timezone.localdate()
    committee = make_committee("Đảng uỷ cơ quan")
    organisation = make_cell(committee)
    long_ago = timezone.now() - timedelta(days=60)
    cast = build._enter(organisation, content.PEOPLE, PASSWORD, long_ago, "")
    make_account(cast["hanh"], "hanh")
    stage = build.Stage(organisation, make_superior(committee), cast, today)
    build.hold_regular_meeting(stage, today - timedelta(days=38))
    return Cell(cast, today)


@pytest.mark.in_turn
def test_nine_people_hold_the_evening_of_the_article_from_the_plan_to_the_sealed_paper(
    cell: Cell, sit_down: Callable[..., Person]
) -> None:
    lead = sit_down()
    lead.signs_in("bithu")
    plan_the_meeting(lead)
    arrange_the_agenda(lead)
    author = sit_down("baocao")
    write_the_draft(author)
    lead.presses("Gửi thông báo")
    lead.sees("Đã thông báo")
    read_and_give_an_opinion(sit_down("dangvien", width=360))
    apologise(sit_down("hanh", width=360))
    lead.page.reload()
    lead.presses("Đồng ý cho đồng chí Ngô Thị Hạnh vắng")
    opened = timezone.localtime() - timedelta(minutes=110)
    clicks, loads = lead.clicks, lead.loads
    seconds = hold_the_roll_call(lead)
    record_the_items(lead, cell)
    closed = close_the_meeting(lead, opened.strftime("%Y-%m-%dT%H:%M"))
    writer = sit_down("thuky")
    writer.goes_to(lead.page.url)
    writer.presses("Tôi xác nhận")
    lead.page.reload()
    lead.presses("Tôi xác nhận")
    lead.sees("Đã ký biên bản")
    clicks, loads = lead.clicks - clicks + writer.clicks, lead.loads - loads + writer.loads
    paper = printed(lead)
    assert missing(paper, expected_words(closed)) == []
    complete_the_paper(author)
    used = f"{clicks} clicks, {loads} loads from the opening to the seal, roll call in {seconds:.1f} s"
    print(used)
    assert (clicks <= MOST_CLICKS, loads <= MOST_LOADS) == (True, True), used
    assert seconds < A_MINUTE, used


def plan_the_meeting(lead: Person) -> None:
    lead.presses(lead.page.get_by_role("link", name="Lập kế hoạch buổi sinh hoạt tới"))
    lead.presses("Sinh hoạt chuyên đề")
    lead.types("Thời gian bắt đầu", timezone.localtime().strftime("%Y-%m-%dT%H:%M"))
    lead.types("Địa điểm", content.PLACE)
    lead.chooses("Chủ trì", "Nguyễn Văn Thành")
    lead.chooses("Thư ký (người ghi biên bản)", "Phạm Thị Hoa")
    lead.types("Tên chuyên đề", content.TOPIC)
    lead.chooses("Người chuẩn bị, trình bày chuyên đề", "Võ Quốc Bình")
    lead.types("Mục đích, yêu cầu", content.PURPOSE)
    lead.presses("Lập kế hoạch")
    lead.sees("Đang chuẩn bị")


def agenda(lead: Person) -> list[str]:
    return [line.split(". ", 1)[1] for line in lead.page.locator("#agenda tbody th").all_inner_texts()]


def arrange_the_agenda(lead: Person) -> None:
    """Add a line of our own, and bring it up before the reading of the minutes."""
    steps = agenda(lead)
    lead.presses("Thêm nội dung")
    lead.types("Nội dung", ADDED)
    lead.types("Số phút", "5")
    lead.presses("Thêm vào chương trình")
    lead.presses(f"Đưa lên: {ADDED}")
    expect(lead.page.locator("#agenda tbody tr").last).to_contain_text(steps[-1])
    assert agenda(lead) == [*steps[:-1], ADDED, steps[-1]]


def write_the_draft(author: Person) -> None:
    author.goes_to("/")
    author.presses(author.page.get_by_role("link", name="Viết và gửi dự thảo chuyên đề"))
    author.types("Nội dung dự thảo", content.DRAFT)
    author.presses("Gửi đảng viên góp ý")
    author.sees("Đảng viên đọc và góp ý được từ khi gửi thông báo họp.")


def read_and_give_an_opinion(member: Person) -> None:
    member.goes_to("/")
    member.presses(member.page.get_by_role("link", name=f"Sinh hoạt chuyên đề: {content.TOPIC}", exact=True))
    member.presses("Xem và in thông báo")
    member.sees(content.TOPIC)
    member.presses("Về buổi họp")
    member.presses("Đọc và góp ý")
    _, paragraph, text, _, _ = content.OPINIONS[0]
    member.presses(f"Góp ý đoạn {paragraph + 1}")
    member.types("Ý kiến góp ý", text)
    member.presses("Gửi ý kiến")
    member.sees("Ý kiến góp ý (1)")


def apologise(member: Person) -> None:
    member.goes_to("/")
    member.presses(member.page.get_by_role("link", name=f"Sinh hoạt chuyên đề: {content.TOPIC}", exact=True))
    member.types("Lý do", "Đi công tác theo phân công của cơ quan")
    member.presses("Xin vắng mặt")
    member.sees("Đang chờ bí thư xem.")


def hold_the_roll_call(lead: Person) -> float:
    """Eight are here; Hạnh, who had apologised, comes after all."""
    begun = time.monotonic()
    lead.presses("Khai mạc")
    lead.presses("Những đồng chí còn lại đều có mặt")
    lead.sees("Có mặt 8/9")
    lead.presses("Đồng chí Ngô Thị Hạnh: Có mặt")
    lead.sees("Có mặt 9/9")
    lead.presses("Vào nội dung đầu tiên")
    return time.monotonic() - begun


def record_the_items(lead: Person, cell: Cell) -> None:
    meeting = Meeting.objects.latest("pk")
    notes = {"present_paper": content.PRESENTATION, "": "Trao một kỷ niệm chương."}
    conclusions = {"assess_topic": content.ASSESSMENT, "conclusion": content.CONCLUSION}
    for item in meeting.items.all():
        expect(lead.page.get_by_role("heading", name=item.title, exact=True)).to_be_visible()
        if item.step == "opening":
            lead.types("Tình hình đóng đảng phí", content.DUES)
            lead.saved(f"meeting-{meeting.pk}")
        if item.step == "past_tasks":
            report_the_promises(lead)
        if item.step == "thematic_discussion":
            record_the_remarks(lead)
        if item.step in notes:
            lead.types("Nội dung trình bày", notes[item.step])
        if item.step in conclusions:
            lead.types("Kết luận của chủ trì", conclusions[item.step])
        if item.step == "conclusion":
            vote_and_assign(lead, cell)
        if item.step == "quality":
            lead.page.get_by_label("Đánh giá chất lượng buổi sinh hoạt").fill(content.QUALITY)
        lead.presses(lead.page.locator("[data-next] button"))


def report_the_promises(lead: Person) -> None:
    """Under their own item, where everything else is written too."""
    for text, _, _, state, result in content.EARLIER_TASKS:
        line = lead.page.locator("article", has_text=text)
        line.get_by_label("Kết quả").fill(result)
        lead.fields += 1
        lead.presses(line.locator(f"button[value={state}]"))
        expect(line.locator("[aria-pressed=true]")).to_have_count(1)


def record_the_remarks(lead: Person) -> None:
    """One click for each speaker: the cursor stands in the first part, the tab key leads on, the others are a line."""
    for key, *parts in content.SPEECHES:
        name = next(person.name for person in content.PEOPLE if person.key == key)
        # beside a name, while somebody speaks, stands the button that gives it the floor at once
        lead.presses(lead.page.locator(".speakers").get_by_role("button", name=name).last)
        for part in parts:
            lead.writes(part)
            lead.page.keyboard.press("Tab")
        expect(lead.page.locator("#remarks > .remark").locator("[data-save-state]")).to_contain_text("Đã lưu")
    lead.sees("Ý kiến phát biểu (7)")
    expect(lead.page.locator(".remark-lines li")).to_have_count(6)


def vote_and_assign(lead: Person, cell: Cell) -> None:
    lead.unfolds("Ghi một biểu quyết")
    lead.types("Nội dung biểu quyết", QUESTION)
    lead.types("Tán thành", "8")
    lead.presses("Ghi kết quả")
    lead.sees("Được thông qua")
    for text, owner, days in content.TASKS:
        lead.unfolds("Giao một nhiệm vụ")
        lead.types("Nhiệm vụ", text)
        lead.chooses("Người thực hiện", cell.cast[owner].full_name)
        lead.types("Thời hạn", f"{cell.today + timedelta(days=days):%Y-%m-%d}")
        lead.presses("Giao nhiệm vụ")
        expect(lead.page.locator("[data-panel=tasks]")).to_contain_text(text[:50])


def close_the_meeting(lead: Person, opened: str) -> str:
    """The advice is read, the minutes are read back, and the hour at which the evening really began is set."""
    expect(lead.page.get_by_role("heading", name="Trước khi kết thúc")).to_be_visible()
    lead.sees("7/9 đảng viên")
    lead.presses("Ghi: đã đọc lại và thông qua biên bản")
    lead.sees("Đã đọc lại và thông qua lúc")
    lead.types("Giờ khai mạc ghi vào biên bản", opened)
    closed = lead.field("Giờ kết thúc ghi vào biên bản").input_value()
    lead.presses("Kết thúc buổi họp")
    lead.sees("Đã kết thúc, chờ ký")
    return closed


def printed(lead: Person) -> str:
    """The text that a reader of the PDF selects, with single spaces."""
    link = lead.page.get_by_role("link", name="Bản in (PDF)").get_attribute("href")
    pdf = lead.context.request.get(str(link)).body()
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
        text = done.stdout.decode()
    else:
        text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(text.split())


def expected_words(closed: str) -> list[str]:
    speakers = {key for key, *_ in content.SPEECHES}
    return [
        "BIÊN BẢN",
        *(person.name for person in content.PEOPLE if person.key in speakers or person.post),
        "Có 7/9 đảng viên phát biểu thảo luận.",
        "tán thành 08/08",
        "không tán thành: không",
        *(text.split(":")[0].split(",")[0][:30] for text, _, _ in content.TASKS),
        f"kết thúc lúc {closed[11:13]} giờ {closed[14:16]}",
    ]


def missing(text: str, words: list[str]) -> list[str]:
    return [word for word in words if word not in text]


def complete_the_paper(author: Person) -> None:
    """The adopted opinion shows the sentence that it became."""
    author.goes_to("/")
    author.presses("Sinh hoạt")
    author.presses(author.page.get_by_role("link", name=content.TOPIC))
    author.presses("Đọc và góp ý")
    author.presses("Trả lời ý kiến này")
    author.field("Tiếp thu").check()
    author.types("Câu trong bản hoàn thiện (khi tiếp thu)", content.SAYINGS)
    author.presses("Lưu trả lời")
    author.presses("Viết bản hoàn thiện")
    author.types("Bản hoàn thiện", content.COMPLETED)
    author.presses("Xong bản hoàn thiện")
    author.sees("Đã lưu bản hoàn thiện bên cạnh dự thảo.")
    expect(author.page.locator("#completed")).to_contain_text(content.SAYINGS)
