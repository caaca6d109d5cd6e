"""What is typed about a vote that is open in the room, and about one by slips of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms

from guideline.slips import COUNTED, Slips
from meetings.forms.base import MeetingForm, PersonField
from meetings.forms.meeting import VoteForm
from members.fields import CountField, Line
from members.forming import HouseForm, side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guideline.votes import VoteKind
    from meetings.models import Attendance

LABELS = {
    "issued": "Phiếu phát ra",
    "returned": "Phiếu thu về",
    "valid": "Phiếu hợp lệ",
    "invalid": "Không hợp lệ",
}
MOST_SLIPS = 300
HOW_MANY_FIT = (
    "Để trống, hoặc không quá khoảng 120 chữ cái: một tờ A4 được sáu phiếu. Không quá khoảng 400 thì bốn phiếu, "
    "dài hơn thì hai."
)


class PollForm(MeetingForm):
    """The question that the room is asked; `kinds` as for a vote that is recorded."""

    question = Line(label="Nội dung biểu quyết", max_length=500)

    def __init__(self, *args: Any, kinds: Sequence[VoteKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.key, f"{kind.name}: {kind.majority.words}") for kind in kinds]
        self.fields["kind"] = forms.ChoiceField(label="Loại biểu quyết", choices=choices, required=False)
        self.helper.layout = Layout("key", "question", *(["kind"] if len(choices) > 1 else []))


class HandsForm(MeetingForm):
    """Hands in the hall, of those who have said nothing by phone; never filled in with an earlier count."""

    in_favour = CountField(label="Tán thành", initial=0)
    against = CountField(label="Không tán thành", initial=0)
    other = CountField(label="Ý kiến khác", initial=0)
    rev = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    layout = ("key", "rev", side_by_side("in_favour", "against", "other"))

    def knows(self, rev: int) -> None:
        """The page that goes out again says that it was counted meanwhile: whoever presses then has seen it."""
        sent: Any = self.data
        self.data = again = sent.copy()
        again[self.add_prefix("rev")] = str(rev)


class BallotForm(VoteForm):
    """A secret vote by slips, as the counting team reports it; nothing adds up by itself."""

    def __init__(self, *args: Any, here: Sequence[Attendance], kinds: Sequence[VoteKind], **kwargs: Any) -> None:
        super().__init__(*args, kinds=kinds, **kwargs)
        people = {str(row.pk): row for row in here}
        self.fields["head"] = PersonField(here, label="Tổ trưởng kiểm phiếu", required=False)  # type: ignore[arg-type]
        self.fields["team"] = forms.TypedMultipleChoiceField(
            label="Thành viên tổ kiểm phiếu",
            choices=[(pk, row.name) for pk, row in people.items()],
            coerce=people.get,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        for name in COUNTED:
            self.fields[name] = CountField(label=LABELS[name])
        kind = ["kind"] if len(kinds) > 1 else []
        counts = side_by_side("in_favour", "against", "other")
        self.helper.layout = Layout("key", "question", *kind, "head", "team", side_by_side(*COUNTED), counts)

    @property
    def ballot(self) -> dict[str, Any]:
        """What is recorded, with the slips as one value."""
        data = self.cleaned_data
        slips = Slips(**{name: data[name] for name in COUNTED})
        return {**{name: value for name, value in data.items() if name not in COUNTED}, "slips": slips}


class SlipsForm(HouseForm):
    """What is printed on the slips, and how many; without a question there is room to write it."""

    question = Line(label="Nội dung biểu quyết in trên phiếu", max_length=500, required=False, help_text=HOW_MANY_FIT)
    count = CountField(label="Số phiếu", most=MOST_SLIPS)

    def clean_count(self) -> int:
        count: int = self.cleaned_data["count"]
        if count == 0:
            raise forms.ValidationError("Xin in ít nhất một phiếu.")
        return count
