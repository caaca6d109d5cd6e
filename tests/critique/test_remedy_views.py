"""The register on the screen: what a page says to whom, what comes back when it is refused, what a meeting hears."""

from __future__ import annotations

import json
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from critique.lifecycle import Remedying
from critique.remedies import actions
from critique.remedies.forms import LinkForm
from critique.remedies.models import Remedy
from documents.model import plain_text
from meetings import extension
from meetings.actions import planning
from meetings.models import Meeting
from meetings.papers import build_notice
from members.models import TenureKind
from tests.critique.conftest import SECRET
from tests.critique.test_remedy import DAY_30, WORDS, again, enter, first_check
from tests.factories import at, make_member, new_key, plan_fields

if TYPE_CHECKING:
    from django.http import HttpResponse

    from critique.writing.models import SelfReview
    from tests.conftest import Cast

NOW = at("2027-01-12 08:00")
TOLD = "Rà soát việc khắc phục hạn chế sau kiểm điểm"


@pytest.fixture(autouse=True)
def _january(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def url(name: str, row: Any) -> str:
    return reverse(name, args=[row.pk])


def meeting_on(cast: Cast, moment: str, kind: str = "regular") -> Meeting:
    fields = plan_fields(starts_at=at(moment), chair=cast.lan, minute_taker=cast.hoa)
    planned = planning.plan_meeting(cast.cell, kind=kind, by=cast.account(cast.lan), at=NOW, **fields)
    return Meeting.objects.with_people().get(pk=planned.pk)


def test_the_register_shows_everybody_the_counts_and_only_those_concerned_the_words(cast: Cast, as_user: Any) -> None:
    enter(cast, cast.hoa, shortcoming="Chuyện của Hoa")
    enter(cast, None, shortcoming="Chuyện của chi bộ")
    pages = {
        name: words(as_user(getattr(cast, name)).get(url("remedy-list", cast.cell))) for name in ("lan", "hoa", "tuan")
    }
    seen = {
        name: ("Chuyện của Hoa" in page, "Chuyện của chi bộ" in page, "Nguyễn Thị Hoa; chưa" in page)
        for name, page in pages.items()
    }
    assert seen == {"lan": (True, True, True), "hoa": (True, True, False), "tuan": (False, True, False)}
    assert [page.count("<dd>2 việc</dd>") for page in pages.values()] == [1, 1, 1]


def test_a_page_of_the_register_is_kept_by_no_browser(cast: Cast, as_user: Any) -> None:
    lan, remedy = as_user(cast.lan), enter(cast, cast.hoa)
    pages = [url("remedy-list", cast.cell), url("remedy-new", cast.cell), url("remedy", remedy)]
    assert {lan.get(page)["Cache-Control"] for page in pages} == {"no-store"}


def test_the_committee_enters_for_a_member_and_the_member_sees_who_did(cast: Cast, as_user: Any) -> None:
    form = {"about": cast.hoa.pk, "source": "inspection", "shortcoming": SECRET, "helper": cast.tuan.pk, "due_on": ""}
    answer = as_user(cast.lan).post(url("remedy-new", cast.cell), {**form, "key": new_key()})
    remedy = Remedy.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, remedy.get_absolute_url())
    page = words(as_user(cast.hoa).get(answer["Location"]))
    assert ("chi uỷ ghi (đồng chí Trần Thị Lan)" in page, "Việc của tôi" in page, SECRET in page) == (True, True, True)


def test_a_member_enters_for_themselves_whatever_the_form_says(cast: Cast, as_user: Any) -> None:
    form = {"about": cast.tuan.pk, "source": "opinion", "shortcoming": SECRET, "key": new_key()}
    as_user(cast.hoa).post(url("remedy-new", cast.cell), form)
    assert Remedy.objects.get().about == cast.hoa


