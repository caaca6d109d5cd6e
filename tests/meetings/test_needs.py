"""What a committee sees of its cells at once: what is missing, late or waits; and what a cell says to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.actions import explaining, following, inspecting
from meetings.models import Explanation, Meeting, Minutes, ScoreSheet, Task
from meetings.needs import NEEDS, Where, counted, followed_roots
from meetings.needs_list import NEWEST, OLDEST, listed
from members.models import Tenure, TenureKind
from rulings.models import Ruling
from tests.factories import at, make_cell, make_committee, make_superior, new_key
from tests.meetings.steps import DURING, close, forbidden, refused, seal
from tests.once import built_once

if TYPE_CHECKING:
    from django.test import Client

    from tests.conftest import AsUser, Cast

DECEMBER, TODAY = date(2026, 12, 1), date(2026, 12, 20)
LATER = at("2026-12-20 08:00")
SECRET = "Nâng cao chất lượng tự phê bình và phê bình"


@built_once
def closed(cast: Cast, opened: Meeting) -> Meeting:
    following.assign_task(
        opened, text="Viết báo cáo", owner=cast.hoa, due_on=date(2026, 12, 10), item=None,
        by=cast.account(cast.lan), at=DURING,
    )  # fmt: skip
    return close(cast, opened)


@built_once
def sealed(cast: Cast, closed: Meeting) -> Meeting:
    return seal(cast, closed)


@pytest.fixture(autouse=True)
def _the_twentieth_of_december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def seen(cast: Cast, month: date = DECEMBER, today: date = TODAY, **more: Any) -> dict[str, int]:
    """The numbers that are not nought, by question."""
    where = Where.of([cast.ward], today, month, **more)
    return {one.need.key: one.number for one in counted(where) if one.number}


def names(cast: Cast, key: str, today: date = TODAY, **more: Any) -> list[str]:
    return [row.cell for row in listed(NEEDS[key], Where.of([cast.ward], today, DECEMBER), **more).rows]


def fix(cast: Cast, key: str, figure: int, organisation: Any, **size: int | None) -> None:
    value = {"figure": figure, "members_from": None, "members_to": None, **size}
    Ruling.objects.create(
        organisation=organisation, subject=key, value=value, document="07-QĐ/ĐU", document_date=date(2026, 1, 5),
        starts_on=date(2026, 1, 5), entered_by=cast.phuc, entered_at=LATER,
    )  # fmt: skip


# --- What is not there ----------------------------------------------------------------------------


def test_a_cell_that_has_not_met_stands_there_until_it_has_opened_its_meeting(cast: Cast, called: Meeting) -> None:
    assert names(cast, "no-topic") == ["Chi bộ Tổ dân phố 5", "Chi bộ Văn phòng"]
    Meeting.objects.filter(pk=called.pk).update(state="open", opened_at=DURING)
    assert names(cast, "no-topic") == ["Chi bộ Tổ dân phố 5"]
    assert names(cast, "no-meeting") == ["Chi bộ Tổ dân phố 5", "Chi bộ Văn phòng"]  # thematic is not regular
    Meeting.objects.filter(pk=called.pk).update(kind="combined")
    assert names(cast, "no-meeting") == ["Chi bộ Tổ dân phố 5"]


def test_the_day_on_which_it_was_held_counts_whatever_was_planned(cast: Cast, sealed: Meeting) -> None:
    assert names(cast, "no-topic") == ["Chi bộ Tổ dân phố 5"]
    assert "unscored" in seen(cast)
    Meeting.objects.filter(pk=sealed.pk).update(opened_at=at("2026-09-29 19:00"))  # planned for December
    assert names(cast, "no-topic") == ["Chi bộ Tổ dân phố 5", "Chi bộ Văn phòng"]
    assert ("unscored" in seen(cast), "unscored" in seen(cast, date(2026, 9, 1))) == (False, True)


def test_a_cell_whose_secretary_has_ended_has_none(cast: Cast) -> None:
    assert "no-secretary" not in seen(cast)
    Tenure.objects.filter(member=cast.mai, kind=TenureKind.SECRETARY).update(ends_on=date(2026, 12, 19))
    assert names(cast, "no-secretary") == ["Chi bộ Tổ dân phố 5"]


def test_a_meeting_that_is_not_signed_in_time_shows_its_day_and_nothing_else(
    cast: Cast, closed: Meeting, as_user: AsUser
) -> None:
    assert "unsigned" not in seen(cast, today=date(2026, 12, 5))  # two days are given, counted as the check counts
    assert seen(cast, today=date(2026, 12, 6))["unsigned"] == 1
    page = as_user(cast.phuc).get("/needs/unsigned/").content.decode()
    assert (cast.cell.name in page, "03/12/2026" in page) == (True, True)
    assert (SECRET in page, f"/meetings/{closed.pk}/" in page) == (False, False)


def test_the_committee_that_is_nearest_says_how_many_days_there_are(cast: Cast, closed: Meeting) -> None:
    fix(cast, "posted_days_after", 30, cast.ward.parent)
    assert "unsigned" not in seen(cast)
    fix(cast, "posted_days_after", 10, cast.ward)
    assert seen(cast)["unsigned"] == 1


# --- What is sealed -------------------------------------------------------------------------------


def test_sealed_minutes_wait_for_a_look_and_are_late_where_nobody_has_reported(cast: Cast, sealed: Meeting) -> None:
    found = seen(cast)
    assert {key: found.get(key) for key in ("review", "unreported", "unscored", "tasks")} == {
        "review": 1, "unreported": 1, "unscored": 1, "tasks": 1,
    }  # fmt: skip
    Meeting.objects.update(reported_up_at=LATER)
    Task.objects.update(state="done")
    found = seen(cast)
    assert (found.get("unreported"), found.get("tasks")) == (None, None)


def test_what_is_not_sealed_gives_no_number_but_that_it_is_not(cast: Cast, closed: Meeting) -> None:
    assert {*seen(cast)} == {"unsigned", "no-meeting"} | ({"no-topic"} & {*seen(cast)})


def test_the_roll_is_counted_when_the_minutes_are_sealed(cast: Cast, sealed: Meeting) -> None:
    row = Minutes.objects.get(meeting=sealed)
    roll = [one for one in sealed.attendances.of_members() if one.counts]
    assert (row.counted, row.present) == (len(roll), sum(one.mark == "present" for one in roll))


@pytest.mark.parametrize(
    ("rulebook", "came", "few"), [("hd42", 18, False), ("hd42", 17, True), ("hd12", 17, True), ("hd12", 18, False)]
)
def test_attendance_is_measured_by_the_guideline_of_the_meeting(
    cast: Cast, sealed: Meeting, rulebook: str, came: int, few: bool
) -> None:
    """Of twenty: HD 42 asks for at least 90 %, HD 12 for more than 85 %, which 17 of 20 are not."""
    Meeting.objects.update(rulebook=rulebook)
    Minutes.objects.filter(meeting=sealed).update(counted=20, present=came)
    assert ("attendance" in seen(cast)) is few


def test_a_committee_fixes_its_own_figure_for_cells_of_some_size(cast: Cast, sealed: Meeting) -> None:
    Minutes.objects.filter(meeting=sealed).update(counted=20, present=17)
    fix(cast, "attendance_at_least", 80, cast.ward, members_from=30)
    assert "attendance" in seen(cast)
    fix(cast, "attendance_at_least", 80, cast.cell, members_to=29)
    assert "attendance" not in seen(cast)


def test_a_meeting_that_was_too_short_for_its_kind(cast: Cast, sealed: Meeting) -> None:
    assert "short" not in seen(cast)  # 103 minutes
    Meeting.objects.update(kind="combined")
    assert seen(cast)["short"] == 1
    fix(cast, "minutes_combined", 100, cast.ward)
    assert "short" not in seen(cast)


def test_a_settled_score_waits_until_it_is_confirmed(cast: Cast, sealed: Meeting) -> None:
    sheet = ScoreSheet.objects.create(meeting=sealed, criteria="hd42", drawn_up_at=LATER, settled_at=LATER)
    assert seen(cast)["scores"] == 1
    ScoreSheet.objects.filter(pk=sheet.pk).update(confirmed_at=LATER)
    assert "scores" not in seen(cast)


def test_an_answer_comes_back_and_a_day_that_has_passed_is_told(cast: Cast, sealed: Meeting) -> None:
    inspecting.comment(sealed, part="", text="Thiếu số liệu.", by=cast.phuc, at=DURING)
    inspecting.give_verdict(sealed, verdict="returned", answer_by=date(2026, 12, 12), by=cast.phuc, at=DURING)
    found = seen(cast)
    assert (found.get("unanswered"), found.get("answered"), found.get("review")) == (1, None, None)
    (comment,) = sealed.inspections.get().comments.all()
    inspecting.answer(comment, answer="Đã bổ sung.", by=cast.account(cast.lan), at=LATER)
    found = seen(cast)
    assert (found.get("unanswered"), found.get("answered")) == (None, 1)


# --- Numbers and lists ----------------------------------------------------------------------------


def test_every_list_has_as_many_rows_as_its_number_says(cast: Cast, sealed: Meeting) -> None:
    where = Where.of([cast.ward], TODAY, DECEMBER)
    found = {one.need.key: one.number for one in counted(where)}
    assert found == {key: listed(need, where).page.paginator.count for key, need in NEEDS.items()}


def test_twenty_cells_cost_as_many_queries_as_two(cast: Cast, sealed: Meeting, as_user: AsUser) -> None:
    pages = ["/", *(f"/needs/{key}/?cell=chi" for key in ("no-meeting", "no-secretary", "unreported", "tasks"))]

    def asked() -> list[int]:
        found = []
        for page in pages:
            client = as_user(cast.phuc)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            found.append(len(queries))
        return found

    Tenure.objects.filter(member=cast.mai, kind=TenureKind.SECRETARY).delete()
    before = asked()
    for number in range(18):
        cell = make_cell(cast.ward, f"Chi bộ thôn {number}")
        held = Meeting.objects.create(
            cell=cell, kind="regular", state="sealed", rulebook="hd42", starts_at=DURING, opened_at=DURING,
            closed_at=DURING,
        )  # fmt: skip
        Minutes.objects.create(meeting=held, sealed_at=DURING, counted=9, present=4)
        Task.objects.create(cell=cell, meeting=held, text="Viết báo cáo", due_on=date(2026, 12, 10))
    assert seen(cast)["attendance"] == 18
    assert (asked(), before[0] <= 20) == (before, True)


def test_a_cell_is_found_by_its_name_without_marks_and_stands_by_its_day(cast: Cast, opened: Meeting) -> None:
    assert names(cast, "no-meeting", asked="to dan") == ["Chi bộ Tổ dân phố 5"]
    assert names(cast, "no-meeting", sort=NEWEST) == ["Chi bộ Văn phòng", "Chi bộ Tổ dân phố 5"]
    assert names(cast, "no-meeting", sort=OLDEST) == ["Chi bộ Tổ dân phố 5", "Chi bộ Văn phòng"]
    assert names(cast, "no-meeting", number="khong co") == ["Chi bộ Tổ dân phố 5", "Chi bộ Văn phòng"]
    Meeting.objects.filter(pk=opened.pk).update(starts_at=at("2026-12-20 19:00"))  # held before its day
    rows = listed(NEEDS["no-meeting"], Where.of([cast.ward], TODAY, DECEMBER)).rows
    assert [row.day for row in rows] == [None, date(2026, 12, 3)]


def test_a_list_of_cells_names_who_leads_and_leads_to_work_for_this_cell(cast: Cast, as_user: AsUser) -> None:
    client, cell = as_user(cast.phuc), cast.other_cell
    page = client.get("/needs/no-meeting/").text
    way = f"/committees/{cast.ward.pk}/errands/?cell={cell.pk}"
    assert ("Bí thư Phạm Thanh Mai" in page, f'href="{way}#give"' in page) == (True, True)
    chosen = client.get(way).context["form"]["cells"]
    assert [one.data["attrs"].get("checked") for one in chosen if one.data["value"] == cell.pk] == [True]


def test_a_committee_without_cells_is_told_what_to_do_first(cast: Cast, as_user: AsUser) -> None:
    first, young = "Chưa có chi bộ nào trực thuộc", make_committee("Đảng uỷ xã mới")
    assert first not in as_user(cast.phuc).get("/").text
    page = as_user(make_superior(young, "Lò Văn Páo", "pao")).get("/").text
    assert (first in page, f'href="/committees/{young.pk}/bodies/"' in page) == (True, True)
    assert "Không có việc nào" not in page


def test_a_list_comes_fifty_at_a_time(cast: Cast, as_user: AsUser) -> None:
    Tenure.objects.filter(kind=TenureKind.SECRETARY).delete()
    for number in range(50):
        make_cell(cast.ward, f"Chi bộ thôn {number}")
    client = as_user(cast.phuc)
    sizes = [len(client.get(f"/needs/no-secretary/?page={page}").context["found"].rows) for page in (1, 2)]
    assert sizes == [50, 2]


def test_what_is_open_in_a_province_is_counted_as_far_as_its_list_can_be_turned(
    cast: Cast, sealed: Meeting, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tasks are told as "hơn 2" and the list shows the two oldest; cells are counted to the last one."""
    for module in ("meetings.needs", "meetings.needs_list"):
        monkeypatch.setattr(f"{module}.MOST", 2)
    Task.objects.all().delete()
    late = [
        Task.objects.create(cell=cast.cell, meeting=sealed, text=f"Việc {day}", due_on=date(2026, 12, day))
        for day in (9, 8, 7)
    ]
    Tenure.objects.filter(kind=TenureKind.SECRETARY).delete()
    make_cell(cast.ward, "Chi bộ thôn 1")
    told = {one.need.key: one.told for one in counted(Where.of([cast.ward], TODAY, DECEMBER))}
    assert (told["tasks"], told["no-secretary"]) == ("hơn 2", "3")
    page = as_user(cast.phuc).get("/needs/tasks/?month=2026-12")
    assert "<h1>Hơn 2 nhiệm vụ" in page.content.decode()
    assert [row.what for row in page.context["found"].rows] == [late[2].text, late[1].text]
    late[0].delete()
    told = {one.need.key: one.told for one in counted(Where.of([cast.ward], TODAY, DECEMBER))}
    assert told["tasks"] == "2"


