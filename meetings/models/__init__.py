"""The tables: meeting.py the frame, seats.py who leads it, evening.py what was said, floor.py who speaks next,
voting.py what was voted, polls.py a vote while it is open, outcomes.py what an item came to, thematic.py the paper,
proofs.py the draft before the seal, minutes.py the seal, signed.py what is signed outside, inspection.py what the
superior committee says of it, programme.py the year, score.py the score sheet, following.py what goes on between
meetings, explanation.py what a cell says to the committee above, matters.py what members propose for the next agenda,
meeting_day.py the day that a cell keeps, draft.py what is typed into a form and not sent.
"""

from meetings.models.draft import Draft
from meetings.models.evening import Attendance, Mark, Remark, Task, TaskReport, TaskState
from meetings.models.explanation import Explanation
from meetings.models.floor import ON_THE_FLOOR, FloorStep, Turn, TurnKind, TurnState
from meetings.models.following import Resolution, ResolutionKind, ResolutionState, ResolutionStep, TaskNote
from meetings.models.inspection import Exchange, Inspection, InspectionComment, Verdict
from meetings.models.matters import Matter, MatterAnswer, MatterState
from meetings.models.meeting import (
    MONTHLY,
    NONE_YET,
    PLANNED_HERE,
    WITH_TOPIC,
    WITHOUT_SCORE,
    AgendaItem,
    Kind,
    Meeting,
)
from meetings.models.meeting_day import MeetingDay, Nth
from meetings.models.meeting_day import Way as DayWay
from meetings.models.minutes import Addendum, Minutes, Signature
from meetings.models.news import News, NewsPhoto
from meetings.models.outcomes import Outcome, OutcomeKind
from meetings.models.polls import Choice, Poll, Polling, Voice
from meetings.models.programme import CalendarFeed, Programme, ProgrammeLine, Reminder
from meetings.models.proofs import Correction, CorrectionAnswer
from meetings.models.score import ScoreLine, ScoreSheet
from meetings.models.seats import DOES, Held, Seat, SeatChange, held
from meetings.models.signed import SignedCopy
from meetings.models.thematic import Answer, Opinion, ThematicPaper
from meetings.models.voting import Recusal, Teller, Vote, Way

__all__ = [
    "DOES",
    "MONTHLY",
    "NONE_YET",
    "ON_THE_FLOOR",
    "PLANNED_HERE",
    "WITHOUT_SCORE",
    "WITH_TOPIC",
    "Addendum",
    "AgendaItem",
    "Answer",
    "Attendance",
    "CalendarFeed",
    "Choice",
    "Correction",
    "CorrectionAnswer",
    "DayWay",
    "Draft",
    "Exchange",
    "Explanation",
    "FloorStep",
    "Held",
    "Inspection",
    "InspectionComment",
    "Kind",
    "Mark",
    "Matter",
    "MatterAnswer",
    "MatterState",
    "Meeting",
    "MeetingDay",
    "Minutes",
    "News",
    "NewsPhoto",
    "Nth",
    "Opinion",
    "Outcome",
    "OutcomeKind",
    "Poll",
    "Polling",
    "Programme",
    "ProgrammeLine",
    "Recusal",
    "Remark",
    "Reminder",
    "Resolution",
    "ResolutionKind",
    "ResolutionState",
    "ResolutionStep",
    "ScoreLine",
    "ScoreSheet",
    "Seat",
    "SeatChange",
    "Signature",
    "SignedCopy",
    "Task",
    "TaskNote",
    "TaskReport",
    "TaskState",
    "Teller",
    "ThematicPaper",
    "Turn",
    "TurnKind",
    "TurnState",
    "Verdict",
    "Voice",
    "Vote",
    "Way",
    "held",
]
