"""The shape of what people type between two meetings: a duty ticked, word on a task, a resolution and its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms

from meetings.forms.base import MeetingForm, MomentField
from meetings.models import ResolutionKind, ResolutionState, TaskState
from meetings.numbered import KINDS
from members.fields import CountField, Line, Lines, LongLine
from members.forming import HouseForm, side_by_side
from members.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date

    from meetings.models import Vote


class TickForm(MeetingForm):
    """A duty that is done outside the program; without a time it is now."""

    what = forms.CharField(max_length=40)
    done = forms.TypedChoiceField(choices=[("1", "đã làm"), ("0", "chưa")], coerce=lambda given: given == "1")
    happened_at = MomentField(label="Làm lúc", required=False)


class NoteForm(MeetingForm):
    """What the owner says before the next meeting hears about the task; only a meeting drops one."""

    state = forms.ChoiceField(
        label="Tình trạng",
        choices=[(state.value, state.label) for state in (TaskState.GOING, TaskState.DONE)],
        widget=forms.RadioSelect,
    )
    text = Lines(label="Kết quả, minh chứng (số văn bản, ngày, nơi lưu)", rows=4, max_length=600)


class ExplanationForm(MeetingForm):
    """Why something is not done, in one line, for the committee above."""

    month = forms.DateField(widget=forms.HiddenInput)
    text = Line(label="Lý do", max_length=300, error_messages={"max_length": "Viết gọn trong 300 chữ cái."})


class ResolutionForm(MeetingForm):
    kind = forms.ChoiceField(label="Loại văn bản", choices=ResolutionKind.choices, widget=forms.RadioSelect)
    subject = LongLine(label="Trích yếu", max_length=300)
    issued_on = forms.DateField(label="Ngày ban hành", widget=DateInput)

    def __init__(self, *args: Any, votes: list[Vote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {str(vote.pk): vote for vote in votes}
        choices = [("", "— không qua biểu quyết —"), *((pk, vote.question) for pk, vote in named.items())]
        self.fields["vote"] = forms.TypedChoiceField(
            label="Biểu quyết thông qua", choices=choices, coerce=named.get, empty_value=None, required=False
        )
        self.helper.layout = Layout("key", "kind", "subject", side_by_side("vote", "issued_on"))

    @staticmethod
    def initial_for(day: date, vote: int, decided: str) -> dict[str, Any]:
        """`decided`: the words of the decision that this vote has carried, where they are written down."""
        subject = " ".join(decided.split())[:300]
        return {"kind": ResolutionKind.RESOLUTION, "issued_on": day, "vote": vote or "", "subject": subject}


class NumberForm(MeetingForm):
    """Numbers of papers that were written outside; without a last one it is one number."""

    kind = forms.ChoiceField(label="Loại văn bản", choices=[(key, f"{name} ({key})") for key, name in KINDS.items()])
    first = CountField(label="Số, hoặc từ số", least=1)
    last = CountField(label="Đến số (nếu nhiều văn bản)", least=1, required=False)
    subject = LongLine(label="Trích yếu", max_length=300, required=False)
    dated = forms.DateField(label="Ngày văn bản", widget=DateInput, required=False)
    layout = ("key", "kind", side_by_side("first", "last", "dated"), "subject")

    def clean_dated(self) -> Any:
        day = self.cleaned_data["dated"]
        if day is not None and day.year < 2000:
            raise forms.ValidationError("Ngày văn bản không hợp lý. Xin kiểm tra lại năm.")
        return day


class InvitationForm(HouseForm):
    """Who is invited; without a name there is room to write it."""

    name = Line(label="Họ và tên đại biểu, khách mời", max_length=130, required=False)
    position = Line(label="Chức vụ, đơn vị", max_length=160, required=False)
    layout = (side_by_side("name", "position"),)


class SeenForm(MeetingForm):
    """The paper that the signer has read."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class StepForm(MeetingForm):
    """The next step in the life of a resolution."""

    state = forms.ChoiceField(label="Bước", widget=forms.RadioSelect)
    text = Lines(label="Kết quả, đánh giá", rows=3, max_length=600, required=False)

    def __init__(self, *args: Any, steps: list[ResolutionState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(step.value, step.label) for step in steps]  # type: ignore[attr-defined]