# --- Who sees it ----------------------------------------------------------------------------------


def test_whoever_follows_a_cell_by_name_sees_it_first(cast: Cast, as_user: AsUser) -> None:
    follows = {"organisation": cast.cell, "kind": TenureKind.SUPERIOR, "starts_on": date(2026, 1, 1)}
    Tenure.objects.create(member=cast.phuc.member, **follows)
    client = as_user(cast.phuc)
    page = client.get("/needs/no-meeting/")
    assert [(row.cell, row.mine) for row in page.context["found"].rows] == [
        ("Chi bộ Văn phòng", True),
        ("Chi bộ Tổ dân phố 5", False),
    ]
    assert "1 ở chi bộ đồng chí theo dõi" in client.get("/").content.decode()


def test_whoever_follows_one_cell_alone_sees_nothing_of_its_neighbour(cast: Cast, as_user: AsUser) -> None:
    alone = make_superior(cast.cell, "Hồ Thị Riêng", username="rieng")
    assert followed_roots(alone) == ([cast.cell], set())
    page = as_user(alone).get("/needs/no-meeting/").content.decode()
    assert (cast.cell.name in page, cast.other_cell.name in page) == (True, False)


def test_another_branch_sees_none_of_ours_and_asks_for_none(cast: Cast, sealed: Meeting, as_user: AsUser) -> None:
    far = as_user(make_superior(make_committee("Đảng uỷ phường Bằng Lăng"), "Hồ Sỹ Xa", username="xa"))
    assert [sum(one.number for _, lines in far.get("/").context["groups"] for one in lines)] == [0]
    assert [far.get(f"/needs/?of={pk}").status_code for pk in (cast.ward.pk, cast.cell.pk)] == [404, 404]
    pages = ("/needs/", "/needs/tasks/")
    assert [as_user(who).get(page).status_code for who in (cast.lan, cast.admin) for page in pages] == [404] * 4


