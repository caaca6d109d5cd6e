"""The Word file as an office program sets it, beside the PDF: the same pages, the same lines, less than 1 mm apart.

LibreOffice is slow to start, so one paper is tried always and all that the demonstration prints by `make long`.
`REQUIRE_OFFICE=1` makes it a failure that there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from chibo.demo.beside import beside, rule_of
from chibo.demo.beside import in_office as office
from chibo.demo.papers import complete, papers_of
from documents.docx import write
from documents.model import Document, Head, Note, Recipients, Signature, Signatures, Title, bold, bullets, para
from documents.pdf import _pages
from documents.proof import Proof
from documents.style import Look
from tests.sample import only_long

if TYPE_CHECKING:
    from collections.abc import Callable

    from chibo.demo.build import Stage

    ReadWords = Callable[[bytes], list[Any]]
    InOffice = Callable[[dict[str, bytes]], dict[str, Path]]

pytestmark = pytest.mark.long
PROOF = Proof("a1b2-c3d4-e5f6", 7, "https://chibo.example/book?code=a1b2-c3d4-e5f6")


@pytest.fixture
def in_office(tmp_path: Path) -> InOffice:
    """Word files by name, as LibreOffice prints them."""
    if shutil.which("soffice") is None:
        if os.environ.get("REQUIRE_OFFICE") == "1":
            pytest.fail("there is no soffice")
        pytest.skip("LibreOffice (libreoffice-writer) is not installed")

    def convert(files: dict[str, bytes]) -> dict[str, Path]:
        for name, data in files.items():
            (tmp_path / f"{name}.docx").write_bytes(data)
        office([tmp_path / f"{name}.docx" for name in files], tmp_path)
        return {name: tmp_path / f"{name}.pdf" for name in files}

    return convert


def letter(day: date) -> Document:
    signed = Signature(("T/M CHI BỘ", "BÍ THƯ"), "Trần Thị Lan", "ký trên máy")
    return Document(
        "thong-bao",
        "Thông báo",
        day,
        (
            Head("ĐẢNG BỘ CƠ QUAN\nUỶ BAN", "CHI BỘ VĂN PHÒNG", "Số 05-TB/CB", "Sao Mai, ngày 05 tháng 12 năm 2026"),
            Title("THÔNG BÁO", ("Sinh hoạt chi bộ",)),
            para(bold("Thời gian: "), "19 giờ 00 phút, ngày 05 tháng 12 năm 2026."),
            bullets("Điểm danh.", "Kiểm điểm việc thực hiện nghị quyết tháng trước, bàn nhiệm vụ tháng tới."),
            Signatures(None, signed, Recipients(("Đảng uỷ cơ quan (để báo cáo)", "Các đồng chí đảng viên"))),
            Note("Bản in từ phần mềm."),
        ),
    )


def apart(mine: list[Any], theirs: list[Any]) -> list[tuple[str, float]]:
    """Words of the two papers, each beside its like, with the larger distance of their middles in millimetres."""

    def in_order(words: list[Any]) -> dict[tuple[str, int, int], Any]:
        counted: Counter[tuple[str, int]] = Counter()
        found = {}
        for word in sorted(words, key=lambda one: (one.page, round(one.top / 3), one.left)):
            counted[word.text, word.page] += 1
            found[word.text, word.page, counted[word.text, word.page]] = word
        return found

    left, right = in_order(mine), in_order(theirs)
    assert set(left) == set(right)
    return [
        (
            key[0],
            max(
                abs(one.left + one.right - other.left - other.right) / 2,
                abs(one.top + one.bottom - other.top - other.bottom) / 2,
            ),
        )
        for key, one in left.items()
        for other in (right[key],)
    ]


@pytest.mark.parametrize(
    "name",
    [
        "minutes",
        "as settled",
        *(pytest.param(name, marks=only_long) for name in ("letter", "letter of 2020", "minutes of 2020")),
    ],
)
@pytest.mark.in_turn
def test_a_paper_is_the_same_in_print_and_in_word(
    name: str, sample: Document, in_office: InOffice, read_words: ReadWords
) -> None:
    day = date(2020, 12, 5) if "2020" in name else date(2026, 12, 5)
    paper = letter(day) if "letter" in name else replace(sample, day=day, mark="DỰ THẢO")
    if name == "as settled":
        settled = Look(
            party_name_pt=14, superior_pt=13, kind_pt=15, abstract_pt=15, body_pt=15, line_pt=21, two_sided=True
        )
        paper = replace(paper, look=settled, foot="Bản để đồng chí Trần Thị Lan đọc.")
    printed = in_office({"word": write(paper, PROOF)})["word"]
    ours = printed.with_name("ours.pdf")
    ours.write_bytes(_pages(paper, PROOF))
    mine, theirs = read_words(ours.read_bytes()), read_words(printed.read_bytes())
    assert {text: far for text, far in apart(mine, theirs) if far >= 1} == {}
    one, other = rule_of(printed), rule_of(ours)
    assert one is not None
    assert one == pytest.approx(other, abs=0.5)


def lines(tmp: Path, pdf: bytes) -> Counter[str]:
    """What stands on one line; page numbers are told by the other test."""
    tmp.write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-layout", str(tmp), "-"], check=True, capture_output=True).stdout.decode()
    found = (" ".join(line.replace("\u00a0", " ").split()) for line in told.split("\n"))
    return Counter(line for line in found if line and not line.isdigit())


def _kept(folder: Path, pdf: bytes) -> Path:
    path = folder / "ours.pdf"
    path.write_bytes(pdf)
    return path


@only_long
@pytest.mark.parametrize("today", [timezone.localdate(), date(2024, 11, 20)], ids=["today", "2024"])
def test_every_paper_of_the_demonstration_has_as_many_pages_the_same_words_and_lines(
    today: date, demonstration: Callable[[date], Stage], in_office: InOffice, tmp_path: Path
) -> None:
    """A justified line of the PDF hangs out by up to 0.3 mm, so that now and then a word more stands on it."""
    stage = demonstration(today)
    complete(stage)
    papers = {str(number): paper for number, paper in enumerate(papers_of(stage.cell, today))}
    printed = in_office({name: write(paper.document, paper.proof) for name, paper in papers.items()})
    wrong = []
    for name, paper in papers.items():
        ours = _pages(paper.document, paper.proof)
        if len(PdfReader(printed[name]).pages) != len(PdfReader(BytesIO(ours)).pages):
            wrong.append((paper.document.name, "pages"))
        mine, theirs = (lines(tmp_path / "read.pdf", data) for data in (ours, printed[name].read_bytes()))
        if set(" ".join(mine).split()) != set(" ".join(theirs).split()):
            wrong.append((paper.document.name, "words"))
        if (mine & theirs).total() < 0.9 * mine.total():
            wrong.append((paper.document.name, "lines"))
        found = beside(paper.document, _kept(tmp_path, ours), printed[name])
        if max(far for far in (found.head, found.rule, found.signatures, 0) if far is not None) >= 1:
            wrong.append((paper.document.name, "millimetres"))
    assert wrong == []
