"""Which column of a list of bodies holds what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.importing.columns import Sort
from members.models import OrganisationKind
from members.names import plain

if TYPE_CHECKING:
    from members.importing.tables import Table

FIELDS = {
    "name": "Tên tổ chức",
    "code": "Mã (chỉ để chỉ cấp trên trong danh sách)",
    "kind": "Loại: chi bộ hay cấp uỷ",
    "parent": "Trực thuộc: tên hoặc mã",
    "place_name": "Địa danh",
    "secretary": "Bí thư: họ và tên",
    "born_on": "Ngày sinh của bí thư",
    "standing_from": "Bí thư sinh hoạt tại chi bộ từ ngày",
    "post_from": "Bí thư giữ chức vụ từ ngày",
}
DAYS = ("born_on", "standing_from", "post_from")

_HEADS = (
    ("standing_from", ("sinh hoat tu", "sinh hoat tai", "ve chi bo")),
    ("post_from", ("tu ngay", "giu chuc", "bo nhiem", "chi dinh")),
    ("born_on", ("ngay sinh", "nam sinh", "sinh ngay")),
    ("secretary", ("bi thu",)),
    ("parent", ("truc thuoc", "cap tren", "don vi quan ly")),
    ("place_name", ("dia danh", "dia ban", "noi lap")),
    ("kind", ("loai", "cap to chuc", "hinh thuc")),
    ("code", ("ma to chuc", "ma so", "ma don vi", "ma chi bo")),
    ("name", ("ten to chuc", "ten chi bo", "ten dang bo", "ten goi", "ten don vi")),
)
_WHOLE = {"ma": "code", "cap": "kind"} | dict.fromkeys(
    ("ten", "to chuc", "to chuc dang", "don vi", "chi bo", "dang bo", "chi bo dang bo"), "name"
)  # a head, where the same words with a name behind them are a body
_CELLS = ("chi bo",)
_COMMITTEES = ("dang uy", "dang bo", "cap uy", "ban can su", "ban chap hanh", "tinh uy", "thanh uy", "huyen uy")


def kind_of(text: str) -> OrganisationKind | None:
    """Of what somebody wrote in their own words, or of how the name of a body begins: "Đảng bộ bộ phận Trường …"."""
    said = plain(text)
    if said.startswith(_CELLS):
        return OrganisationKind.CELL
    return OrganisationKind.COMMITTEE if said.startswith(_COMMITTEES) else None


def _by_content(table: Table) -> tuple[str, ...]:
    """The first column with letters is the name; another one that holds these names again is what stands above."""
    width = len(table[0])
    worded = [at for at in range(width) if any(any(map(str.isalpha, row[at])) for row in table)]
    fields = [""] * width
    if worded:
        fields[worded[0]] = "name"
        names = {plain(row[worded[0]]) for row in table}
        above = (at for at in worded[1:] if any(row[at] and plain(row[at]) in names for row in table))
        if (at := next(above, None)) is not None:
            fields[at] = "parent"
    return tuple(fields)


BODIES = Sort(FIELDS, "name", _HEADS, _WHOLE, _by_content)
