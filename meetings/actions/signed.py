"""A sealed paper that people sign outside with certificates of their own: given out, brought back, looked at."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

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

    from documents.sealed import Rendered
    from members.models import User
    from members.press import Press

    Paper = Minutes | Addendum | Resolution

KINDS: Final[dict[str, Any]] = {MINUTES: Minutes, ADDENDUM: Addendum, RESOLUTION: Resolution}
NOT_OURS: Final = (
    "Tệp này không bắt đầu bằng đúng bản để ký đã lấy ra ở đây: là văn bản khác, là bản in thường, hoặc đã bị sửa, "
    "lưu lại hay in lại thành tệp mới. Xin ký trên bản để ký tải về từ trang này."
)
NOT_PDF: Final = "Chỉ nhận tệp PDF đã ký số."
NOT_GIVEN: Final = "Chưa lấy bản để ký của văn bản này. Xin lấy bản để ký rồi ký trên bản ấy."
TWICE: Final = "Tệp này đã được tải lên rồi."
CHANGED: Final = "Vừa có bản khác được tải lên. Xin xem lại trang này rồi tải lên lần nữa."


def is_signed_outside(kind: str, row: Paper) -> bool:
    """Sealed papers; not the minutes of a meeting whose words about people are kept apart and encrypted."""
    if kind == RESOLUTION:
        return row.sealed_at is not None  # type: ignore[union-attr]
    return row.meeting.state == State.SEALED and (kind != MINUTES or keeper_of(row.meeting) is None)


def paper_of(kind: str, row: Paper) -> Rendered:
    """As it was sealed."""
    return rendered_paper(row.meeting) if kind == MINUTES else sealed_paper(kind, row)


def copies_of(kind: str, row: Paper) -> list[SignedCopy]:
    """The newest first; the last is the one that was given out."""
    return list(SignedCopy.objects.of_paper(kind, row))


def give(kind: str, row: Paper, *, by: User, at: datetime, key: Press | None = None) -> SignedCopy:
    """The file to sign, made once: whoever asks later gets the same bytes, whatever version of the program runs."""
    require(by, "signed.keep", row)
    if found := SignedCopy.objects.numbered(kind, row, 0).first():
        return found
    paper = _sound(kind, row)
    if not signers(paper.document):
        raise Refused("Văn bản này không có chỗ ký.")
    data = to_pdf(paper.document, paper.proof, to_sign=True)  # before anything is held: it takes its time
    with transaction.atomic():
        claim(row.meeting, SEALED, "give_to_sign", by=by, at=at, key=key, kind=kind, row=row.pk)
        found = SignedCopy.objects.numbered(kind, row, 0).first()
        return found or _add(kind, row, 0, data, (), by, at)


def keep(
    kind: str, row: Paper, upload: UploadedFile, *, by: User, at: datetime, key: Press | None = None
) -> SignedCopy:
    """What came back: exactly the bytes that were given out plus signatures, none of them bad. The newest counts."""
    require(by, "signed.keep", row)
    if uploads.examine(upload).type != "pdf":
        raise Refused(NOT_PDF, field="file")
    data = upload.read()
    copies = copies_of(kind, row)
    looked = _judged(kind, row, data, copies, at)
    with transaction.atomic():
        told = {"kind": kind, "row": row.pk, "fields": sorted(looked.fields)}
        claim(row.meeting, SEALED, "keep_signed", by=by, at=at, key=key, **told)
        if len(copies_of(kind, row)) != len(copies):
            raise Refused(CHANGED, field="file")
        return _add(kind, row, copies[0].number + 1, data, sorted(looked.fields), by, at)


def looked_at(kind: str, row: Paper, copy: SignedCopy, given: SignedCopy) -> Looked:
    """What its signatures are worth by the authorities that are trusted now, at the moment when we got it."""
    if sentence := wrong_with(copy):
        return Looked(sentence)
    one_person = _has_one_person(_sound(kind, row))
    return look(bytes(copy.data), given.size, copy.kept_at, one_person=one_person)


def wrong_with(copy: SignedCopy) -> str:
    """In red, where the file is not what was kept."""
    if hashlib.sha256(copy.data).hexdigest() != copy.sha256:
        return "Tệp đang lưu không đúng tệp đã tải lên: đã bị thay đổi, không dùng được. Xin báo chi uỷ."
    return wrong_among([(SIGNED, copy)])


def _judged(kind: str, row: Paper, data: bytes, copies: Sequence[SignedCopy], at: datetime) -> Looked:
    if not copies:
        raise Refused(NOT_GIVEN, field="file")
    newest, given = copies[0], copies[-1]
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


def _add(kind: str, row: Paper, number: int, data: bytes, fields: Sequence[int], by: User, at: datetime) -> SignedCopy:
    made = SignedCopy.objects.create(
        meeting=row.meeting,
        kind=kind,
        thing_pk=row.pk,
        number=number,
        fields=",".join(map(str, fields)),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        kept_by=by,
        kept_at=at,
    )
    enter(SIGNED, made, at=at)
    return made
