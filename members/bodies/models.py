"""That a body has ended, and on the ground of which document; in which order bodies are listed. members/models.py takes
this in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from members.names import Titled, by_title, title_key

if TYPE_CHECKING:
    from members.models import Organisation


class Closable(models.Model):
    """Empty while the body is at work. What it has done stays, and so do the papers that name it."""

    closed_on = models.DateField("kết thúc hoạt động từ ngày", null=True, blank=True)
    close_document = models.CharField("kết thúc theo văn bản số", max_length=120, blank=True, default="")
    close_document_date = models.DateField("ngày văn bản kết thúc", null=True, blank=True)

    class Meta:
        abstract = True


class Running:
    """What rows of bodies are asked for besides; members/models.py takes it in."""

    def running(self) -> Self:
        """Those that have not ended."""
        return self.filter(closed_on=None)  # type: ignore[attr-defined]


class InOrder:
    """Lists of bodies, put in order by the program and never by a database (docs/decisions/0058)."""

    def titled(self) -> list[Titled]:
        """Key and name of each, in Vietnamese order; two thousand are read and compared in some milliseconds."""
        rows: Any = self
        return by_title(Titled(*row) for row in rows.order_by().values_list("pk", "name"))

    def in_tree_order(self) -> list[Organisation]:
        """Each below what it stands under, by name among its like; a path is made of keys, and sorts them as words."""
        asked: Any = self
        rows: list[Organisation] = list(asked.order_by())
        place = {one.pk: (title_key(one.name), one.pk) for one in rows}
        return sorted(rows, key=lambda one: [place[pk] for pk in one.line if pk in place])
