"""WHO MAY DO WHAT: one table, read line by line."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from members.models import TAKING_PART, TenureKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Member, Organisation, User


class Role(StrEnum):
    SECRETARY = "secretary"  # bí thư
    DEPUTY = "deputy"  # phó bí thư
    COMMITTEE = "committee"  # chi uỷ viên
    MEMBER = "member"  # đảng viên đang sinh hoạt tại chi bộ
    REVIEWER = "reviewer"  # cấp uỷ viên cấp trên theo dõi
    CHAIR = "chair"  # chủ trì buổi họp này
    MINUTE_TAKER = "minute_taker"  # thư ký buổi họp này
    AUTHOR = "author"  # người chuẩn bị chuyên đề của buổi họp này
    OWNER = "owner"  # người được giao nhiệm vụ này
    CONCERNED = "concerned"  # đồng chí mà bản kiểm điểm này nói về; của tập thể thì chi uỷ
    ENTERER = "enterer"  # chi uỷ viên nhập bản kiểm điểm này từ giấy
    READER = "reader"  # người dự họp kiểm điểm, trong thời gian đọc
    SPEAKER = "speaker"  # đồng chí đã nêu ý kiến này
    TELLER = "teller"  # tổ trưởng, thành viên tổ kiểm phiếu này
    HELPER = "helper"  # đồng chí được phân công giúp đỡ việc khắc phục này
    SENDER = "sender"  # người gửi ý kiến phê bình, chất vấn này
    ADDRESSEE = "addressee"  # người nhận ý kiến này; gửi chi bộ thì bí thư, phó bí thư không phải người gửi
    FOLLOWER = "follower"  # người trong chi uỷ theo dõi hạn trả lời, không phải người trong cuộc


_LEADERS = {Role.SECRETARY, Role.DEPUTY}
_PLANNERS = _LEADERS | {Role.COMMITTEE}
_TABLE = _LEADERS | {Role.CHAIR, Role.MINUTE_TAKER}

ALLOWED: dict[str, set[Role]] = {
    # the cell and its people
    "cell.see": {Role.MEMBER, *_PLANNERS},
    "member.see": {Role.MEMBER, *_PLANNERS},
    "member.manage": _LEADERS,
    "slip.issue": _LEADERS,
    # planning
    "plan.see": {*_PLANNERS, Role.CHAIR, Role.MINUTE_TAKER, Role.AUTHOR},
    "plan.edit": _PLANNERS,
    "meeting.call": _LEADERS,
    "meeting.see": {Role.MEMBER, *_PLANNERS},
    "apology.send": {Role.MEMBER, *_PLANNERS},
    "apology.decide": {*_LEADERS, Role.CHAIR},
    # the thematic paper
    "paper.write": {Role.AUTHOR, *_LEADERS},
    "paper.agree": _PLANNERS,
    "opinion.give": {Role.MEMBER},
    "opinion.enter": {*_LEADERS, Role.MINUTE_TAKER},  # on behalf of a member without a device
    # the evening
    "meeting.run": _TABLE,
    "task.report": {*_TABLE, Role.COMMITTEE},
    "task.note": {Role.OWNER, *_PLANNERS},  # the owner's own word between two meetings, or entered for them
    "resolution.keep": _PLANNERS,
    # the guideline as it is applied, the year, the score
    "rule.see": {Role.MEMBER, *_PLANNERS, Role.REVIEWER},
    "rule.set": {*_LEADERS, Role.REVIEWER},
    "programme.see": {Role.MEMBER, *_PLANNERS},
    "programme.edit": _PLANNERS,
    "directive.give": {Role.REVIEWER},
    "score.see": {Role.MEMBER, *_PLANNERS, Role.REVIEWER},
    "score.give": {*_PLANNERS, Role.CHAIR, Role.MINUTE_TAKER},
    "score.confirm": {Role.REVIEWER},
    # the paper
    "minutes.see": {Role.MEMBER, *_PLANNERS, Role.REVIEWER},
    "minutes.whole": {*_PLANNERS, Role.CHAIR, Role.MINUTE_TAKER},  # with what is kept apart: the yearly review
    "minutes.sign": _TABLE,
    "minutes.correct": _TABLE,
    "minutes.review": {Role.REVIEWER},
    # the yearly self-review: need to know; whoever stands above only after it was handed up, the server's never
    "cycle.see": {Role.MEMBER, *_PLANNERS},
    "cycle.plan": _PLANNERS,  # days, who writes and on which form
    "cycle.run": _LEADERS,  # opening, the reading window, closing
    "selfreview.write": {Role.CONCERNED, Role.ENTERER},
    "selfreview.draft": {Role.CONCERNED, Role.ENTERER},  # seeing it before it is submitted
    "selfreview.see": {Role.CONCERNED, Role.ENTERER, Role.READER, *_PLANNERS, Role.REVIEWER},  # submitted; it is logged
    "selfreview.print": {Role.CONCERNED, Role.ENTERER, *_PLANNERS},
    "selfreview.enter": _PLANNERS,  # from paper, for somebody who has not written here themselves
    "selfreview.own": {Role.CONCERNED},  # without a line in the log; who has read it
    "proceedings.see": {*_PLANNERS, Role.CHAIR, Role.MINUTE_TAKER, Role.REVIEWER},  # above: once handed up
    "dossier.see": {Role.CONCERNED, *_PLANNERS},  # one's own, as a list
    "dossier.keep": _PLANNERS,
    "dossier.pack": _LEADERS,  # every paper of a review in one archive; each opening is logged
    # self-criticism and criticism in the room: a person's hearing is known to that person and to the table alone
    "hearing.list": {*_PLANNERS, Role.CHAIR, Role.MINUTE_TAKER},  # whose turn it is; which ones were begun
    "hearing.see": {
        Role.MEMBER,
        Role.CONCERNED,
        *_PLANNERS,
        Role.CHAIR,
        Role.MINUTE_TAKER,
    },  # members: the collective's
    "hearing.record": {*_PLANNERS, Role.CHAIR, Role.MINUTE_TAKER},  # opinions, conclusion; nobody about themselves
    "hearing.answer": {Role.CONCERNED, Role.SECRETARY, Role.MINUTE_TAKER},
    "hearing.confirm": {Role.CONCERNED},  # that they have seen it; for somebody else the table may, named as such
    "hearing.close": _TABLE,
    "hearing.reopen": _LEADERS,
    "hearing.withdraw": {Role.SPEAKER},  # one's own opinion, sent and not recorded yet
    "note.keep": {Role.MEMBER},  # private preparation, for its author alone
    # putting shortcomings right: the cell's own items for everybody, a person's for that person, helper and committee
    "remedy.list": {Role.MEMBER, *_PLANNERS},  # how many, never whose
    "remedy.see": {Role.MEMBER, Role.CONCERNED, Role.HELPER, *_PLANNERS},  # of a person's item a member has no role
    "remedy.enter": {Role.CONCERNED, *_PLANNERS},  # for oneself, or by the committee in its own name
    "remedy.take": {Role.CONCERNED, *_PLANNERS},  # the promises of a submitted self-review
    "remedy.report": {Role.CONCERNED, *_PLANNERS},
    "remedy.arrange": {Role.CONCERNED, *_PLANNERS},  # helper, day, what was still blank
    "remedy.check": _PLANNERS,
    "remedy.close": _PLANNERS,  # with evidence; nobody closes their own alone
    # levels: totals from paper ballots, then each step; the superior committee only after the cell has handed up
    "ballot.see": {*_TABLE, Role.COMMITTEE, Role.TELLER, Role.REVIEWER},
    "ballot.open": _TABLE,  # a round, with its counting team
    "ballot.count": {*_TABLE, Role.TELLER},  # entering the totals, confirming them
    "rating.list": {*_PLANNERS, Role.REVIEWER},
    "rating.see": {Role.CONCERNED, *_PLANNERS, Role.REVIEWER},  # every step of one level
    "rating.propose": _LEADERS,  # with the reason, where no ballot has decided
    "rating.send": _LEADERS,  # handing up, taking back
    "rating.appraise": {Role.REVIEWER},
    "rating.decide": {Role.REVIEWER, *_LEADERS},  # by the superior, or entered from its paper
    "rating.notify": {Role.CONCERNED, *_LEADERS},
    "rating.complain": {Role.CONCERNED, *_LEADERS},  # or entered from paper for somebody
    "rating.answer": {Role.REVIEWER, *_LEADERS},
    "rating.publish": _LEADERS,  # name and level, nothing else
    # criticism and questions in writing: the parties, and who answers for the cell in a matter that is not their own
    "criticism.list": {Role.MEMBER, *_PLANNERS},  # one's own
    "criticism.send": {Role.SENDER, *_PLANNERS},  # the committee enters a signed paper for its sender
    "criticism.see": {Role.SENDER, Role.ADDRESSEE, Role.FOLLOWER},
    "criticism.reply": {Role.ADDRESSEE, Role.FOLLOWER},  # a follower enters it for an addressee who answers on paper
    "criticism.withdraw": {Role.SENDER},
    # a person's rights over their own data
    "request.list": {Role.MEMBER, *_PLANNERS},  # one's own
    "request.enter": _PLANNERS,  # for somebody without a device; for oneself nobody needs a right
    "request.see": {Role.CONCERNED, Role.FOLLOWER},
    "request.answer": {Role.FOLLOWER},
    "request.withdraw": {Role.CONCERNED},
    # texts whose time is over: one proposes, another carries out
    "retention.see": _PLANNERS,
    "retention.propose": _LEADERS,
    "retention.carry": _PLANNERS,
}


class Thing(Protocol):
    """Whatever belongs to a cell and may give people roles of its own."""

    @property
    def cell(self) -> Organisation: ...

    def roles_of(self, member: Member | None) -> Iterable[str]: ...


_POST_ROLES = {
    TenureKind.SECRETARY: Role.SECRETARY,
    TenureKind.DEPUTY: Role.DEPUTY,
    TenureKind.COMMITTEE_MEMBER: Role.COMMITTEE,
}


def roles(user: User, thing: Thing) -> set[Role]:
    """Every role that the account has today towards this thing."""
    cell = thing.cell
    if cell.pk in user.cell_ids:
        found = {Role(role) for role in thing.roles_of(user.member)}
        for tenure in user.tenures:
            if tenure.organisation_id == cell.pk:
                if tenure.kind in TAKING_PART:
                    found.add(Role.MEMBER)
                elif tenure.kind in _POST_ROLES:
                    found.add(_POST_ROLES[TenureKind(tenure.kind)])
    else:
        found = set()
    if getattr(thing, "of_committee", False) or getattr(thing, "of_one_person", False):
        found.discard(Role.MEMBER)
    if getattr(thing, "of_collective", False) and found & _PLANNERS:
        found.add(Role.CONCERNED)  # what is said of the committee as a whole concerns whoever is on it
    if not found & _PLANNERS:
        found.discard(Role.ENTERER)  # somebody of the committee, as long as they are on it
    below = any(cell.path.startswith(path) for path in user.review_paths)
    if below and getattr(thing, "shown_above", True):  # what a cell has not handed up gives nobody above a role
        found.add(Role.REVIEWER)
    return found


def may(user: User, action: str, thing: Thing) -> bool:
    return bool(ALLOWED[action] & roles(user, thing))
