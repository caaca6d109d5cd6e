"""The committee's papers, and who sees anything of its meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from documents.model import Head, Paragraph, Recipients, Signatures, Title
from meetings.actions import evening, following, planning
from meetings.models import Meeting
from meetings.papers import build_minutes, build_notice
from tests.meetings.committee import CALLED, OPENED, Committee, seat
from tests.meetings.steps import forbidden, fresh, row_of
from tests.once import built_once

if TYPE_CHECKING:
    import pytest
    from django.test import Client

    from documents.model import Document
    from tests.conftest import Cast


@built_once
def committee(cast: Cast, planned: Meeting) -> Committee:
    return seat(cast, planned)


def text(document: Document) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in document.blocks if isinstance(block, Paragraph)]


# --- The papers ---------------------------------------------------------------------------------


def test_the_minutes_stand_under_the_committee_and_name_who_sat_on_it(committee: Committee) -> None:
    committee.hold()
    document = build_minutes(committee.close())
    head, title = document.blocks[0], document.blocks[1]
    assert isinstance(head, Head)
    assert (head.superior, head.issuer, head.number) == (
        "ĐẢNG UỶ PHƯỜNG HOA SEN",
        "CHI UỶ CHI BỘ VĂN PHÒNG",
        "Số 01-BB/CU",
    )
    assert title == Title("BIÊN BẢN", ("Họp chi uỷ tháng 12 năm 2026",))
    assert text(document)[2:8] == [
        "Có mặt: 02/03 chi uỷ viên: đồng chí Trần Thị Lan, Bí thư; đồng chí Vũ Thái Bình, Phó bí thư.",
        "Vắng: 01.",
        "- Có lý do: 01: đồng chí Hà Mạnh Cường (lý do: đi công tác).",
        "- Không có lý do: không.",
        "Chủ trì: đồng chí Trần Thị Lan, Bí thư.",
        "Thư ký: đồng chí Vũ Thái Bình, Phó bí thư.",
    ]


def test_the_minutes_say_that_the_committee_heard_and_voted(committee: Committee) -> None:
    committee.hold()
    who = {"by": committee.lan, "at": OPENED}
    evening.record_vote(committee.last_item, question="Thông qua", in_favour=2, against=0, other=0, **who)
    evening.read_back(committee.meeting, **who)
    said = text(build_minutes(committee.close()))
    assert [line for line in said if "chi bộ" in line or "Tính trên" in line or "kết thúc" in line] == [
        (
            "Biểu quyết (giơ tay): Thông qua. Tính trên 03 chi uỷ viên; có mặt, được biểu quyết 02; "
            "tán thành 02/03 (66,7%), không tán thành: không, ý kiến khác: không. Biểu quyết thông thường cần trên 1/2 "
            "(Điều lệ Đảng, Điều 9, khoản 5): ít nhất 02. Kết quả: được thông qua."
        ),
        "Biên bản đã được đọc lại, chi uỷ nghe và thông qua. Cuộc họp kết thúc lúc 18 giờ 10 phút cùng ngày.",
    ]


def test_the_notice_is_signed_for_the_committee_and_goes_to_it(committee: Committee) -> None:
    planning.call(committee.meeting, by=committee.lan, at=CALLED)
    document = build_notice(fresh(committee.meeting))
    signed = document.blocks[-1]
    assert isinstance(signed, Signatures)
    assert signed.right is not None
    assert (document.blocks[1], signed.right.role_lines, signed.recipients) == (
        Title("THÔNG BÁO", ("Về thời gian, địa điểm, nội dung họp chi uỷ tháng 12",)),
        ("T/M CHI UỶ", "BÍ THƯ"),
        Recipients(("Chi uỷ viên",)),
    )


# --- Who sees it --------------------------------------------------------------------------------

PAGES = ("", "notice/", "notice.pdf", "live/pocket/", "pocket/", "wall/", "room/", "minutes/", "minutes.pdf", "edit/")


def answers(client: Client, meeting: Meeting) -> set[int]:
    return {client.get(f"/meetings/{meeting.pk}/{page}").status_code for page in PAGES}


def test_the_rest_of_the_cell_can_open_no_page_of_it(as_user: Any, cast: Cast, committee: Committee) -> None:
    committee.hold()
    meeting = committee.close()
    assert (answers(as_user(cast.hoa), meeting), answers(as_user(cast.mai), meeting)) == ({403}, {404})
    assert answers(as_user(committee.cuong), meeting) == {200, 302, 403}  # no desk, and no plan to edit any more


def test_the_rest_of_the_cell_finds_it_in_no_list(
    as_user: Any, cast: Cast, committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is of the committee sees both, the nearer one first."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: CALLED)
    planning.call(committee.meeting, by=committee.lan, at=CALLED)
    planning.call(committee.prepared, by=committee.lan, at=CALLED)
    seen = {
        person: (
            [meeting.kind for meeting in as_user(person).get(f"/cells/{cast.cell.pk}/meetings/").context["page"]],
            as_user(person).get("/").context["next"].kind,
        )
        for person in (cast.hoa, committee.cuong)
    }
    assert seen == {
        cast.hoa: (["thematic"], "thematic"),
        committee.cuong: (["committee", "thematic"], "committee"),
    }


def test_who_takes_the_minutes_without_sitting_on_it_sees_this_one(
    as_user: Any, cast: Cast, committee: Committee
) -> None:
    Meeting.objects.filter(pk=committee.meeting.pk).update(minute_taker=cast.hoa)
    listed = as_user(cast.hoa).get(f"/cells/{cast.cell.pk}/meetings/").context["page"]
    assert [meeting.kind for meeting in listed] == []  # a plan is not announced yet
    planning.call(committee.meeting, by=committee.lan, at=CALLED)
    listed = as_user(cast.hoa).get(f"/cells/{cast.cell.pk}/meetings/").context["page"]
    assert [meeting.kind for meeting in listed] == ["committee"]


def test_what_the_committee_gave_is_on_the_cells_list_without_the_way_to_its_minutes(
    as_user: Any, cast: Cast, committee: Committee
) -> None:
    committee.hold()
    who = {"by": committee.lan, "at": OPENED}
    following.assign_task(committee.meeting, text="Chuẩn bị", owner=committee.binh, due_on=None, item=None, **who)
    url = f"/cells/{cast.cell.pk}/tasks/?nam=2026"
    links = {
        person: [(row.task.text, row.may_see_meeting) for row in as_user(person).get(url).context["found"].going]
        for person in (cast.hoa, committee.cuong)
    }
    assert links == {cast.hoa: [("Chuẩn bị", False)], committee.cuong: [("Chuẩn bị", True)]}
    way = f'href="/meetings/{committee.meeting.pk}/"'
    assert [way in as_user(person).get(url).content.decode() for person in (cast.hoa, committee.cuong)] == [False, True]


def test_the_reviewer_above_reads_its_minutes_once_they_are_sealed(
    as_user: Any, cast: Cast, committee: Committee
) -> None:
    committee.hold()
    meeting = committee.close()
    phuc, url = as_user(cast.phuc), f"/meetings/{meeting.pk}/minutes/"
    before = phuc.get(url).status_code
    committee.seal()
    assert (before, phuc.get(url).status_code) == (404, 200)
    assert [row.pk for row in phuc.get("/inspections/").context["page"]] == [meeting.pk]


def test_a_plain_member_does_nothing_at_it(cast: Cast, committee: Committee) -> None:
    committee.hold()
    hoa = cast.account(cast.hoa)
    with forbidden():
        evening.read_back(committee.meeting, by=hoa, at=OPENED)
    with forbidden():
        planning.apologise(row_of(committee.meeting, cast.lan), reason="Ốm", by=hoa, at=OPENED)
