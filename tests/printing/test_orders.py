"""Large papers: ordered by asking, made by one at a time, followed, given up, taken up again after a restart."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError
from django.utils import timezone
from weasyprint.logger import PROGRESS_LOGGER

from critique.sealing.crypto import Sealed
from documents import apart, large
from documents.large import Endless, reckoned
from documents.model import Document, Heading, Title, para
from documents.pdf import _pages, _told, to_pdf_at_leisure
from meetings.extension import do_chores
from printing import runner
from printing.bell import Bell
from printing.models import SILENT, Order, State, Why

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.test import Client

    from tests.conftest import Cast

LONG_PAPER = Document("dai", "Văn bản dài", date(2026, 12, 5), (Title("BÁO CÁO"), *(para("Nêu gương. " * 60),) * 9))


@pytest.fixture
def blank(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a paper that is too large for a request."""
    monkeypatch.setattr("documents.http.reckoned", lambda document: 99)
    return f"/cells/{cast.cell.pk}/letters/blank.pdf"


@pytest.fixture
def lan(cast: Cast, as_user: Callable[..., Client]) -> Client:
    return as_user(cast.lan)


def order_of(client: Client, address: str) -> tuple[str, Order]:
    waiting = client.get(address)["Location"]
    return waiting, Order.objects.get(pk=int(waiting.strip("/").split("/")[-1]))


def test_a_large_paper_is_made_outside_the_request_and_opened_where_it_was_asked_for(lan: Client, blank: str) -> None:
    waiting, order = order_of(lan, blank)
    assert order_of(lan, blank)[1] == order  # asking twice is asking once
    order.refresh_from_db()
    Order.objects.filter(pk=order.pk).update(state=State.RUNNING, slot=1, beat_at=timezone.now(), laid=40, total=198)
    assert "Đã dàn 40/198 trang…" in lan.get(waiting).content.decode()
    Order.objects.filter(pk=order.pk).update(state=State.WAITING, slot=None)
    runner.work()
    assert f'href="{blank}"' in lan.get(waiting).content.decode()
    answer = lan.get(blank)
    assert (answer["Content-Type"], answer["Content-Disposition"][-5:], answer.content[:5]) == (
        "application/pdf",
        '.pdf"',
        b"%PDF-",
    )


def test_an_order_is_its_askers_alone_and_holds_no_word_in_the_open(
    lan: Client, blank: str, cast: Cast, client: Client
) -> None:
    waiting, order = order_of(lan, blank)
    runner.work()
    raw = Order._base_manager.filter(pk=order.pk).values_list("asked", "result").get()
    assert all(isinstance(value, Sealed) and value.startswith("v2.") for value in raw)
    client.force_login(cast.account(cast.hoa), backend="members.accounts.Backend")
    assert [client.get(waiting).status_code, client.post(f"{waiting}give-up/").status_code] == [404, 404]
    assert client.get(blank)["Location"] != waiting  # and asking for the same makes one of one's own


