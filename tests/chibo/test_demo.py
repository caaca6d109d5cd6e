"""The demonstration: built through the actions, it tells the evening that the product was made for."""

from __future__ import annotations

import re
import stat
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from chibo.demo import content
from chibo.demo.papers import book_of, complete, papers_of
from documents.model import Table, from_json, plain_text
from guideline import checks
from guideline import rulebook as rules
from meetings.actions.minutes import paper_of
from meetings.facts import Evening, facts_of
from meetings.models import Inspection, Kind, Meeting, Opinion, Task
from meetings.numbered import register_of
from members.models import Member, Organisation, User

if TYPE_CHECKING:
    from collections.abc import Callable

    from chibo.demo.build import Stage
    from documents.model import Document

PASSWORD = "bốn từ tiếng Việt"
TODAY = date(2026, 11, 23)


@pytest.fixture
def stage(demonstration: Callable[[date], Stage]) -> Stage:
    return demonstration(TODAY)


def meeting_of(stage: Stage, kind: str, state: str = "sealed") -> Meeting:
    return Meeting.objects.with_people().get(cell=stage.cell, kind=kind, state=state)


def lines(paper: Document) -> list[str]:
    return plain_text(paper).splitlines()


def test_the_stage_has_a_cell_of_nine_a_neighbour_and_a_reviewer(stage: Stage) -> None:
    cells = Organisation.objects.cells().order_by("pk")
    assert [(cell.name, cell.members.count()) for cell in cells] == [("Chi bộ Văn phòng", 9), ("Chi bộ Nghiệp vụ", 3)]
    assert sorted(User.objects.values_list("username", flat=True)) == [
        "baocao",
        "bithu",
        "bithu2",
        "captren",
        "chiuyvien",
        "dangvien",
        "phobithu",
        "thuky",
    ]


def test_the_demonstration_has_a_meeting_reviewed_one_sealed_one_planned_and_last_years_conference(
    stage: Stage,
) -> None:
    rows = Meeting.objects.order_by("starts_at").values_list("kind", "state", "minutes__number__number")
    assert list(rows) == [
        ("conference", "sealed", 1),
        ("regular", "sealed", 2),
        ("thematic", "sealed", 3),
        ("regular", "plan", None),
    ]


def test_numbers_run_in_the_order_of_the_days(stage: Stage) -> None:
    for run in register_of(stage.cell).runs:
        days = [line.day for line in run.lines]
        assert (days, len(days) > 0) == (sorted(days), True), run.name


def test_seven_of_nine_speak_as_the_article_tells(stage: Stage) -> None:
    paper = lines(paper_of(meeting_of(stage, Kind.THEMATIC)))
    assert paper.count("Có 7/9 đảng viên phát biểu thảo luận.") == 1
    present = "Tổng số đảng viên: 09 (chính thức 08, dự bị 01). Có mặt: 09 (chính thức 08, dự bị 01)."
    assert paper.count(present) == 1
    assert paper.count("Vắng: không.") == 1


def test_every_speech_stands_in_the_paper_in_its_three_parts(stage: Stage) -> None:
    paper = lines(paper_of(meeting_of(stage, Kind.THEMATIC)))
    for key, awareness, relation, proposal in content.SPEECHES:
        name = stage.cast[key].full_name
        spoken = [line for line in paper if line.startswith(f"- Đồng chí {name}")]
        start = paper.index(spoken[0])
        assert paper[start + 1 : start + 4] == [
            f"Nhận thức: {awareness}",
            f"Liên hệ bản thân và tác dụng: {relation}",
            f"Góp ý vào dự thảo: {proposal}",
        ]


def test_the_figures_of_the_evening(stage: Stage) -> None:
    meeting = meeting_of(stage, Kind.THEMATIC)
    found = facts_of(Evening.of(meeting), now=timezone.now(), opinions=list(meeting.opinions.all()))
    figures = (
        found.counted,
        found.present,
        found.speakers,
        found.remarks,
        found.remarks_incomplete,
        found.tasks,
        found.tasks_without_owner,
        found.tasks_without_due,
        found.open_tasks,
        found.open_tasks_reported,
        found.votes,
        found.opinions_total,
        found.opinions_unanswered,
        found.duration_minutes,
    )
    assert figures == (9, 9, 7, 7, 0, 4, 0, 0, 3, 3, 2, 2, 0, 125)


