"""A line typed at the desk, such as "+Hoa" or "/bq 7-0-1": what it would do, or what of it is not understood.

Plain Python: it is told the names and the day, asks no database and changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING

from members.names import is_found, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

LONGEST_LINE, LONGEST_TASK, LONGEST_QUESTION = 2000, 600, 500
MOST_HANDS = 9999
NAME_WORDS = 7  # the longest name, with what tells namesakes apart


class Verb(StrEnum):
    FLOOR = "floor"
    LEFT = "left"
    VOTE = "vote"
    TASK = "task"
    CONCLUSION = "conclusion"
    INFORMATION = "information"
    NEXT = "next"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the roll: its key and the name as the screen shows it."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What a line is read against: who is on the roll, which item is on and which comes next, the day and the hour."""

    people: Sequence[Person]
    item: str
    following: str
    today: date
    now: time


@dataclass(frozen=True, slots=True)
class Doing:
    """What a line would do, in a sentence and in what the action needs."""

    verb: Verb
    says: str
    person: int | None = None
    figures: tuple[int, int, int] | None = None
    text: str = ""
    at: time | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """A sentence that says what is not understood; `choices` are whole lines, where several people are meant."""

    sentence: str
    choices: tuple[tuple[str, str], ...] = ()


HELP = (
    ("+Hoa", "mời đồng chí Hoa phát biểu, mở ô ghi"),
    ("-An 20:15", "ghi đồng chí An về lúc 20:15; không ghi giờ là lúc này"),
    ("/bq 7-0-1 Thông qua kết luận", "biểu quyết: tán thành, không tán thành, ý kiến khác"),
    ("/nv Bình 15/12 Rà soát quy chế", "giao nhiệm vụ, có thời hạn; “/nv chi bộ …” là cả chi bộ"),
    ("/kl Nhất trí thông qua", "ghi một kết luận"),
    ("/tt Đảng uỷ đã có kế hoạch", "ghi một thông tin"),
    ("/xong", "xong mục này, sang mục tiếp theo"),
    ("?", "các cách ghi tắt"),
)
SAYS_HELP = "Xin gõ một trong các cách ghi dưới đây."
_NOT_KNOWN = "Chưa hiểu dòng này. Gõ ? để xem các cách ghi tắt."


def parse(line: str, desk: Desk) -> Doing | Unclear:
    """Never raises, whatever is typed."""
    if len(line) > LONGEST_LINE:
        return Unclear(f"Dòng này dài quá {LONGEST_LINE} chữ. Xin ghi bằng các nút.")
    typed = " ".join(line.replace("\x00", " ").split())
    if not typed or plain(typed) in {"?", "/?", "/help", "/giup"}:
        return Doing(Verb.HELP, SAYS_HELP)
    if typed[0] == "+":
        return _floor(typed[1:].strip(), desk)
    if typed[0] in "-–−":  # also the dashes that a keyboard makes of it
        return _left(typed[1:].strip(), desk)
    word, _, rest = typed.partition(" ")
    read = _READERS.get(plain(word))
    return read(rest.strip(), desk) if read else Unclear(_NOT_KNOWN)


def _floor(rest: str, desk: Desk) -> Doing | Unclear:
    found = _one(rest, desk.people, "+")
    if isinstance(found, Unclear):
        return found
    return Doing(Verb.FLOOR, f"Mời đồng chí {found.name} phát biểu, mở ô ghi ý kiến.", person=found.pk)


_HOUR = re.compile(r"^(.*?)[ ]*(?:lúc )?(\d{1,2})[:hHgG](\d{2})?$")


def _left(rest: str, desk: Desk) -> Doing | Unclear:
    given, name, ending = desk.now.replace(second=0, microsecond=0, tzinfo=None), rest, ""
    if (match := _HOUR.match(rest)) is not None:
        hour, minute = int(match[2]), int(match[3] or 0)
        if hour > 23 or minute > 59:
            return Unclear(f"“{match[2]}:{match[3] or '00'}” không phải là giờ. Xin ghi như 20:15.")
        given, name, ending = time(hour, minute), match[1].strip(), f" {hour:02d}:{minute:02d}"
    found = _one(name, desk.people, "-", ending)
    if isinstance(found, Unclear):
        return found
    return Doing(Verb.LEFT, f"Ghi đồng chí {found.name} về lúc {given:%H:%M}.", person=found.pk, at=given)


_FIGURES = re.compile(r"^(\d{1,5})(?:\s*[-–−/,;]\s*(\d{1,5}))?(?:\s*[-–−/,;]\s*(\d{1,5}))?(?=\s|$)\s*(.*)$")


def _vote(rest: str, desk: Desk) -> Doing | Unclear:
    match = _FIGURES.match(rest)
    if match is None:
        return Unclear("Xin ghi số: tán thành, không tán thành, ý kiến khác, như /bq 7-0-1.")
    yes, no, other = (int(one or 0) for one in match.groups()[:3])
    if max(yes, no, other) > MOST_HANDS:
        return Unclear("Số biểu quyết lớn quá, xin xem lại.")
    if yes + no + other == 0:
        return Unclear("Chưa ghi số biểu quyết.")
    question = match[4] or f"Thông qua: {desk.item}"[:LONGEST_QUESTION]
    if len(question) > LONGEST_QUESTION:
        return Unclear(f"Nội dung biểu quyết dài quá {LONGEST_QUESTION} chữ.")
    says = f"Ghi biểu quyết “{question}”: tán thành {yes}, không tán thành {no}, ý kiến khác {other}."
    return Doing(Verb.VOTE, says, figures=(yes, no, other), text=question)


