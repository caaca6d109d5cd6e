"""No word of a letter or a request anywhere but before its parties: pages, dumps, events, logs, error reports."""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from critique.letters import actions as letters
from critique.letters.models import Criticism, CriticismDelay
from documents.model import plain_text
from members.models import Event, Member, TenureKind, User
from members.sent import PAGE_OF, owner_of
from privacy.actions import data_requests
from privacy.models import DataRequest, DataRequestDelay
from tests.critique.test_at_rest import dump, found_in
from tests.factories import at, make_member, new_key

if TYPE_CHECKING:
    from tests.conftest import Cast

NOW = at("2026-11-20 08:00")
TEXTS = {
    "matter": "Việc-thu-đảng-phí-tháng-Mười",
    "words": "Đồng chí Tuấn ba lần không nộp và nói dối tổ đảng",
    "why": "Đang nằm viện chưa lấy được sổ sách",
    "reply": "Tôi nhận khuyết điểm và đã nộp đủ",
    "asked": "Xin xoá nhận xét về sức khoẻ của tôi",
    "extension": "Chờ ý kiến bác sĩ của cơ quan",
    "answered": "Đã xoá nhận xét về sức khoẻ ấy",
}


@pytest.fixture(autouse=True)
def _plain_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("documents.http.to_pdf", "documents.sealed.to_pdf"):
        monkeypatch.setattr(place, lambda document, proof=None: plain_text(document).encode())


@pytest.fixture
def kept(cast: Cast) -> dict[str, Any]:
    """A letter from Hoa to Tuấn, put off and answered; a request of Hoa's, extended and answered."""
    make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")
    hoa, tuan, lan = (cast.account(member) for member in (cast.hoa, cast.tuan, cast.lan))
    told = {"kind": "criticism", "matter": TEXTS["matter"], "words": TEXTS["words"]}
    letter = letters.send(cast.cell, sender=cast.hoa, to_member=cast.tuan, by=hoa, at=NOW, **told)
    letters.put_off(letter, until=date(2027, 3, 1), reason=TEXTS["why"], by=tuan, at=NOW)
    letters.answer(letter, words=TEXTS["reply"], by=tuan, at=NOW)
    request = data_requests.make_request(cast.cell, member=cast.hoa, right="end", words=TEXTS["asked"], by=hoa, at=NOW)
    data_requests.put_off(request, reason=TEXTS["extension"], by=lan, at=NOW)
    data_requests.answer(request, outcome="done", words=TEXTS["answered"], by=lan, at=NOW)
    return {"letter": letter, "request": request}


def everywhere(client: Client, cast: Cast, kept: dict[str, Any]) -> str:
    cell, letter, request = cast.cell.pk, kept["letter"].pk, kept["request"].pk
    pages: list[tuple[str, list[Any]]] = [("home", []), ("my-data-json", []), ("my-data-pdf", [])]
    pages += [(name, [cell]) for name in ("letter-list", "letter-new", "data-request-list", "data-request-new")]
    pages += [(name, [cell]) for name in ("cycle-list", "retention", "member-list", "meeting-list", "task-list")]
    pages += [("letter", [letter]), ("letter-pdf", [letter]), ("data-request", [request])]
    pages += [("data-request-pdf", [request])]
    return "\n".join(client.get(reverse(n, args=a)).content.decode("utf-8", "replace") for n, a in pages)


LETTER = {"matter", "words", "why", "reply"}
REQUEST = {"asked", "extension", "answered"}


@pytest.mark.in_turn
def test_the_parties_and_who_follows_read_it_and_nobody_else(cast: Cast, kept: dict[str, Any], as_user: Any) -> None:
    everybody: dict[str, Member | User] = {
        "lan": cast.lan, "binh": Member.objects.get(full_name="Vũ Thái Bình"), "hoa": cast.hoa, "tuan": cast.tuan,
        "mai": cast.mai, "kha": cast.kha, "phuc": cast.phuc, "admin": cast.admin,
    }  # fmt: skip
    pages = {name: everywhere(as_user(who), cast, kept) for name, who in everybody.items()}
    pages["stranger"] = everywhere(Client(), cast, kept)
    seen = {name: {whose for whose, text in TEXTS.items() if text in page} for name, page in pages.items()}
    nobody: set[str] = set()
    assert seen == {
        "lan": LETTER | REQUEST, "hoa": LETTER | REQUEST, "tuan": LETTER, "binh": nobody, "mai": nobody, "kha": nobody,
        "phuc": nobody, "admin": nobody, "stranger": nobody,
    }  # fmt: skip


@pytest.mark.in_turn
def test_a_letter_that_was_taken_back_is_its_senders_alone(cast: Cast, as_user: Any) -> None:
    hoa = cast.account(cast.hoa)
    told = {"kind": "question", "matter": TEXTS["matter"], "words": TEXTS["words"]}
    letter = letters.send(cast.cell, sender=cast.hoa, to_member=cast.tuan, by=hoa, at=NOW, **told)
    letters.withdraw(letter, by=hoa, at=NOW)
    kept = {"letter": letter, "request": letter}
    pages = {m.given_name: everywhere(as_user(m), cast, kept) for m in (cast.hoa, cast.tuan, cast.lan)}
    seen = {name: {whose for whose, text in TEXTS.items() if text in page} for name, page in pages.items()}
    assert seen == {"Hoa": {"matter", "words"}, "Tuấn": set(), "Lan": set()}


