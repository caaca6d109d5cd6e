"""Two servers that share a database and nothing else: nobody notices which of them answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from axes.models import AccessAttempt
from django.conf import settings

from benchmarks.live import Crowd
from benchmarks.server import Client
from meetings.models import Mark
from tests.factories import new_key
from tests.killing import Server
from tests.meetings.steps import fresh
from tests.meetings.test_uploads import PDF, upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.test import Client as Browser

    from meetings.models import Meeting
    from tests.conftest import Cast

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
    pytest.mark.in_turn,
]


IN_DATABASE = {"CHIBO_FILES": "database"}


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    both = (Server(tmp_path / "a", more=IN_DATABASE), Server(tmp_path / "b", more=IN_DATABASE))
    for one in both:
        one.start()
    yield both
    for one in both:
        one.stop()


def test_what_happens_on_one_server_holds_on_the_other(
    servers: tuple[Server, Server],
    tmp_path: Path,
    cast: Cast,
    opened: Meeting,
    as_user: Callable[..., Browser],
) -> None:
    session = as_user(cast.lan).cookies[settings.SESSION_COOKIE_NAME].value
    here, there = (Client(one.port, session) for one in servers)
    assert (here.get("/").status, there.get("/").status) == (200, 200)  # signed in on neither of them in particular

    def stream() -> str:
        door = json.loads(there.get(f"/meetings/{opened.pk}/live/wall/").body)
        return f"/live/{door['ticket']}?v={door['v']}"

    screens = Crowd(servers[1].port, stream, 3, session)
    row = opened.attendances.get(member=cast.tuan)
    fields = {"mark": Mark.EXCUSED, "reason": "bận việc", "key": new_key()}
    assert here.post(f"/attendances/{row.pk}/mark/", fields).status == 302
    screens.hear(b"event: screen")
    version = fresh(opened).version
    assert (there.post(f"/attendances/{row.pk}/mark/", fields).status, fresh(opened).version) == (302, version)

    address, author = f"/meetings/{opened.pk}/paper/", as_user(cast.tuan).cookies[settings.SESSION_COOKIE_NAME].value
    form = {"file": upload(PDF), "not_secret": "on", "key": new_key()}
    assert Client(servers[0].port, author).upload(f"{address}edit/", form).status == 302
    assert here.get(f"{address}file/").body == there.get(f"{address}file/").body == PDF
    for one in servers:
        assert Client(one.port).post("/sign-in/", {"username": "hoa", "password": "sai"}).status == 422
    assert AccessAttempt.objects.get(username="hoa").failures_since_start == 2  # counted together

    assert here.post("/sign-out/", {}).status == 302
    assert there.get("/").status == 302  # and out on both