def test_the_committee_above_chooses_one_of_its_bodies_and_an_earlier_month(
    cast: Cast, sealed: Meeting, as_user: AsUser
) -> None:
    province = as_user(make_superior(cast.ward.parent, "Lê Văn Tỉnh", username="tinh"))
    make_committee("Đảng uỷ khác", parent=cast.ward.parent)
    whole = province.get("/").context
    assert [one.name for one in whole["bodies"]] == ["Đảng uỷ cơ quan", "Đảng uỷ khác"]
    ward = province.get(f"/needs/?of={cast.ward.pk}&month=2026-11").context
    assert (ward["where"].month, ward["where"].roots[0].pk) == (date(2026, 11, 1), cast.ward.pk)
    for strange in ("2027-01", "x", "2026-13", "0001-01"):
        assert province.get(f"/needs/?month={strange}").context["where"].month == DECEMBER
    assert province.get("/needs/khong-co/").status_code == 404


# --- What a cell says -----------------------------------------------------------------------------


def test_a_cell_says_why_and_it_stands_beside_its_name(cast: Cast, as_user: AsUser) -> None:
    lan, page = as_user(cast.lan), f"/cells/{cast.cell.pk}/needs/"
    assert "chưa sinh hoạt thường kỳ tháng 12" in lan.get(page).content.decode()
    for words in ("Chuyển sang ngày 28 vì lũ.", "Đã chuyển sang ngày 29."):
        sent = lan.post(f"{page}no-meeting/", {"month": "2026-12-01", "text": words, "key": new_key()})
        assert sent.status_code == 302
    rows = as_user(cast.phuc).get("/needs/no-meeting/").context["found"].rows
    assert {row.cell: row.word and row.word.text for row in rows} == {
        "Chi bộ Tổ dân phố 5": None,
        "Chi bộ Văn phòng": "Đã chuyển sang ngày 29.",
    }
    assert Explanation.objects.count() == 2
    assert seen(cast)["no-meeting"] == 2  # nothing is taken off a list by it


