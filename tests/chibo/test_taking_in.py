"""What is no archive, is not whole, or reaches into somebody else's record is refused in words."""

from __future__ import annotations

import json
import re
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from chibo.backup import crypt
from chibo.leaving import box
from chibo.leaving.box import NotTaken, is_locked, unpack
from chibo.leaving.rows import as_line
from chibo.leaving.take_in import take_in
from meetings.models import ThematicPaper
from members.models import Event, Organisation, User
from rulings.models import Ruling

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper as Settings

    from meetings.models import Meeting
    from tests.conftest import Cast
from tests.chibo.archives import WORDS, emptied, exported, inside, packed, refused, whole


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
    assert "Sai mật khẩu" in refused(other(held[:40] + bytes([held[40] ^ 1]) + held[41:]), folder(), WORDS)
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
