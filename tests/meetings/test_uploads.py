"""What may be attached: files are known by what is in them, and refused with the reason."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.active import LOCKED, UNREADABLE
from meetings.uploads import MAX_BYTES, MAX_PARTS, Checked, examine
from members.refusal import Refused
from tests.sample import tries

PDF = b"%PDF-1.7\n%%EOF\n"
WORD = ("[Content_Types].xml", "word/document.xml")
NOT_THESE = "Chỉ nhận tệp PDF hoặc Word (.docx). Nội dung tệp này không phải hai loại đó."
TOO_MUCH = "Tệp Word này giải nén ra quá lớn."
SECRET = "Tên tệp có dấu chỉ độ mật. Không đưa tài liệu bí mật nhà nước lên máy nối mạng."


def archive(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in names:
            made.writestr(name, "<w:document/>")
    return held.getvalue()


def says_it_unpacks_to(size: int) -> bytes:
    """A small archive whose first part claims to be this large."""
    made = bytearray(archive(*WORD))
    entry = made.index(b"PK\x01\x02")
    made[entry + 24 : entry + 28] = struct.pack("<I", size)
    return bytes(made)


def upload(content: bytes, name: str = "du-thao.pdf", claims: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=claims)


def refusal(content: bytes, name: str = "du-thao.pdf") -> tuple[str, str | None]:
    with pytest.raises(Refused) as caught:
        examine(upload(content, name))
    return caught.value.sentence, caught.value.field


def test_a_pdf_and_a_word_file_are_taken() -> None:
    word = archive(*WORD)
    assert examine(upload(PDF)) == Checked("du-thao.pdf", "pdf", len(PDF))
    assert examine(upload(word, "du-thao.docx")) == Checked("du-thao.docx", "docx", len(word))


def test_the_file_is_handed_on_from_its_beginning() -> None:
    for content in (PDF, archive(*WORD)):
        file = upload(content)
        examine(file)
        assert file.read() == content


@pytest.mark.parametrize("content", [PDF, archive(*WORD)])
def test_a_name_that_lies_gets_the_ending_of_what_is_inside(content: bytes) -> None:
    checked = examine(upload(content, "anh.exe", "image/png"))
    assert checked.name == f"anh.exe.{checked.type}"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00",
        b"\x89PNG\r\n",
        b"PK\x03\x04 half an archive",
        b" %PDF-1.7",
        archive("[Content_Types].xml", "xl/workbook.xml"),
        archive("word/document.xml"),
    ],
    ids=["html", "program", "picture", "broken zip", "late pdf", "sheet", "bare"],
)
def test_anything_else_is_refused_whatever_its_name_says(content: bytes) -> None:
    assert refusal(content) == (NOT_THESE, "file")
    assert refusal(content, "du-thao.docx") == (NOT_THESE, "file")


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"") == ("Tệp trống.", "file")


def test_the_largest_file_is_taken_and_one_byte_more_is_refused() -> None:
    largest = PDF + b" " * (MAX_BYTES - len(PDF))
    assert examine(upload(largest)).size == MAX_BYTES
    assert refusal(largest + b" ") == ("Tệp nặng 10,0 MB, quá 10 MB.", "file")
    assert refusal(PDF + b" " * (12_900_000)) == ("Tệp nặng 12,3 MB, quá 10 MB.", "file")


def test_a_word_file_that_would_unpack_to_a_flood_is_refused_unopened() -> None:
    assert refusal(says_it_unpacks_to(101 * 1024 * 1024)) == (TOO_MUCH, "file")
    assert examine(upload(says_it_unpacks_to(99 * 1024 * 1024))).type == "docx"


def test_a_word_file_of_thousands_of_parts_is_refused() -> None:
    assert refusal(archive(*WORD, *(f"p{n}" for n in range(MAX_PARTS - 1)))) == (TOO_MUCH, "file")


@pytest.mark.parametrize("name", ["MẬT.pdf", "tuyệt mật 12.pdf", "Bao_cao_tối_mật.pdf", "de-an-mật-2026.pdf"])
def test_a_name_that_is_marked_secret_is_refused(name: str) -> None:
    assert refusal(PDF, name) == (SECRET, "file")


def test_a_secret_mark_typed_in_parts_is_seen_too() -> None:
    assert refusal(PDF, "de an MA\u0323\u0302T.pdf") == (SECRET, "file")


def test_a_name_that_only_contains_those_letters_is_taken() -> None:
    assert examine(upload(PDF, "thânmật2026.pdf")).name == "thânmật2026.pdf"


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("C:\\giay to\\du thao.pdf", "du thao.pdf"),
        ("../../etc/du thao.pdf", "du thao.pdf"),
        ("gi\u202eấy\x07.pdf", "giấy.pdf"),
        ('du "thao" <1>|?.pdf', "du thao 1.pdf"),
        ("a" * 200 + ".pdf", "a" * 116 + ".pdf"),
        ("…", "….pdf"),
    ],
)
def test_a_name_is_shown_without_path_and_tricks(given_name: str, shown: str) -> None:
    file = upload(PDF)
    file._name = given_name  # Django itself cuts the path; nothing must depend on that
    assert examine(file).name == shown


def test_a_file_without_a_name_gets_one() -> None:
    file = upload(PDF)
    file._name = " . "
    assert examine(file).name == "tai-lieu.pdf"


@settings(max_examples=tries(60), deadline=None)
@given(st.integers(min_value=0, max_value=len(archive(*WORD)) - 1), st.integers(min_value=0, max_value=255))
def test_no_single_damaged_byte_is_more_than_a_refusal(place: int, value: int) -> None:
    damaged = bytearray(archive(*WORD))
    damaged[place] = value
    try:
        kind = examine(upload(bytes(damaged))).type
    except Refused as refused:
        kind = refused.sentence
    assert kind in ("docx", NOT_THESE, TOO_MUCH, UNREADABLE, LOCKED)
