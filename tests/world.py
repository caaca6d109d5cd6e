"""A meeting in any state with a row of every kind in it, so that every page has something to show or to leak."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from documents.model import fingerprint
from guideline.slips import Slips
from meetings.actions import (
    evening,
    floor,
    following,
    inspecting,
    minutes,
    outcomes,
    planning,
    polls,
    proofs,
    scoring,
    signed,
    thematic,
    votes,
)
from meetings.lifecycle import State
from meetings.models import Meeting, Remark, Seat, SeatChange, Turn
from meetings.papers import build_minutes
from meetings.scored import scored
from members.changes import claim
from members.entry.actions import slips
from members.founding.actions import IN as BODIES_IN
from members.importing.actions import IN
from members.models import SignInSlip, TenureKind, User
from members.saving.actions import save_text
from shelf.actions import read_at
from tests.factories import at, make_committee, make_member, make_superior, plan_fields
from tests.world_critique import keep_reviews
from tests.world_privacy import keep_privacy
from tests.world_shelf import begin_errand, keep_errand, keep_shelf
from tests.world_year import keep_year

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from members.models import Member, Organisation
    from tests.conftest import Cast

AFTER = at("2026-12-03 20:50")  # the moment at which people click
EARLY = at("2026-11-01 08:00")
ORDER = [State.PLAN, State.CALLED, State.OPEN, State.CLOSED, State.SEALED]
PDF = b"%PDF-1.7\n%%EOF\n"


@dataclass
class Crew:
    """Who does what in one cell."""

    cell: Organisation
    lead: Member
    writer: Member
    author: Member
    plain: Member

    def account(self, member: Member) -> User:
        return User.objects.select_related("member").get(member=member)


@dataclass
class World:
    """Our cell and Mai's, each with an earlier sealed meeting and one in the state asked for."""

    cast: Cast
    binh: Member  # on the cell's committee
    nam: Member  # nobody in particular
    thu: Member  # deputy secretary, without a seat at any of the meetings
    far: User  # reviewer of another branch
    crew: Crew
    neighbours: Crew
    meeting: Meeting
    earlier: Meeting
    keys: dict[str, int] = field(default_factory=dict)  # primary keys in our cell, by kind of row
    theirs: dict[str, int] = field(default_factory=dict)  # the same in Mai's cell
    their_meeting: Meeting | None = None


def make_world(cast: Cast, state: State) -> World:
    return with_meeting(make_neighbourhood(cast), state)


def make_neighbourhood(cast: Cast) -> World:
    """Everything that does not depend on the state of our meeting."""
    other_branch = make_committee("Đảng uỷ phường Bằng Lăng")
    binh = make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")
    nam = make_member(cast.cell, "Đặng Hoài Nam", username="nam")
    thu = make_member(cast.cell, "Ngô Minh Thư", post=TenureKind.DEPUTY, username="thu")
    make_member(cast.other_cell, "Trịnh Ngọc Quý", username="quy")
    quy = User.objects.get(username="quy").member
    assert quy is not None
    crew = Crew(cast.cell, cast.lan, cast.hoa, cast.tuan, nam)
    neighbours = Crew(cast.other_cell, cast.mai, quy, quy, quy)
    far = make_superior(other_branch, "Hồ Sỹ Xa", username="xa")
    shelf, shelf_beside = keep_shelf(crew, cast.phuc, EARLY), keep_shelf(neighbours, cast.phuc, EARLY)
    earlier = hold(crew, State.SEALED, kind="regular", day="2026-11-05", reviewer=cast.phuc)
    next_door = hold(neighbours, State.SEALED, kind="regular", day="2026-11-06", reviewer=cast.phuc)
    theirs = hold(neighbours, State.OPEN, kind="thematic", day="2026-12-03", reviewer=cast.phuc)
    world = World(cast, binh, nam, thu, far, crew, neighbours, earlier, earlier, their_meeting=theirs)
    ours = keep_year(crew, earlier, crew.account(crew.lead), AFTER)
    beside = keep_year(neighbours, next_door, cast.phuc, AFTER)
    committee = {"committee": cast.cell.parent_id or 0}
    waiting = slip_for(cast)
    given = begin_errand(crew, keep_errand(cast.ward, cast.phuc, AFTER), AFTER)
    reviews, reviews_beside = keep_reviews(crew, AFTER), keep_reviews(neighbours, AFTER)
    reviews |= keep_privacy(crew, AFTER)
    reviews_beside |= keep_privacy(neighbours, AFTER)
    comments = {of.cell.pk: of.inspections.get().comments.get().pk for of in (earlier, next_door)}
    world.keys = {
        **pks(ours),
        **pks(shelf),
        **pks(reviews),
        **committee,
        "without-account": cast.son.pk,
        "slip": waiting.pk,
    }
    world.keys |= {"errand": given.pk, "charge": given.charges.get(cell=crew.cell).pk}
    world.keys |= {"comment": comments[crew.cell.pk], "earlier": earlier.pk, "imported": imported(crew)}
    world.keys["founded"] = founded(cast)
    world.keys["someones-account"] = cast.account(cast.hoa).pk
    world.theirs = {**keys_of(theirs, neighbours), **pks(beside), **pks(shelf_beside), **pks(reviews_beside)}
    world.theirs["charge"] = given.charges.get(cell=neighbours.cell).pk
    world.theirs |= {"comment": comments[neighbours.cell.pk], "earlier": next_door.pk, "imported": imported(neighbours)}
    return world


