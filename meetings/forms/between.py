"""The shape of what is typed between two meetings: a matter for the next agenda, its answer, the day that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Div, Layout
from django import forms

from meetings.actions.planning import OWN_MINUTES
from meetings.forms.base import MeetingForm, PersonField
from meetings.forms.programme import FixedDayField, TimeInput
from meetings.models import DayWay, MatterState, MeetingDay, Nth
from meetings.wording import WEEKDAYS, screen_moment
from members.fields import Line, Lines
from members.forming import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meetings.models import Meeting
    from members.models import Member

ANSWERS = (
    (MatterState.TAKEN.value, "Đưa vào chương trình một buổi đang chuẩn bị"),
    (MatterState.LATER.value, "Để buổi sau"),
    (MatterState.DECLINED.value, "Không đưa vào"),
)


class MatterForm(MeetingForm):
    text = Lines(label="Nội dung đề nghị đưa ra sinh hoạt", max_length=2000)

    def __init__(self, *args: Any, people: list[Member] | None = None, **kwargs: Any) -> None:
        """`people`: for whom whoever types may enter it, beside themselves."""
        super().__init__(*args, **kwargs)
        if people:
            self.fields["member"] = PersonField(people, label="Đề xuất của", required=False, nobody="Tôi")
        self.helper.layout = Layout(*self.fields)


class MatterAnswerForm(MeetingForm):
    answer = forms.ChoiceField(label="Trả lời", choices=ANSWERS, widget=forms.RadioSelect)
    minutes = forms.IntegerField(label="Số phút", min_value=1, max_value=480, initial=OWN_MINUTES, required=False)
    reason = Lines(
        label="Lý do",
        rows=2,
        max_length=2000,
        required=False,
        help_text="Người đề xuất đọc được. Không đưa vào thì cần nêu lý do.",
    )

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {str(row.pk): row for row in meetings}
        choices = [(pk, f"{row}, {screen_moment(row.starts_at)}") for pk, row in known.items()]
        self.fields["meeting"] = forms.TypedChoiceField(
            label="Buổi sinh hoạt",
            choices=[*([] if len(choices) == 1 else [("", "— chọn buổi —")]), *choices],
            coerce=known.get,
            empty_value=None,
            required=False,
        )
        if not known:
            self.fields["answer"].choices = ANSWERS[1:]  # type: ignore[attr-defined]
            del self.fields["meeting"], self.fields["minutes"]
        asked = [Div(side_by_side("meeting", "minutes"), css_class="if-taken")] if known else []
        self.helper.layout = Layout("key", "answer", *asked, "reason")


class MeetingDayForm(MeetingForm):
    way = forms.ChoiceField(label="Họp vào", choices=DayWay.choices, widget=forms.RadioSelect, initial=DayWay.DAY)
    day = FixedDayField(label="Ngày", required=False)
    nth = forms.TypedChoiceField(
        label="Lần thứ", choices=[("", "—"), *Nth.choices], coerce=int, empty_value=None, required=False
    )
    weekday = forms.TypedChoiceField(
        label="Thứ", choices=[("", "—"), *enumerate(WEEKDAYS)], coerce=int, empty_value=None, required=False
    )
    time = forms.TimeField(label="Giờ", widget=TimeInput, error_messages={"invalid": "Ghi giờ như 19:00."})
    place = Line(label="Địa điểm", max_length=160)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "key",
            "way",
            Div("day", css_class="only-day"),
            Div(side_by_side("weekday", "nth"), css_class="only-weekday"),
            side_by_side("time", "place"),
        )

    def clean(self) -> dict[str, Any]:
        """What belongs to the other way is left out, whatever stood there."""
        given = self.cleaned_data
        of_day, of_week = ("day",), ("weekday", "nth")
        asked, other = (of_day, of_week) if given.get("way") == DayWay.DAY else (of_week, of_day)
        for name in asked:
            if given.get(name) is None and name not in self.errors:
                self.add_error(name, "Chọn ngày từ 1 đến 28." if name == "day" else "Xin chọn.")
        return {**given, **dict.fromkeys(other)}

    @staticmethod
    def initial_for(rule: MeetingDay) -> dict[str, Any]:
        return {name: getattr(rule, name) for name in ("way", "day", "nth", "weekday", "time", "place")}


class PressedDayForm(MeetingForm):
    day = forms.DateField()
