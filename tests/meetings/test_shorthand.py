"""Typed shorthand: every line is either what it would do, in words, or a sentence about what is not understood."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from meetings.actions import shorthand as actions
from meetings.models import Mark, Outcome, Remark, Task, Vote
from meetings.shorthand import Desk, Doing, Person, Unclear, Verb, parse
from members.models import Event
from tests.factories import at
from tests.meetings.steps import DURING, begin, item_of, mark, row_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from meetings.models import Meeting
    from tests.conftest import Cast

    AsUser = Callable[..., Client]

HOA, BINH, LAN, LAN_TOO, AN, ANH, TWIN, TWIN_TOO = range(1, 9)
PEOPLE = (
    Person(HOA, "Phạm Thị Hoa"),
    Person(BINH, "Võ Quốc Bình"),
    Person(LAN, "Trần Thị Lan"),
    Person(LAN_TOO, "Lê Ngọc Lan"),
    Person(AN, "Đỗ Văn An"),
    Person(ANH, "Huỳnh Tuấn Anh"),
    Person(TWIN, "Nguyễn Văn Sơn (sinh 1960)"),
    Person(TWIN_TOO, "Nguyễn Văn Sơn (sinh 1975)"),
)
DESK = Desk(PEOPLE, "Kết luận", "Đánh giá chất lượng", date(2026, 12, 3), time(20, 5, 30))


def did(verb: Verb, **what: object) -> tuple[Verb, dict[str, object]]:
    return verb, what


UNDERSTOOD = {
    "+Hoa": did(Verb.FLOOR, person=HOA),
    "+ hoa": did(Verb.FLOOR, person=HOA),
    "  +HOA  ": did(Verb.FLOOR, person=HOA),
    "+bình": did(Verb.FLOOR, person=BINH),
    "+binh": did(Verb.FLOOR, person=BINH),
    "+Quoc Binh": did(Verb.FLOOR, person=BINH),
    "+Võ Quốc Bình": did(Verb.FLOOR, person=BINH),
    "+vo": did(Verb.FLOOR, person=BINH),
    "+thị lan": did(Verb.FLOOR, person=LAN),
    "+ngọc lan": did(Verb.FLOOR, person=LAN_TOO),
    "+an": did(Verb.FLOOR, person=AN),  # the given name itself, not the beginning of Anh
    "+đỗ": did(Verb.FLOOR, person=AN),
    "+do van an": did(Verb.FLOOR, person=AN),
    "+anh": did(Verb.FLOOR, person=ANH),
    "+Nguyễn Văn Sơn (sinh 1975)": did(Verb.FLOOR, person=TWIN_TOO),
    "+#7": did(Verb.FLOOR, person=TWIN),
    "-An 20:15": did(Verb.LEFT, person=AN, at=time(20, 15)),
    "- an 20:15": did(Verb.LEFT, person=AN, at=time(20, 15)),
    "–An 20:15": did(Verb.LEFT, person=AN, at=time(20, 15)),
    "−An 20h15": did(Verb.LEFT, person=AN, at=time(20, 15)),
    "-An 20h": did(Verb.LEFT, person=AN, at=time(20, 0)),
    "-An 20g30": did(Verb.LEFT, person=AN, at=time(20, 30)),
    "-An lúc 20:15": did(Verb.LEFT, person=AN, at=time(20, 15)),
    "-An": did(Verb.LEFT, person=AN, at=time(20, 5)),
    "/bq 7-0-1": did(Verb.VOTE, figures=(7, 0, 1), text="Thông qua: Kết luận"),
    "/BQ 7 - 0 - 1": did(Verb.VOTE, figures=(7, 0, 1)),
    "/bq 7–0–1": did(Verb.VOTE, figures=(7, 0, 1)),
    "/bq 7/0/1": did(Verb.VOTE, figures=(7, 0, 1)),
    "/bq 7,0,1 Thông qua": did(Verb.VOTE, figures=(7, 0, 1), text="Thông qua"),
    "/bq 8": did(Verb.VOTE, figures=(8, 0, 0)),
    "/bq 8-1": did(Verb.VOTE, figures=(8, 1, 0)),
    "/bq 7-0-1 Thông qua kế hoạch 2027": did(Verb.VOTE, figures=(7, 0, 1), text="Thông qua kế hoạch 2027"),
    "/bq 0-8-0 Chuyển ngày họp": did(Verb.VOTE, figures=(0, 8, 0), text="Chuyển ngày họp"),
    "/nv Bình 15/12 Rà soát quy chế": did(Verb.TASK, person=BINH, due=date(2026, 12, 15), text="Rà soát quy chế"),
    "/nv bình 15-12 Rà soát": did(Verb.TASK, person=BINH, due=date(2026, 12, 15), text="Rà soát"),
    "/nv Bình 15.12: Rà soát": did(Verb.TASK, person=BINH, due=date(2026, 12, 15), text="Rà soát"),
    "/nv Võ Quốc Bình 15/12 Rà soát": did(Verb.TASK, person=BINH, due=date(2026, 12, 15)),
    "/nv Bình 1/2 Rà soát": did(Verb.TASK, due=date(2027, 2, 1)),  # that day of this year is over
    "/nv Bình 3/12 Rà soát": did(Verb.TASK, due=date(2026, 12, 3)),  # today
    "/nv Bình 2/12 Rà soát": did(Verb.TASK, due=date(2027, 12, 2)),
    "/nv Bình 29/2 Rà soát": did(Verb.TASK, due=date(2028, 2, 29)),  # the next year that has one
    "/nv Bình 15/12/2027 Rà soát": did(Verb.TASK, due=date(2027, 12, 15)),
    "/nv Bình 15/12/27 Rà soát": did(Verb.TASK, due=date(2027, 12, 15)),
    "/nv Bình Rà soát quy chế": did(Verb.TASK, person=BINH, due=None, text="Rà soát quy chế"),
    "/nv Quốc Bình rà soát 12 hồ sơ": did(Verb.TASK, person=BINH, text="rà soát 12 hồ sơ"),
    "/nv chi bộ 15/12 Rà soát": did(Verb.TASK, person=None, due=date(2026, 12, 15)),
    "/nv cả chi bộ Rà soát": did(Verb.TASK, person=None, text="Rà soát"),
    "/nv Hoa 15/12 {0} {tên}": did(Verb.TASK, person=HOA, text="{0} {tên}"),
    "/kl Nhất trí thông qua": did(Verb.CONCLUSION, text="Nhất trí thông qua"),
    "/KL  hai  khoảng": did(Verb.CONCLUSION, text="hai khoảng"),
    "/tt Đảng uỷ đã có kế hoạch": did(Verb.INFORMATION, text="Đảng uỷ đã có kế hoạch"),
    "/kl <b>x</b> & “y”": did(Verb.CONCLUSION, text="<b>x</b> & “y”"),
    "/xong": did(Verb.NEXT),
    " /XONG ": did(Verb.NEXT),
    "?": did(Verb.HELP),
    "": did(Verb.HELP),
    "   ": did(Verb.HELP),
    "\x00": did(Verb.HELP),
}
NOT_UNDERSTOOD = {
    "Hoa": "Chưa hiểu dòng này.",
    "/": "Chưa hiểu dòng này.",
    "/abc": "Chưa hiểu dòng này.",
    "/bqq 7-0-1": "Chưa hiểu dòng này.",
    "🙂" * 500: "Chưa hiểu dòng này.",
    "+": "Xin ghi tên",
    "-": "Xin ghi tên",
    "-20:15": "Xin ghi tên",
    "+Xuân": "Không có ai tên “Xuân”",
    "+#99": "Không có ai tên “#99”",
    "+#99999999999999999999999": "Không có ai",
    "+" + "x" * 1900: "Không có ai tên",
    "+" + "x" * 2000: "Dòng này dài quá",
    "-An 25:00": "“25:00” không phải là giờ.",
    "-An 20:75": "“20:75” không phải là giờ.",
    "+Lan": "Có 2 đồng chí tên “Lan”.",
    "-Sơn 20:15": "Có 2 đồng chí tên “Sơn”.",
    "/nv Lan 15/12 Rà soát": "Có 2 đồng chí tên “Lan”.",
    "/bq": "Xin ghi số",
    "/bq bảy": "Xin ghi số",
    "/bq -1-0-0": "Xin ghi số",
    "/bq 0-0-0": "Chưa ghi số biểu quyết.",
    "/bq 99999-0-0": "Số biểu quyết lớn quá",
    "/bq 123456-0-0": "Xin ghi số",
    "/bq 7-0-1 " + "x" * 600: "Nội dung biểu quyết dài quá",
    "/nv": "Xin ghi người thực hiện",
    "/nv Bình": "Chưa ghi việc phải làm.",
    "/nv Bình 15/12": "Chưa ghi việc phải làm.",
    "/nv 15/12 Rà soát": "Chưa thấy tên ai",
    "/nv Rà soát quy chế": "Chưa thấy tên ai",
    "/nv Xuân 15/12 Rà soát": "Không có ai tên “Xuân”",
    "/nv Bình 31/2 Rà soát": "“31/2” không phải là ngày.",
    "/nv Bình 15/13 Rà soát": "“15/13” không phải là ngày.",
    "/nv Bình 0/0 Rà soát": "“0/0” không phải là ngày.",
    "/nv Bình 15/12/1999 Rà soát": "không phải là ngày.",
    "/nv Bình 15/12/0000 Rà soát": "không phải là ngày.",
    "/nv Bình 15/12 " + "x" * 700: "Nhiệm vụ dài quá",
    "/kl": "Chưa ghi nội dung kết luận.",
    "/tt   ": "Chưa ghi nội dung thông tin.",
    "/kl " + "x" * 20_001: "Dòng này dài quá",
    "/xong rồi": "Sau /xong không ghi gì thêm.",
}


@pytest.mark.parametrize("line", UNDERSTOOD)
def test_a_line_says_what_it_would_do(line: str) -> None:
    read = parse(line, DESK)
    verb, what = UNDERSTOOD[line]
    assert isinstance(read, Doing), read
    assert (read.verb, {name: getattr(read, name) for name in what}) == (verb, what)
    assert read.says


@pytest.mark.parametrize("line", NOT_UNDERSTOOD)
def test_a_line_that_is_not_understood_says_what_of_it(line: str) -> None:
    read = parse(line, DESK)
    assert isinstance(read, Unclear), read
    assert NOT_UNDERSTOOD[line] in read.sentence


def test_several_of_a_name_are_shown_as_lines_that_mean_one_each() -> None:
    for line in ("+Lan", "-Sơn 20:15", "/nv Lan 15/12 Rà soát {0}"):
        read = parse(line, DESK)
        assert isinstance(read, Unclear)
        again = [parse(choice, DESK) for _, choice in read.choices]
        assert [one.person for one in again if isinstance(one, Doing)] in ([LAN, LAN_TOO], [TWIN, TWIN_TOO])
    guests = Desk((Person(1, "Cao Long"), Person(2, "Cao Long")), "", "", DESK.today, DESK.now)
    read = parse("+long", guests)
    assert isinstance(read, Unclear)
    assert [line for _, line in read.choices] == ["+#1", "+#2"]


# --- At the desk ------------------------------------------------------------------------------------


def sent(client: Client, pk: int, line: str, *, seen: bool = True) -> str:
    """Type the line, as shown before or for the first time; gives the page that comes, or where it leads."""
    answer = client.post(f"/items/{pk}/shorthand/", {"line": line, "seen": line if seen else ""})
    return str(answer.url) if answer.status_code == 302 else answer.content.decode()


@pytest.mark.parametrize(
    "line", ["/bq 1-0-0 TỐI MẬT", "/nv chi bộ TUYỆT MẬT", "/kl TỐI MẬT", "/kl TỐI MẬT\nNội dung khác", "/tt Một\nMẬT"]
)
def test_a_line_with_the_mark_of_a_secret_is_refused_as_the_buttons_refuse_it(
    cast: Cast, opened: Meeting, as_user: AsUser, line: str
) -> None:
    begin(opened)
    events, item = opened.events.count(), item_of(opened, "conclusion")
    assert "Văn bản có dấu độ mật" in sent(as_user(cast.hoa), item.pk, line)
    assert opened.events.count() == events


def test_what_nobody_sees_in_a_line_is_left_out(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    begin(opened)
    sent(as_user(cast.hoa), item_of(opened, "conclusion").pk, "/bq 1-0-0 Thông\u202e qua\u200b")
    assert Vote.objects.get().question == "Thông qua"


def test_a_line_is_shown_before_it_is_done_and_taken_back_in_words(
    cast: Cast, opened: Meeting, as_user: AsUser
) -> None:
    begin(opened)
    item, hoa = item_of(opened, "conclusion"), as_user(cast.hoa)
    assert "Sẽ làm:</b> Ghi biểu quyết “Thông qua”: tán thành 3" in sent(
        hoa, item.pk, "/bq 3-0-0 Thông qua", seen=False
    )
    look = hoa.post(f"/items/{item.pk}/shorthand/look/", {"line": "/bq 3-0-0 Thông qua"})
    assert "tán thành 3" in look.content.decode()
    assert Vote.objects.count() == 0
    did = sent(hoa, item.pk, "/bq 3-0-0 Thông qua").partition("did=")[2]
    assert did == f"vote.{Vote.objects.get().pk}"
    for line, model in (("/nv Sơn 15/12 Rà soát", Task), ("/kl Nhất trí", Outcome), ("+Sơn", Remark)):
        before = model.objects.filter(meeting=opened).count()
        did = sent(hoa, item.pk, line).partition("did=")[2].partition("&")[0]
        assert model.objects.filter(meeting=opened).count() == before + 1
        page = hoa.post(f"/items/{item.pk}/shorthand/undo/", {"did": did}, follow=True).content.decode()
        assert "Đã hoàn tác: bỏ" in page
        assert model.objects.filter(meeting=opened).count() == before
    assert Vote.objects.count() == 1


def test_words_of_a_line_stand_in_the_minutes_and_a_remark_with_words_is_not_taken_back(
    cast: Cast, opened: Meeting, as_user: AsUser
) -> None:
    begin(opened)
    item, hoa = item_of(opened, "conclusion"), as_user(cast.hoa)
    sent(hoa, item.pk, "/tt Đảng uỷ đã có kế hoạch")
    assert Outcome.objects.get(meeting=opened).text == "Đảng uỷ đã có kế hoạch"
    sent(hoa, item.pk, "+Sơn")
    Remark.objects.update(text="Tôi nhất trí.")
    page = hoa.post(
        f"/items/{item.pk}/shorthand/undo/", {"did": f"remark.{Remark.objects.get().pk}"}, follow=True
    ).content.decode()
    assert "đã có chữ nên không hoàn tác" in page
    assert Remark.objects.count() == 1


def test_who_was_marked_absent_and_left_was_here_and_that_is_said(cast: Cast, opened: Meeting) -> None:
    """As “Ghi giờ” on the roll has it."""
    mark(cast, opened, cast.son, Mark.EXCUSED)
    who = {"by": cast.account(cast.hoa), "at": DURING}
    leaving = Doing(Verb.LEFT, "về", person=row_of(opened, cast.son).pk, at=time(19, 20))
    said = actions.carry_out(item_of(opened), leaving, **who).says
    assert said == "Đã ghi đồng chí Đỗ Văn Sơn có mặt (trước đó ghi vắng có lý do), về lúc 19:20."
    row = row_of(opened, cast.son)
    assert (row.mark, f"{timezone.localtime(row.left_at):%H:%M}") == (Mark.PRESENT, "19:20")


def test_who_left_comes_back_and_going_on_cannot_be_taken_back(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    begin(opened)
    item, hoa = item_of(opened, "conclusion"), as_user(cast.hoa)
    row, who = row_of(opened, cast.son), {"by": cast.account(cast.hoa), "at": at("2026-12-03 20:00")}
    left = []
    for hour in (20, 30):
        line = parse(f"-Sơn 19:{hour}", Desk((Person(row.pk, row.name),), "", "", who["at"].date(), time(20)))
        assert isinstance(line, Doing)
        left.append(actions.carry_out(item, line, **who).did)
    said = [actions.undo(item, did, **who) for did in reversed(left)]
    row.refresh_from_db()
    assert (row.left_at, row.mark) == (None, Mark.PRESENT)
    assert ["trở lại 19:20" in said[0], "xoá giờ về" in said[1]] == [True, True]
    for did in (f"next.{item.pk}", "", "vote.", "vote.0", "vote.999999", "vote.x", "nothing.1", "vote." + "9" * 40):
        page = hoa.post(f"/items/{item.pk}/shorthand/undo/", {"did": did}, follow=True).content.decode()
        assert ("không hoàn tác được" in page) or ("hoàn tác." in page), did


def test_a_refusal_is_a_sentence_beside_the_line_with_the_line_kept(
    cast: Cast, opened: Meeting, as_user: AsUser
) -> None:
    begin(opened)
    item, hoa = item_of(opened, "conclusion"), as_user(cast.hoa)
    page = sent(hoa, item.pk, "/bq 99-0-0 Thông qua")
    assert "Tổng số biểu quyết là 99, nhiều hơn" in page
    assert 'value="/bq 99-0-0 Thông qua"' in page
    before = Event.objects.count()
    known = {"+Lan", "-Sơn 20:15", "/nv Lan 15/12 Rà soát"}  # in this cell there is one of that name
    for line in ({*NOT_UNDERSTOOD} - known) | {"/nv Sơn 1/1/2020 x", "-Sơn 03:00"}:
        assert "/desk/" not in sent(hoa, item.pk, line)[:40], line
    assert Event.objects.count() == before


def test_the_line_xong_ends_the_item_and_begins_the_next(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    begin(opened)
    item = opened.items.running()
    following = opened.items.after(item)
    assert sent(as_user(cast.hoa), item.pk, "/xong") == f"/items/{following.pk}/desk/?did=next.{item.pk}"
    item.refresh_from_db()
    following.refresh_from_db()
    assert (item.progress, following.progress) == ("done", "running")
