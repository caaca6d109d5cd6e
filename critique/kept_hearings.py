"""What is kept about one person in hearings: what they said, what was said of them, and their own private notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from critique.hearing.actions.note import LABELS
from critique.hearing.models import Hearing, HearingOpinion, PrepNote
from critique.lifecycle import Considering

if TYPE_CHECKING:
    from members.models import Member

Facts = tuple[tuple[str, str], ...]


def spoken_about(member: Member) -> list[tuple[str, str, tuple[Facts, ...]]]:
    """Title, why it is kept and who sees it, entries; newest first."""
    table = "Lưu mã hoá; đồng chí và bàn chủ trì xem được."
    return [
        ("Góp ý về đồng chí", table, tuple(_about(member))),
        (
            "Ý kiến đồng chí đã góp",
            "Lưu mã hoá; người được góp ý và bàn chủ trì xem được khi đã ghi.",
            tuple(_given(member)),
        ),
        ("Ghi chú riêng để góp ý", "Lưu mã hoá; chỉ đồng chí xem được, xoá sau hội nghị.", tuple(_notes(member))),
    ]


def _about(member: Member) -> Iterator[Facts]:
    rows = Hearing.objects.filter(about=member).exclude(state=Considering.WAITING).with_people()
    for row in rows.prefetch_related("opinions__speaker").order_by("-pk"):
        opinions = [_opinion(one) for one in row.opinions.all() if one.recorded_at]
        yield (
            ("Ở", _where(row)),
            ("Tự trình bày", row.presented),
            ("Ý kiến góp ý", "\n".join(opinions)),
            ("Tiếp thu, giải trình", row.response),
            ("Kết luận: ưu điểm", row.merits),
            ("Kết luận: hạn chế", row.faults),
            ("Kết luận: việc phải sửa", row.duties),
            ("Thời hạn", row.due),
            ("Đã xem", f"{_moment(row.seen_at)}, {row.get_seen_way_display()}" if row.seen_at else ""),
            ("Tình trạng", row.get_state_display()),
        )


def _opinion(one: HearingOpinion) -> str:
    struck = " (đã gạch bỏ)" if one.dropped_at else ""
    parts = [f"{one.from_whom}{struck}: {one.words}"]
    if one.stance or one.reply:
        parts.append(f"Trả lời: {one.get_stance_display()} {one.reply}".strip())
    if one.ruling:
        parts.append(f"Chủ trì kết luận: {one.ruling}")
    return "\n".join(parts)


def _where(row: Hearing) -> str:
    meeting = row.meeting
    return str(row.cycle) if row.cycle else (f"{meeting.title}, {_moment(meeting.starts_at)}" if meeting else "")


def _given(member: Member) -> Iterator[Facts]:
    people = ("about", "meeting", "participant__cycle")
    rows = HearingOpinion.objects.filter(speaker=member).select_related(*(f"hearing__{name}" for name in people))
    for row in rows.order_by("-pk"):
        state = "đã gạch bỏ hoặc rút lại" if row.dropped_at else ("đã ghi" if row.recorded_at else "chờ thư ký ghi")
        yield (
            ("Về", row.hearing.whose),
            ("Ở", _where(row.hearing)),
            ("Lúc", _moment(row.given_at)),
            ("Loại", row.get_kind_display()),
            ("Nội dung", row.words),
            ("Tình trạng", state),
        )


def _notes(member: Member) -> Iterator[Facts]:
    rows = PrepNote.objects.filter(author=member).select_related("participant__member", "participant__cycle")
    over = set(PrepNote.objects.filter(author=member).over(timezone.now()).values_list("pk", flat=True))
    for row in rows.order_by("-pk"):
        if row.pk not in over:
            texts = tuple((label, getattr(row, name)) for name, label in LABELS.items())
            yield (("Về", row.participant.whose), ("Đợt", str(row.participant.cycle)), *texts)


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else ""
