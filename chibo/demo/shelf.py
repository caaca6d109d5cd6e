"""What stands on the demonstration committee's shelf: a directive whose second point we have seen word for word, at
second hand, and says so. No bulletin: we have seen no issue of one.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from shelf import actions
from shelf.actions import Source
from shelf.facts import NEWS
from shelf.models import EntryKind, Seen

if TYPE_CHECKING:
    from chibo.demo.build import Stage
    from meetings.models import Meeting

# The symbol says that it is the Centre's; which body of it has signed, we have not seen.
ISSUED = date(2025, 7, 23)
BODY = "Trung ương Đảng"


def keep_shelf(stage: Stage, ahead: Meeting) -> None:
    """Put there by the committee above, to be read before the meeting that is being prepared; once it was issued."""
    if stage.today < ISSUED:
        return
    at = stage.at(stage.today - timedelta(days=3), 9)
    source = Source(
        body=BODY,
        title="Chỉ thị về nâng cao chất lượng sinh hoạt chi bộ",
        number="50-CT/TW",
        dated_on=ISSUED,
        seen_by=stage.reviewer.get_full_name(),
        seen_as=Seen.RELAYED,
        seen_where="bản đăng lại trên trang pháp luật",
    )
    entry = actions.put(stage.reviewer.tenures[0].organisation, EntryKind.DOCUMENT, source, by=stage.reviewer, at=at)
    words = "Tổ chức sinh hoạt chuyên đề, ít nhất mỗi quý 1 lần"
    actions.quote(entry, words=words, place="mục 2", by=stage.reviewer, at=at)
    actions.read_at(
        ahead.items.get(step=NEWS), entry, part="mục 2", by=stage.account("thanh"), at=stage.at(stage.today, 9)
    )
