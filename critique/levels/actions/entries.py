"""The steps of a level: copied, proposed, handed up, appraised, decided, notified, disputed, published."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from critique.cycle.models import Cycle, Participant
from critique.hearing.models import Proceedings
from critique.levels.models import LevelEntry
from critique.levels.models.entry import EntryKind
from critique.levels.standing import Standing, standing_of, standings, superior_has_begun
from critique.lifecycle import AFTER_MEETING
from critique.official_forms.body import text_of
from critique.official_forms.model import Level
from critique.writing.content import texts_of
from critique.writing.models import SelfReview
from members.access import require
from members.changes import claim
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press


def add_step(row: Participant, kind: EntryKind, *, by: User, at: datetime, **fields: Any) -> LevelEntry:
    """The next step of this level; the cycle's row is held by whoever calls."""
    last = LevelEntry.objects.filter(participant=row).aggregate(last=Max("number"))["last"] or 0
    step: LevelEntry = LevelEntry.objects.create(
        participant=row, number=last + 1, kind=kind, recorded_by=by, recorded_at=at, **fields
    )
    return step


def copy_chosen(cycle: Cycle, *, by: User, at: datetime) -> None:
    """The level that each submitted self-review chooses in B.II, once, and again where it was changed since."""
    reviews = SelfReview.objects.filter(participant__cycle=cycle, submitted_at__isnull=False)
    copied = LevelEntry.objects.filter(participant__cycle=cycle, kind=EntryKind.SELF).order_by("number")
    chosen = dict(copied.values_list("participant_id", "level"))
    for review in reviews.select_related("participant").order_by("pk"):
        level = text_of(texts_of(review), "B.II")
        if level and level != chosen.get(review.participant_id):
            row = review.participant
            add_step(row, EntryKind.SELF, level=Level(level), person_id=row.member_id, by=by, at=at)


def judge_not_handed_up(cycle: Cycle) -> None:
    """Call with the cycle's row held."""
    cycle.refresh_from_db(fields=["handed_up_at"])
    if cycle.handed_up_at is not None:
        raise Refused("Hồ sơ đã nộp lên cấp trên nên không sửa được nữa; cần sửa thì rút lại trước.")


def judge_not_sealed(cycle: Cycle) -> None:
    """What the cell proposed stands in the minutes of the conference. Call with the cycle's row held."""
    if Proceedings.objects.filter(cycle=cycle).exists():
        raise Refused("Biên bản hội nghị kiểm điểm đã ký nên mức đề xuất của chi bộ không đổi được nữa.")


def _hold(row: Participant, what: str, *, by: User, at: datetime, key: Press | None, **data: Any) -> Standing:
    """Hold the cycle and look at the steps as they are now."""
    claim(row.cycle, AFTER_MEETING, f"level_{what}", by=by, at=at, key=key, participant=row.pk, **data)
    row.cycle.refresh_from_db(fields=["handed_up_at"])
    return standing_of(row)


@transaction.atomic
def propose(row: Participant, *, level: str, words: str, by: User, at: datetime, key: Press | None = None) -> None:
    """The cell's proposal where no ballot has given one, with the reason (a show of hands in the minutes, …)."""
    require(by, "level.propose", row)
    if not words.strip():
        raise Refused("Xin ghi căn cứ: chi bộ biểu quyết lúc nào, kết quả thế nào.", field="words")
    found = _hold(row, "propose", by=by, at=at, key=key, level=level)
    judge_not_handed_up(row.cycle)
    judge_not_sealed(row.cycle)
    if found.by_ballot:
        raise Refused("Mức đề xuất của đồng chí này theo biên bản kiểm phiếu đã xác nhận.")
    add_step(row, EntryKind.PROPOSED, level=_known(level), words=words.strip(), by=by, at=at)


def _known(level: str) -> Level:
    if level not in {one.value for one in Level}:
        raise Refused("Xin chọn mức xếp loại.", field="level")
    return Level(level)


# --- Handing up ---------------------------------------------------------------------------


@transaction.atomic
def hand_up(cycle: Cycle, *, by: User, at: datetime, key: Press | None = None) -> None:
    """From now on the superior committee sees people, levels, ballots and what was submitted; nothing else."""
    require(by, "level.send", cycle)
    claim(cycle, AFTER_MEETING, "hand_up", by=by, at=at, key=key)
    cycle.refresh_from_db(fields=["handed_up_at"])
    if cycle.handed_up_at is not None:
        raise AlreadyDone
    copy_chosen(cycle, by=by, at=at)
    cycle.handed_up_at = at
    cycle.save(update_fields=["handed_up_at"])


