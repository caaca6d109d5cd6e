"""What is measured: the demonstration, meetings and cells of two sizes beside it, and a tree of two thousand cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils import timezone

from book.chain import enter
from chibo.demo.build import build
from critique.models import Cycle
from documents.model import fingerprint, to_json
from meetings.actions import evening, planning
from meetings.lifecycle import State
from meetings.models import AgendaItem, Attendance, Kind, Mark, Meeting, Minutes, Remark, Task
from members.models import Member, Organisation, OrganisationKind, Tenure, TenureKind, User

if TYPE_CHECKING:
    from chibo.demo.build import Stage
    from documents.model import Document

FEW, MANY, LONG = 10, 300, 400
CLIENTS = 8
PHONES, WITHOUT = 30, 14  # people in one room
READERS = ("lan", "duc")
LONG_AGO = date(2015, 1, 1)
YEAR = 2019  # of which the demonstration has no paper


@dataclass(slots=True)
class Live:
    """The large meeting that many screens follow: whose desk, and who can be given the floor."""

    session: str
    meeting: int
    item: int
    rows: list[int]
    turn: int = 0  # how many of them were called on

    @property
    def pocket(self) -> str:
        return f"/meetings/{self.meeting}/pocket/"

    @property
    def wall(self) -> str:
        return f"/meetings/{self.meeting}/wall/"

    @property
    def desk(self) -> str:
        return f"/items/{self.item}/desk/"


@dataclass(slots=True)
class Room:
    """A meeting of whom thirty have their phone in hand, and the others are named by one of two desks."""

    session: str  # the desks'
    lead: User
    meeting: int
    item: int
    first: int  # the row of whoever speaks meanwhile
    people: list[str]  # sessions
    guests: list[list[int]]  # rows, for each desk
    remarks: dict[int, int]  # row -> remark of theirs


@dataclass(slots=True)
class World:
    """Where to knock, and whose sessions open the doors."""

    pages: dict[str, str]
    session: str  # the secretary's
    reviewer: str
    sizes: dict[str, tuple[tuple[str, str], tuple[str, str]]] = field(default_factory=dict)  # (session, address) × 2
    remarks: list[int] = field(default_factory=list)  # one for each of those who save at once
    sealed: str = ""
    readers: list[tuple[str, list[str]]] = field(default_factory=list)  # sessions, and the papers they ask for in turn
    long_desk: tuple[str, str] = ("", "")
    live: Live = field(init=False)
    room: Room = field(init=False)


def sign_in(user: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "members.accounts.Backend"
    store.create()
    return str(store.session_key)


def prepare() -> World:
    stage = build(password="not-used-for-signing-in", today=timezone.localdate())
    cell, lead = stage.cell, stage.account("thanh")
    plan = Meeting.objects.get(cell=cell, state=State.PLAN)
    planning.call(plan, by=lead, at=timezone.now())
    sealed = Meeting.objects.get(cell=cell, kind=Kind.REGULAR, state=State.SEALED)
    desk = Meeting.objects.get(cell=cell, kind=Kind.THEMATIC)
    # The desk as on the evening: the same meeting once more, open, with its seven remarks.
    Meeting.objects.filter(pk=desk.pk).update(state=State.OPEN)
    item = AgendaItem.objects.get(meeting=desk, step="thematic_discussion")
    shared = [f"/cells/{cell.pk}/guideline.pdf", f"/meetings/{plan.pk}/notice.pdf"]  # written anew each time
    world = World(
        pages={
            "frame": "/bench/frame/",
            "account": "/account/",
            "home": "/",
            "list": f"/cells/{cell.pk}/meetings/",
            "called meeting": f"/meetings/{plan.pk}/",
            "desk item": f"/items/{item.pk}/desk/",
            "sealed minutes": f"/meetings/{sealed.pk}/minutes/",
            "tasks": f"/cells/{cell.pk}/tasks/",
            "cycle": Cycle.objects.filter(cell=cell).order_by("-year")[0].get_absolute_url(),
        },
        session=sign_in(lead),
        reviewer=sign_in(stage.reviewer),
        remarks=_enough_remarks(stage, item),
        sealed=f"/meetings/{sealed.pk}/minutes.pdf",
        readers=[
            (sign_in(lead), [f"/meetings/{desk.pk}/minutes.pdf"]),  # before the seal only whoever runs the meeting may
            *((sign_in(stage.account(key)), shared) for key in READERS),
        ],
        long_desk=_talk(stage, item, LONG, sign_in(lead), words="Nêu gương từ việc nhỏ. " * 120),
    )
    world.sizes["desk, 300 remarks beside 10"] = (
        _talk(stage, item, FEW, world.session),
        _talk(stage, item, MANY, world.session),
    )
    small, large = (_cell_of(stage, count) for count in (FEW, MANY))
    world.sizes["roll, 300 members beside 10"] = (small.session, small.roll), (large.session, large.roll)
    world.sizes["member list, 300 beside 10"] = (small.session, small.members), (large.session, large.members)
    meeting = large.meeting
    rows = list(meeting.attendances.filter(mark=Mark.PRESENT).values_list("pk", flat=True))
    world.live = Live(large.session, meeting.pk, meeting.items.all()[0].pk, rows)
    world.room = _room(_cell_of(stage, 2 + PHONES + WITHOUT))
    return world


def _enough_remarks(stage: Stage, item: AgendaItem) -> list[int]:
    rows = list(item.meeting.attendances.all())
    values = {"meeting": item.meeting, "item": item, "entered_by": stage.reviewer, "entered_at": timezone.now()}
    for number in range(item.remarks.count(), CLIENTS):
        Remark.objects.create(speaker=rows[number], **values)
    return list(item.remarks.values_list("pk", flat=True))


def _talk(stage: Stage, item: AgendaItem, remarks: int, session: str, *, words: str = "") -> tuple[str, str]:
    """The same item in a meeting of its own, with so many remarks: such as stand there, or each of these words."""
    meeting = Meeting.objects.get(pk=item.meeting_id)
    rows = list(meeting.attendances.all())
    given = Remark.objects.filter(item=item).first()
    meeting.pk, meeting.notice_number = None, None
    meeting.save()
    copy = AgendaItem.objects.get(pk=item.pk)
    copy.pk, copy.meeting = None, meeting
    copy.save()
    for row in rows:
        row.pk, row.meeting = None, meeting
    rows = Attendance.objects.bulk_create(rows)
    Remark.objects.bulk_create(
        Remark(
            meeting=meeting,
            item=copy,
            speaker=rows[number % len(rows)],
            awareness=words or (given.awareness if given else ""),
            relation=given.relation if given else "",
            proposal=given.proposal if given else "",
            entered_by=stage.reviewer,
            entered_at=timezone.now(),
        )
        for number in range(remarks)
    )
    return session, f"/items/{copy.pk}/desk/"


@dataclass(slots=True)
class Cell:
    """A cell with an evening that has begun, and its secretary's session."""

    lead: User
    session: str
    meeting: Meeting
    people: list[Member]

    @property
    def roll(self) -> str:
        return f"/meetings/{self.meeting.pk}/room/"

    @property
    def members(self) -> str:
        return f"/cells/{self.meeting.cell_id}/members/"


