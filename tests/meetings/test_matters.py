"""Between two meetings a member proposes a matter under their name; the committee answers every one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied

from documents.model import Paragraph
from meetings.actions import matters, planning
from meetings.models import AgendaItem, Kind, Matter, MatterState, Meeting
from meetings.papers.agenda import build_agenda
from members.models import TenureKind
from members.refusal import Refused
from members.saving.actions import save_text
from tests.factories import at, make_member, new_key, plan_fields

if TYPE_CHECKING:
    from members.models import Member
    from tests.conftest import Cast

NOW = at("2026-11-20 08:00")
TEXT = "Bàn việc chăm lo Tết cho gia đình chính sách."


def proposed(cast: Cast, member: Member | None = None, text: str = TEXT, by: Member | None = None) -> Matter:
    who = member or cast.hoa
    return matters.propose(cast.cell, member=who, text=text, by=cast.account(by or who), at=NOW)


def answered(cast: Cast, matter: Matter, answer: str, **given: Any) -> Matter:
    return matters.answer(matter, answer=answer, by=cast.account(cast.lan), at=NOW, **given)


def test_a_matter_that_is_taken_becomes_a_line_with_its_proposer_before_the_closing_ones(
    cast: Cast, planned: Meeting
) -> None:
    row = answered(cast, proposed(cast), "taken", meeting=planned, minutes=15)
    items = list(planned.items.all())
    place = next(i for i, item in enumerate(items) if item.pk == row.item_id)
    assert (items[place].title, items[place].minutes) == (f"{TEXT[:-1]} (đồng chí {cast.hoa} đề xuất)", 15)
    assert items[place + 1].step in planning.BEFORE
    assert (row.is_open, [item.position for item in items]) == (False, [*range(1, len(items) + 1)])


def test_a_long_matter_keeps_its_proposer_in_the_title(cast: Cast, planned: Meeting) -> None:
    row = answered(cast, proposed(cast, text="V" * 1000), "taken", meeting=planned)
    title = AgendaItem.objects.get(pk=row.item_id).title
    assert (len(title), title.endswith(f"… (đồng chí {cast.hoa} đề xuất)")) == (300, True)
    row.text = "sinh hoạt " * 60
    assert matters.title_of(row).partition("…")[0].split()[-1] in ("sinh", "hoạt")


def test_on_an_agenda_as_a_text_proposer_and_minutes_stand_in_one_pair_of_brackets(
    cast: Cast, planned: Meeting
) -> None:
    answered(cast, proposed(cast), "taken", meeting=planned, minutes=15)
    blocks = build_agenda(planned, as_text=True).blocks
    words = " ".join(run.text for block in blocks if isinstance(block, Paragraph) for run in block.runs)
    assert f"{TEXT[:-1]} (đồng chí {cast.hoa} đề xuất; 15 phút)." in words


def test_declining_needs_a_reason_and_the_proposer_reads_it(cast: Cast, as_user: Any) -> None:
    row = proposed(cast)
    with pytest.raises(Refused):
        answered(cast, row, "declined")
    answered(cast, row, "declined", reason="Việc này cơ quan đã quyết định.")
    page = as_user(cast.hoa).get(f"/matters/{row.pk}/")
    assert ("Việc này cơ quan đã quyết định." in page.content.decode(), page.context["may_answer"]) == (True, False)


def test_what_was_put_off_waits_for_the_next_agenda_and_both_answers_stay(cast: Cast, planned: Meeting) -> None:
    row = answered(cast, proposed(cast), "later", reason="Tháng này đã kín.")
    waiting = (Matter.objects.open().count(), Matter.objects.unanswered().count())
    answered(cast, row, "taken", meeting=planned)
    said = [(one.answer, one.reason) for one in row.answers.all()]
    assert (waiting, said) == ((1, 0), [("later", "Tháng này đã kín."), ("taken", "")])


@pytest.mark.parametrize("how", ["struck off", "cancelled"])
def test_a_matter_whose_line_is_gone_asks_for_an_answer_again(cast: Cast, planned: Meeting, how: str) -> None:
    row, lan = answered(cast, proposed(cast), "taken", meeting=planned), cast.account(cast.lan)
    if how == "cancelled":
        planning.cancel(planned, reason="Trùng lịch", by=lan, at=NOW)
    else:
        planning.remove_item(AgendaItem.objects.get(pk=row.item_id), by=lan, at=NOW)
    row = Matter.objects.with_people().get()
    assert (row.fell_out, row.is_open, Matter.objects.unanswered().count()) == (True, True, 1)


def test_an_answer_is_given_once_and_only_onto_an_agenda_that_is_open(cast: Cast, planned: Meeting) -> None:
    lan = cast.account(cast.lan)
    fields = {**plan_fields(starts_at=at("2026-12-01 19:00")), "prepares": None}
    make_member(cast.cell, "Lê Văn Bình", post=TenureKind.COMMITTEE_MEMBER)
    committee = planning.plan_meeting(cast.cell, kind=Kind.COMMITTEE, by=lan, at=NOW, **fields)
    row = proposed(cast)
    for wrong in (None, committee):
        with pytest.raises(Refused) as refused:
            answered(cast, row, "taken", meeting=wrong)
        assert refused.value.field == "meeting"
    answered(cast, row, "taken", meeting=planned)
    with pytest.raises(Refused):
        answered(cast, row, "later")
    assert Matter.objects.get().state == MatterState.TAKEN


def test_the_secretary_enters_it_for_a_member_without_a_device_and_for_nobody_else(cast: Cast) -> None:
    row = proposed(cast, cast.son, by=cast.lan)
    assert (row.proposer, row.is_own, row.entered_by.member) == (cast.son, False, cast.lan)
    with pytest.raises(Refused):
        proposed(cast, cast.hoa, by=cast.lan)
    with pytest.raises(PermissionDenied):
        proposed(cast, cast.son, by=cast.hoa)
    with pytest.raises(PermissionDenied):
        matters.answer(row, answer="later", by=cast.account(cast.hoa), at=NOW)


def test_others_of_the_cell_do_not_know_of_it_until_it_stands_on_an_agenda(cast: Cast, as_user: Any) -> None:
    row = proposed(cast)
    found = {
        name: as_user(getattr(cast, name)).get(f"/matters/{row.pk}/").status_code for name in ("lan", "hoa", "tuan")
    }
    assert found == {"lan": 200, "hoa": 200, "tuan": 404}


def test_what_was_typed_waits_for_its_author_until_it_is_sent_once(cast: Cast, as_user: Any) -> None:
    hoa, url = as_user(cast.hoa), f"/cells/{cast.cell.pk}/matters/"
    save_text("matter-add", cast.cell, {"text": "Viết dở"}, base=0, by=cast.account(cast.hoa), at=NOW)
    assert hoa.get(url).context["form"]["text"].value() == "Viết dở"
    sent = {"text": TEXT, "key": new_key()}
    assert [hoa.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert (Matter.objects.count(), hoa.get(url).context["form"]["text"].value()) == (1, None)


def test_an_answer_that_cannot_be_given_comes_back_with_its_words(cast: Cast, planned: Meeting, as_user: Any) -> None:
    row, lan = proposed(cast), as_user(cast.lan)
    given = {"answer": "taken", "meeting": "", "minutes": "0", "reason": "Đúng lúc"}
    page = lan.post(f"/matters/{row.pk}/", given)
    form = page.context["form"]
    assert (page.status_code, list(form.errors), form["reason"].value()) == (422, ["minutes"], "Đúng lúc")
    assert (
        lan.post(f"/matters/{row.pk}/", {**given, "answer": "declined", "minutes": "", "reason": ""}).status_code == 422
    )


def test_home_tells_the_committee_of_it_and_the_proposer_of_the_answer(
    cast: Cast, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-11-21 08:00"))
    row = proposed(cast)

    def told(who: Member) -> list[str]:
        return [todo.what for todo in as_user(who).get("/").context["todos"] if "đề xuất" in todo.what]

    before = (told(cast.lan), told(cast.hoa))
    answered(cast, row, "declined", reason="Đã bàn.")
    after = (told(cast.lan), told(cast.hoa), told(cast.tuan))
    assert before == (["Trả lời đề xuất cho buổi tới"], [])
    assert after == ([], ["Đọc trả lời đề xuất của đồng chí"], [])


def test_the_proposer_is_not_told_of_a_plan_before_its_notice(cast: Cast, planned: Meeting, as_user: Any) -> None:
    new = make_member(cast.cell, "Vũ Thị Ngọc", username="ngoc")
    row = answered(cast, proposed(cast, new), "taken", meeting=planned)
    pages = [f"/matters/{row.pk}/", f"/cells/{cast.cell.pk}/matters/"]
    ngoc = as_user(new)
    assert ["đã đưa vào chương trình" in ngoc.get(page).text.lower() for page in pages] == [True, True]
    assert [planned.topic in ngoc.get(page).text for page in pages] == [False, False]
    assert [planned.topic in as_user(cast.lan).get(page).text for page in pages] == [True, True]
    planning.call(planned, by=cast.account(cast.lan), at=NOW)
    assert [planned.topic in ngoc.get(page).text for page in pages] == [True, True]
