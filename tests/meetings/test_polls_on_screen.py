"""A vote in the room on its screens: nobody knows what another has chosen, and only counts are left of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied

from documents.model import plain_text
from meetings import polls as facts
from meetings.actions import polls
from meetings.models import Meeting, Poll, Voice
from meetings.papers import build_minutes
from members.models import Event
from privacy.my_data import kept_about
from tests.factories import new_key, press
from tests.meetings.polling import QUESTION, again, hands, open_one, voice_of, who
from tests.meetings.steps import (
    CLOSED,
    DURING,
    fresh,
    item_of,
    last_event,
    row_of,
)

if TYPE_CHECKING:
    from tests.conftest import AsUser, Cast


# --- Nobody knows what another has chosen ---------------------------------------------------------


def written_about(poll: Poll) -> str:
    """Everything that any table keeps of this vote, but the voices themselves."""
    events = [repr((one.what, one.data, one.digest)) for one in Event.objects.all()]
    kept = [one.get_decoded() for one in Session.objects.all()]
    sessions = [repr((one, json.loads(one.get("_messages", "[]")))) for one in kept]
    return "\n".join([*events, *sessions, *(repr(row) for row in Poll.objects.values_list())])


def test_no_event_and_no_mark_of_a_press_holds_a_choice(cast: Cast, opened: Meeting, poll: Poll) -> None:
    polls.say(again(poll), choice="against", key=press(), **who(cast, cast.lan))
    polls.say_for(again(poll), row_of(opened, cast.son), choice="other", key=press(), **who(cast))
    polls.count_hands(again(poll), in_favour=0, against=0, other=1, rev=0, key=press(), **who(cast))
    found = Event.objects.filter(what__in=["say", "say_for", "count_hands"]).order_by("number")
    son = row_of(opened, cast.son)
    assert [(one.data, one.digest) for one in found] == [
        ({"poll": poll.pk}, ""),
        ({"poll": poll.pk, "person": son.pk}, ""),
        ({"poll": poll.pk}, ""),
    ]
    assert last_event(opened) == ("count_hands", {"poll": poll.pk})


def test_after_the_result_only_counts_are_left(
    cast: Cast, opened: Meeting, poll: Poll, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: DURING)
    answer = as_user(cast.lan).post(f"/polls/{poll.pk}/say/", {"choice": "against", "key": new_key()})
    assert (answer.status_code, voice_of(poll, cast.lan).choice) == (302, "against")
    assert "Đã ghi ý kiến của đồng chí" in written_about(poll)  # in her session, which she has not looked at since
    hands(cast, poll, other=1)
    polls.close_poll(again(poll), **who(cast))
    polls.publish_poll(again(poll), **who(cast))
    left = again(poll)
    assert (Voice.objects.count(), left.in_favour, left.against, left.other) == (0, 0, 0, 0)
    chosen = ("against", "other", "in_favour", "tán thành", "ý kiến khác")
    assert not any(choice in written_about(poll) for choice in chosen)
    assert "không tán thành 01" in plain_text(build_minutes(fresh(opened)))


def test_a_result_of_few_voices_is_advised_against_and_published_all_the_same(
    cast: Cast, opened: Meeting, poll: Poll, as_user: AsUser
) -> None:
    """Who has voted is known from the log of a desk or the room; of one voice the result says what."""
    desk, advice = f"/items/{poll.item_id}/desk/", "ý kiến: công bố thì dễ suy ra ai chọn gì."
    polls.say(again(poll), choice="against", **who(cast, cast.lan))
    assert "nhìn kết quả cũng suy ra được" in as_user(cast.lan).get(f"/meetings/{opened.pk}/").content.decode()
    polls.close_poll(again(poll), **who(cast))
    assert f"Mới có 1 {advice}" in as_user(cast.hoa).get(desk).content.decode()
    polls.reopen_poll(again(poll), **who(cast))
    hands(cast, poll, in_favour=2)
    polls.close_poll(again(poll), **who(cast))
    assert advice not in as_user(cast.hoa).get(desk).content.decode()
    hands_down = again(poll)
    hands_down.in_favour = 0
    hands_down.save(update_fields=["in_favour"])
    assert polls.publish_poll(again(poll), **who(cast)).against == 1


def test_a_voice_exists_for_its_own_member_alone(cast: Cast, opened: Meeting, poll: Poll) -> None:
    polls.say(again(poll), choice="against", **who(cast, cast.lan))
    seen = {
        name: [one.attendance.member for one in Voice.objects.for_user(user)]
        for name, user in (
            ("lan", cast.account(cast.lan)),
            ("hoa", cast.account(cast.hoa)),
            ("tuan", cast.account(cast.tuan)),
            ("mai", cast.account(cast.mai)),
            ("phuc", cast.phuc),
            ("admin", cast.admin),
        )
    }
    assert seen == {"lan": [cast.lan], "hoa": [cast.hoa], "tuan": [], "mai": [], "phuc": [], "admin": []}


def test_no_page_tells_before_the_result_what_was_chosen(
    cast: Cast, opened: Meeting, poll: Poll, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages of everybody else are the same whatever somebody chose; the clock on them stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: DURING)
    item, urls = item_of(opened, "conclusion"), [f"/polls/{poll.pk}/", f"/meetings/{opened.pk}/"]
    urls.append(f"/items/{item.pk}/desk/")
    shown = []
    for choice in ("in_favour", "against"):
        Voice.objects.filter(attendance__member=cast.son).update(
            choice=choice, entered_by=cast.account(cast.hoa), entered_at=DURING
        )
        hoa = as_user(cast.hoa)
        contexts = [str(facts.poll_of(opened)), *(hoa.get(url).content.decode() for url in urls)]
        shown.append([_without_keys(text) for text in contexts])
    assert shown[0] == shown[1]
    assert "1/3" in shown[0][-1]


def _without_keys(text: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}|nonce=\S+|data-(since|now)=\S+", "", text)


def test_the_page_of_ones_own_data_shows_ones_own_voice_alone(cast: Cast, poll: Poll) -> None:
    polls.say(again(poll), choice="against", **who(cast, cast.lan))
    told = {member: str(kept_about(member)) for member in (cast.lan, cast.hoa)}
    assert [text.count("Không tán thành") for text in told.values()] == [1, 0]
    assert all(QUESTION in text for text in told.values())


# --- In the browser -------------------------------------------------------------------------------


def test_facts_cost_one_query_and_a_pocket_two(
    cast: Cast, opened: Meeting, poll: Poll, django_assert_num_queries: Any
) -> None:
    polls.say(again(poll), choice="against", **who(cast, cast.lan))
    lan = cast.account(cast.lan)
    assert lan.cell_ids
    with django_assert_num_queries(1):
        now = facts.poll_of(opened)
    with django_assert_num_queries(2):
        pocket = facts.pocket_of(opened, lan)
    assert now is not None
    assert pocket is not None
    assert (now.voices, now.entitled, now.is_open, now.result) == (1, 3, True, None)
    assert (pocket.choice_word, pocket.now) == ("không tán thành", now)


def test_a_phone_says_changes_and_is_told_after_the_closing(
    cast: Cast, opened: Meeting, poll: Poll, as_user: AsUser
) -> None:
    lan, tuan, url = as_user(cast.lan), as_user(cast.tuan), f"/polls/{poll.pk}/say/"
    page = lan.post(url, {"choice": "against"}, follow=True).content.decode()
    assert "Ý kiến của đồng chí đã ghi: <b>không tán thành</b>." in page
    page = lan.post(url, {"choice": "in_favour"}, follow=True).content.decode()
    assert "Ý kiến của đồng chí đã ghi: <b>tán thành</b>" in page
    for name in ("", "pocket/"):
        shown = [one.get(f"/meetings/{opened.pk}/{name}").content.decode() for one in (lan, tuan)]
        assert [bool(re.search(r'" hidden>\s*Đồng chí không trong số được biểu', one)) for one in shown] == [
            True,
            False,
        ]
        assert ["Đồng chí không trong số được biểu quyết lúc mở." in one for one in shown] == [True, True]
    polls.close_poll(again(poll), **who(cast))
    answer = lan.post(url, {"choice": "against"}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "Biểu quyết này đã chốt nên chưa ghi gì. Nếu cần, xin đề nghị chủ trì mở lại."
    ]
    assert "Đã chốt, chờ công bố kết quả." in answer.content.decode()
    assert voice_of(poll, cast.lan).choice == "in_favour"


def test_the_desk_counts_with_a_sentence_beside_what_was_typed(
    cast: Cast, opened: Meeting, poll: Poll, as_user: AsUser
) -> None:
    hoa = as_user(cast.hoa)
    page = hoa.post(f"/polls/{poll.pk}/hands/", {"in_favour": "9", "against": "0", "other": "0", "rev": "0"})
    assert (page.status_code, page.context["hands_form"]["in_favour"].value()) == (422, "9")
    assert "cộng lại là 9, nhiều hơn 3" in page.content.decode()
    for bad in ({}, {"in_favour": "x", "against": "-1", "other": "1" * 40, "rev": "a"}):
        assert hoa.post(f"/polls/{poll.pk}/hands/", bad).status_code == 422
    assert hoa.post(f"/polls/{poll.pk}/say-for/", {"person": "x"}).status_code == 404
    polls.count_hands(again(poll), in_favour=1, against=0, other=0, rev=0, **who(cast))
    old = {"in_favour": "2", "against": "0", "other": "0", "rev": "0"}
    page = hoa.post(f"/polls/{poll.pk}/hands/", old)
    assert (page.status_code, page.context["hands_form"]["rev"].value()) == (422, "1")
    assert hoa.post(f"/polls/{poll.pk}/hands/", {**old, "rev": "1"}).status_code == 302
    assert again(poll).hands == 2


def test_what_leads_to_the_votes_of_an_item_finds_them(
    cast: Cast, opened: Meeting, poll: Poll, as_user: AsUser
) -> None:
    hoa, item = as_user(cast.hoa), item_of(opened, "conclusion")
    pages = (f"/polls/{poll.pk}/", f"/items/{item.pk}/polls/", f"/items/{item.pk}/ballots/")
    links = [re.findall(rf"/items/{item.pk}/desk/[^\"]*#[\w-]+", hoa.get(page).content.decode()) for page in pages]
    links.append([hoa.post(f"/polls/{poll.pk}/close/", {"key": new_key()}).url])
    assert all(links)
    for address, _, place in (one.partition("#") for found in links for one in found):
        assert hoa.get(address).content.decode().count(f'id="{place}"') == 1, place


def test_opening_at_the_desk_keeps_what_was_typed(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    hoa, url = as_user(cast.hoa), f"/items/{item_of(opened, 'conclusion').pk}/polls/"
    page = hoa.post(url, {"question": "", "kind": "nonsense"})
    assert page.status_code == 422
    open_one(cast, opened)
    page = hoa.post(url, {"question": "Câu thứ hai", "kind": "ordinary"})
    assert (page.status_code, page.context["form"]["question"].value()) == (422, "Câu thứ hai")
    assert "mỗi lúc chỉ mở một biểu quyết" in page.content.decode()


def test_whoever_does_not_belong_gets_no_step(cast: Cast, poll: Poll, as_user: AsUser) -> None:
    for name in ("say", "say-for", "hands", "close", "reopen", "publish", "withdraw"):
        got = [as_user(one).post(f"/polls/{poll.pk}/{name}/").status_code for one in (cast.mai, cast.phuc, cast.tuan)]
        assert got == [404, 404, 302 if name == "say" else 403], name
    with pytest.raises(PermissionDenied):
        polls.close_poll(again(poll), by=cast.account(cast.tuan), at=CLOSED)
