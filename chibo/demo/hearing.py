"""Self-criticism and criticism in the demonstration: the collective's report, one hearing closed, one going, a note."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from critique.cycle.models import Cycle, Participant
from critique.hearing.actions import hearing as hearings
from critique.hearing.actions import note
from critique.hearing.models import Hearing, HearingOpinion
from critique.writing import actions as writing
from critique.writing.models import SelfReview
from members.saving.actions import save_text

if TYPE_CHECKING:
    from datetime import datetime

    from chibo.demo.build import Stage
    from meetings.models import Meeting

# Invented, as everything here.
COLLECTIVE = {
    "strengths": {
        "A.I.1": "Chi uỷ họp trước mỗi buổi sinh hoạt; nghị quyết được bàn và biểu quyết đúng quy chế.",
        "A.I.2": "Hoàn thành 14 trên 15 chỉ tiêu của nghị quyết năm.",
    },
    "shortcomings": {
        "A.II.0.shortcoming": "Hai lần để dự thảo đến tay đảng viên quá muộn, không kịp đọc trước buổi họp.",
        "A.II.0.cause": "Chi uỷ phân công muộn, chưa đôn đốc người chuẩn bị.",
        "A.II.0.measure": "Phân công từ đầu quý, gửi dự thảo trước bảy ngày.",
        "A.II.0.due": "31/3",
    },
}
OPINION = "Ba lần báo cáo tháng đến muộn, tổ tổng hợp phải làm ngoài giờ. Đề nghị hẹn ngày gửi bản nháp."
REPLY = "Tôi nhận. Từ nay gửi bản nháp trước ngày 25 để các tổ kịp góp."
RESERVED = "Việc chậm còn do các tổ gửi số liệu muộn; tôi đề nghị ghi cả trách nhiệm ấy."
EXPLAINED = "Đúng là có phần ấy, nhưng tôi đã không nhắc sớm."
RULING = "Chi bộ ghi nhận cả hai phía; trách nhiệm chính ở người được phân công."
CONCLUSION = {
    "merits": "Có trách nhiệm, số liệu chính xác, giúp đỡ đồng chí mới.",
    "faults": "Nộp báo cáo tháng chậm ba lần.",
    "duties": "Gửi bản nháp trước ngày 25 hằng tháng.",
    "due": "31/3",
}
GOING = "Biên bản hai buổi gần đây hôm sau mới xong. Đề nghị đọc lại ngay tại phòng họp."
WISH = {
    "noted": "Chuẩn bị tài liệu kỹ, nói ngắn gọn.",
    "wish": "Nên hỏi ý kiến các tổ trước khi phân công việc gấp.",
    "grounds": "Hai việc gấp trong tháng Mười, tôi được giao khi đã quá nửa thời hạn.",
    "suggestion": "Mỗi thứ Hai dành mười phút hỏi các tổ.",
}


def report_of_collective(cycle: Cycle, stage: Stage, *, by: str, at: datetime, done: bool = True) -> None:
    review = SelfReview.objects.with_people().get(participant__cycle=cycle, participant__member=None)
    for step, texts in COLLECTIVE.items():
        dated = {name: f"{text}/{cycle.year + 1}" if name.endswith(".due") else text for name, text in texts.items()}
        save_text(f"review-{step}", review, dated, base=0, by=stage.account(by), at=at)
    if done:
        writing.submit(review, by=stage.account(by), at=at)


def hear_last_year(stage: Stage, cycle: Cycle, at: datetime) -> None:
    """Mai was heard and answered; the chair has concluded, also about an opinion that was reserved."""
    lead, mai = stage.account("thanh"), stage.account("mai")
    who: dict[str, Any] = {"by": lead, "at": at}
    hearing = hearings.begin(row_of(cycle, stage, "mai"), **who)
    save_text("hearing-presented", hearing, {"presented": "Đọc bản kiểm điểm đã nộp."}, base=0, **who)
    given = hearings.add_opinion(hearing, speaker=stage.cast["hoa"], words=OPINION, **who)
    reserved = hearings.add_opinion(hearing, speaker=stage.cast["duc"], kind="reserved", words=RESERVED, **who)
    for opinion, stance, reply in ((given, "accepts", REPLY), (reserved, "explains", EXPLAINED)):
        save_text("opinion-reply", _again(opinion), {"stance": stance, "reply": reply}, base=0, by=mai, at=at)
    save_text("opinion-ruling", _again(reserved), {"ruling": RULING}, base=0, **who)
    concluded = {**CONCLUSION, "due": f"{CONCLUSION['due']}/{cycle.year + 1}"}
    hearing = Hearing.objects.with_people().get(pk=hearing.pk)
    save_text("hearing-conclusion", hearing, concluded, base=0, **who)
    hearings.confirm_seen(hearing, seen=hearing.said_rev, by=mai, at=at)
    hearings.close(hearing, **who)


def prepare_this_year(stage: Stage, cycle: Cycle, day: date) -> None:
    """The collective's report is handed in; Mai keeps a note about the deputy and has sent one to the record."""
    at = stage.at(day, 20)
    report_of_collective(cycle, stage, by="duc", at=at)
    mai = stage.account("mai")
    save_text("note", row_of(cycle, stage, "duc"), WISH, base=0, by=mai, at=at)
    save_text(
        "note", row_of(cycle, stage, "hoa"), {"noted": "Ghi biên bản rõ ràng.", "wish": GOING}, base=0, by=mai, at=at
    )
    note.send_note(row_of(cycle, stage, "hoa"), by=mai, at=at)


def hear_at_meeting(stage: Stage, meeting: Meeting) -> None:
    """Hoa's turn at last month's meeting: one opinion that she has not answered yet."""
    who: dict[str, Any] = {"by": stage.account("thanh"), "at": (meeting.closed_at or meeting.starts_at)}
    who["at"] += timedelta(hours=1)
    hearing = hearings.begin_at(meeting, about=stage.cast["hoa"], **who)
    hearings.add_opinion(hearing, speaker=stage.cast["binh"], words=GOING, **who)


def row_of(cycle: Cycle, stage: Stage, key: str) -> Participant:
    rows = Participant.objects.select_related("cycle__cell", "member")
    found: Participant = rows.get(cycle=cycle, member=stage.cast[key])
    return found


def _again(opinion: HearingOpinion) -> HearingOpinion:
    found: HearingOpinion = HearingOpinion.objects.with_people().get(pk=opinion.pk)
    return found
