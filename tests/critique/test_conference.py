"""The conference of a review: planned as a meeting, its words about people nowhere in the meeting's own record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.urls import reverse

from critique.conference import keeper as kept
from critique.course import actions as committee
from critique.cycle.models import Cycle
from critique.hearing.actions import hearing as hearings
from critique.hearing.actions import note
from critique.hearing.models import Hearing, Proceedings
from critique.levels.actions import ballot as ballots
from critique.levels.actions import entries
from documents.model import Heading, fingerprint, para
from guideline import checks
from guideline import rulebook as rules
from meetings import facts
from meetings.actions import evening, floor, minutes, planning
from meetings.actions.minutes import paper_of
from meetings.live.panels import PANELS, draw
from meetings.live.story import PARTS
from meetings.models import AgendaItem, Kind, Meeting, Seat
from meetings.papers import build_minutes, confirmed
from members.models import Event
from members.policy import may
from members.refusal import Refused
from members.saving.actions import save_text
from tests.critique.conferences import MORNING, PLANNED, item, open_it, plan
from tests.critique.conftest import SECRET, fresh, row_of
from tests.critique.hearings import again, begin, binh_of
from tests.factories import at, new_key
from tests.once import built_once

if TYPE_CHECKING:
    from tests.conftest import Cast

EVENING = at("2026-12-04 16:30")
APART = ["review_collective", "review_persons", "rate"]


@built_once
def conference(cast: Cast, cycle: Cycle) -> Meeting:
    """Bình is on the committee, so there is a collective to begin with."""
    binh_of(cast)
    committee.draw_up(cycle, by=cast.account(cast.lan), at=PLANNED)
    return plan(cast, cycle)


@built_once
def opened(cast: Cast, conference: Meeting) -> Meeting:
    return open_it(cast, conference)


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Something was said about somebody."""
    monkeypatch.setattr(kept, "sections", lambda _: {"review_persons": [para(SECRET)]})


def close(cast: Cast, meeting: Meeting) -> Meeting:
    evening.close(meeting, opened_at=MORNING, closed_at=EVENING, by=cast.account(cast.lan), at=EVENING)
    committee.take_step(Cycle.objects.get(meeting=meeting), move_name="hold", by=cast.account(cast.lan), at=EVENING)
    return Meeting.objects.with_people().get(pk=meeting.pk)


def sign(cast: Cast, meeting: Meeting, seat: str) -> bool:
    fresh = Meeting.objects.with_people().get(pk=meeting.pk)
    shown = minutes.rendered_paper(fresh, whole=True).fingerprint
    return minutes.sign(meeting, seat=seat, seen=shown, by=cast.account(getattr(fresh, seat)), at=EVENING)


def sealed(cast: Cast, meeting: Meeting) -> Meeting:
    for seat in Seat:
        sign(cast, meeting, seat)
    return Meeting.objects.with_people().get(pk=meeting.pk)


def test_the_conference_goes_in_the_order_of_the_decision(conference: Meeting) -> None:
    assert (conference.kind, conference.title) == (Kind.CONFERENCE, "Hội nghị kiểm điểm năm 2026")
    assert list(conference.items.values_list("step", flat=True)) == [
        "opening", "last_review", "review_collective", "review_persons", "rate", "conclusion", "read_minutes",
    ]  # fmt: skip


def test_without_a_committee_there_is_no_collective_to_review_and_the_day_stays_a_day(cast: Cast, cycle: Cycle) -> None:
    meeting = plan(cast, cycle)
    minutes_of = dict(meeting.items.values_list("step", "minutes"))
    assert ("review_collective" in minutes_of, minutes_of["review_persons"], sum(minutes_of.values())) == (
        False,
        330,
        480,
    )


def test_a_review_has_one_conference_and_another_only_when_that_one_was_cancelled(
    cast: Cast, cycle: Cycle, conference: Meeting
) -> None:
    with pytest.raises(Refused, match="đã có hội nghị"):
        plan(cast, cycle)
    planning.cancel(conference, reason="Bão", by=cast.account(cast.lan), at=PLANNED)
    assert plan(cast, fresh(cycle)).pk == fresh(cycle).meeting_id != conference.pk


