"""What can be read in an attached file: enough to see a mark on its first page, also in a header or a text box."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.model import Document, Head, Title, para
from documents.pdf import to_pdf
from meetings.filetext import TOO_LONG
from meetings.uploads import examine
from members.refusal import Refused

DAY = date(2026, 11, 23)
BODY = "<w:p><w:r><w:t>Kế hoạch quý IV</w:t></w:r></w:p>"
BOX = "<w:p><w:r><w:t>Số 12-BC/CB</w:t><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"


def word(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        for name, content in {"document": BODY, **parts}.items():
            made.writestr(f"word/{name}.xml", f"<w:document>{content}</w:document>")
    return held.getvalue()


def paper(*lines: str) -> bytes:
    head = Head("ĐẢNG BỘ PHƯỜNG HOA SEN", "CHI BỘ VĂN PHÒNG", "", "")
    return to_pdf(Document("thu", "Thử", DAY, (head, Title("BÁO CÁO"), *(para(line) for line in lines))))


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(Refused) as caught:
        examine(SimpleUploadedFile(name, content))
    return caught.value.sentence


@pytest.mark.parametrize(
    "parts",
    [
        {"document": "<w:p><w:r><w:t>M</w:t></w:r><w:r><w:t>ẬT</w:t></w:r></w:p>" + BODY},
        {"header1": "<w:p><w:r><w:t>TUYỆT MẬT</w:t></w:r></w:p>"},
        {"footer2": "<w:p><w:r><w:t>Độ mật: Mật</w:t></w:r></w:p>"},
        {"document": BOX.format("TỐI MẬT")},
        {"document": "<w:p><w:r><w:t>CHI BỘ</w:t><w:tab/><w:t>MẬT</w:t></w:r></w:p>"},
    ],
    ids=["split in runs", "header", "footer", "text box", "after a tab"],
)
def test_a_mark_in_a_word_file_is_seen(parts: dict[str, str]) -> None:
    assert "Trong tệp có dấu độ mật" in refusal(word(**parts), "ke-hoach.docx")


def test_an_ordinary_word_file_is_taken() -> None:
    parts = {"header1": "<w:p><w:t>Giữ bí mật nhà nước</w:t></w:p>", "document": BOX.format("CHI BỘ VĂN PHÒNG")}
    assert examine(SimpleUploadedFile("ke-hoach.docx", word(**parts))).type == "docx"


def test_a_pdf_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetings.uploads.mark_in", lambda text: 1 / 0)
    assert examine(SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.7\n(MAT) Tj\n%%EOF")).type == "pdf"


def test_a_flood_is_refused_and_never_taken_for_clean() -> None:
    for flood in ("<w:p>" + "a" * 60_000_000, "<" * 500_000, "a" * 60_000):
        assert refusal(word(header1=flood), "ke-hoach.docx") == TOO_LONG
