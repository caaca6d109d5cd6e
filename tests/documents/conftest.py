"""One paper that holds every block, and the eyes that read what became of it."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from chibo.demo.beside import Word, words_of
from documents.model import (
    Block,
    Column,
    Document,
    Head,
    Heading,
    Note,
    Recipients,
    Run,
    Signature,
    Signatures,
    Table,
    Title,
    bold,
    bullets,
    italic,
    para,
)
from documents.pdf import to_pdf

REMARK = (
    "Tôi nhất trí với dự thảo chuyên đề. Việc tự phê bình phải bắt đầu từ công việc hằng ngày, "
    "nói rõ việc nào đã làm được, việc nào còn chậm, nguyên nhân thuộc về ai và thời hạn khắc phục. "
    "Bản thân còn ngại góp ý cho cấp trên, xin hứa mỗi tháng nêu ít nhất một ý kiến cụ thể."
)


def every_block() -> Document:
    return Document(
        name="bien-ban-chuyen-de-2026-12-05",
        title="Biên bản sinh hoạt chuyên đề quý IV năm 2026",
        day=date(2026, 12, 5),
        blocks=(
            Head(
                "ĐẢNG BỘ PHƯỜNG SAO MAI\nĐẢNG BỘ CƠ QUAN VĂN HÓA",
                "CHI BỘ VĂN PHÒNG",
                "Số 05-BB/CB",
                "Sao Mai, ngày 05 tháng 12 năm 2026",
            ),
            Title("BIÊN BẢN", ("Sinh hoạt chuyên đề quý IV năm 2026",)),
            para("Thời gian: bắt đầu lúc 19 giờ 00 phút.\nĐịa điểm: phòng họp số 2."),
            Heading("I. THÀNH PHẦN", part="thanh-phan"),
            para("Chủ trì: ", bold("đồng chí Trần Thị Lan"), ", Bí thư chi bộ."),
            Heading("II. THẢO LUẬN", part="thao-luan"),
            Heading("1. Nhận thức", 2, "nhan-thuc"),
            Heading("a) Ý kiến của các đồng chí", 3),
            *(para(bold(f"Đồng chí thứ {number}: "), REMARK) for number in range(1, 9)),
            bullets(
                "Về nhận thức: rõ ràng.",
                (italic("Về liên hệ: "), Run("thẳng thắn, chân thành.", bold=True, italic=True)),
            ),
            Table(
                (Column("TT", 10, "center"), Column("Nhiệm vụ", 105), Column("Thời hạn", 50, "right")),
                tuple((str(n), "Rà soát việc thực hiện quy chế và báo cáo chi bộ", "31/12/2026") for n in range(1, 31)),
                "Nhiệm vụ – kết quả",
            ),
            para("Biên bản được thông qua lúc 20 giờ 45 phút.", indent=False),
            Signatures(
                Signature(("NGƯỜI GHI BIÊN BẢN",), "Phạm Văn Tuấn"),
                Signature(("T/M CHI BỘ", "BÍ THƯ"), "Trần Thị Lan", "ký trên máy lúc 20:50"),
            ),
            Signatures(
                None,
                Signature(("T/M CHI BỘ", "PHÓ BÍ THƯ"), "Lê Thị Hoa"),
                Recipients(("Đảng ủy cơ quan (để báo cáo)", "Các đồng chí đảng viên")),
            ),
            Note("Dấu vân tay của biên bản: 0123456789abcdef"),
        ),
    )


@pytest.fixture(scope="session")
def sample() -> Document:
    return every_block()


@pytest.fixture(scope="session")
def sample_pdf(sample: Document) -> bytes:
    return to_pdf(sample)


@pytest.fixture(scope="session")
def paper() -> Callable[..., Document]:
    """A paper of 5 December 2026 that holds just these blocks."""

    def write(*blocks: Block) -> Document:
        return Document("van-ban", "Văn bản", date(2026, 12, 5), blocks)

    return write


def _file(tmp_path: Path, pdf: bytes) -> Path:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    return file


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """The text of each page, in one line."""

    def read(pdf: bytes) -> list[str]:
        command = ["pdftotext", "-layout", str(_file(tmp_path, pdf)), "-"]
        pages = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\f")[:-1]
        return [" ".join(page.split()) for page in pages]

    return read


@pytest.fixture
def read_words(tmp_path: Path) -> Callable[[bytes], list[Word]]:
    return lambda pdf: words_of(_file(tmp_path, pdf))
