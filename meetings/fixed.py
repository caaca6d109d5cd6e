"""What committees may fix about meetings: figures of the guideline, and a sheet of points of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from guideline import breakdown, criteria, votes
from guideline import rulebook as guidelines
from guideline.local import BOUNDS, LOCAL_KEYS, LocalFigure
from guideline.model import RuleKey
from guideline.votes import Majority, VoteKind
from members.fields import Line
from members.forming import side_by_side
from members.refusal import Refused
from rulings.kinds import PointSheet
from rulings.subjects import Group, Subject, Usual, register

if TYPE_CHECKING:
    from datetime import date

    from django.forms import Field

    from guideline.criteria import CriteriaSet
    from guideline.rulebook import Rulebook
    from members.models import Organisation
    from rulings.models import Ruling


def figure_of(row: Ruling) -> LocalFigure:
    """ValueError, in English, for a row that the guideline's bounds do not allow."""
    size = (row.value["members_from"], row.value["members_to"])
    return LocalFigure(RuleKey(row.subject), row.value["figure"], row.clause, *size)


def _number(label: str, *, required: bool = False, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=1000, required=required, help_text=help_text)


class Figure(Subject):
    """One figure, for cells of every size or of some."""

    group = Group.MEETINGS
    layout = ("figure", side_by_side("members_from", "members_to"))
    several = True

    def __init__(self, key: RuleKey) -> None:
        title, self.says = LOCAL_KEYS[key]
        self.rule, (self.least, self.most) = key, BOUNDS[key]
        super().__init__(key.value, title)

    def fields(self) -> dict[str, Field]:
        return {
            "figure": _number(f"Mức ({self.says.format('…')})", required=True, help_text=self._bounds),
            "members_from": _number("Chỉ với chi bộ từ (đảng viên)"),
            "members_to": _number("đến (đảng viên)"),
        }

    @property
    def _bounds(self) -> str:
        return f"Mức này phải từ {self.least} đến {self.most}."

    def judge(self, ruling: Ruling) -> None:
        names = ("figure", "members_from", "members_to")
        figure, least, most = (ruling.value.get(name) for name in names)
        if figure is None or not self.least <= figure <= self.most:
            raise Refused(self._bounds, field="figure")
        if least is not None and most is not None and most < least:
            raise Refused("Số đảng viên “đến” phải lớn hơn hoặc bằng “từ”.", field="members_to")
        ruling.value = dict(zip(names, (figure, least, most), strict=True))
        figure_of(ruling)

    def words(self, ruling: Ruling) -> str:
        least, most = ruling.value["members_from"], ruling.value["members_to"]
        size = (f" từ {least}" if least is not None else "") + (f" đến {most}" if most is not None else "")
        return self.says.format(ruling.value["figure"]) + (f", với chi bộ{size} đảng viên" if size else "")

    def usual(self, organisation: Organisation, day: date) -> Usual:
        book = guidelines.in_force(day).on(day)
        rule = book.rule(self.rule)
        if rule is None and self.rule is RuleKey.ATTENDANCE_AT_LEAST:
            rule = book.rule(RuleKey.ATTENDANCE_OVER)
        return Usual(rule.sentence, str(rule.clause)) if rule else Usual("Hướng dẫn không ấn định mức.", book.document)

    def collide(self, one: Ruling, other: Ruling) -> bool:
        return super().collide(one, other) and figure_of(one).overlaps(figure_of(other))


def breakdown_key(rulebook: str) -> str:
    return f"breakdown-{rulebook}"


class Breakdown(PointSheet):
    """A sheet of points in place of the guideline's."""

    group = Group.MEETINGS
    hint = (
        "Các mục lớn cộng lại đúng 100; mục nhỏ (như 4.2) đứng sau mục lớn và cộng lại bằng điểm của mục đó. Ô này bắt "
        "đầu bằng một ví dụ; dòng nào giữ nguyên chữ thì phần mềm còn đề xuất điểm theo hồ sơ buổi họp, dòng sửa chữ "
        "thì chi uỷ tự chấm. Mục phải đạt điểm tối đa mới được xếp loại Tốt thì ghi thêm “| bắt buộc” ở cuối dòng."
    )

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook.key
        super().__init__(breakdown_key(rulebook.key), f"Biểu điểm chấm chất lượng, theo {rulebook.document}")

    def example(self) -> str:
        """The most detailed sheet that we know."""
        return breakdown.as_text(criteria.get("hd42-phuong"))

    def parsed(self, ruling: Ruling) -> CriteriaSet:
        return breakdown_of(ruling)

    def lines(self, ruling: Ruling) -> list[tuple[str, int]]:
        return [(f"{line.code}. {line.title}", line.max_points or 0) for line in breakdown_of(ruling).criteria]

    def usual(self, organisation: Organisation, day: date) -> Usual:
        central = criteria.sets_for(self.rulebook)[0]
        return Usual(f"{central.title}.", str(central.clause))


def breakdown_of(row: Ruling) -> CriteriaSet:
    """Raises BreakdownError with a sentence where the lines are no sheet of points."""
    return breakdown.parse(
        row.value["lines"],
        criteria.sets_for(row.subject.removeprefix("breakdown-")),
        key=f"local-{row.pk}",
        title=f"Biểu điểm của {row.organisation}",
        clause=row.clause,
    )


class OtherMajority(Subject):
    """For a matter that the charter does not name: which majority it takes."""

    group = Group.MEETINGS
    layout = (side_by_side("matter", "majority"),)
    several = True

    def fields(self) -> dict[str, Field]:
        choices = [(one.value, one.words) for one in Majority]
        return {
            "matter": Line(label="Loại việc", max_length=120, required=False),
            "majority": forms.ChoiceField(label="Cần tán thành", choices=choices),
        }

    def judge(self, ruling: Ruling) -> None:
        matter, majority = str(ruling.value.get("matter", "")).strip(), str(ruling.value.get("majority", ""))
        if not matter:
            raise Refused("Xin ghi loại việc, ví dụ: giới thiệu người ứng cử.", field="matter")
        if majority not in {one.value for one in Majority}:
            raise Refused("Xin chọn tỉ lệ.", field="majority")
        ruling.value = {"matter": matter, "majority": majority}

    def words(self, ruling: Ruling) -> str:
        kind = vote_kind(ruling)
        return f"{kind.name}: {kind.majority.words} tán thành"

    def usual(self, organisation: Organisation, day: date) -> Usual:
        said = "; ".join(f"{kind.name.lower()}: {kind.majority.words}" for kind in votes.KINDS)
        return Usual(f"{said[0].upper()}{said[1:]}.", "; ".join(kind.source for kind in votes.KINDS))

    def collide(self, one: Ruling, other: Ruling) -> bool:
        return super().collide(one, other) and _matter(one) == _matter(other)


def _matter(row: Ruling) -> str:
    return str(row.value["matter"]).casefold()


def vote_kind(row: Ruling) -> VoteKind:
    return VoteKind(f"local-{row.pk}", row.value["matter"], Majority(row.value["majority"]), f"theo {row.source}")


MAJORITY = OtherMajority("vote-majority", "Biểu quyết việc khác cần tỉ lệ riêng")


def register_subjects() -> None:
    register(*(Figure(key) for key in LOCAL_KEYS), MAJORITY)
    register(*(Breakdown(book) for book in reversed(guidelines.RULEBOOKS)))