def _cell_of(stage: Stage, members: int) -> Cell:
    """With so many members, of whom all are here; the first is the secretary, the second takes the minutes."""
    cell = Organisation.objects.create(parent=stage.cell.parent, name=f"Chi bộ {members}", paper_name="CHI BỘ")
    Organisation.objects.filter(pk=cell.pk).update(path=f"{stage.cell.parent.path}{cell.pk}/")
    people = Member.objects.bulk_create(
        Member(organisation=cell, full_name=f"Nguyễn Văn {chr(65 + number % 26)}{number}", born_on=LONG_AGO)
        for number in range(members)
    )
    rows = [Tenure(member=one, organisation=cell, kind=TenureKind.FULL, starts_on=LONG_AGO) for one in people]
    rows.append(Tenure(member=people[0], organisation=cell, kind=TenureKind.SECRETARY, starts_on=LONG_AGO))
    Tenure.objects.bulk_create(rows)
    lead = User.objects.create_user(f"lead{members}", password=None, member=people[0])
    start = timezone.now() + timedelta(hours=1)
    who = {"by": lead, "at": timezone.now()}
    cell.refresh_from_db()
    fields = {"starts_at": start, "place": "Hội trường", "topic": "", "purpose": ""}
    meeting = planning.plan_meeting(cell, kind="regular", chair=people[0], minute_taker=people[1], **fields, **who)
    planning.call(meeting, **who)
    evening.open_meeting(meeting, **who)
    meeting.attendances.exclude(member=people[0]).update(mark=Mark.PRESENT)
    return Cell(lead, sign_in(lead), meeting, people)


