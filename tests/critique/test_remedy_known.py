"""Who knows of an item of the register, what is kept of it, and what the cell sees of it: counts."""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.views.debug import ExceptionReporter

from critique.lifecycle import Remedying
from critique.remedies import actions
from critique.remedies.models import Remedy
from critique.remedies.register import counts, todos
from members import actions as people
from members.models import Event, TenureKind
from tests.critique.conftest import SECRET
from tests.critique.test_remedy import ENTERED, LATER, WORDS, again, enter, look, who
from tests.factories import make_member

if TYPE_CHECKING:
    from tests.conftest import Cast


def test_only_those_who_need_to_know_of_an_item_can_ask_for_it(cast: Cast) -> None:
    whole, hoas = enter(cast, None), enter(cast, cast.hoa)
    asked = {
        name: set(Remedy.objects.for_user(user))
        for name, user in {
            **{name: cast.account(getattr(cast, name)) for name in ("lan", "hoa", "tuan", "kha", "mai")},
            "phuc": cast.phuc,
            "admin": cast.admin,
        }.items()
    }
    everybody = {whole, hoas}
    nobody: set[Remedy] = set()
    assert asked == {
        "lan": everybody, "hoa": everybody, "tuan": {whole}, "kha": nobody, "mai": nobody, "phuc": nobody,
        "admin": nobody,
    }  # fmt: skip


def test_a_helper_or_a_committee_member_who_is_so_no_longer_loses_sight_of_it(cast: Cast) -> None:
    binh = make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")
    remedy = enter(cast, cast.hoa, helper=cast.tuan)
    seen = [Remedy.objects.for_user(cast.account(one)).count() for one in (binh, cast.tuan)]
    binh.tenures.filter(kind=TenureKind.COMMITTEE_MEMBER).delete()
    actions.arrange(remedy, helper=None, due_on=None, **who(cast, cast.lan))
    after = [Remedy.objects.for_user(cast.account(one)).count() for one in (binh, cast.tuan)]
    assert (seen, after) == ([1, 1], [0, 0])


def test_whoever_leaves_the_cell_sees_no_item_but_the_committee_still_closes_it(cast: Cast) -> None:
    remedy = enter(cast, cast.hoa)
    people.set_standing(cast.hoa, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 11, 1), by=None, at=ENTERED)
    assert list(Remedy.objects.for_user(cast.account(cast.hoa))) == []
    actions.close(again(remedy), words="Chuyển sinh hoạt, đã bàn giao", **who(cast, cast.lan))
    assert again(remedy).state == Remedying.CLOSED


def test_events_hold_no_word_and_are_never_changed(cast: Cast) -> None:
    remedy = enter(cast, cast.hoa)
    actions.report(remedy, state="done", words=WORDS, **who(cast, cast.hoa))
    look(cast, remedy, "done")
    actions.close(remedy, words=WORDS, **who(cast, cast.lan))
    events = list(Event.objects.filter(thing="remedy").values_list("what", "data"))
    check = remedy.checks.first().pk
    assert events == [
        ("enter", {"due_on": None}),
        ("report", {"state": "done"}),
        ("check", {"check": check, "found": "done"}),
        ("close", {}),
    ]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(what="nothing")


def test_the_cell_is_shown_in_counts(cast: Cast, django_assert_num_queries: Any) -> None:
    enter(cast, cast.hoa, due_on=date(2027, 1, 5))
    done, closed = enter(cast, None), enter(cast, cast.tuan)
    actions.report(done, state="done", words="Xong", **who(cast, cast.lan))
    actions.close(closed, words=WORDS, **who(cast, cast.lan))
    with django_assert_num_queries(1):
        found = counts(cast.cell, LATER.date())
    assert (found.open, found.due, found.overdue, found.done, found.closed) == (2, 2, 1, 1, 1)
    assert counts(cast.cell, date(2028, 1, 1)).closed == 0


def test_the_first_page_asks_whoever_has_something_due_and_nobody_else(cast: Cast) -> None:
    enter(cast, cast.hoa, helper=cast.tuan, due_on=date(2027, 1, 5))
    enter(cast, cast.son)
    asked = {
        name: [(due.about, due.late) for due in todos(cast.account(getattr(cast, name)), cast.cell, LATER)]
        for name in ("lan", "hoa", "tuan")
    }
    assert asked == {
        "lan": [("2 việc đến hạn", False)],
        "hoa": [("1 việc đến hạn", True)],
        "tuan": [("1 việc đến hạn", True)],
    }
    assert todos(cast.account(cast.hoa), cast.cell, ENTERED) == []


def test_an_error_in_the_middle_of_a_report_puts_no_word_into_log_or_page(
    cast: Cast, as_user: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    remedy, client = enter(cast, cast.hoa), as_user(cast.hoa)
    monkeypatch.setattr("critique.remedies.actions._note", lambda *args, **kwargs: 1 / 0)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answer = client.post(reverse("remedy-report", args=[remedy.pk]), {"state": "done", "words": WORDS})
    told = answer.content.decode() + caplog.text
    (record,) = [one for one in caplog.records if one.exc_info and getattr(one, "request", None)]
    settings.DEBUG = False
    told += ExceptionReporter(record.request, *record.exc_info).get_traceback_text()  # type: ignore[attr-defined,misc]
    assert (answer.status_code, WORDS in told, SECRET in told, again(remedy).version) == (500, False, False, 1)
