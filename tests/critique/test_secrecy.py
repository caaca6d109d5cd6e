"""Each sensitive text, tried by every other person in every page, file, list, log and error page."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from critique.course import actions as committee
from critique.remedies import actions as remedy
from critique.writing import actions as writing
from critique.writing.models import ReadingLog, SelfReview, Way
from critique.writing.opening import open_review
from critique.writing.readers import readers_of
from documents.http import WORD
from documents.model import plain_text
from meetings.lifecycle import State
from members.models import Event, Member, TenureKind, User
from members.saving.actions import save_text
from members.sent import PAGE_OF, owner_of
from rulings.models import Ruling
from tests.addresses import address, our_urls
from tests.clicks import clients
from tests.critique.conftest import OPENED, READING, SECRET, WROTE, plan, review_of, row_of, shortcoming, write
from tests.critique.hearings import heard_with_a_note
from tests.critique.levels_cast import confirmed, counted, opened
from tests.critique.test_remedy import enter
from tests.factories import make_committee, make_member
from tests.matrix import meetings, protection
from tests.test_access import rows
from tests.world_critique import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from critique.cycle.models import Cycle
    from tests.conftest import Cast
    from tests.once import Shelf
    from tests.world import World

OF_HOA, OF_TUAN, OF_SON, NOTE = (
    "Hoa-nể-nang-với-bí-thư",
    "Tuấn-chậm-báo-cáo",
    "Sơn-ít-dự-họp",
    "Nằm-viện-lâu-ngày",
)


@pytest.fixture
def kept(cast: Cast, cycle: Cycle, once: Shelf) -> Cycle:
    """Hoa has submitted, Tuấn is still writing, Lan types Sơn's from paper; a note on Kha's friend Bình."""
    return once.get("a year's sensitive texts", lambda: keep(cast, cycle))


def keep(cast: Cast, cycle: Cycle) -> Cycle:
    binh = make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")
    lan = cast.account(cast.lan)
    committee.draw_up(cycle, by=lan, at=OPENED)
    for member, text in ((cast.hoa, OF_HOA), (cast.tuan, OF_TUAN)):
        write(cast, review_of(cycle, member), shortcoming(text))
    writing.submit(review_of(cycle, cast.hoa), by=cast.account(cast.hoa), at=WROTE)
    writing.begin_entering(row_of(cycle, cast.son), by=lan, at=WROTE)
    write(cast, review_of(cycle, cast.son), shortcoming(OF_SON), by=lan)
    committee.set_participant(row_of(cycle, binh), writes=False, note=NOTE, kind="02B", by=lan, at=OPENED)
    return cycle


def everywhere(client: Client, cycle: Cycle) -> str:
    """Every page that this person can get about the review and themselves, also by opening; as one text."""
    found = []
    pages: list[tuple[str, list[Any]]] = [("home", []), ("account", []), ("my-data-json", [])]
    pages += [("cycle-list", [cycle.cell_id]), ("cycle", [cycle.pk]), ("member-list", [cycle.cell_id])]
    pages += [("participant-edit", [row.pk]) for row in cycle.people if row.note]
    for review in SelfReview.objects.filter(participant__cycle=cycle):
        pages += [("self-review", [review.pk]), ("self-review-pdf", [review.pk])]
        pages += [("self-review-write", [review.pk, "shortcomings"])]
        answer = client.post(reverse("self-review", args=[review.pk]))
        found.append(answer.content.decode("utf-8", "replace"))
    for name, args in pages:
        answer = client.get(reverse(name, args=args))
        found.append(answer.content.decode("utf-8", "replace"))
    return "\n".join(found)


def sees(cast: Cast, cycle: Cycle, as_user: Any, *, outsiders: bool = False) -> dict[str, set[str]]:
    """What each person finds; who has no business here at all is asked at the moment when most is open."""
    everybody: dict[str, Member | User] = {
        "lan": cast.lan,
        "binh": Member.objects.get(full_name="Vũ Thái Bình"),
        "hoa": cast.hoa,
        "tuan": cast.tuan,
    } | ({"mai": cast.mai, "phuc": cast.phuc, "kha": cast.kha, "admin": cast.admin} if outsiders else {})
    texts = {"hoa": OF_HOA, "tuan": OF_TUAN, "son": OF_SON, "note": NOTE}
    answers = {name: everywhere(as_user(who), cycle) for name, who in everybody.items()}
    if outsiders:
        answers["stranger"] = everywhere(Client(), cycle)
    return {name: {whose for whose, text in texts.items() if text in page} for name, page in answers.items()}


OUTSIDERS: dict[str, set[str]] = {name: set() for name in ("mai", "phuc", "kha", "admin", "stranger")}


@pytest.fixture(autouse=True)
def _plain_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF is searched as the text that would be printed."""
    for place in ("documents.http.to_pdf", "documents.sealed.to_pdf"):
        monkeypatch.setattr(place, lambda document, proof=None: plain_text(document).encode())


