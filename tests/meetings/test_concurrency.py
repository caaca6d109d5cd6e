"""Two desks, thirty phones, a click sent twice: at the same moment, on real connections, nothing is lost or doubled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection, connections, transaction

from meetings.actions import evening, floor, minutes, one_click, planning
from meetings.actions.numbers import enter_outside
from meetings.models import AgendaItem, Mark, Meeting, Minutes, Remark, Seat, Signature, Turn
from members.models import Event, PaperNumber
from members.numbering import next_number
from members.refusal import AlreadyDone, Refused
from members.saving.actions import Conflict, Saved, save_text
from tests.factories import NOW, at, make_member, plan_fields, press
from tests.meetings.steps import CLOSED, DURING, OPENED, SIGNED, begin, close, fresh, item_of, on_screen, row_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import User
    from tests.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """What each job answers, or the exception it ended with, when all begin at the same moment."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=20)
            return job()
        except Exception as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(run, jobs))


def numbers(meeting: Meeting) -> list[int]:
    return list(meeting.events.values_list("number", flat=True))


def without_a_gap(meeting: Meeting) -> list[int]:
    return list(range(1, fresh(meeting).version + 1))


# --- Typing -------------------------------------------------------------------------------------


def type_on(item: AgendaItem, by: User, texts: list[str]) -> list[Saved | Conflict]:
    """One desk: saves again and again, and after a conflict goes on from what the other one wrote."""
    answers, base = [], 0
    for text in texts:
        answer = save_text("item", item, {"notes": text}, base=base, by=by, at=DURING)
        answers.append(answer)
        base = answer.rev
    return answers


def test_two_minute_takers_who_save_at_once_lose_no_text(cast: Cast, opened: Meeting) -> None:
    sent = {who: [f"{who} viết lần {n}" for n in range(8)] for who in ("Lan", "Hoa")}
    desks = [(cast.account(cast.lan), sent["Lan"]), (cast.account(cast.hoa), sent["Hoa"])]
    items = [item_of(opened), item_of(opened)]
    answers = together(
        *(lambda item=item, desk=desk: type_on(item, *desk) for item, desk in zip(items, desks, strict=True))
    )
    given = [answer for desk in answers for answer in desk]
    standing = item_of(opened)
    assert sorted(answer.rev for answer in given if isinstance(answer, Saved)) == list(range(1, standing.rev + 1))
    pairs = list(zip(given, sent["Lan"] + sent["Hoa"], strict=True))
    assert [text for answer, text in pairs if answer == Saved(standing.rev, DURING)] == [standing.notes]
    assert all(answer.mine == {"notes": text} for answer, text in pairs if isinstance(answer, Conflict))


def test_who_is_told_of_a_conflict_is_shown_a_text_that_really_stood(cast: Cast, opened: Meeting) -> None:
    lan, hoa = cast.account(cast.lan), cast.account(cast.hoa)
    rows = [item_of(opened), item_of(opened)]
    first, second = together(
        lambda: save_text("item", rows[0], {"notes": "Lan viết."}, base=0, by=lan, at=DURING),
        lambda: save_text("item", rows[1], {"notes": "Hoa viết."}, base=0, by=hoa, at=DURING),
    )
    seen = {type(first): first, type(second): second}
    assert seen[Saved] == Saved(1, DURING)
    standing = item_of(opened).notes
    mine = {"Lan viết.": "Hoa viết.", "Hoa viết.": "Lan viết."}[standing]
    other = {"Lan viết.": "Trần Thị Lan", "Hoa viết.": "Nguyễn Thị Hoa"}[standing]
    assert seen[Conflict] == Conflict(1, {"notes": standing}, {"notes": mine}, other)


