"""Ballots and levels on the screen: what a page says to whom, what comes back refused, what the reviewer is shown."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from critique.levels.actions import ballot as ballots
from critique.levels.actions import entries
from critique.levels.models import Ballot
from critique.official_forms.model import Level
from critique.writing.models import ReadingLog
from critique.writing.readers import readers_of
from documents.model import fingerprint
from rulings import actions as rulings
from rulings.models import Ruling
from tests.critique.conftest import AFTER_MEETING, SECRET, fresh, review_of, row_of
from tests.critique.levels_cast import (
    DECISION,
    GROUNDS,
    above,
    again,
    confirmed,
    counted,
    decided,
    held,
    opened,
    sent,
    standing,
    who,
)
from tests.critique.test_levels import choose
from tests.factories import make_member, new_key

if TYPE_CHECKING:
    from django.http import HttpResponse

    from critique.cycle.models import Cycle
    from tests.conftest import Cast


@pytest.fixture(autouse=True)
def _december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER_MEETING)


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def url(name: str, row: Any) -> str:
    return reverse(name, args=[row.pk])


def posted(ballot: Ballot, **changes: Any) -> dict[str, Any]:
    figures = {"summoned": 3, "present": 3, "issued": 3, "returned": 3, "valid": 3, "invalid": 0}
    votes = {f"{c}_{line.pk}": 3 if c == "good" else 0 for line in ballot.lines.all() for c in ("excellent", "good")}
    return {**figures, **votes, "base": ballot.rev, "key": new_key(), **changes}


# --- The ballot ---------------------------------------------------------------------------


def test_a_ballot_goes_from_its_team_to_two_confirmations_by_clicks(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    lan, hoa = as_user(cast.lan), as_user(cast.hoa)
    page = words(lan.get(url("ballot-list", cycle)))
    assert "trên 1/2 số đảng viên chính thức được triệu tập" in page
    assert "Theo Điều lệ Đảng, Điều 9, khoản 5, khi cấp trên không có quy định riêng" in page
    form = {"head": cast.hoa.pk, "tellers": [cast.son.pk], "chair": cast.lan.pk, "key": new_key()}
    answer = lan.post(url("ballot-list", cycle), form)
    ballot = Ballot.objects.get()
    assert answer["Location"] == ballot.get_absolute_url()
    assert "Kiểm phiếu lần 1" in words(hoa.get(url("cycle", cycle)))  # whoever counts is led there
    assert hoa.post(url("ballot", ballot), posted(ballot)).status_code == 302
    seen = fingerprint(ballots.paper_of(again(ballot)))
    for client, seat in ((hoa, "head"), (lan, "chair")):
        client.post(url("ballot-confirm", ballot), {"seat": seat, "seen": seen, "key": new_key()})
    assert (again(ballot).confirmed_at, standing(cycle, cast.tuan).proposed) == (AFTER_MEETING, Level.GOOD)
    page = words(lan.get(url("ballot", ballot)))
    assert ("Lưu số phiếu" in page, "BIÊN BẢN KIỂM PHIẾU" in page) == (False, True)


def test_figures_that_do_not_add_up_come_back_with_every_sentence_and_what_was_typed(
    cast: Cast, cycle: Cycle, as_user: Any
) -> None:
    ballot = opened(cast, cycle)
    line = ballot.lines.get(participant__member=cast.tuan)
    answer = as_user(cast.hoa).post(
        url("ballot", ballot), posted(ballot, invalid=1, issued=5, **{f"excellent_{line.pk}": 2})
    )
    page = words(answer)
    assert answer.status_code == 422
    assert "Phát ra 5 phiếu không thể nhiều hơn 3 đồng chí có mặt" in page
    assert "phải bằng 3 phiếu thu về" in page
    assert "Cộng các mức được 5, phải bằng 3 phiếu hợp lệ" in page
    assert f'name="excellent_{line.pk}" value="2"' in page
    assert again(ballot).counted_at is None


def test_a_page_that_is_out_of_date_saves_nothing(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    ballot = counted(cast, opened(cast, cycle))
    answer = as_user(cast.hoa).post(url("ballot", ballot), posted(ballot, base=0))
    assert (answer.status_code, "vừa được người khác ghi" in words(answer), again(ballot).rev) == (422, True, 1)


def test_what_the_list_of_members_knows_stands_in_the_form(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    assert 'name="summoned" value="3"' in words(as_user(cast.lan).get(url("ballot", opened(cast, cycle))))


def test_the_two_who_confirm_are_named_with_whoever_entered_it(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    ballot = counted(cast, opened(cast, cycle))
    seen = fingerprint(ballots.paper_of(ballot))
    ballots.confirm(ballot, seat="head", seen=seen, **who(cast))
    assert "đồng chí Trần Thị Lan ghi thay" in words(as_user(cast.lan).get(url("ballot", ballot)))


# --- One's own level ----------------------------------------------------------------------


def test_the_person_sees_every_step_the_others_only_what_is_published(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    choose(cast, cycle, cast.hoa, "excellent")
    sent(cast, cycle)
    decided(cast, cycle, cast.hoa, words=GROUNDS)
    page = words(as_user(cast.hoa).get(url("level", row_of(cycle, cast.hoa))))
    for told in ("Tự xếp loại: Hoàn thành xuất sắc nhiệm vụ", "Quyết định: Hoàn thành tốt nhiệm vụ", GROUNDS):
        assert told in page
    tuan = as_user(cast.tuan)
    assert tuan.get(url("level", row_of(cycle, cast.hoa))).status_code == 403
    assert "Chưa công bố" in words(tuan.get(url("published", cycle)))
    entries.publish(fresh(cycle), **who(cast))
    page = words(tuan.get(url("published", cycle)))
    assert ("Hoàn thành tốt nhiệm vụ" in page, "xuất sắc" in page, GROUNDS in page) == (True, False, False)


def test_the_person_confirms_and_complains_by_clicks(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    sent(cast, cycle)
    row, hoa = decided(cast, cycle, cast.hoa), as_user(cast.hoa)
    assert "Đã có mức xếp loại của đồng chí" in words(hoa.get("/"))
    assert hoa.post(url("level-notify", row), {"key": new_key()})["Location"] == url("level", row)
    assert "Đã có mức xếp loại của đồng chí" not in words(hoa.get("/"))
    empty = hoa.post(url("level-complain", row), {"words": "", "key": new_key()})
    assert empty.status_code == 422
    hoa.post(url("level-complain", row), {"words": SECRET, "key": new_key()})
    assert SECRET in words(hoa.get(url("level", row)))
    assert "có kiến nghị chờ trả lời" in words(as_user(cast.lan).get(url("level-list", cycle)))


def test_a_refused_step_keeps_what_was_typed(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    sent(cast, cycle)
    row = row_of(cycle, cast.hoa)
    form = {"level": "done", "document": "", "document_date": "2026-12-20", "words": GROUNDS, "key": new_key()}
    answer = as_user(cast.phuc).post(url("level-decide", row), form)
    assert (answer.status_code, GROUNDS in words(answer), standing(cycle, cast.hoa).decision) == (422, True, None)


def test_the_number_of_the_last_decision_stands_in_the_next_form_and_no_level_does(
    cast: Cast, cycle: Cycle, as_user: Any
) -> None:
    sent(cast, cycle)
    decided(cast, cycle, cast.hoa)
    page = words(as_user(cast.phuc).get(url("level", row_of(cycle, cast.tuan))))
    assert 'value="12-QĐ/ĐU"' in page
    assert 'value="good" selected' not in page


def test_the_conditions_are_shown_to_the_person_as_a_check(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    choose(cast, cycle, cast.hoa, "excellent")
    confirmed(cast, counted(cast, opened(cast, cycle)))
    held(cast, cycle)
    page = words(as_user(cast.hoa).get(url("level", row_of(cycle, cast.hoa))))
    assert "Điều kiện của mức “Hoàn thành tốt nhiệm vụ”" in page
    assert "Điều kiện của mức" not in words(as_user(cast.lan).get(url("level", row_of(cycle, cast.hoa))))
    read = words(as_user(cast.lan).post(url("self-review", review_of(cycle, cast.hoa)), {"key": new_key()}))
    assert ("Điều kiện của mức “Hoàn thành xuất sắc nhiệm vụ”" in read, "“Hoàn thành tốt nhiệm vụ”" in read) == (
        True,
        True,
    )


def test_my_own_file_holds_my_steps_and_nobody_elses(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    sent(cast, cycle)
    decided(cast, cycle, cast.hoa, words=GROUNDS)
    decided(cast, cycle, cast.tuan, words="Chuyện của Tuấn")
    kept = json.loads(as_user(cast.hoa).get("/account/data.json").content)
    (step,) = kept["Những gì lưu"]["Mức xếp loại"]
    assert (step["Bước"], step["Mức"], step["Văn bản"], step["Nội dung"]) == (
        "Quyết định",
        "Hoàn thành tốt nhiệm vụ",
        "12-QĐ/ĐU, 20/12/2026",
        GROUNDS,
    )


# --- Handing up ---------------------------------------------------------------------------


def test_before_handing_up_the_page_says_what_is_missing_and_hinders_nothing(
    cast: Cast, cycle: Cycle, as_user: Any
) -> None:
    choose(cast, cycle, cast.hoa, "good")
    counted(cast, opened(cast, cycle))
    held(cast, cycle)
    lan = as_user(cast.lan)
    assert "Nộp hồ sơ xếp loại lên cấp trên" in words(lan.get("/"))
    page = words(lan.get(url("level-list", cycle)))
    assert "Chưa nộp bản kiểm điểm: Trần Thị Lan, Đỗ Văn Sơn, Lê Anh Tuấn." in page
    assert "Chưa có mức chi bộ đề xuất: Trần Thị Lan, Nguyễn Thị Hoa, Đỗ Văn Sơn, Lê Anh Tuấn." in page
    assert "chưa đủ hai xác nhận" in page
    lan.post(url("level-hand-up", cycle), {"key": new_key()})
    assert fresh(cycle).handed_up_at == AFTER_MEETING
    assert "Nộp hồ sơ xếp loại lên cấp trên" not in words(lan.get("/"))
    lan.post(url("level-take-back", cycle), {"key": new_key()})
    assert fresh(cycle).handed_up_at is None


def test_the_reviewer_reads_decides_and_leaves_a_line_for_the_person(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    choose(cast, cycle, cast.hoa, "good")
    sent(cast, cycle)
    phuc, review = as_user(cast.phuc), review_of(cycle, cast.hoa)
    page = words(phuc.get("/handed-up/"))
    assert ("Chi bộ Văn phòng" in page, "4 trên 4 chưa có quyết định" in page) == (True, True)
    assert url("self-review", review) in words(phuc.get(url("level", row_of(cycle, cast.hoa))))
    assert ReadingLog.objects.count() == 0
    text = words(phuc.post(url("self-review", review), {"key": new_key()}))
    assert "Bản để đồng chí Võ Hồng Phúc đọc" in text
    assert [reader.name for reader in readers_of(review)] == ["Võ Hồng Phúc"]
    assert "Võ Hồng Phúc" in words(as_user(cast.hoa).get(url("self-review", review)))
    form = {"level": "good", "document": "12-QĐ/ĐU", "document_date": "2026-12-20", "key": new_key()}
    phuc.post(url("level-decide", row_of(cycle, cast.hoa)), form)
    assert standing(cycle, cast.hoa).in_force == Level.GOOD
    assert "3 trên 4 chưa có quyết định" in words(phuc.get("/handed-up/"))


def test_the_reviewer_sees_the_cap_in_both_readings_over_all_cells(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    held(cast, cycle)
    for member, level in ((cast.hoa, "excellent"), (cast.tuan, "good"), (cast.son, "good")):
        entries.propose(row_of(cycle, member), level=level, words="Giơ tay", **who(cast))
    entries.hand_up(fresh(cycle), **who(cast))
    page = words(as_user(cast.phuc).get("/handed-up/"))
    assert "20% của 2 (số xếp loại “Hoàn thành tốt nhiệm vụ”) là 0,4: không quá 0; đang có 1, vượt." in page
    assert "20% của 3 (số xếp loại “Hoàn thành tốt” trở lên) là 0,6: không quá 0; đang có 1, vượt." in page
    assert "Điều 11" in page
    home = words(as_user(cast.lan).get(url("level-list", cycle)))
    assert "Nhóm để tính tỉ lệ thường rộng hơn một chi bộ" in home
    assert standing(cycle, cast.hoa).going == Level.EXCELLENT  # nothing is applied by itself


# --- What a committee fixes ------------------------------------------------------------------


def test_the_reviewer_fixes_a_rule_and_a_cap_and_ends_them(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    phuc, page = as_user(cast.phuc), reverse("ruling-list", args=[cast.ward.pk])
    paper = {"document": "15-HD/ĐU", "document_date": "2026-01-05", "starts_on": "2026-01-10"}
    needs = {"need_excellent": "two_thirds", "need_good": "half", "need_done": "half", "need_not_done": "half"}
    vote = {"subject": "vote", "method": "secret", "base": "summoned", **needs}
    assert phuc.post(page, {**vote, **paper}).status_code == 302
    assert phuc.post(page, {"subject": "cap", "percent": 25, **paper}).status_code == 302
    assert phuc.post(page, {"subject": "cap", "percent": 30, **paper}).status_code == 422
    shown = words(as_user(cast.lan).get(url("ballot-list", cycle)))
    assert "“Hoàn thành xuất sắc nhiệm vụ”: từ 2/3 trở lên" in shown
    assert "Theo 15-HD/ĐU ngày 05/01/2026 của Đảng uỷ cơ quan" in shown
    held(cast, cycle)
    assert "25% theo 15-HD/ĐU" in words(as_user(cast.lan).get(url("level-list", cycle)))
    rule = Ruling.objects.filter(organisation=cast.ward).get(subject="vote")
    phuc.post(reverse("ruling-end", args=[rule.pk]), {"ends_on": "2026-06-30"})
    assert "trên 1/2" in words(as_user(cast.lan).get(url("ballot-list", cycle)))
    assert "đến hết 30/06/2026" in words(phuc.get(page))


def test_a_cell_sees_what_reaches_it_and_the_default(cast: Cast, as_user: Any) -> None:
    paper = {"document": "15-HD/ĐU", "document_date": date(2026, 1, 5), "starts_on": date(2026, 1, 10)}
    rulings.fix(cast.ward, "cap", value={"percent": 25}, **paper, **above(cast))
    page = words(as_user(cast.lan).get(reverse("ruling-list", args=[cast.cell.pk])))
    assert ("không quá 25%" in page, "Điều lệ Đảng, Điều 9, khoản 5" in page) == (True, True)


def test_pages_of_levels_are_kept_by_no_browser(cast: Cast, cycle: Cycle, as_user: Any) -> None:
    make_member(cast.cell, "Hà Văn Cường")
    sent(cast, cycle)
    row = decided(cast, cycle, cast.hoa, level=DECISION["level"])
    lan = as_user(cast.lan)
    pages = [url("level", row), url("level-list", cycle), url("published", cycle), url("ballot-list", cycle)]
    assert {lan.get(page)["Cache-Control"] for page in pages} == {"no-store"}