_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?[,;:.]?$")


def _task(rest: str, desk: Desk) -> Doing | Unclear:
    words = rest.split()
    if not words:
        return Unclear("Xin ghi người thực hiện, thời hạn và việc, như /nv Bình 15/12 Rà soát quy chế.")
    place = next((number for number, word in enumerate(words[: NAME_WORDS + 1]) if _DAY.match(word)), None)
    name = words[:place] if place is not None else _leading_name(words, desk.people)
    text = " ".join(words[len(name) + (place is not None) :])
    if not name:
        return Unclear(f"Chưa thấy tên ai ở đầu dòng. Xin ghi tên trước, hoặc “chi bộ”: /nv chi bộ {rest}"[:300])
    due = _day(words[place], desk.today) if place is not None else None
    if isinstance(due, Unclear):
        return due
    whole = plain(" ".join(name)) in _EVERYBODY
    ending = " ".join(words[len(name) :])
    found = None if whole else _one(" ".join(name), desk.people, "/nv ", f" {ending}")
    if isinstance(found, Unclear):
        return found
    if not text:
        return Unclear("Chưa ghi việc phải làm.")
    if len(text) > LONGEST_TASK:
        return Unclear(f"Nhiệm vụ dài quá {LONGEST_TASK} chữ.")
    who = f"đồng chí {found.name}" if found else "cả chi bộ"
    until = f", hạn {due:%d/%m/%Y}" if due else ", không ghi thời hạn"
    return Doing(Verb.TASK, f"Giao {who}{until}: {text}", person=found.pk if found else None, text=text, due=due)


_EVERYBODY = {"chi bo", "ca chi bo", "chi uy", "ca chi uy"}


def _leading_name(words: list[str], people: Iterable[Person]) -> list[str]:
    """The most words at the beginning that are somebody's name, or everybody; [] where there are none."""
    for number in range(min(NAME_WORDS, len(words)), 0, -1):
        name = " ".join(words[:number])
        if plain(name) in _EVERYBODY or any(_rank(name, one.name) in (0, 1) for one in people):
            return words[:number]
    return []


def _day(given: str, today: date) -> date | Unclear:
    """Day first; without a year the next such day."""
    match = _DAY.match(given)
    wrong = Unclear(f"“{given}” không phải là ngày. Xin ghi ngày trước tháng, như 15/12.")
    if match is None:
        return wrong
    day, month, year = int(match[1]), int(match[2]), match[3]
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else range(today.year, today.year + 9)
    for one in years:
        try:
            found = date(one, month, day)
        except ValueError:
            continue
        if year and not 2000 <= one <= 2100:
            return wrong
        if year or found >= today:
            return found
    return wrong


def _words(verb: Verb, called: str) -> Callable[[str, Desk], Doing | Unclear]:
    def read(rest: str, desk: Desk) -> Doing | Unclear:
        if not rest:
            return Unclear(f"Chưa ghi nội dung {called}.")
        return Doing(verb, f"Ghi {called}: {rest}", text=rest)

    return read


def _next(rest: str, desk: Desk) -> Doing | Unclear:
    if rest:
        return Unclear("Sau /xong không ghi gì thêm.")
    then = f"bắt đầu “{desk.following}”" if desk.following else "sang phần kết thúc"
    return Doing(Verb.NEXT, f"Xong “{desk.item}”, {then}.")


_READERS: dict[str, Callable[[str, Desk], Doing | Unclear]] = {
    "/bq": _vote,
    "/nv": _task,
    "/kl": _words(Verb.CONCLUSION, "kết luận"),
    "/tt": _words(Verb.INFORMATION, "thông tin"),
    "/xong": _next,
}


def _rank(asked: str, name: str) -> int | None:
    """How well the typed words name somebody: the whole name, its end, then some of it; None: not at all."""
    wanted, whole = plain(asked), plain(name)
    bare = whole.partition(" (")[0]  # what tells namesakes apart is no part of the name
    if wanted == whole:
        return 0
    if f" {bare}".endswith(f" {wanted}"):
        return 1
    return 2 if is_found(asked, name) else None


_NOBODY = "Không có ai tên “{}” trong danh sách điểm danh."


def _one(asked: str, people: Sequence[Person], before: str, after: str = "") -> Person | Unclear:
    """The one whom the words name; several are shown to choose from, as the whole line with the full name."""
    if not plain(asked):
        return Unclear("Xin ghi tên, như +Hoa.")
    if (key := re.fullmatch(r"#(\d{1,18})", asked.strip())) is not None:
        people = [one for one in people if one.pk == int(key[1])]
        return people[0] if people else Unclear(_NOBODY.format(asked))
    ranks = [(rank, one) for one in people if (rank := _rank(asked, one.name)) is not None]
    best = min((rank for rank, _ in ranks), default=None)
    found = [one for rank, one in ranks if rank == best]
    if not found:
        return Unclear(_NOBODY.format(asked[:80]))
    if len(found) > 1:
        names = [one.name for one in found]
        called = {one.pk: one.name if names.count(one.name) == 1 else f"#{one.pk}" for one in found}
        choices = tuple((one.name, f"{before}{called[one.pk]}{after}") for one in found)
        return Unclear(f"Có {len(found)} đồng chí tên “{asked[:80]}”. Xin chọn:", choices)
    return found[0]
