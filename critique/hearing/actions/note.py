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
from members.changes import hold, reload
from members.refusal import AlreadyDone, Refused

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
def take_back(opinion: HearingOpinion, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Its author takes back what was sent, as long as nobody has recorded it: it is their private note again.

    Of the opinion nothing stays, for nobody; the event says that somebody took one back, and no word of it.
    """
    require(by, "hearing.withdraw", opinion)
    claim_hearing(opinion.hearing, HEARING_OPEN, "take_back", by=by, at=at, key=key)
    reload(opinion, "recorded_at", "dropped_at", "words", "kind", "words_rev")
    if opinion.recorded_at is not None:
        raise Refused("Ý kiến đã ghi vào biên bản; muốn rút thì nói tại hội nghị để thư ký ghi.")
    if opinion.dropped_at is not None:
        raise AlreadyDone
    row = opinion.hearing.participant
    if row is not None:
        judge_whole(opinion.words)
        note = note_of(row, by) or PrepNote(participant=row, author=by.member)
        for name, text in parted(opinion.words).items():
            setattr(note, name, "\n".join(filter(None, (getattr(note, name), text))))
        note.rev, note.saved_at = note.rev + 1, at
        note.save()
    opinion.delete()


def parted(words: str) -> dict[str, str]:
    """What `send_note` has put together, by the parts of a note."""
    found: dict[str, list[str]] = {}
    name = TEXTS[0]
    for line in words.split("\n"):
        name = next((one for one in TEXTS if line.startswith(f"{LABELS[one]}: ")), name)
        found.setdefault(name, []).append(line.removeprefix(f"{LABELS[name]}: "))
    return {name: "\n".join(lines) for name, lines in found.items()}


@transaction.atomic
def erase_note(row: Participant, *, by: User, at: datetime, key: Press | None = None) -> None:
    require(by, "note.keep", row.cycle)
    PrepNote.objects.for_user(by).filter(participant=row).delete()


def erase_what_is_over(now: datetime) -> None:
    """After a conference nobody's private notes stay behind."""
    if (over := PrepNote.objects.over(now)).exists():
        over.delete()
