"""The screens before the evening: what they offer, what they say when something is missing, who sees what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meetings.actions import planning
from meetings.lifecycle import State
from meetings.models import Meeting
from tests.addresses import address
from tests.clicks import PLAN, clients
from tests.factories import at, make_member, new_key, plan_fields, put_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.world import World


def test_the_list_shows_a_plan_to_those_who_plan_and_to_nobody_else(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    who, url = clients(world), address("meeting-list", "cell", world.keys)
    listed = {name: [m.state for m in who[name].get(url).context["page"]] for name in ("lan", "binh", "nam")}
    assert listed == {"lan": ["plan", "sealed"], "binh": ["plan", "sealed"], "nam": ["sealed"]}


def test_the_next_meeting_stands_above_a_later_one_and_what_is_over_below_the_latest_first(
    world_in: Callable[[State], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan whose day has passed without a meeting is not coming any more; whatever is on stands above all."""
    world = world_in(State.PLAN)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-12-03 20:30"))
    cast = world.cast
    Meeting.objects.filter(cell=cast.cell).update(
        starts_at=at("2026-11-05 19:00"), opened_at=None, state=State.CANCELLED
    )
    days = {"2026-12-20": State.PLAN, "2026-12-03": State.CALLED, "2026-12-10": State.PLAN, "2026-11-26": State.PLAN}
    for day, state in days.items():
        fields = plan_fields(starts_at=at(f"{day} 19:00"))
        planned = planning.plan_meeting(
            cast.cell, kind="regular", by=cast.account(cast.lan), at=at("2026-11-20 08:00"), **fields
        )
        put_into(state, pk=planned.pk)
    lan, url = clients(world)["lan"], address("meeting-list", "cell", world.keys)

    def listed() -> list[str]:
        return [f"{one.day:%d/%m}" for one in lan.get(url).context["page"]]

    over = ["05/11"] * Meeting.objects.filter(cell=cast.cell, state=State.CANCELLED).count()
    assert listed() == ["03/12", "10/12", "20/12", "26/11", *over]
    put_into(State.OPEN, cell=cast.cell, starts_at=at("2026-12-10 19:00"))
    assert listed() == ["10/12", "03/12", "20/12", "26/11", *over]


def test_a_new_meeting_opens_with_the_agenda_of_the_guideline(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    lan, url = clients(world)["lan"], address("meeting-new", "cell", world.keys)
    people = {"chair": world.cast.lan.pk, "minute_taker": world.cast.hoa.pk, "author": world.cast.tuan.pk}
    response = lan.post(f"{url}?kind=thematic", {**PLAN, **people, "key": new_key()})
    made = Meeting.objects.latest("pk")
    assert response["Location"] == f"/meetings/{made.pk}/"
    assert (made.title, made.state, made.chair, made.paper.author) == (
        "Sinh hoạt chuyên đề: Chuyên đề mới",
        State.PLAN,
        world.cast.lan,
        world.cast.tuan,
    )
    assert [item.presenter for item in made.items.all()].count(None) < made.items.count()
    shown = lan.get(response["Location"])
    assert [item.title for item in shown.context["items"]] == [item.title for item in made.items.all()]


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("regular", ["key", "starts_at", "place", "purpose", "chair", "minute_taker"]),
        ("thematic", ["key", "starts_at", "place", "topic", "purpose", "chair", "minute_taker", "author"]),
        ("no such kind", ["key", "starts_at", "place", "topic", "purpose", "chair", "minute_taker", "author"]),
    ],
)
def test_a_plan_asks_for_a_topic_only_where_there_is_one(
    world_in: Callable[[State], World], kind: str, asked: list[str]
) -> None:
    world = world_in(State.PLAN)
    shown = clients(world)["lan"].get(address("meeting-new", "cell", world.keys), {"kind": kind})
    assert list(shown.context["form"].fields) == asked


