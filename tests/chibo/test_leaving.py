"""A cell takes its record along: out of one server, onto another one, the same to the byte."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from book.models import Link
from chibo.backup import crypt
from chibo.leaving import travels
from chibo.leaving.box import is_locked, unpack
from chibo.leaving.take_in import take_in
from critique.letters.models import Criticism
from members.models import Event, Organisation, User
from search.keeping import is_of_this_shape
from search.models import Passage
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper as Settings

    from tests.conftest import AsUser, Cast
from tests.chibo.archives import WORDS, emptied, exported, held, inside, opened


def test_a_cell_stands_on_another_server_as_it_stood_on_the_first(
    leaving: Organisation, tmp_path: Path, settings: Settings
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    head, letters = Link.objects.head_of(leaving), Criticism.objects.in_cell(leaving).count()
    words = [row.words for row in Criticism.objects.in_cell(leaving).order_by("pk")]
    began = time.monotonic()
    manifest = exported(leaving, first)
    took = time.monotonic() - began
    there = inside(first)
    emptied()
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "chibo.files.places.Database"}}

    folder = tmp_path / "folder"
    began = time.monotonic()
    done = take_in(folder, unpack(first, None, folder))
    print(
        f"\n{sum(manifest['counts'].values())} rows, {len(there)} files, {first.stat().st_size} bytes: "
        f"out in {took:.1f} s, in and compared in {time.monotonic() - began:.1f} s"
    )
    assert (done.wrong, done.links, done.files) == ("", head.number if head else 0, 1)
    again = Link.objects.head_of(done.cell)
    assert head is not None
    assert again is not None
    assert again.hash == head.hash
    call_command("verify_book")
    assert Passage.objects.filter(cell=done.cell, kind="remark").exists()  # found by their words, here as well
    assert is_of_this_shape()
    assert letters
    assert [row.words for row in Criticism.objects.in_cell(done.cell).order_by("pk")] == words
    exported(done.cell, second)
    before, after = opened(there), opened(inside(second))
    assert [name for name in before if before[name] != after.get(name)] == []
    assert {*before} == {*after}

    account = User.objects.get(username="bithu")
    assert (account.has_usable_password(), account.is_staff, account.last_login) == (False, False, None)
    new = Organisation.objects.create(name="Chi bộ mới", paper_name="CHI BỘ MỚI")
    assert new.pk > max(done.cell.pk, 1)  # whatever is entered from now on gets a key of its own


def test_whoever_carries_the_archive_reads_no_letter_and_no_word_of_a_self_review(leaving: Organisation) -> None:
    there = held()
    everything = b"".join(content for name, content in there.items() if not name.startswith("papers/"))
    letter = Criticism.objects.in_cell(leaving).order_by("pk").first()
    assert letter is not None
    said = [letter.words, str(letter.mark), settings.SECRET_KEY, *settings.CRITIQUE_KEYS]
    said += [user.password for user in User.objects.all()]
    assert [one for one in said if one.encode() in everything] == []
    assert [name for name in there if name.startswith("closed/")] == [
        f"closed/{label}.jsonl" for label in travels.going() if travels.is_closed(label)
    ]
    assert "critique.Criticism" in {label for label in travels.going() if travels.is_closed(label)}
    assert not [name for name in there if "PrepNote" in name or "Draft" in name or "SignInSlip" in name]


def test_every_line_is_as_the_schema_in_the_archive_says(leaving: Organisation) -> None:
    there = held()
    tables = json.loads(there["schema.json"])["$defs"]
    kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None)}
    for name, content in there.items():
        if name.startswith("rows/"):
            told = tables[name.removeprefix("rows/").removesuffix(".jsonl")]
            last = 0
            for line in content.splitlines():
                row = json.loads(line)
                assert [*row] == sorted(told["required"])
                assert row["id"] > last
                last = row["id"]
                for column, value in row.items():
                    asked = told["properties"][column].get("type", [])
                    may_be = tuple(kinds[one] for one in ([asked] if isinstance(asked, str) else asked))
                    assert not may_be or isinstance(value, may_be), (name, column, value)


def test_a_table_that_nobody_has_thought_of_is_refused_when_the_program_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert travels.every_table_has_a_line(None) == []
    monkeypatch.delitem(travels.TRAVELS, "meetings.Vote")
    monkeypatch.setitem(travels.TRAVELS, "meetings.Gone", travels.GOES)
    assert [one.id for one in travels.every_table_has_a_line(None)] == ["chibo.E002", "chibo.E003"]


def test_the_secretary_takes_the_archive_and_everybody_who_may_reads_that_she_did(
    cast: Cast, as_user: AsUser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crypt, "COST", 4)
    lan, address = as_user(cast.lan), f"/cells/{cast.cell.pk}/export/"
    assert address in lan.get(f"/cells/{cast.cell.pk}/book/").content.decode()
    assert address not in as_user(cast.hoa).get(f"/cells/{cast.cell.pk}/book/").content.decode()
    asked = {"password": WORDS, "again": WORDS, "old": PASSWORD}
    for wrong, sentence in (
        ({"old": "sai"}, "Mật khẩu đang dùng không đúng"),
        ({"password": "ngắn", "again": "ngắn"}, "12 ký tự trở lên"),
        ({"again": "khác đi một chút"}, "chưa giống nhau"),
        ({"password": PASSWORD, "again": PASSWORD}, "khác mật khẩu đăng nhập"),
    ):
        answer = lan.post(address, {**asked, **wrong})
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not Event.objects.filter(what="export_cell").exists()
    answer = lan.post(address, asked)
    kept = tmp_path / "archive"
    kept.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].endswith('.chibo"')
    assert is_locked(kept)
    assert unpack(kept, WORDS, tmp_path / "folder")["cell"]["name"] == cast.cell.name
    assert Event.objects.get(what="export_cell").actor == cast.account(cast.lan)
    assert "Xuất lưu trữ của chi bộ" in lan.get(f"/cells/{cast.cell.pk}/deeds/").content.decode()


def test_the_commands_write_and_read_one_file(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(crypt, "COST", 4)
    monkeypatch.setenv("CHIBO_ARCHIVE_PASSPHRASE", WORDS)
    kept, cell = tmp_path / "cell.chibo", cast.cell
    call_command("export_cell", str(cell.pk), str(kept))
    assert kept.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="đã có; hãy chọn"):
        call_command("export_cell", str(cell.pk), str(kept))
    with pytest.raises(CommandError, match="Không có chi bộ số 999999"):
        call_command("export_cell", "999999", str(tmp_path / "x"))
    with pytest.raises(CommandError, match=r"Máy chủ này đã có .* Chưa ghi gì"):
        call_command("import_cell", str(kept))
    with pytest.raises(CommandError, match="Không đọc được"):
        call_command("import_cell", str(tmp_path / "nowhere"))
    emptied()
    call_command("import_cell", str(kept))
    assert "còn nguyên như ở máy chủ cũ" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["cell.chibo"]


def test_the_few_lines_in_the_guide_open_an_archive_without_this_program(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crypt, "COST", 4)
    exported(cast.cell, tmp_path / "cell.chibo", WORDS)
    guide = (settings.BASE_DIR / "docs" / "archive.md").read_text(encoding="utf-8")
    code = guide.split("```python\n")[1].split("```")[0]
    scope: dict[str, Any] = {"__name__": "open_archive"}
    exec(code, scope)
    scope["unlock"](tmp_path / "cell.chibo", WORDS, tmp_path / "cell.tar.gz")
    assert json.loads(inside(tmp_path / "cell.tar.gz")["manifest.json"])["form"] == "chibo-cell"
