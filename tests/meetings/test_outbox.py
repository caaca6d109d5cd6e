"""What a desk did without network reaches the record once, in its order, and what cannot be done is said."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from meetings.actions import evening
from meetings.actions.outbox import What
from meetings.models import Mark, Remark, Task, Vote
from members.sent import owner_of
from tests.factories import at
from tests.meetings.steps import close, everything, seal

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from meetings.models import AgendaItem, Attendance, Meeting
    from tests.conftest import AsUser, Cast

pytestmark = pytest.mark.django_db

THEN = at("2026-12-03 19:45")
NOW = at("2026-12-03 20:30")  # the network is back
SEALED = "Buổi họp đang ở bước “Đã ký biên bản” nên không làm được việc này."
Bring = "Callable[..., HttpResponse]"


@pytest.fixture
def item(opened: Meeting, cast: Cast) -> AgendaItem:
    found = opened.items.order_by("position")[4]
    evening.start_item(found, by=cast.account(cast.hoa), at=at("2026-12-03 19:30"))
    return found


@pytest.fixture
def bring(opened: Meeting, cast: Cast, as_user: AsUser, monkeypatch: pytest.MonkeyPatch) -> Bring:
    """Hoa's desk sends one thing that it held."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client: Client = as_user(cast.hoa)

    def send(what: str, when: datetime = THEN, **given: Any) -> HttpResponse:
        body = {"what": what, "done_at": int(when.timestamp() * 1000), "key": str(uuid4())}
        return client.post(f"/meetings/{opened.pk}/outbox/", {**body, **given})

    return send


def row_of(meeting: Meeting, name: str) -> Attendance:
    return meeting.attendances.get(name__endswith=name)


def test_an_evening_without_network_stands_in_the_record_as_it_was_held(
    bring: Bring, opened: Meeting, item: AgendaItem
) -> None:
    hoa, son, tuan = (row_of(opened, name) for name in ("Hoa", "Sơn", "Tuấn"))
    vote = {"question": "Thông qua dự thảo", "in_favour": 2, "against": 0, "other": 0}
    task = {"text": "Gửi báo cáo", "owner": hoa.member_id, "due_on": "15/12/2026"}
    for answer in (
        bring("mark", at("2026-12-03 19:40"), person=tuan.pk, mark="excused", reason="Trực đêm"),
        bring("speak", at("2026-12-03 19:41"), item=item.pk, person=hoa.pk, text="Cần kiểm tra hằng tháng."),
        bring("left", at("2026-12-03 19:50"), person=son.pk),
        bring("vote", at("2026-12-03 19:55"), item=item.pk, **vote),
        bring("task", at("2026-12-03 19:56"), item=item.pk, **task),
        bring("conclude", at("2026-12-03 19:57"), item=item.pk, text="Thống nhất cao."),
        bring("next", at("2026-12-03 20:00"), item=item.pk),
    ):
        assert answer.status_code == 200, answer.content.decode()
    item.refresh_from_db()
    assert item.ended_at == at("2026-12-03 20:00"), "the time at which it was done, not that of the network"
    assert opened.items.running().started_at == at("2026-12-03 20:00")
    remark = Remark.objects.get(speaker=hoa)
    assert (remark.words, remark.entered_at) == ("Cần kiểm tra hằng tháng.", at("2026-12-03 19:41"))
    assert row_of(opened, "Tuấn").reason == "Trực đêm"
    assert row_of(opened, "Sơn").left_at == at("2026-12-03 19:50")
    taken = Vote.objects.get(item=item)
    assert (taken.taken_at, taken.entitled) == (at("2026-12-03 19:55"), 2), "Sơn had gone"
    assert Task.objects.get(meeting=opened).due_on.isoformat() == "2026-12-15"
    assert [one.text for one in opened.outcomes.all()] == ["Thống nhất cao."]


def test_what_arrives_twice_is_done_once_and_other_words_under_its_key_are_refused(
    bring: Bring, opened: Meeting, item: AgendaItem
) -> None:
    hoa, key = row_of(opened, "Hoa"), str(uuid4())
    sent = {"item": item.pk, "person": hoa.pk, "key": key}
    assert bring("speak", text="Một lần.", **sent).status_code == 200
    assert bring("speak", text="Một lần.", **sent).status_code == 200
    refused = bring("speak", text="Lời khác.", **sent)
    assert refused.status_code == 422
    assert "nội dung khác" in refused.json()["sentence"]
    assert [remark.words for remark in Remark.objects.filter(speaker=hoa)] == ["Một lần."]


def test_a_device_cannot_say_that_it_was_before_what_is_known_or_after_now(
    bring: Bring, opened: Meeting, item: AgendaItem
) -> None:
    """Its clock a day behind, and a day ahead."""
    hoa = row_of(opened, "Hoa")
    for days in (-1, 1):
        answer = bring("speak", NOW + timedelta(days=days), item=item.pk, person=hoa.pk, text=f"{days}")
        assert answer.status_code == 200
    first, second = Remark.objects.filter(speaker=hoa)
    assert (first.entered_at, second.entered_at) == (at("2026-12-03 19:30"), NOW)


