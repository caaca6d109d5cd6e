"""A list of members comes in: read from whatever it was, shown row by row, entered as shown, and taken out again."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members import actions as people
from members.importing import actions
from members.importing.columns import Reading, kind_of
from members.importing.days import read_day
from members.importing.plan import Asked, plan_of
from members.importing.tables import as_text, read_text, read_upload
from members.models import Event, Member, Organisation, Tenure, TenureKind
from members.refusal import Refused
from tests.factories import NOW
from tests.members.workbooks import workbook
from tests.pages import forms_on
from tests.sample import only_long

if TYPE_CHECKING:
    from tests.conftest import Cast

TODAY = date(2026, 11, 30)
HEADED = """\
ĐẢNG BỘ PHƯỜNG\t\t\t\t
CHI BỘ VĂN PHÒNG\t\t\t\t

DANH SÁCH ĐẢNG VIÊN\t\t\t\t
(Kèm theo báo cáo)\t\t\t\t

STT\tHọ và tên\tNgày, tháng, năm sinh\tNgày vào Đảng\tChính thức
1\tVũ Thị Ngọc\t19/05/1980\t03/02/2010\t03/02/2011
2\tĐinh Công Thành\t5/3/65\t1/1/1990\t1/1/1991
3\t\t01/01/1970\t\t
4\tHồ Văn Sáu\t31/02/1980\t\t
5\tLý Thị Bảy\t1980\t\t
\tTổng cộng: 5\t\t\t
"""
SHOWN = {"text": HEADED, "kind": "full", "starts_on": "01/07/2020"}


def asked(text: str, starts_on: date | None = date(2020, 7, 1)) -> Asked:
    return Asked(Reading.of(read_text(text)), TenureKind.FULL, starts_on)


def told(text: str, there: list[tuple[str, date | None]] | None = None) -> list[tuple[str, str]]:
    return [(line.full_name, line.outcome) for line in plan_of(asked(text), there or [], TODAY).lines]


def upload(data: bytes, name: str = "danh-sach.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


# --- What is read -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "Họ tên;Ngày sinh\nĐỗ Thị Ước;19/05/1980\n".encode(),
        "\ufeffHọ tên,Ngày sinh\nĐỗ Thị Ước,19/05/1980\n".encode(),
        "Họ tên\tNgày sinh\nĐỗ Thị Ước\t19/05/1980\n".encode("utf-16"),
        "Họ tên\tNgày sinh\nĐỗ Thị Ước\t19/05/1980\n".encode("utf-16-le"),
    ],
)
def test_a_text_file_is_read_however_windows_wrote_it(data: bytes) -> None:
    table = read_upload(upload(data, "a.csv"))
    assert (len(table), table[1][1]) == (2, "19/05/1980")


def test_vietnamese_windows_letters_come_out_whole() -> None:
    import unicodedata

    broken = unicodedata.normalize("NFD", "Nguyễn Thị Bảy")
    kept = "".join(
        unicodedata.normalize("NFC", part) for part in re.findall(r"[^\u0300-\u036f][\u0302\u0306\u031b]?|.", broken)
    )
    assert read_upload(upload(kept.encode("cp1258"), "a.csv")) == [["Nguyễn Thị Bảy"]]


def test_an_excel_file_keeps_days_zeros_and_what_a_formula_came_to() -> None:
    data = workbook(
        [
            ["Họ và tên", "Ngày sinh", "Số thẻ"],
            ["Vũ Thị Ngọc", date(1980, 5, 19), "00123"],
            [("=A2&B2", "Lý Bảy"), "1980", 7.0],
        ]
    )
    assert read_upload(upload(data)) == [
        ["Họ và tên", "Ngày sinh", "Số thẻ"],
        ["Vũ Thị Ngọc", "19/05/1980", "00123"],
        ["Lý Bảy", "1980", "7"],
    ]


def test_one_cell_over_several_rows_holds_for_each_and_lines_are_counted_from_the_top() -> None:
    rows: list[list[Any]] = [
        *[[""]] * 6,
        ["Họ và tên", "Ngày vào Đảng", "", "Diện"],
        ["", "Kết nạp", "Chính thức", ""],
        ["Vũ Thị Ngọc", "03/02/2010", "03/02/2011", "Dự bị"],
        ["Lý Thị Bảy", "03/02/2012", "03/02/2013", ""],
    ]
    table = read_upload(upload(workbook(rows, merged=("A7:A8", "B7:C7", "D7:D8", "D9:D10"))))
    plan = plan_of(Asked(Reading.of(table), TenureKind.FULL, date(2020, 7, 1)), [], TODAY)
    assert [(line.number, line.full_name, line.kind, line.official_on) for line in plan.lines] == [
        (9, "Vũ Thị Ngọc", TenureKind.PROBATIONARY, date(2011, 2, 3)),
        (10, "Lý Thị Bảy", TenureKind.PROBATIONARY, date(2013, 2, 3)),
    ]


def test_what_was_read_stays_the_same_in_the_box_of_the_page() -> None:
    table = [["", 'Vũ "Ngọc"', "a, b"], ['"', "", "c;d"]]
    assert read_text(as_text(table)) == table


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Tệp trống"),
        (b"x" * (2 * 1024 * 1024 + 1), "quá 2 MB"),
        (b"%PDF-1.7\n\x00\x01\x02\x90\xff", "Chỉ nhận Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "kiểu cũ"),
        (workbook([["Vũ Thị Ngọc"]])[:700], "hỏng, hoặc chưa tải lên hết"),
        (workbook([["Vũ Thị Ngọc"]]).replace(b"xl/workbook.xml", b"xl/werkbook.xml"), "Chỉ nhận Excel"),
        (bomb(), "quá lớn"),
        (workbook([["Vũ Thị Ngọc"]], far="XFD1048576"), "quá"),
        (workbook([[]]), "Không thấy dòng nào"),
        (("Vũ Thị Ngọc\n" * 5100).encode(), "quá 5.000 dòng"),
        ((",".join("a" * 60) + "\n").encode(), "quá 40 cột"),
        (b'\xef\xbb\xbfA,B\n"' + b"x" * 200_000, "thiếu một dấu ngoặc kép"),
    ],
)
def test_whatever_is_no_list_is_refused_in_a_sentence_and_quickly(data: bytes, words: str) -> None:
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        read_upload(upload(data))
    assert (words in refused.value.sentence, refused.value.field, time.monotonic() - began < 10) == (True, "file", True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19/05/1980", date(1980, 5, 19)),
        ("5.3.1980", date(1980, 3, 5)),
        ("1980-05-19 00:00:00", date(1980, 5, 19)),
        ("19051980", date(1980, 5, 19)),
        ("5/3/65", date(1965, 3, 5)),
        ("29360", date(1980, 5, 19)),
        ("5/19/1980", None),
        ("31/02/1980", None),
        ("1980", None),
        ("hôm qua", None),
    ],
)
def test_a_day_is_read_day_first(text: str, day: date | None) -> None:
    read = read_day(text, TODAY, 18)
    assert (read.day, bool(read.problem)) == (day, day is None)


def test_two_figures_of_a_year_are_told_as_they_were_understood() -> None:
    assert [(read_day("1/2/09", TODAY, age).day, bool(read_day("1/2/09", TODAY, age).note)) for age in (0, 18)] == [
        (date(2009, 2, 1), True),
        (date(1909, 2, 1), True),
    ]


def test_columns_are_known_by_their_heads_wherever_these_stand() -> None:
    reading = Reading.of(read_text(HEADED))
    assert (reading.head, reading.columns) == (7, ("", "full_name", "born_on", "admitted_on", "official_on"))


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("HO VA TEN\tNGAY SINH\tDIEN\nVu Ngoc\t1/1/1980\tdu bi", ("full_name", "born_on", "kind")),
        ("TT\tHọ và tên\t\tNăm sinh\n1\tVũ Thị\tNgọc\t1980", ("", "full_name", "given", "born_on")),
        ("Họ đệm\tTên\tNgày sinh\nVũ Thị\tNgọc\t1/1/1980", ("full_name", "given", "born_on")),
        ("1\tVũ Thị Ngọc\t1/1/1980\t1/1/2000\tchính thức", ("", "full_name", "born_on", "admitted_on", "kind")),
        ("Vũ Thị Ngọc\nHồ Văn Sáu", ("full_name",)),
    ],
)
def test_columns_are_guessed(text: str, columns: tuple[str, ...]) -> None:
    assert Reading.of(read_text(text)).columns == columns


def test_a_standing_is_known_by_the_words_people_use() -> None:
    words = ("Chính thức", "ĐV dự bị", "dang vien chinh thuc", "Được miễn công tác và sinh hoạt", "đang bay")
    assert [kind_of(one) for one in words] == [
        TenureKind.FULL, TenureKind.PROBATIONARY, TenureKind.FULL, TenureKind.EXEMPT, None,
    ]  # fmt: skip


# --- What would become of it ------------------------------------------------------------------------


def test_each_row_says_what_is_wrong_with_it() -> None:
    plan = plan_of(asked(HEADED), [], TODAY)
    assert [(line.number, line.outcome, len(line.says)) for line in plan.lines] == [
        (8, "new", 0),
        (9, "new", 1),  # 5/3/65 is said to be 1965
        (10, "wrong", 1),
        (11, "wrong", 1),
        (12, "new", 1),  # the year alone is left out, and said
        (13, "wrong", 1),
    ]


def test_whoever_is_there_is_passed_over_and_namesakes_are_told() -> None:
    text = "Họ tên\tNgày sinh\nVŨ THỊ NGỌC\t19/05/1980\nLý Bảy\t\nLý Bảy\t\nHồ Sáu\t1/1/1980\nHồ Sáu\t2/1/1980\nAn Tư\t"
    there = [("Vũ thị Ngọc", date(1980, 5, 19)), ("An Tư", date(1960, 1, 1))]
    assert told(text, there) == [
        ("Vũ Thị Ngọc", "known"),
        ("Lý Bảy", "new"),
        ("Lý Bảy", "wrong"),
        ("Hồ Sáu", "new"),
        ("Hồ Sáu", "new"),
        ("An Tư", "known"),
    ]


def test_what_looks_like_a_formula_is_no_name() -> None:
    typed = ("=HYPERLINK(1)", "+84 903", "@Hoa Nguyễn", "-Lý Bảy")
    assert [outcome for _, outcome in told("Họ tên\n" + "\n".join(typed))] == ["wrong"] * 4


def test_nobody_gets_today_for_a_day_that_was_not_given() -> None:
    plan = plan_of(asked("Vũ Thị Ngọc", None), [], TODAY)
    assert ([line.starts_on for line in plan.lines], plan.undated, plan.new) == ([None], 1, [])


# --- What is done -----------------------------------------------------------------------------------


def sent(page: Any) -> dict[str, str]:
    """What the page would send again."""
    return next(form.data for form in forms_on(page, "") if "text" in form.fields)


def test_a_list_is_entered_as_its_preview_said_and_a_second_time_changes_nothing(as_user: Any, cast: Cast) -> None:
    lan, address = as_user(cast.lan), f"/cells/{cast.cell.pk}/members/import/"
    before = Member.objects.count()
    data = workbook([["Họ và tên", "Ngày sinh"], ["Vũ Thị Ngọc", date(1980, 5, 19)], ["Hồ Văn Sáu", ""]])
    typed = {**sent(lan.get(address)), "starts_on": "01/07/2020"}
    shown = lan.post(address, {**typed, "file": upload(data)})
    assert (shown.status_code, Member.objects.count()) == (200, before)
    again = {**sent(shown), "apply": "1"}
    done = [lan.post(address, again).status_code for _ in range(2)]  # the same press twice
    made = Member.objects.order_by("-pk")[:2]
    tenures = Tenure.objects.filter(member__in=made).values_list("kind", "starts_on")
    assert (done, Member.objects.count(), [str(one) for one in made]) == (
        [302, 302], before + 2, ["Hồ Văn Sáu", "Vũ Thị Ngọc"],
    )  # fmt: skip
    assert ({*tenures}, made[1].born_on) == ({("full", date(2020, 7, 1))}, date(1980, 5, 19))
    assert [event.what for one in made for event in one.events] == ["add_member"] * 2
    assert "Hồ Văn Sáu" in lan.get("/search/", {"q": "ho van sau"}).text
    second = lan.post(address, {**typed, "text": again["text"]})
    assert ("Không có ai mới để thêm" in second.text, Member.objects.count()) == (True, before + 2)


def test_when_the_register_changed_meanwhile_the_preview_comes_again(as_user: Any, cast: Cast) -> None:
    lan, address = as_user(cast.lan), f"/cells/{cast.cell.pk}/members/import/"
    typed = {"text": "Vũ Thị Ngọc\nHồ Văn Sáu\n", "kind": "full", "starts_on": "01/07/2020"}
    page = lan.post(address, typed)
    person = {"full_name": "Hồ Văn Sáu"}
    people.add_member(cast.cell, person=person, standing=TenureKind.FULL, starts_on=TODAY, by=None, at=NOW)
    answer = lan.post(address, {**typed, **sent(page), "apply": "1"})
    moved = actions.MOVED.format("Sổ đảng viên")
    assert (answer.status_code, moved in answer.text, "Đã có, bỏ qua" in answer.text) == (422, True, True)
    assert not Member.objects.filter(full_name="Vũ Thị Ngọc").exists()
    assert lan.post(address, {**typed, **sent(answer), "apply": "1"}).status_code == 302


def test_rows_with_something_wrong_are_left_out_only_knowingly(as_user: Any, cast: Cast) -> None:
    lan, address = as_user(cast.lan), f"/cells/{cast.cell.pk}/members/import/"
    again = {**SHOWN, **sent(lan.post(address, SHOWN)), "apply": "1"}
    before = Member.objects.count()
    refused = lan.post(address, again)
    assert (refused.status_code, HEADED.split("\n")[7] in unescape(refused.text), Member.objects.count()) == (
        422,
        True,
        before,
    )
    assert (lan.post(address, {**again, "skip": "on"}).status_code, Member.objects.count()) == (302, before + 3)


def test_columns_are_chosen_anew_and_the_day_is_asked_for(as_user: Any, cast: Cast) -> None:
    lan, address = as_user(cast.lan), f"/cells/{cast.cell.pk}/members/import/"
    typed = {"text": "Vũ Ngọc\tĐội Một\nHồ Sáu\tĐội Hai\n", "kind": "full"}
    page = lan.post(address, typed)
    assert (page.status_code, "danh sách có 2 dòng" in page.text) == (422, True)
    chosen = {**typed, "starts_on": "1/7/2020", "width": "2", "column_0": "", "column_1": "full_name"}
    assert "Đội Hai" in re.findall(r'<th scope="row">([^<]+)', lan.post(address, chosen).text)
    twice = lan.post(address, {**chosen, "column_0": "full_name"})
    nobody = lan.post(address, {**chosen, "column_1": ""})
    assert ("Hai cột cùng là" in twice.text, "Chưa biết cột nào" in nobody.text) == (True, True)


def brought_in(cast: Cast, text: str) -> Event:
    asks = asked(text)
    mark = actions.planned(cast.cell, asks, NOW).mark
    return actions.import_members(cast.cell, asks, mark=mark, skip=False, by=cast.account(cast.lan), at=NOW)


def test_an_import_is_taken_back_while_nothing_hangs_on_it(as_user: Any, cast: Cast) -> None:
    register = list(Member.objects.order_by("pk").values("pk", "full_name", "apart"))
    event = brought_in(cast, f"Họ tên\tNgày sinh\nVũ Thị Ngọc\t\n{cast.hoa.full_name}\t1/1/1970\n")
    lan, address = as_user(cast.lan), f"/cells/{cast.cell.pk}/members/import/{event.number}/undo/"
    assert f"Bỏ lần thêm {len(event.data['members'])} đồng chí" in lan.get(f"/cells/{cast.cell.pk}/members/").text
    answers = [lan.post(address).status_code for _ in range(2)]
    assert (answers, list(Member.objects.order_by("pk").values("pk", "full_name", "apart"))) == ([302, 302], register)
    assert [event.what for event in cast.cell.events if event.what.endswith("_import")] == ["undo_import"]


def test_an_import_stays_once_somebody_has_an_account(as_user: Any, cast: Cast) -> None:
    event = brought_in(cast, "Vũ Thị Ngọc\nHồ Văn Sáu")
    member = Member.objects.get(full_name="Hồ Văn Sáu")
    people.open_account(member, username="sau.hv", by=None, at=NOW)
    page = as_user(cast.lan).post(f"/cells/{cast.cell.pk}/members/import/{event.number}/undo/", follow=True)
    assert ("hồ sơ của đồng chí Hồ Văn Sáu" in page.text, Member.objects.filter(full_name="Vũ Thị Ngọc").count()) == (
        True,
        1,
    )


def test_a_list_stays_once_one_of_it_has_gone_to_another_cell(as_user: Any, cast: Cast) -> None:
    event = brought_in(cast, "Vũ Thị Ngọc\nHồ Văn Sáu")
    ngoc, lan = Member.objects.get(full_name="Vũ Thị Ngọc"), as_user(cast.lan)
    gone = lan.post(f"/members/{ngoc.pk}/transfer/", {"to": cast.other_cell.name, "starts_on": "01/01/2024"})
    assert gone.status_code == 302
    before = Member.objects.count()
    page = lan.post(f"/cells/{cast.cell.pk}/members/import/{event.number}/undo/", follow=True)
    assert ("Chưa bỏ ai" in page.text, Member.objects.count()) == (True, before)


def test_a_list_is_entered_at_the_cost_of_a_few_questions(cast: Cast, django_assert_max_num_queries: Any) -> None:
    """As many for sixty as for three."""
    for many in (3, 60):
        names = "\n".join(f"Vũ Thị {chr(65 + at % 26)}{'abcde'[at // 26]}" + "x" * many for at in range(many))
        with django_assert_max_num_queries(30):
            brought_in(cast, names)


def many(kind: str) -> bytes:
    """Five thousand people, each with a name of their own."""
    words = [first + last for first in "BCDGHKLMNP" for last in "aăeêioôu"]
    names = [f"Vũ {one} {other}" for one in words for other in words][:5000]
    people = [[name, date(1940 + at % 60, 1 + at % 12, 1 + at % 28), date(2015, 1, 1)] for at, name in enumerate(names)]
    rows: list[list[Any]] = [["Họ và tên", "Ngày sinh", "Từ ngày"], *people]
    if kind == "xlsx":
        return workbook(rows)
    said = [[one.strftime("%d/%m/%Y") if isinstance(one, date) else one for one in row] for row in rows]
    return "\n".join(",".join(row) for row in said).encode()


@only_long
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_five_thousand_come_in_and_go_out_within_a_request(as_user: Any, cast: Cast, kind: str) -> None:
    lan, address = as_user(cast.lan), f"/cells/{cast.cell.pk}/members/import/"
    before, began = Member.objects.count(), time.monotonic()
    shown = lan.post(address, {**SHOWN, "text": "", "file": upload(many(kind), f"a.{kind}")})
    again = {**SHOWN, **sent(shown), "apply": "1", "skip": "on"}
    assert (lan.post(address, again).status_code, Member.objects.count()) == (302, before + 5000)
    second = lan.post(address, {**SHOWN, "text": again["text"]})
    assert len(second.context["preview"].plan.new) == 0
    event = Event.objects.get(what="import_members")
    assert lan.post(f"{address}{event.number}/undo/").status_code == 302
    assert (Member.objects.count(), time.monotonic() - began < 60) == (before, True)


def test_no_export_and_no_file_of_another_cell_is_touched(as_user: Any, cast: Cast) -> None:
    other = Organisation.objects.get(pk=cast.other_cell.pk)
    assert as_user(cast.lan).post(f"/cells/{other.pk}/members/import/", SHOWN).status_code == 404
