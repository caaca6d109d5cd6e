"""Each page shows first what there is to do, and folds what is done."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from meetings.actions import planning, thematic
from meetings.lifecycle import State
from meetings.models import ThematicPaper
from meetings.papers import build_minutes
from meetings.preparation import Checklist
from members.saving.actions import save_text
from members.todo import Todo, in_order
from tests.clicks import clients
from tests.factories import at
from tests.meetings.steps import DURING, begin, fresh, item_of
from tests.meetings.test_programme import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import Meeting
    from tests.conftest import Cast
    from tests.world import World

NOW = at("2026-11-25 08:00")


def order(page: str, *words: str) -> bool:
    """Whether these stand on the page, one after the other."""
    places = [page.find(word) for word in words]
    return -1 not in places and places == sorted(places)


def test_at_home_what_is_going_on_comes_first_then_what_is_overdue_or_near_then_what_waits_and_news_last() -> None:
    given = [
        Todo("có kết quả", "/", news=True),
        Todo("tháng sau", "/", day=date(2027, 1, 5)),
        Todo("một", "/"),
        Todo("trễ", "/", late=True),
        Todo("tuần này", "/", day=date(2026, 12, 1)),
        Todo("hai", "/"),
        Todo("đang họp", "/", now=True),
    ]
    urgent, waiting = ["đang họp", "trễ", "tuần này"], ["một", "hai", "tháng sau", "có kết quả"]
    assert [todo.what for todo in in_order(given, date(2026, 11, 28))] == urgent + waiting


def test_what_is_only_to_be_read_does_not_stand_out() -> None:
    shown = [
        render_to_string("ui/todos.html", {"todos": [Todo("một", "/", news=news), Todo("hai", "/")]}).count("is-first")
        for news in (False, True)
    ]
    assert shown == [1, 0]


def test_the_agenda_stands_before_the_notice_that_asks_to_look_through_it(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    page = clients(world)["lan"].get(f"/meetings/{world.meeting.pk}/").content.decode()
    assert order(page, "Sửa kế hoạch", 'id="agenda"', "Thêm nội dung", "Gửi thông báo")


def test_duties_that_are_done_fold_and_each_clause_is_said_once(world_in: Callable[[State], World]) -> None:
    world = world_in(State.CALLED)
    response = clients(world)["lan"].get(f"/meetings/{world.earlier.pk}/")
    duties: Checklist = response.context["duties"]
    page = response.content.decode()
    assert duties.done
    assert {line.duty.code for line in [*duties.open, *duties.done]} == {line.duty.code for line in duties.lines}
    assert {clause: page.count(f"<dt>{clause}</dt>") for clause, _ in duties.bases} == dict.fromkeys(
        dict(duties.bases), 1
    )
    assert order(page, "<details", "Chương trình <span>")


def test_a_draft_that_nobody_has_written_asks_to_be_written(planned: Meeting, cast: Cast, as_user: Any) -> None:
    page = as_user(cast.tuan).get(f"/meetings/{planned.pk}/paper/").content.decode()
    assert ("Viết dự thảo</a>" in page, "Gửi đảng viên góp ý" in page) == (True, False)


def test_meetings_stand_before_books_and_shelf(planned: Meeting, cast: Cast, as_user: Any) -> None:
    page = as_user(cast.lan).get(f"/cells/{cast.cell.pk}/meetings/").content.decode()
    assert order(page, "Lập kế hoạch", "<tbody", "Đề xuất cho buổi tới", "Sổ đăng ký văn bản")


def test_a_draft_that_is_ready_before_the_notice_is_shared_with_it(cast: Cast, planned: Meeting, as_user: Any) -> None:
    tuan, called = cast.account(cast.tuan), at("2026-11-26 08:00")
    save_text("draft", planned.paper, {"draft": "Một đoạn."}, base=0, by=tuan, at=NOW)
    page = as_user(cast.tuan).post(f"/meetings/{planned.pk}/paper/share/", follow=True).content.decode()
    assert ("Về buổi họp" in page, "Gửi đảng viên góp ý" in page) == (True, False)  # what it still waits for
    assert "Đảng viên đã có thể đọc" not in page
    planning.call(fresh(planned), by=cast.account(cast.lan), at=called)
    paper = ThematicPaper.objects.get(meeting=planned)
    assert paper.shared_at == called
    planning.withdraw(fresh(planned), by=cast.account(cast.lan), at=called)
    planning.call(fresh(planned), by=cast.account(cast.lan), at=at("2026-11-27 08:00"))
    paper.refresh_from_db()
    assert paper.shared_at == called  # they have read it since
    thematic.share(paper, by=tuan, at=at("2026-11-28 08:00"))
    assert paper.shared_at == called


def test_a_presenter_whose_name_begins_the_notes_is_named_once(cast: Cast, opened: Meeting) -> None:
    begin(opened)
    item = item_of(opened, "present_paper")
    save_text(
        "item", item, {"notes": f"Đồng chí {item.presenter} nêu lý do."}, base=0, by=cast.account(cast.hoa), at=DURING
    )
    paper = repr(build_minutes(fresh(opened)))
    assert (paper.count(f"Đồng chí {item.presenter}: Đồng chí"), paper.count("nêu lý do.")) == (0, 1)


def test_evidence_and_reasons_open_on_demand(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    page = clients(world)["lan"].get(f"/meetings/{world.meeting.pk}/score/")
    text, found = page.content.decode(), page.context["found"]
    evidence = [line for line in found.lines if line.evidence]
    assert evidence
    assert text.count('<details class="evidence">') == len(evidence)


def test_a_plan_on_a_narrow_screen_folds_what_has_a_default_and_opens_what_one_is_at(
    planned: Meeting, cast: Cast, as_user: Any
) -> None:
    """A press brings one back to what lay open; duties that are overdue lie open by themselves."""
    lan, address = as_user(cast.lan), f"/meetings/{planned.pk}/"

    def folds(page: str) -> dict[str, bool]:
        found = re.findall(r'<details class="fold narrow-fold"( open)?><summary>(?:<h2>)?([^<]+)', page)
        return {words: bool(is_open) for is_open, words in found}

    arranging, advice, duties = "Sắp xếp, sửa từng nội dung", "Theo hướng dẫn", "Chuẩn bị"
    planned.items.filter(step="purpose").delete()
    assert folds(lan.get(address).text) == {arranging: False, advice: False, duties: False}
    item = planned.items.all()[1]
    moved = lan.post(f"/items/{item.pk}/move/", {"to": "up"})
    back = lan.get(moved["Location"]).text
    assert (folds(back)[arranging], moved["Location"].partition("#")[2]) == (True, f"item-{item.pk}")
    assert f'id="item-{item.pk}"' in back
    ticked = lan.post(f"{address}tick/", {"what": "superior_notified_at", "done": "1"})
    assert folds(lan.get(ticked["Location"]).text)[duties]
    type(planned).objects.filter(pk=planned.pk).update(starts_at=timezone.now() - timedelta(days=1))
    assert folds(lan.get(address).text)[duties]


@pytest.mark.parametrize(
    ("today", "lie_open"),
    [("2027-05-20", {5, 6}), ("2027-12-02", {12}), ("2026-11-20", {1}), ("2028-02-01", set())],
)
def test_of_a_year_the_running_month_and_the_next_lie_open(
    cast: Cast, as_user: Any, monkeypatch: pytest.MonkeyPatch, today: str, lie_open: set[int]
) -> None:
    """On a narrow screen; each of the others is a line that opens, and nothing is sent less for it."""
    lay_out(cast)
    monkeypatch.setattr("meetings.views.programme.timezone.localdate", lambda *_: date.fromisoformat(today))
    page = as_user(cast.lan).get(f"/cells/{cast.cell.pk}/programme/2027/").text
    lines = re.findall(r'<details class="fold year-fold"( open)?><summary>Tháng (\d+)', page)
    assert {int(month) for is_open, month in lines if is_open} == lie_open
    assert (len(lines), page.count('name="line-') >= 16 * 4) == (16, True)
