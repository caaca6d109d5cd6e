"""The tables: meeting.py the frame, evening.py what was said, thematic.py the paper, minutes.py the seal,
inspection.py what the superior committee says of it.

programme.py the year, score.py the score sheet, following.py what goes on between meetings,
draft.py what is typed into a form and not sent.
"""

from meetings.models.draft import Draft
from meetings.models.evening import Attendance, Mark, Remark, Task, TaskReport, TaskState, Vote
from meetings.models.following import Resolution, ResolutionKind, ResolutionState, ResolutionStep, TaskNote
from meetings.models.inspection import Exchange, Inspection, InspectionComment, Verdict
from meetings.models.meeting import PLANNED_HERE, WITHOUT_SCORE, AgendaItem, Kind, Meeting
from meetings.models.minutes import Addendum, Minutes, Seat, Signature
from meetings.models.programme import CalendarFeed, Directive, Programme, ProgrammeLine, Reminder
from meetings.models.score import ScoreLine, ScoreSheet
from meetings.models.thematic import Answer, Opinion, ThematicPaper

__all__ = [
    "PLANNED_HERE",
    "WITHOUT_SCORE",
    "Addendum",
    "AgendaItem",
    "Answer",
    "Attendance",
    "CalendarFeed",
    "Directive",
    "Draft",
    "Exchange",
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
    "Signature",
    "Task",
    "TaskNote",
    "TaskReport",
    "TaskState",
    "ThematicPaper",
    "Verdict",
    "Vote",
]
