"""The shape of a year's programme as it is typed: the table as one form and its beginning."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html, format_html_join

from meetings.actions.programme import FIELDS, USUAL, Overtaken, Typed, plain
from meetings.forms.base import MeetingForm, PersonField
from meetings.models import Kind
from members.fields import Line, LongLine
from members.forming import side_by_side
from members.widgets import DateInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.utils.safestring import SafeString

    from meetings.models import MeetingDay, Programme, ProgrammeLine
    from members.models import Member

YEARS = range(2018, 2101)
KINDS = [(kind.value, kind.label) for kind in (Kind.REGULAR, Kind.THEMATIC, Kind.COMBINED)]
MONTHS = [(month, f"Tháng {month}") for month in range(1, 13)]
LAST_FIXED_DAY = 28
_OFFERED = '<option value="{}">{}</option>'
_CHOSEN = '<option value="{}" selected>{}</option>'


def _long(limit: int) -> dict[str, str]:
    return {"max_length": f"Dài quá: nhiều nhất {limit} ký tự, đang có %(show_value)d."}


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class PeopleSelect(forms.Select):
    """A list of people, written out at once: a year's table holds some fifty of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value) if value is not None else ""
        lines = (format_html(_CHOSEN if str(pk) == chosen else _OFFERED, pk, words) for pk, words in self.choices)
        options = format_html_join("", "{}", ((line,) for line in lines))
        given = {**self.attrs, **(attrs or {})}
        marks = format_html_join("", ' {}="{}"', ((key, mark) for key, mark in given.items() if mark is not False))
        return format_html('<select name="{}"{}>{}</select>', name, marks, options)


class FixedDayField(forms.IntegerField):
    """A day that every month has."""

    def __init__(self, **kwargs: Any) -> None:
        words = f"Chọn ngày từ 1 đến {LAST_FIXED_DAY}, để tháng nào cũng có ngày ấy."
        said = {"min_value": words, "max_value": words, "invalid": words}
        super().__init__(min_value=1, max_value=LAST_FIXED_DAY, error_messages=said, **kwargs)


class LayOutForm(MeetingForm):
    fixed_day = FixedDayField(label="Ngày sinh hoạt thường kỳ hằng tháng", initial=3)
    usual_time = forms.TimeField(
        label="Giờ thường lệ", widget=TimeInput, error_messages={"invalid": "Ghi giờ như 19:00."}
    )
    usual_place = Line(label="Địa điểm thường lệ", max_length=160, error_messages=_long(160))
    thematic_day = FixedDayField(
        label="Ngày sinh hoạt chuyên đề",
        required=False,
        help_text="Để trống nếu chưa định ngày.",
    )
    layout = ("key", side_by_side("fixed_day", "thematic_day"), side_by_side("usual_time", "usual_place"))

    def __init__(self, *args: Any, rule: MeetingDay | None = None, **kwargs: Any) -> None:
        """`rule`: the day that the cell keeps; a weekday of the month is taken where no day is typed."""
        super().__init__(*args, **kwargs)
        if rule is None:
            return
        self.initial = {"fixed_day": rule.day, "usual_time": rule.time, "usual_place": rule.place, **self.initial}
        if rule.day is None:
            self.fields["fixed_day"].required = False
            self.fields["fixed_day"].help_text = f"Để trống thì theo ngày chi bộ đã ghi: {rule}."

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class LineForm(forms.Form):
    """One row of the table. `theirs` holds what somebody else has saved there since the page was opened."""

    day = forms.DateField(label="Ngày", required=False, widget=DateInput)
    topic = LongLine(label="Nội dung trọng tâm, chuyên đề", max_length=300, required=False, error_messages=_long(300))
    drop = forms.BooleanField(label="Bỏ", required=False)

    def __init__(self, data: Any, *, line: ProgrammeLine, people: list[Member]) -> None:
        self.line = line
        self.theirs: dict[str, str] = {}
        self.standing = {name: getattr(line, name) for name in FIELDS}
        prefix = f"line-{line.pk}"
        sent = data is not None and f"{prefix}-topic" in data
        super().__init__(data if sent else None, prefix=prefix, initial=self.standing, use_required_attribute=False)
        for name, label in (("preparer", "Chuẩn bị"), ("presenter", "Trình bày"), ("self_critic", "Tự phê bình")):
            if name != "self_critic" or line.has_criticism:
                self.fields[name] = PersonField(people, label=label, required=False, nobody="—", widget=PeopleSelect)
        year = line.programme.year
        last = monthrange(year, line.month)[1]
        self.fields["day"].widget.attrs |= {
            "min": f"{year}-{line.month:02d}-01",
            "max": f"{year}-{line.month:02d}-{last}",
        }
        self.fields["day"].error_messages["invalid"] = f"Không có ngày này. Ghi như 05/{line.month:02d}/{year}."
        for name, fld in self.fields.items():
            classes = {"drop": "form-check-input", "day": "form-control", "topic": "form-control"}
            fld.widget.attrs |= {
                "class": classes.get(name, "form-select"),
                "aria-label": f"{fld.label}: {line.get_kind_display().lower()} tháng {line.month}",
            }

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        year, month = self.line.programme.year, self.line.month
        if day is not None and (day.year, day.month) != (year, month):
            raise forms.ValidationError(f"Ngày phải trong tháng {month}/{year}.")
        return day

    @property
    def cells(self) -> dict[str, forms.BoundField]:
        return {name: self[name] for name in self.fields}

    @property
    def lies_open(self) -> bool:
        """On a narrow screen, when a page comes back: what was typed here, what is wrong, what somebody else saved."""
        return self.is_bound and bool(self.errors or self.theirs or self.has_changed())

    @property
    def written(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in FIELDS}


