"""Every kind of paper that the demonstration's cell could print on a day."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from book.papers import build_sheet
from book.proof import newest_among, sealed_paper
from book.verify import verify
from book.yearly import volume, years
from chibo.demo import content
from critique.conference.keeper import sealed, whole
from critique.cycle.models import Cycle, Participant
from critique.dossier.papers import index
from critique.hearing.models import Hearing
from critique.hearing.papers import room_sheet
from critique.letters.models import Criticism
from critique.letters.papers import blank_letter, build_letter
from critique.levels.actions.ballot import rendered_paper as ballot_of
from critique.levels.appraised import appraisal, blank_appraisal, build_again
from critique.levels.handing_up import build_handed_up, build_proposals
from critique.levels.models import Ballot
from critique.levels.models.entry import DECISIONS
from critique.levels.papers import blank_ballot, build_published, day_published
from critique.levels.rolled_up import handed_up
from critique.lifecycle import AFTER_MEETING
from critique.official_forms.model import FormKind
from critique.remedies import actions as remedies
from critique.remedies.models import Remedy
from critique.remedies.papers import build_followed, build_plan
from critique.writing.models import SelfReview
from critique.writing.sheets import blank, sheet
from documents.sealed import Rendered
from guideline import rulebook as rulebooks
from meetings import facts, rules
from meetings.actions import evening, minutes, news, planning
from meetings.actions.minutes import paper_of, rendered_paper
from meetings.exchanged import exchanged
from meetings.in_book import ADDENDUM, RESOLUTION
from meetings.lifecycle import OVER, State
from meetings.models import Kind, Meeting, News, Resolution
from meetings.numbered import register_of
from meetings.papers import build_exchange, build_notice
from meetings.papers.agenda import build_agenda
from meetings.papers.extract import build_extract
from meetings.papers.guideline import build_guideline
from meetings.papers.handout import build_outcome_sheet, build_task_sheet
from meetings.papers.invitation import build_invitation
from meetings.papers.news import build_news
from meetings.papers.numbers import build_register
from meetings.papers.programme import build_programme
from meetings.papers.resolution import build_resolution
from meetings.papers.roll import build_roll_sheet
from meetings.papers.roll_numbers import build_roll_numbers
from meetings.papers.roll_up import build_roll_up, with_charts
from meetings.papers.score import build_score
from meetings.papers.slips import build_slips
from meetings.papers.thematic import build_thematic, text_of
from meetings.rolled_up import roll_up
from meetings.year import Year
from members.models import Member, TenureKind, User
from members.refusal import Refused
from members.saving.actions import save_text
from privacy.actions import destruction
from privacy.in_book import DESTRUCTION
from privacy.lifecycle import Destroying
from privacy.models import DataRequest, Destruction
from privacy.my_data import as_paper, kept_about
from privacy.papers import build_record, build_request
from privacy.retention import due_in
from rulings.sample import build_sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from book.yearly import Volume
    from chibo.demo.build import Stage
    from documents.model import Document
    from documents.proof import Proof
    from members.models import Organisation


def complete(stage: Stage) -> None:
    """What the demonstration has not come to: a committee's meeting, a combined one, a correction, a destruction."""
    lead = stage.account("thanh")
    for kind, topic, ago in (("committee", "", 33), ("combined", content.TOPIC, 31)):
        day = stage.today - timedelta(days=ago)
        meeting = planning.plan_meeting(
            stage.cell,
            kind=kind,
            by=lead,
            at=stage.at(day - timedelta(days=8), 9),
            starts_at=stage.at(day, 14),
            place=content.PLACE,
            topic=topic,
            chair=stage.cast["thanh"],
            minute_taker=stage.cast["hoa"],
            purpose="",
        )
        planning.call(meeting, by=lead, at=stage.at(day - timedelta(days=5), 9))
        evening.open_meeting(meeting, by=lead, at=stage.at(day, 14))
        evening.mark_rest_present(meeting, by=lead, at=stage.at(day, 14, 5))
    sealed = Meeting.objects.with_people().filter(cell=stage.cell, state=State.SEALED).latest("starts_at")
    text, reason = "Số điện thoại liên hệ ghi nhầm, nay ghi đúng.", "Ghi nhầm khi gõ."
    minutes.add_addendum(sealed, text=text, reason=reason, by=lead, at=stage.at(stage.today, 8))
    _put_right(stage)
    _tell(stage, sealed)
    now = stage.at(stage.today, 9)
    rows = [one.key for one in due_in(stage.cell, stage.today).rows]
    if rows:
        row = destruction.propose(stage.cell, rows=rows, reason="Đã hết thời hạn lưu.", filed=True, by=lead, at=now)
        destruction.carry_out(row, by=stage.account("lan"), at=now)


