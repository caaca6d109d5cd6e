"""What a committee sees of its cells together, of a month and of a year: what is sealed, in the register's order."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from documents.chart import Chart
from documents.model import Table, plain_text
from meetings.models import Meeting, Minutes, ScoreLine, ScoreSheet, Task
from meetings.papers.parts import on_behalf
from meetings.papers.roll_up import NO_MINUTES, build_roll_up, with_charts
from meetings.papers.roll_up_sheet import sheets
from meetings.rolled_months import Month, by_month, charts
from meetings.rolled_up import roll_up
from members.models import Organisation
from tests.factories import at, make_cell
from tests.meetings.steps import close, seal
from tests.once import built_once

if TYPE_CHECKING:
    from documents.model import Document
    from tests.conftest import AsUser, Cast

NOW = at("2027-01-05 08:00")


@built_once
def closed(cast: Cast, opened: Meeting) -> Meeting:
    return close(cast, opened)


@built_once
def sealed(cast: Cast, closed: Meeting) -> Meeting:
    return seal(cast, closed)


@pytest.fixture
def superior(cast: Cast) -> Organisation:
    found: Organisation = next(one.organisation for one in cast.phuc.tenures if one.kind == "superior")
    return found


def rows(paper: Document) -> list[tuple[str, ...]]:
    table = next(block for block in paper.blocks if isinstance(block, Table))
    return list(table.rows)


def test_a_month_shows_what_is_sealed_and_says_of_the_others_that_nothing_is(
    cast: Cast, sealed: Meeting, superior: Organisation
) -> None:
    found = roll_up(superior, sealed.day.year, sealed.day.month, cast.phuc)
    paper = build_roll_up(superior, found, NOW)
    names = [line.cell.name for line in found.lines]
    assert cast.cell.name in names
    by_name = {row[1]: row for row in rows(paper)}
    own = by_name[cast.cell.name]
    came = sealed.attendances.of_members()
    assert own[3].endswith(f"/{sealed.day.year}")
    assert own[4].split("/")[0] == str(sum(row.mark == "present" and row.counts for row in came))
    others = [row for name, row in by_name.items() if name not in (cast.cell.name, "Tổng cộng")]
    assert {row[-1] for row in others} <= {NO_MINUTES}
    earlier = roll_up(superior, sealed.day.year - 1, None, cast.phuc)
    assert (earlier.held, [line.cell.name for line in earlier.lines]) == (0, names)


def test_a_meeting_counts_in_the_month_in_which_it_was_held(
    cast: Cast, sealed: Meeting, superior: Organisation
) -> None:
    assert (sealed.starts_at.year, sealed.starts_at.month) == (2026, 12)
    rows = Meeting.objects.filter(pk=sealed.pk)
    rows.update(opened_at=at("2026-11-30 23:30"), closed_at=at("2026-12-01 01:00"))
    held = [roll_up(superior, 2026, month, cast.phuc).held for month in (11, 12)]
    assert (held, [one.number for one in by_month(superior, 2026) if one.held]) == ([1, 0], [11])
    rows.update(opened_at=at("2027-01-01 00:30"), closed_at=at("2027-01-01 02:00"))
    assert [roll_up(superior, year, None, cast.phuc).held for year in (2026, 2027)] == [0, 1]


def test_what_is_not_sealed_is_not_there(cast: Cast, closed: Meeting, superior: Organisation) -> None:
    assert roll_up(superior, closed.day.year, closed.day.month, cast.phuc).held == 0


def test_a_cell_says_why_points_were_taken_off(cast: Cast, sealed: Meeting, superior: Organisation) -> None:
    sheet = ScoreSheet.objects.create(meeting=sealed, criteria="hd42", drawn_up_at=NOW, settled_at=NOW)
    ScoreLine.objects.create(sheet=sheet, position=1, code="1", points=4, reason="Hai đồng chí đi công tác.")
    (met,) = next(one for one in roll_up(superior, sealed.day.year, None, cast.phuc).lines if one.meetings).meetings
    assert met.remarks == ("Hai đồng chí đi công tác",)
    text = plain_text(build_roll_up(superior, roll_up(superior, sealed.day.year, sealed.day.month, cast.phuc), NOW))
    assert "Hai đồng chí đi công tác." in text


def test_two_hundred_cells_cost_as_many_queries_as_two(cast: Cast, sealed: Meeting, superior: Organisation) -> None:
    asked = []
    for number in (1, 3):
        for more in range(number):
            make_cell(superior, f"Chi bộ thôn {number}{more}")
        with CaptureQueriesContext(connection) as queries:
            roll_up(superior, sealed.day.year, None, cast.phuc)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_only_the_committee_above_reads_it_and_no_year_is_invented(
    cast: Cast, sealed: Meeting, superior: Organisation, as_user: AsUser
) -> None:
    page = reverse("roll-up-month", args=[superior.pk, sealed.day.year, sealed.day.month])
    phuc = as_user(cast.phuc)
    assert cast.cell.name in phuc.get(page).content.decode()
    assert phuc.get(reverse("roll-up", args=[superior.pk])).status_code == 200
    assert [as_user(who).get(page).status_code for who in (cast.lan, cast.mai)] == [404, 404]
    assert [
        phuc.get(f"/committees/{superior.pk}/roll-up/{bad}").status_code for bad in ("1/", "2026/13/", "0.pdf")
    ] == [404] * 3


def test_the_months_of_a_year_are_counted_in_two_queries(cast: Cast, sealed: Meeting, superior: Organisation) -> None:
    for due, state in ((date(2026, 12, 10), "done"), (date(2026, 12, 31), "open"), (date(2026, 12, 5), "dropped")):
        Task.objects.create(cell=cast.cell, meeting=sealed, text="Viết báo cáo", due_on=due, state=state)
    with CaptureQueriesContext(connection) as queries:
        months = by_month(superior, 2026)
    counted, present = Minutes.objects.values_list("counted", "present").get(meeting=sealed)
    assert (len(queries), len(months)) == (2, 12)
    assert months[11] == Month(12, 1, 1, 1, counted, present, 2, 1)
    assert {months[number] == Month(number + 1) for number in range(11)} == {True}
    assert [chart.title for chart in charts(2026, months)] == [
        "Tỉ lệ dự sinh hoạt năm 2026",
        "Buổi sinh hoạt đã có biên bản ký năm 2026",
        "Buổi có chuyên đề năm 2026",
        "Nhiệm vụ đến hạn năm 2026",
    ]
    assert charts(2025, by_month(superior, 2025)) == []


def test_the_paper_of_a_year_has_its_months_below(cast: Cast, sealed: Meeting, superior: Organisation) -> None:
    paper = build_roll_up(superior, roll_up(superior, 2026, None, cast.phuc), NOW)
    cells, months = (block for block in paper.blocks if isinstance(block, Table))
    assert (len(cells.rows), months.caption, len(months.rows)) == (3, "Theo tháng", 12)
    assert months.rows[11][:4] == ("Tháng 12", "1", "1", "1")
    printed = with_charts(paper, roll_up(superior, 2026, None, cast.phuc))
    drawn = [block.title for block in printed.blocks[len(paper.blocks) + 1 :] if isinstance(block, Chart)]
    assert drawn == [chart.title for chart in charts(2026, by_month(superior, 2026))]
    month = roll_up(superior, 2026, 11, cast.phuc)
    assert with_charts(paper, month) == paper


def test_months_to_come_stay_empty_on_paper_and_in_the_table_also_where_something_is_promised_for_them(
    cast: Cast, sealed: Meeting, superior: Organisation
) -> None:
    Task.objects.create(cell=cast.cell, meeting=sealed, text="Viết báo cáo", due_on=date(2026, 12, 10), state="open")
    found, day = roll_up(superior, 2026, None, cast.phuc), date(2026, 11, 30)
    paper = build_roll_up(superior, found, at("2026-11-30 08:00"))
    _, months = (block for block in paper.blocks if isinstance(block, Table))
    assert months.rows[10:] == (("Tháng 11", "0", "0", "0", "", ""), ("Tháng 12", "", "", "", "", ""))
    drawn = [block for block in with_charts(paper, found).blocks if isinstance(block, Chart)]
    assert {one.values[11] or 0 for chart in drawn for one in chart.series} <= {0}
    year, table = sheets(superior, found, day)
    assert table.rows[11] == (12, *[None] * 8)
    assert sheets(superior, found, date(2026, 12, 1))[1].rows[11][7:] == (1, 0)
    own = next(row for row in year.rows if row[1] == cast.cell.name)
    assert (year.rows[-1][3:7], "*" in year.foot) == (own[3:7], False)


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("Đảng uỷ Cơ quan Uỷ ban Kiểm tra", "T/M ĐẢNG UỶ"),
        ("Đảng ủy bộ phận Trường Hoa Sen", "T/M ĐẢNG ỦY BỘ PHẬN"),
        ("Tỉnh uỷ", "T/M TỈNH UỶ"),
        ("Ban Thường vụ", "T/M BAN THƯỜNG VỤ"),
    ],
)
def test_a_committee_signs_by_what_it_is_and_not_by_its_whole_name(name: str, signs: str) -> None:
    assert on_behalf(Organisation(name=name)) == signs


def test_a_year_has_charts_with_a_table_behind_each_and_a_page_has_fifty_cells(
    cast: Cast, sealed: Meeting, superior: Organisation, as_user: AsUser
) -> None:
    phuc, url = as_user(cast.phuc), reverse("roll-up-month", args=[superior.pk, 2026, 12])
    year = phuc.get(reverse("roll-up-year", args=[superior.pk, 2026])).content.decode()
    assert (year.count('role="img"'), year.count("Bảng số liệu")) == (3, 3)  # no task was due
    page = phuc.get(url).content.decode()
    assert ('role="img"' in page, "Biểu đồ cả năm" in page) == (False, True)
    assert ("Tổng cộng" in page, "Trang 1 / 2" in page) == (True, False)
    for number in range(50):
        make_cell(superior, f"Chi bộ thôn {number:02d}")
    first, second = (phuc.get(f"{url}?page={number}").content.decode() for number in (1, 2))
    assert ("Dòng 1 đến 50 trong 52 đơn vị" in first, "Tổng cộng" in first) == (True, False)
    assert ("Chi bộ thôn 49" in first, "Chi bộ Văn phòng" in first) == (True, False)
    assert ("Chi bộ Văn phòng" in second, ">52<" in second, "03/12/2026" in second) == (True, True, True)


def test_the_same_leaves_for_excel_with_figures_and_days(
    cast: Cast, sealed: Meeting, superior: Organisation, as_user: AsUser
) -> None:
    Organisation.objects.filter(pk=cast.cell.pk).update(name="=HYPERLINK(1)")
    phuc = as_user(cast.phuc)
    for url, names in (
        (reverse("roll-up-month-xlsx", args=[superior.pk, 2026, 12]), ["Tổng hợp"]),
        (reverse("roll-up-year-xlsx", args=[superior.pk, 2026]), ["Tổng hợp", "Theo tháng"]),
    ):
        answer = phuc.get(url)
        assert "attachment" in answer["Content-Disposition"]
        book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
        assert book.sheet_names == names
        rows = {row[1]: row for row in book.get_sheet_by_index(0).to_python() if len(row) > 3}
        own = rows["=HYPERLINK(1)"]
        assert (date(2026, 12, 3) in own) is (len(names) == 1)
        assert rows["Tổng cộng"][2] == own[2]
    assert [as_user(who).get(url).status_code for who in (cast.lan, cast.mai)] == [404, 404]
