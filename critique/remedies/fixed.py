"""What committees may fix about remedies: after how many days one is looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rulings.kinds import Fixed, Numbers
from rulings.subjects import Group

if TYPE_CHECKING:
    from datetime import date

    from members.models import Organisation

# No central document fixes when a remedy is looked at again; 30, 60 and 90 days come from a local model plan.
RHYTHM = Numbers(
    "rhythm",
    "Nhịp rà soát việc khắc phục",
    group=Group.CRITIQUE,
    says="sau {} ngày",
    bounds=(7, 365),
    usual=(30, 60, 90),
    source="mẫu địa phương",
    most=6,
    help_text="Số ngày của từng lần rà soát, cách nhau bằng dấu phẩy, ví dụ 30, 60, 90.",
)


def rhythm_of(organisation: Organisation, day: date) -> Fixed:
    return RHYTHM.fixed(organisation, day)
