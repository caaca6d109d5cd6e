"""A paper that was signed outside: only the bytes that were given out plus signatures, and each is told what it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, append_signature_field
from pyhanko.stamp import TextStampStyle

from documents import signed_inside as inside
from documents import signed_worth as worth
from documents.model import Document, Head, Signature, Signatures, Title, para
from documents.pdf import to_pdf
from documents.signed import UNREADABLE, Found, Looked, look
from tests.signing import Holder, added, holder, revoked, sign, trusting

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

AT = datetime(2026, 12, 5, 14, tzinfo=UTC)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
ONE, TWO = "o-ky-1", "o-ky-2"


def paper(kind: str = "BIÊN BẢN") -> Document:
    note = "Đã xác nhận trên phần mềm lúc 20 giờ 41, ngày 05 tháng 12 năm 2026"
    return Document(
        name="bien-ban",
        title="Biên bản",
        day=date(2026, 12, 5),
        blocks=(
            Head("ĐẢNG BỘ PHƯỜNG", "CHI BỘ VĂN PHÒNG", "Số 05-BB/CB", "Sao Mai, ngày 05 tháng 12 năm 2026"),
            Title(kind, ("Sinh hoạt chuyên đề",)),
            para("Chi bộ nhất trí."),
            Signatures(Signature(("THƯ KÝ",), "Nguyễn Thị Hoa", note), Signature(("CHỦ TRÌ",), "Trần Thị Lan", note)),
        ),
    )


@cache
def given(kind: str = "BIÊN BẢN") -> bytes:
    return to_pdf(paper(kind), to_sign=True)


def root() -> Holder:
    return holder("Nơi cấp thử", authority=True)


def hoa() -> Holder:
    return holder("Nguyễn Thị Hoa", root())


def lan() -> Holder:
    return holder("Trần Thị Lan", root())


@cache
def by_hoa() -> bytes:
    return sign(given(), ONE, hoa())


@cache
def by_both() -> bytes:
    return sign(by_hoa(), TWO, lan())


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """One authority is trusted."""
    settings.TRUST_FOLDER = trusting(tmp_path / "trust", root())
    return tmp_path / "trust"


def seen(data: bytes, at: datetime = AT, **told: Any) -> Looked:
    return look(data, len(given()), at, **told)


def only(data: bytes, at: datetime = AT) -> Found:
    looked = seen(data, at)
    assert looked.refused == ""
    (found,) = looked.found
    return found


def test_an_empty_field_stands_over_each_name_and_the_paper_is_the_same_besides() -> None:
    pages = pypdf.PdfReader(BytesIO(given())).pages
    fields = [one.get_object() for one in pages[-1]["/Annots"]]
    assert [(one["/T"], one["/TU"], one["/FT"], one["/F"]) for one in fields] == [
        (ONE, "THƯ KÝ Nguyễn Thị Hoa", "/Sig", 4),
        (TWO, "CHỦ TRÌ Trần Thị Lan", "/Sig", 4),
    ]
    assert all("/V" not in one and one["/AP"]["/N"]["/BBox"] for one in fields)
    (_, low, right, high), other = fields[0]["/Rect"], fields[1]["/Rect"]
    assert high - low > 25
    assert right < other[0]
    assert pypdf.PdfReader(BytesIO(to_pdf(paper()))).pages[-1].extract_text() == pages[-1].extract_text()
    assert to_pdf(paper(), to_sign=True) == given()


def test_both_sign_one_after_the_other() -> None:
    looked = seen(by_both())
    assert (looked.refused, looked.anchors, looked.fields) == ("", 1, {1, 2})
    assert [(one.field, one.word, one.name, one.stamped) for one in looked.found] == [
        (1, "Hợp lệ", "Nguyễn Thị Hoa", False),
        (2, "Hợp lệ", "Trần Thị Lan", False),
    ]
    assert {one.reason for one in looked.found} == {worth.LEADS.format("Nơi cấp thử")}
    assert {one.revocation for one in looked.found} == {worth.NOT_LOOKED_UP}
    assert all(one.at is not None for one in looked.found)


def test_a_file_that_begins_as_the_paper_and_holds_nothing_more_is_not_signed() -> None:
    assert seen(given()) == Looked(inside.NONE_YET, anchors=1)


def test_without_authorities_nothing_is_called_good(folder: Path) -> None:
    (folder / "goc-0.pem").unlink()
    found = only(by_hoa())
    assert (found.word, found.reason, found.revocation) == ("Không kiểm tra được", worth.NO_ANCHOR, "")
    folder.rmdir()
    assert only(by_hoa()).result == "unknown"


def test_another_authority_is_not_ours(folder: Path) -> None:
    strange = holder("Ai đó", holder("Nơi cấp lạ", authority=True))
    found = only(sign(given(), ONE, strange))
    assert (found.result, found.reason) == ("unknown", worth.STRANGE.format("Nơi cấp lạ"))


def test_a_certificate_of_ones_own_making_is_never_good(folder: Path) -> None:
    data = sign(given(), ONE, holder("Tự tôi"))
    assert (only(data).word, only(data).reason) == ("Không hợp lệ", worth.OWN)
    (folder / "goc-0.pem").unlink()
    assert only(data).reason == worth.OWN


def test_a_certificate_counts_only_while_it_is_valid() -> None:
    old = holder("Nguyễn Thị Hoa", root(), begins=LONG_AGO, ends=datetime(2026, 6, 1, tzinfo=UTC))
    data = sign(given(), ONE, old)
    assert (only(data).result, only(data).reason) == (
        "invalid",
        worth.OUT_OF_DATE.format("01/01/2025", "01/06/2026"),
    )
    assert only(data, datetime(2026, 5, 1, tzinfo=UTC)).result == "valid"


def test_the_time_of_a_trusted_stamp_counts_before_ours() -> None:
    old = holder("Nguyễn Thị Hoa", root(), begins=LONG_AGO, ends=datetime(2026, 6, 1, tzinfo=UTC))
    moment = datetime(2026, 5, 1, 7, tzinfo=UTC)
    stamped = {"stamper": holder("Giờ", root(), stamps=True), "stamped": moment}
    found = only(sign(given(), ONE, old, **stamped))
    assert (found.result, found.at, found.stamped) == ("valid", moment, True)
    strange = {"stamper": holder("Giờ", holder("Nơi cấp lạ", authority=True), stamps=True), "stamped": moment}
    found = only(sign(given(), ONE, old, **strange))
    assert (found.result, found.stamped) == ("invalid", False)


def test_what_was_revoked_is_known_from_the_folder(folder: Path) -> None:
    trusting(folder, root(), thu_hoi=revoked(root()))
    assert only(by_hoa()).revocation == worth.LOOKED_UP
    trusting(folder, root(), thu_hoi=revoked(root(), hoa(), on=datetime(2026, 10, 1, tzinfo=UTC)))
    found = only(by_hoa())
    assert (found.result, found.reason) == ("invalid", worth.REVOKED.format("01/10/2026"))
    assert only(by_hoa(), datetime(2026, 9, 30, tzinfo=UTC)).result == "valid"


def test_what_cannot_be_read_in_the_folder_is_named(folder: Path) -> None:
    (folder / "hong.cer").write_bytes(b"khong phai chung thu")
    (folder / "doc.txt").write_text("ai cap, ngay nao")
    looked = seen(by_hoa())
    assert (looked.passed_over, looked.found[0].result) == (("hong.cer",), "valid")


def test_a_byte_that_was_changed_after_signing_is_found() -> None:
    """The year in which the signer's program says it was made."""
    changed = given() + by_hoa()[len(given()) :].replace(b"/M (D\\0722026", b"/M (D\\0722025")
    assert changed != by_hoa()
    assert (only(changed).result, only(changed).reason) == ("invalid", worth.BROKEN)