def test_whoever_follows_from_above_waits_on_the_same_page(
    cast: Cast, as_user: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They belong to no cell, and their orders are theirs all the same: found again, and not more than a few."""
    monkeypatch.setattr("documents.http.reckoned", lambda document: 99)
    phuc, address = as_user(cast.phuc), f"/committees/{cast.ward.pk}/roll-up/2026/{{}}.pdf"
    waiting, order = order_of(phuc, address.format(12))
    assert order_of(phuc, address.format(12))[1] == order
    assert "Đang lập bản in" in phuc.get(waiting).content.decode()
    assert [phuc.get(address.format(month)).status_code for month in (9, 10, 11)] == [302, 302, 503]
    assert phuc.post(f"{waiting}give-up/").status_code == 302
    assert not Order.objects.filter(pk=order.pk).exists()


def test_in_word_it_is_another_order(lan: Client, blank: str) -> None:
    first = order_of(lan, blank)[1]
    second = order_of(lan, f"{blank}?dang=docx")[1]
    runner.work()
    assert first != second
    assert lan.get(f"{blank}?dang=docx").content[:2] == b"PK"


def test_what_is_too_long_for_anything_is_refused_with_the_part_that_is(
    lan: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """60,000 letters, each on a line of its own."""
    lines = Document(
        "dai", "Dài", date(2026, 12, 5), (Heading("II. THẢO LUẬN"), para("\n".join("a" * 60_000)), Heading("III"))
    )
    monkeypatch.setattr("critique.letters.views.blank_letter", lambda *_: lines)
    answer = lan.get(f"/cells/{cast.cell.pk}/letters/blank.pdf")
    assert answer.status_code == 422
    assert "Dài nhất là phần “II. THẢO LUẬN”, khoảng 60.000 dòng." in answer.content.decode()
    assert not Order.objects.exists()


def test_a_paper_is_reckoned_only_where_it_may_be_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reckoned(LONG_PAPER) == 1
    monkeypatch.setattr(large, "_SHORT", 0)
    assert reckoned(LONG_PAPER) > 1
    monkeypatch.setattr(large, "MOST", 1)
    with pytest.raises(Endless, match="nhiều nhất 1 trang"):
        reckoned(LONG_PAPER)


def test_outside_the_request_it_is_the_same_bytes_and_each_page_is_told() -> None:
    told: list[int | None] = []
    assert to_pdf_at_leisure(LONG_PAPER, None, told.append) == _pages(LONG_PAPER, None)
    assert [page for page in told if page is not None][:2] == [1, 2]


def test_its_pages_are_told_to_whoever_waits_and_fill_no_journal(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[int] = []
    for name, usual in (("handlers", []), ("propagate", True), ("level", logging.NOTSET)):
        monkeypatch.setattr(PROGRESS_LOGGER, name, usual)
    monkeypatch.setattr("documents.pdf.say", told.append)
    _told(LONG_PAPER, None)
    assert told[:2] == [1, 2]
    assert caplog.records == []


def test_whoever_watches_is_asked_each_second_and_may_end_the_work() -> None:
    def enough(_: int | None) -> None:
        raise runner.GivenUp

    with pytest.raises(runner.GivenUp):
        apart.apart(_sleeps, watch=enough)


def _sleeps() -> bytes:
    import time

    time.sleep(9)
    return b""


def test_what_is_given_up_is_gone_and_its_work_ends(lan: Client, blank: str) -> None:
    waiting, order = order_of(lan, blank)
    assert runner.take("one") == order.pk
    assert lan.post(f"{waiting}give-up/").status_code == 302
    runner.work_on(order.pk, "one")
    assert (Order.objects.count(), lan.get(waiting).status_code) == (0, 404)


def test_one_is_made_at_a_time_and_a_restart_takes_up_what_was_begun(
    lan: Client, blank: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, order = order_of(lan, blank)
    other = order_of(lan, f"{blank}?dang=docx")[1]
    assert runner.take("the server that is killed") == order.pk
    assert runner.take("another process") is None
    later = timezone.now() + SILENT + timedelta(seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert order.is_idle(later)
    runner.work()
    assert [*Order.objects.values_list("pk", "state")] == [(order.pk, State.DONE), (other.pk, State.DONE)]
    assert not Order.objects.beat(order.pk, "the server that is killed", later, 1, 2)


class Rounds:
    """A sign of life that lets whoever gives it go on so many times."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise SystemExit


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch) -> Bell:
    """Of this test alone, and nobody sleeps between two looks."""
    own = Bell()
    for place in ("runner", "views"):
        monkeypatch.setattr(f"printing.{place}.BELL", own)
    monkeypatch.setattr("printing.runner.time.sleep", lambda seconds: None)
    monkeypatch.setattr("printing.runner.connection.close", lambda: None)  # the suite's own
    return own


def test_whoever_makes_papers_looks_when_a_server_begins_and_is_woken_by_whoever_asks(
    lan: Client, blank: str, bell: Bell
) -> None:
    runner.make_all(Rounds(0))  # looks, and comes back
    with pytest.raises(SystemExit):
        runner.make_all(Rounds(0))  # sleeps
    _, order = order_of(lan, blank)
    runner.make_all(Rounds(9))
    order.refresh_from_db(fields=["state"])
    assert (order.state, bell.is_rung()) == (State.DONE, False)


