"""What is done about work and topics from above, in words for the log."""

from __future__ import annotations

from errands.models import Charge, Errand
from members.deeds.words import Kind, Thing, acts

THINGS = (
    Thing(
        Errand,
        "Việc, nội dung giao cho chi bộ",
        acts(Kind.PLAN, {"give_errand": "Giao việc", "withdraw_errand": "Thu hồi việc đã giao"}),
    ),
    Thing(
        Charge,
        "Việc cấp trên giao",
        acts(
            Kind.WORK,
            {
                "get_errand": "Cấp trên giao việc",
                "report_errand": "Báo cấp trên về việc được giao",
                "place_charge": "Xếp nội dung cấp trên giao vào chương trình năm",
            },
        ),
        people=("errand", "cell"),
        name=lambda row: str(row.errand),
    ),
)
