"""The shape of what is asked in a hearing: an opinion with its speaker, having seen it, beginning one at a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from critique.hearing.models.hearing import OpinionKind, SeenWay
from critique.remedies.forms import RowField
from meetings.forms.base import MeetingForm, PersonField
from members.fields import Line, Lines
from members.forming import side_by_side

if TYPE_CHECKING:
    from meetings.models import Meeting
    from members.models import Member

LONGEST = 20_000


class OpinionForm(MeetingForm):
    """Never without a name: a member who is here, or a guest from above by name and post."""

    guest = Line(
        label="Hoặc đại biểu cấp trên",
        max_length=160,
        required=False,
        help_text="Họ tên, chức vụ; chỉ ghi khi người nêu không ở chi bộ.",
    )
    kind = forms.ChoiceField(label="Loại", choices=OpinionKind.choices, initial=OpinionKind.OPINION.value)
    words = Lines(
        label="Nội dung",
        max_length=LONGEST,
        help_text="Ghi trung thực, tóm tắt: việc gì, căn cứ nào, đề nghị sửa thế nào.",
    )

    def __init__(self, *args: Any, people: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speaker"] = PersonField(people, label="Người nêu ý kiến", required=False)
        self.order_fields(["speaker", "guest", "kind", "words", "key"])
        self.helper.layout.fields = [side_by_side("speaker", "guest"), "kind", "words", "key"]


class WordForm(MeetingForm):
    """Who has the word at the desk: somebody who is here, by a press; or a guest by name and post."""

    guest = Line(label="Đại biểu cấp trên", max_length=160, required=False)

    def __init__(self, *args: Any, people: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speaker"] = PersonField(people, label="Người nêu ý kiến", required=False)


class SeenForm(MeetingForm):
    """`seen` is how far the person has read; without `way` it is the person's own word."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    nothing_more = forms.BooleanField(
        label="Với ý kiến chưa trả lời: không có ý kiến thêm",
        required=False,
    )
    layout: tuple[str, ...] = ("seen", "nothing_more", "key")


class SeenForThemForm(SeenForm):
    way = forms.ChoiceField(
        label="Đồng chí ấy đã xem bằng cách nào",
        choices=[("", "— chọn —"), *((way.value, way.label) for way in (SeenWay.ROOM, SeenWay.DEVICE))],
    )
    layout = ("seen", "way", "nothing_more", "key")


class BeginForm(MeetingForm):
    """Self-criticism at a monthly or thematic meeting: which one, and whose turn it is."""

    layout = ()

    def __init__(self, *args: Any, meetings: list[Meeting], people: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(row, f"{row.title}, {row.day:%d/%m/%Y}") for row in meetings]
        self.fields["meeting"] = RowField(rows, empty="— chọn —", label="Buổi sinh hoạt")
        self.fields["about"] = PersonField(people, label="Đồng chí tự phê bình")
        self.order_fields(["meeting", "about", "key"])
        self.helper.layout.fields = [side_by_side("meeting", "about"), "key"]
