"""Whatever is declared to end does end: due after its years, proposed by one, destroyed by another, no word left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from critique.cycle.models import Participant
from critique.hearing.actions import hearing as hearings
from critique.hearing.models import Hearing, HearingOpinion
from critique.letters import actions as letters
from critique.letters.models import Criticism
from critique.remedies import actions as remedies
from critique.remedies.models import Remedy
from critique.writing.models import SelfReview
from members.declare import DECLARED, With
from members.models import Member, TenureKind
from members.refusal import Refused
from members.saving.actions import save_text
from privacy.actions import data_requests
from privacy.actions import destruction as actions
from privacy.models import DataRequest, Destruction
from privacy.retention import due_in, ending
from rulings import actions as rulings
from tests.critique.test_at_rest import dump, found_in
from tests.factories import at, make_member
from tests.world import Crew
from tests.world_privacy import old_review

if TYPE_CHECKING:
    from django.db.models import Model

    from meetings.models import Meeting
    from tests.conftest import Cast

NOW = at("2026-12-03 19:30")
LATER = at("2030-12-04 08:00")  # four years on
JUST = at("2027-12-05 08:00")
SECRET = "Ba lần bỏ trực cơ quan không báo cáo"


@pytest.fixture(autouse=True)
def binh(cast: Cast) -> Member:
    start = {"document_date": date(2026, 1, 5), "starts_on": date(2026, 1, 10)}
    by = cast.account(cast.lan)
    rulings.fix(cast.cell, "retention", value={"figures": "3"}, document="09-QĐ/ĐU", by=by, at=NOW, **start)
    return make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")


def letter(cast: Cast, opened: Meeting) -> Model:
    told = {"kind": "criticism", "matter": SECRET, "words": SECRET, "by": cast.account(cast.hoa), "at": NOW}
    row = letters.send(cast.cell, sender=cast.hoa, to_member=cast.tuan, **told)
    by = cast.account(cast.tuan)
    letters.put_off(row, until=date(2027, 6, 1), reason=SECRET, by=by, at=NOW)
    letters.answer(row, words=SECRET, by=by, at=NOW)
    return row


def request(cast: Cast, opened: Meeting) -> Model:
    hoa, lan = cast.account(cast.hoa), cast.account(cast.lan)
    row = data_requests.make_request(cast.cell, member=cast.hoa, right="correct", words=SECRET, by=hoa, at=NOW)
    data_requests.put_off(row, reason=SECRET, by=lan, at=NOW)
    data_requests.answer(row, outcome="done", words=SECRET, by=lan, at=NOW)
    return row


def hearing(cast: Cast, opened: Meeting) -> Model:
    """At a monthly meeting."""
    lan, hoa = {"by": cast.account(cast.lan), "at": NOW}, {"by": cast.account(cast.hoa), "at": NOW}
    row = Hearing.objects.with_people().get(pk=hearings.begin_at(opened, about=cast.hoa, **lan).pk)
    made = hearings.add_opinion(row, speaker=cast.tuan, words=SECRET, **lan)
    opinion = HearingOpinion.objects.with_people().get(pk=made.pk)
    save_text("opinion-reply", opinion, {"stance": "explains", "reply": SECRET}, base=0, **hoa)
    said = {"merits": SECRET, "faults": SECRET, "duties": SECRET, "due": SECRET}
    save_text("hearing-conclusion", Hearing.objects.with_people().get(pk=row.pk), said, base=0, **lan)
    row = Hearing.objects.with_people().get(pk=row.pk)
    hearings.confirm_seen(row, seen=row.said_rev, **hoa)
    hearings.close(Hearing.objects.with_people().get(pk=row.pk), **lan)
    return row


def remedy(cast: Cast, opened: Meeting) -> Model:
    lan = {"by": cast.account(cast.lan), "at": NOW}
    row = remedies.enter(cast.cell, about=cast.hoa, source="inspection", shortcoming=SECRET, measure=SECRET, **lan)
    row = Remedy.objects.with_people().get(pk=row.pk)
    remedies.report(row, state="done", words=SECRET, **lan)
    remedies.close(Remedy.objects.with_people().get(pk=row.pk), words=SECRET, **lan)
    return row


def never_handed_in(cast: Cast, opened: Meeting) -> Model:
    """A draft and the committee's reason."""
    crew = Crew(cast.cell, cast.lan, cast.hoa, cast.tuan, cast.hoa)
    review = old_review(crew, 2026, NOW, text=SECRET)
    SelfReview.objects.filter(pk=review.pk).update(submitted_at=None, submitted_by=None)
    row = Participant.objects.get(pk=review.participant_id)
    row.note = SECRET
    row.save()
    return row


MADE: dict[str, Any] = {
    "criticism": letter,
    "datarequest": request,
    "hearing": hearing,
    "remedy": remedy,
    "participant": never_handed_in,
}


def test_every_kind_that_is_declared_to_end_is_tried_here() -> None:
    assert set(ending()) == set(MADE)


