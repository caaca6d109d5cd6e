"""The number register: which paper has which number, what was written outside, and that none is doubled or left out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from documents.model import Column, Document, Head, Heading, Signature, Signatures, Table, Title, para
from meetings.actions import numbers, resolutions
from meetings.forms import NumberForm
from meetings.models import Meeting
from meetings.numbered import register_of
from meetings.papers.numbers import build_register
from members.models import Organisation, PaperNumber
from members.numbering import next_number
from tests.factories import NOW, at, press
from tests.meetings.steps import close, forbidden, has_one_effect, refused

if TYPE_CHECKING:
    from tests.conftest import AsUser, Cast

PRINTED = at("2026-12-31 09:00")


def enter(cast: Cast, first: int, last: int | None = None, **changes: Any) -> list[PaperNumber]:
    usual = {"kind": "KH", "subject": "Kế hoạch năm", "dated": date(2026, 1, 5), "by": cast.account(cast.lan)}
    return numbers.enter_outside(cast.cell, first=first, last=last, **{**usual, "at": NOW, **changes})


def symbols(cast: Cast) -> list[str]:
    return [line.symbol for run in register_of(cast.cell).runs for line in run.lines]


def test_the_register_says_which_paper_each_number_is_of(cast: Cast, opened: Meeting) -> None:
    day = date(2026, 12, 3)
    row = resolutions.issue(
        opened, kind="NQ", subject="Nhiệm vụ", vote=None, issued_on=day, by=cast.account(cast.lan), at=PRINTED
    )
    close(cast, opened)
    enter(cast, 1)
    title = "sinh hoạt chuyên đề: Nâng cao chất lượng tự phê bình và phê bình"
    told = [
        (run.name, line.symbol, line.what, line.day, line.address, line.outside)
        for run in register_of(cast.cell).runs
        for line in run.lines
    ]
    assert told == [
        ("Nghị quyết", "01-NQ/CB", "Nhiệm vụ", day, f"/resolutions/{row.pk}/", False),
        (
            "Thông báo",
            "01-TB/CB",
            f"Thông báo {title} ngày 03/12/2026",
            date(2026, 11, 25),
            f"/meetings/{opened.pk}/notice/",
            False,
        ),
        ("Kế hoạch", "01-KH/CB", "Kế hoạch năm", date(2026, 1, 5), "", True),
        ("Biên bản", "01-BB/CB", f"Biên bản {title}", day, f"/meetings/{opened.pk}/minutes/", False),
    ]


def test_a_paper_that_is_written_here_goes_on_from_those_that_were_written_outside(cast: Cast) -> None:
    enter(cast, 1, 14, kind="NQ")
    assert next_number(cast.cell, "NQ", NOW).number == 15
    assert [run.missing for run in register_of(cast.cell).runs] == [[]]


@pytest.mark.parametrize(
    ("first", "last", "sentence", "field"),
    [
        (2, 4, "Số 02 đã có trong sổ.", "first"),
        (5, 6, "Số tiếp theo của loại này là 04; xin ghi cả các số từ đó.", "first"),
        (6, 5, "Số cuối không thể nhỏ hơn số đầu; số nhỏ nhất là 1.", "last"),
        (0, 3, "Số cuối không thể nhỏ hơn số đầu; số nhỏ nhất là 1.", "last"),
        (4, 204, "Mỗi lần ghi nhiều nhất 200 số.", "last"),
    ],
)
def test_no_number_is_doubled_or_left_out(cast: Cast, first: int, last: int, sentence: str, field: str) -> None:
    enter(cast, 1, 3)
    with refused(sentence, field):
        enter(cast, first, last)


def test_what_is_not_a_cells_paper_or_not_written_yet_gets_no_number(cast: Cast) -> None:
    with refused("Xin chọn loại văn bản.", "kind"):
        enter(cast, 1, kind="CT")
    with refused("Ngày văn bản chưa tới.", "dated"):
        enter(cast, 1, dated=date(2030, 1, 1))
    long_ago = NumberForm({"kind": "KH", "first": "1", "dated": "1/1/0001"})
    assert long_ago.errors["dated"] == ["Ngày văn bản không hợp lý. Xin kiểm tra lại năm."]


def test_the_last_one_that_was_entered_by_mistake_is_taken_out_again(cast: Cast) -> None:
    first, second = enter(cast, 1, 2)
    who = {"by": cast.account(cast.lan), "at": NOW}
    with refused("Đã có văn bản mang số sau nên không bỏ được."):
        numbers.remove_outside(first, **who)
    numbers.remove_outside(second, **who)
    assert symbols(cast) == ["01-KH/CB"]
    with forbidden():
        numbers.remove_outside(first, by=cast.account(cast.tuan), at=NOW)
    given = next_number(cast.cell, "TB", NOW)
    with refused("Số này của văn bản lập trên phần mềm nên không bỏ được ở đây."):
        numbers.remove_outside(given, **who)


def test_each_cell_has_a_register_of_its_own(cast: Cast) -> None:
    numbers.enter_outside(
        cast.other_cell, kind="KH", first=1, last=2, subject="", dated=None, by=cast.account(cast.mai), at=NOW
    )
    enter(cast, 1)
    assert symbols(cast) == ["01-KH/CB"]
    assert next_number(cast.cell, "KH", NOW).number == 2


def test_one_press_enters_numbers_once_and_takes_one_out_once(cast: Cast) -> None:
    has_one_effect(lambda key: enter(cast, 1, 2, key=key), press())
    last = PaperNumber.objects.get(number=2)
    has_one_effect(lambda key: numbers.remove_outside(last, by=cast.account(cast.lan), at=NOW, key=key), press())
    assert symbols(cast) == ["01-KH/CB"]


def test_a_number_that_is_missing_from_before_is_named_and_can_be_entered(cast: Cast) -> None:
    rows = enter(cast, 1, 4)
    PaperNumber.objects.filter(pk__in=[rows[1].pk, rows[2].pk]).delete()
    assert [run.missing for run in register_of(cast.cell).runs] == [[2, 3]]
    enter(cast, 2, 3)
    assert [run.missing for run in register_of(cast.cell).runs] == [[]]


def test_a_new_term_begins_at_one_and_the_former_can_be_looked_up(cast: Cast) -> None:
    enter(cast, 1, 2)
    Organisation.objects.filter(pk=cast.cell.pk).update(term_started_on=date(2026, 6, 1))
    cast.cell.refresh_from_db()
    enter(cast, 1)
    assert symbols(cast) == ["01-KH/CB"]
    former = register_of(cast.cell, "2025-01-01")
    assert [len(run.lines) for run in former.runs] == [2]
    assert former.terms == [date(2026, 6, 1), date(2025, 1, 1)]


def test_the_register_on_paper(cast: Cast) -> None:
    enter(cast, 1)
    assert build_register(register_of(cast.cell), PRINTED) == Document(
        "so-dang-ky-van-ban-2026-12-31",
        "Sổ đăng ký văn bản, nhiệm kỳ từ ngày 01 tháng 01 năm 2025",
        date(2026, 12, 31),
        (
            Head("ĐẢNG BỘ PHƯỜNG HOA SEN", "CHI BỘ VĂN PHÒNG", "", "Hoa Sen, ngày 31 tháng 12 năm 2026"),
            Title("SỔ ĐĂNG KÝ VĂN BẢN", ("Nhiệm kỳ từ ngày 01 tháng 01 năm 2025",)),
            Heading("Kế hoạch"),
            Table(
                (
                    Column("Số, ký hiệu", 32),
                    Column("Ngày", 25, "center"),
                    Column("Tên loại, trích yếu", 78),
                    Column("Ghi chú", 30),
                ),
                (("01-KH/CB", "05/01/2026", "Kế hoạch năm", "Lập ngoài phần mềm"),),
            ),
            Signatures(None, Signature(("T/M CHI BỘ", "BÍ THƯ"), "Trần Thị Lan")),
        ),
    )


def test_an_empty_register_says_so(cast: Cast) -> None:
    assert para("Chưa có văn bản nào được đánh số.") in build_register(register_of(cast.cell), PRINTED).blocks


def test_the_committee_keeps_it_on_one_page(cast: Cast, as_user: AsUser) -> None:
    client, page = as_user(cast.lan), f"/cells/{cast.cell.pk}/numbers/"
    assert "Ghi một số từ 1 đến 2000." in client.post(page, {"kind": "KH", "first": "0"}).content.decode()
    wrong = client.post(page, {"kind": "KH", "first": "2", "subject": "Kế hoạch giữ nguyên chữ"})
    assert wrong.status_code == 422
    assert "Kế hoạch giữ nguyên chữ" in wrong.content.decode()
    assert "Số tiếp theo của loại này là 01" in wrong.content.decode()
    assert client.post(page, {"kind": "KH", "first": "1", "subject": "Kế hoạch năm"}).status_code == 302
    assert "01-KH/CB" in client.get(page).content.decode()
    client.post(f"/numbers/{PaperNumber.objects.get().pk}/remove/")
    assert PaperNumber.objects.count() == 0
    assert as_user(cast.tuan).get(page).status_code == 403
    with forbidden():
        enter(cast, 1, by=cast.account(cast.tuan))
