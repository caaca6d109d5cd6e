"""Random evenings through the actions; what is checked stands on the paper.

A hundred with the other tests, a thousand by `make long`, always the same ones.
"""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from documents.model import Heading, Paragraph, fingerprint
from meetings.actions import evening, minutes, outcomes, planning, proofs, seats
from meetings.actions import votes as asides
from meetings.models import AgendaItem, Attendance, Mark, Meeting, OutcomeKind, Recusal, Remark, Seat, Vote
from meetings.papers import build_minutes, confirmed
from meetings.presence import room_of
from members import actions as people
from members.models import Member, TenureKind
from members.policy import may
from members.refusal import AlreadyDone, Refused
from members.saving.actions import save_text
from tests.factories import at, make_cell, make_committee, make_member, plan_fields
from tests.meetings.evening_on_paper import OPENED, PEOPLE, Paper, check
from tests.sample import LONG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.model import Document
    from members.models import User

EVENINGS = 1000 if LONG else 40
SINCE = date(2026, 12, 1)
STANDINGS = (
    TenureKind.FULL,
    TenureKind.FULL,
    TenureKind.FULL,
    TenureKind.FULL,
    TenureKind.PROBATIONARY,
    TenureKind.EXEMPT,
    TenureKind.SPECIAL_DUTY,
    TenureKind.TEMPORARY_IN,
    TenureKind.TEMPORARY_OUT,
    TenureKind.SUSPENDED,
)
assert len(STANDINGS) == PEOPLE
# What the register may say of somebody while the meeting is on.
REGISTERED = (TenureKind.FULL, TenureKind.PROBATIONARY, TenureKind.EXEMPT, TenureKind.SUSPENDED, TenureKind.LEFT)

somebody = st.integers(0, PEOPLE - 1)
minute = st.integers(0, 100)
line = st.integers(0, 1)
few = st.integers(0, 4)
step = st.one_of(
    st.tuples(st.just("mark"), somebody, st.sampled_from([Mark.PRESENT, Mark.EXCUSED, Mark.UNEXCUSED])),
    st.tuples(st.just("come_and_go"), somebody, st.one_of(st.none(), minute), st.one_of(st.none(), minute)),
    st.tuples(st.just("vote"), line, st.sampled_from(["ordinary", "admission"]), few, few, few),
    st.tuples(st.just("unvote"), line),
    st.tuples(st.just("aside"), line, somebody),
    st.tuples(st.just("again"), line, somebody),
    st.tuples(st.just("speak"), line, somebody),
    st.tuples(st.just("start"), line),
    st.tuples(st.just("end"), line),
    st.tuples(st.just("seat"), st.sampled_from(Seat), somebody, st.one_of(st.none(), minute)),
    st.tuples(st.just("stand"), somebody, st.sampled_from(REGISTERED)),
    st.tuples(st.just("come_to"), line, st.sampled_from([OutcomeKind.INFORMATION, OutcomeKind.CONCLUSION])),
    st.tuples(st.just("decide"), line),
    st.tuples(st.just("ask"), somebody, st.booleans()),
    st.tuples(st.just("end_at"), st.integers(70, 130)),
)


