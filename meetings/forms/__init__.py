"""The shape of what people type: base.py what all share, then a module per subject."""

from meetings.forms.following import NoteForm, ResolutionForm, StepForm, TickForm
from meetings.forms.meeting import (
    AddendumForm,
    AnswerForm,
    CloseForm,
    CommentAnswerForm,
    GuestForm,
    InspectForm,
    ItemForm,
    MarkForm,
    OpinionForm,
    PlanForm,
    ReasonForm,
    ReportForm,
    TaskForm,
    TimesForm,
    UploadForm,
    VoteForm,
)
from meetings.forms.programme import DirectiveForm, LayOutForm, MonthForm, ProgrammeForm
from meetings.forms.score import ConfirmForm, GiveForm, SheetVoteForm

__all__ = [
    "AddendumForm",
    "AnswerForm",
    "CloseForm",
    "CommentAnswerForm",
    "ConfirmForm",
    "DirectiveForm",
    "GiveForm",
    "GuestForm",
    "InspectForm",
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
    "VoteForm",
]
