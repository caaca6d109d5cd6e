"""The shape of what is asked about letters, requests, consent and destruction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from critique.cycle.forms import DayField
from critique.models.rights import Outcome, Purpose, Right
from critique.models.written import CriticismKind
from critique.notice import ASKED
from critique.remedies.forms import people_of
from meetings.forms.base import MeetingForm, PersonField
from members.fields import Line, Lines
from members.forming import side_by_side

if TYPE_CHECKING:
    from collections.abc import Collection

    from critique.retention import Due
    from critique.writing.models import SelfReview
    from members.models import Member, Organisation

LONGEST = 10_000
TO_THE_CELL = "cell"


class LetterForm(MeetingForm):
    """A member writes in their own name; the committee may choose whose signed paper it enters."""

    kind = forms.ChoiceField(label="Loại", choices=CriticismKind.choices)
    matter = Line(label="Về việc", max_length=200)
    words = Lines(
        label="Nội dung",
        help_text="Việc gì, khi nào, căn cứ vào đâu; đồng chí đề nghị điều gì. Không nêu tin đồn, chuyện đời tư.",
        max_length=LONGEST,
        rows=8,
    )

    def __init__(self, *args: Any, cell: Organisation, me: Member | None, enters: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.me, people = me, people_of(cell)
        self.people = {str(person.pk): person for person in people}
        others = [(key, person.full_name) for key, person in self.people.items() if enters or person != me]
        choices = [("", "— chọn —"), (TO_THE_CELL, "Chi bộ, chi uỷ"), *others]
        self.fields["to"] = forms.ChoiceField(label="Gửi", choices=choices)
        names = ["kind", "to"]
        if enters:
            nobody = "Tôi, gửi từ tài khoản này"
            self.fields["sender"] = PersonField(
                [person for person in people if person != me],
                label="Người gửi",
                required=False,
                nobody=nobody,
                help_text="Chọn tên khi nhập thay từ bản giấy có chữ ký; ý kiến ghi rõ ai nhập.",
            )
            names.append("sender")
        self.order_fields([*names, "matter", "words", "key"])
        self.helper.layout.fields = [side_by_side(*names), "matter", "words", "key"]

    @property
    def told(self) -> dict[str, Any]:
        """What the action takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "to"}
        return {
            **given,
            "sender": given.get("sender") or self.me,
            "to_member": self.people.get(self.cleaned_data["to"]),
        }


class ReplyForm(MeetingForm):
    words = Lines(label="Trả lời", max_length=LONGEST, rows=6)
    layout = ("words", "key")


class PutOffForm(MeetingForm):
    until = DayField(label="Trả lời chậm nhất ngày")
    reason = Lines(label="Vì sao cần thêm thời gian", max_length=2000, help_text="Người gửi đọc được.")
    layout = ("until", "reason", "key")


class RequestForm(MeetingForm):
    """About oneself, or, with `people`, entered for one of them."""

    right = forms.ChoiceField(label="Đề nghị", choices=Right.choices)
    words = Lines(
        label="Dữ liệu nào, vì sao",
        max_length=LONGEST,
        required=False,
        rows=4,
        help_text="Sửa, hạn chế, xoá thì cần ghi; xem hoặc nhận bản sao thì để trống được.",
    )

    def __init__(self, *args: Any, people: list[Member] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ["right", "words", "key"]
        if people is not None:
            self.fields["member"] = PersonField(people, label="Người đề nghị")
            names.insert(0, "member")
        self.order_fields(names)
        self.helper.layout.fields = names


class ExtendForm(MeetingForm):
    reason = Lines(label="Vì sao cần thêm thời gian", max_length=2000, help_text="Người đề nghị đọc được.")
    layout = ("reason", "key")


class AnswerForm(MeetingForm):
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
        label="Bản giấy của những bản này đã lưu hồ sơ",
        error_messages={"required": "Chỉ huỷ nội dung khi bản giấy đã lưu hồ sơ."},
    )

    def __init__(self, *args: Any, due: Due, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(review.pk): review for review in due.reviews}
        choices = [(key, f"{one.participant.name}, năm {one.cycle.year}") for key, one in self.known.items()]
        self.fields["reviews"] = forms.MultipleChoiceField(
            label="Những bản đến hạn",
            choices=choices,
            initial=list(self.known),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Xin chọn ít nhất một bản."},
        )
        self.order_fields(["reviews", "reason", "filed", "key"])
        self.helper.layout.fields = ["reviews", "reason", "filed", "key"]

    @property
    def told(self) -> dict[str, Any]:
        chosen: list[SelfReview] = [self.known[key] for key in self.cleaned_data["reviews"]]
        return {**self.cleaned_data, "reviews": chosen}
