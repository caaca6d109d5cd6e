"""The cast: Lan is secretary, Hoa a full member, Tuấn on probation, Mai leads another cell, Phúc reviews, Kha left."""

from __future__ import annotations

import gc
import logging
import os
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import Client, TransactionTestCase
from whitenoise.middleware import WhiteNoiseMiddleware

from chibo.demo.build import build
from meetings.actions import evening, planning
from meetings.live.panels import SCREENS
from members.models import Member, Organisation, TenureKind, User
from tests import migrated
from tests import once as once_built
from tests.emptying import emptied_quickly
from tests.factories import PASSWORD, at, make_cell, make_committee, make_member, make_superior, plan_fields
from tests.once import Shelf
from tests.sample import this_weeks
from tests.world import AFTER, make_neighbourhood, with_meeting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import Settings
    from pytest_django.plugin import DjangoDbBlocker

    from chibo.demo.build import Stage
    from meetings.lifecycle import State
    from meetings.models import Meeting
    from tests.world import World

    AsUser = Callable[..., Client]


def pytest_configure(config: pytest.Config) -> None:
    """Several workers: the database that each of them copies is laid down beside their own start."""
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        source = migrated.Source()
        config.add_cleanup(source.clear_away)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of the journeys that take turns a run of the whole suite goes on this week's; who names one, goes on it.

    These are the long ones: in the browser they come first, so that no worker is left alone with one at the end.
    """
    places = [place for place, item in enumerate(items) if item.get_closest_marker("browser")]
    journeys = sorted((items[place] for place in places), key=lambda item: not item.get_closest_marker("in_turn"))
    for place, journey in zip(places, journeys, strict=True):
        items[place] = journey
    for item in items:
        if item.get_closest_marker("browser") or _takes_several(item):
            item.add_marker(pytest.mark.flaky(reruns=1))  # told in the summary
    if config.args != config.getini("testpaths") or config.option.keyword:
        return
    turns = [item for item in items if item.get_closest_marker("in_turn")]
    waiting = {*turns} - {*this_weeks(turns)}
    items[:] = [item for item in items if item not in waiting]
    config.hook.pytest_deselected(items=[*waiting])


def _takes_several(item: pytest.Item) -> bool:
    """Whether threads or programs of their own read what it writes: only then anything is committed."""
    database = item.get_closest_marker("django_db")
    return database is not None and bool(database.kwargs.get("transaction"))


def pytest_collection_finish() -> None:
    """What is here by now stays: looking through all of it for rubbish again and again takes a twelfth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


_flush = DatabaseOperations.execute_sql_flush


