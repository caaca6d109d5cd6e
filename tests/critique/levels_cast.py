"""A review of Lan's cell after its conference, with a ballot in every stage: what the tests of levels start from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from critique.course import actions as committee
from critique.cycle.models import Cycle, Participant
from critique.levels.actions import ballot as ballots
from critique.levels.actions import entries
from critique.levels.models import Ballot
from critique.levels.standing import standing_of
from critique.lifecycle import State
from documents.model import fingerprint
from tests.critique.conftest import AFTER_MEETING, fresh, row_of

if TYPE_CHECKING:
    from critique.levels.standing import Standing
    from members.models import Member
    from tests.conftest import Cast

FULL = {"summoned": 3, "present": 3, "issued": 3, "returned": 3, "valid": 3, "invalid": 0}
DECISION: dict[str, Any] = {"level": "good", "document": "12-QĐ/ĐU", "document_date": date(2026, 12, 20)}
GROUNDS = "Vì-hai-việc-quá-hạn"


def who(cast: Cast, member: Member | None = None) -> dict[str, Any]:
    return {"by": cast.account(member or cast.lan), "at": AFTER_MEETING}


def above(cast: Cast) -> dict[str, Any]:
    return {"by": cast.phuc, "at": AFTER_MEETING}


def held(cast: Cast, cycle: Cycle) -> Cycle:
    if fresh(cycle).state != State.MET:
        committee.take_step(fresh(cycle), move_name="hold", **who(cast))
    return fresh(cycle)


def opened(cast: Cast, cycle: Cycle, **changes: Any) -> Ballot:
    team = {"head": cast.hoa, "tellers": [cast.son], "chair": cast.lan, **changes}
    return again(ballots.open_round(fresh(cycle), **team, **who(cast)))


def again(ballot: Ballot) -> Ballot:
    found: Ballot = Ballot.objects.with_people().get(pk=ballot.pk)
    return found


def votes(ballot: Ballot, **of: tuple[int, ...]) -> dict[int, dict[str, int | None]]:
    """Three for "good" about everybody, other counts for those named by their given name."""
    lines: dict[int, dict[str, int | None]] = {}
    for line in ballot.lines.select_related("participant__member"):
        given = str(line.participant).split()[-1]
        counts = of.get({"Lan": "lan", "Hoa": "hoa", "Tuấn": "tuan", "Sơn": "son"}.get(given, ""), (0, 3, 0, 0, 0))
        lines[line.pk] = dict(zip(("excellent", "good", "done", "not_done", "unrated"), counts, strict=True))
    return lines


def counted(cast: Cast, ballot: Ballot, **of: tuple[int, ...]) -> Ballot:
    ballots.count(ballot, figures=FULL, lines=votes(ballot, **of), base=ballot.rev, **who(cast, cast.hoa))
    return again(ballot)


def confirmed(cast: Cast, ballot: Ballot) -> Ballot:
    for seat, member in ((ballots.HEAD, cast.hoa), (ballots.CHAIR, cast.lan)):
        row = again(ballot)
        ballots.confirm(row, seat=seat, seen=fingerprint(ballots.paper_of(row)), **who(cast, member))
    return again(ballot)


def sent(cast: Cast, cycle: Cycle) -> Cycle:
    entries.hand_up(held(cast, cycle), **who(cast))
    return fresh(cycle)


def decided(cast: Cast, cycle: Cycle, member: Member, **changes: Any) -> Participant:
    """The review has been handed up."""
    entries.decide(row_of(cycle, member), **{**DECISION, **changes}, **above(cast))
    return row_of(cycle, member)


def standing(cycle: Cycle, member: Member) -> Standing:
    return standing_of(row_of(cycle, member))
