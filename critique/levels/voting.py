"""How the cell's ballot on levels is counted: the rule as data, what must add up, what follows; knows no row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import models

from critique.official_forms.model import Level, qd366
from guideline import slips
from guideline.model import Evidence
from guideline.votes import Majority

UNRATED = "unrated"
CHOICES = (*(level.value for level in Level), UNRATED)
CHOICE_WORDS = {**{level.value: level.label for level in Level}, UNRATED: "Chưa xếp loại"}
SHORT_WORDS = {
    Level.EXCELLENT.value: "Xuất sắc",
    Level.GOOD.value: "Tốt",
    Level.DONE.value: "Hoàn thành",
    Level.NOT_DONE.value: "Không hoàn thành",
    UNRATED: "Chưa xếp loại",
}
FIGURES = ("summoned", "present", *slips.COUNTED)

RULE_FIELDS = ("method", "base", *(f"need_{level.value}" for level in Level))

CAP_PERCENT = 20
CAP_CLAUSE = qd366("Điều 11, khoản 1", Evidence.SEEN)


class Method(models.TextChoices):
    SECRET = "secret", "Phiếu kín"
    HANDS = "hands", "Giơ tay"


class Base(models.TextChoices):
    SUMMONED = "summoned", "số đảng viên chính thức được triệu tập"
    PRESENT = "present", "số đảng viên chính thức có mặt"


class Threshold(models.TextChoices):
    """The majorities of an open vote. Never less than half: so no two levels can reach it at once."""

    HALF = Majority.HALF.value, Majority.HALF.words
    TWO_THIRDS = Majority.TWO_THIRDS.value, Majority.TWO_THIRDS.words
    THREE_QUARTERS = Majority.THREE_QUARTERS.value, Majority.THREE_QUARTERS.words

    def reached(self, votes: int, base: int) -> bool:
        return base > 0 and Majority(self.value).reached(votes, base)


@dataclass(frozen=True, slots=True)
class VoteRule:
    """`source` says who fixed it, as it is printed."""

    method: Method
    base: Base
    needs: Mapping[Level, Threshold]
    source: str

    @classmethod
    def of(cls, values: Mapping[str, str], source: str) -> VoteRule:
        """From RULE_FIELDS. ValueError for a word that is none of ours."""
        needs = {level: Threshold(values[f"need_{level.value}"]) for level in Level}
        return cls(Method(values["method"]), Base(values["base"]), needs, source)

    @property
    def is_secret(self) -> bool:
        return self.method == Method.SECRET

    def sentence(self) -> str:
        """One sentence; levels that ask for the same share are named together."""
        groups: dict[Threshold, list[str]] = {}
        for level in Level:
            groups.setdefault(self.needs[level], []).append(f"“{level.label}”")
        if len(groups) == 1:
            (need,) = groups
            asked = f"mức được đề xuất là mức có {need.label} {self.base.label} tán thành"
        else:
            parts = "; ".join(f"{', '.join(levels)}: {need.label}" for need, levels in groups.items())
            asked = f"mức được đề xuất là mức đạt đủ tỉ lệ so với {self.base.label}: {parts}"
        return f"{self.method.label}; {asked}."


HALF_EACH: Mapping[Level, Threshold] = dict.fromkeys(Level, Threshold.HALF)
# Nothing that was seen of QĐ 366 and HD 43 fixes a share or a method; Điều lệ Đảng, Điều 9.5 asks for more than half.
DEFAULT = VoteRule(
    Method.SECRET,
    Base.SUMMONED,
    HALF_EACH,
    "theo Điều lệ Đảng, Điều 9, khoản 5, khi cấp trên không có quy định riêng",
)


def proposed(rule: VoteRule, counts: Mapping[str, int], *, summoned: int, present: int) -> Level | None:
    """The level that reached its share; None when none did. Votes for a higher level are not added to a lower one."""
    base = summoned if rule.base == Base.SUMMONED else present
    return next((level for level in Level if rule.needs[level].reached(counts.get(level.value, 0), base)), None)


def problems(
    method: Method, figures: Mapping[str, int | None], lines: Mapping[int, Mapping[str, int | None]]
) -> Iterator[tuple[str, str]]:
    """(field, sentence) for whatever does not add up. A line without any figure was not voted on in this round."""
    secret = method == Method.SECRET
    asked = FIGURES if secret else FIGURES[:2]
    empty = [name for name in asked if figures.get(name) is None]
    for name in empty:
        yield name, "Xin ghi con số này."
    if empty:
        return
    count = {name: figures[name] or 0 for name in asked}
    if count["present"] > count["summoned"]:
        yield "present", f"Có mặt {count['present']} không thể nhiều hơn được triệu tập {count['summoned']}."
    if secret:
        yield from slips.problems(count)
    for key, line in lines.items():
        if any(value is not None for value in line.values()):
            total = sum(value or 0 for value in line.values())
            if secret and (wrong := slips.unlike_valid("các mức", total, count["valid"])):
                yield f"{CHOICES[0]}_{key}", wrong
            if not secret and total > count["present"]:
                yield f"{CHOICES[0]}_{key}", f"Cộng các mức được {total}, hơn {count['present']} đồng chí có mặt."


@dataclass(frozen=True, slots=True)
class Cap:
    """How many "xuất sắc" there may be, in the two ways in which Điều 11 is read: a warning, never applied."""

    excellent: int
    good: int
    percent: int
    source: str

    @property
    def readings(self) -> tuple[Reading, Reading]:
        return (
            Reading("số xếp loại “Hoàn thành tốt nhiệm vụ”", self.good, self.percent, self.excellent),
            Reading("số xếp loại “Hoàn thành tốt” trở lên", self.good + self.excellent, self.percent, self.excellent),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    of: str
    number: int
    percent: int
    excellent: int

    @property
    def most(self) -> int:
        """ "Không vượt quá": rounded down."""
        return self.percent * self.number // 100

    @property
    def is_over(self) -> bool:
        return self.excellent > self.most

    def sentence(self) -> str:
        exact = f"{self.percent * self.number / 100:.1f}".removesuffix(".0").replace(".", ",")
        said = f"{self.percent}% của {self.number} ({self.of}) là {exact}: không quá {self.most}"
        return f"{said}; đang có {self.excellent}{', vượt' if self.is_over else ''}."
