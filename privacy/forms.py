"""The shape of what is asked about requests, consent and destruction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from critique.letters.forms import LONGEST, AnswerForm
from meetings.forms.base import MeetingForm, PersonField
from members.fields import Lines
from privacy.data_notice import ASKED
from privacy.models import Outcome, Purpose, Right

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.models import Member
    from privacy.retention import Due


class RequestForm(MeetingForm):
    """About oneself, or, with `people`, entered for one of them."""

    right = forms.ChoiceField(label="Đề nghị", choices=Right.choices)
    words = Lines(
        label="Dữ liệu nào, vì sao",
        max_length=LONGEST,
        required=False,
        rows=4,
        help_text="Sửa, xoá, hạn chế thì cần ghi; xem hoặc nhận bản sao thì để trống được.",
    )

    def __init__(self, *args: Any, people: list[Member] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ["right", "words", "key"]
        if people is not None:
            self.fields["member"] = PersonField(people, label="Người đề nghị")
            names.insert(0, "member")
        self.order_fields(names)
        self.helper.layout.fields = names


class OutcomeForm(AnswerForm):
    outcome = forms.ChoiceField(label="Kết quả", choices=[("", "— chọn —"), *Outcome.choices])
    words = Lines(
        label="Đã làm gì", max_length=LONGEST, rows=4, help_text="Không thực hiện, hoặc chỉ một phần, thì ghi căn cứ."
    )
    layout = ("outcome", "words", "key")


class ConsentForm(MeetingForm):
    """A tick for each thing that is not agreed to yet; none of them is ticked."""

    def __init__(self, *args: Any, asked: Collection[Purpose], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in asked:
            words = ASKED.get(purpose.value, "Tôi đã đọc thông báo này.")
            self.fields[purpose.value] = forms.BooleanField(label=words, required=False)
        self.helper.layout.fields = [*(purpose.value for purpose in asked), "key"]

    @property
    def ticked(self) -> list[str]:
        return [name for name, value in self.cleaned_data.items() if value is True]


class PurposeForm(MeetingForm):
    purpose = forms.ChoiceField(choices=Purpose.choices)


class ProposeForm(MeetingForm):
    """Which of the texts that are due; all are chosen at first."""

    reason = Lines(label="Lý do", max_length=2000, rows=2, initial="Đã hết thời hạn lưu trên phần mềm.")
    filed = forms.BooleanField(
        label="Bản giấy của những mục này đã lưu hồ sơ, hoặc không cần lưu",
        error_messages={"required": "Chỉ huỷ nội dung khi bản giấy đã lưu hồ sơ."},
    )

    def __init__(self, *args: Any, due: Due, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"] = forms.MultipleChoiceField(
            label="Những mục đến hạn",
            choices=[(one.key, str(one)) for one in due.rows],
            initial=[one.key for one in due.rows],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Xin chọn ít nhất một mục."},
        )
        self.order_fields(["rows", "reason", "filed", "key"])
        self.helper.layout.fields = ["rows", "reason", "filed", "key"]
