"""WHAT LEAVES WITH A CELL: one line for each table, read line by line; a system check refuses a table without one.

`Goes`: the rows that the table of who may know (members/known.py) calls the cell's. `Stays`: with the reason, which the
page and the archive itself say. What no leader of the cell may read goes along all the same, line by line locked with
the server's own key: whoever carries the archive reads no letter that was not written to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Q

from members.known import KNOWN, known
from members.roles import LEADERS
from members.scoping import readers

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from members.models import Organisation


EVERY = Q()


@dataclass(frozen=True, slots=True)
class Goes:
    """`only`: which rows; `cell`: the path to the cell where members/known.py has no line. `from_above`: also what the
    bodies above the cell have laid down, which is in force here. `beside`: also rows of others that the cell's rows
    name; of these no more goes along than the columns named in `rows.CARRIED`. `closed`: because.
    """

    only: Q = EVERY
    cell: str = ""
    from_above: bool = False
    beside: bool = False
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Stays:
    """`because`: said to people, on the page and in the manifest."""

    because: str


GOES = Goes()
_NOBODYS = (
    "Chữ viết dở, ghi chú riêng chỉ của người viết: gửi, nộp trước khi đi, hoặc tự tải ở trang Những gì lưu về tôi."
)
_DOOR = (
    "Cách vào của tài khoản (mật khẩu, phiếu, mã, thiết bị, lần đăng nhập) chỉ của máy chủ cũ: nơi mới phát phiếu mới."
)
_SERVER = "Sổ sách của riêng máy chủ cũ (phiên, nhóm quyền, nhật ký quản trị): không của chi bộ nào."
_INDEX = "Chỉ mục tìm kiếm: nơi mới lập lại từ chính các bản ghi."
_PLACE = "Nơi máy chủ cũ cất tệp đính kèm: chính các tệp thì mang theo, ở attachments/, nơi mới cất theo cách của mình."
_ROOM = "Ý kiến từng người ở biểu quyết còn đang mở, các bước hoàn tác lúc điều hành; kết quả đã công bố thì mang theo."

TRAVELS: dict[str, Goes | Stays] = {
    # the cell and its people
    "members.Organisation": Goes(beside=True),
    "members.Member": Goes(beside=True),
    "members.User": Goes(beside=True),
    "members.Tenure": GOES,
    "members.PaperNumber": GOES,
    "members.Event": Goes(closed="nhật ký ghi cả việc gửi ý kiến, đề nghị mà chỉ người gửi và người trả lời được biết"),
    "members.SignInSlip": Stays(_DOOR),
    "members.RecoveryCode": Stays(_DOOR),
    "members.Visit": Stays(_DOOR),
    "members.Tries": Stays(_DOOR),
    "members.User_groups": Stays(_SERVER),
    "members.User_user_permissions": Stays(_SERVER),
    "book.Link": GOES,
    # a meeting and everything that belongs to it
    "meetings.Meeting": GOES,
    "meetings.AgendaItem": GOES,
    "meetings.Attendance": GOES,
    "meetings.SeatChange": GOES,
    "meetings.Remark": GOES,
    "meetings.Turn": GOES,
    "meetings.FloorStep": Stays(_ROOM),
    "meetings.Vote": GOES,
    "meetings.Teller": GOES,
    "meetings.Poll": GOES,
    "meetings.Voice": Stays(_ROOM),
    "meetings.Outcome": GOES,
    "meetings.Recusal": GOES,
    "meetings.TaskReport": GOES,
    "meetings.Minutes": GOES,
    "meetings.Signature": GOES,
    "meetings.Correction": GOES,
    "meetings.CorrectionAnswer": GOES,
    "meetings.Addendum": GOES,
    "meetings.Exchange": GOES,
    "meetings.Inspection": GOES,
    "meetings.InspectionComment": GOES,
    "meetings.ThematicPaper": GOES,
    "meetings.Draft": Stays(_NOBODYS),
    "meetings.Opinion": GOES,
    "meetings.Reminder": GOES,
    "meetings.ScoreSheet": GOES,
    "meetings.ScoreLine": GOES,
    "meetings.News": GOES,
    "meetings.NewsPhoto": GOES,
    "meetings.SignedCopy": GOES,
    # between meetings, the year
    "meetings.Task": GOES,
    "meetings.TaskNote": GOES,
    "meetings.Resolution": GOES,
    "meetings.ResolutionStep": GOES,
    "meetings.Programme": GOES,
    "meetings.ProgrammeLine": GOES,
    "meetings.Explanation": GOES,
    "meetings.MeetingDay": GOES,
    "meetings.Matter": GOES,
    "meetings.MatterAnswer": GOES,
    "meetings.CalendarFeed": Stays("Địa chỉ lịch riêng là của máy chủ cũ: nơi mới mỗi đồng chí lấy địa chỉ mới."),
    "errands.Errand": Goes(beside=True),
    "errands.Charge": GOES,
    "errands.Report": GOES,
    "shelf.Entry": Goes(from_above=True),
    "shelf.Quotation": Goes(from_above=True),
    "shelf.Reading": GOES,
    "rulings.Ruling": Goes(from_above=True),
    "rulings.DayOff": Goes(from_above=True),
    # the yearly review
    "critique.Cycle": GOES,
    "critique.Participant": GOES,
    "critique.SelfReview": Goes(only=Q(submitted_at__isnull=False)),
    "critique.ReviewCopy": GOES,
    "critique.ReadingLog": GOES,
    "critique.DossierEntry": GOES,
    "critique.PrepNote": Stays(_NOBODYS),
    "critique.SealedDraft": Stays(_NOBODYS),
    "critique.Ballot": GOES,
    "critique.Ballot_tellers": Goes(cell="ballot__cycle__cell"),
    "critique.BallotLine": GOES,
    "critique.LevelEntry": GOES,
    "critique.Proceedings": GOES,
    "critique.ProceedingsCopy": GOES,
    "critique.Hearing": GOES,
    "critique.HearingOpinion": GOES,
    "critique.Opening": GOES,
    "critique.Remedy": GOES,
    "critique.RemedyCheck": GOES,
    "critique.RemedyNote": GOES,
    # letters, requests, what is destroyed
    "critique.Criticism": GOES,
    "critique.CriticismDelay": GOES,
    "privacy.DataRequest": GOES,
    "privacy.DataRequestDelay": GOES,
    "privacy.Consent": GOES,
    "privacy.Destruction": GOES,
    "privacy.Destroyed": GOES,
    # the server's own
    "admin.LogEntry": Stays(_SERVER),
    "auth.Group": Stays(_SERVER),
    "auth.Group_permissions": Stays(_SERVER),
    "auth.Permission": Stays(_SERVER),
    "contenttypes.ContentType": Stays(_SERVER),
    "sessions.Session": Stays(_DOOR),
    "chibo.KeptFile": Stays(_PLACE),
    "search.Shape": Stays(_INDEX),
    "search.Passage": Stays(_INDEX),
    "printing.Order": Stays("Bản in lớn đang lập hoặc vừa lập xong: chỉ giữ một ngày, nơi mới in lại."),
    "axes.AccessAttempt": Stays(_DOOR),
    "axes.AccessAttemptExpiration": Stays(_DOOR),
    "axes.AccessFailureLog": Stays(_DOOR),
    "axes.AccessLog": Stays(_DOOR),
    "otp_totp.TOTPDevice": Stays(_DOOR),
}


def tables() -> dict[str, type[Model]]:
    """Every table of this installation by its label, those between two models too."""
    found = apps.get_models(include_auto_created=True)
    return {model._meta.label: model for model in found if not model._meta.proxy}


def going() -> dict[str, type[Model]]:
    """What leaves with a cell, in the order of the table."""
    models = tables()
    return {label: models[label] for label, line in TRAVELS.items() if isinstance(line, Goes)}


def line_of(label: str) -> Goes:
    """Raises KeyError for what stays."""
    return {one: line for one, line in TRAVELS.items() if isinstance(line, Goes)}[label]


def is_closed(label: str) -> bool:
    """Whether there are rows of this kind that some leader of the cell must not read: read off members/known.py."""
    if line_of(label).closed:
        return True
    if label not in KNOWN or known(label).below:
        return False
    line = known(label)
    return line.secret and not {*LEADERS} <= readers(line) | {*line.also}


def own_rows(label: str, model: type[Model], cell: Organisation) -> QuerySet[Any]:
    """The rows of this kind that are the cell's, and those that are laid down above and in force here.

    What a body above writes about the cell and has not given yet is not the cell's.
    """
    line = line_of(label)
    path = line.cell or known(label).cell or "pk"
    whose = [cell.pk, *cell.above_ids] if line.from_above else [cell.pk]
    told = known(label).told.q() if label in KNOWN else Q()
    return model._base_manager.filter(told, line.only, **{f"{path}__in": whose}).order_by("pk")


def staying() -> dict[str, list[str]]:
    """What does not leave, by the reason."""
    found: dict[str, list[str]] = {}
    for label, line in TRAVELS.items():
        if isinstance(line, Stays):
            found.setdefault(line.because, []).append(label)
    return found


@register
def every_table_has_a_line(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A table that nobody has thought of would be left behind in silence."""
    there = {*tables()}
    forgotten = [
        Error(f"{label} has no line in chibo/leaving/travels.py: does it leave with its cell?", id="chibo.E002")
        for label in sorted(there - {*TRAVELS})
    ]
    gone = [
        Error(f"chibo/leaving/travels.py names {label}, which is no table.", id="chibo.E003")
        for label in sorted({*TRAVELS} - there)
    ]
    return [*forgotten, *gone, *(_pathless(label) for label in sorted(there & {*TRAVELS}) if not _has_path(label))]


def _has_path(label: str) -> bool:
    line = TRAVELS[label]
    return isinstance(line, Stays) or line.beside or bool(line.cell) or label in KNOWN


def _pathless(label: str) -> CheckMessage:
    return Error(f"{label} leaves with a cell, and nothing says with which.", id="chibo.E004")