class NewLineForm(forms.Form):
    """One meeting more; without a month there is none."""

    month = forms.TypedChoiceField(
        label="Tháng", choices=[("", "—"), *MONTHS], coerce=int, empty_value=None, required=False
    )
    kind = forms.ChoiceField(label="Loại sinh hoạt", choices=KINDS, initial=Kind.THEMATIC, required=False)
    topic = LongLine(label="Nội dung trọng tâm, chuyên đề", max_length=300, required=False, error_messages=_long(300))

    def __init__(self, data: Any) -> None:
        sent = data is not None and "new-month" in data
        super().__init__(data if sent else None, prefix="new", use_required_attribute=False)
        for name, fld in self.fields.items():
            fld.widget.attrs["class"] = "form-control" if name == "topic" else "form-select"

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("topic") and not self.cleaned_data.get("month") and "month" not in self.errors:
            self.add_error("month", "Chọn tháng cho buổi thêm.")
        return self.cleaned_data


class ProgrammeForm(MeetingForm):
    """The whole table: what a page did not send stays as it stands."""

    base = forms.IntegerField(min_value=0, max_value=2**31, required=False, widget=forms.HiddenInput)
    usual_time = forms.TimeField(
        label="Giờ thường lệ", required=False, widget=TimeInput, error_messages={"invalid": "Ghi giờ như 19:00."}
    )
    usual_place = Line(label="Địa điểm thường lệ", max_length=160, required=False, error_messages=_long(160))
    layout = ("key", "base", side_by_side("usual_time", "usual_place"))
    newer: Overtaken | None = None

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        programme: Programme,
        lines: Sequence[ProgrammeLine],
        people: list[Member],
    ) -> None:
        initial = {"base": programme.version, **{name: getattr(programme, name) for name in USUAL}}
        super().__init__(data, initial=initial)
        for line in lines:
            line.programme = programme
        self.rows = {line.pk: LineForm(data, line=line, people=people) for line in lines if not line.is_planned}
        self.new = NewLineForm(data)

    def is_valid(self) -> bool:
        parts = [row for row in (*self.rows.values(), self.new) if row.is_bound]
        return all([super().is_valid(), *(part.is_valid() for part in parts)])

    @property
    def is_faulty(self) -> bool:
        return bool(self.errors or self.new.errors or self.faulty)

    @property
    def faulty(self) -> list[ProgrammeLine]:
        """The lines with something wrong in them: the page leads to each."""
        return [row.line for row in self.rows.values() if row.errors]

    @property
    def typed(self) -> Typed:
        """What the page sent, for the action; lines that it did not know are left alone."""
        sent = {pk: row for pk, row in self.rows.items() if row.is_bound}
        known = {int(name.split("-")[1]) for name in self.data if _names_a_line(name)}
        rows: dict[int, dict[str, Any]] = {pk: {} for pk in known} | {pk: row.written for pk, row in sent.items()}
        usual = {name: self.cleaned_data[name] for name in USUAL if name in self.data}
        added = self.new.cleaned_data if self.new.is_bound and self.new.cleaned_data.get("month") else None
        return Typed(
            base=self.cleaned_data["base"],
            usual=usual,
            rows=rows,
            added=added and {**added, "kind": added["kind"] or Kind.THEMATIC},
            dropped=[pk for pk, row in sent.items() if row.cleaned_data["drop"]],
        )

    def tell(self, newer: Overtaken) -> None:
        """Beside each field that differs, what is saved now; fields not touched here already follow it."""
        self.newer = newer
        for row in self.rows.values():
            if row.is_bound and row.is_valid():
                for name, value in row.written.items():
                    standing = row.standing[name]
                    if plain(value) != plain(standing):
                        row.theirs[name] = f"{standing:%d/%m/%Y}" if name == "day" and standing else str(standing or "")


def _names_a_line(name: str) -> bool:
    start, _, rest = name.partition("-")
    number = rest.removesuffix("-topic")
    return start == "line" and number != rest and number.isascii() and number.isdigit() and len(number) < 19


def caught_up(data: Any, newer: Overtaken, programme: Programme, lines: Sequence[ProgrammeLine]) -> Any:
    """The same page as if it had been opened now: where nothing was typed, what others have saved since."""
    fresh = data.copy()
    fresh["base"] = str(programme.version)
    rows: dict[int, Any] = {0: programme, **{line.pk: line for line in lines}}
    for (pk, name), before in newer.was.items():
        field = f"line-{pk}-{name}" if pk else name
        if pk in rows and field in fresh and fresh[field] == (before[:5] if name == "usual_time" else before):
            now = plain(getattr(rows[pk], name))
            fresh[field] = now[:5] if name == "usual_time" else now
    return fresh


class MonthForm(MeetingForm):
    """Into which month something is put."""

    month = forms.TypedChoiceField(label="Tháng", choices=MONTHS, coerce=int)
