"""What committees may fix about the data of a cell: how long texts are kept, on what the use of the program rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rulings.in_force import in_force
from rulings.kinds import Fixed, Numbers
from rulings.subjects import Group, Subject, Usual

if TYPE_CHECKING:
    from datetime import date

    from members.models import Organisation
    from rulings.models import Ruling

# 06-HD/TW, mục 8: the member's dossier holds the self-reviews of the three latest years.
RETENTION = Numbers(
    "retention",
    "Giữ nội dung bao lâu",
    group=Group.DATA,
    says="giữ {0} bản kiểm điểm gần nhất của mỗi đồng chí, nội dung khác {0} năm",
    bounds=(1, 20),
    usual=(3,),
    source="đề xuất theo 06-HD/TW, mục 8; chưa có quy định",
    help_text="Số bản kiểm điểm gần nhất của mỗi đồng chí, cũng là số năm của nội dung khác; ví dụ 3.",
)


class Basis(Subject):
    """A document alone."""

    group = Group.DATA
    later_replaces = True

    def judge(self, ruling: Ruling) -> None:
        ruling.value = {}

    def words(self, ruling: Ruling) -> str:
        return "đã có văn bản của cấp uỷ"

    def usual(self, organisation: Organisation, day: date) -> Usual:
        return Usual("chưa ghi văn bản nào", "thông báo về dữ liệu nói rõ như vậy")


BASIS = Basis("basis", "Căn cứ dùng phần mềm")


def kept_of(organisation: Organisation, day: date) -> Fixed:
    """How many latest self-reviews of each person, and years of all else, keep their words. Nothing is due without a
    document."""
    return RETENTION.fixed(organisation, day)


def basis_of(organisation: Organisation, day: date) -> str:
    """On what the cell's use of this program rests; empty as long as nobody has entered a document."""
    found = in_force(organisation, BASIS.key, day)
    return found.source if found else ""
