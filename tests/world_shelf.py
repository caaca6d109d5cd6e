"""What stands on a cell's shelf and on the committee's above it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from errands import actions as errands
from errands.models import Errand
from shelf import actions
from shelf.actions import Source
from shelf.models import Entry, EntryKind, Seen

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from members.models import Organisation, User
    from tests.world import Crew

WORDS = "Sinh hoạt chuyên đề ít nhất mỗi quý một lần"


def source(**changes: Any) -> Source:
    told = {
        "body": "Đảng uỷ phường Hoa Sen",
        "title": "Nghị quyết về sinh hoạt chi bộ",
        "number": "15-NQ/ĐU",
        "dated_on": date(2026, 10, 1),
        "seen_by": "Nguyễn Thị Lan",
        "seen_as": Seen.ORIGINAL,
        "seen_where": "Văn phòng Đảng uỷ",
    }
    return Source(**{**told, **changes})


def put(on: Organisation, by: User, at: datetime, kind: EntryKind = EntryKind.DOCUMENT, **changes: Any) -> Entry:
    return actions.put(on, kind, source(**changes), by=by, at=at)


def keep_errand(body: Organisation, by: User, at: datetime, **changes: Any) -> Errand:
    """Given to every cell below, unless `cells` says to which."""
    told = {"text": "Báo cáo việc học tập", "document": "12-CV/ĐU", "due_on": date(2026, 12, 20), "cells": []}
    return errands.give(body, by=by, at=at, **{**told, **changes})


def keep_topic(body: Organisation, by: User, at: datetime, **changes: Any) -> Errand:
    """For the year 2027 of every cell below, in whichever month, at a thematic meeting."""
    told = {"text": "Chống lãng phí", "due_on": None, "kind": "thematic", "year": 2027}
    return keep_errand(body, by, at, **{**told, **changes})


def begin_errand(crew: Crew, given: Errand, at: datetime) -> Errand:
    """The cell has said that it is at it; and one of the cell's own branch, of which nobody in it knows."""
    lead = crew.account(crew.lead)
    errands.report(given.charges.get(cell=crew.cell), state="going", words="Đang làm.", by=lead, at=at)
    Errand.objects.create(organisation=crew.cell, text="Của riêng một nơi", given_by=given.given_by, given_at=at)
    return given


def keep_shelf(crew: Crew, by: User, at: datetime) -> dict[str, Model]:
    """An entry with a file and a passage; one of the committee's, by whoever follows from above."""
    lead = crew.account(crew.lead)
    entry = put(crew.cell, lead, at)
    actions.attach(entry, SimpleUploadedFile("van-ban.pdf", b"%PDF-1.7\n%%EOF\n"), by=lead, at=at)
    quotation = actions.quote(entry, words=WORDS, place="mục 2", by=lead, at=at)
    above = crew.cell.parent
    assert above is not None
    given = Entry.objects.filter(organisation=above).first() or put(above, by, at, number="7-HD/ĐU")
    return {"entry": entry, "quotation": quotation, "given-down": given}
