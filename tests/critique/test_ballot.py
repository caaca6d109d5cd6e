"""The ballot by what people do: a team, totals, what is refused, two confirmations, a second round, the paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from critique.levels.actions import ballot as ballots
from critique.levels.actions import entries
from critique.levels.models import Ballot, BallotLine, LevelEntry
from critique.levels.papers import COUNTING, NO_LEVEL, ballot_blocks, blank_ballot, build_ballot, level_blocks
from critique.levels.voting import Method
from critique.official_forms.model import Level
from documents.model import Signatures, Table, fingerprint, from_json, plain_text, to_json
from meetings.models import Attendance, Meeting
from meetings.wording import paper_time
from members.models import Event, Member, TenureKind
from members.refusal import AlreadyDone, Refused
from tests.critique.conftest import AFTER_MEETING, fresh, row_of
from tests.critique.levels_cast import FULL, again, confirmed, counted, held, opened, sent, standing, votes, who
from tests.critique.test_ballot_rule import rule
from tests.factories import press

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from tests.conftest import Cast

# --- A round ------------------------------------------------------------------------------


def test_a_round_is_about_everybody_who_is_reviewed_by_the_rule_in_force(cast: Cast, cycle: Cycle) -> None:
    rule(cast)
    ballot = opened(cast, cycle)
    assert {line.participant.member for line in ballot.lines.all()} == {cast.lan, cast.hoa, cast.tuan, cast.son}
    assert (ballot.round, ballot.rule.method) == (1, Method.HANDS)
    assert ballot.source == "theo 15-HD/ĐU ngày 05/01/2026 của Đảng uỷ cơ quan"


def test_only_official_members_count(cast: Cast, cycle: Cycle) -> None:
    with pytest.raises(Refused, match="Tổ trưởng kiểm phiếu phải là đảng viên chính thức"):
        opened(cast, cycle, head=cast.tuan)
    with pytest.raises(Refused, match="Thành viên tổ kiểm phiếu phải là đảng viên chính thức"):
        opened(cast, cycle, tellers=[cast.mai])
    assert Ballot.objects.count() == 0


def test_a_round_waits_for_the_one_before_it(cast: Cast, cycle: Cycle) -> None:
    opened(cast, cycle)
    with pytest.raises(Refused, match="chưa đủ hai xác nhận"):
        opened(cast, cycle)


def test_the_team_and_the_table_enter_figures_and_nobody_else(cast: Cast, cycle: Cycle) -> None:
    ballot = opened(cast, cycle)
    for member in (cast.tuan, cast.mai):
        with pytest.raises(PermissionDenied):
            ballots.count(ballot, figures=FULL, lines=votes(ballot), base=0, **who(cast, member))
    ballots.count(ballot, figures=FULL, lines=votes(ballot), base=0, **who(cast, cast.hoa))
    ballots.count(again(ballot), figures=FULL, lines=votes(ballot), base=1, **who(cast))
    assert again(ballot).rev == 2


@pytest.mark.parametrize(
    ("figures", "field", "sentence"),
    [
        ({"present": 4}, "present", "không thể nhiều hơn được triệu tập"),
        ({"issued": 4}, "issued", "không thể nhiều hơn"),
        ({"returned": 4}, "returned", "không thể nhiều hơn"),
        ({"invalid": 1}, "invalid", "phải bằng 3 phiếu thu về"),
        ({"summoned": None}, "summoned", "Xin ghi con số này"),
    ],
)
def test_figures_that_do_not_add_up_are_refused_and_nothing_is_half_saved(
    cast: Cast, cycle: Cycle, figures: dict[str, int | None], field: str, sentence: str
) -> None:
    ballot = opened(cast, cycle)
    with pytest.raises(Refused, match=sentence) as refused:
        ballots.count(ballot, figures={**FULL, **figures}, lines=votes(ballot), base=0, **who(cast))
    row = again(ballot)
    assert (refused.value.field, row.rev, row.counted_at, row.valid) == (field, 0, None, None)
    assert set(BallotLine.objects.values_list("good", flat=True)) == {None}
    assert not Event.objects.filter(what="count_ballot").exists()


def test_a_line_that_does_not_add_up_is_refused_beside_that_line(cast: Cast, cycle: Cycle) -> None:
    ballot = opened(cast, cycle)
    line = ballot.lines.get(participant__member=cast.hoa)
    with pytest.raises(Refused, match="phải bằng 3 phiếu hợp lệ") as refused:
        ballots.count(ballot, figures=FULL, lines=votes(ballot, hoa=(1, 3, 0, 0, 0)), base=0, **who(cast))
    assert (refused.value.field, again(ballot).rev) == (f"excellent_{line.pk}", 0)


def test_two_who_enter_at_once_do_not_overwrite_each_other(cast: Cast, cycle: Cycle) -> None:
    ballot = opened(cast, cycle)
    counted(cast, ballot, hoa=(3, 0, 0, 0, 0))
    with pytest.raises(Refused, match="vừa được người khác ghi"):
        ballots.count(ballot, figures=FULL, lines=votes(ballot), base=0, **who(cast))
    assert ballot.lines.get(participant__member=cast.hoa).excellent == 3


def test_the_same_save_arriving_twice_is_one(cast: Cast, cycle: Cycle) -> None:
    ballot, key = opened(cast, cycle), press()
    told: dict[str, Any] = {"figures": FULL, "lines": votes(ballot), "base": 0, "key": key}
    ballots.count(ballot, **told, **who(cast))
    with pytest.raises(AlreadyDone):
        ballots.count(ballot, **told, **who(cast))
    assert again(ballot).rev == 1


# --- Two confirmations --------------------------------------------------------------------


def test_two_confirmations_fix_the_paper_and_make_the_proposals(cast: Cast, cycle: Cycle) -> None:
    ballot = confirmed(cast, counted(cast, opened(cast, cycle), hoa=(2, 1, 0, 0, 0), tuan=(1, 1, 1, 0, 0)))
    assert (ballot.confirmed_at, ballot.head_signed_by, ballot.chair_signed_by) == (
        AFTER_MEETING,
        cast.account(cast.hoa),
        cast.account(cast.lan),
    )
    found = {member: standing(cycle, member).proposed for member in (cast.lan, cast.hoa, cast.tuan, cast.son)}
    assert found == {cast.lan: Level.GOOD, cast.hoa: Level.EXCELLENT, cast.tuan: None, cast.son: Level.GOOD}
    assert set(LevelEntry.objects.values_list("ballot", flat=True)) == {ballot.pk}


def test_after_two_confirmations_nothing_changes(cast: Cast, cycle: Cycle) -> None:
    ballot = confirmed(cast, counted(cast, opened(cast, cycle)))
    before = to_json(ballots.paper_of(ballot))
    with pytest.raises(Refused, match="đã có đủ hai xác nhận"):
        ballots.count(ballot, figures=FULL, lines=votes(ballot), base=1, **who(cast))
    with pytest.raises(Refused, match="đã có đủ hai xác nhận"):
        ballots.confirm(ballot, seat="head", seen="", **who(cast))
    Member.objects.filter(pk=cast.hoa.pk).update(full_name="Nguyễn Thị Hoà")
    assert (to_json(ballots.paper_of(again(ballot))), ballot.fingerprint) == (before, fingerprint(from_json(before)))


def test_a_change_takes_the_first_confirmation_back_and_an_old_page_confirms_nothing(cast: Cast, cycle: Cycle) -> None:
    ballot = counted(cast, opened(cast, cycle))
    seen = fingerprint(ballots.paper_of(ballot))
    ballots.confirm(ballot, seat="head", seen=seen, **who(cast, cast.hoa))
    changed = counted(cast, again(ballot), hoa=(3, 0, 0, 0, 0))
    assert (changed.head_signed_at, changed.confirmed_at) == (None, None)
    with pytest.raises(Refused, match="vừa được sửa"):
        ballots.confirm(changed, seat="chair", seen=seen, **who(cast))


def test_nothing_is_confirmed_before_it_was_counted_and_no_seat_twice(cast: Cast, cycle: Cycle) -> None:
    ballot = opened(cast, cycle)
    with pytest.raises(Refused, match="Chưa ghi số phiếu"):
        ballots.confirm(ballot, seat="head", seen="", **who(cast))
    ballot = counted(cast, ballot)
    seen = fingerprint(ballots.paper_of(ballot))
    with pytest.raises(Refused, match="Không có chỗ"):
        ballots.confirm(ballot, seat="teller", seen=seen, **who(cast))
    ballots.confirm(ballot, seat="head", seen=seen, **who(cast))
    with pytest.raises(AlreadyDone):
        ballots.confirm(again(ballot), seat="head", seen=seen, **who(cast))
    assert again(ballot).confirmed_at is None


def test_a_second_round_is_about_those_without_a_level_alone(cast: Cast, cycle: Cycle) -> None:
    confirmed(cast, counted(cast, opened(cast, cycle), tuan=(1, 1, 1, 0, 0)))
    second = opened(cast, cycle)
    assert (second.round, [line.participant.member for line in second.lines.all()]) == (2, [cast.tuan])
    confirmed(cast, counted(cast, second))
    assert standing(cycle, cast.tuan).proposed == Level.GOOD
    with pytest.raises(Refused, match="Mọi đồng chí đã có mức đề xuất"):
        opened(cast, cycle)


def test_somebody_who_was_not_voted_on_is_left_open(cast: Cast, cycle: Cycle) -> None:
    ballot = opened(cast, cycle)
    lines = votes(ballot)
    lines[ballot.lines.get(participant__member=cast.son).pk] = dict.fromkeys(next(iter(lines.values())))
    ballots.count(ballot, figures=FULL, lines=lines, base=0, **who(cast))
    confirmed(cast, ballot)
    assert standing(cycle, cast.son).proposed is None
    assert "Không bỏ phiếu" in plain_text(ballots.paper_of(again(ballot)))


def test_a_show_of_hands_asks_for_no_papers(cast: Cast, cycle: Cycle) -> None:
    rule(cast)
    ballot = opened(cast, cycle)
    hands = {"summoned": 3, "present": 2}
    with pytest.raises(Refused, match="hơn 2 đồng chí có mặt"):
        ballots.count(ballot, figures=hands, lines=votes(ballot), base=0, **who(cast))
    two = votes(ballot, lan=(0, 2, 0, 0, 0), hoa=(2, 0, 0, 0, 0), tuan=(1, 1, 0, 0, 0), son=(0, 0, 2, 0, 0))
    ballots.count(ballot, figures=hands, lines=two, base=0, **who(cast))
    confirmed(cast, ballot)
    found = [standing(cycle, member).proposed for member in (cast.lan, cast.hoa, cast.tuan, cast.son)]
    assert found == [Level.GOOD, Level.EXCELLENT, None, Level.DONE]
    text = plain_text(ballots.paper_of(again(ballot)))
    assert ("BIÊN BẢN BIỂU QUYẾT" in text, "Số phiếu:" in text) == (True, False)


def test_after_handing_up_no_ballot_changes(cast: Cast, cycle: Cycle) -> None:
    ballot = counted(cast, opened(cast, cycle))
    sent(cast, cycle)
    for action in (
        lambda: ballots.count(ballot, figures=FULL, lines=votes(ballot), base=1, **who(cast)),
        lambda: ballots.confirm(ballot, seat="head", seen="", **who(cast)),
        lambda: opened(cast, cycle),
    ):
        with pytest.raises(Refused, match="đã nộp lên cấp trên"):
            action()


def test_nothing_says_who_voted_what(cast: Cast, cycle: Cycle) -> None:
    """Totals only: no table of ours has a row for a vote, no event a figure."""
    confirmed(cast, counted(cast, opened(cast, cycle)))
    columns = {field.name for field in BallotLine._meta.get_fields()}
    assert columns == {"id", "ballot", "participant", "excellent", "good", "done", "not_done", "unrated"}
    told = [data for what, data in Event.objects.values_list("what", "data") if "ballot" in what]
    assert [set(data) for data in told] == [{"head", "chair", "tellers"}, {"ballot"}, *[{"ballot", "seat"}] * 2]


def test_the_database_refuses_figures_that_do_not_add_up(cast: Cast, cycle: Cycle) -> None:
    ballot = counted(cast, opened(cast, cycle))
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(returned=2)


# --- On paper -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opened_before", "closed_after", "days", "ended"),
    [
        (60, 60, 0, "kết thúc lúc {typed} cùng ngày"),
        (60, None, 0, "kết thúc lúc {typed} cùng ngày"),
        (60, -30, 0, "kết thúc lúc …… giờ …… phút cùng ngày"),
        (60, 60, 1, "kết thúc lúc …… giờ …… phút cùng ngày"),
        (-10, 60, 0, "kết thúc lúc …… giờ …… phút cùng ngày"),
    ],
)
def test_figures_typed_after_the_conference_do_not_say_when_counting_ended(
    cast: Cast, cycle: Cycle, opened_before: int, closed_after: int | None, days: int, ended: str
) -> None:
    ballot = counted(cast, opened(cast, cycle))
    typed = ballot.counted_at
    assert typed is not None
    ballot.cycle.meeting = Meeting(
        opened_at=typed - timedelta(minutes=opened_before),
        closed_at=None if closed_after is None else typed + timedelta(minutes=closed_after),
    )
    ballot.cycle.meets_on = timezone.localdate(typed) - timedelta(days=days)
    paper = build_ballot(ballot)
    assert paper.day == ballot.cycle.meets_on
    assert ended.format(typed=paper_time(typed)) in plain_text(paper)


def test_the_paper_has_what_a_record_of_counting_has(cast: Cast, cycle: Cycle) -> None:
    ballot = counted(cast, opened(cast, cycle), hoa=(2, 1, 0, 0, 0), tuan=(1, 1, 1, 0, 0))
    paper = build_ballot(ballot)
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert table == Table(
        COUNTING,
        (
            ("1", "Trần Thị Lan", "0", "3", "0", "0", "0", "Hoàn thành tốt"),
            ("2", "Nguyễn Thị Hoa", "2", "1", "0", "0", "0", "Hoàn thành xuất sắc"),
            ("3", "Đỗ Văn Sơn", "0", "3", "0", "0", "0", "Hoàn thành tốt"),
            ("4", "Lê Anh Tuấn", "1", "1", "1", "0", "0", NO_LEVEL),
        ),
    )
    text = plain_text(paper)
    for words in (
        "BIÊN BẢN KIỂM PHIẾU",
        "Tổ kiểm phiếu: đồng chí Nguyễn Thị Hoa, tổ trưởng; thành viên: đồng chí Đỗ Văn Sơn.",
        "Đảng viên chính thức: triệu tập 03; có mặt 03; vắng mặt: không.",
        "Số phiếu: phát ra 03; thu về 03; hợp lệ 03; không hợp lệ: không.",
        "Căn cứ: Điều lệ Đảng, Điều 9, khoản 5, khi cấp trên không có quy định riêng.",
        "Thời gian: ngày ",
        f"Địa điểm: {cycle.place}.",
        "Việc kiểm phiếu kết thúc lúc ",
        "03 bản",
    ):
        assert words in text
    (signed,) = [block for block in paper.blocks if isinstance(block, Signatures)]
    assert [(one.role_lines[-1], one.name) for one in (signed.left, signed.right) if one] == [
        ("TỔ TRƯỞNG", "Nguyễn Thị Hoa"),
        ("CHỦ TRÌ HỘI NGHỊ", "Trần Thị Lan"),
    ]


def test_the_blank_paper_has_the_names_and_no_figure(cast: Cast, cycle: Cycle) -> None:
    paper = blank_ballot(fresh(cycle))
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert [row[1] for row in table.rows] == ["Trần Thị Lan", "Nguyễn Thị Hoa", "Đỗ Văn Sơn", "Lê Anh Tuấn"]
    assert {cell for row in table.rows for cell in row[2:]} == {""}
    assert "vắng\u00a0mặt\u00a0……" in plain_text(paper)


def test_the_conferences_minutes_take_confirmed_rounds_and_levels(cast: Cast, cycle: Cycle) -> None:
    ballot = counted(cast, opened(cast, cycle))
    row = fresh(cycle)
    assert (ballot_blocks(row), level_blocks(row)) == ([], [])
    confirmed(cast, ballot)
    (table,) = [block for block in ballot_blocks(row) if isinstance(block, Table)]
    (_, levels) = level_blocks(row)
    assert isinstance(levels, Table)
    assert [line[1] for line in table.rows] == [line[1] for line in levels.rows]
    assert {line[3:] for line in levels.rows} == {("Hoàn thành tốt nhiệm vụ", "Kiểm phiếu lần 1.")}


def test_no_level_stands_in_the_minutes_without_the_count_or_the_reason_that_led_to_it(
    cast: Cast, cycle: Cycle
) -> None:
    confirmed(cast, counted(cast, opened(cast, cycle), tuan=(1, 1, 1, 0, 0)))
    held(cast, cycle)

    def of_tuan() -> tuple[str, ...]:
        (_, table) = level_blocks(fresh(cycle))
        assert isinstance(table, Table)
        return next(line[3:] for line in table.rows if line[1] == "Lê Anh Tuấn")

    assert of_tuan() == ("Chưa có mức", "")
    entries.propose(row_of(cycle, cast.tuan), level="good", words="giơ tay lúc 16 giờ, 3/3 tán thành", **who(cast))
    assert of_tuan() == ("Hoàn thành tốt nhiệm vụ", "Giơ tay lúc 16 giờ, 3/3 tán thành.")


def test_a_proposal_by_words_does_not_outlive_a_later_count_without_a_level(cast: Cast, cycle: Cycle) -> None:
    held(cast, cycle)
    before = {**who(cast), "at": AFTER_MEETING - timedelta(hours=1)}
    entries.propose(row_of(cycle, cast.tuan), level="good", words="giơ tay lúc 16 giờ", **before)
    assert standing(cycle, cast.tuan).proposed == Level.GOOD
    confirmed(cast, counted(cast, opened(cast, cycle), tuan=(1, 1, 1, 0, 0)))
    (_, table) = level_blocks(fresh(cycle))
    assert next(line[3:] for line in table.rows if line[1] == "Lê Anh Tuấn") == ("Chưa có mức", "")
    assert standing(cycle, cast.tuan).proposed is None
    entries.propose(row_of(cycle, cast.tuan), level="good", words="giơ tay lần nữa", **who(cast))
    assert standing(cycle, cast.tuan).proposed == Level.GOOD


def test_no_more_are_present_at_the_count_than_came(cast: Cast, cycle: Cycle) -> None:
    meeting = Meeting.objects.create(
        cell=cast.cell, kind="conference", rulebook="hd42", starts_at=AFTER_MEETING, opened_at=AFTER_MEETING
    )
    cycle.meeting = meeting
    cycle.save(update_fields=["meeting"])
    for one, mark in ((cast.lan, "present"), (cast.hoa, "present"), (cast.son, "unexcused"), (cast.tuan, "present")):
        standing_of_one = "probationary" if one == cast.tuan else "full"
        Attendance.objects.create(meeting=meeting, member=one, name=str(one), standing=standing_of_one, mark=mark)
    ballot = opened(cast, cycle)
    with pytest.raises(Refused) as refused:
        counted(cast, ballot)
    assert (refused.value.field, "chỉ có 2 đảng viên chính thức có mặt" in refused.value.sentence) == ("present", True)


def test_a_cell_of_one_and_a_member_who_left_break_nothing(cast: Cast, cycle: Cycle) -> None:
    cast.tuan.tenures.update(ends_on=date(2026, 11, 30))
    ballot = opened(cast, cycle)
    cast.son.tenures.create(organisation=cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 12, 1), ends_on=None)
    confirmed(cast, counted(cast, ballot))
    assert standing(cycle, cast.son).proposed == Level.GOOD


def test_the_leaders_enter_a_proposal_where_no_ballot_gave_one(cast: Cast, cycle: Cycle) -> None:
    confirmed(cast, counted(cast, opened(cast, cycle), tuan=(1, 1, 1, 0, 0)))
    held(cast, cycle)
    with pytest.raises(Refused, match="căn cứ") as refused:
        entries.propose(row_of(cycle, cast.tuan), level="good", words=" ", **who(cast))
    assert refused.value.field == "words"
    with pytest.raises(Refused, match="theo biên bản kiểm phiếu"):
        entries.propose(row_of(cycle, cast.hoa), level="good", words="Giơ tay", **who(cast))
    entries.propose(row_of(cycle, cast.tuan), level="good", words="Giơ tay 3/3", **who(cast))
    assert standing(cycle, cast.tuan).proposed == Level.GOOD
    with pytest.raises(PermissionDenied):
        entries.propose(row_of(cycle, cast.tuan), level="good", words="Tôi thấy thế", **who(cast, cast.hoa))


def test_a_round_of_a_review_that_is_planned_or_over_is_refused(cast: Cast, planned_cycle: Cycle) -> None:
    with pytest.raises(Refused, match="Đang chuẩn bị"):
        opened(cast, planned_cycle)
