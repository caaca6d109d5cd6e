"""Who knows of a level: every text and figure, tried by everybody, before and after it was handed up."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.views.debug import ExceptionReporter

from critique.course import actions as committee
from critique.cycle.models import Cycle, Participant
from critique.levels.actions import entries
from critique.levels.models import Ballot, BallotLine, LevelEntry
from critique.remedies.models import Remedy
from critique.writing import actions as writing
from critique.writing.models import ReadingLog, SelfReview
from documents.model import plain_text
from members.models import Member, Tenure, TenureKind, User
from tests.critique.conftest import OPENED, SECRET, WROTE, fresh, plan, review_of, row_of, shortcoming, write
from tests.critique.levels_cast import AFTER_MEETING, GROUNDS, confirmed, counted, decided, held, opened, sent, who
from tests.critique.test_at_rest import dump, found_in
from tests.critique.test_remedy import enter
from tests.factories import LONG_AGO, make_member
from tests.once import built_once

if TYPE_CHECKING:
    from tests.conftest import Cast

COMPLAINT = "Mức-này-chưa-xét-việc-đã-xong-sớm"
DRAFT = "Tuấn-đang-viết-dở-chưa-nộp"
NOTE = "Nằm-viện-từ-tháng-Tám"
REGISTER = "Việc-riêng-trong-danh-sách-khắc-phục"


@built_once
def judged(cast: Cast, cycle: Cycle) -> Cycle:
    """Hoa has submitted, Tuấn has not; a ballot was confirmed, another is going on; a note, an item of the register."""
    binh = make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")
    committee.draw_up(cycle, by=cast.account(cast.lan), at=OPENED)
    write(cast, review_of(cycle, cast.hoa), shortcoming())
    writing.submit(review_of(cycle, cast.hoa), by=cast.account(cast.hoa), at=WROTE)
    write(cast, review_of(cycle, cast.tuan), shortcoming(DRAFT))
    committee.set_participant(
        row_of(cycle, binh), writes=False, note=NOTE, kind="02B", by=cast.account(cast.lan), at=OPENED
    )
    enter(cast, cast.hoa, shortcoming=REGISTER)
    confirmed(cast, counted(cast, opened(cast, cycle), tuan=(1, 1, 1, 0, 0)))
    opened(cast, cycle)
    return held(cast, cycle)


def everybody(cast: Cast) -> dict[str, Member | User]:
    binh = Member.objects.get(full_name="Vũ Thái Bình")
    people: dict[str, Member | User] = {name: getattr(cast, name) for name in ("lan", "hoa", "tuan", "mai", "kha")}
    return {**people, "binh": binh, "phuc": cast.phuc, "admin": cast.admin}


def rows_of(cast: Cast, model: Any) -> dict[str, int]:
    accounts = {name: who if isinstance(who, User) else cast.account(who) for name, who in everybody(cast).items()}
    return {name: model.objects.for_user(user).count() for name, user in accounts.items()}


ABOVE = (Cycle, Participant, SelfReview, Ballot, BallotLine, LevelEntry)


def test_before_handing_up_there_is_no_row_for_whoever_stands_above(cast: Cast, judged: Cycle) -> None:
    assert {model.__name__: model.objects.for_user(cast.phuc).count() for model in ABOVE} == dict.fromkeys(
        (model.__name__ for model in ABOVE), 0
    )
    assert all(model.objects.exists() for model in ABOVE)


def test_handed_up_the_superior_sees_what_was_submitted_and_nothing_else(cast: Cast, judged: Cycle) -> None:
    other = committee.plan_cycle(cast.cell, by=cast.account(cast.lan), at=OPENED, **plan(year=2025))
    committee.take_step(other, move_name="open", by=cast.account(cast.lan), at=OPENED)
    sent(cast, judged)
    phuc = cast.phuc
    assert list(Cycle.objects.for_user(phuc)) == [judged]
    assert [review.author for review in SelfReview.objects.for_user(phuc)] == [cast.hoa]
    assert [ballot.round for ballot in Ballot.objects.for_user(phuc)] == [1]  # confirmed
    assert set(Participant.objects.for_user(phuc).values_list("cycle", flat=True)) == {judged.pk}
    assert Remedy.objects.for_user(phuc).count() == 0
    assert ReadingLog.objects.for_user(phuc).count() == 0


def test_steps_are_known_to_the_person_the_committee_and_above_alone(cast: Cast, judged: Cycle) -> None:
    before = rows_of(cast, LevelEntry)
    sent(cast, judged)
    steps = LevelEntry.objects.count()
    assert before == {"lan": 4, "binh": 4, "hoa": 1, "tuan": 0, "mai": 0, "kha": 0, "phuc": 0, "admin": 0}
    assert (steps, rows_of(cast, LevelEntry)["phuc"]) == (4, 4)


def everywhere(client: Any, cycle: Cycle) -> str:
    found = []
    pages: list[tuple[str, list[Any]]] = [("home", []), ("handed-up-list", []), ("cycle-list", [cycle.cell_id])]
    names = ("cycle", "level-list", "ballot-list", "ballot-blank", "published", "published-pdf")
    pages += [(name, [cycle.pk]) for name in names]
    pages += [(name, [row.pk]) for row in cycle.people for name in ("level", "participant-edit")]
    pages += [(name, [row.pk]) for row in cycle.ballots.all() for name in ("ballot", "ballot-pdf")]
    pages += [("remedy-list", [cycle.cell_id]), *[("remedy", [row.pk]) for row in Remedy.objects.all()]]
    for review in SelfReview.objects.filter(participant__cycle=cycle):
        pages += [("self-review", [review.pk]), ("self-review-pdf", [review.pk])]
        found.append(client.post(reverse("self-review", args=[review.pk])).content.decode("utf-8", "replace"))
        printed = client.post(reverse("self-review", args=[review.pk]), {"way": "paper"})
        assert printed.status_code != 200 or client.get("/handed-up/").context["committees"] == []
    for name, args in pages:
        found.append(client.get(reverse(name, args=args)).content.decode("utf-8", "replace"))
    return "\n".join(found)


@pytest.mark.in_turn
def test_every_text_is_seen_by_those_who_need_it(
    cast: Cast, judged: Cycle, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("documents.http.to_pdf", "documents.sealed.to_pdf"):
        monkeypatch.setattr(place, lambda document, proof=None: plain_text(document).encode())
    sent(cast, judged)
    row = decided(cast, judged, cast.hoa, words=GROUNDS)
    entries.complain(row, words=COMPLAINT, **who(cast, cast.hoa))
    entries.publish(fresh(judged), **who(cast))
    texts = {"review": SECRET, "draft": DRAFT, "grounds": GROUNDS, "complaint": COMPLAINT}
    texts |= {"note": NOTE, "item": REGISTER}
    seen = {}
    for name, person in everybody(cast).items():
        page = everywhere(as_user(person), fresh(judged))
        seen[name] = {what for what, text in texts.items() if text in page}
    assert seen == {
        "lan": {"review", "grounds", "complaint", "note", "item"},
        "binh": {"review", "grounds", "complaint", "note", "item"},
        "hoa": {"review", "grounds", "complaint", "item"},
        "tuan": {"draft"},
        "phuc": {"review", "grounds", "complaint"},
        "mai": set(),
        "kha": set(),
        "admin": set(),
    }


def test_somebody_of_the_cell_who_also_follows_it_from_above_gains_nothing_before_it_is_handed_up(
    cast: Cast, judged: Cycle, as_user: Any
) -> None:
    Tenure.objects.create(member=cast.tuan, organisation=cast.ward, kind=TenureKind.SUPERIOR, starts_on=LONG_AGO)
    tuan = as_user(cast.tuan)
    names = [("self-review", review_of(judged, cast.hoa)), ("level", row_of(judged, cast.hoa)), ("level-list", judged)]
    before = [tuan.get(reverse(name, args=[row.pk])).status_code for name, row in names]
    sent(cast, judged)
    after = [tuan.get(reverse(name, args=[row.pk])).status_code for name, row in names]
    assert (before, after) == ([403, 403, 403], [200, 200, 200])


def test_taken_back_it_is_closed_to_whoever_stands_above_again(cast: Cast, judged: Cycle, as_user: Any) -> None:
    phuc, review = as_user(cast.phuc), review_of(judged, cast.hoa)
    row = sent(cast, judged)
    url = reverse("self-review", args=[review.pk])
    assert phuc.get(url).status_code == 200
    entries.take_back(row, **who(cast))
    assert (phuc.get(url).status_code, phuc.post(url).status_code, ReadingLog.objects.count()) == (404, 404, 0)
    assert phuc.get(reverse("level-list", args=[row.pk])).status_code == 404


def test_the_published_page_holds_no_figure_of_the_ballot_and_no_other_step(
    cast: Cast, judged: Cycle, as_user: Any
) -> None:
    sent(cast, judged)
    decided(cast, judged, cast.hoa, level="done")
    entries.publish(fresh(judged), **who(cast))
    answer = as_user(cast.tuan).get(reverse("published", args=[judged.pk]))
    assert [(str(row), level.value) for row, level in answer.context["rows"]] == [("Nguyễn Thị Hoa", "done")]
    page = answer.content.decode().split("<main")[1]
    assert [word for word in ("phiếu", "/100", "Hoàn thành tốt", "đề xuất", "Thẩm định") if word in page] == []


def test_a_dump_holds_no_word_of_a_complaint_or_its_answer(cast: Cast, judged: Cycle) -> None:
    sent(cast, judged)
    row = decided(cast, judged, cast.hoa, words=GROUNDS)
    entries.complain(row, words=COMPLAINT, **who(cast, cast.hoa))
    entries.answer(row, words="Đã-xem-lại-từng-việc", by=cast.phuc, at=AFTER_MEETING)
    texts = [GROUNDS, COMPLAINT, "Đã-xem-lại-từng-việc"]
    assert found_in(dump(), texts) == []
    assert [step.words for step in LevelEntry.objects.order_by("pk") if step.words] == texts


def test_an_error_in_the_middle_of_a_complaint_puts_no_word_into_log_or_page(
    cast: Cast,
    judged: Cycle,
    as_user: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    settings: Any,
) -> None:
    sent(cast, judged)
    row, client = decided(cast, judged, cast.hoa), as_user(cast.hoa)
    monkeypatch.setattr("critique.levels.actions.entries.add_step", lambda *args, **kwargs: 1 / 0)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answer = client.post(reverse("level-complain", args=[row.pk]), {"words": COMPLAINT})
    told = answer.content.decode() + caplog.text
    (record,) = [one for one in caplog.records if one.exc_info and getattr(one, "request", None)]
    settings.DEBUG = False
    told += ExceptionReporter(record.request, *record.exc_info).get_traceback_text()  # type: ignore[attr-defined,misc]
    assert (answer.status_code, COMPLAINT in told) == (500, False)
