"""A secret vote by slips of paper: what the team counts must add up, and what the minutes say of it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.migrations.exceptions import IrreversibleError

from documents.html import to_html
from documents.model import from_json, plain_text, to_json
from guideline import checks, slips
from guideline.slips import Slips
from meetings.actions import evening
from meetings.actions.votes import CHOICES
from meetings.facts import Evening, facts_of
from meetings.models import Mark, Teller, Vote
from meetings.papers import build_minutes
from meetings.papers.slips import build_slips
from meetings.rules import rulebook_of
from members.refusal import Refused
from tests.meetings.steps import DURING, close, fresh, item_of, mark, refused, row_of

if TYPE_CHECKING:
    from meetings.models import Meeting
    from tests.conftest import AsUser, Cast

QUESTION = "Khai trừ đồng chí theo Tờ trình 05"
RIGHT = {"issued": 3, "returned": 3, "valid": 2, "invalid": 1}


def closing_advice(meeting: Meeting) -> tuple[checks.Finding, ...]:
    figures = facts_of(Evening.of(fresh(meeting)), now=DURING)
    return checks.findings(checks.Stage.BEFORE_CLOSING, figures, rulebook_of(meeting))


def ballot(cast: Cast, meeting: Meeting, *counts: int, paper: dict[str, int] | None = None, **more: Any) -> Vote:
    in_favour, against, other = counts
    return evening.record_vote(
        item_of(meeting, "conclusion"),
        question=QUESTION,
        in_favour=in_favour,
        against=against,
        other=other,
        slips=Slips(**(paper or RIGHT)),
        by=cast.account(cast.hoa),
        at=DURING,
        **more,
    )


# Issued, returned, valid, invalid of 8 who are present; the fields that are wrong.
SUMS = [
    ((8, 8, 8, 0), []),
    ((8, 7, 6, 1), []),
    ((8, 0, 0, 0), []),
    ((9, 8, 8, 0), ["issued"]),
    ((8, 9, 8, 1), ["returned"]),
    ((8, 8, 8, 1), ["invalid"]),
    ((8, 8, 6, 1), ["invalid"]),
    ((9, 10, 8, 1), ["issued", "returned", "invalid"]),
]


@pytest.mark.parametrize(("figures", "wrong"), SUMS)
def test_every_slip_is_accounted_for(figures: tuple[int, ...], wrong: list[str]) -> None:
    count = {**dict(zip(slips.COUNTED, figures, strict=True)), "present": 8}
    assert [field for field, _ in slips.problems(count)] == wrong


@pytest.mark.parametrize(
    ("counts", "paper", "sentence", "field"),
    [
        (
            (2, 0, 0),
            {**RIGHT, "issued": 4},
            "Phát ra 4 phiếu không thể nhiều hơn 3 đảng viên chính thức có mặt.",
            "issued",
        ),
        (
            (3, 0, 0),
            RIGHT,
            f"Cộng {CHOICES} được 3, phải bằng 2 phiếu hợp lệ.",
            "in_favour",
        ),
        ((2, 0, 0), {**RIGHT, "invalid": 0}, "Hợp lệ cộng không hợp lệ là 2, phải bằng 3 phiếu thu về.", "invalid"),
        (
            (0, 0, 0),
            {"issued": 3, "returned": 0, "valid": 0, "invalid": 0},
            "Chưa ghi số biểu quyết.",
            "in_favour",
        ),
    ],
)
def test_what_does_not_add_up_is_refused(
    cast: Cast, opened: Meeting, counts: tuple[int, int, int], paper: dict[str, int], sentence: str, field: str
) -> None:
    with refused(sentence, field):
        ballot(cast, opened, *counts, paper=paper)


def test_the_minutes_name_the_team_and_every_figure(cast: Cast, opened: Meeting) -> None:
    team = {"head": row_of(opened, cast.hoa), "team": [row_of(opened, cast.son), row_of(opened, cast.hoa)]}
    made = ballot(cast, opened, 2, 0, 0, **team)
    assert (made.is_secret, made.hands, made.passed) == (True, 2, True)
    assert [(str(one), one.leads) for one in made.tellers.all()] == [("Nguyễn Thị Hoa", True), ("Đỗ Văn Sơn", False)]
    text = plain_text(build_minutes(fresh(opened)))
    assert (
        f"Biểu quyết bằng phiếu kín: {QUESTION}. Tổ kiểm phiếu: đồng chí Nguyễn Thị Hoa, tổ trưởng; "
        "thành viên: đồng chí Đỗ Văn Sơn. Số phiếu: phát ra 03; thu về 03; hợp lệ 02; không hợp lệ 01. "
        "Tính trên 03 đảng viên chính thức; có mặt, được biểu quyết 03; tán thành 02/03" in text
    )
    assert "không biểu quyết" not in text
    assert "votes_and_team" not in [one.code for one in closing_advice(opened)]


def test_figures_of_slips_are_two_figures_and_the_closing_says_that_no_team_is_named(
    cast: Cast, opened: Meeting
) -> None:
    ballot(cast, opened, 2, 0, 0, paper={"issued": 2, "returned": 2, "valid": 2, "invalid": 0})
    text = plain_text(build_minutes(fresh(opened)))
    assert "Số phiếu: phát ra 02; thu về 02; hợp lệ 02; không hợp lệ 00. Tính trên" in text
    (said,) = [one.sentence for one in closing_advice(opened) if one.code == "votes_and_team"]
    assert said == f"Bỏ phiếu kín “{QUESTION}” chưa ghi tổ kiểm phiếu."
    close(cast, opened)


def test_a_team_is_asked_for_and_never_demanded_but_is_of_the_roll(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    made = ballot(cast, opened, 0, 0, 0, paper={"issued": 3, "returned": 3, "valid": 0, "invalid": 3})
    assert (Teller.objects.count(), made.passed) == (0, False)
    guest = evening.add_guest(opened, name="Cao Văn Long", position="", by=by, at=DURING)
    with refused("Tổ kiểm phiếu phải là đảng viên dự buổi họp này.", "team"):
        ballot(cast, opened, 2, 0, 0, team=[guest])


def test_the_database_holds_no_slips_that_do_not_add_up(cast: Cast, opened: Meeting) -> None:
    made = ballot(cast, opened, 2, 0, 0)
    for wrong in ({"invalid": 0}, {"issued": 2}, {"issued": None}, {"way": "hands"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Vote.objects.filter(pk=made.pk).update(**wrong)


def test_an_update_is_not_taken_back_over_a_secret_vote(cast: Cast, opened: Meeting) -> None:
    update = import_module("meetings.migrations.0008_votes_in_the_room")
    last = update.Migration.operations[-1]  # taken back first, while everything is there
    last.reverse_code(apps, None)
    ballot(cast, opened, 2, 0, 0)
    with pytest.raises(IrreversibleError, match="Còn 1 biểu quyết bằng phiếu kín"):
        last.reverse_code(apps, None)


def test_the_roll_counts_a_secret_vote_anew_like_any_other(cast: Cast, opened: Meeting) -> None:
    made = ballot(cast, opened, 2, 0, 0, paper={"issued": 2, "returned": 2, "valid": 2, "invalid": 0})
    mark(cast, opened, cast.son, Mark.UNEXCUSED)
    made.refresh_from_db()
    assert (made.entitled, made.base) == (2, 3)


def test_the_roll_that_has_fewer_people_than_slips_leaves_the_figures_and_is_told(cast: Cast, opened: Meeting) -> None:
    made = ballot(cast, opened, 2, 0, 0)
    mark(cast, opened, cast.son, Mark.UNEXCUSED)
    made.refresh_from_db()
    assert (made.entitled, made.issued) == (3, 3)
    with pytest.raises(Refused, match="ghi 3 đồng chí, mà theo điểm danh chỉ có 2"):
        close(cast, opened)


def test_a_ballot_is_typed_with_sentences_beside_its_fields(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    hoa, url = as_user(cast.hoa), f"/items/{item_of(opened, 'conclusion').pk}/ballots/"
    page = hoa.get(url).content.decode()
    assert "Có 3 đảng viên chính thức có mặt được biểu quyết." in page
    typed = {"question": QUESTION, "in_favour": "3", "against": "0", "other": "0", **RIGHT}
    page = hoa.post(url, {**typed, "team": [row_of(opened, cast.son).pk]})
    assert (page.status_code, page.context["form"]["question"].value()) == (422, QUESTION)
    assert "phải bằng 2 phiếu hợp lệ" in page.content.decode()
    done = hoa.post(url, {**typed, "in_favour": "2", "team": [row_of(opened, cast.son).pk]}, follow=True)
    assert [str(one)[:36] for one in done.context["messages"]] == ["Chưa ghi tổ trưởng kiểm phiếu nên bi"]
    assert [str(one) for one in Vote.objects.get().tellers.all()] == ["Đỗ Văn Sơn"]
    desk = hoa.get(f"/items/{item_of(opened, 'conclusion').pk}/desk/?open=vote").content.decode()
    assert "Bỏ phiếu kín: phát ra <b>3</b>, thu về <b>3</b>, hợp lệ <b>2</b>, không hợp lệ <b>1</b>." in desk
    for bad in ({"key": ""}, {**typed, "head": "x", "team": ["9999"], "issued": "-1"}):
        assert hoa.post(url, bad).status_code == 422


def test_slips_are_alike_and_say_nothing_of_whose_they_are(cast: Cast, opened: Meeting) -> None:
    paper = build_slips(opened, question=QUESTION, count=9)
    assert from_json(to_json(paper)) == paper
    lines = plain_text(paper).splitlines()
    assert lines == lines[: len(lines) // 9] * 9
    assert lines[:8] == [
        "CHI BỘ VĂN PHÒNG",
        "Buổi họp ngày 03/12/2026",
        "PHIẾU BIỂU QUYẾT",
        f"{QUESTION}.",
        "□ Tán thành",
        "□ Không tán thành",
        "□ Ý kiến khác",
        "Đánh dấu X vào một ô. Không ký tên, không đánh dấu gì khác.",
    ]
    assert to_html(paper).count('class="paper-slip"') == 9


def test_slips_are_printed_before_the_vote(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    hoa, url = as_user(cast.hoa), f"/items/{item_of(opened, 'conclusion').pk}/slips.pdf"
    printed = hoa.get(url, {"question": QUESTION, "count": "9"})
    assert (printed.status_code, printed["Content-Type"]) == (200, "application/pdf")
    for bad in ({}, {"count": "0"}, {"count": "9999"}, {"count": "x", "question": "d" * 600}):
        assert hoa.get(url, bad).status_code == 302