def imported(crew: Crew) -> int:
    """The number of an import that can be undone; nobody came in with it."""
    with transaction.atomic():
        return claim(crew.cell, None, IN, by=crew.account(crew.lead), at=AFTER, members=[]).number


def founded(cast: Cast) -> int:
    """The number of a list of bodies that can be taken back; nothing came in with it."""
    with transaction.atomic():
        return claim(cast.ward, None, BODIES_IN, by=cast.phuc, at=AFTER, bodies=[], members=[]).number


def slip_for(cast: Cast) -> SignInSlip:
    """Lan has printed one for Kha, who had come in with his account before: it waits for a second person."""
    User.objects.filter(member=cast.kha).update(last_login=AFTER)
    slips.issue_slip(cast.account(cast.kha), by=cast.account(cast.lan), at=AFTER)
    return SignInSlip.objects.get()


def with_meeting(world: World, state: State) -> World:
    world.meeting = hold(world.crew, state, kind="thematic", day="2026-12-03", reviewer=world.cast.phuc)
    world.keys = {**keys_of(world.meeting, world.crew), **world.keys}
    return world


def pks(rows: dict[str, Model]) -> dict[str, int]:
    return {kind: row.pk for kind, row in rows.items()}


def keys_of(meeting: Meeting, crew: Crew) -> dict[str, int]:
    """One primary key of every kind of row; a kind that the state does not know yet is missing."""
    rows = {
        "cell": crew.cell,
        "meeting": meeting,
        "member": crew.plain,
        "post": crew.cell.tenures.filter(kind="secretary").first(),
        "item": meeting.items.last(),
        "attendance": meeting.attendances.filter(member=crew.plain).first(),
        "guest": meeting.attendances.filter(member=None).first(),
        "remark": meeting.remarks.first(),
        "turn": meeting.turns.waiting().first(),
        "spoken": meeting.turns.filter(state="done").first(),
        "vote": meeting.votes.last(),
        "poll": meeting.polls.last(),
        "outcome": meeting.outcomes.first(),
        "recusal": meeting.recusals.first(),
        "task": meeting.tasks.first(),
        "promise": crew.cell.tasks.exclude(meeting=meeting).first(),
        "paper": meeting.thematic_paper,
        "correction": meeting.corrections.first(),
        "opinion": meeting.opinions.first(),
        "reading": meeting.readings.first(),
        "sheet": getattr(meeting, "score", None),
    }
    return {kind: row.pk for kind, row in rows.items() if row is not None}


def hold(crew: Crew, until: State, *, kind: str, day: str, reviewer: User) -> Meeting:
    """Take a meeting as far as `until`. A plan has been announced once and withdrawn, so it has a roster."""
    lead = crew.account(crew.lead)

    def clock(time: str) -> datetime:
        return at(f"{day} {time}")

    fields = plan_fields(starts_at=clock("19:00"), chair=crew.lead, minute_taker=crew.writer)
    if kind == "thematic":
        fields["author"] = crew.author
    meeting = planning.plan_meeting(crew.cell, kind=kind, by=lead, at=clock("07:00"), **fields)
    for entry in crew.cell.shelf.all():
        read_at(meeting.items.all()[0], entry, part="mục 2", by=lead, at=clock("07:06"))
    planning.call(meeting, by=lead, at=clock("07:10"))
    if kind == "thematic":
        _prepare_paper(crew, meeting, clock("07:05"))
    row = meeting.attendances.get(member=crew.plain)
    planning.apologise(row, reason="Trực cơ quan", by=crew.account(crew.plain), at=clock("08:00"))
    if until == State.PLAN:
        planning.withdraw(meeting, by=lead, at=clock("08:10"))
    if ORDER.index(until) >= ORDER.index(State.OPEN):
        _record_evening(crew, meeting, clock("19:05"))
    if ORDER.index(until) >= ORDER.index(State.CLOSED):
        evening.close(meeting, opened_at=clock("19:05"), closed_at=clock("20:35"), by=lead, at=clock("20:35"))
        _correct(crew, meeting, clock("20:36"), answered=until == State.SEALED)
    if until == State.SEALED:
        seal(crew, meeting, clock("20:40"))
        minutes.add_addendum(meeting, text="Đính chính họ tên.", reason="Ghi nhầm", by=lead, at=clock("20:41"))
        signed._add("minutes", meeting.minutes, 0, PDF, (), lead, clock("20:42"))  # nobody waits for a PDF here
        inspecting.comment(meeting, part="", text="Ghi rõ hơn phần kết luận.", by=reviewer, at=clock("20:45"))
        until = clock("20:45").date() + timedelta(days=14)
        inspecting.give_verdict(meeting, verdict="returned", answer_by=until, by=reviewer, at=clock("20:45"))
    return Meeting.objects.with_people().get(pk=meeting.pk)


