"""The shape of what is asked on the pages of a review: its days, one person's place in it, a step, a way of reading."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms

from critique.cycle.models import BASIS, FORM_CHOICES, PERSON_FORMS
from meetings.forms.base import MeetingForm, MomentField, PersonField
from members.fields import Line, Lines
from members.forming import HouseForm, side_by_side
from members.widgets import DateInput

if TYPE_CHECKING:
    from critique.cycle.models import Participant
    from members.models import Member


class DayField(forms.DateField):
    widget = DateInput

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and not 2018 <= value.year <= 2100:
            raise forms.ValidationError("Năm phải từ 2018 đến 2100. Xin kiểm tra lại năm.")


class CycleForm(MeetingForm):
    year = forms.IntegerField(label="Kiểm điểm năm", min_value=2018, max_value=2100)
    due_on = DayField(label="Hạn nộp bản kiểm điểm")
    meets_on = DayField(label="Ngày họp kiểm điểm")
    place = Line(label="Địa điểm họp", max_length=200, required=False)
    basis = Lines(
        label="Văn bản căn cứ, mỗi dòng một văn bản",
        rows=4,
        max_length=2000,
        initial=BASIS,
        help_text="Thêm công văn của năm và hướng dẫn của cấp uỷ cấp trên, nếu có.",
    )
    layout = (side_by_side("year", "due_on", "meets_on"), "place", "basis", "key")


class ConferenceForm(MeetingForm):
    """The conference of a review: when, where, who leads it and who writes."""

    starts_at = MomentField(label="Thời gian bắt đầu")
    place = Line(label="Địa điểm", max_length=160, required=False)
    purpose = Lines(label="Mục đích, yêu cầu", max_length=3000, required=False)

    def __init__(self, *args: Any, people: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"] = PersonField(people, label="Chủ trì", required=False)
        self.fields["minute_taker"] = PersonField(people, label="Thư ký (người ghi biên bản)", required=False)
        rows = (side_by_side("starts_at", "place"), side_by_side("chair", "minute_taker"))
        self.helper.layout = Layout("key", *rows, "purpose")


class ParticipantForm(MeetingForm):
    writes = forms.TypedChoiceField(
        label="Viết bản kiểm điểm",
        choices=[("yes", "Có"), ("no", "Không")],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    note = Lines(
        label="Lý do, khi khác với quy định chung",
        max_length=500,
        required=False,
        rows=2,
        help_text="Chi uỷ và đồng chí ấy đọc được; lưu mã hoá.",
    )
    kind = forms.ChoiceField(label="Mẫu", choices=PERSON_FORMS)
    layout = ("writes", "note", "kind", "key")

    def __init__(self, *args: Any, row: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row.of_collective:
            self.fields["kind"] = forms.ChoiceField(label="Mẫu", choices=FORM_CHOICES[:1])
        self.over(self.about(row))

    @staticmethod
    def about(row: Participant) -> dict[str, Any]:
        return {"writes": "yes" if row.writes else "no", "note": row.note, "kind": row.form}


class StepForm(HouseForm):
    """Which step of the table a button takes."""

    move_name = forms.CharField(max_length=10)


class WayForm(HouseForm):
    on_paper = forms.TypedChoiceField(
        choices=[("yes", "Nộp bản giấy"), ("no", "Tự viết")], coerce=lambda value: value == "yes", empty_value=None
    )
