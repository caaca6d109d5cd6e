"""The shape of what is asked about settings and days off."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from critique.cycle.forms import DayField
from critique.models.keeping import Subject
from meetings.forms.base import MeetingForm, side_by_side
from meetings.forms.rules import PaperDayField
from members.fields import Line


class SettingForm(MeetingForm):
    subject = forms.ChoiceField(label="Quy định về", choices=Subject.choices)
    figures = Line(
        label="Mức",
        max_length=40,
        required=False,
        help_text="Số bản (ví dụ 3), hoặc số ngày cách nhau bằng dấu phẩy (ví dụ 30, 60, 90). Căn cứ thì để trống.",
    )
    document = Line(
        label="Số, ký hiệu văn bản đã quy định",
        max_length=120,
        error_messages={"required": "Quy định riêng phải ghi theo văn bản nào."},
    )
    document_date = PaperDayField(label="Ngày văn bản")
    starts_on = PaperDayField(label="Áp dụng từ ngày")
    layout = (side_by_side("subject", "figures"), side_by_side("document", "document_date", "starts_on"), "key")


class EndForm(MeetingForm):
    ends_on = PaperDayField(label="Áp dụng đến hết ngày")


class DayOffForm(MeetingForm):
    day = DayField(label="Ngày nghỉ", initial=timezone.localdate)
    name = Line(label="Tên ngày nghỉ", max_length=80, help_text="Ví dụ Tết Nguyên đán, nghỉ bù Quốc khánh.")
    layout = (side_by_side("day", "name"), "key")
