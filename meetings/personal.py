"""What meetings hold about somebody: nearly all of it is on the minutes, which stay."""

from __future__ import annotations

from django.db.models import Q

from meetings import models as m
from meetings.lifecycle import State
from members.declare import UNSENT, WHOSE, Acted, Chapter, Hidden, Nobody, Shown, Stays, With, declare
from members.said import moment_of

MINUTES = Stays(
    "Theo biên bản sinh hoạt: không huỷ ở đây, đến khi cấp uỷ quy định thời hạn lưu (383-QĐ/TW, Điều 11); "
    "nội dung đã ký không sửa, không xoá."
)
WORK = Stays("Giữ cùng việc của chi bộ (chương trình năm, chấm điểm, theo dõi nghị quyết).")
OF_ALL = Nobody("Lời chung của buổi họp, của chi bộ; cả chi bộ đọc được.")
_DONE = {"meeting__state__in": [State.CLOSED, State.SEALED]}


def _met(row: object) -> str:
    meeting = row if isinstance(row, m.Meeting) else row.meeting  # type: ignore[attr-defined]
    return f"{meeting.title}, {moment_of(meeting.held_at)}"


MET = Shown("Buổi họp", _met)
SEEN = "Ghi trong biên bản; chi bộ xem được."

declare(
    m.Meeting,
    MINUTES,
    chapters=[Chapter("Chủ trì, thư ký buổi họp", SEEN, ("chair", "minute_taker"), order=("-starts_at",))],
    met=MET,
    chair=Shown("Chủ trì"),
    minute_taker=Shown("Thư ký"),
    topic=OF_ALL,
    purpose=OF_ALL,
    dues=OF_ALL,
    quality=OF_ALL,
    saved_by=Acted("ghi lần cuối lời chung của buổi họp", "saved_at"),
)
declare(
    m.AgendaItem,
    MINUTES,
    chapters=[Chapter("Trình bày ở buổi họp", SEEN, ("presenter",), people=("meeting",))],
    met=MET,
    title=Shown("Nội dung"),
    presenter=WHOSE,
    notes=OF_ALL,
    conclusion=OF_ALL,
    empty_because=OF_ALL,
    passage=OF_ALL,
    saved_by=Acted("ghi lần cuối một nội dung họp", "saved_at"),
)
declare(
    m.Attendance,
    MINUTES,
    chapters=[Chapter("Dự họp", SEEN, ("member",), people=("meeting",), order=("-meeting__starts_at",))],
    met=MET,
    member=WHOSE,
    mark=Shown("Điểm danh"),
    reason=Shown("Lý do"),
    apology=Shown("Xin vắng"),
    apologised_at=Shown("Xin vắng lúc"),
    apology_entered_by=Acted("nhập xin vắng", "apologised_at", "Người nhập xin vắng"),
    note=Shown("Điều chỉnh danh sách"),
    handed_at=Shown("Được trao tờ kết quả lúc"),
    arrived_at=Shown("Đến lúc"),
    left_at=Shown("Về lúc"),
    roll_number=Shown("Số điểm danh"),
)
declare(
    m.Remark,
    MINUTES,
    chapters=[
        Chapter(
            "Ý kiến trong biên bản đã đóng",
            SEEN,
            ("speaker__member",),
            rows=lambda rows: rows.filter(**_DONE),
            people=("meeting", "item", "entered_by__member"),
            order=("-entered_at",),
        )
    ],
    met=MET,
    item=Shown("Nội dung", lambda row: row.item.title),
    text=Shown("Ý kiến"),
    awareness=Shown("Nhận thức"),
    relation=Shown("Liên hệ"),
    proposal=Shown("Kiến nghị"),
    saved_by=Acted("ghi lần cuối một ý kiến", "saved_at"),
    entered_by=Acted("ghi ý kiến phát biểu", "entered_at", "Người ghi"),
)
ON_THE_LIST = Stays("Xoá khi biên bản được ký; chỉ còn ý kiến ghi trong biên bản. Không cộng số lần, số phút của ai.")
declare(
    m.Turn,
    ON_THE_LIST,
    chapters=[
        Chapter(
            "Đăng ký phát biểu ở buổi họp chưa ký biên bản",
            "Để biết đến lượt ai; chi bộ xem được.",
            ("speaker__member",),
            people=("meeting", "item", "asked_by__member"),
        )
    ],
    met=MET,
    item=Shown("Nội dung", lambda row: row.item.title),
    kind=Shown("Loại"),
    state=Shown("Tình trạng"),
    asked_at=Shown("Đăng ký lúc"),
    asked_by=Acted("ghi đăng ký phát biểu", "asked_at", "Người ghi"),
    started_at=Shown("Bắt đầu lúc"),
    ended_at=Shown("Kết thúc lúc"),
)
declare(
    m.FloorStep,
    ON_THE_LIST,
    was=Nobody("Thứ tự, giờ trước và sau một bước của bàn thư ký, theo khoá của lượt; giữ mười bước cuối."),
)
declare(m.Vote, MINUTES, question=OF_ALL, kind_name=OF_ALL, source=OF_ALL)
declare(
    m.Teller,
    MINUTES,
    chapters=[Chapter("Kiểm phiếu", SEEN, ("person__member",), people=("meeting", "vote"), order=("-pk",))],
    met=MET,
    vote=Shown("Biểu quyết", lambda row: row.vote.question),
    leads=Shown("Tổ trưởng"),
)
declare(
    m.Poll,
    Stays("Câu hỏi và thời điểm mở ở lại cùng buổi họp; con số giơ tay về 0 khi công bố hoặc rút."),
    question=OF_ALL,
    kind_name=OF_ALL,
    source=OF_ALL,
    opened_by=Acted("mở biểu quyết trong phòng họp", "opened_at"),
)
declare(
    m.Voice,
    Stays("Xoá ngay khi biểu quyết được công bố hoặc bị rút; biên bản chỉ có tổng số."),
    chapters=[
        Chapter(
            "Ý kiến ở biểu quyết đang mở",
            "Chỉ đồng chí xem được; bàn thư ký chỉ thấy đã có ý kiến hay chưa.",
            ("attendance__member",),
            people=("poll", "meeting", "attendance", "entered_by__member"),
        )
    ],
    met=MET,
    poll=Shown("Biểu quyết", lambda row: row.poll.question),
    choice=Shown("Ý kiến"),
    entered_by=Acted("ghi ý kiến biểu quyết", "entered_at", "Người ghi"),
)
declare(
    m.Outcome,
    MINUTES,
    text=OF_ALL,
    saved_by=Acted("ghi lần cuối một kết quả của nội dung họp", "saved_at"),
    entered_by=Acted("ghi kết quả của nội dung họp", "entered_at", "Người ghi"),
)
declare(
    m.News,
    MINUTES,
    headline=OF_ALL,
    text=OF_ALL,
    saved_by=Acted("ghi lần cuối tin bài", "saved_at"),
    begun_by=Acted("soạn tin bài", "begun_at"),
)
declare(
    m.NewsPhoto,
    With(m.News, "news"),
    caption=OF_ALL,
    jpeg=Nobody("Ảnh chung của buổi họp, chỉ khi những người trong ảnh đồng ý; ai không đồng ý nữa thì ảnh được gỡ."),
    agreed_by=Acted("đưa ảnh vào tin bài", "agreed_at"),
)
declare(
    m.Recusal,
    MINUTES,
    chapters=[
        Chapter("Không tham gia một nội dung", SEEN, ("person__member",), people=("meeting", "item"), order=("-pk",))
    ],
    met=MET,
    item=Shown("Nội dung", lambda row: row.item.title),
    reason=Shown("Lý do"),
)
declare(
    m.Task,
    MINUTES,
    chapters=[Chapter("Nhiệm vụ được giao", "Nhắc lại đến khi xong; chi bộ xem được.", ("owner",))],
    owner=WHOSE,
    text=Shown("Nhiệm vụ"),
    due_on=Shown("Hạn"),
    state=Shown("Tình trạng"),
)
_TASK = Shown("Nhiệm vụ", lambda row: row.task.text)
declare(
    m.TaskReport,
    MINUTES,
    chapters=[
        Chapter("Kết quả nhiệm vụ ở buổi họp", SEEN, ("task__owner",), people=("task", "meeting", "entered_by__member"))
    ],
    task=_TASK,
    met=MET,
    state=Shown("Tình trạng"),
    result=Shown("Kết quả"),
    entered_by=Acted("ghi kết quả nhiệm vụ", "entered_at", "Người ghi"),
)
declare(
    m.TaskNote,
    MINUTES,
    chapters=[
        Chapter(
            "Ghi chép về nhiệm vụ",
            "Đồng chí tự ghi hoặc chi uỷ ghi thay.",
            ("task__owner",),
            people=("task", "entered_by__member"),
            order=("-entered_at",),
        )
    ],
    task=_TASK,
    entered_at=Shown("Ghi lúc"),
    entered_by=Acted("ghi chép về nhiệm vụ", "entered_at", "Người ghi"),
    state=Shown("Tình trạng"),
    text=Shown("Nội dung"),
)
declare(
    m.Resolution,
    WORK,
    subject=OF_ALL,
    assessment=OF_ALL,
    directions=OF_ALL,
    arrangements=OF_ALL,
    document=OF_ALL,
    saved_by=Acted("ghi lần cuối lời của nghị quyết, kết luận", "saved_at"),
    sealed_by=Acted("ký ban hành nghị quyết, kết luận", "sealed_at"),
)
declare(m.ResolutionStep, WORK, text=OF_ALL, entered_by=Acted("theo dõi nghị quyết", "entered_at"))
declare(
    m.Signature,
    MINUTES,
    chapters=[Chapter("Xác nhận biên bản", SEEN, ("member",), people=("meeting",))],
    met=MET,
    member=WHOSE,
    seat=Shown("Ở chỗ"),
    signed_at=Shown("Lúc"),
    reason=Shown("Lý do ghi thay"),
    entered_by=Acted("xác nhận biên bản", "signed_at"),
)
declare(
    m.SeatChange,
    MINUTES,
    chapters=[
        Chapter("Nhận, giao chủ trì hoặc ghi biên bản", SEEN, ("member", "was"), people=("meeting", "was", "member"))
    ],
    met=MET,
    seat=Shown("Ở chỗ"),
    was=Shown("Đến lúc đổi"),
    member=Shown("Từ lúc đổi"),
    since=Shown("Đổi lúc"),
    entered_by=Acted("ghi việc đổi chủ trì, thư ký", "entered_at"),
)
declare(
    m.Correction,
    MINUTES,
    chapters=[
        Chapter(
            "Đề nghị sửa lời trong dự thảo biên bản",
            "Bàn thư ký trả lời; chi bộ xem được.",
            ("member",),
            people=("meeting", "answer", "entered_by__member"),
        )
    ],
    met=MET,
    member=WHOSE,
    text=Shown("Đề nghị"),
    was=Shown("Lời khi đề nghị"),
    answer=Shown("Trả lời", lambda row: str(row.answered or "chưa trả lời")),
    entered_by=Acted("ghi đề nghị sửa biên bản", "entered_at", "Người ghi"),
)
declare(m.CorrectionAnswer, MINUTES, reason=OF_ALL, answered_by=Acted("trả lời đề nghị sửa biên bản", "answered_at"))
declare(
    m.Minutes,
    MINUTES,
    document=Hidden("Biên bản đã ký có cả tên và ý kiến người khác: cả chi bộ đọc ở trang biên bản."),
)
declare(
    m.SignedCopy,
    MINUTES,
    data=Hidden("Văn bản đã ký, kèm chữ ký số và chứng thư của người ký: cả chi bộ tải được ở trang của văn bản."),
    kept_by=Acted("lấy ra, tải lên bản ký số", "kept_at"),
)
declare(
    m.Addendum,
    MINUTES,
    text=OF_ALL,
    reason=OF_ALL,
    document=OF_ALL,
    written_by=Acted("viết bổ sung biên bản", "written_at"),
)
declare(m.Inspection, WORK, superior=Acted("nhận xét biên bản của chi bộ trực thuộc", "given_at"))
declare(
    m.InspectionComment,
    WORK,
    text=OF_ALL,
    answer=OF_ALL,
    answered_by=Acted("trả lời nhận xét của cấp trên", "answered_at"),
)
declare(m.Explanation, WORK, text=OF_ALL, said_by=Acted("nêu lý do với cấp trên về một việc chưa làm", "said_at"))
declare(
    m.ProgrammeLine,
    WORK,
    chapters=[
        Chapter(
            "Phân công trong chương trình năm",
            "Chi bộ xem được.",
            ("preparer", "presenter", "self_critic"),
            people=("programme", "preparer", "presenter", "self_critic"),
            order=("-programme__year", "-month"),
        )
    ],
    month=Shown("Tháng", lambda row: f"{row.month}/{row.programme.year}"),
    topic=Shown("Nội dung"),
    preparer=Shown("Người chuẩn bị"),
    presenter=Shown("Người trình bày"),
    self_critic=Shown("Người tự phê bình"),
)
declare(
    m.CalendarFeed,
    Stays("Đến khi đồng chí đổi hoặc bỏ địa chỉ lịch."),
    chapters=[Chapter("Lịch họp trên máy của đồng chí", "Để chương trình lịch tải lịch họp.", ("member",))],
    member=WHOSE,
    made_at=Shown("Tạo lúc"),
    token_hash=Hidden("Địa chỉ lịch chỉ lưu dạng băm, không ai đọc lại được."),
)
declare(
    m.Reminder,
    Stays("Giữ để không gửi hai lần."),
    chapters=[
        Chapter(
            "Thư đã gửi", "Chỉ gửi khi đồng chí đã đồng ý.", ("to__member",), people=("meeting",), order=("-sent_at",)
        )
    ],
    to=WHOSE,
    met=MET,
    what=Shown("Thư"),
    sent_at=Shown("Lúc"),
)
declare(
    m.ScoreSheet,
    WORK,
    chapters=[Chapter("Theo dõi chấm điểm buổi họp", "Chi bộ xem được.", ("follower",), people=("meeting",))],
    met=MET,
    follower=WHOSE,
    weak_points=OF_ALL,
    confirmed_by=Acted("xác nhận điểm của chi bộ", "confirmed_at"),
)
declare(m.ScoreLine, WORK, evidence=OF_ALL, reason=OF_ALL, confirmed_reason=OF_ALL)
declare(
    m.ThematicPaper,
    MINUTES,
    chapters=[Chapter("Chuyên đề đồng chí viết", "Chi bộ đọc được khi đã gửi.", ("author",), people=("meeting",))],
    met=MET,
    author=WHOSE,
    draft=Shown("Dự thảo"),
    completed=Shown("Bản hoàn chỉnh"),
    saved_by=Acted("viết lần cuối một chuyên đề", "saved_at"),
)
declare(
    m.Opinion,
    MINUTES,
    chapters=[
        Chapter(
            "Góp ý vào dự thảo",
            "Người viết dự thảo trả lời; chi bộ xem được.",
            ("member",),
            people=("meeting", "entered_by__member", "answered_by__member"),
        )
    ],
    met=MET,
    member=WHOSE,
    quote=Shown("Về đoạn"),
    text=Shown("Góp ý"),
    answer=Shown("Trả lời"),
    reason=Shown("Lý do"),
    became=Shown("Đã sửa thành"),
    entered_by=Acted("nhập góp ý vào dự thảo", "entered_at", "Người nhập"),
    answered_by=Acted("trả lời góp ý vào dự thảo", "answered_at", "Người trả lời"),
)
declare(
    m.Draft,
    UNSENT,
    chapters=[Chapter("Lời đang gõ về sinh hoạt, chưa gửi", "Chỉ đồng chí xem được.", ("author",), private=Q())],
    author=WHOSE,
    saved_at=Shown("Gõ lúc"),
    texts=Shown("Nội dung", lambda row: "\n".join(row.texts.values())),
)
