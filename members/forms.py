"""The shape of what people type about accounts and members; rules live in the actions."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from members.fields import Line
from members.forming import EMPTY, HouseForm
from members.models import STANDINGS, Member, TenureKind, User
from members.names import proposed_username
from members.widgets import DateInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


LONGEST_PASSWORD = 200
FIRST_YEAR, LAST_YEAR = 1900, 2100
TOO_LONG = "Dài quá: nhiều nhất %(limit_value)d ký tự, đang có %(show_value)d."
SINCE = "Ngày bắt đầu có tư cách này ở chi bộ; đảng viên lâu năm thì không phải hôm nay."
WORDS: dict[str, Any] = {"required": EMPTY, "max_length": TOO_LONG}


class NameField(Line):
    """A person's or an account's name: what cannot be seen on paper is refused."""

    default_error_messages = WORDS

    def to_python(self, value: Any) -> str:
        if any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in str(value or "")):
            raise ValidationError("Có ký tự không nhìn thấy được. Đồng chí hãy xoá đi và gõ lại.", code="odd")
        return super().to_python(value)


class UserNameField(NameField):
    def __init__(self, **kwargs: Any) -> None:
        attrs = {
            "autocapitalize": "none",
            "autocorrect": "off",
            "spellcheck": "false",
            **kwargs.pop("attrs", {}),
        }
        super().__init__(label="Tên đăng nhập", max_length=60, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        return User.normalize_username(super().to_python(value))


class PasswordField(forms.CharField):
    """Spaces stay where they were typed; managers and pasting are welcome."""

    default_error_messages = WORDS

    def __init__(self, *, label: str, autocomplete: str, help_text: str = "") -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "data-password": True})
        super().__init__(label=label, widget=widget, strip=False, max_length=LONGEST_PASSWORD, help_text=help_text)


class DayField(forms.DateField):
    """A day that a living person's file can hold."""

    widget = DateInput
    default_error_messages = {
        "required": "Đồng chí chưa chọn ngày.",
        "invalid": "Không đọc được ngày này. Hãy ghi như 19/05/1980.",
    }

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(f"Năm phải trong khoảng {FIRST_YEAR} đến {LAST_YEAR}.", code="year")


def wrong_days(given: Mapping[str, Any]) -> dict[str, str]:
    """Born, then admitted, then official, and none of it still to come: by field, what is not so."""
    found = {}
    for name in ("born_on", "admitted_on", "official_on"):
        if given.get(name) and given[name] > timezone.localdate():
            found[name] = "Ngày này còn ở phía trước."
    born, admitted, official = (given.get(name) for name in ("born_on", "admitted_on", "official_on"))
    if born and admitted and admitted <= born:
        found["admitted_on"] = "Ngày kết nạp phải sau ngày sinh."
    if born and official and official <= born:
        found["official_on"] = "Ngày chính thức phải sau ngày sinh."
    elif admitted and official and official < admitted:
        found["official_on"] = "Ngày chính thức không thể trước ngày kết nạp."
    return found


def judge_days(form: forms.BaseForm) -> None:
    for name, sentence in wrong_days(form.cleaned_data).items():
        form.add_error(name, sentence)


class PersonForm(HouseForm):
    """What the cell keeps about a person."""

    full_name = NameField(label="Họ và tên", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    born_on = DayField(label="Ngày sinh", required=False)
    admitted_on = DayField(label="Ngày kết nạp", required=False)
    official_on = DayField(label="Ngày chính thức", required=False)
    has_device = forms.BooleanField(
        label="Dùng máy riêng",
        required=False,
        initial=True,
        help_text="Bỏ chọn nếu đồng chí cần bản in và người nhập thay.",
    )
    told_by = NameField(
        label="Dấu phân biệt",
        required=False,
        max_length=20,
        help_text="Chi bộ có người trùng họ tên. Ví dụ A, tổ 2; để trống thì ghi năm sinh.",
    )
    layout: tuple[Any, ...] = (
        "full_name",
        "told_by",
        Div("born_on", "admitted_on", "official_on", css_class="form-row"),
        "has_device",
    )
    PERSON = ("full_name", "born_on", "admitted_on", "official_on", "has_device", "told_by")

    def __init__(self, *args: Any, shares_name: bool = False, **kwargs: Any) -> None:
        """`told_by` is asked only of somebody who shares a name."""
        super().__init__(*args, **kwargs)
        if not shares_name:
            del self.fields["told_by"]
            self.helper.layout = Layout(*(one for one in self.layout if one != "told_by"))

    def clean(self) -> dict[str, Any]:
        judge_days(self)
        return self.cleaned_data

    @property
    def person(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.PERSON if name in self.cleaned_data}

    @classmethod
    def initial_for(cls, member: Member) -> dict[str, Any]:
        return {name: getattr(member, name) for name in cls.PERSON}


class StandingForm(HouseForm):
    """A standing and the first day on which it holds."""

    kind = forms.ChoiceField(label="Tư cách", error_messages={"required": "Đồng chí chưa chọn tư cách."})
    starts_on = DayField(label="Từ ngày", initial=timezone.localdate)
    layout: tuple[Any, ...] = (Div("kind", "starts_on", css_class="form-row"),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = self.kinds()  # type: ignore[attr-defined]

    def kinds(self) -> list[tuple[str, Any]]:
        return [("", "— chọn tư cách —"), *((kind.value, kind.label) for kind in STANDINGS)]

    def clean_kind(self) -> TenureKind:
        return TenureKind(self.cleaned_data["kind"])


class ChangedStandingForm(StandingForm):
    """Of a member who is there. Whether the cell may be left without a leader is asked only where it would be."""

    knowing = forms.BooleanField(label="Tôi biết và vẫn ghi như vậy", required=False)

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if field == "knowing":
            self.helper.layout.append("knowing")


class NewMemberForm(PersonForm, StandingForm):
    """A person and the standing with which they come into the cell."""

    layout: tuple[Any, ...] = (
        "full_name",
        Div("born_on", "admitted_on", "official_on", css_class="form-row"),
        Div("kind", "starts_on", css_class="form-row"),
        "has_device",
    )
    field_order = ("full_name", "born_on", "admitted_on", "official_on", "kind", "starts_on", "has_device")
    starts_on = DayField(label="Từ ngày", help_text=SINCE)  # asked for: of most who are entered it is long ago

    def kinds(self) -> list[tuple[str, Any]]:
        return self.choices()

    @staticmethod
    def choices() -> list[tuple[str, Any]]:
        return [(kind.value, kind.label) for kind in STANDINGS if kind != TenureKind.LEFT]


class UserNameForm(HouseForm):
    """The name with which a member will sign in, proposed from the full name."""

    username = UserNameField(attrs={"autocomplete": "off"}, min_length=3)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, initial={"username": proposed_username(member.full_name)}, **kwargs)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if not all(char.isascii() and (char.isalnum() or char in "._-") for char in username):
            raise ValidationError("Chỉ dùng chữ không dấu, chữ số, dấu chấm và gạch.", code="letters")
        return username
