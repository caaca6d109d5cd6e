"""A hearing on the screen: who is shown what, what comes back when it is refused, from the first opinion to the end."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from critique.course import actions as committee
from critique.hearing.actions import hearing as actions
from critique.hearing.models import Hearing, HearingOpinion
from critique.remedies.models import Remedy
from critique.todo import todos
from documents.model import plain_text
from members.models import Member, User
from tests.critique.conftest import READING, row_of
from tests.critique.hearings import (
    FAULT,
    OTHER,
    REPLY,
    ROOM,
    SAID,
    TEXTS,
    again,
    begin,
    binh_of,
    finish,
    heard_with_a_note,
    save,
    say,
    see,
    who,
)
from tests.factories import new_key
from tests.once import built_once

if TYPE_CHECKING:
    from django.http import HttpResponse

    from critique.cycle.models import Cycle
    from meetings.models import Meeting
    from tests.conftest import Cast


@pytest.fixture(autouse=True)
def _in_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: ROOM)
    for place in ("documents.http.to_pdf", "documents.sealed.to_pdf"):
        monkeypatch.setattr(place, lambda document, proof=None: plain_text(document).encode())


@built_once
def binh(cast: Cast) -> Member:
    return binh_of(cast)


@built_once
def hearing(cast: Cast, binh: Member, cycle: Cycle) -> Hearing:
    committee.draw_up(cycle, by=cast.account(cast.lan), at=READING)
    return begin(cast, cycle, cast.hoa)


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def saving(sheet: str, row: Any) -> str:
    return reverse("write", args=[sheet, row.pk])


def url(name: str, row: Any, *more: Any) -> str:
    return reverse(name, args=[row.pk, *more])


def everywhere(client: Client, cycle: Cycle, hearing: Hearing) -> str:
    """Every page that this person can get about hearings, the review and themselves; as one text."""
    pages = [url("hearing", hearing), url("hearing-sheet", hearing), url("hearing-remedy", hearing)]
    pages += [url("hearing-order", cycle), url("hearing-list", cycle.cell), url("cycle", cycle)]
    pages += [url("prep-notes", cycle), url("remedy-list", cycle.cell), "/", "/account/data/", "/account/data.json"]
    pages += [url("prep-note", row) for row in cycle.people]
    return "\n".join(client.get(page).content.decode("utf-8", "replace") for page in pages)


# --- Who sees what ------------------------------------------------------------------------


@pytest.mark.in_turn
def test_every_word_of_a_hearing_is_tried_by_everybody(
    cast: Cast, cycle: Cycle, binh: Member, hearing: Hearing, as_user: Any
) -> None:
    heard_with_a_note(cast, cycle)
    people: dict[str, Member | User] = {
        "lan": cast.lan, "binh": binh, "hoa": cast.hoa, "tuan": cast.tuan, "mai": cast.mai, "kha": cast.kha,
        "phuc": cast.phuc, "admin": cast.admin,
    }  # fmt: skip
    texts = {**TEXTS, "said": SAID, "met another": OTHER}  # the last is kept nowhere, so nobody is shown it
    kept, seen = set(texts) - {"met another"}, {}
    for name, client in [*((name, as_user(one)) for name, one in people.items()), ("stranger", Client())]:
        page = everywhere(client, cycle, hearing)
        seen[name] = {key for key, text in texts.items() if text in page}
    nobody: set[str] = set()
    assert seen == {
        "lan": kept,
        "binh": kept,
        "hoa": kept,
        "tuan": {"said"},  # his own word, in what is kept about him
        **dict.fromkeys(["mai", "kha", "phuc", "admin", "stranger"], nobody),
    }


def test_only_those_who_need_to_know_of_a_hearing_can_ask_for_it(
    cast: Cast, cycle: Cycle, hearing: Hearing, binh: Member
) -> None:
    row = cycle.participants.select_related("cycle__cell").get(member=None)
    whole = actions.begin(row, **who(cast, cast.lan))
    asked = {
        name: set(Hearing.objects.for_user(user))
        for name, user in {
            **{name: cast.account(getattr(cast, name)) for name in ("lan", "hoa", "tuan", "kha", "mai")},
            "binh": cast.account(binh), "phuc": cast.phuc, "admin": cast.admin,
        }.items()
    }  # fmt: skip
    both: set[Hearing] = {hearing, whole}
    nobody: set[Hearing] = set()
    assert asked == {
        "lan": both, "binh": both, "hoa": both, "tuan": {whole}, "kha": nobody, "mai": nobody, "phuc": nobody,
        "admin": nobody,
    }  # fmt: skip


def test_the_minute_taker_of_the_conference_sees_it_from_the_table(
    cast: Cast, cycle: Cycle, planned: Meeting, as_user: Any
) -> None:
    cycle.meeting = planned
    cycle.save(update_fields=["meeting"])
    hearing = begin(cast, cycle, cast.tuan)
    page = words(as_user(cast.hoa).get(url("hearing", hearing)))
    assert ("Ghi một ý kiến" in page, "Góp ý về đồng chí Lê Anh Tuấn" in page) == (True, True)
    assert as_user(cast.hoa).get(url("hearing-order", cycle)).status_code == 200


def test_the_person_sees_and_answers_but_keeps_no_record(cast: Cast, hearing: Hearing, as_user: Any) -> None:
    say(cast, hearing, cast.tuan)
    mine, table = (words(as_user(one).get(url("hearing", hearing))) for one in (cast.hoa, cast.lan))
    shows = {
        what: (what in mine, what in table)
        for what in ("Góp ý về tôi", SAID, "Tôi trả lời", "Xác nhận đã xem", "Ghi một ý kiến", "Sửa lời ghi")
    }
    assert shows == {
        "Góp ý về tôi": (True, False),
        SAID: (True, True),
        "Tôi trả lời": (True, False),
        "Xác nhận đã xem": (True, False),
        "Ghi một ý kiến": (False, True),
        "Sửa lời ghi": (False, True),
    }


def test_a_secretary_sees_her_own_hearing_as_the_person_she_is(
    cast: Cast, cycle: Cycle, hearing: Hearing, as_user: Any
) -> None:
    own = begin(cast, cycle, cast.lan)
    page = words(as_user(cast.lan).get(url("hearing", own)))
    assert ("đồng chí khác ở bàn chủ trì" in page, "Ghi một ý kiến" in page, "Tôi đã xem" in page) == (
        True,
        False,
        True,
    )


def test_pages_of_a_hearing_are_kept_by_no_browser_and_their_titles_name_nobody(
    cast: Cast, cycle: Cycle, hearing: Hearing, as_user: Any
) -> None:
    pages = [url("hearing", hearing), url("hearing-order", cycle), url("prep-notes", cycle)]
    answers = [as_user(cast.lan).get(page) for page in pages]
    titles = [answer.content.decode().split("<title>")[1].split("</title>")[0] for answer in answers]
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}
    assert titles == ["Góp ý – Chibo", "Thứ tự xét – Chibo", "Ghi chú riêng – Chibo"]


# --- The chair's aid ----------------------------------------------------------------------


def test_the_order_says_whose_turn_it_is_and_counts_nothing(
    cast: Cast, cycle: Cycle, hearing: Hearing, binh: Member, as_user: Any
) -> None:
    finish(cast, begin(cast, cycle, binh), binh)
    answer = as_user(cast.lan).get(url("hearing-order", cycle))
    told = [(str(turn.row), str(turn.state), turn.next, turn.silent) for turn in answer.context["turns"]]
    assert told == [
        ("Tập thể chi uỷ", "waiting", True, False),
        ("Trần Thị Lan", "waiting", False, False),
        ("Vũ Thái Bình", "closed", False, False),
        ("Nguyễn Thị Hoa", "going", False, True),
        ("Đỗ Văn Sơn", "waiting", False, False),
        ("Lê Anh Tuấn", "waiting", False, False),
    ]
    assert "chưa ghi ý kiến nào" in words(answer)
    begun = as_user(cast.lan).post(url("hearing-begin", row_of(cycle, cast.tuan)), {"key": new_key()})
    assert begun["Location"] == Hearing.objects.get(about=cast.tuan).get_absolute_url()


def test_the_first_page_and_the_review_lead_the_person_to_their_hearing(
    cast: Cast, cycle: Cycle, hearing: Hearing, as_user: Any
) -> None:
    what = "Xem và trả lời ý kiến góp ý về mình"
    day = ROOM
    asked = [what in [one.what for one in todos(cast.account(one), cast.cell, day)] for one in (cast.hoa, cast.tuan)]
    pages = [
        hearing.get_absolute_url() in words(as_user(one).get(url("cycle", cycle))) for one in (cast.hoa, cast.tuan)
    ]
    see(cast, hearing, cast.hoa)
    after = [one.what for one in todos(cast.account(cast.hoa), cast.cell, day)]
    assert (asked, pages, what in after) == ([True, False], [True, False], False)


# --- By clicks ----------------------------------------------------------------------------


def test_a_hearing_goes_from_its_first_opinion_to_its_end_by_clicks(cast: Cast, hearing: Hearing, as_user: Any) -> None:
    lan, hoa = as_user(cast.lan), as_user(cast.hoa)
    lan.post(
        url("hearing-opinion-add", hearing),
        {"speaker": cast.tuan.pk, "kind": "opinion", "words": SAID, "key": new_key()},
    )
    opinion = HearingOpinion.objects.get()
    as_json = {"headers": {"Accept": "application/json"}}
    saved = hoa.post(saving("opinion-reply", opinion), {"stance": "accepts", "reply": REPLY, "base": "0"}, **as_json)
    assert saved.json()["rev"] == 1
    lan.post(saving("hearing-conclusion", hearing), {"faults": FAULT, "due": "31/3/2027", "base": "0"})
    assert "chưa xác nhận" in words(lan.get(url("hearing", hearing)))
    lan.post(url("hearing-close", hearing), {"key": new_key()})
    assert again(hearing).closed_at is None
    hoa.post(url("hearing-seen", hearing), {"seen": again(hearing).said_rev, "key": new_key()})
    lan.post(url("hearing-close", hearing), {"key": new_key()})
    assert again(hearing).closed_at == ROOM
    form = hoa.get(url("hearing-remedy", hearing)).context["form"].initial
    assert (form["shortcoming"], str(form["due_on"]), form["source"]) == (FAULT, "2027-03-31", "opinion")
    hoa.post(url("remedy-new", cast.cell), {"source": "opinion", "shortcoming": FAULT, "key": new_key()})
    assert Remedy.objects.get().about == cast.hoa
    lan.post(url("hearing-reopen", hearing), {"key": new_key()})
    assert again(hearing).is_going


def test_a_stale_confirmation_comes_back_with_what_stands_now(cast: Cast, hearing: Hearing, as_user: Any) -> None:
    seen = again(hearing).said_rev
    say(cast, hearing, cast.tuan)
    hoa = as_user(cast.hoa)
    answer = hoa.post(url("hearing-seen", hearing), {"seen": seen, "nothing_more": "on"})
    page = words(answer)
    assert (answer.status_code, "vừa có thay đổi" in page, SAID in page) == (422, True, True)
    assert f'name="seen" value="{again(hearing).said_rev}"' in page
    assert again(hearing).seen_at is None


def test_the_table_enters_it_for_somebody_in_the_room_and_the_page_says_who(
    cast: Cast, hearing: Hearing, as_user: Any
) -> None:
    lan = as_user(cast.lan)
    refused = lan.post(url("hearing-seen", hearing), {"seen": "0", "way": ""})
    assert (refused.status_code, again(hearing).seen_at) == (422, None)
    lan.post(url("hearing-seen", hearing), {"seen": again(hearing).said_rev, "way": "room"})
    page = words(as_user(cast.hoa).get(url("hearing", hearing)))
    assert "Đã nghe đọc tại phòng họp" in page
    assert "đồng chí Trần Thị Lan ghi thay" in page


def test_an_opinion_that_is_refused_comes_back_as_it_was_typed(cast: Cast, hearing: Hearing, as_user: Any) -> None:
    answer = as_user(cast.lan).post(url("hearing-opinion-add", hearing), {"kind": "opinion", "words": SAID})
    page = words(answer)
    assert (answer.status_code, SAID in page, "Xin chọn người nêu ý kiến" in page) == (422, True, True)


def test_a_text_that_meets_another_comes_back_with_both_with_and_without_script(
    cast: Cast, hearing: Hearing, as_user: Any
) -> None:
    opinion = say(cast, hearing, cast.tuan)
    save(cast, opinion, "reply", cast.hoa, stance="explains", reply="Lời của Hoa")
    where = saving("opinion-reply", opinion)
    mine = {"stance": "accepts", "reply": "Lời Lan ghi", "base": "0"}
    lan = as_user(cast.lan)
    page = lan.post(where, mine)
    told = lan.post(where, {**mine, "reply": "Lời Lan ghi lại"}, headers={"Accept": "application/json"})
    assert (page.status_code, told.status_code) == (409, 409)
    assert ("Lời của Hoa" in words(page), "Lời Lan ghi" in words(page), "Giải trình" in words(page)) == (
        True,
        True,
        True,
    )
    assert told.json()["theirs"] == {"stance": "explains", "reply": "Lời của Hoa"}
    lan.post(where, {**mine, "base": "1"})
    assert again(opinion).reply == "Lời Lan ghi"


def test_what_is_too_long_comes_back_whole(cast: Cast, hearing: Hearing, as_user: Any) -> None:
    text = "Dài " * 6000
    page = as_user(cast.lan).post(saving("hearing-presented", hearing), {"presented": text, "base": "0"})
    told = as_user(cast.lan).post(
        saving("hearing-presented", hearing),
        {"presented": text, "base": "0"},
        headers={"Accept": "application/json"},
    )
    assert (page.status_code, text.strip() in page.content.decode(), told.status_code) == (422, True, 422)
    assert "quá 20.000" in told.json()["sentence"]


def test_a_part_that_there_is_not_is_not_found(cast: Cast, hearing: Hearing, as_user: Any) -> None:
    opinion = say(cast, hearing, cast.tuan)
    answers = [
        as_user(cast.lan).post(saving("hearing-words", hearing)).status_code,
        as_user(cast.lan).post(saving("opinion-presented", opinion)).status_code,
    ]
    assert answers == [404, 404]


def test_self_criticism_at_a_meeting_begins_from_the_list_with_whose_turn_it_is(
    cast: Cast, opened: Meeting, as_user: Any
) -> None:
    opened.items.create(position=99, step="criticism", title="Tự phê bình", presenter=cast.tuan)
    hoa, where = as_user(cast.hoa), url("hearing-list", cast.cell)  # Hoa keeps the minutes of this meeting
    form = hoa.get(where).context["form"]
    assert form.initial == {"meeting": opened.pk, "about": cast.tuan.pk}
    answer = hoa.post(where, {**form.initial, "key": new_key()})
    made = Hearing.objects.get()
    assert (answer["Location"], made.meeting, made.about) == (made.get_absolute_url(), opened, cast.tuan)
    tuan = as_user(cast.tuan)
    assert (made.get_absolute_url() in words(tuan.get(where)), tuan.post(where, {}).status_code) == (True, 403)


def test_an_error_in_the_middle_of_saving_puts_no_word_into_log_or_page(
    cast: Cast, hearing: Hearing, as_user: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    settings: Any,
) -> None:  # fmt: skip
    opinion, client = say(cast, hearing, cast.tuan), as_user(cast.hoa)
    monkeypatch.setattr("critique.hearing.saving.PartSheet.fresh", lambda *args: 1 / 0)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answer = client.post(saving("opinion-reply", opinion), {"reply": REPLY, "base": "0"})
    told = answer.content.decode() + caplog.text
    (record,) = [one for one in caplog.records if one.exc_info and getattr(one, "request", None)]
    settings.DEBUG = False
    told += ExceptionReporter(record.request, *record.exc_info).get_traceback_text()  # type: ignore[attr-defined,misc]
    assert (answer.status_code, REPLY in told, SAID in told) == (500, False, False)
