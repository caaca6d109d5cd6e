"""A topic from above: for all cells or some, in their year, and what the committee learns of it and what not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from errands import actions, todo
from errands.models import Charge, Errand
from meetings.actions import planning
from meetings.actions import programme as years
from meetings.actions.programme import Typed
from meetings.extension import brought_before
from meetings.models import Kind, Meeting, Programme, ProgrammeLine
from meetings.year import Year
from members.refusal import AlreadyDone
from members.who_may_know import answers
from tests.factories import NOW, at, press
from tests.meetings.steps import forbidden, has_one_effect, refused
from tests.meetings.test_programme import lay_out, line_of, plan
from tests.world_shelf import keep_topic

if TYPE_CHECKING:
    from tests.conftest import AsUser, Cast


def ask(cast: Cast, **changes: Any) -> Charge:
    """What the cell has of it."""
    return keep_topic(cast.ward, cast.phuc, NOW, **changes).charges.get(cell=cast.cell)


def texts(asked: Any) -> list[str]:
    return [one.text for one in asked]


def fresh_year(programme: Programme) -> Year:
    return Year.of(Programme.objects.select_related("cell").get(pk=programme.pk))


def place(cast: Cast, charge: Charge, month: int = 5, **more: Any) -> None:
    found = Charge.objects.with_errand().get(pk=charge.pk)
    actions.place(found, month=month, by=cast.account(cast.lan), at=NOW, **more)


def held(meeting: Meeting, moment: str) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state="open", opened_at=at(moment))


def test_it_lands_in_the_year_of_the_cells_that_were_chosen(cast: Cast, as_user: AsUser) -> None:
    lay_out(cast)
    phuc, page = as_user(cast.phuc), f"/committees/{cast.ward.pk}/errands/"
    wrong = phuc.post(page, {"kind": "thematic", "year": "1999", "month": "13", "text": "", "due_on": "20/12/2036"})
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (422, ["due_on", "month", "text", "year"])
    wrong = phuc.post(page, {"text": "A", "month": "5", "year": "2027"})
    assert (wrong.status_code, [*wrong.context["form"].errors]) == (422, ["month"])
    told = {"kind": "thematic", "year": "2027", "month": "", "document": "1-CV"}
    phuc.post(page, {**told, "text": "Của chi bộ bạn", "cells": [cast.other_cell.pk]})
    phuc.post(page, {**told, "text": "Của chi bộ này", "cells": [cast.cell.pk]})
    phuc.post(page, {**told, "text": "Của mọi chi bộ"})
    lan, programme = as_user(cast.lan), f"/cells/{cast.cell.pk}/programme/2027/"
    assert texts(lan.get(programme).context["unplaced"]) == ["Của chi bộ này", "Của mọi chi bộ"]
    given = Errand.objects.get(text="Của mọi chi bộ")
    phuc.post(f"/errands/{given.pk}/withdraw/")
    assert texts(lan.get(programme).context["unplaced"]) == ["Của chi bộ này"]


def test_it_stands_at_the_meeting_of_its_month_and_kind(cast: Cast) -> None:
    programme = lay_out(cast)
    for kind, month in ((Kind.REGULAR, 5), (Kind.THEMATIC, 5), (Kind.THEMATIC, 3)):
        ask(cast, kind=kind, month=month, text=f"{kind} {month}")
    asks = fresh_year(programme).asks()
    assert {pk: texts(found) for pk, found in asks.items() if found} == {
        line_of(programme, 5).pk: ["regular 5"],
        line_of(programme, 5, Kind.THEMATIC).pk: ["thematic 5"],
    }
    assert texts(fresh_year(programme).without_line()) == ["thematic 3"]


def test_what_is_withdrawn_or_of_another_year_stands_nowhere(cast: Cast) -> None:
    programme = lay_out(cast)
    ask(cast, year=2026, month=5)
    actions.withdraw(ask(cast, month=5).errand, by=cast.phuc, at=NOW)
    year = fresh_year(programme)
    assert (year.asked, [found for found in year.asks().values() if found]) == ([], [])


def test_what_has_no_month_is_put_into_one_and_becomes_the_topic(cast: Cast, as_user: AsUser) -> None:
    programme, given = lay_out(cast, thematic_day=20), ask(cast)
    assert texts(fresh_year(programme).unplaced()) == ["Chống lãng phí"]
    lan, url = as_user(cast.lan), f"/charges/{given.pk}/place/"
    wrong = lan.post(url, {"month": "13"}, follow=True)
    assert [message.level_tag for message in wrong.context["messages"]] == ["error"]
    lan.post(url, {"month": "5"})
    line = line_of(programme, 5, Kind.THEMATIC)
    assert ([*line.charges.all()], line.topic, fresh_year(programme).unplaced()) == ([given], "Chống lãng phí", [])
    meeting = plan(cast, line)
    assert (meeting.topic, meeting.items.filter(step="").count()) == ("Chống lãng phí", 0)


def test_a_topic_that_stands_already_stays_and_the_agenda_holds_what_is_asked(cast: Cast) -> None:
    programme = lay_out(cast, thematic_day=20)
    line = line_of(programme, 5, Kind.THEMATIC)
    lan = cast.account(cast.lan)
    years.save(programme, Typed(base=1, rows={line.pk: {"topic": "Chuyển đổi số"}}), by=lan, at=NOW)
    place(cast, ask(cast))
    meeting = plan(cast, line)
    assert meeting.topic == "Chuyển đổi số"
    assert [item.title for item in meeting.items.filter(step="")] == ["Cấp trên yêu cầu: Chống lãng phí"]


def test_a_month_without_a_thematic_meeting_gets_one_and_once(cast: Cast) -> None:
    programme, given = lay_out(cast), ask(cast)
    has_one_effect(lambda key: place(cast, given, 3, key=key), press())
    made = line_of(programme, 3, Kind.THEMATIC)
    assert (made.topic, made.day) == ("Chống lãng phí", None)
    with pytest.raises(AlreadyDone):
        place(cast, given, 4)
    assert ProgrammeLine.objects.filter(charges=given).count() == 1


def test_what_cannot_be_put_into_a_month_is_said(cast: Cast) -> None:
    regular = ask(cast, kind=Kind.REGULAR)
    with refused("Chi bộ chưa lập chương trình của năm ấy."):
        place(cast, regular)
    programme = lay_out(cast)
    plan(cast, line_of(programme, 3))
    with refused("Tháng 3 không còn buổi thường kỳ nào còn trống. Xin chọn tháng khác.", "month"):
        place(cast, regular, 3)
    fixed = ask(cast, month=5)
    with refused("Nội dung này cấp trên đã ghi tháng hoặc đã thu hồi, hoặc chi bộ đã nêu lý do không đưa vào."):
        place(cast, fixed, 3)
    with forbidden():
        actions.place(regular, month=4, by=cast.account(cast.hoa), at=NOW)


def test_an_agenda_keeps_what_was_asked_although_it_is_withdrawn_later(cast: Cast) -> None:
    programme, given = lay_out(cast), ask(cast, month=3, kind=Kind.REGULAR)
    meeting = plan(cast, line_of(programme, 3))
    actions.withdraw(given.errand, by=cast.phuc, at=NOW)
    assert meeting.items.filter(title="Cấp trên yêu cầu: Chống lãng phí").count() == 1


def test_the_committee_learns_month_and_day_or_the_reason_and_nothing_of_the_programme(
    cast: Cast, as_user: AsUser
) -> None:
    programme, given = lay_out(cast, thematic_day=20), ask(cast)
    phuc, lan = as_user(cast.phuc), cast.account(cast.lan)
    page, counted = f"/errands/{given.errand_id}/", f"/committees/{cast.ward.pk}/errands/"

    def told() -> tuple[list[tuple[str, str]], list[int]]:
        rows, row = phuc.get(page).context["charges"], phuc.get(counted).context["page"].object_list[0]
        counts = [row.waiting, row.going, row.done, row.declined]
        return [(one.cell.name, one.stands) for one in rows], counts

    theirs, ours = cast.other_cell.name, cast.cell.name
    assert told() == ([(theirs, "Chưa báo"), (ours, "Chưa báo")], [2, 0, 0, 0])
    place(cast, given)
    line = line_of(programme, 5, Kind.THEMATIC)
    rows = {line.pk: {"topic": "Chủ đề riêng của chi bộ", "presenter": cast.hoa, "preparer": cast.tuan}}
    years.save(programme, Typed(base=2, rows=rows), by=lan, at=NOW)
    assert told() == ([(theirs, "Chưa báo"), (ours, "Đã xếp vào tháng 5")], [1, 1, 0, 0])
    meeting = plan(cast, line)
    held(meeting, "2027-04-29 19:00")
    assert told() == ([(theirs, "Chưa báo"), (ours, "Đã sinh hoạt 29/04/2027")], [1, 0, 1, 0])
    with CaptureQueriesContext(connection) as asked:
        shown = phuc.get(page).text
    for secret in ("Chủ đề riêng", cast.hoa.full_name, cast.tuan.full_name, f"/meetings/{meeting.pk}"):
        assert secret not in shown
    sql = " ".join(one["sql"] for one in asked)
    assert ("programmeline" in sql, '"topic"' in sql, "presenter" in sql) == (True, False, False)
    assert phuc.get(f"/cells/{cast.cell.pk}/programme/2027/").status_code == 403
    said = [answer.above for names, answer in answers() for name in names if "xếp vào tháng nào" in name]
    assert said == ["luôn được xem"]


def test_a_topic_with_its_month_is_taken_up_when_its_meeting_is_planned(cast: Cast) -> None:
    programme, given = lay_out(cast), ask(cast, month=3, kind=Kind.REGULAR)
    assert Charge.objects.with_errand().get(pk=given.pk).stands == "Chưa báo"
    meeting = plan(cast, line_of(programme, 3))
    now = Charge.objects.with_errand().get(pk=given.pk)
    assert (now.stands, now.events.values_list("what", flat=True).last()) == ("Đã xếp vào tháng 3", "place_charge")
    planning.cancel(meeting, reason="Mưa lũ", by=cast.account(cast.lan), at=NOW)
    assert Charge.objects.with_errand().get(pk=given.pk).stands == "Đã xếp vào tháng 3"


def test_a_cell_that_gives_its_reasons_is_not_asked_again_until_it_takes_it_up(cast: Cast, as_user: AsUser) -> None:
    programme, given = lay_out(cast), ask(cast)
    place(cast, given)
    lan, words = as_user(cast.lan), "Đã sinh hoạt nội dung này năm trước"
    lan.post(f"/charges/{given.pk}/report/", {"state": "declined", "words": words})
    assert fresh_year(programme).asked == []
    shown = as_user(cast.phuc).get(f"/errands/{given.errand_id}/").text
    assert (words in shown, "Không làm được, nêu lý do" in shown, "Đã xếp vào" in shown) == (True, True, False)
    lan.post(f"/charges/{given.pk}/report/", {"state": "going", "words": ""})
    assert texts(fresh_year(programme).unplaced()) == ["Chống lãng phí"]


def test_home_asks_for_a_month_and_no_notice_is_filled_with_topics(cast: Cast, planned: Meeting) -> None:
    given, lan = ask(cast), cast.account(cast.lan)
    ask(cast, month=3)
    ask(cast, year=2025)

    def asked() -> list[tuple[str, str, str]]:
        return [(one.what, one.url, one.about) for one in todo.todos(lan, cast.cell, NOW)]

    what, url = "Xếp nội dung cấp trên giao vào chương trình năm 2027", f"/cells/{cast.cell.pk}/programme/2027/"
    assert (asked(), brought_before(planned, NOW)) == ([(what, url, "Chống lãng phí")], [])
    lay_out(cast)
    place(cast, given)
    assert asked() == []
