"""The shape of a source, of a passage, and of what is read at a meeting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from meetings.forms.programme import MONTHS, YEARS
from members.fields import Line, Lines
from members.forming import PressForm, side_by_side
from rulings.forms import PaperDayField
from shelf.actions import Source
from shelf.models import Entry, EntryKind, Seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meetings.models import AgendaItem

FIRST_YEAR = 1848  # nothing that a cell leans on is older


class SourceForm(PressForm):
    """Where something comes from; each kind has its own fields."""

    body = Line(max_length=160)
    seen_by = Line(label="Đồng chí nào đã tận mắt xem", max_length=80)
    seen_as = forms.ChoiceField(label="Đã xem bản nào", choices=Seen.choices, widget=forms.RadioSelect)
    seen_where = Line(
        label="Xem ở đâu", max_length=200, help_text="Nơi lưu bản giấy, tên trang, thư viện. Chưa ai xem thì chưa ghi."
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _BODY[EntryKind(kind)]
        own = {name: field() for name, field in _FIELDS[EntryKind(kind)].items()}
        self.fields |= own
        if kind == EntryKind.DOCUMENT:
            rows: tuple[Any, ...] = ("body", side_by_side("number", "dated_on"), "title")
        else:
            rows = ("body", side_by_side("month", "year")) if kind == EntryKind.BULLETIN else ("body", *own)
        self.helper.layout = Layout("key", *rows, "seen_by", "seen_as", "seen_where")

    @property
    def source(self) -> Source:
        told = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        if "month" in told:
            told["issue_on"] = date(told.pop("year"), told.pop("month"), 1)
        return Source(**told)

    @staticmethod
    def initial_for(entry: Entry) -> dict[str, Any]:
        columns = ("body", "title", "number", "dated_on", "edition", "seen_by", "seen_as", "seen_where")
        month = {"month": entry.issue_on.month, "year": entry.issue_on.year} if entry.issue_on else {}
        return {**{name: getattr(entry, name) for name in columns}, **month}


_BODY = {
    EntryKind.DOCUMENT: "Cơ quan ban hành",
    EntryKind.WORK: "Tác giả",
    EntryKind.BULLETIN: "Nơi phát hành bản tin",
}


def _title(label: str, example: str) -> Line:
    return Line(label=label, max_length=300, help_text=example)


def _year() -> forms.IntegerField:
    said = dict.fromkeys(("min_value", "max_value"), f"Năm phải từ {YEARS[0]} đến {YEARS[-1]}.")
    return forms.IntegerField(label="Năm", min_value=YEARS[0], max_value=YEARS[-1], error_messages=said)


_FIELDS: dict[EntryKind, dict[str, Any]] = {
    EntryKind.DOCUMENT: {
        "number": lambda: Line(label="Số, ký hiệu", max_length=60),
        "dated_on": lambda: PaperDayField(label="Ngày ban hành", first=FIRST_YEAR),
        "title": lambda: _title("Tên loại, trích yếu", "Ví dụ: Chỉ thị về nâng cao chất lượng sinh hoạt chi bộ."),
    },
    EntryKind.WORK: {
        "title": lambda: _title("Tên tác phẩm, bài viết", ""),
        "edition": lambda: Line(
            label="Nhà xuất bản, nơi, năm, tập", max_length=200, help_text="Bài báo: tên báo, số, ngày."
        ),
    },
    EntryKind.BULLETIN: {
        "month": lambda: forms.TypedChoiceField(label="Bản tin của tháng", choices=MONTHS, coerce=int),
        "year": _year,
    },
}


def month_asked(given: str) -> dict[str, int]:
    """Of an address, "2026-12"; this month where it says none."""
    try:
        day = date.fromisoformat(f"{given}-01")
    except ValueError:
        day = timezone.localdate()
    return {"month": day.month, "year": day.year}


class QuotationForm(PressForm):
    words = Lines(
        label="Nguyên văn", rows=4, max_length=4000, help_text="Chép đúng từng chữ, không thêm dấu ngoặc kép."
    )
    place = Line(label="Trang, điểm, khoản", max_length=120, help_text="Ví dụ: mục 2; tập 5, tr. 289.")


class ReadingForm(PressForm):
    """Which entry is read for which item."""

    part = Line(label="Phần cần đọc (nếu không phải toàn bộ)", max_length=120, required=False)

    def __init__(self, *args: Any, items: Iterable[AgendaItem], entries: Iterable[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = {str(item.pk): item for item in items}
        books = {str(entry.pk): entry for entry in entries}
        self.fields["entry"] = _among("Tài liệu trên tủ", books, [(key, one.source) for key, one in books.items()])
        numbered = [(key, f"{number}. {one.title}") for number, (key, one) in enumerate(lines.items(), 1)]
        self.fields["item"] = _among("Cho nội dung nào của chương trình", lines, numbered)
        self.helper.layout = Layout("key", "entry", "item", "part")


def _among(label: str, known: dict[str, Any], choices: list[tuple[str, str]]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=[("", "— chưa chọn —"), *choices], coerce=known.get)
