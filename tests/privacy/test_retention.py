"""Texts whose time is over: nothing by itself, nothing without a document, two people, a record, and no word left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from critique.cycle.models import Participant
from critique.official_forms.body import text_of
from critique.remedies import actions as remedies
from critique.remedies.models import Remedy
from critique.writing import content
from critique.writing.models import ReviewCopy, SelfReview, Way
from critique.writing.opening import open_review
from documents.model import from_json, plain_text
from members.models import Event, TenureKind
from members.refusal import AlreadyDone, Refused
from privacy.actions import destruction as actions
from privacy.lifecycle import Destroying
from privacy.models import Destruction
from privacy.retention import due_in
from rulings import actions as rulings
from tests.critique.test_at_rest import dump, found_in
from tests.factories import at, make_member, new_key, press
from tests.once import built_once
from tests.world import Crew
from tests.world_privacy import old_review

if TYPE_CHECKING:
    from members.models import Member
    from tests.conftest import Cast

NOW = at("2026-11-20 08:00")
SUBMITTED = at("2021-11-20 08:00")
SECRET = "Ba lần bỏ trực cơ quan không báo cáo"
WHY = "Đã hết hạn lưu trên phần mềm"
YEARS = (2020, 2021, 2022, 2023, 2024)


@pytest.fixture
def binh(cast: Cast) -> Member:
    return make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")


@built_once
def old(cast: Cast) -> dict[int, SelfReview]:
    """Five years of Hoa's, closed."""
    crew = Crew(cast.cell, cast.lan, cast.hoa, cast.tuan, cast.hoa)
    return {year: old_review(crew, year, SUBMITTED, text=f"{SECRET} {year}") for year in YEARS}


def fix(cast: Cast, figures: str = "3") -> None:
    days = {"document_date": date(2026, 1, 5), "starts_on": date(2026, 1, 10)}
    by = cast.account(cast.lan)
    rulings.fix(cast.cell, "retention", value={"figures": figures}, document="09-QĐ/ĐU", by=by, at=NOW, **days)


def propose(cast: Cast, *reviews: SelfReview, by: Member | None = None, **more: Any) -> Destruction:
    told = {"reason": WHY, "filed": True, "at": NOW, **more}
    rows = [f"participant-{review.participant_id}" for review in reviews]
    return actions.propose(cast.cell, rows=rows, by=cast.account(by or cast.lan), **told)


def carry(cast: Cast, row: Destruction, by: Member) -> None:
    found = Destruction.objects.select_related("cell", "proposed_by").get(pk=row.pk)
    actions.carry_out(found, by=cast.account(by), at=NOW)


def due_years(cast: Cast) -> list[int]:
    """Of the reviews that were handed in."""
    rows = [one.row for one in due_in(cast.cell, NOW.date()).rows]
    return [row.cycle.year for row in rows if isinstance(row, Participant) and row.review.submitted_at]


# --- What is due --------------------------------------------------------------------------


def test_the_three_latest_of_each_person_stay(cast: Cast, old: dict[int, SelfReview]) -> None:
    crew = Crew(cast.cell, cast.lan, cast.hoa, cast.tuan, cast.hoa)
    old_review(crew, 2020, SUBMITTED, member=cast.tuan)
    fix(cast)
    due = due_in(cast.cell, NOW.date())
    assert [(one.kind, one.who, one.when) for one in due.rows] == [
        ("Kiểm điểm hằng năm", "Nguyễn Thị Hoa", "2020"),
        ("Kiểm điểm hằng năm", "Nguyễn Thị Hoa", "2021"),
    ]


def test_without_a_document_it_is_a_proposal_and_nothing_can_be_destroyed(
    cast: Cast, old: dict[int, SelfReview], binh: Member
) -> None:
    due = due_in(cast.cell, NOW.date())
    assert (due.rule.by_document, due.rule.source) == (False, "đề xuất theo 06-HD/TW, mục 8; chưa có quy định")
    with pytest.raises(Refused, match="Chưa có quy định"):
        propose(cast, old[2020])


def test_a_rule_from_above_holds_and_the_nearest_wins(cast: Cast, old: dict[int, SelfReview]) -> None:
    days = {"document": "01-QĐ/TU", "document_date": date(2026, 1, 5), "starts_on": date(2026, 1, 10)}
    rulings.fix(cast.ward, "retention", value={"figures": "4"}, by=cast.phuc, at=NOW, **days)
    assert due_years(cast) == [2020]
    fix(cast, "2")
    assert due_years(cast) == [2020, 2021, 2022]


