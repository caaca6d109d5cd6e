"""What a superior committee may fix for the cells below it, and a guideline with those figures put in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from guideline.model import Clause, Evidence, Phase, Rule, Rulebook, RuleKey

# What it is about, and how the figure is said.
LOCAL_KEYS: Mapping[RuleKey, tuple[str, str]] = {
    RuleKey.MEETING_DAY: ("Ngày sinh hoạt thường kỳ", "ngày {} hằng tháng"),
    RuleKey.MINUTES_REGULAR: ("Thời lượng buổi sinh hoạt thường kỳ", "ít nhất {} phút"),
    RuleKey.MINUTES_THEMATIC: ("Thời lượng buổi sinh hoạt chuyên đề", "ít nhất {} phút"),
    RuleKey.MINUTES_COMBINED: ("Thời lượng khi kết hợp thường kỳ và chuyên đề", "ít nhất {} phút"),
    RuleKey.ATTENDANCE_AT_LEAST: ("Tỉ lệ đảng viên dự sinh hoạt", "từ {}% trở lên"),
    RuleKey.QUORUM: ("Tỉ lệ đảng viên có mặt để tiến hành sinh hoạt", "từ {}% trở lên"),
    RuleKey.SPEAKERS: ("Tỉ lệ đảng viên có mặt phát biểu", "trên {}%"),
    RuleKey.PAPERS_DAYS_BEFORE: ("Gửi tài liệu trước buổi sinh hoạt", "ít nhất {} ngày"),
    RuleKey.POSTED_DAYS_AFTER: ("Đăng tài liệu đã hoàn thiện sau buổi sinh hoạt", "trong {} ngày"),
    RuleKey.EXCUSED_IN_A_ROW: ("Số lần vắng có lý do liên tiếp trong năm", "không quá {} lần"),
}

# Outside these a figure is a slip of the pen; both ends are allowed.
BOUNDS: Mapping[RuleKey, tuple[int, int]] = {
    RuleKey.MEETING_DAY: (1, 28),
    RuleKey.MINUTES_REGULAR: (30, 240),
    RuleKey.MINUTES_THEMATIC: (30, 240),
    RuleKey.MINUTES_COMBINED: (45, 300),
    RuleKey.ATTENDANCE_AT_LEAST: (50, 100),
    RuleKey.QUORUM: (30, 100),
    RuleKey.SPEAKERS: (5, 95),
    RuleKey.PAPERS_DAYS_BEFORE: (1, 30),
    RuleKey.POSTED_DAYS_AFTER: (1, 30),
    RuleKey.EXCUSED_IN_A_ROW: (1, 11),
}

_RULES: Mapping[RuleKey, tuple[Phase, str]] = {
    RuleKey.MEETING_DAY: (Phase.PREPARE, "Sinh hoạt thường kỳ vào ngày {figure} hằng tháng."),
    RuleKey.ATTENDANCE_AT_LEAST: (Phase.OPENING, "Từ {figure}% đảng viên trở lên dự sinh hoạt."),
    RuleKey.QUORUM: (Phase.OPENING, "Có mặt từ {figure}% đảng viên trở lên mới tiến hành sinh hoạt."),
    RuleKey.SPEAKERS: (Phase.PROCEEDING, "Trên {figure}% đảng viên có mặt phát biểu."),
    RuleKey.PAPERS_DAYS_BEFORE: (Phase.PREPARE, "Tài liệu gửi đảng viên trước ít nhất {figure} ngày."),
    RuleKey.POSTED_DAYS_AFTER: (
        Phase.AFTER,
        "Tài liệu đã hoàn thiện có trên Sổ tay đảng viên điện tử trong {figure} ngày.",
    ),
}


@dataclass(frozen=True, slots=True)
class LocalFigure:
    """One figure with the document that fixed it; the bounds of the cell's size are both included, None is open."""

    key: RuleKey
    figure: int
    clause: Clause
    members_from: int | None = None
    members_to: int | None = None

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(f"{self.key}: {problem}")

    def holds(self, members: int) -> bool:
        """Whether it speaks of a cell of that size."""
        least, most = self._range()
        return least <= members <= most

    def overlaps(self, other: "LocalFigure") -> bool:
        """Whether a cell could have both."""
        (least, most), (other_least, other_most) = self._range(), other._range()
        return self.key is other.key and least <= other_most and other_least <= most

    def _range(self) -> tuple[float, float]:
        return (
            0 if self.members_from is None else self.members_from,
            float("inf") if self.members_to is None else self.members_to,
        )

    def _problems(self) -> Iterable[str]:
        if self.key not in LOCAL_KEYS:
            yield "a committee cannot fix this"
            return
        least, most = BOUNDS[self.key]
        if not least <= self.figure <= most:
            yield f"{self.figure} is not between {least} and {most}"
        if not self.clause.document.strip() or not self.clause.place.strip():
            yield "the document or the place in it is missing"
        if self.clause.evidence is not Evidence.LOCAL:
            yield "its clause is not marked as a committee's"
        first, last = self._range()
        if first < 0 or last < first:
            yield "its range of members is empty"


def validate_figures(figures: Iterable[LocalFigure]) -> None:
    """ValueError for two figures of one key that a cell of some size would both have."""
    by_key: dict[RuleKey, list[LocalFigure]] = defaultdict(list)
    for figure in figures:
        for other in by_key[figure.key]:
            if figure.overlaps(other):
                raise ValueError(f"{figure.key}: {other.figure} and {figure.figure} are both for cells of one size")
        by_key[figure.key].append(figure)


def localise(rulebook: Rulebook, figures: Iterable[LocalFigure], *, members: int) -> Rulebook:
    """The guideline as it applies to a cell of that size; the same one where no figure speaks of it."""
    given = tuple(figures)
    validate_figures(given)
    chosen = {figure.key: figure for figure in given if figure.holds(members)}
    if not chosen:
        return rulebook
    rules = []
    for rule in rulebook.rules:
        # "Over 85 %" gives way to "at least": a guideline has one target.
        target = RuleKey.ATTENDANCE_AT_LEAST if rule.key is RuleKey.ATTENDANCE_OVER else rule.key
        figure = chosen.pop(target, None)
        rules.append(rule if figure is None else _fixed(figure, rule))
    rules.extend(_fixed(chosen[key], None) for key in LOCAL_KEYS if key in chosen)
    order = list(Phase)
    rules.sort(key=lambda rule: order.index(rule.phase))
    return replace(rulebook, rules=tuple(rules), localised=True)


def _fixed(figure: LocalFigure, rule: Rule | None) -> Rule:
    """The guideline's own words where they already hold a figure of that key, ours where they do not."""
    if rule is not None and rule.key is figure.key and rule.figure is not None:
        return replace(rule, figure=figure.figure, clause=figure.clause)
    phase, text = _RULES[figure.key]
    return Rule(figure.key, phase, text, figure.clause, figure.figure)
