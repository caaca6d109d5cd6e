"""The annex of tasks in figures, and what Điều 11 asks for a level beside them: a check, never a proposal."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from critique.official_forms.body import Body, Row, rows_of, shown_score, total
from critique.official_forms.model import FormKind, Level, day_of, qd366
from critique.official_forms.sections import DONE, LATE, MET, ON_TIME, TASK_DONE, TASK_NOT_DONE, TASK_OVER
from guideline.model import Clause, Evidence

#: Points from, points below (None: no bound), of Điều 11.
BANDS: dict[Level, tuple[int, int | None]] = {
    Level.EXCELLENT: (90, None),
    Level.GOOD: (70, 90),
    Level.DONE: (50, 70),
    Level.NOT_DONE: (0, 50),
}
OVER_PERCENT, LATE_PERCENT, NOT_DONE_PERCENT, UNIT_PERCENT = 30, 20, 50, 70


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of the tasks in the annex; a task may be in several."""

    tasks: int
    done: int  # with those beyond what was asked
    over: int
    not_done: int
    on_time: int
    late: int
    good: int

    def percent(self, part: int) -> Decimal | None:
        """With one decimal; None when there are no tasks."""
        return round(Decimal(part * 100) / self.tasks, 1) if self.tasks else None


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of Điều 11; `met` is None where what is written here cannot tell."""

    text: str
    met: bool | None
    found: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class LevelCheck:
    """`every`: all conditions are asked; otherwise one case is enough."""

    level: Level
    every: bool
    conditions: tuple[Condition, ...]


def tally(body: Body) -> Tally:
    rows = rows_of(body, "PL")
    results = [row.get("result", "") for row in rows]
    paces = [pace_of(row) for row in rows]
    return Tally(
        tasks=len(rows),
        done=results.count(TASK_DONE) + results.count(TASK_OVER),
        over=results.count(TASK_OVER),
        not_done=results.count(TASK_NOT_DONE),
        on_time=paces.count(ON_TIME),
        late=paces.count(LATE),
        good=sum(row.get("quality", "") == MET for row in rows),
    )


def pace_of(row: Row) -> str:
    """What the author says; where nothing is said, what the two days say; "" when neither does."""
    due, done = day_of(row.get("due", "")), day_of(row.get("done_on", ""))
    if row.get("pace", "") or due is None or done is None:
        return row.get("pace", "")
    return ON_TIME if done <= due else LATE


def conditions(level: Level, kind: FormKind, body: Body) -> LevelCheck:
    """Each condition of that level with what the body shows for it."""
    counted = tally(body)
    points = _points(level, body)
    if level is Level.NOT_DONE:
        return LevelCheck(level, every=False, conditions=(points, *_failures(kind, counted)))
    return LevelCheck(level, every=True, conditions=(points, *_tasks(level, kind, body), *_beyond(level, kind)))


# --- The lines -------------------------------------------------------------------------------

_PLACES = {Level.EXCELLENT: "khoản 1", Level.GOOD: "khoản 2", Level.DONE: "khoản 3", Level.NOT_DONE: "khoản 4"}


def _clause(level: Level, evidence: Evidence = Evidence.SEEN) -> Clause:
    return qd366(f"Điều 11, {_PLACES[level]}", evidence)


def _points(level: Level, body: Body) -> Condition:
    least, below = BANDS[level]
    points = total(body)
    text = f"Tổng điểm từ {least}" if below is None else f"Tổng điểm từ {least} đến dưới {below}"
    if level is Level.NOT_DONE:
        text = f"Tổng điểm dưới {below}"
    met = None if points is None else least <= points and (below is None or points < below)
    found = "chưa đủ điểm hai nhóm" if points is None else f"{shown_score(points)} điểm"
    return Condition(text, met, found, _clause(level))


def _tasks(level: Level, kind: FormKind, body: Body) -> Iterable[Condition]:
    counted = tally(body)
    # For leaders the text speaks of the units they lead; that their own tasks count alike is our reading.
    clause = _clause(level, Evidence.DERIVED if kind is FormKind.LEADER else Evidence.SEEN)
    yield _share("Hoàn thành 100% nhiệm vụ được giao", counted, counted.done, counted.not_done, clause)
    if level is Level.DONE:
        yield _few_late(counted, clause)
        return
    bad = sum(row.get("quality", "") not in ("", MET) for row in rows_of(body, "PL"))
    yield _share("Đúng hạn", counted, counted.on_time, counted.late, clause)
    yield _share("Bảo đảm chất lượng, hiệu quả", counted, counted.good, bad, clause)
    if level is Level.EXCELLENT:
        text = f"Ít nhất {OVER_PERCENT}% số nhiệm vụ hoàn thành vượt mức yêu cầu"
        rest = counted.done + counted.not_done - counted.over
        yield _share(text, counted, counted.over, rest, clause, percent=OVER_PERCENT)
        yield _all_remedied(body)


def _share(text: str, counted: Tally, part: int, against: int, clause: Clause, *, percent: int = 100) -> Condition:
    """Met when the part reaches the share; not met only when enough tasks speak against it, else nobody knows."""
    met: bool | None = None
    if counted.tasks and part * 100 >= percent * counted.tasks:
        met = True
    elif (counted.tasks - against) * 100 < percent * counted.tasks:
        met = False
    return Condition(text, met, _of(counted, part), clause)


def _few_late(counted: Tally, clause: Clause) -> Condition:
    met: bool | None = None
    if counted.tasks and counted.late * 100 > LATE_PERCENT * counted.tasks:
        met = False
    elif counted.tasks and (counted.tasks - counted.on_time) * 100 <= LATE_PERCENT * counted.tasks:
        met = True
    text = f"Số nhiệm vụ chưa bảo đảm tiến độ không vượt quá {LATE_PERCENT}%"
    return Condition(text, met, _of(counted, counted.late), clause)


def _all_remedied(body: Body) -> Condition:
    rows = rows_of(body, "A.III")
    states = [row.get("state", "") for row in rows]
    done, unsaid = states.count(DONE), states.count("")
    met = None if done < len(rows) == done + unsaid else done == len(rows)
    found = f"{done}/{len(rows)} hạn chế đã khắc phục" if rows else "không có hạn chế nào của kỳ trước ở mục III"
    text = "Đã khắc phục 100% hạn chế, khuyết điểm được chỉ ra ở kỳ kiểm điểm trước (nếu có)"
    return Condition(text, met, found, _clause(Level.EXCELLENT))


def _beyond(level: Level, kind: FormKind) -> Iterable[Condition]:
    """What Điều 11 asks of leaders and collectives and no annex of tasks can show."""
    if kind is FormKind.LEADER:
        over = f", ít nhất {OVER_PERCENT}% vượt mức" if level is Level.EXCELLENT else ""
        pace = f", chậm tiến độ không quá {LATE_PERCENT}%" if level is Level.DONE else ", đúng hạn, chất lượng"
        pace = "" if level is Level.EXCELLENT else pace
        text = f"Đơn vị, lĩnh vực trực tiếp lãnh đạo, quản lý hoàn thành 100% nhiệm vụ{over}{pace}"
        yield Condition(text, None, _UNKNOWN, _clause(level))
    if kind is FormKind.COLLECTIVE and level is Level.EXCELLENT:
        text = "Không có đơn vị trực thuộc hoặc thành viên của tập thể lãnh đạo, quản lý bị kỷ luật"
        yield Condition(text, None, _UNKNOWN, _clause(level))


def _failures(kind: FormKind, counted: Tally) -> Iterable[Condition]:
    if kind in (FormKind.STAFF, FormKind.OUTSIDE):
        part, percent = counted.not_done, NOT_DONE_PERCENT
        met: bool | None = None
        if counted.tasks and part * 100 > percent * counted.tasks:
            met = True
        elif counted.tasks and (counted.tasks - counted.done) * 100 <= percent * counted.tasks:
            met = False
        text = f"Trên {percent}% số nhiệm vụ trong năm không hoàn thành"
        yield Condition(text, met, _of(counted, part), _clause(Level.NOT_DONE))
    for text in _CASES[kind]:
        yield Condition(text, None, _UNKNOWN, _clause(Level.NOT_DONE))


_UNKNOWN = "phụ lục không cho biết"
_PERSONAL = (
    "Bị cấp có thẩm quyền kết luận có biểu hiện suy thoái về tư tưởng chính trị, đạo đức, lối sống",
    "Vi phạm liên quan đến hoạt động công vụ bị kỷ luật từ khiển trách trở lên",
    "Vi phạm những điều đảng viên không được làm, trách nhiệm nêu gương, gây ảnh hưởng xấu",
)
_CASES: dict[FormKind, tuple[str, ...]] = {
    FormKind.STAFF: _PERSONAL,
    FormKind.OUTSIDE: _PERSONAL,
    FormKind.LEADER: (
        f"Đơn vị, lĩnh vực trực tiếp lãnh đạo, quản lý hoàn thành dưới {UNIT_PERCENT}% số nhiệm vụ",
        f"Trên {NOT_DONE_PERCENT}% số đơn vị, lĩnh vực phụ trách bị xếp loại không hoàn thành nhiệm vụ",
        f"Có trên {NOT_DONE_PERCENT}% số phiếu tín nhiệm thấp tại kỳ lấy phiếu trong năm (nếu có)",
        "Vi phạm liên quan đến chức trách, nhiệm vụ bị kỷ luật từ khiển trách trở lên",
        "Bị cấp có thẩm quyền kết luận có biểu hiện suy thoái, “tự diễn biến”, “tự chuyển hoá”",
        "Trong phạm vi quản lý trực tiếp xảy ra tham nhũng, lãng phí, tiêu cực và bị kỷ luật",
    ),
    FormKind.COLLECTIVE: (
        "Bị kết luận có sai phạm trong công tác cán bộ, mất đoàn kết nội bộ, bè phái, chạy chức, chạy quyền",
        "Có thành viên vi phạm liên quan đến chức trách, nhiệm vụ bị kỷ luật từ khiển trách trở lên",
        "Có thành viên bị kết luận có biểu hiện suy thoái, “tự diễn biến”, “tự chuyển hoá”",
        f"Đơn vị trực tiếp lãnh đạo, quản lý hoàn thành dưới {UNIT_PERCENT}% số nhiệm vụ trong năm",
    ),
}


def _of(counted: Tally, part: int) -> str:
    percent = counted.percent(part)
    if percent is None:
        return "phụ lục chưa có nhiệm vụ nào"
    return f"{part}/{counted.tasks} nhiệm vụ ({shown_score(percent)}%)"
