"""What somebody agrees to, or takes back, under which version of the notice."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from critique.lifecycle import WRITING
from critique.writing.actions import choose_way
from critique.writing.models import SelfReview
from members.changes import claim
from members.refusal import AlreadyDone, Refused
from privacy.consent import standing
from privacy.data_notice import current
from privacy.models import OPTIONAL, Consent, Purpose

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.models import Member, User
    from members.press import Press


@transaction.atomic
def agree(purposes: Collection[str], *, by: User, at: datetime, key: Press | None = None) -> None:
    """What the person has ticked, one line of evidence for each that was not agreed to before."""
    member = _whoever(by)
    claim(member, None, "consent", by=by, at=at, key=key)
    held = standing(member)
    for purpose in purposes:
        if Purpose(purpose) == Purpose.READ and held.get(Purpose.READ) == current().version:
            continue
        if purpose in OPTIONAL and held.get(Purpose(purpose)):
            continue
        _say(member, Purpose(purpose), True, by, at)


@transaction.atomic
def take_back(*, purpose: str, by: User, at: datetime, key: Press | None = None) -> None:
    """As easily as it was given. Whoever no longer wants to write on the screen hands in on paper."""
    member = _whoever(by)
    if purpose not in OPTIONAL:
        raise Refused("Xin chọn điều đã đồng ý.")
    claim(member, None, "consent", by=by, at=at, key=key)
    if not standing(member).get(Purpose(purpose)):
        raise AlreadyDone
    _say(member, Purpose(purpose), False, by, at)
    if purpose == Purpose.BROWSER:
        open_forms = SelfReview.objects.with_people().filter(participant__member=member, submitted_at__isnull=True)
        for review in open_forms.filter(
            participant__cycle__state__in=WRITING,
            participant__on_paper=False,
            participant__cycle__cell__in=by.cell_ids,
        ):
            choose_way(review, on_paper=True, by=by, at=at)


def _whoever(by: User) -> Member:
    if by.member is None:
        raise Refused("Tài khoản này không gắn với đảng viên nào.")
    return by.member


def _say(member: Member, purpose: Purpose, given: bool, by: User, at: datetime) -> None:
    notice = current().version
    Consent.objects.create(member=member, purpose=purpose, given=given, notice=notice, said_at=at, said_by=by)
