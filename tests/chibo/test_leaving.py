"""A cell takes its record along: out of one server, onto another one, the same to the byte."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import tarfile
import time
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from book.models import Link
from chibo.backup import crypt
from chibo.leaving import box, export, travels
from chibo.leaving.box import NotTaken, is_locked, unpack
from chibo.leaving.export import place
from chibo.leaving.rows import as_line
from chibo.leaving.take_in import take_in
from critique.letters.models import Criticism
from critique.sealing.crypto import keyring
from meetings.models import ThematicPaper
from members.models import Event, Organisation, User
from rulings.models import Ruling
from search.keeping import is_of_this_shape
from search.models import Passage
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import SettingsWrapper as Settings

    from meetings.models import Meeting
    from tests.conftest import AsUser, Cast

WORDS = "bốn từ không liên quan"
NEVER_THE_SAME = {"made_at", "files", "keys"}  # of the manifest; `files` because lines under the key begin by chance


def emptied() -> None:
    """As a database is that was only migrated; what is sealed or only added to goes as well."""
    connection.check_constraints()
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    statements = connection.ops.sql_flush(
        no_style(), sorted({*tables} - kept), reset_sequences=True, allow_cascade=True
    )
    connection.ops.execute_sql_flush(statements)


def exported(cell: Organisation, path: Path, words: str | None = None) -> dict[str, Any]:
    with path.open("wb") as out:
        return export.write(out, words, cell, timezone.now())


def inside(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        return {info.name: archive.extractfile(info).read() for info in archive}  # type: ignore[union-attr]


def opened(files: dict[str, bytes]) -> dict[str, bytes]:
    """With what is locked line by line in the open, and of the manifest what has to be the same."""
    found = dict(files)
    for name, content in files.items():
        if name.startswith("closed/"):
            label = name.removeprefix("closed/").removesuffix(".jsonl")
            given = [json.loads(line) for line in content.splitlines()]
            found[name] = b"".join(keyring().open(one["locked"], place(label, one["id"])).encode() for one in given)
    manifest = json.loads(found["manifest.json"])
    found["manifest.json"] = json.dumps({k: v for k, v in manifest.items() if k not in NEVER_THE_SAME}).encode()
    return found


@pytest.fixture
def leaving(demonstration: Callable[[date], Any], monkeypatch: pytest.MonkeyPatch) -> Organisation:
    """The demonstration's cell, with a file attached. What a sealed paper looks like is another test's question."""
    monkeypatch.setattr("chibo.leaving.export.pdf_of", lambda paper: f"%PDF- {paper.fingerprint}".encode())
    monkeypatch.setattr("chibo.leaving.export.to_docx", lambda document, proof: f"PK {document.name}".encode())
    demonstration(date(2026, 11, 23))
    cell = Organisation.objects.cells().get(name="Chi bộ Văn phòng")
    paper = ThematicPaper.objects.filter(meeting__cell=cell).first()
    assert paper is not None
    paper.file.save("chuyên đề.pdf", ContentFile(b"%PDF-1.7 abc"), save=False)
    ThematicPaper.objects.filter(pk=paper.pk).update(file=paper.file.name)
    return cell


@cache
def held() -> dict[str, bytes]:
    """The demonstration's archive: the rows are the same in every test, so it is written once."""
    cell = Organisation.objects.cells().get(name="Chi bộ Văn phòng")
    with NamedTemporaryFile() as out:
        exported(cell, Path(out.name))
        return inside(Path(out.name))


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
    media = Path(settings.MEDIA_ROOT)
    emptied()
    settings.MEDIA_ROOT = media.with_name(f"{media.name}-new")

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


# --- What is no archive, or not whole ---------------------------------------------------------


def packed(path: Path, files: dict[str, bytes], kind: bytes = tarfile.REGTYPE) -> Path:
    """An archive in the open, by somebody else's hand."""
    with gzip.open(path, "wb") as out, tarfile.open(fileobj=out, mode="w|") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.type = len(content), kind
            archive.addfile(info, io.BytesIO(content))
    return path


def whole(files: dict[str, bytes]) -> dict[str, bytes]:
    """With a manifest that names these very files."""
    manifest = json.loads(files["manifest.json"])
    held = {name: content for name, content in files.items() if name != "manifest.json"}
    manifest["files"] = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)} for name, content in held.items()
    }
    return {**held, "manifest.json": json.dumps(manifest).encode()}


