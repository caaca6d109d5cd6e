"""A sealed paper that people sign outside with certificates of their own: given out, brought back, looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.urls import reverse

from book.chain import enter
from book.proof import sealed_paper, wrong_among
from documents.model import signers
from documents.pdf import to_pdf
from documents.signed import Looked, look
from meetings import uploads
from meetings.actions.minutes import SEALED, rendered_paper
from meetings.extension import keeper_of
from meetings.in_book import ADDENDUM, MINUTES, RESOLUTION, SIGNED
from meetings.lifecycle import State
from meetings.models import Addendum, Minutes, Resolution, SignedCopy
from members.access import require
from members.changes import claim
from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import Model, QuerySet

    from documents.sealed import Rendered
    from meetings.models.signed import Copy
    from members.models import User
    from members.press import Press

    Paper = Any  # a row of the table of its kind


OF_MEETINGS: Final = "signed"  # what the names of the addresses below meetings begin with


@dataclass(frozen=True, slots=True)
class Outside:
    """One kind of sealed paper that people sign outside.

    `copies`: of a paper, the newest first; `make` adds one, from the columns of a `Copy` and its `data`. `changes`:
    whose version counts it, and in which states. `link`: what a copy is called in the book. `views`: what the names of
    its addresses begin with; `by`: the column whose value they take; `where`: the pages above, each with its words.
    `see`: the right to read its copies.
    """

    rows: type[Model]
    is_sealed: Callable[[Any], bool]
    paper: Callable[[Any], Rendered]
    copies: Callable[[Any], QuerySet[Any]]
    make: Callable[..., Copy]
    changes: Callable[[Any], tuple[Any, Collection[str] | None]]
    link: str
    where: Callable[[Any], list[tuple[str, str]]]
    views: str = OF_MEETINGS
    by: str = "pk"
    see: str = "minutes.see"


#: By the word that a link of the book and the address have for it; an upper app adds what it seals itself.
KINDS: Final[dict[str, Outside]] = {}
NOT_OURS: Final = (
    "Tệp này không bắt đầu bằng đúng bản để ký đã lấy ra ở đây: là văn bản khác, là bản in thường, hoặc đã bị sửa, "
    "lưu lại hay in lại thành tệp mới. Xin ký trên bản để ký tải về từ trang này."
)
NOT_PDF: Final = "Chỉ nhận tệp PDF đã ký số."
NOT_GIVEN: Final = "Chưa lấy bản để ký của văn bản này. Xin lấy bản để ký rồi ký trên bản ấy."
TWICE: Final = "Tệp này đã được tải lên rồi."
UNOPENED: Final = "Tệp đang lưu không mở được: máy chủ thiếu khoá, hoặc tệp đã hỏng. Xin báo quản trị máy chủ."
CHANGED: Final = "Vừa có bản khác được tải lên. Xin xem lại trang này rồi tải lên lần nữa."


def is_signed_outside(kind: str, row: Paper) -> bool:
    """Sealed papers; minutes whose words about people are kept apart only by whoever keeps them."""
    return KINDS[kind].is_sealed(row)


def paper_of(kind: str, row: Paper) -> Rendered:
    """As it was sealed."""
    return KINDS[kind].paper(row)


def copies_of(kind: str, row: Paper) -> list[Copy]:
    """The newest first; the last is the one that was given out."""
    return list(KINDS[kind].copies(row))


def numbered(kind: str, row: Paper, number: int) -> Copy | None:
    found: Copy | None = KINDS[kind].copies(row).filter(number=number).first()
    return found


def give(kind: str, row: Paper, *, by: User, at: datetime, key: Press | None = None) -> Copy:
    """The file to sign, made once: whoever asks later gets the same bytes, whatever version of the program runs."""
    require(by, "signed.keep", row)
    if found := numbered(kind, row, 0):
        return found
    paper = _sound(kind, row)
    if not signers(paper.document):
        raise Refused("Văn bản này không có chỗ ký.")
    data = to_pdf(paper.document, paper.proof, to_sign=True)  # before anything is held: it takes its time
    with transaction.atomic():
        claim(*KINDS[kind].changes(row), "give_to_sign", by=by, at=at, key=key, kind=kind, row=row.pk)
        return numbered(kind, row, 0) or _add(kind, row, 0, data, (), by, at)


def keep(kind: str, row: Paper, upload: UploadedFile, *, by: User, at: datetime, key: Press | None = None) -> Copy:
    """What came back: exactly the bytes that were given out plus signatures, none of them bad. The newest counts."""
    require(by, "signed.keep", row)
    uploads.examine(upload, pdf_only=NOT_PDF)
    data = upload.read()
    copies = copies_of(kind, row)
    looked = _judged(kind, row, data, copies, at)
    with transaction.atomic():
        told = {"kind": kind, "row": row.pk, "fields": sorted(looked.fields)}
        claim(*KINDS[kind].changes(row), "keep_signed", by=by, at=at, key=key, **told)
        if len(copies_of(kind, row)) != len(copies):
            raise Refused(CHANGED, field="file")
        return _add(kind, row, copies[0].number + 1, data, sorted(looked.fields), by, at)


def looked_at(kind: str, row: Paper, copy: Copy, given: Copy) -> Looked:
    """What its signatures are worth by the authorities that are trusted now, at the moment when we got it."""
    if sentence := wrong_with(kind, copy):
        return Looked(sentence)
    one_person = _has_one_person(_sound(kind, row))
    return look(bytes(copy.data), given.size, copy.kept_at, one_person=one_person)


def wrong_with(kind: str, copy: Copy) -> str:
    """In red, where the file is not what was kept."""
    if copy.data is None:
        return UNOPENED
    if hashlib.sha256(copy.data).hexdigest() != copy.sha256:
        return "Tệp đang lưu không đúng tệp đã tải lên: đã bị thay đổi, không dùng được. Xin báo chi uỷ."
    return wrong_among([(KINDS[kind].link, copy)])


def _judged(kind: str, row: Paper, data: bytes, copies: Sequence[Copy], at: datetime) -> Looked:
    if not copies:
        raise Refused(NOT_GIVEN, field="file")
    newest, given = copies[0], copies[-1]
    if sentence := wrong_with(kind, given):
        raise Refused(sentence, field="file")
    if not data.startswith(bytes(given.data)):
        raise Refused(NOT_OURS, field="file")
    if hashlib.sha256(data).hexdigest() in {one.sha256 for one in copies if one.number}:
        raise Refused(TWICE, field="file")
    looked = look(data, given.size, at, one_person=_has_one_person(_sound(kind, row)))
    if looked.refused:
        raise Refused(looked.refused, field="file")
    for one in looked.found:
        if one.result == "invalid" or (one.result == "unknown" and looked.anchors):
            raise Refused(f"Chữ ký của {one.name} ở ô {one.field}: {one.word.lower()}, {one.reason}.", field="file")
    if lost := sorted(newest.signed - looked.fields):
        numbers = ", ".join(map(str, lost))
        raise Refused(
            f"Bản tải lên lần trước có chữ ký ở ô {numbers} mà tệp này không có. Xin tải bản ấy về và ký tiếp trên đó.",
            field="file",
        )
    return looked


def _sound(kind: str, row: Paper) -> Rendered:
    paper = paper_of(kind, row)
    if paper.proof is not None and paper.proof.wrong:
        raise Refused(paper.proof.wrong)
    return paper


def _has_one_person(paper: Rendered) -> bool:
    """The same name stands under it twice: who chaired took the minutes as well."""
    names = [one.name for one in signers(paper.document)]
    return len({*names}) < len(names)


def _add(kind: str, row: Paper, number: int, data: bytes, fields: Sequence[int], by: User, at: datetime) -> Copy:
    made = KINDS[kind].make(
        row,
        number=number,
        fields=",".join(map(str, fields)),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        kept_by=by,
        kept_at=at,
    )
    enter(KINDS[kind].link, made, at=at)
    return made


def _of_meetings(kind: str, rows: type[Model], is_sealed: Callable[[Any], bool], **more: Any) -> None:
    def make(row: Paper, **values: Any) -> Copy:
        return SignedCopy.objects.create(meeting=row.meeting, kind=kind, thing_pk=row.pk, **values)

    KINDS[kind] = Outside(
        rows=rows,
        is_sealed=is_sealed,
        paper=more.pop("paper", lambda row: sealed_paper(kind, row)),
        copies=lambda row: SignedCopy.objects.of_paper(kind, row),
        make=make,
        changes=lambda row: (row.meeting, SEALED),
        link=SIGNED,
        **more,
    )


def _minutes(row: Any) -> list[tuple[str, str]]:
    meeting = row.meeting
    return [(str(meeting), reverse("meeting", args=[meeting.pk])), ("Biên bản", reverse("minutes", args=[meeting.pk]))]


def _resolution(row: Resolution) -> list[tuple[str, str]]:
    return [_minutes(row)[0], ("Văn bản", reverse("resolution-paper", args=[row.pk]))]


_of_meetings(
    MINUTES,
    Minutes,
    lambda row: row.meeting.state == State.SEALED and keeper_of(row.meeting) is None,
    paper=lambda row: rendered_paper(row.meeting),
    by="meeting_id",
    where=_minutes,
)
_of_meetings(ADDENDUM, Addendum, lambda row: row.meeting.state == State.SEALED, where=_minutes)
_of_meetings(RESOLUTION, Resolution, lambda row: row.sealed_at is not None, where=_resolution)
