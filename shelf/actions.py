"""Putting something on a shelf and taking it off, reading it at a meeting, citing it: the only door to these rows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from meetings import uploads
from meetings.lifecycle import PLANNING
from members.access import require
from members.changes import claim, hold, insert, refuse_second
from members.refusal import AlreadyDone, Refused
from members.saving.actions import Conflict, Saved, save_text
from members.saving.sheet import SHEETS
from shelf.models import Entry, EntryKind, Quotation, Reading, Seen
from shelf.wording import added, names_nothing, source_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from meetings.models import AgendaItem
    from members.models import Organisation, User
    from members.press import Press

BULLETIN = "Bản tin sinh hoạt chi bộ"
OVERTAKEN = (
    "Chỗ viết này vừa có chữ mới: có thể đoạn trích đã được thêm, hoặc người khác vừa ghi. Chưa thêm gì nữa; "
    "xin xem lại rồi chọn lần nữa nếu cần."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something comes from, as the columns of an entry; what its kind does not have stays empty."""

    body: str
    title: str = ""
    number: str = ""
    dated_on: date | None = None
    edition: str = ""
    issue_on: date | None = None
    seen_by: str
    seen_as: str
    seen_where: str

    def judged(self, kind: str, today: date) -> Source:
        """Exact, or refused beside the field that names nothing."""
        for name in ("body", "seen_by", "seen_where", *_ASKED[EntryKind(kind)]):
            given = getattr(self, name)
            if given is None or (isinstance(given, str) and names_nothing(given)):
                raise Refused(_INEXACT[name], field=name)
        if self.dated_on is not None and self.dated_on > today:
            raise Refused("Ngày ban hành chưa tới. Xin kiểm tra lại.", field="dated_on")
        if self.seen_as not in Seen.values:
            raise Refused("Xin chọn đã xem bản nào.", field="seen_as")
        return self


_ASKED = {
    EntryKind.DOCUMENT: ("title", "number", "dated_on"),
    EntryKind.WORK: ("title", "edition"),
    EntryKind.BULLETIN: ("issue_on",),
}
_INEXACT = {
    "body": "Xin ghi đúng tên cơ quan ban hành hoặc tác giả; chưa rõ thì chưa đưa vào tủ được.",
    "title": "Xin ghi đúng tên văn bản, tác phẩm.",
    "number": "Xin ghi đúng số, ký hiệu văn bản.",
    "dated_on": "Xin ghi ngày ban hành.",
    "edition": "Xin ghi nhà xuất bản, nơi, năm (và tập); bài báo thì tên báo, số, ngày.",
    "issue_on": "Xin ghi bản tin của tháng nào.",
    "seen_by": "Xin ghi họ tên đồng chí đã tận mắt xem.",
    "seen_where": "Xin ghi đã xem ở đâu: nơi lưu, tên trang, thư viện.",
    "place": "Xin ghi đoạn này ở trang, điểm, khoản nào.",
}


