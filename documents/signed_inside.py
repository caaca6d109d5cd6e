"""The inside of a signed file, by pyHanko: what was added to the paper, and what each signature is worth.

Runs in a child of the server. Nothing here asks anybody outside: no list of revoked certificates and no answer about
one is fetched.
"""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel

from documents.fields import NAME
from documents.signed import UNREADABLE, Found
from documents.signed_worth import worth
from documents.trusted import Trust, read_trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

NONE_YET: Final = "Tệp này chưa có chữ ký số nào."
OUTSIDE: Final = "Có chữ ký đặt ngoài ô ký của văn bản. Xin ký vào đúng ô ký có sẵn trên tên người ký."
PAGES: Final = "Tệp đã bị thêm hoặc bớt trang so với bản để ký. Chỉ nhận bản để ký cùng với chữ ký."
NOTES: Final = "Tệp đã bị thêm ghi chú, hình vẽ hoặc ô nhập so với bản để ký. Chỉ nhận bản để ký cùng với chữ ký."
MORE: Final = (
    "Ngoài chữ ký, tệp còn bị thêm hoặc sửa thứ khác so với bản để ký (trang, ghi chú, tệp kèm, chữ trong biểu mẫu). "
    "Chỉ nhận bản để ký cùng với chữ ký."
)
PICTURE: Final = (
    "Chữ ký có kèm hình ảnh. Phần mềm không giữ hình chữ ký, hình dấu của ai; "
    "xin ký lại, chọn kiểu hiển thị chỉ có chữ."
)
CERTIFIED: Final = "Chữ ký này thuộc kiểu chứng nhận, khoá tệp với người ký sau. Xin ký lại, chọn kiểu ký thường."
TWICE: Final = "Một chứng thư ký cả hai ô, mà văn bản có tên hai người. Mỗi người ký ô mang tên mình."
BEYOND: Final = "Sau chữ ký cuối còn có phần không chữ ký nào che. Chỉ nhận bản để ký cùng với chữ ký."

_CATALOG: Any = CatalogModificationRule  # pyHanko says its types, but not of everything
_METADATA: Any = MetadataUpdateRule

#: What may come to the paper: signatures in its fields, and what proves them later. No field, no note, no page.
POLICY: Final = StandardDiffPolicy(
    global_rules=[
        _CATALOG(),
        *(
            rule.as_qualified(ModificationLevel.LTA_UPDATES)
            for rule in (DocInfoRule(), XrefStreamRule(), ObjectStreamRule(), DSSCompareRule(), _METADATA())
        ),
    ],
    form_rule=FormUpdatingRule(field_rules=[SigFieldModificationRule()]),
    ignore_orphaned_objects=False,
)
_DRAWN = re.compile(rb"(?:^|\s)BI\s.*?\sID\s", re.DOTALL)  # a picture inside what is drawn
_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")


class NotOurs(Exception):
    """Not the paper plus signatures: a sentence."""


def looked(data: bytes, given: int, at: datetime, folder: Path, one_person: bool) -> bytes:
    """JSON of a `Looked`."""
    logging.disable(logging.CRITICAL)  # what pyHanko finds suspicious comes back as a sentence
    trust = read_trust(folder)
    try:
        found, refused = _found(data, given, at, trust, one_person), ""
    except NotOurs as refusal:
        found, refused = [], str(refusal)
    except (PdfError, SignatureValidationError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError):
        found, refused = [], UNREADABLE  # pyHanko reads what anybody may have written; none of it is an answer
    told = [{**asdict(one), "at": one.at and one.at.isoformat()} for one in found]
    anchors = len(trust.anchors)
    return json.dumps(
        {"refused": refused, "found": told, "anchors": anchors, "passed_over": trust.passed_over}
    ).encode()


def _found(data: bytes, given: int, at: datetime, trust: Trust, one_person: bool) -> list[Found]:
    paper, reader = PdfFileReader(BytesIO(data[:given])), PdfFileReader(BytesIO(data))
    _rests_on(paper, reader, data)
    signatures = list(reader.embedded_signatures)
    numbers = {NAME.format(number): number for number in range(1, 1 + len(paper.root["/AcroForm"]["/Fields"]))}
    if any(one.field_name not in numbers for one in signatures):
        raise NotOurs(OUTSIDE)
    _nothing_else(paper, reader)
    if not signatures:
        raise NotOurs(NONE_YET)
    if any(_is_picture(one) for one in _added(reader)):
        raise NotOurs(PICTURE)
    _covered(signatures)
    if not one_person and max(Counter(one.signer_cert.public_key.dump() for one in signatures).values()) > 1:
        raise NotOurs(TWICE)
    return [worth(one, numbers[one.field_name], at, trust, POLICY) for one in signatures]


def _rests_on(paper: PdfFileReader, reader: PdfFileReader, data: bytes) -> None:
    """The paper is the file's first edition, read from its own table; and nothing stands behind the last."""
    own, first = paper.xrefs, reader.xrefs
    places = [first.get_xref_container_info(number).start_location for number in range(first.total_revisions)]
    end = _END.search(data, max(0, len(data) - 64))
    if (
        reader.encrypted
        or first.hybrid_xrefs_present
        or places[0] != own.get_xref_container_info(0).start_location
        or any(place < paper.xrefs.get_xref_container_info(0).end_location for place in places[1:])
        or end is None  # or another file stands behind
        or int(end[1]) != places[-1]
    ):
        raise NotOurs(MORE)
    if first.total_revisions < 2:
        raise NotOurs(NONE_YET)


def _nothing_else(paper: PdfFileReader, reader: PdfFileReader) -> None:
    if "/Perms" in reader.root:
        raise NotOurs(CERTIFIED)
    if isinstance(POLICY.review_file(reader, 0), SuspiciousModification):
        before, now = _pages(paper), _pages(reader)
        if len(before) != len(now):
            raise NotOurs(PAGES)
        raise NotOurs(NOTES if [_notes(one) for one in before] != [_notes(one) for one in now] else MORE)


def _pages(reader: Any) -> list[Any]:
    return [
        reader.find_page_for_modification(number)[0].get_object() for number in range(reader.root["/Pages"]["/Count"])
    ]


def _notes(page: Any) -> int:
    return len(page.get("/Annots", ()))


def _added(reader: PdfFileReader) -> Iterator[Any]:
    """Every object that came after the paper, as each edition has it."""
    for number in range(1, reader.xrefs.total_revisions):
        edition: Any = reader.get_historical_resolver(number)
        for reference in edition.explicit_refs_in_revision():
            yield edition(reference)


def _is_picture(thing: Any) -> bool:
    if not isinstance(thing, StreamObject):
        return False
    kind, drawn = thing.get("/Subtype"), "/PatternType" in thing
    return kind == "/Image" or ((drawn or kind == "/Form") and _DRAWN.search(thing.data) is not None)


def _covered(signatures: list[EmbeddedPdfSignature]) -> None:
    """Each covers everything up to its own end, byte for byte."""
    for one in signatures:
        one.compute_digest()
        if one.evaluate_signature_coverage() < SignatureCoverageLevel.ENTIRE_REVISION:
            raise NotOurs(BEYOND)
