"""The register and the plan on paper: what stands in them, and that nobody's item is on anybody else's sheet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from critique.remedies import actions
from critique.remedies.models import Remedy
from critique.remedies.papers import NOTHING, build_followed, build_plan
from documents.model import Heading, Recipients, Signature, Signatures, Table, plain_text
from tests.critique.conftest import SECRET
from tests.critique.test_remedy import WORDS, again, enter, look, who
from tests.factories import at

if TYPE_CHECKING:
    from critique.writing.models import SelfReview
    from documents.model import Document
    from tests.conftest import AsUser, Cast

NOW = at("2027-03-12 08:00")


def tables(paper: Document) -> list[tuple[tuple[str, ...], ...]]:
    return [block.rows for block in paper.blocks if isinstance(block, Table)]


def followed(cast: Cast, year: int = 2027) -> Document:
    return build_followed(cast.cell, year, Remedy.objects.in_cell(cast.cell).followed_in(year), NOW)


def test_the_register_shows_what_was_promised_and_found_in_its_year(cast: Cast) -> None:
    remedy = enter(cast, cast.hoa, due_on=date(2027, 3, 31), helper=cast.tuan)
    enter(cast, None, shortcoming="Họp muộn", measure="", cause="", finished_when="")
    actions.report(remedy, state="going", words="Đã gặp từng đồng chí", **who(cast, cast.hoa, at("2026-12-20 08:00")))
    look(cast, remedy, "going")
    paper = followed(cast)
    assert [block.text for block in paper.blocks if isinstance(block, Heading)] == [
        "Của tập thể chi bộ",
        "Của đồng chí Nguyễn Thị Hoa",
    ]
    (whole,), (hoas,) = tables(paper)
    assert whole[1:3] == ("Họp muộn\n(Góp ý tại hội nghị)", "")
    assert hoas == (
        "1",
        f"{SECRET}\n(Góp ý tại hội nghị)",
        "Góp ý thẳng\nHạn: 31/3/2027.\nGiúp đỡ: đồng chí Lê Anh Tuấn.",
        f"12/01/2027: đang khắc phục. {WORDS}\n08/02/2027: ngày rà soát.\n10/3/2027: ngày rà soát.",
        "Đang khắc phục",
    )
    assert "Tình trạng đến ngày 12 tháng 3 năm 2027." in plain_text(paper)


def test_what_was_closed_before_the_year_or_entered_after_it_is_not_in_its_register(cast: Cast) -> None:
    closed = enter(cast, cast.hoa)
    actions.close(again(closed), words=WORDS, **who(cast, cast.lan))
    assert [len(tables(followed(cast, year))) for year in (2025, 2026, 2027, 2028)] == [0, 1, 1, 0]
    assert "Chi uỷ kết luận đã khắc phục ngày 12/01/2027" in plain_text(followed(cast))
    assert NOTHING in plain_text(followed(cast, 2028))


def test_the_plan_is_that_of_the_years_review_and_reads_the_same_on_every_day(cast: Cast, promised: SelfReview) -> None:
    actions.take_up(promised, **who(cast, cast.hoa, at("2027-01-05 08:00")))
    enter(cast, cast.son, when=at("2027-01-06 08:00"))  # of no review: it is of the year in which it was entered
    rows = Remedy.objects.in_cell(cast.cell).planned_after(2026)
    paper = build_plan(cast.cell, 2026, rows, date(2027, 1, 8))
    assert paper == build_plan(cast.cell, 2026, rows, date(2028, 1, 1))
    ((first, second),) = tables(paper)
    assert first == (
        "1",
        f"{SECRET}\n(Bản kiểm điểm)\nNguyên nhân: Ngại va chạm",
        "Góp ý ngay tại buổi họp\nNgười giúp: Lê Anh Tuấn",
        "31/3/2027",
        "",
    )
    assert second[1] == "Đọc tài liệu muộn\n(Bản kiểm điểm)"
    assert "Số …-KH/CB" in plain_text(paper)
    received = Recipients(("Cấp uỷ cấp trên", "Đảng viên chi bộ"))
    assert paper.blocks[-1] == Signatures(None, Signature(("T/M CHI BỘ", "BÍ THƯ"), "Trần Thị Lan"), received)


def test_a_plan_without_items_has_lines_to_write_on_and_a_comrades_own_is_signed_by_them(cast: Cast) -> None:
    paper = build_plan(cast.cell, 2026, [], date(2027, 1, 8), about=cast.hoa)
    ((*lines,),) = tables(paper)
    assert [line[1] for line in lines] == ["\n\n"] * 4
    assert "Đồng chí Nguyễn Thị Hoa" in plain_text(paper)
    assert paper.blocks[-1] == Signatures(
        Signature(("Ý KIẾN CỦA CHI UỶ",), ""), Signature(("NGƯỜI LẬP KẾ HOẠCH",), "Nguyễn Thị Hoa")
    )


@pytest.mark.parametrize("kind", ["", "ke-hoach"])
def test_nobody_reads_anybody_elses_items_on_paper(
    cast: Cast, as_user: AsUser, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The committee has everybody's, a member the cell's and their own; a helper has the item's page and no sheet."""
    printed: list[str] = []

    def keep(paper: Document) -> bytes:
        printed.append(plain_text(paper))
        return b"%PDF"

    monkeypatch.setattr("documents.http.to_pdf", keep)
    enter(cast, cast.hoa, helper=cast.tuan, shortcoming="Chuyện của Hoa")
    enter(cast, cast.son, shortcoming="Chuyện của Sơn")
    enter(cast, None, shortcoming="Chuyện của chi bộ")
    seen: dict[str, Any] = {}
    for name in ("lan", "hoa", "tuan", "mai"):
        for address, more in (
            ("remedies-pdf", []),
            ("cell-remedies-pdf", []),
            ("own-remedies-pdf", [cast.hoa.pk]),
            ("own-remedies-pdf", [cast.son.pk]),
        ):
            printed.clear()
            url = reverse(address, args=[cast.cell.pk, 2026, *more])
            answer = as_user(getattr(cast, name)).get(url, {"kieu": kind} if kind else {})
            words = {one for one in ("Hoa", "Sơn", "chi bộ") if any(f"Chuyện của {one}" in text for text in printed)}
            seen.setdefault(name, []).append(words if answer.status_code == 200 else answer.status_code)
    assert seen == {
        "lan": [{"Hoa", "Sơn", "chi bộ"}, {"chi bộ"}, {"Hoa"}, {"Sơn"}],
        "hoa": [403, {"chi bộ"}, {"Hoa"}, 403],
        "tuan": [403, {"chi bộ"}, 403, 403],
        "mai": [404, 404, 404, 404],
    }


