"""A committee's rubric: typed from its document, for one form, and on the forms that are handed out under it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from critique.course import actions as committee
from critique.cycle.models import Cycle
from critique.official_forms.advice import advice
from critique.official_forms.forms import STAFF_FORM
from critique.writing import page
from critique.writing.content import texts_of
from critique.writing.fixed import rubric_for, version
from critique.writing.sheets import blank, sheet
from documents.model import plain_text
from members.refusal import Refused
from rulings import actions
from rulings.models import Ruling
from tests.critique.conftest import OPENED, review_of, write

if TYPE_CHECKING:
    from members.models import Organisation
    from tests.conftest import Cast

LINES = "1 | Nhóm chung | 30\n1.1 | Chính trị, đạo đức | 22\n1.2 | Tự phê bình | 8\n2.1 | Kết quả nhiệm vụ | 70"
PAPER = {"document": "09-HD/ĐU", "document_date": date(2026, 9, 1), "starts_on": date(2026, 10, 1)}


def fix(cast: Cast, organisation: Organisation | None = None, **changes: Any) -> Ruling:
    fields: dict[str, Any] = {"lines": LINES, **PAPER, **changes}
    value = {"lines": fields.pop("lines")}
    by = cast.phuc if organisation == cast.ward else cast.account(cast.lan)
    return actions.fix(organisation or cast.cell, "rubric-02B", value=value, by=by, at=OPENED, **fields)


def test_the_nearest_committees_rubric_holds_on_its_days(cast: Cast) -> None:
    above = fix(cast, cast.ward, document="01-HD/ĐU")
    assert rubric_for(cast.cell, "02B", date(2026, 9, 30)) is None
    assert str(rubric_for(cast.cell, "02B", date(2026, 10, 1))) == str(version(above))
    own = fix(cast)
    found = rubric_for(cast.cell, "02B", date(2026, 12, 4))
    assert (found, rubric_for(cast.cell, "02A", date(2026, 12, 4))) == (version(own), None)
    assert found is not None
    assert found.label == "Chi bộ Văn phòng: 09-HD/ĐU (01/9/2026), quy định của Chi bộ Văn phòng (cấp uỷ quy định)"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"lines": LINES.replace("22", "20")}, "lines", "Nhóm tiêu chí chung cộng lại 28 điểm; phải là 30."),
        ({"lines": "1.1 | Chung | 30"}, "lines", "Nhóm tiêu chí kết quả nhiệm vụ cộng lại 0 điểm; phải là 70."),
        ({"lines": LINES + "\n1.1 | Lại | 1"}, "lines", "Dòng 5: mã 1.1 đã có ở dòng 2."),
        ({"lines": "3.1 | Lạ | 30"}, "lines", "Dòng 1: mã bắt đầu bằng 1 (nhóm chung) hoặc 2 (nhóm kết quả nhiệm vụ)."),
        ({"lines": ""}, "lines", "Biểu điểm còn trống."),
        ({"document": " "}, "document", "Xin ghi số, ký hiệu văn bản đã quy định."),
        ({"starts_on": date(2026, 8, 1)}, "starts_on", "Ngày áp dụng không thể trước ngày văn bản."),
    ],
)
def test_what_is_no_rubric_is_refused_at_its_field(
    cast: Cast, changes: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as caught:
        fix(cast, **changes)
    assert (caught.value.field, caught.value.sentence, Ruling.objects.count()) == (field, sentence, 0)


def test_two_versions_never_hold_on_one_day(cast: Cast) -> None:
    first = fix(cast)
    with pytest.raises(Refused, match="Đã có quy định về việc này theo 09-HD/ĐU"):
        fix(cast)
    with pytest.raises(Refused, match="Đã có quy định về việc này theo 09-HD/ĐU"):
        fix(cast, starts_on=date(2027, 1, 1))
    actions.end(first, ends_on=date(2026, 12, 31), by=cast.account(cast.lan), at=OPENED)
    fix(cast, starts_on=date(2027, 1, 1), document="11-HD/ĐU")
    assert Ruling.objects.count() == 2


def test_its_criteria_stand_on_the_forms_that_are_handed_out(cast: Cast, planned_cycle: Cycle) -> None:
    fix(cast)
    committee.take_step(planned_cycle, move_name="open", by=cast.account(cast.lan), at=OPENED)
    review = review_of(planned_cycle, cast.hoa)
    assert [row["criterion"] for row in texts_of(review)["B.I.D"] if isinstance(row, dict)] == [
        "1.1. Chính trị, đạo đức (tối đa 22 điểm)",
        "1.2. Tự phê bình (tối đa 8 điểm)",
        "2.1. Kết quả nhiệm vụ (tối đa 70 điểm)",
    ]
    posted = {"B.I.1": "27", "B.I.2": "65"}
    points = ("20,5", "7", "65")
    for number, (row, given) in enumerate(zip(texts_of(review)["B.I.D"], points, strict=True)):
        posted |= {f"B.I.D.{number}.criterion": row["criterion"], f"B.I.D.{number}.points": given}  # type: ignore[index]
    write(cast, review, posted, step="rating")
    review = review_of(planned_cycle, cast.hoa)
    (word,) = (one for one in advice(STAFF_FORM, texts_of(review)) if one.field.startswith("B.I"))
    assert (word.field, word.sentence) == (
        "B.I.1",
        "Điểm từng tiêu chí của nhóm này cộng lại là 27,5, khác số ghi ở đây.",
    )
    on_paper = plain_text(sheet(review))
    assert ("1.2. Tự phê bình (tối đa 8 điểm)" in on_paper, "20,5" in on_paper) == (True, True)
    assert "2.1. Kết quả nhiệm vụ (tối đa 70 điểm)" in plain_text(blank(planned_cycle, "02B"))


def test_without_a_rubric_the_form_asks_for_the_two_sums_alone(cast: Cast, cycle: Cycle) -> None:
    asked = [question.code for question in page.build(review_of(cycle, cast.hoa), "rating").questions]
    assert asked == ["B.I.1", "B.I.2", "B.II"]


def test_a_secretary_enters_what_the_committee_above_has_sent_down(cast: Cast, as_user: Any) -> None:
    lan, url = as_user(cast.lan), reverse("ruling-list", args=[cast.cell.pk])
    assert "ví dụ – chưa phải quy định" in lan.get(url, {"subject": "rubric-01"}).content.decode()
    form = {"subject": "rubric-02B", "lines": LINES, "document": "09-HD/ĐU", "document_date": "2026-09-01"}
    wrong = lan.post(url, {**form, "starts_on": "2026-08-01"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["starts_on"])
    assert lan.post(url, {**form, "starts_on": "2026-10-01"}).status_code == 302
    row = Ruling.objects.get()
    assert lan.post(reverse("ruling-end", args=[row.pk]), {"ends_on": "2026-12-31"}).status_code == 302
    row.refresh_from_db()
    assert (row.ends_on, "Chính trị, đạo đức" in lan.get(url).content.decode()) == (date(2026, 12, 31), True)
