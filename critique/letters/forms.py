"""The shape of what is asked about letters; the answer and its delay have the same shape wherever one is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from critique.cycle.forms import DayField
from critique.letters.models import CriticismKind
from meetings.forms.base import MeetingForm, PersonField
from members.fields import Line, Lines
from members.forming import side_by_side
from members.roster import people_today

if TYPE_CHECKING:
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
        self.me, people = me, people_today(cell)
        self.people = {str(person.pk): person for person in people}
        others = [(key, str(person)) for key, person in self.people.items() if enters or person != me]
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


class AnswerForm(MeetingForm):
    words = Lines(label="Trả lời", max_length=LONGEST, rows=6)
    layout: tuple[Any, ...] = ("words", "key")


class PutOffForm(MeetingForm):
    reason = Lines(label="Vì sao cần thêm thời gian", max_length=2000, help_text="Người gửi đọc được.")
    layout: tuple[Any, ...] = ("reason", "key")


class PutOffToForm(PutOffForm):
    until = DayField(label="Trả lời chậm nhất ngày")
    layout = ("until", "reason", "key")
