"""A committee's own sheet of points, typed as lines of text: code | what is judged | points.

A fourth part, `bắt buộc`, says that the best grade asks full points of this line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from guideline.model import Clause
from guideline.sheet import CriteriaSet, Criterion

LONGEST_TITLE = 200
MOST_LINES = 80
REQUIRED = "bắt buộc"


class BreakdownError(ValueError):
    """The text is no sheet of points; the message is a sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line as typed; `number` counts from one."""

    number: int
    code: str
    title: str
    points: int
    required: bool = False


def parse(text: str, known: tuple[CriteriaSet, ...], *, key: str, title: str, clause: Clause) -> CriteriaSet:
    """The sheet that those lines describe; `known` are the guideline's own sheets, the central one first.

    A line whose code has a dot stands under the line before the dot: 4.2 under 4. A line that stands so in a known
    sheet is read from the record as it is there; every other line is judged by people. Raises BreakdownError with
    the first reason.
    """
    central, lines = known[0], tuple(lines_of(text))
    _judge(lines)
    parents = {_parent(line.code) for line in lines}
    typed = {(line.code, line.title, line.points) for line in lines}
    same: dict[tuple[str, str, int | None], Criterion] = {}
    for one in sorted(known, key=lambda one: len(typed & _as_typed(one).keys())):  # the likest sheet has the last word
        same |= _as_typed(one)
    criteria = []
    for line in lines:
        mine = Criterion(line.code, line.title, line.points, clause, _parent(line.code), judged=True)
        mine = replace(mine, required=line.required)
        alike = same.get((line.code, line.title, line.points))
        if line.code in parents:
            mine = replace(mine, judged=False)
        elif alike is not None:
            mine = replace(mine, measure=alike.measure, bands=alike.bands, judged=alike.judged)
            if alike.moves_to in {other.code for other in lines}:
                mine = replace(mine, kinds=alike.kinds, moves_to=alike.moves_to)
        criteria.append(mine)
    grades = next(one.grades for one in known if one.scored)
    return CriteriaSet(key, title, clause, tuple(criteria), grades, central.kinds)


def _as_typed(criteria: CriteriaSet) -> dict[tuple[str, str, int | None], Criterion]:
    return {(line.code, line.title, line.max_points): line for line in criteria.leaves()}


def as_text(criteria: CriteriaSet) -> str:
    """The lines that a sheet would be typed as: where to start from."""
    return "\n".join(
        f"{line.code} | {line.title} | {line.max_points}" + (f" | {REQUIRED}" if line.required else "")
        for line in criteria.criteria
    )


def _parent(code: str) -> str:
    return code.rpartition(".")[0]


def lines_of(text: str) -> Iterable[TypedLine]:
    """Raises BreakdownError with the first line that cannot be read, or has too many."""
    typed = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not typed:
        raise BreakdownError("Biểu điểm còn trống.")
    if len(typed) > MOST_LINES:
        raise BreakdownError(f"Biểu điểm có {len(typed)} dòng, nhiều hơn {MOST_LINES}.")
    for number, line in typed:
        parts = [part.strip() for part in line.split("|")]
        required = len(parts) == 4 and parts[3].casefold() == REQUIRED
        if len(parts) != 3 + required or not all(parts):
            raise BreakdownError(f"Dòng {number}: cần đủ ba phần “mã | nội dung | điểm”, cách nhau bằng dấu gạch đứng.")
        code, title, points, *_ = parts
        if not all(piece.isascii() and piece.isdigit() for piece in code.split(".")) or code.count(".") > 1:
            raise BreakdownError(f"Dòng {number}: mã “{code[:12]}” phải là số như 4 hoặc 4.2.")
        if len(code) > 6 or len(title) > LONGEST_TITLE:
            raise BreakdownError(f"Dòng {number}: mã hoặc nội dung dài quá.")
        if not (points.isascii() and points.isdigit()) or not 1 <= int(points[:4]) <= 100:
            raise BreakdownError(f"Dòng {number}: điểm phải là số nguyên từ 1 đến 100.")
        yield TypedLine(number, code, title, int(points), required)


def _judge(lines: tuple[TypedLine, ...]) -> None:
    by_code: dict[str, TypedLine] = {}
    for line in lines:
        if line.code in by_code:
            raise BreakdownError(f"Dòng {line.number}: mã {line.code} đã có ở dòng {by_code[line.code].number}.")
        by_code[line.code] = line
        if (parent := _parent(line.code)) and parent not in by_code:
            raise BreakdownError(f"Dòng {line.number}: mục {line.code} cần đứng sau mục {parent}.")
    for code, line in by_code.items():
        under = sum(other.points for other in lines if _parent(other.code) == code)
        if under and under != line.points:
            raise BreakdownError(
                f"Các mục nhỏ của mục {code} cộng lại {under} điểm, mục {code} ghi {line.points} điểm."
            )
    mains = {line.code: line.points for line in lines if not _parent(line.code)}
    if sum(mains.values()) != 100:
        raise BreakdownError(f"Các mục lớn cộng lại {sum(mains.values())} điểm; phải là 100.")
