"""The score sheet: drawn up from the record, given by the committee, voted by the cell, confirmed above."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from guideline import scoring
from guideline.model import Kind as RuleKind
from guideline.votes import ORDINARY
from meetings import rules
from meetings.actions.evening import record_vote
from meetings.facts import Evening, score_facts
from meetings.lifecycle import TAKING_MINUTES, State
from meetings.models import Meeting, ScoreLine, ScoreSheet, Vote
from meetings.scored import Scored, scored
from meetings.wording import points, screen_moment
from members.access import require
from members.changes import claim
from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from members.models import Member, User
    from members.press import Press

    Given = Mapping[str, tuple[Decimal | None, str]]  # code of the line: points, if any, and the reason or word

SEALED = frozenset({State.SEALED})
WANTS_REASON = "Cần lý do: khác số theo hồ sơ hoặc dưới thang điểm."
WANTS_CONFIRMED_REASON = "Cần lý do: khác số chi uỷ chấm."


@transaction.atomic
def draw_up(meeting: Meeting, *, by: User, at: datetime, key: Press | None = None) -> ScoreSheet:
    """The sheet with what the record proposes. Again: new proposals and evidence; what people gave stays."""
    require(by, "score.give", meeting)
    claim(meeting, TAKING_MINUTES, "draw_up_score", by=by, at=at, key=key)
    meeting = Meeting.objects.with_people().get(pk=meeting.pk)
    rulebook = rules.rulebook_of(meeting)
    sheet = ScoreSheet.objects.filter(meeting=meeting).first()
    criteria = (
        rules.criteria_for(meeting.cell, meeting.rulebook, meeting.day)
        if sheet is None
        else rules.criteria_by_key(sheet.criteria)
    )
    if RuleKind(meeting.kind) not in criteria.kinds:
        raise Refused("Loại buổi họp này không chấm điểm chất lượng.")
    if sheet is None:
        sheet = ScoreSheet.objects.create(meeting=meeting, criteria=criteria.key, drawn_up_at=at)
    standing = {line.code: line for line in sheet.lines.all()}
    proposals = scoring.propose(score_facts(Evening.of(meeting), rulebook, now=at), rulebook, criteria)
    changed = False
    for position, proposal in enumerate(proposals, start=1):
        proposed = None if proposal.points is None else Decimal(proposal.points)
        line = standing.get(proposal.code) or ScoreLine(sheet=sheet, code=proposal.code, position=position)
        if line.pk is None or (line.proposed, line.evidence) != (proposed, list(proposal.evidence)):
            line.proposed, line.evidence, changed = proposed, list(proposal.evidence), True
            line.save()
    sheet.drawn_up_at, sheet.rev = at, sheet.rev + changed
    sheet.save(update_fields=["drawn_up_at", "rev"])
    return sheet


@transaction.atomic
def give_points(
    sheet: ScoreSheet,
    *,
    lines: Given,
    weak_points: str,
    follower: Member | None,
    base: int,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """The committee's own figures, seen last at revision `base`; a frame without points takes a word for each line.

    The sheet is settled once no line is left open. What the cell has adopted by vote keeps its figures.
    """
    require(by, "score.give", sheet)
    claim(sheet.meeting, TAKING_MINUTES, "give_points", by=by, at=at, key=key, lines=_told(lines), weak=weak_points)
    sheet.refresh_from_db(fields=["rev", "vote", "settled_at"])
    if sheet.rev != base:
        raise Refused(_saved_since(sheet), field="base")
    if follower is not None and not sheet.meeting.attendances.filter(member=follower).exists():
        raise Refused("Người theo dõi, chấm điểm phải có tên trong danh sách dự họp.", field="follower")
    found = scored(sheet)
    adopted = sheet.vote is not None and sheet.vote.passed
    changed = False
    for line in found.lines:
        given, reason = lines.get(line.code, (line.points, line.reason))
        most = found.most(line.code)
        _check(line.code, given, most)
        if given is not None and most is not None and line.wants_reason(given, most) and not reason:
            raise Refused(WANTS_REASON, field=f"reason_{line.code}")
        other = given != line.points if found.criteria.scored else reason != line.reason
        if other and adopted:
            name = "points" if found.criteria.scored else "reason"
            raise Refused(
                "Chi bộ đã biểu quyết phiếu này; muốn sửa thì xoá biểu quyết trước.", field=f"{name}_{line.code}"
            )
        changed = changed or other
        line.points, line.reason = given, reason
        line.save(update_fields=["points", "reason"])
    if changed:
        sheet.vote = None  # a vote that did not carry stays in the minutes; the sheet waits for another
    sheet.settled_at = (sheet.settled_at or at) if _is_settled(found) else None
    sheet.weak_points, sheet.follower, sheet.rev = weak_points, follower, sheet.rev + 1
    sheet.save(update_fields=["vote", "settled_at", "weak_points", "follower", "rev"])


def _told(lines: Given) -> dict[str, list[str]]:
    return {code: [points(given), reason] for code, (given, reason) in lines.items()}


def _check(code: str, given: Decimal | None, most: int | None) -> None:
    if given is None:
        return
    if most is None:
        raise Refused("Khung tiêu chí này không chấm điểm.", field=f"points_{code}")
    if not 0 <= given <= most:
        raise Refused(f"Điểm của mục {code} phải từ 0 đến {most}.", field=f"points_{code}")


def _is_settled(found: Scored) -> bool:
    if found.criteria.scored:
        return all(line.points is not None for line in found.lines)
    return all(line.reason for line in found.lines)


def _saved_since(sheet: ScoreSheet) -> str:
    """Called after this save has written its own event; the one before it is the other person's."""
    events = sheet.meeting.events.filter(what__in=["give_points", "draw_up_score", "record_vote"])
    last = events.select_related("actor__member").order_by("-number")[1:2].first()
    who = f"Đồng chí {last.actor.get_full_name()} vừa lưu" if last and last.actor else "Có người vừa lưu"
    return (
        f"{who} phiếu này sau khi đồng chí mở trang, nên chưa ghi đè. Số đồng chí vừa ghi vẫn còn ở dưới, "
        "số đang lưu đứng cạnh; xin đối chiếu rồi lưu lại."
    )


