"""What putting shortcomings right holds about somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from critique.cycle.models import Participant
from critique.lifecycle import Remedying
from critique.remedies.models import Remedy, RemedyCheck, RemedyNote
from members.declare import WHOSE, Acted, Chapter, Ends, Shown, With, declare, words, years_before
from members.said import day_of

if TYPE_CHECKING:
    from datetime import date

    from members.models import Organisation

CLOSED = {"state": Remedying.CLOSED}  # one that is still open keeps its words until it is


def over(cell: Organisation, day: date, years: int) -> list[Remedy]:
    """Closed so long ago, and not of a self-review with which it goes."""
    alone = Q(review__isnull=True) | Q(review__participant__destroyed_on__isnull=False)
    rows = Remedy.objects.filter(alone, cell=cell, destroyed_on__isnull=True, **CLOSED).select_related("about")
    return list(rows.filter(closed_at__date__lte=years_before(day, years)).order_by("closed_at", "pk"))


def _checks(row: Remedy) -> str:
    return "\n".join(
        f"{day_of(one.due_on)}: {one.get_found_display()}. {one.words} ({one.checked_by.get_full_name()})"
        for one in row.checks.all()
        if one.checked_by
    )


def _notes(row: Remedy) -> str:
    return "\n".join(
        f"{day_of(timezone.localdate(one.noted_at))} {one.get_kind_display()}: {one.words} "
        f"({one.noted_by.get_full_name()})"
        for one in row.notes.all()
    )


declare(
    Remedy,
    With(Participant, "review__participant", CLOSED),
    Ends(
        "Khắc phục hạn chế",
        "năm sau khi chi uỷ đóng; lấy từ bản kiểm điểm thì cùng bản ấy",
        over,
        lambda row: (
            row.about.full_name if row.about else "Chi bộ",
            f"đóng {day_of(timezone.localdate(row.closed_at))}",
        ),
    ),
    chapters=[
        Chapter(
            "Khắc phục hạn chế",
            "Lưu mã hoá; đồng chí, người giúp đỡ và chi uỷ xem được.",
            ("about",),
            people=("cell", "helper", "entered_by__member"),
            fetch=("checks__checked_by__member", "notes__noted_by__member"),
        ),
        Chapter(
            "Giúp đồng chí khác khắc phục",
            "Chi uỷ phân công; người giúp đỡ xem ở trang Khắc phục hạn chế.",
            ("helper",),
            shows=("whom", "due_on", "state"),
            people=("about",),
        ),
    ],
    about=WHOSE,
    whom=Shown("Giúp", lambda row: row.about.full_name if row.about else "chi bộ", inside=True),
    cell=Shown("Chi bộ"),
    shortcoming=words("Hạn chế, khuyết điểm"),
    cause=words("Nguyên nhân"),
    measure=words("Biện pháp"),
    finished_when=words("Thế nào là đã khắc phục"),
    due_on=Shown("Thời hạn"),
    helper=Shown("Người giúp đỡ"),
    state=Shown("Tình trạng"),
    entered_at=Shown("Ghi lúc"),
    entered_by=Acted("ghi hạn chế cần khắc phục", "entered_at", "Người ghi"),
    checked=Shown("Rà soát", _checks),
    noted=Shown("Diễn biến", _notes),
    destroyed_on=Shown("Nội dung đã huỷ ngày"),
)
declare(
    RemedyCheck,
    With(Remedy, "remedy"),
    words=words("Nhận xét khi rà soát", inside=True),
    checked_by=Acted("rà soát khắc phục", "checked_at"),
)
declare(
    RemedyNote,
    With(Remedy, "remedy"),
    words=words("Diễn biến", inside=True),
    noted_by=Acted("ghi diễn biến khắc phục", "noted_at"),
)
