"""What the program keeps about one person, gathered for that person alone: one shape for page, paper and file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from critique import kept_guard
from critique.cycle.models import Participant
from critique.kept_dossier import papers_about
from critique.kept_hearings import spoken_about
from critique.kept_levels import steps_about
from critique.official_forms.body import rows_of, score_of, shown_score, text_of
from critique.official_forms.model import FieldKind, Level
from critique.remedies.models import Remedy
from critique.retention import destroyed_on
from critique.writing.content import form_of, texts_of
from critique.writing.models import SelfReview
from critique.writing.readers import readers_of
from documents.model import Document, Head, Heading, Note, Title, bold, para
from meetings.lifecycle import State
from meetings.models import Attendance, Opinion, Remark, Task, TaskNote
from members.models import Tenure, User

if TYPE_CHECKING:
    from members.models import Member

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One kind of data: why it is kept and who sees it, then one entry for each row."""

    title: str
    why: str
    entries: tuple[Facts, ...]


def kept_about(member: Member) -> list[Chapter]:
    """Everything with this person's name on it, newest first where it has a day. Asked only by the person."""
    return [
        Chapter("Hồ sơ", "Chi bộ giữ để lập danh sách; bí thư, phó bí thư sửa được.", (_person(member),)),
        Chapter("Tài khoản", "Để đăng nhập; người quản trị máy chủ thấy tên đăng nhập.", tuple(_accounts(member))),
        Chapter("Tư cách, chức vụ", "Quyết định đồng chí xem và làm được gì.", tuple(_tenures(member))),
        Chapter("Dự họp", "Ghi trong biên bản; chi bộ xem được.", tuple(_attendances(member))),
        Chapter("Ý kiến trong biên bản đã đóng", "Ghi trong biên bản; chi bộ xem được.", tuple(_remarks(member))),
        Chapter("Góp ý vào dự thảo", "Người viết dự thảo trả lời; chi bộ xem được.", tuple(_opinions(member))),
        Chapter("Nhiệm vụ được giao", "Nhắc lại đến khi xong; chi bộ xem được.", tuple(_tasks(member))),
        Chapter("Ghi chép về nhiệm vụ", "Đồng chí tự ghi hoặc chi uỷ ghi thay.", tuple(_notes(member))),
        Chapter("Bản kiểm điểm", "Lưu mã hoá; trước khi nộp chỉ đồng chí xem được.", tuple(_reviews(member))),
        Chapter("Trong danh sách kiểm điểm", "Chi uỷ lập; lý do lưu mã hoá.", tuple(_participations(member))),
        Chapter(
            "Khắc phục hạn chế", "Lưu mã hoá; đồng chí, người giúp đỡ và chi uỷ xem được.", tuple(_remedies(member))
        ),
        *(Chapter(*one) for one in spoken_about(member)),
        Chapter(
            "Mức xếp loại", "Đồng chí và chi uỷ xem được; nộp rồi thì cấp trên cũng xem.", tuple(steps_about(member))
        ),
        Chapter("Hồ sơ kiểm điểm", "Chi uỷ ghi giấy tờ đang có; ghi chú lưu mã hoá.", tuple(papers_about(member))),
        Chapter(
            "Ý kiến bằng văn bản",
            "Lưu mã hoá; người gửi, người nhận và người theo dõi hạn trả lời xem được.",
            tuple(kept_guard.letters(member)),
        ),
        Chapter(
            "Đề nghị về dữ liệu", "Lưu mã hoá; đồng chí và người trả lời xem được.", tuple(kept_guard.requests(member))
        ),
        Chapter("Đã đọc, đã đồng ý", "Để chứng minh; chỉ thêm, không sửa.", tuple(kept_guard.consents(member))),
        Chapter("Thay đổi về đồng chí", "Ghi để bảo vệ tài khoản và hồ sơ, không để đánh giá.", tuple(_events(member))),
    ]


def as_data(member: Member, chapters: Iterable[Chapter], at: datetime) -> dict[str, Any]:
    return {
        "Họ và tên": member.full_name,
        "Lập lúc": _moment(at),
        "Những gì lưu": {one.title: [dict(entry) for entry in one.entries] for one in chapters},
    }


