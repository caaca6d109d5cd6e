"""Everybody finds what their own pages show them, in the place where it stands, and nothing else."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.lifecycle import State
from meetings.models import Remark
from members.models import User
from members.policy import may
from search import facts
from search.asking import Sought
from search.facts import find
from search.kinds import SEARCHED, Group
from search.models import Passage
from tests.clicks import clients
from tests.factories import put_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.world import World

PEOPLE = ("lan", "binh", "hoa", "tuan", "nam", "kha", "mai", "xa", "thu")


def people_of(world: World) -> dict[str, User]:
    names = (*PEOPLE, world.cast.phuc.username, world.cast.admin.username)
    found = {user.username: user for user in User.objects.select_related("member").filter(username__in=names)}
    assert len(found) == len(names)
    return found


def open_to(user: User) -> set[tuple[str, int]]:
    return set(Passage.objects.open_to(user).values_list("kind", "thing_pk"))


@pytest.mark.parametrize("state", [State.PLAN, State.OPEN, State.SEALED])
def test_a_row_is_found_by_whoever_may_read_it_at_this_moment(world_in: Callable[[State], World], state: State) -> None:
    world = world_in(state)
    for name, user in people_of(world).items():
        readable = {
            (kind.name, row.pk)
            for kind in SEARCHED.values()
            for row in kind.only(kind.rows())
            if may(user, kind.right, row) and kind.settled(row) and kind.text(row)
        }
        assert open_to(user) == readable, name
        assert bool(readable) == (name not in ("kha", "xa", world.cast.admin.username)), name


def test_it_does_not_matter_how_many_are_asked_for_one_by_one(
    world_in: Callable[[State], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the newest are not open, the others are found all the same, as many and in the same order."""
    people = people_of(world_in(State.SEALED)).items()

    def found() -> dict[tuple[str, str], tuple[int, list[str]]]:
        asked = itertools.product(people, ("", Group.MINUTES))
        told = {(name, group): find(Sought.of("chi bộ"), user, group=group) for (name, user), group in asked}
        return {which: (one.total, [hit.url for hit in one.hits]) for which, one in told.items()}

    at_once = found()
    assert sum(total > 1 for total, _ in at_once.values()) > 5
    monkeypatch.setattr(facts, "AT_ONCE", (1, 2))
    assert found() == at_once


def test_whatever_is_found_opens_for_its_finder_and_the_place_is_there(world_in: Callable[[State], World]) -> None:
    """Each kind once for each person; a page that says where in it leads to something that is there."""
    world = world_in(State.SEALED)
    who, people = clients(world).at_once(), people_of(world)
    names = {**{name: name for name in PEOPLE if name != "xa"}, world.cast.phuc.username: "phuc"}
    opened, wrong, seen = set(), [], dict[tuple[str, str], tuple[int, str]]()
    for username, person in names.items():
        for kind_name, pk in sorted(open_to(people[username])):
            kind = SEARCHED[kind_name]
            url = kind.opens(kind.shown().get(pk=pk), people[username])
            if (kind_name, person, url.split("/")[1]) in opened:
                continue
            opened.add((kind_name, person, url.split("/")[1]))
            page, place = urldefrag(url)
            if (person, page) not in seen:
                got = who[person].get(page)
                seen[person, page] = got.status_code, got.content.decode()
            status, content = seen[person, page]
            if status != 200 or (place and f'id="{place}"' not in content):
                wrong.append(f"{person}: {kind_name} {url}: {status}")
    assert wrong == []
    assert len({kind for kind, *_ in opened}) >= 12


