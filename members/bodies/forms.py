"""The shape of what is typed about a body."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone

from members.bodies.actions import NAMES
from members.forming import HouseForm, PressForm
from members.forms import DayField, NameField
from members.models import Organisation, OrganisationKind
from members.posts.forms import DocumentForm


class BodyForm(HouseForm):
    """What it is called and what its papers say. `named` False: the name is the committee's above to change."""

    name = NameField(label="Tên gọi", max_length=120)
    paper_name = NameField(
        label="Tên trên văn bản", max_length=160, help_text="Viết hoa như trên giấy, ví dụ CHI BỘ VĂN PHÒNG."
    )
    superior_line = NameField(
        label="Dòng cấp trên trên văn bản", max_length=200, required=False, help_text="Ví dụ ĐẢNG BỘ PHƯỜNG HOA SEN."
    )
    place_name = NameField(
        label="Địa danh", max_length=80, required=False, help_text="Ghi trước ngày tháng; ví dụ Hoa Sen."
    )
    symbol = NameField(label="Ký hiệu", max_length=20, help_text="Phần sau số văn bản; ví dụ CB.")
    term_started_on = DayField(
        label="Nhiệm kỳ bắt đầu từ", required=False, help_text="Số văn bản chạy lại từ 01 theo nhiệm kỳ."
    )
    number_minutes = forms.BooleanField(label="Đánh số biên bản", required=False)
    also_below = forms.BooleanField(label="", required=False)
    FIELDS = ("name", "paper_name", "superior_line", "place_name", "symbol", "term_started_on", "number_minutes")

    def __init__(self, *args: Any, body: Organisation, named: bool, below: int = 0, **kwargs: Any) -> None:
        """`below`: how many bodies have this one's name as the line of their superior."""
        super().__init__(*args, **kwargs)
        parts: list[Any] = [*NAMES] if named else []
        for name in () if named else NAMES:
            del self.fields[name]
        if named and below:
            self.fields["also_below"].label = (
                f"Đổi tên trên văn bản thì đổi luôn dòng cấp trên của {below} tổ chức trực thuộc đang ghi "
                f"“{body.paper_name}”"
            )
            parts.append("also_below")
        else:
            del self.fields["also_below"]
        rows = [Div("place_name", "symbol", "term_started_on", css_class="form-row")]
        if body.kind == OrganisationKind.CELL:
            rows.append(Div("number_minutes"))
        else:
            del self.fields["number_minutes"]
            self.fields["symbol"].help_text = "Phần sau số văn bản; ví dụ ĐU."
        self.helper.layout = Layout(*parts, *rows)

    @property
    def columns(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.FIELDS if name in self.cleaned_data}

    @classmethod
    def initial_for(cls, body: Organisation) -> dict[str, Any]:
        return {name: getattr(body, name) for name in cls.FIELDS}


class NewBodyForm(PressForm):
    kind = forms.ChoiceField(
        label="Loại", choices=OrganisationKind.choices, initial=OrganisationKind.CELL, widget=forms.RadioSelect
    )
    name = NameField(
        label="Tên gọi", max_length=120, help_text="Ví dụ Chi bộ Tổ dân phố 3; Đảng uỷ bộ phận Trường học."
    )
    place_name = NameField(
        label="Địa danh", max_length=80, required=False, help_text="Để trống thì lấy như cấp trên trực tiếp."
    )
    layout = ("kind", Div("name", "place_name", css_class="form-row"), "key")

    def clean_kind(self) -> OrganisationKind:
        return OrganisationKind(self.cleaned_data["kind"])


class MoveForm(DocumentForm):
    """The line on its papers is asked for with it: it would go on naming the committee before."""

    to = NameField(
        label="Cấp uỷ cấp trên mới", max_length=240, help_text="Ghi đúng tên gọi, ví dụ Đảng uỷ phường Hoa Sen."
    )
    superior_line = NameField(
        label="Dòng cấp trên trên văn bản, từ nay", max_length=200, help_text="Ví dụ ĐẢNG BỘ PHƯỜNG HOA SEN."
    )
    layout: tuple[Any, ...] = (
        "to",
        "superior_line",
        Div("document", "document_date", css_class="form-row"),
    )


class CloseForm(DocumentForm):
    closed_on = DayField(label="Kết thúc hoạt động từ ngày")
    layout: tuple[Any, ...] = (Div("closed_on", "document", "document_date", css_class="form-row"),)


class FollowerForm(DocumentForm):
    """Who is to follow cells from a committee, on the ground of its decision."""

    full_name = NameField(label="Họ và tên", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    cell = NameField(
        label="Chi bộ đang sinh hoạt trên phần mềm",
        max_length=240,
        required=False,
        help_text="Ghi đúng tên chi bộ. Để trống nếu chi bộ ấy không dùng phần mềm này: cấp uỷ giữ hồ sơ.",
    )
    starts_on = DayField(label="Theo dõi từ ngày")
    layout: tuple[Any, ...] = (
        Div("full_name", "cell", css_class="form-row"),
        Div("starts_on", "document", "document_date", css_class="form-row"),
    )

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày này còn ở phía trước.")
        return day
