"""What was sealed is what everybody reads later, whatever is done afterwards: rows, hash, page and PDF."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps

from documents.model import fingerprint, from_json
from meetings.actions import following, inspecting, minutes, planning
from meetings.lifecycle import State
from meetings.models import Meeting, Minutes, Task
from members import actions as people
from members.models import TenureKind
from rulings.actions import fix
from tests.factories import at, make_member, plan_fields
from tests.world import make_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.conftest import Cast
    from tests.world import World

LATER = at("2027-02-01 09:00")


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast, State.SEALED)


def sealed_rows() -> dict[str, str]:
    """Every row of every table that holds the hash of a paper, as it is stored."""
    found = {}
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if "fingerprint" in names:
            for row in model._default_manager.order_by("pk").values():
                found[f"{model.__name__} {row['id']}"] = json.dumps(row, default=str, sort_keys=True)
    return found


def paper_on_the_page(client: Client, meeting: Meeting) -> str:
    """The paper itself, without the buttons around it and what was said beside its parts."""
    page = client.get(f"/meetings/{meeting.pk}/minutes/").content.decode()
    begin, end = page.index('<article class="paper"'), page.index("</article>")
    return re.sub(r'<aside class="beside.*?</aside>\s*', "", page[begin:end], flags=re.DOTALL)


def everything_that_may_come_later(world: World) -> dict[str, Callable[[], Any]]:
    cast, meeting = world.cast, world.meeting
    lan, phuc = cast.account(cast.lan), cast.phuc
    who, server = {"by": lan, "at": LATER}, {"by": None, "at": LATER}
    fixed = {"document": "07-QĐ/ĐU", "document_date": date(2026, 11, 5), "starts_on": date(2027, 1, 10)}
    fields = plan_fields(starts_at=at("2027-02-05 19:00"), topic="", chair=cast.hoa, minute_taker=cast.lan)
    return {
        "members are renamed": lambda: [
            people.edit_member(one, person={"full_name": f"Tên Mới {one.pk}"}, **server)
            for one in (cast.lan, cast.hoa, cast.tuan, world.nam, cast.son)
        ],
        "the cell is renamed": lambda: people.edit_organisation(
            cast.cell, fields={"name": "Chi bộ Khác", "paper_name": "CHI BỘ KHÁC", "place_name": "Nơi Khác"}, **server
        ),
        "the committee is renamed": lambda: people.edit_organisation(
            cast.ward, fields={"name": "Đảng uỷ Khác", "paper_name": "ĐẢNG UỶ KHÁC"}, **server
        ),
        "somebody new": lambda: make_member(cast.cell, "Mới Về Đây", since=date(2026, 1, 1)),
        "the rules of the place": lambda: fix(cast.cell, "minutes_thematic", value={"figure": 45}, **fixed, **who),
        "how papers look": lambda: [
            fix(cast.cell, key, value={"choice": choice}, **{**fixed, "starts_on": fixed["document_date"]}, **who)
            for key, choice in (("paper-line", "22"), ("paper-sides", "2"), ("paper-uy", "ủy"), ("paper-chair", "left"))
        ],
        "a correction": lambda: minutes.add_addendum(meeting, text="Đính chính lần hai.", reason="Ghi sót", **who),
        "a comment from above": lambda: inspecting.comment(meeting, part="", text="Cần ghi rõ.", by=phuc, at=LATER),
        "a verdict from above": lambda: inspecting.give_verdict(
            meeting, verdict="returned", answer_by=LATER.date() + timedelta(days=9), by=phuc, at=LATER
        ),
        "a task moves on": lambda: following.note_task(
            Task.objects.get(pk=world.keys["task"]), state="going", text="Đang làm", by=lan, at=LATER
        ),
        "the next meeting": lambda: planning.call(
            planning.plan_meeting(cast.cell, kind="regular", **who, **fields), **who
        ),
        "another secretary": lambda: people.appoint(
            cast.hoa, cast.cell, kind=TenureKind.SECRETARY, starts_on=date(2027, 1, 20), **server
        ),
    }


@pytest.mark.in_turn
def test_nothing_that_comes_later_changes_what_was_sealed(
    world: World, as_user: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    meeting, lan = world.meeting, as_user(world.cast.lan)
    before, page = sealed_rows(), paper_on_the_page(lan, meeting)
    printed = lan.get(f"/meetings/{meeting.pk}/minutes.pdf").content
    assert {"Minutes", "Addendum", "Signature"} <= {name.split()[0] for name in before}
    assert "Trần Thị Lan" in page
    for what, do in everything_that_may_come_later(world).items():
        do()
        after = sealed_rows()
        assert (what, {name: row for name, row in before.items() if after.get(name) != row}) == (what, {})
    stored = Minutes.objects.get(meeting=meeting)
    assert fingerprint(from_json(stored.document)) == stored.fingerprint
    assert paper_on_the_page(as_user(world.cast.lan), meeting) == page
    assert lan.get(f"/meetings/{meeting.pk}/minutes.pdf").content == printed
