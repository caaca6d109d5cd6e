"""What a superior committee asks every cell to take up: who gives it, who sees it, where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meetings.actions import directives
from meetings.actions import programme as actions
from meetings.actions.programme import Typed
from meetings.models import Directive, Kind, Programme, ProgrammeLine
from meetings.year import Year
from members.models import Organisation, User
from members.refusal import AlreadyDone
from tests.factories import NOW, make_cell, make_committee, make_member, make_superior, press
from tests.meetings.steps import forbidden, has_one_effect, refused
from tests.meetings.test_programme import lay_out, line_of, plan

if TYPE_CHECKING:
    from tests.conftest import Cast


def ask(organisation: Organisation, by: User, **changes: Any) -> Directive:
    fields = {"year": 2027, "month": None, "kind": Kind.THEMATIC, "text": "Chống lãng phí", "document": "12-CV/ĐU"}
    return directives.give(organisation, by=by, at=NOW, **{**fields, **changes})


def fresh_year(programme: Programme) -> Year:
    return Year.of(Programme.objects.select_related("cell").get(pk=programme.pk))


def place(cast: Cast, programme: Programme, directive: Directive, month: int = 5, **more: Any) -> None:
    directives.place(programme, directive, month=month, by=cast.account(cast.lan), at=NOW, **more)


def test_only_the_reviewer_of_the_branch_gives_and_withdraws(cast: Cast) -> None:
    far = make_superior(make_committee("Đảng uỷ phường Bằng Lăng"), "Hồ Sỹ Xa", username="xa")
    for who in (cast.account(cast.lan), cast.account(cast.mai), far):
        with forbidden():
            ask(cast.ward, who)
    given = ask(cast.ward, cast.phuc)
    with forbidden():
        directives.withdraw(given, by=cast.account(cast.lan), at=NOW)
    directives.withdraw(given, by=cast.phuc, at=NOW)
    with pytest.raises(AlreadyDone):
        directives.withdraw(given, by=cast.phuc, at=NOW)


def test_the_same_click_twice_gives_one(cast: Cast) -> None:
    has_one_effect(lambda key: ask(cast.ward, cast.phuc, key=key), press())
    assert Directive.objects.count() == 1


def test_every_cell_below_sees_it_and_nobody_else_does(cast: Cast) -> None:
    province = cast.ward.parent
    assert province is not None
    elsewhere = make_committee("Đảng uỷ phường Bằng Lăng")
    stranger = make_member(make_cell(elsewhere, "Chi bộ Chợ"), "Hà Thị Xuân", username="xuan")
    high = Directive.objects.create(
        organisation=province, year=2027, kind=Kind.THEMATIC, text="Của tỉnh", given_by=cast.phuc, given_at=NOW
    )
    ours = ask(cast.ward, cast.phuc)
    people = {"hoa": cast.hoa, "mai": cast.mai, "kha": cast.kha, "xuân": stranger}
    seen = {name: set(Directive.objects.for_user(cast.account(who))) for name, who in people.items()}
    seen["phúc"] = set(Directive.objects.for_user(cast.phuc))
    both = {high, ours}
    assert seen == {"hoa": both, "mai": both, "kha": set(), "xuân": set(), "phúc": {ours}}


def test_it_stands_at_the_meeting_of_its_month_and_kind(cast: Cast) -> None:
    programme = lay_out(cast)
    regular, thematic = ask(cast.ward, cast.phuc, month=5, kind=Kind.REGULAR), ask(cast.ward, cast.phuc, month=5)
    march = ask(cast.ward, cast.phuc, month=3)
    asks = fresh_year(programme).asks()
    assert {pk: found for pk, found in asks.items() if found} == {
        line_of(programme, 5).pk: [regular],
        line_of(programme, 5, Kind.THEMATIC).pk: [thematic],
    }
    assert fresh_year(programme).without_line() == [march]


def test_what_is_withdrawn_or_of_another_year_stands_nowhere(cast: Cast) -> None:
    programme = lay_out(cast)
    ask(cast.ward, cast.phuc, year=2026, month=5)
    directives.withdraw(ask(cast.ward, cast.phuc, month=5), by=cast.phuc, at=NOW)
    year = fresh_year(programme)
    assert (year.asked, [found for found in year.asks().values() if found]) == ([], [])


def test_what_has_no_month_is_put_into_one_and_becomes_the_topic(cast: Cast) -> None:
    programme = lay_out(cast, thematic_day=20)
    given = ask(cast.ward, cast.phuc)
    assert fresh_year(programme).unplaced() == [given]
    place(cast, programme, given)
    line = line_of(programme, 5, Kind.THEMATIC)
    assert (line.directive, line.topic, fresh_year(programme).unplaced()) == (given, "Chống lãng phí", [])
    meeting = plan(cast, line)
    assert (meeting.topic, meeting.items.filter(step="").count()) == ("Chống lãng phí", 0)


def test_a_topic_that_stands_already_stays_and_the_agenda_holds_what_is_asked(cast: Cast) -> None:
    programme = lay_out(cast, thematic_day=20)
    line = line_of(programme, 5, Kind.THEMATIC)
    lan = cast.account(cast.lan)
    actions.save(programme, Typed(base=1, rows={line.pk: {"topic": "Chuyển đổi số"}}), by=lan, at=NOW)
    place(cast, programme, ask(cast.ward, cast.phuc))
    meeting = plan(cast, line)
    assert meeting.topic == "Chuyển đổi số"
    assert [item.title for item in meeting.items.filter(step="")] == ["Cấp trên yêu cầu: Chống lãng phí"]


def test_a_month_without_a_thematic_meeting_gets_one(cast: Cast) -> None:
    programme = lay_out(cast)
    given = ask(cast.ward, cast.phuc)
    place(cast, programme, given, month=3)
    made = line_of(programme, 3, Kind.THEMATIC)
    assert (made.directive, made.topic, made.day) == (given, "Chống lãng phí", None)


def test_putting_it_into_a_month_twice_has_one_effect(cast: Cast) -> None:
    programme = lay_out(cast)
    given = ask(cast.ward, cast.phuc)
    has_one_effect(lambda key: place(cast, programme, given, month=3, key=key), press())
    assert ProgrammeLine.objects.filter(directive=given).count() == 1


def test_a_month_whose_regular_meeting_is_planned_takes_nothing_more(cast: Cast) -> None:
    programme = lay_out(cast)
    given = ask(cast.ward, cast.phuc, kind=Kind.REGULAR)
    plan(cast, line_of(programme, 3))
    with refused("Tháng 3 không còn buổi thường kỳ nào còn trống. Xin chọn tháng khác.", "month"):
        place(cast, programme, given, month=3)


def test_what_has_its_month_from_above_cannot_be_moved(cast: Cast) -> None:
    programme = lay_out(cast)
    given = ask(cast.ward, cast.phuc, month=5)
    with refused("Yêu cầu này đã có tháng hoặc đã được cấp trên thu hồi."):
        place(cast, programme, given, month=3)


def test_a_member_who_does_not_plan_puts_nothing_into_a_month(cast: Cast) -> None:
    programme = lay_out(cast)
    given = ask(cast.ward, cast.phuc)
    with forbidden():
        directives.place(programme, given, month=3, by=cast.account(cast.hoa), at=NOW)


def test_an_agenda_keeps_what_was_asked_although_it_is_withdrawn_later(cast: Cast) -> None:
    programme = lay_out(cast)
    given = ask(cast.ward, cast.phuc, month=3, kind=Kind.REGULAR)
    meeting = plan(cast, line_of(programme, 3))
    directives.withdraw(given, by=cast.phuc, at=NOW)
    assert meeting.items.filter(title="Cấp trên yêu cầu: Chống lãng phí").count() == 1
