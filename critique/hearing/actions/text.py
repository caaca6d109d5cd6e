"""Saving what is typed about a hearing: part by part, each with its revision; two people never overwrite each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from critique.hearing.actions.hearing import hold_stage, judge_alone, said_something
from critique.hearing.models import Hearing, HearingCopy, HearingOpinion
from critique.hearing.models.hearing import CONCLUSION, OpinionKind, Stance
from critique.lifecycle import HEARING_GOING
from critique.official_forms.plain import plain
from meetings.actions.writing import Conflict, Saved
from meetings.wording import thousands
from members.access import require
from members.changes import hold
from members.policy import may
from members.refusal import AlreadyDone, Refused
from members.secrecy import refuse_marked

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press

LONGEST = 20_000  # characters in one field


@dataclass(frozen=True, slots=True)
class Part:
    """What is saved at once: its fields, who may write it, and whether the person has to see it when it changes."""

    labels: dict[str, str]
    needs: str
    told: bool
    title: str

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.labels)


PARTS: dict[str, Part] = {
    "presented": Part({"presented": "điều đã trình bày"}, "hearing.record", False, "Tự trình bày"),
    "response": Part({"response": "lời tiếp thu, giải trình"}, "hearing.answer", False, "Tiếp thu, giải trình chung"),
    "conclusion": Part(CONCLUSION, "hearing.record", True, "Kết luận của chủ trì"),
}
OPINION_PARTS: dict[str, Part] = {
    "words": Part({"kind": "loại", "words": "nội dung"}, "hearing.record", True, "Ý kiến"),
    "reply": Part({"stance": "trả lời", "reply": "lời trả lời"}, "hearing.answer", False, "Trả lời"),
    "ruling": Part({"ruling": "kết luận"}, "hearing.record", True, "Kết luận của chủ trì về ý kiến này"),
}
CHOICES = {"kind": tuple(OpinionKind.values), "stance": ("", *Stance.values)}


@transaction.atomic
def save_part(
    row: Hearing | HearingOpinion,
    name: str,
    posted: Mapping[str, str],
    *,
    base: int,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Saved | Conflict:
    """Save one part that was last seen at revision `base`; leaves no event: nobody keeps a diary of typing.

    Returns Saved with the part's new revision, or Conflict when another text was saved since and differs; then both
    are kept. Raises Refused for rights, state, length, and for what is closed or not in force.
    """
    part = (PARTS if isinstance(row, Hearing) else OPINION_PARTS)[name]
    hearing = row if isinstance(row, Hearing) else row.hearing
    require(by, part.needs, hearing)
    sent = {field: _cleaned(field, posted[field]) for field in part.fields if field in posted}
    _hold_row(hearing, row, part, name)
    if part.needs == "hearing.record":
        judge_alone(hearing, by=by, at=at)
    standing = {field: getattr(row, field) for field in part.fields}
    mine, rev = {**standing, **sent}, int(getattr(row, f"{name}_rev"))
    if mine == standing:  # also the same save arriving again
        return Saved(rev, row.saved_at or at)
    if key is not None and key.key == row.saved_key:
        raise AlreadyDone
    if rev != base:
        _keep(hearing, row, name, mine, by=by, at=at)
        other = row.saved_by.get_full_name() if row.saved_by else ""
        return Conflict(rev, standing, mine, other)
    for field, text in mine.items():
        setattr(row, field, text)
    setattr(row, f"{name}_rev", rev + 1)
    row.saved_at, row.saved_by, row.saved_key = at, by, key.key if key else None
    row.save(update_fields=[*part.fields, f"{name}_rev", "saved_at", "saved_by", "saved_key"])
    if part.told or not may(by, "hearing.confirm", hearing):  # in somebody's place nothing is added unseen
        said_something(hearing)
    return Saved(rev + 1, at)


def _cleaned(field: str, text: str) -> str:
    if field in CHOICES:
        if text not in CHOICES[field]:
            raise Refused("Xin chọn lại.", field=field)
        return text
    text = plain(text, lines=True)
    if len(text) > LONGEST:
        sentence = f"Đoạn này dài {thousands(len(text))} ký tự, quá {thousands(LONGEST)}. Xin tách bớt."
        raise Refused(sentence, field=field)
    refuse_marked(text, field=field)
    return text


def _hold_row(hearing: Hearing, row: Hearing | HearingOpinion, part: Part, name: str) -> None:
    """Stage and hearing are held, so that it is not closed between looking and saving; then the row as it is."""
    hold_stage(hearing)
    hold(hearing, HEARING_GOING)
    row.refresh_from_db(fields=[*part.fields, f"{name}_rev", "saved_at", "saved_by", "saved_key"])
    if isinstance(row, HearingOpinion):
        row.refresh_from_db(fields=["recorded_at", "dropped_at"])
        if not row.in_force:
            raise Refused("Ý kiến này chưa ghi vào biên bản hoặc đã gạch bỏ nên không sửa được.")


def _keep(
    hearing: Hearing, row: Hearing | HearingOpinion, name: str, texts: dict[str, str], *, by: User, at: datetime
) -> None:
    number = (hearing.copies.aggregate(last=Max("number"))["last"] or 0) + 1
    opinion = row if isinstance(row, HearingOpinion) else None
    HearingCopy.objects.create(
        hearing=hearing, number=number, opinion=opinion, part=name, texts=texts, kept_at=at, kept_by=by
    )
