"""A hearing on paper, and in the file of the person: what the minutes say, a sheet without a word, my own data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from critique.course import actions as committee
from critique.hearing.actions import hearing as actions
from critique.hearing.models import Hearing
from critique.hearing.papers import conference_blocks, hearing_blocks, room_sheet
from documents.model import Document, Heading, plain_text
from members.models import Member
from tests.critique.conftest import READING, fresh, row_of
from tests.critique.hearings import (
    FAULT,
    REPLY,
    ROOM,
    SAID,
    TEXTS,
    again,
    begin,
    binh_of,
    heard_with_a_note,
    save,
    say,
    see,
    who,
)
from tests.once import built_once

if TYPE_CHECKING:
    from django.http import HttpResponse

    from critique.cycle.models import Cycle
    from tests.conftest import Cast


@pytest.fixture(autouse=True)
def _in_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: ROOM)
    for place in ("documents.http.to_pdf", "documents.sealed.to_pdf"):
        monkeypatch.setattr(place, lambda document, proof=None: plain_text(document).encode())


@built_once
def binh(cast: Cast) -> Member:
    return binh_of(cast)


@built_once
def hearing(cast: Cast, binh: Member, cycle: Cycle) -> Hearing:
    committee.draw_up(cycle, by=cast.account(cast.lan), at=READING)
    return begin(cast, cycle, cast.hoa)


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def url(name: str, row: Any, *more: Any) -> str:
    return reverse(name, args=[row.pk, *more])


def on_paper(hearing: Hearing) -> str:
    return plain_text(Document("thu", "Thử", ROOM.date(), tuple(hearing_blocks(again(hearing), 3))))


def test_the_minutes_have_each_opinion_with_its_answer_then_the_conclusion_and_what_is_reserved(
    cast: Cast, hearing: Hearing
) -> None:
    first = say(cast, hearing, cast.tuan)
    reserved = say(cast, hearing, cast.son, kind="reserved", words="Tôi vẫn thấy là do thiếu người")
    struck = say(cast, hearing, cast.lan, words="Ghi nhầm")
    save(cast, first, "reply", cast.hoa, stance="explains", reply=REPLY)
    save(cast, first, "ruling", cast.lan, ruling="Giải trình có căn cứ")
    save(cast, hearing, "presented", cast.lan, presented="Đọc bản kiểm điểm")
    save(cast, hearing, "response", cast.hoa, response="Tôi tiếp thu")
    save(cast, hearing, "conclusion", cast.lan, merits="Có trách nhiệm", faults=FAULT, due="31/3/2027")
    save(cast, reserved, "reply", cast.hoa, stance="nothing")
    actions.strike(again(struck), **who(cast, cast.lan))
    assert on_paper(hearing).splitlines() == [
        "3. Đồng chí Nguyễn Thị Hoa",
        "Tự trình bày: Đọc bản kiểm điểm",
        "Ý kiến góp ý:",
        f"- Đồng chí Lê Anh Tuấn: {SAID}",
        f"Giải trình: {REPLY}",
        "Chủ trì kết luận: Giải trình có căn cứ",
        "Tiếp thu, giải trình: Tôi tiếp thu",
        "Kết luận của chủ trì:",
        "- Ưu điểm: Có trách nhiệm",
        f"- Hạn chế, khuyết điểm: {FAULT}",
        "- Thời hạn: 31/3/2027.",
        "Ý kiến bảo lưu:",
        "- Đồng chí Đỗ Văn Sơn: Tôi vẫn thấy là do thiếu người",
        "Không có ý kiến thêm.",
    ]


def test_a_hearing_without_a_word_says_so_on_paper_once_it_is_over(cast: Cast, hearing: Hearing) -> None:
    assert on_paper(hearing).splitlines() == [
        "3. Đồng chí Nguyễn Thị Hoa",
        "Tự trình bày: (chưa ghi)",
        "Ý kiến góp ý:",
        "Đang xét, chưa ghi ý kiến nào.",
        "Kết luận của chủ trì: (chưa ghi)",
    ]
    see(cast, hearing, cast.hoa)
    actions.close(again(hearing), **who(cast, cast.lan))
    assert on_paper(hearing).splitlines() == [
        "3. Đồng chí Nguyễn Thị Hoa",
        "Tự trình bày: (không ghi)",
        "Ý kiến góp ý:",
        "Không có ý kiến góp ý.",
        "Kết luận của chủ trì: (không ghi)",
    ]


def test_the_minutes_take_everybody_in_the_order_of_the_conference(
    cast: Cast, cycle: Cycle, hearing: Hearing, binh: Member, django_assert_num_queries: Any
) -> None:
    say(cast, hearing, cast.tuan)
    row = cycle.participants.select_related("cycle__cell").get(member=None)
    for one in (row, row_of(cycle, cast.lan)):
        actions.begin(one, **who(cast, binh))
    held = fresh(cycle)
    with django_assert_num_queries(6):
        parts = conference_blocks(held)
    headings = [[block.text for block in part if isinstance(block, Heading)] for part in parts]
    assert headings == [["1. Tập thể chi uỷ"], ["1. Đồng chí Trần Thị Lan", "2. Đồng chí Nguyễn Thị Hoa"]]
    assert [one.text for one in parts[1][-1].runs] == [  # type: ignore[union-attr]
        "Chưa kiểm điểm tại hội nghị này: đồng chí Vũ Thái Bình, đồng chí Đỗ Văn Sơn, đồng chí Lê Anh Tuấn."
    ]


def test_the_sheet_for_the_room_holds_a_name_and_no_word(cast: Cast, cycle: Cycle, hearing: Hearing) -> None:
    heard_with_a_note(cast, cycle)
    text = plain_text(room_sheet(again(hearing)))
    assert ("Đồng chí Nguyễn Thị Hoa" in text, [one for one in [SAID, *TEXTS.values()] if one in text]) == (True, [])


def test_my_own_file_holds_what_was_said_of_me_and_what_i_said(
    cast: Cast, cycle: Cycle, hearing: Hearing, as_user: Any
) -> None:
    heard_with_a_note(cast, cycle)
    files = {
        name: json.loads(as_user(getattr(cast, name)).get("/account/data.json").content)["Những gì lưu"]
        for name in ("hoa", "tuan", "lan")
    }
    (about,) = files["hoa"]["Góp ý về đồng chí"]
    (given,) = files["tuan"]["Ý kiến đồng chí đã góp"]
    assert f"đồng chí Lê Anh Tuấn: {SAID}" in about["Ý kiến góp ý"]
    assert (given["Nội dung"], given["Về"]) == (SAID, "đồng chí Nguyễn Thị Hoa")
    assert [files[name]["Góp ý về đồng chí"] for name in ("tuan", "lan")] == [[], []]