def test_a_form_without_words_comes_back_with_what_was_typed(cast: Cast, as_user: Any) -> None:
    lan, remedy = as_user(cast.lan), enter(cast, cast.hoa)
    new = lan.post(url("remedy-new", cast.cell), {"about": "cell", "source": "opinion", "cause": "Nể nang"})
    assert (new.status_code, "Nể nang" in words(new), Remedy.objects.count()) == (422, True, 1)
    answer = lan.post(url("remedy-check", first_check(remedy)), {"found": "", "words": WORDS})
    assert (answer.status_code, WORDS in words(answer)) == (422, True)
    answer = lan.post(url("remedy-close", remedy), {"words": ""})
    assert (answer.status_code, again(remedy).state) == (422, Remedying.NOT_YET)


def test_a_check_that_somebody_else_has_answered_gives_the_words_back(cast: Cast, as_user: Any) -> None:
    lan, remedy = as_user(cast.lan), enter(cast, cast.hoa)
    row = first_check(remedy)
    assert lan.post(url("remedy-check", row), {"found": "done", "words": "Lần một"}).status_code == 302
    answer = lan.post(url("remedy-check", row), {"found": "going", "words": "Lần hai"})
    assert (answer.status_code, "đã ghi kết quả rồi" in words(answer), "Lần hai" in words(answer)) == (422, True, True)
    assert again(remedy).state == Remedying.DONE


def test_an_item_goes_from_its_promise_to_its_end_by_clicks(cast: Cast, promised: SelfReview, as_user: Any) -> None:
    lan, hoa = as_user(cast.lan), as_user(cast.hoa)
    cycle = promised.cycle.get_absolute_url()
    assert "Đưa những điều đã hứa vào danh sách khắc phục" in words(hoa.get(cycle))
    assert lan.post(url("remedy-take-up", promised), {"key": new_key()})["Location"] == cycle
    assert "đã đưa vào danh sách khắc phục" in words(lan.get(cycle))
    remedy = Remedy.objects.get(row=0)
    hoa.post(url("remedy-report", remedy), {"state": "done", "words": "Đã góp ý", "key": new_key()})
    lan.post(url("remedy-arrange", remedy), {"helper": cast.tuan.pk, "due_on": "2027-03-31", "finished_when": "Có sổ"})
    lan.post(url("remedy-check", first_check(remedy)), {"found": "done", "words": WORDS, "key": new_key()})
    lan.post(url("remedy-close", remedy), {"words": WORDS, "key": new_key()})
    found = again(remedy)
    assert (found.state, found.helper, found.finished_when) == (Remedying.CLOSED, cast.tuan, "Có sổ")
    lan.post(url("remedy-reopen", remedy), {"words": "Lại nể nang", "key": new_key()})
    later = Remedy.objects.get(row=1)
    lan.post(url("remedy-link", later), {"earlier": remedy.pk, "key": new_key()})
    assert (again(remedy).state, again(later).recurs) == (Remedying.GOING, remedy)


def test_a_refused_page_says_nothing_of_what_somebody_typed_or_somebody_wrote(cast: Cast, as_user: Any) -> None:
    remedy = enter(cast, cast.hoa)
    answer = as_user(cast.tuan).post(url("remedy-report", remedy), {"state": "done", "words": WORDS})
    missing = as_user(cast.tuan).post(reverse("remedy-report", args=[remedy.pk + 99]), {"state": "done"})
    assert (answer.status_code, missing.status_code, SECRET in words(answer), WORDS in words(answer)) == (
        404,
        404,
        False,
        False,
    )


def test_a_day_that_is_put_off_stays_visible(cast: Cast, as_user: Any) -> None:
    remedy = enter(cast, cast.hoa, due_on=date(2027, 1, 31))
    hoa = as_user(cast.hoa)
    hoa.post(url("remedy-arrange", remedy), {"due_on": "2027-04-30", "key": new_key()})
    hoa.post(url("remedy-arrange", remedy), {"due_on": "2027-06-30", "key": new_key()})
    assert "30/06/2027 (trước đó: 31/01/2027, 30/04/2027)" in words(as_user(cast.lan).get(url("remedy", remedy)))


# --- Before a meeting ---------------------------------------------------------------------


