"""Several outcomes under one item: informations, conclusions, and decisions that a vote has carried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from documents.model import plain_text
from meetings import under_item
from meetings.actions import evening, following, outcomes
from meetings.facts import Evening, facts_of
from meetings.models import Outcome
from meetings.papers import build_minutes
from members.models import TenureKind
from members.refusal import Refused
from members.saving.actions import save_text
from tests.factories import press
from tests.meetings.on_the_floor import Room
from tests.meetings.steps import (
    CLOSED,
    DURING,
    OPENED,
    fresh,
    has_one_effect,
    item_of,
    last_event,
    mark,
    refused,
    stand,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import AgendaItem, Meeting, Vote
    from tests.conftest import AsUser, Cast

LABELS = ("Kết luận của chủ trì:", "Thông tin:", "Kết luận:", "Biểu quyết (", "Quyết nghị:")


def put(cast: Cast, meeting: Meeting, kind: str, text: str, vote: Vote | None = None) -> Outcome:
    who = {"by": cast.account(cast.hoa), "at": DURING}
    made = outcomes.add_outcome(item_of(meeting, "conclusion"), kind=kind, vote=vote, **who)
    save_text("outcome", made, {"text": text}, base=0, **who)
    return made


def carried(cast: Cast, meeting: Meeting, in_favour: int = 3) -> Vote:
    hands = {"in_favour": in_favour, "against": 3 - in_favour, "other": 0}
    item = item_of(meeting, "conclusion")
    return evening.record_vote(item, question="Nhận công trình", **hands, by=cast.account(cast.hoa), at=DURING)


def on_paper(meeting: Meeting) -> list[str]:
    lines = plain_text(build_minutes(fresh(meeting))).splitlines()
    return [line.partition(" Tính trên")[0] for line in lines if line.startswith(LABELS)]


def test_an_item_has_outcomes_of_every_kind_and_the_minutes_have_them_at_its_place(cast: Cast, opened: Meeting) -> None:
    who = {"by": cast.account(cast.hoa), "at": DURING}
    save_text("item", item_of(opened, "conclusion"), {"conclusion": "Làm ngay."}, base=0, **who)
    put(cast, opened, "information", "Đảng uỷ hoãn hội nghị.")
    put(cast, opened, "conclusion", "Giữ kế hoạch.")
    put(cast, opened, "conclusion", "")
    put(cast, opened, "decision", "Chi bộ nhận công trình vườn hoa.", carried(cast, opened))
    assert on_paper(opened) == [
        "Kết luận của chủ trì: Làm ngay.",
        "Thông tin: Đảng uỷ hoãn hội nghị.",
        "Kết luận: Giữ kế hoạch.",
        "Kết luận: (không ghi nội dung)",
        "Biểu quyết (giơ tay): Nhận công trình.",
        "Quyết nghị: Chi bộ nhận công trình vườn hoa.",
    ]


def test_a_conclusion_among_the_outcomes_is_the_items_conclusion(cast: Cast, opened: Meeting) -> None:
    assert not facts_of(Evening.of(opened), now=CLOSED).conclusion_recorded
    put(cast, opened, "information", "Đảng uỷ hoãn hội nghị.")
    assert not facts_of(Evening.of(opened), now=CLOSED).conclusion_recorded
    put(cast, opened, "conclusion", "Giữ kế hoạch.")
    assert facts_of(Evening.of(opened), now=CLOSED).conclusion_recorded


def test_a_decision_is_what_a_vote_has_carried_and_the_vote_stays_with_it(cast: Cast, opened: Meeting) -> None:
    hoa, item = cast.account(cast.hoa), item_of(opened, "conclusion")
    lost = carried(cast, opened, 1)
    who = {"by": hoa, "at": DURING}
    with refused("Quyết nghị thì ghi ở biểu quyết đã thông qua nội dung ấy.", "kind"):
        outcomes.add_outcome(item, kind="decision", **who)
    with refused("Quyết nghị thì ghi ở biểu quyết đã thông qua nội dung ấy.", "kind"):
        outcomes.add_outcome(item, kind="conclusion", vote=lost, **who)
    with refused("Biểu quyết này không được thông qua nên không có quyết nghị.", "vote"):
        outcomes.add_outcome(item, kind="decision", vote=lost, **who)
    won = carried(cast, opened)
    with refused("Biểu quyết này không còn ở nội dung này.", "vote"):
        outcomes.add_outcome(item_of(opened), kind="decision", vote=won, **who)


def test_neither_the_roll_nor_the_desk_takes_the_vote_from_under_a_decision(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.son, TenureKind.EXEMPT)
    who = {"by": cast.account(cast.hoa), "at": DURING}
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    for here in (cast.lan, cast.hoa):
        mark(cast, called, here, "present")
    vote = evening.record_vote(
        item_of(called, "conclusion"), question="Nhận công trình", in_favour=2, against=0, other=0, **who
    )
    vote.majority = "three_quarters"
    vote.save()
    put(cast, called, "decision", "Nhận.", vote)
    with refused("Biểu quyết này đã có quyết nghị ghi kèm; xin xoá quyết nghị ấy trước."):
        evening.remove_vote(vote, **who)
    with pytest.raises(Refused, match="không còn đủ từ 3/4 trở lên của 3"):
        mark(cast, called, cast.son, "present")


def test_what_is_taken_out_stays_in_the_event(cast: Cast, opened: Meeting) -> None:
    made = put(cast, opened, "information", "Đảng uỷ hoãn hội nghị.")
    has_one_effect(lambda key: outcomes.remove_outcome(made, by=cast.account(cast.hoa), at=DURING, key=key), press())
    assert last_event(opened)[1]["words"] == "Đảng uỷ hoãn hội nghị."
    assert on_paper(opened) == []


def test_hoa_writes_a_decision_at_the_desk_and_it_begins_the_resolution(
    cast: Cast, opened: Meeting, as_user: AsUser
) -> None:
    item, vote = item_of(opened, "conclusion"), carried(cast, opened)
    desk = as_user(cast.hoa)
    answer = desk.post(f"/items/{item.pk}/outcomes/", {"kind": "decision", "vote": vote.pk})
    made = Outcome.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/items/{item.pk}/desk/?outcome={made.pk}#votes")
    page = desk.get(answer.url).content.decode()
    assert [f"/write/outcome/{made.pk}/" in page, "Ghi thêm thông tin" in page, "Ghi thêm quyết nghị" in page] == [
        True,
        True,
        False,
    ]
    desk.post(f"/write/outcome/{made.pk}/", {"text": "Chi bộ nhận\ncông trình.", "base": "0"})
    form = as_user(cast.lan).get(f"/meetings/{opened.pk}/resolutions/add/?vote={vote.pk}").context["form"]
    assert form["subject"].value() == "Chi bộ nhận công trình."


def test_a_kind_that_nobody_knows_is_refused_in_words(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    item = item_of(opened, "conclusion")
    page = as_user(cast.hoa).post(f"/items/{item.pk}/outcomes/", {"kind": "wish"}, follow=True)
    assert "Xin chọn loại kết quả: thông tin, kết luận hoặc quyết nghị." in page.content.decode()
    assert not Outcome.objects.exists()


def test_what_stands_under_an_item_is_asked_for_once_and_knows_its_meeting(
    cast: Cast, opened: Meeting, django_assert_num_queries: Any
) -> None:
    room = Room(cast, opened)
    for member in (cast.tuan, cast.son):
        room.gives(member)
        outcomes.add_outcome(room.item, kind="conclusion", **room.desk)
        evening.record_vote(room.item, question="Làm", in_favour=3, against=0, other=0, **room.desk)
        given = {"text": "Quét sân", "owner": member, "due_on": None, "item": room.item}
        following.assign_task(fresh(opened), **given, **room.desk)
    item = room.item
    earlier = {one.pk for one in under_item.lines(item)}
    ways: dict[str, Callable[[AgendaItem], list[Any]]] = {
        "lines": under_item.lines,
        "in full": lambda one: under_item.in_full(one, earlier),
        "outcomes": under_item.came_to,
        "votes": under_item.votes,
        "tasks": under_item.tasks,
        "turns": under_item.turns,
    }
    for name, ask in ways.items():
        with django_assert_num_queries(1):
            rows = ask(item)
            assert (name, [(row.meeting is item.meeting, row.item is item) for row in rows]) == (
                name,
                [(True, True)] * 2,
            )
