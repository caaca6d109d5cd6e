"""Who sits at the table of a hearing, who may be named as a speaker, and whose turn it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from critique.hearing.models import HearingOpinion
from critique.hearing.order import Subject, Turn, in_order, turns
from meetings.lifecycle import TOOK_PLACE
from meetings.presence import room_of
from members import roster
from members.models import TAKING_PART
from members.names import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from critique.cycle.models import Cycle, Participant
    from critique.hearing.models import Hearing
    from meetings.models import Meeting
    from members.models import Member, TenureKind, User

LONGEST_NAME = 160  # of a guest's name and post, as the column of an opinion holds it


def at_the_table(hearing: Hearing, day: date) -> set[int]:
    """The committee, and who chairs the meeting and keeps its minutes."""
    found = {entry.member.pk for entry in roster.on_day(hearing.cell, day) if entry.on_committee}
    meeting = hearing.held_at
    if meeting is not None:
        found |= {seat for seat in (meeting.chair_id, meeting.minute_taker_id) if seat}
    return found


def alone(hearing: Hearing, user: User, day: date) -> bool:
    """It is about this person themselves, and somebody else at the table can keep the record."""
    if hearing.about_id is None or user.member_id != hearing.about_id:
        return False
    return bool(at_the_table(hearing, day) - {hearing.about_id})


def speakers(hearing: Hearing, at: datetime) -> list[Member]:
    """By given name: whoever was here during it where a roll was called, else all who take part in the cell's life."""
    meeting = hearing.held_at
    if meeting is not None and meeting.state in TOOK_PLACE:
        found = [row.member for row in room_of(meeting, at, since=hearing.begun_at).speakers() if row.member]
    else:
        entries = roster.on_day(hearing.cell, timezone.localdate(at))
        found = [entry.member for entry in entries if entry.standing in TAKING_PART]
    return sorted((one for one in found if one.pk != hearing.about_id), key=lambda one: sort_key(one.full_name))


def guests(hearing: Hearing, at: datetime) -> list[str]:
    """Who is here from elsewhere and on the roll: name and post, as an opinion from above bears them."""
    meeting = hearing.held_at
    if meeting is None or meeting.state not in TOOK_PLACE:
        return []
    rows = room_of(meeting, at, since=hearing.begun_at).speakers()
    return [", ".join(filter(None, (row.name, row.position)))[:LONGEST_NAME] for row in rows if row.is_guest]


def may_speak(hearing: Hearing, at: datetime) -> set[int]:
    return {member.pk for member in speakers(hearing, at)}


def posts_of(cycle: Cycle) -> dict[int, tuple[TenureKind, ...]]:
    """By member, on the day of the conference."""
    return {entry.member.pk: tuple(entry.posts) for entry in roster.on_day(cycle.cell, cycle.meets_on)}


def by_rank(cycle: Cycle, rows: Iterable[Participant]) -> list[Participant]:
    """As the conference goes: the collective, then who leads, then everybody by given name."""
    known, posts = {row.pk: row for row in rows}, posts_of(cycle)
    subjects = (
        Subject(row.pk, row.name, row.of_collective, posts.get(row.member_id or 0, ())) for row in known.values()
    )
    return [known[subject.key] for subject in in_order(subjects)]


def turns_of(cycle: Cycle, shown_to: User | None = None) -> list[Turn]:
    """Everybody of this review in the order of the conference. That somebody has sent an opinion is told to the table,
    and to nobody about themselves: for them it exists once it is recorded.
    """
    posts = posts_of(cycle)
    known = HearingOpinion.objects.filter(hearing__participant__cycle=cycle, dropped_at__isnull=True)
    rows = list(known.values_list("hearing", "recorded_at"))
    spoken = {hearing for hearing, recorded in rows if recorded}
    found = turns(cycle.people, posts, spoken, {hearing for hearing, recorded in rows if not recorded})
    if shown_to is None:
        return found
    today = timezone.localdate()
    return [replace(one, sent=False) if one.sent and alone(one.row.hearing, shown_to, today) else one for one in found]


def turn_at(meeting: Meeting) -> int | None:
    """Who stands on the agenda line for self-criticism, put there by the year's programme."""
    found: int | None = meeting.items.filter(step="criticism").values_list("presenter", flat=True).first()
    return found