class Night:
    """One meeting of ten people, one of each standing and four full members, and a step every seven minutes."""

    def __init__(self, meeting: Meeting, rows: list[Attendance], items: list[AgendaItem], by: User) -> None:
        self.meeting, self.rows, self.items, self.by, self.now = meeting, rows, items, by, OPENED
        self.asked: list[tuple[int, bool]] = []  # who asks to correct their words, and whether that is adopted
        self.ends = 110

    def row(self, index: int) -> Attendance:
        return Attendance.objects.select_related("meeting__cell").get(pk=self.rows[index].pk)

    def take(self, steps: Sequence[tuple[Any, ...]]) -> None:
        for name, *told in steps:
            self.now += timedelta(minutes=7)
            try:
                getattr(self, name)(*told)
            except (Refused, AlreadyDone):
                continue

    def fresh(self) -> Meeting:
        return Meeting.objects.with_people().get(pk=self.meeting.pk)

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.now}

    def mark(self, index: int, given_mark: str) -> None:
        evening.mark(self.row(index), mark=given_mark, reason="Ốm", **self.who)

    def come_and_go(self, index: int, came: int | None, left: int | None) -> None:
        def moment(after: int | None) -> datetime | None:
            return None if after is None else min(OPENED + timedelta(minutes=after), self.now)

        evening.come_and_go(self.row(index), arrived_at=moment(came), left_at=moment(left), **self.who)

    def vote(self, index: int, kind: str, *hands: int) -> Vote:
        counted = dict(zip(("in_favour", "against", "other"), hands, strict=True))
        told: dict[str, Any] = {"question": "Việc", "kind": kind, **counted, **self.who}
        vote = evening.record_vote(self.items[index], **told)
        when = timezone.localtime(vote.taken_at)  # the paper does not say it, and what follows asks for it
        Vote.objects.filter(pk=vote.pk).update(question=f"Việc lúc {when:%H:%M}")
        return vote

    def unvote(self, index: int) -> None:
        vote = Vote.objects.select_related("meeting__cell").filter(item=self.items[index]).last()
        if vote is not None:
            evening.remove_vote(vote, **self.who)

    def aside(self, index: int, person: int) -> None:
        asides.step_aside(self.items[index], self.row(person), **self.who)

    def again(self, index: int, person: int) -> None:
        rows = Recusal.objects.select_related("meeting__cell")
        row = rows.filter(item=self.items[index], person=self.rows[person]).first()
        if row is not None:
            asides.take_part_again(row, **self.who)

    def speak(self, index: int, person: int) -> None:
        evening.add_remark(self.items[index], self.row(person), **self.who)

    def start(self, index: int) -> None:
        evening.start_item(self.items[index], **self.who)

    def end(self, index: int) -> None:
        evening.end_item(self.items[index], **self.who)

    def seat(self, seat: Seat, person: int, after: int | None) -> None:
        since = None if after is None else min(OPENED + timedelta(minutes=after), self.now)
        member = Member.objects.get(pk=self.rows[person].member_id)
        seats.change_seat(self.meeting, seat=seat, member=member, since=since, **self.who)

    def stand(self, person: int, kind: TenureKind) -> None:
        member = Member.objects.select_related("organisation").get(pk=self.rows[person].member_id)
        people.set_standing(member, member.organisation, kind=kind, starts_on=SINCE, by=None, at=self.now)

    def come_to(self, index: int, kind: OutcomeKind) -> None:
        outcomes.add_outcome(self.items[index], kind=kind, **self.who)

    def decide(self, index: int) -> None:
        """Everybody who may raises a hand, and what they decide is written down."""
        item = self.items[index]
        hands = len(room_of(self.meeting, self.now, item).voters())
        vote = self.vote(index, "ordinary", hands, 0, 0)
        outcomes.add_outcome(item, kind=OutcomeKind.DECISION, vote=vote, **self.who)

    def ask(self, person: int, adopted: bool) -> None:
        """Whoever spoke last asks, before the seal; where nobody has, this person speaks."""
        if not self.meeting.remarks.exists():
            self.speak(0, person)
        last = self.meeting.remarks.last()
        self.asked.append(([row.pk for row in self.rows].index(last.speaker_id), adopted))

    def end_at(self, after: int) -> None:
        self.ends = after

    def correct(self) -> None:
        """Whoever spoke and asks for it, once; the table answers, and changes the words first where it adopts."""
        for person, adopted in dict(self.asked).items():
            remark = Remark.objects.with_meeting().filter(speaker=self.rows[person], vote=None).first()
            if remark is None:
                continue
            account = getattr(self.rows[person].member, "account", None)
            row = proofs.propose_correction(remark, text="Khác", by=account or self.by, at=self.now)
            if adopted:
                save_text("remark", remark, {"text": f"Lời đã sửa {person}"}, base=remark.rev, **self.who)
            proofs.answer_correction(row, adopted=adopted, reason="" if adopted else "Như đã nói", **self.who)

    def standings(self) -> list[str]:
        return [row.standing for row in self.meeting.attendances.order_by("pk")]

    def paper(self, *, seal: bool) -> Paper | None:
        """The minutes line by line, sealed or ready to be; None where the evening may not end as it was recorded."""
        self.now = OPENED + timedelta(minutes=max(self.ends, 110))
        ends = OPENED + timedelta(minutes=self.ends)
        if not self.meeting.items.touched().exists():
            self.start(0)  # what was never held is no meeting
        evening.mark_rest_present(self.meeting, **self.who)
        try:
            evening.close(self.meeting, opened_at=OPENED, closed_at=ends, **self.who)
        except Refused:
            return None
        self.correct()
        document = build_minutes(self.fresh())
        if seal and self.seal(document):
            assert minutes.paper_of(self.fresh()) == confirmed(document, self.meeting.signatures.with_people())
        said = [f"# {b.text}" if isinstance(b, Heading) else "".join(run.text for run in b.runs)
                for b in document.blocks if isinstance(b, Heading | Paragraph)]  # fmt: skip
        adopted = [person for person, yes in dict(self.asked).items() if yes]
        spoke = set(self.meeting.remarks.filter(vote=None).values_list("speaker", flat=True))
        corrected = [person for person in adopted if self.rows[person].pk in spoke]
        return Paper("\n".join(said), self.standings(), self.ends, corrected)

    def seal(self, document: Document) -> bool:
        for seat in Seat:
            meeting = self.fresh()
            who = self.signs(meeting, seat)
            if who is None:
                return False
            minutes.sign(meeting, seat=seat, seen=fingerprint(document), **who)
        return True

    def signs(self, meeting: Meeting, seat: Seat) -> dict[str, Any] | None:
        """Whoever holds the seat, or another who may for them; None where this takes somebody else in the seat."""
        holder = getattr(meeting, seat)
        own = getattr(holder, "account", None)
        accounts = [own] if own else [row.member.account for row in self.rows[:2] if row.member]
        allowed = [one for one in accounts if may(one, "minutes.sign", meeting)]
        by = next((one for one in allowed if not minutes.why_not_for(meeting, seat, one)), None)
        return {"by": by, "at": self.now, "reason": "Không có máy"} if by else None


