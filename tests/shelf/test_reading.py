"""What a meeting reads: beside its agenda and on its notice, as it stood when that went out; the month's bulletin."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.model import para
from meetings.actions import planning
from meetings.extension import advised, to_read
from meetings.papers.notice import build_notice
from meetings.rules import rulebook_of
from members.refusal import AlreadyDone, Refused
from shelf import actions
from shelf.models import Entry, EntryKind, Reading
from tests.factories import NOW, at, plan_fields
from tests.meetings.steps import forbidden
from tests.world_shelf import put

if TYPE_CHECKING:
    from meetings.extension import Business
    from meetings.models import Meeting
    from tests.conftest import AsUser, Cast

LATER = at("2026-11-28 08:00")


def regular(cast: Cast) -> Meeting:
    fields = plan_fields(chair=cast.lan, minute_taker=cast.hoa, topic="")
    fields.pop("author")
    return planning.plan_meeting(cast.cell, kind="regular", by=cast.account(cast.lan), at=NOW, **fields)


def issue(cast: Cast, month: int) -> None:
    told = {"number": "", "dated_on": None, "title": "", "issue_on": date(2026, month, 1)}
    put(cast.ward, cast.phuc, NOW, EntryKind.BULLETIN, **told)


def said(meeting: Meeting) -> list[str]:
    return [one.sentence for one in to_read(meeting, meeting.items.all(), LATER)]


def missed(meeting: Meeting) -> list[Business]:
    return advised(meeting, meeting.items.all(), rulebook_of(meeting), NOW)


def test_a_document_for_an_item_stands_on_the_notice_and_a_notice_goes_on_naming_what_it_named(cast: Cast) -> None:
    lan, meeting = cast.account(cast.lan), regular(cast)
    entry, item = put(cast.ward, cast.phuc, NOW), meeting.items.all()[1]
    reading = actions.read_at(item, entry, part="mục 2", by=lan, at=NOW)
    with pytest.raises(AlreadyDone):
        actions.read_at(item, entry, part="", by=lan, at=NOW)
    with forbidden():
        actions.read_at(item, entry, part="", by=cast.account(cast.hoa), at=NOW)
    line = "Mục 2: Nghị quyết số 15-NQ/ĐU, ngày 01/10/2026 của Đảng uỷ phường Hoa Sen về sinh hoạt chi bộ, mục 2"
    assert said(meeting) == [line]
    planning.call(meeting, by=lan, at=at("2026-11-25 08:00"))
    actions.withdraw(entry, by=cast.phuc, at=LATER)
    actions.read_no_more(reading, by=lan, at=LATER)
    assert said(meeting) == [line]
    assert para(f"- {line}.") in build_notice(meeting).blocks
    with pytest.raises(Refused, match="cất khỏi tủ"):
        actions.read_at(item, entry, part="", by=lan, at=LATER)


def test_the_bulletin_of_the_month_comes_under_current_affairs_by_itself_and_is_missed_where_there_is_none(
    cast: Cast, planned: Meeting
) -> None:
    meeting = regular(cast)
    issue(cast, 11)
    missing = "Tủ tài liệu chưa có bản tin sinh hoạt chi bộ tháng 12/2026 (HD 37-HD/BTGDVTW)"
    assert ([one.sentence for one in missed(meeting)], said(meeting)) == ([missing], [])
    assert missed(planned) == []  # a thematic agenda has no such item
    issue(cast, 12)
    number = [item.step for item in meeting.items.all()].index("current_affairs") + 1
    assert (missed(meeting), said(meeting)) == (
        [],
        [f"Mục {number}: Đảng uỷ phường Hoa Sen: Bản tin sinh hoạt chi bộ, tháng 12/2026"],
    )


def test_the_secretary_puts_it_beside_an_item_on_the_page_of_the_meeting(cast: Cast, as_user: AsUser) -> None:
    meeting, entry = regular(cast), put(cast.ward, cast.phuc, NOW)
    lan, url = as_user(cast.lan), f"/meetings/{meeting.pk}/readings/"
    assert lan.post(url, {"entry": "99999999", "item": "x", "part": "mục 1"}).status_code == 422
    lan.post(url, {"entry": entry.pk, "item": meeting.items.all()[0].pk, "part": "mục 1"})
    page = lan.get(f"/meetings/{meeting.pk}/").content.decode()
    assert "Mục 1: Nghị quyết số 15-NQ/ĐU" in page
    assert "chưa có bản tin sinh hoạt chi bộ tháng 12/2026" in page
    lan.post(f"/readings/{meeting.readings.get().pk}/remove/")
    assert said(meeting) == []


def test_a_file_that_was_taken_off_opens_where_a_notice_has_named_it_and_for_whoever_keeps_the_shelf(
    cast: Cast, as_user: AsUser
) -> None:
    meeting, lan = regular(cast), cast.account(cast.lan)
    issue(cast, 12)
    entry, bulletin = put(cast.ward, cast.phuc, NOW), Entry.objects.get(kind=EntryKind.BULLETIN)
    for one in (entry, bulletin):
        pdf = SimpleUploadedFile("van-ban.pdf", b"%PDF-1.7\n%%EOF\n")
        actions.attach(one, pdf, by=cast.phuc, at=NOW)

    def opens(one: Entry) -> list[int]:
        people = (cast.account(cast.hoa), cast.account(cast.mai), cast.phuc)
        return [as_user(who).get(f"/shelf/{one.pk}/file/").status_code for who in people]

    reading = actions.read_at(meeting.items.all()[1], entry, part="", by=lan, at=NOW)
    assert (opens(entry), opens(bulletin)) == ([200] * 3, [200] * 3)
    planning.call(meeting, by=lan, at=at("2026-11-25 08:00"))
    for one in (entry, bulletin):
        actions.withdraw(one, by=cast.phuc, at=LATER)
    assert (opens(entry), opens(bulletin)) == ([200, 404, 200], [200, 404, 200])
    Reading.objects.filter(pk=reading.pk).update(removed_at=at("2026-11-24 08:00"))  # before anybody was told of it
    assert opens(entry) == [404, 404, 200]
    page = as_user(cast.hoa).get(f"/shelf/{entry.pk}/")
    assert (page.status_code, "đã cất cùng tài liệu" in page.text, "/file/" in page.text) == (200, True, False)