def test_a_save_sent_twice_at_the_same_moment_is_saved_once_and_both_are_told_so(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    rows = [item_of(opened) for _ in range(4)]

    def save(row: AgendaItem) -> Saved | Conflict:
        return save_text("item", row, {"notes": "Hoa viết."}, base=0, by=by, at=DURING)

    answers = together(*(lambda row=row: save(row) for row in rows))
    assert answers == [Saved(1, DURING)] * 4
    assert item_of(opened).rev == 1


# --- The room -----------------------------------------------------------------------------------


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_desks_write_two_pieces_at_the_same_time_and_nobody_closes_the_meeting_meanwhile(
    cast: Cast, opened: Meeting
) -> None:
    lan, one, other = cast.account(cast.lan), item_of(opened), item_of(opened, "conclusion")

    def impatient(job: Callable[[], Any]) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        return job()

    with transaction.atomic():
        save_text("item", one, {"notes": "Đang ghi."}, base=0, by=cast.account(cast.hoa), at=DURING)  # not stored yet
        beside, same, ending = together(
            lambda: impatient(lambda: save_text("item", other, {"notes": "Ghi cùng lúc."}, base=0, by=lan, at=DURING)),
            lambda: impatient(lambda: save_text("item", item_of(opened), {"notes": "?"}, base=0, by=lan, at=DURING)),
            lambda: impatient(
                lambda: evening.close(fresh(opened), opened_at=OPENED, closed_at=CLOSED, by=lan, at=CLOSED)
            ),
        )
    assert (beside, type(same), type(ending)) == (Saved(1, DURING), OperationalError, OperationalError)
    assert (item_of(opened).notes, item_of(opened, "conclusion").notes) == ("Đang ghi.", "Ghi cùng lúc.")


def test_thirty_people_marked_at_once_leave_thirty_events_without_a_gap(cast: Cast, called: Meeting) -> None:
    for n in range(26):
        make_member(cast.cell, f"Nguyễn Văn {chr(ord('A') + n)}")
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    before = fresh(called).version
    by = [cast.account(cast.lan if n % 2 else cast.hoa) for n in range(30)]
    rows = [row_of(called, row.member) for row in called.attendances.select_related("member")]
    answers = together(
        *(
            lambda row=row, who=who: evening.mark(row, mark=Mark.PRESENT, by=who, at=DURING)
            for row, who in zip(rows, by, strict=True)
        )
    )
    assert answers == [None] * 30
    assert called.attendances.filter(mark=Mark.PRESENT).count() == 30
    assert fresh(called).version == before + 30
    assert numbers(called) == without_a_gap(called)


def test_whoever_speaks_while_another_desk_marks_them_absent_is_never_an_absent_speaker(
    cast: Cast, opened: Meeting
) -> None:
    lan, hoa = cast.account(cast.lan), cast.account(cast.hoa)
    for _ in range(5):
        rows, item = [row_of(opened, cast.son), row_of(opened, cast.son)], item_of(opened)
        together(
            lambda rows=rows: evening.mark(rows[0], mark=Mark.UNEXCUSED, by=lan, at=DURING),
            lambda rows=rows, item=item: evening.add_remark(item, rows[1], by=hoa, at=DURING),
        )
        found = Remark.objects.count(), row_of(opened, cast.son).mark
        assert found in ((1, Mark.PRESENT), (0, Mark.UNEXCUSED))  # whichever came first; the other is told
        Remark.objects.all().delete()
        opened.attendances.update(mark=Mark.PRESENT)


def test_one_desk_marks_the_rest_present_while_the_other_excuses_one(cast: Cast, called: Meeting) -> None:
    """Whichever came last stands; nobody is present with the reason of an absence."""
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    lan, hoa, row, meeting = cast.account(cast.lan), cast.account(cast.hoa), row_of(called, cast.son), fresh(called)
    together(
        lambda: evening.mark_rest_present(meeting, by=lan, at=DURING),
        lambda: evening.mark(row, mark=Mark.EXCUSED, reason="Ốm", by=hoa, at=DURING),
    )
    assert (row_of(called, cast.son).mark, row_of(called, cast.son).reason) == (Mark.EXCUSED, "Ốm")
    assert called.attendances.filter(mark=Mark.PRESENT).count() == 3


# --- The speaking list --------------------------------------------------------------------------


def test_a_member_asks_while_the_chair_closes_the_list_and_exactly_one_of_them_came_first(
    cast: Cast, opened: Meeting
) -> None:
    lan, tuan = cast.account(cast.lan), cast.account(cast.tuan)
    evening.start_item(item_of(opened), by=lan, at=DURING)
    for _ in range(3):
        items, row = [item_of(opened), item_of(opened)], row_of(opened, cast.tuan)
        asked, closed = together(
            lambda items=items, row=row: floor.ask(items[0], row, by=tuan, at=DURING),
            lambda items=items: floor.close_list(items[1], by=lan, at=DURING),
        )
        what = list(opened.events.order_by("-number").values_list("what", flat=True)[:2])
        assert (closed, what[0], Turn.objects.count()) == (None, "close_list", isinstance(asked, Turn))
        if isinstance(asked, Turn):
            assert what[1] == "ask_for_oneself"
        else:
            assert asked.sentence == "Chủ trì đã đóng danh sách đăng ký phát biểu ở nội dung này."
        Turn.objects.all().delete()
        floor.close_list(item_of(opened), closed=False, by=lan, at=DURING)


def test_two_desks_that_press_next_at_once_go_on_by_one_item(cast: Cast, opened: Meeting) -> None:
    lan, hoa = cast.account(cast.lan), cast.account(cast.hoa)
    evening.start_item(item_of(opened), by=lan, at=DURING)
    items, before = [item_of(opened), item_of(opened)], opened.events.count()
    answers = together(
        lambda: one_click.go_on(items[0], by=lan, at=DURING), lambda: one_click.go_on(items[1], by=hoa, at=DURING)
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["AgendaItem", "AlreadyDone"]
    assert [event.what for event in opened.events.order_by("number")[before:]] == ["end_item", "start_item"]
    assert numbers(opened) == without_a_gap(opened)


def test_two_desks_that_give_the_floor_at_once_open_one_remark_for_one_speaker(cast: Cast, opened: Meeting) -> None:
    lan, hoa = cast.account(cast.lan), cast.account(cast.hoa)
    evening.start_item(item_of(opened), by=lan, at=DURING)
    items, rows = [item_of(opened), item_of(opened)], [row_of(opened, cast.son), row_of(opened, cast.son)]
    answers = together(
        lambda: floor.call_on(items[0], rows[0], at_once=True, by=lan, at=DURING),
        lambda: floor.call_on(items[1], rows[1], at_once=True, by=hoa, at=DURING),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "Remark"]
    others = [row_of(opened, cast.tuan), row_of(opened, cast.lan)]
    together(
        lambda: floor.call_on(items[0], others[0], at_once=True, by=lan, at=DURING),
        lambda: floor.call_on(items[1], others[1], at_once=True, by=hoa, at=DURING),
    )
    assert (Remark.objects.count(), Turn.objects.on_the_floor().count()) == (3, 1)
    key, step = press(), opened.floor_steps.latest("pk").pk
    undone = together(
        lambda: floor.undo(items[0], step=step, by=lan, at=DURING, key=key),
        lambda: floor.undo(items[1], step=step, by=hoa, at=DURING),
    )
    assert sorted(type(answer).__name__ for answer in undone) == ["NoneType", "Refused"]
    assert (Remark.objects.count(), numbers(opened)) == (2, without_a_gap(opened))


# --- Clicks -------------------------------------------------------------------------------------


def test_a_double_click_on_the_plan_makes_one_meeting(cast: Cast) -> None:
    key, users = press(), [cast.account(cast.lan) for _ in range(4)]

    def plan(by: User) -> Meeting:
        return planning.plan_meeting(cast.cell, kind="regular", by=by, at=NOW, key=key, **plan_fields(topic=""))

    answers = together(*(lambda by=by: plan(by) for by in users))
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyDone"] * 3 + ["Meeting"]
    assert Meeting.objects.count() == 1


def test_a_double_click_without_a_key_opens_the_meeting_once(cast: Cast, called: Meeting) -> None:
    meetings, users = [fresh(called) for _ in range(3)], [cast.account(cast.lan) for _ in range(3)]
    answers = together(
        *(
            lambda meeting=meeting, by=by: evening.open_meeting(meeting, by=by, at=OPENED)
            for meeting, by in zip(meetings, users, strict=True)
        )
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "Refused", "Refused"]
    assert Event.objects.filter(what="open").count() == 1


def test_two_who_move_lines_at_once_leave_an_agenda_in_order(cast: Cast, planned: Meeting) -> None:
    users = [cast.account(cast.lan) for _ in range(4)]
    items = list(AgendaItem.objects.select_related("meeting__cell").filter(meeting=planned)[2:6])
    answers = together(
        *(
            lambda item=item, by=by: planning.move_item(item, up=True, by=by, at=NOW)
            for item, by in zip(items, users, strict=True)
        )
    )
    assert answers == [None] * 4
    assert list(planned.items.values_list("position", flat=True)) == list(range(1, 10))


def test_numbers_that_are_entered_and_given_at_once_are_never_the_same_and_leave_none_out(cast: Cast) -> None:
    lan, outside = cast.account(cast.lan), {"kind": "NQ", "last": None, "subject": "", "dated": None}

    def enter(number: int) -> None:
        enter_outside(cast.cell, first=number, **outside, by=lan, at=NOW)

    jobs = [partial(next_number, cast.cell, "NQ", NOW) for _ in range(4)] + [partial(enter, 1), partial(enter, 2)]
    refused = [answer for answer in together(*jobs) if isinstance(answer, Exception)]
    assert [type(problem) for problem in refused] == [Refused] * len(refused)
    given = sorted(PaperNumber.objects.values_list("number", flat=True))
    assert given == list(range(1, 7 - len(refused)))


def test_two_meetings_that_close_at_once_get_two_numbers(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.lan)
    second = planning.plan_meeting(
        cast.cell,
        kind="regular",
        by=by,
        at=NOW,
        **plan_fields(starts_at=at("2026-12-03 14:00"), topic="", chair=cast.lan, minute_taker=cast.hoa),
    )
    planning.call(second, by=by, at=NOW)
    evening.open_meeting(second, by=by, at=OPENED)
    evening.mark_rest_present(second, by=by, at=DURING)
    begin(opened)
    begin(second)
    meetings, users = [fresh(opened), fresh(second)], [cast.account(cast.lan), cast.account(cast.hoa)]
    answers = together(
        *(
            lambda meeting=meeting, by=by: evening.close(meeting, opened_at=OPENED, closed_at=CLOSED, by=by, at=SIGNED)
            for meeting, by in zip(meetings, users, strict=True)
        )
    )
    assert answers == [None, None]
    assert sorted(str(row.number) for row in Minutes.objects.select_related("number")) == ["01-BB", "02-BB"]


def test_chair_and_minute_taker_who_sign_at_the_same_moment_seal_once(cast: Cast, opened: Meeting) -> None:
    closed = close(cast, opened)
    seen, rows = on_screen(closed), [fresh(opened), fresh(opened)]
    lan, hoa = cast.account(cast.lan), cast.account(cast.hoa)
    answers = together(
        lambda: minutes.sign(rows[0], seat=Seat.CHAIR, seen=seen, by=lan, at=SIGNED),
        lambda: minutes.sign(rows[1], seat=Seat.MINUTE_TAKER, seen=seen, by=hoa, at=SIGNED),
    )
    assert sorted(answers) == [False, True]
    assert (fresh(opened).state, Signature.objects.count()) == ("sealed", 2)
    assert Event.objects.get(what="seal").data == {"fingerprint": seen}


def test_text_that_arrives_while_the_minutes_are_sealed_is_in_them_or_is_refused(cast: Cast, opened: Meeting) -> None:
    closed = close(cast, opened)
    lan, hoa = cast.account(cast.lan), cast.account(cast.hoa)
    minutes.sign(closed, seat=Seat.CHAIR, seen=on_screen(closed), by=lan, at=SIGNED)
    seen, meeting, item = on_screen(closed), fresh(opened), item_of(opened)
    signed, written = together(
        lambda: minutes.sign(meeting, seat=Seat.MINUTE_TAKER, seen=seen, by=hoa, at=SIGNED),
        lambda: save_text("item", item, {"notes": "Viết thêm."}, base=0, by=lan, at=SIGNED),
    )
    outcome = {
        "sealed before": (signed is True, isinstance(written, Refused), item_of(opened).notes) == (True, True, ""),
        "written before": isinstance(signed, Refused) and written == Saved(1, SIGNED),
    }
    assert sorted(outcome.values()) == [False, True]
    assert (fresh(opened).state == "sealed") is outcome["sealed before"]


def test_a_key_is_free_for_one_click_only_even_when_two_different_clicks_race(cast: Cast, opened: Meeting) -> None:
    key, lan, meetings = press(), cast.account(cast.lan), [fresh(opened), fresh(opened)]
    answers = together(
        lambda: evening.read_back(meetings[0], by=lan, at=DURING, key=key),
        lambda: evening.add_guest(meetings[1], name="Cao Văn Long", position="", by=lan, at=DURING, key=key),
    )
    assert [isinstance(answer, AlreadyDone) for answer in answers].count(True) == 1
    assert Event.objects.filter(key=key.key).count() == 1