def _put_right(stage: Stage) -> None:
    """What was promised in the last review that is over, one item of the cell's own, and what was found since."""
    lead, now = stage.account("thanh"), stage.at(stage.today, 8)
    past = SelfReview.objects.with_people().filter(
        participant__cycle__cell=stage.cell,
        participant__cycle__state__in=AFTER_MEETING,
        participant__destroyed_on__isnull=True,
        submitted_at__isnull=False,
    )
    for review in past.order_by("-participant__cycle__year", "pk")[:3]:
        with suppress(Refused):  # it promises nothing
            remedies.take_up(review, by=lead, at=now)
    whole = remedies.enter(
        stage.cell,
        about=None,
        source="inspection",
        shortcoming="Tài liệu sinh hoạt có tháng gửi muộn.",
        cause="Chưa giao rõ người chuẩn bị.",
        measure="Gửi tài liệu trước buổi họp ít nhất ba ngày.",
        finished_when="Ba tháng liền gửi đúng ngày.",
        by=lead,
        at=now,
    )
    remedies.report(whole, state="going", words="Đã phân công người chuẩn bị.", by=lead, at=now)


def _tell(stage: Stage, meeting: Meeting) -> None:
    """A news text, edited, with one photograph that shows nobody."""
    by, now = stage.account("thanh"), stage.at(stage.today, 8)
    row = news.begin(meeting, by=by, at=now)
    said = row.text.rpartition("\n")[0] + "\nKhông khí buổi sinh hoạt cởi mở, thẳng thắn."
    save_text("news", row, {"headline": row.headline, "text": said}, base=0, by=by, at=now)
    drawn = BytesIO()
    Image.linear_gradient("L").resize((1600, 1000)).save(drawn, "JPEG")
    file = SimpleUploadedFile("quang-canh.jpg", drawn.getvalue())
    news.add_photo(row, file=file, caption="Quang cảnh buổi sinh hoạt (ảnh minh hoạ).", agreed=True, by=by, at=now)


@dataclass(frozen=True, slots=True)
class Sample:
    """A paper as it is printed: a sealed one with its code and its square."""

    document: Document
    proof: Proof | None = None


def papers_of(cell: Organisation, today: date) -> Iterator[Sample]:
    """Last what the book says of all that was sealed."""
    for paper in _papers_of(cell, today):
        if isinstance(paper, Rendered):
            yield Sample(paper.document, _with_square(cell, paper.proof))
        else:
            yield Sample(paper)
    book, now = verify(cell), timezone.now()
    if book.head is not None:
        yield Sample(build_sheet(cell, book.head, book.taken_over, now))


def book_of(cell: Organisation) -> Volume | None:
    """The book of the last year that has one, as the secretary may read it."""
    post = {"member__tenures__kind": TenureKind.SECRETARY, "member__tenures__organisation": cell}
    reader = User.objects.filter(**post).first()
    found = years(cell, reader) if reader is not None else []
    return volume(cell, reader, found[0][0]) if reader is not None and found else None


def _with_square(cell: Organisation, proof: Proof | None) -> Proof | None:
    """Where no address is set: on the one that is nobody's."""
    if proof is None or proof.address or proof.wrong:
        return proof
    return replace(proof, address=f"https://chibo.example{reverse('book', args=[cell.pk])}?code={proof.code}")


def _papers_of(cell: Organisation, today: date) -> Iterator[Document | Rendered]:
    yield from _of_meetings(cell)
    for resolution in Resolution.objects.with_meeting().filter(cell=cell).order_by("pk"):
        yield sealed_paper(RESOLUTION, resolution) if resolution.sealed_at else build_resolution(resolution)
    yield build_register(register_of(cell), timezone.now())
    yield build_sample(cell, today, {})
    for programme in cell.programmes.all():
        yield build_programme(Year.of(programme))
    key = rulebooks.in_force(today).key
    yield build_guideline(cell, today, rules.rulebook_in(cell, key, today), rules.criteria_for(cell, key, today))
    for cycle in Cycle.objects.filter(cell=cell).select_related("cell", "meeting").order_by("year"):
        yield from _of_review(cycle)
    for form in FormKind:
        yield blank(cycle, form.value, blank_appraisal)
    yield blank_ballot(cycle)
    yield from _put_right_on_paper(cell, today)
    yield from _above(cell, today)
    yield from _of_people(cell)


def _put_right_on_paper(cell: Organisation, today: date) -> Iterator[Document]:
    """Of everybody, and of one comrade; for the year before, a plan to write on by hand."""
    rows, now = Remedy.objects.in_cell(cell), timezone.now()
    yield build_followed(cell, today.year, rows.followed_in(today.year), now)
    yield build_plan(cell, today.year - 1, rows.planned_after(today.year - 1), today)
    yield build_plan(cell, today.year, rows.planned_after(today.year), today)
    one = rows.followed_in(today.year).filter(about__isnull=False).first()
    if one is not None and one.about is not None:
        own = rows.of_person(one.about.pk)
        yield build_followed(cell, today.year, own.followed_in(today.year), now, about=one.about)
        yield build_plan(cell, today.year - 1, own.planned_after(today.year - 1), today, about=one.about)


