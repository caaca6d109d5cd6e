"""The shape of what is asked about levels: a counting team, totals, one step of a level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from critique.cycle.forms import DayField
from critique.levels.models.entry import LEVEL_CHOICES
from critique.levels.papers import lines_of
from critique.levels.voting import CHOICE_WORDS, CHOICES, FIGURES, SHORT_WORDS, problems
from meetings.forms.base import MeetingForm, PersonField
from members.fields import CountField, Line, Lines
from members.forming import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from critique.levels.models import Ballot, BallotLine
    from members.models import Member

LONGEST = 3000
LABELS = {
    "summoned": "Đảng viên chính thức được triệu tập",
    "present": "Đảng viên chính thức có mặt",
    "issued": "Phiếu phát ra",
    "returned": "Phiếu thu về",
    "valid": "Phiếu hợp lệ",
    "invalid": "Phiếu không hợp lệ",
}


class TeamForm(MeetingForm):
    """Who counts, and who chairs the conference."""

    def __init__(self, *args: Any, people: list[Member], official: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.official = {str(member.pk): member for member in official}
        self.fields["head"] = PersonField(official, label="Tổ trưởng kiểm phiếu")
        self.fields["tellers"] = forms.TypedMultipleChoiceField(
            label="Thành viên tổ kiểm phiếu",
            choices=[(pk, str(member)) for pk, member in self.official.items()],
            coerce=self.official.get,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["chair"] = PersonField(people, label="Chủ trì hội nghị")
        self.helper.layout.fields = ["head", "tellers", "chair", "key"]


class CountForm(MeetingForm):
    """Totals, and for each subject five figures: `excellent_12` is of the line 12. Nothing adds up by itself."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, ballot: Ballot, start: Mapping[str, int] | None = None, **kwargs: Any) -> None:
        held = {name: getattr(ballot, name) for name in FIGURES}
        first = {**(start or {}), **{name: value for name, value in held.items() if value is not None}}
        super().__init__(*args, initial={**first, "base": ballot.rev}, **kwargs)
        self.rule, self.lines = ballot.rule, lines_of(ballot)
        self.asked = FIGURES if self.rule.is_secret else FIGURES[:2]
        for name in self.asked:
            self.fields[name] = CountField(label=LABELS[name], required=False)
        for line in self.lines:
            for choice in CHOICES:
                name = f"{choice}_{line.pk}"
                self.fields[name] = CountField(label=f"{CHOICE_WORDS[choice]}, {line.participant}", required=False)
                self.initial[name] = getattr(line, choice)
        papers = [side_by_side(*self.asked[2:])] if self.rule.is_secret else []
        self.helper.layout.fields = [side_by_side(*self.asked[:2]), *papers, "base", "key"]

    def table(self) -> Iterable[tuple[BallotLine, list[tuple[str, Any]], list[str]]]:
        """Each subject with its inputs by name of choice and what is wrong with the row."""
        for line in self.lines:
            boxes = [(SHORT_WORDS[choice], self[f"{choice}_{line.pk}"]) for choice in CHOICES]
            yield line, boxes, list(dict.fromkeys(str(error) for _, box in boxes for error in box.errors))

    def clean(self) -> dict[str, Any]:
        """Everything that does not add up is named at once; the action asks again."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for field, sentence in problems(self.rule.method, data, self.counts):
                self.add_error(field, sentence)
        return data

    @property
    def counts(self) -> dict[int, dict[str, int | None]]:
        data = self.cleaned_data
        return {line.pk: {choice: data.get(f"{choice}_{line.pk}") for choice in CHOICES} for line in self.lines}

    @property
    def told(self) -> dict[str, Any]:
        """What the action takes."""
        figures = {name: self.cleaned_data.get(name) for name in FIGURES}
        data = self.cleaned_data
        return {"figures": figures, "lines": self.counts, "base": data["base"], "key": data.get("key")}


# --- One step of a level ------------------------------------------------------------------------


class LevelForm(MeetingForm):
    level = forms.ChoiceField(label="Mức xếp loại", choices=[("", "— chọn —"), *LEVEL_CHOICES])


class ProposeForm(LevelForm):
    words = Lines(
        label="Căn cứ",
        max_length=LONGEST,
        help_text="Chi bộ biểu quyết lúc nào, cách nào, bao nhiêu đồng chí tán thành.",
    )
    layout = ("level", "words", "key")


class AppraiseForm(LevelForm):
    words = Lines(
        label="Nhận xét",
        max_length=LONGEST,
        required=False,
        help_text="Khác với mức chi bộ đề xuất thì nên nêu rõ lý do.",
    )
    layout = ("level", "words", "key")


class DecideForm(LevelForm):
    document = Line(label="Số, ký hiệu quyết định", max_length=120)
    document_date = DayField(label="Ngày quyết định")
    words = Lines(label="Nội dung nhận xét", max_length=LONGEST, required=False)
    layout = ("level", side_by_side("document", "document_date"), "words", "key")


class DecideAgainForm(DecideForm):
    words = Lines(label="Vì sao xếp loại lại", max_length=LONGEST)


class NotifyForm(MeetingForm):
    layout = ("key",)


class ComplainForm(MeetingForm):
    words = Lines(label="Nội dung kiến nghị, khiếu nại", max_length=LONGEST, rows=6)
    layout = ("words", "key")


class AnswerForm(MeetingForm):
    words = Lines(label="Nội dung trả lời", max_length=LONGEST, rows=5)
    document = Line(label="Số, ký hiệu văn bản trả lời, nếu có", max_length=120, required=False)
    layout = ("words", "document", "key")