@pytest.mark.in_turn
@pytest.mark.parametrize("today", [TODAY, date(2024, 11, 20)])
def test_the_evening_is_in_order_by_the_guideline_of_its_day(
    demonstration: Callable[[date], Stage], today: date
) -> None:
    stage = demonstration(today)
    meeting = meeting_of(stage, Kind.THEMATIC)
    figures = facts_of(Evening.of(meeting), now=timezone.now(), opinions=list(meeting.opinions.all()))
    rulebook = rules.get(meeting.rulebook)
    found = [
        (stage.value, finding.code) for stage in checks.Stage for finding in checks.findings(stage, figures, rulebook)
    ]
    assert found == []


def test_the_tasks_have_their_owners_and_dates_on_paper(stage: Stage) -> None:
    paper = paper_of(meeting_of(stage, Kind.THEMATIC))
    tables = [block for block in paper.blocks if isinstance(block, Table) and block.columns[-1].title == "Thời hạn"]
    assert [row[1:] for table in tables for row in table.rows] == [
        (text, stage.cast[owner].full_name, due)
        for (text, owner, _), due in zip(
            sorted(content.TASKS, key=lambda task: task[2]),
            ["09/12/2026", "16/12/2026", "23/12/2026", "23/12/2026"],
            strict=True,
        )
    ]


def test_what_the_regular_meeting_promised_is_heard_at_the_thematic_one(stage: Stage) -> None:
    paper = paper_of(meeting_of(stage, Kind.THEMATIC))
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    assert [row[1:] for row in tables[0].rows] == [
        (
            "Hoàn thành báo cáo sơ kết công tác quý của Văn phòng",
            "Phạm Thị Hoa, 28/10/2026",
            "Đã hoàn thành. Đã gửi lãnh đạo cơ quan đúng hạn.",
        ),
        (
            "Rà soát việc đọc tài liệu trước buổi họp của đảng viên",
            "Lê Minh Đức, 05/11/2026",
            "Đã hoàn thành. Chín đồng chí đều đã đọc tài liệu kỳ này.",
        ),
        (
            "Sắp xếp lại kho lưu trữ hồ sơ chi bộ",
            "Huỳnh Anh Tuấn, 10/11/2026",
            "Đang thực hiện. Đã xong hồ sơ năm trước, còn hồ sơ năm nay.",
        ),
    ]
    going = Task.objects.promised_before(meeting_of(stage, Kind.REGULAR, "plan"))
    assert {task.text for task in going} == {text for text, _, _ in content.TASKS} | {
        "Sắp xếp lại kho lưu trữ hồ sơ chi bộ"
    }


def test_the_adopted_opinion_is_a_sentence_of_the_completed_paper(stage: Stage) -> None:
    meeting = meeting_of(stage, Kind.THEMATIC)
    answers = Opinion.objects.order_by("pk").values_list("member__full_name", "answer", "entered_by__username")
    assert list(answers) == [("Đặng Thị Mai", "adopted", "dangvien"), ("Bùi Văn Sơn", "kept", "bithu")]
    paper = meeting.paper
    assert (paper.completed.count(content.SAYINGS), paper.draft.count(content.SAYINGS)) == (1, 0)
    assert paper.completed_at is not None


def test_the_reviewer_has_looked_at_the_regular_meeting(stage: Stage) -> None:
    rows = Inspection.objects.values_list("meeting__kind", "verdict", "superior__username", "comments__text")
    assert list(rows) == [("regular", "reviewed", "captren", content.REVIEW_COMMENT)]


def test_sealed_papers_are_the_stored_ones(stage: Stage) -> None:
    for kind in (Kind.REGULAR, Kind.THEMATIC):
        minutes = meeting_of(stage, kind).minutes
        assert paper_of(minutes.meeting) == from_json(minutes.document)


def test_every_event_of_the_demonstration_has_its_number(stage: Stage) -> None:
    for meeting in Meeting.objects.all():
        assert list(meeting.events.values_list("number", flat=True)) == list(range(1, meeting.version + 1))


def test_nobody_on_stage_appears_twice(stage: Stage) -> None:
    names = list(Member.objects.values_list("full_name", flat=True))
    assert len(names) == len(set(names)) == 13


# --- The command --------------------------------------------------------------------------------


