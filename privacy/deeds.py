"""What is done about people's data, in words for the log."""

from __future__ import annotations

from django.db.models import Q

from critique.deeds import WRITTEN
from members.deeds.words import Kind, Thing, acts
from members.models import User
from privacy.models import DataRequest, Destruction


def _mine(user: User) -> Q:
    mine = DataRequest.objects.read_by(user).filter(member__isnull=False, member=user.member_id)
    return Q(thing_pk__in=mine.order_by().values("pk"))


THINGS = (
    Thing(
        DataRequest,
        "Đề nghị về dữ liệu",
        acts(Kind.LETTER, {**WRITTEN, "acknowledge": "Xác nhận đã nhận"}),
        concerning=_mine,
        own_pages=True,
    ),
    Thing(
        Destruction,
        "Việc huỷ lời văn hết hạn",
        acts(Kind.SEAL, {"propose": "Đề nghị huỷ", "carry_out": "Huỷ lời văn, lập biên bản", "decline": "Không huỷ"}),
        own_pages=True,
    ),
)
