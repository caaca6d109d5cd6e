"""What work or a topic from above holds about somebody: who has given it, who has reported."""

from __future__ import annotations

from errands.models import Charge, Errand, Report
from members.declare import Acted, Nobody, Stays, declare

_WORK = Stays("Giữ cùng hồ sơ công việc của tổ chức.")
_OF_ALL = Nobody("Việc chung của chi bộ; cả chi bộ và cấp trên đọc được.")

declare(
    Errand,
    _WORK,
    text=_OF_ALL,
    document=_OF_ALL,
    given_by=Acted("giao việc, nội dung cho chi bộ", "given_at"),
)
declare(Charge, _WORK)
declare(Report, _WORK, words=_OF_ALL, entered_by=Acted("báo cấp trên về việc, nội dung được giao", "entered_at"))
