"""Questions that are built once: the same answers as those of Django's own, whoever asks, and nothing kept of them."""

from __future__ import annotations

import gc
import random
import threading
import weakref
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.asked import Asked
from members.models import Member, Organisation, Tenure, TenureKind
from members.scoping import known_to
from tests.factories import make_member

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from tests.conftest import Cast

KNOWN = Asked(lambda known, names: Member.objects.filter(known, full_name__in=names).order_by("pk"))
SUCH = Asked(lambda such: Tenure.objects.filter(such).order_by("pk"))
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


@pytest.mark.django_db
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


@pytest.mark.django_db
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


WORDS = ("", "%", "_", "\\", "%s", "chi bộ", "Chi bộ", "CHI", "ộ V", "Phan_", "Phan%", "Phan\\", "'")
KINDS = (*TenureKind, "", "no such")
COLUMNS: dict[str, Callable[[random.Random], object]] = {
    "kind": lambda some: some.choice(KINDS),
    "kind__in": lambda some: some.choices(KINDS, k=some.randint(0, 5)),
    "ends_on": lambda some: some.choice((None, date(2025, 1, 1))),
    "ends_on__isnull": lambda some: some.choice((True, False)),
    "starts_on__gte": lambda some: date(some.randint(2014, 2027), 1, 1),
    "starts_on__year": lambda some: some.randint(2014, 2027),
    "starts_on__year__in": lambda some: {some.randint(2014, 2027) for _ in range(some.randint(0, 3))},
    "organisation__parent": lambda some: some.choice((None, 1, 2)),
    "organisation__parent__in": lambda some: some.choices((None, 1, 2, 3), k=some.randint(0, 5)),
    "organisation__path__startswith": lambda some: some.choice(("/", "/1/", "%", "/_/", "\\", "")),
    "member__full_name__startswith": lambda some: some.choice(WORDS),
    "member__full_name__contains": lambda some: some.choice(WORDS),
    "member__full_name__icontains": lambda some: some.choice(WORDS),
    "member__full_name__endswith": lambda some: some.choice(WORDS),
    "member__tenures__kind": lambda some: some.choice(KINDS),
    "member__account__is_active": lambda some: some.choice((True, False)),
    "member__account": lambda some: some.choice((None, 1, 2)),
}


def _such(some: random.Random, deep: int = 3) -> Q:
    """Any condition, also one that is empty, turned round, or within others."""
    if deep and some.random() < 0.6:
        parts = [_such(some, deep - 1) for _ in range(some.randint(0, 3))]
        found = Q(*parts, _connector=some.choice((Q.AND, Q.OR)))
    else:
        column = some.choice([*COLUMNS])
        found = Q(**{column: COLUMNS[column](some)})
    return ~found if some.random() < 0.3 else found


def test_whatever_is_asked_it_answers_as_django_does(cast: Cast) -> None:
    for name in ("Phan_Một", "Phan%Hai", "Phan\\Ba", "Phan'Tư"):
        make_member(cast.cell, name)
    some = random.Random(20261130)
    found = 0
    for _ in range(150):
        such = _such(some)
        asked = SUCH(such)
        assert asked == list(Tenure.objects.filter(such).order_by("pk")), such
        found += bool(asked)
    assert 40 < found < 140


def test_nothing_is_outside_of_a_list_only_because_none_is_in_it(cast: Cast) -> None:
    elsewhere = ~Q(member__in=[cast.lan.pk, None])
    assert SUCH(elsewhere)
    assert SUCH(elsewhere) == list(Tenure.objects.filter(elsewhere).order_by("pk"))


def test_a_condition_whose_value_would_stay_as_it_was_the_first_time_is_refused(cast: Cast) -> None:
    """SQLite is given the text of such a value, with what would be an operator in it written otherwise."""
    for name in (cast.lan.full_name, cast.hoa.full_name):
        such = Q(member__full_name__iexact=name)
        try:
            asked = SUCH(such)
        except TypeError as refused:
            assert connection.vendor == "sqlite"
            assert "with its value" in str(refused)  # noqa: PT017
        else:
            assert asked == list(Tenure.objects.filter(such).order_by("pk"))


@pytest.mark.django_db
def test_a_thread_that_asked_first_takes_its_connection_along() -> None:
    asked = Asked(lambda pk: Organisation.objects.filter(pk=pk))
    held: list[weakref.ref[object]] = []

    def ask() -> None:
        asked(0)
        own = connections["default"]
        held.append(weakref.ref(own))
        own.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    del thread
    gc.collect()
    assert held[0]() is None
    assert asked(0) == []
