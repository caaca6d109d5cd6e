"""A passage of the shelf into what is being written at the desk: at the cursor, with its source, saved by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from shelf import actions
from tests.browser.person import CUT
from tests.factories import NOW
from tests.world_shelf import WORDS, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import Remark
    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]


def test_a_passage_comes_in_where_the_cursor_stands_and_no_typed_word_is_lost(
    cast: Cast, remark: Remark, sit_down: Callable[..., Person]
) -> None:
    cited = actions.quote(put(cast.ward, cast.phuc, NOW), words=WORDS, place="mục 2", by=cast.phuc, at=NOW).cited
    hoa = sit_down("hoa", width=360)
    hoa.goes_to(f"/items/{remark.item_id}/desk/")
    box = hoa.field("Nhận thức")
    box.fill("Như đã học:. Tôi nhất trí.")
    box.evaluate("box => box.setSelectionRange(11, 11)")
    quoting = hoa.page.get_by_role("button", name="Trích dẫn").first
    hoa.expected = CUT
    hoa.context.set_offline(True)
    quoting.click()
    expect(hoa.page.get_by_text("Chưa mở được tủ tài liệu")).to_be_visible()
    hoa.context.set_offline(False)
    quoting.click()  # folds it
    quoting.click()
    hoa.page.get_by_role("button", name="Thêm vào").click()
    text = f"Như đã học: {cited}. Tôi nhất trí."
    expect(box).to_have_value(text)
    expect(hoa.page.get_by_role("region", name="Đoạn trích trên tủ tài liệu")).to_have_count(0)
    expect(hoa.page.locator(".remark [data-save-state]").first).to_contain_text("Đã lưu")
    remark.refresh_from_db()
    assert remark.awareness == text
