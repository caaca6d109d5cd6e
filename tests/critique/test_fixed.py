"""What an organisation fixes: settings with their document, days off, and the clocks that obey them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from critique.cycle import reading_period as window
from critique.official_forms.days import is_working
from critique.remedies import actions as remedies
from critique.remedies.fixed import rhythm_of
from members.refusal import Refused
from privacy.fixed import basis_of
from rulings import actions
from rulings.holidays import days_off
from rulings.models import DayOff, Ruling
from tests.factories import at

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from members.models import Organisation, User
    from tests.conftest import Cast

NOW = at("2026-11-20 08:00")
TODAY = date(2026, 11, 20)


def fix(organisation: Organisation, by: User, subject: str = "rhythm", figures: str = "15, 45", **more: Any) -> Ruling:
    told = {"document": "09-QĐ/ĐU", "document_date": date(2026, 1, 5), "starts_on": date(2026, 1, 10), **more}
    return actions.fix(organisation, subject, value={"figures": figures}, by=by, at=NOW, **told)


def off(organisation: Organisation, by: User, day: date, name: str = "Nghỉ bù") -> DayOff:
    return actions.add_day_off(organisation, day=day, name=name, by=by, at=NOW)


# --- Days off -----------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2026, 4, 30), date(2028, 5, 1), date(2030, 9, 2)])
def test_the_days_of_the_solar_calendar_are_there_without_being_entered(cast: Cast, day: date) -> None:
    assert is_working(day, days_off(cast.cell)) is False


def test_a_day_entered_above_holds_below_and_not_beside(cast: Cast) -> None:
    tet, own = date(2027, 2, 8), date(2026, 12, 24)
    off(cast.ward, cast.phuc, tet, "Tết Nguyên đán")
    off(cast.cell, cast.account(cast.lan), own)
    held = {cell.name: {day in days_off(cell) for day in (tet,)} for cell in (cast.cell, cast.other_cell)}
    assert held == {"Chi bộ Văn phòng": {True}, "Chi bộ Tổ dân phố 5": {True}}
    assert [own in days_off(cell) for cell in (cast.cell, cast.other_cell, cast.ward)] == [True, False, False]


def test_the_reading_window_counts_without_days_off(cast: Cast, cycle: Cycle) -> None:
    """The meeting is on Friday, 4 December."""
    assert window.latest(cycle) == date(2026, 12, 1)
    off(cast.cell, cast.account(cast.lan), date(2026, 12, 2))
    assert window.latest(cycle) == date(2026, 11, 30)
    assert "30/11/2026" in window.sentence(cycle, TODAY)
    assert "chỉ còn 2 ngày làm việc" in window.sentence(cycle, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("day", "name", "sentence"),
    [
        (date(2026, 11, 28), "Nghỉ", "Thứ Bảy, Chủ nhật"),
        (date(2026, 9, 2), "Quốc khánh", "đã có sẵn"),
        (date(2026, 12, 24), " ", "tên ngày nghỉ"),
    ],
)
def test_a_day_that_changes_nothing_is_refused(cast: Cast, day: date, name: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        off(cast.cell, cast.account(cast.lan), day, name)


def test_a_day_is_entered_once_and_can_be_taken_away(cast: Cast) -> None:
    lan, day = cast.account(cast.lan), date(2026, 12, 24)
    row = off(cast.cell, lan, day)
    with pytest.raises(Refused, match="đã được ghi"):
        off(cast.cell, lan, day)
    actions.remove_day_off(row, by=lan, at=NOW)
    told = list(cast.cell.events.filter(what__endswith="day_off").values_list("what", flat=True))
    assert (day in days_off(cast.cell), told) == (False, ["add_day_off", "remove_day_off"])


# --- Rulings -----------------------------------------------------------------------------


def test_the_rhythm_of_checks_is_what_the_committee_has_fixed(cast: Cast) -> None:
    lan = cast.account(cast.lan)
    told = {"about": None, "source": "opinion", "shortcoming": "Họp muộn", "by": lan, "at": NOW}
    usual = remedies.enter(cast.cell, **told)
    fix(cast.cell, lan)
    own = remedies.enter(cast.cell, **told)
    days = [[(check.due_on - TODAY).days for check in row.checks.all()] for row in (usual, own)]
    assert days == [[30, 60, 90], [15, 45]]
    assert rhythm_of(cast.other_cell, TODAY).source == "mẫu địa phương"


def test_the_page_of_a_remedy_says_whose_rhythm_it_is(cast: Cast, as_user: Any) -> None:
    lan = cast.account(cast.lan)
    row = remedies.enter(cast.cell, about=None, source="opinion", shortcoming="Họp muộn", by=lan, at=NOW)
    page = as_user(cast.lan).get(row.get_absolute_url()).content.decode()
    assert "30, 60, 90 ngày sau khi ghi (mẫu địa phương)" in page
    fix(cast.cell, lan)
    page = as_user(cast.lan).get(row.get_absolute_url()).content.decode()
    assert "15, 45 ngày sau khi ghi (09-QĐ/ĐU ngày 05/01/2026 của Chi bộ Văn phòng)" in page


def test_from_its_first_day_to_its_last(cast: Cast) -> None:
    row = fix(cast.cell, cast.account(cast.lan), starts_on=date(2026, 12, 1))
    actions.end(row, ends_on=date(2026, 12, 31), by=cast.account(cast.lan), at=NOW)
    days = (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [rhythm_of(cast.cell, day).by_document for day in days] == [False, True, True, False]
    with pytest.raises(Refused, match="không thể trước"):
        actions.end(row, ends_on=date(2026, 11, 1), by=cast.account(cast.lan), at=NOW)


@pytest.mark.parametrize(
    ("subject", "figures", "sentence"),
    [
        ("rhythm", "ba mươi", "bằng số"),
        ("rhythm", "", "bằng số"),
        ("rhythm", "60, 30", "tăng dần"),
        ("rhythm", "30, 30", "tăng dần"),
        ("rhythm", "1, 30", "từ 7 đến 365"),
        ("retention", "0", "từ 1 đến 20"),
        ("retention", "3, 5", "một số"),
        ("rhythm", "10, 20, 30, 40, 50, 60, 70", "tăng dần, nhiều nhất 6"),
    ],
)
def test_figures_that_make_no_sense_are_refused(cast: Cast, subject: str, figures: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        fix(cast.cell, cast.account(cast.lan), subject, figures)


def test_a_rule_names_its_document_and_does_not_start_before_it(cast: Cast) -> None:
    lan = cast.account(cast.lan)
    with pytest.raises(Refused, match="văn bản"):
        fix(cast.cell, lan, document=" ")
    with pytest.raises(Refused, match="không thể trước ngày văn bản"):
        fix(cast.cell, lan, starts_on=date(2026, 1, 1))
    fix(cast.cell, lan)
    for figures in ("15, 45", "20"):
        with pytest.raises(Refused, match="Đã có quy định"):
            fix(cast.cell, lan, figures=figures)


def test_who_may_fix(cast: Cast) -> None:
    for user in (cast.account(cast.hoa), cast.account(cast.mai), cast.admin):
        with pytest.raises(PermissionDenied):
            fix(cast.cell, user)
        with pytest.raises(PermissionDenied):
            off(cast.cell, user, date(2026, 12, 24))


def test_on_what_the_program_is_used_is_said_in_the_notice(cast: Cast, as_user: Any) -> None:
    page = as_user(cast.hoa).get(reverse("data-notice")).content.decode()
    assert "chưa ghi văn bản của cấp uỷ" in page
    fix(cast.ward, cast.phuc, "basis", "", document="12-QĐ/ĐU")
    assert basis_of(cast.cell, TODAY) == "12-QĐ/ĐU ngày 05/01/2026 của Đảng uỷ cơ quan"
    page = as_user(cast.hoa).get(reverse("data-notice")).content.decode()
    assert "Chi bộ dùng phần mềm theo 12-QĐ/ĐU ngày 05/01/2026" in page


def test_the_page_shows_what_holds_from_where_and_keeps_what_was_typed(cast: Cast, as_user: Any) -> None:
    fix(cast.ward, cast.phuc, "retention", "5")
    off(cast.ward, cast.phuc, date(2027, 2, 8), "Tết Nguyên đán")
    lan, url = as_user(cast.lan), reverse("ruling-list", args=[cast.cell.pk])
    page = " ".join(lan.get(url).content.decode().split())
    assert ("Đảng uỷ cơ quan: 09-QĐ/ĐU" in page, "Tết Nguyên đán" in page, page.count("Bỏ<span")) == (True, True, 0)
    form = {"subject": "rhythm", "figures": "60, 30", "document": "10-QĐ/ĐU", "document_date": "2026-02-02"}
    answer = lan.post(url, {**form, "starts_on": "2026-03-01"})
    assert (answer.status_code, "60, 30" in answer.content.decode(), Ruling.objects.count()) == (422, True, 1)
    answer = lan.post(reverse("day-off-add", args=[cast.cell.pk]), {"day": "2026-11-28", "name": "Nghỉ thứ Bảy"})
    assert (answer.status_code, "Nghỉ thứ Bảy" in answer.content.decode()) == (422, True)
