"""What public bug reports of other systems led us to: each test says what is right, in the order of the reports."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guideline import checks
from meetings import facts
from meetings.actions import evening, planning
from meetings.models import Opinion, ThematicPaper
from meetings.rules import rulebook_of
from members import actions as people
from members.models import TenureKind
from members.refusal import Refused
from tests.factories import PASSWORD, at, make_cell, make_member, new_key
from tests.pages import forms_on

if TYPE_CHECKING:
    from meetings.models import AgendaItem, Meeting, Vote
    from tests.conftest import AsUser, Cast


def by(cast: Cast, moment: str = "2026-12-03 19:20") -> dict[str, Any]:
    return {"by": cast.account(cast.lan), "at": at(moment)}


def discussion(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(step="thematic_discussion")


def vote(cast: Cast, meeting: Meeting, moment: str = "2026-12-03 20:10") -> Vote:
    counted = {"in_favour": 3, "against": 0, "other": 0}
    return evening.record_vote(discussion(meeting), question="Thông qua", **counted, **by(cast, moment))


# --- The session ends, or another hand was quicker -----------------------------------------------


def test_signing_in_again_leads_to_a_page(cast: Cast, called: Meeting, as_user: AsUser) -> None:
    """The session ended while somebody wrote: the door keeps the words, and leads on to a page."""
    ThematicPaper.objects.filter(meeting=called).update(draft="Đoạn một.", shared_at=at("2026-11-26 08:00"))
    hoa, page = as_user(cast.hoa), f"/meetings/{called.pk}/paper/"
    written = forms_on(hoa.get(page), page)[-1]
    hoa.cookies.clear()
    door = hoa.post(written.action, written.data | {"text": "Góp ý dài"})
    entry = forms_on(door, "/sign-in/")[-1]
    inside = hoa.post(entry.action, entry.data | {"username": "hoa", "password": PASSWORD}, follow=True)
    assert (inside.status_code, forms_on(inside, "/")[-1].data["text"]) == (200, "Góp ý dài")
    assert hoa.get(entry.data["next"]).status_code == 200


def test_the_second_tab_keeps_what_the_first_has_changed(cast: Cast, called: Meeting, as_user: AsUser) -> None:
    lan, page = as_user(cast.lan), f"/meetings/{called.pk}/edit/"
    one, two = (forms_on(lan.get(page), page)[-1].data for _ in range(2))
    lan.post(page, one | {"place": "Nhà văn hoá thôn"})
    asked = lan.post(page, two | {"purpose": "Mục đích"})
    called.refresh_from_db()
    assert (called.place, called.purpose, asked.status_code) == ("Nhà văn hoá thôn", "", 422)
    lan.post(page, forms_on(asked, page)[-1].data)  # looked at, and pressed once more
    called.refresh_from_db()
    assert (called.place, called.purpose) == ("Nhà văn hoá thôn", "Mục đích")


def test_a_second_answer_does_not_wipe_out_the_first(cast: Cast, called: Meeting, as_user: AsUser) -> None:
    ThematicPaper.objects.filter(meeting=called).update(draft="Đoạn một.", shared_at=at("2026-11-26 08:00"))
    hoa = {"member": cast.hoa, "entered_by": cast.account(cast.hoa), "entered_at": at("2026-11-27 08:00")}
    one = Opinion.objects.create(meeting=called, text="Góp ý", **hoa)
    page, (lan, tuan) = f"/opinions/{one.pk}/answer/", (as_user(cast.lan), as_user(cast.tuan))
    first, second = (forms_on(who.get(page), page)[-1].data for who in (lan, tuan))
    lan.post(page, first | {"answer": "kept", "reason": "Lý do dài"})
    asked = tuan.post(page, second | {"answer": "adopted", "became": "Câu mới"})
    one.refresh_from_db()
    assert (one.reason, one.answer, asked.status_code) == ("Lý do dài", "kept", 422)
    assert "Lý do dài" in asked.content.decode()


# --- A vote and the roll on one paper -----------------------------------------------------------


def test_the_roll_cannot_fall_below_a_recorded_vote_without_a_word(cast: Cast, opened: Meeting) -> None:
    vote(cast, opened)
    evening.mark(opened.attendances.get(member=cast.son), mark="excused", **by(cast, "2026-12-03 20:20"))
    figures = facts.facts_of(facts.Evening.of(opened), now=at("2026-12-03 20:40"))
    found = checks.findings(checks.Stage.BEFORE_CLOSING, figures, rulebook_of(opened))
    assert any("biểu quyết" in str(one).lower() for one in found)


# --- In the house, but not in the room at that moment -------------------------------------------


def test_who_has_left_has_no_vote_any_more(cast: Cast, opened: Meeting) -> None:
    times = {"arrived_at": None, "left_at": at("2026-12-03 19:30")}
    evening.come_and_go(opened.attendances.get(member=cast.son), **times, **by(cast, "2026-12-03 19:31"))
    with pytest.raises(Refused):
        vote(cast, opened)


# --- Counts that a mouse wheel turns ------------------------------------------------------------


def test_no_count_of_a_vote_is_a_number_field(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    lan, item = as_user(cast.lan), discussion(opened)
    pages = [lan.get(f"/items/{item.pk}/desk/{query}").content.decode() for query in ("", "?open=vote")]
    assert ['type="number" name="in_favour"' in page for page in pages] == [False, False]
    assert 'inputmode="numeric"' in pages[1]


# --- The registry changes while the meeting runs -------------------------------------------------


def test_whoever_is_entered_after_the_opening_reaches_the_roll(cast: Cast, opened: Meeting) -> None:
    new = make_member(cast.cell, "Người Mới", since=date(2026, 12, 1))
    assert opened.attendances.filter(member=new).exists()


def test_whoever_had_left_before_is_taken_off_the_roll(cast: Cast, opened: Meeting) -> None:
    people.set_standing(cast.son, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 12, 1), **by(cast))
    assert not opened.attendances.get(member=cast.son).may_vote


# --- Two people of one name ---------------------------------------------------------------------


def test_namesakes_can_be_told_apart_on_the_desk(cast: Cast, planned: Meeting, as_user: AsUser) -> None:
    for year in (1950, 1990):
        make_member(cast.cell, "Nguyễn Văn Hùng", born_on=date(year, 1, 1))
    planning.call(planned, **by(cast, "2026-11-25 08:00"))
    evening.open_meeting(planned, **by(cast, "2026-12-03 19:02"))
    page = as_user(cast.lan).get(f"/items/{discussion(planned).pk}/desk/").content.decode()
    assert page.count(">Nguyễn Văn Hùng</") == 0


# --- Order and search ---------------------------------------------------------------------------


def test_cells_stand_in_vietnamese_order(cast: Cast, as_user: Any) -> None:
    for name in ("Chi bộ Đội xe", "Chi bộ Tổ dân phố 10", "Chi bộ Ấp Bắc"):
        make_cell(cast.ward, name=name)
    shown = [str(cell) for cell in as_user(cast.phuc).get("/inspections/").context["cells"]]
    assert shown == [
        "Chi bộ Ấp Bắc",
        "Chi bộ Đội xe",
        "Chi bộ Tổ dân phố 5",
        "Chi bộ Tổ dân phố 10",
        "Chi bộ Văn phòng",
    ]


@pytest.mark.parametrize("typed", ["đỗ", "ĐỖ VĂN", unicodedata.normalize("NFD", "Đỗ Văn"), "do van son", "ÐỖ"])
def test_the_administrator_finds_a_name_however_it_is_typed(cast: Cast, as_user: Any, typed: str) -> None:
    page = as_user(cast.admin).get("/quan-tri/members/member/", {"q": typed})
    assert [str(member) for member in page.context["cl"].queryset] == ["Đỗ Văn Sơn"]


@pytest.mark.parametrize("typed", ["tổ dân phố", "TO DAN PHO 5", unicodedata.normalize("NFD", "Tổ dân")])
def test_the_superior_committee_finds_a_cell_however_it_is_typed(cast: Cast, as_user: Any, typed: str) -> None:
    page = as_user(cast.phuc).get("/inspections/", {"cell": typed})
    assert [cell.name for cell in page.context["cells"]] == ["Chi bộ Tổ dân phố 5"]


# --- A Mac's file name --------------------------------------------------------------------------


def test_a_files_name_is_of_one_unicode_form(cast: Cast, planned: Meeting, as_user: Any) -> None:
    name = unicodedata.normalize("NFD", "Chuyên đề.pdf")
    sent = {"file": SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF"), "not_secret": "on", "key": new_key()}
    as_user(cast.tuan).post(f"/meetings/{planned.pk}/paper/edit/", sent)
    assert ThematicPaper.objects.get(meeting=planned).file_name == "Chuyên đề.pdf"
