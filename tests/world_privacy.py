"""Letters, requests, consents, settings and a destruction in one cell, one row of each kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from book.chain import enter
from critique.cycle.models import Cycle, Participant
from critique.letters import actions as letters
from critique.letters.models import Criticism
from critique.lifecycle import State
from critique.writing.content import wrap
from critique.writing.models import SelfReview
from documents.large import Wanted
from documents.model import Document, para, to_json
from members.models import TenureKind
from members.press import Press
from printing import actions as orders
from printing.models import State as Printing
from printing.models import Why
from privacy.actions import consent, data_requests
from privacy.lifecycle import Destroying
from privacy.models import Destroyed, Destruction
from privacy.papers import build_record
from rulings import actions as rulings

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from members.models import Member, User
    from printing.models import Order
    from tests.world import Crew, World

TEXT = "Chậm trả lời ý kiến của đảng viên"
KEY = UUID("4a3c1d0e-0000-4000-8000-000000000002")


def keep_privacy(crew: Crew, at: datetime) -> dict[str, Model]:
    """`letter` goes from the plain member to the author, `to-secretary` and `to-cell` where they say."""
    lead, plain = crew.account(crew.lead), crew.account(crew.plain)
    other = crew.author if crew.author != crew.plain else crew.lead
    letter = write(crew.plain, other, crew, at)
    asked = write(crew.writer if crew.writer != crew.plain else crew.lead, crew.plain, crew, at)
    letters.put_off(asked, until=at.date() + timedelta(days=90), reason=TEXT, by=plain, at=at)
    letters.answer(asked, words=TEXT, by=plain, at=at)
    request = data_requests.make_request(crew.cell, member=crew.plain, right="end", words=TEXT, by=plain, at=at)
    put_off = data_requests.make_request(crew.cell, member=crew.plain, right="view", words=TEXT, by=plain, at=at)
    data_requests.put_off(put_off, reason=TEXT, by=lead, at=at)
    to_cell = write(crew.plain, None, crew, at)
    letters.put_off(to_cell, until=to_cell.due_on + timedelta(days=7), reason=TEXT, by=lead, at=at)
    consent.agree(["read", "email"], by=plain, at=at, key=Press(KEY))
    fixed = {"document": "09-QĐ/ĐU", "document_date": date(2026, 1, 5), "starts_on": date(2026, 1, 10)}
    rulings.fix(crew.cell, "retention", value={"figures": "1"}, by=lead, at=at, **fixed)
    off = rulings.add_day_off(crew.cell, day=date(2027, 2, 8), name="Tết Nguyên đán", by=lead, at=at)
    return {
        "letter": letter,
        "to-secretary": write(crew.plain, crew.lead, crew, at),
        "to-cell": to_cell,
        "answered": asked,
        "request": request,
        "day-off": off,
        "order": ordered("mot", crew, at),
        "failed-order": failed(ordered("hai", crew, at)),
        **keep_old_reviews(crew, at),
    }


def ordered(name: str, crew: Crew, at: datetime) -> Order:
    """Asked for by the lead."""
    wanted = Wanted(Document(name, TEXT, at.date(), (para(TEXT),)), None, "pdf", download=False)
    return orders.ask_paper(wanted, "/", by=crew.account(crew.lead), at=at)


def failed(order: Order) -> Order:
    order.state, order.why = Printing.FAILED, Why.TOO_MUCH
    order.save(update_fields=["state", "why"])
    return order


def write(sender: Member, to: Member | None, crew: Crew, at: datetime) -> Criticism:
    by = crew.account(sender)
    told = {"kind": "criticism", "matter": TEXT, "words": TEXT, "by": by, "at": at}
    return letters.send(crew.cell, sender=sender, to_member=to, **told)


def keep_old_reviews(crew: Crew, at: datetime) -> dict[str, Model]:
    """Four closed years: one is destroyed, one proposed, one due, the latest stays."""
    lead, reviews = crew.account(crew.lead), {}
    for year in (2018, 2019, 2020, 2021):
        reviews[year] = old_review(crew, year, at)
    done = _destruction(crew, reviews[2018], at)
    done.state, done.ended_at, done.ended_by = Destroying.DONE, at, crew.account(crew.plain)
    done.record = to_json(build_record(done))
    done.save()
    enter("destruction", done, at=at)
    proposed = _destruction(crew, reviews[2019], at)
    assert proposed.proposed_by == lead
    return {"destruction": proposed, "destroyed": done, "old-review": reviews[2020]}


def _destruction(crew: Crew, review: SelfReview, at: datetime) -> Destruction:
    by = crew.account(crew.lead)
    row = Destruction(cell=crew.cell, why=TEXT, document="09-QĐ/ĐU", kept=1, proposed_at=at, proposed_by=by)
    row.save()
    Destroyed.objects.create(destruction=row, thing="participant", thing_pk=review.participant_id)
    return row


def old_review(crew: Crew, year: int, at: datetime, member: Member | None = None, text: str = TEXT) -> SelfReview:
    """As it stands years later; `member` is the plain one unless another is named."""
    whose = member or crew.plain
    days = {"due_on": date(year, 11, 27), "meets_on": date(year, 12, 4)}
    cycle, _ = Cycle.objects.get_or_create(cell=crew.cell, year=year, defaults={"state": State.CLOSED, **days})
    row = Participant.objects.create(cycle=cycle, member=whose, standing=TenureKind.FULL, reason="writes", writes=True)
    body = wrap({"A.I.1": text, "B.II": "good"})
    by = crew.account(whose)
    return SelfReview.objects.create(participant=row, body=body, submitted_at=at, submitted_by=by)


def more_privacy(world: World, member: Member, *, by: User, at: datetime) -> None:
    """One more of everything that the pages of protection list."""
    crew = world.crew
    write(member, crew.plain, crew, at)
    letter = Criticism.objects.select_related("cell").get(pk=world.keys["to-cell"])
    letters.put_off(letter, until=letter.due_on + timedelta(days=7), reason=TEXT, by=by, at=at)
    data_requests.make_request(crew.cell, member=member, right="view", words="", by=crew.account(member), at=at)
    for year in (2019, 2020, 2021):
        old_review(crew, year, at, member=member)
    rulings.add_day_off(crew.cell, day=date(2027, 3, 1 + member.pk % 5), name="Nghỉ bù", by=by, at=at)
    starts = {"document": "11-QĐ/ĐU", "document_date": date(2026, 1, 5), "starts_on": date(2026, 2, 1 + member.pk % 28)}
    rulings.fix(crew.cell, "retention", value={"figures": "1"}, by=by, at=at, **starts)