@transaction.atomic
def take_back(cycle: Cycle, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Until the superior committee has begun."""
    require(by, "level.send", cycle)
    claim(cycle, AFTER_MEETING, "take_back_handed_up", by=by, at=at, key=key)
    cycle.refresh_from_db(fields=["handed_up_at"])
    if cycle.handed_up_at is None:
        raise AlreadyDone
    if superior_has_begun(cycle):
        raise Refused("Cấp trên đã bắt đầu xem hồ sơ nên không rút lại được; cần sửa thì báo cấp trên.")
    cycle.handed_up_at = None
    cycle.save(update_fields=["handed_up_at"])


# --- The superior committee -----------------------------------------------------------------


def _judge_handed_up(row: Participant, by: User) -> None:
    if row.cycle.handed_up_at is None:
        raise Refused("Hồ sơ của đợt này chưa nộp lên cấp trên.")
    if row.member_id is not None and row.member_id == by.member_id:
        raise Refused("Mức xếp loại của mình thì đồng chí khác ghi.")


@transaction.atomic
def appraise(row: Participant, *, level: str, words: str, by: User, at: datetime, key: Press | None = None) -> None:
    """What the superior's appraisal proposes, before the decision."""
    require(by, "level.appraise", row)
    found = _hold(row, "appraise", by=by, at=at, key=key, level=level)
    _judge_handed_up(row, by)
    if found.decision:
        raise Refused("Đã có quyết định xếp loại.")
    add_step(row, EntryKind.APPRAISED, level=_known(level), words=words.strip(), by=by, at=at)


@transaction.atomic
def decide(
    row: Participant,
    *,
    level: str,
    document: str,
    document_date: date,
    words: str = "",
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """The decision with its number and day: by the superior here, or entered from its paper by the cell's leaders."""
    require(by, "level.decide", row)
    found = _hold(row, "decide", by=by, at=at, key=key, level=level)
    _judge_handed_up(row, by)
    if found.decision:
        raise Refused("Đã có quyết định xếp loại; khác thì ghi quyết định xếp loại lại.")
    _decision(row, EntryKind.DECIDED, level, document, document_date, words, by, at)


@transaction.atomic
def decide_again(
    row: Participant,
    *,
    level: str,
    document: str,
    document_date: date,
    words: str,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """Mẫu 03: another decision takes the place of the first, with the reason; both stay on record."""
    require(by, "level.decide", row)
    if not words.strip():
        raise Refused("Xin ghi vì sao xếp loại lại.", field="words")
    found = _hold(row, "decide_again", by=by, at=at, key=key, level=level)
    _judge_handed_up(row, by)
    if found.decision is None:
        raise Refused("Chưa có quyết định xếp loại nào để thay.")
    _decision(row, EntryKind.CHANGED, level, document, document_date, words, by, at)


def _decision(
    row: Participant, kind: EntryKind, level: str, document: str, day: date, words: str, by: User, at: datetime
) -> None:
    if not document.strip():
        raise Refused("Xin ghi số, ký hiệu quyết định.", field="document")
    paper = {"document": document.strip(), "document_date": day, "words": words.strip()}
    add_step(row, kind, level=_known(level), by=by, at=at, **paper)


# --- The person, and the cell -----------------------------------------------------------------


@transaction.atomic
def notify(row: Participant, *, by: User, at: datetime, key: Press | None = None) -> None:
    """The person has been told of the decision in force: by themselves, or entered by a leader, who is named."""
    require(by, "level.notify", row)
    found = _hold(row, "notify", by=by, at=at, key=key)
    if found.decision is None:
        raise Refused("Chưa có quyết định xếp loại để thông báo.")
    if found.notified:
        raise AlreadyDone
    add_step(row, EntryKind.NOTIFIED, person_id=row.member_id, by=by, at=at)


@transaction.atomic
def complain(row: Participant, *, words: str, by: User, at: datetime, key: Press | None = None) -> None:
    """The person's own words about the decision; no term is known after which it would be too late."""
    require(by, "level.complain", row)
    if not words.strip():
        raise Refused("Xin ghi nội dung kiến nghị, khiếu nại.", field="words")
    found = _hold(row, "complain", by=by, at=at, key=key)
    if found.decision is None:
        raise Refused("Chưa có quyết định xếp loại nên chưa có gì để kiến nghị.")
    if found.open_complaint:
        raise Refused("Kiến nghị trước chưa được trả lời.")
    add_step(row, EntryKind.COMPLAINT, words=words.strip(), person_id=row.member_id, by=by, at=at)


@transaction.atomic
def answer(
    row: Participant, *, words: str, document: str = "", by: User, at: datetime, key: Press | None = None
) -> None:
    """The superior's answer; where the level changes, another decision follows or stands for it."""
    require(by, "level.answer", row)
    if not words.strip():
        raise Refused("Xin ghi nội dung trả lời.", field="words")
    found = _hold(row, "answer", by=by, at=at, key=key)
    if found.open_complaint is None:
        raise Refused("Không có kiến nghị nào đang chờ trả lời.")
    if row.member_id is not None and row.member_id == by.member_id:
        raise Refused("Kiến nghị của mình thì đồng chí khác ghi trả lời.")
    add_step(row, EntryKind.ANSWER, words=words.strip(), document=document.strip(), by=by, at=at)


@transaction.atomic
def publish(cycle: Cycle, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Name and level of everybody who has a decision, to the members of the cell; a changed one is published anew."""
    require(by, "level.publish", cycle)
    claim(cycle, AFTER_MEETING, "publish_levels", by=by, at=at, key=key)
    fresh = [one for one in standings(cycle) if one.in_force and one.in_force != one.published]
    if not fresh:
        raise Refused("Chưa có quyết định nào mới để công bố.")
    for one in fresh:
        add_step(one.row, EntryKind.PUBLISHED, level=one.in_force, by=by, at=at)
