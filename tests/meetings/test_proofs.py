"""The draft minutes go to those who were there: each may ask to correct their own words, each is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.actions import evening, minutes, proofs
from meetings.models import Correction, Meeting, Remark, Seat
from meetings.todo import todos
from members.saving.actions import save_text
from tests.factories import new_key
from tests.meetings.steps import SIGNED, close, forbidden, fresh, on_screen, refused, row_of, say, seal
from tests.once import built_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from members.models import Member
    from tests.conftest import Cast

WORDS = "Tôi nói ba việc, không phải hai."


@built_once
def said(cast: Cast, opened: Meeting) -> dict[str, Remark]:
    """Tuấn and Sơn, who has no device, have spoken; the meeting is over."""
    found = {name: say(cast, opened, row_of(opened, getattr(cast, name)), text=name) for name in ("tuan", "son")}
    close(cast, opened)
    return {name: Remark.objects.with_meeting().get(pk=one.pk) for name, one in found.items()}


def propose(cast: Cast, remark: Remark, by: Member) -> Correction:
    return proofs.propose_correction(remark, text=WORDS, by=cast.account(by), at=SIGNED)


def fresh_remark(row: Correction) -> Remark:
    return Remark.objects.get(pk=row.remark_id)


def answer(cast: Cast, row: Correction, *, adopted: bool, reason: str = "") -> None:
    proofs.answer_correction(row, adopted=adopted, reason=reason, by=cast.account(cast.hoa), at=SIGNED)


def test_somebody_asks_to_correct_their_own_words(cast: Cast, said: dict[str, Remark]) -> None:
    row = propose(cast, said["tuan"], cast.tuan)
    assert (row.member, row.text, row.is_own, row.answered) == (cast.tuan, WORDS, True, None)


def test_nobody_asks_in_the_name_of_whoever_can(cast: Cast, said: dict[str, Remark]) -> None:
    for somebody in (cast.lan, cast.hoa):
        with forbidden():
            propose(cast, said["tuan"], somebody)
    with forbidden():
        propose(cast, said["son"], cast.tuan)


def test_the_table_enters_it_for_a_member_without_a_device(cast: Cast, said: dict[str, Remark]) -> None:
    row = propose(cast, said["son"], cast.hoa)
    assert (row.member, row.entered_by, row.is_own) == (cast.son, cast.account(cast.hoa), False)


def test_words_that_were_just_taken_out_are_not_corrected(cast: Cast, said: dict[str, Remark]) -> None:
    evening.remove_remark(Remark.objects.with_meeting().get(pk=said["tuan"].pk), by=cast.account(cast.hoa), at=SIGNED)
    with refused("Ý kiến này vừa được bỏ khỏi biên bản.", "text"):
        propose(cast, said["tuan"], cast.tuan)


def test_not_adopting_wants_a_reason_and_an_answer_is_given_once(cast: Cast, said: dict[str, Remark]) -> None:
    row = propose(cast, said["tuan"], cast.tuan)
    with refused("Không tiếp thu thì cần nêu lý do.", "reason"):
        answer(cast, row, adopted=False)
    answer(cast, row, adopted=False, reason="Băng ghi âm ghi hai việc")
    assert str(Correction.objects.get().answered) == "Giữ nguyên: Băng ghi âm ghi hai việc"
    with refused("Đề nghị này đã được trả lời."):
        answer(cast, row, adopted=True)


def test_the_minutes_are_not_sealed_over_a_proposal_without_an_answer(cast: Cast, said: dict[str, Remark]) -> None:
    meeting = fresh(said["tuan"].meeting)
    row = propose(cast, said["tuan"], cast.tuan)
    sign = {"seen": on_screen(meeting), "at": SIGNED}
    minutes.sign(meeting, seat=Seat.MINUTE_TAKER, by=cast.account(cast.hoa), **sign)
    with refused("Còn 1 đề nghị sửa lời trong dự thảo chưa được trả lời."):
        minutes.sign(meeting, seat=Seat.CHAIR, by=cast.account(cast.lan), **sign)
    answer(cast, row, adopted=False, reason="Đúng lời đã nói")
    assert minutes.sign(meeting, seat=Seat.CHAIR, by=cast.account(cast.lan), **sign) is True
    with refused("Buổi họp đang ở bước “Đã ký biên bản” nên không làm được việc này."):
        propose(cast, said["tuan"], cast.tuan)
    assert Correction.objects.count() == 1  # kept


def test_adopted_is_written_once_the_words_were_changed(
    cast: Cast, said: dict[str, Remark], as_user: Callable[..., Client]
) -> None:
    row, by = propose(cast, said["tuan"], cast.tuan), cast.account(cast.hoa)
    with refused("Lời trong dự thảo vẫn như khi đề nghị. Xin sửa lời ở bàn thư ký trước, rồi ghi đã tiếp thu."):
        answer(cast, row, adopted=True)
    page = as_user(cast.hoa).get(f"/meetings/{row.meeting_id}/minutes/").content.decode()
    assert f'href="/items/{row.remark.item_id}/desk/"' in page
    save_text("remark", said["tuan"], {"text": WORDS}, base=fresh_remark(row).rev, by=by, at=SIGNED)
    answer(cast, row, adopted=True)
    assert (row.was, fresh_remark(row).words, Correction.objects.get().answered.adopted) == ("tuan", WORDS, True)  # type: ignore[union-attr]


def test_words_that_somebody_asked_to_correct_are_not_removed(cast: Cast, said: dict[str, Remark]) -> None:
    propose(cast, said["tuan"], cast.tuan)
    with refused("Ý kiến này đã có đề nghị sửa nên không xoá được; xin sửa câu chữ."):
        evening.remove_remark(said["tuan"], by=cast.account(cast.hoa), at=SIGNED)


def test_first_page_and_minutes_lead_there(cast: Cast, said: dict[str, Remark], as_user: Callable[..., Client]) -> None:
    meeting = said["tuan"].meeting
    to = f"/meetings/{meeting.pk}/minutes/#corrections"
    tuan, page = as_user(cast.tuan), f"/meetings/{meeting.pk}/minutes/"
    assert [one.what for one in todos(cast.account(cast.tuan), cast.cell, SIGNED) if one.url == to] == [
        "Đọc dự thảo biên bản"
    ]
    assert [one.text for one in tuan.get(page).context["words"]] == ["tuan"]
    assert [one.text for one in as_user(cast.hoa).get(page).context["words"]] == ["son"]
    tuan.post(f"/remarks/{said['tuan'].pk}/correct/", {"text": WORDS, "key": new_key()})
    assert [one.what for one in todos(cast.account(cast.hoa), cast.cell, SIGNED) if one.url == to] == [
        "Trả lời 1 đề nghị sửa biên bản"
    ]


def test_what_was_typed_stays_beside_the_sentence(
    cast: Cast, said: dict[str, Remark], as_user: Callable[..., Client]
) -> None:
    row = propose(cast, said["tuan"], cast.tuan)
    answered = as_user(cast.hoa).post(f"/corrections/{row.pk}/answer/", {"answer": "kept", "key": new_key()})
    assert (answered.status_code, answered.context["answer_form"].errors["reason"]) == (
        422,
        ["Không tiếp thu thì cần nêu lý do."],
    )


def test_sealed_minutes_lead_to_the_proposals_only_where_there_were_some(
    cast: Cast, said: dict[str, Remark], as_user: Callable[..., Client]
) -> None:
    remark, shown = said["tuan"], []
    seal(cast, remark.meeting)
    for _ in range(2):
        page = as_user(cast.lan).get(f"/meetings/{remark.meeting_id}/minutes/").content.decode()
        shown.append("?open=corrections" in page)
        told = {"member": cast.tuan, "text": WORDS, "entered_by": cast.account(cast.tuan), "entered_at": SIGNED}
        Correction.objects.create(meeting=remark.meeting, remark=remark, **told)
    assert shown == [False, True]
