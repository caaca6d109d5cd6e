"""What of meetings is found by words: from when, on which page, and in which place of it.

Found is what the reader's own pages show, and what no longer changes as it is typed: the words of an evening are found
from the seal on, and a plan from its notice on. Who spoke is said beside a remark, but a name finds nobody's remarks:
what somebody ever said is put together for nobody.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from meetings.lifecycle import State
from meetings.models import OutcomeKind
from search.kinds import Group, Searched

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from meetings.models import AgendaItem, Meeting, Minutes, Outcome, Remark, Resolution, Task, ThematicPaper
    from members.models import User

_OF_ITEM = ("meeting__cell", "item")
_SEALED = ("meeting__state", State.SEALED)


def _sealed(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(meeting__state=State.SEALED)


def _at(view: str, pk: int, place: str = "") -> str:
    return reverse(view, args=[pk], fragment=place or None)


def _in_minutes(row: Any, user: User) -> str:
    return _at("minutes", row.meeting_id, f"part-item-{row.item_id}" if row.item_id else "")


def _item_said(row: AgendaItem) -> tuple[str, ...]:
    """A line that every agenda has says nothing by its title alone."""
    written = (row.notes, row.conclusion)
    return (row.title, *written) if any(written) or not row.step else ()


def _remark_about(row: Remark) -> str:
    return f"Đồng chí {row.speaker.name}, {row.meeting}, nội dung “{row.item.title}”"


def _under_item(row: Any) -> str:
    return f"{row.meeting}, nội dung “{row.item.title}”"


def _number_said(row: Minutes) -> tuple[str, ...]:
    return (f"Biên bản số {row.number.number:02d}-BB/{row.meeting.cell.symbol}",) if row.number else ()


def _paper_said(row: ThematicPaper) -> tuple[str, ...]:
    return (row.draft, row.completed if row.completed_at else "")


def _resolution_said(row: Resolution) -> tuple[str, ...]:
    """Its words are read once it is signed; until then its name and what it is about."""
    words = (row.assessment, row.directions, row.arrangements) if row.sealed_at else ()
    return (row.title, row.subject, *words)


def _resolution_opens(row: Resolution, user: User) -> str:
    if row.sealed_at:
        return _at("resolution-paper", row.pk)
    own = row.cell_id in user.cell_ids
    return _at("resolution", row.pk) if own else _at("meeting", row.meeting_id, "resolutions")


def _task_opens(row: Task, user: User) -> str:
    """On the cell's list of that year; whoever follows from above reads it in the minutes."""
    if row.cell_id not in user.cell_ids:
        return _at("minutes", row.meeting_id, "part-tasks")
    return f"{reverse('task-list', args=[row.cell_id])}?nam={row.meeting.day.year}#task-{row.pk}"


def _outcome_about(row: Outcome) -> str:
    return f"{OutcomeKind(row.kind).label}, {_under_item(row)}"


def _meeting_said(row: Meeting) -> tuple[str, ...]:
    return (row.title, "" if row.topic in row.title else row.topic, row.place, row.purpose)


def _of_the_evening(name: str, label: str, model: str, reads: tuple[str, ...], **more: Any) -> Searched:
    """Written down on the evening under an item, and read in the minutes."""
    usual: dict[str, Any] = {
        "group": Group.MINUTES,
        "right": "minutes.see",
        "words": lambda row: tuple(getattr(row, column) for column in reads),
        "opens": _in_minutes,
        "about": _under_item,
        "only": _sealed,
        "meeting": "meeting",
        "beside": _OF_ITEM,
        "awaits": _SEALED,
    }
    return Searched(name=name, label=label, model=f"meetings.{model}", reads=reads, **{**usual, **more})


