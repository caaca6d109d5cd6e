"""The screens of the score sheet: who finds which fields, what is kept when something is wrong, a cell's year."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.actions import scoring
from meetings.lifecycle import State
from meetings.models import Meeting, ScoreLine, ScoreSheet
from meetings.scored import scored
from tests.addresses import address
from tests.clicks import clients, form_for
from tests.factories import new_key, put_into
from tests.world import hold

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from tests.world import World


def page(world: World, who: str) -> HttpResponse:
    return clients(world)[who].get(address("score", "meeting", world.keys))


def mode(response: Any) -> tuple[str, bool]:
    return response.context["mode"], response.context["readable"]


def give(world: World, client: Client, **changes: str) -> Any:
    """The form as the page shows it, with these fields typed otherwise; `points_4_2` is the field of 4.2."""
    form = client.get(address("score", "meeting", world.keys)).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    wanted = {field.replace("_4_2", "_4.2"): value for field, value in changes.items()}
    return client.post(address("score-give", "sheet", world.keys), {**typed, "key": new_key(), **wanted})


@pytest.mark.parametrize(
    ("state", "modes"),
    [
        (State.CALLED, {"lan": "read", "binh": "read", "hoa": "read", "nam": "read"}),
        (State.OPEN, {"lan": "give", "binh": "give", "hoa": "give", "nam": "read"}),
        (State.CLOSED, {"lan": "give", "binh": "give", "hoa": "give", "nam": "read"}),
        (State.SEALED, {"lan": "read", "binh": "read", "hoa": "read", "nam": "read", "phuc": "confirm"}),
    ],
)
def test_fields_are_there_for_whoever_may_fill_them_in_now(
    world_in: Callable[[State], World], state: State, modes: dict[str, str]
) -> None:
    world = world_in(state)
    assert {who: page(world, who).context["mode"] for who in modes} == modes  # type: ignore[attr-defined]


def test_before_there_is_a_sheet_one_button_draws_it_up(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    ScoreSheet.objects.filter(meeting=world.meeting).delete()
    lan, nam = clients(world)["lan"], clients(world)["nam"]
    url = address("score", "meeting", world.keys)
    asks = "Lập phiếu chấm điểm</button>"
    assert [client.get(url).content.decode().count(asks) for client in (lan, nam)] == [1, 0]
    lan.post(address("score-draw-up", "meeting", world.keys), {"key": new_key()})
    assert mode(lan.get(url)) == ("give", True)


def test_the_cell_reads_the_sheet_once_the_committee_has_settled_it(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    assert mode(page(world, "nam")) == ("read", True)
    ScoreSheet.objects.filter(meeting=world.meeting).update(settled_at=None)
    assert mode(page(world, "nam")) == ("read", False)
    pdf = address("score-pdf", "sheet", world.keys)
    assert [clients(world)[who].get(pdf).status_code for who in ("nam", "lan")] == [404, 200]


def test_a_new_sheet_is_prefilled_with_what_the_record_says(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    ScoreLine.objects.filter(sheet__meeting=world.meeting).update(points=None, reason="")
    ScoreLine.objects.filter(sheet__meeting=world.meeting, code="4.2").update(proposed=Decimal("20.5"))
    form = page(world, "lan").context["form"]  # type: ignore[attr-defined]
    assert [form[f"points_{code}"].value() for code in ("1", "4.2", "5")] == ["", "20,5", ""]


@pytest.mark.parametrize(("typed", "saved"), [("20,5", Decimal("20.5")), ("20.5", Decimal("20.5")), (" 7 ", 7)])
def test_points_are_typed_as_people_write_them(
    world_in: Callable[[State], World], typed: str, saved: Decimal | int
) -> None:
    world = world_in(State.OPEN)
    response = give(world, clients(world)["hoa"], points_4_2=typed)
    assert response.status_code == 302
    assert ScoreLine.objects.get(sheet=world.keys["sheet"], code="4.2").points == saved


@pytest.mark.parametrize("typed", ["26", "-1", "2,55", "hai mươi", "NaN", "1e9", "9" * 500])
def test_what_is_no_such_figure_is_said_beside_it_and_stays_as_typed(
    world_in: Callable[[State], World], typed: str
) -> None:
    world = world_in(State.OPEN)
    response = give(world, clients(world)["hoa"], points_4_2=typed, weak_points="Ít ý kiến.")
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, ["points_4.2"])
    assert (form["points_4.2"].value(), form["weak_points"].value()) == (typed, "Ít ý kiến.")


def test_every_line_that_wants_a_reason_says_so_at_once(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    response = give(world, clients(world)["hoa"], points_1="4", reason_1="", points_4_2="3", reason_4_2="")
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "reason_1": [scoring.WANTS_REASON],
        "reason_4.2": [scoring.WANTS_REASON],
    }


def test_two_people_at_one_sheet_lose_nothing(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    hoa, binh = clients(world)["hoa"], clients(world)["binh"]
    seen = str(ScoreSheet.objects.get(pk=world.keys["sheet"]).rev)
    assert give(world, hoa, points_1="4", reason_1="Bắt đầu muộn").status_code == 302
    crossed = give(world, binh, base=seen, points_1="3", reason_1="Kết thúc sớm")
    form, text = crossed.context["form"], crossed.content.decode()
    assert (crossed.status_code, list(form.errors)) == (422, ["base"])
    assert (form["points_1"].value(), form["reason_1"].value()) == ("3", "Kết thúc sớm")
    assert [text.count(words) for words in ("Đang lưu: 4<", "Đang lưu: Bắt đầu muộn<")] == [1, 1]
    again = f'name="base" value="{int(seen) + 1}"'
    assert text.count(again) == 1
    assert give(world, binh, points_1="3", reason_1="Kết thúc sớm").status_code == 302
    assert ScoreLine.objects.get(sheet=world.keys["sheet"], code="1").points == 3


def test_a_mistake_on_an_old_page_does_not_make_it_a_new_one(world_in: Callable[[State], World]) -> None:
    """Otherwise putting the mistake right would write over what somebody else has saved meanwhile."""
    world = world_in(State.OPEN)
    hoa, binh = clients(world)["hoa"], clients(world)["binh"]
    seen = ScoreSheet.objects.get(pk=world.keys["sheet"]).rev
    give(world, hoa, points_1="4", reason_1="Bắt đầu muộn")
    mistaken = give(world, binh, base=str(seen), points_1="6")
    assert mistaken.content.decode().count(f'name="base" value="{seen}"') == 1


def test_what_was_typed_stays_when_the_minutes_are_sealed_meanwhile(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    hoa = clients(world)["hoa"]
    form = form_for("score-give", world)
    put_into(State.SEALED, pk=world.meeting.pk)
    response = hoa.post(address("score-give", "sheet", world.keys), form)
    assert response.status_code == 422
    kept = response.context["form"]  # type: ignore[index]
    assert kept["reason_1"].value() == "Cần rút kinh nghiệm"
    assert kept.non_field_errors() == ["Buổi họp đang ở bước “Đã ký biên bản” nên không làm được việc này."]


def test_the_vote_is_recorded_from_the_sheet_and_its_figures_are_checked(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    lan, url = clients(world)["lan"], address("score-vote", "sheet", world.keys)
    many = lan.post(url, {"key": new_key(), "in_favour": "99", "against": "0", "other": "0"})
    assert (many.status_code, list(many.context["vote_form"].errors)) == (422, ["in_favour"])
    voted = lan.post(url, {"key": new_key(), "in_favour": "4", "against": "0", "other": "0"})
    assert voted["Location"] == f"/meetings/{world.meeting.pk}/score/#vote"
    assert page(world, "lan").content.decode().count("Ghi biểu quyết</button>") == 0


def test_the_reviewer_starts_from_the_committees_figures(world_in: Callable[[State], World]) -> None:
    world = world_in(State.SEALED)
    phuc, url = clients(world)["phuc"], address("score-confirm", "sheet", world.keys)
    form = page(world, "phuc").context["form"]  # type: ignore[attr-defined]
    typed = {name: form[name].value() or "" for name in form.fields}
    assert (typed["points_1"], typed["points_6"], typed["reason_1"]) == ("5", "30", "")
    lacking = phuc.post(url, {**typed, "key": new_key(), "points_6": "28"})
    assert (lacking.status_code, list(lacking.context["form"].errors)) == (422, ["reason_6"])
    phuc.post(url, {**typed, "key": new_key(), "points_6": "28", "reason_6": "Một việc quá hạn"})
    found = scored(ScoreSheet.objects.get(pk=world.keys["sheet"]))
    assert (found.total, found.confirmed_total) == (100, 98)
    assert page(world, "phuc").context["mode"] == "read"  # type: ignore[attr-defined]


def test_a_committees_own_meeting_has_no_sheet(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    Meeting.objects.filter(pk=world.meeting.pk).update(kind="committee")
    assert page(world, "lan").status_code == 404


# --- The year -----------------------------------------------------------------------------------


def year_page(world: World, who: str, year: str = "2026") -> Any:
    return clients(world)[who].get(f"/cells/{world.cast.cell.pk}/scores/?nam={year}")


def listed(response: Any) -> list[tuple[str, Decimal | None]]:
    return [(one.meeting.kind, one.scored and one.scored.total) for one in response.context["found"].held]


def test_the_year_has_a_row_for_each_meeting_held(world_in: Callable[[State], World]) -> None:
    world = world_in(State.CLOSED)
    assert listed(year_page(world, "nam")) == [("regular", Decimal(5)), ("thematic", Decimal(100))]
    assert listed(year_page(world, "phuc")) == [("regular", Decimal(5))]
    assert listed(year_page(world, "lan", "2025")) == []


def test_a_meeting_without_a_settled_sheet_says_so(world_in: Callable[[State], World]) -> None:
    world = world_in(State.CLOSED)
    ScoreSheet.objects.filter(meeting=world.meeting).update(settled_at=None)
    response = year_page(world, "lan")
    assert listed(response) == [("regular", Decimal(5)), ("thematic", None)]
    assert response.content.decode().count("chưa có phiếu") == 1


@pytest.mark.parametrize("asked", ["", "năm nay", "-1", "20260", "٢٠٢٦", "1900", "2026 "])
def test_a_year_that_is_none_is_this_year(world_in: Callable[[State], World], asked: str) -> None:
    assert year_page(world_in(State.CLOSED), "lan", asked).context["year"] == 2026


def test_the_year_asks_as_often_with_three_sheets_as_with_one(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    asked = []
    for day in ("", "2026-12-04", "2026-12-05"):
        if day:
            hold(world.crew, State.CLOSED, kind="thematic", day=day, reviewer=world.cast.phuc)
        lan = clients(world)["lan"]
        lan.get("/")
        with CaptureQueriesContext(connection) as queries:
            response = lan.get(f"/cells/{world.cast.cell.pk}/scores/?nam=2026")
        asked.append((len(response.context["found"].held), len(queries)))
    assert asked == [(1, 6), (2, 6), (3, 6)]


def test_the_reviewer_finds_the_cells_by_name(world_in: Callable[[State], World]) -> None:
    world = world_in(State.SEALED)
    cells = [cell.name for cell in clients(world)["phuc"].get("/inspections/").context["cells"]]
    assert cells == ["Chi bộ Tổ dân phố 5", "Chi bộ Văn phòng"]
    assert clients(world)["lan"].get("/inspections/").context["cells"] == []


def test_no_name_of_a_member_stands_on_the_page_of_the_year(world_in: Callable[[State], World]) -> None:
    world = world_in(State.SEALED)
    text = year_page(world, "phuc").content.decode()
    members = [member.full_name for member in world.cast.cell.members.all()]
    assert [name for name in members if name in text] == []
    assert len(members) > 4
