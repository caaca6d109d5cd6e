"""The collective is reviewed first: form 01 of the committee, written by its members, read by all in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from critique.course import actions as committee
from critique.cycle.eligibility import has_committee
from critique.cycle.models import Cycle, Participant
from critique.remedies import actions as remedy
from critique.remedies.models import Remedy
from critique.todo import todos
from critique.writing import actions as writing
from critique.writing import content
from critique.writing.models import ReadingLog, SelfReview, Way
from critique.writing.opening import open_review
from critique.writing.sheets import blank, sheet
from documents.model import plain_text
from members.models import TenureKind
from members.refusal import Refused
from members.saving.actions import Conflict, Saved, save_text
from tests.critique.conftest import AFTER_MEETING, OPENED, PLANNED, READING, WROTE, plan, row_of, shortcoming
from tests.critique.hearings import binh_of
from tests.once import built_once

if TYPE_CHECKING:
    from members.models import Member
    from tests.conftest import Cast

WORDS = "Chi uỷ còn chậm đổi mới cách sinh hoạt"


@built_once
def binh(cast: Cast) -> Member:
    return binh_of(cast)


@built_once
def opened(cast: Cast, binh: Member) -> Cycle:
    made = committee.plan_cycle(cast.cell, by=cast.account(cast.lan), at=PLANNED, **plan())
    committee.take_step(made, move_name="open", by=cast.account(cast.lan), at=OPENED)
    return made


def collective(cycle: Cycle) -> Participant:
    found: Participant = Participant.objects.select_related("cycle__cell").get(cycle=cycle, member=None)
    return found


def report(cycle: Cycle) -> SelfReview:
    found: SelfReview = SelfReview.objects.with_people().get(participant=collective(cycle))
    return found


def write(cast: Cast, review: SelfReview, by: Member, text: str = WORDS, base: int = 0) -> Saved | Conflict:
    return save_text("review-shortcomings", review, shortcoming(text), base=base, by=cast.account(by), at=WROTE)


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ([], False),
        ([TenureKind.SECRETARY], False),
        ([TenureKind.SECRETARY, TenureKind.DEPUTY], False),
        ([TenureKind.SECRETARY, TenureKind.COMMITTEE_MEMBER], True),
        ([TenureKind.SECRETARY, TenureKind.DEPUTY, TenureKind.DEPUTY], True),
        ([TenureKind.SECRETARY, TenureKind.SUPERIOR, TenureKind.SUPERIOR], False),
    ],
)
def test_which_cells_have_a_committee(posts: list[TenureKind], expected: bool) -> None:
    assert has_committee(posts) == expected


def test_a_cell_with_a_committee_gets_form_01_once_and_one_without_none(cast: Cast, opened: Cycle) -> None:
    row = collective(opened)
    assert (row.form, row.writes, row.reason, str(row), row.whose) == (
        "01", True, "collective", "Tập thể chi uỷ", "tập thể chi uỷ",
    )  # fmt: skip
    assert opened.people[0].of_collective
    committee.draw_up(opened, by=cast.account(cast.lan), at=OPENED)
    assert Participant.objects.filter(cycle=opened, member=None).count() == 1
    beside = committee.plan_cycle(cast.other_cell, by=cast.account(cast.mai), at=PLANNED, **plan())
    assert not beside.participants.filter(member=None).exists()


def test_the_database_holds_one_collective_a_review_and_form_01_for_nobody_else(cast: Cast, opened: Cycle) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.create(cycle=opened, reason="collective", writes=True, form="01")
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.filter(cycle=opened, member=cast.hoa).update(form="01")


def test_the_committee_switches_the_collective_off_with_a_reason_and_on_again(cast: Cast, opened: Cycle) -> None:
    who = {"by": cast.account(cast.lan), "at": WROTE}
    with pytest.raises(Refused) as refused:
        committee.set_participant(collective(opened), writes=False, note=" ", kind="01", **who)
    assert refused.value.field == "note"
    committee.set_participant(collective(opened), writes=False, note="Chi uỷ mới bầu tháng trước", kind="01", **who)
    committee.draw_up(opened, **who)
    row = collective(opened)
    assert (row.writes, row.overridden, row.note) == (False, True, "Chi uỷ mới bầu tháng trước")
    committee.set_participant(row, writes=True, note="", kind="01", **who)
    assert (collective(opened).writes, collective(opened).overridden) == (True, False)


def test_form_01_is_the_collectives_and_the_others_are_peoples(cast: Cast, opened: Cycle) -> None:
    who = {"by": cast.account(cast.lan), "at": WROTE}
    for row, kind in ((collective(opened), "02B"), (row_of(opened, cast.hoa), "01")):
        with pytest.raises(Refused) as refused:
            committee.set_participant(row, writes=True, note="", kind=kind, **who)
        assert refused.value.field == "kind"


def test_everybody_of_the_committee_writes_and_two_at_once_lose_nothing(
    cast: Cast, opened: Cycle, binh: Member
) -> None:
    review = report(opened)
    assert write(cast, review, cast.lan) == Saved(1, WROTE)
    answer = write(cast, report(opened), binh, "Lời của Bình")
    assert isinstance(answer, Conflict)
    (row,) = content.texts_of(report(opened))["A.II"]
    assert row["shortcoming"] == answer.theirs["A.II.0.shortcoming"] == WORDS  # type: ignore[index]
    assert answer.mine["A.II.0.shortcoming"] == "Lời của Bình"
    for member in (cast.hoa, cast.mai, cast.kha):
        with pytest.raises(PermissionDenied):
            write(cast, report(opened), member, "Không được")


def test_nobody_enters_the_collectives_report_from_paper_and_it_has_no_paper_way(cast: Cast, opened: Cycle) -> None:
    who = {"by": cast.account(cast.lan), "at": WROTE}
    with pytest.raises(Refused, match="viết thẳng"):
        writing.begin_entering(collective(opened), **who)
    with pytest.raises(Refused, match="người viết"):
        writing.choose_way(report(opened), on_paper=True, **who)


def test_members_read_it_in_the_window_and_each_opening_is_written_down(
    cast: Cast, opened: Cycle, as_user: Any, binh: Member
) -> None:
    write(cast, report(opened), cast.lan)
    hoa, url = as_user(cast.hoa), reverse("self-review", args=[report(opened).pk])
    assert hoa.post(url).status_code == 403
    writing.submit(report(opened), by=cast.account(binh), at=WROTE)
    assert hoa.post(url).status_code == 403
    committee.take_step(opened, move_name="read", by=cast.account(cast.lan), at=READING)
    shown = hoa.post(url).content.decode()
    assert (WORDS in shown, "Bản kiểm điểm của tập thể chi uỷ" in shown, "Chi uỷ Chi bộ Văn phòng" in shown) == (
        True, True, True,
    )  # fmt: skip
    open_review(report(opened), way=Way.SCREEN, by=cast.account(binh), at=READING)  # an author needs no line
    assert [line.reader for line in ReadingLog.objects.all()] == [cast.hoa]
    page = as_user(cast.lan).get(url).content.decode()
    assert ("Nguyễn Thị Hoa" in page, "Báo cáo kiểm điểm của tập thể chi uỷ" in page) == (True, True)


def test_the_committee_is_asked_to_write_it_and_nobody_else(cast: Cast, opened: Cycle, binh: Member) -> None:
    what = "Viết báo cáo kiểm điểm của tập thể chi uỷ"
    day = WROTE
    asked = {
        name: what in [one.what for one in todos(cast.account(member), cast.cell, day)]
        for name, member in (("lan", cast.lan), ("binh", binh), ("hoa", cast.hoa))
    }
    assert asked == {"lan": True, "binh": True, "hoa": False}
    assert todos(cast.admin, cast.cell, day) == []


def test_its_promises_become_the_cells_items(cast: Cast, opened: Cycle) -> None:
    write(cast, report(opened), cast.lan)
    writing.submit(report(opened), by=cast.account(cast.lan), at=WROTE)
    committee.take_step(opened, move_name="hold", by=cast.account(cast.lan), at=AFTER_MEETING)
    remedy.take_up(report(opened), by=cast.account(cast.lan), at=AFTER_MEETING)
    assert [(row.about, row.shortcoming) for row in Remedy.objects.all()] == [(None, WORDS)]


def test_last_years_report_of_the_same_cell_comes_back(cast: Cast, opened: Cycle) -> None:
    write(cast, report(opened), cast.lan)
    writing.submit(report(opened), by=cast.account(cast.lan), at=WROTE)
    lan = cast.account(cast.lan)
    following = committee.plan_cycle(cast.cell, by=lan, at=WROTE, **plan(year=2027))
    committee.take_step(following, move_name="open", by=lan, at=WROTE)
    rows = content.texts_of(report(following))["A.III"]
    assert [row["shortcoming"] for row in rows] == [WORDS]  # type: ignore[index]


def test_it_prints_blank_and_filled(cast: Cast, opened: Cycle) -> None:
    write(cast, report(opened), cast.lan)
    filled, empty = plain_text(sheet(report(opened))), plain_text(blank(opened, "01"))
    assert ("Tập thể: Chi uỷ Chi bộ Văn phòng" in filled, WORDS in filled, "Họ và tên" in filled) == (True, True, False)
    assert ("Mẫu 01-HD" in empty, WORDS in empty) == (True, False)


def test_a_cell_that_has_a_committee_no_longer_has_its_secretary_reviewed_alone(
    cast: Cast, opened: Cycle, binh: Member
) -> None:
    binh.tenures.filter(kind=TenureKind.COMMITTEE_MEMBER).delete()
    committee.draw_up(opened, by=cast.account(cast.lan), at=WROTE)
    assert (collective(opened).writes, collective(opened).reason) == (False, "alone")
