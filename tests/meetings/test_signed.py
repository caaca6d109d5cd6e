"""A sealed paper goes out to be signed and comes back: who may, what is kept, what the page says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from book.models import Link
from book.verify import verify
from documents import signed_inside as inside
from documents.http import WORD
from documents.signed_worth import OWN, STRANGE
from meetings.actions import minutes, resolutions, signed
from meetings.in_book import SIGNED
from meetings.models import Meeting, Resolution, SignedCopy
from tests.factories import at
from tests.meetings.steps import close, forbidden, fresh, refused, seal
from tests.signing import holder, sign, trusting

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from tests.conftest import AsUser, Cast
    from tests.once import Shelf
    from tests.signing import Holder

LATER = at("2026-12-04 09:00")
ONE, TWO = "o-ky-1", "o-ky-2"


def root() -> Holder:
    return holder("Nơi cấp thử", authority=True)


def person(name: str) -> Holder:
    return holder(name, root())


@pytest.fixture
def sealed(cast: Cast, opened: Meeting, once: Shelf) -> Meeting:
    return once.get("sealed, to be signed outside", lambda: seal(cast, close(cast, opened)))


@pytest.fixture
def given(cast: Cast, sealed: Meeting, once: Shelf) -> SignedCopy:
    who = {"by": cast.account(cast.hoa), "at": LATER}
    return once.get("given to sign", lambda: signed.give("minutes", sealed.minutes, **who))


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.TRUST_FOLDER = trusting(tmp_path / "trust", root())
    return tmp_path / "trust"


def upload(data: bytes, name: str = "bien-ban.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def keep(cast: Cast, meeting: Meeting, data: bytes, **who: Any) -> SignedCopy:
    usual = {"by": cast.account(cast.hoa), "at": LATER, **who}
    return signed.keep("minutes", fresh(meeting).minutes, upload(data), **usual)


def add(client: Client, meeting: Meeting, data: bytes) -> Any:
    return client.post(f"/signed/minutes/{meeting.pk}/add/", {"file": upload(data)})


def test_both_sign_in_turn_and_everything_stands_in_the_book(
    cast: Cast, sealed: Meeting, given: SignedCopy, as_user: AsUser
) -> None:
    hoa = as_user(cast.hoa)
    first = sign(bytes(given.data), ONE, person("Nguyễn Thị Hoa"))
    assert add(hoa, sealed, first).status_code == 302
    place = f"/signed/minutes/{sealed.pk}"
    page = hoa.get(f"{place}/").content.decode()
    assert page.count("<b>Hợp lệ</b>") == 1
    assert "Chưa ký" in page
    back = hoa.get(f"{place}/1.pdf")
    assert back.content == first
    assert back["Content-Disposition"].startswith("attachment")
    assert add(as_user(cast.lan), sealed, sign(back.content, TWO, person("Trần Thị Lan"))).status_code == 302
    page = as_user(cast.tuan).get(f"{place}/").content.decode()
    assert page.count("<b>Hợp lệ</b>") == 2
    assert "Tải lên" not in page.split("Bản để ký")[1].split("Các lần")[0]
    assert [(one.number, one.signed) for one in signed.copies_of("minutes", sealed.minutes)] == [
        (2, {1, 2}),
        (1, {1}),
        (0, set()),
    ]
    assert Link.objects.filter(kind=SIGNED).count() == 3
    assert verify(cast.cell).whole


def test_the_copy_to_sign_is_made_once_and_is_the_paper_with_its_code(
    cast: Cast, sealed: Meeting, given: SignedCopy, as_user: AsUser
) -> None:
    assert signed.give("minutes", sealed.minutes, by=cast.account(cast.lan), at=LATER) == given
    page = as_user(cast.lan).get(f"/meetings/{sealed.pk}/minutes/").content.decode()
    assert f"/signed/minutes/{sealed.pk}/" in page
    plain = as_user(cast.lan).get(f"/meetings/{sealed.pk}/minutes.pdf").content
    assert b"/Sig" not in plain
    assert signed.paper_of("minutes", sealed.minutes).proof.code  # type: ignore[union-attr]


def test_who_may_not_take_it_out_may_not_bring_it_back(
    cast: Cast, sealed: Meeting, given: SignedCopy, as_user: AsUser
) -> None:
    for member in (cast.tuan,):
        with forbidden():
            signed.give("minutes", sealed.minutes, by=cast.account(member), at=LATER)
        with forbidden():
            keep(cast, sealed, b"%PDF-", by=cast.account(member))
    assert as_user(cast.mai).get(f"/signed/minutes/{sealed.pk}/").status_code == 404
    assert as_user(cast.phuc).get(f"/signed/minutes/{sealed.pk}/0.pdf").status_code == 200
    for address in ("letter/1", f"minutes/{sealed.pk + 9}", "addendum/99", "resolution/99"):
        assert as_user(cast.lan).get(f"/signed/{address}/").status_code == 404


def test_what_is_not_sealed_has_no_copy(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    close(cast, opened)
    assert as_user(cast.lan).get(f"/signed/minutes/{opened.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda data: data, inside.NONE_YET),
        (lambda data: data[:-1], signed.NOT_OURS),
        (lambda data: b"%PDF-1.7\n%%EOF\n", signed.NOT_OURS),
        (lambda data: data[:900] + b"x" + data[901:], signed.NOT_OURS),
        (lambda data: b"khong phai", signed.NOT_PDF),
        (lambda data: data + bytes(30 << 20), "Tệp nặng 30,0 MB, quá 10 MB."),
        (
            lambda data: sign(data, ONE, holder("Tự tôi")),
            f"Chữ ký của Tự tôi ở ô 1: không hợp lệ, {OWN}.",
        ),
        (
            lambda data: sign(data, ONE, holder("Ai", holder("Nơi cấp lạ", authority=True))),
            f"Chữ ký của Ai ở ô 1: không kiểm tra được, {STRANGE.format('Nơi cấp lạ')}.",
        ),
        (lambda data: sign(sign(data, ONE, person("Hoa")), TWO, person("Hoa")), inside.TWICE),
    ],
    ids=["unsigned", "cut", "another", "changed", "no PDF", "30 MB", "own", "strange", "twice"],
)
def test_what_is_refused_is_said_beside_the_field_and_not_kept(
    cast: Cast, sealed: Meeting, given: SignedCopy, made: Any, sentence: str
) -> None:
    events = sealed.events.count()
    with refused(sentence, "file"):
        keep(cast, sealed, made(bytes(given.data)))
    assert (SignedCopy.objects.count(), sealed.events.count()) == (1, events)


def test_a_page_with_the_sentence_comes_back(cast: Cast, sealed: Meeting, given: SignedCopy, as_user: AsUser) -> None:
    answer = add(as_user(cast.hoa), sealed, bytes(given.data))
    assert answer.status_code == 422
    assert inside.NONE_YET in answer.content.decode()
    assert as_user(cast.hoa).post(f"/signed/minutes/{sealed.pk}/add/").status_code == 422


def test_no_signature_is_lost_and_no_file_kept_twice(cast: Cast, sealed: Meeting, given: SignedCopy) -> None:
    hoa = sign(bytes(given.data), ONE, person("Nguyễn Thị Hoa"))
    keep(cast, sealed, hoa)
    with refused(signed.TWICE, "file"):
        keep(cast, sealed, hoa)
    lost = "Bản tải lên lần trước có chữ ký ở ô 1 mà tệp này không có. Xin tải bản ấy về và ký tiếp trên đó."
    with refused(lost, "file"):
        keep(cast, sealed, sign(bytes(given.data), TWO, person("Trần Thị Lan")))
    assert keep(cast, sealed, sign(hoa, TWO, person("Trần Thị Lan"))).number == 2


def test_without_authorities_it_is_kept_and_said_to_be_unknown(
    cast: Cast, sealed: Meeting, given: SignedCopy, as_user: AsUser, folder: Path
) -> None:
    (folder / "goc-0.pem").unlink()
    keep(cast, sealed, sign(bytes(given.data), ONE, person("Nguyễn Thị Hoa")))
    page = f"/signed/minutes/{sealed.pk}/"
    assert "<b>Không kiểm tra được</b>" in as_user(cast.lan).get(page).content.decode()
    trusting(folder, root())
    assert "<b>Hợp lệ</b>" in as_user(cast.lan).get(page).content.decode()


def test_an_addendum_is_signed_outside_as_well(cast: Cast, sealed: Meeting, as_user: AsUser) -> None:
    by = cast.account(cast.hoa)
    row = minutes.add_addendum(sealed, text="Đính chính họ tên.", reason="Ghi nhầm", by=by, at=LATER)
    hoa = as_user(cast.hoa)
    assert hoa.post(f"/signed/addendum/{row.pk}/give/").status_code == 302
    copy = SignedCopy.objects.get()
    data = sign(bytes(copy.data), ONE, person("Nguyễn Thị Hoa"))
    assert hoa.post(f"/signed/addendum/{row.pk}/add/", {"file": upload(data)}).status_code == 302
    assert "Hợp lệ" in hoa.get(f"/signed/addendum/{row.pk}/?{WORD}").content.decode()


def test_a_resolution_has_one_field_and_is_signed_outside_once_it_is_sealed(
    cast: Cast, sealed: Meeting, as_user: AsUser
) -> None:
    lan = cast.account(cast.lan)
    told = {"kind": "NQ", "subject": "Nêu gương", "vote": None, "issued_on": date(2026, 12, 3)}
    row = resolutions.issue(sealed, **told, by=lan, at=LATER)
    page = f"/signed/resolution/{row.pk}/"
    assert as_user(cast.lan).get(page).status_code == 404
    row = Resolution.objects.with_meeting().get(pk=row.pk)
    resolutions.sign(row, seen=resolutions.paper_of(row, lan).fingerprint, by=lan, at=LATER)
    assert as_user(cast.lan).post(f"{page}give/").status_code == 302
    data = sign(bytes(SignedCopy.objects.get().data), ONE, person("Trần Thị Lan"))
    assert as_user(cast.lan).post(f"{page}add/", {"file": upload(data)}).status_code == 302
    shown = as_user(cast.tuan).get(page).content.decode()
    assert "Ô 1: Trần Thị Lan" in shown
    assert "Ô 2" not in shown


def test_nothing_changes_a_copy_and_what_was_changed_all_the_same_is_seen(
    cast: Cast, sealed: Meeting, given: SignedCopy
) -> None:
    for change in ("UPDATE meetings_signedcopy SET size = 1", "DELETE FROM meetings_signedcopy"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    given.data = bytes(given.data) + b" "
    assert signed.wrong_with("minutes", given).startswith("Tệp đang lưu không đúng")