def make_night() -> bytes:
    """What every evening begins with, read once: nothing of an evening stays."""
    cell = make_cell(make_committee())
    secretary = make_member(cell, "Người 0", username="thu", post=TenureKind.SECRETARY)
    people = [secretary]
    for index, standing in enumerate(STANDINGS[1:], start=1):
        people.append(make_member(cell, f"Người {index}", standing=standing, username="ky" if index == 1 else ""))
    by = secretary.account
    fields = plan_fields(chair=secretary, minute_taker=people[1])
    meeting = planning.plan_meeting(cell, kind="thematic", by=by, at=at("2026-11-20 08:00"), **fields)
    AgendaItem.objects.filter(meeting=meeting, position__gt=2).delete()  # two lines are enough
    planning.call(meeting, by=by, at=at("2026-11-25 08:00"))
    evening.open_meeting(meeting, by=by, at=OPENED)
    for row in meeting.attendances.select_related("meeting__cell"):
        if row.counts:
            evening.mark(row, mark=Mark.PRESENT, by=by, at=OPENED)
    rows = list(meeting.attendances.select_related("meeting__cell").order_by("pk"))
    items = list(meeting.items.select_related("meeting__cell")[:2])
    return pickle.dumps((Meeting.objects.with_people().get(pk=meeting.pk), rows, items, by))


def play(begun: bytes, steps: Sequence[tuple[Any, ...]], *, seal: bool) -> Paper | None:
    """One evening, of which nothing stays."""
    mark = transaction.savepoint()
    try:
        night = Night(*pickle.loads(begun))
        night.take(steps)
        return night.paper(seal=seal)
    finally:
        transaction.savepoint_rollback(mark)


def many(begun: bytes, evenings: int) -> list[str | None]:
    papers: list[str | None] = []

    @seed(20261203)
    @settings(
        max_examples=evenings,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=st.lists(step, min_size=4, max_size=14))
    def run(steps: list[tuple[Any, ...]]) -> None:
        paper = play(begun, steps, seal=len(papers) % 10 == 0)  # a seal costs as much as an evening
        papers.append(paper.text if paper else None)
        if paper is not None:
            check(paper)

    run()
    return papers


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_happens_on_an_evening_its_paper_adds_up() -> None:
    papers = many(make_night(), EVENINGS)
    sealed = [text for text in papers if text is not None]
    assert len(sealed) > EVENINGS / 2
    assert sum("Biểu quyết (giơ tay): " in text for text in sealed) > EVENINGS / 10
    for seen in ("Quyết nghị: ", "Lời đã sửa", "Điều chỉnh danh sách sau khai mạc: ", " (đến ", "Kết luận: "):
        assert any(seen in text for text in sealed), seen


def found_out(paper: Paper) -> bool:
    try:
        check(paper)
    except AssertionError:
        return True
    return False


@pytest.mark.django_db
def test_a_planted_error_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has gone is counted as a voter again."""
    begun = make_night()
    steps = [("come_and_go", 2, None, 5), ("vote", 0, "ordinary", 4, 0, 0)]
    for honest in (True, False):
        if not honest:
            monkeypatch.setattr("meetings.presence.Room._within", lambda *_: True)
        paper = play(begun, steps, seal=False)
        assert paper is not None
        assert found_out(paper) != honest
