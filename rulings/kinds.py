"""Kinds of subject that several apps have: a few numbers in rising order, a sheet of points typed line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guideline.breakdown import BreakdownError
from members.fields import Line, Lines
from members.refusal import Refused
from rulings.in_force import in_force
from rulings.subjects import Group, Subject, Usual

if TYPE_CHECKING:
    from datetime import date

    from django.forms import Field

    from members.models import Organisation
    from rulings.models import Ruling


@dataclass(frozen=True, slots=True)
class Fixed:
    """Figures and where they come from; `by_document` is False for what we propose where nothing is fixed."""

    figures: tuple[int, ...]
    source: str
    by_document: bool


class Numbers(Subject):
    later_replaces = True

    def __init__(
        self, key: str, title: str, *, group: Group, says: str, bounds: tuple[int, int], usual: tuple[int, ...],
        source: str, most: int = 1, help_text: str = "",
    ) -> None:  # fmt: skip
        """`says`: a sentence with {} for the figures; `most`: how many of them there may be."""
        super().__init__(key, title)
        self.group, self.says, self.most, self.help_text = group, says, most, help_text
        (self.least, self.greatest), self._usual = bounds, Fixed(usual, source, by_document=False)

    def fields(self) -> dict[str, Field]:
        return {"figures": Line(label="Mức", max_length=40, required=False, help_text=self.help_text)}

    def judge(self, ruling: Ruling) -> None:
        figures = _numbers(str(ruling.value.get("figures", "")))
        if not figures:
            raise Refused("Xin ghi bằng số; nhiều số thì cách nhau bằng dấu phẩy, ví dụ 30, 60, 90.", field="figures")
        if not all(self.least <= one <= self.greatest for one in figures):
            raise Refused(f"Mỗi số phải từ {self.least} đến {self.greatest}.", field="figures")
        if self.most == 1 and len(figures) > 1:
            raise Refused("Chỉ ghi một số.", field="figures")
        if len(figures) > self.most or figures != sorted(set(figures)):
            raise Refused(f"Ghi tăng dần, nhiều nhất {self.most} lần.", field="figures")
        ruling.value = {"figures": figures}

    def words(self, ruling: Ruling) -> str:
        return self._say(ruling.value["figures"])

    def usual(self, organisation: Organisation, day: date) -> Usual:
        return Usual(self._say(self._usual.figures), self._usual.source)

    def fixed(self, organisation: Organisation, day: date) -> Fixed:
        """What holds there on that day. One query."""
        row = in_force(organisation, self.key, day)
        return Fixed(tuple(row.value["figures"]), row.source, by_document=True) if row else self._usual

    def _say(self, figures: list[int] | tuple[int, ...]) -> str:
        return self.says.format(", ".join(str(one) for one in figures))


def _numbers(text: str) -> list[int]:
    """ "30, 60, 90"; nothing where it cannot be read."""
    try:
        return [int(part) for part in text.split(",")] if text.strip() else []
    except ValueError:
        return []


class PointSheet(Subject):
    """Lines “code | what is judged | points”; an example stands in the form to begin with."""

    is_text = True
    rows = 16
    help_text = ""

    def example(self) -> str:
        raise NotImplementedError

    def parsed(self, ruling: Ruling) -> Any:
        """The sheet that the lines describe. BreakdownError, with a sentence, where they are none."""
        raise NotImplementedError

    def fields(self) -> dict[str, Field]:
        label = "Biểu điểm: mỗi dòng “mã | nội dung | điểm”"
        return {"lines": Lines(label=label, rows=self.rows, max_length=20_000, help_text=self.help_text)}

    def start(self) -> dict[str, Any]:
        return {"lines": self.example()}

    def judge(self, ruling: Ruling) -> None:
        ruling.value = {"lines": str(ruling.value.get("lines", ""))}
        try:
            self.parsed(ruling)
        except BreakdownError as wrong:
            raise Refused(str(wrong), field="lines") from wrong

    def words(self, ruling: Ruling) -> str:
        return "có biểu điểm riêng"
