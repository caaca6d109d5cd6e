"""What letters, requests and destructions share: who may know of them, and who answers."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models import Tenure, TenureKind, User
from members.scoping import CellScoped

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import AnonymousUser

LEADERS = (TenureKind.SECRETARY, TenureKind.DEPUTY)
ON_COMMITTEE = (*LEADERS, TenureKind.COMMITTEE_MEMBER)


def leading(cell_id: int, parties: Collection[int | None]) -> set[int]:
    """Who answers for the cell in a matter: secretary and deputy, and where a matter concerns each of them the others
    of the committee. Nobody whom the matter concerns."""
    rows = Tenure.objects.on(timezone.localdate()).filter(organisation_id=cell_id, kind__in=ON_COMMITTEE)
    posts = list(rows.values_list("member_id", "kind"))
    left = {member for member, kind in posts if kind in LEADERS} - set(parties)
    return left or {member for member, _ in posts} - set(parties)


class PartiesOnly(CellScoped[models.Model]):
    """A letter or request exists for its parties and for whoever answers for the cell: for all others it is 404.

    The model names in PARTIES the columns of the people whom it concerns.
    """

    def for_user(self, user: User | AnonymousUser) -> Self:
        found = super().for_user(user)
        if not user.is_authenticated or not user.cell_ids:
            return found.none()
        parties: tuple[str, ...] = self.model.PARTIES  # type: ignore[attr-defined]
        known = Q(cell_id__in=self._led(user, LEADERS))
        for name in parties:
            if user.member_id is not None:
                known |= Q(**{name: user.member_id})
        for cell in self._led(user, (TenureKind.COMMITTEE_MEMBER,)):
            known |= Q(cell_id=cell) & self._of_every_leader(cell, parties)
        return found.filter(known)

    @staticmethod
    def _led(user: User, kinds: Collection[str]) -> set[int]:
        return {t.organisation_id for t in user.tenures if t.organisation_id in user.cell_ids and t.kind in kinds}

    @staticmethod
    def _of_every_leader(cell: int, parties: tuple[str, ...]) -> Q:
        """Matters in which no leader is left to answer: then the others of the committee do."""
        rows = Tenure.objects.on(timezone.localdate()).filter(organisation_id=cell, kind__in=LEADERS)
        leaders = set(rows.values_list("member_id", flat=True))
        found = Q(pk__in=[]) if leaders else Q()
        for places in permutations(parties, len(leaders)) if leaders else ():
            found |= Q(**dict(zip(places, sorted(leaders), strict=True)))
        return found