@pytest.mark.in_turn
def test_a_sample_of_every_kind_of_paper_is_printed(stage: Stage) -> None:
    complete(stage)
    papers = list(papers_of(stage.cell, TODAY))
    names = {paper.document.name for paper in papers}
    kinds = (
        "bien-ban-20", "bien-ban-chi-uy", "bien-ban-day-du", "de-xuat-xep-loai", "ke-hoach-khac-phuc", "kiem-diem",
        "mau-03", "so-theo-doi-khac-phuc", "tin-bai", "tong-hop-sinh-hoat", "tong-hop-xep-loai", "bien-ban-huy",
        "bien-ban-kiem-phieu", "bo-sung", "chuong-trinh-20", "chuong-trinh-nam", "chuong-trinh-van-ban",
        "chuyen-de", "phieu-bieu-quyet", "so-diem-danh", "trang-mau",
        "danh-muc-ho-so", "danh-sach-diem-danh", "de-nghi", "giay-moi", "gop-y", "huong-dan-hd42",
        "ket-qua-buoi-hop", "ket-qua-xep-loai", "mau-01", "mau-02A", "mau-02B", "mau-02C", "nghi-quyet",
        "nhung-gi-luu-ve-toi", "phieu-cham-diem", "phieu-giao", "thong-bao", "so-dang-ky-van-ban",
        "trao-doi-ve-bien-ban", "trich-bien-ban", "xac-nhan-so-bien-ban", "y-kien-bang-van-ban",
    )  # fmt: skip
    assert [kind for kind in kinds if not any(name.startswith(kind) for name in names)] == []
    assert [name for name in names if not name.startswith((*kinds, "y-kien-"))] == []
    coded = {paper.document.name for paper in papers if paper.proof is not None and paper.proof.code}
    assert all(paper.proof.address for paper in papers if paper.document.name in coded)  # the square
    sealed = ("bien-ban-20", "bien-ban-huy", "bien-ban-kiem-phieu", "bo-sung")
    assert [kind for kind in sealed if not any(name.startswith(kind) for name in coded)] == []


def test_every_builder_of_a_paper_is_among_the_samples(stage: Stage) -> None:
    """Whoever writes a new paper finds it here, beside what holds the book together."""
    build = re.compile(r"^def (build_\w+)\(", re.MULTILINE)
    apps = ("meetings", "critique", "privacy", "rulings", "shelf", "errands", "book")
    found = {name for app in apps for file in Path(app).rglob("*.py") for name in build.findall(file.read_text())}
    part = {"build_part", "build_roll_up_sheet"}  # a sheet for Excel, a part of a paper
    through = {  # these are reached by what prints them
        "build_minutes", "build_addendum", "build_ballot", "build_form", "build_earlier", "build_front",
    }  # fmt: skip
    named = {name for name in found if re.search(rf"\b{name}\(|map\({name}", Path("chibo/demo/papers.py").read_text())}
    assert found - part - through - named == set()
    assert book_of(stage.cell) is not None


@pytest.fixture
def kept(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    return tmp_path / "demo-password"


@pytest.mark.in_turn
def test_the_command_makes_a_password_and_tells_it_again_the_next_time(
    db: None, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("seed_demo", "--if-empty")
    first = capsys.readouterr().out
    password = kept.read_text(encoding="utf-8").strip()
    assert first.splitlines()[1] == f"Tài khoản dùng thử (mật khẩu chung: {password})"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert User.objects.get(username="bithu").check_password(password) is True
    call_command("seed_demo", "--if-empty")
    assert capsys.readouterr().out == first
    assert Meeting.objects.count() == 4


def test_a_password_from_the_environment_is_used(db: None, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("chibo.management.commands.seed_demo.build", lambda *, password, today: told.append(password))
    monkeypatch.setenv("DEMO_PASSWORD", PASSWORD)
    call_command("seed_demo")
    assert (told, kept.read_text(encoding="utf-8").strip()) == ([PASSWORD], PASSWORD)


def test_where_no_password_can_be_kept_one_is_asked_for_before_anything_is_built(
    db: None, kept: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("chibo.management.commands.seed_demo.build", lambda *, password, today: told.append(password))
    settings.VAR = kept.parent / "nowhere"
    with pytest.raises(CommandError, match=r"Không ghi được mật khẩu .* DEMO_PASSWORD"):
        call_command("seed_demo")
    assert told == []
    monkeypatch.setenv("DEMO_PASSWORD", PASSWORD)
    call_command("seed_demo")
    assert told == [PASSWORD]


def test_data_that_are_there_are_never_mixed_with_the_demonstration(db: None, kept: Path) -> None:
    Organisation.objects.create(name="Chi bộ thật", paper_name="CHI BỘ THẬT")
    with pytest.raises(CommandError) as caught:
        call_command("seed_demo")
    assert str(caught.value) == "Cơ sở dữ liệu đã có tổ chức; dữ liệu mẫu chỉ đưa vào cơ sở dữ liệu trống."
    call_command("seed_demo", "--if-empty")
    assert (Organisation.objects.count(), kept.exists()) == (1, False)
