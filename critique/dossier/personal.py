"""What the committee has noted about the papers in somebody's dossier."""

from __future__ import annotations

from critique.cycle.models import Participant
from critique.dossier.items import BY_NUMBER
from critique.dossier.models import DossierEntry
from members.declare import Acted, Chapter, Shown, With, declare, words

declare(
    DossierEntry,
    With(Participant, "participant"),
    chapters=[
        Chapter(
            "Hồ sơ kiểm điểm",
            "Chi uỷ ghi giấy tờ đang có; ghi chú lưu mã hoá.",
            ("participant__member",),
            people=("participant__cycle", "entered_by__member"),
            order=("-participant__cycle__year", "item"),
        )
    ],
    year=Shown("Năm", lambda row: str(row.participant.cycle.year)),
    item=Shown("Mục", lambda row: BY_NUMBER[row.item].title),
    state=Shown("Tình trạng"),
    sent_on=Shown("Gửi ngày"),
    received_on=Shown("Nhận ngày"),
    note=words("Ghi chú"),
    entered_at=Shown("Ghi lúc"),
    entered_by=Acted("ghi hồ sơ kiểm điểm", "entered_at", "Người ghi"),
)
