"""Questions that are built once: the same answers as those of Django's own, whoever asks, and nothing kept of them."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.asked import Asked
from members.models import Member, Organisation, Tenure
from members.scoping import known_to
from tests.factories import make_member

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tests.conftest import Cast

KNOWN = Asked(lambda known, names: Member.objects.filter(known, full_name__in=names).order_by("pk"))
SINCE = Asked(lambda member, day: Tenure.objects.on(day).filter(member=member).select_related("organisation"))


def test_it_answers_what_django_answers_whoever_asks(cast: Cast) -> None:
    names = [*Member.objects.values_list("full_name", flat=True)]
    for account in (cast.account(cast.lan), cast.account(cast.hoa), cast.phuc, cast.admin):
        for some in ([], names[:1], names[:3], names):
            asked = Member.objects.for_user(account).filter(full_name__in=some).order_by("pk")
            assert KNOWN(known_to(account, Member), some) == list(asked)


def test_every_answer_is_fetched(cast: Cast) -> None:
    names = [make_member(cast.cell, "Phan Văn Một").full_name]
    asked = known_to(cast.account(cast.lan), Member), names
    assert len(KNOWN(*asked)) == 1
    Member.objects.filter(full_name__in=names).update(told_by="tổ 2")
    with CaptureQueriesContext(connection) as queries:
        assert [one.told_by for one in KNOWN(*asked)] == ["tổ 2"]
    assert len(queries) == 1


def test_days_and_rows_beside_are_asked_for_with_it(cast: Cast) -> None:
    today = timezone.localdate()
    member = cast.lan.pk
    with CaptureQueriesContext(connection) as queries:
        assert [one.organisation.pk for one in SINCE(member, today)]
    assert len(queries) == 1
    assert SINCE(member, today - timedelta(days=100_000)) == []
    named = SINCE(member, today, organisation=cast.cell)
    assert all(one.organisation is cast.cell for one in named)


def test_the_sql_is_built_once_for_each_form() -> None:
    built: list[tuple[object, ...]] = []

    class Counting(Asked[Member]):
        def _build(self, forms: tuple[object, ...]) -> object:
            built.append(forms)
            return super()._build(forms)

    asked = Counting(lambda known, keys: Member.objects.filter(known, pk__in=keys))
    for keys in ([1], [2], [1, 2], [1, 2, 3], [1, 2, 3, 4]):
        asked(Q(organisation=1), keys)
    asked(~Q(organisation=1), [1])
    asked(Q(organisation__isnull=True), [1])
    asked(Q(organisation__isnull=False), [1])
    assert len(built) == 6  # lists of 1, 2 and 4; three other conditions


def test_what_would_stay_as_it_was_the_first_time_is_refused() -> None:
    now = timezone.now()

    def of_today() -> QuerySet[Tenure]:
        return Tenure.objects.on(timezone.localdate())

    with pytest.raises(TypeError, match="given each time"):
        Asked(lambda: Tenure.objects.on(now.date()))
    with pytest.raises(TypeError, match="would stay"):
        Asked(of_today)()
    with pytest.raises(TypeError, match="plain values"):
        SINCE(Member(pk=1), timezone.localdate())


def test_each_thread_asks_by_its_own_connection() -> None:
    asked = Asked(lambda pk: Organisation.objects.filter(pk=pk))
    assert asked(0) == []
    used: list[object] = []

    def ask() -> None:
        with CaptureQueriesContext(connections["default"]) as queries:
            asked(0)
        used.append(len(queries))
        connections["default"].close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert used == [1]
