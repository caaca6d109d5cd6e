"""The small forms of the speaking list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from meetings.clock import minute, time_of_evening
from meetings.floor import LIMITS
from meetings.forms.base import ClockField, MeetingForm

if TYPE_CHECKING:
    from datetime import datetime

    from meetings.models import Turn


class LimitForm(MeetingForm):
    """How long a turn should take: one of the figures that are offered, as for the whole meeting, or no limit."""

    minutes = forms.TypedChoiceField(
        label="Mỗi lượt",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "như cả buổi"), (0, "không giới hạn"), *((n, f"{n} phút") for n in LIMITS)],
    )
    everywhere = forms.BooleanField(label="Cho cả buổi", required=False)


class TurnForm(MeetingForm):
    """When a turn really began and ended."""

    NAME = "turn"
    started_at = ClockField(label="Bắt đầu lúc")
    ended_at = ClockField(label="Kết thúc lúc")

    @staticmethod
    def initial_for(turn: Turn) -> dict[str, Any]:
        moments = {"started_at": turn.started_at, "ended_at": turn.ended_at}
        return {name: timezone.localtime(one).time() if one else None for name, one in moments.items()}

    def moments(self, turn: Turn, begun: datetime) -> dict[str, Any]:
        """As moments of that evening; a time that nobody has changed keeps its seconds."""
        given = {name: time_of_evening(begun, self.cleaned_data[name]) for name in ("started_at", "ended_at")}
        for name, moment in given.items():
            was = getattr(turn, name)
            given[name] = was if was is not None and minute(was) == moment else moment
        return {**self.cleaned_data, **given}
