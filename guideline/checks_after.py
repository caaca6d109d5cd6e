"""What the guideline would have seen to once the meeting is closed: the paper, the posting, the report."""

from datetime import timedelta

from guideline.facts import MeetingFacts, local
from guideline.finding import Finding, advise, on
from guideline.model import Rulebook, RuleKey


def check_sealed(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.closed_at is None or facts.sealed_at is not None:
        return None
    return advise(
        rulebook,
        RuleKey.SEALED,
        "Biên bản chưa có đủ chữ ký của chủ trì và thư ký.",
        "Soát lại lần cuối rồi ký, khi việc còn mới.",
    )


def check_opinions_answered(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if not facts.kind.has_topic or facts.opinions_unanswered < 1:
        return None
    return advise(
        rulebook,
        RuleKey.OPINIONS_ANSWERED,
        f"Còn {facts.opinions_unanswered}/{facts.opinions_total} ý kiến góp ý vào dự thảo chưa được trả lời.",
        "Người chuẩn bị chuyên đề ghi tiếp thu, hoặc giữ nguyên kèm lý do.",
    )


def check_paper_completed(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.closed_at is None or not facts.kind.has_topic or facts.paper_completed_at is not None:
        return None
    return advise(
        rulebook,
        RuleKey.PAPER_COMPLETED,
        "Chuyên đề chưa được hoàn thiện sau buổi sinh hoạt.",
        "Người chuẩn bị chuyên đề bổ sung các ý kiến đã tiếp thu và lưu bản hoàn thiện.",
    )


def check_posted(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    """Counted in days of the calendar from the day of closing; a reminder until the last day is over."""
    days = rulebook.posted_days_after
    if days is None or facts.closed_at is None:
        return None
    last_day = local(facts.closed_at).date() + timedelta(days=days)
    if facts.posted_at is not None:
        posted_day = local(facts.posted_at).date()
        if posted_day <= last_day:
            return None
        sentence = f"Tài liệu đăng Sổ tay đảng viên điện tử ngày {on(posted_day)}, hạn là ngày {on(last_day)}."
        advice = "Lần sau đăng trong hạn; lần này không cần làm gì thêm."
    elif facts.now is not None and local(facts.now).date() > last_day:
        sentence = f"Đã quá hạn đăng tài liệu lên Sổ tay đảng viên điện tử (ngày {on(last_day)})."
        advice = "Đăng ngay và ghi lại ngày đăng."
    else:
        sentence = f"Tài liệu chưa đăng lên Sổ tay đảng viên điện tử; hạn là ngày {on(last_day)}."
        advice = "Đăng tài liệu đã hoàn thiện và ghi lại ngày đăng."
    return advise(rulebook, RuleKey.POSTED_DAYS_AFTER, sentence, advice)


def check_reported_up(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.closed_at is None or facts.reported_up_at is not None:
        return None
    return advise(
        rulebook,
        RuleKey.REPORTED_UP,
        "Chưa báo cáo kết quả buổi sinh hoạt với cấp uỷ cấp trên.",
        "Gửi báo cáo và ghi lại ngày gửi.",
    )