def test_the_register_asks_as_often_for_three_items_as_for_one(
    cast: Cast, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.http.to_pdf", lambda _paper: b"%PDF")
    url, lan = reverse("remedies-pdf", args=[cast.cell.pk, 2026]), as_user(cast.lan)
    asked = []
    for about in (cast.hoa, cast.son, cast.tuan):
        enter(cast, about)
        lan.get(url)  # what a process asks once
        with CaptureQueriesContext(connection) as queries:
            lan.get(url)
        asked.append(len(queries))
    assert len({*asked}) == 1


def test_a_year_that_no_calendar_has_is_not_there_and_the_page_leads_to_the_papers(cast: Cast, as_user: AsUser) -> None:
    lan = as_user(cast.lan)
    enter(cast, cast.hoa)
    assert [lan.get(f"/cells/{cast.cell.pk}/remedies/{year}/cell.pdf").status_code for year in (0, 1, 99999)] == [
        404
    ] * 3
    assert lan.get(reverse("own-remedies-pdf", args=[cast.cell.pk, 2026, 987654])).status_code == 404
    page = lan.get(f"/cells/{cast.cell.pk}/remedies/").content.decode()
    year = lan.get(f"/cells/{cast.cell.pk}/remedies/").context["year"]
    assert f"/cells/{cast.cell.pk}/remedies/{year}/whole.pdf?kieu=ke-hoach" in page
    assert f"/cells/{cast.cell.pk}/remedies/{year}/people/{cast.hoa.pk}.pdf" in page
    tuan = as_user(cast.tuan).get(f"/cells/{cast.cell.pk}/remedies/").content.decode()
    assert ("whole.pdf" in tuan, f"people/{cast.tuan.pk}.pdf" in tuan, f"people/{cast.hoa.pk}" in tuan) == (
        False,
        True,
        False,
    )
