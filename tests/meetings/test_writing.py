"""Saving what is typed: nothing typed is lost, whoever else writes at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meetings.actions import evening, following, writing
from meetings.actions.writing import LONGEST, SHEETS, Conflict, Saved, save_text
from meetings.models import AgendaItem, Meeting, Remark
from members.refusal import AlreadyDone
from tests.factories import at, press
from tests.meetings.steps import DURING, everything, forbidden, fresh, item_of, last_event, refused, row_of, say

if TYPE_CHECKING:
    from members.models import Member
    from members.press import Press
    from tests.conftest import Cast

LATER = at("2026-12-03 19:31")


def write(
    cast: Cast, item: AgendaItem, who: Member, *, base: int, key: Press | None = None, **texts: str
) -> Saved | Conflict:
    return save_text("item", item, texts, base=base, by=cast.account(who), at=LATER, key=key)


def test_what_is_typed_is_saved_and_counted(cast: Cast, opened: Meeting) -> None:
    answer = write(cast, item_of(opened), cast.hoa, base=0, notes="Đã nghe dự thảo.")
    item = item_of(opened)
    assert answer == Saved(1, LATER)
    assert (item.notes, item.conclusion, item.rev) == ("Đã nghe dự thảo.", "", 1)
    assert last_event(opened) == (
        "write_item",
        {"row": item.pk, "texts": {"notes": "Đã nghe dự thảo."}, "rev": 1},
    )


def test_the_next_save_builds_on_the_revision_of_the_one_before(cast: Cast, opened: Meeting) -> None:
    write(cast, item_of(opened), cast.hoa, base=0, notes="Đã nghe")
    assert write(cast, item_of(opened), cast.hoa, base=1, notes="Đã nghe dự thảo.") == Saved(2, LATER)


def test_who_saves_over_a_text_they_have_not_seen_gets_both_and_nothing_is_overwritten(
    cast: Cast, opened: Meeting
) -> None:
    write(cast, item_of(opened), cast.lan, base=0, notes="Lan viết.")
    answer = write(cast, item_of(opened), cast.hoa, base=0, notes="Hoa viết.")
    assert answer == Conflict(1, {"notes": "Lan viết."}, {"notes": "Hoa viết."}, "Trần Thị Lan")
    item = item_of(opened)
    assert (item.notes, item.rev) == ("Lan viết.", 1)
    assert list(opened.events.filter(what__endswith="_item").values_list("what", "actor__username", "data")) == [
        ("write_item", "lan", {"row": item.pk, "texts": {"notes": "Lan viết."}, "rev": 1}),
        ("conflict_item", "hoa", {"row": item.pk, "texts": {"notes": "Hoa viết."}}),
    ]


def test_the_other_is_the_one_whose_text_stands(cast: Cast, opened: Meeting) -> None:
    write(cast, item_of(opened), cast.hoa, base=0, notes="Hoa viết.")
    write(cast, item_of(opened), cast.lan, base=1, notes="Lan viết.")
    write(cast, item_of(opened, "purpose"), cast.hoa, base=0, notes="Việc khác.")
    answer = write(cast, item_of(opened), cast.hoa, base=1, notes="Hoa sửa.")
    assert isinstance(answer, Conflict)
    assert answer.other == "Trần Thị Lan"


def test_after_a_conflict_the_choice_is_saved_on_the_revision_that_was_shown(cast: Cast, opened: Meeting) -> None:
    write(cast, item_of(opened), cast.lan, base=0, notes="Lan viết.")
    conflict = write(cast, item_of(opened), cast.hoa, base=0, notes="Hoa viết.")
    both = write(cast, item_of(opened), cast.hoa, base=conflict.rev, notes="Lan viết.\nHoa viết.")
    assert (both, item_of(opened).notes) == (Saved(2, LATER), "Lan viết.\nHoa viết.")


def test_two_who_typed_the_same_do_not_disagree(cast: Cast, opened: Meeting) -> None:
    write(cast, item_of(opened), cast.lan, base=0, notes="Nhất trí.")
    assert write(cast, item_of(opened), cast.hoa, base=0, notes="Nhất trí.") == Saved(1, LATER)


def test_a_revision_that_never_was_is_a_conflict_and_not_a_licence(cast: Cast, opened: Meeting) -> None:
    write(cast, item_of(opened), cast.lan, base=0, notes="Lan viết.")
    for base in (-1, 7):
        assert isinstance(write(cast, item_of(opened), cast.hoa, base=base, notes="Hoa viết."), Conflict)
    assert item_of(opened).notes == "Lan viết."


def test_a_row_loaded_before_somebody_else_saved_is_not_written_back(cast: Cast, opened: Meeting) -> None:
    stale = item_of(opened)
    write(cast, item_of(opened), cast.lan, base=0, notes="Lan viết.", conclusion="Nhất trí.")
    answer = write(cast, stale, cast.hoa, base=1, notes="Lan viết. Hoa thêm.")
    item = item_of(opened)
    assert (answer, item.notes, item.conclusion) == (Saved(2, LATER), "Lan viết. Hoa thêm.", "Nhất trí.")


# --- The same save twice ------------------------------------------------------------------------


def test_a_save_that_arrives_twice_gets_its_first_answer_and_has_one_effect(cast: Cast, opened: Meeting) -> None:
    key = press()
    first = write(cast, item_of(opened), cast.hoa, base=0, key=key, notes="Hoa viết.")
    write(cast, item_of(opened), cast.lan, base=1, notes="Lan viết.")
    before = everything()
    assert write(cast, item_of(opened), cast.hoa, base=0, key=key, notes="Hoa viết.") == first == Saved(1, LATER)
    assert everything() == before


def test_a_repeated_save_is_answered_even_after_the_evening(cast: Cast, opened: Meeting) -> None:
    key = press()
    write(cast, item_of(opened), cast.hoa, base=0, key=key, notes="Hoa viết.")
    Meeting.objects.update(state="sealed")
    assert write(cast, item_of(opened), cast.hoa, base=0, key=key, notes="Hoa viết.") == Saved(1, LATER)


@pytest.mark.parametrize("step", ["thematic_discussion", "purpose"])
def test_another_text_under_a_used_key_is_not_said_to_be_saved(cast: Cast, opened: Meeting, step: str) -> None:
    key = press()
    write(cast, item_of(opened), cast.hoa, base=0, key=key, notes="Hoa viết.")
    before = everything()
    with pytest.raises(AlreadyDone):
        write(cast, item_of(opened, step), cast.hoa, base=1, key=key, notes="Hoa viết tiếp.")
    assert everything() == before


def test_the_key_of_another_click_does_not_pass_for_a_save(cast: Cast, opened: Meeting) -> None:
    key = press()
    evening.read_back(opened, by=cast.account(cast.hoa), at=DURING, key=key)
    with pytest.raises(AlreadyDone):
        write(cast, item_of(opened), cast.hoa, base=0, key=key, notes="Hoa viết.")
    assert item_of(opened).notes == ""


def test_a_conflict_leaves_its_key_free_so_that_the_save_can_be_tried_again(cast: Cast, opened: Meeting) -> None:
    key = press()
    write(cast, item_of(opened), cast.lan, base=0, notes="Lan viết.")
    assert isinstance(write(cast, item_of(opened), cast.hoa, base=0, key=key, notes="Hoa viết."), Conflict)
    assert write(cast, item_of(opened), cast.hoa, base=1, key=key, notes="Hoa viết.") == Saved(2, LATER)


# --- What is refused ----------------------------------------------------------------------------


def test_the_longest_text_is_saved_and_one_letter_more_is_refused(cast: Cast, opened: Meeting) -> None:
    assert write(cast, item_of(opened), cast.hoa, base=0, notes="ế" * LONGEST) == Saved(1, LATER)
    with refused("Đoạn này dài 60.001 ký tự, quá 60.000. Xin tách bớt.", "notes"):
        write(cast, item_of(opened), cast.hoa, base=1, notes="ế" * (LONGEST + 1))


def test_a_member_who_takes_no_minutes_writes_nothing(cast: Cast, opened: Meeting) -> None:
    with forbidden():
        write(cast, item_of(opened), cast.tuan, base=0, notes="Tuấn viết.")


def test_who_just_lost_the_place_of_a_text_is_told_to_keep_it(cast: Cast, opened: Meeting) -> None:
    remark = say(cast, opened, row_of(opened, cast.tuan))
    Remark.objects.all().delete()
    sentence = "Chỗ ghi này vừa được bỏ khỏi biên bản nên chưa lưu. Xin chép lại những gì đã viết."
    with refused(sentence):
        save_text("remark", remark, {"text": "Dài"}, base=1, by=cast.account(cast.hoa), at=LATER)


def test_only_the_columns_of_the_sheet_are_written(cast: Cast, opened: Meeting) -> None:
    write(cast, item_of(opened), cast.hoa, base=0, notes="Hoa viết.", title="Khác", minutes="1")
    item = item_of(opened)
    assert (item.notes, item.title, item.minutes) == (
        "Hoa viết.",
        "Thảo luận chuyên đề: nhận thức, liên hệ bản thân, góp ý vào dự thảo",
        35,
    )


def test_line_ends_are_the_same_from_every_machine(cast: Cast, opened: Meeting) -> None:
    write(cast, item_of(opened), cast.hoa, base=0, notes="Một\r\nHai\x00")
    assert item_of(opened).notes == "Một\nHai"


# --- The sheets ---------------------------------------------------------------------------------


def test_every_long_text_has_its_sheet() -> None:
    assert {name: sheet.fields for name, sheet in SHEETS.items()} == {
        "meeting": ("dues", "quality"),
        "item": ("notes", "conclusion"),
        "remark": ("text", "awareness", "relation", "proposal"),
        "draft": ("draft",),
        "completed": ("completed",),
    }


def test_dues_and_quality_are_saved_on_the_meeting(cast: Cast, opened: Meeting) -> None:
    texts = {"dues": "Đã thu đủ.", "quality": "Tốt."}
    answer = save_text("meeting", opened, texts, base=0, by=cast.account(cast.hoa), at=LATER)
    meeting = fresh(opened)
    assert (answer, meeting.dues, meeting.quality, meeting.version) == (
        Saved(1, LATER),
        "Đã thu đủ.",
        "Tốt.",
        opened.version,
    )


def test_the_three_parts_of_a_remark_are_saved_together(cast: Cast, opened: Meeting) -> None:
    remark = say(cast, opened, row_of(opened, cast.tuan), awareness="Hiểu", relation="Làm", proposal="Góp")
    remark.refresh_from_db()
    assert (remark.text, remark.awareness, remark.relation, remark.proposal) == ("", "Hiểu", "Làm", "Góp")


def test_the_author_writes_the_draft_and_then_the_completed_text(cast: Cast, planned: Meeting) -> None:
    by, paper = cast.account(cast.tuan), planned.paper
    assert save_text("draft", paper, {"draft": "I. Nhận thức"}, base=0, by=by, at=LATER) == Saved(1, LATER)
    sentence = "Buổi họp đang ở bước “Đang chuẩn bị” nên không làm được việc này."
    with refused(sentence):
        save_text("completed", paper, {"completed": "I. Nhận thức sâu"}, base=1, by=by, at=LATER)
    Meeting.objects.update(state="closed")
    with refused("Buổi họp đang ở bước “Đã kết thúc, chờ ký” nên không làm được việc này."):
        save_text("draft", paper, {"draft": "Sửa lén"}, base=1, by=by, at=LATER)
    save_text("completed", paper, {"completed": "I. Nhận thức sâu"}, base=1, by=by, at=LATER)
    paper.refresh_from_db()
    assert (paper.draft, paper.completed) == ("I. Nhận thức", "I. Nhận thức sâu")


def test_nothing_is_typed_into_sealed_minutes(cast: Cast, opened: Meeting) -> None:
    Meeting.objects.update(state="sealed")
    with refused("Buổi họp đang ở bước “Đã ký biên bản” nên không làm được việc này."):
        write(cast, item_of(opened), cast.hoa, base=0, notes="Sửa lén")


def test_every_change_leaves_exactly_one_event(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    write(cast, item_of(opened), cast.hoa, base=0, notes="Một")
    write(cast, item_of(opened), cast.lan, base=0, notes="Hai")
    following.assign_task(opened, text="Việc", owner=None, due_on=None, item=None, by=by, at=LATER)
    numbers = list(opened.events.values_list("number", flat=True))
    assert numbers == list(range(1, fresh(opened).version + 1))


def test_the_answer_names_the_account_where_the_writer_is_no_member(cast: Cast) -> None:
    assert writing.member_name(cast.admin) == "quantri"
