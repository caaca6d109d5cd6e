"""Putting shortcomings right: taking promises up, entering, reporting, checking, closing, reopening, linking."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from critique.lifecycle import AFTER_MEETING, FOUND, REMEDY_OPEN, REMEDY_OVER, Remedying
from critique.official_forms.carry import promises
from critique.official_forms.model import day_of
from critique.remedies.fixed import rhythm_of
from critique.remedies.models import TEXTS, NoteKind, Remedy, RemedyCheck, RemedyNote, Source
from critique.remedies.register import AGAIN_DAYS
from critique.writing.content import texts_of
from critique.writing.models import SelfReview
from meetings.lifecycle import TOOK_PLACE
from members import roster
from members.access import require
from members.changes import claim, insert, refuse_second
from members.refusal import Refused

if TYPE_CHECKING:
    from critique.official_forms.body import Row
    from meetings.models import Meeting
    from members.models import Member, Organisation, User
    from members.press import Press


@transaction.atomic
def take_up(review: SelfReview, *, by: User, at: datetime, key: Press | None = None) -> list[Remedy]:
    """Every promise of a submitted self-review becomes an item, each once, after the review meeting was held."""
    require(by, "remedy.take", review)
    claim(review.cycle, AFTER_MEETING, "take_up", by=by, at=at, key=key, review=review.pk)
    review.refresh_from_db(fields=["submitted_at", "submitted_by", "body", "rev"])
    if review.submitted_at is None:
        raise Refused("Bản kiểm điểm này chưa nộp nên chưa có gì để đưa vào.")
    rows = [(number, row) for number, row in enumerate(promises(texts_of(review))) if any(row.values())]
    if not rows:
        raise Refused("Bản kiểm điểm này không nêu hạn chế hay biện pháp nào.")
    there = set(Remedy.objects.filter(review=review).values_list("row", flat=True))
    fresh = [_promised(review, number, row, by=by, at=at) for number, row in rows if number not in there]
    if not fresh:
        raise Refused("Những điều đã hứa trong bản kiểm điểm này đều có trong danh sách rồi.")
    return fresh


def _promised(review: SelfReview, number: int, row: Row, *, by: User, at: datetime) -> Remedy:
    """What is not a day stays in the words; a helper is only a name there and is assigned afterwards."""
    due = day_of(row["due"])
    extra = [
        f"Thời hạn: {row['due']}" if row["due"] and due is None else "",
        f"Người giúp: {row['helper']}" if row["helper"] else "",
    ]
    remedy = Remedy(
        cell=review.cell,
        about=review.author,
        cycle=review.cycle,
        review=review,
        row=number,
        source=Source.SELF_REVIEW,
        shortcoming=row["shortcoming"],
        cause=row["cause"],
        measure="\n".join(part for part in (row["measure"], *extra) if part),
        due_on=due,
    )
    return _record(remedy, "take_up", by=by, at=at)


def _record(remedy: Remedy, what: str, *, by: User, at: datetime, key: Press | None = None) -> Remedy:
    remedy.entered_at, remedy.entered_by = at, by
    insert(remedy, what, by=by, at=at, key=key, due_on=_iso(remedy.due_on))
    _plan_checks(remedy, rhythm_of(remedy.cell, timezone.localdate(at)).figures, at)
    return remedy


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plan_checks(remedy: Remedy, days: Collection[int], at: datetime) -> None:
    last = remedy.checks.aggregate(last=Max("number"))["last"] or 0
    today = timezone.localdate(at)
    for number, count in enumerate(days, start=last + 1):
        day = today + timedelta(days=count)
        RemedyCheck.objects.create(remedy=remedy, number=number, due_on=day, planned_at=at)


def _keep_watch(remedy: Remedy, at: datetime) -> None:
    """What is not put right always has a day on which it is looked at again."""
    waiting = remedy.checks.waiting().exists()
    if not waiting and remedy.state != Remedying.DONE:
        _plan_checks(remedy, [AGAIN_DAYS], at)


@transaction.atomic
def enter(
    cell: Organisation,
    *,
    about: Member | None,
    by: User,
    at: datetime,
    key: Press | None = None,
    helper: Member | None = None,
    due_on: date | None = None,
    source: str,
    recurs: Remedy | None = None,
    **texts: str,
) -> Remedy:
    """A new item: by the committee for the cell (`about` None) or a member, by a member for themselves alone."""
    remedy = Remedy(cell=cell, about=about, helper=helper, due_on=due_on, source=Source(source))
    require(by, "remedy.enter", remedy)
    refuse_second(Remedy, cell, key)
    _judge_people(cell, about, helper, at)
    if not texts.get("shortcoming", "").strip():
        raise Refused("Xin ghi hạn chế, khuyết điểm cần khắc phục.", field="shortcoming")
    for name in TEXTS:
        setattr(remedy, name, texts.get(name, "").strip())
    if recurs is not None:
        _judge_earlier(remedy, recurs)
        remedy.recurs = recurs
    return _record(remedy, "enter", by=by, at=at, key=key)


def _judge_people(cell: Organisation, about: Member | None, helper: Member | None, at: datetime) -> None:
    here = {entry.member.pk for entry in roster.on_day(cell, timezone.localdate(at))}
    if about is not None and about.pk not in here:
        raise Refused("Đồng chí này không sinh hoạt tại chi bộ.", field="about")
    if helper is not None and helper.pk not in here:
        raise Refused("Người giúp đỡ phải là đồng chí đang ở chi bộ.", field="helper")
    if helper is not None and about is not None and helper.pk == about.pk:
        raise Refused("Người giúp đỡ phải là một đồng chí khác.", field="helper")


@transaction.atomic
def arrange(
    remedy: Remedy,
    *,
    helper: Member | None,
    due_on: date | None,
    by: User,
    at: datetime,
    key: Press | None = None,
    **texts: str,
) -> None:
    """Name the helper and the day, and fill in what was left blank; what is written already never changes."""
    require(by, "remedy.arrange", remedy)
    data = {"helper": helper.pk if helper else None, "due_on": _iso(due_on)}
    claim(remedy, REMEDY_OPEN, "arrange", by=by, at=at, key=key, **data)
    if helper is not None and helper.pk != remedy.helper_id:
        _judge_people(remedy.cell, remedy.about, helper, at)
    remedy.helper, remedy.due_on = helper, due_on
    for name in TEXTS:
        if text := texts.get(name, "").strip():
            if getattr(remedy, name):
                raise Refused("Mục này vừa có người ghi; xin tải lại trang.", field=name)
            setattr(remedy, name, text)
    remedy.texts_rev += 1
    remedy.save(update_fields=["helper", "due_on", "texts_rev", *TEXTS])


@transaction.atomic
def report(remedy: Remedy, *, state: str, words: str, by: User, at: datetime, key: Press | None = None) -> None:
    """How far it has come, by the person or by the committee for them; to be closed takes more than this."""
    require(by, "remedy.report", remedy)
    if state not in (Remedying.GOING, Remedying.DONE):
        raise Refused("Xin chọn đang khắc phục hay đã khắc phục.", field="state")
    if not words.strip():
        raise Refused("Xin ghi đã làm được gì.", field="words")
    claim(remedy, REMEDY_OPEN, "report", by=by, at=at, key=key, state=state)
    _note(remedy, NoteKind.REPORT, Remedying(state), words, None, by=by, at=at)
    _keep_watch(remedy, at)


def _note(
    remedy: Remedy, kind: NoteKind, state: Remedying, words: str, meeting: Meeting | None, *, by: User, at: datetime
) -> None:
    RemedyNote.objects.create(
        remedy=remedy,
        number=remedy.version,
        kind=kind,
        state=state,
        words=words.strip(),
        meeting=meeting,
        noted_at=at,
        noted_by=by,
    )
    remedy.state = state
    remedy.closed_at = at if state == Remedying.CLOSED else None
    remedy.save(update_fields=["state", "closed_at"])


def _judge_meeting(remedy: Remedy, meeting: Meeting | None) -> None:
    if meeting is not None and (meeting.cell_id != remedy.cell_id or meeting.state not in TOOK_PLACE):
        raise Refused("Xin chọn một buổi họp đã diễn ra của chi bộ.", field="meeting")


def _judge_alone(remedy: Remedy, meeting: Meeting | None, *, by: User, at: datetime) -> None:
    """Nobody judges their own item: somebody else of the committee does, or, where there is none, a meeting did."""
    if remedy.about_id is None or by.member_id != remedy.about_id:
        return
    entries = roster.on_day(remedy.cell, timezone.localdate(at))
    others = [entry for entry in entries if entry.member.pk != by.member_id and entry.on_committee]
    if others:
        raise Refused("Việc của mình thì đồng chí khác trong chi uỷ rà soát và kết luận.")
    if meeting is None or meeting.of_committee:
        raise Refused("Chi uỷ không còn đồng chí nào khác: xin chọn buổi họp mà chi bộ đã xem xét.", field="meeting")


@transaction.atomic
def check(
    row: RemedyCheck,
    *,
    found: str,
    words: str,
    meeting: Meeting | None = None,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """What the committee found on one of the days; when it was the last and it is not put right, one more follows."""
    remedy = row.remedy
    require(by, "remedy.check", remedy)
    if found not in FOUND:
        raise Refused("Xin chọn kết quả rà soát.", field="found")
    if not words.strip():
        raise Refused("Xin ghi căn cứ của kết quả rà soát.", field="words")
    claim(remedy, REMEDY_OPEN, "check", by=by, at=at, key=key, check=row.pk, found=found)
    row.refresh_from_db(fields=["checked_at", "dropped_at"])
    if not row.is_waiting:
        raise Refused("Lần rà soát này đã ghi kết quả rồi.")
    _judge_alone(remedy, meeting, by=by, at=at)
    _judge_meeting(remedy, meeting)
    row.found, row.words, row.meeting, row.checked_at, row.checked_by = found, words.strip(), meeting, at, by
    row.save(update_fields=["found", "words", "meeting", "checked_at", "checked_by"])
    remedy.state = Remedying(found)
    remedy.save(update_fields=["state"])
    _keep_watch(remedy, at)


@transaction.atomic
def close(
    remedy: Remedy, *, words: str, meeting: Meeting | None = None, by: User, at: datetime, key: Press | None = None
) -> None:
    """The committee concludes that it is put right, with the evidence in words; days still planned fall away."""
    require(by, "remedy.close", remedy)
    if not words.strip():
        raise Refused("Xin ghi căn cứ để kết luận đã khắc phục.", field="words")
    claim(remedy, REMEDY_OPEN, "close", by=by, at=at, key=key)
    _judge_alone(remedy, meeting, by=by, at=at)
    _judge_meeting(remedy, meeting)
    _note(remedy, NoteKind.CLOSE, Remedying.CLOSED, words, meeting, by=by, at=at)
    remedy.checks.waiting().update(dropped_at=at)


@transaction.atomic
def reopen(remedy: Remedy, *, words: str, by: User, at: datetime, key: Press | None = None) -> None:
    """It was closed too early: it goes on, and is looked at again on the same rhythm from today."""
    require(by, "remedy.close", remedy)
    if not words.strip():
        raise Refused("Xin ghi vì sao mở lại.", field="words")
    claim(remedy, REMEDY_OVER, "reopen", by=by, at=at, key=key)
    _note(remedy, NoteKind.REOPEN, Remedying.GOING, words, None, by=by, at=at)
    _plan_checks(remedy, rhythm_of(remedy.cell, timezone.localdate(at)).figures, at)


@transaction.atomic
def link(remedy: Remedy, *, earlier: Remedy, by: User, at: datetime, key: Press | None = None) -> None:
    """The same shortcoming has come back: this item names the earlier one of the same person or of the cell."""
    require(by, "remedy.check", remedy)
    claim(remedy, REMEDY_OPEN, "link", by=by, at=at, key=key, earlier=earlier.pk)
    _judge_earlier(remedy, earlier)
    remedy.recurs = earlier
    remedy.save(update_fields=["recurs"])


def _judge_earlier(remedy: Remedy, earlier: Remedy) -> None:
    same = (earlier.cell_id, earlier.about_id) == (remedy.cell_id, remedy.about_id)
    first = remedy.pk is None or earlier.pk < remedy.pk
    if not same or not first:
        raise Refused("Xin chọn một việc trước đó của cùng đồng chí, hoặc cùng của chi bộ.", field="earlier")
