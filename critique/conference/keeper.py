"""The critique's part in the conference (hội nghị kiểm điểm): where words are written, the full minutes, the seal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from book.chain import enter
from book.proof import sealed_paper
from critique.cycle.guards import every_hearing_is_over
from critique.cycle.models import Cycle
from critique.hearing.actions.opening import write_down_opening
from critique.hearing.in_book import PROCEEDINGS
from critique.hearing.models import Hearing, HearingOpinion, Proceedings
from critique.hearing.models.opening import Opened
from critique.hearing.papers import conference_blocks
from critique.levels.models import Ballot
from critique.levels.papers import ballot_blocks, level_blocks
from critique.lifecycle import AFTER_MEETING
from critique.sealing.unopened import judge_rows
from critique.writing.models import Way
from documents.model import Block, Document, fingerprint, to_json
from meetings.extension import Business, Keeper
from meetings.papers import build_minutes
from members.changes import hold
from members.policy import may
from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from documents.sealed import Rendered
    from meetings.models import AgendaItem, Meeting, Signature
    from members.models import User


COLLECTIVE, PERSONS, RATE = "review_collective", "review_persons", "rate"  # steps of guideline.conference


def cycle_of(meeting: Meeting) -> Cycle | None:
    found: Cycle | None = Cycle.objects.filter(meeting=meeting).select_related("cell", "meeting").first()
    return found


def written_at(item: AgendaItem) -> Business | None:
    cycle = cycle_of(item.meeting)
    if cycle is None:
        return None
    if item.step == RATE:
        return Business("Ghi kết quả bỏ phiếu, biểu quyết", reverse("ballot-list", args=[cycle.pk]))
    return Business("Ghi góp ý, tiếp thu, kết luận", reverse("hearing-order", args=[cycle.pk]))


def at_desk(item: AgendaItem, user: User) -> str:
    """Who is being considered under this line, or whose turn it is; votes and ballots have pages of their own."""
    cycle = cycle_of(item.meeting) if item.step in (COLLECTIVE, PERSONS) else None
    if cycle is None or not may(user, "hearing.list", cycle):
        return ""
    going = Hearing.objects.for_user(user).going_in(cycle, collective=item.step == COLLECTIVE)
    return reverse("hearing-desk", args=[going.pk]) if going else reverse("hearing-turns", args=[item.pk])


def wrote(meeting: Meeting, since: datetime, by: User) -> bool:
    return Hearing.objects.for_user(by).changed_since(meeting, since, by)


def sections(cycle: Cycle) -> Mapping[str, Sequence[Block]]:
    """By the agenda's step, what stands under it in the full minutes."""
    collective, persons = conference_blocks(cycle)
    return {COLLECTIVE: collective, PERSONS: persons, RATE: [*ballot_blocks(cycle), *level_blocks(cycle)]}


def whole(meeting: Meeting) -> Document:
    """The minutes with every word about people, as they stand now."""
    cycle = cycle_of(meeting)
    return build_minutes(meeting, apart=sections(cycle) if cycle is not None else None)


def sealed(meeting: Meeting, beside: Sequence[tuple[str, Signature]] = ()) -> Rendered | None:
    """The same as they were sealed, with their proof."""
    kept = Proceedings.objects.filter(cycle__meeting=meeting).first()
    return sealed_paper(PROCEEDINGS.name, kept, beside) if kept is not None else None


def seal(meeting: Meeting, read: Document, kept: Document, by: User, at: datetime) -> None:
    """Both have confirmed the full minutes: they are kept as they are.

    The review is held, so that no part is opened and no ballot confirmed meanwhile. Refused while something about
    somebody is still open: a part that is being considered, an opinion that was sent, figures that wait.
    """
    cycle = cycle_of(meeting)
    if cycle is None:
        return
    hold(cycle)
    if fingerprint(whole(meeting)) != fingerprint(read):
        raise Refused("Biên bản vừa được sửa. Xin đọc lại bản mới trước khi xác nhận.")
    if cycle.state not in AFTER_MEETING:
        raise Refused("Xin ghi “Đã họp kiểm điểm” ở trang đợt kiểm điểm trước khi xác nhận biên bản.")
    every_hearing_is_over(cycle)
    if Ballot.objects.of(cycle).unconfirmed().exists():
        raise Refused("Còn lần kiểm phiếu chưa đủ hai xác nhận.")
    judge_rows(Hearing.objects.filter(participant__cycle=cycle).select_related("participant"))
    judge_rows(HearingOpinion.objects.filter(hearing__participant__cycle=cycle).select_related("hearing"))
    row = Proceedings.objects.create(
        cycle=cycle, body=to_json(kept), fingerprint=fingerprint(kept), sealed_at=at, sealed_by=by
    )
    enter(PROCEEDINGS.name, row, at=at)


def moved(meeting: Meeting) -> None:
    """The review's day is the day of its conference."""
    cycle = cycle_of(meeting)
    if cycle is None:
        return
    hold(cycle)
    if cycle.state in AFTER_MEETING:
        raise Refused("Đợt kiểm điểm đã ghi là họp xong nên không đổi kế hoạch hội nghị được nữa.")
    cycle.meets_on, cycle.place = timezone.localdate(meeting.starts_at), meeting.place
    if cycle.meets_on < cycle.due_on:
        raise Refused(
            f"Hội nghị kiểm điểm không thể trước hạn nộp bản kiểm điểm, ngày {cycle.due_on:%d/%m/%Y}.",
            field="starts_at",
        )
    cycle.save(update_fields=["meets_on", "place"])


def begun(meeting: Meeting) -> bool:
    """Whether somebody was considered, or a ballot was counted."""
    rows = (Hearing.objects.filter(participant__cycle__meeting=meeting), Ballot.objects.filter(cycle__meeting=meeting))
    return any(found.exists() for found in rows)


def timed(meeting: Meeting) -> list[tuple[str, datetime]]:
    """Its counts of votes, where a paper says when they ended: the result is announced before the meeting ends."""
    cycle = cycle_of(meeting)
    counts = Ballot.objects.of(cycle).order_by("round") if cycle is not None else ()
    return [
        (f"Kiểm phiếu lần {one.round} xong lúc", one.counted_at)
        for one in counts
        if one.counted_at and one.confirmed_at
    ]


def signed_outside(meeting: Meeting) -> str:
    kept = Proceedings.objects.filter(cycle__meeting=meeting).values_list("cycle", flat=True).first()
    return reverse("conference-signed", args=[kept]) if kept else ""


def opened(meeting: Meeting, by: User, at: datetime, printed: bool) -> None:
    """Somebody reads every word about everybody."""
    cycle = cycle_of(meeting)
    if cycle is not None:
        write_down_opening(cycle, Opened.WHOLE, way=Way.PAPER if printed else Way.SCREEN, by=by, at=at)


KEEPER = Keeper(
    opened=opened,
    written_at=written_at,
    at_desk=at_desk,
    wrote=wrote,
    whole=whole,
    sealed=sealed,
    seal=seal,
    moved=moved,
    begun=begun,
    timed=timed,
    signed_outside=signed_outside,
)
