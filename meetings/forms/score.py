"""The shape of what is typed on a score sheet: a figure and a reason for every line, by code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from meetings.actions.scoring import WANTS_CONFIRMED_REASON, WANTS_REASON
from meetings.forms.base import MeetingForm, PersonField
from meetings.wording import points
from members.fields import CountField, Line, Lines
from members.forming import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from meetings.models import ScoreLine
    from meetings.scored import Scored
    from members.models import Member


class PointsField(forms.DecimalField):
    """ "4,5" as people here write it, or "4.5"."""

    widget = forms.TextInput

    def __init__(self, most: int, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=most, max_digits=4, decimal_places=1, required=False, **kwargs)
        sentence = f"Ghi số điểm từ 0 đến {most}, như 4 hoặc 4,5."
        self.error_messages["invalid"] = sentence
        for validator in self.validators:
            validator.message = sentence  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else points(value)


class LinesForm(MeetingForm):
    """`points_4.1` and `reason_4.1` for every line that the sheet has; a frame without points has words only."""

    def __init__(self, *args: Any, found: Scored, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        for line in found.lines:
            most = found.most(line.code)
            if most is not None:
                self.fields[f"points_{line.code}"] = PointsField(most, label=f"Điểm mục {line.code}")
            self.fields[f"reason_{line.code}"] = Line(label=f"Lý do mục {line.code}", max_length=300, required=False)
            self.initial = {**self.initial, **self.start_from(line)}

    def start_from(self, line: ScoreLine) -> dict[str, Any]:
        raise NotImplementedError

    def lacks_reason(self, line: ScoreLine, given: Decimal, most: int) -> str:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Every line that still wants a reason is named at once; the action asks again, one by one."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for line in self.found.lines:
            most, given = self.found.most(line.code), data.get(f"points_{line.code}")
            if most is None or given is None or data.get(f"reason_{line.code}", "-"):
                continue
            if sentence := self.lacks_reason(line, given, most):
                self.add_error(f"reason_{line.code}", sentence)
        return data

    @property
    def lines(self) -> dict[str, tuple[Decimal | None, str]]:
        """What the actions take: points and reason by code."""
        data = self.cleaned_data
        return {line.code: (data.get(f"points_{line.code}"), data[f"reason_{line.code}"]) for line in self.found.lines}


class GiveForm(LinesForm):
    """The committee's sheet: prefilled with its own figures, and where it has none yet with what the record says."""

    base = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
    weak_points = Lines(label="Hạn chế và cách khắc phục", max_length=3000, required=False, rows=2)

    def __init__(self, *args: Any, people: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sheet = self.found.sheet
        self.fields["follower"] = PersonField(
            people, label="Đồng chí được cử theo dõi, chấm điểm", required=False, nobody="— không cử —"
        )
        own = {"weak_points": sheet.weak_points, "follower": sheet.follower_id, "base": sheet.rev}
        self.initial = {**self.initial, **own}

    def start_from(self, line: ScoreLine) -> dict[str, Any]:
        figure = line.proposed if line.points is None else line.points
        return {f"points_{line.code}": figure, f"reason_{line.code}": line.reason}

    def lacks_reason(self, line: ScoreLine, given: Decimal, most: int) -> str:
        return WANTS_REASON if line.wants_reason(given, most) else ""


class ConfirmForm(LinesForm):
    """The superior committee's: prefilled with what the cell's committee gave."""

    def start_from(self, line: ScoreLine) -> dict[str, Any]:
        return {f"points_{line.code}": line.points, f"reason_{line.code}": line.confirmed_reason}

    def lacks_reason(self, line: ScoreLine, given: Decimal, most: int) -> str:
        return WANTS_CONFIRMED_REASON if line.wants_confirmed_reason(given, most) else ""


class SheetVoteForm(MeetingForm):
    """The count of one vote; what it is about is the sheet."""

    in_favour = CountField(label="Tán thành")
    against = CountField(label="Không tán thành", initial=0)
    other = CountField(label="Ý kiến khác", initial=0)
    layout = ("key", side_by_side("in_favour", "against", "other"))
