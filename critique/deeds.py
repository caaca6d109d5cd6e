"""What is done in self-criticism and criticism, in words for the log; who has opened what stands there too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from critique.cycle.models import Cycle, Participant
from critique.hearing.models import Hearing, Opening
from critique.letters.models import Criticism
from critique.remedies.models import Remedy
from critique.writing.models import ReadingLog, Way
from meetings.models import Meeting
from members.deeds.sources import Deed, Scope, Source
from members.deeds.words import Kind, Thing, acts

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User

_REVIEWED = {
    "plan": "Lập đợt kiểm điểm",
    "edit": "Sửa đợt kiểm điểm",
    "draw_up": "Lập danh sách người kiểm điểm",
    "participant": "Sửa việc viết của một đồng chí",
    "plan_conference": "Lập hội nghị kiểm điểm",
    "give_to_sign": "Lấy bản để ký số biên bản hội nghị kiểm điểm",
    "keep_signed": "Tải lên biên bản hội nghị kiểm điểm đã ký số",
    "open": "Mở đợt viết",
    "read": "Gửi đọc các bản đã nộp",
    "shut": "Kết thúc thời gian đọc",
    "hold": "Ghi hội nghị đã họp",
    "resume": "Trở lại bước đọc",
    "close": "Kết thúc đợt kiểm điểm",
    "submit": "Nộp bản tự kiểm điểm",
    "take_back": "Rút lại bản tự kiểm điểm",
    "choose_way": "Chọn viết trên máy hoặc nộp bản giấy",
    "enter": "Nhập bản tự kiểm điểm từ giấy",
    "file_item": "Ghi một mục của hồ sơ kiểm điểm",
    "take_up": "Đưa hạn chế vào danh sách khắc phục",
}
_RATED = {
    "open_ballot": "Lập tổ kiểm phiếu",
    "count_ballot": "Ghi kết quả kiểm phiếu",
    "confirm_ballot": "Xác nhận kết quả kiểm phiếu",
    "level_propose": "Đề xuất mức xếp loại",
    "level_appraise": "Cấp trên thẩm định mức",
    "level_decide": "Ghi quyết định mức",
    "level_decide_again": "Ghi quyết định lại mức",
    "level_notify": "Ghi đã thông báo mức",
    "level_complain": "Ghi khiếu nại mức",
    "level_answer": "Trả lời khiếu nại mức",
    "hand_up": "Nộp hồ sơ lên cấp trên",
    "take_back_handed_up": "Rút lại hồ sơ đã nộp",
    "publish_levels": "Công khai mức xếp loại",
}
_HEARD = {
    "begin": "Bắt đầu góp ý",
    "opinion": "Ghi một ý kiến",
    "record": "Ghi ý kiến đã gửi vào biên bản",
    "sent": "Gửi ý kiến trước",
    "take_back": "Rút ý kiến đã gửi",
    "strike": "Bỏ một ý kiến",
    "seen": "Xác nhận đã xem ý kiến và kết luận",
    "close": "Kết thúc phần góp ý",
    "reopen": "Mở lại phần góp ý",
}
_MENDED = {
    "take_up": "Ghi vào danh sách khắc phục từ bản tự kiểm điểm",
    "enter": "Ghi việc khắc phục",
    "arrange": "Sắp xếp việc khắc phục",
    "report": "Ghi kết quả khắc phục",
    "check": "Rà soát khắc phục",
    "close": "Kết thúc việc khắc phục",
    "reopen": "Mở lại việc khắc phục",
    "link": "Nối với hạn chế trước đây",
}
WRITTEN = {
    "send": "Gửi",
    "answer": "Trả lời",
    "put_off": "Lùi ngày trả lời",
    "withdraw": "Rút lại",
}


def _of(model: Any, *columns: str) -> Any:
    """The events of rows that name this person in one of these columns, and that they may read."""

    def concerning(user: User) -> Q:
        named = Q(pk__in=[])
        for column in columns:
            named |= Q(**{f"{column}__isnull": False, column: user.member_id})
        return Q(thing_pk__in=model.objects.read_by(user).filter(named).order_by().values("pk"))

    return concerning


def _of_review(user: User) -> Q:
    """In a year's review: what names this person's place in it."""
    mine = Participant.objects.filter(member__isnull=False, member=user.member_id)
    return Q(data__participant__in=list(mine.order_by().values_list("pk", flat=True)))


# An opinion that is not recorded yet, or never was, is known to whoever sent it.
_UNHEARD = ("sent", "take_back", "strike")

THINGS = (
    Thing(
        Cycle,
        "Đợt kiểm điểm",
        {
            **acts(Kind.REVIEW, _REVIEWED),
            **acts(Kind.LEVEL, _RATED),
            **acts(Kind.EXPORT, {"pack": "Tải về bộ hồ sơ kiểm điểm"}),
        },
        concerning=_of_review,
        own_pages=True,
    ),
    Thing(
        Hearing,
        "Phần góp ý",
        acts(Kind.REVIEW, _HEARD, own=_UNHEARD),
        people=("about",),
        concerning=_of(Hearing, "about"),
        own_pages=True,
    ),
    Thing(
        Remedy,
        "Việc khắc phục hạn chế",
        acts(Kind.REVIEW, _MENDED),
        concerning=_of(Remedy, "about", "helper"),
        own_pages=True,
    ),
    Thing(
        Criticism,
        "Ý kiến bằng văn bản",
        acts(Kind.LETTER, WRITTEN),
        name=lambda row: row.get_kind_display(),
        concerning=_of(Criticism, "sender", "to_member"),
        own_pages=True,
    ),
)


def _readings(scope: Scope) -> QuerySet[ReadingLog]:
    """Who has opened a self-review: for its author alone."""
    rows = ReadingLog.objects.select_related("reader", "review__participant__cycle")
    if scope.cell is not None or scope.user.member is None:
        return rows.none()
    return rows.filter(review__participant__member=scope.user.member)


def _tell_readings(rows: Iterable[ReadingLog], scope: Scope) -> Iterator[Deed]:
    for row in rows:
        yield _deed(row.read_at, row.reader, "bản tự kiểm điểm của đồng chí", row.way, row.review.participant.cycle)


def _openings(scope: Scope) -> QuerySet[Opening]:
    """What was said of somebody: for that person, and what they opened themselves. What holds the words about everybody
    (full minutes, archive) for whoever has a place in that review, and for those who lead the cell.
    """
    rows = Opening.objects.select_related("reader", "about", "cycle", "hearing__about")
    if scope.cell is None:
        me = scope.user.member_id
        places = Participant.objects.filter(member__isnull=False, member=me).values("cycle")
        whole = Q(about=None, hearing=None, cycle__in=places)
        return rows.filter(Q(about__isnull=False, about=me) | Q(reader=me) | whole)
    found = rows.for_user(scope.user).in_cell(scope.cell).filter(about=None)
    if scope.rows:
        meetings = [one.pk for one in scope.rows if isinstance(one, Meeting)]
        found = found.filter(Q(cycle__meeting__in=meetings) | Q(hearing__meeting__in=meetings))
    return found


def _tell_openings(rows: Iterable[Opening], scope: Scope) -> Iterator[Deed]:
    for row in rows:
        whose = f" về {row.hearing.whose}" if row.hearing else ""
        yield _deed(row.opened_at, row.reader, f"{row.get_what_display()}{whose}", row.way, row.cycle)


def _deed(at: Any, reader: object, what: str, way: str, cycle: Cycle | None) -> Deed:
    read = way == Way.SCREEN
    words = f"{'Mở' if read else 'Tải về, in'} {what}"
    return Deed(at, f"đồng chí {reader}", words, Kind.READING if read else Kind.EXPORT, str(cycle) if cycle else "")


SOURCES = (Source("read_at", _readings, _tell_readings), Source("opened_at", _openings, _tell_openings))
