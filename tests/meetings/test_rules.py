"""What a committee has fixed: it holds below it from its day on, with its document, and changes what is advised."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from documents.model import Head, Signatures, Table, Title, plain_text
from guideline import criteria
from guideline.model import RuleKey
from meetings import rules
from meetings.papers.guideline import build_guideline
from members.models import Event, Organisation
from rulings import actions
from rulings.models import Ruling
from tests.addresses import address
from tests.clicks import clients
from tests.factories import NOW, make_member
from tests.meetings.steps import forbidden, refused
from tests.world import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from documents.model import Document
    from members.models import User
    from tests.conftest import Cast
    from tests.world import World

DAY = date(2026, 12, 3)
PAPER = {"document": "05-QĐ/ĐU", "document_date": date(2026, 1, 5), "starts_on": date(2026, 1, 10)}


def fix(organisation: Organisation, by: User, **changes: Any) -> Ruling:
    fields: dict[str, Any] = {"key": "minutes_regular", "figure": 60, **PAPER, **changes}
    paper = {name: fields.pop(name) for name in PAPER}
    return actions.fix(organisation, fields.pop("key"), value=fields, by=by, at=NOW, **paper)


def least(cell: Organisation, day: date = DAY) -> int | None:
    return rules.rulebook_in(cell, "hd42", day).figure_of(RuleKey.MINUTES_REGULAR)


def test_a_committees_figure_holds_in_the_cells_below_from_its_day_on(cast: Cast) -> None:
    fix(cast.ward, cast.phuc)
    assert [least(cast.cell, day) for day in (date(2026, 1, 9), date(2026, 1, 10), DAY)] == [90, 60, 60]
    clause = rules.rulebook_in(cast.cell, "hd42", DAY).rule(RuleKey.MINUTES_REGULAR).clause  # type: ignore[union-attr]
    assert str(clause) == "05-QĐ/ĐU (05/01/2026), quy định của Đảng uỷ cơ quan (cấp uỷ quy định)"
    event = Event.objects.latest("pk")
    assert (event.what, event.cell, event.actor) == ("fix_ruling", cast.ward, cast.phuc)
    assert event.data == {"subject": "minutes_regular", "document": "05-QĐ/ĐU", "starts_on": "2026-01-10"}


def test_the_nearest_rule_wins_and_a_neighbour_keeps_the_one_above(cast: Cast) -> None:
    fix(cast.ward, cast.phuc)
    fix(cast.cell, cast.account(cast.lan), figure=75, document="02-NQ/CB")
    assert (least(cast.cell), least(cast.other_cell)) == (75, 60)


def test_a_figure_for_small_cells_leaves_the_others_alone(cast: Cast) -> None:
    fix(cast.ward, cast.phuc, figure=45, members_to=4)
    assert (least(cast.cell), least(cast.other_cell)) == (45, 45)
    make_member(cast.cell, "Vũ Thái Bình")
    assert (least(cast.cell), least(cast.other_cell)) == (90, 45)


def test_an_ended_rule_holds_to_the_end_of_its_last_day(cast: Cast) -> None:
    rule = fix(cast.ward, cast.phuc)
    actions.end(rule, ends_on=date(2026, 6, 30), by=cast.phuc, at=NOW)
    assert [least(cast.cell, day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == [60, 90]
    fix(cast.ward, cast.phuc, figure=80, starts_on=date(2026, 7, 1))
    assert least(cast.cell, date(2026, 7, 1)) == 80


def test_two_figures_for_cells_of_other_sizes_stand_beside_each_other(cast: Cast) -> None:
    fix(cast.ward, cast.phuc, figure=90, members_to=29)
    fix(cast.ward, cast.phuc, figure=120, members_from=30)
    assert least(cast.cell) == 90


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"key": "topic"}, "subject", "Cấp uỷ không quy định riêng việc này."),
        ({"figure": None}, "figure", "Mức này phải từ 30 đến 240."),
        ({"figure": 1}, "figure", "Mức này phải từ 30 đến 240."),
        ({"document": " "}, "document", "Xin ghi số, ký hiệu văn bản đã quy định."),
        ({"starts_on": date(2026, 1, 4)}, "starts_on", "Ngày áp dụng không thể trước ngày văn bản."),
        ({"members_from": 30, "members_to": 29}, "members_to", "Số đảng viên “đến” phải lớn hơn hoặc bằng “từ”."),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_field(
    cast: Cast, changes: dict[str, Any], field: str, said: str
) -> None:
    with refused(said, field):
        fix(cast.ward, cast.phuc, **changes)


def test_two_rules_for_one_day_are_refused_with_the_one_that_stands(cast: Cast) -> None:
    fix(cast.ward, cast.phuc)
    said = (
        "Đã có quy định về việc này theo 05-QĐ/ĐU, áp dụng từ 10/01/2026. "
        "Xin ghi ngày thôi áp dụng của quy định đó trước."
    )
    with refused(said, "starts_on"):
        fix(cast.ward, cast.phuc, figure=70, starts_on=date(2026, 5, 1))


def test_a_rule_cannot_end_before_it_begins(cast: Cast) -> None:
    rule = fix(cast.ward, cast.phuc)
    with refused("Ngày thôi áp dụng không thể trước ngày bắt đầu áp dụng.", "ends_on"):
        actions.end(rule, ends_on=date(2026, 1, 9), by=cast.phuc, at=NOW)


def test_who_does_not_lead_the_cell_fixes_nothing(cast: Cast) -> None:
    rule = fix(cast.cell, cast.account(cast.lan))
    for by in (cast.account(cast.hoa), cast.account(cast.mai), cast.admin):
        with forbidden():
            fix(cast.cell, by, key="quorum", figure=50)
        with forbidden():
            actions.end(rule, ends_on=DAY, by=by, at=NOW)
    with forbidden():
        fix(cast.ward, cast.account(cast.lan), key="quorum", figure=50)


def test_a_committees_own_sheet_takes_the_place_of_the_central_one(cast: Cast) -> None:
    lines = "1 | Nề nếp | 40\n2 | Kết quả | 60"
    rule = actions.fix(cast.ward, "breakdown-hd42", value={"lines": lines}, by=cast.phuc, at=NOW, **PAPER)
    own = rules.criteria_for(cast.cell, "hd42", DAY)
    assert (own.key, own.title, own.total) == (f"local-{rule.pk}", "Biểu điểm của Đảng uỷ cơ quan", 100)
    assert rules.criteria_by_key(own.key) == own
    assert rules.criteria_for(cast.cell, "hd12", DAY) == criteria.get("hd12")
    assert rules.criteria_for(cast.cell, "hd42", date(2026, 1, 9)) == criteria.get("hd42")


def test_a_sheet_that_does_not_add_up_is_refused_at_its_field(cast: Cast) -> None:
    lines = {"lines": "1 | Nề nếp | 90"}
    with refused("Các mục lớn cộng lại 90 điểm; phải là 100.", "lines"):
        actions.fix(cast.ward, "breakdown-hd42", value=lines, by=cast.phuc, at=NOW, **PAPER)


def test_the_paper_shows_what_is_applied_with_its_source(cast: Cast) -> None:
    fix(cast.ward, cast.phuc)
    book, sheet = rules.rulebook_in(cast.cell, "hd42", DAY), rules.criteria_for(cast.cell, "hd42", DAY)
    document = build_guideline(cast.cell, DAY, book, sheet)
    text = plain_text(document)
    assert "Buổi sinh hoạt thường kỳ tối thiểu 60 phút." in text
    assert "05-QĐ/ĐU (05/01/2026), quy định của Đảng uỷ cơ quan (cấp uỷ quy định)" in text
    assert [rule.sentence for rule in book.rules if rule.sentence not in text] == []
    steps = {step.title for found in book.steps.values() for step in found}
    assert [title for title in steps if title not in text] == []
    assert [line.title for line in sheet.criteria if line.title not in text] == []


def guideline_on(cast: Cast, key: str, day: date) -> Document:
    return build_guideline(
        cast.cell, day, rules.rulebook_in(cast.cell, key, day), rules.criteria_for(cast.cell, key, day)
    )


@pytest.mark.parametrize(("key", "day"), [("hd12", date(2024, 11, 20)), ("hd42", DAY)])
def test_the_paper_can_be_signed_off_line_by_line(cast: Cast, key: str, day: date) -> None:
    document = guideline_on(cast, key, day)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    rows = [row for table in tables for row in table.rows]
    assert {table.columns[-1].title for table in tables} == {"Đúng / sửa thành"}
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert [row for row in rows if not row[2] or row[3]] == []
    title = next(block for block in document.blocks if isinstance(block, Title))
    assert title.kind == "BÁO CÁO"  # a cell issues no Quy định: QĐ 399-QĐ/TW, Điều 11, 13
    signed = next(block for block in document.blocks if isinstance(block, Signatures))
    assert signed.left is not None
    assert signed.left.role_lines == ("NGƯỜI RÀ SOÁT",)
    head = document.blocks[0]
    assert isinstance(head, Head)
    assert "ngày ……" in head.place_and_day


def test_the_paper_of_a_day_cites_nothing_that_was_issued_later(cast: Cast) -> None:
    text = plain_text(guideline_on(cast, "hd12", date(2024, 11, 20)))
    assert [year for year in ("2025", "2026") if year in text] == []
    early = plain_text(guideline_on(cast, "hd42", date(2025, 10, 28)))
    assert [name for name in ("Hướng dẫn 37", "Hướng dẫn 43", "Quy định 399") if name in early] == []


def test_the_paper_names_its_sources_and_both_ends_of_each_band(cast: Cast) -> None:
    text = plain_text(guideline_on(cast, "hd42", DAY))
    assert "Xếp loại: Tốt: từ 90 đến 100 điểm; Khá: từ 70 đến dưới 90 điểm" in text
    assert "Kém: dưới 50 điểm." in text
    assert "Chỉ thị 50-CT/TW (23/7/2025), mục 2 [" in text
    assert "luatvietnam.vn" in text


def test_a_committee_fixes_the_day_of_the_monthly_meeting(cast: Cast) -> None:
    assert rules.rulebook_in(cast.cell, "hd42", DAY).figure_of(RuleKey.MEETING_DAY) == 3
    fix(cast.ward, cast.phuc, key="meeting_day", figure=20)
    rule = rules.rulebook_in(cast.cell, "hd42", DAY).rule(RuleKey.MEETING_DAY)
    assert rule is not None
    assert rule.sentence == "Sinh hoạt thường kỳ vào ngày 20 hằng tháng."
    with refused("Mức này phải từ 1 đến 28.", "figure"):
        fix(cast.cell, cast.account(cast.lan), key="meeting_day", figure=29)


def test_the_page_shows_the_guideline_of_the_day_that_was_asked_for(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    url = address("guideline", "cell", world.keys)
    shown = {
        day: clients(world)["nam"].get(url, {"ngay": day}).context["paper"]
        for day in ("2025-10-27", "2025-10-28", "2017-01-01", "không phải ngày", "2026-02-31")
    }
    assert {
        day: 'Theo Hướng dẫn <span class="paper-together">12-HD/BTCTW</span>' in paper for day, paper in shown.items()
    } == {
        "2025-10-27": True,
        "2025-10-28": False,
        "2017-01-01": False,
        "không phải ngày": False,
        "2026-02-31": False,
    }


QUORUM = {"subject": "quorum", "figure": "50", "document": "07-QĐ/ĐU", "document_date": "2026-02-02"}


def test_what_is_typed_wrongly_comes_back_with_the_reason_beside_it(cast: Cast, as_user: Any) -> None:
    lan, url = as_user(cast.lan), reverse("ruling-list", args=[cast.cell.pk])
    wrong = lan.post(url, {**QUORUM, "starts_on": "2026-03-01", "document": "", "document_date": "2026-02-31"})
    form = wrong.context["form"]
    assert (wrong.status_code, set(form.errors), form["figure"].value()) == (422, {"document", "document_date"}, "50")
    assert form.errors["document"] == ["Quy định riêng phải ghi theo văn bản nào."]
    bad = lan.post(url, {**QUORUM, "starts_on": "2026-03-01", "subject": "breakdown-hd42", "lines": "1"})
    assert (bad.status_code, set(bad.context["form"].errors)) == (422, {"lines"})


def test_a_leader_enters_a_rule_and_ends_it(cast: Cast, as_user: Any) -> None:
    lan, url = as_user(cast.lan), reverse("ruling-list", args=[cast.cell.pk])
    lan.post(url, {**QUORUM, "starts_on": "2026-03-01"})
    made = Ruling.objects.get()
    assert (made.subject, made.value["figure"], made.document, made.entered_by.username) == (
        "quorum", 50, "07-QĐ/ĐU", "lan",
    )  # fmt: skip
    ending = reverse("ruling-end", args=[made.pk])
    lan.post(ending, {"ends_on": "2026-12-31"}, follow=True)
    made.refresh_from_db()
    assert made.ends_on == date(2026, 12, 31)
    refused = lan.post(ending, {"ends_on": "2020-01-01"}).context["end_form"]
    assert refused.errors == {"ends_on": ["Ngày thôi áp dụng không thể trước ngày bắt đầu áp dụng."]}
