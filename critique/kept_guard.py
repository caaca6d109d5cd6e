"""The chapters of “what is kept about me” on letters, requests and consent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from critique.lifecycle import Answering
from critique.models import Consent, Criticism, DataRequest

if TYPE_CHECKING:
    from members.models import Member

Facts = tuple[tuple[str, str], ...]


def letters(member: Member) -> Iterator[Facts]:
    """What this person has sent, and what was sent to them unless it was taken back."""
    rows = Criticism.objects.filter(Q(sender=member) | Q(to_member=member)).select_related(
        "cell", "sender", "to_member", "entered_by__member", "replied_by__member"
    )
    for row in rows.prefetch_related("delays"):
        told = row.sender_id == member.pk or row.state != Answering.WITHDRAWN
        delays = [f"{_day(one.until)}: {one.why}" for one in row.delays.all()]
        yield (
            ("Loại", row.get_kind_display()),
            ("Người gửi", row.sender.full_name),
            ("Gửi", row.to_member.full_name if row.to_member else f"chi uỷ, {row.cell.name}"),
            ("Ngày gửi", _moment(row.sent_at)),
            ("Người nhập", row.entered_by.get_full_name() if row.on_paper else ""),
            ("Về việc", row.matter if told else ""),
            ("Nội dung", row.words if told else ""),
            ("Hạn trả lời", _day(row.due_on)),
            ("Lùi hạn", "\n".join(delays)),
            ("Tình trạng", row.get_state_display()),
            ("Trả lời", row.reply),
            ("Trả lời lúc", _moment(row.replied_at)),
            ("Người ghi trả lời", row.replied_by.get_full_name() if row.replied_by else ""),
        )


def requests(member: Member) -> Iterator[Facts]:
    rows = DataRequest.objects.filter(member=member)
    for row in rows.select_related("cell", "entered_by__member", "acknowledged_by__member", "replied_by__member"):
        yield (
            ("Đề nghị", row.get_right_display()),
            ("Gửi", row.cell.name),
            ("Ngày", _moment(row.made_at)),
            ("Người nhập", row.entered_by.get_full_name()),
            ("Nội dung", row.words),
            ("Xác nhận", _moment(row.acknowledged_at) or f"chậm nhất {_day(row.acknowledge_by)}"),
            ("Hạn trả lời", _day(row.due_on)),
            ("Gia hạn", row.extension),
            ("Kết quả", row.get_outcome_display() if row.outcome else row.get_state_display()),
            ("Trả lời", row.reply),
            ("Trả lời lúc", _moment(row.replied_at)),
            ("Người trả lời", row.replied_by.get_full_name() if row.replied_by else ""),
        )


def consents(member: Member) -> Iterator[Facts]:
    for row in Consent.objects.filter(member=member).order_by("-said_at", "-pk"):
        yield (
            ("Về", row.get_purpose_display()),
            ("Lựa chọn", "đồng ý" if row.given else "rút lại"),
            ("Lúc", _moment(row.said_at)),
            ("Theo thông báo", row.notice),
        )


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else ""
