"""From an empty database to a planned meeting, as a secretary goes who has nothing but the start code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from meetings.models import Meeting
from members.entry import start
from members.models import Member

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "mưa rào sân kho"
MOST_CLICKS = 6


def test_an_empty_server_is_started_gets_a_member_and_has_its_first_meeting_planned(
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
    lan.presses("Lập kế hoạch buổi sinh hoạt tới")
    lan.types("Thời gian bắt đầu", timezone.localtime().strftime("%Y-%m-%dT%H:%M"))
    lan.types("Địa điểm", "Hội trường")
    lan.chooses("Chủ trì", "Trần Thị Lan")
    lan.chooses("Thư ký (người ghi biên bản)", "Nguyễn Thị Hoa")
    lan.presses("Lập kế hoạch")
    assert (Member.objects.count(), Meeting.objects.count(), lan.clicks <= MOST_CLICKS) == (2, 1, True)
