"""Private preparation: writing a note, sending it to the record, erasing it; after the conference all are erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from critique.cycle.models import Participant
from critique.hearing.actions.hearing import claim_hearing, hearing_of, write_down
from critique.hearing.models import PrepNote
from critique.hearing.models.hearing import OpinionKind
from critique.hearing.models.note import TEXTS
from critique.lifecycle import HEARD_IN, HEARING_OPEN, NOTING
from critique.official_forms.plain import plain
from meetings.actions.writing import Conflict, Saved
from meetings.wording import thousands
from members.access import require
from members.changes import hold
from members.refusal import Refused
from members.secrecy import refuse_marked

if TYPE_CHECKING:
    from critique.hearing.models import HearingOpinion
    from members.models import User
    from members.press import Press

LONGEST = 5000
LABELS = {
    "noted": "Ghi nhận",
    "wish": "Đề nghị sửa",
    "grounds": "Căn cứ",
    "suggestion": "Đề nghị cụ thể",
}


@transaction.atomic
def save_note(
    row: Participant, posted: Mapping[str, str], *, base: int, by: User, at: datetime, key: Press | None = None
) -> Saved | Conflict:
    """What the author types for themselves. On two devices at once the second one is told, and chooses."""
    require(by, "note.keep", row.cycle)
    _judge(row, by)
    hold(row.cycle, NOTING)
    note = note_of(row, by)
    if note is None:
        note = PrepNote(participant=row, author=by.member)
    mine = {name: _cleaned(name, posted.get(name, getattr(note, name))) for name in TEXTS}
    standing = {name: getattr(note, name) for name in TEXTS}
    if mine == standing:
        return Saved(note.rev, note.saved_at or at)
    if note.rev != base:
        return Conflict(note.rev, standing, mine, "")
    for name, text in mine.items():
        setattr(note, name, text)
    note.rev, note.saved_at = note.rev + 1, at
    try:
        with transaction.atomic():
            note.save()
    except IntegrityError:
        raise Refused("Ghi chú này vừa được lưu từ máy khác. Xin tải lại trang.") from None
    return Saved(note.rev, at)


def _judge(row: Participant, by: User) -> None:
    if by.member_id == row.member_id:
        raise Refused("Về mình thì viết ở bản kiểm điểm của mình.")


def _cleaned(name: str, text: str) -> str:
    text = plain(text, lines=True)
    if len(text) > LONGEST:
        sentence = f"Mục này dài {thousands(len(text))} ký tự, quá {thousands(LONGEST)}. Xin viết ngắn lại."
        raise Refused(sentence, field=name)
    refuse_marked(text, field=name)
    return text


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
