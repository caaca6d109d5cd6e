"""A cell is made ready: from the secretary's first page to printed slips, clicks counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from members.models import Member, SignInSlip

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person
    from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.in_turn, pytest.mark.django_db(transaction=True)]

FAMILIES, GIVEN = (
    ("Vũ", "Hồ", "Lý", "Đinh", "Cao", "Mạc"),
    ("An", "Bảy", "Cúc", "Đông", "Hạnh", "Kiên", "Loan", "Minh", "Ngọc", "Sáu"),
)
HEAD = "DANH SÁCH ĐẢNG VIÊN\n\nTT\tHọ và tên\tNgày sinh\tNgày vào Đảng\n"


def pasted(many: int) -> str:
    """As it comes from Excel, with a title, and a head on its third line."""
    names = [f"{family} Thị {given}" for given in GIVEN for family in FAMILIES][:many]
    return HEAD + "".join(f"{at}\t{name}\t19/05/19{60 + at % 30}\t03/02/2010\n" for at, name in enumerate(names, 1))


def test_a_cell_is_ready_in_a_few_clicks(cast: Cast, sit_down: Callable[..., Person], live_server: object) -> None:
    lan, many = sit_down("lan"), 60
    lan.page.set_default_timeout(60_000)  # sixty accounts and pictures, on a machine that does other things as well
    lan.goes_to("/")
    before = Member.objects.count()
    lan.presses("Đảng viên")
    lan.presses("Thêm nhiều đảng viên")
    lan.types("Danh sách", pasted(many))
    lan.types("Từ ngày, cho dòng không ghi", "01/07/2020")
    lan.presses("Xem trước")
    lan.sees(f"Sẽ thêm {many}")
    lan.presses(f"Thêm {many} đồng chí")
    lan.sees(f"Đã thêm {many} đồng chí")
    lan.presses("Mở tài khoản, in phiếu đăng nhập")
    lan.presses("Lập phiếu để in")
    printed = many + 2  # Hoa and Tuấn of the cast have not come in either
    expect(lan.page.locator(".slip")).to_have_count(printed)
    expect(lan.button(f"In {printed} phiếu")).to_be_visible()
    assert (Member.objects.count() - before, SignInSlip.objects.count()) == (many, printed)
    assert (lan.clicks + 1, lan.fields) == (
        7,
        2,
    )  # and the printer's button; asked for: 30, of nine (test_journey.py) 25