@pytest.mark.in_turn
def test_while_people_write_a_draft_is_seen_by_its_author_and_a_submitted_form_by_the_committee_too(
    cast: Cast, kept: Cycle, as_user: Any
) -> None:
    assert sees(cast, kept, as_user) == {
        "lan": {"hoa", "son", "note"},
        "binh": {"hoa", "note"},
        "hoa": {"hoa"},
        "tuan": {"tuan"},
    }


@pytest.mark.in_turn
def test_in_the_reading_window_everybody_of_the_meeting_reads_what_was_submitted(
    cast: Cast, kept: Cycle, as_user: Any
) -> None:
    committee.take_step(kept, move_name="read", by=cast.account(cast.lan), at=READING)
    assert sees(cast, kept, as_user, outsiders=True) == {
        "lan": {"hoa", "son", "note"},
        "binh": {"hoa", "note"},
        "hoa": {"hoa"},
        "tuan": {"hoa", "tuan"},
        **OUTSIDERS,
    }


@pytest.mark.in_turn
@pytest.mark.parametrize("moves", [["read", "hold"], ["read", "hold", "close"], ["read", "shut"]])
def test_after_the_window_the_author_and_the_committee_alone(
    cast: Cast, kept: Cycle, as_user: Any, moves: list[str]
) -> None:
    for name in moves:
        committee.take_step(kept, move_name=name, by=cast.account(cast.lan), at=READING)
    assert sees(cast, kept, as_user) == {
        "lan": {"hoa", "son", "note"},
        "binh": {"hoa", "note"},
        "hoa": {"hoa"},
        "tuan": {"tuan"},
    }


@pytest.mark.in_turn
def test_what_was_taken_back_is_the_authors_alone_again(cast: Cast, kept: Cycle, as_user: Any) -> None:
    writing.withdraw(review_of(kept, cast.hoa), by=cast.account(cast.hoa), at=WROTE)
    found = sees(cast, kept, as_user)
    assert (found["lan"], found["binh"], found["hoa"]) == ({"son", "note"}, {"note"}, {"hoa"})


def test_the_person_concerned_reads_the_committees_note_about_them(cast: Cast, kept: Cycle, as_user: Any) -> None:
    committee.set_participant(
        row_of(kept, cast.tuan), writes=False, note="Đang-đi-học-xa", kind="02B", by=cast.account(cast.lan), at=OPENED
    )
    assert "Đang-đi-học-xa" in as_user(cast.tuan).get("/account/data/").content.decode()


def test_every_opening_by_somebody_else_is_written_down_and_only_its_author_sees_who_read(
    cast: Cast, kept: Cycle, as_user: Any
) -> None:
    committee.take_step(kept, move_name="read", by=cast.account(cast.lan), at=READING)
    review = review_of(kept, cast.hoa)
    url = reverse("self-review", args=[review.pk])
    for who in (cast.tuan, cast.lan, cast.hoa, cast.mai):
        as_user(who).get(url)
    assert ReadingLog.objects.count() == 0  # the door is not the text
    key = "7b0e6c55-0000-4000-8000-000000000007"
    for who in (cast.tuan, cast.tuan, cast.lan, cast.hoa, cast.mai):
        as_user(who).post(url, {"key": key})
    assert [(line.reader, line.way) for line in ReadingLog.objects.all()] == [
        (cast.tuan, "screen"),
        (cast.lan, "screen"),
    ]
    assert [reader.name for reader in readers_of(review)] == ["Lê Anh Tuấn", "Trần Thị Lan"]
    pages = {name: as_user(who).get(url).content.decode() for name, who in (("hoa", cast.hoa), ("lan", cast.lan))}
    assert {name: "mở lần đầu" in page for name, page in pages.items()} == {"hoa": True, "lan": False}


