"""What a committee sees of its cells together, of a month and of a year: what is sealed, in the register's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.model import Table, plain_text
from meetings.models import Meeting, ScoreLine, ScoreSheet
from meetings.papers.roll_up import NO_MINUTES, build_roll_up
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
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
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