def _of_meetings(cell: Organisation) -> Iterator[Document | Rendered]:
    for meeting in Meeting.objects.with_people().filter(cell=cell):
        yield build_notice(meeting)
        yield build_agenda(meeting)
        yield build_agenda(meeting, as_text=True)
        yield build_invitation(meeting)
        if meeting.state != State.PLAN:  # nobody is on the roll before the notice
            yield build_roll_sheet(meeting)
        yield from _to_be_brought(meeting)
        yield from _handed_over(meeting)
        if meeting.opened_at:
            yield rendered_paper(meeting)
        if meeting.opened_at and meeting.kind == Kind.CONFERENCE:
            kept = sealed(meeting)
            yield kept if kept is not None else whole(meeting)
        if meeting.inspections.given().exists():
            talk = exchanged(meeting, dict(paper_of(meeting).parts()))
            yield build_exchange(meeting, talk, newest_among(talk.sealed()))
        if sheet := getattr(meeting, "score", None):
            yield build_score(sheet)
        if (told := News.objects.of(meeting).first()) is not None:
            yield build_news(told, told.photos.all())
        for addendum in meeting.addenda.all():
            yield sealed_paper(ADDENDUM, addendum)


def _to_be_brought(meeting: Meeting) -> Iterator[Document]:
    """What lies ready before a meeting that is called: numbers for the door, slips for a secret vote."""
    rows = [row for row in facts.roll(meeting) if row.roll_number is not None and row.may_come]
    if rows and meeting.state in (State.CALLED, State.OPEN):
        yield build_roll_numbers(meeting, rows)
        yield build_slips(meeting, question="Giới thiệu đồng chí vào danh sách bầu cử", count=len(rows))
    paper = meeting.thematic_paper
    if paper is not None and text_of(paper).strip():
        yield build_thematic(paper)


def _handed_over(meeting: Meeting) -> Iterator[Document]:
    """Once it is over: what it came to, in large print, somebody's duties, a decision of it."""
    if meeting.state not in OVER:
        return
    yield build_outcome_sheet(meeting)
    for row in meeting.attendances.owners().with_meeting()[:1]:
        yield build_outcome_sheet(meeting, row)
        yield build_task_sheet(row)
    vote, sealed = meeting.votes.last(), rendered_paper(meeting)
    if vote is not None and sealed.proof is not None:
        extract = build_extract(meeting, sealed.document, vote, timezone.localdate(), sealed.proof.code)
        if extract is not None:
            yield extract


def _above(cell: Organisation, day: date) -> Iterator[Document]:
    """What whoever follows the cells prints of them."""
    posts = {"tenures__kind": TenureKind.SUPERIOR, "tenures__organisation": cell.parent_id}
    member, committee, now = Member.objects.filter(**posts).first(), cell.parent, timezone.now()
    by = User.objects.filter(member=member).first()
    if by is None or committee is None:
        return
    for month in (day.month, None):
        found = roll_up(committee, day.year, month, by)
        yield with_charts(build_roll_up(committee, found, now), found)
    yield build_handed_up(committee, day.year - 1, handed_up(committee, day.year - 1, by), now)


def _of_review(cycle: Cycle) -> Iterator[Document | Rendered]:
    written = SelfReview.objects.with_people().filter(participant__cycle=cycle, submitted_at__isnull=False)
    yield from (sheet(review, after=appraisal) for review in written)
    judged = Participant.objects.with_people().filter(cycle=cycle, steps__kind__in=DECISIONS).distinct()
    yield from (build_again(row, cycle.meets_on) for row in judged[:1])
    yield from (sheet(review, reader="Trần Thị Lan") for review in written[:1])
    yield from map(ballot_of, Ballot.objects.with_people().filter(cycle=cycle))
    yield build_proposals(cycle)
    if day := day_published(cycle):
        yield build_published(cycle, day)
    if Participant.objects.filter(cycle=cycle, writes=True).exists():
        yield index(cycle)


def _of_people(cell: Organisation) -> Iterator[Document | Rendered]:
    hearing = Hearing.objects.with_people().filter(participant__cycle__cell=cell).first()
    if hearing is not None:
        yield room_sheet(hearing)
    yield from map(build_letter, Criticism.objects.filter(cell=cell).select_related("cell"))
    yield blank_letter(cell)
    yield from map(build_request, DataRequest.objects.filter(cell=cell))
    for row in Destruction.objects.filter(cell=cell):
        yield sealed_paper(DESTRUCTION.name, row) if row.state == Destroying.DONE else build_record(row)
    now = timezone.now()
    for member in cell.members.order_by("pk")[:1]:
        yield as_paper(member, kept_about(member), now)
