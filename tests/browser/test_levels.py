"""A year's levels as people live them, without script: the count on a phone, handing up, the decision, the notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from critique.course import actions as committee
from critique.levels.standing import standing_of
from tests.critique.conftest import plan, row_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]


def test_levels_from_the_count_to_the_notice(cast: Cast, sit_down: Callable[..., Person]) -> None:
    who = {"by": cast.account(cast.lan), "at": timezone.now()}
    cycle = committee.plan_cycle(cast.cell, **who, **plan())
    committee.take_step(cycle, move_name="open", **who)

    lan = sit_down("lan", script=False)
    lan.goes_to(f"/critique/{cycle.pk}/")
    lan.presses("Bỏ phiếu, kiểm phiếu")
    lan.chooses("Tổ trưởng kiểm phiếu", "Nguyễn Thị Hoa")
    lan.page.get_by_label("Đỗ Văn Sơn").check()
    lan.presses(lan.page.get_by_role("button", name="Lập tổ kiểm phiếu"))

    hoa = sit_down("hoa", width=360, script=False)
    hoa.expected = ("422",)
    hoa.goes_to(f"/critique/{cycle.pk}/")
    hoa.presses("Kiểm phiếu lần 1")
    for label in ("Đảng viên chính thức có mặt", "Phiếu phát ra", "Phiếu thu về", "Phiếu hợp lệ"):
        hoa.types(label, "3")
    hoa.types("Phiếu không hợp lệ", "1")
    for name in ("Nguyễn Thị Hoa", "Trần Thị Lan", "Đỗ Văn Sơn", "Lê Anh Tuấn"):
        hoa.types(f"Hoàn thành tốt nhiệm vụ, {name}", "3")
    hoa.presses("Lưu số phiếu")
    hoa.sees("phải bằng 3 phiếu thu về")
    hoa.types("Phiếu không hợp lệ", "0")
    hoa.presses("Lưu số phiếu")
    hoa.presses(hoa.page.get_by_role("button", name="Xác nhận", exact=True))
    assert hoa.page.evaluate("document.documentElement.scrollWidth") == 360

    lan.goes_to(f"/ballots/{cycle.ballots.get().pk}/")
    lan.presses(lan.page.get_by_role("button", name="Xác nhận", exact=True))
    lan.sees("Đã xác nhận")
    committee.take_step(cycle, move_name="hold", **who)
    lan.goes_to("/")
    lan.presses(lan.page.get_by_role("link", name="Nộp hồ sơ xếp loại lên cấp trên"))
    lan.unfolds("Nộp lên cấp trên")
    lan.presses(lan.page.get_by_role("button", name="Nộp", exact=True))

    phuc = sit_down("phuc", script=False)
    phuc.goes_to("/handed-up/")
    phuc.presses("Chi bộ Văn phòng")
    phuc.presses("Nguyễn Thị Hoa")
    phuc.page.locator("#decide_level").select_option(label="Hoàn thành tốt nhiệm vụ")
    phuc.types("Số, ký hiệu quyết định", "12-QĐ/ĐU")
    phuc.types("Ngày quyết định", "2026-12-20")
    phuc.presses("Ghi quyết định")

    hoa.goes_to("/")
    hoa.presses(hoa.page.get_by_role("link", name="Đã có mức xếp loại của đồng chí"))
    hoa.sees("12-QĐ/ĐU ngày 20/12/2026")
    hoa.presses("Xác nhận")
    found = standing_of(row_of(cycle, cast.hoa))
    assert ([step.kind for step in found.steps], found.notified is not None) == (
        ["proposed", "decided", "notified"],
        True,
    )
    assert [person.complaints for person in (lan, hoa, phuc)] == [[], [], []]
