"""The tables: meeting.py the frame, evening.py what was said, thematic.py the paper, seats.py who leads it,
proofs.py the draft before
the seal, minutes.py the seal.

programme.py the year, score.py the score sheet, following.py what goes on between meetings,
draft.py what is typed into a form and not sent.
"""

from meetings.models.draft import Draft
from meetings.models.evening import Attendance, Mark, Remark, Task, TaskReport, TaskState, Vote
from meetings.models.following import Resolution, ResolutionKind, ResolutionState, ResolutionStep, TaskNote
from meetings.models.meeting import PLANNED_HERE, WITHOUT_SCORE, AgendaItem, Kind, Meeting
from meetings.models.minutes import Addendum, Inspection, InspectionComment, Minutes, Signature, Verdict
from meetings.models.programme import CalendarFeed, Directive, Programme, ProgrammeLine, Reminder
from meetings.models.proofs import Correction, CorrectionAnswer
from meetings.models.score import ScoreLine, ScoreSheet
from meetings.models.seats import DOES, Held, Seat, SeatChange, held
from meetings.models.thematic import Answer, Opinion, ThematicPaper

__all__ = [
    "DOES",
    "PLANNED_HERE",
    "WITHOUT_SCORE",
    "Addendum",
    "AgendaItem",
    "Answer",
    "Attendance",
    "CalendarFeed",
    "Correction",
    "CorrectionAnswer",
    "Directive",
    "Draft",
    "Held",
    "Inspection",
    "InspectionComment",
    "Kind",
    "Mark",
    "Meeting",
    "Minutes",
    "Opinion",
    "Programme",
    "ProgrammeLine",
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
    "Task",
    "TaskNote",
    "TaskReport",
    "TaskState",
    "ThematicPaper",
    "Verdict",
    "Vote",
    "held",
]