def put(
    organisation: Organisation,
    kind: str,
    source: Source,
    *,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Entry:
    """On this shelf from now on; a committee's stands on the shelf of every cell below."""
    entry = Entry(organisation=organisation, kind=kind, put_by=by, put_at=at)
    require(by, "source.keep", entry)
    with transaction.atomic():
        refuse_second(Entry, organisation, key)
        _fill(entry, source, at)
        insert(entry, "put_on_shelf", by=by, at=at, key=key)
    return entry


@transaction.atomic
def correct(entry: Entry, source: Source, *, by: User, at: datetime, key: Press | None = None) -> None:
    """The source is said otherwise from now on; what was cited before keeps the words that stand in its paper."""
    require(by, "source.keep", entry)
    hold(entry.organisation)  # as `put` does: of two bulletins for one month the second is told
    claim(entry, None, "correct_source", by=by, at=at, key=key)
    _refuse_withdrawn(entry)
    _fill(entry, source, at)
    entry.save(update_fields=list(asdict(source)))


def _fill(entry: Entry, source: Source, at: datetime) -> None:
    judged = source.judged(entry.kind, timezone.localdate(at))
    for name, value in asdict(judged).items():
        setattr(entry, name, value)
    if entry.kind != EntryKind.BULLETIN:
        return
    entry.title = entry.title or BULLETIN
    others = Entry.objects.standing().filter(organisation=entry.organisation, issue_on=entry.issue_on)
    if others.exclude(pk=entry.pk).exists():
        raise Refused("Bản tin của tháng này đã có trên tủ này.", field="issue_on")


@transaction.atomic
def withdraw(entry: Entry, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Off the shelf of every cell; what was cited or read stays as it was written."""
    require(by, "source.keep", entry)
    claim(entry, None, "take_off_shelf", by=by, at=at, key=key)
    if not Entry.objects.standing().filter(pk=entry.pk).update(withdrawn_at=at):
        raise AlreadyDone


def attach(entry: Entry, upload: UploadedFile, *, by: User, at: datetime, key: Press | None = None) -> None:
    """A PDF or DOCX, known by its content. Replaces the file before."""
    require(by, "source.keep", entry)
    checked = uploads.examine(upload)  # before anything is held: looking into a large file takes its time
    with transaction.atomic():
        claim(entry, None, "attach_to_entry", by=by, at=at, key=key, size=checked.size)
        _refuse_withdrawn(entry)
        uploads.put(entry, upload, checked)


@transaction.atomic
def quote(entry: Entry, *, words: str, place: str, by: User, at: datetime, key: Press | None = None) -> Quotation:
    """A passage in its exact words."""
    require(by, "source.keep", entry)
    if names_nothing(place):
        raise Refused(_INEXACT["place"], field="place")
    claim(entry, None, "quote_entry", by=by, at=at, key=key)
    _refuse_withdrawn(entry)
    return Quotation.objects.create(entry=entry, words=words, place=place, put_by=by, put_at=at)


@transaction.atomic
def drop(quotation: Quotation, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Offered no more; where it was cited it stays."""
    require(by, "source.keep", quotation)
    claim(quotation.entry, None, "drop_quotation", by=by, at=at, key=key, quotation=quotation.pk)
    if not Quotation.objects.filter(pk=quotation.pk, withdrawn_at__isnull=True).update(withdrawn_at=at):
        raise AlreadyDone


@transaction.atomic
def read_at(item: AgendaItem, entry: Entry, *, part: str, by: User, at: datetime, key: Press | None = None) -> Reading:
    """To be read before this item, or only `part` of it; the source is copied as it is said now."""
    require(by, "plan.edit", item)
    require(by, "source.see", entry)
    claim(item.meeting, PLANNING, "add_reading", by=by, at=at, key=key, item=item.pk, entry=entry.pk)
    _refuse_withdrawn(Entry.objects.get(pk=entry.pk))
    if Reading.objects.filter(item=item, entry=entry, removed_at__isnull=True).exists():
        raise AlreadyDone
    told: dict[str, Any] = {"source": source_of(entry, part), "put_by": by, "put_at": at}
    return Reading.objects.create(meeting=item.meeting, item=item, entry=entry, **told)


@transaction.atomic
def read_no_more(reading: Reading, *, by: User, at: datetime, key: Press | None = None) -> None:
    """A notice that has gone out goes on naming it."""
    require(by, "plan.edit", reading)
    claim(reading.meeting, PLANNING, "remove_reading", by=by, at=at, key=key, item=reading.item_id)
    if not Reading.objects.filter(pk=reading.pk, removed_at__isnull=True).update(removed_at=at):
        raise AlreadyDone


def cite(sheet: str, row: Any, field: str, quotation: Quotation, *, base: int, by: User, at: datetime) -> Saved:
    """The passage with its source at the end of what stands there; `base`: the revision that the page has shown.

    The words are copied: what happens on the shelf later changes no paper.
    """
    require(by, SHEETS[sheet].needs, row)
    require(by, "source.see", quotation)
    if SHEETS[sheet].rev(row) != base:
        if getattr(row, field).endswith(added("", quotation.cited)):
            raise AlreadyDone  # the same press a second time
        raise Refused(OVERTAKEN)
    answer = save_text(sheet, row, {field: added(getattr(row, field), quotation.cited)}, base=base, by=by, at=at)
    if isinstance(answer, Conflict):
        raise Refused(OVERTAKEN)
    return answer


def _refuse_withdrawn(entry: Entry) -> None:
    entry.refresh_from_db(fields=["withdrawn_at"])
    if entry.withdrawn_at is not None:
        raise Refused("Tài liệu này đã được cất khỏi tủ.")
