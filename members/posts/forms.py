"""The shape of what is typed from a decision about a post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Div
from django import forms
from django.utils import timezone

from members.forming import HouseForm
from members.forms import DayField, NameField
from members.models import Member, TenureKind
from members.roles import ON_COMMITTEE

if TYPE_CHECKING:
    from collections.abc import Iterable


IN_CHARGE = "in_charge"


class DocumentForm(HouseForm):
    """Every post is given and ended by a document."""

    document = NameField(label="Theo văn bản số, ký hiệu", max_length=120, help_text="Ví dụ 12-QĐ/ĐU.")
    document_date = DayField(label="Ngày văn bản")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("document_date") and given["document_date"] > timezone.localdate():
            self.add_error("document_date", "Ngày này còn ở phía trước.")
        return given


class PostForm(DocumentForm):
    """What has to be said knowingly is asked only where it is so."""

    knowing = forms.BooleanField(label="Tôi biết và vẫn ghi như vậy", required=False)

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if field == "knowing":
            self.helper.layout.append("knowing")


class GivePostForm(PostForm):
    member = forms.TypedChoiceField(label="Đồng chí", error_messages={"required": "Đồng chí chưa chọn người."})
    kind = forms.ChoiceField(label="Chức vụ", error_messages={"required": "Đồng chí chưa chọn chức vụ."})
    starts_on = DayField(label="Từ ngày")
    layout = (
        Div("member", "kind", css_class="form-row"),
        Div("starts_on", "document", "document_date", css_class="form-row"),
    )

    def __init__(self, *args: Any, people: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        chosen: Any = self.fields["member"]
        chosen.choices = [("", "— chọn —"), *((key, str(one)) for key, one in self.people.items())]
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", "— chọn —"), *((role.value, TenureKind(role).label) for role in ON_COMMITTEE)]
        kinds.choices.insert(3, (IN_CHARGE, "Phó bí thư, phụ trách chi bộ khi khuyết bí thư"))

    def clean_member(self) -> Member:
        return self.people[self.cleaned_data["member"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if kind := given.get("kind"):
            given["in_charge"] = kind == IN_CHARGE
            given["kind"] = TenureKind.DEPUTY if kind == IN_CHARGE else TenureKind(kind)
        return given


class EndPostForm(PostForm):
    ends_on = DayField(label="Giữ chức vụ đến hết ngày")
    layout = (Div("ends_on", "document", "document_date", css_class="form-row"),)
