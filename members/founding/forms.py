"""A list of bodies as the page takes it."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div

from members.forms import DayField
from members.founding.columns import BODIES
from members.founding.plan import Asked
from members.importing.forms import TableForm


class BodiesForm(TableForm):
    """`asked` once it is valid."""

    SORT = BODIES
    NEEDED = "Chưa biết cột nào là tên tổ chức. Xin chọn ở phần Các cột."

    standing_from = DayField(label="Bí thư sinh hoạt tại chi bộ từ ngày, cho dòng không ghi", required=False)
    post_from = DayField(label="Bí thư giữ chức vụ từ ngày, cho dòng không ghi", required=False)
    layout: tuple[Any, ...] = (
        "text",
        "file",
        Div("standing_from", "post_from", css_class="form-row"),
        "key",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = (
            "Chép các ô trong Excel rồi dán vào đây, kể cả dòng tiêu đề: tên, loại, trực thuộc; có thì thêm bí thư. "
            "Hoặc ghi mỗi dòng một tên, ví dụ Chi bộ Tổ dân phố 1."
        )

    @property
    def asked(self) -> Asked:
        assert self.reading is not None  # noqa: S101  (a valid form has read its list)
        return Asked(self.reading, self.cleaned_data["standing_from"], self.cleaned_data["post_from"])
