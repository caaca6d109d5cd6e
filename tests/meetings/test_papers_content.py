"""What stands in the minutes: who was there, what was said under each item, and nothing left out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from documents.model import Block, Document, Heading, Signatures, Table, bold, italic, para, plain_text
from meetings.actions import evening, following, planning
from meetings.models import AgendaItem, Meeting, Task, ThematicPaper
from meetings.papers import build_minutes
from members.models import TenureKind
from members.saving.actions import save_text
from tests.factories import NOW, at, plan_fields
from tests.meetings.steps import DURING, OPENED, close, fresh, item_of, row_named, row_of, say, stand

if TYPE_CHECKING:
    from tests.conftest import Cast


def minutes_of(meeting: Meeting) -> Document:
    return build_minutes(fresh(meeting))


def between(paper: Document, first: str, last: str) -> list[Block]:
    """The blocks after the heading of one part and before that of another."""
    where = {block.part: n for n, block in enumerate(paper.blocks) if isinstance(block, Heading)}
    end = next(n for n, block in enumerate(paper.blocks) if isinstance(block, Signatures))
    return list(paper.blocks[where[first] + 1 : where.get(last, end)])


def attendance(meeting: Meeting) -> list[str]:
    """The paragraphs under "Thành phần", as they read."""
    return ["".join(run.text for run in block.runs) for block in between(minutes_of(meeting), "attendance", "content")]


def under(meeting: Meeting, step: str = "thematic_discussion") -> list[Block]:
    """What stands under one line of the agenda."""
    paper, item = minutes_of(meeting), item_of(meeting, step)
    parts = [*(part for part, _ in paper.parts()), ""]
    here = f"item-{item.pk}"
    return between(paper, here, parts[parts.index(here) + 1])


# --- Who was there ------------------------------------------------------------------------------


def test_everybody_present_in_a_few_lines(cast: Cast, opened: Meeting) -> None:
    assert attendance(opened) == [
        "Tổng số đảng viên: 04 (chính thức 03, dự bị 01). Có mặt: 04 (chính thức 03, dự bị 01).",
        "Vắng: không.",
        "Chủ trì: đồng chí Trần Thị Lan, Bí thư.",
        "Thư ký: đồng chí Nguyễn Thị Hoa.",
        "Người chuẩn bị chuyên đề: đồng chí Lê Anh Tuấn. Tài liệu: dự thảo chuyên đề.",
    ]


def test_every_other_standing_absence_delay_and_guest_has_its_line(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.EXEMPT)
    stand(cast, cast.tuan, TenureKind.TEMPORARY_IN)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    by = cast.account(cast.hoa)
    evening.mark(row_of(called, cast.son), mark="present", by=by, at=DURING)
    evening.mark(row_of(called, cast.tuan), mark="unexcused", by=by, at=DURING)
    evening.mark_rest_present(called, by=by, at=DURING)
    evening.come_and_go(
        row_of(called, cast.son),
        arrived_at=at("2026-12-03 19:15"),
        left_at=at("2026-12-03 20:20"),
        by=by,
        at=at("2026-12-03 20:25"),
    )
    evening.add_guest(called, name="Cao Văn Long", position="Phó Chủ tịch phường", by=by, at=DURING)
    evening.add_guest(called, name="Mai Thị Na", position="", by=by, at=DURING)
    guest = row_named(called, "Mai Thị Na")
    evening.come_and_go(guest, arrived_at=at("2026-12-03 19:40"), left_at=None, by=by, at=DURING)
    ThematicPaper.objects.update(file_name="du-thao.pdf")
    save_text("meeting", called, {"dues": "Đã thu đủ.\nKhông ai nợ."}, base=0, by=by, at=DURING)
    assert attendance(called) == [
        (
            "Tổng số đảng viên: 03 (chính thức 02, được miễn sinh hoạt 01). Sinh hoạt tạm thời đến: 01. "
            "Tính vào tỉ lệ dự họp: 03 (chính thức 02, sinh hoạt tạm thời đến 01)."
        ),
        "Có mặt: 02 (chính thức 02). Cùng dự, không tính vào tỉ lệ: 01 (được miễn sinh hoạt 01).",
        "Được miễn công tác và sinh hoạt đảng: 01; có dự họp: đồng chí Đỗ Văn Sơn.",
        "Vắng: 01.",
        "- Có lý do: không.",
        "- Không có lý do: 01: đồng chí Lê Anh Tuấn.",
        (
            "Đến muộn, về sớm: đồng chí Đỗ Văn Sơn đến lúc 19 giờ 15 phút; đồng chí Mai Thị Na đến lúc "
            "19 giờ 40 phút; đồng chí Đỗ Văn Sơn về lúc 20 giờ 20 phút."
        ),
        "Đại biểu, khách mời: đồng chí Cao Văn Long, Phó Chủ tịch phường; đồng chí Mai Thị Na.",
        "Chủ trì: đồng chí Trần Thị Lan, Bí thư.",
        "Thư ký: đồng chí Nguyễn Thị Hoa.",
        "Người chuẩn bị chuyên đề: đồng chí Lê Anh Tuấn. Tài liệu: dự thảo chuyên đề (kèm tệp du-thao.pdf).",
        "Tình hình đóng đảng phí: Đã thu đủ.",
        "Không ai nợ.",
    ]


@pytest.mark.parametrize(
    ("kind", "word", "line"),
    [
        (
            TenureKind.TEMPORARY_OUT,
            "sinh hoạt tạm thời nơi khác",
            "Đang sinh hoạt tạm thời nơi khác: 01 (đồng chí Đỗ Văn Sơn).",
        ),
        (TenureKind.SUSPENDED, "đình chỉ sinh hoạt", "Đang bị đình chỉ sinh hoạt: 01 (đồng chí Đỗ Văn Sơn)."),
        (TenureKind.EXEMPT, "được miễn sinh hoạt", "Được miễn công tác và sinh hoạt đảng: 01."),
        (
            TenureKind.SPECIAL_DUTY,
            "làm nhiệm vụ đặc thù",
            "Thuộc lực lượng vũ trang, đang làm nhiệm vụ đặc thù: 01.",
        ),
    ],
)
def test_who_does_not_count_is_named_apart(cast: Cast, called: Meeting, kind: TenureKind, word: str, line: str) -> None:
    stand(cast, cast.son, kind)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    evening.mark_rest_present(called, by=cast.account(cast.lan), at=DURING)
    assert attendance(called)[:4] == [
        (
            f"Tổng số đảng viên: 04 (chính thức 02, dự bị 01, {word} 01). "
            "Tính vào tỉ lệ dự họp: 03 (chính thức 02, dự bị 01)."
        ),
        "Có mặt: 03 (chính thức 02, dự bị 01).",
        line,
        "Vắng: không.",
    ]


def test_the_reason_of_an_exempt_member_is_not_lost(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.EXEMPT)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    evening.mark(row_of(called, cast.son), mark="excused", reason="tuổi cao", by=cast.account(cast.lan), at=DURING)
    line = "Được miễn công tác và sinh hoạt đảng: 01; xin vắng: đồng chí Đỗ Văn Sơn (lý do: tuổi cao)."
    assert attendance(called)[2] == line


def test_whoever_left_the_cell_is_not_on_the_paper(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.LEFT)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    assert plain_text(minutes_of(called)).count("Đỗ Văn Sơn") == 0


def test_before_the_roll_is_taken_the_paper_says_who_is_missing(cast: Cast, called: Meeting) -> None:
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    line = (
        "Chưa điểm danh: 04 (đồng chí Nguyễn Thị Hoa, đồng chí Trần Thị Lan, đồng chí Đỗ Văn Sơn, "
        "đồng chí Lê Anh Tuấn)."
    )
    assert attendance(called)[1] == line


# --- Items --------------------------------------------------------------------------------------


def test_an_exempt_speaker_does_not_make_the_share_larger_than_the_cell(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.EXEMPT)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    evening.mark_rest_present(called, by=cast.account(cast.lan), at=DURING)
    evening.add_guest(called, name="Cao Văn Long", position="", by=cast.account(cast.lan), at=DURING)
    for row in called.attendances.all():
        say(cast, called, row)
    say(cast, called, row_of(called, cast.lan))
    assert under(called)[-1] == para(bold("Có 3/3 đảng viên phát biểu thảo luận."))


def test_an_empty_remark_is_named_but_does_not_count_as_a_speech(cast: Cast, opened: Meeting) -> None:
    evening.add_remark(item_of(opened), row_of(opened, cast.hoa), by=cast.account(cast.hoa), at=DURING)
    assert under(opened) == [
        para("- ", bold("Đồng chí Nguyễn Thị Hoa: "), italic("(không ghi nội dung)")),
        para(bold("Có 0/4 đảng viên phát biểu thảo luận.")),
    ]


def test_what_was_presented_stands_under_the_name_of_the_presenter(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    save_text("item", item_of(opened, "present_paper"), {"notes": "Bốn phần.\n\nMười trang."}, base=0, by=by, at=DURING)
    assert under(opened, "present_paper") == [para("Đồng chí Lê Anh Tuấn: ", "Bốn phần."), para("Mười trang.")]
    save_text("item", item_of(opened, "quality"), {"notes": "Cả chi bộ."}, base=0, by=by, at=DURING)
    assert under(opened, "quality") == [para("", "Cả chi bộ.")]


def test_an_item_that_was_held_without_a_word_names_who_held_it(cast: Cast, opened: Meeting) -> None:
    evening.start_item(item_of(opened, "present_paper"), by=cast.account(cast.hoa), at=DURING)
    assert under(opened, "present_paper") == [para("Đồng chí Lê Anh Tuấn thực hiện.")]
    save_text(
        "item", item_of(opened, "present_paper"), {"notes": "Bốn phần."}, base=0, by=cast.account(cast.hoa), at=DURING
    )
    assert under(opened, "present_paper") == [para("Đồng chí Lê Anh Tuấn: ", "Bốn phần.")]


def test_nobody_is_said_to_hold_what_is_concluded(cast: Cast, opened: Meeting) -> None:
    AgendaItem.objects.filter(step="conclusion").update(presenter=cast.lan)
    evening.start_item(item_of(opened, "conclusion"), by=cast.account(cast.hoa), at=DURING)
    assert under(opened, "conclusion") == []


def test_the_purpose_stands_under_who_named_it(cast: Cast, opened: Meeting) -> None:
    Meeting.objects.filter(pk=opened.pk).update(purpose="Nêu gương.")
    AgendaItem.objects.filter(step="purpose").update(presenter=cast.lan)
    evening.start_item(item_of(opened, "purpose"), by=cast.account(cast.hoa), at=DURING)
    said = [para("Đồng chí Trần Thị Lan nêu mục đích, yêu cầu:"), para("Nêu gương.")]
    assert under(opened, "purpose") == said


def test_opening_and_reading_are_never_said_not_to_have_been_held(cast: Cast, opened: Meeting) -> None:
    assert under(opened, "opening") == [para("Khai mạc, điểm danh, cử thư ký như ghi ở mục I.")]
    assert under(opened, "read_minutes") == []
    close(cast, opened)
    Meeting.objects.filter(pk=opened.pk).update(read_back_at=None)
    AgendaItem.objects.filter(step="read_minutes").update(started_at=None, ended_at=None)
    assert under(opened, "read_minutes") == [para(italic("Chưa ghi việc đọc và thông qua biên bản."))]
    Meeting.objects.filter(pk=opened.pk).update(read_back_at=DURING)
    read = para("Đồng chí Nguyễn Thị Hoa đọc biên bản; chi bộ nghe và thông qua.")
    assert under(opened, "read_minutes") == [read]


def test_an_item_that_was_held_and_has_no_word_says_so(cast: Cast, opened: Meeting) -> None:
    AgendaItem.objects.update(presenter=None)
    evening.start_item(item_of(opened, "present_paper"), by=cast.account(cast.hoa), at=DURING)
    close(cast, opened)
    assert under(opened, "present_paper") == [para(italic("Đã tiến hành; không ghi nội dung."))]


def test_an_item_is_headed_by_what_was_done_or_as_the_cell_named_it(cast: Cast, opened: Meeting) -> None:
    AgendaItem.objects.filter(step="purpose").update(title="Mục đích: hai việc (nếu có)")
    heads = [block.text for block in minutes_of(opened).blocks if isinstance(block, Heading) and block.level == 2]
    assert (heads[0], heads[2], heads[6]) == (
        "1. Mở đầu",
        "3. Mục đích: hai việc (nếu có)",
        "7. Kết luận, phân công nhiệm vụ và thời hạn",
    )


def test_the_two_parts_of_a_combined_meeting_are_told_apart_with_their_length(cast: Cast) -> None:
    meeting = planning.plan_meeting(
        cast.cell, kind="combined", by=cast.account(cast.lan), at=NOW, **plan_fields(topic="Nêu gương")
    )
    Meeting.objects.filter(pk=meeting.pk).update(
        opened_at=at("2026-12-03 19:00"), closed_at=at("2026-12-03 21:05"), state="closed"
    )
    blocks = minutes_of(meeting).blocks
    heads = [block.text for block in blocks if isinstance(block, Heading) and block.level == 2]
    assert heads.index("PHẦN A. SINH HOẠT THƯỜNG KỲ") == 0
    assert heads[heads.index("PHẦN B. SINH HOẠT CHUYÊN ĐỀ") + 1].endswith("Bí thư nêu mục đích, yêu cầu của chuyên đề")
    assert "cùng ngày; tổng thời gian hai phần: 125 phút." in plain_text(minutes_of(meeting))


def test_after_the_end_an_item_that_was_not_held_is_said_to_be_so(cast: Cast, opened: Meeting) -> None:
    assert under(opened, "purpose") == []
    close(cast, opened)
    assert under(opened, "purpose") == [para(italic("Nội dung này chưa tiến hành."))]


def test_a_vote_that_fails_and_a_reserved_opinion(cast: Cast, opened: Meeting) -> None:
    by, item = cast.account(cast.hoa), item_of(opened)
    vote = evening.record_vote(item, question="Đổi giờ họp?", in_favour=1, against=1, other=1, by=by, at=DURING)
    remark = evening.add_remark(item_of(opened), row_of(opened, cast.son), vote=vote, by=by, at=DURING)
    texts = {"text": "Nên họp sáng.\nTôi ở xa.", "proposal": "Họp luân phiên."}
    save_text("remark", remark, texts, base=0, by=by, at=DURING)
    assert under(opened) == [
        para(
            bold("Biểu quyết (giơ tay): "),
            "Đổi giờ họp? Tính trên 03 đảng viên chính thức; có mặt, được biểu quyết 03; tán thành 01/03 (33,3%), "
            "không tán thành 01, ý kiến khác 01. Biểu quyết thông thường cần trên 1/2 "
            "(Điều lệ Đảng, Điều 9, khoản 5): ít nhất 02. Kết quả: không được thông qua.",
        ),
        para(italic("Ý kiến bảo lưu của "), "đồng chí Đỗ Văn Sơn: ", "Nên họp sáng."),
        para("Tôi ở xa."),
        para(italic("Góp ý vào dự thảo: "), "Họp luân phiên."),
    ]


def test_the_table_of_promises_says_what_was_heard(cast: Cast, opened: Meeting) -> None:
    lan = cast.account(cast.lan)
    fields = plan_fields(starts_at=at("2026-11-03 19:00"), topic="")
    earlier = planning.plan_meeting(cast.cell, kind="regular", by=lan, at=NOW, **fields)
    given = [("Rà soát hồ sơ", cast.son, date(2026, 11, 20)), ("Nộp báo cáo", None, None)]
    for text, owner, due in given:
        Task.objects.create(cell=cast.cell, meeting=earlier, text=text, owner=owner, due_on=due)
    task = Task.objects.get(text="Rà soát hồ sơ")
    following.report_task(task, opened, state="going", result="được một nửa", by=lan, at=DURING)
    (table,) = under(opened, "past_tasks")
    assert isinstance(table, Table)
    assert sorted(row[1:] for row in table.rows) == [
        ("Nộp báo cáo", "Chi bộ", "Chưa báo cáo."),
        ("Rà soát hồ sơ", "Đỗ Văn Sơn, 20/11/2026", "Đang thực hiện. Được một nửa."),
    ]


def test_without_promises_and_without_tasks_the_paper_says_so(cast: Cast, opened: Meeting) -> None:
    assert under(opened, "past_tasks") == [para("Không có nhiệm vụ còn lại từ các kỳ trước.")]
    assert {"tasks", "closing"}.isdisjoint(dict(minutes_of(opened).parts()))  # while it goes on, nobody can say so
    Meeting.objects.filter(pk=opened.pk).update(closed_at=DURING)
    over = minutes_of(Meeting.objects.get(pk=opened.pk))
    assert between(over, "tasks", "closing") == [para("Không giao nhiệm vụ mới.")]


# --- Nothing is left out ------------------------------------------------------------------------

RECORDED = {
    "topic": "chuyende-ngoc",
    "place": "phonghop-ngoc",
    "purpose": "mucdich-ngoc",
    "dues": "dangphi-ngoc",
    "quality": "chatluong-ngoc",
    "title": "noidung-ngoc",
    "notes": "trinhbay-ngoc",
    "conclusion": "ketluan-ngoc",
    "text": "phatbieu-ngoc",
    "awareness": "nhanthuc-ngoc",
    "relation": "lienhe-ngoc",
    "proposal": "gopy-ngoc",
    "reserved text": "baoluu-ngoc",
    "reserved awareness": "baoluu-hieu",
    "reserved relation": "baoluu-lam",
    "reserved proposal": "baoluu-gop",
    "question": "bieuquyet-ngoc",
    "task": "nhiemvu-ngoc",
    "promise": "loihua-ngoc",
    "result": "ketqua-ngoc",
    "guest": "khachmoi-ngoc",
    "position": "chucvu-ngoc",
    "reason": "lydo-ngoc",
    "exempt reason": "lydo-mien",
    "file": "tepkem-ngoc.pdf",
}


def record_everything(cast: Cast, meeting: Meeting) -> None:
    """Every text field that an evening can fill, each with a word of its own."""
    by, told = cast.account(cast.lan), RECORDED
    Meeting.objects.filter(pk=meeting.pk).update(
        topic=told["topic"], place=told["place"], purpose=told["purpose"], dues=told["dues"], quality=told["quality"]
    )
    ThematicPaper.objects.filter(meeting=meeting).update(file_name=told["file"])
    item = planning.add_item(meeting, title=told["title"], minutes=5, presenter=None, by=by, at=DURING)
    item = AgendaItem.objects.select_related("meeting__cell").get(pk=item.pk)
    texts = {"notes": told["notes"], "conclusion": told["conclusion"]}
    save_text("item", item, texts, base=0, by=by, at=DURING)
    parts = ("text", "awareness", "relation", "proposal")
    vote = evening.record_vote(item, question=told["question"], in_favour=1, against=0, other=0, by=by, at=DURING)
    for on, prefix in ((None, ""), (vote, "reserved ")):
        remark = evening.add_remark(item, row_of(meeting, cast.lan), vote=on, by=by, at=DURING)
        save_text("remark", remark, {part: told[prefix + part] for part in parts}, base=0, by=by, at=DURING)
    following.assign_task(meeting, text=told["task"], owner=None, due_on=None, item=item, by=by, at=DURING)
    fields = plan_fields(starts_at=at("2026-11-03 19:00"), topic="")
    earlier = planning.plan_meeting(cast.cell, kind="regular", by=by, at=NOW, **fields)
    promise = Task.objects.create(cell=cast.cell, meeting=earlier, text=told["promise"])
    following.report_task(promise, meeting, state="dropped", result=told["result"], by=by, at=DURING)
    evening.add_guest(meeting, name=told["guest"], position=told["position"], by=by, at=DURING)
    evening.mark(row_of(meeting, cast.tuan), mark="excused", reason=told["reason"], by=by, at=DURING)
    evening.mark(row_of(meeting, cast.son), mark="excused", reason=told["exempt reason"], by=by, at=DURING)


@pytest.mark.parametrize("agenda", ["the guideline's agenda", "an agenda of the cell's own line only"])
@pytest.mark.parametrize("kind", ["regular", "thematic", "combined"])
def test_nothing_that_was_recorded_is_left_out_of_the_minutes(cast: Cast, kind: str, agenda: str) -> None:
    by = cast.account(cast.lan)
    stand(cast, cast.son, TenureKind.EXEMPT)
    fields = plan_fields(chair=cast.lan, minute_taker=cast.hoa)
    meeting = planning.plan_meeting(cast.cell, kind=kind, by=by, at=NOW, **fields)
    planning.call(meeting, by=by, at=NOW)
    if agenda.endswith("only"):
        meeting.items.all().delete()
    evening.open_meeting(meeting, by=by, at=OPENED)
    evening.mark_rest_present(meeting, by=by, at=DURING)
    record_everything(cast, meeting)
    paper = plain_text(minutes_of(meeting))
    thematic_only = {"topic", "file"} if kind == "regular" else set()
    missing = {name for name, word in RECORDED.items() if word.lower() not in paper.lower()}
    assert missing == thematic_only
