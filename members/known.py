"""WHO MAY KNOW WHAT: one table, read line by line; it decides which rows exist for somebody and what roles they give.

`cell`: whose it is. `see`: the rights that let somebody read it (members/policy.py says whose they are). `gives`: roles
that the thing itself gives. `member`: when to belong to the cell is a reason to read it. `secret`: whoever may not read
it does not know that it exists. `above`: from which moment a superior committee sees it; a line without it: never.
`told`: from which moment the cell knows of what such a committee writes about it.
The page /who-may-know/ prints this table for everybody.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from members.conditions import ALWAYS, NEVER, Is, Not, Since, both
from members.knowing import Account, Answering, Committee, Gives, Known, PartOf, Person, Told
from members.roles import LEADERS, ON_COMMITTEE, Role

if TYPE_CHECKING:
    from django.db.models import Model

A_POST = Is("kind", ON_COMMITTEE, "là chức vụ; kèm họ tên đảng viên chi bộ, để chọn người giữ")
SEALED = Is("state", ("sealed",), "biên bản buổi họp đã đủ chữ ký")
HANDED_UP = Since("handed_up_at", "chi bộ đã gửi kết quả kiểm điểm lên cấp trên")
SUBMITTED = Since("submitted_at", "bản ấy đã nộp")
CONFIRMED = Since("confirmed_at", "kết quả kiểm phiếu đã được xác nhận")
OF_A_COMMITTEE = Is("organisation__kind", ("committee",), "là của cấp uỷ")
OF_THE_CELL = Not(Is("kind", ("committee",), "họp chi uỷ"), "trừ cuộc họp chi uỷ")
NOT_CANCELLED = Not(Is("meeting__state", ("cancelled",), "buổi họp đã huỷ"), "buổi họp không bị huỷ")
ABOUT_SOMEBODY = Since("about", "nói về một đồng chí")
ABOUT_NOBODY = Not(ABOUT_SOMEBODY, "nội dung của tập thể")
COLLECTIVE = Not(Since("member", "của một đồng chí"), "bản của tập thể chi uỷ")
BEGUN = Not(Is("state", ("waiting",), "chưa bắt đầu"), "đã bắt đầu góp ý")
ASKED = Since("asked_at", "phiếu cần người thứ hai xác nhận")
GIVEN = Since("given_at", "cấp trên đã gửi kết quả xem xét")
RECORDED = Since("recorded_at", "ý kiến đã được ghi")
TABLE_OF_REVIEW = (
    Gives(Role.CHAIR, Person("meeting__chair"), NOT_CANCELLED),
    Gives(Role.MINUTE_TAKER, Person("meeting__minute_taker"), NOT_CANCELLED),
)
_MEETING, _TASK, _RESOLUTION = "meetings.Meeting", "meetings.Task", "meetings.Resolution"
_ENTRY = "shelf.Entry"
_CYCLE, _PARTICIPANT, _REVIEW = "critique.Cycle", "critique.Participant", "critique.SelfReview"
_HEARING, _REMEDY = "critique.Hearing", "critique.Remedy"
_WHOLE = "critique.Proceedings"

_DRAFT = Known(
    "Chữ viết dở, chưa gửi",
    cell="cell",
    see=("draft.keep",),
    gives=(Gives(Role.AUTHOR, Person("author")),),
    member=NEVER,
    secret=True,
)

_OWN_ACCOUNT = Known(
    "Mã dự phòng",
    cell="user__member__organisation",
    gives=(Gives(Role.CONCERNED, Account("user")),),
    member=NEVER,
    secret=True,
    also=(Role.CONCERNED,),
)

KNOWN: dict[str, Known | PartOf] = {
    # the cell and its people
    "members.Organisation": Known("Tên chi bộ, nơi trực thuộc", cell="", see=("cell.see", "rule.see"), above=ALWAYS),
    "members.Member": Known("Danh sách đảng viên", cell="organisation", see=("member.see",)),
    "members.Tenure": Known("Tư cách, chức vụ", cell="organisation", see=("member.see", "post.give"), above=A_POST),
    "members.SignInSlip": Known(
        "Phiếu đăng nhập",
        cell="user__member__organisation",
        see=("slip.issue", "slip.confirm"),
        secret=True,
        above=ASKED,
    ),
    "members.RecoveryCode": _OWN_ACCOUNT,
    "members.Visit": replace(_OWN_ACCOUNT, what="Nơi tài khoản đang đăng nhập"),
    "printing.Order": replace(
        _OWN_ACCOUNT,
        what="Bản in lớn đang lập, đã lập",
        cell="by__member__organisation",
        gives=(Gives(Role.CONCERNED, Account("by")),),
    ),
    "members.PaperNumber": Known("Sổ đăng ký số văn bản", cell="cell", see=("number.keep",)),
    "members.Event": Known(
        "Nhật ký: đã làm gì với việc nào",
        cell="cell",
        see=("deed.see",),
        gives=(Gives(Role.DOER, Account("actor")),),
        secret=True,
        also=(Role.DOER, *LEADERS),
    ),
    "search.Passage": Known("Chữ không dấu để tìm; ai tìm cũng chỉ thấy điều mình được đọc", cell="cell"),
    "book.Link": Known("Sổ biên bản: mã của từng nội dung đã ký", cell="cell", see=("link.see",), above=ALWAYS),
    # a meeting and everything that belongs to it
    _MEETING: Known(
        "Buổi họp",
        cell="cell",
        see=("meeting.see", "plan.see", "minutes.see"),
        gives=(
            Gives(Role.CHAIR, Person("chair")),
            Gives(Role.MINUTE_TAKER, Person("minute_taker")),
            Gives(Role.AUTHOR, Person("paper__author")),
        ),
        member=OF_THE_CELL,
        above=SEALED,
    ),
    "meetings.AgendaItem": PartOf(_MEETING, "meeting", "Chương trình họp"),
    "meetings.Attendance": PartOf(
        _MEETING, "meeting", "Điểm danh, báo vắng", gives=(Gives(Role.CONCERNED, Person("member")),)
    ),
    "meetings.SeatChange": PartOf(_MEETING, "meeting", "Đổi chủ trì, thư ký trong buổi họp"),
    "meetings.Remark": PartOf(_MEETING, "meeting", "Ý kiến phát biểu"),
    "meetings.Turn": PartOf(
        _MEETING,
        "meeting",
        "Danh sách đăng ký phát biểu, đến khi biên bản được ký",
        gives=(Gives(Role.CONCERNED, Person("speaker__member")),),
        above=NEVER,
    ),
    "meetings.FloorStep": PartOf(
        _MEETING, "meeting", "Các bước hoàn tác được của danh sách phát biểu", see=("meeting.run",), above=NEVER
    ),
    "meetings.Vote": PartOf(_MEETING, "meeting", "Biểu quyết"),
    "meetings.Teller": PartOf(_MEETING, "meeting", "Tổ kiểm phiếu"),
    "meetings.Poll": PartOf(_MEETING, "meeting", "Biểu quyết đang mở trong phòng họp", above=NEVER),
    "meetings.Voice": PartOf(
        _MEETING,
        "meeting",
        "Ý kiến của từng đồng chí ở biểu quyết đang mở, xoá khi công bố hoặc rút",
        see=("voice.own",),
        gives=(Gives(Role.CONCERNED, Person("attendance__member")),),
        secret=True,
        above=NEVER,
    ),
    "meetings.Outcome": PartOf(_MEETING, "meeting", "Thông tin, kết luận, quyết nghị của từng nội dung họp"),
    "meetings.Recusal": PartOf(_MEETING, "meeting", "Không tham gia thảo luận, biểu quyết một nội dung"),
    "meetings.TaskReport": PartOf(_MEETING, "meeting", "Báo cáo nhiệm vụ tại buổi họp"),
    "meetings.Minutes": PartOf(_MEETING, "meeting", "Biên bản"),
    "meetings.Signature": PartOf(_MEETING, "meeting", "Xác nhận biên bản"),
    "meetings.Correction": PartOf(_MEETING, "meeting", "Đề nghị sửa lời của mình trong dự thảo biên bản", above=NEVER),
    "meetings.CorrectionAnswer": PartOf("meetings.Correction", "correction", "Trả lời đề nghị sửa biên bản"),
    "meetings.Addendum": PartOf(_MEETING, "meeting", "Bổ sung, đính chính biên bản"),
    "meetings.SignedCopy": PartOf(_MEETING, "meeting", "Bản ký số của văn bản đã ký", see=("minutes.see",)),
    "meetings.Exchange": PartOf(_MEETING, "meeting", "Biên bản đã được cấp trên xem xét chưa"),
    "meetings.Inspection": PartOf(_MEETING, "meeting", "Ý kiến của cấp trên về biên bản", told=GIVEN),
    "meetings.InspectionComment": PartOf(
        "meetings.Inspection", "inspection", "Nhận xét của cấp trên từng phần, lời trả lời của chi bộ"
    ),
    "meetings.ThematicPaper": PartOf(_MEETING, "meeting", "Dự thảo chuyên đề", above=NEVER),
    "meetings.Draft": _DRAFT,
    "meetings.Opinion": PartOf(_MEETING, "meeting", "Góp ý vào dự thảo chuyên đề", above=NEVER),
    "meetings.News": PartOf(_MEETING, "meeting", "Tin bài về buổi họp", see=("news.write",), above=NEVER),
    "meetings.NewsPhoto": PartOf("meetings.News", "news", "Ảnh của tin bài"),
    "meetings.Reminder": PartOf(_MEETING, "meeting", "Thư nhắc đã gửi", see=(), above=NEVER),
    "meetings.ScoreSheet": PartOf(_MEETING, "meeting", "Phiếu chấm điểm", see=("score.see", "score.give")),
    "meetings.ScoreLine": PartOf("meetings.ScoreSheet", "sheet", "Điểm từng tiêu chí"),
    # what goes on between meetings: a task is the cell's whoever gave it
    _TASK: Known(
        "Nhiệm vụ được giao",
        cell="cell",
        see=("cell.see", "minutes.see"),
        gives=(
            Gives(Role.OWNER, Person("owner")),
            Gives(Role.CHAIR, Person("meeting__chair")),
            Gives(Role.MINUTE_TAKER, Person("meeting__minute_taker")),
            Gives(Role.AUTHOR, Person("meeting__paper__author")),
        ),
        above=SEALED.of("meeting"),
    ),
    "meetings.TaskNote": PartOf(_TASK, "task", "Lời của người được giao nhiệm vụ", above=NEVER),
    _RESOLUTION: Known(
        "Nghị quyết, kết luận",
        cell="cell",
        see=("cell.see", "minutes.see"),
        gives=(
            Gives(Role.CHAIR, Person("meeting__chair")),
            Gives(Role.MINUTE_TAKER, Person("meeting__minute_taker")),
            Gives(Role.AUTHOR, Person("meeting__paper__author")),
        ),
        above=SEALED.of("meeting"),
    ),
    "meetings.ResolutionStep": PartOf(_RESOLUTION, "resolution", "Kết quả thực hiện nghị quyết"),
    "meetings.Programme": Known("Chương trình năm", cell="cell", see=("programme.see",)),
    "meetings.ProgrammeLine": PartOf("meetings.Programme", "programme", "Từng dòng của chương trình năm"),
    "meetings.Explanation": Known(
        "Lý do chi bộ nêu về một việc chưa làm", cell="cell", see=("need.see",), above=ALWAYS
    ),
    # work and topics from above: the cell reads them with its own charge, another cell's is nobody's there. Of a topic
    # the committee learns the month into which the cell has put it and the day on which it was held; of the programme
    # and of the meeting nothing else
    "errands.Errand": Known(
        "Việc, nội dung cấp uỷ giao xuống", cell="organisation", see=("errand.give",), secret=True, above=ALWAYS
    ),
    "errands.Charge": Known(
        "Việc, nội dung cấp trên giao chi bộ: tình trạng; nội dung thì xếp vào tháng nào, sinh hoạt ngày nào",
        cell="cell",
        see=("errand.see",),
        above=ALWAYS,
    ),
    "errands.Report": PartOf("errands.Charge", "charge", "Lời chi bộ báo về việc, nội dung cấp trên giao"),
    # the shelf: a committee's is known in every cell below, a cell's own is shown to nobody above
    _ENTRY: Known(
        "Tủ tài liệu",
        cell="organisation",
        see=("source.see",),
        above=OF_A_COMMITTEE,
        below=True,
    ),
    "shelf.Quotation": PartOf(_ENTRY, "entry", "Đoạn trích trong tủ tài liệu"),
    "shelf.Reading": PartOf(_MEETING, "meeting", "Tài liệu kèm theo một nội dung họp"),
    "meetings.MeetingDay": Known("Ngày sinh hoạt thường kỳ của chi bộ", cell="cell", see=("programme.see",)),
    "meetings.Matter": Known(
        "Nội dung đảng viên đề xuất cho buổi tới",
        cell="cell",
        see=("matter.see",),
        gives=(Gives(Role.SENDER, Person("proposer")),),
        member=NEVER,
        secret=True,
    ),
    "meetings.MatterAnswer": PartOf("meetings.Matter", "matter", "Trả lời một đề xuất"),
    "meetings.CalendarFeed": Known(
        "Địa chỉ lịch riêng",
        cell="member__organisation",
        gives=(Gives(Role.CONCERNED, Person("member")),),
        secret=True,
        also=(Role.CONCERNED,),
    ),
    # what a committee has fixed by a document
    "rulings.Ruling": Known("Quy định của cấp uỷ", cell="organisation", see=("rule.see",), above=ALWAYS, below=True),
    "rulings.DayOff": Known("Ngày nghỉ", cell="organisation", see=("rule.see",), above=ALWAYS),
    # the yearly review
    _CYCLE: Known(
        "Đợt kiểm điểm năm", cell="cell", see=("cycle.see", "level.list"), gives=TABLE_OF_REVIEW, above=HANDED_UP
    ),
    _PARTICIPANT: PartOf(
        _CYCLE,
        "cycle",
        "Ai viết kiểm điểm, mẫu nào",
        see=("cycle.see", "level.see"),
        gives=(
            Gives(Role.CONCERNED, Person("member")),
            Gives(Role.CONCERNED, Committee(), COLLECTIVE),
            Gives(Role.TYPIST, Person("typist"), on_committee=True),
            Gives(Role.READER, Told("is_read_by")),
        ),
    ),
    _REVIEW: PartOf(_PARTICIPANT, "participant", "Bản tự kiểm điểm đã nộp", see=("selfreview.see",), above=SUBMITTED),
    "critique.ReviewCopy": PartOf(
        _REVIEW,
        "review",
        "Bản tự kiểm điểm đang viết",
        see=("selfreview.draft",),
        secret=True,
        above=NEVER,
    ),
    "critique.ReadingLog": PartOf(
        _REVIEW, "review", "Ai đã mở bản tự kiểm điểm", see=("selfreview.own",), secret=True, above=NEVER
    ),
    "critique.DossierEntry": PartOf(
        _PARTICIPANT, "participant", "Mục trong hồ sơ kiểm điểm", see=("dossier.see",), secret=True, above=NEVER
    ),
    "critique.PrepNote": Known(
        "Ghi chú riêng trước hội nghị",
        cell="participant__cycle__cell",
        see=("note.keep",),
        gives=(Gives(Role.AUTHOR, Person("author")),),
        member=NEVER,
        secret=True,
    ),
    "critique.SealedDraft": _DRAFT,
    # levels
    "critique.Ballot": PartOf(
        _CYCLE,
        "cycle",
        "Kết quả kiểm phiếu xếp loại",
        see=("ballot.see",),
        gives=(
            Gives(Role.TELLER, Person("head")),
            Gives(Role.TELLER, Person("tellers", people=True)),
        ),
        above=CONFIRMED,
    ),
    "critique.BallotLine": PartOf("critique.Ballot", "ballot", "Số phiếu từng mức"),
    "critique.LevelEntry": PartOf(
        _PARTICIPANT, "participant", "Mức xếp loại, từng bước", see=("level.see",), secret=True
    ),
    # what is said in the room
    _WHOLE: PartOf(_CYCLE, "cycle", "Biên bản đầy đủ hội nghị kiểm điểm", see=("proceedings.see",)),
    "critique.ProceedingsCopy": PartOf(_WHOLE, "proceedings", "Bản ký số biên bản đầy đủ hội nghị kiểm điểm"),
    _HEARING: Known(
        "Góp ý về một đồng chí, về tập thể",
        cell="cell",
        see=("hearing.see",),
        gives=(
            Gives(Role.CONCERNED, Person("about"), BEGUN),
            Gives(Role.CONCERNED, Committee(), both(ABOUT_NOBODY, BEGUN)),
            *(one.of("participant__cycle", ALWAYS) for one in TABLE_OF_REVIEW),
            *TABLE_OF_REVIEW,
        ),
        member=both(ABOUT_NOBODY, BEGUN),
        secret=True,
    ),
    "critique.HearingOpinion": PartOf(
        _HEARING,
        "hearing",
        "Từng ý kiến góp ý",
        see=("hearing.see", "hearing.withdraw"),
        gives=(Gives(Role.SPEAKER, Person("speaker")),),
        only={Role.CONCERNED: RECORDED, Role.MEMBER: RECORDED},
    ),
    "critique.Opening": Known(
        "Ai đã mở phần góp ý, biên bản đầy đủ, bộ hồ sơ",
        cell="cell",
        see=("selfreview.own",),
        gives=(Gives(Role.CONCERNED, Person("about")), Gives(Role.DOER, Person("reader"))),
        secret=True,
        also=(Role.CONCERNED, Role.DOER, *LEADERS),
    ),
    # shortcomings that are put right
    _REMEDY: Known(
        "Việc khắc phục hạn chế",
        cell="cell",
        see=("remedy.see",),
        gives=(Gives(Role.CONCERNED, Person("about")), Gives(Role.HELPER, Person("helper"))),
        member=ABOUT_NOBODY,
        secret=True,
    ),
    "critique.RemedyCheck": PartOf(_REMEDY, "remedy", "Lần rà soát khắc phục"),
    "critique.RemedyNote": PartOf(_REMEDY, "remedy", "Lời ghi về việc khắc phục"),
    # letters, requests, what is destroyed
    "critique.Criticism": Known(
        "Ý kiến phê bình, chất vấn bằng văn bản",
        cell="cell",
        see=("criticism.see",),
        gives=(
            Gives(Role.SENDER, Person("sender")),
            Gives(Role.ADDRESSEE, Person("to_member")),
            Gives(Role.FOLLOWER, Answering(("sender", "to_member"))),
        ),
        member=NEVER,
        secret=True,
    ),
    "critique.CriticismDelay": PartOf("critique.Criticism", "row", "Lần lùi ngày trả lời ý kiến"),
    "privacy.DataRequest": Known(
        "Đề nghị về dữ liệu cá nhân",
        cell="cell",
        see=("request.see",),
        gives=(
            Gives(Role.CONCERNED, Person("member")),
            Gives(Role.FOLLOWER, Answering(("member",))),
        ),
        member=NEVER,
        secret=True,
    ),
    "privacy.DataRequestDelay": PartOf("privacy.DataRequest", "row", "Lần gia hạn trả lời đề nghị"),
    "privacy.Consent": Known(
        "Đồng ý, không đồng ý về dữ liệu",
        cell="member__organisation",
        gives=(Gives(Role.CONCERNED, Person("member")),),
        secret=True,
        also=(Role.CONCERNED,),
    ),
    "privacy.Destruction": Known("Đề nghị huỷ, biên bản huỷ", cell="cell", see=("retention.see",), secret=True),
    "privacy.Destroyed": PartOf("privacy.Destruction", "destruction", "Những mục đã huỷ nội dung"),
}


@cache
def known(label: str) -> Known:
    """The line of a model; what belongs to another one is filled in from there."""
    line = KNOWN[label]
    return line.under(known(line.owner)) if isinstance(line, PartOf) else line


def known_of(model: type[Model] | Model) -> Known:
    return known(model._meta.label)
