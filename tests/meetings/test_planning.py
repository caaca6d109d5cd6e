"""Planning: the agenda that the guideline gives, changing the plan, what is ticked off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meetings.actions import planning
from meetings.models import AgendaItem, Meeting, ThematicPaper
from tests.factories import NOW, at, plan_fields
from tests.meetings.steps import DURING, forbidden, fresh, item_of, last_event, refused

if TYPE_CHECKING:
    from members.models import Member
    from tests.conftest import Cast


LATER = at("2026-11-26 09:00")


def plan(cast: Cast, kind: str = "thematic", **fields: object) -> Meeting:
    return planning.plan_meeting(cast.cell, kind=kind, by=cast.account(cast.lan), at=NOW, **plan_fields(**fields))


def edit(cast: Cast, meeting: Meeting, **changes: object) -> None:
    fields = plan_fields(chair=cast.lan, minute_taker=cast.hoa, author=cast.tuan)
    planning.edit_plan(fresh(meeting), by=cast.account(cast.lan), at=LATER, **{**fields, **changes})


def presenters(meeting: Meeting) -> list[tuple[str, Member | None]]:
    return [(item.step or item.title, item.presenter) for item in meeting.items.select_related("presenter")]


# --- The plan -----------------------------------------------------------------------------------


def test_the_agenda_of_a_thematic_meeting_is_laid_out_from_the_guideline(cast: Cast, planned: Meeting) -> None:
    assert list(planned.items.values_list("position", "step", "minutes", "presenter__full_name")) == [
        (1, "opening", 5, "Trần Thị Lan"),
        (2, "past_tasks", 5, None),
        (3, "purpose", 5, "Trần Thị Lan"),
        (4, "present_paper", 15, "Lê Anh Tuấn"),
        (5, "thematic_discussion", 35, None),
        (6, "assess_topic", 5, "Trần Thị Lan"),
        (7, "conclusion", 10, "Trần Thị Lan"),
        (8, "quality", 5, None),
        (9, "read_minutes", 5, "Nguyễn Thị Hoa"),
    ]


def test_a_thematic_plan_has_an_empty_paper_of_its_author(cast: Cast, planned: Meeting) -> None:
    paper = ThematicPaper.objects.get(meeting=planned)
    assert (paper.author, paper.draft, paper.shared_at) == (cast.tuan, "", None)


def test_a_regular_plan_has_no_paper(cast: Cast) -> None:
    meeting = plan(cast, "regular", topic="")
    assert (fresh(meeting).thematic_paper, meeting.title) == (None, "Sinh hoạt thường kỳ")


def test_the_first_event_of_a_meeting_is_its_plan(cast: Cast, planned: Meeting) -> None:
    assert list(planned.events.values_list("number", "what", "actor__username")) == [(1, "plan", "lan")]
    assert fresh(planned).version == 1


@pytest.mark.parametrize(("day", "key"), [("2025-10-27 19:00", "hd12"), ("2025-10-28 19:00", "hd42")])
def test_the_day_of_the_meeting_picks_the_guideline(cast: Cast, day: str, key: str) -> None:
    assert plan(cast, starts_at=at(day)).rulebook == key


def test_no_meeting_is_planned_before_the_first_guideline(cast: Cast) -> None:
    sentence = "Chưa có hướng dẫn nào cho buổi sinh hoạt ngày 05/7/2018."
    with refused(sentence, "starts_at"):
        plan(cast, starts_at=at("2018-07-05 19:00"))


def test_a_plain_member_does_not_plan(cast: Cast) -> None:
    with forbidden():
        planning.plan_meeting(cast.cell, kind="regular", by=cast.account(cast.hoa), at=NOW, **plan_fields())


# --- Changing the plan --------------------------------------------------------------------------


def test_when_chair_and_minute_taker_change_places_each_takes_the_lines_of_the_new_role(
    cast: Cast, planned: Meeting
) -> None:
    edit(cast, planned, chair=cast.hoa, minute_taker=cast.lan)
    assert presenters(planned) == [
        ("opening", cast.hoa),
        ("past_tasks", None),
        ("purpose", cast.hoa),
        ("present_paper", cast.tuan),
        ("thematic_discussion", None),
        ("assess_topic", cast.hoa),
        ("conclusion", cast.hoa),
        ("quality", None),
        ("read_minutes", cast.lan),
    ]


def test_when_one_person_was_chair_and_author_a_new_author_takes_only_the_paper(cast: Cast, planned: Meeting) -> None:
    edit(cast, planned, author=cast.lan)
    edit(cast, planned, author=cast.son)
    taken = [step for step, who in presenters(planned) if who == cast.son]
    assert taken == ["present_paper"]


def test_who_is_named_only_later_still_gets_the_lines_of_the_role(cast: Cast) -> None:
    meeting = plan(cast)
    edit(cast, meeting)
    named = [(step, who) for step, who in presenters(meeting) if who is not None]
    assert named == [
        ("opening", cast.lan),
        ("purpose", cast.lan),
        ("present_paper", cast.tuan),
        ("assess_topic", cast.lan),
        ("conclusion", cast.lan),
        ("read_minutes", cast.hoa),
    ]


def test_a_line_that_somebody_else_presents_stays_with_them(cast: Cast, planned: Meeting) -> None:
    planning.edit_item(
        item_of(planned, "purpose"),
        by=cast.account(cast.lan),
        at=LATER,
        title="Mục đích",
        minutes=5,
        presenter=cast.son,
    )
    edit(cast, planned, chair=cast.hoa, minute_taker=cast.lan)
    assert item_of(planned, "purpose").presenter == cast.son


def test_a_line_of_the_cells_own_follows_its_presenter(cast: Cast, planned: Meeting) -> None:
    by = cast.account(cast.lan)
    planning.add_item(planned, by=by, at=LATER, title="Văn nghệ", minutes=10, presenter=cast.tuan)
    edit(cast, planned, author=cast.son)
    assert presenters(planned)[-1] == ("Văn nghệ", cast.son)


def test_a_meeting_follows_the_guideline_of_the_day_to_which_it_moves(cast: Cast, called: Meeting) -> None:
    edit(cast, called, starts_at=at("2025-06-03 19:00"))
    assert fresh(called).rulebook == "hd12"
    edit(cast, called, starts_at=at("2026-12-04 19:00"))
    assert fresh(called).rulebook == "hd42"


# --- The agenda ---------------------------------------------------------------------------------


def test_a_new_line_comes_last(cast: Cast, planned: Meeting) -> None:
    by = cast.account(cast.lan)
    item = planning.add_item(planned, by=by, at=LATER, title="Kết nạp đảng viên", minutes=15, presenter=cast.hoa)
    assert (item.position, item.step, item.minutes, item.presenter) == (10, "", 15, cast.hoa)
    assert last_event(planned) == ("add_item", {"title": "Kết nạp đảng viên"})


def test_a_line_can_still_be_added_in_the_room(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.lan)
    planning.add_item(opened, by=by, at=DURING, title="Việc phát sinh", minutes=5, presenter=None)
    assert opened.items.count() == 10


def test_an_edited_line_keeps_its_former_title_in_the_event(cast: Cast, planned: Meeting) -> None:
    item = item_of(planned, "quality")
    planning.edit_item(item, by=cast.account(cast.lan), at=LATER, title="Chấm điểm", minutes=8, presenter=cast.son)
    item.refresh_from_db()
    assert (item.title, item.minutes, item.presenter) == ("Chấm điểm", 8, cast.son)
    assert last_event(planned)[1]["was"] == "Đánh giá chất lượng buổi sinh hoạt"


def test_a_removed_line_is_gone(cast: Cast, planned: Meeting) -> None:
    planning.remove_item(item_of(planned, "quality"), by=cast.account(cast.lan), at=LATER)
    assert not planned.items.filter(step="quality").exists()
    assert last_event(planned) == ("remove_item", {"title": "Đánh giá chất lượng buổi sinh hoạt"})


@pytest.mark.parametrize(
    ("step", "up", "order"),
    [
        ("purpose", True, ["opening", "purpose", "past_tasks", "present_paper"]),
        ("past_tasks", False, ["opening", "purpose", "past_tasks", "present_paper"]),
        ("opening", True, ["opening", "past_tasks", "purpose", "present_paper"]),
    ],
)
def test_a_line_changes_places_with_its_neighbour(
    cast: Cast, planned: Meeting, step: str, up: bool, order: list[str]
) -> None:
    before = list(planned.items.values_list("pk", flat=True))
    planning.move_item(item_of(planned, step), up=up, by=cast.account(cast.lan), at=LATER)
    assert list(planned.items.values_list("step", flat=True))[:4] == order
    assert last_event(planned) == ("move_item", {"order": before})


def test_the_last_line_cannot_go_further_down(cast: Cast, planned: Meeting) -> None:
    planning.move_item(item_of(planned, "read_minutes"), up=False, by=cast.account(cast.lan), at=LATER)
    assert list(planned.items.values_list("step", flat=True))[-2:] == ["quality", "read_minutes"]


def test_a_line_that_somebody_has_just_removed_cannot_be_moved(cast: Cast, planned: Meeting) -> None:
    item = item_of(planned, "quality")
    AgendaItem.objects.filter(pk=item.pk).delete()
    with refused("Nội dung này vừa được bỏ khỏi chương trình."):
        planning.move_item(item, up=True, by=cast.account(cast.lan), at=LATER)
