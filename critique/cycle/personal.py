"""What a yearly review holds about somebody, and when the whole of it ends: everything else of it hangs on this row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from critique.cycle.models import Cycle, Participant
from critique.lifecycle import State
from members.declare import WHOSE, Chapter, Ends, Nobody, Shown, Stays, declare, words
from members.names import sort_key

if TYPE_CHECKING:
    from datetime import date

    from members.models import Organisation

AUDIT = Stays("Chỉ thêm, không sửa, không xoá.")


def over(cell: Organisation, day: date, years: int) -> list[Participant]:
    """Of each person and of the collective all but the latest reviews that were handed in; of who handed in none, what
    is older. Oldest year first. One query; no text is opened."""
    rows = Participant.objects.filter(cycle__cell=cell, cycle__state=State.CLOSED).select_related("member", "cycle")
    rows = rows.filter(Q(destroyed_on__isnull=True) | Q(review__submitted_at__isnull=False))
    handed_in = rows.filter(review__submitted_at__isnull=False).order_by("-cycle__year")
    others = rows.filter(Q(review__isnull=True) | Q(review__submitted_at__isnull=True))
    found = [*_beyond(handed_in, years), *others.filter(cycle__year__lt=day.year - years)]
    left = [row for row in found if row.destroyed_on is None]
    return sorted(left, key=lambda row: (row.cycle.year, sort_key(row.name)))


def _beyond(rows: Iterable[Participant], kept: int) -> list[Participant]:
    seen: dict[int | None, int] = {}
    found = []
    for row in rows:
        seen[row.member_id] = seen.get(row.member_id, 0) + 1
        if seen[row.member_id] > kept:
            found.append(row)
    return found


declare(Cycle, AUDIT, basis=Nobody("Căn cứ của đợt kiểm điểm."))
declare(
    Participant,
    Ends(
        "Kiểm điểm hằng năm",
        "bản gần nhất của mỗi đồng chí; đợt không nộp bản nào thì bấy nhiêu năm",
        over,
        lambda row: (row.name, str(row.cycle.year)),
    ),
    chapters=[
        Chapter(
            "Trong danh sách kiểm điểm",
            "Chi uỷ lập; lý do lưu mã hoá.",
            ("member",),
            people=("cycle", "typist"),
            order=("-cycle__year",),
        ),
        Chapter(
            "Nhập bản kiểm điểm thay đồng chí khác",
            "Chi uỷ phân công.",
            ("typist",),
            shows=("year", "whom"),
            people=("cycle", "member"),
            order=("-cycle__year",),
        ),
    ],
    member=WHOSE,
    year=Shown("Năm", lambda row: str(row.cycle.year)),
    whom=Shown("Thay", lambda row: row.name, inside=True),
    reason=Shown("Diện", lambda row: row.reason_words),
    writes=Shown("Viết bản kiểm điểm"),
    note=words("Lý do chi uỷ ghi"),
    form=Shown("Mẫu"),
    typist=Shown("Người nhập thay"),
    destroyed_on=Shown("Nội dung đợt này đã huỷ ngày"),
)
