"""Private preparation: sending a note to the record, erasing it; after the conference all are erased."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from critique.cycle.models import Participant
from critique.hearing.actions.hearing import claim_hearing, hearing_of, write_down
from critique.hearing.models import PrepNote
from critique.hearing.models.hearing import OpinionKind
from critique.hearing.models.note import TEXTS
from critique.lifecycle import HEARD_IN, HEARING_OPEN
from critique.sealing.unopened import judge_whole
from members.access import require
from members.changes import hold
from members.refusal import Refused

if TYPE_CHECKING:
    from critique.hearing.models import HearingOpinion
    from members.models import User
    from members.press import Press

LABELS = {
    "noted": "Ghi nhận",
    "wish": "Đề nghị sửa",
    "grounds": "Căn cứ",
    "suggestion": "Đề nghị cụ thể",
}


def _judge(row: Participant, by: User) -> None:
    if by.member_id == row.member_id:
        raise Refused("Về mình thì viết ở bản kiểm điểm của mình.")


def note_of(row: Participant, by: User) -> PrepNote | None:
    found: PrepNote | None = PrepNote.objects.for_user(by).filter(participant=row).first()
    return found


@transaction.atomic
def send_note(row: Participant, *, by: User, at: datetime, key: Press | None = None) -> HearingOpinion:
    """The note becomes an opinion under its author's name that waits to be recorded; the note is erased."""
    require(by, "note.keep", row.cycle)
    _judge(row, by)
    hold(row.cycle, HEARD_IN)
    note = note_of(row, by)
    if note is None:
        raise Refused("Chưa có ghi chú nào về đồng chí này, hoặc đã gửi rồi.")
    judge_whole(*(getattr(note, name) for name in TEXTS))
    words = "\n".join(f"{LABELS[name]}: {text}" for name in TEXTS if (text := getattr(note, name).strip()))
    if not words:
        raise Refused("Ghi chú còn trống nên chưa gửi được.")
    hearing = hearing_of(row)
    claim_hearing(hearing, HEARING_OPEN, "sent", by=by, at=at, key=key)
    opinion = write_down(hearing, by.member, "", OpinionKind.OPINION, words, by=by, at=at)
    note.delete()
    return opinion


@transaction.atomic
def erase_note(row: Participant, *, by: User, at: datetime, key: Press | None = None) -> None:
    require(by, "note.keep", row.cycle)
    PrepNote.objects.for_user(by).filter(participant=row).delete()


def erase_what_is_over(now: datetime) -> None:
    """After a conference nobody's private notes stay behind."""
    if (over := PrepNote.objects.over(now)).exists():
        over.delete()
