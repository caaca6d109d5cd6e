"""What a desk sends of what it did without network: read by the forms of the buttons that do the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django import forms

from meetings import rules
from meetings.actions.outbox import Held, What
from meetings.forms.base import MeetingForm
from meetings.forms.meeting import MarkForm, TaskForm, VoteForm
from members.fields import Lines
from members.saving.sheet import LONGEST

if TYPE_CHECKING:
    from meetings.models import Meeting

_LATEST = int(datetime(2200, 1, 1, tzinfo=UTC).timestamp() * 1000)


class WordsForm(MeetingForm):
    """What somebody said, as it was typed."""

    text = Lines(max_length=LONGEST, error_messages={"required": "Chưa ghi nội dung."})


class HeldForm(MeetingForm):
    """One thing that was done, with the words of its own form under the same names."""

    what = forms.ChoiceField(choices=What.choices)
    done_at = forms.IntegerField(min_value=0, max_value=_LATEST)  # milliseconds of the server's clock
    item = forms.IntegerField(required=False)
    person = forms.IntegerField(required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        own = self._own(cleaned.get("what", ""))
        if own is not None and not own.is_valid():
            for sentence in (one for found in own.errors.values() for one in found):
                self.add_error(None, str(sentence))
        self.given = {} if own is None else {name: own.cleaned_data.get(name) for name in own.fields if name != "key"}
        return cleaned

    def _own(self, what: str) -> forms.Form | None:
        """The form of the button that does the same."""
        if what == What.MARK:
            return MarkForm(self.data)
        if what == What.VOTE:
            return VoteForm(self.data, kinds=rules.vote_kinds(self.meeting))
        if what == What.TASK:
            return TaskForm(self.data, people=self.meeting.attendances.people())
        return WordsForm(self.data) if what in (What.SPEAK, What.CONCLUDE) else None

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.cleaned_data["done_at"] / 1000, tz=UTC)

    @property
    def held(self) -> Held:
        """With the item and the person as this meeting has them; None where it has no such row any more."""
        item = self.meeting.items.filter(pk=self.cleaned_data["item"] or 0).first()
        person = self.meeting.attendances.select_related("member").filter(pk=self.cleaned_data["person"] or 0).first()
        for row in (item, person):
            if row is not None:
                row.meeting = self.meeting
        return Held(What(self.cleaned_data["what"]), item, person, self.given)
