"""What ballots and levels hold about somebody."""

from __future__ import annotations

from critique.cycle.models import Participant
from critique.levels.models import Ballot, BallotLine, LevelEntry
from members.declare import Acted, Chapter, Hidden, Nobody, Shown, Stays, With, declare, words
from members.said import day_of

DECISION = Stays("Mức xếp loại, ngày và văn bản giữ theo hồ sơ kiểm điểm; không huỷ ở đây.")


def _document(row: LevelEntry) -> str:
    return ", ".join(part for part in (row.document, day_of(row.document_date)) if part)


declare(
    Ballot,
    DECISION,
    chapters=[
        Chapter(
            "Tổ kiểm phiếu xếp loại",
            "Ghi trong biên bản kiểm phiếu; chi uỷ, tổ kiểm phiếu xem được.",
            ("head", "chair", "tellers"),
            people=("cycle", "head", "chair"),
            fetch=("tellers",),
        )
    ],
    year=Shown("Năm", lambda row: str(row.cycle.year)),
    round=Shown("Vòng"),
    head=Shown("Tổ trưởng"),
    chair=Shown("Chủ trì"),
    tellers=Shown("Thành viên", lambda row: ", ".join(one.full_name for one in row.tellers.all())),
    source=Nobody("Căn cứ của tỷ lệ."),
    counted_by=Acted("ghi kết quả kiểm phiếu", "counted_at"),
    head_signed_by=Acted("xác nhận kiểm phiếu", "head_signed_at"),
    chair_signed_by=Acted("xác nhận kiểm phiếu, chủ trì", "chair_signed_at"),
    document=Hidden("Biên bản kiểm phiếu có số phiếu của mọi người: chi uỷ giữ."),
)
declare(
    BallotLine,
    DECISION,
    chapters=[
        Chapter(
            "Số phiếu về đồng chí",
            "",
            ("participant__member",),
            hidden="Số phiếu từng mức ở trong biên bản kiểm phiếu, chi uỷ và tổ kiểm phiếu xem được; đồng chí được báo "
            "mức xếp loại.",
        )
    ],
)
declare(
    LevelEntry,
    With(Participant, "participant"),
    chapters=[
        Chapter(
            "Mức xếp loại",
            "Đồng chí và chi uỷ xem được; nộp rồi thì cấp trên cũng xem.",
            ("participant__member",),
            people=("participant__cycle__cell", "recorded_by__member", "person"),
            order=("-participant__cycle__year", "-number"),
        ),
        Chapter(
            "Lời đồng chí nói về mức xếp loại của người khác",
            "Người được xếp loại và chi uỷ xem được.",
            ("person",),
            shows=("year", "kind", "recorded_at"),
            rows=lambda rows: rows.exclude(participant__member=None),
            people=("participant__cycle",),
        ),
    ],
    year=Shown("Năm", lambda row: str(row.participant.cycle.year)),
    cell=Shown("Chi bộ", lambda row: row.participant.cycle.cell.name),
    kind=Shown("Bước"),
    level=Shown("Mức"),
    document=Shown("Văn bản", _document),
    words=words("Nội dung"),
    person=Shown("Lời của"),
    recorded_at=Shown("Ghi lúc"),
    recorded_by=Acted("ghi bước xếp loại", "recorded_at", "Người ghi"),
)