def test_the_words_of_an_evening_are_found_once_they_are_sealed(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    remark = Remark.objects.get(pk=world.keys["remark"])
    remark.text = "Chuyện cái giếng làng"
    remark.save()
    lan, hoa = world.cast.account(world.cast.lan), world.cast.account(world.cast.hoa)
    assert find(Sought.of("giếng làng"), lan).total == find(Sought.of("giếng làng"), hoa).total == 0
    put_into(State.CLOSED, pk=world.meeting.pk)
    assert find(Sought.of("gieng lang"), hoa).total == 0
    assert not Passage.objects.filter(kind="remark", thing_pk=remark.pk).exists()  # it may still be typed over
    put_into(State.SEALED, pk=world.meeting.pk)
    assert find(Sought.of("gieng lang"), hoa).total == 1
    assert find(Sought.of("GIẾNG"), User.objects.get(pk=world.cast.phuc.pk)).total == 1
    assert find(Sought.of("gieng lang"), world.cast.account(world.cast.mai)).total == 0
    world.cast.phuc.member.tenures.all().delete()
    assert find(Sought.of("gieng"), User.objects.get(pk=world.cast.phuc.pk)).total == 0


@pytest.fixture
def found(world_in: Callable[[State], World]) -> World:
    world = world_in(State.SEALED)
    Remark.objects.filter(pk=world.keys["remark"]).update(
        text="Đề nghị chữa <b>mái</b> nhà văn hoá trước mùa mưa", awareness="", relation="", proposal=""
    )
    return world


def ask(person: Client, **asked: Any) -> str:
    answer = person.get(reverse("search"), asked)
    assert answer.status_code == (200 if 'class="invalid-feedback"' not in answer.content.decode() else 422)
    return answer.content.decode()


def test_the_page_says_where_and_when_and_marks_the_words(found: World) -> None:
    page = ask(clients(found)["hoa"], q="van hoa MAI")
    hit = re.search(r'<ol class="hits">.*?</ol>', page, re.DOTALL)
    assert hit is not None
    assert "<b>Ý kiến phát biểu</b>: Đồng chí" in hit[0]
    assert "chữa &lt;b&gt;<mark>mái</mark>&lt;/b&gt; nhà <mark>văn</mark> <mark>hoá</mark> trước" in hit[0]
    assert "03/12/2026" in hit[0]
    assert f'href="/meetings/{found.meeting.pk}/minutes/#part-item-' in hit[0]
    assert "1</span> chỗ" in page


def test_words_phrases_the_last_word_and_the_filters(found: World) -> None:
    hoa, phuc = clients(found)["hoa"], clients(found)["phuc"]
    assert "Không thấy chỗ nào" in ask(hoa, q='"van mai"')
    assert "1</span> chỗ" in ask(hoa, q='"hoa truoc mua"')
    assert "bắt đầu như vậy" in ask(hoa, q="nha van hoa truo")
    assert "1</span> chỗ" in ask(hoa, q="van hoa truoc", muc="bien-ban", nam="2026")
    assert "Không thấy" in ask(hoa, q="van hoa truoc", muc="nhiem-vu")
    assert "1</span> chỗ" in ask(hoa, q="van hoa truoc", muc="no-such", nam="abc", page="x")
    assert 'name="chi_bo"' not in ask(hoa, q="van")
    assert "1</span> chỗ" in ask(phuc, q="van hoa truoc", chi_bo=found.cast.cell.name.upper())
    assert "Không thấy" in ask(phuc, q="van hoa truoc", chi_bo="to dan pho 5")


@pytest.mark.parametrize("typed", ["", "a", "\x00", "“”…", "x" * 10_000, "\u202e", "😀", "a " * 60])
def test_what_is_no_question_gets_a_sentence(found: World, typed: str) -> None:
    page = ask(clients(found)["hoa"], q=typed)
    assert 'role="alert"' in page
    assert '<ol class="hits">' not in page


def test_a_name_finds_the_person_and_not_all_that_they_ever_said(found: World) -> None:
    page = ask(clients(found)["lan"], q="Nguyen Thi Hoà")
    assert "<b>Đảng viên</b>: Nguyễn Thị Hoa" in page
    assert "Ý kiến phát biểu" not in page


def test_a_page_asks_as_often_for_many_places_as_for_one(found: World) -> None:
    lan = clients(found)["lan"]
    Remark.objects.filter(meeting=found.meeting).update(text="giếng")
    ask(lan, q="gieng")
    with CaptureQueriesContext(connection) as many:
        page = ask(lan, q="gieng")
    assert page.count('class="hit-head"') > 1
    assert len(many) <= 11
    assert not any("EXISTS(" in one["sql"] for one in many)  # of the seventeen kinds only this one is asked
    Remark.objects.filter(meeting=found.meeting).exclude(pk=found.keys["remark"]).update(text="ao")
    with CaptureQueriesContext(connection) as one:
        ask(lan, q="gieng")
    assert len(one) == len(many)
