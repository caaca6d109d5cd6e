"""Six yearly reviews of one cell, each in another state, with a form in every stage of its life."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from book.chain import enter
from critique.course import actions as committee
from critique.cycle.models import Cycle, Participant
from critique.dossier.actions import file_item
from critique.hearing.actions import hearing as hearings
from critique.hearing.actions import note
from critique.hearing.actions.opening import hearing_opened
from critique.hearing.models import Hearing, Proceedings
from critique.levels.actions import ballot as ballots
from critique.levels.actions import entries
from critique.levels.models import Ballot
from critique.remedies import actions as remedies
from critique.writing import actions as writing
from critique.writing.models import SelfReview, Way
from critique.writing.opening import open_review
from documents.model import Document, fingerprint, para, to_json
from meetings.actions import signed as outside
from members.press import Press
from members.saving.actions import save_text
from rulings import actions as rulings

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from members.models import Member, User
    from tests.world import Crew

TEXT = "Còn nể nang, chưa thẳng thắn góp ý"
RUBRIC = {
    "value": {"lines": "1.1 | Phẩm chất | 30\n2.1 | Nhiệm vụ | 70"},
    "document": "03-HD/ĐU",
    "document_date": date(2026, 1, 5),
    "starts_on": date(2026, 1, 5),
}
COMPLAINT = "Đề nghị xem lại phần việc đã hoàn thành sớm"
KEY = UUID("4a3c1d0e-0000-4000-8000-000000000001")


def keep_reviews(crew: Crew, at: datetime) -> dict[str, Model]:
    """`draft` is the plain member's own, `typed` the writer's from paper, `submitted` the author's, `shown` is read."""
    lead = crew.account(crew.lead)
    plan, going, shown, past = (review_of_year(crew, year, at) for year in (2027, 2026, 2025, 2024))
    for cycle in (past, shown, going):
        committee.take_step(cycle, move_name="open", by=lead, at=at)
    draft = write(crew, going, crew.plain, at)
    if crew.writer not in (crew.plain, crew.author):
        row = Participant.objects.get(cycle=going, member=crew.writer)
        Participant.objects.filter(pk=row.pk).update(on_paper=True)
        writing.begin_entering(row, by=lead, at=at)
    typed = SelfReview.objects.with_people().get(participant__cycle=going, participant__member=crew.writer)
    if typed.participant.typist_id:
        save_text("review-strengths", typed, {"A.I.1": TEXT}, base=0, by=lead, at=at)
    submitted = write(crew, going, crew.lead if crew.author == crew.plain else crew.author, at)
    writing.submit(submitted, by=crew.account(submitted.author), at=at)
    for cycle, moves in ((shown, ["read"]), (past, ["read", "hold"])):
        review = write(crew, cycle, crew.plain, at)
        writing.submit(review, by=crew.account(crew.plain), at=at)
        for move in moves:
            committee.take_step(cycle, move_name=move, by=lead, at=at)
    rulings.fix(crew.cell, "rubric-02B", by=lead, at=at, **RUBRIC)
    known: dict[str, Model] = {
        "cycle": going,
        "plan-cycle": plan,
        "shown-cycle": shown,
        "participant": row_of(going, crew.writer),
        "draft": draft,
        "typed": typed,
        "submitted": submitted,
        "shown": self_review(shown, crew.plain),
        "past": self_review(past, crew.plain),
    }
    file_item(row_of(past, crew.plain), item=2, state="paper", note=TEXT, by=lead, at=at)
    known |= keep_remedies(crew, known["past"], at)  # type: ignore[arg-type]
    known |= keep_hearings(crew, going, past, at)
    known |= keep_levels(crew, past, at)
    # A whole conference is another test's evening; here only what it leaves behind.
    paper = Document("bien-ban", "Biên bản", date(2024, 12, 18), (para(TEXT),))
    sealed = {"fingerprint": fingerprint(paper), "sealed_at": at, "sealed_by": lead}
    row = Proceedings.objects.create(cycle=known["handed-cycle"], body=to_json(paper), **sealed)
    enter("proceedings", row, at=at)
    outside._add("proceedings", row, 0, b"%PDF-1.7\n%%EOF\n", (), lead, at)  # nobody waits for a PDF here
    open_review(known["shown"], way=Way.SCREEN, by=lead, at=at, key=Press(KEY))  # type: ignore[arg-type]
    return known


def keep_levels(crew: Crew, past: Cycle, at: datetime) -> dict[str, Model]:
    """`ballot` waits for its figures, `counted` is confirmed in a review that was handed up, `sent-cycle` just now."""
    lead = crew.account(crew.lead)
    who = {"by": lead, "at": at}
    ballot = ballots.open_round(past, head=crew.writer, tellers=[crew.plain], chair=crew.lead, **who)
    count(ballot, **who)
    sent, handed = (review_of_year(crew, year, at) for year in (2022, 2023))
    for cycle in (sent, handed):
        committee.take_step(cycle, move_name="open", **who)
        writing.submit(write(crew, cycle, crew.plain, at), by=crew.account(crew.plain), at=at)
        committee.take_step(cycle, move_name="hold", **who)
    counted = count(ballots.open_round(handed, head=crew.writer, tellers=[], chair=crew.lead, **who), **who)
    for seat in (ballots.HEAD, ballots.CHAIR):
        ballots.confirm(counted, seat=seat, seen=fingerprint(ballots.paper_of(counted)), **who)
    entries.hand_up(sent, **who)
    entries.hand_up(handed, **who)
    decision = {"level": "good", "document": "12-QĐ/ĐU", "document_date": date(2026, 12, 2)}
    first, second = row_of(handed, crew.plain), row_of(handed, crew.writer)
    for row in {first.pk: first, second.pk: second}.values():
        entries.decide(row, **decision, **who)  # type: ignore[arg-type]
    if second != first:
        entries.complain(second, words=COMPLAINT, **who)
    paper = {"document": "09-QĐ/ĐU", "document_date": date(2026, 1, 5), "starts_on": date(2026, 1, 5)}
    rulings.fix(crew.cell, "cap", value={"percent": 25}, **paper, **who)  # type: ignore[arg-type]
    return {
        "past-cycle": past,
        "proposable": row_of(past, crew.plain),
        "ballot": ballot,
        "counted": counted,
        "sent-cycle": sent,
        "handed-cycle": handed,
        "handed": self_review(handed, crew.plain),
        "unrated": row_of(handed, crew.author if crew.author != crew.plain else crew.lead),
        "rated": first,
        "complaining": second,
    }


