"""Work from above: given to some cells or all, back before every meeting until it is answered, and never ranked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from documents.model import para
from errands import actions, todo
from errands.models import Charge, Errand
from meetings.actions import planning
from meetings.extension import brought_before
from meetings.papers.notice import build_notice
from members.models import Organisation
from members.press import Press
from members.refusal import AlreadyDone, Refused
from tests.factories import NOW, at, press
from tests.meetings.steps import forbidden, has_one_effect
from tests.world_shelf import keep_errand

if TYPE_CHECKING:
    from meetings.models import Meeting
    from tests.conftest import AsUser, Cast

LINE = "Việc cấp trên giao: Báo cáo việc học tập (Đảng uỷ cơ quan, 12-CV/ĐU), hạn 20/12/2026"
LATER = at("2026-11-26 08:00")


def said(meeting: Meeting) -> list[str]:
    return [one.sentence for one in brought_before(meeting, LATER)]


def test_only_whoever_follows_the_branch_gives_and_only_to_cells_below(cast: Cast) -> None:
    with forbidden():
        keep_errand(cast.ward, cast.account(cast.lan), NOW)
    for field, wrong in {"cells": {"cells": [cast.ward.pk]}, "due_on": {"due_on": date(2026, 1, 1)}}.items():
        with pytest.raises(Refused) as refused:
            keep_errand(cast.ward, cast.phuc, NOW, **wrong)
        assert refused.value.field == field
    keep_errand(cast.ward, cast.phuc, NOW, cells=[cast.cell.pk])
    assert [charge.cell for charge in Charge.objects.all()] == [cast.cell]
    keep_errand(cast.ward, cast.phuc, NOW)
    seen = {
        name: Charge.objects.for_user(cast.account(who)).count()
        for name, who in {"hoa": cast.hoa, "mai": cast.mai}.items()
    }
    assert (seen, Charge.objects.for_user(cast.phuc).count()) == ({"hoa": 2, "mai": 1}, 3)
    assert not Errand.objects.for_user(cast.account(cast.hoa)).exists()


def test_a_cell_that_has_ended_is_given_nothing(cast: Cast, as_user: AsUser) -> None:
    Organisation.objects.filter(pk=cast.other_cell.pk).update(closed_on=date(2026, 11, 1))
    keep_errand(cast.ward, cast.phuc, NOW)
    assert [charge.cell for charge in Charge.objects.all()] == [cast.cell]
    with pytest.raises(Refused):
        keep_errand(cast.ward, cast.phuc, NOW, cells=[cast.other_cell.pk])
    form = as_user(cast.phuc).get(f"/committees/{cast.ward.pk}/errands/").context["form"]
    assert form.fields["cells"].choices == [(cast.cell.pk, cast.cell.name)]


def test_the_same_click_gives_once(cast: Cast) -> None:
    def give(key: Press) -> None:
        told = {"text": "Báo cáo", "document": "", "due_on": None, "cells": []}
        actions.give(cast.ward, **told, by=cast.phuc, at=NOW, key=key)

    has_one_effect(give, press())
    assert (Errand.objects.count(), Charge.objects.count()) == (1, 2)


def test_it_comes_back_before_each_meeting_until_the_cell_has_answered(cast: Cast, planned: Meeting) -> None:
    lan = cast.account(cast.lan)
    errand = keep_errand(cast.ward, cast.phuc, NOW)
    charge = errand.charges.get(cell=cast.cell)
    assert said(planned) == [LINE]
    with forbidden():
        actions.report(charge, state="going", words="", by=cast.account(cast.hoa), at=NOW)
    actions.report(charge, state="going", words="", by=lan, at=NOW)
    for state in ("done", "declined", "waiting"):
        with pytest.raises(Refused):
            actions.report(charge, state=state, words="", by=lan, at=NOW)
    planning.call(planned, by=lan, at=at("2026-11-25 08:00"))
    actions.report(charge, state="done", words="Đã gửi báo cáo số 3-BC/CB", by=lan, at=LATER)
    assert said(planned) == [LINE]  # as it stood when the notice went out
    assert para(f"{LINE}.") in build_notice(planned).blocks
    planned.called_at = None
    assert said(planned) == []
    actions.report(charge, state="going", words="Còn thiếu phụ lục", by=lan, at=LATER)
    assert said(planned) == [LINE]
    actions.withdraw(errand, by=cast.phuc, at=LATER)
    with pytest.raises(AlreadyDone):
        actions.withdraw(errand, by=cast.phuc, at=LATER)
    assert said(planned) == []
    with pytest.raises(Refused, match="thu hồi"):
        actions.report(charge, state="done", words="Xong", by=lan, at=LATER)
    assert [one.words for one in charge.reports.all()] == ["", "Đã gửi báo cáo số 3-BC/CB", "Còn thiếu phụ lục"]


def test_the_committee_reads_what_each_cell_has_said_in_the_order_of_names(cast: Cast, as_user: AsUser) -> None:
    phuc, lan, page = as_user(cast.phuc), as_user(cast.lan), f"/committees/{cast.ward.pk}/errands/"
    assert phuc.post(page, {"text": "", "document": "12-CV/ĐU"}).status_code == 422
    given = phuc.post(page, {"text": "Báo cáo việc học tập", "due_on": "20/12/2036"})
    assert given.headers["Location"] == f"{page}#main"  # not down at the form, where a list of cells leads to
    errand = Errand.objects.get()
    charge = errand.charges.get(cell=cast.cell)
    wrong = lan.post(f"/charges/{charge.pk}/report/", {"state": "declined", "words": ""})
    assert (wrong.status_code, "lý do không làm được" in wrong.content.decode()) == (422, True)
    lan.post(f"/charges/{charge.pk}/report/", {"state": "declined", "words": "Chưa có người phụ trách"})
    shown = phuc.get(f"/errands/{errand.pk}/")
    assert [row.cell for row in shown.context["charges"]] == [cast.other_cell, cast.cell]
    assert "Chưa có người phụ trách" in shown.content.decode()
    counted = phuc.get(page).context["page"].object_list[0]
    assert (counted.waiting, counted.declined) == (1, 1)
    assert "Chưa có người phụ trách" in as_user(cast.hoa).get(f"/cells/{cast.cell.pk}/errands/").content.decode()


def test_what_a_cell_has_typed_stays_where_the_work_was_withdrawn_meanwhile(cast: Cast, as_user: AsUser) -> None:
    errand = keep_errand(cast.ward, cast.phuc, NOW, cells=[cast.cell.pk])
    actions.withdraw(errand, by=cast.phuc, at=LATER)
    typed = {"state": "done", "words": "Đã học xong hai buổi."}
    page = as_user(cast.lan).post(f"/charges/{errand.charges.get().pk}/report/", typed)
    assert (page.status_code, typed["words"] in page.text, "đã thu hồi" in page.text) == (422, True, True)


def test_whoever_answers_for_the_cell_finds_it_on_the_first_page_until_it_is_answered(
    cast: Cast, as_user: AsUser
) -> None:
    keep_errand(cast.ward, cast.phuc, NOW, cells=[cast.cell.pk])
    charge, lan = Charge.objects.get(), cast.account(cast.lan)

    def asked(day: str, of: Any = lan) -> list[tuple[str, str, bool]]:
        return [(one.about, one.when, one.late) for one in todo.todos(of, cast.cell, at(f"{day} 08:00"))]

    waiting = [("Báo cáo việc học tập", "hạn 20/12/2026", False)]
    assert (asked("2026-11-26"), asked("2026-11-26", cast.account(cast.hoa))) == (waiting, [])
    actions.report(charge, state="going", words="", by=lan, at=LATER)
    assert (asked("2026-11-27"), asked("2026-12-14")) == ([], waiting)
    assert asked("2026-12-21") == [(*waiting[0][:2], True)]
    actions.report(charge, state="done", words="Đã gửi", by=lan, at=LATER)
    assert asked("2026-12-21") == []
    assert "Báo kết quả việc cấp trên giao" not in as_user(cast.lan).get("/").content.decode()
