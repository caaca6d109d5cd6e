"""WHO MAY DO WHAT: one table, read line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.known import known_of
from members.roles import LEADERS, ON_COMMITTEE, Role

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User

_LEADERS = {*LEADERS}
_PLANNERS = {*ON_COMMITTEE}
_TABLE = _LEADERS | {Role.CHAIR, Role.MINUTE_TAKER}

ALLOWED: dict[str, set[Role]] = {
    # the cell and its people
    "cell.see": {Role.MEMBER, *_PLANNERS},
    "member.see": {Role.MEMBER, *_PLANNERS},
    "member.manage": _LEADERS,
    "post.give": {Role.SUPERIOR, *_LEADERS},  # leaders: where nobody above does it (members/posts/giving.py)
    "handover.see": _LEADERS,  # what is open in the cell, on one page
    "cell.export": _LEADERS,  # the cell's whole record as an archive, to go elsewhere
    "deed.see": {*_LEADERS, Role.DOER},  # who did what in the cell; of one's own acts whoever did them
    "slip.issue": _LEADERS,
    "slip.first": {Role.SUPERIOR},  # to the secretary of a cell into which nobody who leads it has come yet
    "body.found": {Role.SUPERIOR},  # what stands below a committee: founded, moved below another, ended
    "body.keep": {Role.SUPERIOR, *_LEADERS},  # what its papers say; leaders name it only where nobody above does
    "slip.confirm": {*_LEADERS, Role.SUPERIOR},  # of an account that was used before; not by whoever issued it
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
    "floor.ask": {*_TABLE, Role.CONCERNED},  # oneself; the table for anyone who is here
    "poll.say": {Role.MEMBER, *_PLANNERS},  # from the pocket, for oneself, if one was entitled when the vote opened
    "voice.own": {Role.CONCERNED},  # to say and to read it; nobody reads what another has said
    "task.report": {*_TABLE, Role.COMMITTEE},
    "task.note": {Role.OWNER, *_PLANNERS},  # the owner's own word between two meetings, or entered for them
    "number.keep": _PLANNERS,  # the register of numbers, with the committee's own
    "resolution.keep": _PLANNERS,
    "resolution.sign": _LEADERS,  # on behalf of the cell
    # the guideline as it is applied, the year, the score
    "link.see": {Role.MEMBER, *_PLANNERS, Role.SUPERIOR},  # whether what was sealed is what is kept
    "rule.see": {Role.MEMBER, *_PLANNERS, Role.SUPERIOR, Role.BELOW},
    "rule.set": {*_LEADERS, Role.SUPERIOR},
    "programme.see": {Role.MEMBER, *_PLANNERS},
    "programme.edit": _PLANNERS,
    "errand.give": {Role.SUPERIOR},
    "errand.see": {Role.MEMBER, *_PLANNERS, Role.SUPERIOR},  # above: what each cell says about it
    "errand.report": _PLANNERS,
    "source.see": {Role.MEMBER, *_PLANNERS, Role.SUPERIOR, Role.BELOW},
    "source.keep": {*_PLANNERS, Role.SUPERIOR},  # above: on the committee's own, for every cell below
    "rollup.see": {Role.SUPERIOR},  # what the cells below have sealed, together
    "need.see": {Role.MEMBER, *_PLANNERS, Role.SUPERIOR},  # what is seen of the cell from above, and what it says to it
    "need.explain": _LEADERS,
    # what members would have on the next agenda: the proposer and the committee know of it until it stands there
    "matter.send": {Role.MEMBER, *_PLANNERS},
    "matter.enter": _PLANNERS,  # for a member without a device
    "matter.see": {Role.SENDER, *_PLANNERS},
    "matter.answer": _PLANNERS,
    "score.see": {Role.MEMBER, *_PLANNERS, Role.SUPERIOR},
    "score.give": {*_PLANNERS, Role.CHAIR, Role.MINUTE_TAKER},
    "score.confirm": {Role.SUPERIOR},
    # the paper
    "minutes.see": {Role.MEMBER, *_PLANNERS, Role.SUPERIOR},
    "minutes.whole": {*_PLANNERS, Role.CHAIR, Role.MINUTE_TAKER},  # with what is kept apart: the yearly review
    "minutes.propose": {Role.MEMBER, *_PLANNERS, Role.CHAIR, Role.MINUTE_TAKER},  # a correction of one's own words
    "handout.give": {*_PLANNERS, Role.CHAIR, Role.MINUTE_TAKER},  # extracts, sheets of duties and outcomes
    "news.write": {*_PLANNERS, Role.CHAIR, Role.MINUTE_TAKER},  # a text about a meeting for outside, edited
    "minutes.sign": _TABLE,
    "minutes.correct": _TABLE,
    "signed.keep": _TABLE,  # a sealed paper is taken out to be signed with one's own certificate, and brought back
    "minutes.inspect": {Role.SUPERIOR},
    "minutes.answer": _TABLE,  # what the superior committee has returned
    # the yearly self-review: need to know; whoever stands above only after it was handed up, the server's never
    "cycle.see": {Role.MEMBER, *_PLANNERS},
    "cycle.plan": _PLANNERS,  # days, who writes and on which form
    "cycle.run": _LEADERS,  # opening, the reading window, closing
    "selfreview.write": {Role.CONCERNED, Role.TYPIST},
    "selfreview.draft": {Role.CONCERNED, Role.TYPIST},  # seeing it before it is submitted
    "selfreview.see": {Role.CONCERNED, Role.TYPIST, Role.READER, *_PLANNERS, Role.SUPERIOR},  # submitted; it is logged
    "selfreview.print": {Role.CONCERNED, Role.TYPIST, *_PLANNERS},
    "selfreview.enter": _PLANNERS,  # from paper, for somebody who has not written here themselves
    "selfreview.own": {Role.CONCERNED},  # without a line in the log; who has read it
    "proceedings.see": {*_PLANNERS, Role.CHAIR, Role.MINUTE_TAKER, Role.SUPERIOR},  # above: once handed up
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
    "note.keep": {Role.MEMBER, Role.AUTHOR},  # private preparation; a note that was kept is its author's alone
    "draft.keep": {Role.AUTHOR},  # what one has typed into a form and not sent, for its author alone
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
    "ballot.see": {*_TABLE, Role.COMMITTEE, Role.TELLER, Role.SUPERIOR},
    "ballot.open": _TABLE,  # a round, with its counting team
    "ballot.count": {*_TABLE, Role.TELLER},  # entering the totals, confirming them
    "level.list": {*_PLANNERS, Role.SUPERIOR},
    "level.see": {Role.CONCERNED, *_PLANNERS, Role.SUPERIOR},  # every step of one level
    "level.propose": _LEADERS,  # with the reason, where no ballot has decided
    "level.send": _LEADERS,  # handing up, taking back
    "level.appraise": {Role.SUPERIOR},
    "level.decide": {Role.SUPERIOR, *_LEADERS},  # by the superior, or entered from its paper
    "level.notify": {Role.CONCERNED, *_LEADERS},
    "level.complain": {Role.CONCERNED, *_LEADERS},  # or entered from paper for somebody
    "level.answer": {Role.SUPERIOR, *_LEADERS},
    "level.publish": _LEADERS,  # name and level, nothing else
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


# What is nobody's but the author's: shut for an account whose password somebody else has helped to set, until its
# owner has shown who they are (members/entry/slips.py).
PRIVATE = {"note.keep", "draft.keep", "selfreview.write", "selfreview.draft"}


def allowed(action: str, user: User) -> set[Role]:
    """The roles that may do this, for this account: the table, and none in a private part that is shut."""
    return set() if action in PRIVATE and not user.is_private_open else ALLOWED[action]


def roles(user: User, thing: Model) -> set[Role]:
    """Every role that the account has today towards this thing, by its line in members/known.py."""
    line = known_of(thing)
    cell = line.cell_of(thing)
    found: set[Role] = set()
    if cell.pk in user.cell_ids and line.told.holds(thing):
        found |= {role for role in ON_COMMITTEE if cell.pk in user.cells_with((role,))}
        found |= {given.role for given in line.gives if given.holds(user, thing, cell)}
        if cell.pk in user.part_cells and line.member.holds(thing):
            found.add(Role.MEMBER)
    below = any(cell.path.startswith(path) for path in user.superior_paths)
    if below and line.above.holds(thing):  # what a cell has not handed up gives nobody above a role
        found.add(Role.SUPERIOR)
    if line.below and cell.pk in user.above_ids:
        found.add(Role.BELOW)
    return found


def may(user: User, action: str, thing: Model) -> bool:
    return bool(allowed(action, user) & roles(user, thing))
