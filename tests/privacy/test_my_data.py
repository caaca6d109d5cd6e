"""What is kept about me: everything of mine, nothing of anybody else, also after I have left."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from critique.writing.models import Way
from critique.writing.opening import open_review
from documents.http import WORD
from documents.model import plain_text
from meetings.actions import evening
from members import actions as people
from members.models import Event, TenureKind
from members.saving.actions import save_text
from privacy.my_data import as_paper, kept_about
from tests.critique.conftest import READING, SECRET, WROTE, review_of, shortcoming, write
from tests.factories import at

if TYPE_CHECKING:
    from critique.writing.models import SelfReview
    from meetings.models import Meeting
    from tests.conftest import Cast


def test_my_own_file_holds_my_texts_and_who_has_read_them(cast: Cast, submitted: SelfReview, as_user: Any) -> None:
    write(cast, review_of(submitted.cycle, cast.tuan), shortcoming("Chuyện riêng của Tuấn"))
    open_review(submitted, way=Way.SCREEN, by=cast.account(cast.lan), at=READING)
    answer = as_user(cast.hoa).get("/account/data.json")
    kept = json.loads(answer.content)
    (review,) = kept["Những gì lưu"]["Bản kiểm điểm"]
    assert SECRET in review["Hạn chế, khuyết điểm, nguyên nhân và cách sửa"]
    assert review["Những ai đã đọc"] == "Trần Thị Lan, 30/11/2026 08:00"
    assert (kept["Họ và tên"], "Tuấn" in answer.content.decode()) == ("Nguyễn Thị Hoa", False)
    assert answer["Content-Disposition"] == 'attachment; filename="nhung-gi-luu-ve-toi.json"'


def test_page_paper_and_file_say_the_same(cast: Cast, submitted: SelfReview, as_user: Any) -> None:
    hoa = cast.hoa
    chapters = kept_about(hoa)
    said = [value for one in chapters for entry in one.entries for _, value in entry if value]
    page = as_user(hoa).get("/account/data/").content.decode()
    paper = plain_text(as_paper(hoa, chapters, WROTE))
    assert [value for value in said if value not in paper] == []
    assert (SECRET in page, SECRET in paper, len(said) > 12) == (True, True, True)


@pytest.mark.parametrize(("asked", "form"), [("", "pdf"), (f"?{WORD}", "docx")])
def test_whoever_takes_their_data_out_leaves_a_line_in_either_form(
    cast: Cast, as_user: Any, monkeypatch: pytest.MonkeyPatch, asked: str, form: str
) -> None:
    for layer in ("to_pdf", "to_docx"):
        monkeypatch.setattr(f"documents.http.{layer}", lambda *_paper: b"")
    answer = as_user(cast.hoa).get(f"/account/data.pdf{asked}")
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    assert list(Event.objects.filter(what="export_data").values_list("data", flat=True)) == [{"form": form}]


def test_what_i_said_in_a_meeting_is_mine_once_its_minutes_are_closed(cast: Cast, opened: Meeting) -> None:
    by, item = cast.account(cast.hoa), opened.items.first()
    assert item is not None
    remark = evening.add_remark(item, opened.attendances.get(member=cast.tuan), by=by, at=at("2026-12-03 19:20"))
    save_text("remark", remark, {"text": "Tôi nhất trí."}, base=0, by=by, at=at("2026-12-03 19:21"))

    def said() -> list[str]:
        (chapter,) = [one for one in kept_about(cast.tuan) if one.title == "Ý kiến trong biên bản đã đóng"]
        return [dict(entry)["Ý kiến"] for entry in chapter.entries]

    before = said()
    evening.close(
        opened, opened_at=at("2026-12-03 19:02"), closed_at=at("2026-12-03 20:35"), by=by, at=at("2026-12-03 20:35")
    )
    assert (before, said()) == ([], ["Tôi nhất trí."])


def test_whoever_has_left_still_reads_what_is_kept_about_them(cast: Cast, submitted: SelfReview, as_user: Any) -> None:
    people.set_standing(cast.hoa, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 11, 1), by=None, at=WROTE)
    hoa = as_user(cast.hoa)
    assert (
        hoa.get(f"/self-reviews/{submitted.pk}/").status_code,
        SECRET in hoa.get("/account/data/").content.decode(),
    ) == (
        404,
        True,
    )


def test_nobody_asks_for_somebody_else_and_an_account_without_a_member_has_nothing(cast: Cast, as_user: Any) -> None:
    assert as_user(cast.admin).get("/account/data/").status_code == 404
    assert Client().get("/account/data.json")["Location"].startswith("/sign-in/")
    lan = as_user(cast.lan).get(f"/account/data.json?member={cast.hoa.pk}").content.decode()
    assert ("Trần Thị Lan" in lan, "Nguyễn Thị Hoa" in lan) == (True, False)