def note(writer: Any) -> None:
    writer.register_annotation(
        writer.find_page_for_modification(0)[0],
        writer.add_object(
            generic.DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/Annot"),
                    pdf_name("/Subtype"): pdf_name("/FreeText"),
                    pdf_name("/Contents"): pdf_string("Sửa"),
                    pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (1, 1, 99, 99))),
                }
            )
        ),
    )


def page(writer: Any) -> None:
    first = writer.find_page_for_modification(0)[0].get_object()
    again = generic.DictionaryObject({key: first.raw_get(key) for key in first if key not in ("/Annots", "/Parent")})
    writer.insert_page(again)


def words(writer: Any) -> None:
    """Another text in place of the page's own."""
    held = writer.find_page_for_modification(0)[0].get_object()
    held[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(held)


def program(writer: Any) -> None:
    writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    )
    writer.update_root()


def field(writer: Any) -> None:
    append_signature_field(writer, SigFieldSpec("khac", box=(10, 10, 200, 60)))


def moved(writer: Any) -> None:
    """The field grows over the whole page, to cover its words with others."""
    first = writer.root["/AcroForm"]["/Fields"][0]
    first[pdf_name("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842)))
    writer.update_container(first)


def loose(writer: Any) -> None:
    writer.add_object(generic.StreamObject(stream_data=b"MZ a program"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (note, inside.NOTES),
        (page, inside.PAGES),
        (words, inside.MORE),
        (program, inside.MORE),
        (field, inside.NOTES),
        (moved, inside.MORE),
        (loose, inside.MORE),
    ],
)
def test_nothing_but_signatures_may_come_to_the_paper(change: Any, sentence: str) -> None:
    assert seen(sign(added(given(), change), ONE, hoa())) == Looked(sentence, anchors=1)


@pytest.mark.parametrize(("change", "sentence"), [(note, inside.NOTES), (words, inside.MORE)])
def test_nor_behind_a_signature(change: Any, sentence: str) -> None:
    assert seen(added(by_hoa(), change)) == Looked(sentence, anchors=1)


def test_a_signature_stands_in_a_field_of_the_paper() -> None:
    place = SigFieldSpec("khac", box=(10, 10, 200, 60))
    assert seen(sign(added(given(), lambda w: append_signature_field(w, place)), "khac", hoa())).refused == (
        inside.OUTSIDE
    )


def test_one_certificate_signs_once_unless_one_person_stands_there_twice() -> None:
    data = sign(by_hoa(), TWO, hoa())
    assert seen(data) == Looked(inside.TWICE, anchors=1)
    assert seen(data, one_person=True).fields == {1, 2}


def test_no_picture_of_a_signature_is_taken() -> None:
    from PIL import Image

    drawn = TextStampStyle(stamp_text="%(signer)s", background=PdfImage(Image.new("RGB", (40, 20), "blue")))
    assert seen(sign(given(), ONE, hoa(), looks=drawn)).refused == inside.PICTURE
    only_words = TextStampStyle(stamp_text="%(signer)s")
    assert only(sign(given(), ONE, hoa(), looks=only_words)).result == "valid"


def test_a_signature_that_locks_the_file_is_sent_back() -> None:
    certified = sign(given(), ONE, hoa(), certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    assert seen(certified).refused == inside.CERTIFIED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (lambda: by_both()[:-900], UNREADABLE),
        (lambda: by_both() + b"them vao\n", inside.MORE),
        (lambda: given() + by_both(), None),
        (lambda: given() + b"\n%%EOF\n", UNREADABLE),
        (lambda: given() + b"startxref\n0\n%%EOF\n", None),
        (lambda: given() + bytes(range(256)) * 40 + b"startxref\n20\n%%EOF\n", None),
    ],
    ids=["cut off", "words behind", "a file behind", "an end", "no table", "anything"],
)
def test_what_is_no_file_any_more_is_refused(data: Any, sentence: str | None) -> None:
    looked = seen(data())
    assert not looked.found
    assert looked.refused == sentence if sentence else looked.refused in (inside.MORE, UNREADABLE)


def test_the_paper_of_somebody_else_is_not_read_as_ours() -> None:
    """Who calls compares the beginning; a shadow of another file behind ours is found here."""
    other = sign(given("NGHỊ QUYẾT"), ONE, hoa())
    assert seen(given() + other).refused in (inside.MORE, UNREADABLE)
