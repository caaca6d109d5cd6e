"""What protects people in the demonstration: letters, a request, consent, settings with their document, days off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from critique.course import actions as committee
from critique.cycle.models import BASIS
from critique.letters import actions as letters
from critique.writing import actions as writing
from critique.writing.models import SelfReview
from members.saving.actions import save_text
from privacy.actions import consent, data_requests
from rulings import actions as rulings

if TYPE_CHECKING:
    from chibo.demo.build import Stage

# Invented: what a member of an office might write to a comrade or to the committee.
TO_BINH: dict[str, Any] = {
    "kind": "criticism",
    "matter": "Gửi tài liệu họp quá muộn",
    "words": "Hai buổi họp gần đây tài liệu đến tối hôm trước mới có, đảng viên không kịp đọc. "
    "Đề nghị đồng chí gửi trước ít nhất ba ngày làm việc.",
}
ANSWER = "Tôi nhận khuyết điểm này. Từ buổi họp tháng tới tôi gửi tài liệu trước năm ngày; chậm thì báo lý do."
TO_THE_CELL: dict[str, Any] = {
    "kind": "question",
    "matter": "Kết quả góp ý về lịch trực",
    "words": "Buổi họp tháng trước chi bộ đã góp ý về lịch trực cơ quan, đến nay chưa có thông báo. "
    "Đề nghị chi uỷ cho biết đã làm đến đâu.",
}
TO_HOA: dict[str, Any] = {
    "kind": "criticism",
    "matter": "Ghi thiếu ý kiến trong biên bản",
    "words": "Ý kiến thứ hai của tôi ở buổi họp tháng trước không có trong biên bản, tôi đề nghị ghi bổ sung.",
}
WHY = "Cần nghe lại ý kiến của chủ trì trước khi ghi bổ sung."
REQUEST = "Ngày chính thức của tôi trong danh sách ghi nhầm năm, đề nghị đối chiếu hồ sơ gốc."
OLD = "Chấp hành sự phân công, tham gia đủ các buổi sinh hoạt."
TET = (date(2027, 2, 5), date(2027, 2, 8), date(2027, 2, 9), date(2027, 2, 10), date(2027, 2, 11))


def protect(stage: Stage) -> None:
    """Letters in three stages, one request that waits, consent of two, what the superior committee has fixed."""
    day, cast = stage.today - timedelta(days=20), stage.cast
    mai, sent = stage.account("mai"), stage.at(day, 20)
    answered = letters.send(stage.cell, sender=cast["mai"], to_member=cast["binh"], by=mai, at=sent, **TO_BINH)
    letters.answer(answered, words=ANSWER, by=stage.account("binh"), at=stage.at(day + timedelta(days=6), 8))
    late = stage.at(stage.today - timedelta(days=45), 9)
    binh = stage.account("binh")
    letters.send(stage.cell, sender=cast["binh"], to_member=None, by=binh, at=late, **TO_THE_CELL)
    put_off = letters.send(stage.cell, sender=cast["mai"], to_member=cast["hoa"], by=mai, at=sent, **TO_HOA)
    until = put_off.due_on + timedelta(days=14)
    letters.put_off(put_off, until=until, reason=WHY, by=stage.account("hoa"), at=stage.at(day + timedelta(days=3), 9))
    made = stage.at(stage.today - timedelta(days=1), 9)
    data_requests.make_request(stage.cell, member=cast["mai"], right="correct", words=REQUEST, by=mai, at=made)
    for key in ("mai", "hoa"):
        consent.agree(["read", "email"], by=stage.account(key), at=made)
    _fix(stage)


def _fix(stage: Stage) -> None:
    committee, by = stage.cell.parent, stage.reviewer
    if committee is None:
        raise ValueError("the cell of the demonstration belongs to a committee")
    at = stage.at(stage.today - timedelta(days=50), 8)
    start = date(stage.today.year, 1, 10)
    named: dict[str, Any] = {"document_date": date(stage.today.year, 1, 5), "starts_on": start}
    rulings.fix(committee, "retention", value={"figures": "3"}, document="07-QĐ/ĐU", by=by, at=at, **named)
    for day in TET:
        rulings.add_day_off(committee, day=day, name="Tết Nguyên đán", by=by, at=at)


def keep_old_years(stage: Stage) -> None:
    """Three earlier years of one member, so that the oldest text has had its time."""
    mai = stage.cast["mai"]
    for year in range(stage.today.year - 4, stage.today.year - 1):
        day = date(year, 11, 10)
        by, at = stage.account("thanh"), stage.at(day, 8)
        days = {"year": year, "due_on": date(year, 11, 24), "meets_on": date(year, 12, 4)}
        cycle = committee.plan_cycle(stage.cell, by=by, at=at, key=None, basis=BASIS, place="", **days)
        committee.take_step(cycle, move_name="open", by=by, at=at)
        review = SelfReview.objects.with_people().get(participant__cycle=cycle, participant__member=mai)
        save_text("review-strengths", review, {"A.I.1": OLD}, base=0, by=stage.account("mai"), at=at)
        writing.submit(review, by=stage.account("mai"), at=at)
        for move in ("read", "hold", "close"):
            committee.take_step(cycle, move_name=move, by=by, at=at)