def test_the_days_of_review_and_conference_are_one(cast: Cast, cycle: Cycle, conference: Meeting) -> None:
    moved = {name: getattr(conference, name) for name in planning.PLAN_FIELDS}
    moved["starts_at"] = at("2026-12-10 08:00")
    planning.edit_plan(conference, by=cast.account(cast.lan), at=PLANNED, **moved)
    assert (fresh(cycle).meets_on, conference.title) == (date(2026, 12, 10), "Hội nghị kiểm điểm năm 2026")
    with pytest.raises(Refused, match="xin sửa ở đó"):
        committee.edit_cycle(fresh(cycle), meets_on=date(2026, 12, 11), by=cast.account(cast.lan), at=PLANNED)


def test_a_conference_before_the_forms_are_due_is_refused_and_nothing_is_planned(cast: Cast, cycle: Cycle) -> None:
    with pytest.raises(Refused, match="không thể trước hạn nộp") as caught:
        plan(cast, cycle, starts_at=at("2026-11-26 08:00"))
    assert (caught.value.field, Meeting.objects.count(), fresh(cycle).meets_on) == ("starts_at", 0, date(2026, 12, 4))


def test_less_than_a_day_is_advised_against_with_its_clause(cast: Cast, conference: Meeting) -> None:
    conference.items.filter(step="review_persons").update(minutes=60)
    evening_ = facts.Evening(conference, items=list(conference.items.all()))
    found = checks.findings(
        checks.Stage.BEFORE_CALLING, facts.facts_of(evening_, now=PLANNED), rules.get(conference.rulebook)
    )
    about = {one.code: (one.sentence, one.clause.place) for one in found}
    sentence = "Chương trình dự kiến 300 phút; hội nghị kiểm điểm dành ít nhất 01 ngày."
    assert about["conference_day"] == (sentence, "Điều 7")


@pytest.mark.parametrize("step", APART)
def test_nothing_about_people_enters_the_meetings_own_record(cast: Cast, opened: Meeting, step: str) -> None:
    row, who = item(opened, step), {"by": cast.account(cast.hoa), "at": MORNING}
    speaker = opened.attendances.get(member=cast.tuan)
    before = opened.events.count()
    for attempt in (
        lambda: evening.add_remark(row, speaker, **who),
        lambda: save_text("item", row, {"notes": SECRET, "conclusion": SECRET}, base=0, **who),
        lambda: evening.record_vote(row, question=SECRET, in_favour=1, against=0, other=0, **who),
    ):
        with pytest.raises(Refused, match="ghi ở phần kiểm điểm"):
            attempt()
    assert (Event.objects.filter(thing="meeting").count(), opened.remarks.count(), opened.votes.count()) == (
        before,
        0,
        0,
    )


