"""A passage goes into what is being written with its source, and stays there whatever happens on the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from meetings.actions import evening
from members.refusal import Refused
from members.saving.actions import save_text
from shelf import actions
from tests.factories import NOW, at
from tests.meetings.steps import forbidden
from tests.world_shelf import WORDS, put, source

if TYPE_CHECKING:
    from meetings.models import Meeting, Remark
    from shelf.models import Quotation
    from tests.conftest import AsUser, Cast


@pytest.fixture
def remark(cast: Cast, opened: Meeting) -> Remark:
    """Tuấn has the floor under the first item."""
    item, who = opened.items.all()[0], {"by": cast.account(cast.hoa), "at": at("2026-12-03 19:06")}
    evening.start_item(item, **who)
    return evening.add_remark(item, opened.attendances.get(member=cast.tuan), **who)


def passage(cast: Cast) -> Quotation:
    return actions.quote(put(cast.ward, cast.phuc, NOW), words=WORDS, place="mục 2", by=cast.phuc, at=NOW)


def test_without_script_the_press_saves_what_is_typed_first_and_the_passage_comes_behind_it(
    cast: Cast, planned: Meeting, as_user: AsUser
) -> None:
    quotation, tuan = passage(cast), as_user(cast.tuan)
    page = f"/meetings/{planned.pk}/paper/edit/"
    cite = f"/cite/draft/{planned.paper.pk}/draft/"
    assert f'value="{cite}?next=' in tuan.get(page).content.decode()
    typed = {"base": "0", "draft": "Mở đầu, vừa gõ."}
    saved = tuan.post(f"/write/draft/{planned.paper.pk}/", {**typed, "next": [page, f"{cite}?next={page}"]})
    assert urlsplit(saved["Location"]).path == cite
    assert parse_qs(urlsplit(saved["Location"]).query)["next"] == [page]
    shown = tuan.get(saved["Location"]).context
    assert [one.words for one in shown["passages"]] == [WORDS]
    chosen = {"quotation": quotation.pk, "base": shown["base"], "next": page}
    assert tuan.post(cite, chosen)["Location"] == page
    planned.paper.refresh_from_db()
    assert planned.paper.draft == f"Mở đầu, vừa gõ.\n{quotation.cited}."
    assert tuan.post(cite, chosen)["Location"] == page  # the same press: nothing comes twice
    planned.paper.refresh_from_db()
    assert planned.paper.draft.count(WORDS) == 1
    assert tuan.get(f"/cite/meeting/{planned.pk}/dues/").status_code == 404


def test_of_three_parts_of_a_remark_each_may_be_chosen_and_one_text_has_no_other(
    cast: Cast, remark: Remark, as_user: AsUser
) -> None:
    hoa, cite = as_user(cast.hoa), f"/cite/remark/{remark.pk}"
    page = hoa.get(f"{cite}/proposal/?next=/items/{remark.item_id}/desk/").content.decode()
    assert f'href="{cite}/awareness/?next=%2Fitems%2F{remark.item_id}%2Fdesk%2F"' in page
    assert hoa.get(f"{cite}/text/").context["others"] == []


def test_the_words_stay_as_they_were_copied(cast: Cast, remark: Remark) -> None:
    quotation, hoa = passage(cast), cast.account(cast.hoa)
    save_text("remark", remark, {"text": "Tôi nhất trí."}, base=0, by=hoa, at=NOW)
    remark.refresh_from_db()
    with forbidden():
        actions.cite("remark", remark, "text", quotation, base=1, by=cast.account(cast.mai), at=NOW)
    with pytest.raises(Refused, match="vừa có chữ mới"):
        actions.cite("remark", remark, "text", quotation, base=0, by=hoa, at=NOW)
    actions.cite("remark", remark, "text", quotation, base=1, by=hoa, at=NOW)
    was = f"Tôi nhất trí.\n{quotation.cited}."
    actions.correct(quotation.entry, source(number="99-NQ/ĐU"), by=cast.phuc, at=NOW)
    actions.withdraw(quotation.entry, by=cast.phuc, at=NOW)
    remark.refresh_from_db()
    assert remark.text == was
