"""The conference on the desk: whose turn it is, an opinion by a press on a name, seen, and on to the next."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from critique.course import actions as committee
from critique.cycle.models import Cycle
from critique.hearing.actions import hearing as hearings
from critique.hearing.models import Hearing, HearingOpinion, Opening
from critique.hearing.papers import hearing_blocks
from documents.model import Document, plain_text
from meetings.actions import evening
from meetings.live.panels import PANELS, draw
from meetings.models import Meeting
from members.models import Member
from members.refusal import Refused
from tests.addresses import our_urls
from tests.critique.conferences import PLANNED, item, open_it, plan
from tests.critique.conftest import row_of
from tests.critique.hearings import REPLY, ROOM, SAID, TEXTS, again, begin, binh_of, heard_with_a_note, save, say, who
from tests.factories import new_key

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.conftest import Cast
    from tests.once import Shelf

LATER = ROOM + timedelta(minutes=10)
MOST_QUERIES = 21  # the desk's frame, the hearing with its opinions, whose turn it is, who is here


@pytest.fixture(autouse=True)
def _in_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: ROOM)


@pytest.fixture
def meeting(cast: Cast, cycle: Cycle, once: Shelf) -> Meeting:
    """The persons are being considered; nobody is on yet."""

    def build() -> Meeting:
        binh_of(cast)
        committee.draw_up(cycle, by=cast.account(cast.lan), at=PLANNED)
        made = open_it(cast, plan(cast, cycle))
        evening.end_item(item(made, "opening"), **who(cast, cast.lan))
        evening.start_item(item(made, "review_persons"), **who(cast, cast.lan))
        return made

    return once.get("conference at its persons", build)


@pytest.fixture
def review(meeting: Meeting) -> Cycle:
    return Cycle.objects.select_related("cell", "meeting").get(meeting=meeting)


@pytest.fixture
def binh(meeting: Meeting) -> Member:
    return Member.objects.get(full_name="Vũ Thái Bình")


def url(name: str, row: Any) -> str:
    return reverse(name, args=[row.pk])


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def press(client: Any, name: str, row: Any, **given: Any) -> Any:
    return client.post(url(name, row), {"key": new_key(), **given})


def test_one_press_closes_this_one_and_begins_the_next_who_stands_there(
    cast: Cast, meeting: Meeting, review: Cycle, binh: Member, as_user: Any
) -> None:
    lan, persons = as_user(cast.lan), item(meeting, "review_persons")
    page = lan.get(url("room-item", persons), follow=True)
    names = [str(turn.row) for turn in page.context["turns"].all]
    assert (names[:3], page.context["turns"].onward.row.member) == (
        ["Trần Thị Lan", "Vũ Thái Bình", "Nguyễn Thị Hoa"],
        cast.lan,
    )
    began = press(lan, "hearing-begin", row_of(review, binh), desk="1")
    hearing = Hearing.objects.get(about=binh)
    assert began["Location"] == url("hearing-desk", hearing)
    assert lan.get(url("room-item", persons))["Location"] == url("hearing-desk", hearing)
    page = lan.get(url("hearing-desk", hearing))
    assert (page.context["turns"].place, page.context["presents"], str(page.context["turns"].onward.row)) == (
        2, hearing.pk, "Nguyễn Thị Hoa",
    )  # fmt: skip

    given = press(lan, "hearing-word", hearing, speaker=cast.tuan.pk)
    opinion = HearingOpinion.objects.get()
    assert given["Location"] == f"{url('hearing-desk', hearing)}?opinion={opinion.pk}"
    typed = re.search(r'<textarea[^>]*name="words"[^>]*>', lan.get(given["Location"]).content.decode())
    assert typed is not None
    assert "autofocus" in typed[0]
    save(cast, opinion, "words", cast.lan, words=SAID)
    assert press(lan, "hearing-next", hearing)["Location"] == url("hearing-desk", hearing)
    page = words(lan.get(url("hearing-desk", hearing)))
    assert ("chưa có trả lời. Đồng chí được góp ý" in page, again(hearing).is_going) == (True, True)
    seen = {"seen": again(hearing).said_rev, "way": "room", "nothing_more": "on", "desk": "1"}
    assert press(lan, "hearing-seen", hearing, **seen)["Location"] == url("hearing-desk", hearing)
    on = press(lan, "hearing-next", hearing)
    hoa = Hearing.objects.get(about=cast.hoa)
    assert (on["Location"], again(hearing).state, hoa.state) == (url("hearing-desk", hoa), "closed", "going")
    assert [again(opinion).stance, again(hearing).seen_way] == ["nothing", "room"]


def test_after_the_last_the_desk_goes_on_with_its_agenda(
    cast: Cast, meeting: Meeting, review: Cycle, as_user: Any
) -> None:
    review.participants.exclude(member=cast.tuan).update(writes=False)
    hearing, lan = begin(cast, review, cast.tuan), as_user(cast.lan)
    hearings.confirm_seen(hearing, seen=hearing.said_rev, **who(cast, cast.tuan))
    persons = item(meeting, "review_persons")
    assert press(lan, "hearing-next", hearing)["Location"] == url("hearing-turns", persons)
    assert url("item-end", persons) in words(lan.get(url("hearing-turns", persons)))


def test_a_name_that_was_given_the_word_and_said_nothing_has_said_nothing(
    cast: Cast, meeting: Meeting, review: Cycle, binh: Member, as_user: Any
) -> None:
    hearing = begin(cast, review, binh)
    opinion = hearings.give_word(hearing, speaker=cast.tuan, **who(cast, cast.lan))
    same = hearings.give_word(again(hearing), speaker=cast.tuan, **who(cast, cast.hoa))
    guest = hearings.give_word(again(hearing), speaker=None, guest="Võ Hồng Phúc", **who(cast, cast.lan))
    assert (same, guest == opinion, again(hearing).said_rev) == (opinion, False, 0)
    pages = [words(as_user(one).get(url("hearing", hearing))) for one in (binh, cast.lan)]
    assert ["Lê Anh Tuấn</h3>" in page for page in pages] == [False, True]
    printed = plain_text(Document("x", "x", PLANNED.date(), tuple(hearing_blocks(again(hearing)))))
    assert "Lê Anh Tuấn" not in printed
    key = new_key()
    for _ in range(2):  # its answer was lost the first time
        answer = as_user(cast.lan).post(url("hearing-opinion-strike", guest), {"key": key, "desk": "1"})
        assert answer["Location"] == url("hearing-desk", hearing)
    hearings.confirm_seen(again(hearing), seen=0, **who(cast, binh))
    hearings.close(again(hearing), **who(cast, cast.lan))
    assert not HearingOpinion.objects.exists()


def test_who_is_not_here_is_given_no_word_and_what_was_typed_comes_back(
    cast: Cast, meeting: Meeting, review: Cycle, binh: Member, as_user: Any
) -> None:
    hearing, lan = begin(cast, review, binh), as_user(cast.lan)
    for given in ({"speaker": binh.pk}, {"speaker": cast.kha.pk}, {}, {"speaker": cast.tuan.pk, "guest": "Phúc"}):
        answer = press(lan, "hearing-word", hearing, **given)
        assert (answer.status_code, "invalid-feedback" in words(answer)) == (422, True), given
    assert 'value="Phúc"' in words(answer)
    assert press(lan, "hearing-word", hearing, guest="P" * 161).status_code == 422
    assert not HearingOpinion.objects.exists()


def test_at_the_desk_nobody_keeps_the_record_about_themselves(
    cast: Cast, meeting: Meeting, review: Cycle, as_user: Any
) -> None:
    """Hoa keeps the minutes: while she is considered she answers on her page of the desk, and Lan writes."""
    hearing, hoa = begin(cast, review, cast.hoa), as_user(cast.hoa)
    opinion = say(cast, hearing, cast.tuan)
    page = hoa.get(url("hearing-desk", hearing))
    shows = {what: what in words(page) for what in ("Đây là phần xét về đồng chí", "Tôi trả lời", "Ai góp ý tiếp?")}
    assert shows == {"Đây là phần xét về đồng chí": True, "Tôi trả lời": True, "Ai góp ý tiếp?": False}
    assert (url("hearing-next", hearing) in words(page), Opening.objects.exists()) == (False, False)
    with pytest.raises(Refused, match="đồng chí khác ở bàn chủ trì"):
        hearings.give_word(hearing, speaker=cast.tuan, **who(cast, cast.hoa))
    save(cast, opinion, "reply", cast.hoa, stance="accepts", reply=REPLY)
    press(hoa, "hearing-seen", hearing, seen=again(hearing).said_rev, desk="1")
    press(hoa, "hearing-next", hearing)
    assert (again(hearing).seen_way, again(hearing).is_going) == ("own", True)
    assert as_user(cast.lan).get(url("hearing-desk", hearing)).status_code == 200
    assert [one.reader for one in Opening.objects.all()] == [cast.lan]


def test_who_sits_at_the_table_is_not_told_that_somebody_has_sent_an_opinion_about_them(
    cast: Cast, meeting: Meeting, review: Cycle, as_user: Any
) -> None:
    """Hoa keeps the minutes. About others she is told; about herself there is nothing until it is begun."""
    row, persons = row_of(review, cast.hoa), item(meeting, "review_persons")
    hearing = hearings.hearing_of(row)
    hearings.write_down(hearing, cast.tuan, "", "opinion", SAID, **who(cast, cast.tuan))
    told = "có ý kiến gửi"
    pages = (url("hearing-turns", persons), url("hearing-order", review))
    for member, state, knows in ((cast.lan, 200, True), (cast.hoa, 404, False)):
        client = as_user(member)
        assert [told in words(client.get(page)) for page in pages] == [knows, knows]
        found = [client.get(url(name, hearing)).status_code for name in ("hearing-desk", "hearing")]
        assert found == [state, state]
    begin(cast, review, cast.hoa)
    page = words(as_user(cast.hoa).get(url("hearing-desk", hearing)))
    assert ("Đây là phần xét về đồng chí" in page, told in page, "gửi trước" in page) == (True, False, False)


def test_no_word_of_a_consideration_leaves_its_own_page(
    cast: Cast, meeting: Meeting, review: Cycle, binh: Member, as_user: Any
) -> None:
    """Not on wall, pocket, in what a stream or a poll brings, on another page of the desk; nor whom it is about."""
    hearing = heard_with_a_note(cast, review)
    said = {*TEXTS.values(), SAID}
    shown = words(as_user(cast.lan).get(url("hearing-desk", hearing)))
    assert {text for text in said if text in shown} == said
    fresh = Meeting.objects.with_people().get(pk=meeting.pk)
    told = [html for audience in PANELS for html in draw(fresh, audience).panels.values()]
    screens = ("live-wall", "live-pocket", "wall", "pocket", "meeting")
    told += [words(as_user(one).get(url(name, meeting))) for one in (cast.tuan, binh) for name in screens]
    told += [words(as_user(cast.lan).get(url(name, meeting))) for name in ("live-desk", "room", "promises", "close")]
    told += [words(as_user(binh).get(url("promises", meeting)))]  # the committee reports at the desk, and no more
    others = meeting.items.exclude(step="review_persons")
    told += [words(as_user(cast.lan).get(url("room-item", one))) for one in others]
    told += [words(as_user(cast.lan).get(url("hearing-turns", item(meeting, "review_persons"))))]
    assert [text for text in said for page in told if text in page] == []
    people = (cast.tuan, cast.kha, cast.phuc, binh)
    answers = [as_user(one).get(url("hearing-desk", hearing)).status_code for one in people]
    assert answers == [404, 404, 404, 403]


def test_the_page_asks_as_often_with_three_opinions_as_with_one(
    cast: Cast, meeting: Meeting, review: Cycle, binh: Member, as_user: Any
) -> None:
    hearing, lan, asked = begin(cast, review, binh), as_user(cast.lan), []
    for speaker in (cast.tuan, cast.hoa, cast.son):
        say(cast, hearing, speaker)
        with CaptureQueriesContext(connection) as queries:
            lan.get(url("hearing-desk", hearing))
        asked.append(len(queries))
    assert asked[1] == asked[2] <= MOST_QUERIES


def test_a_device_keeps_no_page_on_which_words_about_people_stand() -> None:
    """What is at hand without network is chosen by its address."""
    worker = (Path(settings.BASE_DIR) / "static" / "worker.js").read_text()
    kept = re.compile(re.search(r"PAGES = /(.*)/;", worker)[1].replace(r"\/", "/"))  # type: ignore[index]
    pages = {name: "/" + re.sub(r"<int:\w+>", "7", str(found.pattern)) for name, found in our_urls().items()}
    private = {name for name, found in our_urls().items() if getattr(found.callback, "private", False)}
    at_hand = {name for name, path in pages.items() if kept.search(path)}
    assert ({"room-item", "pocket"} <= at_hand, {"hearing-desk", "hearing"} <= private) == (True, True)
    assert at_hand & private == set()


def test_the_other_at_the_table_is_told_that_something_is_new_and_nothing_else(
    cast: Cast, meeting: Meeting, review: Cycle, binh: Member, as_user: Any
) -> None:
    hearing = begin(cast, review, binh)
    opinion = hearings.give_word(hearing, speaker=cast.tuan, by=cast.account(cast.lan), at=LATER)
    since = {"v": Meeting.objects.get(pk=meeting.pk).version, "since": ROOM.isoformat()}

    def asks(member: Member, **more: Any) -> Any:
        answer = as_user(member).get(url("live-desk", meeting), {**since, **more})
        return answer.json()["typed"] if answer.status_code == 200 else answer.status_code

    assert (asks(cast.hoa), asks(cast.lan), asks(cast.hoa, since=LATER.isoformat())) == (True, 204, 204)
    assert as_user(cast.tuan).get(url("live-pocket", meeting), since).status_code == 204
    typed = {"saved_at": LATER + timedelta(minutes=1), "saved_by": cast.account(binh)}
    HearingOpinion.objects.filter(pk=opinion.pk).update(**typed)
    assert (asks(cast.lan), asks(cast.hoa, since=LATER.isoformat())) == (True, True)


def test_what_one_has_typed_oneself_is_counted_as_seen_by_the_page_on_which_it_was_typed(
    cast: Cast, meeting: Meeting, review: Cycle, binh: Member, as_user: Any
) -> None:
    """The page goes on counting with what it wrote; not with the same text again, nor with an answer of one's own."""
    hearing = begin(cast, review, binh)
    opinion = say(cast, hearing, cast.tuan)
    as_json = {"headers": {"Accept": "application/json"}}

    def sends(member: Member, sheet: str, row: Any, **given: Any) -> Any:
        answer = as_user(member).post(reverse("write", args=[sheet, row.pk]), {"base": "0", **given}, **as_json)
        return answer.json().get("said")

    told = [
        sends(cast.lan, "hearing-conclusion", hearing, faults="Chậm"),
        sends(cast.lan, "hearing-conclusion", hearing, faults="Chậm"),
        sends(binh, "opinion-reply", opinion, stance="accepts"),
    ]
    assert told == [[hearing.pk, 2], None, None]
