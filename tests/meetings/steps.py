"""Short steps that the tests of meetings share: an evening taken further, and what a refusal must leave behind."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from documents.model import fingerprint
from meetings.actions import evening, minutes, scoring
from meetings.models import AgendaItem, Attendance, Meeting, Remark, Seat
from meetings.papers import build_minutes
from meetings.scored import scored
from members import actions as people
from members.models import Event, PaperNumber, TenureKind
from members.refusal import AlreadyDone, Refused
from members.saving.actions import save_text
from tests.factories import NOW, at
from tests.once import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from meetings.models import ScoreSheet
    from members.models import Member, User
    from tests.conftest import Cast
    from tests.once import Rows

OPENED = at("2026-12-03 19:02")
DURING = at("2026-12-03 19:30")
CLOSED = at("2026-12-03 20:45")
SIGNED = at("2026-12-03 20:50")


def everything() -> dict[str, Rows]:
    """Every row of every table that belongs to meetings, and the numbers given to papers."""
    return rows_of([*apps.get_app_config("meetings").get_models(), PaperNumber, Event])


@contextmanager
def refused(sentence: str, field: str | None = None) -> Iterator[None]:
    """The action says no in exactly this sentence, and no table has changed."""
    before = everything()
    with pytest.raises(Refused) as caught:
        yield
    assert (caught.value.sentence, caught.value.field) == (sentence, field)
    assert everything() == before


@contextmanager
def forbidden() -> Iterator[None]:
    before = everything()
    with pytest.raises(PermissionDenied):
        yield
    assert everything() == before


def has_one_effect(action: Callable[[UUID], Any], key: UUID) -> None:
    """The first click works, the second changes nothing."""
    action(key)
    after = everything()
    with pytest.raises(AlreadyDone):
        action(key)
    assert everything() == after


def fresh(meeting: Meeting) -> Meeting:
    """The meeting as a new request would load it."""
    return Meeting.objects.with_people().get(pk=meeting.pk)


def item_of(meeting: Meeting, step: str = "thematic_discussion") -> AgendaItem:
    return AgendaItem.objects.select_related("meeting__cell", "presenter").get(meeting=meeting, step=step)


def row_of(meeting: Meeting, member: Member) -> Attendance:
    return Attendance.objects.select_related("meeting__cell").get(meeting=meeting, member=member)


def row_named(meeting: Meeting, name: str) -> Attendance:
    return Attendance.objects.select_related("meeting__cell").get(meeting=meeting, name=name)


def say(cast: Cast, meeting: Meeting, row: Attendance, *, step: str = "thematic_discussion", **texts: str) -> Remark:
    """Somebody speaks, and Hoa writes it down."""
    by = cast.account(cast.hoa)
    remark = evening.add_remark(item_of(meeting, step), row, by=by, at=DURING)
    save_text("remark", remark, texts or {"text": "Tôi nhất trí."}, base=0, by=by, at=DURING)
    return remark


def mark(cast: Cast, meeting: Meeting, member: Member, given: str, reason: str = "") -> None:
    evening.mark(row_of(meeting, member), mark=given, reason=reason, by=cast.account(cast.hoa), at=DURING)


def come_and_go(cast: Cast, row: Attendance, came: str = "", went: str = "") -> None:
    """Entered at half past seven, or as soon as it has come to that."""
    arrived, left = (at(f"2026-12-03 {clock}") if clock else None for clock in (came, went))
    entered = max(moment for moment in (DURING, arrived, left) if moment is not None)
    evening.come_and_go(row, arrived_at=arrived, left_at=left, by=cast.account(cast.hoa), at=entered)


def stand(cast: Cast, member: Member, kind: TenureKind) -> None:
    """From two days before the meeting on."""
    people.set_standing(member, cast.cell, kind=kind, starts_on=date(2026, 12, 1), by=None, at=NOW)


def fill_in(sheet: ScoreSheet, *, by: User, **points: str) -> ScoreSheet:
    """The committee gives full points with a reason for each line; `_4_2="20.5"` for another figure."""
    given = {name.removeprefix("_").replace("_", "."): Decimal(value) for name, value in points.items()}
    lines = {
        one.code: (given.get(one.code, one.max_points and Decimal(one.max_points)), "Đủ căn cứ")
        for one in scored(sheet).criteria.leaves()
    }
    scoring.give_points(sheet, lines=lines, weak_points="", follower=None, base=sheet.rev, by=by, at=DURING)
    return sheet


def recorded(evidence: list[str]) -> list[str]:
    """Each sentence without its second half, in which the guideline says what it asks for."""
    return [sentence.partition(";")[0].removesuffix(".") for sentence in evidence]


def begin(meeting: Meeting) -> None:
    """The first line was begun, so that there is something to close; without an event, unless one is begun already."""
    if not meeting.items.touched().exists():
        AgendaItem.objects.filter(meeting=meeting, position=1).update(started_at=fresh(meeting).opened_at)


def close(cast: Cast, meeting: Meeting) -> Meeting:
    begin(meeting)
    evening.close(meeting, opened_at=OPENED, closed_at=CLOSED, by=cast.account(cast.lan), at=CLOSED)
    return fresh(meeting)


def on_screen(meeting: Meeting) -> str:
    """The fingerprint of the minutes that a signer has in front of them."""
    return fingerprint(build_minutes(fresh(meeting)))


def seal(cast: Cast, meeting: Meeting) -> Meeting:
    """Hoa and then Lan confirm what they have read."""
    for seat, who in ((Seat.MINUTE_TAKER, cast.hoa), (Seat.CHAIR, cast.lan)):
        minutes.sign(meeting, seat=seat, seen=on_screen(meeting), by=cast.account(who), at=SIGNED)
    return fresh(meeting)


def last_event(meeting: Meeting) -> tuple[str, dict[str, Any]]:
    event = meeting.events.order_by("number").last()
    assert event is not None
    return event.what, event.data
