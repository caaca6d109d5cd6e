"""The shape of a rubric as it is typed in from its document."""

from __future__ import annotations

from django import forms

from critique.cycle.models import FORM_CHOICES
from meetings.forms.base import side_by_side
from meetings.forms.rules import PaperForm
from members.fields import Lines


class RubricForm(PaperForm):
    kind = forms.ChoiceField(label="Mẫu", choices=FORM_CHOICES)
    lines = Lines(
        label="Biểu điểm: mỗi dòng “mã | nội dung | điểm”",
        rows=10,
        max_length=20_000,
        help_text="Mã bắt đầu bằng 1 thuộc nhóm chung (30 điểm), bằng 2 thuộc nhóm kết quả nhiệm vụ (70 điểm).",
    )
    layout = ("kind", side_by_side("document", "document_date", "starts_on"), "lines")
