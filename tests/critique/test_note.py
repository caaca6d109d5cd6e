"""Private preparation: a note exists for its author alone, is sent under their name or erased, and never outlives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from critique.course import actions as committee
from critique.hearing.actions import hearing as hearings
from critique.hearing.actions import note as actions
from critique.hearing.models import HearingOpinion, PrepNote
from members.refusal import Refused
from members.saving.actions import Conflict, Saved, save_text
from tests.critique.conftest import OPENED, READING, WROTE, fresh, row_of
from tests.critique.hearings import NOTE, again, binh_of, who
from tests.factories import at, new_key
from tests.once import built_once

if TYPE_CHECKING:
    from django.http import HttpResponse

    from critique.cycle.models import Cycle, Participant
    from tests.conftest import Cast

HELD = at("2026-12-04 17:00")
NEXT_DAY, SECOND_DAY = at("2026-12-05 23:59"), at("2026-12-06 00:01")


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: WROTE)


@built_once
def row(cast: Cast, cycle: Cycle) -> Participant:
    """Tuấn has noted something about Hoa."""
    found = row_of(cycle, cast.hoa)
    save_text("note", found, NOTE, base=0, **who(cast, cast.tuan, WROTE))
    return found


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def take(cast: Cast, cycle: Cycle, *moves: str, when: Any = HELD) -> None:
    for name in moves:
        committee.take_step(fresh(cycle), move_name=name, by=cast.account(cast.lan), at=when)


def test_a_note_exists_for_its_author_alone(cast: Cast, row: Participant, as_user: Any) -> None:
    everybody = {name: cast.account(getattr(cast, name)) for name in ("lan", "hoa", "tuan", "kha", "mai")}
    asked = {name: PrepNote.objects.for_user(user).count() for name, user in everybody.items()}
    asked |= {
        "phuc": PrepNote.objects.for_user(cast.phuc).count(),
        "admin": PrepNote.objects.for_user(cast.admin).count(),
    }
    assert asked == {"lan": 0, "hoa": 0, "tuan": 1, "kha": 0, "mai": 0, "phuc": 0, "admin": 0}
    urls = [reverse("prep-note", args=[row.pk]), reverse("prep-notes", args=[row.cycle_id])]
    pages = {name: " ".join(words(as_user(getattr(cast, name)).get(url)) for url in urls) for name in everybody}
    seen = {name: (NOTE["wish"] in page, "có ghi chú" in page) for name, page in pages.items()}
    nothing = (False, False)
    assert seen == {"lan": nothing, "hoa": nothing, "tuan": (True, True), "kha": nothing, "mai": nothing}
    exports = {name: as_user(getattr(cast, name)).get("/account/data.json").content.decode() for name in everybody}
    assert [name for name, text in exports.items() if NOTE["wish"] in text] == ["tuan"]


def test_two_devices_of_one_author_lose_no_word(cast: Cast, row: Participant) -> None:
    me = who(cast, cast.tuan, WROTE)
    assert save_text("note", row, {**NOTE, "wish": "Máy hai"}, base=1, **me) == Saved(2, WROTE)
    answer = save_text("note", row, {**NOTE, "wish": "Máy một"}, base=1, **me)
    assert isinstance(answer, Conflict)
    assert (answer.theirs["wish"], answer.mine["wish"]) == ("Máy hai", "Máy một")


def test_a_note_is_written_from_the_opening_until_the_conference_about_others_alone(
    cast: Cast, cycle: Cycle, row: Participant
) -> None:
    with pytest.raises(Refused, match="Về mình"):
        save_text("note", row_of(cycle, cast.tuan), NOTE, base=0, **who(cast, cast.tuan, WROTE))
    for member in (cast.mai, cast.kha):
        with pytest.raises(PermissionDenied):
            save_text("note", row, NOTE, base=0, **who(cast, member, WROTE))
    with pytest.raises(Refused, match=r"quá 5\.000"):
        save_text("note", row, {"wish": "x" * 5001}, base=1, **who(cast, cast.tuan, WROTE))
    take(cast, cycle, "hold")
    with pytest.raises(Refused, match="Đã họp kiểm điểm"):
        save_text("note", row, {"wish": "Muộn"}, base=1, **who(cast, cast.tuan, HELD))


def test_what_is_sent_stands_under_its_authors_name_waits_and_the_note_is_gone(cast: Cast, row: Participant) -> None:
    binh_of(cast)
    sent = actions.send_note(row, **who(cast, cast.tuan, WROTE))
    assert (sent.speaker, sent.is_waiting, PrepNote.objects.count()) == (cast.tuan, True, 0)
    assert sent.words == "\n".join(
        [
            f"Ghi nhận: {NOTE['noted']}",
            f"Đề nghị sửa: {NOTE['wish']}",
            f"Căn cứ: {NOTE['grounds']}",
            f"Đề nghị cụ thể: {NOTE['suggestion']}",
        ]
    )
    assert list(HearingOpinion.objects.for_user(cast.account(cast.hoa))) == []
    assert list(HearingOpinion.objects.for_user(cast.account(cast.tuan))) == [sent]
    hearing = hearings.begin(row, **who(cast, cast.lan))
    assert list(HearingOpinion.objects.for_user(cast.account(cast.hoa))) == []  # begun, and still not recorded
    hearings.record_sent(again(sent), **who(cast, cast.lan))
    assert list(HearingOpinion.objects.for_user(cast.account(cast.hoa))) == [sent]
    assert [event.what for event in hearing.events] == ["sent", "begin", "record"]
    with pytest.raises(Refused, match="đã ghi vào biên bản"):
        actions.take_back(again(sent), **who(cast, cast.tuan))


def test_what_was_sent_is_taken_back_until_it_is_recorded_by_its_author_alone(cast: Cast, row: Participant) -> None:
    sent = again(actions.send_note(row, **who(cast, cast.tuan, WROTE)))
    for member in (cast.lan, cast.hoa):
        with pytest.raises(PermissionDenied):
            actions.take_back(sent, **who(cast, member))
    actions.take_back(sent, **who(cast, cast.tuan))
    assert HearingOpinion.objects.count() == 0
    note = PrepNote.objects.get()
    assert {name: getattr(note, name) for name in NOTE} == NOTE
    assert [event.data for event in sent.hearing.events.filter(what="take_back")] == [{}]


def test_an_opinion_that_waits_to_be_recorded_keeps_the_hearing_and_the_review_open(
    cast: Cast, cycle: Cycle, row: Participant
) -> None:
    sent = again(actions.send_note(row, **who(cast, cast.tuan, WROTE)))
    take(cast, cycle, "hold")
    with pytest.raises(Refused, match="chưa ghi vào biên bản"):
        take(cast, cycle, "close")
    hearing = hearings.begin(row, **who(cast, cast.lan))
    with pytest.raises(Refused, match="chưa ghi"):
        hearings.close(hearing, **who(cast, cast.lan))
    hearings.strike(sent, **who(cast, cast.lan))
    hearings.confirm_seen(hearing, seen=hearing.said_rev, **who(cast, cast.hoa))
    hearings.close(hearing, **who(cast, cast.lan))
    take(cast, cycle, "close")


def test_an_empty_or_missing_note_is_not_sent(cast: Cast, cycle: Cycle, row: Participant) -> None:
    with pytest.raises(Refused, match="Chưa có ghi chú"):
        actions.send_note(row, **who(cast, cast.lan, WROTE))
    save_text("note", row, dict.fromkeys(NOTE, ""), base=1, **who(cast, cast.tuan, WROTE))
    with pytest.raises(Refused, match="còn trống"):
        actions.send_note(row, **who(cast, cast.tuan, WROTE))


@pytest.mark.parametrize(("when", "left"), [(HELD, 1), (NEXT_DAY, 1), (SECOND_DAY, 0)])
def test_from_the_second_day_after_the_conference_whatever_touches_notes_erases_them(
    cast: Cast, cycle: Cycle, row: Participant, as_user: Any, monkeypatch: pytest.MonkeyPatch, when: Any, left: int
) -> None:
    take(cast, cycle, "hold")
    monkeypatch.setattr("django.utils.timezone.now", lambda: when)
    tuan = as_user(cast.tuan)
    before = json.loads(tuan.get("/account/data.json").content)["Những gì lưu"]["Ghi chú riêng để góp ý"]
    page = words(tuan.get(reverse("prep-notes", args=[cycle.pk])))
    assert (len(before), PrepNote.objects.count(), "xoá từ ngày 06/12/2026" in page) == (left, left, True)


def test_the_clock_erases_them_and_a_trial_run_does_not(
    cast: Cast, cycle: Cycle, row: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(cast, cycle, "hold")
    monkeypatch.setattr("django.utils.timezone.now", lambda: SECOND_DAY)
    call_command("remind", "--dry-run")
    assert PrepNote.objects.count() == 1
    call_command("remind")
    assert PrepNote.objects.count() == 0


def test_the_end_of_the_review_erases_every_note_of_it_and_no_other(cast: Cast, cycle: Cycle, row: Participant) -> None:
    other = committee.plan_cycle(
        cast.cell, by=cast.account(cast.lan), at=OPENED, year=2027, basis="", place="",
        due_on=READING.date(), meets_on=READING.date(),
    )  # fmt: skip
    take(cast, other, "open", when=OPENED)
    save_text("note", row_of(other, cast.hoa), NOTE, base=0, **who(cast, cast.tuan, WROTE))
    take(cast, cycle, "hold", "close")
    assert [note.participant.cycle for note in PrepNote.objects.all()] == [other]


def test_a_note_goes_from_typing_to_the_record_by_clicks(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    row, tuan, lan = row_of(cycle, cast.hoa), as_user(cast.tuan), as_user(cast.lan)
    url = reverse("prep-note", args=[row.pk])
    assert tuan.get(url).status_code == 200
    url = reverse("write", args=["note", row.pk])
    saved = tuan.post(url, {**NOTE, "base": "0"}, headers={"Accept": "application/json"})
    assert saved.json()["rev"] == 1
    stale = tuan.post(url, {"wish": "Từ máy khác", "base": "0"})
    assert (stale.status_code, NOTE["wish"] in words(stale), "Từ máy khác" in words(stale)) == (409, True, True)
    tuan.post(reverse("prep-note-send", args=[row.pk]), {"key": new_key()})
    assert "Đã gửi thư ký, chưa ghi" in words(tuan.get(reverse("prep-notes", args=[cycle.pk])))
    assert "có ý kiến gửi thư ký, chưa ghi" in words(lan.get(reverse("hearing-order", args=[cycle.pk])))
    sent = HearingOpinion.objects.get()
    tuan.post(reverse("hearing-opinion-take-back", args=[sent.pk]), {"key": new_key()})
    assert HearingOpinion.objects.count() == 0
    assert NOTE["wish"] in words(tuan.get(reverse("prep-note", args=[row.pk])))
    tuan.post(url, {"wish": "Viết lại", "base": "1"})
    tuan.post(reverse("prep-note-erase", args=[row.pk]), {"key": new_key()})
    assert PrepNote.objects.count() == 0


def test_my_own_page_of_notes_leads_back_where_it_is_about_me(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    answer = as_user(cast.tuan).get(reverse("prep-note", args=[row_of(cycle, cast.tuan).pk]))
    assert (answer.status_code, answer["Location"]) == (302, cycle.get_absolute_url())
