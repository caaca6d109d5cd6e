"""What is said of somebody in the room, what they said themselves, and their own private notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from critique.cycle.models import Participant
from critique.hearing.actions.note import LABELS
from critique.hearing.models import Hearing, HearingOpinion, Opening, PrepNote, Proceedings, ProceedingsCopy
from critique.lifecycle import Considering
from meetings.models.meeting import held_at
from members.declare import WHOSE, Acted, Chapter, Ends, Hidden, Shown, Stays, With, declare, words, years_before
from members.said import day_of, moment_of

if TYPE_CHECKING:
    from datetime import date

    from members.models import Organisation

TABLE = "Lưu mã hoá; đồng chí và bàn chủ trì xem được."


def over(cell: Organisation, day: date, years: int) -> list[Hearing]:
    """At a monthly meeting so long ago, closed or never begun; one of a yearly review goes with it. One query."""
    rows = Hearing.objects.filter(cell=cell, participant__isnull=True, destroyed_on__isnull=True)
    ended: Any = rows.exclude(state=Considering.GOING).alias(met=held_at("meeting__"))
    ended = ended.filter(met__date__lte=years_before(day, years)).order_by("met", "pk")
    return list(ended.select_related("about", "meeting"))


def _where(row: Hearing) -> str:
    meeting = row.meeting
    return str(row.cycle) if row.cycle else (f"{meeting.title}, {moment_of(meeting.held_at)}" if meeting else "")


def _opinions(row: Hearing) -> str:
    return "\n".join(_opinion(one) for one in row.opinions.all() if one.recorded_at and not one.is_empty)


def _opinion(one: HearingOpinion) -> str:
    struck = " (đã gạch bỏ)" if one.dropped_at else ""
    parts = [f"{one.from_whom}{struck}: {one.words}"]
    if one.stance or one.reply:
        parts.append(f"Trả lời: {one.get_stance_display()} {one.reply}".strip())
    if one.ruling:
        parts.append(f"Chủ trì kết luận: {one.ruling}")
    return "\n".join(parts)


def _seen(row: Hearing) -> str:
    return f"{moment_of(row.seen_at)}, {row.get_seen_way_display()}" if row.seen_at else ""


def _told(row: HearingOpinion) -> str:
    return "đã gạch bỏ" if row.dropped_at else ("đã ghi" if row.recorded_at else "chờ thư ký ghi")


def _still_there(rows: Any) -> Any:
    return rows.exclude(pk__in=rows.over(timezone.now()).values("pk"))


declare(
    Hearing,
    With(Participant, "participant"),
    Ends(
        "Góp ý ở sinh hoạt thường kỳ",
        "năm sau buổi sinh hoạt; ở hội nghị kiểm điểm thì cùng đợt kiểm điểm",
        over,
        lambda row: (row.name, day_of(row.meeting.day)),
    ),
    chapters=[
        Chapter(
            "Góp ý về đồng chí",
            TABLE,
            ("about",),
            rows=lambda rows: rows.exclude(state=Considering.WAITING).with_people(),
            fetch=("opinions__speaker",),
        )
    ],
    about=WHOSE,
    where=Shown("Ở", _where),
    presented=words("Tự trình bày"),
    opinions=Shown("Ý kiến góp ý", _opinions),
    response=words("Tiếp thu, giải trình"),
    merits=words("Kết luận: ưu điểm"),
    faults=words("Kết luận: hạn chế"),
    duties=words("Kết luận: việc phải sửa"),
    due=words("Thời hạn"),
    seen=Shown("Đã xem", _seen),
    seen_by=Acted("xác nhận đã xem góp ý", "seen_at"),
    saved_by=Acted("ghi góp ý, kết luận về đồng chí khác hoặc về mình", "saved_at"),
    state=Shown("Tình trạng"),
    destroyed_on=Shown("Nội dung đã huỷ ngày"),
)
declare(
    HearingOpinion,
    With(Hearing, "hearing"),
    chapters=[
        Chapter(
            "Ý kiến đồng chí đã góp",
            "Lưu mã hoá; người được góp ý và bàn chủ trì xem được khi đã ghi.",
            ("speaker",),
            people=("hearing__about", "hearing__meeting", "hearing__participant__cycle"),
        ),
        Chapter(
            "Ý kiến về đồng chí chưa được ghi",
            "",
            ("hearing__about",),
            hidden="Ý kiến gửi trước mà bàn chủ trì chưa ghi thì chỉ người gửi và bàn chủ trì đọc được; ghi rồi "
            "thì hiện ở mục Góp ý về đồng chí.",
        ),
    ],
    speaker=WHOSE,
    whom=Shown("Về", lambda row: row.hearing.whose),
    where=Shown("Ở", lambda row: _where(row.hearing)),
    given_at=Shown("Lúc"),
    kind=Shown("Loại"),
    words=words("Nội dung"),
    told=Shown("Tình trạng", _told),
    reply=words("Trả lời", inside=True),
    ruling=words("Kết luận của chủ trì", inside=True),
    saved_by=Acted("ghi ý kiến góp ý", "saved_at"),
    given_by=Acted("gửi, nhập ý kiến góp ý", "given_at"),
    dropped_by=Acted("gạch bỏ ý kiến góp ý", "dropped_at"),
)
declare(
    Opening,
    Stays("Chỉ thêm, không sửa, không xoá: đồng chí có quyền biết ai đã đọc."),
    chapters=[
        Chapter("Ai đã mở phần góp ý về đồng chí", "Mỗi lần mở một dòng; không đếm.", ("about",), people=("reader",))
    ],
    about=WHOSE,
    what=Shown("Đã mở"),
    opened_at=Shown("Lúc"),
    way=Shown("Cách"),
    reader=Acted("mở phần góp ý, biên bản đầy đủ, bộ hồ sơ", "opened_at", "Người mở"),
)
declare(
    PrepNote,
    Stays("Đồng chí xoá lúc nào cũng được; phần mềm xoá từ ngày thứ hai sau hội nghị."),
    chapters=[
        Chapter(
            "Ghi chú riêng để góp ý",
            "Lưu mã hoá; chỉ đồng chí xem được, xoá sau hội nghị.",
            ("author",),
            rows=_still_there,
            people=("participant__member", "participant__cycle"),
            private=Q(),
        ),
        Chapter(
            "Ghi chú riêng của đồng chí khác",
            "",
            ("participant__member",),
            hidden="Ghi chú để chuẩn bị góp ý chỉ người viết đọc được, không ai khác, cả chi uỷ; thành ý kiến thì "
            "mới hiện ở mục Góp ý về đồng chí, còn lại xoá sau hội nghị.",
        ),
    ],
    author=WHOSE,
    whom=Shown("Về", lambda row: row.participant.whose),
    cycle=Shown("Đợt", lambda row: str(row.participant.cycle)),
    **{name: Shown(label) for name, label in LABELS.items()},
)
declare(
    Proceedings,
    Stays("Biên bản hội nghị kiểm điểm đã ký: như biên bản sinh hoạt, đến khi cấp uỷ quy định (383-QĐ/TW, Điều 11)."),
    body=Hidden(
        "Biên bản hội nghị kiểm điểm có ý kiến về mọi người: chi uỷ giữ; phần về đồng chí hiện ở các mục trên."
    ),
    sealed_by=Acted("ký biên bản hội nghị kiểm điểm", "sealed_at"),
)
declare(
    ProceedingsCopy,
    Stays("Bản ký số ở cùng biên bản hội nghị kiểm điểm, lâu như biên bản ấy."),
    body=Hidden("Biên bản hội nghị kiểm điểm kèm chữ ký số và chứng thư của người ký: có ý kiến về mọi người."),
    kept_by=Acted("lấy ra, tải lên bản ký số biên bản hội nghị kiểm điểm", "kept_at"),
)