def refused(path: Path, folder: Path, words: str | None = None) -> str:
    with pytest.raises(NotTaken) as caught:
        take_in(folder, unpack(path, words, folder))
    return str(caught.value)


def test_a_file_that_is_no_archive_or_not_whole_is_refused_in_words(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crypt, "COST", 4)
    monkeypatch.setattr(crypt, "PIECE", 4096)
    good, plain = tmp_path / "good", tmp_path / "plain"
    exported(cast.cell, good, WORDS)
    exported(cast.cell, plain)
    held, number = good.read_bytes(), iter(range(100))

    def folder() -> Path:
        return tmp_path / f"folder-{next(number)}"

    def other(content: bytes) -> Path:
        path = tmp_path / f"other-{next(number)}"
        path.write_bytes(content)
        return path

    def made(files: dict[str, bytes], **more: Any) -> Path:
        return packed(tmp_path / f"made-{next(number)}", files, **more)

    for content, sentence in (
        (b"PK\x03\x04 zip", "không phải lưu trữ"),
        (crypt.MAGIC + b"x" * 60, "dùng lệnh restore"),
    ):
        with pytest.raises(NotTaken, match=sentence):
            is_locked(other(content))
    assert "Sai mật khẩu" in refused(good, folder(), WORDS + " ")
    assert "đoạn sau thì không" in refused(other(held[:-9]), folder(), WORDS)
    assert "Sai mật khẩu" in refused(other(held[:40] + b"x" + held[41:]), folder(), WORDS)
    assert "cắt ngắn" in refused(other(plain.read_bytes()[:-2000]), folder())
    files = inside(plain)
    assert "không có bản kê" in refused(made({"rows/meetings.Vote.jsonl": b""}), folder())
    assert "manifest.json) không đọc được" in refused(made({"manifest.json": b"[]"}), folder())
    changed = {**files, "rows/members.Member.jsonl": files["rows/members.Member.jsonl"].replace(b"Hoa", b"Hoan")}
    assert "rows/members.Member.jsonl trong lưu trữ không đúng bản kê" in refused(made(changed), folder())
    lacking = {name: content for name, content in files.items() if name != "schema.json"}
    assert "schema.json" in refused(made(lacking), folder())
    for name in (
        "../../etc/passwd",
        "/etc/passwd",
        "attachments/../x",
        "attachments/a\\b",
        "rows/x.sh",
        "attachments/./a",
    ):
        assert "mục lạ" in refused(made({name: b"x"}), folder())
    assert "mục lạ" in refused(made({"attachments/a": b""}, kind=tarfile.SYMTYPE), folder())
    monkeypatch.setattr(box, "UNPACKED", (1 << 20, 10))
    assert "lớn bất thường" in refused(made({"attachments/zeros": bytes(4 << 20)}), folder())


