"""WHAT CAN HAPPEN NEXT to a proposal to destroy what has had its time."""

from __future__ import annotations

from django.db import models


class Destroying(models.TextChoices):
    PROPOSED = "proposed", "Chờ người thứ hai"
    DONE = "done", "Đã huỷ nội dung"
    DECLINED = "declined", "Không huỷ"


TO_DESTROY = frozenset({Destroying.PROPOSED})