@pytest.mark.parametrize(
    ("what", "given", "sentence"),
    [
        ("speak", {"text": "Không rõ ai"}, "không còn trong danh sách"),
        ("speak", {"person": 999999, "text": "Người lạ"}, "không còn trong danh sách"),
        ("speak", {"text": ""}, "Chưa ghi nội dung"),
        ("vote", {"question": "Thông qua", "in_favour": 99, "against": 0, "other": 0}, "nhiều hơn"),
        ("vote", {"question": "", "in_favour": "nhiều", "against": 0, "other": 0}, "điền"),
        ("task", {"text": "Việc", "due_on": "30/02/2026"}, "Không đọc được ngày"),
        ("next", {"item": 0}, "không còn trong chương trình"),
        ("mark", {"mark": "sleeping"}, ""),
        ("dance", {}, ""),
        ("speak", {"done_at": "hôm qua", "text": "x"}, ""),
        ("speak", {"done_at": "9" * 40, "text": "x"}, ""),
        ("speak", {"item": "x" * 40, "person": "-1", "text": "x"}, ""),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing_behind(
    bring: Bring, opened: Meeting, item: AgendaItem, what: str, given: dict[str, Any], sentence: str
) -> None:
    events = opened.events.count()
    answer = bring(what, **{"item": item.pk, **given})
    assert answer.status_code == 422
    told = answer.json()["sentence"]
    assert told
    assert sentence in told
    assert opened.events.count() == events


def test_who_had_left_by_then_does_not_speak_and_who_left_later_did(
    bring: Bring, opened: Meeting, item: AgendaItem, cast: Cast
) -> None:
    son, tuan = row_of(opened, "Sơn"), row_of(opened, "Tuấn")
    assert bring("left", at("2026-12-03 19:25"), person=son.pk).status_code == 200
    who = {"by": cast.account(cast.hoa), "at": at("2026-12-03 19:50")}
    evening.come_and_go(tuan, arrived_at=None, left_at=at("2026-12-03 19:50"), **who)
    for one, said in ((son, "Sau khi về."), (tuan, "Trước khi về.")):
        answer = bring("speak", at("2026-12-03 19:45"), item=item.pk, person=one.pk, text=said)
        assert (answer.status_code == 422) is (one == son)
        if one == son:
            assert answer.json()["sentence"] == f"Đồng chí {son.name} đã về lúc 19 giờ 30 phút."
    assert [remark.words for remark in Remark.objects.all()] == ["Trước khi về."]


def test_what_was_held_longer_than_until_the_seal_is_refused_in_words_and_changes_nothing(
    bring: Bring, opened: Meeting, item: AgendaItem, cast: Cast
) -> None:
    seal(cast, close(cast, opened))
    row, before = row_of(opened, "Hoa"), everything()
    sent = {"item": item.pk, "person": row.pk, "text": "Quá muộn", "question": "Thông qua", "in_favour": 1}
    answers = {what: bring(what, **sent, against=0, other=0, mark=Mark.EXCUSED) for what in What.values}
    assert {what: (one.status_code, one.json().get("sentence")) for what, one in answers.items()} == dict.fromkeys(
        answers, (422, SEALED)
    )
    assert everything() == before


def test_what_an_account_held_is_not_brought_by_another_that_uses_the_machine_now(
    opened: Meeting, item: AgendaItem, cast: Cast, as_user: AsUser
) -> None:
    """Hoa held it, signed out, and Lan may do the same things."""
    sent = {"what": "rest", "done_at": int(THEN.timestamp() * 1000), "key": str(uuid4())}
    before = everything()
    owner = {"X-Owner": owner_of(cast.account(cast.hoa))}
    assert as_user(cast.lan).post(f"/meetings/{opened.pk}/outbox/", sent, headers=owner).status_code == 403
    assert everything() == before
    assert as_user(cast.hoa).post(f"/meetings/{opened.pk}/outbox/", sent, headers=owner).status_code == 200


def test_what_was_held_longer_than_the_meeting_is_refused_in_words(
    bring: Bring, opened: Meeting, item: AgendaItem, cast: Cast
) -> None:
    lan = cast.account(cast.lan)
    row = row_of(opened, "Hoa")
    evening.close(opened, opened_at=opened.opened_at, closed_at=at("2026-12-03 20:20"), because={}, by=lan, at=NOW)
    answer = bring("next", item=item.pk)
    assert answer.status_code == 422
    assert "kết thúc" in answer.json()["sentence"].lower()
    assert bring("mark", person=row.pk, mark=Mark.PRESENT).status_code == 200, "the roll may still be corrected"