def test_what_is_too_long_or_empty_comes_back_with_what_was_typed(cast: Cast, as_user: AsUser) -> None:
    lan, url = as_user(cast.lan), f"/cells/{cast.cell.pk}/needs/no-meeting/"
    for text, sentence in (("x" * 301, "Viết gọn trong 300 chữ cái."), (" ", "Đồng chí chưa điền mục này.")):
        answer = lan.post(url, {"month": "2026-12-01", "text": text, "key": new_key()})
        page = answer.content.decode()
        assert (answer.status_code, sentence in page, text in page) == (422, True, True)
    assert Explanation.objects.count() == 0


def test_only_the_leaders_speak_for_the_cell_and_only_of_what_is_the_cells(cast: Cast) -> None:
    say = {"month": DECEMBER, "text": "Vì lũ.", "at": LATER}
    with forbidden():
        explaining.explain(cast.cell, about="no-meeting", by=cast.account(cast.tuan), **say)
    with forbidden():
        explaining.explain(cast.cell, about="no-meeting", by=cast.phuc, **say)
    for strange in ("review", "khong-co"):
        with refused("Việc này chi bộ không phải nêu lý do."):
            explaining.explain(cast.cell, about=strange, by=cast.account(cast.lan), **say)


def test_a_cell_sees_what_is_seen_of_it_and_not_of_its_neighbour(cast: Cast, closed: Meeting, as_user: AsUser) -> None:
    client: Client = as_user(cast.tuan)
    found = [line.need.key for line, *_ in client.get(f"/cells/{cast.cell.pk}/needs/").context["lines"]]
    assert found == ["no-meeting", "unsigned"]
    assert client.get(f"/cells/{cast.other_cell.pk}/needs/").status_code == 404