def as_paper(member: Member, chapters: Iterable[Chapter], at: datetime) -> Document:
    cell = member.organisation
    day = timezone.localdate(at)
    blocks: list[Any] = [
        Head(cell.superior_line, cell.paper_name, "", ""),
        Title("NHỮNG GÌ LƯU VỀ TÔI", (member.full_name, f"Lập lúc {_moment(at)}")),
    ]
    for one in chapters:
        blocks += [Heading(f"{one.title} ({len(one.entries)})"), Note(one.why)]
        for entry in one.entries:
            blocks += [para(bold(f"{label}: "), value, indent=False) for label, value in entry if value]
            blocks.append(para("", indent=False))
    return Document("nhung-gi-luu-ve-toi", f"Những gì lưu về {member.full_name}", day, tuple(blocks))


# --- One kind of data each ------------------------------------------------------------------


def _person(member: Member) -> Facts:
    return (
        ("Họ và tên", member.full_name),
        ("Ngày sinh", _day(member.born_on)),
        ("Ngày kết nạp", _day(member.admitted_on)),
        ("Ngày chính thức", _day(member.official_on)),
        ("Nơi giữ hồ sơ", member.organisation.name),
        ("Dùng máy riêng", "có" if member.has_device else "không"),
    )


def _accounts(member: Member) -> Iterator[Facts]:
    for user in User.objects.filter(member=member):
        yield (
            ("Tên đăng nhập", user.username),
            ("E-mail", user.email),
            ("Đăng nhập lần cuối", _moment(user.last_login)),
        )


def _tenures(member: Member) -> Iterator[Facts]:
    for row in Tenure.objects.filter(member=member).select_related("organisation"):
        until = _day(row.ends_on) or "nay"
        yield (
            ("Tư cách, chức vụ", row.get_kind_display()),
            ("Ở", row.organisation.name),
            ("Thời gian", f"{_day(row.starts_on)} – {until}"),
        )


def _attendances(member: Member) -> Iterator[Facts]:
    rows = Attendance.objects.filter(member=member).select_related("meeting").order_by("-meeting__starts_at")
    for row in rows:
        yield (
            ("Buổi họp", f"{row.meeting.title}, {_moment(row.meeting.starts_at)}"),
            ("Điểm danh", row.get_mark_display()),
            ("Lý do", row.reason),
            ("Xin vắng", row.apology),
            ("Đến lúc", _moment(row.arrived_at)),
            ("Về lúc", _moment(row.left_at)),
        )


def _remarks(member: Member) -> Iterator[Facts]:
    done = [State.CLOSED, State.SEALED]
    rows = Remark.objects.filter(speaker__member=member, meeting__state__in=done).select_related("meeting", "item")
    for row in rows.order_by("-entered_at"):
        parts = (row.text, row.awareness, row.relation, row.proposal)
        yield (
            ("Buổi họp", f"{row.meeting.title}, {_moment(row.meeting.starts_at)}"),
            ("Nội dung", row.item.title),
            ("Ý kiến", "\n".join(part for part in parts if part)),
        )


def _opinions(member: Member) -> Iterator[Facts]:
    for row in Opinion.objects.filter(member=member).select_related("meeting").order_by("-pk"):
        yield (
            ("Buổi họp", row.meeting.title),
            ("Góp ý", row.text),
            ("Trả lời", row.get_answer_display()),
            ("Lý do", row.reason),
        )


def _tasks(member: Member) -> Iterator[Facts]:
    for row in Task.objects.filter(owner=member).order_by("-pk"):
        yield (("Nhiệm vụ", row.text), ("Hạn", _day(row.due_on)), ("Tình trạng", row.get_state_display()))


def _notes(member: Member) -> Iterator[Facts]:
    rows = TaskNote.objects.filter(task__owner=member).select_related("task", "entered_by__member")
    for row in rows.order_by("-entered_at"):
        yield (
            ("Nhiệm vụ", row.task.text),
            ("Ghi lúc", _moment(row.entered_at)),
            ("Người ghi", row.entered_by.get_full_name()),
            ("Tình trạng", row.get_state_display()),
            ("Nội dung", row.text),
        )