def test_a_dump_holds_none_of_the_words(cast: Cast, kept: dict[str, Any]) -> None:
    assert Criticism.objects.get().words == TEXTS["words"]
    data = dump()
    assert found_in(data, TEXTS.values()) == []
    delays = [*CriticismDelay.objects.all(), *DataRequestDelay.objects.all()]
    exported = serialize("json", [*Criticism.objects.all(), *DataRequest.objects.all(), *delays])
    listed = repr([*Criticism.objects.values(), *DataRequest.objects.values(), *CriticismDelay.objects.values()])
    listed += repr([*DataRequestDelay.objects.values()])
    listed += repr([*Event.objects.values()])
    assert (found_in(exported.encode(), TEXTS.values()), found_in(listed.encode(), TEXTS.values())) == ([], [])


def test_no_title_and_no_browser_keeps_a_word(cast: Cast, kept: dict[str, Any], as_user: Any) -> None:
    hoa = as_user(cast.hoa)
    for row in kept.values():
        answer = hoa.get(row.get_absolute_url())
        title = answer.content.decode().split("<title>")[1].split("</title>")[0]
        assert title in ("Ý kiến bằng văn bản – Chibo", "Đề nghị về dữ liệu – Chibo")
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "broken", "form"),
    [
        ("letter-new", "critique.letters.answering.insert", {"kind": "criticism", "to": "cell", "matter": "x"}),
        ("my-data-request", "critique.letters.answering.insert", {"right": "end"}),
    ],
)
def test_an_error_in_the_middle_puts_no_word_into_a_log_and_gives_them_back_to_their_author(
    cast: Cast,
    as_user: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    settings: Any,
    name: str,
    broken: str,
    form: dict[str, str],
) -> None:
    monkeypatch.setattr(broken, lambda *args, **kwargs: 1 / 0)
    client, words = as_user(cast.hoa), TEXTS["words"]
    client.raise_request_exception = False
    url = reverse(name, args=[cast.cell.pk] if name == "letter-new" else [])
    with caplog.at_level(logging.DEBUG):
        answer = client.post(url, {**form, "words": words, "key": new_key(), PAGE_OF: owner_of(cast.account(cast.hoa))})
    told = caplog.text
    (record,) = [one for one in caplog.records if one.exc_info and getattr(one, "request", None)]
    settings.DEBUG = False
    told += ExceptionReporter(record.request, *record.exc_info).get_traceback_text()  # type: ignore[attr-defined,misc]
    assert (answer.status_code, words in told, Criticism.objects.count(), DataRequest.objects.count()) == (
        500, False, 0, 0,
    )  # fmt: skip
    assert words in answer.content.decode()  # back to whoever wrote it


# --- Screens ------------------------------------------------------------------------------


def test_a_letter_goes_from_the_form_to_its_answer_by_clicks(cast: Cast, as_user: Any) -> None:
    hoa, tuan = as_user(cast.hoa), as_user(cast.tuan)
    new = reverse("letter-new", args=[cast.cell.pk])
    form = {"kind": "criticism", "to": cast.tuan.pk, "matter": TEXTS["matter"], "words": "", "key": new_key()}
    answer = hoa.post(new, form)
    assert (answer.status_code, TEXTS["matter"] in answer.content.decode(), Criticism.objects.count()) == (422, True, 0)
    hoa.post(new, {**form, "words": TEXTS["words"]})
    letter = Criticism.objects.get()
    page = tuan.get(letter.get_absolute_url()).content.decode()
    assert (TEXTS["words"] in page, "Gửi trả lời" in page, "Rút ý kiến" in page) == (True, True, False)
    answer = tuan.post(reverse("letter-put-off", args=[letter.pk]), {"until": "2020-01-01", "reason": TEXTS["why"]})
    assert (answer.status_code, TEXTS["why"] in answer.content.decode()) == (422, True)
    tuan.post(reverse("letter-answer", args=[letter.pk]), {"words": TEXTS["reply"], "key": new_key()})
    page = hoa.get(letter.get_absolute_url()).content.decode()
    assert (TEXTS["reply"] in page, "Gửi trả lời" in page, "Đã trả lời" in page) == (True, False, True)


def test_a_member_writes_in_their_own_name_whatever_the_form_says(cast: Cast, as_user: Any) -> None:
    form = {"kind": "criticism", "to": "cell", "matter": "x", "words": "y", "sender": cast.tuan.pk}
    as_user(cast.hoa).post(reverse("letter-new", args=[cast.cell.pk]), {**form, "key": new_key()})
    assert Criticism.objects.get().sender == cast.hoa


def test_the_empty_sheet_names_nobody(cast: Cast, as_user: Any) -> None:
    paper = as_user(cast.hoa).get(reverse("letter-blank", args=[cast.cell.pk])).content.decode()
    assert [m.full_name in paper for m in (cast.hoa, cast.lan, cast.tuan)] == [False] * 3
    assert "30 ngày làm việc" in paper
