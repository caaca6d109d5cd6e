"""What the forms of a meeting share: people and moments as fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from members.forming import PressForm as MeetingForm
from members.widgets import DateTimeInput

__all__ = ["ClockField", "MeetingForm", "MomentField", "PersonField"]

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from members.models import Member


class PersonField(forms.TypedChoiceField):
    """One of the people given; cleans to the person, or None when nobody was chosen."""

    def __init__(self, people: Iterable[Member], **kwargs: Any) -> None:
        self.people = {str(person.pk): person for person in people}
        empty = kwargs.pop("nobody", "— chưa chọn —")
        choices = [("", empty), *((pk, str(person)) for pk, person in self.people.items())]
        super().__init__(choices=choices, coerce=self.people.get, empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "pk", value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A form begins with the person, and sends their key."""
        return super().has_changed(str(self.prepare_value(initial) or ""), data)


class ClockField(forms.TimeField):
    """A time of the evening, as on the clock on the wall."""

    widget = forms.TimeInput(attrs={"type": "time"})
    default_error_messages: ClassVar = {"invalid": "Giờ ghi dạng 19:30."}


class MomentField(forms.DateTimeField):
    """When a meeting begins or ends: in a year that a guideline of ours can know."""

    widget = DateTimeInput

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value is not None and not 2018 <= value.year <= 2100:
            raise forms.ValidationError("Năm phải từ 2018 đến 2100. Xin kiểm tra lại năm.")