def test_what_does_not_fit_this_server_is_refused_and_nothing_is_written(
    cast: Cast, tmp_path: Path, settings: Settings
) -> None:
    exported(cast.cell, tmp_path / "plain")
    files, number = inside(tmp_path / "plain"), iter(range(100))

    def said(changed: dict[str, bytes]) -> str:
        path = packed(tmp_path / f"made-{next(number)}", whole(changed))
        return refused(path, tmp_path / f"folder-{next(number)}")

    def manifest(**values: Any) -> dict[str, bytes]:
        return {**files, "manifest.json": json.dumps({**json.loads(files["manifest.json"]), **values}).encode()}

    def rows(label: str, was: str, becomes: str) -> dict[str, bytes]:
        content, count = re.subn(was.encode(), becomes.encode(), files[f"rows/{label}.jsonl"], count=1)
        assert count
        return {**files, f"rows/{label}.jsonl": content}

    assert "đã có Chi bộ" in said(files)
    emptied()
    assert "cấu trúc số 7" in said(manifest(version=7))
    assert "không phải lưu trữ" in said(manifest(form="backup"))
    assert "bản phần mềm khác" in said(manifest(migrations=[["meetings", "9999_later"]]))
    assert "thiếu khoá 0badc0de" in said(manifest(keys=["0badc0de"]))
    assert "đúng cấu trúc" in said(manifest(cell={}))
    assert "đúng cấu trúc" in said(rows("members.Member", '"full_name":"[^"]*"', '"full_name":7'))
    assert "đúng cấu trúc" in said(rows("members.Member", '"full_name":"[^"]*"', f'"full_name":"{"x" * 81}"'))
    assert "đúng cấu trúc" in said(rows("members.User", '"username"', '"is_superuser":true,"username"'))
    assert "không có trong lưu trữ" in said(rows("members.Tenure", '"member_id":\\d+', '"member_id":999999'))
    assert "đúng của chi bộ này" in said(
        rows("members.Tenure", f'"organisation_id":{cast.cell.pk}', f'"organisation_id":{cast.ward.pk}')
    )
    assert "Sổ biên bản" in said(manifest(book={"links": 3, "head": "", "wrong": ""}))
    assert "thiếu bảng meetings.Vote" in said({k: v for k, v in files.items() if k != "rows/meetings.Vote.jsonl"})
    assert "Tệp đính kèm" in said({**files, "attachments/papers/x.pdf": b"%PDF-"})
    closed = json.loads(files["closed/members.Event.jsonl"].splitlines()[0])
    line = json.dumps({**closed, "id": closed["id"] + 10_000}).encode() + b"\n"
    assert "không mở được" in said({**files, "closed/members.Event.jsonl": line})
    User.objects.create_superuser("lan", password="x" * 16)
    assert "chưa tạo tài khoản nào" in said(files)
    User.objects.all().delete()
    assert (Organisation.objects.exists(), User.objects.exists(), Event.objects.exists()) == (False, False, False)
    folder = tmp_path / "last"
    assert take_in(folder, unpack(tmp_path / "plain", None, folder)).cell.name == cast.cell.name


def test_an_archive_made_by_hand_reaches_into_nobody_elses_record(
    cast: Cast, planned: Meeting, tmp_path: Path, settings: Settings
) -> None:
    """Whose archive it is comes from elsewhere, and other cells are on this server already."""
    paper, name = ThematicPaper.objects.get(meeting=planned), "papers/cua-chi-bo-khac.pdf"
    ThematicPaper.objects.filter(pk=paper.pk).update(file=name, file_type="pdf")
    assert exported(cast.cell, tmp_path / "plain")["missing"] == [name]
    files, number = inside(tmp_path / "plain"), iter(range(100))
    account = cast.account(cast.lan).pk
    above = list(Organisation.objects.filter(pk__in=cast.cell.above_ids).order_by("pk"))

    def said(changed: dict[str, bytes]) -> str:
        path = packed(tmp_path / f"made-{next(number)}", whole(changed))
        return refused(path, tmp_path / f"folder-{next(number)}")

    def changed(label: str, was: str, becomes: str) -> dict[str, bytes]:
        content = files[f"rows/{label}.jsonl"]
        assert was.encode() in content
        return {**files, f"rows/{label}.jsonl": content.replace(was.encode(), becomes.encode())}

    emptied()
    Organisation.objects.bulk_create(above)
    path = f'"path":"{cast.cell.path}"'
    for wrong in (cast.ward.path, cast.cell.path.rstrip("/")):
        assert "cây tổ chức" in said(changed("members.Organisation", path, f'"path":"{wrong}"'))
    assert "đúng cấu trúc" in said(changed("members.Organisation", '"kind":"cell"', '"kind":"khac"'))
    assert "không có chi bộ" in said(changed("members.Organisation", '"kind":"cell"', '"kind":"committee"'))
    said_above = {
        **{one.attname: one.get_default() for one in Ruling._meta.concrete_fields},
        "id": 777,
        "organisation_id": cast.ward.pk,
        "entered_by_id": account,
        "subject": "paper-uy",
        "value": {"choice": "ủy"},
        "document": "x",
        "document_date": "2026-01-01",
        "starts_on": "2026-01-01",
        "entered_at": "2026-01-01T00:00:00.000000Z",
    }
    assert "quy định của tổ chức đã có" in said({**files, "rows/rulings.Ruling.jsonl": as_line(said_above)})
    other = Path(settings.MEDIA_ROOT) / name
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_bytes(b"%PDF- of another cell")
    assert "đã có papers/" in said(files)
    other.unlink()
    folder = tmp_path / "last"
    assert take_in(folder, unpack(tmp_path / "plain", None, folder)).cell.name == cast.cell.name


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
