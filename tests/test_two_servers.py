"""Two servers beside one database and one folder of attachments: nobody notices which of them answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection

from benchmarks.live import Crowd
from benchmarks.server import Client
from meetings.models import Mark, ThematicPaper
from tests.factories import new_key
from tests.killing import Server
from tests.sample import only_long

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.test import Client as Browser

    from meetings.models import Meeting
    from tests.conftest import Cast

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="two servers share PostgreSQL"),
    only_long,
]


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    both = Server(tmp_path), Server(tmp_path)
    for one in both:
        one.start()
    yield both
    for one in both:
        one.stop()


def test_a_click_on_one_server_reaches_a_screen_of_the_other_and_so_do_session_and_attachment(
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

    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "du-thao.pdf").write_bytes(b"%PDF-1.7 du thao")
    attached = {"file": "papers/du-thao.pdf", "file_name": "du-thao.pdf", "file_type": "pdf", "file_size": 16}
    ThematicPaper.objects.filter(meeting=opened).update(**attached)
    address = f"/meetings/{opened.pk}/paper/file/"
    assert here.get(address).body == there.get(address).body == b"%PDF-1.7 du thao"

    assert here.post("/sign-out/", {}).status == 302
    assert there.get("/").status == 302  # and out on both
