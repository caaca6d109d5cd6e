"""The shape of what people type: base.py what all share, then a module per subject."""

from meetings.forms.following import NoteForm, ResolutionForm, StepForm, TickForm
from meetings.forms.meeting import (
    AddendumForm,
    AnswerForm,
    CloseForm,
    CommentForm,
    GuestForm,
    ItemForm,
    MarkForm,
    OpinionForm,
    PlanForm,
    ReasonForm,
    ReportForm,
    TaskForm,
    TimesForm,
    UploadForm,
    VerdictForm,
    VoteForm,
)
from meetings.forms.programme import DirectiveForm, LayOutForm, MonthForm, ProgrammeForm
from meetings.forms.score import ConfirmForm, GiveForm, SheetVoteForm

__all__ = [
    "AddendumForm",
    "AnswerForm",
    "CloseForm",
    "CommentForm",
    "ConfirmForm",
    "DirectiveForm",
    "GiveForm",
    "GuestForm",
    "ItemForm",
    "LayOutForm",
    "MarkForm",
    "MonthForm",
    "NoteForm",
    "OpinionForm",
    "PlanForm",
    "ProgrammeForm",
    "ReasonForm",
    "ReportForm",
    "ResolutionForm",
    "SheetVoteForm",
    "StepForm",
    "TaskForm",
    "TickForm",
    "TimesForm",
    "UploadForm",
    "VerdictForm",
    "VoteForm",
]
