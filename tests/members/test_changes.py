"""One claim: what holds a row, what a press is, and events that never change and are shown to few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.http import QueryDict

from meetings.lifecycle import State
from meetings.models import Meeting, Vote
from members import actions
from members.changes import OTHER_CONTENT, claim, claim_all, claim_held, hold, insert
from members.entry.actions import slips
from members.models import Event, Member, TenureKind
from members.press import Press
from members.refusal import AlreadyDone, Refused
from tests.factories import NOW, make_member, new_key, press, put_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.conftest import Cast

KEY = uuid4()


def digest(text: str, **files: bytes) -> str:
    kept = {name: SimpleUploadedFile(f"{name}.pdf", content) for name, content in files.items()}
    return Press.of(KEY, QueryDict(text), kept).digest


# --- A press ------------------------------------------------------------------------------------


def test_a_press_is_known_by_what_was_sent_and_not_by_the_key_or_the_token() -> None:
    first = digest("key=1&csrfmiddlewaretoken=a&in_favour=3&against=0")
    assert first == digest("csrfmiddlewaretoken=b&against=0&in_favour=3&key=2")
    assert len({first, digest("in_favour=1&against=2"), digest("in_favour=3"), digest("in_favour=3&in_favour=0")}) == 4


def test_a_file_is_known_by_what_is_in_it() -> None:
    assert digest("a=1", file=b"one") == digest("a=1", file=b"one")
    assert len({digest("a=1"), digest("a=1", file=b"one"), digest("a=1", file=b"two")}) == 3


def test_what_was_sent_cannot_be_guessed_from_the_digest_without_the_servers_key(settings: Any) -> None:
    before = digest("in_favour=3")
    settings.SECRET_KEY = "x" * 50
    assert digest("in_favour=3") != before


def test_the_file_can_still_be_read_from_its_beginning() -> None:
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    Press.of(KEY, QueryDict("a=1"), {"file": file})
    assert file.read() == b"%PDF-1.4"


# --- A claim ------------------------------------------------------------------------------------


@pytest.fixture
def lan(cast: Cast) -> dict[str, Any]:
    return {"by": cast.account(cast.lan), "at": NOW}


def test_a_claim_counts_up_and_leaves_one_event_with_that_number(cast: Cast, lan: dict[str, Any]) -> None:
    cast.hoa.refresh_from_db()
    click, before = press("a"), cast.hoa.version
    event = claim(cast.hoa, None, "edit_member", **lan, key=click, changed={})
    kept = cast.hoa.events.get(number=cast.hoa.version)
    assert (kept, cast.hoa.version) == (event, before + 1)
    assert (kept.cell, kept.thing, kept.thing_pk, kept.what) == (cast.cell, "member", cast.hoa.pk, "edit_member")
    assert (kept.actor, kept.happened_at, kept.key, kept.digest, kept.data) == (
        lan["by"], NOW, click.key, "a", {"changed": {}},
    )  # fmt: skip


def test_versions_go_on_after_the_events_of_a_table_that_was_put_up_again(cast: Cast, lan: dict[str, Any]) -> None:
    """The events stay, keys and versions begin anew: the next event bears the next number, whoever the row is."""
    member = cast.son
    last = claim(member, None, "tried", **lan).number
    Member.objects.filter(pk=member.pk).update(version=0)
    again = Member.objects.get(pk=member.pk)
    assert (claim(again, None, "tried", **lan).number, again.version) == (last + 1, last + 1)
    Event.objects.create(
        cell=cast.cell, thing="meeting", thing_pk=1_000_000, number=7, what="plan", happened_at=lan["at"]
    )
    made = Meeting(pk=1_000_000, cell=cast.cell, kind="regular", rulebook="hd42", starts_at=lan["at"])
    assert (insert(made, "plan", **lan).number, made.version) == (8, 8)


def in_one(row: Any, what: str, **lan: Any) -> Event:
    return claim(row, None, what, **lan)


def in_two(row: Any, what: str, **lan: Any) -> Event:
    hold(row)
    return claim_held(row, None, what, **lan)


def among_many(row: Any, what: str, **lan: Any) -> Event:
    claim_all([row], what, **lan)
    return row.events.get(number=row.version)


@pytest.mark.parametrize("way", [in_one, in_two, among_many])
@pytest.mark.parametrize(("version", "number"), [(0, 7), (4, 7), (7, 7), (40, 7)])
def test_the_next_number_comes_after_the_version_and_after_every_event_whichever_is_ahead(
    cast: Cast, lan: dict[str, Any], way: Callable[..., Event], version: int, number: int
) -> None:
    member = make_member(cast.cell, "Vũ Văn Nam")
    Event.objects.create(cell=cast.cell, thing="member", thing_pk=member.pk, number=number, what="x", happened_at=NOW)
    Member.objects.filter(pk=member.pk).update(version=version)
    row, expected = Member.objects.get(pk=member.pk), max(version, number) + 1
    with transaction.atomic():
        events = [way(row, "tried", **lan), way(row, "tried", **lan)]
    kept = Member.objects.get(pk=member.pk).version
    assert ([one.number for one in events], row.version, kept) == ([expected, expected + 1], expected + 1, expected + 1)


def test_the_same_press_is_done_already_and_the_same_key_with_other_content_is_told(
    cast: Cast, lan: dict[str, Any]
) -> None:
    claim(cast.hoa, None, "edit_member", **lan, key=Press(KEY, "a"))
    for look in (lambda key: hold(cast.hoa, key=key), lambda key: claim(cast.hoa, None, "x", **lan, key=key)):
        with pytest.raises(AlreadyDone), transaction.atomic():
            look(Press(KEY, "a"))
        with pytest.raises(Refused) as caught, transaction.atomic():
            look(Press(KEY, "b"))
        assert caught.value.sentence == OTHER_CONTENT
    assert cast.hoa.events.filter(what="x").count() == 0
    claim(cast.tuan, None, "edit_member", **lan, key=Press(KEY, "b"))  # another row is another thing


def test_the_same_key_with_other_figures_is_not_done_already(
    cast: Cast, opened: Meeting, as_user: Callable[..., Client]
) -> None:
    client, item = as_user(cast.lan), opened.items.get(step="thematic_discussion")
    votes, form = f"/items/{item.pk}/votes/", {"question": "Thông qua", "against": "0", "other": "0", "key": new_key()}
    assert client.post(votes, {**form, "in_favour": "3"}).status_code == 302
    assert client.post(votes, {**form, "in_favour": "3"}).status_code == 302  # the answer got lost on its way back
    other = client.post(votes, {**form, "in_favour": "1", "against": "2"})
    shown = other.context["vote_form"]
    assert (other.status_code, shown.non_field_errors(), shown["against"].value()) == (422, [OTHER_CONTENT], "2")
    assert list(Vote.objects.values_list("in_favour", "against")) == [(3, 0)]


# --- Events -------------------------------------------------------------------------------------


def test_an_event_is_neither_changed_nor_removed(cast: Cast) -> None:
    before = list(Event.objects.values())
    assert len(before) > 5
    for wrong in (lambda: Event.objects.update(what="nothing"), lambda: Event.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            wrong()
    assert list(Event.objects.values()) == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows no REPLACE")
def test_an_event_is_not_replaced_by_a_forged_one(cast: Cast) -> None:
    before = list(Event.objects.values())
    columns = [field.column for field in Event._meta.concrete_fields]
    told = ", ".join("'forged'" if name == "what" else name for name in columns)
    forged = f"INSERT OR REPLACE INTO members_event ({', '.join(columns)}) SELECT {told} FROM members_event"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forged)
    assert list(Event.objects.values()) == before


def test_events_are_for_the_leaders_of_the_cell_and_for_whoever_acted(cast: Cast, opened: Meeting) -> None:
    put_into(State.SEALED)  # what a superior committee sees of a meeting, it sees now
    thuy = make_member(cast.cell, "Vũ Thị Thuý", post=TenureKind.COMMITTEE_MEMBER, username="thuy")
    opinion = claim(cast.hoa, None, "consent", by=cast.account(cast.hoa), at=NOW)
    mine = Event.objects.for_user(cast.account(cast.hoa))
    assert opinion in mine
    assert {event.actor for event in mine} == {cast.account(cast.hoa)}
    assert set(Event.objects.for_user(cast.account(cast.lan))) == set(Event.objects.filter(cell=cast.cell))
    assert opened.events.count() > 2
    others = [*(cast.account(who) for who in (thuy, cast.tuan, cast.mai, cast.kha)), cast.phuc, cast.admin]
    shown = [Event.objects.for_user(who).filter(cell=cast.cell).exclude(actor=who).count() for who in others]
    assert shown == [0] * 6


# --- Rights -------------------------------------------------------------------------------------


def test_only_the_leaders_and_the_servers_administrator_keep_the_list_of_members(cast: Cast) -> None:
    keep: dict[str, Callable[..., Any]] = {
        "edit": lambda by: actions.edit_member(cast.hoa, person={"has_device": False}, by=by, at=NOW),
        "slip": lambda by: slips.issue_slip(cast.account(cast.hoa), by=by, at=NOW),
        "standing": lambda by: actions.set_standing(
            cast.hoa, cast.cell, kind=TenureKind.EXEMPT, starts_on=NOW.date(), by=by, at=NOW
        ),
        "account": lambda by: actions.open_account(cast.son, username=f"son{by.pk}", by=by, at=NOW),
        "add": lambda by: actions.add_member(
            cast.cell, person={"full_name": f"Người Mới {by.pk}"}, standing=TenureKind.FULL, starts_on=NOW.date(),
            by=by, at=NOW,
        ),
    }  # fmt: skip
    before = Event.objects.count()
    for act in keep.values():
        for who in (cast.account(cast.hoa), cast.account(cast.mai), cast.account(cast.kha), cast.phuc):
            with pytest.raises(PermissionDenied):
                act(who)
    assert Event.objects.count() == before
    for act in keep.values():
        act(cast.account(cast.lan))
    assert Event.objects.count() == before + len(keep) + 1  # the tick “máy riêng” is told to its owner by itself


def test_the_tree_and_accounts_are_the_servers_alone(cast: Cast) -> None:
    keep: list[Callable[..., Any]] = [
        lambda by: actions.edit_account(cast.account(cast.hoa), fields={"is_active": True}, by=by, at=NOW),
        lambda by: actions.edit_organisation(cast.cell, fields={"parent": cast.ward}, by=by, at=NOW),
        lambda by: actions.found_organisation(
            parent=cast.ward, name="Chi bộ Ba", paper_name="CHI BỘ BA", by=by, at=NOW
        ),
    ]
    for act in keep:
        with pytest.raises(PermissionDenied):
            act(cast.account(cast.lan))
        act(cast.admin)


def test_nobody_sets_the_password_or_the_address_of_somebody_else(cast: Cast) -> None:
    hoa = cast.account(cast.hoa)
    for who in (cast.account(cast.lan), cast.admin):
        with pytest.raises(PermissionDenied):
            actions.set_password(hoa, password="bon tu tieng viet dai", by=who, at=NOW)
        with pytest.raises(PermissionDenied):
            actions.set_email(hoa, email="ai.do@chibo.example", by=who, at=NOW)
    actions.set_email(hoa, email="hoa@chibo.example", by=hoa, at=NOW)
    assert cast.account(cast.hoa).email == "hoa@chibo.example"
