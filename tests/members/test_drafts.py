"""Forms that are sent by a button: what is typed is kept for its author alone until they are, and gone after that."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from critique.remedies import actions as remedies
from critique.remedies.models import RemedyNote
from critique.writing.draft import SealedDraft
from meetings.actions import thematic
from meetings.models import Draft, Meeting, Opinion
from members.models import User
from members.refusal import Refused
from members.saving.actions import Conflict, Saved, save_text
from members.saving.drafts import draft_of
from tests.factories import at, new_key, put_into
from tests.once import built_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from critique.remedies.models import Remedy
    from tests.conftest import Cast

NOW, LATER = at("2026-11-26 20:00"), at("2026-11-26 20:05")
WORDS = "Tám trăm chữ về vì sao đoạn hai cần nói rõ ai làm, làm đến bao giờ"
JSON = {"Accept": "application/json"}


@built_once
def shared(cast: Cast, planned: Meeting) -> Meeting:
    """Tuấn's paper can be read, and Hoa has given an opinion on it."""
    who = {"by": cast.account(cast.tuan), "at": NOW}
    save_text("draft", planned.paper, {"draft": "I. Nhận thức\nĐoạn hai."}, base=0, **who)
    thematic.share(planned.paper, **who)
    hoa = cast.account(cast.hoa)
    thematic.give_opinion(planned.paper, member=cast.hoa, paragraph=None, text="Rõ hơn.", by=hoa, at=NOW)
    return planned


@pytest.fixture
def remedy(cast: Cast) -> Remedy:
    who = {"by": cast.account(cast.hoa), "at": NOW}
    return remedies.enter(cast.cell, about=cast.hoa, source="opinion", shortcoming="Nộp chậm", **who)


def box(client: Client, url: str, name: str) -> str:
    form = client.get(url).context["form"]
    return str(form[name].value() or "")


def test_an_opinion_that_was_not_sent_is_there_again_and_seen_by_nobody_else(
    cast: Cast, shared: Meeting, as_user: Callable[[Any], Client]
) -> None:
    hoa, page = as_user(cast.hoa), reverse("paper", args=[shared.pk])
    saved = hoa.post(
        reverse("write", args=["opinion-add", shared.paper.pk]), {"text": WORDS, "base": "0"}, headers=JSON
    )
    assert (saved.status_code, saved.json()["rev"], Opinion.objects.count()) == (200, 1, 1)
    assert {name: box(as_user(getattr(cast, name)), page, "text") for name in ("hoa", "tuan", "lan")} == {
        "hoa": WORDS,
        "tuan": "",
        "lan": "",
    }
    assert WORDS not in as_user(cast.lan).get(page).content.decode()
    owners = {name: Draft.objects.for_user(cast.account(getattr(cast, name))).count() for name in ("hoa", "lan", "mai")}
    assert owners | {"phuc": Draft.objects.for_user(cast.phuc).count()} == {"hoa": 1, "lan": 0, "mai": 0, "phuc": 0}


def test_what_was_sent_stands_where_it_belongs_and_the_draft_is_gone(
    cast: Cast, shared: Meeting, as_user: Callable[[Any], Client]
) -> None:
    hoa = as_user(cast.hoa)
    hoa.post(reverse("write", args=["opinion-add", shared.paper.pk]), {"text": WORDS, "base": "0"})
    empty = hoa.post(reverse("opinion-add", args=[shared.pk]), {"text": "", "key": new_key()})
    assert (empty.status_code, Draft.objects.count()) == (422, 1)
    hoa.post(reverse("opinion-add", args=[shared.pk]), {"text": WORDS, "base": "1", "key": new_key()})
    assert (Opinion.objects.latest("pk").text, Draft.objects.count()) == (WORDS, 0)
    assert box(hoa, reverse("paper", args=[shared.pk]), "text") == ""


def test_an_answer_that_is_being_written_does_not_change_the_one_that_stands(
    cast: Cast, shared: Meeting, as_user: Callable[[Any], Client]
) -> None:
    opinion, tuan = shared.opinions.get(), as_user(cast.tuan)
    url = reverse("opinion-answer", args=[opinion.pk])
    tuan.post(url, {"answer": "kept", "reason": "Đã đủ ý", "key": new_key()})
    tuan.post(reverse("write", args=["opinion-answer", opinion.pk]), {"reason": WORDS, "became": "", "base": "0"})
    opinion.refresh_from_db()
    assert (opinion.reason, box(tuan, url, "reason")) == ("Đã đủ ý", WORDS)
    assert box(as_user(cast.lan), url, "reason") == "Đã đủ ý"
    tuan.post(url, {"answer": "kept", "reason": WORDS, "key": new_key()})
    opinion.refresh_from_db()
    assert (opinion.reason, Draft.objects.count()) == (WORDS, 0)


