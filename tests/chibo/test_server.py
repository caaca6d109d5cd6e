"""The server's state is said in words with what to do; its test letter says exactly what the mail server answered."""

from __future__ import annotations

import json
import socket
from contextlib import closing
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.checks import Error
from django.core.checks import Warning as Advice
from django.test import Client
from django.utils import timezone

from chibo.server import actions, deploy, health
from chibo.server.sign import How
from members.models import User
from members.refusal import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from tests.conftest import Cast


def signs_of(title: str) -> list[tuple[How, str, str]]:
    return [(one.how, one.says, one.do) for one in health.signs() if one.title == title]


def test_a_machine_is_told_one_word_and_needs_no_account(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise health.DatabaseError

    asked = Client().get("/healthz")
    assert (asked.status_code, asked.content, asked.cookies.keys()) == (200, b"ok\n", set())
    with monkeypatch.context() as broken:
        broken.setattr(health.connection, "cursor", away)
        asked = Client().get("/healthz")
    assert (asked.status_code, asked.content) == (503, b"not ok\n")


def test_the_administrators_home_leads_to_pages_of_our_own_and_what_is_worst_is_said_first(
    cast: Cast, as_user: Any, settings: Settings, tmp_path: Path
) -> None:
    settings.BACKUP_NOTE = tmp_path / "none.json"
    admin = as_user(cast.admin)
    assert 'href="/server/"' in admin.get("/").text
    page = admin.get("/server/health/").text
    assert "Chibo 0." in page
    assert page.index("chưa ghi lần sao lưu nào") < page.index("Phần mềm</th>")
    assert "Phải xử lý ngay" in page
    assert "manage.py backup" in page
    assert "Trần Thị Lan" not in page


@pytest.mark.parametrize(("days", "how"), [(0, How.GOOD), (3, How.CARE), (9, How.BAD)])
def test_a_backup_is_as_good_as_it_is_young(db: None, days: int, how: How, settings: Settings, tmp_path: Path) -> None:
    settings.BACKUP_NOTE = tmp_path / "last.json"
    target = tmp_path / "chibo.backup"
    target.write_bytes(b"x" * 2048)
    health.note_backup(target, timezone.now() - timedelta(days=days, minutes=5))
    ((found, says, do),) = signs_of("Sao lưu")
    assert (found, "chibo.backup, 2 KB" in says, bool(do)) == (how, True, how is not How.GOOD)
    settings.BACKUP_NOTE.write_text(json.dumps({"at": "hôm qua"}), encoding="utf-8")
    assert signs_of("Sao lưu")[0][0] is How.BAD


def test_what_the_checks_find_is_said_in_words_once_for_each_thing_that_is_to_be_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [
        Advice("x", id="security.W008"), Advice("x", id="security.W012"), Error("Odd thing.", "Mend it.", id="odd.E1"),
    ]  # fmt: skip
    monkeypatch.setattr(deploy, "run_checks", lambda **_: found)
    https, odd = deploy.deploy_signs()
    assert (https.how, "security.W008" in https.says, "security.W012" in https.says) == (How.CARE, True, True)
    assert "CHIBO_HTTPS=1" in https.do
    assert (odd.how, odd.says, odd.do) == (How.BAD, "Odd thing. (odd.E1)", "Mend it.")


def post_office(answer: str) -> int:
    """A mail server that takes one letter and says this to it; gives its port."""
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with closing(door), closing(door.accept()[0]) as line, line.makefile("rwb") as wire:

            def say(words: str) -> None:
                wire.write(f"{words}\r\n".encode())
                wire.flush()

            say("220 thu.chibo.example")
            inside = False
            for raw in wire:
                word = raw.strip().upper()
                if inside:
                    inside = word != b"."
                    if not inside:
                        say(answer)
                elif word == b"DATA":
                    inside = True
                    say("354 go on")
                elif word == b"QUIT":
                    say("221 bye")
                    return
                else:
                    say("250 fine")

    Thread(target=serve, daemon=True).start()
    port: int = door.getsockname()[1]
    return port


@pytest.mark.parametrize(
    ("answer", "taken"), [("250 2.0.0 Ok: queued as 7F3A", True), ("550 5.7.1 Sender not allowed", False)]
)
def test_the_test_letter_says_word_for_word_what_the_mail_server_answered(
    cast: Cast, settings: Settings, answer: str, taken: bool
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", post_office(answer), False
    User.objects.filter(pk=cast.admin.pk).update(email="quantri@chibo.example")
    cast.admin.refresh_from_db()
    said = actions.send_test(by=cast.admin, at=timezone.now())
    assert (said.taken, said.words) == (taken, answer)


def test_without_a_mail_server_nothing_leaves_the_house_and_it_is_said_why(
    cast: Cast, as_user: Any, settings: Settings
) -> None:
    settings.EMAIL_HOST = ""
    sent = as_user(cast.admin).post("/server/mail/")
    assert (sent.status_code, "Chưa đặt CHIBO_EMAIL_HOST" in sent.text, mail.outbox) == (422, True, [])
    settings.EMAIL_HOST = "mail.chibo.example"
    with pytest.raises(Refused, match="chưa ghi địa chỉ e-mail"):
        actions.send_test(by=cast.admin, at=timezone.now())
