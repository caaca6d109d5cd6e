"""What the page of a hearing shows to whom: its opinions, what may be done, and why it is not closed yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from critique.hearing.models import Hearing, HearingOpinion, Opening
from critique.hearing.seats import alone
from members.policy import may

if TYPE_CHECKING:
    from members.models import User


@dataclass(frozen=True, slots=True)
class Shown:
    """`records`: keeps the record; `answers`: types the person's answers; `confirms`: is the person."""

    hearing: Hearing
    opinions: list[HearingOpinion]
    sent: list[HearingOpinion]  # wait to be recorded; for the table alone
    struck: list[HearingOpinion]
    records: bool
    answers: bool
    confirms: bool
    closes: bool
    reopens: bool
    about_me: bool
    strikes: bool
    set_aside: bool  # about oneself, while somebody else is at the table

    @property
    def unanswered(self) -> bool:
        return any(not one.is_answered and not one.is_empty for one in self.opinions)

    @property
    def waits_for(self) -> list[str]:
        """What is missing before it can be closed; nothing of it is advice."""
        found = []
        if self.sent:
            found.append("còn ý kiến gửi thư ký chưa ghi vào biên bản")
        if self.unanswered:
            found.append("còn ý kiến chưa có trả lời")
        if self.hearing.seen_at is None:
            whose = self.hearing.whose
            found.append(f"{whose} chưa xác nhận đã xem ý kiến và kết luận")
        return found


def openings_of(hearing: Hearing) -> list[Opening]:
    """For whom it is about: who has opened it, or what holds its words as well. Each line, and never a count."""
    return list(Opening.objects.about_words_of(hearing))


def shown_to(user: User, hearing: Hearing, today: date) -> Shown:
    rows = list(hearing.opinions.select_related("speaker", "given_by__member", "dropped_by__member"))
    at_the_table = may(user, "hearing.record", hearing)
    set_aside = at_the_table and alone(hearing, user, today)
    going = hearing.is_going
    records = going and at_the_table and not set_aside
    return Shown(
        hearing=hearing,
        opinions=[one for one in rows if one.in_force and (records or not one.is_empty)],
        sent=[one for one in rows if one.is_waiting] if at_the_table and not set_aside else [],
        struck=[one for one in rows if one.dropped_at and (one.recorded_at or (at_the_table and not set_aside))],
        records=records,
        answers=going and may(user, "hearing.answer", hearing),
        confirms=going and may(user, "hearing.confirm", hearing),
        closes=going and may(user, "hearing.close", hearing) and not set_aside,
        reopens=not going and hearing.closed_at is not None and may(user, "hearing.reopen", hearing) and not set_aside,
        about_me=hearing.about_id is not None and hearing.about_id == user.member_id,
        strikes=at_the_table and not set_aside and hearing.closed_at is None,
        set_aside=set_aside,
    )
