"""The ballot on levels: opening a round with its counting team, entering totals, the two confirmations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from book.chain import enter
from book.proof import sealed_paper
from critique.levels.actions.entries import add_step, judge_not_handed_up, judge_not_sealed
from critique.levels.fixed import vote_rule
from critique.levels.in_book import BALLOT
from critique.levels.models import Ballot, BallotLine
from critique.levels.models.entry import EntryKind
from critique.levels.papers import build_ballot
from critique.levels.standing import Standing, standings
from critique.levels.voting import CHOICES, FIGURES, problems, proposed
from critique.lifecycle import BALLOTING
from documents.model import Document, fingerprint, to_json
from documents.sealed import Rendered, rendered
from meetings.presence import could_have_voted
from members import roster
from members.access import require
from members.changes import claim
from members.models import TenureKind
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from members.models import Member, User
    from members.press import Press

HEAD, CHAIR = "head", "chair"


def undecided(cycle: Cycle) -> list[Standing]:
    """Who has no level from a confirmed ballot yet: the next round is about them."""
    return [one for one in standings(cycle) if one.row.writes and not one.by_ballot]


@transaction.atomic
def open_round(
    cycle: Cycle,
    *,
    head: Member,
    tellers: Iterable[Member],
    chair: Member,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Ballot:
    """A round of voting with its counting team of official members, by the rule in force on the meeting's day.

    The first round is about everybody who is reviewed, a further one about those who reached no level.
    """
    require(by, "ballot.open", cycle)
    team = list(dict.fromkeys(member.pk for member in tellers if member.pk != head.pk))
    claim(cycle, BALLOTING, "open_ballot", by=by, at=at, key=key, head=head.pk, tellers=team, chair=chair.pk)
    judge_not_handed_up(cycle)
    judge_not_sealed(cycle)
    if Ballot.objects.of(cycle).unconfirmed().exists():
        raise Refused("Lần kiểm phiếu trước chưa đủ hai xác nhận.")
    official = {e.member.pk for e in roster.on_day(cycle.cell, cycle.meets_on) if e.standing == TenureKind.FULL}
    if head.pk not in official:
        raise Refused("Tổ trưởng kiểm phiếu phải là đảng viên chính thức của chi bộ.", field="head")
    if not official.issuperset(team):
        raise Refused("Thành viên tổ kiểm phiếu phải là đảng viên chính thức của chi bộ.", field="tellers")
    about = undecided(cycle)
    if not about:
        raise Refused("Mọi đồng chí đã có mức đề xuất theo kết quả kiểm phiếu.")
    rule = vote_rule(cycle.cell, cycle.meets_on)
    ballot = Ballot(cycle=cycle, round=cycle.ballots.count() + 1, source=rule.source, head=head, chair=chair)
    ballot.copy_rule(rule)
    ballot.save(force_insert=True)
    ballot.tellers.set(team)
    BallotLine.objects.bulk_create(BallotLine(ballot=ballot, participant=one.row) for one in about)
    return ballot


@transaction.atomic
def count(
    ballot: Ballot,
    *,
    figures: Mapping[str, int | None],
    lines: Mapping[int, Mapping[str, int | None]],
    base: int,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """The totals from the paper ballots. `lines`: key of a BallotLine → count of each choice, all None: not voted on.

    Refused as a whole when anything does not add up, or when somebody else has saved other figures since `base`.
    A change takes confirmations back.
    """
    require(by, "ballot.count", ballot)
    _claim(ballot, "count_ballot", by=by, at=at, key=key)
    if ballot.rev != base:
        raise Refused("Số liệu vừa được người khác ghi. Xin mở lại trang để xem trước khi ghi tiếp.")
    rows = {line.pk: line for line in ballot.lines.all()}
    for field, sentence in problems(ballot.rule.method, figures, {pk: lines.get(pk, {}) for pk in rows}):
        raise Refused(sentence, field=field)
    _refuse_more_than_came(ballot.cycle, figures.get("present"))
    for name in FIGURES:
        setattr(ballot, name, figures.get(name) if ballot.rule.is_secret or name in FIGURES[:2] else None)
    for pk, line in rows.items():
        given = lines.get(pk, {})
        voted = any(value is not None for value in given.values())
        for choice in CHOICES:
            setattr(line, choice, (given.get(choice) or 0) if voted else None)
        line.save(update_fields=CHOICES)
    ballot.rev += 1
    ballot.counted_at, ballot.counted_by = at, by
    _unsign(ballot)
    ballot.save(update_fields=[*FIGURES, "rev", "counted_at", "counted_by", *_SIGNED])


def _refuse_more_than_came(cycle: Cycle, present: int | None) -> None:
    """The roll of the conference is right, or is put right first."""
    meeting = cycle.meeting
    if meeting is None or meeting.opened_at is None or not present:
        return
    if present > (came := could_have_voted(meeting)):
        raise Refused(
            f"Ghi có mặt {present}, mà theo điểm danh hội nghị chỉ có {came} đảng viên chính thức có mặt. "
            "Xin sửa số này, hoặc sửa điểm danh trước.",
            field="present",
        )


_SIGNED = ("head_signed_at", "head_signed_by", "chair_signed_at", "chair_signed_by")


def _unsign(ballot: Ballot) -> None:
    for name in _SIGNED:
        setattr(ballot, name, None)


def _claim(ballot: Ballot, what: str, *, by: User, at: datetime, key: Press | None, **data: object) -> None:
    claim(ballot.cycle, BALLOTING, what, by=by, at=at, key=key, ballot=ballot.pk, **data)
    judge_not_handed_up(ballot.cycle)
    judge_not_sealed(ballot.cycle)
    ballot.refresh_from_db(fields=["rev", "confirmed_at", "counted_at", *_SIGNED, *FIGURES])
    if ballot.confirmed_at is not None:
        raise Refused("Kết quả kiểm phiếu đã có đủ hai xác nhận nên không sửa được.")


@transaction.atomic
def confirm(ballot: Ballot, *, seat: str, seen: str, by: User, at: datetime, key: Press | None = None) -> bool:
    """The head of the team or the chair confirms the paper with that fingerprint; the second one fixes it for good.

    Whoever may enter the totals may enter it for the two, and the record names who did. Returns whether it is fixed.
    """
    require(by, "ballot.count", ballot)
    if seat not in (HEAD, CHAIR):
        raise Refused("Không có chỗ xác nhận này.")
    _claim(ballot, "confirm_ballot", by=by, at=at, key=key, seat=seat)
    if ballot.counted_at is None:
        raise Refused("Chưa ghi số phiếu nên chưa có gì để xác nhận.")
    _refuse_more_than_came(ballot.cycle, ballot.present)
    document = build_ballot(ballot)
    if seen != fingerprint(document):
        raise Refused("Số liệu vừa được sửa. Xin xem lại trước khi xác nhận.")
    if getattr(ballot, f"{seat}_signed_at") is not None:
        raise AlreadyDone
    setattr(ballot, f"{seat}_signed_at", at)
    setattr(ballot, f"{seat}_signed_by", by)
    if ballot.head_signed_at and ballot.chair_signed_at:
        ballot.confirmed_at, ballot.document, ballot.fingerprint = at, to_json(document), seen
        _propose(ballot, by, at)
    ballot.save(update_fields=[*_SIGNED, "confirmed_at", "document", "fingerprint"])
    if ballot.confirmed_at is not None:
        enter(BALLOT.name, ballot, at=at)
    return ballot.confirmed_at is not None


def _propose(ballot: Ballot, by: User, at: datetime) -> None:
    """What the votes come to becomes the cell's proposal; where no level reached its share, nothing does."""
    for line in ballot.lines.select_related("participant"):
        votes = {choice: getattr(line, choice) or 0 for choice in CHOICES}
        level = proposed(ballot.rule, votes, summoned=ballot.summoned or 0, present=ballot.present or 0)
        if level is not None:
            add_step(line.participant, EntryKind.PROPOSED, level=level, ballot=ballot, by=by, at=at)


def paper_of(ballot: Ballot) -> Document:
    """As it was confirmed; before that as it stands now."""
    return rendered_paper(ballot).document


def rendered_paper(ballot: Ballot) -> Rendered:
    """The same as a page shows it, with its proof once it was confirmed."""
    return sealed_paper(BALLOT.name, ballot) if ballot.confirmed_at else rendered(build_ballot(ballot))
