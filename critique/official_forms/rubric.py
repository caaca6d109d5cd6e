"""How a committee splits 30 + 70 points: a dated version with its document, and an example that is no rule."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from critique.official_forms.model import FormKind
from guideline.breakdown import BreakdownError, lines_of
from guideline.model import Clause, Evidence

COMMON, TASKS = 30, 70
EXAMPLE_MARK = "ví dụ – chưa phải quy định"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line that gets points; `evidence` says what should be shown for it."""

    code: str
    text: str
    max_points: int
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class RubricVersion:
    """The points for one form; `clause` is None only for the example."""

    kind: FormKind
    owner: str
    clause: Clause | None
    common: tuple[Criterion, ...]
    tasks: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(f"{self.kind}: {problem}")

    @property
    def label(self) -> str:
        return f"{self.owner}: {self.clause.label()}" if self.clause else EXAMPLE_MARK

    @property
    def total(self) -> int:
        return sum(line.max_points for line in (*self.common, *self.tasks))

    def _problems(self) -> Iterable[str]:
        for name, lines, asked in (("common", self.common, COMMON), ("task", self.tasks, TASKS)):
            found = sum(line.max_points for line in lines)
            if found != asked:
                yield f"the {name} criteria add up to {found} and not to {asked}"
        lines = (*self.common, *self.tasks)
        if any(line.max_points < 1 for line in lines):
            yield "a criterion has no points"
        if any(not line.code or not line.text.strip() for line in lines):
            yield "a criterion has no code or no text"
        if max(Counter(line.code for line in lines).values(), default=0) > 1:
            yield "a criterion stands twice"
        if self.clause is not None and (not self.owner or self.clause.evidence is not Evidence.LOCAL):
            yield "a rubric that is no example names the committee that fixed it"


def _example(kind: FormKind, common: tuple[tuple[str, int], ...], tasks: tuple[tuple[str, int], ...]) -> RubricVersion:
    return RubricVersion(
        kind,
        "",
        None,
        tuple(Criterion(f"1.{n}", text, points) for n, (text, points) in enumerate(common, start=1)),
        tuple(Criterion(f"2.{n}", text, points) for n, (text, points) in enumerate(tasks, start=1)),
    )


_TASKS = (("Kết quả thực hiện nhiệm vụ: sản phẩm, tiến độ, chất lượng", TASKS),)

#: The headings are those of the annexes of QĐ 366; points are split only where a committee's guide did so in 2026.
EXAMPLES: Mapping[FormKind, RubricVersion] = {
    rubric.kind: rubric
    for rubric in (
        _example(
            FormKind.STAFF,
            (
                ("Chính trị, đạo đức, ý thức kỷ luật", 20),
                ("Năng lực, mức độ đáp ứng, thái độ, đổi mới", 8),
                ("Tự phê bình và phê bình, khắc phục hạn chế, khuyết điểm", 2),
            ),
            _TASKS,
        ),
        _example(
            FormKind.LEADER,
            (
                ("Chính trị tư tưởng; đạo đức, lối sống, ý thức kỷ luật", 18),
                ("Năng lực lãnh đạo, chuyên môn, thái độ, đổi mới", 4),
                ("Tự phê bình và phê bình, khắc phục hạn chế, khuyết điểm", 8),
            ),
            _TASKS,
        ),
        _example(
            FormKind.OUTSIDE,
            (("Phẩm chất, kỷ luật; tự phê bình và phê bình, khắc phục hạn chế, khuyết điểm", COMMON),),
            (
                (
                    "Quyền, nghĩa vụ, nhiệm vụ chi bộ giao; học tập nghị quyết, phát biểu; nhiệm vụ đột xuất",
                    TASKS,
                ),
            ),
        ),
        _example(
            FormKind.COLLECTIVE,
            (
                ("Công tác xây dựng Đảng", 5),
                ("Năng lực lãnh đạo, đoàn kết", 5),
                ("Kiểm tra, giám sát, kiểm soát quyền lực", 5),
                ("Nguyên tắc tổ chức, tập trung dân chủ, tự phê bình và phê bình, quy chế làm việc", 5),
                ("Lãnh đạo nhiệm vụ chính trị, tổ chức bộ máy, cải cách hành chính, chuyển đổi số", 5),
                ("Tinh thần tự phê bình và phê bình, tự soi, tự sửa và kết quả khắc phục", 5),
            ),
            (
                ("Cụ thể hoá nghị quyết, kết quả thực hiện chỉ tiêu, nhiệm vụ", 50),
                ("Kết quả xếp loại của đơn vị, cá nhân trực thuộc", 20),
            ),
        ),
    )
}


def parse(text: str, kind: FormKind, owner: str, clause: Clause) -> RubricVersion:
    """Lines “code | what is judged | points”: codes that begin with 1 share the 30 points, those with 2 the 70.

    A line without a dot in its code names its group. Raises BreakdownError with a sentence for whoever typed it.
    """
    groups: dict[str, list[Criterion]] = {"1": [], "2": []}
    seen: dict[str, int] = {}
    for line in lines_of(text):
        group, _, under = line.code.partition(".")
        if line.code in seen:
            raise BreakdownError(f"Dòng {line.number}: mã {line.code} đã có ở dòng {seen[line.code]}.")
        seen[line.code] = line.number
        if group not in groups:
            raise BreakdownError(f"Dòng {line.number}: mã bắt đầu bằng 1 (nhóm chung) hoặc 2 (nhóm kết quả nhiệm vụ).")
        if under:
            groups[group].append(Criterion(line.code, line.title, line.points))
    for group, name, asked in (("1", "chung", COMMON), ("2", "kết quả nhiệm vụ", TASKS)):
        total = sum(one.max_points for one in groups[group])
        if total != asked:
            raise BreakdownError(f"Nhóm tiêu chí {name} cộng lại {total} điểm; phải là {asked}.")
    return RubricVersion(kind, owner, clause, tuple(groups["1"]), tuple(groups["2"]))


def rows_to_fill(rubric: RubricVersion) -> list[dict[str, str]]:
    """The lines of field B.I.D of a form that is judged by this rubric."""
    lines = (*rubric.common, *rubric.tasks)
    named = (f"{line.code}. {line.text} (tối đa {line.max_points} điểm)" for line in lines)
    return [{"criterion": name, "points": "", "proof": ""} for name in named]


def as_text(rubric: RubricVersion) -> str:
    """The lines that a rubric would be typed as: where to start from."""
    return "\n".join(f"{line.code} | {line.text} | {line.max_points}" for line in (*rubric.common, *rubric.tasks))
