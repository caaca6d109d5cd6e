"""What a cell keeps beside its meetings: a year's programme, a ruling, a score sheet, notes, a resolution."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from errands.models import Charge, Errand
from meetings.models import (
    CalendarFeed,
    Explanation,
    Kind,
    Matter,
    MatterAnswer,
    MatterState,
    MeetingDay,
    News,
    NewsPhoto,
    Programme,
    ProgrammeLine,
    Reminder,
    Resolution,
    ResolutionKind,
    ResolutionState,
    ResolutionStep,
    ScoreLine,
    ScoreSheet,
    TaskNote,
    TaskState,
)
from members.models import PaperNumber
from members.numbering import term_of
from rulings.models import Ruling

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from meetings.models import Meeting
    from members.models import User
    from tests.world import Crew

TOPICS = {"Chống lãng phí": 12, "Chuyển đổi số": None}


def keep_year(crew: Crew, earlier: Meeting, by: User, at: datetime) -> dict[str, Model]:
    """One row of each kind, in the cell of the crew; gives those that have addresses of their own."""
    cell = crew.cell
    given = {"organisation": cell.parent, "year": 2026, "kind": Kind.THEMATIC, "given_by": by, "given_at": at}
    topics = [Errand.objects.create(text=text, month=month, **given) for text, month in TOPICS.items()]
    _, asked = (Charge.objects.create(errand=one, cell=cell) for one in topics)
    programme = Programme.objects.create(cell=cell, year=2026, fixed_day=3)
    line = ProgrammeLine.objects.create(programme=programme, month=12, kind=Kind.REGULAR, presenter=crew.lead)
    Explanation.objects.create(
        cell=cell, about="no-meeting", month=date(2026, 12, 1), text="Vì mưa lũ.", said_by=by, said_at=at
    )
    CalendarFeed.objects.create(member=crew.plain, token_hash=f"{cell.pk:064d}", made_at=at)
    Reminder.objects.create(meeting=earlier, to=by, what="meeting", sent_at=at)
    ruling = Ruling.objects.create(
        organisation=cell,
        subject="minutes_regular",
        value={"figure": 60, "members_from": None, "members_to": None},
        document="05-QĐ/ĐU",
        document_date=date(2026, 1, 5),
        starts_on=date(2026, 1, 10),
        entered_by=by,
        entered_at=at,
    )
    sheet = ScoreSheet.objects.create(meeting=earlier, criteria="hd42", drawn_up_at=at, settled_at=at)
    ScoreLine.objects.create(sheet=sheet, position=1, code="1", proposed=5, points=5, evidence=["Đủ 90 phút."])
    task = earlier.tasks.get()
    note = TaskNote.objects.create(task=task, state=TaskState.GOING, text="Đang làm", entered_by=by, entered_at=at)
    news = News.objects.create(meeting=earlier, headline="Tin", text="Đã sửa.", rev=1, begun_by=by, begun_at=at)
    pixels = {"jpeg": b"\xff\xd8", "width": 8, "height": 6, "caption": "Quang cảnh"}
    photo = NewsPhoto.objects.create(news=news, position=1, agreed_by=by, agreed_at=at, **pixels)
    resolution = Resolution.objects.create(
        cell=cell, meeting=earlier, kind=ResolutionKind.RESOLUTION, subject="Nhiệm vụ tháng 12", issued_on=at.date()
    )
    ResolutionStep.objects.create(
        resolution=resolution, state=ResolutionState.CARRIED_OUT, text="Đang làm", entered_by=by, entered_at=at
    )
    MeetingDay.objects.create(cell=cell, way="day", day=5, time=time(19), place="Hội trường")
    matter = Matter.objects.create(
        cell=cell,
        proposer=crew.plain,
        text="Bàn việc chăm lo Tết",
        state=MatterState.LATER,
        entered_by=crew.account(crew.plain),
        entered_at=at,
        answered_at=at,
    )
    MatterAnswer.objects.create(
        matter=matter, answer=MatterState.LATER, reason="Tháng tới", answered_by=by, answered_at=at
    )
    number = PaperNumber.objects.create(
        cell=cell, kind="BC", term_started_on=term_of(cell), number=1, given_at=at, subject="Báo cáo", entered_by=by
    )
    return {
        "number": number,
        "matter": matter,
        "asked": asked,
        "programme": programme,
        "line": line,
        "ruling": ruling,
        "score": sheet,
        "note": note,
        "resolution": resolution,
        "news": news,
        "news-photo": photo,
    }
