"""What can happen next: every action of the house tried in every state and by everybody, and clicked twice."""

from __future__ import annotations

import inspect
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from meetings import guards
from meetings.actions import (
    evening,
    floor,
    following,
    handing,
    minutes,
    news,
    one_click,
    planning,
    preparing,
    proofs,
    resolutions,
    scoring,
    seats,
    shorthand,
    thematic,
    votes,
)
from meetings.actions import outcomes as came_to
from meetings.actions.core import move
from meetings.lifecycle import TRANSITIONS, State
from meetings.models import (
    Attendance,
    Correction,
    Meeting,
    News,
    NewsPhoto,
    Opinion,
    Remark,
    Resolution,
    Task,
    ThematicPaper,
    Turn,
)
from meetings.next_steps import next_step
from meetings.saving import SHEETS
from members.models import Event, Member, TenureKind, User
from members.policy import ALLOWED
from members.refusal import AlreadyDone, Refused
from tests.clicks import written
from tests.factories import NOW, at, make_member, plan_fields, press, put_into
from tests.meetings.every_action import ACTIONS, AFTER, OF_A_MATTER, OF_AN_EXCHANGE, World, go
from tests.meetings.steps import (
    DURING,
    SIGNED,
    everything,
    fill_in,
    fresh,
    has_one_effect,
    item_of,
    refused,
    row_named,
    row_of,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Cast
    from tests.once import Shelf


@pytest.fixture
def world(cast: Cast, opened: Meeting, once: Shelf) -> World:
    return World(cast, once.get("a row of every kind", lambda: with_every_kind(cast, opened)))


def with_every_kind(cast: Cast, opened: Meeting) -> int:
    lan, hoa = cast.account(cast.lan), cast.account(cast.hoa)
    make_member(cast.cell, "Bùi Thị Vy", username="vy")
    make_member(cast.cell, "Cao Thị Yên", standing=TenureKind.EXEMPT)  # whom nobody takes to be here
    evening.mark_rest_present(opened, by=hoa, at=DURING)
    say(cast, opened, row_of(opened, cast.tuan))
    evening.add_guest(opened, name="Cao Văn Long", position="", by=hoa, at=DURING)
    item = item_of(opened, "conclusion")
    evening.record_vote(item, question="Thông qua", in_favour=3, against=0, other=0, by=hoa, at=DURING)
    planning.add_item(opened, by=lan, at=DURING, title="Việc khác", minutes=5, presenter=None)
    following.assign_task(opened, text="Kê khai", owner=None, due_on=None, item=None, by=hoa, at=DURING)
    came_to.add_outcome(item, kind="information", by=hoa, at=DURING)
    votes.step_aside(item_of(opened, "opening"), row_of(opened, cast.son), by=hoa, at=DURING)
    opened.items.filter(step="purpose").update(started_at=DURING)
    on_the_list(cast, opened, hoa)
    minutes.register(opened, DURING)
    fill_in(scoring.draw_up(opened, by=hoa, at=DURING), by=hoa)
    Attendance.objects.filter(member=cast.son).update(apology="Ốm", apologised_at=DURING)
    ThematicPaper.objects.update(draft="Nhận thức.", completed="Nhận thức.", shared_at=DURING)
    given = {"member": cast.hoa, "text": "Rõ.", "entered_by": hoa, "entered_at": DURING}
    Opinion.objects.create(meeting=opened, **given, answer="adopted", became="Nhận thức.")
    asked = {"member": cast.tuan, "text": "Xin sửa.", "entered_by": hoa, "entered_at": DURING}
    speech = {"speaker": row_of(opened, cast.tuan), "text": "Thêm.", "entered_by": hoa, "entered_at": DURING}
    again = Remark.objects.create(meeting=opened, item=item, **speech)
    Correction.objects.create(meeting=opened, remark=again, **asked)
    earlier = planning.plan_meeting(
        cast.cell, kind="regular", by=lan, at=NOW, **plan_fields(starts_at=at("2026-11-03 19:00"), topic="")
    )
    Task.objects.create(cell=cast.cell, meeting=earlier, text="Rà soát hồ sơ")
    told = News.objects.create(meeting=opened, begun_by=lan, begun_at=DURING)
    pixels = {"jpeg": b"", "width": 8, "height": 6, "caption": "Quang cảnh"}
    NewsPhoto.objects.create(news=told, position=1, agreed_by=lan, agreed_at=DURING, **pixels)
    issued = {"kind": "KL", "subject": "Nhiệm vụ tháng 12", "issued_on": AFTER.date()}
    Resolution.objects.create(cell=cast.cell, meeting=opened, **issued)
    return opened.pk


def on_the_list(cast: Cast, opened: Meeting, hoa: User) -> None:
    """Under the conclusion, which is on: one has spoken, one speaks, two wait, two steps can be undone."""
    item = item_of(opened, "conclusion")
    evening.start_item(item, by=hoa, at=DURING)
    for row in (row_of(opened, cast.lan), row_named(opened, "Bùi Thị Vy")):
        floor.ask(item, row, by=hoa, at=DURING)
    given = {"meeting": opened, "item": item, "asked_by": hoa, "asked_at": DURING, "started_at": DURING}
    Turn.objects.create(**given, speaker=row_of(opened, cast.hoa), place=1, state="done", ended_at=DURING)
    Turn.objects.create(**given, speaker=row_of(opened, cast.tuan), place=2, state="speaking")


CLICKS = [name for name in ACTIONS if not name.startswith("writing")]
PEOPLE = ("lan", "hoa", "tuan", "vy", "phuc", "mai")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(world: World, name: str, by: User, before: dict[str, Any]) -> str:
    """ "done" or why not; afterwards all is as before, and a refusal by itself has left it so."""
    with undone(), written() as wrote:
        try:
            ACTIONS[name].do(world, go(by))
        except (Refused, PermissionDenied) as no:
            assert not wrote or everything() == before
            return no.sentence if isinstance(no, Refused) else "forbidden"
        return "done"


def outcomes(world: World, state: str, who: dict[str, User]) -> dict[str, str]:
    """What comes of each action when its person tries it in this state."""
    with undone():
        world.set_state(state)
        before, loaded = everything(), world.loaded()
        return {name: outcome(loaded(), name, by, before) for name, by in who.items()}


def test_no_action_is_missing_from_this_table() -> None:
    modules = (
        planning,
        preparing,
        evening,
        one_click,
        shorthand,
        floor,
        votes,
        came_to,
        following,
        resolutions,
        minutes,
        proofs,
        scoring,
        seats,
        thematic,
        handing,
        news,
    )
    found = {
        f"{module.__name__.rsplit('.', 1)[-1]}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and "key" in inspect.signature(function).parameters
    }
    with_tests_of_their_own = {"planning.plan_meeting", "evening.take_back", "news.begin"}
    assert found == {*CLICKS, *with_tests_of_their_own}
    saved = {sheet.name for sheet in SHEETS if sheet.name not in OF_AN_EXCHANGE | OF_A_MATTER}
    assert {f"writing.save_text {name}" for name in saved} == set(ACTIONS) - set(CLICKS)


def able(name: str) -> User:
    return User.objects.select_related("member").get(username=ACTIONS[name].people.split()[0])


def first_state(name: str) -> str:
    return ACTIONS[name].states.split()[0]


@pytest.mark.in_turn
@pytest.mark.parametrize("state", State.values)
def test_each_action_is_done_in_its_states_and_refused_with_the_name_of_any_other(world: World, state: str) -> None:
    no = f"Buổi họp đang ở bước “{State(state).label}” nên không làm được việc này."
    above = "forbidden" if state != State.SEALED else no  # the superior committee is not even told the state
    got = outcomes(world, state, {name: able(name) for name in ACTIONS})
    waiting = {name: got.pop(name) for name, row in ACTIONS.items() if state in row.waits.split()}
    assert not {"done", "forbidden", no} & set(waiting.values())
    assert got == {
        name: "done" if state in row.states.split() else above if able(name) == world.cast.phuc else no
        for name, row in ACTIONS.items()
        if name not in waiting
    }


@pytest.mark.in_turn
@pytest.mark.parametrize("username", [*PEOPLE, "quantri"])
def test_each_action_is_open_to_its_people_and_to_nobody_else(world: World, username: str) -> None:
    by = User.objects.select_related("member").get(username=username)
    got: dict[str, str] = {}
    for state in {first_state(name) for name in ACTIONS}:
        got |= outcomes(world, state, {name: by for name in ACTIONS if first_state(name) == state})
    assert got == {name: "done" if username in row.people.split() else "forbidden" for name, row in ACTIONS.items()}


@pytest.mark.in_turn
def test_the_same_click_twice_has_one_effect(world: World) -> None:
    """Both clicks come from pages that were loaded before either of them."""
    traces = {}
    for name in CLICKS:
        with undone():
            world.set_state(first_state(name))
            pages, by = iter([world.again(), world.again()]), able(name)
            has_one_effect(
                lambda key, name=name, pages=pages, by=by: ACTIONS[name].do(next(pages), go(by, key)), press()
            )
            traces[name] = Event.objects.exclude(key=None).count()
    assert traces == dict.fromkeys(CLICKS, 1)


def test_planning_twice_with_one_click_makes_one_meeting(cast: Cast) -> None:
    by, key = cast.account(cast.lan), press()
    has_one_effect(
        lambda key: planning.plan_meeting(cast.cell, kind="regular", by=by, at=NOW, key=key, **plan_fields()), key
    )
    assert Meeting.objects.count() == 1


@pytest.mark.in_turn
def test_every_action_leaves_its_trace_and_typing_leaves_none(world: World) -> None:
    """One event more for each step of the version, without a gap, with who and when."""
    before = world.meeting.version
    for name, row in ACTIONS.items():
        with undone():
            world.set_state(first_state(name))
            row.do(world.again(), go(able(name)))
            left = Event.objects.filter(thing="meeting", thing_pk=world.pk, number__gt=before)
            found = [(event.number, event.actor, event.happened_at) for event in left]
            steps = 2 if name == "one_click.go_on" else int(name in CLICKS)  # one ends, one begins
            told = [(before + step, able(name), AFTER) for step in range(1, steps + 1)]
            assert (name, found, fresh(world.meeting).version) == (name, told, before + len(told))


# --- The table of moves -------------------------------------------------------------------------


def test_every_move_names_a_right_and_guards_that_exist() -> None:
    assert [step.needs for step in TRANSITIONS.values() if step.needs not in ALLOWED] == []
    assert {guard for step in TRANSITIONS.values() for guard in step.guards} == set(guards.GUARDS)


def test_the_moves_of_a_meeting() -> None:
    assert {name: (sorted(step.source), str(step.target)) for name, step in TRANSITIONS.items()} == {
        "call": (["plan"], "called"),
        "withdraw": (["called"], "plan"),
        "cancel": (["called", "plan"], "cancelled"),
        "open": (["called"], "open"),
        "take_back": (["open"], "called"),
        "close": (["open"], "closed"),
        "reopen": (["closed"], "open"),
        "seal": (["closed"], "sealed"),
    }


@pytest.mark.parametrize("state", ["sealed", "cancelled"])
@pytest.mark.parametrize("name", list(TRANSITIONS))
def test_nothing_leads_out_of_the_end(cast: Cast, opened: Meeting, state: str, name: str) -> None:
    put_into(state)
    with refused(f"Buổi họp đang ở bước “{State(state).label}” nên không làm được việc này."):
        move(fresh(opened), name, by=cast.account(cast.lan), at=SIGNED)


def test_a_key_used_for_one_click_is_not_free_for_another(cast: Cast, opened: Meeting) -> None:
    key, by = press(), cast.account(cast.lan)
    evening.read_back(opened, by=by, at=DURING, key=key)
    before = everything()
    with pytest.raises(AlreadyDone):
        evening.add_guest(opened, name="Cao Văn Long", position="", by=by, at=DURING, key=key)
    assert everything() == before


def test_one_key_may_serve_in_two_meetings(cast: Cast, opened: Meeting) -> None:
    key, by = press(), cast.account(cast.lan)
    other = planning.plan_meeting(cast.cell, kind="regular", by=by, at=NOW, **plan_fields())
    for meeting in (opened, other):
        preparing.tick(meeting, what="committee_met_at", done=True, by=by, at=DURING, key=key)
    assert Event.objects.filter(key=key.key).count() == 2


# --- The next step ------------------------------------------------------------------------------


def sentences(world: World, member: Member) -> list[str]:
    found = []
    for state in State.values:
        world.set_state(state)
        step = next_step(fresh(world.meeting), world.cast.account(member))
        found.append(step.sentence if step else "")
    return found


def test_the_secretary_is_told_what_to_do_next_in_every_state(world: World) -> None:
    assert sentences(world, world.cast.lan) == [
        "Xem lại chương trình, rồi gửi thông báo cho đảng viên.",
        "Đến giờ họp thì khai mạc và điểm danh.",
        "Buổi họp đang diễn ra.",
        "Đọc lại biên bản rồi xác nhận.",
        "Biên bản đã ký và được giữ nguyên.",
        "",
    ]


def test_a_member_is_told_only_what_concerns_them(world: World) -> None:
    assert sentences(world, Member.objects.get(full_name="Bùi Thị Vy")) == [
        "",
        "",
        "Buổi họp đang diễn ra.",
        "Biên bản đang chờ người ghi và chủ trì xác nhận.",
        "Biên bản đã ký và được giữ nguyên.",
        "",
    ]


def test_what_is_missing_is_said_before_a_button_that_would_refuse(world: World) -> None:
    lan = world.cast.account(world.cast.lan)
    Meeting.objects.update(place="", state="plan")
    assert next_step(fresh(world.meeting), lan).sentence == "Ghi địa điểm để gửi được thông báo."
    Meeting.objects.update(place="Hội trường", state="called", minute_taker=None)
    assert next_step(fresh(world.meeting), lan).sentence == "Ghi chủ trì và thư ký để khai mạc được."


def test_a_meeting_does_not_end_before_it_opens(opened: Meeting) -> None:
    assert opened.opened_at is not None
    with pytest.raises(Exception, match="meeting_ends_after_it_opens"), transaction.atomic():
        Meeting.objects.update(closed_at=opened.opened_at - timedelta(minutes=1))
