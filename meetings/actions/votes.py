"""How a vote is counted, what a change of the roll means for it, and who steps aside for an item."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from guideline import slips
from guideline.votes import ORDINARY
from meetings.actions import turns
from meetings.actions.core import read_again, refuse_if_apart, refuse_while_voting
from meetings.lifecycle import TAKING_MINUTES
from meetings.models import AgendaItem, Attendance, Meeting, Outcome, Recusal, Resolution, ScoreSheet, Teller, Vote
from meetings.presence import rooms_of_votes, voters_word
from meetings.rules import vote_kinds
from members.access import require
from members.changes import claim, hold
from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guideline.slips import Slips
    from guideline.votes import VoteKind
    from members.models import User
    from members.press import Press


CHOICES = "tán thành, không tán thành, ý kiến khác"


def kind_of(meeting: Meeting, chosen: str) -> VoteKind:
    """The kind with this key, "" for the ordinary one, with its majority at this meeting."""
    for kind in vote_kinds(meeting):
        if kind.key == (chosen or ORDINARY.key):
            return kind
    raise Refused("Xin chọn loại biểu quyết.", field="kind")


def rule_fields(rule: VoteKind) -> dict[str, str]:
    """The rule as a vote keeps it."""
    return {"kind": rule.key, "kind_name": rule.name, "majority": rule.majority.value, "source": rule.source}


def refuse_unless_it_adds_up(
    meeting: Meeting, counts: Mapping[str, int], entitled: int, paper: Slips | None = None
) -> None:
    """No more voices than there are people who may vote; on paper every slip is accounted for."""
    total = sum(counts.values())
    if paper is not None:
        figures = {name: getattr(paper, name) for name in slips.COUNTED} | {"present": entitled}
        for field, sentence in slips.problems(figures, voters_word(meeting)):
            raise Refused(sentence, field=field)
        if wrong := slips.unlike_valid(CHOICES, total, paper.valid):
            raise Refused(wrong, field="in_favour")
    if total > entitled:
        raise Refused(
            f"Tổng số biểu quyết là {total}, nhiều hơn {entitled} {voters_word(meeting)} có mặt.", field="in_favour"
        )
    if total == 0 and not (paper and paper.returned):
        raise Refused("Chưa ghi số biểu quyết.", field="in_favour")


def name_tellers(vote: Vote, head: Attendance | None, team: Sequence[Attendance]) -> None:
    """Who has counted; part of recording a vote."""
    rows = list(dict.fromkeys([*([head] if head else []), *team]))
    if any(row.meeting_id != vote.meeting_id or row.is_guest for row in rows):
        raise Refused("Tổ kiểm phiếu phải là đảng viên dự buổi họp này.", field="team")
    Teller.objects.bulk_create(Teller(meeting=vote.meeting, vote=vote, person=row, leads=row == head) for row in rows)


def recount(meeting: Meeting) -> None:
    """After the roll has changed: every vote is counted of those who, as the roll stands now, were here for it.

    A vote with more hands or slips keeps its figures: `beyond_the_roll` names it, and the meeting does not end so.
    Refused where a paper or a decision rests on a vote that would no longer carry. Call with the meeting held.
    """
    for vote, room in rooms_of_votes(meeting):
        entitled, base = len(room.voters()), len(room.base())
        if (entitled, base) == (vote.entitled, vote.base) or vote.took_part > entitled:
            continue
        carried, vote.entitled, vote.base = vote.passed, entitled, base
        if carried and not vote.passed and _something_rests_on(vote):
            raise Refused(
                f"Ghi như vậy thì biểu quyết “{vote.question}” không còn đủ {vote.share} của {base}, mà đã có văn bản, "
                "quyết nghị hoặc phiếu chấm điểm theo kết quả ấy. Xin xem lại biểu quyết này trước."
            )
        vote.save(update_fields=["entitled", "base"])


def _something_rests_on(vote: Vote) -> bool:
    return any(kind.objects.filter(vote=vote).exists() for kind in (Resolution, Outcome, ScoreSheet))


@transaction.atomic
def step_aside(
    item: AgendaItem, person: Attendance, *, reason: str = "", by: User, at: datetime, key: Press | None = None
) -> Recusal:
    """Whom the item concerns directly leaves its discussion and its votes; the base of these is without them."""
    require(by, "meeting.run", item)
    hold(item.meeting, TAKING_MINUTES, key=key)
    turns.leave_room(person, at, item=item)
    claim(item.meeting, TAKING_MINUTES, "step_aside", by=by, at=at, key=key, item=item.pk, person=person.pk)
    refuse_if_apart(item)
    refuse_while_voting(item.meeting, item)
    read_again(person)
    if person.meeting_id != item.meeting_id or person.is_guest or not person.may_come:
        raise Refused("Chỉ ghi đảng viên dự buổi họp này.", field="person")
    if item.remarks.filter(speaker=person, vote=None).exists():
        raise Refused(f"Đồng chí {person.name} đã có ý kiến ở nội dung này.", field="person")
    if item.remarks.filter(speaker=person).exists():
        raise Refused(f"Đồng chí {person.name} đã bảo lưu ý kiến về biểu quyết ở nội dung này.", field="person")
    row, _ = Recusal.objects.get_or_create(
        item=item, person=person, defaults={"meeting": item.meeting, "reason": reason.strip()}
    )
    recount(item.meeting)
    return row


@transaction.atomic
def take_part_again(recusal: Recusal, *, by: User, at: datetime, key: Press | None = None) -> None:
    """It was entered wrongly."""
    require(by, "meeting.run", recusal)
    told = {"item": recusal.item_id, "person": recusal.person_id}
    claim(recusal.meeting, TAKING_MINUTES, "take_part_again", by=by, at=at, key=key, **told)
    Recusal.objects.filter(pk=recusal.pk).delete()
    recount(recusal.meeting)
