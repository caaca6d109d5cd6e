"""The screens: saving as one types and without script, what the pages say to whom, the first page's list."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from critique.course import actions as committee
from critique.cycle.models import Cycle
from critique.writing import actions as writing
from critique.writing import content
from critique.writing.models import SelfReview, Way
from critique.writing.opening import open_review
from members.models import TenureKind
from tests.critique.conftest import OPENED, READING, SECRET, WROTE, review_of, row_of, shortcoming, write
from tests.factories import at, make_member, new_key

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.conftest import Cast

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-11-25 20:00"))


def save_url(review: SelfReview, step: str = "shortcomings") -> str:
    return reverse("write", args=[f"review-{step}", review.pk])


def write_url(review: SelfReview, step: str = "shortcomings") -> str:
    return reverse("self-review-write", args=[review.pk, step])


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def test_a_year_is_planned_with_its_days_and_shown(cast: Cast, as_user: Any) -> None:
    lan, url = as_user(cast.lan), reverse("cycle-new", args=[cast.cell.pk])
    form = {"year": "2026", "due_on": "2026-11-27", "meets_on": "2026-12-04", "basis": "366-QĐ/TW", "key": new_key()}
    answer = lan.post(url, form)
    cycle = Cycle.objects.get()
    assert (answer.status_code, answer["Location"], cycle.meets_on) == (
        302,
        f"/critique/{cycle.pk}/",
        date(2026, 12, 4),
    )
    assert "Nguyễn Thị Hoa" in words(lan.get(answer["Location"]))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("year", "1999", "2018"),
        ("due_on", "30/02/2026", "ngày"),
        ("meets_on", "2026-11-01", "không thể trước hạn nộp"),
        ("basis", "", "chưa điền"),
    ],
)
def test_a_plan_that_makes_no_sense_comes_back_with_a_sentence(
    cast: Cast, as_user: Any, field: str, value: str, sentence: str
) -> None:
    form = {"year": "2026", "due_on": "2026-11-27", "meets_on": "2026-12-04", "basis": "366-QĐ/TW", field: value}
    answer = as_user(cast.lan).post(reverse("cycle-new", args=[cast.cell.pk]), form)
    assert (answer.status_code, list(answer.context["form"].errors), Cycle.objects.count()) == (422, [field], 0)
    assert sentence in str(answer.context["form"].errors[field]).lower()


def test_what_is_typed_is_saved_with_its_time(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    review = review_of(cycle, cast.hoa)
    answer = as_user(cast.hoa).post(save_url(review), {**shortcoming(), "base": "0"}, headers=JSON)
    assert (answer.status_code, answer.json()) == (200, {"rev": 1, "at": "20:00"})


def test_two_devices_get_both_texts(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    review, hoa = review_of(cycle, cast.hoa), as_user(cast.hoa)
    hoa.post(save_url(review), {**shortcoming("Một"), "base": "0"}, headers=JSON)
    answer = hoa.post(save_url(review), {**shortcoming("Hai"), "base": "0"}, headers=JSON)
    told = answer.json()
    assert (answer.status_code, told["rev"], told["theirs"]["A.II.0.shortcoming"]) == (409, 1, "Một")
    assert set(told["theirs"]) == set(shortcoming())


def test_a_score_that_is_none_is_refused_and_does_not_hold_up_the_other_steps(
    cast: Cast, cycle: Cycle, as_user: Any
) -> None:
    review, hoa = review_of(cycle, cast.hoa), as_user(cast.hoa)
    bad = hoa.post(save_url(review, "rating"), {"B.I.1": "31", "base": "0"}, headers=JSON)
    fine = hoa.post(save_url(review), {**shortcoming(), "base": "0"}, headers=JSON)
    assert (bad.status_code, fine.status_code) == (422, 200)
    assert bad.json()["sentence"] == "Điểm “Nhóm tiêu chí chung” là một số từ 0 đến 30, ví dụ 27,5."


def buttons_of(client: Client, url: str) -> tuple[str, str]:
    """Where the two buttons of a page without script lead: on, and back to this page."""
    page = client.get(url).content.decode()
    found = dict(re.findall(r'class="(btn-main|btn-quiet)" type="submit" name="next" value="([^"]*)"', page))
    return found["btn-main"], found["btn-quiet"]


def test_without_script_saving_leads_to_the_next_step_and_an_error_keeps_the_words(
    cast: Cast, cycle: Cycle, as_user: Any
) -> None:
    review, hoa = review_of(cycle, cast.hoa), as_user(cast.hoa)
    further, again = buttons_of(hoa, write_url(review))
    assert (further, again) == (write_url(review, "remedied"), write_url(review))
    saved = hoa.post(save_url(review), {**shortcoming(), "base": "0", "next": [again, further]})
    assert (saved.status_code, saved["Location"]) == (302, further)
    stay = hoa.post(save_url(review), {**shortcoming(), "base": "1", "next": again})
    assert stay["Location"] == again
    wrong = hoa.post(save_url(review, "rating"), {"B.I.1": "rất cao", "B.II": "good", "base": "0"})
    page = words(wrong)
    assert (wrong.status_code, 'value="rất cao"' in page, 'value="good" selected' in page) == (422, True, True)
    conflict = hoa.post(save_url(review), {**shortcoming("Bản cũ"), "base": "0"})
    page = words(conflict)
    assert (conflict.status_code, SECRET in page, "Bản cũ" in page, 'name="base" value="1"' in page) == (
        409, True, True, True,
    )  # fmt: skip


def test_the_last_step_leads_to_looking_it_over(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    review = review_of(cycle, cast.hoa)
    further, _ = buttons_of(as_user(cast.hoa), write_url(review, "rating"))
    assert further == f"/self-reviews/{review.pk}/"


def test_every_step_shows_every_field_of_the_form_once(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    review, hoa = review_of(cycle, cast.hoa), as_user(cast.hoa)
    shown = [q.code for step in content.STEPS for q in hoa.get(write_url(review, step)).context["page"].questions]
    # the criteria of a rubric are laid out only where a committee has fixed one: test_rubric.py
    assert sorted(shown) == sorted(field.code for field in content.form_of(review).fields if not field.laid_out)


def test_soft_words_are_the_authors_alone(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    lan = cast.account(cast.lan)
    writing.begin_entering(row_of(cycle, cast.son), by=lan, at=WROTE)
    write(cast, review_of(cycle, cast.son), shortcoming(), by=lan)
    write(cast, review_of(cycle, cast.hoa), shortcoming())
    pages = {
        who.given_name: words(as_user(signed_in).get(reverse("self-review", args=[review_of(cycle, who).pk])))
        for who, signed_in in ((cast.hoa, cast.hoa), (cast.son, cast.lan))
    }
    told = {name: "Hạn chế này chưa có biện pháp khắc phục và thời hạn." in page for name, page in pages.items()}
    assert told == {"Hoa": True, "Sơn": False}


def test_the_conditions_of_the_level_stand_beside_it_and_propose_nothing(
    cast: Cast, cycle: Cycle, as_user: Any
) -> None:
    review, hoa = review_of(cycle, cast.hoa), as_user(cast.hoa)
    assert hoa.get(write_url(review, "rating")).context["check"] is None
    hoa.post(save_url(review, "rating"), {"B.I.1": "28", "B.I.2": "65", "B.II": "excellent", "base": "0"})
    check = hoa.get(write_url(review, "rating")).context["check"]
    assert (check.level.value, check.conditions[0].met) == ("excellent", True)


def test_the_first_page_says_what_is_to_be_written_until_when(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    def asked(who: Any) -> list[tuple[str, str]]:
        todos = as_user(who).get("/").context["todos"]
        return [(todo.what, todo.when) for todo in todos if "kiểm điểm" in todo.what]

    mine = ("Viết bản kiểm điểm", "hạn 27/11/2026")
    assert asked(cast.hoa) == [mine]
    assert asked(cast.lan) == [mine, ("Mở thời gian đọc bản kiểm điểm", "hạn 01/12/2026")]
    write(cast, review_of(cycle, cast.hoa), shortcoming())
    writing.submit(review_of(cycle, cast.hoa), by=cast.account(cast.hoa), at=WROTE)
    assert asked(cast.hoa) == []
    committee.take_step(cycle, move_name="read", by=cast.account(cast.lan), at=READING)
    assert asked(cast.hoa) == [("Đọc bản kiểm điểm của các đồng chí", "trước ngày 04/12/2026")]


def test_the_committee_reads_who_has_submitted_and_a_member_does_not(
    cast: Cast, submitted: SelfReview, as_user: Any
) -> None:
    url = submitted.cycle.get_absolute_url()
    pages = {name: words(as_user(who).get(url)) for name, who in (("lan", cast.lan), ("tuan", cast.tuan))}
    assert {name: "1 trên 4 bản đã nộp" in page for name, page in pages.items()} == {"lan": True, "tuan": False}
    assert {name: "Nguyễn Thị Hoa" in page for name, page in pages.items()} == {"lan": True, "tuan": False}


def test_somebody_with_the_exempt_standing_reads_why_they_do_not_write(cast: Cast, as_user: Any) -> None:
    old = make_member(cast.cell, "Mạc Văn Cao", standing=TenureKind.EXEMPT, username="cao")
    cycle = committee.plan_cycle(
        cast.cell, by=cast.account(cast.lan), at=OPENED, year=2026, basis="", place="",
        due_on=date(2026, 11, 27), meets_on=date(2026, 12, 4),
    )  # fmt: skip
    committee.take_step(cycle, move_name="open", by=cast.account(cast.lan), at=OPENED)
    assert "Được miễn công tác và sinh hoạt đảng." in words(as_user(old).get(cycle.get_absolute_url()))


def test_whoever_hands_in_on_paper_without_a_word_is_entered_from_their_own_page(
    cast: Cast, cycle: Cycle, as_user: Any
) -> None:
    lan, url = as_user(cast.lan), reverse("participant-edit", args=[row_of(cycle, cast.hoa).pk])
    assert "Nhập từ bản giấy" in words(lan.get(url))
    answer = lan.post(reverse("participant-enter", args=[row_of(cycle, cast.hoa).pk]), {"key": new_key()})
    assert answer["Location"] == write_url(review_of(cycle, cast.hoa), "strengths")
    again = lan.post(reverse("participant-enter", args=[row_of(cycle, cast.lan).pk]), {"key": new_key()})
    assert again["Location"] == cycle.get_absolute_url()  # one's own form is written, not entered


def test_a_page_asks_the_database_as_often_for_three_people_as_for_eight(
    cast: Cast, submitted: SelfReview, as_user: Any
) -> None:
    def asked() -> list[int]:
        found = []
        for who, url in ((cast.lan, submitted.cycle.get_absolute_url()), (cast.hoa, submitted.get_absolute_url())):
            client = as_user(who)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            found.append(len(queries))
        return found

    before = asked()
    for number in range(5):
        who = make_member(cast.cell, f"Phan Văn {number}", username=f"phan{number}")
        committee.draw_up(submitted.cycle, by=cast.account(cast.lan), at=OPENED)
        write(cast, review_of(submitted.cycle, who), shortcoming())
        writing.submit(review_of(submitted.cycle, who), by=cast.account(who), at=WROTE)
        open_review(submitted, way=Way.SCREEN, by=cast.account(cast.lan), at=WROTE)
    assert asked() == before


def test_a_step_or_form_that_there_is_not_is_not_found(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    review, hoa = review_of(cycle, cast.hoa), as_user(cast.hoa)
    answers = [
        hoa.get(write_url(review, "everything")).status_code,
        hoa.post(save_url(review, "everything"), {"A.I.1": "x"}).status_code,
        hoa.get(reverse("blank-form", args=[cycle.pk, "03"])).status_code,
        as_user(cast.lan).post(reverse("cycle-step", args=[cycle.pk]), {"move_name": "vanish"}).status_code,
    ]
    assert answers == [404, 404, 404, 302]
    assert Cycle.objects.get().state == "open"


STEP_FIELDS = [
    "A.I.1", "A.II.0.shortcoming", "A.II.0.due", "A.II.99999999.due", "A.II.x.due",
    "B.I.1", "B.II", "PL.0.result",
]  # fmt: skip
CYCLE_FIELDS = [
    "year", "due_on", "meets_on", "place", "basis", "writes", "kind",
    "note", "move_name", "on_paper", "key", "way",
]  # fmt: skip
NASTY = [
    "",
    "rác",
    "x" * 30_000,
    "\x00a\u202eb\ufeff",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}",
    "-1",
    "9" * 500,
    "NaN",
]


@pytest.mark.in_turn
@pytest.mark.parametrize("value", NASTY)
def test_whatever_is_sent_there_is_an_answer_and_nothing_is_half_saved(
    cast: Cast, cycle: Cycle, as_user: Any, value: str
) -> None:
    review, hoa, lan = review_of(cycle, cast.hoa), as_user(cast.hoa), as_user(cast.lan)
    answers = set()
    for step in content.STEPS:
        for data in (
            {"base": value, **dict.fromkeys(STEP_FIELDS, value)},
            {"base": "0", STEP_FIELDS[0]: [value, value]},
        ):
            answers.add(hoa.post(save_url(review, step), data, headers=JSON).status_code)
    for name, pk in (
        ("cycle-edit", cycle.pk),
        ("participant-edit", row_of(cycle, cast.tuan).pk),
        ("cycle-step", cycle.pk),
    ):
        answers.add(lan.post(reverse(name, args=[pk]), dict.fromkeys(CYCLE_FIELDS, value)).status_code)
    answers.add(hoa.post(reverse("self-review-way", args=[review.pk]), dict.fromkeys(CYCLE_FIELDS, value)).status_code)
    again = review_of(cycle, cast.hoa)
    assert (answers - {200, 302, 409, 422}, cycle.events.count()) == (set(), 2)
    assert again.rev == sum(again.body.get("revs", {}).values())