def test_what_is_not_over_or_was_not_handed_in_is_never_due(cast: Cast, old: dict[int, SelfReview]) -> None:
    fix(cast, "1")
    type(old[2020].cycle).objects.filter(year=2020).update(state="met")
    SelfReview.objects.filter(pk=old[2021].pk).update(submitted_at=None, submitted_by=None)
    assert due_years(cast) == [2022, 2023]


def test_looking_opens_no_text(cast: Cast, old: dict[int, SelfReview], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("critique.sealing.fields.keyring", lambda: 1 / 0)
    assert due_years(cast) == [2020, 2021]


# --- Two people ---------------------------------------------------------------------------


def test_one_proposes_and_another_carries_out(cast: Cast, old: dict[int, SelfReview], binh: Member) -> None:
    fix(cast)
    row = propose(cast, old[2020], old[2021])
    assert due_years(cast) == []
    with pytest.raises(Refused, match="không tự thực hiện"):
        carry(cast, row, cast.lan)
    assert SECRET in str(content.texts_of(SelfReview.objects.with_people().get(pk=old[2020].pk))["A.I.1"])
    carry(cast, row, binh)
    row.refresh_from_db()
    assert (row.state, row.ended_by.member, due_years(cast)) == (Destroying.DONE, binh, [])


def test_the_database_itself_wants_two(cast: Cast, old: dict[int, SelfReview], binh: Member) -> None:
    fix(cast)
    row = propose(cast, old[2020])
    with pytest.raises(IntegrityError), transaction.atomic():
        Destruction.objects.filter(pk=row.pk).update(state="done", ended_by=row.proposed_by)


def test_a_committee_of_one_is_told_that_the_superior_must_name_a_second(
    cast: Cast, old: dict[int, SelfReview]
) -> None:
    fix(cast)
    with pytest.raises(Refused, match="cấp uỷ cấp trên chỉ định"):
        propose(cast, old[2020])


def test_who_may(cast: Cast, old: dict[int, SelfReview], binh: Member) -> None:
    fix(cast)
    for member in (binh, cast.hoa, cast.mai):
        with pytest.raises(PermissionDenied):
            propose(cast, old[2020], by=member)
    row = propose(cast, old[2020])
    for user in (cast.account(cast.hoa), cast.account(cast.mai), cast.phuc, cast.admin):
        with pytest.raises(PermissionDenied):
            actions.carry_out(row, by=user, at=NOW)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [({"reason": " "}, "lý do"), ({"filed": False}, "bản giấy đã lưu"), ({"years": ()}, "ít nhất một mục")],
)
def test_what_is_missing_is_said(
    cast: Cast, old: dict[int, SelfReview], binh: Member, more: dict[str, Any], sentence: str
) -> None:
    fix(cast)
    with pytest.raises(Refused, match=sentence):
        propose(cast, *(old[year] for year in more.pop("years", (2020,))), **more)


def test_what_is_not_due_or_proposed_already_is_refused(cast: Cast, old: dict[int, SelfReview], binh: Member) -> None:
    fix(cast)
    key = press()
    propose(cast, old[2020], key=key)
    for year in (2020, 2024):
        with pytest.raises(Refused, match="chưa đến hạn"):
            propose(cast, old[year])
    with pytest.raises(AlreadyDone):
        propose(cast, old[2020], key=key)


def test_declining_keeps_the_texts_and_they_may_be_proposed_again(
    cast: Cast, old: dict[int, SelfReview], binh: Member
) -> None:
    fix(cast)
    row = propose(cast, old[2020])
    actions.decline(row, by=cast.account(cast.lan), at=NOW)
    assert due_years(cast) == [2020, 2021]
    with pytest.raises(Refused, match="Không huỷ"):
        carry(cast, row, binh)
    propose(cast, old[2020])


# --- What is left -------------------------------------------------------------------------


