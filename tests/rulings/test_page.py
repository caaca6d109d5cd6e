"""One page for everything that is fixed by a document: what holds, from whom, what is usual, and a form for each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.forming import run
from members.models import Event
from members.refusal import Refused
from rulings import actions, house
from rulings.forms import RulingForm
from rulings.in_force import all_in_force, in_force
from rulings.models import DayOff, Ruling
from rulings.subjects import SUBJECTS
from tests.factories import NOW, make_committee, new_key

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from members.models import Organisation, User
    from tests.conftest import Cast

DAY = date(2026, 12, 3)
PAPER = {"document": "05-QĐ/ĐU", "document_date": date(2026, 1, 5), "starts_on": date(2026, 1, 10)}
SENT = {"document": "05-QĐ/ĐU", "document_date": "2026-01-05", "starts_on": "2026-01-10"}
HALF = dict.fromkeys(("need_excellent", "need_good", "need_done", "need_not_done"), "half")
POINTS = "1.1 | Phẩm chất | 30\n2.1 | Nhiệm vụ | 70"
#: Something that may be fixed about each subject, as it is typed, and how the page says it.
WELL = {
    **{key: ({"figure": str(subject.most)}, subject.says.format(subject.most))
       for key, subject in SUBJECTS.items() if hasattr(subject, "says") and hasattr(subject, "rule")},
    "breakdown-hd42": ({"lines": "1 | Nề nếp | 40\n2 | Kết quả | 60"}, "1. Nề nếp"),
    "breakdown-hd12": ({"lines": "1 | Nề nếp | 40\n2 | Kết quả | 60"}, "2. Kết quả"),
    **{f"rubric-{form}": ({"lines": POINTS}, "2.1. Nhiệm vụ") for form in ("01", "02A", "02B", "02C")},
    "vote-majority": (
        {"matter": "Giới thiệu ứng cử", "majority": "two_thirds"}, "Giới thiệu ứng cử: từ 2/3 trở lên tán thành"
    ),
    "rhythm": ({"figures": "15,45"}, "sau 15, 45 ngày"),
    "vote": ({"method": "hands", "base": "present", **HALF}, "Giơ tay; mức được đề xuất là mức có trên 1/2"),
    "cap": ({"percent": "25"}, "không quá 25%"),
    "retention": ({"figures": "5"}, "giữ 5 bản kiểm điểm gần nhất của mỗi đồng chí, nội dung khác 5 năm"),
    **{one.key: ({"choice": one.options[1].value}, f"<b>Quy định riêng:</b> {one.options[1].label}")
       for one in house.SUBJECTS},
    "basis": ({}, "đã có văn bản của cấp uỷ"),
}  # fmt: skip


def fix(organisation: Organisation, by: User, subject: str = "cap", *, percent: int = 25, **changes: Any) -> Ruling:
    return actions.fix(organisation, subject, value={"percent": percent}, by=by, at=NOW, **{**PAPER, **changes})


def page_of(cast: Cast) -> str:
    return reverse("ruling-list", args=[cast.cell.pk])


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_every_subject_has_an_example_here() -> None:
    assert set(WELL) == set(SUBJECTS)
    assert len(WELL) == 34


@pytest.mark.in_turn
@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_a_secretary_opens_the_form_of_a_subject_fixes_it_and_reads_it_on_the_page(
    cast: Cast, as_user: Any, subject: str
) -> None:
    lan, url, (told, said) = as_user(cast.lan), page_of(cast), WELL[subject]
    assert said not in words(lan.get(url))
    opened = lan.get(url, {"subject": subject})
    assert set(opened.context["form"].fields) == {"key", "subject", *told, *SENT} | (
        {"members_from", "members_to"} if "figure" in told else set()
    )
    answer = lan.post(url, {"subject": subject, **told, **SENT})
    assert (answer.status_code, answer["Location"]) == (302, f"{url}#{subject}")
    page = words(lan.get(url))
    assert (said in page, "Chi bộ Văn phòng: 05-QĐ/ĐU ngày 05/01/2026; áp dụng từ 10/01/2026" in page) == (True, True)
    row = Ruling.objects.get()
    assert (row.subject, row.entered_by.username, row.organisation) == (subject, "lan", cast.cell)


ODD = ["", "-1", "0", "9" * 5000, "1e400", "NaN", "\x00", "|", "1 | " * 3000, "ngày mai", "2026-02-30"]


@pytest.mark.in_turn
@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_nonsense_about_a_subject_is_refused_at_its_field_and_nothing_is_fixed(cast: Cast, subject: str) -> None:
    (told, _), about = WELL[subject], SUBJECTS[subject]
    asked = [name for name in (*told, "document_date", "starts_on") if name != "matter"]  # any words name a matter
    lan, wrong = cast.account(cast.lan), []
    for name, odd in [(name, odd) for name in asked for odd in ODD]:
        form = RulingForm({"subject": subject, **told, **SENT, name: odd}, about=about)
        done = form.is_valid() and run(form, actions.fix, cast.cell, subject, by=lan, at=NOW, **form.told)
        if done or list(form.errors) != [name]:
            wrong.append((name, odd[:20], form.errors))
    assert (wrong, Ruling.objects.count()) == ([], 0)


def test_what_nobody_here_may_fix_is_refused_and_opens_no_form(cast: Cast, as_user: Any) -> None:
    lan, url = as_user(cast.lan), page_of(cast)
    answer = lan.post(url, {"subject": "topic", "figure": "1", **SENT})
    assert (answer.status_code, "Cấp uỷ không quy định riêng việc này." in words(answer)) == (422, True)
    assert (lan.get(url, {"subject": "topic"}).context["form"], Ruling.objects.count()) == (None, 0)
    with pytest.raises(Refused, match="không quy định riêng") as caught:
        fix(cast.cell, cast.account(cast.lan), "topic")
    assert caught.value.field == "subject"


def test_where_nothing_is_fixed_the_page_says_what_is_usual_and_on_what_it_rests(cast: Cast, as_user: Any) -> None:
    page = words(as_user(cast.lan).get(page_of(cast)))
    usual = [
        "Mức chung: Buổi sinh hoạt thường kỳ tối thiểu 90 phút.<small>HD 42-HD/BTCTW (28/10/2025), ",
        "Mức chung: sau 30, 60, 90 ngày<small>Mẫu địa phương</small>",
        "Mức chung: mẫu chỉ hỏi hai tổng điểm, 30 + 70<small>43-HD/BTCTW, mục 7.12</small>",
        "Điều lệ Đảng, Điều 9, khoản 5",
        "(cần xác nhận)",
    ]
    assert [words for words in usual if words not in page] == []


def test_a_group_lies_open_while_one_of_its_subjects_is_worked_on(cast: Cast, as_user: Any) -> None:
    lan, address = as_user(cast.lan), page_of(cast)
    fix(cast.cell, cast.account(cast.lan), percent=22, document="02-QĐ/CB", starts_on=date(2026, 4, 1))

    def seen(query: str = "") -> tuple[list[bool], list[int]]:
        found = lan.get(address + query).context["sections"]
        return [one.open for one in found], sorted(one.own for one in found)

    folded, own = seen()
    assert (any(folded), own[-2:]) == (False, [0, 1])
    assert sum(seen("?subject=cap")[0]) == 1


def test_the_page_tells_what_holds_from_what_does_not_and_why(cast: Cast, as_user: Any) -> None:
    lan = cast.account(cast.lan)
    over = fix(cast.cell, lan, percent=21, document="01-QĐ/CB", starts_on=date(2026, 2, 1))
    actions.end(over, ends_on=date(2026, 3, 31), by=lan, at=NOW)
    fix(cast.cell, lan, percent=22, document="02-QĐ/CB", starts_on=date(2026, 4, 1))
    fix(cast.ward, cast.phuc, percent=23, document="03-QĐ/ĐU")
    (entry,) = [
        one
        for section in as_user(cast.lan).get(page_of(cast)).context["sections"]
        for one in section.entries
        if one.subject.key == "cap"
    ]
    assert [(one.words, one.own) for one in entry.now] == [("không quá 22%", True)]
    assert [(one.words, one.own, one.why) for one in entry.other] == [
        ("không quá 21%", True, "đã thôi áp dụng"),
        ("không quá 23%", False, "đã có quy định khác thay ở đây"),
    ]
    page = words(as_user(cast.lan).get(page_of(cast)))
    assert page.count("Ghi ngày thôi áp dụng") == 1  # what is over, and what is the ward's, is not ended from here


def test_what_a_superior_fixed_reaches_every_cell_below_and_no_other_branch(cast: Cast) -> None:
    far = make_committee("Đảng uỷ phường Bằng Lăng")
    row = fix(cast.ward, cast.phuc)
    reached = [in_force(one, "cap", DAY) for one in (cast.ward, cast.cell, cast.other_cell)]
    assert (reached, in_force(far, "cap", DAY), in_force(cast.ward.parent, "cap", DAY)) == ([row] * 3, None, None)


def test_the_nearest_wins_for_each_subject_in_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    above = fix(cast.ward, cast.phuc)
    own = fix(cast.cell, cast.account(cast.lan), percent=20, document="02-NQ/CB")
    basis = actions.fix(cast.ward, "basis", by=cast.phuc, at=NOW, **PAPER)
    with django_assert_num_queries(1):
        assert all_in_force(cast.cell, ["cap", "basis", "vote"], DAY) == {"cap": [own], "basis": [basis]}
    assert all_in_force(cast.other_cell, ["cap"], DAY) == {"cap": [above]}


def told(cast: Cast, what: str) -> list[tuple[str, Any]]:
    return list(Event.objects.filter(cell=cast.cell, what=what).values_list("actor__username", "data"))


def test_ending_a_ruling_is_told_once_and_the_second_click_changes_nothing(cast: Cast, as_user: Any) -> None:
    row = fix(cast.cell, cast.account(cast.lan))
    lan, url, sent = (
        as_user(cast.lan),
        reverse("ruling-end", args=[row.pk]),
        {"ends_on": "2026-12-31", "key": new_key()},
    )
    for _ in range(2):
        assert lan.post(url, sent)["Location"] == f"{page_of(cast)}#cap"
    assert told(cast, "end_ruling") == [("lan", {"ruling": row.pk, "ends_on": "2026-12-31"})]


def test_a_last_day_that_is_refused_stands_in_its_open_form_with_the_sentence(cast: Cast, as_user: Any) -> None:
    row = fix(cast.cell, cast.account(cast.lan))
    sent = {"ends_on": "2026-01-09", "key": new_key()}
    answer = as_user(cast.lan).post(reverse("ruling-end", args=[row.pk]), sent)
    page = words(answer)
    sentence = "Ngày thôi áp dụng không thể trước ngày bắt đầu áp dụng."
    assert (answer.status_code, 'value="2026-01-09"' in page, sentence in page) == (422, True, True)
    assert '<details class="confirm" open>' in page


@pytest.mark.parametrize("what", ["fix", "day off"])
def test_two_clicks_of_one_form_write_once_and_two_forms_of_one_content_are_told(
    cast: Cast, as_user: Any, what: str
) -> None:
    lan = as_user(cast.lan)
    url = page_of(cast) if what == "fix" else reverse("day-off-add", args=[cast.cell.pk])
    content = {"subject": "cap", "percent": "25", **SENT} if what == "fix" else {"day": "2027-02-09", "name": "Tết"}
    first, second = ({**content, "key": new_key()} for _ in range(2))
    assert [lan.post(url, sent).status_code for sent in (first, first, second)] == [302, 302, 422]
    assert len(told(cast, "fix_ruling" if what == "fix" else "add_day_off")) == 1


def test_a_day_off_is_confirmed_when_it_is_entered(cast: Cast, as_user: Any) -> None:
    sent = {"day": "2027-02-09", "name": "Tết Nguyên đán", "key": new_key()}
    answer = as_user(cast.lan).post(reverse("day-off-add", args=[cast.cell.pk]), sent, follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["Đã ghi ngày nghỉ 09/02/2027."]


def test_a_key_that_is_none_is_said_in_words_and_the_form_goes_out_with_a_fresh_one(cast: Cast, as_user: Any) -> None:
    sent = {"day": "2027-02-09", "name": "Tết Nguyên đán", "key": "1234"}
    answer = as_user(cast.lan).post(reverse("day-off-add", args=[cast.cell.pk]), sent)
    page = words(answer)
    assert (answer.status_code, DayOff.objects.count()) == (422, 0)
    assert ("xin gửi lại một lần nữa" in page, "UUID" in page, 'value="1234"' in page) == (True, False, False)
    again = {**sent, "key": answer.context["day_form"].data["key"]}
    assert as_user(cast.lan).post(reverse("day-off-add", args=[cast.cell.pk]), again).status_code == 302


def test_whoever_changes_a_ruling_holds_the_organisation_and_nothing_before_it(cast: Cast) -> None:
    row = fix(cast.cell, cast.account(cast.lan))
    with CaptureQueriesContext(connection) as asked:
        actions.end(row, ends_on=date(2026, 12, 31), by=cast.account(cast.lan), at=NOW)
    touched = [one["sql"] for one in asked if one["sql"].startswith("UPDATE") or "FOR UPDATE" in one["sql"]]
    assert ["members_organisation" in touched[0], "rulings_ruling" in touched[-1]] == [True, True]


def test_the_same_click_that_took_a_day_off_away_comes_back_to_the_page(cast: Cast, as_user: Any) -> None:
    row = actions.add_day_off(cast.ward, day=date(2026, 12, 24), name="Nghỉ bù", by=cast.phuc, at=NOW)
    phuc, url, sent = as_user(cast.phuc), reverse("day-off-remove", args=[row.pk]), {"key": new_key()}
    back = f"{reverse('ruling-list', args=[cast.ward.pk])}#days-off"
    assert [phuc.post(url, sent)["Location"] for _ in range(2)] == [back, back]
    assert DayOff.objects.count() == 0
    assert as_user(cast.lan).post(url, sent).status_code == 404


def test_what_has_ended_is_not_drawn_out_over_what_took_its_place(cast: Cast) -> None:
    lan = cast.account(cast.lan)
    over = fix(cast.cell, lan, percent=21, document="01-QĐ/CB", starts_on=date(2026, 2, 1))
    actions.end(over, ends_on=date(2026, 3, 31), by=lan, at=NOW)
    fix(cast.cell, lan, percent=22, document="02-QĐ/CB", starts_on=date(2026, 4, 1))
    with pytest.raises(Refused, match="đã có ngày thôi áp dụng"):
        actions.end(over, ends_on=date(2026, 12, 31), by=lan, at=NOW)
    assert Ruling.objects.get(pk=over.pk).ends_on == date(2026, 3, 31)


def test_what_a_committee_has_fixed_is_found_and_read_in_the_cell_below_by_whoever_may_not_fix_it(
    cast: Cast, as_user: Any
) -> None:
    row = fix(cast.ward, cast.phuc, document="77-QĐ/ĐU")
    tuan, url = as_user(cast.tuan), page_of(cast)
    place = f"{url}#ruling-{row.pk}"
    assert f'href="{place}"' in tuan.get(reverse("search"), {"q": "77-qd/du"}).content.decode()
    page = words(tuan.get(url, {"subject": "cap"}))
    assert f'id="ruling-{row.pk}"' in page
    assert "không quá 25%" in page
    assert 'method="post"' not in page.split("<main")[1]
    assert "Ghi quy định riêng" not in page
    assert place not in as_user(cast.mai).get(reverse("search"), {"q": "77-qd/du"}).content.decode()