def count(ballot: Ballot, **who: Any) -> Ballot:
    """One vote each for "good": too few to reach anything, but the figures add up."""
    votes = {"excellent": 0, "good": 1, "done": 0, "not_done": 0, "unrated": 0}
    lines = {line.pk: votes for line in ballot.lines.all()}
    figures = {"summoned": 4, "present": 2, "issued": 2, "returned": 2, "valid": 1, "invalid": 1}
    ballots.count(ballot, figures=figures, lines=lines, base=ballot.rev, **who)
    return Ballot.objects.with_people().get(pk=ballot.pk)


def keep_remedies(crew: Crew, past: SelfReview, at: datetime) -> dict[str, Model]:
    """`remedy` is the plain member's with the author as helper, `cell-remedy` the cell's, `closed-remedy` over."""
    lead, texts = crew.account(crew.lead), {"shortcoming": TEXT, "cause": "Ngại va chạm", "measure": "Góp ý thẳng"}
    who = {"by": lead, "at": at - timedelta(days=40)}
    helper = crew.author if crew.author != crew.plain else None
    closed = remedies.enter(crew.cell, about=crew.plain, source="opinion", **who, **texts)
    remedies.close(closed, words="Có sổ theo dõi", **who)
    remedy = remedies.enter(crew.cell, about=crew.plain, helper=helper, source="opinion", **who, **texts)
    whole = remedies.enter(crew.cell, about=None, source="inspection", **who, **texts)
    remedies.report(remedy, state="going", words="Đang làm", **who)
    save_text("remedy-report", remedy, {"words": TEXT}, base=0, **who)  # the secretary's own, not sent
    return {
        "remedy": remedy,
        "cell-remedy": whole,
        "closed-remedy": closed,
        "remedy-check": remedy.checks.get(number=1),
        "promising": past,
    }


def keep_hearings(crew: Crew, going: Cycle, past: Cycle, at: datetime) -> dict[str, Model]:
    """`hearing` is the plain member's, `sent-opinion` theirs about the lead, `closed-hearing` last year's,
    `meeting-hearing` theirs at an earlier meeting, `collective-hearing` the committee's where there is one."""
    lead, plain = crew.account(crew.lead), crew.account(crew.plain)
    who = {"by": lead, "at": at}
    hearing = hearings.begin(row_of(going, crew.plain), **who)
    opinion = hearings.add_opinion(hearing, speaker=crew.lead, words=TEXT, **who)
    save_text("opinion-ruling", opinion, {"ruling": TEXT}, base=0, **who)
    leads = row_of(going, crew.lead)
    save_text("note", leads, {"wish": TEXT}, base=0, by=plain, at=at)
    sent = note.send_note(leads, by=plain, at=at)
    hearings.begin(leads, **who)
    save_text("note", leads, {"wish": TEXT}, base=0, by=plain, at=at)
    closed = hearings.begin(row_of(past, crew.plain), **who)
    _finish(closed, who, plain, at)
    hearing_opened(closed, **who)
    meeting = crew.cell.meetings.filter(state="sealed").first()
    known: dict[str, Model] = {
        "hearing": hearing,
        "hearing-opinion": opinion,
        "sent-opinion": sent,
        "noted": leads,
        "unheard": row_of(going, crew.writer),
        "closed-hearing": closed,
        "meeting-hearing": hearings.begin_at(meeting, about=crew.plain, **who),
    }
    whole = going.participants.filter(member=None).first()
    return known | ({"collective-hearing": hearings.begin(whole, **who)} if whole else {})


def _finish(hearing: Hearing, who: dict[str, Any], plain: User, at: datetime) -> None:
    save_text("hearing-conclusion", hearing, {"faults": TEXT, "due": "31/3/2027"}, base=0, **who)
    hearings.confirm_seen(hearing, seen=hearing.said_rev, by=plain, at=at)
    hearings.close(hearing, **who)


def review_of_year(crew: Crew, year: int, at: datetime) -> Cycle:
    return committee.plan_cycle(
        crew.cell,
        by=crew.account(crew.lead),
        at=at,
        year=year,
        basis="366-QĐ/TW",
        due_on=date(2026, 12, 10),
        meets_on=date(2026, 12, 18),
        place="",
    )


def write(crew: Crew, cycle: Cycle, member: Member, at: datetime) -> SelfReview:
    review = self_review(cycle, member)
    by = crew.account(member)
    save_text("review-strengths", review, {"A.I.1": TEXT}, base=0, by=by, at=at)
    return self_review(cycle, member)


def row_of(cycle: Cycle, member: Member) -> Participant:
    found: Participant = Participant.objects.get(cycle=cycle, member=member)
    return found


def self_review(cycle: Cycle, member: Member) -> SelfReview:
    found: SelfReview = SelfReview.objects.with_people().get(participant__cycle=cycle, participant__member=member)
    return found
