"""What sources disagree on about papers, for an organisation to settle: each choice says where it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django import forms

from documents.style import Look
from members.house import CELL, COMMITTEE, House
from members.refusal import Refused
from rulings.in_force import nearest
from rulings.models import Ruling
from rulings.subjects import Group, Subject, Usual

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from django.forms import Field

    from members.models import Organisation

BOTH = "HD 36 (2018) và HD 05 (2026)"


@dataclass(frozen=True, slots=True)
class Option:
    """`source`: where it was seen, and how sure we are of it."""

    value: str
    label: str
    source: str


class Choice(Subject):
    """One of a few, of which the first is usual."""

    group = Group.PAPER
    later_replaces = True
    from_above = True
    has_sample = True
    hint = (
        "Áp dụng cho giấy tờ ghi ngày từ ngày áp dụng trở đi; bản đã ký giữ nguyên như khi ký. Chi bộ chỉ chọn được "
        "khi cấp uỷ cấp trên để ngỏ; khi ấy văn bản là quy chế làm việc hoặc biên bản mà chi bộ đã thống nhất."
    )

    def __init__(self, key: str, title: str, *options: Option) -> None:
        super().__init__(key, title)
        self.options = options

    def fields(self) -> dict[str, Field]:
        choices = [(one.value, f"{one.label} ({one.source})") for one in self.options]
        return {"choice": forms.ChoiceField(label="Cách trình bày", choices=choices, widget=forms.RadioSelect)}

    def tried(self, typed: Mapping[str, Any]) -> dict[str, str]:
        choice = str(typed.get("choice", ""))
        return {self.key: choice} if choice in {one.value for one in self.options} else {}

    def judge(self, ruling: Ruling) -> None:
        choice = str(ruling.value.get("choice", ""))
        if choice not in {one.value for one in self.options}:
            raise Refused("Xin chọn một cách trong danh sách.", field="choice")
        ruling.value = {"choice": choice}

    def words(self, ruling: Ruling) -> str:
        return self._option(ruling.value["choice"]).label

    def usual(self, organisation: Organisation, day: date) -> Usual:
        return Usual(self.options[0].label, self.options[0].source)

    def _option(self, value: str) -> Option:
        return next(one for one in self.options if one.value == value)


def _sizes(key: str, title: str, *options: tuple[int, str]) -> Choice:
    return Choice(key, title, *(Option(str(size), f"cỡ {size}", source) for size, source in options))


#: By the field of a Look that it settles.
FIGURES = {
    "party_name_pt": _sizes(
        "paper-party",
        "Cỡ chữ “Đảng Cộng sản Việt Nam”",
        (15, "HD 36, Phụ lục 3, đã thấy được trích; HD 05 trích lại"),
        (14, "hai phần mềm soạn theo HD 05; cần xác nhận"),
    ),
    "superior_pt": _sizes(
        "paper-superior",
        "Cỡ chữ dòng cấp trên",
        (14, "HD 36, Phụ lục 3, đã thấy được trích; HD 05 trích lại"),
        (13, "một số mẫu theo HD 05; cần xác nhận"),
    ),
    "kind_pt": _sizes(
        "paper-kind",
        "Cỡ chữ tên loại văn bản",
        (16, f"{BOTH} cho 15 đến 16; đã thấy được trích"),
        (15, f"{BOTH} cho 15 đến 16; đã thấy được trích"),
    ),
    "abstract_pt": _sizes(
        "paper-abstract",
        "Cỡ chữ trích yếu",
        (14, f"{BOTH} cho 14 đến 15; đã thấy được trích"),
        (15, f"{BOTH} cho 14 đến 15; đã thấy được trích"),
    ),
    "body_pt": _sizes(
        "paper-body",
        "Cỡ chữ nội dung",
        (14, f"{BOTH} cho 14 đến 15; đã thấy được trích"),
        (15, f"{BOTH} cho 14 đến 15; đã thấy được trích"),
    ),
    "line_pt": Choice(
        "paper-line",
        "Khoảng cách dòng",
        Option("18", "đúng 18 pt", "HD 36 cho ít nhất 18 pt; phần lớn mẫu theo HD 05; trích lại"),
        Option("19", "đúng 19 pt", "bảng theo HD 05 cho 18 đến 22 pt; thấy ở mẫu; trích lại"),
        Option("20", "đúng 20 pt", "bảng theo HD 05 cho 18 đến 22 pt; thấy ở mẫu; trích lại"),
        Option("21", "đúng 21 pt", "bảng theo HD 05 cho 18 đến 22 pt; trích lại"),
        Option("22", "đúng 22 pt", "bảng theo HD 05 cho 18 đến 22 pt; trích lại"),
    ),
    "page_number_pt": _sizes(
        "paper-page-number",
        "Cỡ chữ số trang",
        (14, "bảng theo HD 05; trích lại"),
        (13, "mẫu theo HD 05 cho 13 đến 14; trích lại"),
    ),
    "two_sided": Choice(
        "paper-sides",
        "In một mặt hay hai mặt",
        Option("1", "một mặt, lề trái 30 mm ở mọi trang", f"lề theo {BOTH}; trích lại"),
        Option("2", "hai mặt, mặt sau lề trái 15 mm, lề phải 30 mm", "bảng theo HD 05; trích lại"),
    ),
}

BEHALF = Choice(
    "paper-behalf",
    "Thẩm quyền ký văn bản của chi bộ",
    Option(CELL, CELL, "HD 36, đã thấy; QĐ 399 (2026) trích lại"),
    Option(COMMITTEE, COMMITTEE, "nghị quyết chi bộ ở một phường theo HD 42; cần xác nhận"),
)
UY = Choice(
    "paper-uy",
    "Viết “uỷ” hay “ủy”",
    Option("uỷ", "uỷ: cấp uỷ, chi uỷ", "hướng dẫn của một văn phòng cấp uỷ; cần xác nhận"),
    Option("ủy", "ủy: cấp ủy, chi ủy", "mẫu theo HD 05; cần xác nhận"),
)
CHAIR = Choice(
    "paper-chair",
    "Ai ký bên nào ở biên bản",
    Option("right", "người ghi biên bản ký bên trái, chủ trì ký bên phải", "phần lớn mẫu biên bản; trích lại"),
    Option("left", "chủ trì ký bên trái, người ghi biên bản ký bên phải", "một số mẫu biên bản; cần xác nhận"),
)
DATED = Choice(
    "paper-dated",
    "Dòng địa danh, ngày tháng ở biên bản",
    Option("yes", "có ghi địa danh, ngày tháng", "thể thức chung của văn bản theo HD 36; đã thấy được trích"),
    Option("no", "không ghi địa danh, ngày tháng", "một số mẫu biên bản chỉ ghi thời gian trong bài; cần xác nhận"),
)
SUBJECTS = (*FIGURES.values(), DATED, BEHALF, CHAIR, UY)


def house_of(organisation: Organisation) -> Callable[..., House]:
    """What holds there, by day; with what is tried in its place, by the key of each subject. One query."""
    keys = [one.key for one in SUBJECTS]
    rows = list(Ruling.objects.reaching(organisation).filter(subject__in=keys).nearest_first())

    def on(day: date, tried: Mapping[str, str] = MappingProxyType({})) -> House:
        found = nearest(row for row in rows if row.holds_on(day))
        return _made_of({**{key: held[0].value["choice"] for key, held in found.items()}, **tried})

    return on


def _made_of(chosen: Mapping[str, Any]) -> House:
    """By the key of each subject; what is missing is as usual."""
    look: dict[str, Any] = {
        name: value == "2" if name == "two_sided" else int(value)
        for name, one in FIGURES.items()
        if (value := chosen.get(one.key))
    }
    usual = House()
    return House(
        look=Look(**look),
        behalf=chosen.get(BEHALF.key, usual.behalf),
        chair_left=chosen.get(CHAIR.key) == "left",
        dated=chosen.get(DATED.key) != "no",
        spelling=chosen.get(UY.key, usual.spelling),
    )