def test_the_purpose_of_a_plan_is_kept_until_the_plan_is_saved(
    cast: Cast, planned: Meeting, as_user: Callable[[Any], Client]
) -> None:
    lan, url = as_user(cast.lan), reverse("meeting-edit", args=[planned.pk])
    lan.post(reverse("write", args=["meeting-edit", planned.pk]), {"purpose": WORDS, "base": "0"})
    assert (box(lan, url, "purpose"), Meeting.objects.get().purpose == WORDS) == (WORDS, False)
    form = {"starts_at": "2026-12-03T19:00", "topic": "Nêu gương", "purpose": WORDS, "key": new_key()}
    assert lan.post(url, form).status_code == 302
    assert (Meeting.objects.get().purpose, Draft.objects.count()) == (WORDS, 0)


def test_a_report_about_a_shortcoming_is_sealed_before_it_is_sent_too(
    cast: Cast, remedy: Remedy, as_user: Callable[[Any], Client]
) -> None:
    hoa, page = as_user(cast.hoa), remedy.get_absolute_url()
    hoa.post(reverse("write", args=["remedy-report", remedy.pk]), {"words": WORDS, "base": "0"})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT texts FROM {SealedDraft._meta.db_table}")
        (held,) = cursor.fetchone()
    assert (WORDS in held, SealedDraft.objects.get().texts) == (False, {"words": WORDS})
    assert (WORDS in hoa.get(page).content.decode(), WORDS in as_user(cast.lan).get(page).content.decode()) == (
        True,
        False,
    )
    hoa.post(reverse("remedy-report", args=[remedy.pk]), {"state": "going", "words": WORDS, "key": new_key()})
    assert (RemedyNote.objects.get().words, SealedDraft.objects.count()) == (WORDS, 0)


def test_two_devices_of_one_author_lose_no_word(cast: Cast, shared: Meeting) -> None:
    who = {"by": cast.account(cast.hoa), "at": NOW}
    assert save_text("opinion-add", shared.paper, {"text": "Máy một"}, base=0, **who) == Saved(1, NOW)
    answer = save_text("opinion-add", shared.paper, {"text": "Máy hai"}, base=0, **who)
    assert answer == Conflict(1, {"text": "Máy một"}, {"text": "Máy hai"}, "")


def test_a_draft_asks_for_the_same_right_and_the_same_state_as_its_form(cast: Cast, shared: Meeting) -> None:
    paper, opinion = shared.paper, shared.opinions.get()
    for name, row, member in (("opinion-add", paper, cast.mai), ("opinion-answer", opinion, cast.hoa)):
        with pytest.raises(PermissionDenied):
            save_text(name, row, {"text": WORDS, "reason": WORDS}, base=0, by=cast.account(member), at=NOW)
    put_into("sealed")
    with pytest.raises(Refused, match="Đã ký biên bản"):
        save_text("opinion-add", paper, {"text": WORDS}, base=0, by=cast.account(cast.hoa), at=NOW)
    assert Draft.objects.count() == 0


def test_words_that_nobody_came_back_to_for_sixty_days_are_erased(
    cast: Cast, shared: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_text("opinion-add", shared.paper, {"text": WORDS}, base=0, by=cast.account(cast.hoa), at=NOW)
    left = []
    for day in (at("2027-01-25 19:00"), at("2027-01-25 21:00")):
        monkeypatch.setattr(timezone, "now", lambda day=day: day)
        call_command("remind")
        left.append(Draft.objects.count())
    assert (left, draft_of("opinion-add", shared.paper, cast.account(cast.hoa)).texts) == ([1, 0], {})


def test_unsent_words_of_a_shut_account_are_neither_shown_nor_written_over(
    cast: Cast, shared: Meeting, as_user: Callable[[Any], Client]
) -> None:
    hoa, page = as_user(cast.hoa), reverse("paper", args=[shared.pk])
    where = reverse("write", args=["opinion-add", shared.paper.pk])
    hoa.post(where, {"text": WORDS, "base": "0"}, headers=JSON)
    User.objects.filter(member=cast.hoa).update(private_until=timezone.now() + timedelta(days=7))
    other = hoa.post(where, {"text": "Khác", "base": "0"}, headers=JSON)
    assert (other.status_code, "Phần riêng" in other.json()["sentence"]) == (422, True)
    assert (WORDS in other.text, WORDS in hoa.get(page).text, WORDS in hoa.get("/account/data/").text) == (False,) * 3
    assert Draft.objects.get().texts["text"] == WORDS