def test_no_word_is_left_anywhere_and_the_level_and_the_readers_are(
    cast: Cast, old: dict[int, SelfReview], binh: Member
) -> None:
    review = SelfReview.objects.with_people().get(pk=old[2020].pk)
    ReviewCopy.objects.create(review=review, number=1, body=review.body, kept_at=NOW, kept_by=review.submitted_by)
    row = Participant.objects.get(pk=review.participant_id)
    row.note = SECRET
    row.save()
    closed, waiting = (_taken(cast, review, number) for number in (0, 1))
    remedies.close(closed, words=SECRET, by=cast.account(cast.lan), at=NOW)
    open_review(review, way=Way.SCREEN, by=cast.account(cast.lan), at=NOW)
    before = set(sealed_now(review))
    fix(cast)
    carry(cast, propose(cast, old[2020]), binh)
    after = SelfReview.objects.with_people().get(pk=review.pk)
    texts = content.texts_of(after)
    assert (text_of(texts, "B.II"), [code for code, value in texts.items() if value]) == ("good", ["B.II"])
    assert (after.submitted_at, after.readings.count()) == (SUBMITTED, 1)
    assert (after.copies.get().body["texts"], Participant.objects.get(pk=row.pk).note) == ({}, "")
    closed, waiting = (Remedy.objects.get(pk=one.pk) for one in (closed, waiting))
    assert (closed.shortcoming, closed.notes.get().words, waiting.shortcoming) == ("", "", SECRET)
    data = dump()
    assert [value for value in before if value.encode() in data] == []
    assert found_in(data, [SECRET]) == []


def test_the_person_is_told_that_the_text_is_gone(
    cast: Cast, old: dict[int, SelfReview], binh: Member, as_user: Any
) -> None:
    fix(cast)
    carry(cast, propose(cast, old[2020]), binh)
    told = {}
    pages = (("own", cast.hoa, old[2020]), ("door", cast.lan, old[2020]), ("kept", cast.hoa, old[2021]))
    for name, member, review in pages:
        page = as_user(member).get(review.get_absolute_url()).content.decode()
        told[name] = "được huỷ ngày 20/11/2026" in page
    assert told == {"own": True, "door": True, "kept": False}
    kept = as_user(cast.hoa).get("/account/data/").content.decode()
    assert kept.count("Nội dung đã huỷ ngày") == 1


def _taken(cast: Cast, review: SelfReview, number: int) -> Remedy:
    made = remedies.enter(
        cast.cell, about=cast.hoa, source="self_review", shortcoming=SECRET, by=cast.account(cast.lan), at=NOW
    )
    Remedy.objects.filter(pk=made.pk).update(review=review, row=number)
    found: Remedy = Remedy.objects.with_people().get(pk=made.pk)
    return found


def sealed_now(review: SelfReview) -> list[str]:
    """What the columns hold: after the destruction not even this may lie about."""
    return [
        SelfReview.objects.values_list("body", flat=True).get(pk=review.pk),
        *ReviewCopy.objects.filter(review=review).values_list("body", flat=True),
        *Participant.objects.filter(review=review).values_list("note", flat=True),
        *Remedy.objects.filter(review=review, state="closed").values_list("shortcoming", flat=True),
    ]


def test_the_record_names_what_and_who_and_nothing_of_the_texts(
    cast: Cast, old: dict[int, SelfReview], binh: Member
) -> None:
    fix(cast)
    row = propose(cast, old[2020], old[2021])
    carry(cast, row, binh)
    row.refresh_from_db()
    paper = plain_text(from_json(row.record))
    for words in ("Nguyễn Thị Hoa\t2020", "Nguyễn Thị Hoa\t2021", "09-QĐ/ĐU", WHY, "Trần Thị Lan", "Vũ Thái Bình"):
        assert words in paper
    assert SECRET not in paper
    events = Event.objects.filter(thing="destruction").values_list("what", "actor__username")
    assert list(events) == [("propose", "lan"), ("carry_out", "binh")]


def test_the_page_goes_from_the_list_to_the_record(
    cast: Cast, old: dict[int, SelfReview], binh: Member, as_user: Any
) -> None:
    lan, url = as_user(cast.lan), f"/cells/{cast.cell.pk}/retention/"
    assert "chưa huỷ được gì" in lan.get(url).content.decode()
    fix(cast)
    form = {"rows": [f"participant-{old[2020].participant_id}"], "reason": WHY, "filed": "on", "key": new_key()}
    answer = lan.post(url, {**form, "filed": ""})
    assert (answer.status_code, WHY in answer.content.decode()) == (422, True)
    answer = lan.post(url, form)
    assert lan.post(url, form).status_code == 302
    row = Destruction.objects.get()
    assert answer["Location"] == row.get_absolute_url()
    assert "chờ một đồng chí khác" in lan.get(row.get_absolute_url()).content.decode()
    assert "Thực hiện huỷ" in as_user(binh).get(row.get_absolute_url()).content.decode()
    as_user(binh).post(row.get_absolute_url(), {"key": new_key()})
    pdf = as_user(binh).get(f"/destructions/{row.pk}/record.pdf")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