def _prepare_paper(crew: Crew, meeting: Meeting, moment: datetime) -> None:
    paper, author = meeting.paper, crew.account(crew.author)
    save_text("draft", paper, {"draft": "Đoạn một.\nĐoạn hai."}, base=0, by=author, at=moment)
    thematic.attach(paper, SimpleUploadedFile("du-thao.pdf", PDF), by=author, at=moment)
    thematic.share(paper, by=author, at=moment)
    save_text("opinion-add", paper, {"text": "Viết dở, chưa gửi."}, base=0, by=author, at=moment)
    thematic.give_opinion(
        paper, member=crew.plain, paragraph=1, text="Nên ngắn hơn.", by=crew.account(crew.plain), at=moment
    )


def _record_evening(crew: Crew, meeting: Meeting, moment: datetime) -> None:
    """One of everything under the last line of the agenda."""
    by = crew.account(crew.lead)
    who = {"by": by, "at": moment}
    evening.open_meeting(meeting, **who)
    evening.mark_rest_present(meeting, **who)
    SeatChange.objects.create(
        meeting=meeting,
        seat=Seat.MINUTE_TAKER,
        was=crew.lead,
        member=crew.writer,
        since=moment,
        entered_by=by,
        entered_at=moment,
    )
    evening.add_guest(meeting, name="Trương Quốc Khách", position="Đảng uỷ viên", **who)
    item = meeting.items.last()
    assert item is not None
    evening.start_item(item, **who)
    speaker = meeting.attendances.get(member=crew.lead)
    remark = evening.add_remark(item, speaker, **who)
    save_text("remark", remark, {"text": "Tôi nhất trí."}, base=0, **who)
    save_text("item", item, {"conclusion": "Chi bộ thống nhất."}, base=0, **who)
    slips = {"slips": Slips(issued=1, returned=1, valid=1, invalid=0), "head": speaker}
    evening.record_vote(item, question="Thông qua kết luận", in_favour=1, against=0, other=0, **slips, **who)
    poll = polls.open_poll(item, question="Thông qua phân công", **who)
    polls.say(poll, choice="in_favour", **who)
    polls.close_poll(poll, **who)
    polls.publish_poll(poll, **who)
    vote = meeting.votes.first()
    evening.add_remark(item, speaker, vote=vote, **who)
    floor.ask(item, meeting.attendances.get(member=crew.plain), **who)
    spoken = {"state": "done", "started_at": moment, "ended_at": moment, "asked_by": by, "asked_at": moment}
    Turn.objects.create(meeting=meeting, item=item, speaker=speaker, place=1, **spoken)
    outcomes.add_outcome(item, kind="information", **who)
    first = meeting.items.first()
    assert first is not None
    votes.step_aside(first, meeting.attendances.get(member=crew.plain), reason="Việc của đồng chí", **who)
    for promise in crew.cell.tasks.exclude(meeting=meeting):
        following.report_task(promise, meeting, state="going", result="Đang làm", **who)
    following.assign_task(meeting, text="Rà soát quy chế", owner=crew.plain, due_on=None, item=item, **who)
    if meeting.kind == "thematic":
        sheet = scoring.draw_up(meeting, **who)
        full = {one.code: (Decimal(one.max_points or 0), "Đủ căn cứ") for one in scored(sheet).criteria.leaves()}
        scoring.give_points(sheet, lines=full, weak_points="Họp muộn.", follower=crew.plain, base=sheet.rev, **who)


def _correct(crew: Crew, meeting: Meeting, moment: datetime, *, answered: bool) -> None:
    who = {"by": crew.account(crew.lead), "at": moment}
    remark = Remark.objects.with_meeting().filter(meeting=meeting, vote=None).first()
    assert remark is not None
    correction = proofs.propose_correction(remark, text="Xin bỏ chữ “nhất trí”.", **who)
    if answered:
        proofs.answer_correction(correction, adopted=False, reason="Đã nói như vậy", **who)


def seal(crew: Crew, meeting: Meeting, moment: datetime) -> None:
    for seat in Seat:
        fresh = Meeting.objects.with_people().get(pk=meeting.pk)
        seen = fingerprint(build_minutes(fresh))
        who = crew.lead if seat == Seat.CHAIR else crew.writer
        minutes.sign(fresh, seat=seat, seen=seen, by=crew.account(who), at=moment)
    meeting.refresh_from_db()