def test_the_copy_that_is_shown_names_its_reader(cast: Cast, kept: Cycle, as_user: Any) -> None:
    url = reverse("self-review", args=[review_of(kept, cast.hoa).pk])
    shown = as_user(cast.lan).post(url).content.decode()
    printed = as_user(cast.lan).post(url, {"way": "paper"})
    assert "Bản để đồng chí Trần Thị Lan đọc" in shown
    assert "Bản để đồng chí Trần Thị Lan đọc" in printed.content.decode()
    assert [line.way for line in ReadingLog.objects.all()] == ["screen", "paper"]


def test_a_copy_in_word_names_its_reader_and_is_logged_as_a_copy_on_paper_is(
    cast: Cast, kept: Cycle, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.http.to_docx", lambda document, _proof: plain_text(document).encode())
    url = reverse("self-review", args=[review_of(kept, cast.hoa).pk])
    copy = as_user(cast.lan).post(f"{url}?{WORD}", {"way": "paper"})
    assert (copy["Content-Disposition"][-6:], "Bản để đồng chí Trần Thị Lan đọc" in copy.content.decode()) == (
        '.docx"',
        True,
    )
    assert [line.way for line in ReadingLog.objects.all()] == ["paper"]
    refused = as_user(cast.tuan).post(f"{url}?{WORD}", {"way": "paper"})
    assert (refused.status_code, OF_HOA in refused.content.decode(), ReadingLog.objects.count()) == (403, False, 1)


def test_whoever_only_reads_gets_no_file(cast: Cast, kept: Cycle, as_user: Any) -> None:
    committee.take_step(kept, move_name="read", by=cast.account(cast.lan), at=READING)
    answer = as_user(cast.tuan).post(reverse("self-review", args=[review_of(kept, cast.hoa).pk]), {"way": "paper"})
    assert (answer.status_code, OF_HOA in answer.content.decode(), ReadingLog.objects.count()) == (403, False, 0)


def keep_ballot_and_steps(cast: Cast, kept: Cycle) -> None:
    """Before anything is handed up; the rule is the neighbours' own."""
    confirmed(cast, counted(cast, opened(cast, kept)))
    far = make_committee("Đảng uỷ phường Bằng Lăng")
    paper = {"document": "15-HD/ĐU", "document_date": OPENED.date(), "starts_on": OPENED.date()}
    value = {"percent": 25}
    Ruling.objects.create(
        organisation=far, subject="cap", value=value, entered_by=cast.phuc, entered_at=OPENED, **paper
    )


def test_somebody_of_another_cell_and_above_has_no_row_to_ask_for(cast: Cast, kept: Cycle) -> None:
    rooms = tuple(f"critique.{name}." for name in ("cycle", "writing", "remedies"))
    models: list[Any] = [model for model in apps.get_models() if model.__module__.startswith(rooms)]
    lan, row = cast.account(cast.lan), enter(cast, None)
    remedy.report(row, state="going", words=SECRET, by=lan, at=WROTE)
    save_text("remedy-report", row, {"words": SECRET}, base=0, by=lan, at=WROTE)
    heard_with_a_note(cast, kept)
    outside = [cast.account(cast.mai), cast.account(cast.kha), cast.phuc, cast.admin]
    keep_ballot_and_steps(cast, kept)
    ours = {model.__name__: model._default_manager.all() for model in models}
    ours["Event"] = Event.objects.filter(cell=cast.cell, thing__in=["cycle", "remedy"])
    seen = {name: sum(rows.for_user(user).count() for user in outside) for name, rows in ours.items()}
    open_review(review_of(kept, cast.hoa), way=Way.SCREEN, by=cast.account(cast.lan), at=WROTE)
    there = [name for name, rows in ours.items() if rows.all().exists()]  # the others: test_access.py
    assert (set(seen.values()), len(there)) == ({0}, 10)


def test_the_administrators_pages_know_nothing_of_it() -> None:
    assert [model for model in admin.site._registry if model._meta.app_label == "critique"] == []


def test_no_address_title_or_cache_holds_a_word_of_it(cast: Cast, kept: Cycle, as_user: Any) -> None:
    names = [name for name in our_urls() if name.startswith(("self-review", "cycle", "participant", "my-data"))]
    assert len(names) == 18
    review = review_of(kept, cast.hoa)
    for client, method in ((as_user(cast.hoa), "get"), (as_user(cast.lan), "post")):
        answer = getattr(client, method)(reverse("self-review", args=[review.pk]))
        title = answer.content.decode().split("<title>")[1].split("</title>")[0]
        assert (title, answer["Cache-Control"]) == ("Bản kiểm điểm – Chibo", "no-store")
    for name in ("my-data", "my-data-json", "my-data-pdf", "my-data-request"):
        assert "no-store" in as_user(cast.hoa).get(reverse(name))["Cache-Control"]


def test_an_error_in_the_middle_of_saving_puts_no_word_into_a_log_and_gives_them_back_to_their_author(
    cast: Cast,
    kept: Cycle,
    as_user: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    settings: Any,
) -> None:
    settings.ADMINS = [("Quản trị", "quantri@example.vn")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr("critique.writing.saving.StepSheet.fresh", lambda *args: 1 / 0)
    client = as_user(cast.tuan)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answer = client.post(
            reverse("write", args=["review-shortcomings", review_of(kept, cast.tuan).pk]),
            {"A.II.0.shortcoming": SECRET, "base": "1", PAGE_OF: owner_of(cast.account(cast.tuan))},
        )
    told = caplog.text + "".join(message.body for message in mail.outbox)
    assert (answer.status_code, SECRET in told, "ZeroDivisionError" in caplog.text) == (500, False, True)
    assert SECRET in answer.content.decode()  # back to whoever wrote it, and to nobody else
    # What Django would write into a report outside debug: names of fields with their values blotted out.
    (record,) = [one for one in caplog.records if one.exc_info and getattr(one, "request", None)]
    settings.DEBUG = False
    report = ExceptionReporter(record.request, *record.exc_info).get_traceback_text()  # type: ignore[attr-defined,misc]
    assert SECRET not in report


def test_another_year_of_the_same_cell_shows_nothing_of_this_one(cast: Cast, kept: Cycle, as_user: Any) -> None:
    """A reading window opens one year, not the cell."""
    other = committee.plan_cycle(cast.cell, by=cast.account(cast.lan), at=OPENED, **plan(year=2025))
    committee.take_step(other, move_name="open", by=cast.account(cast.lan), at=OPENED)
    write(cast, review_of(other, cast.lan), shortcoming("Của-năm-trước"))
    writing.submit(review_of(other, cast.lan), by=cast.account(cast.lan), at=OPENED)
    committee.take_step(other, move_name="read", by=cast.account(cast.lan), at=READING)
    tuan = as_user(cast.tuan)
    answers = [
        tuan.post(reverse("self-review", args=[review.pk])).status_code
        for review in (review_of(other, cast.lan), review_of(kept, cast.hoa))
    ]
    assert answers == [200, 403]


@pytest.mark.in_turn
def test_nothing_of_any_review_is_on_the_pages_of_meetings(world_in: Callable[[State], World]) -> None:
    """The text of the world's forms, on every page that the secretary opens about meetings and people."""
    world = world_in(State.SEALED)
    lan = clients(world)["lan"]
    pages = {(name, of) for name, of, *_ in rows(meetings.READING + protection.READING) if of != "committee"}
    urls = {address(name, of, world.keys) for name, of in pages if of == "-" or of in world.keys}
    found = [url for url in urls if TEXT in lan.get(url).getvalue().decode("utf-8", "replace")]
    assert (found, len(urls) > 60) == ([], True)