@pytest.mark.django_db
def test_while_nobody_asks_it_asks_the_database_nothing(
    bell: Bell, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    bell.hush()
    with django_assert_num_queries(0), pytest.raises(SystemExit):
        runner.make_all(Rounds(1))


def test_it_looks_again_by_itself_while_another_server_is_at_work(
    lan: Client, blank: str, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, order = order_of(lan, blank)
    assert runner.take("another server") == order.pk
    with pytest.raises(SystemExit):
        runner.make_all(Rounds(3 * runner.AGAIN))
    assert (Order.objects.get().runner, bell.is_rung()) == ("another server", True)
    later = timezone.now() + SILENT + timedelta(seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    runner.make_all(Rounds(99))
    assert Order.objects.get().state == State.DONE


def test_a_database_that_is_away_is_told_once_and_asked_again(
    lan: Client, blank: str, bell: Bell, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    order_of(lan, blank)
    away, asked = iter((True, True, False)), runner.take

    def take(name: str) -> int | None:
        if next(away, False):
            raise OperationalError
        return asked(name)

    monkeypatch.setattr(runner, "take", take)
    runner.make_all(Rounds(99))
    assert Order.objects.get().state == State.DONE
    assert [record.message for record in caplog.records] == ["Large papers are not being made at the moment"]


def test_a_server_that_stops_puts_it_back_in_the_line(lan: Client, blank: str, bell: Bell) -> None:
    _, order = order_of(lan, blank)
    with pytest.raises(SystemExit):
        runner.make_all(Rounds(0))
    order.refresh_from_db(fields=["state", "slot", "runner", "tries"])
    assert (order.state, order.slot, order.runner, order.tries) == (State.WAITING, None, "", 0)
    assert bell.is_rung()  # for whoever takes its place


def test_what_ends_its_server_each_time_is_not_begun_for_ever(lan: Client, blank: str) -> None:
    waiting, order = order_of(lan, blank)
    Order.objects.update(tries=runner.TRIES)
    runner.work()
    order.refresh_from_db(fields=["state", "why"])
    assert (order.state, order.why) == (State.FAILED, Why.BROKEN)
    assert "Thử lập lại" in lan.get(waiting).content.decode()
    lan.post(f"{waiting}again/")
    runner.work()
    assert lan.get(blank).status_code == 200


def test_what_takes_too_much_after_all_says_what_to_do(
    lan: Client, blank: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(*_: object, **__: object) -> bytes:
        raise apart.TooMuch

    monkeypatch.setattr("documents.pdf.apart", too_much)
    waiting, _ = order_of(lan, blank)
    runner.work()
    assert "tách phần dài nhất rồi in lại" in lan.get(waiting).content.decode()


def test_nobody_fills_the_line_and_a_day_later_all_is_gone(
    lan: Client, blank: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        monkeypatch.setattr("critique.letters.views.blank_letter", lambda *_, n=number: paper_number(n))
        failed = order_of(lan, blank)[1]
    monkeypatch.setattr("critique.letters.views.blank_letter", lambda *_: paper_number(9))
    assert lan.get(blank).status_code == 503
    Order.objects.filter(pk=failed.pk).update(state=State.FAILED, why=Why.TOO_MUCH)
    assert lan.get(blank).status_code == 302
    assert lan.post(f"/printing/{failed.pk}/again/").status_code == 503  # one that has failed waits in the same line
    Order.objects.filter(pk=failed.pk).delete()
    do_chores(timezone.now() + timedelta(hours=23))
    assert Order.objects.count() == 3
    do_chores(timezone.now() + timedelta(hours=25))
    assert Order.objects.count() == 0


def paper_number(number: int) -> Document:
    return Document(f"so-{number}", f"Số {number}", date(2026, 12, 5), (para("Nội dung."),))
