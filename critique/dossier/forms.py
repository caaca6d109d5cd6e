"""The shape of what the committee says of one paper in a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from critique.cycle.forms import DayField
from critique.dossier.models import Filed
from meetings.forms.base import MeetingForm
from members.fields import Lines
from members.forming import side_by_side

if TYPE_CHECKING:
    from critique.dossier.models import DossierEntry


class FileForm(MeetingForm):
    state = forms.ChoiceField(label="Tình trạng", choices=Filed.choices)
    sent_on = DayField(label="Ngày đề nghị", required=False)
    received_on = DayField(label="Ngày nhận", required=False)
    note = Lines(
        label="Ghi chú",
        max_length=500,
        required=False,
        rows=2,
        help_text="Bản giấy để ở đâu, gửi bằng cách nào; lưu mã hoá.",
    )
    layout = ("state", side_by_side("sent_on", "received_on"), "note", "key")

    @staticmethod
    def about(entry: DossierEntry | None) -> dict[str, Any]:
        return {name: getattr(entry, name, None) for name in ("state", "sent_on", "received_on", "note")}
