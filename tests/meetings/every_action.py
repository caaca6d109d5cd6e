"""Every action of the house on one meeting with a row of every kind: in which states, and by whom, it may be done."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.actions import (
    evening,
    floor,
    following,
    handing,
    minutes,
    news,
    one_click,
    outcomes,
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
from meetings.lifecycle import OVER
from meetings.models import (
    Correction,
    FloorStep,
    Meeting,
    News,
    NewsPhoto,
    Opinion,
    Outcome,
    Recusal,
    Remark,
    Resolution,
    ScoreSheet,
    Task,
    ThematicPaper,
    Turn,
    Vote,
)
from meetings.shorthand import Doing, Verb
from members.saving.actions import save_text
from tests.clicks_papers import png
from tests.factories import at, plan_fields, put_into
from tests.meetings.steps import DURING, item_of, on_screen, row_named, row_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import User
    from members.press import Press
    from tests.conftest import Cast

AFTER = at("2026-12-03 21:00")
OF_AN_EXCHANGE = {"comment-answer"}  # after the seal another table says what can happen: test_inspecting.py
OF_A_MATTER = {"matter-add", "matter-answer"}  # of no meeting: test_matters.py
PLANNING = "plan called"
TAKING = "open closed"
HELD = "open closed sealed"
ALIVE = "plan called open closed sealed"


class World:
    """One thematic meeting with a row of every kind in it, as one page has loaded them."""

    def __init__(self, cast: Cast, pk: int) -> None:
        self.cast = cast
        self.pk = pk
        self.meeting = Meeting.objects.with_people().get(pk=pk)
        self.son = row_of(self.meeting, cast.son)
        self.exempt = row_named(self.meeting, "Cao Thị Yên")
        self.guest = row_named(self.meeting, "Cao Văn Long")
        self.item = item_of(self.meeting)
        self.running = item_of(self.meeting, "purpose")
        self.own_line = item_of(self.meeting, "")
        self.paper = ThematicPaper.objects.select_related("meeting__cell").get(meeting=pk)
        self.remark = Remark.objects.select_related("meeting__cell").get(meeting=pk, corrections=None)
        self.vote = self._one(Vote)
        self.recusal = self._one(Recusal)
        self.outcome = self._one(Outcome)
        self.opinion = self._one(Opinion)
        self.correction = self._one(Correction)
        self.task = self._one(Task)
        self.sheet = self._one(ScoreSheet)
        self.resolution = self._one(Resolution)
        self.floor_item = item_of(self.meeting, "conclusion")
        turns = {turn.state: turn for turn in Turn.objects.with_meeting().filter(meeting=pk)}
        self.waiting, self.speaking, self.spoken = turns["waiting"], turns["speaking"], turns["done"]
        self.step = FloorStep.objects.filter(meeting=pk).latest("pk").pk
        self.news = self._one(News)
        self.photo = NewsPhoto.objects.with_meeting().get(news=self.news)
        self.promise = Task.objects.select_related("meeting__cell").exclude(meeting=pk).get()

    def _one(self, model: type[Any]) -> Any:
        return model.objects.select_related("meeting__cell").get(meeting=self.pk)

    def set_state(self, state: str) -> None:
        put_into(state, pk=self.pk)
        Meeting.objects.filter(pk=self.pk, state__in=OVER).update(closed_at=AFTER)

    def again(self) -> World:
        """The same rows, loaded anew."""
        return World(self.cast, self.pk)

    def loaded(self) -> Callable[[], World]:
        """The same rows as they are now, for everybody who asks as if loaded for them."""
        rows = pickle.dumps(self.again())
        return lambda: pickle.loads(rows)


@dataclass(frozen=True)
class Row:
    """In which states an action may be done, and by whom: of Lan, Hoa, Tuấn the author, Vy, Phúc, Mai.

    `waits`: the states in which it says for what it waits, not only that this is no state for it.
    """

    states: str
    people: str
    do: Callable[[World, dict[str, Any]], Any]
    waits: str = ""


def _write(sheet: str, pick: Callable[[World], Any], field: str) -> Callable[[World, dict[str, Any]], Any]:
    return lambda w, who: save_text(sheet, pick(w), {field: "Mới."}, base=0, by=who["by"], at=who["at"])


def _taken() -> dict[str, Any]:
    return {"file": SimpleUploadedFile("anh.png", png()), "caption": "Quang cảnh", "agreed": True}


def _own(w: World, who: dict[str, Any]) -> str:
    return "minute_taker" if who["by"].member == w.cast.hoa else "chair"


def _seen(w: World, who: dict[str, Any]) -> str:
    row = Resolution.objects.with_meeting().get(pk=w.resolution.pk)
    return resolutions.paper_of(row, who["by"]).fingerprint


SAYS = Doing(Verb.CONCLUSION, "", text="Nhất trí.")
OPENED_AT, CLOSED_AT = at("2026-12-03 19:02"), at("2026-12-03 20:45")
PDF = b"%PDF-1.7"


def go(by: User, key: Press | None = None) -> dict[str, Any]:
    """What every action is told beside its own words."""
    return {"by": by, "at": AFTER, "key": key}


ACTIONS: dict[str, Row] = {
    "planning.edit_plan": Row(PLANNING, "lan", lambda w, who: planning.edit_plan(w.meeting, **who, **plan_fields())),
    "planning.add_item": Row(
        "plan called open",
        "lan",
        lambda w, who: planning.add_item(w.meeting, title="Mới", minutes=5, presenter=None, **who),
    ),
    "planning.edit_item": Row(
        PLANNING, "lan", lambda w, who: planning.edit_item(w.item, title="Mới", minutes=5, presenter=None, **who)
    ),
    "planning.remove_item": Row(PLANNING, "lan", lambda w, who: planning.remove_item(w.own_line, **who)),
    "planning.move_item": Row(PLANNING, "lan", lambda w, who: planning.move_item(w.item, up=True, **who)),
    "planning.call": Row("plan", "lan", lambda w, who: planning.call(w.meeting, **who)),
    "planning.withdraw": Row("called", "lan", lambda w, who: planning.withdraw(w.meeting, **who)),
    "planning.cancel": Row(PLANNING, "lan", lambda w, who: planning.cancel(w.meeting, reason="Bão", **who)),
    "planning.apologise": Row("called", "lan", lambda w, who: planning.apologise(w.son, reason="Ốm", **who)),
    "planning.decide_apology": Row(
        "called open", "lan", lambda w, who: planning.decide_apology(w.son, accepted=True, **who)
    ),
    "preparing.tick": Row(ALIVE, "lan", lambda w, who: preparing.tick(w.meeting, what="posted_at", done=True, **who)),
    "evening.open_meeting": Row("called", "lan hoa", lambda w, who: evening.open_meeting(w.meeting, **who)),
    "evening.mark": Row(TAKING, "lan hoa", lambda w, who: evening.mark(w.son, mark="unexcused", **who)),
    "evening.mark_rest_present": Row(TAKING, "lan hoa", lambda w, who: evening.mark_rest_present(w.meeting, **who)),
    "evening.come_and_go": Row(
        TAKING, "lan hoa", lambda w, who: evening.come_and_go(w.son, arrived_at=DURING, left_at=None, **who)
    ),
    "seats.change_seat": Row(
        TAKING,
        "lan hoa",
        lambda w, who: seats.change_seat(w.meeting, seat="chair", member=w.cast.son, since=DURING, **who),
    ),
    "evening.add_guest": Row(
        TAKING, "lan hoa", lambda w, who: evening.add_guest(w.meeting, name="Lê Văn Bốn", position="", **who)
    ),
    "evening.remove_guest": Row(TAKING, "lan hoa", lambda w, who: evening.remove_guest(w.guest, **who)),
    "evening.start_item": Row("open", "lan hoa", lambda w, who: evening.start_item(w.item, **who)),
    "one_click.go_on": Row("open", "lan hoa", lambda w, who: one_click.go_on(w.floor_item, **who)),
    "one_click.come_in": Row(
        "open", "lan hoa", lambda w, who: one_click.come_in(w.meeting, number=w.exempt.roll_number, **who)
    ),
    "one_click.arrive": Row(TAKING, "lan hoa", lambda w, who: one_click.arrive(w.son, **who)),
    "shorthand.carry_out": Row(TAKING, "lan hoa", lambda w, who: shorthand.carry_out(w.item, SAYS, **who)),
    "shorthand.undo": Row(TAKING, "lan hoa", lambda w, who: shorthand.undo(w.item, f"outcome.{w.outcome.pk}", **who)),
    "evening.end_item": Row("open", "lan hoa", lambda w, who: evening.end_item(w.item, **who)),
    "evening.add_remark": Row(TAKING, "lan hoa", lambda w, who: evening.add_remark(w.item, w.son, **who)),
    "floor.ask": Row("open", "lan hoa", lambda w, who: floor.ask(w.floor_item, w.son, **who)),
    "floor.withdraw": Row("open", "lan hoa vy", lambda w, who: floor.withdraw(w.waiting, **who)),
    "floor.call_on": Row(TAKING, "lan hoa", lambda w, who: floor.call_on(w.floor_item, w.son, **who)),
    "floor.call_up": Row("open", "lan hoa", lambda w, who: floor.call_up(w.waiting, **who)),
    "floor.pause": Row("open", "lan hoa", lambda w, who: floor.pause(w.speaking, **who)),
    "floor.end": Row("open", "lan hoa", lambda w, who: floor.end(w.speaking, **who)),
    "floor.move": Row("open", "lan hoa", lambda w, who: floor.move(w.waiting, to="up", **who)),
    "floor.close_list": Row("open", "lan hoa", lambda w, who: floor.close_list(w.floor_item, **who)),
    "floor.limit": Row("open", "lan hoa", lambda w, who: floor.limit(w.floor_item, minutes=5, **who)),
    "floor.correct_times": Row(
        TAKING, "lan hoa", lambda w, who: floor.correct_times(w.spoken, started_at=DURING, ended_at=DURING, **who)
    ),
    "floor.undo": Row(TAKING, "lan hoa", lambda w, who: floor.undo(w.floor_item, step=w.step, **who)),
    "evening.remove_remark": Row(TAKING, "lan hoa", lambda w, who: evening.remove_remark(w.remark, **who)),
    "evening.record_vote": Row(
        TAKING,
        "lan hoa",
        lambda w, who: evening.record_vote(w.item, question="Mới", in_favour=2, against=1, other=0, **who),
    ),
    "evening.remove_vote": Row(TAKING, "lan hoa", lambda w, who: evening.remove_vote(w.vote, **who)),
    "votes.step_aside": Row(TAKING, "lan hoa", lambda w, who: votes.step_aside(w.own_line, w.son, **who)),
    "outcomes.write_outcome": Row(
        TAKING, "lan hoa", lambda w, who: outcomes.write_outcome(w.item, kind="conclusion", text="Nhất trí.", **who)
    ),
    "outcomes.add_outcome": Row(
        TAKING, "lan hoa", lambda w, who: outcomes.add_outcome(w.item, kind="conclusion", **who)
    ),
    "outcomes.remove_outcome": Row(TAKING, "lan hoa", lambda w, who: outcomes.remove_outcome(w.outcome, **who)),
    "votes.take_part_again": Row(TAKING, "lan hoa", lambda w, who: votes.take_part_again(w.recusal, **who)),
    "evening.read_back": Row(TAKING, "lan hoa", lambda w, who: evening.read_back(w.meeting, **who)),
    "evening.close": Row(
        "open", "lan hoa", lambda w, who: evening.close(w.meeting, opened_at=OPENED_AT, closed_at=CLOSED_AT, **who)
    ),
    "evening.reopen": Row("closed", "lan hoa", lambda w, who: evening.reopen(w.meeting, **who)),
    "following.assign_task": Row(
        TAKING,
        "lan hoa",
        lambda w, who: following.assign_task(w.meeting, text="Mới", owner=None, due_on=None, item=None, **who),
    ),
    "following.edit_task": Row(
        TAKING, "lan hoa", lambda w, who: following.edit_task(w.task, text="Mới", owner=None, due_on=None, **who)
    ),
    "following.remove_task": Row(TAKING, "lan hoa", lambda w, who: following.remove_task(w.task, **who)),
    "following.report_task": Row(
        "plan called open closed",
        "lan hoa",
        lambda w, who: following.report_task(w.promise, w.meeting, state="done", result="", **who),
    ),
    "scoring.draw_up": Row(TAKING, "lan hoa", lambda w, who: scoring.draw_up(w.meeting, **who)),
    "scoring.give_points": Row(
        TAKING,
        "lan hoa",
        lambda w, who: scoring.give_points(
            w.sheet, lines={}, weak_points="Mới", follower=None, base=w.sheet.rev, **who
        ),
    ),
    "scoring.vote": Row(
        TAKING, "lan hoa", lambda w, who: scoring.vote(w.sheet, in_favour=2, against=1, other=0, **who)
    ),
    "scoring.confirm": Row(
        "sealed",
        "phuc",
        lambda w, who: scoring.confirm(
            w.sheet, lines={line.code: (line.points, "") for line in w.sheet.lines.all()}, **who
        ),
    ),
    "following.note_task": Row(
        HELD, "lan", lambda w, who: following.note_task(w.task, state="going", text="Đang làm", **who)
    ),
    "resolutions.issue": Row(
        HELD,
        "lan",
        lambda w, who: resolutions.issue(
            w.meeting, kind="NQ", subject="Mới", vote=w.vote, issued_on=AFTER.date(), **who
        ),
    ),
    "resolutions.withdraw": Row(TAKING, "lan", lambda w, who: resolutions.withdraw(w.resolution, **who)),
    "resolutions.sign": Row(
        "sealed",
        "lan",
        lambda w, who: resolutions.sign(w.resolution, seen=_seen(w, who), **who),
        waits="open closed",
    ),
    "resolutions.take_step": Row(
        HELD, "lan", lambda w, who: resolutions.take_step(w.resolution, state="carried_out", text="", **who)
    ),
    "thematic.share": Row("plan called open", "lan tuan", lambda w, who: thematic.share(w.paper, **who)),
    "thematic.agree": Row("plan called open", "lan", lambda w, who: thematic.agree(w.paper, **who)),
    "thematic.attach": Row(
        ALIVE, "lan tuan", lambda w, who: thematic.attach(w.paper, SimpleUploadedFile("a.pdf", PDF), **who)
    ),
    "thematic.give_opinion": Row(
        "plan called open",
        "lan hoa",
        lambda w, who: thematic.give_opinion(w.paper, member=w.cast.son, paragraph=None, text="Rõ.", **who),
    ),
    "thematic.show_passage": Row(
        "open", "lan hoa", lambda w, who: thematic.show_passage(w.floor_item, paragraph=0, **who)
    ),
    "thematic.answer_opinion": Row(
        ALIVE,
        "lan tuan",
        lambda w, who: thematic.answer_opinion(w.opinion, answer="kept", reason="Đã có.", became="", **who),
    ),
    "thematic.complete": Row("open closed sealed", "lan tuan", lambda w, who: thematic.complete(w.paper, **who)),
    "minutes.sign": Row(
        "closed", "lan hoa", lambda w, who: minutes.sign(w.meeting, seat=_own(w, who), seen=on_screen(w.meeting), **who)
    ),
    "proofs.propose_correction": Row(
        "closed", "tuan", lambda w, who: proofs.propose_correction(w.remark, text="Xin sửa.", **who)
    ),
    "proofs.answer_correction": Row(
        "closed",
        "lan hoa",
        lambda w, who: proofs.answer_correction(w.correction, adopted=False, reason="Đúng lời.", **who),
    ),
    "news.add_photo": Row("closed sealed", "lan hoa", lambda w, who: news.add_photo(w.news, **_taken(), **who)),
    "news.remove_photo": Row("closed sealed", "lan hoa", lambda w, who: news.remove_photo(w.photo, **who)),
    "handing.hand_over": Row("closed sealed", "lan hoa", lambda w, who: handing.hand_over(w.son, done=True, **who)),
    "minutes.add_addendum": Row(
        "sealed", "lan hoa", lambda w, who: minutes.add_addendum(w.meeting, text="Thêm.", reason="Sót", **who)
    ),
    "writing.save_text meeting": Row(TAKING, "lan hoa", _write("meeting", lambda w: w.meeting, "dues")),
    "writing.save_text item": Row(TAKING, "lan hoa", _write("item", lambda w: w.item, "notes")),
    "writing.save_text outcome": Row(TAKING, "lan hoa", _write("outcome", lambda w: w.outcome, "text")),
    "writing.save_text remark": Row(TAKING, "lan hoa", _write("remark", lambda w: w.remark, "text")),
    "writing.save_text resolution": Row(HELD, "lan", _write("resolution", lambda w: w.resolution, "assessment")),
    "writing.save_text news": Row("closed sealed", "lan hoa", _write("news", lambda w: w.news, "text")),
    "writing.save_text draft": Row("plan called open", "lan tuan", _write("draft", lambda w: w.paper, "draft")),
    "writing.save_text completed": Row(
        "open closed sealed", "lan tuan", _write("completed", lambda w: w.paper, "completed")
    ),
    "writing.save_text meeting-edit": Row(PLANNING, "lan", _write("meeting-edit", lambda w: w.meeting, "purpose")),
    "writing.save_text opinion-add": Row(
        "plan called open", "lan hoa tuan vy", _write("opinion-add", lambda w: w.paper, "text")
    ),
    "writing.save_text opinion-answer": Row(ALIVE, "lan tuan", _write("opinion-answer", lambda w: w.opinion, "reason")),
}