@transaction.atomic
def vote(
    sheet: ScoreSheet,
    *,
    in_favour: int,
    against: int,
    other: int,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Vote:
    """The cell votes on the sheet: recorded under the item on the meeting's quality, and kept with the sheet."""
    require(by, "meeting.run", sheet)
    item = sheet.meeting.items.filter(step="quality").first() or sheet.meeting.items.last()
    if item is None:
        raise Refused("Chương trình chưa có nội dung nào để ghi biểu quyết.")
    found = scored(sheet)
    counted = {"question": _question(found), "in_favour": in_favour, "against": against, "other": other}
    made = record_vote(item, kind=ORDINARY.key, **counted, by=by, at=at, key=key)  # type: ignore[arg-type]
    sheet.refresh_from_db(fields=["rev", "vote", "settled_at"])
    if sheet.settled_at is None:
        raise Refused("Chi uỷ chưa chấm xong các mục nên chưa biểu quyết được.")
    if sheet.vote is not None and sheet.vote.passed:
        raise Refused("Chi bộ đã biểu quyết phiếu này; muốn biểu quyết lại thì xoá biểu quyết trước.")
    sheet.vote, sheet.rev = made, sheet.rev + 1
    sheet.save(update_fields=["vote", "rev"])
    return made


def _question(found: Scored) -> str:
    if found.total is None or found.grade is None:
        return "Thông qua kết quả tự đánh giá chất lượng buổi sinh hoạt"
    return f"Thông qua phiếu tự chấm điểm: {points(found.total)} điểm, xếp loại {found.grade.name}"


@transaction.atomic
def confirm(sheet: ScoreSheet, *, lines: Given, by: User, at: datetime, key: Press | None = None) -> None:
    """The superior committee's figures, once and for good. The cell's own stay beside them."""
    require(by, "score.confirm", sheet)
    claim(sheet.meeting, SEALED, "confirm_score", by=by, at=at, key=key, lines=_told(lines))
    sheet.refresh_from_db(fields=["confirmed_at"])
    if sheet.confirmed_at is not None:
        raise Refused(f"Phiếu này đã được xác nhận lúc {screen_moment(sheet.confirmed_at)} và được giữ nguyên.")
    found = scored(sheet)
    for line in found.lines:
        given, reason = lines.get(line.code, (None, ""))
        most = found.most(line.code)
        _check(line.code, given, most)
        if most is not None and given is None:
            raise Refused(f"Mục {line.code} chưa có điểm.", field=f"points_{line.code}")
        if most is not None and given is not None and line.wants_confirmed_reason(given, most) and not reason:
            raise Refused(WANTS_CONFIRMED_REASON, field=f"reason_{line.code}")
        line.confirmed, line.confirmed_reason = given, reason
        line.save(update_fields=["confirmed", "confirmed_reason"])
    sheet.confirmed_at, sheet.confirmed_by = at, by
    sheet.save(update_fields=["confirmed_at", "confirmed_by"])
