"""What is left in a body, in words: it ends only when nothing is. Upper apps say what theirs is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from members.models import Organisation, Tenure, TenureKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

#: Name of the app → what of it is not finished in this body, each in a few words without a capital letter.
UNFINISHED: dict[str, Callable[[Organisation], Iterable[str]]] = {}


def what_is_left(body: Organisation, day: date) -> list[str]:
    """From that day on. Some four queries."""
    found = []
    if below := Organisation.objects.filter(parent=body).running().count():
        found.append(f"{below} tổ chức trực thuộc")
    held = Tenure.objects.filter(organisation=body).exclude(kind=TenureKind.LEFT).exclude(ends_on__lt=day)
    if people := held.standings().values("member").distinct().count():
        found.append(f"{people} đảng viên còn tư cách ở đây")
    if posts := held.posts().count():
        found.append(f"{posts} chức vụ chưa ghi ngày thôi")
    for unfinished in UNFINISHED.values():
        found += unfinished(body)
    return found
