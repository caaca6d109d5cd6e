"""The shape of what people type about one meeting; rules live in the actions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone

from meetings import roll_numbers
from meetings.clock import time_of_evening
from meetings.exchanged import WHOLE
from meetings.forms.base import ClockField, MeetingForm, MomentField, PersonField
from meetings.models import NONE_YET, WITH_TOPIC, Answer, Kind, Mark, Seat, TaskState
from meetings.wording import screen_moment
from members.fields import CountField, Line, Lines, LongLine
from members.forming import side_by_side
from members.widgets import DateInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from guideline.votes import VoteKind
    from meetings.models import AgendaItem, Attendance, Meeting, Opinion, Task, TaskReport
    from members.models import Member


class PlanForm(MeetingForm):
    starts_at = MomentField(label="Thời gian bắt đầu")
    place = Line(label="Địa điểm", max_length=160, required=False)
    topic = LongLine(label="Tên chuyên đề", max_length=300, required=False)
    purpose = Lines(label="Mục đích, yêu cầu", max_length=3000, required=False)

    def __init__(
        self, *args: Any, kind: str, people: list[Member], prepared: Iterable[Meeting] = (), **kwargs: Any
    ) -> None:
        """`prepared`: the cell's meetings that a committee's own meeting may prepare."""
        super().__init__(*args, **kwargs)
        self.fields["chair"] = PersonField(people, label="Chủ trì", required=False)
        self.fields["minute_taker"] = PersonField(people, label="Thư ký (người ghi biên bản)", required=False)
        order: list[Any] = ["key", side_by_side("starts_at", "place"), side_by_side("chair", "minute_taker")]
        if kind not in WITH_TOPIC:
            del self.fields["topic"]
        if kind == Kind.COMMITTEE:
            self.fields["prepares"] = _prepared_field(list(prepared))
            order.append("prepares")
        elif kind in WITH_TOPIC:
            self.fields["author"] = PersonField(people, label="Người chuẩn bị, trình bày chuyên đề", required=False)
            self.fields["topic"].required = True
            order += ["topic", "author"]
        self.helper.layout = Layout(*order, "purpose")

    @property
    def plan(self) -> dict[str, Any]:
        return {"topic": "", "author": None, **{n: v for n, v in self.cleaned_data.items() if n != "key"}}

    @staticmethod
    def initial_for(meeting: Meeting) -> dict[str, Any]:
        names = ("starts_at", "place", "topic", "purpose", "chair", "minute_taker")
        paper = meeting.thematic_paper
        others = {"author": paper.author if paper else None, "prepares": meeting.prepares_id}
        return {**{name: getattr(meeting, name) for name in names}, **others}

    @staticmethod
    def before(meeting: Meeting | None, committee: list[Member]) -> dict[str, Any]:
        """The committee meets two days before, at the same place and under the same chair."""
        usual = {"chair": committee[0] if committee else None}
        if meeting is None:
            return usual
        seats = {name: getattr(meeting, name) for name in ("chair", "minute_taker")}
        seated = {name: person for name, person in seats.items() if person in committee}
        when = meeting.starts_at - timedelta(days=2)
        return {"prepares": meeting.pk, "starts_at": when, "place": meeting.place, **usual, **seated}


def _prepared_field(meetings: list[Meeting]) -> forms.TypedChoiceField:
    known = {str(meeting.pk): meeting for meeting in meetings}
    named = [(pk, f"{row}, {screen_moment(row.starts_at)}") for pk, row in known.items()]
    choices = [("", "— không gắn với buổi nào —"), *named]
    label = "Chuẩn bị cho buổi sinh hoạt"
    return forms.TypedChoiceField(label=label, choices=choices, coerce=known.get, empty_value=None, required=False)


class ItemForm(MeetingForm):
    title = LongLine(label="Nội dung", max_length=300)
    minutes = forms.IntegerField(label="Số phút", min_value=1, max_value=480, initial=10)

    def __init__(self, *args: Any, people: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presenter"] = PersonField(people, label="Người thực hiện", required=False)
        self.helper.layout = Layout("key", "title", side_by_side("presenter", "minutes"))

    @staticmethod
    def initial_for(item: AgendaItem) -> dict[str, Any]:
        return {"title": item.title, "minutes": item.minutes, "presenter": item.presenter}


class ReasonForm(MeetingForm):
    """An apology, or why a meeting is cancelled."""

    reason = Line(label="Lý do", max_length=300)


class GuestForm(MeetingForm):
    name = Line(label="Họ và tên đại biểu, khách mời", max_length=80)
    position = Line(label="Chức vụ, cơ quan", max_length=160, required=False)
    layout = ("key", side_by_side("name", "position"))


class MarkForm(MeetingForm):
    """One answer of the roll call; the reason belongs to an absence."""

    NAME = "mark"
    mark = forms.ChoiceField(label="Điểm danh", choices=[choice for choice in Mark.choices if choice[0]])
    reason = Line(label="Lý do", max_length=300, required=False)

    @staticmethod
    def initial_for(row: Attendance) -> dict[str, Any]:
        return {"mark": row.mark, "reason": row.reason}


class RollNumberForm(MeetingForm):
    """A number of the roll, as it was typed or as a scanner types it."""

    DIGITS = "Số điểm danh gồm bốn hoặc năm chữ số, như 4378."
    number = forms.CharField(
        label="Số điểm danh",
        max_length=20,
        error_messages={"required": "Chưa có số: xin gõ hoặc quét số điểm danh.", "max_length": DIGITS},
    )

    def clean_number(self) -> int | None:
        if (found := roll_numbers.read(self.cleaned_data["number"])) is None:
            raise forms.ValidationError(self.DIGITS)
        return found


class TimesForm(MeetingForm):
    """Late or left early, as times of the evening."""

    NAME = "times"
    arrived_at = ClockField(label="Đến muộn lúc", required=False)
    left_at = ClockField(label="Về sớm lúc", required=False)

    @staticmethod
    def initial_for(row: Attendance) -> dict[str, Any]:
        moments = {"arrived_at": row.arrived_at, "left_at": row.left_at}
        return {name: timezone.localtime(one).time() if one else None for name, one in moments.items()}

    def moments(self, begun: datetime) -> dict[str, Any]:
        """What is saved, with both times as moments of the evening that began then."""
        given = {name: self.cleaned_data[name] for name in ("arrived_at", "left_at")}
        return {
            **self.cleaned_data,
            **{name: time_of_evening(begun, one) if one else None for name, one in given.items()},
        }


class SeatForm(MeetingForm):
    """Somebody takes over a seat at a time of the evening."""

    seat = forms.ChoiceField(label="Chỗ", choices=[("", "— chọn —"), *reversed(Seat.choices)])
    since = ClockField(label="Từ lúc", required=False, help_text="Để trống nếu đồng chí ấy làm từ đầu buổi.")

    def __init__(self, *args: Any, people: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = PersonField(people, label="Đồng chí")
        self.helper.layout = Layout("key", side_by_side("seat", "member", "since"))

    def change(self, opened_at: datetime | None) -> dict[str, Any]:
        """What changes, with the time as a moment of this evening."""
        given = self.cleaned_data["since"]
        since = time_of_evening(opened_at, given) if given is not None and opened_at is not None else None
        return {**self.cleaned_data, "since": since}


class VoteForm(MeetingForm):
    """`kinds`: what may be voted on here, each with its majority; the first one where nothing is chosen."""

    question = Line(label="Nội dung biểu quyết", max_length=500)
    in_favour = CountField(label="Tán thành")
    against = CountField(label="Không tán thành", initial=0)
    other = CountField(label="Ý kiến khác", initial=0)

    def __init__(self, *args: Any, kinds: Sequence[VoteKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        choices = [(kind.key, f"{kind.name}: {kind.majority.words}") for kind in kinds]
        self.fields["kind"] = forms.ChoiceField(label="Loại biểu quyết", choices=choices, required=False)
        counts = side_by_side("in_favour", "against", "other")
        self.helper.layout = Layout("key", "question", *(["kind"] if len(choices) > 1 else []), counts)


class AsideForm(MeetingForm):
    """Why somebody steps aside; who it is stands on the button."""

    reason = Line(label="Lý do", max_length=300, required=False)


class TaskForm(MeetingForm):
    text = Line(label="Nhiệm vụ", max_length=600)
    due_on = forms.DateField(label="Thời hạn", required=False, widget=DateInput)

    def __init__(self, *args: Any, people: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = PersonField(people, label="Người thực hiện", required=False, nobody="Cả chi bộ")
        self.helper.layout = Layout("key", "text", side_by_side("owner", "due_on"))

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day is not None and not 2000 <= day.year <= 2100:
            raise forms.ValidationError("Thời hạn không hợp lý. Xin kiểm tra lại năm.")
        return day

    @staticmethod
    def initial_for(task: Task) -> dict[str, Any]:
        return {"text": task.text, "owner": task.owner, "due_on": task.due_on}


class ReportForm(MeetingForm):
    state = forms.ChoiceField(label="Tình trạng", choices=TaskState.choices)
    result = Line(label="Kết quả", max_length=600, required=False)

    @staticmethod
    def initial_for(report: TaskReport | None) -> dict[str, Any]:
        return {name: getattr(report, name, "") for name in ("state", "result")}


class UploadForm(MeetingForm):
    file = forms.FileField(label="Tệp PDF hoặc Word (.docx), không quá 10 MB")
    not_secret = forms.BooleanField(
        label="Tệp này không thuộc danh mục bí mật nhà nước",
        error_messages={"required": "Chỉ đưa lên tài liệu không thuộc danh mục bí mật nhà nước."},
    )


class PhotoForm(MeetingForm):
    file = forms.FileField(label="Ảnh JPEG, PNG hoặc WebP, không quá 15 MB, 40 triệu điểm ảnh")
    caption = Line(label="Chú thích: ảnh chụp gì", max_length=200)
    agreed = forms.BooleanField(
        label="Ảnh chụp buổi sinh hoạt này; mọi người trong ảnh đồng ý đưa ảnh vào tin bài",
        error_messages={"required": "Chỉ đưa ảnh lên khi những người trong ảnh đồng ý."},
    )


class SignedForm(MeetingForm):
    file = forms.FileField(label="Tệp PDF đã ký số, không quá 10 MB")


class OpinionForm(MeetingForm):
    paragraph = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = Lines(label="Ý kiến góp ý", max_length=5000)

    def __init__(self, *args: Any, people: list[Member] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people:
            self.fields["member"] = PersonField(people, label="Ý kiến của", required=False, nobody="Tôi")
        self.helper.layout = Layout(*self.fields)


class AnswerForm(MeetingForm):
    answer = forms.ChoiceField(
        label="Trả lời",
        choices=[choice for choice in Answer.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    reason = Lines(label="Lý do (bắt buộc khi giữ nguyên)", rows=2, max_length=2000, required=False)
    became = Lines(label="Câu trong bản hoàn thiện (khi tiếp thu)", rows=2, max_length=3000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Div("reason", css_class="if-kept"), Div("became", css_class="if-adopted")
        self.helper.layout = Layout("key", "answer", *asked)

    @staticmethod
    def initial_for(opinion: Opinion) -> dict[str, Any]:
        return {name: getattr(opinion, name) for name in ("answer", "reason", "became")}


class CloseForm(MeetingForm):
    opened_at = MomentField(label="Giờ khai mạc ghi vào biên bản")
    closed_at = MomentField(label="Giờ kết thúc ghi vào biên bản")

    none_yet = forms.BooleanField(label="Các dòng còn trống ở trên: ghi “chưa có”", required=False)

    def __init__(self, *args: Any, empty: Iterable[AgendaItem], **kwargs: Any) -> None:
        """`empty`: the items under which nothing stands; why, is asked of each.

        A line of the guideline's gets a reason or the word that there is nothing; the cell's own may stay empty.
        """
        super().__init__(*args, **kwargs)
        self.items = {f"because_{item.pk}": item for item in empty}
        for name, item in self.items.items():
            label = f"Vì sao không ghi gì ở “{item.title}”"
            self.fields[name] = Line(label=label, max_length=300, required=False, initial=item.empty_because)
        if not self.items:
            del self.fields["none_yet"]
        asked = [*self.items, "none_yet"] if self.items else []
        self.helper.layout = Layout("key", *asked, side_by_side("opened_at", "closed_at"))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name, item in self.items.items():
            if given.get(name) or not item.step or name in self.errors:
                continue
            if given.get("none_yet"):
                given[name] = NONE_YET
            else:
                self.add_error(name, "Hướng dẫn có nội dung này: xin nêu lý do, hoặc đánh dấu ghi “chưa có”.")
        return given

    @property
    def closing(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in ("opened_at", "closed_at", "key")}
        return {**given, "because": {item.pk: self.cleaned_data[name] for name, item in self.items.items()}}


class SignForm(MeetingForm):
    """Which seat, the paper that was read, and why somebody else confirms it."""

    seat = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    reason = Line(label="Lý do", max_length=300, required=False)


class CorrectionForm(MeetingForm):
    text = Lines(label="Xin sửa thế nào", max_length=2000)


class CorrectionAnswerForm(MeetingForm):
    answer = forms.ChoiceField(label="Trả lời", choices=[("adopted", "Tiếp thu"), ("kept", "Giữ nguyên")])
    reason = Line(label="Lý do", max_length=600, required=False)

    def clean(self) -> dict[str, Any]:
        """Told to the action as what it asks for."""
        answer = self.cleaned_data.pop("answer", "")
        return {**self.cleaned_data, "adopted": answer == "adopted"}


class AddendumForm(MeetingForm):
    text = Lines(label="Nội dung bổ sung, đính chính", rows=5, max_length=20_000)
    reason = Line(label="Lý do", max_length=300)


class InspectForm(MeetingForm):
    """One more comment, and with a verdict the day for the answer; each button of the page takes what it needs."""

    part = forms.ChoiceField(label="Về phần", required=False)
    text = Lines(label="Nhận xét", rows=3, max_length=5000, required=False)
    answer_by = forms.DateField(
        label="Hạn trả lời",
        required=False,
        widget=DateInput,
        help_text="Khi trả lại: chi bộ thấy ngày này ở việc cần làm.",
    )
    verdict = forms.CharField(required=False, widget=forms.HiddenInput)
    layout = ("key", "part", "text", "answer_by")

    def __init__(self, *args: Any, parts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [("", WHOLE), *parts]  # type: ignore[attr-defined]


class CommentAnswerForm(MeetingForm):
    answer = Lines(label="Trả lời nhận xét này", rows=3, max_length=5000)
