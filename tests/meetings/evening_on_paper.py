"""What the minutes of an evening say, read off the paper alone, and whether it adds up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from meetings.models.evening import COUNTED, VOTING, WELCOME
from members.models import TenureKind
from tests.factories import at

if TYPE_CHECKING:
    from collections.abc import Sequence


OPENED = at("2026-12-03 19:00")
PEOPLE = 10


@dataclass
class Paper:
    """What is read, and what no paper says one by one: the standing of each, when it ended, whose words changed."""

    text: str
    kinds: list[str]
    ends: int
    corrected: list[int]

    def named(self, kinds: Sequence[str]) -> list[str]:
        return [f"Người {n}" for n, kind in enumerate(self.kinds) if kind in kinds]


def number(text: str, label: str) -> int:
    found = re.search(rf"(?:^|\s){label}:? (\d+|không)", text, re.MULTILINE)
    return int(found[1]) if found and found[1] != "không" else 0


VOTE = re.compile(
    r"Biểu quyết \(giơ tay\): Việc lúc (?P<when>\d\d:\d\d)\. Tính trên (?P<base>\d+) đảng viên chính thức[^;]*; "
    r"có mặt, được biểu quyết (?P<here>\d+)[^;]*; "
    r"tán thành (?P<yes>\d+)/(?P<of>\d+) \((?P<share>[\d,]+)%\), không tán thành:? (?P<no>\d+|không), "
    r"ý kiến khác:? (?P<other>\d+|không)(?:, không biểu quyết (?P<silent>\d+))?\. .*? cần (?P<need>trên 1/2|từ 2/3).*?"
    r"ít nhất (?P<least>\d+)\. Kết quả: (?P<result>được|không được) thông qua\."
)


def check(paper: Paper) -> None:
    """Everything here is read off the paper; of each it is known what they are."""
    text = paper.text
    away = " ".join(line for line in text.splitlines() if line.startswith(("- Có lý do", "- Không có lý do")))
    check_totals(paper, away)
    check_seats(text, away)
    closed = timezone.localtime(OPENED + timedelta(minutes=paper.ends))
    assert f"kết thúc lúc {closed:%H giờ %M}" in text.replace(" phút", "")
    assert sorted(re.findall(r"Lời đã sửa (\d)", text)) == sorted(str(person) for person in paper.corrected)
    for part in re.split(r"^# ", text, flags=re.MULTILINE):
        for name in (f"Người {n}" for n in range(PEOPLE)):
            spoke = f"Đồng chí {name}: " in part
            assert not (spoke and name in away)
            assert not (spoke and f"Đồng chí {name} không tham gia thảo luận và biểu quyết" in part)
        for vote in VOTE.finditer(part):
            check_vote(vote, paper, part, away)
        check_decisions(part)
    assert len(VOTE.findall(text)) == text.count("Biểu quyết (giơ tay): ")


def check_decisions(part: str) -> None:
    """A decision stands after a vote that carried, with nothing between them but other decisions."""
    lines = part.splitlines()
    for index, said in enumerate(lines):
        if said.startswith("Quyết nghị: "):
            before = lines[index - 1]
            assert before.startswith("Quyết nghị: ") or before.endswith("Kết quả: được thông qua.")


def check_seats(text: str, away: str) -> None:
    """Who led or wrote is nobody who is away, and one after the other without a gap."""
    for label in ("Chủ trì", "Thư ký"):
        (line,) = re.findall(rf"^{label}: (.*)$", text, re.MULTILINE)
        holders = line.removesuffix(".").split("; ")
        assert not any(name in away for name in re.findall(r"Người \d", line))
        ends = [re.search(r"đến ([^)]*)\)", one) for one in holders]
        begins = [re.search(r"từ (.*?)(?: đến|\))", one) for one in holders]
        assert (begins[0], ends[-1]) == (None, None)
        assert [one and one[1] for one in ends[:-1]] == [one and one[1] for one in begins[1:]]


def check_totals(paper: Paper, away: str) -> None:
    text = paper.text
    strength = [one for one in paper.kinds if one not in (TenureKind.TEMPORARY_IN, TenureKind.LEFT)]
    assert number(text, "Tổng số đảng viên") == len(strength)
    counted, absent = number(text, "Tính vào tỉ lệ dự họp"), number(text, "Vắng")
    assert counted == len(paper.named(COUNTED))
    assert number(text, "Sinh hoạt tạm thời đến") == len(paper.named([TenureKind.TEMPORARY_IN]))
    assert number(text, "Có mặt") + absent == counted
    assert absent == number(text, "- Có lý do") + number(text, "- Không có lý do")
    named = re.findall(r"Người \d", away)
    assert len(named) == len(set(named)) == absent


def check_vote(vote: re.Match[str], paper: Paper, part: str, away: str) -> None:
    """Nobody votes who was not there by this paper; base, percentage and verdict agree."""
    base, here, yes = int(vote["base"]), int(vote["here"]), int(vote["yes"])
    no, other = (int(vote[name].replace("không", "0")) for name in ("no", "other"))
    assert yes + no + other + int(vote["silent"] or 0) == here
    called = [
        name for name in paper.named(VOTING) if f"Đồng chí {name} không tham gia thảo luận và biểu quyết" not in part
    ]
    then = [name for name in called if was_there(name, vote["when"], paper, away)]
    assert here == len(then)
    assert base == int(vote["of"]) == len([n for n in called if n in then or n not in paper.named([TenureKind.EXEMPT])])
    assert vote["share"] == f"{100 * yes / base:.1f}".removesuffix(".0").replace(".", ",")
    carried = yes * 2 > base if vote["need"] == "trên 1/2" else yes * 3 >= base * 2
    assert (vote["result"] == "được", yes >= int(vote["least"])) == (carried, carried)


def was_there(name: str, when: str, paper: Paper, away: str) -> bool:
    text = paper.text
    came = re.search(rf"có dự họp: [^;.]*{name}", text) if name in paper.named(WELCOME) else name not in away
    late = re.search(rf"{name} đến lúc (\d\d) giờ (\d\d)", text)
    early = re.search(rf"{name} về lúc (\d\d) giờ (\d\d)", text)
    in_time = late is None or f"{late[1]}:{late[2]}" <= when
    return bool(came) and in_time and (early is None or f"{early[1]}:{early[2]}" > when)
