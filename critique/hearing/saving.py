"""What is written about a hearing as sheets: its parts, each opinion's parts, and everybody's own note beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from critique.cycle.models import Participant
from critique.hearing.actions.hearing import hold_stage, judge_alone, said_something
from critique.hearing.models import Hearing, HearingOpinion, PrepNote
from critique.hearing.models.hearing import CONCLUSION, OpinionKind, Stance
from critique.hearing.models.note import TEXTS
from critique.lifecycle import HEARING_GOING, NOTING, State
from members.access import require
from members.changes import hold, reload
from members.policy import may
from members.refusal import Refused
from members.saving.sheet import Sheet

if TYPE_CHECKING:
    from members.models import User


@dataclass(frozen=True, kw_only=True)
class PartSheet(Sheet):
    """One part of a hearing or of an opinion; `told`: the person has to see it again when it changes."""

    told: bool = False
    longest: int = 20_000

    def fresh(self, kept: Hearing | HearingOpinion) -> Any:
        if isinstance(kept, HearingOpinion):
            reload(kept, "recorded_at", "dropped_at")
            if not kept.in_force:
                raise Refused("Ý kiến này chưa ghi vào biên bản hoặc đã gạch bỏ nên không sửa được.")
        return super().fresh(kept)

    def put(self, kept: Hearing | HearingOpinion, texts: Mapping[str, Any], by: User, at: datetime) -> None:
        super().put(kept, texts, by, at)
        if self._is_told(kept, by):
            said_something(_hearing_of(kept))

    def _is_told(self, kept: Hearing | HearingOpinion, by: User) -> bool:
        """In somebody's place nothing is added unseen."""
        return self.told or not may(by, "hearing.confirm", _hearing_of(kept))

    def said(self, kept: Hearing | HearingOpinion, by: User) -> tuple[int, int] | None:
        hearing = _hearing_of(kept)
        return (hearing.pk, hearing.said_rev) if self._is_told(kept, by) else None


class NoteSheet(Sheet):
    """About one participant, by one author: the row of the address says about whom, the account whose."""

    def kept_in(self, row: Participant, by: User) -> PrepNote:
        found = PrepNote.objects.for_user(by).filter(participant=row).first()
        return found or PrepNote(participant=row, author=by.member)

    def fresh(self, kept: PrepNote) -> PrepNote:
        found: PrepNote | None = PrepNote.objects.filter(participant=kept.participant_id, author=kept.author_id).first()
        return found or kept

    def label(self, name: str) -> str:
        return str(PrepNote._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

    def put(self, kept: PrepNote, texts: Mapping[str, Any], by: User, at: datetime) -> None:
        for name, text in texts.items():
            setattr(kept, name, text)
        kept.rev, kept.saved_at = kept.rev + 1, at
        kept.save()


def _hearing_of(row: Hearing | HearingOpinion) -> Hearing:
    return row if isinstance(row, Hearing) else row.hearing


def _hold_hearing(row: Hearing | HearingOpinion, by: User, at: datetime) -> None:
    """Stage and hearing are held, so that it is not closed between looking and saving."""
    hearing = _hearing_of(row)
    hold_stage(hearing)
    hold(hearing, HEARING_GOING)


def _hold_record(row: Hearing | HearingOpinion, by: User, at: datetime) -> None:
    _hold_hearing(row, by, at)
    judge_alone(_hearing_of(row), by=by, at=at)


def _hold_notes(row: Participant, by: User, at: datetime) -> None:
    if row.cycle.state == State.PLAN:  # of which a member knows nothing yet
        require(by, "cycle.plan", row.cycle)
    if by.member_id == row.member_id:
        raise Refused("Về mình thì viết ở bản kiểm điểm của mình.")
    hold(row.cycle, NOTING)


_HEARING = ("cell", "about", "meeting", "participant__cycle__cell", "participant__cycle__meeting")
_OPINION = tuple(f"hearing__{name}" for name in _HEARING)
_KINDS = tuple(OpinionKind.choices)
_STANCES = (("", "— chưa chọn —"), *Stance.choices)

PARTS = (
    PartSheet(
        name="hearing-presented",
        model=Hearing,
        fields=("presented",),
        needs="hearing.record",
        hold=_hold_record,
        related=_HEARING,
        revision="presented_rev",
    ),
    PartSheet(
        name="hearing-response",
        model=Hearing,
        fields=("response",),
        needs="hearing.answer",
        hold=_hold_hearing,
        related=_HEARING,
        revision="response_rev",
    ),
    PartSheet(
        name="hearing-conclusion",
        model=Hearing,
        fields=tuple(CONCLUSION),
        needs="hearing.record",
        hold=_hold_record,
        related=_HEARING,
        revision="conclusion_rev",
        told=True,
        line="due",
    ),
)
OPINION_PARTS = (
    PartSheet(
        name="opinion-words",
        model=HearingOpinion,
        fields=("kind", "words"),
        needs="hearing.record",
        hold=_hold_record,
        related=_OPINION,
        revision="words_rev",
        told=True,
        labels={"kind": "loại"},
        choices={"kind": _KINDS},
    ),
    PartSheet(
        name="opinion-reply",
        model=HearingOpinion,
        fields=("stance", "reply"),
        needs="hearing.answer",
        hold=_hold_hearing,
        related=_OPINION,
        revision="reply_rev",
        labels={"stance": "trả lời", "reply": "lời trả lời"},
        choices={"stance": _STANCES},
    ),
    PartSheet(
        name="opinion-ruling",
        model=HearingOpinion,
        fields=("ruling",),
        needs="hearing.record",
        hold=_hold_record,
        related=_OPINION,
        revision="ruling_rev",
        told=True,
    ),
)
NOTE = NoteSheet(
    name="note",
    model=Participant,
    fields=TEXTS,
    needs="note.keep",
    hold=_hold_notes,
    related=("cycle__cell", "cycle__meeting", "member"),
    longest=5000,
)
SHEETS = (*PARTS, *OPINION_PARTS, NOTE)
