"""A committee founds what is below it from a list: shown row by row, founded as shown, taken out again; first slips."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from members import actions as people
from members.entry.actions.all_slips import first_candidates
from members.founding import actions
from members.founding.columns import BODIES
from members.founding.plan import Asked, There, plan_of
from members.importing.columns import Reading
from members.importing.tables import read_text
from members.models import Event, Member, Organisation, Tenure, User
from members.refusal import Refused
from tests.factories import NOW
from tests.members.workbooks import workbook
from tests.pages import forms_on

if TYPE_CHECKING:
    from tests.conftest import Cast

TODAY = date(2026, 11, 30)
TOP = There(1, None, "Đảng uỷ phường", "committee")
HEAD = "Mã\tTên tổ chức\tLoại\tTrực thuộc\tBí thư\tVề chi bộ từ\tTừ ngày\n"
LIST = (
    HEAD
    + """\
\tChi bộ Trường Mầm non\t\tDB1\tVũ Thị Ngọc\t01/07/2010\t01/06/2025
DB1\tĐảng bộ bộ phận Giáo dục\t\t\t\t\t
\tChi bộ Trường Tiểu học\t\tĐảng bộ bộ phận Giáo dục\t\t\t
\tTổ dân phố 1\tchi bộ\t\tHỒ VĂN SÁU\t01/07/2010\t01/06/2025
"""
)


def asked(text: str, **days: date) -> Asked:
    return Asked(Reading.of(read_text(text), sort=BODIES), **days)


def told(text: str, *there: There) -> list[tuple[str, str, str]]:
    """Name, outcome, and the first thing said."""
    plan = plan_of(asked(text), [TOP, *there], 1, TODAY)
    return [(line.name, line.outcome, (line.says or ("",))[0]) for line in plan.lines]


def test_columns_kinds_and_what_stands_above_are_understood() -> None:
    plan = plan_of(asked(LIST), [TOP], 1, TODAY)
    assert [(line.name, line.kind, plan.above(line), line.secretary, line.outcome) for line in plan.lines] == [
        ("Chi bộ Trường Mầm non", "cell", "Đảng bộ bộ phận Giáo dục", "Vũ Thị Ngọc", "new"),
        ("Đảng bộ bộ phận Giáo dục", "committee", "Đảng uỷ phường", "", "new"),
        ("Chi bộ Trường Tiểu học", "cell", "Đảng bộ bộ phận Giáo dục", "", "new"),
        ("Tổ dân phố 1", "cell", "Đảng uỷ phường", "Hồ Văn Sáu", "new"),
    ]
    assert [[line.number for line in step] for step in plan.by_depth()] == [[3, 5], [2, 4]]
    assert told("Chi bộ Một\nChi bộ Hai") == [("Chi bộ Một", "new", ""), ("Chi bộ Hai", "new", "")]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A\tĐảng uỷ A\t\tB\nB\tĐảng uỷ B\t\tC\nC\tĐảng uỷ C\t\tA\n", "Vòng lặp cấp trên: Đảng uỷ A → Đảng uỷ B"),
        ("A\tĐảng uỷ A\t\tA\n", "không thể trực thuộc chính mình"),
        ("\tĐảng uỷ Trên\t\tĐảng uỷ Dưới\n", "không thể trực thuộc chính mình hay cấp dưới"),
        ("\tĐảng uỷ phường\t\tĐảng uỷ Dưới\n", "không thể trực thuộc chính mình hay cấp dưới"),
        ("\tChi bộ Một\t\tĐảng uỷ Nào\n", "Không thấy “Đảng uỷ Nào”"),
        ("\tChi bộ Một\t\tChi bộ Có\n", "là chi bộ, không có tổ chức trực thuộc"),
        ("\tHội Nông dân\n", "Chưa rõ là chi bộ hay cấp uỷ"),
        ("\t=cmd()\tchi bộ\n", "không giống tên"),
        ("\t\tchi bộ\n", "Thiếu tên tổ chức"),
        ("\tChi bộ Một\t\t\tVũ Thị Ngọc\n", "Bí thư: chưa có ngày sinh hoạt tại chi bộ"),
        ("\tChi bộ Một\t\t\tVũ Thị Ngọc\t1/1/2020\t1/1/2019\n", "không thể trước ngày về sinh hoạt"),
        ("\tChi bộ Một\t\t\tVũ Thị Ngọc\t31/02/2020\t1/1/2021\n", "không đọc được"),
    ],
)
def test_each_row_says_what_is_wrong_with_it(rows: str, words: str) -> None:
    there = (
        There(2, 1, "Đảng uỷ Trên", "committee"),
        There(3, 2, "Đảng uỷ Dưới", "committee"),
        There(4, 1, "Chi bộ Có", "cell"),
    )
    found = told(HEAD + rows, *there)
    assert ({outcome for _, outcome, _ in found}, words in found[0][2]) == ({"wrong"}, True)


def test_what_is_wrong_above_keeps_out_what_is_below_and_the_rest_is_not_touched() -> None:
    rows = "\tĐảng uỷ A\t\tĐảng uỷ Nào\n\tChi bộ B\t\tĐảng uỷ A\n\tChi bộ C\n\tChi bộ C\n\tChi bộ D\t\tChi bộ C\n"
    assert [(outcome, said[:24]) for _, outcome, said in told(HEAD + rows)] == [
        ("wrong", "Không thấy “Đảng uỷ Nào”"),
        ("wrong", "Cấp trên ở dòng 2 chưa t"),
        ("new", ""),
        ("wrong", "Trùng tên và cấp trên vớ"),
        ("wrong", "Có nhiều tổ chức tên “Ch"),
    ]


def test_five_thousand_rows_are_planned_in_a_moment() -> None:
    rows = "".join(f"C{at}\tĐảng uỷ {at}\t\t{f'C{at - 1}' if at % 10 else ''}\n" for at in range(5000))
    began = time.monotonic()
    found = told(HEAD + rows)
    assert (len(found), found[-1][1], time.monotonic() - began < 5) == (5000, "new", True)
    deep = "".join(f"C{at}\tĐảng uỷ {at}\t\t{f'C{at - 1}' if at else ''}\n" for at in range(20))
    assert [outcome for _, outcome, _ in told(HEAD + deep)] == ["new"] * 12 + ["wrong"] * 8


def test_a_list_that_goes_down_step_by_step_costs_no_more_than_one_that_is_wide() -> None:
    deep = "".join(f"\tĐảng uỷ {n}\t\tĐảng uỷ {n + 1}\t\t\t\n" for n in range(2000)) + "\tĐảng uỷ 2000\t\t\t\t\t\n"
    begun = time.process_time()
    plan = plan_of(asked(HEAD + deep), [TOP], 1, TODAY)
    assert (len(plan.new), time.process_time() - begun < 1.5) == (12, True)


# --- What is done -----------------------------------------------------------------------------------


def address(cast: Cast) -> str:
    return f"/committees/{cast.ward.pk}/bodies/"


def sent(page: Any) -> dict[str, str]:
    return next(form.data for form in forms_on(page, "") if "text" in form.fields)


def test_a_tree_comes_in_as_its_preview_said_and_a_second_time_changes_nothing(as_user: Any, cast: Cast) -> None:
    phuc, before = as_user(cast.phuc), Organisation.objects.count()
    data = workbook([row.split("\t") for row in LIST.splitlines()])
    shown = phuc.post(address(cast), {**sent(phuc.get(address(cast))), "file": SimpleUploadedFile("cay.xlsx", data)})
    assert (shown.status_code, Organisation.objects.count()) == (200, before)
    again = {**sent(shown), "apply": "1"}
    done = [phuc.post(address(cast), again) for _ in range(2)]  # the same press twice
    assert ([one.status_code for one in done], done[0]["Location"]) == (
        [302, 302],
        f"/committees/{cast.ward.pk}/slips/",
    )
    assert f'<a href="/bodies/{cast.ward.pk}/">Xem các tổ chức trực thuộc</a>' in phuc.get(address(cast)).text
    school = Organisation.objects.get(name="Chi bộ Trường Mầm non")
    assert (Organisation.objects.count(), school.parent.name) == (before + 4, "Đảng bộ bộ phận Giáo dục")
    assert (school.path, school.superior_line, school.place_name, school.symbol) == (
        f"{school.parent.path}{school.pk}/", "ĐẢNG BỘ BỘ PHẬN GIÁO DỤC", cast.ward.place_name, "CB",
    )  # fmt: skip
    ngoc = Member.objects.get(full_name="Vũ Thị Ngọc")
    assert {(one.kind, one.starts_on) for one in Tenure.objects.filter(member=ngoc, organisation=school)} == {
        ("full", date(2010, 7, 1)),
        ("secretary", date(2025, 6, 1)),
    }
    assert [one.what for one in ngoc.events.order_by("number")] == ["add_member", "appoint"]
    second = phuc.post(address(cast), {**again, "apply": ""})
    assert ("Không có tổ chức nào mới" in second.text, len(second.context["preview"].plan.known)) == (True, 4)


def brought_in(cast: Cast, text: str = LIST) -> Event:
    asks = asked(text)
    mark = actions.planned(cast.ward, asks, NOW).mark
    return actions.import_bodies(cast.ward, asks, mark=mark, skip=False, by=cast.phuc, at=NOW)


def test_a_tree_is_taken_back_while_nothing_hangs_on_it(as_user: Any, cast: Cast) -> None:
    before = (Organisation.objects.count(), Member.objects.count(), Tenure.objects.count())
    event = brought_in(cast)
    phuc = as_user(cast.phuc)
    undo = f"{address(cast)}{event.number}/undo/"
    assert undo in phuc.get(address(cast)).text
    assert [phuc.post(undo).status_code for _ in range(2)] == [302, 302]
    assert (Organisation.objects.count(), Member.objects.count(), Tenure.objects.count()) == before
    assert Event.objects.of(cast.ward).filter(what="undo_bodies").count() == 1


def test_a_tree_stays_once_somebody_has_an_account(as_user: Any, cast: Cast) -> None:
    event = brought_in(cast)
    people.open_account(Member.objects.get(full_name="Vũ Thị Ngọc"), username="ngoc.vt", by=None, at=NOW)
    page = as_user(cast.phuc).post(f"{address(cast)}{event.number}/undo/", follow=True)
    assert ("Chưa bỏ tổ chức nào" in page.text, Organisation.objects.filter(name="Tổ dân phố 1").exists()) == (
        True,
        True,
    )


def test_rows_that_are_wrong_are_left_out_only_knowingly_and_a_cell_founds_nothing(cast: Cast) -> None:
    asks = asked(HEAD + "\tChi bộ Một\n\tHội Nông dân\n")
    how: dict[str, Any] = {"mark": actions.planned(cast.ward, asks, NOW).mark, "at": NOW}
    with pytest.raises(Refused, match="Còn dòng"):
        actions.import_bodies(cast.ward, asks, skip=False, by=cast.phuc, **how)
    with pytest.raises(PermissionDenied):
        actions.import_bodies(cast.ward, asks, skip=True, by=cast.account(cast.lan), **how)
    actions.import_bodies(cast.ward, asks, skip=True, by=cast.phuc, **how)
    with pytest.raises(Refused, match="Cây tổ chức"):
        actions.import_bodies(cast.ward, asks, skip=True, by=cast.phuc, **how)


def test_the_committee_hands_the_first_slip_to_a_secretary_and_no_second_one(
    as_user: Any, client: Any, cast: Cast
) -> None:
    brought_in(cast)
    User.objects.filter(member=cast.lan).update(last_login=timezone.now())
    phuc, page = as_user(cast.phuc), f"/committees/{cast.ward.pk}/slips/"
    ngoc = Member.objects.get(full_name="Vũ Thị Ngọc")
    offered = {one.member for one in first_candidates(cast.ward, cast.phuc, timezone.now())}
    assert (ngoc in offered, cast.lan in offered, cast.hoa in offered) == (True, False, False)
    printed = phuc.post(page, {"member": [ngoc.pk], "key": str(uuid4())})
    code = printed.context["slips"][0].code
    used = {"code": code, "password": "con trâu đi trước cái cày", "again": "con trâu đi trước cái cày"}
    assert client.post("/slip/", used).status_code == 302
    assert ngoc not in {one.member for one in first_candidates(cast.ward, cast.phuc, timezone.now())}
    assert phuc.post(page, {"member": [ngoc.pk], "key": str(uuid4())}).status_code == 422


def test_a_committee_does_not_come_into_a_led_cell_as_a_secretary_whom_it_has_just_appointed(cast: Cast) -> None:
    User.objects.filter(member=cast.lan).update(last_login=timezone.now())
    new = people.add_member(
        cast.cell, person={"full_name": "Vũ Thị Ngọc"}, standing="full", starts_on=date(2020, 1, 1), by=None, at=NOW
    )
    people.appoint(new, cast.cell, kind="secretary", starts_on=date(2026, 11, 1), by=cast.phuc, at=NOW)
    assert not Tenure.objects.on(date(2026, 11, 20)).filter(member=cast.lan, kind="secretary").exists()
    assert new not in {one.member for one in first_candidates(cast.ward, cast.phuc, timezone.now())}