def test_a_thematic_plan_without_a_topic_comes_back_with_what_was_typed(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    url = address("meeting-edit", "meeting", world.keys)
    response = clients(world)["lan"].post(url, {**PLAN, "topic": " ", "place": "Phòng 5"})
    form = response.context["form"]
    assert (response.status_code, list(form.errors), form["place"].value()) == (422, ["topic"], "Phòng 5")


@pytest.mark.parametrize("name", ["meeting-edit", "item-add", "item-edit"])
def test_a_plan_that_is_over_opens_no_form_and_says_why(world_in: Callable[[State], World], name: str) -> None:
    world = world_in(State.SEALED)
    url = address(name, "item" if name == "item-edit" else "meeting", world.keys)
    shown = clients(world)["lan"].get(url, follow=True)
    assert shown.redirect_chain == [(world.meeting.get_absolute_url(), 302)]
    assert [str(one) for one in shown.context["messages"]] == [
        "Buổi họp đang ở bước “Đã ký biên bản” nên không sửa kế hoạch được nữa."
    ]


def test_what_was_typed_before_the_meeting_was_opened_comes_back_with_the_reason(
    world_in: Callable[[State], World],
) -> None:
    world = world_in(State.OPEN)
    page = clients(world)["lan"].post(address("meeting-edit", "meeting", world.keys), {**PLAN, "place": "Phòng 5"})
    assert (page.status_code, page.context["form"]["place"].value()) == (422, "Phòng 5")


def test_a_key_that_is_none_is_said_in_words(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    page = clients(world)["lan"].post(address("meeting-edit", "meeting", world.keys), {**PLAN, "key": "12"})
    text = page.content.decode()
    assert (page.status_code, "xin gửi lại một lần nữa" in text, "UUID" in text) == (422, True, False)


def test_a_meeting_without_a_place_cannot_be_announced_and_says_why(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    lan = clients(world)["lan"]
    lan.post(address("meeting-edit", "meeting", world.keys), {**PLAN, "place": ""})
    response = lan.post(address("meeting-call", "meeting", world.keys), follow=True)
    world.meeting.refresh_from_db()
    said = [str(message) for message in response.context["messages"]]
    assert (said, world.meeting.state) == (["Chưa có địa điểm họp nên chưa gửi thông báo được."], State.PLAN)


def test_a_plan_that_was_already_announced_is_withdrawn_and_members_no_longer_find_it(
    world_in: Callable[[State], World],
) -> None:
    world = world_in(State.CALLED)
    who, url = clients(world), address("meeting", "meeting", world.keys)
    before = who["nam"].get(url).status_code
    who["lan"].post(address("meeting-withdraw", "meeting", world.keys))
    assert (before, who["nam"].get(url).status_code, who["lan"].get(url).status_code) == (200, 403, 200)


def test_the_page_leads_everybody_to_their_own_next_step(world_in: Callable[[State], World]) -> None:
    world = world_in(State.CALLED)
    who, url = clients(world), address("meeting", "meeting", world.keys)
    steps = {name: who[name].get(url).context["step"] for name in ("lan", "hoa", "nam")}
    assert {name: step.label if step else None for name, step in steps.items()} == {
        "lan": "Khai mạc",
        "hoa": "Khai mạc",
        "nam": None,
    }


def test_a_member_apologises_for_themselves_only(world_in: Callable[[State], World]) -> None:
    world = world_in(State.CALLED)
    nam, tuan = clients(world)["nam"], world.meeting.attendances.get(member=world.cast.tuan)
    own = nam.post(address("apology", "attendance", world.keys), {"reason": "Ốm"})
    for_tuan = nam.post(f"/attendances/{tuan.pk}/apology/", {"reason": "Ốm"})
    mine = world.meeting.attendances.get(member=world.nam)
    tuan.refresh_from_db()
    assert (own.status_code, mine.apology, for_tuan.status_code, tuan.apology) == (302, "Ốm", 403, "")


def test_the_secretary_enters_an_apology_and_the_record_says_who_did(world_in: Callable[[State], World]) -> None:
    world = world_in(State.CALLED)
    son = world.meeting.attendances.get(member=world.cast.son)
    clients(world)["lan"].post(f"/attendances/{son.pk}/apology/", {"reason": "Tuổi cao"})
    son.refresh_from_db()
    assert (son.apology, son.apology_entered_by, son.apology_entered_for_them) == (
        "Tuổi cao",
        world.cast.account(world.cast.lan),
        True,
    )


def test_an_apology_without_a_reason_is_not_taken(world_in: Callable[[State], World]) -> None:
    world = world_in(State.CALLED)
    hoa = world.meeting.attendances.get(member=world.cast.hoa)
    response = clients(world)["hoa"].post(f"/attendances/{hoa.pk}/apology/", {"reason": "  "}, follow=True)
    hoa.refresh_from_db()
    said = [str(message) for message in response.context["messages"]]
    assert (said, hoa.apologised_at) == (["Lý do: Đồng chí chưa điền mục này."], None)


def test_the_checklist_asks_what_comes_after_the_meeting_only_afterwards(world_in: Callable[[State], World]) -> None:
    world = world_in(State.CALLED)
    lan = clients(world)["lan"]
    before, after = (
        [line.duty.code for line in lan.get(f"/meetings/{meeting.pk}/").context["checklist"]]
        for meeting in (world.meeting, world.earlier)
    )
    assert (before, after) == (
        ["committee_met_at", "agreed_at", "shared_at", "called_at", "superior_notified_at", "papers_posted_at"],
        [
            *["committee_met_at", "called_at", "superior_notified_at", "papers_posted_at"],
            *["sealed_at", "posted_at", "reported_up_at"],
        ],
    )


def test_an_agenda_line_moves_up_and_down_one_step_at_a_time(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    lan, url = clients(world)["lan"], address("item-move", "item", world.keys)
    order = [item.pk for item in world.meeting.items.all()]
    lan.post(url, {"to": "up"})
    moved = [item.pk for item in world.meeting.items.all()]
    lan.post(url, {"to": "down"})
    back = [item.pk for item in world.meeting.items.all()]
    assert (moved, back) == ([*order[:-2], order[-1], order[-2]], order)


def test_the_list_is_cut_into_pages(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    lan = world.cast.account(world.cast.lan)
    make_member(world.cast.cell, "Lý Thị Hạnh")
    for day in range(1, 22):
        fields = {"place": "", "topic": "", "chair": None, "minute_taker": None, "purpose": ""}
        moment = at(f"2025-03-{day:02} 19:00")
        planning.plan_meeting(world.cast.cell, kind="regular", by=lan, at=moment, starts_at=moment, **fields)
    client, url = clients(world)["lan"], address("meeting-list", "cell", world.keys)
    sizes = [len(client.get(url, {"page": number}).context["page"]) for number in (1, 2, 99)]
    assert sizes == [20, 3, 3]
