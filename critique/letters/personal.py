"""What a letter holds about its parties; what is said here of everything with an answer serves requests too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.functions import Coalesce
from django.utils import timezone

from critique.letters.models import Criticism, CriticismDelay
from critique.lifecycle import Answering
from members.declare import Acted, Chapter, Ends, Shown, With, declare, words, years_before
from members.said import day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from critique.letters.answerable import Answerable
    from members.models import Organisation


def over(model: type[Answerable], *people: str) -> Callable[[Organisation, date, int], list[Any]]:
    """Answered or taken back so long ago; what still waits is never over."""

    def due(cell: Organisation, day: date, years: int) -> list[Any]:
        rows = model._default_manager.filter(cell=cell, destroyed_on__isnull=True).exclude(state=Answering.WAITING)
        ended = rows.annotate(ended=Coalesce("replied_at", "sent_at")).select_related(*people)
        return list(ended.filter(ended__date__lte=years_before(day, years)).order_by("ended", "pk"))

    return due


def delays(row: Any) -> str:
    return "\n".join(f"{day_of(one.until)}: {one.why} ({one.said_by.get_full_name()})" for one in row.delays.all())


AFTER = "năm sau khi trả lời hoặc rút"
DELAY: dict[str, Any] = {
    "why": words("Lý do lùi hạn", inside=True),
    "said_by": Acted("báo lùi hạn trả lời", "said_at"),
}


def _of_sender(name: str) -> Callable[[Any], str]:
    """What was taken back is its sender's alone."""
    return lambda row: getattr(row, name) if row.is_readable(row.shown_to.pk) else ""


declare(
    Criticism,
    Ends(
        "Ý kiến bằng văn bản",
        AFTER,
        over(Criticism, "sender", "to_member"),
        lambda row: (
            f"{row.sender.full_name} gửi {row.to_member or 'chi uỷ'}",
            day_of(timezone.localdate(row.sent_at)),
        ),
    ),
    chapters=[
        Chapter(
            "Ý kiến bằng văn bản",
            "Lưu mã hoá; người gửi, người nhận và người theo dõi hạn trả lời xem được.",
            ("sender", "to_member"),
            people=("cell", "sender", "to_member", "entered_by__member", "replied_by__member"),
            fetch=("delays__said_by__member",),
        )
    ],
    kind=Shown("Loại"),
    sender=Shown("Người gửi"),
    to_member=Shown("Gửi", lambda row: row.to_member.full_name if row.to_member else f"chi uỷ, {row.cell.name}"),
    sent_at=Shown("Ngày gửi"),
    entered_by=Acted("gửi, nhập ý kiến bằng văn bản", "sent_at", "Người nhập"),
    matter=words("Về việc", _of_sender("matter")),
    words=words("Nội dung", _of_sender("words")),
    due_on=Shown("Hạn trả lời", lambda row: day_of(row.due_on)),
    delays=Shown("Lùi hạn", delays),
    state=Shown("Tình trạng"),
    reply=words("Trả lời"),
    replied_at=Shown("Trả lời lúc"),
    replied_by=Acted("trả lời ý kiến bằng văn bản", "replied_at", "Người ghi trả lời"),
    destroyed_on=Shown("Nội dung đã huỷ ngày"),
)
declare(CriticismDelay, With(Criticism, "row"), **DELAY)