SEARCHED = (
    Searched(
        "meeting",
        Group.MEETINGS,
        "Buổi họp",
        "meetings.Meeting",
        "minutes.see",
        reads=("kind", "topic", "place", "purpose"),
        words=_meeting_said,
        only=lambda rows: rows.exclude(state=State.PLAN),
        opens=lambda row, user: _at("meeting", row.pk),
        about=lambda row: f"{row}, {row.get_state_display().lower()}",
        meeting="pk",
        beside=("cell",),
    ),
    Searched(
        "assessment",
        Group.MINUTES,
        "Đảng phí, chất lượng buổi họp",
        "meetings.Meeting",
        "minutes.see",
        reads=("dues", "quality"),
        words=lambda row: (row.dues, row.quality),
        awaits=("state", State.SEALED),
        only=lambda rows: rows.filter(state=State.SEALED),
        opens=lambda row, user: _at("minutes", row.pk),
        about=str,
        meeting="pk",
        beside=("cell",),
    ),
    _of_the_evening("number", "Biên bản", "Minutes", ("number__number", "meeting__cell__symbol"), words=_number_said,
                    only=lambda rows: _sealed(rows).filter(sealed_at__isnull=False), about=lambda row: str(row.meeting),
                    opens=lambda row, user: _at("minutes", row.meeting_id),
                    beside=("meeting__cell", "number")),
    _of_the_evening("item", "Nội dung họp", "AgendaItem", ("step", "title", "notes", "conclusion"), words=_item_said,
                    opens=lambda row, user: _at("minutes", row.meeting_id, f"part-item-{row.pk}"),
                    about=lambda row: str(row.meeting), beside=("meeting__cell",)),
    _of_the_evening("remark", "Ý kiến phát biểu", "Remark", ("text", "awareness", "relation", "proposal"),
                    about=_remark_about, beside=(*_OF_ITEM, "speaker")),
    _of_the_evening("outcome", "Kết quả của nội dung họp", "Outcome", ("text",), about=_outcome_about,
                    only=lambda rows: _sealed(rows).exclude(kind=OutcomeKind.DECISION)),
    _of_the_evening("report", "Kết quả nhiệm vụ", "TaskReport", ("result",), group=Group.TASKS,
                    opens=lambda row, user: _at("minutes", row.meeting_id),
                    about=lambda row: f"{row.meeting}: {row.task.text}", beside=("meeting__cell", "task")),
    _of_the_evening("addendum", "Bổ sung, đính chính biên bản", "Addendum", ("text", "reason"),
                    opens=lambda row, user: _at("minutes", row.meeting_id, "addenda"),
                    about=lambda row: f"Lần {row.number}, {row.meeting}", beside=("meeting__cell",)),
    _of_the_evening("comment", "Nhận xét của cấp trên", "InspectionComment", ("text", "answer", "answered_at"),
                    words=lambda row: (row.text, row.answer if row.answered_at else ""), meeting="inspection__meeting",
                    awaits=None,
                    settled=lambda row: row.inspection.given_at is not None, settled_by=("inspection__given_at",),
                    only=lambda rows: rows.filter(inspection__given_at__isnull=False),
                    opens=lambda row, user: _at("minutes", row.inspection.meeting_id, f"comment-{row.pk}"),
                    about=lambda row: str(row.inspection.meeting), beside=("inspection__meeting__cell",)),
    _of_the_evening("decision", "Quyết nghị", "Outcome", ("kind", "text"), group=Group.DECISIONS,
                    words=lambda row: (row.text,),
                    only=lambda rows: _sealed(rows).filter(kind=OutcomeKind.DECISION)),
    _of_the_evening("vote", "Biểu quyết", "Vote", ("question",), group=Group.DECISIONS),
    Searched(
        "resolution",
        Group.DECISIONS,
        "Nghị quyết, kết luận",
        "meetings.Resolution",
        "minutes.see",
        reads=("kind", "number__number", "cell__symbol", "subject", "assessment", "directions", "arrangements",
               "sealed_at", "issued_on"),
        words=_resolution_said,
        opens=_resolution_opens,
        about=lambda row: f"{row.title}, {row.get_state_display().lower()}",
        day=lambda row: row.issued_on,
        beside=("cell", "number", "meeting"),
    ),
    Searched(
        "task",
        Group.TASKS,
        "Nhiệm vụ",
        "meetings.Task",
        "minutes.see",
        reads=("text",),
        words=lambda row: (row.text,),
        only=lambda rows: rows.exclude(meeting__state=State.CANCELLED),
        opens=_task_opens,
        about=lambda row: f"{row.meeting}{_given_to(row)}, {row.get_state_display().lower()}",
        meeting="meeting",
        beside=("cell", "meeting", "owner"),
    ),
    Searched(
        "paper",
        Group.DOCUMENTS,
        "Chuyên đề",
        "meetings.ThematicPaper",
        "meeting.see",
        reads=("draft", "completed", "completed_at"),
        words=_paper_said,
        settled=lambda row: row.shared_at is not None and row.meeting.state != State.PLAN,
        settled_by=("shared_at", "meeting__state"),
        only=lambda rows: rows.filter(shared_at__isnull=False).exclude(meeting__state=State.PLAN),
        opens=lambda row, user: _at("paper", row.meeting_id, "completed" if row.completed_at else "draft"),
        about=lambda row: str(row.meeting),
        meeting="meeting",
        beside=("meeting__cell",),
    ),
    Searched(
        "opinion",
        Group.DOCUMENTS,
        "Góp ý vào dự thảo chuyên đề",
        "meetings.Opinion",
        "meeting.see",
        reads=("text", "reason", "became"),
        words=lambda row: (row.text, row.reason, row.became),
        only=lambda rows: rows.filter(meeting__paper__shared_at__isnull=False).exclude(meeting__state=State.PLAN),
        opens=lambda row, user: _at("paper", row.meeting_id, f"opinion-{row.pk}"),
        about=lambda row: f"Đồng chí {row.member}, {row.meeting}",
        meeting="meeting",
        beside=("meeting__cell", "member"),
    ),
    Searched(
        "programme",
        Group.MEETINGS,
        "Chương trình năm",
        "meetings.ProgrammeLine",
        "programme.see",
        reads=("topic", "month", "programme__year"),
        words=lambda row: (row.topic,),
        opens=lambda row, user: reverse("programme", args=[row.programme.cell_id, row.programme.year]),
        about=lambda row: f"Tháng {row.month}/{row.programme.year}, {row.get_kind_display().lower()}",
        day=lambda row: _first_of(row.programme.year, row.month),
        beside=("programme__cell",),
    ),
)  # fmt: skip


def _given_to(row: Task) -> str:
    return f", đồng chí {row.owner}" if row.owner else ""


def _first_of(year: int, month: int) -> date:
    return date(year, month, 1)