def _reviews(member: Member) -> Iterator[Facts]:
    rows = SelfReview.objects.with_people().filter(participant__member=member)
    for review in rows.order_by("-participant__cycle__year"):
        readers = [f"{one.name}, {_moment(one.first)}" for one in readers_of(review)]
        yield (
            ("Năm", str(review.cycle.year)),
            ("Chi bộ", review.cell.name),
            ("Nộp lúc", _moment(review.submitted_at)),
            ("Nội dung đã huỷ ngày", _day(destroyed_on(review))),
            *written_on(review),
            ("Bản đã nộp còn giữ", ", ".join(_moment(copy.kept_at) for copy in review.copies.all())),
            ("Những ai đã đọc", "\n".join(readers)),
        )


def written_on(review: SelfReview) -> Facts:
    """Every field of the form that holds something, in words."""
    texts = texts_of(review)
    found = []
    for field in form_of(review).fields:
        if field.kind is FieldKind.ROWS:
            rows = [
                "; ".join(f"{c.label}: {c.words(row.get(c.code, ''))}" for c in field.columns if row.get(c.code))
                for row in rows_of(texts, field.code)
            ]
            value = "\n".join(f"{number}. {row}" for number, row in enumerate(rows, start=1) if row)
        elif field.kind is FieldKind.SCORE:
            value = shown_score(score_of(texts, field.code))
        else:
            value = text_of(texts, field.code)
            value = Level(value).label if field.kind is FieldKind.LEVEL and value else value
        if value:
            found.append((field.name, value))
    return tuple(found)


def _participations(member: Member) -> Iterator[Facts]:
    rows = Participant.objects.filter(member=member).select_related("cycle__cell", "enterer")
    for row in rows.order_by("-cycle__year"):
        yield (
            ("Năm", str(row.cycle.year)),
            ("Diện", row.reason_words),
            ("Viết bản kiểm điểm", "có" if row.writes else "không"),
            ("Lý do chi uỷ ghi", row.note),
            ("Mẫu", row.get_form_display()),
            ("Người nhập thay", row.enterer.full_name if row.enterer else ""),
        )


def _remedies(member: Member) -> Iterator[Facts]:
    rows = Remedy.objects.filter(about=member).select_related("cell", "helper", "entered_by__member")
    for row in rows.prefetch_related("checks__checked_by__member", "notes__noted_by__member").order_by("-pk"):
        checks = [
            f"{_day(one.due_on)}: {one.get_found_display()}. {one.words} ({one.checked_by.get_full_name()})"
            for one in row.checks.all()
            if one.checked_by
        ]
        notes = [
            f"{_day(timezone.localdate(one.noted_at))} {one.get_kind_display()}: {one.words} "
            f"({one.noted_by.get_full_name()})"
            for one in row.notes.all()
        ]
        yield (
            ("Chi bộ", row.cell.name),
            ("Hạn chế, khuyết điểm", row.shortcoming),
            ("Nguyên nhân", row.cause),
            ("Biện pháp", row.measure),
            ("Thế nào là đã khắc phục", row.finished_when),
            ("Thời hạn", _day(row.due_on)),
            ("Người giúp đỡ", row.helper.full_name if row.helper else ""),
            ("Tình trạng", row.get_state_display()),
            ("Ghi lúc", _moment(row.entered_at)),
            ("Người ghi", row.entered_by.get_full_name()),
            ("Rà soát", "\n".join(checks)),
            ("Diễn biến", "\n".join(notes)),
        )


_EVENTS = {
    "add_member": "Ghi vào danh sách",
    "set_standing": "Đổi tư cách",
    "appoint": "Ghi chức vụ",
    "open_account": "Mở tài khoản",
    "issue_slip": "Phát phiếu đăng nhập",
    "edit_member": "Sửa hồ sơ",
    "edit_account": "Sửa tài khoản",
    "set_password": "Đặt mật khẩu",
    "end_tenure": "Ghi ngày kết thúc tư cách, chức vụ",
}


def _events(member: Member) -> Iterator[Facts]:
    rows = member.events.select_related("actor__member").order_by("-number")
    for row in rows:
        who = row.actor.get_full_name() if row.actor else ""
        yield (("Việc", _EVENTS.get(row.what, row.what)), ("Lúc", _moment(row.happened_at)), ("Người làm", who))


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else ""
