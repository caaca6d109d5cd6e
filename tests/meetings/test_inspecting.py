"""The superior committee's review of sealed minutes: comments, a verdict, the cell's answers, and where it stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from book.models import Link
from book.proof import newest_among
from documents.model import plain_text
from meetings.actions import inspecting, minutes
from meetings.exchanged import exchanged
from meetings.in_book import VERDICT
from meetings.lifecycle import INSPECTING
from meetings.models import Draft, Exchange, Inspection, InspectionComment, Meeting, Minutes
from meetings.papers import build_exchange
from meetings.todo import from_above, todos
from members.saving.actions import save_text
from tests.factories import at, make_committee, make_superior, new_key, press
from tests.meetings.steps import close, everything, forbidden, fresh, has_one_effect, refused, say, seal
from tests.once import built_once

if TYPE_CHECKING:
    from django.test import Client

    from members.models import User
    from tests.conftest import Cast

LATER = at("2026-12-05 09:00")
ANSWERED = at("2026-12-08 09:00")
AGAIN = at("2026-12-09 09:00")
DUE = date(2026, 12, 19)


@built_once
def sealed(cast: Cast, opened: Meeting) -> Meeting:
    say(cast, opened, opened.attendances.get(member=cast.tuan), text="Tôi nhất trí với dự thảo.")
    return seal(cast, close(cast, opened))


@built_once
def returned(cast: Cast, sealed: Meeting) -> Meeting:
    """With a comment on the roll and one on the whole, to be answered by the 19th."""
    comment(sealed, cast.phuc, part="attendance", text="Ghi rõ lý do vắng.")
    comment(sealed, cast.phuc, part="", text="Thiếu số liệu.")
    give(sealed, cast.phuc, "returned")
    return fresh(sealed)


def comment(meeting: Meeting, by: User, part: str = "closing", text: str = "Ghi rõ thời hạn.") -> InspectionComment:
    return inspecting.comment(meeting, part=part, text=text, by=by, at=LATER)


def give(meeting: Meeting, by: User, verdict: str, moment: Any = LATER, **more: Any) -> Inspection:
    until = {"answer_by": DUE} if verdict == "returned" else {}
    return inspecting.give_verdict(meeting, verdict=verdict, by=by, at=moment, **until, **more)


def answer(cast: Cast, meeting: Meeting, number: int = 0, text: str = "Đã bổ sung.", moment: Any = ANSWERED) -> None:
    row = InspectionComment.objects.with_meeting().filter(inspection__meeting=meeting)[number]
    inspecting.answer(row, answer=text, by=cast.account(cast.hoa), at=moment)


def state(meeting: Meeting) -> str:
    return Exchange.objects.get(meeting=meeting).state


def talk(meeting: Meeting) -> Any:
    return exchanged(fresh(meeting), {"attendance": "I. THÀNH PHẦN"})


# --- What the superior committee says -------------------------------------------------------


def test_comments_wait_for_the_verdict(cast: Cast, sealed: Meeting) -> None:
    comment(sealed, cast.phuc)
    comment(sealed, cast.phuc, part="", text="Biên bản rõ.")
    draft = Inspection.objects.get()
    assert (draft.verdict, draft.given_at, state(sealed)) == ("", None, "waiting")
    give(sealed, cast.phuc, "returned")
    look = Inspection.objects.get()
    assert (look.superior, look.verdict, look.given_at, look.answer_by) == (cast.phuc, "returned", LATER, DUE)
    assert list(look.comments.values_list("part", "text")) == [("closing", "Ghi rõ thời hạn."), ("", "Biên bản rõ.")]
    assert state(sealed) == "returned"


def test_nobody_of_the_cell_knows_of_a_comment_that_was_not_sent(cast: Cast, sealed: Meeting) -> None:
    comment(sealed, cast.phuc)
    own = [cast.account(cast.lan), cast.account(cast.hoa), cast.account(cast.tuan)]

    def known() -> list[tuple[int, int]]:
        kinds = (Inspection, InspectionComment)
        return [tuple(kind.objects.for_user(who).count() for kind in kinds) for who in [*own, cast.phuc]]  # type: ignore[misc]

    assert known() == [(0, 0), (0, 0), (0, 0), (1, 1)]
    give(sealed, cast.phuc, "reviewed")
    assert known() == [(1, 1), (1, 1), (1, 1), (1, 1)]


def test_a_look_without_a_comment_is_a_review_too(cast: Cast, sealed: Meeting) -> None:
    give(sealed, cast.phuc, "reviewed")
    assert list(Inspection.objects.values_list("verdict", "given_at", "answer_by")) == [("reviewed", LATER, None)]
    assert state(sealed) == "accepted"


def test_minutes_are_not_returned_without_a_word_or_without_a_day(cast: Cast, sealed: Meeting) -> None:
    with refused("Trả lại thì cần ít nhất một nhận xét.", "text"):
        give(sealed, cast.phuc, "returned")
    comment(sealed, cast.phuc)
    for day, sentence in (
        (None, "Xin ghi ngày chi bộ cần trả lời."),
        (date(2026, 12, 5), "Hạn trả lời phải sau hôm nay và trong vòng một năm."),
        (date(2028, 1, 1), "Hạn trả lời phải sau hôm nay và trong vòng một năm."),
    ):
        with refused(sentence, "answer_by"):
            inspecting.give_verdict(sealed, verdict="returned", answer_by=day, by=cast.phuc, at=LATER)


@pytest.mark.parametrize("verdict", ["", "burned"])
def test_a_verdict_is_one_of_two(cast: Cast, sealed: Meeting, verdict: str) -> None:
    with refused("Xin chọn đã xem xét hoặc trả lại.", "verdict"):
        give(sealed, cast.phuc, verdict)


def test_there_is_no_comment_on_a_part_that_the_paper_does_not_have(cast: Cast, sealed: Meeting) -> None:
    with refused("Biên bản không có phần này.", "part"):
        comment(sealed, cast.phuc, part="item-0")


def test_what_stands_typed_beside_the_verdict_goes_with_it(cast: Cast, sealed: Meeting) -> None:
    give(sealed, cast.phuc, "returned", part="attendance", text="Ghi rõ lý do vắng.")
    assert [(said.heading, said.comment.text) for said in talk(sealed).open] == [
        ("I. THÀNH PHẦN", "Ghi rõ lý do vắng.")
    ]


def test_one_click_gives_one_verdict(cast: Cast, sealed: Meeting) -> None:
    has_one_effect(lambda key: give(sealed, cast.phuc, "returned", text="Thiếu số liệu.", key=key), press())


def test_two_people_of_the_committee_do_not_write_into_each_others_look(cast: Cast, sealed: Meeting) -> None:
    colleague = make_superior(cast.ward, "Ngô Thị Thuỷ", "thuy")
    comment(sealed, cast.phuc)
    comment(sealed, colleague)
    assert list(Inspection.objects.values_list("superior__username", flat=True)) == ["phuc", "thuy"]


def test_minutes_that_are_not_sealed_are_not_inspected(cast: Cast, opened: Meeting) -> None:
    closed = close(cast, opened)
    with forbidden():
        comment(closed, cast.phuc)


@pytest.mark.parametrize("who", ["the secretary", "another branch"])
def test_only_the_committee_above_inspects(cast: Cast, sealed: Meeting, who: str) -> None:
    elsewhere = make_superior(make_committee("Đảng uỷ xã Tân Lập"), "Ngô Thị Thuỷ", "thuy")
    by = {"the secretary": cast.account(cast.lan), "another branch": elsewhere}[who]
    with forbidden():
        comment(sealed, by)


def test_whatever_is_said_changes_no_byte_of_the_minutes(cast: Cast, returned: Meeting) -> None:
    before = everything()[Minutes._meta.db_table]
    answer(cast, returned)
    answer(cast, returned, 1)
    give(returned, cast.phuc, "reviewed", AGAIN)
    assert everything()[Minutes._meta.db_table] == before


# --- The table of moves ----------------------------------------------------------------------


def test_the_moves_of_an_exchange() -> None:
    assert {name: (sorted(step.source), str(step.target), step.needs) for name, step in INSPECTING.items()} == {
        "accept": (["answered", "returned", "waiting"], "accepted", "minutes.inspect"),
        "return": (["accepted", "answered", "returned", "waiting"], "returned", "minutes.inspect"),
        "answer": (["accepted", "returned"], "answered", "minutes.answer"),
    }


def test_what_the_state_does_not_allow_is_refused_with_its_name(cast: Cast, returned: Meeting) -> None:
    Exchange.objects.update(state="accepted")
    no = "Việc xem xét biên bản này đang ở bước “Đã xem xét” nên không làm được việc này."
    with refused(no):
        give(returned, cast.phuc, "reviewed")
    with refused(no):
        answer(cast, returned)
    row = InspectionComment.objects.with_meeting().filter(inspection__meeting=returned)[0]
    with refused(no):
        save_text("comment-answer", row, {"answer": "Đang viết"}, base=0, by=cast.account(cast.hoa), at=LATER)


def test_each_step_leaves_one_event(cast: Cast, returned: Meeting) -> None:
    answer(cast, returned)
    answer(cast, returned, 1)
    exchange = Exchange.objects.get()
    assert list(exchange.events.values_list("number", "what", "actor__username")) == [
        (1, "comment", "phuc"),
        (2, "comment", "phuc"),
        (3, "return", "phuc"),
        (4, "answer_comment", "hoa"),
        (5, "answer_comment", "hoa"),
        (6, "answer", "hoa"),
    ]


# --- What the cell answers ------------------------------------------------------------------


def test_the_last_answer_puts_the_minutes_back_before_the_committee(cast: Cast, returned: Meeting) -> None:
    answer(cast, returned)
    assert (state(returned), len(talk(returned).open)) == ("returned", 1)
    answer(cast, returned, 1)
    assert (state(returned), len(talk(returned).open)) == ("answered", 0)
    assert Exchange.objects.get().since == ANSWERED


def test_what_is_new_is_what_came_since_the_last_look(cast: Cast, returned: Meeting) -> None:
    answer(cast, returned, text="Đã ghi lý do.")
    answer(cast, returned, 1, text="Số liệu ở phụ lục.")
    give(returned, cast.phuc, "returned", AGAIN, text="Phụ lục nào?")
    assert [said.comment.text for said in talk(returned).open] == ["Phụ lục nào?"]
    answer(cast, returned, 2, "Phụ lục 1.", at("2026-12-10 09:00"))
    assert [said.comment.answer for said in talk(returned).new_answers] == ["Phụ lục 1."]
    give(returned, cast.phuc, "reviewed", at("2026-12-11 09:00"))
    assert (state(returned), talk(returned).new_answers) == ("accepted", [])


def test_an_addendum_answers_whatever_stands_open(cast: Cast, returned: Meeting) -> None:
    answer(cast, returned)
    minutes.add_addendum(returned, text="Số liệu.", reason="Sót", by=cast.account(cast.lan), at=ANSWERED)
    assert [(said.comment.answer, said.comment.addendum is not None) for said in talk(returned).new_answers] == [
        ("Đã bổ sung.", False),
        ("", True),
    ]
    assert (state(returned), [one.number for one in talk(returned).new_addenda]) == ("answered", [1])


def test_an_addendum_after_the_acceptance_is_something_new_to_look_at(cast: Cast, sealed: Meeting) -> None:
    by = cast.account(cast.lan)
    minutes.add_addendum(sealed, text="Thêm.", reason="Sót", by=by, at=LATER)
    assert talk(sealed).state == "waiting"
    give(sealed, cast.phuc, "reviewed", ANSWERED)
    minutes.add_addendum(sealed, text="Thêm nữa.", reason="Sót", by=by, at=AGAIN)
    assert (state(sealed), [one.number for one in talk(sealed).new_addenda]) == ("answered", [2])


def test_what_stood_open_at_the_acceptance_is_asked_no_more(cast: Cast, returned: Meeting) -> None:
    give(returned, cast.phuc, "reviewed", ANSWERED)
    give(returned, cast.phuc, "returned", AGAIN, text="Xem lại phần kết luận.")
    assert [said.comment.text for said in talk(returned).open] == ["Xem lại phần kết luận."]
    answer(cast, returned, 2, moment=at("2026-12-10 09:00"))
    assert state(returned) == "answered"


def test_each_comment_is_answered_once_and_only_while_it_waits(cast: Cast, returned: Meeting) -> None:
    with refused("Xin ghi lời trả lời.", "answer"):
        answer(cast, returned, text="  ")
    answer(cast, returned)
    with refused("Nhận xét này đã được trả lời.", "answer"):
        answer(cast, returned)
    answer(cast, returned, 1)
    with refused("Việc xem xét biên bản này đang ở bước “Đã trả lời” nên không làm được việc này."):
        answer(cast, returned, 1)


@pytest.mark.parametrize("who", ["tuan", "mai"])
def test_whoever_has_no_part_in_the_minutes_answers_nothing(cast: Cast, returned: Meeting, who: str) -> None:
    row = InspectionComment.objects.with_meeting().filter(inspection__meeting=returned)[0]
    with forbidden():
        inspecting.answer(row, answer="Đã rõ.", by=cast.account(getattr(cast, who)), at=ANSWERED)


# --- What waits for whom, and the pages -----------------------------------------------------


def waits(cast: Cast, who: str, now: Any) -> list[tuple[str, str, bool]]:
    user = cast.phuc if who == "phuc" else cast.account(getattr(cast, who))
    found = from_above(user, now) if who == "phuc" else todos(user, cast.cell, now)
    return [(todo.what, todo.when, todo.late) for todo in found if "cấp trên" in todo.what or "trả lời" in todo.what]


def test_both_sides_have_it_in_their_list_with_a_day(cast: Cast, returned: Meeting) -> None:
    asked = "Trả lời nhận xét của cấp trên về biên bản"
    assert waits(cast, "lan", ANSWERED) == [(asked, "hạn 19/12/2026", False)]
    assert waits(cast, "hoa", ANSWERED) == [(asked, "hạn 19/12/2026", False)]
    assert (waits(cast, "tuan", ANSWERED), waits(cast, "phuc", ANSWERED)) == ([], [])
    late = at("2026-12-20 08:00")
    assert waits(cast, "lan", late) == [(asked, "hạn 19/12/2026", True)]
    assert waits(cast, "phuc", late) == [("Chưa có trả lời về biên bản", "hạn 19/12/2026", True)]
    answer(cast, returned)
    answer(cast, returned, 1)
    assert waits(cast, "lan", late) == []
    assert waits(cast, "phuc", late) == [("Xem trả lời về biên bản", "trả lời 08/12/2026", False)]
    give(returned, cast.phuc, "reviewed", AGAIN)
    assert waits(cast, "phuc", late) == []


def listed(client: Client, **asked: str) -> list[tuple[str, str]]:
    """Which cells' minutes stand on the committee's list, and what is said of each."""
    page = client.get("/inspections/", asked).context["page"]
    return [(str(row.cell), row.exchange.state if hasattr(row, "exchange") else "") for row in page]


def test_the_list_is_narrowed_by_state_and_by_name_and_counts(cast: Cast, returned: Meeting, as_user: Any) -> None:
    phuc: Client = as_user(cast.phuc)
    ours, theirs = ("Chi bộ Văn phòng", "returned"), ("Chi bộ Tổ dân phố 5", "")
    times = dict.fromkeys(("starts_at", "opened_at", "closed_at"), LATER)
    Meeting.objects.create(cell=cast.other_cell, kind="regular", rulebook="hd42", state="sealed", **times)
    assert listed(phuc) == [theirs, ours]
    assert (listed(phuc, state="returned"), listed(phuc, state="waiting")) == ([ours], [theirs])
    assert (listed(phuc, state="answered"), listed(phuc, state="nonsense")) == ([], [theirs, ours])
    assert (listed(phuc, cell="van phong"), listed(phuc, cell="tổ", state="returned")) == ([ours], [])
    shown = phuc.get("/inspections/", {"cell": "văn"})
    assert {str(state): number for state, number in shown.context["states"]} == {
        "answered": "0", "waiting": "0", "returned": "1", "accepted": "0",
    }  # fmt: skip
    assert "hạn 19/12/2026" in shown.content.decode()
    answer(cast, returned)
    answer(cast, returned, 1)
    assert listed(phuc) == [("Chi bộ Văn phòng", "answered"), theirs]


def test_each_comment_stands_at_its_part_with_its_form(cast: Cast, returned: Meeting, as_user: Any) -> None:
    page = as_user(cast.hoa).get(f"/meetings/{returned.pk}/minutes/").content.decode()
    places = [page.index(words) for words in ("Thiếu số liệu.", 'id="part-attendance"', "Ghi rõ lý do vắng.")]
    assert [*places, page.index('id="part-content"')] == sorted([*places, page.index('id="part-content"')])
    assert page.count("Gửi trả lời") == 2
    for who in (cast.tuan, cast.phuc):
        assert "Gửi trả lời" not in as_user(who).get(f"/meetings/{returned.pk}/minutes/").content.decode()


def test_an_answer_is_sent_from_beside_the_comment(cast: Cast, returned: Meeting, as_user: Any) -> None:
    hoa: Client = as_user(cast.hoa)
    row = InspectionComment.objects.with_meeting().filter(inspection__meeting=returned)[0]
    save_text("comment-answer", row, {"answer": "Đang viết"}, base=0, by=cast.account(cast.hoa), at=LATER)
    page = hoa.get(f"/meetings/{returned.pk}/minutes/")
    assert page.content.decode().count("Đang viết") == 1
    empty = hoa.post(f"/inspection-comments/{row.pk}/answer/", {"answer": "", "key": new_key()})
    assert empty.status_code == 422
    hoa.post(f"/inspection-comments/{row.pk}/answer/", {"answer": "Đã ghi lý do.", "key": new_key()})
    row.refresh_from_db()
    assert (row.answer, Draft.objects.count()) == ("Đã ghi lý do.", 0)


def test_a_return_without_a_comment_is_a_sentence_beside_the_field(cast: Cast, sealed: Meeting, as_user: Any) -> None:
    sent = {"verdict": "returned", "answer_by": "2027-12-01", "text": "", "key": new_key()}
    page = as_user(cast.phuc).post(f"/meetings/{sealed.pk}/verdict/", sent)
    assert (page.status_code, page.context["inspect_form"].errors["text"]) == (
        422,
        ["Trả lại thì cần ít nhất một nhận xét."],
    )
    assert 'value="2027-12-01"' in page.content.decode()
    assert page.context["talk"].state == "waiting"


def test_the_committee_is_shown_what_is_new_and_the_paper_below_it_folded(
    cast: Cast, returned: Meeting, as_user: Any
) -> None:
    answer(cast, returned, text="Đã ghi lý do.")
    answer(cast, returned, 1, text="Số liệu ở phụ lục.")
    page = as_user(cast.phuc).get(f"/meetings/{returned.pk}/minutes/").content.decode()
    folded = page.index("Toàn bộ biên bản và các nhận xét trước")
    assert page.index("Đã ghi lý do.") < folded < page.index('id="part-attendance"')


def test_the_exchange_is_a_paper_that_stays_with_the_minutes(cast: Cast, returned: Meeting, as_user: Any) -> None:
    answer(cast, returned, text="Đã ghi lý do.")
    minutes.add_addendum(returned, text="Số liệu.", reason="Sót", by=cast.account(cast.lan), at=ANSWERED)
    give(returned, cast.phuc, "reviewed", AGAIN)
    last = Link.objects.order_by("number").last()
    assert last is not None
    assert (last.kind, last.thing_pk) == (VERDICT, returned.inspections.last().pk)
    paper = build_exchange(fresh(returned), talk(returned), newest_among(talk(returned).sealed()))
    text = plain_text(paper)
    assert minutes.paper_of(returned).blocks[1].abstract == paper.blocks[1].abstract
    assert text.partition("-----\n")[2] == (
        "Biên bản số 01-BB/CB ngày 03 tháng 12 năm 2026 đã ký và được giữ nguyên. "
        "Ý kiến của cấp trên và trả lời của chi bộ như sau:\n"
        "1. Ngày 05 tháng 12 năm 2026: trả lại\n"
        "Người xem xét: đồng chí Võ Hồng Phúc, cấp uỷ viên cấp trên theo dõi. Hạn trả lời: ngày 19 tháng 12 năm 2026.\n"
        "Về phần: I. THÀNH PHẦN\n"
        "Nhận xét: Ghi rõ lý do vắng.\n"
        "Chi bộ trả lời: Đã ghi lý do.\n"
        "Người trả lời: đồng chí Nguyễn Thị Hoa, ngày 08 tháng 12 năm 2026.\n"
        "Về phần: Toàn bộ biên bản\n"
        "Nhận xét: Thiếu số liệu.\n"
        "Chi bộ trả lời: Bổ sung, đính chính lần 01.\n"
        "Nội dung bổ sung, đính chính: Số liệu.\nLý do: Sót\n"
        "Người trả lời: đồng chí Trần Thị Lan, ngày 08 tháng 12 năm 2026.\n"
        "2. Ngày 09 tháng 12 năm 2026: đã xem xét\n"
        "Người xem xét: đồng chí Võ Hồng Phúc, cấp uỷ viên cấp trên theo dõi.\n"
        f"Mục cuối trong sổ biên bản: số {last.number}, mã kiểm tra {last.code}.\n"
        "Bản in trao đổi trên phần mềm, không thay văn bản."
    )
    pdf = f"/meetings/{returned.pk}/exchange.pdf"
    assert [as_user(who).get(pdf).status_code for who in (cast.tuan, cast.phuc, cast.mai)] == [200, 200, 404]