@pytest.mark.parametrize("kind", MADE)
def test_nothing_of_it_is_left_after_its_years(cast: Cast, opened: Meeting, binh: Member, kind: str) -> None:
    row = MADE[kind](cast, opened)
    key = f"{kind}-{row.pk}"
    assert found_in(dump(), [SECRET]) == []  # sealed all the time
    words = [name for name in DECLARED[type(row)].ending() if getattr(row.__class__.objects.get(pk=row.pk), name)]
    assert words != []
    sealed = sealed_words(row)
    days = (JUST.date(), date(2028, 12, 31), LATER.date())
    assert [key in [one.key for one in due_in(cast.cell, day).rows] for day in days] == [False, False, True]
    told = {"reason": "Hết hạn", "filed": True, "by": cast.account(cast.lan), "at": LATER}
    proposed = actions.propose(cast.cell, rows=[key], **told)
    assert [one.key for one in due_in(cast.cell, LATER.date()).rows if one.key == key] == []
    found = Destruction.objects.select_related("cell", "proposed_by").get(pk=proposed.pk)
    actions.carry_out(found, by=cast.account(binh), at=LATER)
    assert [one for one in left_of(row) if one] == []
    assert row.__class__.objects.get(pk=row.pk).destroyed_on == LATER.date()
    data = dump()
    assert [one for one in sealed if one.encode() in data] == []
    assert [one.key for one in due_in(cast.cell, LATER.date()).rows if one.key == key] == []


@pytest.mark.parametrize("changed", ["reopened", "longer"])
def test_what_is_not_over_any_more_is_not_destroyed(cast: Cast, opened: Meeting, binh: Member, changed: str) -> None:
    row, lan = remedy(cast, opened), {"by": cast.account(cast.lan), "at": LATER}
    told = {"reason": "Hết hạn", "filed": True, **lan}
    proposed = actions.propose(cast.cell, rows=[f"remedy-{row.pk}"], **told)
    if changed == "reopened":
        remedies.reopen(Remedy.objects.with_people().get(pk=row.pk), words="Chưa xong", **lan)
    else:
        days = {"document_date": date(2030, 1, 5), "starts_on": date(2030, 1, 10)}
        rulings.fix(cast.cell, "retention", value={"figures": "10"}, document="10-QĐ/ĐU", **lan, **days)
    found = Destruction.objects.select_related("cell", "proposed_by").get(pk=proposed.pk)
    with pytest.raises(Refused, match="không còn đến hạn"):
        actions.carry_out(found, by=cast.account(binh), at=LATER)
    kept = Remedy.objects.get(pk=row.pk)
    assert (kept.shortcoming, kept.destroyed_on) == (SECRET, None)
    assert found_in(dump(), [SECRET]) == []
    actions.decline(Destruction.objects.get(pk=proposed.pk), by=cast.account(binh), at=LATER)


def parts_of(row: Any) -> list[Any]:
    """The row and everything that ends with it."""
    found = [row]
    for declared in DECLARED.values():
        for kept in declared.kept:
            if isinstance(kept, With) and kept.root is type(row):
                for part in declared.rows().filter(**{kept.path: row.pk}, **kept.only):
                    found += parts_of(part)
    return found


def left_of(row: Any) -> list[Any]:
    rows = [type(part).objects.get(pk=part.pk) for part in parts_of(row)]
    values = [getattr(part, name) for part in rows for name in DECLARED[type(part)].ending()]
    return [value for value in values if not (isinstance(value, dict) and set(value.get("texts", {})) <= {"B.II"})]


def sealed_words(row: Any) -> list[str]:
    """What the columns hold on the disk before."""
    found = []
    for part in parts_of(row):
        names = DECLARED[type(part)].ending()
        for values in type(part).objects.filter(pk=part.pk).values_list(*names) if names else ():
            found += [str(value) for value in values]
    return found


def test_what_still_waits_is_never_over(cast: Cast, opened: Meeting) -> None:
    told = {"kind": "criticism", "matter": SECRET, "words": SECRET, "by": cast.account(cast.hoa), "at": NOW}
    letters.send(cast.cell, sender=cast.hoa, to_member=cast.tuan, **told)
    data_requests.make_request(
        cast.cell, member=cast.hoa, right="view", words=SECRET, by=cast.account(cast.hoa), at=NOW
    )
    remedies.enter(
        cast.cell, about=cast.hoa, source="inspection", shortcoming=SECRET, by=cast.account(cast.lan), at=NOW
    )
    assert due_in(cast.cell, LATER.date()).rows == ()
    assert (Criticism.objects.count(), DataRequest.objects.count(), Remedy.objects.count()) == (1, 1, 1)


def test_the_parties_are_told_that_the_words_of_a_letter_are_gone(
    cast: Cast, opened: Meeting, binh: Member, as_user: Any
) -> None:
    row = letter(cast, opened)
    told = {"reason": "Hết hạn", "filed": True, "by": cast.account(cast.lan), "at": LATER}
    proposed = actions.propose(cast.cell, rows=[f"criticism-{row.pk}"], **told)
    found = Destruction.objects.select_related("cell", "proposed_by").get(pk=proposed.pk)
    actions.carry_out(found, by=cast.account(binh), at=LATER)
    page = as_user(cast.hoa).get(f"/letters/{row.pk}/").content.decode()
    assert ("Nội dung được huỷ ngày 04/12/2030" in page, SECRET in page) == (True, False)
    assert "Nội dung đã huỷ ngày" in as_user(cast.hoa).get("/account/data/").content.decode()
