"""The shelf: nothing without its exact source, shared down, never up, and found by whoever may see it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.press import Press
from members.refusal import AlreadyDone, Refused
from rulings.house import FIGURES
from rulings.models import Ruling
from search.asking import Sought
from search.facts import Hit, find
from shelf import actions
from shelf.models import Entry, EntryKind, Quotation, Seen
from tests.factories import NOW, make_cell, make_committee, make_member, press
from tests.meetings.steps import forbidden, has_one_effect
from tests.world_shelf import WORDS, put, source

if TYPE_CHECKING:
    from tests.conftest import AsUser, Cast

BOOK = {"number": "", "dated_on": None, "title": "Toàn tập", "edition": "Nxb Chính trị quốc gia, Hà Nội, 2011, tập 5"}
ISSUE = {"number": "", "dated_on": None, "title": "", "issue_on": date(2026, 12, 1)}


@pytest.mark.parametrize(
    ("kind", "wrong", "field"),
    [
        (EntryKind.DOCUMENT, {"number": ""}, "number"),
        (EntryKind.DOCUMENT, {"dated_on": None}, "dated_on"),
        (EntryKind.DOCUMENT, {"dated_on": date(2027, 1, 1)}, "dated_on"),
        (EntryKind.DOCUMENT, {"body": "Nguồn: Internet"}, "body"),
        (EntryKind.DOCUMENT, {"title": "…"}, "title"),
        (EntryKind.DOCUMENT, {"seen_by": ""}, "seen_by"),
        (EntryKind.DOCUMENT, {"seen_where": "không rõ"}, "seen_where"),
        (EntryKind.DOCUMENT, {"seen_as": "nghe"}, "seen_as"),
        (EntryKind.WORK, {**BOOK, "edition": "Sưu tầm"}, "edition"),
        (EntryKind.BULLETIN, {**ISSUE, "issue_on": None}, "issue_on"),
    ],
)
def test_what_has_no_exact_source_is_refused_beside_the_field(
    cast: Cast, kind: EntryKind, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        put(cast.cell, cast.account(cast.lan), NOW, kind, **wrong)
    assert (refused.value.field, Entry.objects.count()) == (field, 0)


def test_the_source_is_said_as_a_paper_names_it_and_second_hand_is_said_so(cast: Cast) -> None:
    lan = cast.account(cast.lan)
    book = put(cast.cell, lan, NOW, EntryKind.WORK, **BOOK, body="Hồ Chí Minh", seen_as=Seen.PRINT)
    relayed = put(cast.cell, lan, NOW, seen_as=Seen.RELAYED, seen_where="báo Phường")
    bulletin = put(cast.cell, lan, NOW, EntryKind.BULLETIN, **ISSUE)
    assert [one.source for one in (book, relayed, bulletin)] == [
        "Hồ Chí Minh: Toàn tập, Nxb Chính trị quốc gia, Hà Nội, 2011, tập 5",
        "Nghị quyết số 15-NQ/ĐU, ngày 01/10/2026 của Đảng uỷ phường Hoa Sen về sinh hoạt chi bộ; dẫn theo báo Phường",
        "Đảng uỷ phường Hoa Sen: Bản tin sinh hoạt chi bộ, tháng 12/2026",
    ]
    law = Entry(title="Luật Lưu trữ", number="33/2024/QH15", dated_on=date(2024, 6, 21), body="Quốc hội")
    assert law.source == "Luật Lưu trữ, số 33/2024/QH15, ngày 21/6/2024 của Quốc hội"
    cited = actions.quote(relayed, words=WORDS, place="mục 2", by=lan, at=NOW).cited
    assert cited == (
        f"“{WORDS}” (Nghị quyết số 15-NQ/ĐU, ngày 01/10/2026 của Đảng uỷ phường Hoa Sen về sinh hoạt chi bộ, "
        "mục 2; dẫn theo báo Phường)"
    )


def test_a_committees_stands_on_every_shelf_below_and_a_cells_own_is_seen_by_nobody_above(cast: Cast) -> None:
    stranger = make_member(make_cell(make_committee("Đảng uỷ khác"), "Chi bộ Chợ"), "Hà Thị Xuân", username="xuan")
    above, own = put(cast.ward, cast.phuc, NOW), put(cast.cell, cast.account(cast.lan), NOW)
    people = {"hoa": cast.hoa, "mai": cast.mai, "kha": cast.kha, "xuân": stranger}
    seen = {name: {*Entry.objects.for_user(cast.account(who))} for name, who in people.items()}
    seen["phúc"] = {*Entry.objects.for_user(cast.phuc)}
    assert seen == {"hoa": {above, own}, "mai": {above}, "kha": set(), "xuân": set(), "phúc": {above}}
    for body, who in ((cast.ward, cast.account(cast.lan)), (cast.cell, cast.phuc), (cast.cell, cast.account(cast.hoa))):
        with forbidden():
            put(body, who, NOW)


def test_the_same_click_puts_one_and_one_shelf_holds_one_bulletin_of_a_month(cast: Cast) -> None:
    lan, told = cast.account(cast.lan), source()

    def once(key: Press) -> None:
        actions.put(cast.cell, EntryKind.DOCUMENT, told, by=lan, at=NOW, key=key)

    has_one_effect(once, press())
    assert Entry.objects.count() == 1
    first = put(cast.cell, lan, NOW, EntryKind.BULLETIN, **ISSUE)
    with pytest.raises(Refused, match="đã có trên tủ"):
        put(cast.cell, lan, NOW, EntryKind.BULLETIN, **ISSUE)
    actions.withdraw(first, by=lan, at=NOW)
    with pytest.raises(AlreadyDone):
        actions.withdraw(first, by=lan, at=NOW)
    put(cast.cell, lan, NOW, EntryKind.BULLETIN, **ISSUE)
    with pytest.raises(Refused, match="cất khỏi tủ"):
        actions.quote(first, words="Một câu", place="trang 2", by=lan, at=NOW)


def test_whoever_may_see_it_finds_it_until_it_is_taken_off(cast: Cast) -> None:
    entry = put(cast.ward, cast.phuc, NOW)
    quotation = actions.quote(entry, words=WORDS, place="mục 2", by=cast.phuc, at=NOW)

    def found(by: Any) -> list[str]:
        return [hit.label for hit in find(Sought.of("chuyen de it nhat moi quy"), by).hits]

    mai = cast.account(cast.mai)
    assert (found(mai), found(cast.phuc), found(cast.account(cast.kha))) == (["Đoạn trích"], ["Đoạn trích"], [])
    actions.drop(quotation, by=cast.phuc, at=NOW)
    assert found(mai) == []


def test_a_document_is_found_by_what_its_kind_is_called(cast: Cast, as_user: AsUser) -> None:
    """Its number has the letters alone; “QĐ” may be either of two. An excerpt shows its own words and no more."""
    put(cast.ward, cast.phuc, NOW, title="Về sinh hoạt chi bộ", number="24-QĐ/ĐU")
    put(cast.ward, cast.phuc, NOW, EntryKind.WORK, **BOOK)
    Ruling.objects.create(
        organisation=cast.ward, subject=FIGURES["line_pt"].key, value={"choice": "22"}, document="07-TB/ĐU",
        document_date=date(2026, 1, 5), starts_on=date(2026, 1, 5), entered_by=cast.phuc, entered_at=NOW,
    )  # fmt: skip

    def hits(words: str) -> list[Hit]:
        return find(Sought.of(words), cast.account(cast.lan)).hits

    def found(words: str) -> list[str]:
        return [hit.label for hit in hits(words)]

    named = {word: found(word) for word in ("quy định", "quyet dinh", "thông báo", "sách", "chỉ thị")}
    shelf, ruling = ["Tủ tài liệu"], ["Quy định của cấp uỷ"]
    assert named == {"quy định": shelf, "quyet dinh": shelf, "thông báo": ruling, "sách": shelf, "chỉ thị": []}
    excerpts = {word: "".join(words for hit in hits(word) for words, _ in hit.pieces) for word in named}
    body = source().body
    assert excerpts["quy định"] == f"{body} Về sinh hoạt chi bộ 24-QĐ/ĐU"
    assert excerpts["sách"] == f"{body} Toàn tập {BOOK['edition']}"
    assert excerpts["thông báo"].endswith("07-TB/ĐU")
    listed = as_user(cast.hoa).get(f"/organisations/{cast.cell.pk}/shelf/?q=quy định").text
    assert ("24-QĐ/ĐU" in listed, "Toàn tập" in listed) == (True, False)


def test_on_the_page_what_was_typed_comes_back_with_the_reason_beside_the_field(cast: Cast, as_user: AsUser) -> None:
    lan, url = as_user(cast.lan), f"/organisations/{cast.cell.pk}/shelf/new/?loai=document"
    typed = {
        "body": "Đảng uỷ phường", "title": "Nghị quyết học tập", "number": "sưu tầm", "dated_on": "02/11/2026",
        "seen_by": "Trần Thị Lan", "seen_as": "original", "seen_where": "Văn phòng",
    }  # fmt: skip
    got = lan.post(url, typed)
    assert got.status_code == 422
    assert got.context["form"].errors["number"] == ["Xin ghi đúng số, ký hiệu văn bản."]
    assert "Nghị quyết học tập" in got.content.decode()
    lan.post(url, {**typed, "number": "16-NQ/ĐU"})
    entry = Entry.objects.get()
    page = f"/shelf/{entry.pk}/"
    assert lan.post(page, {"words": "Lời văn", "place": "?"}).context["form"].errors["place"]
    lan.post(page, {"words": "Lời văn", "place": "điểm 1"})
    assert Quotation.objects.get().words == "Lời văn"
    lan.post(f"/shelf/{entry.pk}/edit/", {**typed, "number": "17-NQ/ĐU"})
    pdf = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n")
    assert "không thuộc danh mục" in lan.post(f"{page}file/add/", {"file": pdf}).content.decode()
    pdf.seek(0)
    lan.post(f"{page}file/add/", {"file": pdf, "not_secret": "on"})
    file = as_user(cast.hoa).get(f"{page}file/")
    assert (b"".join(file.streaming_content)[:5], file["Content-Disposition"][:10]) == (b"%PDF-", "attachment")
    listed = as_user(cast.hoa).get(f"/organisations/{cast.cell.pk}/shelf/?q=nghi quyet").content.decode()
    assert "17-NQ/ĐU" in listed
    assert "Thêm văn bản" not in listed


def test_a_passage_that_was_typed_stays_where_the_entry_was_taken_off_meanwhile(cast: Cast, as_user: AsUser) -> None:
    entry = put(cast.ward, cast.phuc, NOW)
    actions.withdraw(entry, by=cast.phuc, at=NOW)
    page = as_user(cast.phuc).post(f"/shelf/{entry.pk}/", {"words": "Chép tay đoạn này.", "place": "mục 2"})
    assert (page.status_code, "Chép tay đoạn này." in page.text, "đã được cất" in page.text) == (422, True, True)