def test_a_meeting_hears_how_much_is_due_by_its_day_and_nothing_else(cast: Cast, as_user: Any) -> None:
    enter(cast, cast.son)
    enter(cast, None)
    meeting = meeting_on(cast, "2027-01-20 19:00")
    page = words(as_user(cast.hoa).get(url("meeting", meeting)))
    notice = plain_text(build_notice(meeting))
    assert (f"{TOLD}: 2 việc đến hạn" in page, f"{TOLD}: 2 việc đến hạn." in notice) == (True, True)
    assert (SECRET in page, SECRET in notice, cast.son.full_name in notice) == (False, False, False)


def test_nothing_is_said_before_the_day_after_the_answer_or_at_the_committees_own_meeting(cast: Cast) -> None:
    make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.DEPUTY)
    remedy = enter(cast, cast.hoa)
    early, due = meeting_on(cast, "2027-01-08 19:00"), meeting_on(cast, f"{DAY_30:%Y-%m-%d} 19:00")
    own = meeting_on(cast, "2027-01-20 19:00", kind="committee")
    assert [len(extension.brought_before(one, NOW)) for one in (early, due, own)] == [0, 1, 0]
    actions.check(first_check(remedy), found="going", words=WORDS, by=cast.account(cast.lan), at=at("2027-01-11 08:00"))
    assert extension.brought_before(due, NOW) == []
    second = meeting_on(cast, "2027-03-20 19:00")
    assert [one.sentence for one in extension.brought_before(second, NOW)] == [
        f"{TOLD}: 1 việc đến hạn"
    ]  # of two checks
    actions.close(again(remedy), words=WORDS, by=cast.account(cast.lan), at=at("2027-01-11 09:00"))
    assert extension.brought_before(second, NOW) == []


def test_the_notice_says_next_year_what_it_said_when_it_was_sent(cast: Cast) -> None:
    remedy = enter(cast, cast.hoa)
    meeting = meeting_on(cast, "2027-01-20 19:00")
    planning.call(meeting, by=cast.account(cast.lan), at=NOW)
    sent = plain_text(build_notice(meeting))
    later = {"by": cast.account(cast.lan), "at": at("2027-01-21 08:00")}
    actions.check(first_check(remedy), found="done", words=WORDS, **later)
    actions.close(again(remedy), words=WORDS, **later)
    enter(cast, cast.tuan, when=at("2027-01-21 09:00"))
    assert (TOLD in sent, plain_text(build_notice(meeting)) == sent) == (True, True)


def test_the_first_page_leads_to_the_register(cast: Cast, as_user: Any) -> None:
    enter(cast, cast.hoa, due_on=date(2027, 1, 5))
    assert "Khắc phục hạn chế của mình" in words(as_user(cast.hoa).get("/"))
    assert "Khắc phục hạn chế của mình" not in words(as_user(cast.tuan).get("/"))


def test_my_own_file_holds_my_items_and_nobody_elses(cast: Cast, as_user: Any) -> None:
    remedy = enter(cast, cast.hoa)
    enter(cast, cast.tuan, shortcoming="Chuyện riêng của Tuấn")
    actions.report(remedy, state="going", words="Đang góp ý", by=cast.account(cast.hoa), at=NOW)
    kept = json.loads(as_user(cast.hoa).get("/account/data.json").content)
    (item,) = kept["Những gì lưu"]["Khắc phục hạn chế"]
    assert (item["Hạn chế, khuyết điểm"], item["Diễn biến"]) == (
        SECRET,
        "12/01/2027 Tiến độ: Đang góp ý (Nguyễn Thị Hoa)",
    )


def test_the_day_of_an_early_morning_is_that_of_hanoi() -> None:
    earlier = Remedy(pk=1, entered_at=at("2026-12-03 06:30").astimezone(UTC), shortcoming="Việc")
    (choice,) = [label for value, label in LinkForm(earlier=[earlier]).fields["earlier"].choices if value]
    assert choice == "03/12/2026: Việc"
