"""Last year's levels of the demonstration: counted from paper ballots, handed up, mostly decided, published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from critique.cycle.models import Cycle
from critique.levels.actions import ballot as ballots
from critique.levels.actions import entries
from critique.levels.models import Ballot
from critique.levels.standing import standings
from critique.levels.voting import CHOICES
from documents.model import fingerprint
from rulings import actions as rulings

if TYPE_CHECKING:
    from datetime import datetime

    from chibo.demo.build import Stage

# Votes of eight official members: excellent, good, done, not done, not rated. Everybody else: seven for "good".
VOTES = {"thanh": (6, 2, 0, 0, 0), "hoa": (5, 3, 0, 0, 0), "son": (0, 1, 7, 0, 0), "binh": (4, 4, 0, 0, 0)}
USUAL = (1, 7, 0, 0, 0)
AGREED = "Kiểm phiếu không mức nào đủ tỉ lệ; chi bộ thảo luận lại và giơ tay, 7/8 đồng chí tán thành."
COMPLAINT = "Hai việc ghi là chậm thực ra xong đúng hạn đã gia hạn; đề nghị xem lại văn bản gia hạn kèm theo."
LATE = "Hai nhiệm vụ xong sau hạn ghi trong kế hoạch."


def level_last_year(stage: Stage, cycle: Cycle, day: date) -> None:
    """After that year's conference: the ballot, then what the superior committee did within the month."""
    lead = stage.account("thanh")
    who: dict[str, Any] = {"by": lead, "at": stage.at(day, 16)}
    _set_rules(stage, day - timedelta(days=40))
    ballot = ballots.open_round(
        cycle, head=stage.cast["lan"], tellers=[stage.cast["hoa"], stage.cast["binh"]], chair=stage.cast["thanh"], **who
    )
    _count(stage, ballot, stage.at(day, 16, 30))
    for one in standings(cycle):
        if one.proposed is None:
            entries.propose(one.row, level="good", words=AGREED, by=lead, at=stage.at(day, 16, 45))
    entries.hand_up(cycle, by=lead, at=stage.at(day + timedelta(days=3), 9))
    _decide(stage, cycle, day + timedelta(days=20))


def _set_rules(stage: Stage, day: date) -> None:
    committee = stage.reviewer.tenures[0].organisation
    who: dict[str, Any] = {"by": stage.reviewer, "at": stage.at(day, 9)}
    paper: dict[str, Any] = {"document": "15-HD/ĐU", "document_date": day, "starts_on": day}
    half: dict[str, Any] = {f"need_{level}": "half" for level in ("good", "done", "not_done")}
    rule = {"method": "secret", "base": "summoned", "need_excellent": "two_thirds", **half}
    rulings.fix(committee, "vote", value=rule, **paper, **who)


def _count(stage: Stage, ballot: Ballot, at: datetime) -> None:
    keys = {member.pk: key for key, member in stage.cast.items()}
    lines = {
        line.pk: dict(zip(CHOICES, VOTES.get(keys.get(line.participant.member_id or 0, ""), USUAL), strict=True))
        for line in ballot.lines.select_related("participant")
    }
    figures = {"summoned": 8, "present": 8, "issued": 8, "returned": 8, "valid": 8, "invalid": 0}
    ballots.count(ballot, figures=figures, lines=lines, base=0, by=stage.account("lan"), at=at)
    for seat, key in ((ballots.HEAD, "lan"), (ballots.CHAIR, "thanh")):
        held = Ballot.objects.with_people().get(pk=ballot.pk)
        ballots.confirm(held, seat=seat, seen=fingerprint(ballots.paper_of(held)), by=stage.account(key), at=at)


def _decide(stage: Stage, cycle: Cycle, day: date) -> None:
    """Everybody has a decision; Bình's differs from the proposal and is disputed, still without an answer."""
    above: dict[str, Any] = {"by": stage.reviewer, "at": stage.at(day, 9)}
    paper: dict[str, Any] = {"document": "31-QĐ/ĐU", "document_date": day}
    for one in standings(cycle):
        level = "done" if one.row.member_id == stage.cast["binh"].pk else str(one.proposed)
        words = LATE if level != one.proposed else ""
        entries.appraise(one.row, level=level, words=words, **above)
        entries.decide(one.row, level=level, **paper, **above)
        if one.row.member_id != stage.cast["mai"].pk:  # Mai has not been told yet
            entries.notify(one.row, by=stage.account("thanh"), at=stage.at(day + timedelta(days=1), 15))
    row = next(one.row for one in standings(cycle) if one.row.member_id == stage.cast["binh"].pk)
    entries.complain(row, words=COMPLAINT, by=stage.account("binh"), at=stage.at(day + timedelta(days=2), 20))
    entries.publish(cycle, by=stage.account("thanh"), at=stage.at(day + timedelta(days=4), 8))
