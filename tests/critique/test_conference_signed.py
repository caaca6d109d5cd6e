"""The full minutes of a conference go out to be signed and come back; what is kept of them shows no word."""

from __future__ import annotations

import secrets
from base64 import b64encode
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.db.migrations.exceptions import IrreversibleError
from django.urls import reverse
from pypdf import PdfReader

from book.verify import verify
from critique.conference import keeper
from critique.course import actions as committee
from critique.hearing.models import Opening, Proceedings
from critique.sealing.rotation import rotate
from documents.model import para
from meetings.actions import signed
from tests.critique.conferences import PLANNED, open_it, plan
from tests.critique.conftest import SECRET
from tests.critique.test_conference import close, sealed
from tests.signing import holder, trusting
from tests.signing import sign as sign_outside

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from critique.cycle.models import Cycle
    from tests.conftest import AsUser, Cast


def test_the_full_minutes_are_signed_outside_and_their_copies_show_no_word_in_the_database(
    cast: Cast, cycle: Cycle, as_user: AsUser, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = holder("Nơi cấp thử", authority=True)
    settings.TRUST_FOLDER = trusting(tmp_path / "trust", authority)
    monkeypatch.setattr(keeper, "sections", lambda _: {"review_persons": [para(SECRET)]})
    committee.draw_up(cycle, by=cast.account(cast.lan), at=PLANNED)
    meeting = sealed(cast, close(cast, open_it(cast, plan(cast, cycle))))
    page = f"/critique/{cycle.pk}/conference/signed/"
    lan, hoa = as_user(cast.lan), as_user(cast.hoa)
    assert f'href="{page}"' in lan.get(reverse("minutes", args=[meeting.pk])).content.decode()
    assert page not in as_user(cast.tuan).get(reverse("minutes", args=[meeting.pk])).content.decode()
    assert as_user(cast.tuan).get(page).status_code == 403
    assert lan.get(f"/signed/minutes/{meeting.pk}/").status_code == 404
    assert lan.get(f"/signed/proceedings/{cycle.pk}/").status_code == 404
    assert lan.post(f"{page}give/").status_code == 302
    opened_before = Opening.objects.count()
    given = hoa.get(f"{page}0.pdf").content
    assert SECRET in " ".join("".join(sheet.extract_text() for sheet in PdfReader(BytesIO(given)).pages).split())
    assert Opening.objects.count() > opened_before
    both = sign_outside(given, "o-ky-1", holder("Nguyễn Thị Hoa", authority))
    both = sign_outside(both, "o-ky-2", holder("Trần Thị Lan", authority))
    refused = hoa.post(f"{page}add/", {"file": SimpleUploadedFile("a.pdf", given + b"%")})
    assert refused.status_code == 422
    assert hoa.post(f"{page}add/", {"file": SimpleUploadedFile("a.pdf", both)}).status_code == 302
    assert lan.get(page).content.decode().count("<b>Hợp lệ</b>") == 2
    assert lan.get(f"{page}1.pdf").content == both
    assert verify(cast.cell).whole
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM critique_proceedingscopy")
        stored = [str(one) for (one,) in cursor.fetchall()]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE critique_proceedingscopy SET size = 1")
    assert (len(stored), any(b64encode(given)[:40].decode() in one for one in stored)) == (2, False)
    back = import_module("critique.migrations.0005_the_conference_signed_outside").refuse_where_one_is_kept
    with pytest.raises(IrreversibleError, match="Còn 2 bản ký số biên bản hội nghị"):
        back(apps, None)
    new = secrets.token_urlsafe(32)
    settings.CRITIQUE_KEYS = [new, *settings.CRITIQUE_KEYS]
    rotate()
    settings.CRITIQUE_KEYS = [new]
    assert lan.get(f"{page}1.pdf").content == both
    assert verify(cast.cell).whole
    settings.CRITIQUE_KEYS = [secrets.token_urlsafe(32)]
    copy = signed.copies_of("proceedings", Proceedings.objects.get())[0]
    assert signed.wrong_with("proceedings", copy) == signed.UNOPENED
    assert (lan.get(page).status_code, lan.get(f"{page}1.pdf").status_code) == (200, 404)
    assert lan.post(f"{page}add/", {"file": SimpleUploadedFile("a.pdf", both)}).status_code == 422
