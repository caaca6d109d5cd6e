"""What people can click about accounts, members and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from members.founding import actions as founding
from members.founding.forms import BodiesForm
from members.importing.actions import planned
from members.importing.forms import ListForm
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import Organisation
    from tests.world import World

_DECISION = {"document": "12-QĐ/ĐU", "document_date": "2026-11-20", "starts_on": "2026-12-01"}


def _as_previewed(cell: Organisation) -> dict[str, Any]:
    """A list with the mark of the plan that the page has shown of it."""
    typed = {"text": "Cao Văn Mới", "kind": "full", "starts_on": "2026-12-01"}
    form = ListForm(typed)
    form.is_valid()
    return {**typed, "apply": "1", "mark": planned(cell, form.asked, timezone.now()).mark}


def _as_founded(committee: Organisation) -> dict[str, Any]:
    form = BodiesForm(typed := {"text": "Chi bộ Tổ dân phố 9"})
    form.is_valid()
    return {**typed, "apply": "1", "mark": founding.planned(committee, form.asked, timezone.now()).mark}


FORMS: dict[str, dict[str, Any] | Callable[[World], dict[str, Any]]] = {
    "sign-in": {"username": "khong-co-ai", "password": "không phải mật khẩu"},
    "slip": {"code": "2222-3333-4444", "password": "bốn từ mới tinh", "again": "bốn từ mới tinh"},
    "sign-in-code": {"code": "123456"},
    "private-open": {"private-code": "2222-3333-4444"},
    "recovery-codes": {"codes-old": PASSWORD},
    "second-factor": {"do": "begin"},
    "password-again": {"asked-again-old": PASSWORD, "next": "/"},
    "account": {"do": "email", "email": "moi@example.vn", "old": PASSWORD},
    "member-add": {"full_name": "Cao Văn Mới", "kind": "full", "starts_on": "2026-12-01"},
    "post-list": lambda world: {"member": world.nam.pk, "kind": "committee_member", **_DECISION},
    "post-end": {"ends_on": "2026-12-10", "knowing": "on", **_DECISION},
    "body": {"name": "Chi bộ Tên Mới", "paper_name": "CHI BỘ TÊN MỚI", "symbol": "CB", "place_name": "Hoa Sen"},
    "body-add": {"kind": "cell", "name": "Chi bộ Tổ dân phố 12"},
    "body-add-top": {"kind": "committee", "name": "Đảng uỷ xã Hướng Dương"},
    "body-move": {"to": "Đảng uỷ không có", "superior_line": "ĐẢNG BỘ", **_DECISION},
    "body-close": {"closed_on": "2026-12-01", **_DECISION},
    "follower-list": {"full_name": "Bùi Thị Theo Dõi", **_DECISION},
    "account-edit": {"username": "ten-khac", "is_active": "on"},
    "member-import": lambda world: _as_previewed(world.cast.cell),
    "body-import": lambda world: _as_founded(world.cast.ward),
    "first-slips": lambda world: {"member": world.cast.mai.pk},
    "all-slips": lambda world: {"member": world.keys["without-account"]},
    "member-edit": {"full_name": "Đặng Hoài Bắc"},
    "member-transfer": lambda world: {"to": world.cast.other_cell.name, "starts_on": "2026-11-20"},
    "member-standing": {"kind": "exempt", "starts_on": "2026-12-01"},
    "member-account": {"username": "ten-moi"},
}
