"""From an empty database to a cell that can plan its first meeting, as a secretary goes who has nothing but the start code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from members.entry import start
from members.models import Member

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "mưa rào sân kho"
MOST_CLICKS = 3


def test_an_empty_server_is_started_gets_a_member_and_asks_for_its_first_meeting(
    sit_down: Callable[..., Person], live_server: object
) -> None:
    lan = sit_down(width=360)
    lan.goes_to("/")
    lan.sees("Bắt đầu")
    for label, text in {
        "Mã khởi đầu": start.start_code(),
        "Tên gọi": "Chi bộ Văn phòng",
        "Cấp uỷ cấp trên trực tiếp": "Đảng uỷ phường Hoa Sen",
        "Địa danh": "Hoa Sen",
        "Họ và tên": "Trần Thị Lan",
        "Sinh hoạt tại chi bộ từ ngày": "03/02/2001",
        "Giữ chức vụ từ ngày": "15/06/2025",
        "Tên đăng nhập": "lan",
        "Mật khẩu mới": PASSWORD,
        "Gõ lại mật khẩu mới": PASSWORD,
    }.items():
        lan.types(label, text)
    lan.presses("Bắt đầu")
    lan.sees("Việc đầu tiên: ghi các đảng viên")
    lan.types("Họ và tên", "Nguyễn Thị Hoa")
    lan.chooses("Tư cách", "Đảng viên chính thức")
    lan.types("Từ ngày", "01/01/2015")
    lan.presses("Thêm vào danh sách")
    lan.goes_to("/")
    lan.sees("Lập kế hoạch buổi sinh hoạt tới")
    assert (Member.objects.count(), lan.clicks <= MOST_CLICKS) == (2, True)
