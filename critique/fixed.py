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
    "Số bản kiểm điểm giữ nội dung",
    group=Group.DATA,
    says="giữ nội dung {} bản gần nhất của mỗi đồng chí",
    bounds=(1, 20),
    usual=(3,),
    source="đề xuất theo 06-HD/TW, mục 8; chưa có quy định",
    help_text="Số bản gần nhất được giữ, ví dụ 3.",
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
    """How many of each person's latest self-reviews keep their text; without a document nothing is ever due."""
    return RETENTION.fixed(organisation, day)


def basis_of(organisation: Organisation, day: date) -> str:
    """On what the cell's use of this program rests; empty as long as nobody has entered a document."""
    found = in_force(organisation, BASIS.key, day)
    return found.source if found else ""
