"""What rulings and days off hold about somebody: who has entered them."""

from __future__ import annotations

from members.declare import Acted, Nobody, Stays, declare
from rulings.models import DayOff, Ruling

_PAPER = Stays("Quy định của tổ chức, giữ cùng văn bản.")

declare(
    Ruling,
    _PAPER,
    value=Nobody("Mức và cách làm theo văn bản của cấp uỷ."),
    entered_by=Acted("ghi quy định của cấp uỷ", "entered_at"),
)
declare(DayOff, _PAPER, entered_by=Acted("ghi ngày nghỉ", "entered_at"))
