"""A year's review in Lan's cell: planned, opened, and with what people have written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from critique.course import actions as committee
from critique.cycle.models import Cycle, Participant
from critique.writing import actions as writing
from critique.writing.models import SelfReview
from members.saving.actions import Conflict, Saved, save_text
from tests.factories import at

if TYPE_CHECKING:
    from datetime import date, datetime

    from members.models import Member
    from tests.conftest import Cast
    from tests.once import Shelf

PLANNED = at("2026-11-02 08:00")
OPENED = at("2026-11-09 08:00")
WROTE = at("2026-11-20 20:00")
READING = at("2026-11-30 08:00")
AFTER_MEETING = at("2026-12-07 08:00")
SECRET = "Có lúc còn nể nang trong phê bình đồng chí Hoa"


def plan(**changes: Any) -> dict[str, Any]:
    day = at("2026-11-27 00:00").date()
    meets: date = at("2026-12-04 00:00").date()
    return {"year": 2026, "basis": "366-QĐ/TW", "due_on": day, "meets_on": meets, "place": "Hội trường", **changes}


@pytest.fixture
def planned_cycle(cast: Cast, once: Shelf) -> Cycle:
    def build() -> Cycle:
        return committee.plan_cycle(cast.cell, by=cast.account(cast.lan), at=PLANNED, **plan())

    return once.get("planned cycle", build)


@pytest.fixture
def cycle(cast: Cast, planned_cycle: Cycle, once: Shelf) -> Cycle:
    def build() -> Cycle:
        committee.take_step(planned_cycle, move_name="open", by=cast.account(cast.lan), at=OPENED)
        return planned_cycle

    return once.get("open cycle", build)


def fresh(cycle: Cycle) -> Cycle:
    found: Cycle = Cycle.objects.select_related("cell").get(pk=cycle.pk)
    return found


def row_of(cycle: Cycle, member: Member) -> Participant:
    found: Participant = Participant.objects.select_related("cycle__cell", "member").get(cycle=cycle, member=member)
    return found


def review_of(cycle: Cycle, member: Member) -> SelfReview:
    found: SelfReview = SelfReview.objects.with_people().get(participant__cycle=cycle, participant__member=member)
    return found


def shortcoming(text: str = SECRET) -> dict[str, str]:
    return {"A.II.0.shortcoming": text, "A.II.0.cause": "Ngại va chạm", "A.II.0.measure": "", "A.II.0.due": ""}


def write(
    cast: Cast, review: SelfReview, posted: dict[str, str], *, base: int = 0, step: str = "shortcomings", **who: Any
) -> Saved | Conflict:
    """As the author, unless `by` says otherwise."""
    moment: datetime = who.pop("at", WROTE)
    by = who.pop("by", None) or cast.account(review.author)
    return save_text(f"review-{step}", review, posted, base=base, by=by, at=moment, **who)


@pytest.fixture
def submitted(cast: Cast, cycle: Cycle, once: Shelf) -> SelfReview:
    """Hoa has written and submitted."""

    def build() -> SelfReview:
        review = review_of(cycle, cast.hoa)
        write(cast, review, shortcoming())
        writing.submit(review, by=cast.account(cast.hoa), at=WROTE)
        return review_of(cycle, cast.hoa)

    return once.get("submitted", build)


@pytest.fixture
def promised(cast: Cast, cycle: Cycle) -> SelfReview:
    """Hoa has promised two things; the review meeting has been held."""
    review = review_of(cycle, cast.hoa)
    rows = {
        "A.II.0.shortcoming": SECRET,
        "A.II.0.cause": "Ngại va chạm",
        "A.II.0.measure": "Góp ý ngay tại buổi họp",
        "A.II.0.due": "31/03/2027",
        "A.II.0.helper": "Lê Anh Tuấn",
        "A.II.1.shortcoming": "Đọc tài liệu muộn",
        "A.II.1.cause": "",
        "A.II.1.measure": "",
        "A.II.1.due": "khi nào xong việc quý I",
    }
    write(cast, review, rows)
    writing.submit(review, by=cast.account(cast.hoa), at=WROTE)
    committee.take_step(fresh(cycle), move_name="hold", by=cast.account(cast.lan), at=AFTER_MEETING)
    return review_of(cycle, cast.hoa)