@dataclass
class Cast:
    ward: Organisation
    cell: Organisation
    other_cell: Organisation
    lan: Member
    hoa: Member
    tuan: Member
    son: Member  # 80 years old, no account, no device
    kha: Member  # left last year, the account still exists
    mai: Member
    phuc: User
    admin: User

    def account(self, member: Member) -> User:
        """Fresh from the database, so that nothing is remembered between two requests."""
        return User.objects.select_related("member").get(member=member)


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests() -> Iterator[None]:
    """Django empties tables after some tests, by DELETE or TRUNCATE; append-only ones refuse both, whoever asks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", _flush_past_triggers)
        if connection.vendor == "postgresql":
            patch.setattr(type(connection.ops), "execute_sql_flush", _flush_as_replica, raising=False)
        yield


def _flush_as_replica(self: BaseDatabaseOperations, statements: list[str]) -> None:
    """What a replica is told has been judged before: no trigger is asked."""
    as_usual = "SET session_replication_role = origin"
    BaseDatabaseOperations.execute_sql_flush(self, ["SET session_replication_role = replica", *statements, as_usual])


def _flush_past_triggers(self: DatabaseOperations, statements: list[str]) -> None:
    with self.connection.cursor() as cursor:
        cursor.execute("SELECT 'DROP TRIGGER ' || name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    laid_down = [drop for drop, _ in triggers]
    words = "INSERT INTO search_index(search_index) VALUES ('rebuild')"  # what the triggers of search_passage would do
    _flush(self, [*laid_down, *statements, words, *(made for _, made in triggers)])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """A database of its own for every run and worker, so that two runs in one checkout do not meet."""
    database = connection.settings_dict
    if request.config.getoption("reuse_db"):
        return
    if connection.vendor == "sqlite":
        database["TEST"]["NAME"] = str(tmp_path_factory.getbasetemp() / "test.sqlite3")
    else:
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")[:8] or os.getpid()
        database["TEST"]["NAME"] = f"{database['TEST']['NAME'] or 'test_' + database['NAME']}_{run}"
    if migrated.PLACE not in os.environ:
        request.config.add_cleanup(migrated.Source().clear_away)
    connection.creation.create_test_db = migrated.copying(connection)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield from emptied_quickly(TransactionTestCase._fixture_teardown)


@pytest.fixture(scope="session", autouse=True)
def _workers_share_what_is_built_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        once_built.shared = tmp_path_factory.getbasetemp().parent / "once"
        once_built.shared.mkdir(exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_at_once() -> Iterator[None]:
    """Every test client puts the middleware together anew, and this one looks at 370 files as it begins."""
    look, seen = WhiteNoiseMiddleware.update_files_dictionary, {}

    def once_for(self: WhiteNoiseMiddleware, root: str, prefix: str) -> None:
        if (root, prefix) not in seen:
            look(self, root, prefix)
            seen[root, prefix] = dict(self.files)
        self.files.update(seen[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "update_files_dictionary", once_for)
        yield


_tests = count()


@pytest.fixture(autouse=True)
def _fast_and_offline(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    SCREENS.kept.clear()  # rows of another test may have the same keys
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / f"media-{next(_tests)}"  # there once a file is kept


@pytest.fixture
def once(db: None) -> Iterator[Shelf]:
    """`once.get("name", build)`: what `build()` gives and writes, built in the first test that asks for it."""
    shelf = Shelf()
    with connection.execute_wrapper(shelf.listen):
        yield shelf


@pytest.fixture
def cast(once: Shelf) -> Cast:
    return once.get("cast", make_cast)


def make_cast() -> Cast:
    province = make_committee("Đảng uỷ các cơ quan tỉnh")
    ward = make_committee("Đảng uỷ cơ quan", parent=province)
    cell = make_cell(ward)
    other_cell = make_cell(ward, name="Chi bộ Tổ dân phố 5")
    kha = make_member(cell, "Bùi Văn Kha", username="kha")
    kha.tenures.update(ends_on=date(2025, 12, 31))
    return Cast(
        ward=ward,
        cell=cell,
        other_cell=other_cell,
        lan=make_member(cell, "Trần Thị Lan", post=TenureKind.SECRETARY, username="lan"),
        hoa=make_member(cell, "Nguyễn Thị Hoa", username="hoa"),
        tuan=make_member(cell, "Lê Anh Tuấn", standing=TenureKind.PROBATIONARY, username="tuan"),
        son=make_member(cell, "Đỗ Văn Sơn", has_device=False),
        kha=kha,
        mai=make_member(other_cell, "Phạm Thanh Mai", post=TenureKind.SECRETARY, username="mai"),
        phuc=make_superior(ward),
        admin=User.objects.create_superuser("quantri", password="x" * 16),
    )


@pytest.fixture
def as_user(client: Client) -> object:
    """`as_user(member_or_account)` gives a client that has signed in as that person."""

    def sign_in(who: Member | User) -> Client:
        user = who if isinstance(who, User) else User.objects.get(member=who)
        fresh = Client()
        fresh.force_login(user, backend="members.accounts.Backend")
        return fresh

    return sign_in


@pytest.fixture
def planned(cast: Cast, once: Shelf) -> Meeting:
    """A thematic meeting that Lan chairs, Hoa takes the minutes of, and Tuấn has prepared."""

    def plan() -> Meeting:
        fields = plan_fields(chair=cast.lan, minute_taker=cast.hoa, author=cast.tuan)
        return planning.plan_meeting(
            cast.cell, kind="thematic", by=cast.account(cast.lan), at=at("2026-11-20 08:00"), **fields
        )

    return once.get("planned", plan)


@pytest.fixture
def called(cast: Cast, planned: Meeting, once: Shelf) -> Meeting:
    def call() -> Meeting:
        planning.call(planned, by=cast.account(cast.lan), at=at("2026-11-25 08:00"))
        return planned

    return once.get("called", call)


@pytest.fixture
def opened(cast: Cast, called: Meeting, once: Shelf) -> Meeting:
    """Open, and everybody is here."""

    def start() -> Meeting:
        evening.open_meeting(called, by=cast.account(cast.lan), at=at("2026-12-03 19:02"))
        evening.mark_rest_present(called, by=cast.account(cast.lan), at=at("2026-12-03 19:03"))
        return called

    return once.get("opened", start)


@pytest.fixture
def demonstration(once: Shelf) -> Callable[[date], Stage]:
    """The data to try the program with, as they are set up on that day."""
    return lambda today: once.get(f"demonstration, {today}", lambda: build(password=PASSWORD, today=today))


@pytest.fixture
def world_in(cast: Cast, once: Shelf, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[State], World]]:
    """Two cells at ten to nine on the evening; writing a paper is another test's question."""
    logging.disable(logging.CRITICAL)  # thousands of refusals, all expected
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER)
    for place in ("http", "sealed", "archive"):
        monkeypatch.setattr(f"documents.{place}.to_pdf", lambda *_: b"%PDF-")
    for place in ("documents.http", "chibo.leaving.export"):
        monkeypatch.setattr(f"{place}.to_docx", lambda *_: b"PK")

    def of(state: State) -> World:
        world = once.get("two cells", lambda: make_neighbourhood(cast))
        return once.get(f"meeting, {state}", lambda: with_meeting(world, state))

    yield of
    logging.disable(logging.NOTSET)
