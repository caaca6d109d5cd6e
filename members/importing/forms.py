"""A list of members as the page takes it: pasted or as a file, and what its columns are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from crispy_forms.layout import Div
from django import forms

from members.fields import unmarked
from members.forming import PressForm
from members.forms import SINCE, TOO_LONG, DayField, NewMemberForm
from members.importing.columns import MEMBERS, Reading, Sort
from members.importing.plan import Asked
from members.importing.tables import MAX_COLUMNS, MAX_ROWS, as_text, read_text, read_upload
from members.models import TenureKind
from members.refusal import Refused
from members.text import thousands

MAX_TEXT = 1_500_000  # letters; five thousand rows are some three hundred thousand


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list, to be chosen anew."""

    number: int
    sample: str
    chosen: str

    @property
    def name(self) -> str:
        return f"column_{self.number}"


class Pasted(forms.CharField):
    """As it was pasted: a tab or a space at its front is an empty cell."""

    def to_python(self, value: Any) -> str:
        return unmarked((super().to_python(value) or "").replace("\0", ""))


class TableForm(PressForm):
    """A list of some sort. A file is put into the box as text: so it stays, and can be mended there."""

    SORT: ClassVar[Sort] = MEMBERS
    NEEDED: ClassVar[str] = "Chưa biết cột nào là họ và tên. Xin chọn ở phần Các cột."

    text = Pasted(
        label="Danh sách",
        required=False,
        strip=False,
        max_length=MAX_TEXT,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off", "wrap": "off"}),
        help_text="Chép các ô trong Excel rồi dán vào đây, kể cả dòng tiêu đề; hoặc ghi mỗi dòng một họ tên.",
    )
    file = forms.FileField(
        label="Hoặc chọn tệp Excel (.xlsx), CSV",
        required=False,
        allow_empty_file=True,
        help_text=f"Không quá 2 MB, {thousands(MAX_ROWS)} dòng.",
    )
    skip = forms.BooleanField(label="Bỏ qua các dòng chưa thêm được", required=False)

    reading: Reading | None = None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "text" not in given or "file" not in given:
            return given
        try:
            self.reading = self._read()
        except Refused as refused:
            self.add_error(refused.field or "text", refused.sentence)
            return given
        named = [field for field in self.reading.columns if field]
        if self.SORT.needs not in named:
            self.add_error(None, self.NEEDED)
        elif twice := next((field for field in named if named.count(field) > 1), None):
            self.add_error(None, f"Hai cột cùng là “{self.SORT.fields[twice]}”. Xin chọn lại ở phần Các cột.")
        return given

    def _read(self) -> Reading:
        upload, text = self.cleaned_data["file"], self.cleaned_data["text"]
        if upload:
            table = read_upload(upload)
            sent: Any = self.data
            self.data = again = sent.copy()
            again["text"] = as_text(table)
        elif text.strip():
            table = read_text(text)
        else:
            raise Refused("Xin dán danh sách vào ô này, hoặc chọn một tệp.")
        width = len(table[0])
        chosen = [self.data.get(f"column_{at}") for at in range(width)]
        told = not upload and self.data.get("width") == str(width) and None not in chosen
        known = [str(one) if one in self.SORT.fields else "" for one in chosen] if told else None
        return Reading.of(table, known, self.SORT)

    @property
    def columns(self) -> list[Column]:
        if self.reading is None:
            return []
        return [Column(at, self.reading.sample(at), field) for at, field in enumerate(self.reading.columns)][
            :MAX_COLUMNS
        ]

    @property
    def choices(self) -> dict[str, str]:
        return self.SORT.fields


class ListForm(TableForm):
    """`asked` once it is valid."""

    kind = forms.ChoiceField(label="Tư cách, cho dòng không ghi", initial=TenureKind.FULL)
    starts_on = DayField(label="Từ ngày, cho dòng không ghi", required=False, help_text=SINCE)
    layout: tuple[Any, ...] = ("text", "file", Div("kind", "starts_on", css_class="form-row"), "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = NewMemberForm.choices()  # type: ignore[attr-defined]

    def clean_kind(self) -> TenureKind:
        return TenureKind(self.cleaned_data["kind"])

    @property
    def asked(self) -> Asked:
        assert self.reading is not None  # noqa: S101  (a valid form has read its list)
        return Asked(self.reading, self.cleaned_data["kind"], self.cleaned_data["starts_on"])
