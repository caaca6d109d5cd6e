"""The shape of what is asked about one remedy: entering, arranging, reporting, a check, closing, linking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from critique.cycle.forms import DayField
from critique.lifecycle import FOUND, Remedying
from critique.remedies.models import LONGEST, Remedy, Source
from meetings.forms.base import MeetingForm, PersonField
from meetings.models import Meeting
from members.fields import Lines
from members.forming import side_by_side
from members.roster import people_today

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Member

WHOLE_CELL = "cell"
PROMPTS = {
    "shortcoming": ("Hạn chế, khuyết điểm", "Việc gì, khi nào, ảnh hưởng đến ai."),
    "cause": ("Nguyên nhân", "Nêu cả phần chủ quan."),
    "measure": ("Biện pháp khắc phục", "Làm gì cụ thể, ai cùng làm."),
    "finished_when": ("Thế nào là đã khắc phục", "Kết quả nhìn thấy, kiểm chứng được."),
}


def text(name: str, *, required: bool = False) -> Lines:
    label, prompt = PROMPTS[name]
    return Lines(label=label, help_text=prompt, max_length=LONGEST, required=required, rows=3)


class RowField(forms.TypedChoiceField):
    """One of the rows given; cleans to the row, or None."""

    def __init__(self, rows: Iterable[tuple[Any, str]], *, empty: str, **kwargs: Any) -> None:
        known = [(str(row.pk), row, words) for row, words in rows]
        self.rows = {key: row for key, row, _ in known}
        choices = [("", empty), *((key, words) for key, _, words in known)]
        super().__init__(choices=choices, coerce=self.rows.get, empty_value=None, **kwargs)


class EnterForm(MeetingForm):
    """A member enters for themselves; the committee chooses whom it is about."""

    source = forms.ChoiceField(label="Nguồn", choices=Source.choices, initial=Source.OPINION.value)
    shortcoming = text("shortcoming", required=True)
    cause = text("cause")
    measure = text("measure")
    finished_when = text("finished_when")
    due_on = DayField(label="Thời hạn", required=False)
    layout = ()

    def __init__(self, *args: Any, people: list[Member], me: Member | None, leads: bool, **kwargs: Any) -> None:
        self.me, self.leads = me, leads
        super().__init__(*args, **kwargs)
        self.fields["helper"] = PersonField(people, label="Đồng chí giúp đỡ, theo dõi", required=False)
        if leads:
            choices = [("", "— chọn —"), (WHOLE_CELL, "Cả chi bộ")]
            choices += [(str(person.pk), str(person)) for person in people]
            self.people = {str(person.pk): person for person in people}
            self.fields["about"] = forms.ChoiceField(label="Của ai", choices=choices)
        order = (["about"] if leads else []) + ["source", "shortcoming", "cause", "measure", "finished_when"]
        self.order_fields([*order, "helper", "due_on", "key"])
        self.helper.layout.fields = [*order, side_by_side("helper", "due_on"), "key"]

    @property
    def told(self) -> dict[str, Any]:
        """What the action takes."""
        chosen = self.cleaned_data.get("about")
        about = self.me if chosen is None else self.people.get(chosen)
        return {**self.cleaned_data, "about": about}


class ArrangeForm(MeetingForm):
    """Helper, day, and what is still blank; what is written has no field."""

    due_on = DayField(label="Thời hạn", required=False)

    def __init__(self, *args: Any, remedy: Remedy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [person for person in people_today(remedy.cell) if person.pk != remedy.about_id]
        self.fields["helper"] = PersonField(people, label="Đồng chí giúp đỡ, theo dõi", required=False)
        blank = [name for name in PROMPTS if not getattr(remedy, name)]
        for name in blank:
            self.fields[name] = text(name)
        self.helper.layout.fields = [side_by_side("helper", "due_on"), *blank, "key"]
        self.over({"due_on": remedy.due_on, "helper": remedy.helper_id, **dict.fromkeys(blank, "")})


class ReportForm(MeetingForm):
    state = forms.ChoiceField(
        label="Đến đâu rồi", choices=[(state.value, state.label) for state in (Remedying.GOING, Remedying.DONE)]
    )
    words = Lines(label="Đã làm được gì, còn vướng gì", max_length=LONGEST)
    layout = ("state", "words", "key")


class WithMeeting(MeetingForm):
    def __init__(self, *args: Any, meetings: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(row, f"{row.title}, {row.day:%d/%m/%Y}") for row in meetings]
        empty = "— không gắn với buổi họp —"
        self.fields["meeting"] = RowField(rows, empty=empty, label="Buổi họp đã xem xét", required=False)
        self.order_fields(["found", "meeting", "words", "key"])
        self.helper.layout.fields = list(self.fields)


class CheckForm(WithMeeting):
    found = forms.ChoiceField(
        label="Kết quả", choices=[("", "— chọn —"), *((state.value, state.label) for state in FOUND)]
    )
    words = Lines(label="Căn cứ", max_length=LONGEST, help_text="Đã thấy gì: sản phẩm, số liệu, ý kiến của ai.")


class CloseForm(WithMeeting):
    words = Lines(label="Minh chứng", max_length=LONGEST, help_text="Căn cứ để kết luận đã khắc phục.")


class ReopenForm(MeetingForm):
    words = Lines(label="Vì sao mở lại", max_length=LONGEST)
    layout = ("words", "key")


class LinkForm(MeetingForm):
    def __init__(self, *args: Any, earlier: list[Remedy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(row, f"{timezone.localtime(row.entered_at):%d/%m/%Y}: {row.shortcoming[:80]}") for row in earlier]
        self.fields["earlier"] = RowField(rows, empty="— chọn —", label="Tái diễn từ việc")
        self.helper.layout.fields = ["earlier", "key"]
