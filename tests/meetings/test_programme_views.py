"""The screens of the year: what a page sends, what comes back, what two people see of each other's work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.model import Head, Table
from meetings.actions import programme as actions
from meetings.models import Kind, Meeting, Programme, ProgrammeLine
from meetings.papers.programme import build_programme
from meetings.year import Year
from members.models import Event
from tests.factories import NOW, at, make_member, new_key
from tests.meetings.test_programme import lay_out, line_of
from tests.world_shelf import keep_topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from tests.conftest import Cast

START = {"fixed_day": "5", "thematic_day": "", "usual_time": "19:00", "usual_place": "Hội trường"}


@pytest.fixture
def lan(cast: Cast, as_user: Callable[..., Client]) -> Client:
    return as_user(cast.lan)


def page(cast: Cast, year: int = 2027) -> str:
    return f"/cells/{cast.cell.pk}/programme/{year}/"


def sent(line: ProgrammeLine, base: int = 1, **fields: str) -> dict[str, str]:
    """One row as the page sends it."""
    row = {"day": str(line.day or ""), "topic": line.topic, "preparer": "", "presenter": "", "self_critic": ""}
    return {"base": str(base), **{f"line-{line.pk}-{name}": value for name, value in {**row, **fields}.items()}}


def save(client: Client, programme: Programme, data: dict[str, str]) -> HttpResponse:
    return client.post(f"/programmes/{programme.pk}/", data)


def test_one_button_lays_out_the_year_and_leads_to_its_table(cast: Cast, lan: Client) -> None:
    start = lan.get(page(cast))
    assert (start.status_code, "rows" in start.context) == (200, False)
    answer = lan.post(f"{page(cast)}lay-out/", {**START, "key": new_key()})
    assert (answer.status_code, answer["Location"]) == (302, page(cast))
    assert len(lan.get(page(cast)).context["rows"]) == 16


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("fixed_day", "31", "Chọn ngày từ 1 đến 28, để tháng nào cũng có ngày ấy."),
        ("fixed_day", "0", "Chọn ngày từ 1 đến 28, để tháng nào cũng có ngày ấy."),
        ("thematic_day", "ba mươi", "Chọn ngày từ 1 đến 28, để tháng nào cũng có ngày ấy."),
        ("usual_time", "25:00", "Ghi giờ như 19:00."),
        ("usual_place", "", "Đồng chí chưa điền mục này."),
        ("usual_place", "x" * 161, "Dài quá: nhiều nhất 160 ký tự, đang có 161."),
    ],
)
def test_a_wrong_beginning_comes_back_with_a_sentence_and_what_was_typed(
    cast: Cast, lan: Client, field: str, typed: str, sentence: str
) -> None:
    answer = lan.post(f"{page(cast)}lay-out/", {**START, field: typed})
    form = answer.context["form"]
    assert (answer.status_code, form.errors, form[field].value()) == (422, {field: [sentence]}, typed)
    assert Programme.objects.count() == 0


@pytest.mark.parametrize("year", [1999, 2101, 9999])
def test_a_year_that_no_guideline_of_ours_can_know_does_not_exist(cast: Cast, lan: Client, year: int) -> None:
    assert (lan.get(page(cast, year)).status_code, lan.post(f"{page(cast, year)}lay-out/", START).status_code) == (
        404,
        404,
    )


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("day", "2027-02-31", "Không có ngày này. Ghi như 05/02/2027."),
        ("day", "31/2/2027", "Không có ngày này. Ghi như 05/02/2027."),
        ("day", "2026-02-05", "Ngày phải trong tháng 2/2027."),
        ("day", "2027-03-05", "Ngày phải trong tháng 2/2027."),
        ("topic", "x" * 500, "Dài quá: nhiều nhất 300 ký tự, đang có 500."),
    ],
)
def test_a_wrong_row_is_told_beside_its_field_and_nothing_is_saved(
    cast: Cast, lan: Client, field: str, typed: str, sentence: str
) -> None:
    programme = lay_out(cast)
    line, other = line_of(programme, 2), line_of(programme, 3)
    answer = save(lan, programme, {**sent(line, **{field: typed}), **sent(other, topic="Giữ lại")})
    rows = answer.context["form"].rows
    assert (answer.status_code, dict(rows[line.pk].errors)) == (422, {field: [sentence]})
    assert (rows[line.pk][field].value(), rows[other.pk]["topic"].value()) == (typed, "Giữ lại")
    assert list(programme.lines.exclude(topic="")) == []


def test_a_meeting_more_needs_its_month(cast: Cast, lan: Client) -> None:
    programme = lay_out(cast)
    answer = save(lan, programme, {"base": "1", "new-month": "", "new-kind": "thematic", "new-topic": "Chuyển đổi số"})
    assert (answer.status_code, dict(answer.context["form"].new.errors)) == (
        422,
        {"month": ["Chọn tháng cho buổi thêm."]},
    )
    save(lan, programme, {"base": "1", "new-month": "9", "new-kind": "thematic", "new-topic": "Chuyển đổi số"})
    assert line_of(programme, 9, Kind.THEMATIC).topic == "Chuyển đổi số"


def test_a_person_of_another_cell_cannot_be_named(cast: Cast, lan: Client) -> None:
    programme = lay_out(cast)
    line = line_of(programme, 2)
    answer = save(lan, programme, sent(line, presenter=str(cast.mai.pk)))
    assert (answer.status_code, list(answer.context["form"].rows[line.pk].errors)) == (422, ["presenter"])


def test_somebody_who_has_left_since_stays_in_the_line_that_names_them(cast: Cast, lan: Client) -> None:
    programme = lay_out(cast)
    line = line_of(programme, 2)
    ProgrammeLine.objects.filter(pk=line.pk).update(presenter=cast.kha)
    answer = save(lan, programme, sent(line, presenter=str(cast.kha.pk), topic="Mới"))
    line.refresh_from_db()
    assert (answer.status_code, line.presenter, line.topic) == (302, cast.kha, "Mới")


def test_who_saves_second_keeps_what_was_typed_and_sees_what_is_saved_now(cast: Cast, lan: Client) -> None:
    programme = lay_out(cast)
    march, april = line_of(programme, 3), line_of(programme, 4)
    first = save(lan, programme, {**sent(march, topic="Lan viết"), **sent(april, day="2027-04-09")})
    assert first.status_code == 302
    second = save(lan, programme, {**sent(march, topic="Máy kia viết"), **sent(april, presenter=str(cast.hoa.pk))})
    form = second.context["form"]
    assert (second.status_code, form.newer.who) == (409, "Trần Thị Lan")
    assert (form.rows[march.pk]["topic"].value(), form.rows[march.pk].theirs) == (
        "Máy kia viết",
        {"topic": "Lan viết"},
    )
    # the day that the other one changed was not touched on this page: it follows
    assert (form.rows[april.pk]["day"].value(), form.rows[april.pk]["presenter"].value()) == (
        "2027-04-09",
        str(cast.hoa.pk),
    )
    third = save(lan, programme, {**sent(march, topic="Cả hai"), "base": form["base"].value()})
    march.refresh_from_db()
    assert (third.status_code, march.topic) == (302, "Cả hai")


def test_the_button_that_fills_turns_saves_what_was_typed_as_well(cast: Cast, lan: Client) -> None:
    programme = lay_out(cast)
    line = line_of(programme, 3)
    save(lan, programme, {**sent(line, topic="Quy chế"), "do": "rotate"})
    line.refresh_from_db()
    assert (line.topic, programme.lines.filter(presenter=None).count()) == ("Quy chế", 0)


def test_a_meeting_is_planned_from_the_line_with_what_was_just_typed(cast: Cast, lan: Client) -> None:
    programme = lay_out(cast)
    line = line_of(programme, 2, Kind.THEMATIC)
    typed = sent(line, day="2027-02-19", topic="Chống lãng phí", preparer=str(cast.tuan.pk))
    answer = lan.post(f"/programme-lines/{line.pk}/plan/", {**typed, "key": new_key()})
    meeting = Meeting.objects.get()
    assert answer["Location"] == f"/meetings/{meeting.pk}/"
    assert (meeting.topic, meeting.paper.author) == ("Chống lãng phí", cast.tuan)
    row = next(row for row in lan.get(page(cast)).context["rows"] if row[0].pk == line.pk)
    assert (row[0].meeting, row[1]) == (meeting, None)


def test_planning_without_a_day_brings_the_page_back_with_everything_typed(cast: Cast, lan: Client) -> None:
    programme = lay_out(cast)
    line = line_of(programme, 2, Kind.THEMATIC)
    answer = lan.post(f"/programme-lines/{line.pk}/plan/", sent(line, topic="Chống lãng phí"))
    form = answer.context["form"]
    assert (answer.status_code, form.non_field_errors(), form.rows[line.pk]["topic"].value()) == (
        422,
        ["Ghi ngày dự kiến của buổi này trước khi lập kế hoạch."],
        "Chống lãng phí",
    )
    line.refresh_from_db()
    assert (line.topic, Meeting.objects.count()) == ("", 0)


def test_a_member_reads_the_programme_and_is_led_to_no_plan(cast: Cast, lan: Client, as_user: Any) -> None:
    programme = lay_out(cast)
    line = line_of(programme, 3)
    lan.post(f"/programme-lines/{line.pk}/plan/", sent(line))
    links = {
        name: as_user(who).get(page(cast)).content.count(b'href="/meetings/')
        for name, who in {"lan": cast.lan, "hoa": cast.hoa}.items()
    }
    assert links == {"lan": 1, "hoa": 0}
    shown = as_user(cast.hoa).get(page(cast))
    assert (shown.context["may_edit"], shown.content.count(b"<select")) == (False, 0)


def test_the_paper_has_a_row_for_every_meeting_and_what_is_asked_from_above(cast: Cast) -> None:
    programme = lay_out(cast)
    line = line_of(programme, 2, Kind.THEMATIC)
    ProgrammeLine.objects.filter(pk=line.pk).update(topic="Nêu gương", preparer=cast.tuan, presenter=cast.hoa)
    keep_topic(cast.ward, cast.phuc, NOW, month=5)
    paper = build_programme(Year.of(programme))
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert (len(table.rows), table.rows[1:3]) == (
        16,
        (
            ("2", "05/02", "Thường kỳ", "", "", ""),
            ("2", "", "Chuyên đề: Nêu gương", "Lê Anh Tuấn", "Nguyễn Thị Hoa", ""),
        ),
    )
    asked = [block for block in paper.blocks if type(block).__name__ == "Bullets"]
    assert [run.text for item in asked[0].items for run in item] == ["Tháng 5: Chống lãng phí (theo 12-CV/ĐU)."]
    assert paper.name == "chuong-trinh-nam-2027"


def test_the_paper_is_of_the_day_on_which_the_programme_was_last_saved(cast: Cast, lan: Client) -> None:
    programme = lay_out(cast)
    laid_out = build_programme(Year.of(Programme.objects.get(pk=programme.pk)))
    head = laid_out.blocks[0]
    assert isinstance(head, Head)
    assert (laid_out.day, head.number) == (timezone.localdate(NOW), "Số …-CTr/CB")
    actions.report_up(programme, by=cast.account(cast.lan), at=at("2027-05-05 08:00"))
    assert build_programme(Year.of(Programme.objects.get(pk=programme.pk))) == laid_out


def test_the_committee_above_is_told_of_the_plan_once(cast: Cast, lan: Client) -> None:
    programme = lay_out(cast)
    assert "plan_reported" not in codes(lan.get(page(cast)))
    Programme.objects.update(year=2024)
    url = page(cast).replace("2027", "2024")
    assert "plan_reported" in codes(lan.get(url))
    lan.post(f"/programmes/{programme.pk}/report/")
    lan.post(f"/programmes/{programme.pk}/report/")
    assert "plan_reported" not in codes(lan.get(url))
    assert Event.objects.filter(what="report_programme").count() == 1


def codes(response: Any) -> list[str]:
    return [finding.code for finding in response.context["findings"]]


@pytest.mark.parametrize("count", [1, 8])
def test_a_page_asks_as_often_with_many_lines_and_people_as_with_few(cast: Cast, lan: Client, count: int) -> None:
    programme = lay_out(cast)
    keep = list(programme.lines.values_list("pk", flat=True))[: 2 * count]
    programme.lines.exclude(pk__in=keep).delete()
    for number in range(count):
        make_member(cast.cell, f"Phan Văn {number}")
        keep_topic(cast.ward, cast.phuc, NOW)
    first = line_of(programme, 1)
    lan.post(f"/programme-lines/{first.pk}/plan/", sent(first))
    asked = {}
    for name, url in {"programme": page(cast), "calendar": f"/cells/{cast.cell.pk}/calendar/?nam=2027"}.items():
        lan.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert lan.get(url).status_code == 200
        asked[name] = len(queries)
    assert asked == {"programme": 8, "calendar": 6}


def test_the_guideline_says_beside_the_table_what_the_year_lacks(cast: Cast, lan: Client) -> None:
    programme = lay_out(cast)
    programme.lines.filter(month=3).delete()
    found = lan.get(page(cast)).context["findings"]
    assert [finding.code for finding in found] == ["regular_per_month", "topic", "paper_author"]


def test_a_page_that_comes_back_opens_what_was_typed_or_is_wrong_and_leads_there(cast: Cast, lan: Client) -> None:
    """On a narrow screen; what nobody touched stays a line."""
    programme = lay_out(cast)
    march, april, may = (line_of(programme, month) for month in (3, 4, 5))
    ProgrammeLine.objects.filter(pk=march.pk).update(presenter=cast.hoa)
    untouched = sent(march, presenter=str(cast.hoa.pk))
    answer = save(lan, programme, {**untouched, **sent(april, day="35/04/2027"), **sent(may, topic="Mới")})
    rows = answer.context["form"].rows
    assert (answer.status_code, {row.line.month for row in rows.values() if row.lies_open}) == (422, {4, 5})
    text = answer.content.decode()
    assert (text.count('class="fold year-fold" open'), text.count(f'href="#line-{april.pk}"')) == (3, 1)  # and January
    assert f'<tr id="line-{april.pk}" class="is-faulty">' in text