def _room(cell: Cell) -> Room:
    """The first two run the meeting, the next thirty have an account."""
    meeting, item = cell.meeting, cell.meeting.items.all()[0]
    rows = {row.member_id: row for row in meeting.attendances.all()}
    phones, others = cell.people[2 : 2 + PHONES], [rows[one.pk] for one in cell.people[2 + PHONES :]]
    accounts = [User.objects.create_user(f"phone{one.pk}", password=None, member=one) for one in phones]
    entered = {"meeting": meeting, "item": item, "entered_by": cell.lead, "entered_at": timezone.now()}
    return Room(
        session=cell.session,
        lead=cell.lead,
        meeting=meeting.pk,
        item=item.pk,
        first=rows[cell.people[1].pk].pk,
        people=[sign_in(one) for one in accounts],
        guests=[[row.pk for row in others[number::2]] for number in range(2)],
        remarks={row.pk: Remark.objects.create(speaker=row, **entered).pk for row in others},
    )


def fill_shelf(meetings: int) -> str:
    """Past meetings of the demonstration's cell until there are so many, each with its agenda and two tasks done."""
    cell = Organisation.objects.get(name="Chi bộ Văn phòng")
    rows = _past(cell, meetings - cell.meetings.count())
    owners = list(cell.members.all())
    Task.objects.bulk_create(
        Task(cell=cell, meeting=row, text=f"Việc {number}", owner=owners[number], state="done")
        for row in rows
        for number in range(2)
    )
    return f"/cells/{cell.pk}/tasks/"


def _past(cell: Organisation, count: int) -> list[Meeting]:
    """Sealed monthly meetings, going back from two years ago."""
    start = timezone.now() - timedelta(days=730)
    rows = Meeting.objects.bulk_create(_sealed(cell, start - timedelta(days=7 * number)) for number in range(count))
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=row, position=position, title=f"Nội dung {position}")
        for row in rows
        for position in range(1, 10)
    )
    return rows


def _sealed(cell: Organisation, when: datetime) -> Meeting:
    over = when + timedelta(minutes=90)
    held = {"state": State.SEALED, "starts_at": when, "opened_at": when, "closed_at": over}
    return Meeting(cell=cell, kind=Kind.REGULAR, rulebook="hd42", **held)


def fill_year(papers: list[Document]) -> str:
    """Sealed minutes of a year that has no others, each of these papers; the address of the year's book.

    No book is bound while something in it is not as it was sealed: the evening that was opened for its desk is over.
    """
    cell = Organisation.objects.get(name="Chi bộ Văn phòng")
    Meeting.objects.filter(cell=cell, kind=Kind.THEMATIC, state=State.OPEN).update(state=State.SEALED)
    start = timezone.now().replace(year=YEAR, month=1, day=10, hour=12)
    for number, paper in enumerate(papers):
        meeting = _sealed(cell, start + timedelta(days=7 * number))
        meeting.save()
        row = Minutes.objects.create(
            meeting=meeting, document=to_json(paper), fingerprint=fingerprint(paper), sealed_at=timezone.now()
        )
        enter("minutes", row, at=timezone.now())
    return f"/cells/{cell.pk}/book/{YEAR}.pdf"


def grow_tree(cells: int, meetings: int) -> None:
    """So many cells more under the demonstration's superior committee, each with so many sealed meetings."""
    above = Organisation.objects.get(name="Đảng uỷ Cơ quan Uỷ ban Kiểm tra Tỉnh uỷ")
    made = Organisation.objects.bulk_create(
        Organisation(parent=above, kind=OrganisationKind.CELL, name=f"Chi bộ số {number}", paper_name="CHI BỘ")
        for number in range(cells)
    )
    for cell in made:
        cell.path = f"{above.path}{cell.pk}/"
    Organisation.objects.bulk_update(made, ["path"], batch_size=400)
    now = timezone.now()
    rows = Meeting.objects.bulk_create(
        (
            _sealed(cell, now - timedelta(days=30 * month, minutes=cell.pk))
            for cell in made
            for month in range(meetings)
        ),
        batch_size=2000,
    )
    Minutes.objects.bulk_create((Minutes(meeting=row, sealed_at=now) for row in rows), batch_size=4000)


def know_sizes() -> None:
    """A database that has grown knows it: what PostgreSQL does by itself within a minute is not waited for."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
