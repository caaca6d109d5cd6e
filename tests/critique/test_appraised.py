"""What others say below a self-review, and form 03: from the record, and with room to write where it says nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from critique.levels.actions import entries
from critique.levels.appraised import UNSEEN_03, UNSEEN_BEFORE, appraisal, blank_appraisal, build_again
from critique.remedies.papers import build_plan
from critique.writing.sheets import blank, sheet
from documents.model import Document, Note, Signature, Signatures, plain_text
from documents.style import Look
from members.house import COMMITTEE, House
from rulings import actions as rulings
from rulings.house import BEHALF, UY
from tests.critique import levels_cast as levels
from tests.critique.conftest import fresh, row_of
from tests.critique.hearings import FAULT, begin, finish
from tests.factories import NOW

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from critique.writing.models import SelfReview
    from tests.conftest import AsUser, Cast

TODAY = date(2026, 12, 30)
AGAIN: dict[str, Any] = {
    "level": "done",
    "document": "15-QĐ/ĐU",
    "document_date": date(2026, 12, 28),
    "words": "thẩm định lại theo kiến nghị",
}


def text_of(blocks: tuple[Any, ...]) -> str:
    return plain_text(Document("x", "x", TODAY, blocks))


def test_the_cells_word_and_the_decision_stand_below_the_form(cast: Cast, cycle: Cycle, submitted: SelfReview) -> None:
    levels.confirmed(cast, levels.counted(cast, levels.opened(cast, cycle)))
    levels.sent(cast, cycle)
    levels.decided(cast, cycle, cast.hoa)
    text = text_of(appraisal(row_of(cycle, cast.hoa)))
    assert text.count("■ Hoàn thành tốt nhiệm vụ") == 2  # proposed by the cell, decided above
    assert "Quyết định số 12-QĐ/ĐU, ngày 20/12/2026." in text
    paper = sheet(submitted, after=appraisal)
    signed = [block.right.role_lines[0] for block in paper.blocks if isinstance(block, Signatures) and block.right]
    assert signed[1:3] == ["THỦ TRƯỞNG ĐƠN VỊ", "T/M CHI BỘ"]
    assert len(signed) == 4


def test_where_nothing_was_said_there_are_lines_and_empty_boxes(cast: Cast, cycle: Cycle) -> None:
    text = text_of(appraisal(row_of(cycle, cast.hoa)))
    assert ("■" in text, text.count("□ Hoàn thành tốt nhiệm vụ"), text.count("." * 132)) == (False, 2, 8)
    assert text_of(blank_appraisal(cycle, "02B")) == text
    assert "THỦ TRƯỞNG" not in text_of(blank_appraisal(cycle, "02C"))
    assert blank_appraisal(cycle, "01") == ()


def test_nobody_is_asked_to_sign_about_themselves(cast: Cast, cycle: Cycle) -> None:
    def cell_signs(blocks: tuple[Any, ...]) -> Signature | None:
        return [block.right for block in blocks if isinstance(block, Signatures)][1]

    assert cell_signs(appraisal(row_of(cycle, cast.lan))) == Signature(("T/M CHI BỘ",), "")
    assert cell_signs(appraisal(row_of(cycle, cast.hoa))) == Signature(("T/M CHI BỘ", "BÍ THƯ"), "Trần Thị Lan")


def test_what_is_said_below_and_form_03_are_written_in_the_style_of_the_house(
    cast: Cast, submitted: SelfReview, cycle: Cycle, monkeypatch: Any
) -> None:
    style = House(look=Look(line_pt=22), spelling="ủy", behalf=COMMITTEE)
    monkeypatch.setattr("members.house.SETTLED", [lambda _of: lambda _day: style])
    paper = sheet(submitted, after=appraisal)
    assert "Nhận xét, đánh giá của chi ủy, chi bộ" in plain_text(paper)
    signed = [block.right.role_lines[0] for block in paper.blocks if isinstance(block, Signatures) and block.right]
    assert "T/M CHI ỦY" in signed
    assert build_again(row_of(cycle, cast.hoa), TODAY).look.line_pt == 22


def test_what_the_chair_concluded_is_there_once_it_is_closed(cast: Cast, cycle: Cycle) -> None:
    hearing = begin(cast, cycle, cast.hoa)
    before = text_of(appraisal(row_of(cycle, cast.hoa)))
    finish(cast, hearing, cast.hoa)
    after = text_of(appraisal(row_of(cycle, cast.hoa)))
    assert (FAULT in before, f"Hạn chế, khuyết điểm: {FAULT}." in after) == (False, True)


def test_form_03_says_from_what_to_what_and_why(cast: Cast, cycle: Cycle) -> None:
    levels.sent(cast, cycle)
    levels.decided(cast, cycle, cast.hoa)
    entries.decide_again(row_of(cycle, cast.hoa), **AGAIN, **levels.above(cast))
    text = plain_text(build_again(row_of(cycle, cast.hoa), TODAY))
    for said in (
        "Số 15-QĐ/ĐU",
        "- Căn cứ Quyết định số 12-QĐ/ĐU, ngày 20/12/2026;",
        "Mức đã xếp loại: Hoàn thành tốt nhiệm vụ.",
        "■ Hoàn thành nhiệm vụ",
        "Lý do: Thẩm định lại theo kiến nghị.",
        "Quyết định này thay Quyết định số 12-QĐ/ĐU",
    ):
        assert said in text
    assert text.endswith(UNSEEN_03)


def test_form_03_is_printed_to_be_filled_in_where_nothing_was_decided(cast: Cast, cycle: Cycle) -> None:
    paper = build_again(row_of(cycle, cast.hoa), TODAY)
    text = plain_text(paper)
    assert ("■" in text, "Số …-QĐ/" in text, "Quyết định số …………, ngày …………" in text) == (False, True, True)
    assert paper.blocks[-1] == Note(UNSEEN_03)
    before = build_again(row_of(cycle, cast.hoa), date(2024, 12, 20))
    assert before.blocks[-1] == Note(UNSEEN_BEFORE)  # no form of a guideline that came later


def test_only_the_comrades_own_print_bears_what_is_said_of_them(
    cast: Cast, submitted: SelfReview, as_user: AsUser, monkeypatch: Any
) -> None:
    printed: list[str] = []

    def keep(paper: Document) -> bytes:
        printed.append(plain_text(paper))
        return b"%PDF"

    monkeypatch.setattr("documents.http.to_pdf", keep)
    cycle = fresh(submitted.cycle)
    as_user(cast.hoa).get(reverse("self-review-pdf", args=[submitted.pk]))
    as_user(cast.lan).post(reverse("self-review", args=[submitted.pk]), {"way": "paper"})
    as_user(cast.lan).get(reverse("blank-form", args=[cycle.pk, "02B"]))
    assert ["T/M CHI BỘ" in text for text in printed] == [True, False, True]


def test_what_others_say_and_the_plan_are_worded_as_the_cell_has_settled(cast: Cast, cycle: Cycle) -> None:
    """What stands below the form is written by another file than the form."""
    paper: dict[str, Any] = {"document": "09-CV/ĐU", "document_date": date(2026, 1, 5), "starts_on": date(2026, 1, 10)}
    for about, choice in ((BEHALF, "T/M CHI UỶ"), (UY, "ủy")):
        value = {"choice": choice}
        rulings.fix(cast.cell, about.key, value=value, by=cast.account(cast.lan), at=NOW, **paper)
    for made in (blank(cycle, "02B", blank_appraisal), build_plan(cast.cell, cycle.year, [], TODAY)):
        said = plain_text(made)
        assert ("uỷ" in said.lower(), "T/M CHI ỦY" in said) == (False, True), said