def test_wall_and_pockets_name_nobody_while_an_item_runs_that_is_kept_apart(
    cast: Cast, opened: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it they say who presents and who speaks; what other files know is not even asked."""
    who: dict[str, Any] = {"by": cast.account(cast.lan), "at": MORNING}
    first, apart = item(opened, "opening"), item(opened, "review_persons")
    evening.start_item(first, **who)
    floor.call_on(first, opened.attendances.get(member=cast.hoa), at_once=True, **who)
    names = [row.name for row in opened.attendances.all()]

    def named() -> set[str]:
        meeting = Meeting.objects.with_people().get(pk=opened.pk)
        shown = " ".join(html for audience in PANELS for html in draw(meeting, audience).panels.values())
        return {name for name in names if name in shown}

    assert named() == {cast.hoa.full_name}
    evening.end_item(first, **who)
    AgendaItem.objects.filter(pk=apart.pk).update(presenter=cast.hoa)
    evening.start_item(apart, **who)
    monkeypatch.setitem(PARTS, "floor", lambda _: pytest.fail("asked who has the floor"))
    assert named() == set()


@pytest.mark.usefixtures("words")
def test_members_read_the_minutes_without_a_word_about_anybody(cast: Cast, opened: Meeting, as_user: Any) -> None:
    meeting, url = close(cast, opened), reverse("minutes", args=[opened.pk])
    seen = {name: SECRET in as_user(getattr(cast, name)).get(url).content.decode() for name in ("lan", "hoa", "tuan")}
    assert seen == {"lan": True, "hoa": True, "tuan": False}  # secretary, minute-taker, member
    sealed(cast, meeting)
    seen = {name: SECRET in as_user(getattr(cast, name)).get(url).content.decode() for name in ("lan", "tuan", "phuc")}
    assert seen == {"lan": True, "tuan": False, "phuc": False}


@pytest.mark.usefixtures("words")
def test_what_is_rendered_once_shows_nobody_what_only_another_may_read(
    cast: Cast, opened: Meeting, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may read the whole comes first, to page and PDF; then those who may not, and the other way round."""
    meeting = sealed(cast, close(cast, opened))
    monkeypatch.setattr("documents.sealed.to_pdf", lambda paper, proof: str(paper).encode())
    caches["papers"].clear()
    pages = [reverse(name, args=[meeting.pk]) for name in ("minutes", "minutes-pdf")]
    seen = [
        (name, [SECRET in as_user(getattr(cast, name)).get(url).content.decode() for url in pages])
        for name in ("lan", "tuan", "phuc", "hoa", "tuan", "lan")
    ]
    whole, without = [True, True], [False, False]
    expected = [("lan", whole), ("tuan", without), ("phuc", without), ("hoa", whole), ("tuan", without), ("lan", whole)]
    assert seen == expected
    kept = caches["papers"]._cache  # what a look into the folder would find
    assert (len(kept), any(SECRET.encode() in value for value in kept.values())) == (1, False)


@pytest.mark.usefixtures("words")
def test_the_full_minutes_are_kept_as_they_were_signed_and_no_dump_shows_them(
    cast: Cast, cycle: Cycle, opened: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = close(cast, opened)
    read = kept.whole(meeting)
    meeting = sealed(cast, meeting)
    before = confirmed(read, meeting.signatures.with_people())
    monkeypatch.setattr(kept, "sections", lambda _: {})
    assert (paper_of(meeting, whole=True), SECRET in str(paper_of(meeting))) == (before, False)
    assert Proceedings.objects.get(cycle=cycle).fingerprint == fingerprint(before)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert SECRET not in str(cursor.fetchall()), table


def test_words_that_change_between_two_signatures_make_the_first_void(
    cast: Cast, opened: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = close(cast, opened)
    sign(cast, meeting, Seat.MINUTE_TAKER)
    monkeypatch.setattr(kept, "sections", lambda _: {"review_persons": [para(SECRET)]})
    assert (sign(cast, meeting, Seat.CHAIR), list(meeting.signatures.values_list("seat", flat=True))) == (
        False,
        [Seat.CHAIR],
    )


def test_people_are_numbered_below_the_item_under_which_they_were_heard(cast: Cast, opened: Meeting) -> None:
    said = {"review_persons": [Heading("1. Đồng chí Nguyễn Thị Hoa", 3), para("Nhận thiếu sót.")]}
    heads = [block.text for block in build_minutes(opened, apart=said).blocks if isinstance(block, Heading)]
    number = item(opened, "review_persons").position
    assert f"{number}.1. Đồng chí Nguyễn Thị Hoa" in heads
    assert heads[heads.index(f"{number}.1. Đồng chí Nguyễn Thị Hoa") - 1].startswith(f"{number}. ")


def test_it_is_planned_from_its_review_and_from_nowhere_else(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    lan, form = as_user(cast.lan), {"starts_at": "2026-12-04T08:00", "place": "Hội trường", "key": new_key()}
    kinds = lan.get(reverse("meeting-new", args=[cast.cell.pk]), {"kind": "conference"}).context["kinds"]
    answer = lan.post(reverse("conference-new", args=[cycle.pk]), {**form, "chair": cast.lan.pk})
    meeting = Meeting.objects.get()
    assert (Kind.CONFERENCE in kinds, answer["Location"], meeting.chair) == (
        False,
        f"/meetings/{meeting.pk}/",
        cast.lan,
    )
    again = lan.post(reverse("conference-new", args=[cycle.pk]), {**form, "chair": cast.lan.pk})
    assert (again.status_code, Meeting.objects.count(), Event.objects.filter(what="plan_conference").count()) == (
        302,
        1,
        1,
    )


def test_a_member_hears_of_the_conference_once_it_is_announced(
    cast: Cast, cycle: Cycle, conference: Meeting, as_user: Any
) -> None:
    url = reverse("cycle", args=[cycle.pk])
    before = as_user(cast.tuan).get(url).context["conference"]
    planning.call(conference, by=cast.account(cast.lan), at=PLANNED)
    assert (before, as_user(cast.tuan).get(url).context["conference"]) == (None, conference)


def test_the_desk_sends_whoever_writes_to_the_place_where_it_is_kept(cast: Cast, opened: Meeting, as_user: Any) -> None:
    """Who is considered has a page of the desk; votes and ballots have pages of their own."""
    hoa, persons = as_user(cast.hoa), item(opened, "review_persons")
    assert hoa.get(reverse("room-item", args=[persons.pk]))["Location"] == reverse("hearing-turns", args=[persons.pk])
    answer = hoa.get(reverse("room-item", args=[item(opened, "rate").pk]))
    assert (answer.status_code, answer.context["elsewhere"] is not None) == (200, True)
    assert 'name="notes"' not in answer.content.decode()


def nothing_sealed(meeting: Meeting) -> bool:
    """One seat has confirmed, the second was refused, and everything is as before."""
    fresh_meeting = Meeting.objects.get(pk=meeting.pk)
    return (Proceedings.objects.count(), fresh_meeting.state, meeting.signatures.count()) == (0, "closed", 1)


def test_the_minutes_are_not_sealed_while_the_review_goes_on(cast: Cast, opened: Meeting) -> None:
    evening.close(opened, opened_at=MORNING, closed_at=EVENING, by=cast.account(cast.lan), at=EVENING)
    sign(cast, opened, Seat.MINUTE_TAKER)
    with pytest.raises(Refused, match="Xin ghi “Đã họp kiểm điểm”"):
        sign(cast, opened, Seat.CHAIR)
    assert nothing_sealed(opened)


def test_the_minutes_are_not_sealed_while_something_about_somebody_is_open(
    cast: Cast, cycle: Cycle, opened: Meeting
) -> None:
    hearing = begin(cast, cycle, cast.hoa)
    meeting = close(cast, opened)
    sign(cast, meeting, Seat.MINUTE_TAKER)
    with pytest.raises(Refused, match="Phần góp ý về đồng chí Nguyễn Thị Hoa chưa kết thúc"):
        sign(cast, meeting, Seat.CHAIR)
    assert nothing_sealed(meeting)
    hearings.confirm_seen(hearing, seen=hearing.said_rev, by=cast.account(cast.hoa), at=EVENING)
    hearings.close(again(hearing), by=cast.account(cast.lan), at=EVENING)
    ballots.open_round(fresh(cycle), head=cast.hoa, tellers=[], chair=cast.lan, by=cast.account(cast.lan), at=EVENING)
    sign(cast, meeting, Seat.MINUTE_TAKER)
    with pytest.raises(Refused, match="Còn lần kiểm phiếu chưa đủ hai xác nhận"):
        sign(cast, meeting, Seat.CHAIR)
    assert nothing_sealed(meeting)


def test_after_the_seal_no_part_is_opened_no_round_begun_and_no_level_proposed(
    cast: Cast, cycle: Cycle, opened: Meeting
) -> None:
    sealed(cast, close(cast, opened))
    who: dict[str, Any] = {"by": cast.account(cast.lan), "at": EVENING}
    for attempt in (
        lambda: begin(cast, cycle, cast.hoa),
        lambda: ballots.open_round(fresh(cycle), head=cast.hoa, tellers=[], chair=cast.lan, **who),
        lambda: entries.propose(row_of(cycle, cast.hoa), level="good", words="Giơ tay", **who),
    ):
        with pytest.raises(Refused, match="Biên bản hội nghị kiểm điểm đã ký"):
            attempt()


def test_the_plan_of_a_conference_that_is_over_no_longer_moves(cast: Cast, cycle: Cycle, conference: Meeting) -> None:
    committee.take_step(cycle, move_name="hold", by=cast.account(cast.lan), at=EVENING)
    moved = {name: getattr(conference, name) for name in planning.PLAN_FIELDS}
    moved["starts_at"] = at("2026-12-20 08:00")
    with pytest.raises(Refused, match="đã ghi là họp xong"):
        planning.edit_plan(conference, by=cast.account(cast.lan), at=EVENING, **moved)
    assert fresh(cycle).meets_on == date(2026, 12, 4)


def test_a_conference_that_was_cancelled_gives_nobody_a_seat(cast: Cast, cycle: Cycle, conference: Meeting) -> None:
    hoa, row = cast.account(cast.hoa), row_of(cycle, cast.tuan)
    before = may(hoa, "hearing.record", row)
    begin(cast, cycle, cast.tuan)
    known = Hearing.objects.for_user(hoa).count()
    planning.cancel(conference, reason="Bão", by=cast.account(cast.lan), at=PLANNED)
    after = (may(hoa, "hearing.record", row_of(cycle, cast.tuan)), Hearing.objects.for_user(hoa).count())
    assert ((before, known), after) == ((True, 1), (False, 0))


def test_the_conference_takes_no_hearing_of_the_smaller_form(cast: Cast, opened: Meeting, as_user: Any) -> None:
    with pytest.raises(Refused, match="có phần góp ý riêng"):
        hearings.begin_at(opened, about=cast.tuan, by=cast.account(cast.lan), at=EVENING)
    page = as_user(cast.lan).get(reverse("hearing-list", args=[cast.cell.pk]))
    assert (page.context["may_begin"], Hearing.objects.count()) == (False, 0)


@pytest.mark.usefixtures("words")
def test_words_stand_in_the_full_minutes_also_without_their_line(cast: Cast, conference: Meeting) -> None:
    planning.remove_item(item(conference, "review_persons"), by=cast.account(cast.lan), at=PLANNED)
    meeting = Meeting.objects.with_people().get(pk=conference.pk)
    assert SECRET in str(paper_of(meeting, whole=True))


def test_whoever_was_heard_stays_on_the_list(cast: Cast, cycle: Cycle, conference: Meeting) -> None:
    begin(cast, cycle, cast.tuan)
    with pytest.raises(Refused, match="không bỏ khỏi danh sách được") as caught:
        committee.set_participant(
            row_of(cycle, cast.tuan), writes=False, note="Ốm", kind="02B", by=cast.account(cast.lan), at=PLANNED
        )
    assert caught.value.field == "writes"


def test_what_was_taken_back_is_shown_to_nobody_at_the_table(
    cast: Cast, cycle: Cycle, conference: Meeting, as_user: Any
) -> None:
    save_text("note", row_of(cycle, cast.hoa), {"wish": SECRET}, base=0, by=cast.account(cast.tuan), at=PLANNED)
    sent = note.send_note(row_of(cycle, cast.hoa), by=cast.account(cast.tuan), at=PLANNED)
    note.take_back(again(sent), by=cast.account(cast.tuan), at=PLANNED)
    hearing = begin(cast, cycle, cast.hoa)
    shown = {
        name: SECRET in as_user(getattr(cast, name)).get(hearing.get_absolute_url()).content.decode()
        for name in ("hoa", "lan")
    }
    assert shown == {"hoa": False, "lan": False}
