"""What stands before the papers of a year's book: title page, contents, register, the head of the chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from book.entries import of_paper
from book.proof import proof_by, sealed_paper
from documents.dates import paper_day, paper_time
from documents.fit import Fit, pages
from documents.joined import Part, page_count
from documents.model import Column, Document, Head, Heading, Note, Signatures, Table, Title, bold, para
from documents.pdf import to_pdf_at_leisure
from documents.sealed import pdf_of
from documents.volume import to_volume
from members.house import dressed, own, writing_as

if TYPE_CHECKING:
    from collections.abc import Callable

    from book.yearly import Leaf, Volume
    from documents.proof import Proof
    from documents.sealed import Rendered

    Tick = Callable[[int, int], None]  # told how many pages are laid out, and of how many

FRONT = "Trang bìa, mục lục, danh mục văn bản"


class Changed(Exception):
    """A paper that is not what was sealed: nothing is bound with it."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A paper as it is named in front."""

    leaf: Leaf
    paper: Rendered
    number: str  # "05-BB/CB", or "" where it has none
    title: str

    @classmethod
    def of(cls, leaf: Leaf) -> _Sheet:
        paper = sealed_paper(leaf.kind.name, leaf.row)
        if paper.proof is not None and paper.proof.wrong:
            raise Changed(leaf.link.label)
        number = next((block.number for block in paper.document.blocks if isinstance(block, Head)), "")
        title = of_paper(paper.document).removeprefix(f"{number}: ")
        return cls(leaf, paper, number.removeprefix("Số "), title)

    @property
    def named(self) -> str:
        return f"{self.number}: {self.title}" if self.number else self.title


def write(volume: Volume, tick: Tick) -> bytes:
    """The whole book as PDF. A paper that has been printed before is taken as it was. Raises Changed, TooMuch."""
    sheets, lengths = [], []
    for leaf in volume.leaves:
        tick(0, 0)
        sheet = _Sheet.of(leaf)
        sheets.append(sheet)
        lengths.append(pages(sheet.paper.document, Fit(sheet.paper.document.style()))[0])
    total, done, parts = sum(lengths) + 3, 0, []
    for sheet in sheets:
        tick(done, total)
        pdf = pdf_of(sheet.paper, _telling(tick, done, total))
        parts.append(Part(sheet.named, pdf))
        done += page_count(pdf)
    return to_volume(
        lambda starts: build_front(volume, sheets, starts),
        FRONT,
        proof_by(volume.head),
        parts,
        lambda _: tick(done, max(total, done)),
    )


def _telling(tick: Tick, before: int, total: int) -> Callable[[Document, Proof | None], bytes]:
    """Writes a paper and tells each of its pages. `before`: pages of the papers that are done."""

    def told(document: Document, proof: Proof | None) -> bytes:
        return to_pdf_at_leisure(document, proof, lambda page: tick(before + (page or 0), total))

    return told


def build_front(volume: Volume, sheets: list[_Sheet], starts: list[int]) -> Document:
    """`starts`: the page of the volume on which each paper begins.

    It is written where the pages are laid out, where no database is: the volume brings the style of its house.
    """
    with writing_as(volume.style):
        return dressed(_front(volume, sheets, starts), volume.style)


def _front(volume: Volume, sheets: list[_Sheet], starts: list[int]) -> Document:
    cell, head, day = volume.cell, volume.head, timezone.localdate(volume.head.made_at)
    return Document(
        file_name(volume),
        title_of(volume),
        day,
        (
            Head(cell.superior_line, cell.paper_name, "", f"{cell.place_name or '…………'}, ngày …… tháng …… năm ……"),
            Title("SỔ BIÊN BẢN, NGHỊ QUYẾT, KẾT LUẬN", (f"Năm {volume.year}",)),
            para(
                f"Quyển này gồm {len(sheets)} văn bản đã ký của năm {volume.year}, xếp theo ngày, mỗi văn bản giữ đúng "
                "nội dung, cách trình bày và số trang như khi ký. Số trang của cả quyển ở góc dưới bên phải."
            ),
            para(bold("Không có trong quyển: "), _left_out(volume)),
            para(
                bold("Mục cuối của sổ biên bản: "),
                f"số {head.number} ({head.label.lower()}), ghi lúc {paper_time(head.made_at)}, {paper_day(day)}.",
            ),
            para(bold("Mã kiểm tra: "), f"{head.code}."),
            para(bold("Dấu vân tay của mục cuối: "), _groups(head.hash, " ")),
            para(
                "Dấu vân tay này tính từ mọi mục từ đầu sổ. Nhập mã kiểm tra vào trang Sổ biên bản: nếu có mục nào đến "
                "mục cuối nói trên bị sửa, bị bớt hoặc chen thêm, trang sẽ nêu ra."
            ),
            Signatures(None, volume.signed),
            Heading("MỤC LỤC", new_page=True, part="muc-luc"),
            Table(
                (Column("TT", 12, "center"), Column("Văn bản", 133), Column("Trang", 20, "right")),
                tuple(
                    (str(place), sheet.named, str(start))
                    for place, (sheet, start) in enumerate(zip(sheets, starts, strict=True), start=1)
                ),
            ),
            Heading("DANH MỤC VĂN BẢN", new_page=True, part="danh-muc"),
            Table(
                (
                    Column("Số, ký hiệu; mục trong sổ", 28),
                    Column("Ngày", 25, "center"),
                    Column("Văn bản", 49),
                    Column("Dấu vân tay (SHA-256), mã kiểm tra", 63),
                ),
                tuple(_row(sheet) for sheet in sheets),
            ),
            Note("Dấu vân tay là của nội dung từng văn bản khi ký; mã kiểm tra là của mục trong sổ biên bản."),
        ),
    )


def _left_out(volume: Volume) -> str:
    apart = own(
        "biên bản đầy đủ của hội nghị kiểm điểm, biên bản kiểm phiếu xếp loại, biên bản huỷ, là những văn bản giữ riêng"
    )
    if not volume.others:
        return f"{apart}."
    return f"{apart}; {volume.others} văn bản khác của năm mà người lập quyển này không được đọc."


def _row(sheet: _Sheet) -> tuple[str, ...]:
    link = sheet.leaf.link
    proved = f"{_groups(sheet.paper.fingerprint, chr(10), 16)}\n{link.code}"
    number = f"{sheet.number or 'Không số'}\nmục {link.number}"
    return number, f"{sheet.paper.document.day:%d/%m/%Y}", sheet.title, proved


def _groups(figures: str, between: str, size: int = 8) -> str:
    return between.join(figures[start : start + size] for start in range(0, len(figures), size))


def title_of(volume: Volume) -> str:
    """As it is called on the waiting page and in the file's metadata."""
    return f"Sổ biên bản, nghị quyết, kết luận năm {volume.year}, {volume.cell.name}"


def file_name(volume: Volume) -> str:
    """Without an ending."""
    return f"so-bien-ban-{volume.year}"
