"""The first page says to each person what there is for them to do, and to nobody what they may not see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meetings.actions import following, planning, thematic
from members import actions as people
from members.models import Tenure, TenureKind
from members.saving.actions import save_text
from tests.factories import NOW, at, make_member, plan_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from meetings.models import Meeting
    from members.models import Member, User
    from tests.conftest import Cast

    SignIn = Callable[[Member | User], Client]

TOPIC = "Nâng cao chất lượng tự phê bình và phê bình"


@pytest.fixture(autouse=True)
def _the_end_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-11-28 08:00"))


def page(client: Client) -> dict[str, Any]:
    response = client.get("/")
    assert response.status_code == 200
    return response.context


def to_do(client: Client) -> list[str]:
    return [todo.what for todo in page(client)["todos"]]


def test_a_secretary_without_a_meeting_ahead_is_asked_to_plan_one_and_a_member_is_not(
    cast: Cast, as_user: SignIn
) -> None:
    assert (to_do(as_user(cast.lan)), to_do(as_user(cast.hoa))) == (["Lập kế hoạch buổi sinh hoạt tới"], [])


def test_with_a_plan_the_secretary_sends_the_notice_and_its_author_writes(
    cast: Cast, planned: Meeting, as_user: SignIn
) -> None:
    assert to_do(as_user(cast.lan)) == ["Gửi thông báo họp"]
    assert to_do(as_user(cast.tuan)) == ["Viết và gửi dự thảo chuyên đề"]
    assert to_do(as_user(cast.hoa)) == []


def test_a_plan_that_is_not_announced_stays_among_those_who_prepare_it(
    cast: Cast, planned: Meeting, as_user: SignIn
) -> None:
    make_member(cast.cell, "Đặng Hoài Nam", username="nam")
    shown = {name: TOPIC in as_user(who).get("/").content.decode() for name, who in everybody(cast).items()}
    assert shown == {"lan": True, "hoa": True, "tuan": True, "nam": False, "mai": False}


def everybody(cast: Cast) -> dict[str, Member]:
    nam = cast.cell.members.get(full_name="Đặng Hoài Nam")
    return {"lan": cast.lan, "hoa": cast.hoa, "tuan": cast.tuan, "nam": nam, "mai": cast.mai}


def test_an_announced_meeting_is_everybodys_next(cast: Cast, called: Meeting, as_user: SignIn) -> None:
    make_member(cast.cell, "Đặng Hoài Nam", username="nam")
    shown = {name: TOPIC in as_user(who).get("/").content.decode() for name, who in everybody(cast).items()}
    assert shown == {"lan": True, "hoa": True, "tuan": True, "nam": True, "mai": False}
    assert to_do(as_user(cast.hoa)) == ["Dự họp"]


def test_a_shared_draft_is_read_by_members_and_its_opinions_are_answered_by_the_author(
    cast: Cast, called: Meeting, as_user: SignIn
) -> None:
    tuan, hoa = cast.account(cast.tuan), cast.account(cast.hoa)
    save_text("draft", called.paper, {"draft": "Một đoạn."}, base=0, by=tuan, at=at("2026-11-26 08:00"))
    thematic.share(called.paper, by=tuan, at=at("2026-11-26 08:00"))
    for text in ("Nên rõ hơn.", "Nên ngắn hơn."):
        thematic.give_opinion(
            called.paper, member=cast.hoa, paragraph=None, text=text, by=hoa, at=at("2026-11-27 08:00")
        )
    assert to_do(as_user(cast.hoa)) == ["Đọc dự thảo và góp ý"]
    assert to_do(as_user(cast.tuan)) == ["Trả lời 2 ý kiến góp ý"]


def test_an_apology_waits_for_the_secretary_until_it_is_decided(cast: Cast, called: Meeting, as_user: SignIn) -> None:
    row = called.attendances.get(member=cast.hoa)
    planning.apologise(row, reason="Đi công tác", by=cast.account(cast.hoa), at=at("2026-11-27 08:00"))
    lan = as_user(cast.lan)
    waiting = to_do(lan)
    planning.decide_apology(row, accepted=True, by=cast.account(cast.lan), at=at("2026-11-27 09:00"))
    assert (waiting, to_do(lan)) == (["Xem 1 đồng chí xin vắng mặt"], ["Dự họp"])


def test_on_the_evening_the_desk_opens_for_secretary_and_minute_taker(
    cast: Cast, opened: Meeting, as_user: SignIn
) -> None:
    found = {name: to_do(as_user(who)) for name, who in {"lan": cast.lan, "hoa": cast.hoa, "tuan": cast.tuan}.items()}
    assert (found["lan"][0], found["hoa"], found["tuan"][0]) == (
        "Vào bàn thư ký",
        ["Vào bàn thư ký"],
        "Theo dõi buổi họp",
    )


def test_a_meeting_that_is_on_is_called_so_and_leads_into_the_room(
    cast: Cast, opened: Meeting, as_user: SignIn
) -> None:
    later = plan_fields(starts_at=at("2026-12-20 08:00"))
    coming = planning.plan_meeting(cast.cell, kind="regular", by=cast.account(cast.lan), at=NOW, **later)
    for who, room, after in ((cast.lan, "room", coming), (cast.tuan, "pocket", None)):  # he knows of no plan
        response = as_user(who).get("/")
        assert [(one, where[1]) for one, where in response.context["running"]] == [
            (opened, f"/meetings/{opened.pk}/{room}/")
        ]
        assert response.context["next"] == after
        shown = response.content.decode()
        assert (
            shown.index("<h2>Đang họp</h2>")
            < shown.index(TOPIC, shown.index("<h2>Đang họp</h2>"))
            < shown.index("<h2>Buổi tới</h2>")
        )


def test_whose_day_has_passed_is_not_the_next_meeting_while_another_one_is_coming(
    cast: Cast, planned: Meeting, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-12-05 08:00"))
    lan = as_user(cast.lan)
    alone = page(lan)["next"]
    later = plan_fields(starts_at=at("2026-12-20 08:00"))
    coming = planning.plan_meeting(cast.cell, kind="regular", by=cast.account(cast.lan), at=NOW, **later)
    assert (alone, page(lan)["next"]) == (planned, coming)


def test_a_member_sees_their_own_tasks_and_how_many_are_late(cast: Cast, opened: Meeting, as_user: SignIn) -> None:
    lan, moment = cast.account(cast.lan), at("2026-12-03 19:30")
    late = at("2026-12-10 08:00").date()
    for text, owner in (("Viết báo cáo", cast.hoa), ("Thu đảng phí", cast.tuan)):
        following.assign_task(opened, text=text, owner=owner, due_on=late, item=None, by=lan, at=moment)
    shown = page(as_user(cast.hoa))
    mine = [(task.text, is_late) for task, is_late in shown["my_tasks"]]
    assert (mine, shown["open_tasks"], shown["overdue"]) == ([("Viết báo cáo", False)], 2, 0)


def test_after_its_day_a_task_is_late(
    cast: Cast, opened: Meeting, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan, due = cast.account(cast.lan), at("2026-12-10 08:00").date()
    following.assign_task(
        opened, text="Viết báo cáo", owner=cast.hoa, due_on=due, item=None, by=lan, at=at("2026-12-03 19:30")
    )
    seen = []
    for now in ("2026-12-10 23:00", "2026-12-11 00:30"):
        monkeypatch.setattr("django.utils.timezone.now", lambda now=now: at(now))
        shown = page(as_user(cast.hoa))
        seen.append(([late for _, late in shown["my_tasks"]], shown["overdue"]))
    assert seen == [([False], 0), ([True], 1)]


def test_whoever_belongs_to_no_cell_today_is_told_so_and_shown_nothing(
    cast: Cast, called: Meeting, as_user: SignIn
) -> None:
    for who in (cast.kha, cast.admin):
        response = as_user(who).get("/")
        assert "chibo/home_without_cell.html" in [template.name for template in response.templates]
        assert TOPIC not in response.content.decode()


def test_a_secretary_of_two_cells_meets_the_first_one_at_home(cast: Cast, as_user: SignIn) -> None:
    cast.mai.tenures.create(organisation=cast.cell, kind=TenureKind.FULL, starts_on="2026-01-01")
    planning.plan_meeting(
        cast.other_cell, kind="regular", by=cast.account(cast.mai), at=at("2026-11-20 08:00"), **plan_fields()
    )
    shown = page(as_user(cast.mai))
    assert (shown["cell"], shown["next"]) == (cast.cell, None)


def test_leaders_are_reminded_of_the_days_of_persons_with_their_clause_and_members_are_not(
    cast: Cast, as_user: SignIn
) -> None:
    make_member(cast.cell, "Vũ Dự Bị", standing=TenureKind.PROBATIONARY, admitted_on=date(2025, 12, 20))
    make_member(cast.cell, "Vũ Mới Vào", standing=TenureKind.PROBATIONARY, admitted_on=date(2026, 9, 1))
    make_member(cast.cell, "Vũ Lâu Năm", admitted_on=date(1986, 12, 3))
    gone = make_member(cast.cell, "Vũ Chuyển Đi")
    people.set_standing(gone, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 11, 2), by=None, at=NOW)
    shown = page(as_user(cast.lan))["milestones"]
    told = [(one.about, one.day, one.clause.document) for one in shown if "Vũ" in one.about]
    assert told == [
        ("Đồng chí Vũ Lâu Năm", date(2026, 12, 3), "QĐ 208-QĐ/TW"),
        ("Đồng chí Vũ Dự Bị", date(2026, 12, 20), "QĐ 208-QĐ/TW"),
        ("Đồng chí Vũ Chuyển Đi", date(2027, 1, 26), "QĐ 208-QĐ/TW"),
    ]
    assert page(as_user(cast.hoa))["milestones"] == []


def test_whoever_follows_from_above_is_told_of_a_cell_without_a_secretary(cast: Cast, as_user: SignIn) -> None:
    """Beside what waits in a cell of their own; whoever has none finds a number for it."""

    def numbers() -> set[str]:
        return {line.need.key for _, lines in page(as_user(cast.phuc))["groups"] for line in lines}

    Tenure.objects.create(member=cast.mai, organisation=cast.ward, kind=TenureKind.SUPERIOR, starts_on=date(2026, 1, 1))
    told = f"{cast.cell} chưa có bí thư"
    assert (told in to_do(as_user(cast.mai)), "no-secretary" in numbers()) == (False, False)
    Tenure.objects.filter(organisation=cast.cell, kind=TenureKind.SECRETARY).update(ends_on=date(2026, 11, 1))
    assert (told in to_do(as_user(cast.mai)), "no-secretary" in numbers()) == (True, True)
