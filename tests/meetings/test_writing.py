"""Saving what is typed: nothing typed is lost, whoever else writes at the same moment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.actions import following
from meetings.models import AgendaItem, Meeting, Remark
from meetings.saving import SHEETS
from members.models import Event
from members.saving.actions import Conflict, Saved, save_text
from members.saving.sheet import LONGEST, MOST_LINES
from members.sent import owner_of
from tests.factories import at, put_into
from tests.meetings.steps import DURING, everything, forbidden, fresh, item_of, refused, row_of, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.test import Client

    from members.models import Member
    from tests.conftest import Cast

LATER = at("2026-12-03 19:31")


def write(
    cast: Cast, item: AgendaItem, who: Member, *, base: int, at: datetime = LATER, **texts: str
) -> Saved | Conflict:
    return save_text("item", item, texts, base=base, by=cast.account(who), at=at)


def test_what_is_typed_is_saved_and_counted(cast: Cast, opened: Meeting) -> None:
    answer = write(cast, item_of(opened), cast.hoa, base=0, notes="Đã nghe dự thảo.")
    item = item_of(opened)
    assert answer == Saved(1, LATER)
    assert (item.notes, item.conclusion, item.rev) == ("Đã nghe dự thảo.", "", 1)
    assert (item.saved_at, item.saved_by) == (LATER, cast.account(cast.hoa))


def test_nobody_keeps_a_diary_of_typing_and_the_phones_are_told_of_nothing(cast: Cast, opened: Meeting) -> None:
    before = (fresh(opened).version, Event.objects.count())
    write(cast, item_of(opened), cast.hoa, base=0, notes="Một")
    assert isinstance(write(cast, item_of(opened), cast.lan, base=0, notes="Hai"), Conflict)
    assert (fresh(opened).version, Event.objects.count()) == before
    following.assign_task(opened, text="Việc", owner=None, due_on=None, item=None, by=cast.account(cast.hoa), at=LATER)
    assert fresh(opened).version == before[0] + 1


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
    assert item.saved_by == cast.account(cast.lan)


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

MUCH_LATER = at("2026-12-03 19:59")


def test_a_save_whose_answer_was_lost_gets_it_the_second_time_and_has_one_effect(cast: Cast, opened: Meeting) -> None:
    first = write(cast, item_of(opened), cast.hoa, base=0, notes="Hoa viết.")
    before = everything()
    again = write(cast, item_of(opened), cast.hoa, base=0, at=MUCH_LATER, notes="Hoa viết.")
    assert again == first == Saved(1, LATER)
    assert everything() == before


def test_what_stands_already_is_saved_even_after_the_evening(cast: Cast, opened: Meeting) -> None:
    write(cast, item_of(opened), cast.hoa, base=0, notes="Hoa viết.")
    put_into("sealed")
    assert write(cast, item_of(opened), cast.hoa, base=0, at=MUCH_LATER, notes="Hoa viết.") == Saved(1, LATER)
    with forbidden():
        write(cast, item_of(opened), cast.tuan, base=0, notes="Hoa viết.")


def test_a_late_second_arrival_never_puts_an_old_text_over_a_newer_one(cast: Cast, opened: Meeting) -> None:
    write(cast, item_of(opened), cast.hoa, base=0, notes="Hoa viết.")
    write(cast, item_of(opened), cast.lan, base=1, notes="Lan viết.")
    before = everything()
    late = write(cast, item_of(opened), cast.hoa, base=0, notes="Hoa viết.")
    assert late == Conflict(2, {"notes": "Lan viết."}, {"notes": "Hoa viết."}, "Trần Thị Lan")
    assert everything() == before


def test_the_same_words_at_another_place_are_another_save(cast: Cast, opened: Meeting) -> None:
    write(cast, item_of(opened), cast.hoa, base=0, notes="Hoa viết.")
    assert write(cast, item_of(opened, "purpose"), cast.hoa, base=0, notes="Hoa viết.") == Saved(1, LATER)


def test_a_save_that_met_another_text_can_be_tried_again(cast: Cast, opened: Meeting) -> None:
    write(cast, item_of(opened), cast.lan, base=0, notes="Lan viết.")
    assert isinstance(write(cast, item_of(opened), cast.hoa, base=0, notes="Hoa viết."), Conflict)
    assert write(cast, item_of(opened), cast.hoa, base=1, notes="Hoa viết.") == Saved(2, LATER)


# --- What is refused ----------------------------------------------------------------------------


def test_the_longest_text_is_saved_and_one_letter_more_is_refused(cast: Cast, opened: Meeting) -> None:
    assert write(cast, item_of(opened), cast.hoa, base=0, notes="ế" * LONGEST) == Saved(1, LATER)
    with refused("Đoạn này dài 60.001 ký tự, quá 60.000. Xin tách bớt.", "notes"):
        write(cast, item_of(opened), cast.hoa, base=1, notes="ế" * (LONGEST + 1))


def test_a_text_of_more_lines_than_a_paper_can_be_made_of_is_refused(cast: Cast, opened: Meeting) -> None:
    assert write(cast, item_of(opened), cast.hoa, base=0, notes="a\n" * MOST_LINES) == Saved(1, LATER)
    with refused("Đoạn này có 2.001 dòng, quá 2.000. Xin bỏ bớt chỗ xuống dòng.", "notes"):
        write(cast, item_of(opened), cast.hoa, base=1, notes="a\n" * MOST_LINES + "b")


def test_a_member_who_takes_no_minutes_writes_nothing(cast: Cast, opened: Meeting) -> None:
    with forbidden():
        write(cast, item_of(opened), cast.tuan, base=0, notes="Tuấn viết.")


def test_who_just_lost_the_place_of_a_text_is_told_to_keep_it(cast: Cast, opened: Meeting) -> None:
    remark = say(cast, opened, row_of(opened, cast.tuan))
    Remark.objects.all().delete()
    sentence = "Chỗ ghi này vừa được bỏ nên chưa lưu. Xin chép lại những gì đã viết."
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
    assert {sheet.name: sheet.fields for sheet in SHEETS} == {
        "meeting": ("dues", "quality"),
        "item": ("notes", "conclusion"),
        "remark": ("text", "awareness", "relation", "proposal"),
        "outcome": ("text",),
        "news": ("headline", "text"),
        "resolution": ("assessment", "directions", "arrangements"),
        "draft": ("draft",),
        "completed": ("completed",),
        "comment-answer": ("answer",),
        "matter-add": ("text",),
        "matter-answer": ("reason",),
        "meeting-edit": ("purpose",),
        "opinion-add": ("text",),
        "opinion-answer": ("reason", "became"),
    }


def test_what_was_typed_on_somebody_elses_page_is_saved_under_nobodys_name(
    cast: Cast, opened: Meeting, as_user: Callable[[Member], Client]
) -> None:
    """The page says whose it is; in this browser somebody else has signed in meanwhile."""
    item, lan = item_of(opened), as_user(cast.lan)
    for owner, status in ((owner_of(cast.account(cast.hoa)), 403), ("", 200), (owner_of(cast.account(cast.lan)), 200)):
        typed = {"notes": f"Chữ của {status}", "base": str(item_of(opened).rev)}
        headers = {"Accept": "application/json", "X-Owner": owner}
        assert lan.post(f"/write/item/{item.pk}/", typed, headers=headers).status_code == status
    assert item_of(opened).notes == "Chữ của 200"


def test_a_save_costs_four_statements_beside_session_and_account(
    cast: Cast, opened: Meeting, as_user: Callable[[Member], Client]
) -> None:
    """The row, the meeting held, the row as it stands, the row written."""
    client, item = as_user(cast.hoa), item_of(opened)
    with CaptureQueriesContext(connection) as asked:
        client.post(f"/write/item/{item.pk}/", {"notes": "Một", "base": "0"}, headers={"Accept": "application/json"})
    own = [query["sql"] for query in asked if not re.search("django_session|members_tenure|SAVEPOINT", query["sql"])]
    done = ["SELECT", "SELECT", "SELECT", "UPDATE"]
    assert ([sql.split()[0] for sql in own], item_of(opened).notes) == (done, "Một")


def test_the_other_desk_is_told_that_somebody_typed_and_a_phone_is_not(
    cast: Cast, opened: Meeting, as_user: Callable[[Member], Client]
) -> None:
    write(cast, item_of(opened), cast.hoa, base=0, notes="Một")
    url, version = f"/meetings/{opened.pk}/live/desk/", fresh(opened).version
    desk = {"v": version, "since": DURING.isoformat()}
    asked = {
        "the other desk": as_user(cast.lan).get(url, desk).status_code,
        "one's own desk": as_user(cast.hoa).get(url, desk).status_code,
        "a desk that has seen it": as_user(cast.lan).get(url, {**desk, "since": LATER.isoformat()}).status_code,
        "a phone": as_user(cast.tuan).get(f"/meetings/{opened.pk}/live/pocket/", {"v": version}).status_code,
        "nonsense": as_user(cast.lan).get(url, {**desk, "since": "2026-13-45T99:00"}).status_code,
    }
    assert asked == {
        "the other desk": 200,
        "one's own desk": 204,
        "a desk that has seen it": 204,
        "a phone": 204,
        "nonsense": 204,
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
    put_into("closed")
    with refused("Buổi họp đang ở bước “Đã kết thúc, chờ ký” nên không làm được việc này."):
        save_text("draft", paper, {"draft": "Sửa lén"}, base=1, by=by, at=LATER)
    save_text("completed", paper, {"completed": "I. Nhận thức sâu"}, base=1, by=by, at=LATER)
    paper.refresh_from_db()
    assert (paper.draft, paper.completed) == ("I. Nhận thức", "I. Nhận thức sâu")


def test_nothing_is_typed_into_sealed_minutes(cast: Cast, opened: Meeting) -> None:
    put_into("sealed")
    with refused("Buổi họp đang ở bước “Đã ký biên bản” nên không làm được việc này."):
        write(cast, item_of(opened), cast.hoa, base=0, notes="Sửa lén")
