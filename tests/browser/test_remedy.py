"""A promise as people live it: Hoa reports on her phone, Lan looks at it again and closes it, without script."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from critique.lifecycle import Remedying
from critique.remedies import actions
from critique.remedies.models import Remedy

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]


def test_a_promise_is_kept_reported_looked_at_and_closed(cast: Cast, sit_down: Callable[..., Person]) -> None:
    who = {"by": cast.account(cast.lan), "at": timezone.now() - timedelta(days=35)}
    words = {"shortcoming": "Còn nể nang trong góp ý", "measure": "Góp ý ngay tại buổi họp"}
    remedy = actions.enter(cast.cell, about=cast.hoa, source="opinion", **words, **who)

    hoa = sit_down("hoa", width=360)
    hoa.goes_to("/")
    hoa.presses(hoa.page.get_by_role("link", name="Khắc phục hạn chế của mình"))
    hoa.presses("Còn nể nang trong góp ý")
    hoa.chooses("Đến đâu rồi", "Đã khắc phục")
    hoa.types("Đã làm được gì, còn vướng gì", "Ba kỳ liền đã góp ý tại buổi họp")
    hoa.presses("Ghi tiến độ")
    hoa.sees("Ba kỳ liền đã góp ý tại buổi họp")
    assert hoa.page.evaluate("document.documentElement.scrollWidth") == 360
    assert (hoa.clicks, hoa.fields) == (3, 2)

    lan = sit_down("lan", script=False)
    lan.goes_to("/")
    lan.presses(lan.page.get_by_role("link", name="Rà soát việc khắc phục hạn chế"))
    lan.presses("Còn nể nang trong góp ý")
    lan.chooses("Kết quả", "Đã khắc phục")
    lan.types("Căn cứ", "Biên bản ba kỳ họp")
    lan.presses("Ghi kết quả")
    lan.unfolds("Kết luận đã khắc phục")
    lan.types("Minh chứng", "Biên bản ba kỳ họp")
    lan.presses("Đóng việc này")
    lan.sees("Chi uỷ kết luận đã khắc phục")
    assert Remedy.objects.get(pk=remedy.pk).state == Remedying.CLOSED
    assert (hoa.complaints, lan.complaints) == ([], [])
