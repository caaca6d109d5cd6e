"""Resolutions and conclusions: who issues them, on which vote, under which number, and how they are followed."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from documents.model import Paragraph
from meetings import follow
from meetings.actions import evening, minutes, planning, resolutions
from meetings.actions.minutes import paper_of
from meetings.models import Meeting, Resolution, Vote
from meetings.papers import build_minutes
from members.models import PaperNumber
from tests.factories import at, plan_fields, put_into
from tests.meetings.steps import DURING, SIGNED, close, forbidden, fresh, item_of, last_event, refused, seal

if TYPE_CHECKING:
    from documents.model import Document
    from tests.conftest import Cast

LATER = at("2026-12-20 09:00")
DAY = date(2026, 12, 3)


def vote(cast: Cast, meeting: Meeting, in_favour: int = 3) -> Vote:
    who = {"by": cast.account(cast.hoa), "at": DURING}
    item = item_of(meeting, "conclusion")
    return evening.record_vote(item, question="Thông qua nghị quyết", in_favour=in_favour, against=0, other=0, **who)


def issue(cast: Cast, meeting: Meeting, **changes: Any) -> Resolution:
    usual = {"kind": "NQ", "subject": "Nhiệm vụ tháng 12", "vote": None, "issued_on": DAY}
    return resolutions.issue(meeting, **{**usual, "by": cast.account(cast.lan), "at": LATER, **changes})


def step(cast: Cast, resolution: Resolution, state: str, text: str = "") -> None:
    resolutions.take_step(resolution, state=state, text=text, by=cast.account(cast.lan), at=LATER)


def issued(document: Document) -> list[str]:
    said = ["".join(run.text for run in block.runs) for block in document.blocks if isinstance(block, Paragraph)]
    return [line for line in said if line.startswith("Ban hành")]


# --- Issuing ------------------------------------------------------------------------------------


def test_each_kind_has_its_own_run_of_numbers(cast: Cast, opened: Meeting) -> None:
    made = [issue(cast, opened, kind=kind) for kind in ("NQ", "KL", "NQ")]
    assert [row.title for row in made] == ["Nghị quyết số 01-NQ/CB", "Kết luận số 01-KL/CB", "Nghị quyết số 02-NQ/CB"]
    assert last_event(opened) == ("issue_resolution", {"kind": "NQ", "subject": "Nhiệm vụ tháng 12"})


def test_it_names_the_vote_that_adopted_it(cast: Cast, opened: Meeting) -> None:
    adopted = vote(cast, opened)
    assert issue(cast, opened, vote=adopted).vote == adopted


def test_a_vote_that_did_not_pass_issues_nothing_and_takes_no_number(cast: Cast, opened: Meeting) -> None:
    lost = vote(cast, opened, in_favour=1)
    with refused("Biểu quyết này không được thông qua nên không ban hành được.", "vote"):
        issue(cast, opened, vote=lost)


def test_a_vote_issues_one_paper(cast: Cast, opened: Meeting) -> None:
    adopted = vote(cast, opened)
    issue(cast, opened, vote=adopted)
    with refused("Biểu quyết này đã có văn bản ban hành.", "vote"):
        issue(cast, opened, kind="KL", vote=adopted)


def test_the_vote_of_another_meeting_issues_nothing_here(cast: Cast, opened: Meeting) -> None:
    adopted = vote(cast, opened)
    other = planning.plan_meeting(cast.cell, kind="regular", by=cast.account(cast.lan), at=DURING, **plan_fields())
    put_into("open", pk=other.pk)
    with refused("Biểu quyết này không phải của buổi họp này.", "vote"):
        issue(cast, other, vote=adopted)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 12, 2), "Ngày ban hành không thể trước ngày họp."),
        (date(2026, 12, 21), "Ngày ban hành chưa tới."),
    ],
)
def test_it_is_issued_between_the_meeting_and_today(cast: Cast, opened: Meeting, day: date, sentence: str) -> None:
    with refused(sentence, "issued_on"):
        issue(cast, opened, issued_on=day)


def test_a_meeting_that_has_not_opened_issues_nothing(cast: Cast, called: Meeting) -> None:
    with refused("Buổi họp đang ở bước “Đã thông báo” nên không làm được việc này."):
        issue(cast, called)


def test_a_committees_own_meeting_issues_nothing_for_the_cell(cast: Cast, opened: Meeting) -> None:
    Meeting.objects.filter(pk=opened.pk).update(kind="committee")
    with refused("Nghị quyết, kết luận của chi bộ do buổi sinh hoạt chi bộ thông qua."):
        issue(cast, fresh(opened))


def test_a_plain_member_issues_nothing(cast: Cast, opened: Meeting) -> None:
    with forbidden():
        issue(cast, opened, by=cast.account(cast.tuan))


def test_a_vote_behind_a_paper_is_not_removed(cast: Cast, opened: Meeting) -> None:
    adopted = vote(cast, opened)
    issue(cast, opened, vote=adopted)
    with refused("Biểu quyết này đã có văn bản ban hành; xin bỏ văn bản ấy trước."):
        evening.remove_vote(adopted, by=cast.account(cast.lan), at=DURING)


# --- In the minutes -----------------------------------------------------------------------------


def test_the_minutes_say_what_was_issued_before_they_are_sealed(cast: Cast, opened: Meeting) -> None:
    issue(cast, opened)
    assert issued(build_minutes(close(cast, opened))) == [
        "Ban hành: Nghị quyết số 01-NQ/CB ngày 03 tháng 12 năm 2026 về “Nhiệm vụ tháng 12”."
    ]


def test_a_subject_that_says_about_itself_is_not_told_twice(cast: Cast, opened: Meeting) -> None:
    issue(cast, opened, subject="Về công tác kiểm tra")
    assert issued(build_minutes(close(cast, opened))) == [
        "Ban hành: Nghị quyết số 01-NQ/CB ngày 03 tháng 12 năm 2026 “Về công tác kiểm tra”."
    ]


def test_sealed_minutes_do_not_change_when_something_is_issued_later(cast: Cast, opened: Meeting) -> None:
    close(cast, opened)
    sealed = seal(cast, opened)
    issue(cast, sealed)
    assert issued(paper_of(fresh(sealed))) == []


def test_a_signature_before_the_issuing_is_void(cast: Cast, opened: Meeting) -> None:
    meeting = close(cast, opened)
    seen = minutes.fingerprint(build_minutes(meeting))
    issue(cast, meeting)
    with refused("Biên bản vừa được sửa. Xin đọc lại bản mới trước khi xác nhận."):
        minutes.sign(meeting, seat="chair", seen=seen, by=cast.account(cast.lan), at=SIGNED)


# --- Entered by mistake -------------------------------------------------------------------------


def test_what_was_entered_by_mistake_goes_with_its_number(cast: Cast, opened: Meeting) -> None:
    resolutions.withdraw(issue(cast, opened), by=cast.account(cast.lan), at=LATER)
    assert (Resolution.objects.count(), PaperNumber.objects.filter(kind="NQ").count()) == (0, 0)
    assert issue(cast, opened).title == "Nghị quyết số 01-NQ/CB"


def test_a_number_in_the_middle_of_the_register_stays(cast: Cast, opened: Meeting) -> None:
    first = issue(cast, opened)
    issue(cast, opened)
    with refused("Đã có văn bản mang số sau nên không bỏ được."):
        resolutions.withdraw(first, by=cast.account(cast.lan), at=LATER)


def test_what_is_being_carried_out_stays(cast: Cast, opened: Meeting) -> None:
    made = issue(cast, opened)
    step(cast, made, "carried_out")
    with refused("Văn bản này đã được theo dõi tiếp nên không bỏ được."):
        resolutions.withdraw(made, by=cast.account(cast.lan), at=LATER)


# --- Its life -----------------------------------------------------------------------------------


def test_it_is_carried_out_reviewed_and_ended_one_after_the_other(cast: Cast, opened: Meeting) -> None:
    made = issue(cast, opened)
    for state, text in [
        ("carried_out", "Đã phổ biến"),
        ("reviewed", ""),
        ("reviewed", "Lần hai"),
        ("ended", "Đạt 5/5 việc"),
    ]:
        step(cast, made, state, text)
    assert list(made.steps.values_list("state", "text")) == [
        ("carried_out", "Đã phổ biến"),
        ("reviewed", ""),
        ("reviewed", "Lần hai"),
        ("ended", "Đạt 5/5 việc"),
    ]
    assert (Resolution.objects.get().state, made.steps_ahead) == ("ended", [])


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("issued", "reviewed"),
        ("issued", "ended"),
        ("issued", "issued"),
        ("carried_out", "ended"),
        ("reviewed", "carried_out"),
        ("ended", "ended"),
        ("carried_out", "lost"),
    ],
)
def test_no_step_is_left_out_and_none_goes_back(cast: Cast, opened: Meeting, here: str, there: str) -> None:
    made = issue(cast, opened)
    Resolution.objects.update(state=here)
    made.refresh_from_db()
    sentence = f"Văn bản đang ở bước “{made.get_state_display()}”; các bước đi lần lượt, không lùi lại."
    with refused(sentence, "state"):
        step(cast, made, there, "Rồi")


def test_it_does_not_end_without_a_word(cast: Cast, opened: Meeting) -> None:
    made = issue(cast, opened)
    for state in ("carried_out", "reviewed"):
        step(cast, made, state)
    with refused("Kết thúc thì cần ghi kết quả, đánh giá.", "text"):
        step(cast, made, "ended", " ")


# --- Where it is seen ---------------------------------------------------------------------------


def of_year(cast: Cast, number: int, today: date) -> list[str]:
    return [row.subject for row in follow.year_of(cast.cell, number, cast.account(cast.hoa), today).resolutions]


def test_the_year_shows_what_it_issued_and_what_an_earlier_one_left_unfinished(cast: Cast, opened: Meeting) -> None:
    issue(cast, opened, subject="Còn dở")
    ended = issue(cast, opened, subject="Đã xong")
    Resolution.objects.filter(pk=ended.pk).update(state="ended")
    new_year = date(2027, 1, 10)
    shown = [of_year(cast, 2027, new_year), of_year(cast, 2026, new_year), of_year(cast, 2025, new_year)]
    assert shown == [["Còn dở"], ["Đã xong", "Còn dở"], []]


def test_the_next_meeting_begins_with_what_is_not_ended(cast: Cast, as_user: Any, opened: Meeting) -> None:
    issue(cast, opened, subject="Còn dở")
    who = {"by": cast.account(cast.lan), "at": LATER}
    fields = plan_fields(starts_at=at("2027-01-05 19:00"), topic="", chair=cast.lan, minute_taker=cast.hoa)
    january = planning.plan_meeting(cast.cell, kind="regular", **who, **fields)
    put_into("open", pk=january.pk)
    listed = {
        meeting.pk: [row.subject for row in page.context["resolutions"]]
        for meeting in (opened, january)
        for page in [as_user(cast.hoa).get(f"/meetings/{meeting.pk}/room/promises/")]
    }
    assert listed == {opened.pk: [], january.pk: ["Còn dở"]}


def test_the_secretary_issues_from_the_desk_with_the_vote_chosen(
    cast: Cast, as_user: Any, opened: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    adopted, lan = vote(cast, opened), as_user(cast.lan)
    url = f"/meetings/{opened.pk}/resolutions/add/"
    form = lan.get(f"{url}?vote={adopted.pk}").context["form"]
    assert (form.initial["vote"], form.initial["issued_on"]) == (adopted.pk, DAY)
    early = lan.post(url, {"kind": "NQ", "subject": "Mới", "vote": adopted.pk, "issued_on": "2026-12-01"})
    sent = lan.post(url, {"kind": "NQ", "subject": "Mới", "vote": adopted.pk, "issued_on": "2026-12-03"})
    made = Resolution.objects.get()
    assert (early.status_code, sent["Location"], made.vote) == (422, f"/resolutions/{made.pk}/", adopted)


def test_a_member_reads_its_life_and_is_offered_no_step(cast: Cast, as_user: Any, opened: Meeting) -> None:
    made = issue(cast, opened)
    pages = {who.full_name: as_user(who).get(f"/resolutions/{made.pk}/") for who in (cast.lan, cast.hoa)}
    assert {name: (page.status_code, page.context["keeps"]) for name, page in pages.items()} == {
        "Trần Thị Lan": (200, True),
        "Nguyễn Thị Hoa": (200, False),
    }


def test_the_superior_committee_is_shown_no_link_that_it_may_not_follow(
    cast: Cast, opened: Meeting, as_user: Any
) -> None:
    seal(cast, close(cast, opened))
    issue(cast, opened)
    phuc = as_user(cast.phuc)
    page = phuc.get(f"/meetings/{opened.pk}/").content.decode()
    links = set(re.findall(r'href="(/[^"#?]*)', page)) - set(re.findall(r'"(/static/[^"]*)', page))
    assert {link: phuc.get(link).status_code for link in links if phuc.get(link).status_code != 200} == {}
    assert "/inspections/" in links
